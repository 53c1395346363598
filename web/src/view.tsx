/** What is to be seen, made of what the page knows. */
import type { Listed } from "../../client/src/types.js";
import type { Connection } from "./connection.js";
// biome-ignore lint/correctness/noUnusedImports: it is what JSX becomes.
import { h, type Node } from "./h.js";
import type { Lamp } from "./lamp.js";
import type { Link, Notice, Page, Upload } from "./page.js";
import type { Removals } from "./removals.js";
import type { Uploads } from "./uploads.js";

/** What can be done. */
export interface Actions {
	readonly connection: Connection;
	readonly lamp: Lamp;
	readonly uploads: Uploads;
	readonly removals: Removals;
}

const LINKS: Readonly<Record<Link, string>> = {
	connecting: "Connecting",
	open: "Connected",
	lost: "Offline",
	full: "Waiting",
	token: "Locked",
	away: "Resting",
};

// Drawn on 24 by 24.
const PLAY = "M8 5v14l11-7z";
const PAUSE = "M7 5h4v14H7zM13 5h4v14h-4z";
const SAVE = "M12 3v11m0 0 4-4m-4 4-4-4M5 20h14";
const BIN = "M4 7h16M10 3h4M6 7l1 13h10l1-13M10 11v5M14 11v5";
const CROSS = "M6 6l12 12M18 6L6 18";
const AGAIN = "M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7";

function icon(path: string, full = false): Node {
	return (
		<svg viewBox="0 0 24 24" class={full ? "icon badge" : "icon"} aria-hidden="true">
			<path d={path} />
		</svg>
	);
}

function button(label: string, path: string, onclick: () => void, disabled = false): Node {
	return (
		<button type="button" class="round" aria-label={label} title={label} disabled={disabled} onclick={onclick}>
			{icon(path)}
		</button>
	);
}

