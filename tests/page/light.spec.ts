import { equal, ok } from "../support/assert.js";
import { framesIn } from "./support/frames.js";
import { Bench, example, lit, shown, until } from "./support/k1-page.js";

describe("The page and the light", () => {
	const bench = new Bench();
	before(() => bench.begin());
	after(() => bench.end());
	afterEach(() => bench.leave());

	it("plays by a tap, lets it stand still by another, and go on by a third", async () => {
		await bench.holds("aurora", "comet");
		const page = await bench.open();
		const k1 = await bench.client();
		await page.getByRole("button", { name: "Play comet" }).click();
		await page.locator(".now", { hasText: "comet plays" }).waitFor();
		equal((await k1.state()).pattern, "comet");
		await page.getByRole("button", { name: "Pause comet" }).click();
		await page.locator(".now", { hasText: "comet stands still" }).waitFor();
		equal((await k1.state()).state, "paused");
		await page.getByRole("button", { name: "Play comet" }).click();
		await page.locator(".now", { hasText: "comet plays" }).waitFor();
		await page.getByRole("button", { name: "Play aurora" }).click();
		await page.locator(".now", { hasText: "aurora plays" }).waitFor();
	});

	it("shows both strips as they are: they move, and each picture is a frame of the pattern, to the last bit", async () => {
		await bench.holds("comet");
		const page = await bench.open();
		ok(!(await lit(page)), "dark");
		await page.getByRole("button", { name: "Play comet" }).click();
		const frames = framesIn(example("comet"));
		// Fading in takes a while, of which each picture is a mixture.
		await until("a frame", async () => (await lit(page)) && frames.has((await shown(page, 1)).join()));
		const seen = new Set<string>();
		await until("ten frames", async () => seen.add((await shown(page, 1)).join()).size >= 10);
		for (const each of seen) ok(frames.has(each), "no frame of the pattern");
		const second = new Set<string>();
		await until("strip 2 moves", async () => second.add((await shown(page, 2)).join()).size >= 3);
	});

	it("turns it off and on again, and goes dark with it", async () => {
		await bench.holds("comet");
		const page = await bench.open();
		const k1 = await bench.client();
		const light = page.getByRole("switch", { name: "Light" });
		await k1.play("comet");
		await until("on", () => light.isChecked());
		await until("light", () => lit(page));
		await light.click();
		await page.locator(".now", { hasText: "Off" }).waitFor();
		await until("dark", async () => !(await lit(page)));
		equal((await k1.state()).state, "stopped");
		await light.click();
		await page.locator(".now", { hasText: "comet plays" }).waitFor();
		equal((await k1.state()).state, "playing");
	});

	it("sets the brightness, and follows who else does", async () => {
		await bench.holds("comet");
		const page = await bench.open();
		const k1 = await bench.client();
		const slider = page.getByRole("slider", { name: "Brightness" });
		await slider.fill("51");
		await until("brightness", async () => (await k1.state()).brightness === 51);
		equal(await page.locator("output").textContent(), "20 %");
		await slider.press("ArrowRight");
		await until("brightness by a key", async () => (await k1.state()).brightness === 52);
		await k1.brightness(204);
		await until("the other's", async () => (await slider.inputValue()) === "204");
		equal(await slider.getAttribute("aria-valuetext"), "80 %");
	});

	it("sends the newest place of the slider alone, while the one before is on its way", async () => {
		await bench.holds("comet");
		const page = await bench.open();
		const k1 = await bench.client();
		const before = (await k1.status()).frames;
		await page.evaluate(`{
			const slider = document.querySelector("input[type=range]");
			for (let value = 0; value <= 200; value++) {
				slider.value = value;
				slider.dispatchEvent(new Event("input", { bubbles: true }));
			}
		}`);
		await until("the last place", async () => (await k1.state()).brightness === 200);
		ok((await k1.status()).frames - before < 60, "a message for each place");
	});

	it("says what the device refuses", async () => {
		await bench.holds();
		const k1 = await bench.client();
		await k1.upload("text", new TextEncoder().encode("no pattern at all"));
		const page = await bench.open();
		await page.getByRole("button", { name: "Play text" }).click();
		await page.getByText("the device refused: not a .prism file").waitFor();
	});
});
