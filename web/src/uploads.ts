/** Files on their way to the device: one at a time, the others wait. */
import { nameBytes } from "../../client/src/frames.js";
import type { Connection } from "./connection.js";
import type { Page, Upload } from "./page.js";
import type { Removals } from "./removals.js";

/** A file's name as a pattern's: without its ending, and with what no name may have left out. */
export function patternName(file: string): string {
	const plain = file.replace(/\.prism$/i, "").replace(/[^\w .-]+/g, "-");
	return plain
		.replace(/^[^a-z0-9]+/i, "")
		.slice(0, 32)
		.replace(/[ .]+$/, "");
}

export class Uploads {
	#running = false;

	constructor(
		private readonly page: Page,
		private readonly connection: Connection,
		private readonly removals: Removals,
	) {}

	/** Files were dropped or picked. */
	add(files: Iterable<File>): void {
		for (const file of files) {
			const name = patternName(file.name);
			try {
				nameBytes(name);
			} catch {
				void this.page.tell(`"${file.name}" cannot be a pattern's name. Give the file one of letters and digits.`);
				continue;
			}
			this.removals.undo(name);
			this.page.uploads = this.page.uploads.filter((each) => each.name !== name || each.error === "");
			this.page.uploads.push({ name, file, stop: new AbortController(), done: 0, error: "" });
		}
		this.page.changed();
		void this.run();
	}

	/** Tries one that came to nothing again. */
	again({ name, file }: Upload): void {
		this.add([new File([file], name)]);
	}

	/** Stops one, or takes one that came to nothing off the list. */
	cancel(upload: Upload): void {
		upload.stop.abort();
		this.#drop(upload);
	}

	get running(): boolean {
		return this.#running;
	}

	/** Sends what waits, as long as there is a connection. */
	async run(): Promise<void> {
		if (this.#running) return;
		this.#running = true;
		for (;;) {
			const upload = this.page.uploads.find(({ error }) => error === "");
			const { k1 } = this.connection;
			if (upload === undefined || k1 === undefined) break;
			try {
				const onProgress = ({ done }: { done: number }) => {
					upload.done = done;
					this.page.changed();
				};
				await k1.upload(upload.name, upload.file, { signal: upload.stop.signal, onProgress });
				await this.connection.list();
				this.#drop(upload);
				void this.page.tell(`${upload.name} is stored.`);
			} catch (error) {
				if (!upload.stop.signal.aborted) upload.error = (error as Error).message;
			}
			this.page.changed();
		}
		this.#running = false;
		this.connection.look();
	}

	#drop(upload: Upload): void {
		this.page.uploads = this.page.uploads.filter((each) => each !== upload);
		this.page.changed();
	}
}
