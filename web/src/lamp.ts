/** What the user asks of the light. The page shows it at once; the device says when it is so. */
import { ConnectionError } from "../../client/src/index.js";
import type { Connection } from "./connection.js";
import type { Page } from "./page.js";

/** Time in which a brightness is gone to, ms. */
const FADE = 150;

export class Lamp {
	#dimming = false;

	constructor(
		private readonly page: Page,
		private readonly connection: Connection,
	) {}

	/** On or off. */
	async turn(): Promise<void> {
		const on = this.page.state?.state !== "stopped";
		await this.#ask("", () => (on ? this.connection.k1?.stop() : this.connection.k1?.play()));
	}

	/** Plays a pattern; the one that plays stands still, or goes on. */
	async play(name: string): Promise<void> {
		const { k1 } = this.connection;
		const { state, pattern } = this.page.state ?? {};
		await this.#ask(name, () => {
			if (name !== pattern || state === "stopped" || state === "live") return k1?.play(name);
			return state === "paused" ? k1?.resume() : k1?.pause();
		});
	}

	/** The slider was moved: the newest place is sent when the one before is taken, so that none wait in a row. */
	async dim(brightness: number): Promise<void> {
		const { page } = this;
		page.brightness = brightness;
		page.changed();
		if (this.#dimming) return;
		this.#dimming = true;
		const { k1 } = this.connection;
		try {
			for (let sent = -1; sent !== page.brightness; ) {
				sent = page.brightness;
				await k1?.brightness(sent, { over: FADE });
			}
			await k1?.state();
		} catch (error) {
			this.#tell(error);
		}
		this.#dimming = false;
		page.brightness = -1;
		page.changed();
	}

	async #ask(what: string, command: () => Promise<void> | undefined): Promise<void> {
		const { page } = this;
		if (page.asked !== undefined) return;
		page.asked = what;
		page.changed();
		try {
			await command();
			await this.connection.k1?.state();
		} catch (error) {
			this.#tell(error);
		}
		page.asked = undefined;
		page.changed();
	}

	#tell(error: unknown): void {
		// A lost connection is told in a place of its own.
		if (!(error instanceof ConnectionError)) void this.page.tell((error as Error).message);
	}
}
