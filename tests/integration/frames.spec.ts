import { playsAllFrames } from "./support/sample-frames.js";
import { engine } from "./support/simulator.js";

describe("the virtual strips", () => playsAllFrames(engine === "xs" ? 64 : "node"));
