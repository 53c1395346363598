import { equal, ok } from "../../support/assert.js";
import { ended, Programs } from "./program.js";

const PROGRAMS: readonly (readonly [what: string, code: number, text: string, line: RegExp])[] = [
	[
		"out of chunks",
		80,
		"const all = []; for (;;) all.push(new Uint8Array(1000));",
		/out of chunks: .* at .*main\.js:1/,
	],
	["out of slots", 81, "let a = {}; for (;;) a = { a };", /out of slots: all 5375 are in use .* at .*main\.js:1/],
	[
		"a stack overflow",
		82,
		"function deep() { return deep() + 1; }\ndeep();",
		/stack overflow: .* in deep at .*main\.js:1/,
	],
	["an exception", 83, "\nthrow new TypeError('no');", /unhandled exception: TypeError: no .*main\.js:2/],
	["an exception in a callback", 83, 'import T from "timer"; T.set(() => { throw 1; });', /unhandled exception: 1/],
	["a module that is not there", 83, 'import "./nothing.js";', /module ".*nothing\.js" not found/],
	["a syntax error", 83, "let a;\nlet b = ;", /SyntaxError: .*main\.js:2: missing expression/],
	["a rejection", 84, "Promise.reject(new Error('no'));", /unhandled rejection: Error: no/],
	["the script's own choice", 42, 'import P from "xs/process"; P.exit(42);', /^$/],
	["nothing left to do", 0, "Promise.resolve().then(() => trace('done'));", /^$/],
];

describe("how the XS host ends", () => {
	const programs = new Programs();
	before(() => programs.build());
	after(() => programs.remove());

	for (const [what, code, text, line] of PROGRAMS) {
		it(`ends with ${code} for ${what}`, async () => {
			const run = await programs.runText(text);
			equal(run.code, code);
			ok(line.test(run.errors), run.errors);
			ok(run.errors.split("\n").length <= 2, "one line");
		});
	}

	it("ends with 85 when something that is in flash is written to", async () => {
		const table = programs.write("table.js", "export const table = new Uint8Array(4);");
		const text = 'import { table } from "./table.js"; trace(table[1], "\\n"); table[1] = 2;';
		const run = await programs.runText(text, "--preload", table);
		equal(run.code, 85);
		equal(run.output, "0\n");
	});

	it("lets a preloaded module's objects be patched, as the device does", async () => {
		const table = programs.write("object.js", "export const object = { a: 1 };");
		const text = 'import { object } from "./object.js"; object.a = 2; trace(object.a);';
		const run = await programs.runText(text, "--preload", table);
		equal(run.code, 0);
		equal(run.output, "2");
	});

	it("ends with 64 for a command line it does not understand, and with 66 for a missing main module", async () => {
		equal((await programs.run("--nonsense", "1", "main.js")).code, 64);
		equal((await programs.run("--chunks", "many", "main.js")).code, 64);
		equal((await programs.run("missing.js")).code, 66);
	});

	it("says on SIGUSR2 what it holds, and goes on", async () => {
		const text = 'import T from "timer"; T.repeat(() => {}, 1e6); T.repeat(() => {}, 1e6); trace("up\\n");';
		const child = programs.start([programs.write("held.js", text)]);
		const end = ended(child);
		child.stdout?.on("data", () => child.kill("SIGUSR2"));
		child.stderr?.on("data", () => child.kill("SIGTERM"));
		const { code, errors } = await end;
		equal(code, 0);
		const { slots, allSlots, timers, watched } = JSON.parse(errors.replace("K1 figures ", ""));
		ok(slots > 20 && slots < allSlots && timers === 2 && watched === 0, errors);
	});

	it("ends with 0 when it is asked to", async () => {
		const child = programs.start([
			programs.write("wait.js", 'import T from "timer"; T.repeat(() => {}, 1e6); trace("up\\n");'),
		]);
		child.stdout?.on("data", () => child.kill("SIGTERM"));
		equal(await new Promise((resolve) => child.on("close", resolve)), 0);
	});
});
