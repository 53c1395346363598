import { equal, ok } from "../support/assert.js";
import { K1 } from "./k1.js";

describe("A K1 that was never set up", () => {
	it("opens its network, shows the form to every phone, and joins what was typed", async () => {
		const k1 = new K1();
		const { chip } = k1;
		chip.radio.add("home", "correct horse");
		await k1.boot();
		k1.until("the set-up", () => k1.setupIsOpen, 1000);
		ok(chip.awake, "modem sleep is off");
		k1.until("the DNS server", () => chip.lookUp !== undefined, 1000);
		chip.lookUp?.("captive.apple.com");
		chip.lookUp?.("");
		equal(chip.answers.join(), "192.168.4.1");
		equal(k1.get("captive.apple.com", "/hotspot-detect.html", "ap"), 302);
		k1.run(5000);
		ok(k1.form().includes("<option>home</option>"), "the list of networks");
		equal(k1.submit("home", "correct+horse"), 200);
		k1.until("joined", () => k1.joined, 20_000);
		equal(
			chip.advertised.map(({ host, serviceType }) => `${host} ${serviceType}`).join(),
			"prism-k1 _http._tcp,prism-k1 _prism._tcp",
		);
		k1.run(1000);
		equal(k1.setupIsOpen, false);
		equal(chip.lookUp, undefined);
		equal(k1.get("prism-k1.local"), 200);
		k1.answersStatus("prism-k1.local");
		ok(chip.preferences.get("wifi/network")?.includes("home"));
		equal(k1.logged("correct horse"), 0, "the log has no password in it");
		equal(k1.logged("failed"), 0, [...chip.log.keys()].join("\n"));
	});
});
