import { parseAddress } from "../../src/address.js";
import type { Context } from "../context.js";
import { DONE, USAGE } from "../exit-codes.js";
import { Failure } from "../failure.js";
import { print, printJson } from "../output.js";
import { saveDevice } from "../settings.js";

/** Keeps a device as the one that is meant when nothing is said; or says which one that is. */
export async function use(
	context: Context,
	device: string | undefined,
	options: { forget?: boolean },
): Promise<number> {
	if (device !== undefined && options.forget === true) throw new Failure("either a device or --forget", USAGE);
	if (device !== undefined) {
		parseAddress(device);
		print(`${device} is the device from now on (kept in ${saveDevice(device)})`);
	} else if (options.forget === true) {
		saveDevice(undefined);
		print("no device is chosen any more");
	} else {
		const { text, from } = context.choice();
		if (context.json) printJson({ device: text, from });
		else print(`${text} (from ${from})`);
	}
	return DONE;
}
