import { PATTERN_NOT_FOUND, STORAGE_FULL } from "../../modules/core/errors.js";
import { ArgumentError, ConnectionError, DeviceError } from "../src/errors.js";
import { FAILED, USAGE } from "./exit-codes.js";

/** Something that a command cannot do; it is told as it stands. */
export class Failure extends Error {
	/** @param code FAILED, or USAGE where the command line is to blame */
	constructor(
		message: string,
		readonly code: number = FAILED,
	) {
		super(message);
	}
}

/** What is wrong, and what to do next, in sentences; and the exit code. */
export function describe(error: unknown): { sentences: string; code: number } {
	if (error instanceof Failure) return { sentences: error.message, code: error.code };
	if (error instanceof ArgumentError) return { sentences: error.message, code: USAGE };
	if (error instanceof ConnectionError || error instanceof DeviceError) {
		const advice = error instanceof DeviceError ? adviceForRefusal(error) : adviceForConnection(error);
		return { sentences: `${error.message}${advice === "" ? "" : `\n${advice}`}`, code: FAILED };
	}
	const { code, path, message } = error as NodeJS.ErrnoException;
	if (code === "ENOENT" && path !== undefined) return { sentences: `there is no file ${path}`, code: FAILED };
	if (code !== undefined) return { sentences: message, code: FAILED };
	// A mistake of this program: whoever reports it needs to know where.
	return { sentences: error instanceof Error ? (error.stack ?? message) : String(error), code: FAILED };
}

function adviceForRefusal({ code, reason }: DeviceError): string {
	if (code === PATTERN_NOT_FOUND) return "k1 ls shows what is there.";
	if (code === STORAGE_FULL) return "k1 ls shows what takes the room, k1 rm NAME makes some; nothing was changed.";
	if (reason.startsWith("prism:"))
		return "k1 check FILE shows all that is wrong with a file; what was stored is as it was.";
	if (reason === "unknown message type")
		return "The device's firmware is older than this command; bring it up to date.";
	return "";
}

function adviceForConnection({ reason, status }: ConnectionError): string {
	switch (reason) {
		case "refused":
			return "Is it on, and in this network? k1 discover looks for devices, k1 doctor says what is wrong.";
		case "denied":
			return status === 401 ? "Give it with --token TOKEN, or in K1_TOKEN." : "";
		case "busy":
			return "Close one: another k1, or a page in a browser; then try again.";
		case "timeout":
			return "Is it still on, and in this network? k1 doctor looks where it gets stuck.";
		case "lost":
			return "Try again. A pattern that was being sent is not stored, and what had its name before is as it was.";
		default:
			return "";
	}
}
