import { Feed } from "./feed.js";
import { readFrame } from "./frames.js";
import type { Frame, WatchOptions } from "./types.js";

/** The most frames a second that a device sends. */
export const MOST_FPS = 30;

/** Whoever sees to it that frames come. */
export interface FrameSource {
	/** Begins with this watcher. @throws where the device refuses */
	start(watcher: Watcher): Promise<void>;
	/** Ends with it. */
	stop(watcher: Watcher): Promise<void>;
}

/** One reader of frames. Who reads slowly gets the newest frame, and not a queue of old ones. */
export class Watcher extends Feed<Frame> {
	readonly fps: number;

	constructor(
		private readonly source: FrameSource,
		{ fps = MOST_FPS, signal }: WatchOptions,
	) {
		super(1, signal);
		this.fps = fps;
	}

	protected start(): Promise<void> {
		return this.source.start(this);
	}

	protected stop(): Promise<void> {
		return this.source.stop(this);
	}

	/** There is a frame. @param value of the message */
	take(value: Uint8Array): void {
		this.offer(readFrame(value));
	}
}
