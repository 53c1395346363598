import { equal } from "../support/assert.js";
import { Peer } from "./chip/peer.js";
import { K1 } from "./k1.js";

describe("A K1 whose peers are gone before they are taken in", () => {
	it("gives their places to others", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		k1.chip.radio.add("home", "");
		await k1.boot();
		k1.until("joined", () => k1.joined, 10_000);
		for (let i = 0; i < 20; i++) {
			// Their end comes in the moment in which the K1 has their connection and has not looked at it yet.
			const ended = new Peer(k1.chip, "192.168.1.9", "station", 80);
			ended.finish();
			const broken = new Peer(k1.chip, "192.168.1.10", "station", 80);
			broken.breakOff();
			k1.run(500);
		}
		k1.answersStatus("prism-k1.local");
		k1.run(10_000);
		equal(k1.chip.lwip.open, 0, "every socket was closed");
	});
});
