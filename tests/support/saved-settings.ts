/** What the specs of the store share about its settings. */
import type { PatternStore } from "../../modules/storage/pattern-store.js";
import { ascii } from "./store.js";

/** Saves settings; the name is ASCII. */
export function save(store: PatternStore, on: boolean, brightness: number, gamma: number, name: string): void {
	store.saveSettings(on, brightness, gamma, ascii(name), 0, name.length);
}

/** The settings as one line. */
export function settingsOf(store: PatternStore): string {
	const { saved, on, brightness, gamma, name, nameLength } = store.settings;
	let text = "";
	for (let i = 0; i < nameLength; i++) text += String.fromCharCode(name[i]);
	return `${saved ? "saved" : "new"} ${on ? "on" : "off"} ${brightness} ${gamma} ${text}`;
}
