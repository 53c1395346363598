/** What is changed together, and the specs that have to notice. */

import { existsSync } from "node:fs";

export interface Group {
	readonly mutate: readonly string[];
	readonly specs: readonly string[];
}

function group(folder: string, ...others: readonly string[]): Group {
	return { mutate: [`modules/${folder}/**/*.ts`], specs: [`tests/unit/${folder}/**/*.spec.ts`, ...others] };
}

/** Specs of a folder. Mocha's patterns know no braces. */
function among(folder: string, ...names: readonly string[]): readonly string[] {
	return names.map((name) => `tests/${folder}/${name}.spec.ts`);
}

/** By name. */
export const GROUPS: Readonly<Record<string, Group>> = {
	tlv: group("tlv", "tests/property/tlv.spec.ts"),
	transfer: group(
		"transfer",
		"tests/property/transfer.spec.ts",
		...among("unit/server", "log-lines", "logging", "watching"),
	),
	http: group("http", "tests/property/http.spec.ts", ...among("unit/server", "http-*", "downloads")),
	websocket: group("websocket", "tests/property/websocket.spec.ts"),
	server: group("server", "tests/unit/network/serving.spec.ts"),
	// Without those of its property specs that take many seconds: each of some hundreds of changes would wait for them.
	storage: group(
		"storage",
		...among(
			"property",
			"store-area-change",
			"store-doubt",
			"store-formats",
			"store-full-journal",
			"store-model",
			"store-settings",
		),
	),
};

/** What `npm run test:mutation -- NAME` stands for: a group, or one file of it, `storage/journal`; undefined where there is none. */
export function groupOf(name: string): Group | undefined {
	const [folder, file] = name.split("/");
	const whole = GROUPS[folder];
	if (whole === undefined || file === undefined) return whole;
	const path = `modules/${folder}/${file}.ts`;
	return existsSync(path) ? { mutate: [path], specs: whole.specs } : undefined;
}
