import { readFileSync } from "node:fs";
import { equal, ok } from "../support/assert.js";
import { farAway } from "./support/far-away.js";
import { framesIn } from "./support/frames.js";
import { Bench, example, file, lit, row, same, setHidden, stored, until } from "./support/k1-page.js";

describe("The page and patterns", () => {
	const bench = new Bench();
	before(() => bench.begin());
	after(() => bench.end());
	afterEach(() => bench.leave());

	/** A pattern that takes four seconds on a slow network. */
	const large = Buffer.alloc(400_000, 7);

	it("stores files that are picked, and the first of a new device plays", async () => {
		const page = await bench.open();
		await page.getByText("No patterns yet").waitFor();
		await page.locator("input[type=file]").setInputFiles([file("aurora"), file("comet")]);
		await row(page, "aurora").waitFor();
		await row(page, "comet").waitFor();
		await page.getByText("comet is stored.").waitFor();
		const k1 = await bench.client();
		equal((await stored(k1)).join(), "aurora,comet");
		same(await k1.download("comet"), example("comet"));
		await page.locator(".now", { hasText: "aurora plays" }).waitFor();
		await until("light", () => lit(page));
	});

	it("stores files that are dropped, and shows where to drop them", async () => {
		await bench.holds();
		const page = await bench.open();
		const data = await page.evaluateHandle(
			(bytes) => {
				const transfer = new DataTransfer();
				transfer.items.add(new File([Uint8Array.from(bytes)], "tide.prism"));
				return transfer;
			},
			[...example("tide")],
		);
		await page.dispatchEvent("body", "dragenter", { dataTransfer: data });
		await page.getByText("Let go to store it").waitFor();
		await page.dispatchEvent("body", "drop", { dataTransfer: data });
		await row(page, "tide").waitFor();
		await page.getByText("Let go to store it").waitFor({ state: "hidden" });
		same(await (await bench.client()).download("tide"), example("tide"));
	});

	it("shows how far an upload is, which never goes back, and stops it", async () => {
		await bench.holds();
		const k1 = await bench.client();
		const network = await farAway(bench.simulator.port, 0, 100_000);
		bench.port = network.port;
		const page = await bench.open();
		await page.locator("input[type=file]").setInputFiles([file("large", large)]);
		const bar = page.getByRole("progressbar", { name: "Upload of large" });
		const seen: number[] = [];
		await until("progress", async () => {
			const value = await bar.evaluate((element) => (element as HTMLProgressElement).value);
			seen.push(value);
			return seen.filter((each, i) => each > (seen[i - 1] ?? 0)).length >= 3;
		});
		ok(
			seen.every((value, i) => value >= (seen[i - 1] ?? 0) && value < large.length),
			seen.join(),
		);
		await page.getByRole("button", { name: "Cancel large" }).click();
		await page.getByText("No patterns yet").waitFor();
		await until("an idle device", async () => (await k1.status()).storage.used === 0);
		equal((await stored(k1)).length, 0);
		// The connection is good for the next.
		await page.locator("input[type=file]").setInputFiles([file("ember")]);
		await row(page, "ember").waitFor();
		bench.port = undefined;
		await bench.leave();
		network.close();
	});

	it("says why a file is not taken, and tries it again when asked", async () => {
		await bench.holds();
		const page = await bench.open();
		const broken = Buffer.from(example("comet"));
		broken[broken.length - 9] ^= 0x55;
		await page.locator("input[type=file]").setInputFiles([file("broken", broken)]);
		await page.getByRole("alert").filter({ hasText: "prism:" }).waitFor();
		await page.getByRole("button", { name: "Try broken again" }).click();
		await page.getByRole("alert").filter({ hasText: "prism:" }).waitFor();
		await page.getByRole("button", { name: "Dismiss broken" }).click();
		await page.getByText("No patterns yet").waitFor();
		await page.locator("input[type=file]").setInputFiles([{ ...file("comet"), name: "???.prism" }]);
		await page.getByText("cannot be a pattern's name").waitFor();
	});

	it("hands a pattern out as a file", async () => {
		await bench.holds("comet");
		const page = await bench.open();
		const [download] = await Promise.all([
			page.waitForEvent("download"),
			page.getByRole("button", { name: "Download comet" }).click(),
		]);
		equal(download.suggestedFilename(), "comet.prism");
		same(readFileSync(await download.path()), example("comet"));
	});

	it("deletes a pattern after a while, and not if that is taken back", async () => {
		await bench.holds("aurora", "comet");
		const page = await bench.open();
		const k1 = await bench.client();
		await page.getByRole("button", { name: "Delete aurora" }).click();
		await row(page, "aurora").waitFor({ state: "detached" });
		equal((await stored(k1)).length, 2);
		await page.getByRole("button", { name: "Undo" }).click();
		await row(page, "aurora").waitFor();
		await page.getByRole("button", { name: "Delete comet" }).click();
		await until("deleted", async () => (await stored(k1)).length === 1);
		equal((await stored(k1)).join(), "aurora");
		equal(await row(page, "aurora").count(), 1);
		equal(await row(page, "comet").count(), 0);
	});

	it("carries a deletion out when it is hidden, and when it is left", async () => {
		await bench.holds("aurora", "comet");
		const page = await bench.open();
		await page.getByRole("button", { name: "Delete aurora" }).click();
		await page.getByRole("button", { name: "Undo" }).waitFor();
		await setHidden(page, true);
		const k1 = await bench.client();
		await until("deleted by hiding", async () => (await stored(k1)).join() === "comet");
		await setHidden(page, false);
		await row(page, "comet").waitFor();
		await page.locator(".link", { hasText: "Connected" }).waitFor();
		await page.getByRole("button", { name: "Delete comet" }).click();
		await page.getByRole("button", { name: "Undo" }).waitFor();
		await page.goto("about:blank");
		await until("deleted by leaving", async () => (await stored(k1)).length === 0);
	});

	it("is told of what others store and delete", async () => {
		await bench.holds("aurora");
		const page = await bench.open();
		const k1 = await bench.client();
		await k1.upload("tide", example("tide"));
		await row(page, "tide").waitFor();
		await k1.delete("aurora");
		await row(page, "aurora").waitFor({ state: "detached" });
	});

	it("fetches each pattern for its preview once, of the rows that are seen, one at a time, and after a reload none", async () => {
		const k1 = await bench.client();
		await bench.holds("aurora");
		const names = Array.from({ length: 24 }, (_, i) => `p${String(i).padStart(2, "0")}`);
		for (const name of names) await k1.upload(name, example("comet"));
		await bench.release(k1);
		const page = await bench.open({ viewport: { width: 1000, height: 500 } });
		const moves = (name: string) =>
			until(`a preview of ${name}`, () =>
				page.locator(`canvas[data-name="${name}"]`).evaluate((canvas) => {
					const context = (canvas as HTMLCanvasElement).getContext("2d");
					return [...(context?.getImageData(0, 0, 160, 2).data ?? [])].some((value, i) => i % 4 < 3 && value > 0);
				}),
			);
		await moves("aurora");
		const fetched = () =>
			page.evaluate(() =>
				performance.getEntriesByType("resource").flatMap((entry) => {
					const { name, startTime, responseEnd, transferSize } = entry as PerformanceResourceTiming;
					const which = /patterns\/([^?]+)/.exec(name)?.[1];
					return which === undefined ? [] : [{ which, startTime, responseEnd, transferSize }];
				}),
			);
		const first = await fetched();
		ok(!first.some(({ which }) => which === "p23"), "a row that nobody sees");
		await page.locator("canvas[data-name=p23]").scrollIntoViewIfNeeded();
		await moves("p23");
		const all = await fetched();
		ok(
			all.every(({ startTime }, i) => startTime >= (all[i - 1]?.responseEnd ?? 0)),
			"one at a time",
		);
		equal(new Set(all.map(({ which }) => which)).size, all.length);
		await page.reload();
		await moves("aurora");
		const again = await fetched();
		const known = again.filter(({ which }) => all.some((each) => each.which === which));
		ok(known.length > 0 && known.every(({ transferSize }) => transferSize === 0), JSON.stringify(known));
	});

	it("shows a preview that moves, in the pattern's own colors", async () => {
		await bench.holds("comet");
		const page = await bench.open();
		const picture = () =>
			page.locator("canvas[data-name=comet]").evaluate((canvas) => {
				const data = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, 160, 1).data ?? [];
				return [...data].filter((_, i) => i % 4 < 3);
			});
		const seen = new Set<string>();
		await until("three pictures", async () => seen.add((await picture()).join()).size >= 4);
		const frames = framesIn(example("comet"));
		for (const each of seen) ok(/^[0,]+$/.test(each) || frames.has(each), "no frame of the pattern");
	});
});
