import { equal, ok } from "../support/assert.js";
import { ascii } from "../support/hex.js";
import { Peer } from "./chip/peer.js";
import { K1 } from "./k1.js";

/** As many as lwIP has room for (CONFIG_LWIP_MAX_ACTIVE_TCP). */
const CROWD = 16;

describe("A K1 that sixteen peers connect to at once", () => {
	it("does not hang, and answers afterwards", async () => {
		const k1 = new K1({ ssid: "home", password: "" });
		k1.chip.radio.add("home", "");
		await k1.boot();
		k1.until("joined", () => k1.joined, 10_000);
		const request = ascii("GET / HTTP/1.1\r\nHost: prism-k1.local\r\n\r\n");
		for (let rounds = 0; rounds < 5; rounds++) {
			const peers: Peer[] = [];
			for (let i = 0; i < CROWD; i++) {
				peers.push(new Peer(k1.chip, `192.168.1.${100 + i}`, "station", 80));
			}
			k1.run(5);
			for (const peer of peers) peer.send(request);
			k1.run(20_000);
			ok(peers.some((peer) => peer.heardBytes.length > 0));
			for (const peer of peers) peer.breakOff();
			k1.run(1000);
		}
		k1.answersStatus("prism-k1.local");
		equal(k1.chip.lwip.open, 0, "every socket was closed");
		ok(k1.chip.mostQueued < k1.chip.queueLength, `${k1.chip.mostQueued} messages at the most`);
	});
});
