/** Commands that change what the LEDs show. */
import { InvalidArgumentError } from "commander";
import { nameBytes } from "../../src/frames.js";
import type { Context } from "../context.js";
import { DONE } from "../exit-codes.js";
import { print } from "../output.js";

export async function play(context: Context, name: string | undefined): Promise<number> {
	if (name !== undefined) nameBytes(name);
	const k1 = await context.connect();
	await k1.play(name);
	const { pattern } = await k1.state();
	print(`${pattern} plays`);
	return DONE;
}

export async function stop(context: Context): Promise<number> {
	await (await context.connect()).stop();
	print("dark");
	return DONE;
}

export async function pausePlaying(context: Context): Promise<number> {
	const k1 = await context.connect();
	await k1.pause();
	const { state, pattern } = await k1.state();
	print(state === "paused" ? `${pattern} stands still` : `there is nothing to pause: ${state}`);
	return DONE;
}

export async function resume(context: Context): Promise<number> {
	const k1 = await context.connect();
	await k1.resume();
	const { state, pattern } = await k1.state();
	print(state === "playing" ? `${pattern} goes on` : `there is nothing to go on with: ${state}`);
	return DONE;
}

export async function brightness(context: Context, value: number, options: { over: number }): Promise<number> {
	await (await context.connect()).brightness(value, options);
	print(`brightness ${value} of 255`);
	return DONE;
}

export async function gamma(context: Context, value: number, options: { over: number }): Promise<number> {
	await (await context.connect()).gamma(value, options);
	print(`gamma ${(value / 100).toFixed(2)}`);
	return DONE;
}

/** Reads a time such as `2s` or `500ms`; a bare number is seconds. Returns ms. */
export function parseTime(text: string): number {
	const match = /^(\d+(?:\.\d+)?)(ms|s|)$/.exec(text.trim());
	const time = match === null ? -1 : Math.round(Number(match[1]) * (match[2] === "ms" ? 1 : 1000));
	if (time < 0 || time > 65_535) throw new InvalidArgumentError("take a time up to 65s, such as 2s or 500ms.");
	return time;
}

/** Reads a brightness: 0 to 255, or with a % of that. */
export function parseBrightness(text: string): number {
	const percent = text.endsWith("%");
	const number = Number(percent ? text.slice(0, -1) : text);
	const value = percent ? Math.round(number * 2.55) : number;
	if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > 255) {
		throw new InvalidArgumentError("take a whole number from 0 to 255, or a percentage such as 40%.");
	}
	return value;
}

/** Reads a gamma: 1.00 to 4.00. Returns it times 100, as the device has it. */
export function parseGamma(text: string): number {
	const value = Math.round(100 * Number(text));
	if (text.trim() === "" || !(value >= 100 && value <= 400))
		throw new InvalidArgumentError("take a number from 1 to 4.");
	return value;
}
