import { once } from "node:events";
import type { Socket } from "node:net";
import { LIST, PUT_BEGIN, PUT_CHUNK, STATUS } from "../../../modules/tlv/frame.js";
import { equal, ok } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { type Attacker, pause, times } from "./attacker.js";
import { frame } from "./k1-client.js";

const KEY = Uint8Array.of(1, 2, 3, 4);
const BINARY = 0x82;

export interface Attack {
	readonly title: string;
	/** It takes one of the two clients' places, or would if one were free. */
	readonly wants?: "a place" | "a free place";
	readonly start: (attacker: Attacker) => void;
}

const message = (type: number, value: Uint8Array | string = "") => maskedFrame(BINARY, frame(type, value), KEY);

const PAGE = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
const DOWNLOAD = "GET /patterns/big HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

/** Keeps a socket fed: more as soon as what was written before is nearly gone. */
function flood(attacker: Attacker, socket: Socket, bytes: Uint8Array): void {
	attacker.every(5, () => {
		if (!socket.destroyed && socket.writableLength < 1_000_000) socket.write(bytes);
	});
}

/** A message of PUT_BEGIN in as many fragments, empty ones for most, as there are asked for. */
function fragments(count: number): Buffer {
	const name = frame(PUT_BEGIN, "tiny");
	return Buffer.concat(
		times(count, (i) => {
			const byte = i < name.length ? name.subarray(i, i + 1) : new Uint8Array(0);
			return maskedFrame((i === 0 ? 0x02 : 0) | (i === count - 1 ? 0x80 : 0), byte, KEY);
		}),
	);
}

