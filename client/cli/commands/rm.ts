import { DeviceError } from "../../src/errors.js";
import { nameBytes } from "../../src/frames.js";
import type { Context } from "../context.js";
import { DONE, FAILED } from "../exit-codes.js";
import { note, print } from "../output.js";

/** Deletes patterns. One that is not there does not keep the others from being deleted. */
export async function rm(context: Context, names: readonly string[]): Promise<number> {
	for (const name of names) nameBytes(name);
	const k1 = await context.connect();
	let code = DONE;
	for (const name of names) {
		try {
			await k1.delete(name);
			print(`${name}: deleted`);
		} catch (error) {
			if (!(error instanceof DeviceError)) throw error;
			note(`${name}: ${error.reason}; k1 ls shows what is there`);
			code = FAILED;
		}
	}
	return code;
}
