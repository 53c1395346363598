import { equal } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 whose router is away when it starts", () => {
	it("keeps the set-up open for ten minutes, goes on trying, and joins when the router is back", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		await k1.boot();
		k1.until("the set-up", () => k1.setupIsOpen, 120_000);
		const opened = k1.chip.now;
		k1.run(1000);
		equal(k1.get("192.168.4.1", "/setup", "ap"), 200);
		k1.until("the set-up's end", () => !k1.setupIsOpen, 700_000);
		equal(Math.round((k1.chip.now - opened) / 60_000), 10);
		k1.run(3_000_000);
		equal(k1.setupIsOpen, false);
		k1.chip.radio.add("home", "");
		k1.until("joined", () => k1.joined, 60_000);
		k1.answersStatus("prism-k1.local");
		equal(k1.logged("set-up: join the network"), 1);
	});
});
