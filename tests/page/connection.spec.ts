import { readFileSync } from "node:fs";
import { equal, ok } from "../support/assert.js";
import {
	AWAY,
	Bench,
	clientsBeside,
	DENIED,
	example,
	file,
	lit,
	row,
	same,
	setHidden,
	until,
} from "./support/k1-page.js";

describe("The page and its connection", () => {
	const bench = new Bench();
	before(() => bench.begin());
	after(() => bench.end());
	afterEach(() => bench.leave());

	it("comes back by itself when the device was away, with what is in the list and on the strips", async () => {
		await bench.holds("comet");
		const page = await bench.open();
		await page.getByRole("button", { name: "Play comet" }).click();
		await until("light", () => lit(page));
		await bench.simulator.stop("SIGKILL");
		await page.getByRole("heading", { name: "The K1 does not answer" }).waitFor();
		await page.getByText(/Trying again in \d+ s/).waitFor();
		equal(await page.getByRole("slider", { name: "Brightness" }).isDisabled(), true);
		equal(await row(page, "comet").count(), 1, "what was known is still shown");
		await bench.startAgain();
		await page.locator(".link", { hasText: "Connected" }).waitFor();
		await page.getByRole("button", { name: /(Play|Pause) comet/ }).click();
		await until("light again", () => lit(page));
		await bench.leave(AWAY);
	});

	it("tries at once when asked", async () => {
		await bench.holds();
		const page = await bench.open();
		await bench.simulator.stop("SIGKILL");
		// Long enough for it not to come back by itself meanwhile.
		await page.getByText(/Trying again in [4-9] s/).waitFor();
		await bench.startAgain();
		await page.getByRole("button", { name: "Try now" }).click();
		await page.locator(".link", { hasText: "Connected" }).waitFor();
		await bench.leave(AWAY);
	});

	it("keeps an upload that the device was away for, to be tried again", async () => {
		await bench.holds();
		const page = await bench.open();
		// Sent while the connection is already gone, and nobody has noticed.
		const upload = page.locator("input[type=file]").setInputFiles([file("large", Buffer.alloc(500_000, 3))]);
		await page.getByRole("progressbar", { name: "Upload of large" }).waitFor();
		await bench.simulator.stop("SIGKILL");
		await upload;
		const again = page.getByRole("button", { name: "Try large again" });
		await again.or(row(page, "large")).first().waitFor();
		await bench.startAgain();
		await page.locator(".link", { hasText: "Connected" }).waitFor();
		if (await again.isVisible()) await again.click();
		await row(page, "large").waitFor();
		await bench.leave(AWAY);
	});

	it("gives its place back while nobody sees it, and takes one again", async () => {
		await bench.holds("comet");
		const k1 = await bench.client();
		const page = await bench.open();
		equal(await clientsBeside(k1), 1);
		await setHidden(page, true);
		await until("the place is free", async () => (await clientsBeside(k1)) === 0);
		await page.locator(".link", { hasText: "Resting" }).waitFor();
		await setHidden(page, false);
		await page.locator(".link", { hasText: "Connected" }).waitFor();
		equal(await clientsBeside(k1), 1);
	});

	it("is there again at once for who comes back while the place is being given back", async () => {
		await bench.holds();
		const k1 = await bench.client();
		const page = await bench.open();
		for (let i = 0; i < 3; i++) {
			await setHidden(page, true);
			await setHidden(page, false);
		}
		await until("one place", async () => (await clientsBeside(k1)) === 1);
		await page.locator(".link", { hasText: "Connected" }).waitFor();
		equal(await page.getByRole("button", { name: "Try now" }).count(), 0);
		// The browser complains of a connection that is given up in its beginning.
		await bench.leave(AWAY);
	});

	it("sends an upload to its end before it gives its place back", async () => {
		await bench.holds();
		const page = await bench.open();
		await page.locator("input[type=file]").setInputFiles([file("large", Buffer.alloc(500_000, 5))]);
		await setHidden(page, true);
		await page.locator(".link", { hasText: "Resting" }).waitFor();
		const k1 = await bench.client();
		equal((await k1.list()).map(({ name }) => name).join(), "large");
		equal(await clientsBeside(k1), 0);
	});

	it("says that there is no place where two others are, what plays meanwhile, and takes the next", async () => {
		await bench.holds("comet");
		const others = [await bench.client(), await bench.client()];
		await others[0]?.play("comet");
		const page = await bench.open({}, "Waiting");
		await page.getByRole("heading", { name: "Two others are connected" }).waitFor();
		await page.getByText(/Trying again in \d+ s/).waitFor();
		await page.locator(".now", { hasText: "comet plays" }).waitFor();
		await bench.release(others[1]!);
		await page.locator(".link", { hasText: "Connected" }).waitFor();
		await row(page, "comet").waitFor();
	});

	it("is the same after a reload", async () => {
		await bench.holds("comet");
		const page = await bench.open();
		await page.getByRole("button", { name: "Play comet" }).click();
		await page.locator(".now", { hasText: "comet plays" }).waitFor();
		const answered = page.waitForResponse((response) => response.url() === bench.address);
		await page.reload();
		ok([200, 304].includes((await answered).status()));
		await page.locator(".link", { hasText: "Connected" }).waitFor();
		await page.locator(".now", { hasText: "comet plays" }).waitFor();
		await until("light", () => lit(page));
	});
});

describe("The page of a device with a token", () => {
	const bench = new Bench(["--token", "open sesame"]);
	before(() => bench.begin());
	after(() => bench.end());
	afterEach(() => bench.leave(DENIED));

	it("asks for it, says when it is wrong, and keeps the right one", async () => {
		const page = await bench.open({}, "Locked");
		const token = page.getByLabel("This K1 asks for its token");
		await token.fill("sesame");
		await token.press("Enter");
		await page.getByText("That token is not the right one.").waitFor();
		await token.fill("open sesame");
		await page.getByRole("button", { name: "Connect", exact: true }).click();
		await page.locator(".link", { hasText: "Connected" }).waitFor();
		// Downloads, uploads and previews take it as well.
		await page.locator("input[type=file]").setInputFiles([file("comet")]);
		await row(page, "comet").waitFor();
		const [download] = await Promise.all([
			page.waitForEvent("download"),
			page.getByRole("button", { name: "Download comet" }).click(),
		]);
		same(readFileSync(await download.path()), example("comet"));
		await page.reload();
		await page.locator(".link", { hasText: "Connected" }).waitFor();
		await row(page, "comet").waitFor();
	});

	it("waits when there were too many wrong ones, and says so", async () => {
		const page = await bench.open({}, "Locked");
		const token = page.getByLabel("This K1 asks for its token");
		for (let i = 0; i < 6; i++) {
			await page.getByRole("button", { name: "Connect", exact: true, disabled: false }).waitFor();
			const answered = page.waitForResponse((response) => response.url().endsWith("/state"));
			await token.fill(`guess ${i}`);
			await token.press("Enter");
			await answered;
			await page.locator(".link", { hasText: "Locked" }).waitFor();
		}
		await page.getByText(/Too many wrong tokens|not the right one/).waitFor();
	});
});
