import { PLAYING } from "../../../modules/playback/player.js";
import { equal, ok } from "../../support/assert.js";
import { BLUE, GREEN, RED } from "../../support/colors.js";
import { toHex } from "../../support/hex.js";
import { solidFile } from "../../support/prism.js";
import { type Client, OK, ServerBench } from "../../support/server.js";
import { ascii, upload } from "../../support/store.js";

/** A FRAME in its WebSocket frame has so many hexadecimal digits, and begins so. */
const FRAME_DIGITS = 2 * 973;
const FRAME = "827e03c93203c6";
/** So does a PLAYBACK of a pattern with a name of one letter. */
const PLAYBACK = "8223310020";

function k1(): ServerBench {
	const bench = new ServerBench({ lamp: true });
	for (const [name, colors] of [
		["a", [RED, GREEN, BLUE]],
		["b", [BLUE]],
	] as const) {
		upload(bench.store.writer(), name, solidFile(colors, 10));
		bench.lamp.stored(ascii(name), 0, 1, bench.clock.now());
	}
	bench.platform.pass(1000);
	return bench;
}

/** The answer to LIST in its WebSocket frame. */
function hexOf({ store }: ServerBench): string {
	const list = new Uint8Array(100);
	const end = store.writeList(list, 0);
	const length = (value: number) => value.toString(16).padStart(2, "0");
	return `82${length(end + 3)}2100${length(end)}${toHex(list, 0, end)}`;
}

/** Lets time pass, 10 ms at a time; returns what kinds of messages the client heard, and hands each over. */
function listen(bench: ServerBench, client: Client, milliseconds: number, take = (_message: string) => {}): string {
	let found = "";
	for (let passed = 0; passed < milliseconds; passed += 10) {
		bench.platform.pass(10);
		found += kinds(client.heard(), take);
	}
	return found;
}

/** FRAMEs and PLAYBACKs in what a client heard, as f and p; all of it must be one or the other. */
function kinds(heard: string, take = (_message: string) => {}): string {
	let found = "";
	for (let at = 0; at < heard.length; ) {
		const frame = heard.startsWith(FRAME, at);
		ok(frame || heard.startsWith(PLAYBACK, at), heard.slice(at, at + 20));
		const end = at + (frame ? FRAME_DIGITS : 2 * 37);
		take(heard.slice(at, end));
		found += frame ? "f" : "p";
		at = end;
	}
	return found;
}

describe("a client that watches", () => {
	it("gets the pictures, in the colors of the pattern, with their numbers", () => {
		const bench = k1();
		bench.lamp.setBrightness(10, 0, bench.clock.now());
		bench.platform.pass(50);
		const client = bench.client();
		equal(client.say("22 0002 20 1e"), OK);
		const colors = new Set<string>();
		const found = listen(bench, client, 300, (message) => {
			equal(message.slice(22, 26), "0140");
			const color = message.slice(26, 32);
			equal(color, [RED, GREEN, BLUE][Number.parseInt(message.slice(14, 22), 16)]);
			for (let at = 26; at < FRAME_DIGITS; at += 6) ok(message.startsWith(color, at), `${at}`);
			colors.add(color);
		});
		equal(found, "fff");
		equal(colors.size, 3);
	});

	it("gets no more than it wants, and the last picture before all stands still", () => {
		const bench = k1();
		const client = bench.client();
		equal(client.say("22 0002 20 02"), OK);
		equal(listen(bench, client, 2000), "ffff");
		bench.lamp.pause(bench.clock.now());
		equal(listen(bench, client, 2000), "pf");
		equal(listen(bench, client, 2000), "");
	});

	it("is told of each change, whoever made it", () => {
		const bench = k1();
		const watcher = bench.client();
		equal(watcher.say("22 0002 20 01"), OK);
		const other = bench.client();
		listen(bench, watcher, 1500);
		equal(other.say("22 0004 10 80 0000"), OK);
		ok(watcher.heard().startsWith(`${PLAYBACK}0101`));
		equal(other.say("22 0002 01 62"), OK);
		ok(kinds(watcher.heard()).startsWith("p"));
		equal(other.heard(), "", "who does not watch hears nothing");
	});

	it("gets no pictures while the K1 is dark, and none when it has ended", () => {
		const bench = k1();
		const client = bench.client();
		equal(client.say("22 0002 20 1e"), OK);
		listen(bench, client, 200);
		client.say("22 0001 02");
		equal(listen(bench, client, 1000), "");
		client.say("22 0001 01");
		equal(client.say("22 0002 20 00"), OK);
		equal(listen(bench, client, 1000), "");
	});

	it("gets its answers whole between pictures", () => {
		const bench = k1();
		const client = bench.client();
		client.say("22 0002 20 1e");
		const list = hexOf(bench);
		for (let i = 0; i < 30; i++) {
			bench.platform.pass(50);
			const heard = client.say("21 0000");
			ok(heard.includes(list), heard.slice(0, 40));
			kinds(heard.replace(list, ""));
		}
	});

	it("and cannot take more for a while is told how it is then, and has lost no change", () => {
		const bench = k1();
		// Room for one picture and a part of the next.
		const client = bench.client("10.0.0.1", 2000);
		client.say("22 0002 20 1e");
		bench.platform.pass(500);
		for (const level of [1, 128]) {
			bench.lamp.setBrightness(level, 0, bench.clock.now());
			bench.platform.pass(300);
		}
		client.peer.give(5744);
		const told: string[] = [];
		const found = kinds(client.heard(), (message) => told.push(message));
		ok(found === "ffp" || found === "ffpf", found);
		ok(told[2].startsWith(`${PLAYBACK}01018080`), told[2]);
	});

	it("and does not read is left out, costs nobody a picture, and is dropped", () => {
		const bench = k1();
		const deaf = bench.client("10.0.0.1", 2000);
		deaf.peer.room = 1500;
		deaf.say("22 0002 20 1e");
		deaf.peer.room = 0;
		const good = bench.client("10.0.0.2");
		equal(good.say("22 0002 20 0a"), OK);
		const { length } = listen(bench, good, 3000);
		ok(length >= 29, `${length} pictures`);
		equal(bench.lamp.player.state, PLAYING);
		equal(bench.lamp.player.skipped, 0);
		listen(bench, good, 6000);
		ok(deaf.peer.closed);
		equal(bench.counters.clients, 1);
	});

	it("uploads meanwhile like any other", () => {
		const bench = k1();
		const client = bench.client();
		client.say("22 0002 20 1e");
		equal(client.say("10 0001 7a").slice(-14), OK);
		for (let i = 0; i < 20; i++) {
			bench.platform.pass(50);
			kinds(client.say("11 0002 aabb"));
		}
		equal(client.say("12 0000").slice(-14), OK);
		equal(bench.store.count, 3);
	});
});
