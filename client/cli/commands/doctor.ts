import { lookup } from "node:dns/promises";
import { connect } from "node:net";
import { type Address, parseAddress } from "../../src/address.js";
import { ArgumentError, ConnectionError, K1Error } from "../../src/errors.js";
import { K1 } from "../../src/k1.js";
import { bold, green, red, yellow } from "../colors.js";
import type { Context } from "../context.js";
import { findDevice } from "../discovery.js";
import { DONE, FAILED } from "../exit-codes.js";
import { describe } from "../failure.js";
import { withHost } from "../host.js";
import { stateOf } from "../http.js";
import { print, printJson, size } from "../output.js";

/** Answers slower than this make everything feel slow, ms. */
const SLOW = 100;
/** So many questions tell how fast it answers. */
const QUESTIONS = 20;

/** One thing that was looked at. */
interface Finding {
	readonly what: string;
	/** `warning`: it works, and yet. */
	readonly result: "good" | "warning" | "bad";
	readonly sentence: string;
}

/** Looks where it gets stuck between here and the device, one step after the other. */
class Doctor {
	readonly findings: Finding[] = [];

	constructor(private readonly context: Context) {}

	say(what: string, result: Finding["result"], sentence: string): void {
		this.findings.push({ what, result, sentence });
		if (this.context.json) return;
		const mark = { good: green("good   "), warning: yellow("warning"), bad: red("bad    ") }[result];
		print(`${mark} ${bold(what)}: ${sentence}`);
	}

	async examine(): Promise<void> {
		const address = this.#device();
		if (address === undefined) return;
		const host = await this.#name(new URL(address.base).hostname);
		if (host === undefined || !(await this.#port(address, host))) return;
		const found = withHost(address, host);
		await this.#http(found);
		await this.#clients(found);
	}

	#device(): Address | undefined {
		const { text, from } = this.context.choice();
		try {
			const address = parseAddress(text, this.context.options.token ?? process.env.K1_TOKEN);
			this.say("device", "good", `${text}, by ${from}: ${address.socket}`);
			return address;
		} catch (error) {
			if (!(error instanceof ArgumentError)) throw error;
			this.say("device", "bad", error.message);
			return undefined;
		}
	}

	async #name(hostname: string): Promise<string | undefined> {
		const bare = hostname.replace(/^\[|\]$/g, "");
		try {
			const { address } = await lookup(bare);
			this.say("name", "good", address === bare ? `${address} is an IP address` : `${bare} is ${address}`);
			return hostname;
		} catch {
			if (!bare.endsWith(".local")) {
				this.say("name", "bad", `nobody knows the name ${bare}; k1 discover lists devices and their addresses`);
				return undefined;
			}
		}
		const found = await findDevice(bare, Math.min(5000, this.context.timeout), this.context.signal);
		if (found !== undefined) {
			const why =
				"this computer's system does not look names up by mDNS, so k1 did; browsers may not find it by its name";
			this.say("name", "warning", `${bare} is ${found}; ${why}`);
		} else {
			this.say(
				"name",
				"bad",
				`no device answers to ${bare}: it is off, or not set up, or in another network, or the network does not pass ` +
					"mDNS on; its IP address, from the router's list of devices, works without that",
			);
		}
		return found;
	}

	/** Whether TCP gets there. */
	async #port({ base }: Address, host: string): Promise<boolean> {
		const { port, protocol } = new URL(base);
		const number = Number(port || (protocol === "https:" ? 443 : 80));
		const socket = connect({ host: host.replace(/^\[|\]$/g, ""), port: number, timeout: this.context.timeout });
		const error = await new Promise<string | undefined>((resolve) => {
			socket.on("connect", () => resolve(undefined));
			socket.on("timeout", () => resolve("ETIMEDOUT"));
			socket.on("error", ({ code, message }: NodeJS.ErrnoException) => resolve(code ?? message));
		});
		socket.destroy();
		if (error === undefined) this.say("port", "good", `${number} is open`);
		else if (error === "ECONNREFUSED") {
			this.say(
				"port",
				"bad",
				`there is a computer, and nothing listens at its port ${number}: is it the device's address?`,
			);
		} else
			this.say(
				"port",
				"bad",
				`port ${number} cannot be reached (${error}): it is off, or another network, or a firewall`,
			);
		return error === undefined;
	}

	async #http(address: Address): Promise<void> {
		try {
			const state = await stateOf(address, this.context.timeout);
			if (state.problem !== undefined) this.say("light", "warning", state.problem);
			else this.say("light", "good", state.pattern === "" ? state.state : `${state.state}, ${state.pattern}`);
			if (state.limit > 0 && state.milliamps >= state.limit) {
				this.say(
					"power",
					"warning",
					`it draws its limit of ${state.limit} mA: the picture is darker than it is meant to be`,
				);
			}
		} catch (error) {
			if (!(error instanceof K1Error)) throw error;
			this.say("light", "bad", describe(error).sentences.replaceAll("\n", " "));
		}
	}

	async #clients(address: Address): Promise<void> {
		const { timeout, signal } = this.context;
		let k1: K1;
		try {
			const { socket, token } = address;
			k1 = await K1.connect(socket, { token, timeout, signal, reconnect: false });
		} catch (error) {
			if (!(error instanceof ConnectionError)) throw error;
			this.say("connection", "bad", describe(error).sentences.replaceAll("\n", " "));
			return;
		}
		try {
			const status = await k1.status();
			const others = status.clients - 1;
			this.say(
				"connection",
				"good",
				others === 0 ? "it lets us in, and nobody else is there" : "it lets us in, beside another client",
			);
			const times: number[] = [];
			for (let i = 0; i < QUESTIONS; i++) {
				const began = performance.now();
				await k1.status();
				times.push(performance.now() - began);
			}
			times.sort((a, b) => a - b);
			const [middle, worst] = [times[QUESTIONS / 2], times[QUESTIONS - 1]];
			const told = `${middle.toFixed(1)} ms as a rule, ${worst.toFixed(1)} at the most`;
			if (middle < SLOW) this.say("answers", "good", told);
			else this.say("answers", "warning", `${told}: the Wi-Fi is weak here, or busy`);
			const { storage, patterns, mostPatterns } = status;
			const free = storage.size - storage.used;
			const full = patterns === mostPatterns || free < storage.size / 20;
			const room = `${patterns} of ${mostPatterns} patterns, ${size(free)} free`;
			this.say("storage", full ? "warning" : "good", full ? `${room}: k1 rm makes room` : room);
		} finally {
			await k1.close();
		}
	}
}

/** Says in sentences what is wrong between here and the device. */
export async function doctor(context: Context): Promise<number> {
	const examination = new Doctor(context);
	await examination.examine();
	if (context.json) printJson(examination.findings);
	return examination.findings.every(({ result }) => result !== "bad") ? DONE : FAILED;
}
