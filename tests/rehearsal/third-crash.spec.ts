import { equal, ok } from "../support/assert.js";
import { CRASHED, k1ThatPlayed, RED } from "./playing.js";

describe("A K1 that has crashed three times in a row", () => {
	it("starts dark, says why, and plays again when somebody asks for it", async () => {
		const k1 = k1ThatPlayed();
		const { chip } = k1;
		chip.reset = CRASHED;
		chip.preferences.set("system/restarts", "2");
		await k1.boot();
		equal(chip.preferences.get("system/restarts"), "3");
		equal(k1.logged("lamp: stopped: the K1 has crashed three times in a row"), 1);
		k1.until("joined", () => k1.joined, 10_000);
		k1.run(30_000);
		equal(chip.leds.history.join(), "dark");
		ok(k1.page("prism-k1.local", "/state").includes('"state":"stopped"'));
		const answer = k1.ask(
			'PUT /state HTTP/1.1\r\nHost: prism-k1.local\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{"on":true}',
		);
		ok(answer.startsWith("HTTP/1.1 200 "), answer);
		k1.until("the pattern", () => chip.leds.shown === RED, 1000);
		k1.run(60_000);
		equal(chip.preferences.get("system/restarts"), "0", "a run of a minute ends the row");
	});
});
