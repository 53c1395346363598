import {
	FLASH_FAILED,
	inFrame,
	PRISM_FPS,
	PRISM_INDEX,
	PRISM_REQUIRED,
	RefusedError,
} from "../../../modules/core/errors.js";
import { encodePattern } from "../../../modules/pattern/encoder/encode.js";
import { OFFSET } from "../../../modules/pattern/header.js";
import { STOPPED } from "../../../modules/playback/player.js";

import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { BLACK, BLUE, colorOf, GREEN, RED } from "../../support/colors.js";
import { ascii, hex } from "../../support/hex.js";
import { at, MemorySource, plainFile, player, playing } from "../../support/playback.js";
import { prismFile } from "../../support/prism.js";
import { mount, remove, SECTOR, smallFlash, upload } from "../../support/store.js";

describe("player: where patterns come from", () => {
	it("goes over to the pattern's new version at the end of the loop", () => {
		const { light, source } = playing(["c80000", "c80000", "c80000"]);
		light.tick(1000);
		const dropped = new MemorySource(plainFile([GREEN], 10));
		const next = new MemorySource(plainFile(["0000c8", "0000c8"], 10));
		light.replace(dropped);
		light.replace(next);
		equal(dropped.closed, 1);
		equal(at(light, 1200), "c80000");
		equal(light.frame, 2);
		equal(source.closed, 0);
		equal(at(light, 1300), "c80000");
		equal(source.closed, 1);
		deepEqual([light.frame, light.frames], [0, 2]);
		equal(at(light, 1500), "640064");
		equal(at(light, 1700), "0000c8");
		equal(light.shown + light.skipped, 8);
	});

	it("goes over to it on time when it is late, and waits with it while it is paused", () => {
		const { light } = playing([RED, RED, RED]);
		light.tick(1000);
		light.pause(1000);
		light.replace(new MemorySource(plainFile([BLUE, BLUE, BLUE, BLUE, BLUE, GREEN], 10)));
		ok(!light.tick(5000));
		light.resume(5000);
		light.tick(5350);
		deepEqual([light.frames, light.frame], [6, 0]);
		equal(light.wait(5350), 20);
		// Its frame 0 was due at 5,300.
		equal(at(light, 5799), BLUE);
		equal(at(light, 5800), GREEN);
	});

	it("closes a new version for which there is no pattern", () => {
		const light = player();
		const source = new MemorySource(plainFile([RED], 10));
		light.replace(source);
		equal(source.closed, 1);
		const { light: other } = playing();
		const waiting = new MemorySource(plainFile([RED], 10));
		other.replace(waiting);
		other.stop(1000);
		equal(waiting.closed, 1);
	});

	it("refuses what is no pattern, and goes on with what it plays", () => {
		const { light, source } = playing();
		light.tick(1000);
		for (const [file, refusal] of [
			[ascii("something else"), PRISM_REQUIRED],
			[prismFile({ fps: 0 }), PRISM_FPS],
		] as const) {
			const other = new MemorySource(file);
			throws(
				() => light.play(other, 1050),
				(error) => error instanceof RefusedError && error.refusal === refusal,
			);
			equal(other.closed, 0);
		}
		const broken = new MemorySource(source.file);
		broken.failure = new RefusedError(FLASH_FAILED);
		throws(
			() => light.play(broken, 1050),
			(error) => error instanceof RefusedError,
		);
		equal(source.closed, 0);
		equal(at(light, 1100), GREEN);
	});

	it("fades out, and says why, when a stored file has a frame that is none", () => {
		const light = player();
		const source = new MemorySource(
			prismFile({ leds: 2, frames: 2, payload: hex("0100 c8c8c8 00 0200 0000 00 0200 0001") }),
		);
		light.play(source, 0, 0);
		light.tick(0);
		equal(colorOf(light.colors, 1), "c8c8c8");
		ok(light.tick(42));
		equal(light.state, STOPPED);
		equal(light.trouble?.reason, inFrame(PRISM_INDEX, 1).reason);
		equal(source.closed, 1);
		light.tick(242);
		equal(colorOf(light.colors, 1), "646464");
		equal(at(light, 442), BLACK);
	});

	it("fades out, and says why, when the flash cannot be read", () => {
		const light = player();
		// So small pieces that the next frame is not in the one at hand.
		const source = new MemorySource(plainFile([RED, GREEN, BLUE], 10), 8);
		light.play(source, 1000, 0);
		light.tick(1000);
		source.failure = new RefusedError(FLASH_FAILED);
		light.tick(1100);
		equal(light.state, STOPPED);
		equal(light.trouble, FLASH_FAILED);
		equal(at(light, 1500), BLACK);
	});

	it("lets other failures through", () => {
		const { light, source } = playing();
		source.failure = new Error("a fault of the firmware");
		throws(
			() => light.tick(1000),
			(error) => error === source.failure,
		);
	});

	it("fades out when the new version is no pattern", () => {
		const { light, source } = playing([RED]);
		light.tick(1000);
		const next = new MemorySource(ascii("something else"));
		light.replace(next);
		light.tick(1100);
		equal(light.state, STOPPED);
		equal(light.trouble, PRISM_REQUIRED);
		deepEqual([source.closed, next.closed], [1, 1]);
	});

	it("plays from the store, what is replaced and deleted there to its end", () => {
		const store = mount(smallFlash());
		const writer = store.writer();
		// Neighbours differ, so that each frame takes 163 bytes.
		const frames: Uint8Array[] = [];
		for (let i = 0; i < 8; i++) frames.push(new Uint8Array(480).map((_, at) => (i + (at % 7)) * 4));
		const file = encodePattern({ leds: 160, fps: 100, frames, strip2: { sync: OFFSET, delay: 20 } });
		ok(file.length > 2 * SECTOR);
		upload(writer, "p", file);
		const light = player();
		const source = store.open(ascii("p"), 0, 1);
		ok(source);
		light.play(source, 0, 0);
		for (let frame = 0; frame < 30; frame++) {
			if (frame === 11) upload(writer, "p", new Uint8Array(900).fill(1));
			if (frame === 20) remove(store, "p");
			light.tick(10 * frame);
			deepEqual(light.colors.slice(0, 480), frames[frame % 8]);
			deepEqual(light.colors.slice(480), frame < 2 ? new Uint8Array(480) : frames[(frame - 2) % 8]);
		}
		ok(store.usedBytes > 0);
		light.stop(300);
		equal(store.usedBytes, 0);
	});
});
