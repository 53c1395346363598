import { playedFrames } from "./support/played.js";
import { playsAllFrames } from "./support/sample-frames.js";
import { engine } from "./support/simulator.js";

describe("the virtual strips", () => playsAllFrames((path) => playedFrames(path, engine === "xs" ? 64 : "node")));
