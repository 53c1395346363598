/** What is changed together, and the specs that have to notice. */

export interface Group {
	readonly mutate: readonly string[];
	readonly specs: readonly string[];
}

function group(folder: string, ...others: readonly string[]): Group {
	return { mutate: [`modules/${folder}/**/*.ts`], specs: [`tests/unit/${folder}/**/*.spec.ts`, ...others] };
}

/** By the name that `npm run test:mutation -- NAME` takes. */
export const GROUPS: Readonly<Record<string, Group>> = {
	tlv: group("tlv", "tests/property/tlv.spec.ts"),
	transfer: group("transfer", "tests/property/transfer.spec.ts", "tests/unit/server/logging.spec.ts"),
	http: group("http", "tests/property/http.spec.ts", "tests/unit/server/{http-*,downloads}.spec.ts"),
	websocket: group("websocket", "tests/property/websocket.spec.ts"),
	server: group("server", "tests/unit/network/serving.spec.ts"),
	// Without its property specs: they take minutes, and each of some thousands of changes would wait for them.
	storage: group("storage"),
};
