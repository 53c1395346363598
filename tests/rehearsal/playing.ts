/** A K1 that played a pattern when it ended, for the rehearsals of what it does then. */
import { solidFile } from "../support/prism.js";
import { ascii, mount, upload } from "../support/store.js";
import { K1 } from "./k1.js";

/** ESP_RST_PANIC (ESP-IDF, esp_system.h). */
export const CRASHED = Object.freeze({ reason: 4, string: "Panic" });
/** What the first LEDs show of its pattern. */
export const RED = "00ff00".repeat(5);

/** It knows the network "home", and its only pattern is red, on all LEDs. The power limit is off. */
export function k1ThatPlayed(): K1 {
	const k1 = new K1({ ssid: "home", password: "", powerLimit: 0 });
	const { flash, radio } = k1.chip;
	radio.add("home", "");
	if (flash === undefined) throw new Error("no flash");
	const store = mount(flash);
	upload(store.writer(), "red", solidFile(["ff0000"], 24));
	store.saveSettings(true, 255, 100, ascii("red"), 0, 3);
	return k1;
}
