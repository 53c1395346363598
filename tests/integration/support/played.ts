import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { NorFlashFile } from "../../../host-shim/node/nor-flash-file.js";
import { buildForNode } from "../../../host-shim/simulator/build.js";
import { programCommand } from "../../../host-shim/xs/firmware.js";
import { mount, upload } from "../../support/store.js";
import { ended } from "../xs-host/program.js";
import { FlashFolder } from "./simulator.js";

const MAIN = "tests/integration/leds/play-all.ts";

/** Where a pattern is played: on Node, or on XS with words of so many bits and the device's pools. */
export type PlayedOn = "node" | 64 | 32;

/**
 * All frames of a .prism file as strip 1 of the virtual LEDs has read them: 480 bytes each, G, R, B.
 * @throws Error with what the program printed, when it fails
 */
export async function playedFrames(path: string, place: PlayedOn): Promise<Buffer[]> {
	const folder = new FlashFolder();
	try {
		const image = folder.fresh();
		const flash = new NorFlashFile({ file: image, timing: "none" });
		upload(mount(flash).writer(), "all", readFileSync(path), 1000);
		flash.close();
		const [program = "", ...args] = await command(image, place);
		const env = { ...process.env, K1_FLASH: image };
		const { code, output, errors } = await ended(spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] }));
		if (code !== 0) throw new Error(`ended with ${code}: ${errors}`);
		return output
			.trim()
			.split("\n")
			.map((line) => Buffer.from(line, "hex"));
	} finally {
		folder.remove();
	}
}

async function command(flash: string, place: PlayedOn): Promise<string[]> {
	if (place === "node") return [process.execPath, await buildForNode(MAIN, "play-all.mjs")];
	return programCommand(MAIN, `play-all-${place}`, { bits: place, host: "127.0.0.1", flash, config: {} });
}
