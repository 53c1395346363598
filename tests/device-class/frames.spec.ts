import { playsAllFrames } from "../integration/support/sample-frames.js";

describe("the virtual strips, in the device's pools", () => playsAllFrames(32));
