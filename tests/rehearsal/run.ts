/*
 * Rehearses the boot: runs each spec of this folder, with the real main.ts and boards/esp32 on the fakes of sdk/, in a process of
 * its own on Node and on XS, and compares names and results:
 *
 *     tsx tests/rehearsal/run.ts [--64] [--32] [PREFIX]
 *
 * On XS with 32-bit words that is in the device's pools. PREFIX (a path from the project) chooses specs.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileBeside, type Target, type Translated, targetOnXs, translateModules } from "../../host-shim/xs/bundle.js";
import { missingPackages, type Place, run, xs32, xs64 } from "../harness/places.js";
import { differences, parseTap, type Result } from "../harness/results.js";
import { ROOT } from "../harness/spec-modules.js";

const HERE = join(ROOT, "tests/rehearsal");
const BOARD = join(ROOT, "boards/esp32");

/** The SDK's modules, and the fakes that stand in for them. */
const FAKES: Readonly<Record<string, string>> = {
	"dns/server": "dns-server",
	"embedded:io/socket/listener": "listener",
	"embedded:io/socket/tcp": "tcp",
	"embedded:io/socket/udp": "udp",
	"embedded:network/dnssd": "dnssd",
	"embedded:storage/flash": "flash",
	"host-shim/platform/heap": "heap",
	"host-shim/platform/page": "page",
	"mc/config": "config",
	net: "net",
	preference: "preference",
	resetReason: "reset-reason",
	time: "time",
	timer: "timer",
	wifi: "wifi",
};

const node: Place = {
	name: "Node",
	timeout: 30_000,
	needs: {},
	build: () => {},
	command: ([program = ""]) => [process.execPath, program],
};

/**
 * Slots of the stack and of the heap: the chip's 640 and 5,376, and less than what the harness and the stand-ins take (264 of the
 * stack and over 700 of the heap: the least with which a spec passes that boots nothing), so that the firmware has no more than there.
 */
const STACK = String(640 + 256);
const SLOTS = String(5376 + 512);

/** A rehearsed place: how its modules are found, and which harness port it has. */
interface Stage {
	readonly place: Place;
	readonly port: string;
	target(specifier: string, importer: string): Target;
}

/** Where the firmware's imports lead: to the chip's own parts, and to the fakes. The harness has the host's timers. */
function targetOfFirmware(specifier: string, importer: string): Target | undefined {
	if (importer.startsWith(join(ROOT, "tests/harness"))) return undefined;
	const fake = FAKES[specifier];
	if (fake) return { file: join(HERE, `sdk/${fake}.ts`) };
	const part = /^host-shim\/platform\/(.*)$/.exec(specifier)?.[1];
	return part ? { file: join(BOARD, `${part}.ts`) } : undefined;
}

const onNode: Stage = {
	place: node,
	port: "tests/rehearsal/node-port.ts",
	target: (specifier, importer) => targetOfFirmware(specifier, importer) ?? { file: fileBeside(specifier, importer) },
};

const onXs = (place: Place): Stage => ({
	place: { ...place, timeout: 60_000 },
	port: "tests/harness/xs-port.ts",
	target: (specifier, importer) => targetOfFirmware(specifier, importer) ?? targetOnXs(specifier, importer),
});

/** What runs before a spec: the harness, and the two things that k1.ts wants of the program around it. */
function programText(spec: string, path: (file: string) => string, port: string, timeout: number): string {
	const { defines } = JSON.parse(readFileSync(join(BOARD, "manifest.json"), "utf8"));
	return `import { runFiles } from ${JSON.stringify(path("tests/harness/run-files.ts"))};
import * as ports from ${JSON.stringify(path(port))};
// The firmware's own trace goes to the spec's log.
const say = globalThis.trace;
const [port] = Object.values(ports);
globalThis.queueLength = ${defines.task?.queueLength ?? 10};
globalThis.loadMain = () => import(${JSON.stringify(path("main.ts"))});
const load = () => import(${JSON.stringify(path(spec))});
runFiles([{ name: ${JSON.stringify(spec)}, load }], { ...port, print: say ? (line) => say(line + "\\n") : port.print }, ${timeout});
`;
}

