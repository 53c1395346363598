import { xtensa } from "../harness/places.js";
import { playedFrames } from "../integration/support/played.js";
import { playsAllFrames } from "../integration/support/sample-frames.js";
import { runBench } from "./bench/run-bench.js";

describe("the virtual strips, in the device's pools", () => playsAllFrames((path) => playedFrames(path, 32)));

describe("the frames on Xtensa", () => {
	before(() => xtensa.build());
	playsAllFrames(async (path) => {
		const frames = await runBench(xtensa, "frames", path);
		return frames.map(({ pixels }) => Buffer.from(String(pixels), "hex"));
	});
});