/** What each stage of a connection begins with; the last three have taken a client's place, if there was one. */
const STAGES: readonly ((attacker: Attacker) => Socket)[] = [
	(attacker) => attacker.tcp(),
	(attacker) => attacker.tcp("GET / HTTP/1.1\r\nHos"),
	(attacker) => attacker.tcp("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
	(attacker) => attacker.tcp("GET /patterns/big HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
	(attacker) => attacker.webSocket(),
	(attacker) => {
		const socket = attacker.webSocket();
		socket.write(message(PUT_CHUNK, new Uint8Array(4000)).subarray(0, 3000));
		return socket;
	},
	(attacker) => {
		const socket = attacker.webSocket();
		socket.write(Buffer.concat([message(PUT_BEGIN, "broken"), message(PUT_CHUNK, new Uint8Array(2000))]));
		return socket;
	},
	(attacker) => {
		const socket = attacker.webSocket();
		socket.write(Buffer.concat([message(LIST), maskedFrame(0x88, Uint8Array.of(3, 0xe8), KEY)]));
		return socket;
	},
];

const SECRET = "GET /patterns/still HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

/** Requests that two servers could read differently: each may get one answer, and the request inside none. */
const SMUGGLING: readonly string[] = [
	`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${SECRET.length}\r\nTransfer-Encoding: chunked\r\n\r\n${SECRET}`,
	`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SECRET}`,
	`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: xchunked\r\n\r\n${SECRET}`,
	`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding : chunked\r\n\r\n${SECRET}`,
	`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n${SECRET}`,
	`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0, 5\r\n\r\n${SECRET}`,
	`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: +0\r\n\r\n${SECRET}`,
	`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0x0\r\n\r\n${SECRET}`,
	`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b\r\n\r\n${SECRET}`,
	`GET / HTTP/1.1\nHost: 127.0.0.1\n\n${SECRET}`,
	`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\rb\r\n\r\n${SECRET}`,
	`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: \0\r\n\r\n${SECRET}`,
	`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n${SECRET}`,
	`GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n${SECRET}`,
	`GET /patterns/still HTTP/1.1 \r\nHost: 127.0.0.1\r\n\r\n${SECRET}`,
];

/** What must not be let in, and the status that says so. */
const STRANGERS: readonly (readonly [request: string, status: RegExp])[] = [
	["GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", /^421$/],
	["GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n", /^421$/],
	["GET / HTTP/1.1\r\nHost: evil.example:80@127.0.0.1\r\n\r\n", /^4(00|21)$/],
	["GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", /^4(00|21)$/],
	["GET / HTTP/1.1\r\n\r\n", /^400$/],
	["GET / HTTP/1.1\r\nHost:\r\n\r\n", /^4(00|21)$/],
];
const ORIGINS = [
	"https://evil.example",
	"null",
	"http://127.0.0.1.evil.example",
	"file://",
	"http://evil.example#127.0.0.1",
];

function statusOf(answer: string): string {
	return answer.slice(9, 12);
}

export const ATTACKS: readonly Attack[] = [
	{
		title: "200 request heads that are never ended",
		start: (attacker) => times(200, () => attacker.tcp("GET /patterns/big HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")),
	},
	{
		title: "request heads that trickle",
		start: (attacker) => {
			const slow = times(12, () => attacker.tcp("GET / HT"));
			attacker.every(40, () => {
				for (const socket of slow) if (!socket.destroyed) socket.write("x");
			});
		},
	},
	{ title: "connections that are only opened", start: (attacker) => times(40, () => attacker.tcp()) },
	{
		title: "messages in 10,000 tiny fragments",
		wants: "a place",
		start: (attacker) => flood(attacker, attacker.webSocket(), fragments(10_000)),
	},
	{
		title: "pings without end",
		wants: "a place",
		start: (attacker) => {
			const pings = Buffer.concat(times(100, () => maskedFrame(0x89, Buffer.alloc(125, 1), KEY)));
			flood(attacker, attacker.webSocket(), pings);
		},
	},
	{
		title: "empty pings without end",
		wants: "a place",
		start: (attacker) => {
			const pings = Buffer.concat(times(2000, () => maskedFrame(0x89, new Uint8Array(0), KEY)));
			flood(attacker, attacker.webSocket(), pings);
		},
	},
	{
		title: "pages that are never read",
		start: (attacker) => {
			for (const socket of times(5, () => attacker.tcp(PAGE.repeat(200)))) socket.pause();
		},
	},
	{
		title: "downloads that are never read",
		start: (attacker) => {
			for (const socket of times(12, () => attacker.tcp(DOWNLOAD))) socket.pause();
		},
	},
	{
		title: "downloads that are read a little at a time",
		start: (attacker) => {
			attacker.stay(6, () => {
				const socket = attacker.tcp(DOWNLOAD);
				socket.pause();
				attacker.every(100, () => {
					socket.read(100);
				});
				return socket;
			});
		},
	},
	{
		title: "pages without end, each asked for before the last has come",
		start: (attacker) => {
			attacker.stay(6, () => {
				const socket = attacker.tcp();
				flood(attacker, socket, Buffer.from(PAGE.repeat(100)));
				return socket;
			});
		},
	},
	{
		title: "answers that are never read",
		wants: "a place",
		start: (attacker) => {
			const socket = attacker.webSocket();
			socket.pause();
			flood(attacker, socket, Buffer.concat(times(200, () => message(STATUS))));
		},
	},
	{
		title: "handshakes that are never read",
		wants: "a place",
		start: (attacker) => {
			attacker.every(30, () => attacker.webSocket().pause());
		},
	},
	{
		title: "connections that are half closed, at every stage",
		wants: "a place",
		start: (attacker) => {
			void attacker.forever(async (round) => {
				STAGES[round % STAGES.length](attacker).end();
				await pause(15);
			});
		},
	},
	{
		title: "connections that are reset, at every stage",
		wants: "a place",
		start: (attacker) => {
			void attacker.forever(async (round) => {
				const socket = STAGES[round % STAGES.length](attacker);
				await Promise.race([once(socket, "connect"), once(socket, "close")]);
				// At once, after the first answer, and in between.
				await pause((round % 7) * 2);
				if (!socket.destroyed) socket.resetAndDestroy();
			});
		},
	},
	{
		title: "requests that could be read in two ways",
		start: (attacker) => {
			void attacker.forever(async (round) => {
				const request = SMUGGLING[round % SMUGGLING.length];
				const answer = await attacker.ask(request);
				ok(/^(4\d\d|501|503|)$/.test(statusOf(answer)), `${JSON.stringify(request)} is answered ${answer}`);
				equal(answer.split("HTTP/1.1 ").length <= 2, true, `one answer: ${answer}`);
			});
		},
	},
	{
		title: "strange Hosts and Origins",
		wants: "a place",
		start: (attacker) => {
			void attacker.forever(async (round) => {
				const [request, status] = STRANGERS[round % STRANGERS.length];
				const answer = statusOf(await attacker.ask(request));
				ok(
					status.test(answer) || answer === "503" || answer === "",
					`${JSON.stringify(request)} is answered ${answer}`,
				);
				const origin = ORIGINS[round % ORIGINS.length];
				const upgrade = statusOf(await attacker.ask(attacker.upgrade(`Origin: ${origin}`)));
				ok(
					upgrade === "403" || upgrade === "400" || upgrade === "503" || upgrade === "",
					`${origin} is answered ${upgrade}`,
				);
			});
		},
	},
	{
		title: "bytes that mean nothing",
		wants: "a place",
		start: (attacker) => {
			let state = 1;
			void attacker.forever(async (round) => {
				const noise = Buffer.alloc(600);
				for (let at = 0; at < noise.length; at++) {
					state = (Math.imul(state, 1664525) + 1013904223) | 0;
					noise[at] = state >>> 24;
				}
				(round % 2 === 0 ? attacker.tcp() : attacker.webSocket()).write(noise);
				await pause(8);
			});
		},
	},
	{
		title: "third clients without end",
		wants: "a free place",
		start: (attacker) => {
			void attacker.forever(async () => {
				attacker.webSocket();
				await pause(5);
			});
		},
	},
	{
		title: "connections that are made and broken",
		wants: "a place",
		start: (attacker) => {
			void attacker.forever(async (round) => {
				const socket =
					round % 3 === 0 ? attacker.webSocket() : attacker.tcp(round % 3 === 1 ? "GET / HTTP/1.1\r\n" : "");
				await Promise.race([once(socket, "connect"), once(socket, "close")]);
				if (round % 2 === 0) socket.resetAndDestroy();
				else socket.destroy();
			});
		},
	},
];

const unread = (socket: Socket) => socket.pause();

/** Attacks that others feel less the less they share with the attacker: it comes again as soon as it is thrown out. */
export const FROM_ELSEWHERE: readonly Attack[] = [
	{
		title: "request heads that are never ended, again and again",
		start: (attacker) => attacker.stay(12, () => attacker.tcp("GET /patterns/big HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")),
	},
	{
		title: "downloads that are never read, again and again",
		start: (attacker) => attacker.stay(12, () => unread(attacker.tcp(DOWNLOAD))),
	},
	{
		title: "connections that are only opened, again and again",
		start: (attacker) => attacker.stay(12, () => attacker.tcp()),
	},
];

/** Guesses of a token, at all places that ask for it. */
export const GUESSED_TOKENS: Attack = {
	title: "guessed tokens",
	start: (attacker) => {
		const guesses = ["", "secret ", "Secret", "secre", "secrets", "%00secret", "x".repeat(128), "x".repeat(200)];
		void attacker.forever(async (round) => {
			const guess = guesses[round % guesses.length];
			const asked = [
				attacker.ask(attacker.upgrade(`Authorization: Bearer ${guess}x`)),
				attacker.ask(`GET /patterns/still?token=${encodeURIComponent(guess)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`),
			];
			for (const answer of await Promise.all(asked)) {
				ok(/^(401|429|503|)$/.test(statusOf(answer)), `"${guess}" is answered ${answer.slice(0, 60)}`);
			}
		});
	},
};
