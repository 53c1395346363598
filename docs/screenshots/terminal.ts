/** Pictures of programs that draw in a terminal. */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** xterm.js, which shows what a terminal would. */
const XTERM = fileURLToPath(new URL("../../node_modules/@xterm/xterm/", import.meta.url));

export interface Terminal {
	readonly columns: number;
	readonly rows: number;
}

/**
 * Runs a shell's command in a terminal of its own, until `enough` is there (or says that what it has written is), or it ends by itself, and
 * returns all that it wrote up to then.
 * `script` is a part of Debian's bsdutils.
 */
export function record(
	command: string,
	{ columns, rows }: Terminal,
	enough: Promise<unknown> | ((text: string) => boolean),
): Promise<Buffer> {
	const inside = `stty cols ${columns} rows ${rows}; exec ${command}`;
	const program = spawn("script", ["-qfec", inside, "/dev/null"], {
		cwd: root,
		env: { ...process.env, TERM: "xterm-256color", COLORTERM: "truecolor", NO_COLOR: "", FORCE_COLOR: "" },
	});
	const parts: Buffer[] = [];
	return new Promise((resolve, reject) => {
		program.on("error", reject);
		let written: Buffer | undefined;
		const stop = () => {
			// What is on the screen now; what the program does at its end takes it away.
			written = Buffer.concat(parts);
			program.kill("SIGTERM");
		};
		program.stdout.on("data", (part: Buffer) => {
			parts.push(part);
			if (typeof enough === "function" && written === undefined && enough(Buffer.concat(parts).toString())) stop();
		});
		if (typeof enough !== "function") {
			enough.then(stop, (error) => {
				stop();
				reject(error);
			});
		}
		program.on("close", () => resolve(written ?? Buffer.concat(parts)));
	});
}

/** Draws what was written to a terminal into a PNG file, with its first line as the command that was typed. */
export async function picture(
	browser: Browser,
	path: string,
	command: string,
	written: Buffer,
	{ columns, rows }: Terminal,
): Promise<void> {
	const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 12 * columns, height: 22 * rows } });
	try {
		await page.setContent(
			'<body style="margin:0;background:#101014"><div id="t" style="display:inline-block;padding:10px"></div>',
		);
		await page.addStyleTag({ path: `${XTERM}css/xterm.css` });
		await page.addScriptTag({ path: `${XTERM}lib/xterm.js` });
		const text = `\u001b[90m$\u001b[0m ${command}\r\n`;
		const options = {
			cols: columns,
			rows,
			fontFamily: "DejaVu Sans Mono",
			fontSize: 13,
			cursorInactiveStyle: "none",
			theme: { background: "#101014", foreground: "#d8d8de" },
		};
		// As text: it is the page's program, not this one's.
		await page.evaluate(`new Promise((resolve) => {
			const terminal = new Terminal(${JSON.stringify(options)});
			terminal.open(document.getElementById("t"));
			const drawn = () => requestAnimationFrame(() => requestAnimationFrame(resolve));
			terminal.write(Uint8Array.from(${JSON.stringify([...Buffer.from(text), ...written])}), drawn);
		})`);
		await page.locator("#t").screenshot({ path });
	} finally {
		await page.close();
	}
}
