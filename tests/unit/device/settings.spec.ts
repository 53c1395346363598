import { readSettings } from "../../../modules/device/settings.js";
import { deepEqual, equal, throws } from "../../support/assert.js";

describe("settings", () => {
	it("have a default for everything", () => {
		deepEqual(readSettings({}), {
			hostName: "prism-k1",
			port: 80,
			token: "",
			origins: [],
			validation: "auto",
			logLevel: "info",
			ssid: "",
			password: "",
			firmware: "0.0.0",
			heapBytes: 0,
		});
	});

	it("take texts, as the SDK's command line gives them", () => {
		const settings = readSettings({ port: "8080", origins: "https://a.example, https://b.example", token: 1234 });
		equal(settings.port, 8080);
		equal(settings.token, "1234");
		deepEqual(settings.origins, ["https://a.example", "https://b.example"]);
	});

	it("take lists as they are", () => deepEqual(readSettings({ origins: ["x"] }).origins, ["x"]));

	const wrong: readonly (readonly [string, unknown])[] = [
		["port", "http"],
		["port", 70_000],
		["port", 1.5],
		["validation", "none"],
		["logLevel", "loud"],
		["hostName", "no spaces"],
		["hostName", ""],
		["hostName", "-x"],
		["token", "x".repeat(129)],
	];
	for (const [key, value] of wrong) {
		it(`name ${key} when it cannot be ${JSON.stringify(value).slice(0, 20)}`, () => {
			throws(
				() => readSettings({ [key]: value }),
				(error) => error instanceof RangeError && error.message.includes(key),
			);
		});
	}
});
