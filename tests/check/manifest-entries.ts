/** What a manifest and all of the project's manifests that it includes name, wherever in them that stands. */
import { readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

/** The names of modules and manifests of the SDK, and the paths of our own modules' files, relative to the project and without an ending. */
export interface Entries {
	readonly sdk: readonly string[];
	readonly own: readonly string[];
}

interface Manifest {
	readonly include?: string | readonly string[];
	readonly modules?: Readonly<Record<string, string | readonly string[]>>;
	readonly platforms?: Readonly<Record<string, Manifest>>;
}

/**
 * Reads a manifest for one platform.
 * @param root the project's folder
 * @param path of the manifest, relative to it
 * @param platform a key of `platforms`
 */
export async function entriesOf(root: string, path: string, platform: string): Promise<Entries> {
	const sdk: string[] = [];
	const own: string[] = [];
	const read = async (file: string): Promise<void> => {
		const take = async (manifest: Manifest): Promise<void> => {
			for (const value of Object.values(manifest.modules ?? {}).flat()) {
				if (value.startsWith("$(")) sdk.push(value);
				else own.push(normalize(join(dirname(file), value)));
			}
			for (const included of [manifest.include ?? []].flat()) {
				if (included.startsWith("$(")) sdk.push(included);
				else await read(normalize(join(dirname(file), included)));
			}
			const special = manifest.platforms?.[platform];
			if (special) await take(special);
		};
		await take(JSON.parse(await readFile(join(root, file), "utf8")));
	};
	await read(path);
	return { sdk, own };
}