async function rehearse(stage: Stage, specs: readonly string[]): Promise<Result[]> {
	const { place, port } = stage;
	const out = join(ROOT, "build/rehearsal", place === node ? "node" : "xs");
	const path = (file: string) => join(out, file.replace(/\.ts$/, ".js"));
	const entries = [...specs, "main.ts", "tests/harness/run-files.ts", port].map((file) => join(ROOT, file));
	const modules = await translateModules(entries, out, stage.target);
	const queue = [...specs];
	const results: Result[] = [];
	const worker = async () => {
		for (let spec = queue.shift(); spec !== undefined; spec = queue.shift()) {
			const name = path(spec).replace(/\.spec\.js$/, ".program.js");
			writeFileSync(name, programText(spec, path, port, place.timeout));
			results.push(...(await runProgram(place, spec, argumentsOf(place, modules, path(spec), path, name))));
		}
	};
	mkdirSync(out, { recursive: true });
	await Promise.all(Array.from({ length: availableParallelism() }, worker));
	return results;
}

/** On XS all is preloaded that the SDK's build preloads; the spec, main.ts and the chip that stands in live in the heap. */
function argumentsOf(
	place: Place,
	modules: Translated,
	spec: string,
	path: (file: string) => string,
	program: string,
): string[] {
	if (place === node) return [program];
	// The configuration differs from spec to spec, so it is no more preloaded than they are.
	const own = [spec, path("tests/rehearsal/sdk/config.ts"), path("main.ts")];
	const all = [...modules.preload, ...modules.entries];
	const preloaded = all.filter((file) => !own.includes(file) && !file.endsWith(".spec.js"));
	return [
		...["--stack", STACK, "--slots", SLOTS],
		...preloaded.flatMap((file) => ["--preload", file]),
		...own.flatMap((file) => ["--module", file]),
		program,
	];
}

async function runProgram(place: Place, spec: string, args: readonly string[]): Promise<Result[]> {
	const ended = await run(place, args);
	const { results, complete } = parseTap(ended.output);
	if (ended.code === 0 && complete) return [...results];
	const message = `ended with ${ended.code ?? "a signal"}: ${ended.errors || ended.output.slice(-400)}`;
	return [...results, { file: spec, title: "(the file runs to its end)", passed: false, message }];
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

async function main(args: readonly string[]): Promise<number> {
	const places = [xs64, xs32].filter((_, i) => args.includes(["--64", "--32"][i] ?? ""));
	const missing = missingPackages(places);
	if (missing.length > 0) {
		print(`To run this, install what is missing: apt-get install ${missing.join(" ")}`);
		return 1;
	}
	const prefix = args.find((arg) => !arg.startsWith("--")) ?? "";
	const specs = readdirSync(HERE)
		.map((name) => `tests/rehearsal/${name}`)
		.filter((path) => path.endsWith(".spec.ts") && path.startsWith(prefix))
		.sort();
	let failures = 0;
	let reference: Result[] | undefined;
	for (const stage of [onNode, ...places.map(onXs)]) {
		stage.place.build();
		const results = await rehearse(stage, specs);
		const failed = results.filter(({ passed }) => !passed);
		for (const { file, title, message } of failed) print(`  failed: ${file}: ${title}\n    ${message}`);
		const odd = reference ? differences("on Node", reference, `on ${stage.place.name}`, results) : [];
		for (const line of odd) print(`  differs: ${line}`);
		print(`Rehearsal, ${stage.place.name}: ${results.length - failed.length} passed, ${failed.length} failed`);
		failures += failed.length + odd.length;
		reference ??= results;
	}
	return failures > 0 || specs.length === 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
