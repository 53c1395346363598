import type { Interface } from "../harness/interface.js";

/** A spec file in small: what it builds, and what Mocha reports of it, in order. `log` takes what ran, in order. */
export interface HarnessCase {
	readonly name: string;
	build(api: Interface, log: (what: string) => void): void;
	readonly results: readonly string[];
	readonly ran: readonly string[];
}

const boom = () => {
	throw new Error("boom");
};
const never = () => new Promise<void>(() => {});

/** Tests that pass, fail, throw, wait and time out. The timeout is meant to be some 20 ms. */
export const testCases: readonly HarnessCase[] = [
	{
		name: "tests that return, throw and wait",
		build({ describe, it }, log) {
			it("stands alone", () => log("alone"));
			describe("outer", () => {
				it("passes", () => log("passes"));
				it("throws", boom);
				it("waits", async () => {
					await Promise.resolve();
					log("waited");
				});
				it("rejects", () => Promise.reject(new Error("no")));
				it("rejects with nothing", () => Promise.reject());
				it("throws a string", () => {
					throw "text";
				});
				describe("inner", () => {
					it("passes # with \\ signs", () => log("inner"));
				});
			});
		},
		results: [
			"ok stands alone",
			"ok outer passes",
			"not ok outer throws",
			"ok outer waits",
			"not ok outer rejects",
			"not ok outer rejects with nothing",
			"not ok outer throws a string",
			"ok outer inner passes # with \\ signs",
		],
		ran: ["alone", "passes", "waited", "inner"],
	},
	{
		name: "a test that never settles",
		build({ describe, it }, log) {
			describe("time", () => {
				it("never ends", never);
				it("goes on", () => log("next"));
			});
		},
		results: ["not ok time never ends", "ok time goes on"],
		ran: ["next"],
	},
	{
		name: "a test without a body",
		build({ it }) {
			it("is to be written");
		},
		results: ["not ok is to be written"],
		ran: [],
	},
	{
		name: "suites without tests run no hooks",
		build({ describe, it, before, after, beforeEach }, log) {
			describe("empty", () => {
				before(() => log("before"));
				beforeEach(() => log("each"));
				after(() => log("after"));
				describe("also empty", () => {});
			});
			describe("full", () => {
				it("runs", () => log("test"));
			});
		},
		results: ["ok full runs"],
		ran: ["test"],
	},
];

/** Hooks: their order, and what a failed one leaves out. */
export const hookCases: readonly HarnessCase[] = [
	{
		name: "hooks run from the outside in and back out",
		build({ describe, it, before, after, beforeEach, afterEach }, log) {
			for (const name of ["a", "b"]) before(async () => log(`before ${name}`));
			after(() => log("after"));
			beforeEach(() => log("each"));
			afterEach(async () => log("each done"));
			describe("inner", () => {
				before(() => log("inner before"));
				after(() => log("inner after"));
				beforeEach(() => log("inner each"));
				afterEach(() => log("inner each done"));
				it("one", () => log("one"));
				it("two", boom);
			});
			it("three", () => log("three"));
		},
		results: ["ok three", "ok inner one", "not ok inner two"],
		ran: [
			..."before a,before b,each,three,each done,inner before,each,inner each,one,inner each done,each done".split(","),
			..."each,inner each,inner each done,each done,inner after,after".split(","),
		],
	},
	{
		name: "a failed before leaves its suite out",
		build({ describe, it, before, after }, log) {
			describe("bad", () => {
				for (const body of [() => boom(), () => log("second before")]) before(() => body());
				after(() => log("after"));
				it("is left out", () => log("left out"));
				describe("inner", () => {
					it("too", () => log("left out"));
				});
			});
			describe("holder", () => {
				before(() => Promise.reject(new Error("no")));
				describe("inner", () => {
					it("is left out", () => log("left out"));
				});
			});
			describe("good", () => {
				it("runs", () => log("good"));
			});
		},
		results: [
			'not ok bad "before all" hook for "is left out"',
			'not ok holder "before all" hook in "holder"',
			"ok good runs",
		],
		ran: ["after", "good"],
	},
	{
		name: "a failed beforeEach ends its suite",
		build({ describe, it, beforeEach, afterEach, after }, log) {
			describe("outer", () => {
				let count = 0;
				beforeEach("which counts", () => {
					if (++count === 2) boom();
				});
				afterEach(() => log("outer each done"));
				describe("inner", () => {
					beforeEach(() => log("inner each"));
					afterEach(() => log("inner each done"));
					after(() => log("inner after"));
					it("one", () => log("one"));
					it("two", () => log("two"));
					it("three", () => log("three"));
				});
				describe("next", () => {
					it("four", () => log("four"));
				});
			});
			it("five", () => log("five"));
		},
		results: ["ok five", "ok outer inner one", 'not ok outer "before each" hook: which counts for "two"'],
		ran: ["five", "inner each", "one", "inner each done", "outer each done", "outer each done", "inner after"],
	},
	{
		name: "a failed afterEach ends its suite",
		build({ describe, it, afterEach }, log) {
			describe("outer", () => {
				afterEach(() => log("outer each done"));
				describe("inner", () => {
					for (const body of [() => boom(), () => log("second")]) afterEach(() => body());
					it("one", () => log("one"));
					it("two", () => log("two"));
				});
				describe("next", () => {
					it("three", () => log("three"));
				});
			});
		},
		results: ["ok outer inner one", 'not ok outer inner "after each" hook for "one"', "ok outer next three"],
		ran: ["one", "outer each done", "three", "outer each done"],
	},
	{
		name: "a failed after and a hook that times out",
		build({ describe, it, after, before }, log) {
			describe("late", () => {
				after(() => never());
				it("one", () => log("one"));
			});
			describe("early", () => {
				before(() => never());
				it("two", () => log("two"));
			});
			it("three", () => log("three"));
		},
		results: [
			"ok three",
			"ok late one",
			'not ok late "after all" hook for "one"',
			'not ok early "before all" hook for "two"',
		],
		ran: ["three", "one"],
	},
];
