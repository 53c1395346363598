import {
	PRISM_COLOR_FORMAT,
	PRISM_FPS,
	PRISM_FRAMES,
	PRISM_HEADER_CRC,
	PRISM_LEDS,
	PRISM_PAYLOAD_CRC,
	PRISM_REQUIRED,
	PRISM_TRUNCATED,
	PRISM_VERSION,
} from "../../../modules/core/errors.js";
import { throws } from "../../support/assert.js";
import { prismFile, sealHeader } from "../../support/prism.js";
import { check, refuses } from "../../support/prism-check.js";
import { ascii, pattern, refused } from "../../support/store.js";

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
	const copy = bytes.slice();
	copy[at] = value;
	return copy;
}

describe("pattern: .prism rules", () => {
	it("takes files of both versions, however they are cut into chunks", () => {
		for (const version of [0x0100, 0x0101]) {
			for (const json of ["", "{}", "x".repeat(300)]) {
				const bytes = prismFile({ version, json });
				for (const chunk of [1, 2, 63, 64, 65, 66, 79, 80, 81, 82, 83, 4093]) check(bytes, chunk, true);
			}
		}
	});

	it("takes other bytes, unless .prism files are required", () => {
		for (const bytes of [ascii("P"), ascii("PRS"), ascii("PRSX and more"), pattern(200, 1)]) {
			check(bytes, 3);
			refuses(bytes, PRISM_REQUIRED, true);
		}
	});

	it("refuses other versions", () => {
		for (const version of [0x0000, 0x0001, 0x0102, 0x0200, 0x0001]) refuses(prismFile({ version }), PRISM_VERSION);
	});

	it("refuses LED counts other than 1 to 320", () => {
		for (const leds of [0, 321, 65535]) refuses(prismFile({ leds }), PRISM_LEDS);
		check(prismFile({ leds: 1 }), 50);
		check(prismFile({ leds: 320 }), 50);
	});

	it("refuses frame rates other than 1 to 120 a second", () => {
		for (const fps of [0, 255, 120 * 256 + 1, 0xffffffff]) refuses(prismFile({ fps }), PRISM_FPS);
		check(prismFile({ fps: 256 }), 50);
		check(prismFile({ fps: 120 * 256 }), 50);
	});

	it("refuses a frame count of 0", () => {
		refuses(prismFile({ frames: 0 }), PRISM_FRAMES);
		check(prismFile({ frames: 1 }), 50);
	});

	it("refuses color formats other than palettes", () => {
		for (const format of [0, 2, 255]) {
			const bytes = prismFile();
			bytes[16] = format;
			sealHeader(bytes);
			refuses(bytes, PRISM_COLOR_FORMAT);
		}
	});

	it("refuses a changed header, where its CRC covers it", () => {
		const old = prismFile();
		for (const at of [6, 8, 12, 16, 17, 18, 20, 23]) refuses(changed(old, at, old[at] ^ 1), PRISM_HEADER_CRC);
		const extended = prismFile({ version: 0x0101 });
		for (const at of [64, 69]) refuses(changed(extended, at, extended[at] ^ 1), PRISM_HEADER_CRC);
		for (const at of [24, 63, 70, 79]) check(changed(extended, at, extended[at] ^ 1), 100);
	});

	it("refuses a changed payload or payload CRC", () => {
		for (const version of [0x0100, 0x0101]) {
			const bytes = prismFile({ version });
			for (const back of [1, 4, 5, 12]) {
				const at = bytes.length - back;
				refuses(changed(bytes, at, bytes[at] ^ 0x80), PRISM_PAYLOAD_CRC);
			}
		}
	});

	it("refuses files that end early, at every length", () => {
		const bytes = prismFile({ version: 0x0101, json: "{}" });
		// Header, JSON with its length, and the payload's CRC have to be there; from then on that CRC tells.
		for (let size = 4; size < 82 + 2 + 4; size++) {
			throws(() => check(bytes.subarray(0, size), 100), refused(PRISM_TRUNCATED));
		}
		for (let size = 88; size < bytes.length; size++) {
			throws(() => check(bytes.subarray(0, size), 100), refused(PRISM_PAYLOAD_CRC));
		}
	});

	it("refuses a JSON length that reaches past the end", () => {
		const bytes = prismFile();
		bytes[64] = 0xff;
		bytes[65] = 0xff;
		sealHeader(bytes);
		refuses(bytes, PRISM_TRUNCATED);
	});
});
