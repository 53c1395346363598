/** A Wi-Fi port that does nothing but write down what it was told, and a clock that the spec sets. */
import { NOT_SET } from "../../modules/core/clock.js";
import type { Credentials } from "../../modules/network/credentials.js";
import type { WifiPort } from "../../modules/network/wifi-manager.js";

export class ScriptedWifi implements WifiPort {
	/** What was asked for since `take`, in order: `join NAME`, `leave`, `open`, `close`, `search`, `wake MS`, `keep NAME`. */
	calls: string[] = [];
	/** Everything that was logged. */
	logged = "";
	/** What `now` gives, ms. */
	clock = 0;
	/** The last password that was handed over. */
	password = "";
	/** When `wake` asked for the time, ms; NOT_SET: it did not. */
	due = NOT_SET;

	/** The calls so far, joined; forgets them. */
	take(): string {
		const text = this.calls.join(", ");
		this.calls = [];
		return text;
	}

	join(credentials: Credentials): void {
		this.password = credentials.password;
		this.calls.push(`join ${credentials.ssid}`);
	}

	leave(): void {
		this.calls.push("leave");
	}

	openSetup(): void {
		this.calls.push("open");
	}

	closeSetup(): void {
		this.calls.push("close");
	}

	search(): void {
		this.calls.push("search");
	}

	wake(ms: number): void {
		const due = ms === 0 ? NOT_SET : this.clock + ms;
		// Asked again for the same moment, nothing is new.
		if (due === this.due) return;
		this.due = due;
		this.calls.push(`wake ${ms}`);
	}

	/** Lets the time pass that `wake` asked for; returns that moment. */
	elapse(): number {
		if (this.due !== NOT_SET) this.clock = this.due;
		this.due = NOT_SET;
		return this.clock;
	}

	keep(credentials: Credentials): void {
		this.calls.push(`keep ${credentials.ssid}`);
	}

	now(): number {
		return this.clock;
	}

	log(text: string): void {
		this.logged += `${text}\n`;
	}
}