/** Bytes for people. */
function size(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function seconds(page: Page): number {
	return Math.max(0, Math.ceil((page.retryAt - Date.now()) / 1000));
}

export function view(page: Page, actions: Actions): Node {
	return (
		<div id="page">
			<header>
				<h1>
					<i class="logo" />
					PRISM K1
				</h1>
				<span class="host">{location.hostname}</span>
				<span class="state" role="status">
					<span key={page.link} class={`link ${page.link}`}>
						{LINKS[page.link]}
					</span>
				</span>
			</header>
			<main>
				{stage(page, actions)}
				{controls(page, actions.lamp)}
				{meters(page)}
				{patterns(page, actions)}
			</main>
			<div class="notices" role="status">
				{page.notices.map((each) => notice(each, actions.removals))}
			</div>
			<div class="drop" hidden={!page.dropping}>
				Let go to store it
			</div>
		</div>
	);
}

function strip(number: number): Node {
	const canvas = (kind: string) => <canvas class={kind} data-strip={number} width="160" height="1" />;
	return (
		<div class="strip">
			{canvas("glow")}
			{canvas("leds")}
		</div>
	);
}

/** How the connection is, or was before the try that is under way. */
function trouble({ link, trouble: before }: Page): Link {
	return link === "connecting" ? before : link;
}

/** What plays, or why nobody knows. */
function stage(page: Page, { connection }: Actions): Node {
	const link = trouble(page);
	// Of a device that says nothing, nobody knows.
	const { state, pattern = "" } = (link === "lost" || link === "token" ? undefined : page.state) ?? {};
	const words = { playing: "plays", paused: "stands still", live: "Live colors", stopped: "Off" };
	return (
		<section class="stage" aria-label="What plays">
			<div class={link === "open" ? "strips" : "strips faint"}>
				{strip(1)}
				{strip(2)}
			</div>
			<p class="now">
				<strong>{state === "live" || state === "stopped" ? words[state] : pattern}</strong>
				{state === "playing" || state === "paused" ? ` ${words[state]}` : ""}
			</p>
			{message(page, connection)}
			<p class="fault" hidden={page.problem === ""} role="alert">
				{page.problem}
			</p>
		</section>
	);
}

/** What stands over the strips while there is no connection. */
function message(page: Page, connection: Connection): Node | false {
	const { why } = page;
	const link = trouble(page);
	const again = page.retryAt > 0 ? `Trying again in ${seconds(page)} s.` : "";
	const retry = (
		<button type="button" onclick={() => connection.retry()}>
			Try now
		</button>
	);
	if (link === "lost") {
		return (
			<div class="message">
				<h2>The K1 does not answer</h2>
				<p>
					{why || "It may be restarting, or out of reach."} {again}
				</p>
				{retry}
			</div>
		);
	}
	if (link === "full") {
		return (
			<div class="message">
				<h2>Two others are connected</h2>
				<p>This page takes the next free place. {again}</p>
				{retry}
			</div>
		);
	}
	if (link !== "token") return false;
	const enter = (event: SubmitEvent) => {
		event.preventDefault();
		connection.enter(String(new FormData(event.target as HTMLFormElement).get("token") ?? "").trim());
	};
	return (
		<form class="message" onsubmit={enter}>
			<h2>
				<label for="token">This K1 asks for its token</label>
			</h2>
			<p role="alert">
				{why} {again}
			</p>
			<div class="entry">
				<input id="token" name="token" type="password" autocomplete="current-password" required={true} />
				<button type="submit" disabled={page.retryAt > Date.now()}>
					Connect
				</button>
			</div>
		</form>
	);
}

function controls(page: Page, lamp: Lamp): Node {
	const { state, brightness = 0, pattern = "" } = page.state ?? {};
	const on = state !== undefined && state !== "stopped";
	const shown = page.asked === "" ? !on : on;
	const value = page.brightness < 0 ? brightness : page.brightness;
	const percent = `${Math.round(value / 2.55)} %`;
	const off = page.link !== "open";
	return (
		<section class="card controls" aria-label="Light">
			<label class="switch">
				<span>Light</span>
				<input
					type="checkbox"
					role="switch"
					aria-checked={String(shown)}
					checked={shown}
					disabled={off || (!on && pattern === "")}
					onchange={() => void lamp.turn()}
				/>
			</label>
			<label class="dim">
				<span>Brightness</span>
				<input
					type="range"
					min="0"
					max="255"
					value={String(value)}
					aria-valuetext={percent}
					disabled={off}
					oninput={(event: Event) => void lamp.dim(Number((event.target as HTMLInputElement).value))}
				/>
				<output key={percent}>{percent}</output>
			</label>
		</section>
	);
}

function meters(page: Page): Node {
	const { status } = page;
	const free = status === undefined ? "" : `${size(status.storage.size - status.storage.used)} free`;
	const heap = status === undefined ? "" : `${size(status.heap.free)} free`;
	const count = status === undefined ? "" : `${status.patterns} of ${status.mostPatterns} patterns`;
	const all = status === undefined ? "" : `of ${size(status.heap.size)}`;
	return (
		<section class="meters" aria-label="Device">
			{meter("Storage", free, count, page.used.storage)}
			{meter("Memory", heap, all, page.used.memory)}
		</section>
	);
}

/** A share of something, and what it was in the last two minutes. */
function meter(name: string, value: string, more: string, used: readonly number[]): Node {
	const now = used.at(-1) ?? 0;
	const points = used.map((share, i) => `${60 - used.length + i},${20 - 20 * share}`);
	return (
		<div class="card meter">
			<h2>{name}</h2>
			<p>
				<strong>{value}</strong>
				<span>{more}</span>
			</p>
			<svg viewBox="0 0 59 20" preserveAspectRatio="none" class="history" aria-hidden="true">
				<polyline points={points.length > 1 ? points.join(" ") : ""} />
			</svg>
			<svg viewBox="0 0 100 1" preserveAspectRatio="none" class="share" aria-hidden="true">
				<rect width={String(100 * now)} height="1" />
			</svg>
		</div>
	);
}

function patterns(page: Page, actions: Actions): Node {
	const { uploads } = actions;
	const off = page.link !== "open";
	const pick = (event: Event) => {
		const input = event.target as HTMLInputElement;
		uploads.add(input.files ?? []);
		input.value = "";
	};
	const listed = (page.patterns ?? []).filter(({ name }) => !page.removed.has(name));
	const stored = listed.filter(({ name }) => page.uploads.every((each) => each.name !== name));
	const rows = [
		...stored.map((each) => row(each, page, actions)),
		...page.uploads.map((each) => uploading(each, uploads)),
	];
	// By name, those on their way among those that are there.
	rows.sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
	return (
		<section class="patterns">
			<div class="bar">
				<h2 id="list" tabindex="-1">
					Patterns
				</h2>
				<label class={off ? "add off" : "add"}>
					<input type="file" multiple={true} disabled={off} onchange={pick} />
					Add
				</label>
			</div>
			<ul class="card" aria-labelledby="list">
				{rows}
			</ul>
			<p class="hint" hidden={page.patterns === undefined}>
				{rows.length === 0 ? "No patterns yet. Drop a .prism file here." : "Drop .prism files anywhere to add them."}
			</p>
		</section>
	);
}

function row({ name, size: bytes, crc32 }: Listed, page: Page, { connection, lamp, removals }: Actions): Node {
	const { state, pattern } = page.state ?? {};
	const current = pattern === name && (state === "playing" || state === "paused");
	const playing = page.asked === name ? !(current && state === "playing") : current && state === "playing";
	const shape = page.shape.get(crc32);
	const length = shape && ` · ${(shape.frames / shape.fps).toFixed(1)} s`;
	const off = page.link !== "open";
	return (
		<li key={`${name}/${crc32}`} class={current || playing ? "row current" : "row"}>
			<button type="button" class="play" disabled={off} onclick={() => void lamp.play(name)}>
				<span class="preview">
					<span class="unseen">{playing ? "Pause" : "Play"}</span>
					<canvas width="160" height="2" data-name={name} data-crc={crc32} />
					{icon(playing ? PAUSE : PLAY, true)}
				</span>
				<span class="name">
					<strong>{name}</strong>
					<small>
						{size(bytes)}
						{length}
						<span class="fps">{shape && ` · ${Math.round(shape.fps)} fps`}</span>
					</small>
				</span>
			</button>
			{button(`Download ${name}`, SAVE, () => void save(name, connection), off)}
			{button(
				`Delete ${name}`,
				BIN,
				() => {
					void removals.remove(name);
					// The button goes with its row.
					document.getElementById("list")?.focus({ preventScroll: true });
				},
				off,
			)}
		</li>
	);
}

function uploading(upload: Upload, uploads: Uploads): Node {
	const { name, file, done, error } = upload;
	return (
		<li key={`${name}/`} class={error === "" ? "row" : "row failed"}>
			<span class="name">
				<strong>{name}</strong>
				<small role={error === "" ? undefined : "alert"}>
					{error || (done > 0 ? `${size(done)} of ${size(file.size)}` : "Waiting")}
				</small>
				<progress max={String(file.size)} value={String(done)} hidden={error !== ""} aria-label={`Upload of ${name}`} />
			</span>
			{error !== "" && button(`Try ${name} again`, AGAIN, () => uploads.again(upload))}
			{button(error === "" ? `Cancel ${name}` : `Dismiss ${name}`, CROSS, () => uploads.cancel(upload))}
		</li>
	);
}

function notice({ key, text, undo }: Notice, removals: Removals): Node {
	return (
		<p key={key} class="notice">
			{text}
			{undo !== undefined && (
				<button type="button" onclick={() => removals.undo(undo)}>
					Undo
				</button>
			)}
		</p>
	);
}

/** Hands a pattern to the browser as a file. */
async function save(name: string, connection: Connection): Promise<void> {
	const bytes = await connection.k1?.download(name);
	if (bytes === undefined) return;
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
	link.download = `${name}.prism`;
	link.click();
	// The browser has it by then.
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
