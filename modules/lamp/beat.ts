import type { Clock } from "../core/clock.js";
import { NEVER, type TimerHandle, type Timers } from "../core/timer.js";
import type { Player } from "../playback/player.js";
import type { Leds } from "./leds.js";

/** LEDs that are busy with a picture are asked again after this, ms: one takes 4.9 ms. */
const AGAIN = 1;

/** Calls the player when it has something to do, and hands its pictures to the LEDs. */
export class Beat {
	/** When the player is to be asked again, ms; NEVER while nothing happens by itself. */
	due = NEVER;
	#timer: TimerHandle;
	/** The LEDs have not taken the newest picture yet. */
	#unsent = false;

	/**
	 * @param done called after each time that the player was asked; `sent` says whether the LEDs have taken a picture
	 */
	constructor(
		private readonly timers: Timers,
		private readonly clock: Clock,
		private readonly player: Player,
		private readonly leds: Leds,
		private readonly done: (sent: boolean, now: number) => void,
	) {}

	/** Begins, with whatever the player shows: LEDs keep their colors over a restart. */
	start(): void {
		this.#timer = this.timers.repeat(() => this.#run(), NEVER);
		this.#unsent = true;
		this.soon();
	}

	/** The player has something new to do. */
	soon(): void {
		this.due = 0;
		if (this.#timer) this.timers.schedule(this.#timer, 0, NEVER);
	}

	#run(): void {
		this.run(this.clock.now());
	}

	/** Asks the player, now. */
	run(now: number): void {
		const { clock, player } = this;
		if (player.tick(now)) this.#unsent = true;
		// A picture that finds the LEDs busy is not lost: the newest goes out as soon as they are free.
		const sent = this.#unsent && this.leds.send(player.output);
		if (sent) this.#unsent = false;
		this.done(sent, now);
		const after = clock.now();
		const wait = Math.min(this.#unsent ? AGAIN : player.wait(after), NEVER);
		this.due = after + wait;
		this.timers.schedule(this.#timer, wait, NEVER);
	}
}
