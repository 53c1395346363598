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
			ledPins: [9, 10],
			ledOrder: "GRB",
			ledMilliamps: 55,
			powerLimit: 2000,
		});
	});

	it("take texts, as the SDK's command line gives them", () => {
		const settings = readSettings({ port: "8080", origins: "https://a.example, https://b.example", token: 1234 });
		equal(settings.port, 8080);
		equal(settings.token, "1234");
		deepEqual(settings.origins, ["https://a.example", "https://b.example"]);
	});

	it("take lists as they are", () => {
		const origins = ["https://a.example", "http://192.168.1.30:8080", "HTTP://[fe80::1]:81", "http://localhost"];
		deepEqual(readSettings({ origins }).origins, origins);
	});

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
		["ssid", "x".repeat(33)],
		["origins", "nonsense"],
		["origins", "https://a.example, b.example"],
		["origins", ["https://"]],
		["origins", ["https://a.example/"]],
		["origins", ["https://a.example:"]],
		["origins", ["https://.a"]],
		["origins", ["file:///x"]],
		["origins", ["null"]],
	];
	for (const [key, value] of wrong) {
		it(`name ${key} when it cannot be ${JSON.stringify(value).slice(0, 20)}`, () => {
			throws(
				() => readSettings({ [key]: value }),
				(error) => error instanceof RangeError && error.message.includes(key),
			);
		});
	}

	it("name the password when no network can have it", () => {
		throws(
			() => readSettings({ ssid: "home", password: "short" }),
			(error) => error instanceof RangeError && error.message.includes("password has at least 8 characters"),
		);
		equal(readSettings({ ssid: "", password: "short" }).password, "short", "no network, no matter");
	});

	it("have the default in the place of what will not do, where that is wanted", () => {
		const complaints: string[] = [];
		const config = { hostName: "my lamp", port: "http", logLevel: "loud", ssid: "home", password: "short" };
		const settings = readSettings({ ...config, origins: ["nonsense"], token: "t".repeat(200) }, (sentence) =>
			complaints.push(sentence),
		);
		equal(complaints.length, 6);
		deepEqual(settings, { ...readSettings({}), token: "t".repeat(128) });
	});
});
