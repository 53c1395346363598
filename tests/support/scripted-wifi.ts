/** A Wi-Fi port that does nothing but write down what it was told, and a clock that the spec sets. */
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
		this.calls.push(`wake ${ms}`);
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
