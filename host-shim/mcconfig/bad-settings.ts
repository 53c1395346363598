import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSettings } from "../../modules/device/settings.js";
import { ROOT } from "./sdk.js";

/**
 * What is wrong with the settings that a build gets: those of manifest.json, and KEY=VALUE of the command line in their place. A
 * sentence each; none when all will do.
 */
export function badSettings(args: readonly string[]): string[] {
	const { config } = JSON.parse(readFileSync(join(ROOT, "manifest.json"), "utf8"));
	const known = [...Object.keys(config), "port", "flashFolder"];
	const settings: Record<string, unknown> = { ...config };
	const lines: string[] = [];
	for (const arg of args) {
		const [, key = "", value] = /^(\w+)=(.*)$/s.exec(arg) ?? [];
		if (key === "") continue;
		if (known.includes(key)) settings[key] = value;
		else lines.push(`configuration: there is no ${key}; there are ${known.join(", ")}`);
	}
	readSettings(settings, (sentence) => lines.push(sentence));
	return lines;
}
