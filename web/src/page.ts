/** What the page knows, and what there is to be shown of it. */
import type { Listed, State, Status } from "../../client/src/types.js";

/**
 * The connection: being made, there, to be made again at `retryAt`, to be made again when the device has a place, to be made
 * when there is a token, and given back while nobody sees the page.
 */
export type Link = "connecting" | "open" | "lost" | "full" | "token" | "away";

/** What `GET /state` says beside the state. */
export interface Told extends State {
	/** What is wrong with the device, as a sentence. */
	readonly problem?: string;
}

export interface Upload {
	readonly name: string;
	readonly file: Blob;
	readonly stop: AbortController;
	/** Bytes on the device's flash. */
	done: number;
	/** Why it came to nothing; empty: it has not. */
	error: string;
}

/** A word to the user, at the foot of the page for a while. */
export interface Notice {
	readonly key: string;
	readonly text: string;
	/** A pattern whose deletion can be taken back as long as the notice is there. */
	readonly undo?: string;
}

/** So many figures of a meter are kept. */
const HISTORY = 60;

/** The one state of the page. Who changes it says so, and then it is drawn. */
export class Page {
	link: Link = "connecting";
	/** What was in the way the last time: told on while there is another try. */
	trouble: Link = "connecting";
	/** Why there is no connection. */
	why = "";
	/** When there is another try, as `Date.now()` counts; 0: when somebody asks for it. */
	retryAt = 0;
	/** What plays; undefined: not known yet. */
	state: State | undefined;
	/** What is wrong with the device. */
	problem = "";
	patterns: readonly Listed[] | undefined;
	status: Status | undefined;
	/** Of each meter, the newest figure last. */
	readonly used: { readonly storage: number[]; readonly memory: number[] } = { storage: [], memory: [] };
	uploads: Upload[] = [];
	notices: Notice[] = [];
	/** Names of patterns that count as deleted. */
	readonly removed = new Set<string>();
	/** What was asked for and is not answered: a pattern's name, or "" for the switch. */
	asked: string | undefined;
	/** Where the slider was left, as long as the device has not said that it is there; -1: nowhere. */
	brightness = -1;
	/** Frames and rate of patterns whose preview is there, by CRC-32. */
	readonly shape = new Map<string, { readonly frames: number; readonly fps: number }>();
	/** Files are held over the page. */
	dropping = false;
	#due = false;

	/** @param draw draws what is to be shown now */
	constructor(private readonly draw: () => void) {}

	/** Something is different. */
	changed(): void {
		if (this.#due) return;
		this.#due = true;
		queueMicrotask(() => {
			this.#due = false;
			this.draw();
		});
	}

	/** There is a new STATUS. */
	measured(status: Status): void {
		this.status = status;
		for (const [row, value] of [
			[this.used.storage, status.storage.used / status.storage.size],
			[this.used.memory, 1 - status.heap.free / status.heap.size],
		] as const) {
			row.push(value);
			if (row.length > HISTORY) row.shift();
		}
		this.changed();
	}

	/** Tells the user something for `time` ms. Returns when that is over. */
	async tell(text: string, undo?: string, time = 5000, signal?: AbortSignal): Promise<void> {
		const notice = { key: `${text}${Date.now()}`, text, undo };
		this.notices = [...this.notices.slice(-2), notice];
		this.changed();
		await new Promise<void>((resolve) => {
			setTimeout(resolve, time);
			signal?.addEventListener("abort", () => resolve());
		});
		this.notices = this.notices.filter((each) => each !== notice);
		this.changed();
	}
}
