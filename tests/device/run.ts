/*
 * Runs the unit specs on the K1 that is plugged in, or in the SDK's simulator, with the user's own SDK, and compares names and results
 * with Mocha's:
 *
 *     tsx tests/device/run.ts [-p PLATFORM] [OPTION...]
 *
 * It builds and flashes tests/device, reads the console and prints what Mocha would. Other options go to mcconfig.
 */
import { end, K1, mcconfig, missing } from "../../host-shim/mcconfig/sdk.js";
import { Console } from "../../host-shim/mcconfig/xsbug-console.js";
import { differences, parseTap, type Result } from "../harness/results.js";
import { runMocha } from "../harness/run-mocha.js";
import { specFiles } from "../harness/spec-modules.js";

/** The longest that the chip may be silent, ms. A test has 60 s. */
const SILENCE = 90_000;
/** Building, and flashing over the serial line, may take this long before the first line comes, ms. */
const START = 1_800_000;

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

/** The platform that `-p` names; the K1's without it. */
function platformOf(args: readonly string[]): string {
	return args[args.indexOf("-p") + 1 || args.length] ?? K1;
}

/** Builds, starts and listens; the console's lines up to the plan, or to where the run ended before it. */
async function run(args: readonly string[]): Promise<string[]> {
	const lines: string[] = [];
	let over = () => {};
	const done = new Promise<void>((resolve) => {
		over = resolve;
	});
	let silence = setTimeout(over, START);
	const console = await Console.open({
		onLine: (line) => {
			clearTimeout(silence);
			silence = setTimeout(over, SILENCE);
			lines.push(line);
			showProgress(line);
			if (/^1\.\.\d+$/.test(line)) over();
		},
		onStop: print,
		onEnd: () => over(),
	});
	const child = mcconfig("tests/device", ["-dn", "-m", "-x", console.address, ...args]);
	child.once("error", (error) => {
		print(`mcconfig: ${error.message}`);
		over();
	});
	// On the K1 mcconfig goes on as long as the serial line is read; in the simulator it is done before the tests are.
	child.once("close", (code) => code && lines.length === 0 && over());
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, over);
	await done;
	clearTimeout(silence);
	console.close();
	end(child);
	return lines;
}

function showProgress(line: string): void {
	if (line.startsWith("# file: ")) print(`\n  ${line.slice("# file: ".length)}`);
	else if (line.startsWith("ok ")) print(`    ✔ ${line.replace(/^ok \d+ - /, "")}`);
	else if (line.startsWith("not ok ")) print(`    ✖ ${line.replace(/^not ok \d+ - /, "")}`);
	else if (!/^(TAP version|1\.\.| )/.test(line)) print(`      ${line}`);
}

function summarize(results: readonly Result[], complete: boolean, odd: readonly string[], seconds: number): number {
	const failed = results.filter(({ passed }) => !passed);
	print(`\n  ${results.length - failed.length} passing (${seconds.toFixed(0)}s)`);
	if (failed.length > 0) print(`  ${failed.length} failing\n`);
	for (const { file, title, message } of failed) print(`  ${file}: ${title}\n    ${message}`);
	if (!complete) print("  the run ended before its plan");
	for (const line of odd) print(`  differs: ${line}`);
	return failed.length > 0 || !complete || odd.length > 0 ? 1 : 0;
}

async function main(args: readonly string[]): Promise<number> {
	const platform = platformOf(args);
	const lacks = missing(platform, { display: true });
	if (lacks.length > 0) {
		print(`This needs the Moddable SDK:\n${lacks.map((line) => `  - ${line}`).join("\n")}`);
		return 69;
	}
	const started = Date.now();
	const lines = await run(args.includes("-p") ? args : ["-p", platform, ...args]);
	const { results, complete } = parseTap(lines.join("\n"));
	const odd = complete ? differences("under Mocha", runMocha(specFiles()), `on ${platform}`, results) : [];
	return summarize(results, complete, odd, (Date.now() - started) / 1000);
}

process.exit(await main(process.argv.slice(2)));
