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
		const leds = readSettings({ ledPins: "4, 48", ledOrder: "rgb", ledMilliamps: "12", powerLimit: "0" });
		deepEqual(leds, { ...readSettings({}), ledPins: [4, 48], ledOrder: "RGB", ledMilliamps: 12, powerLimit: 0 });
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
		["ledPins", "9"],
		["ledPins", ""],
		["ledPins", "9,9"],
		["ledPins", [9, 10, 11]],
		["ledPins", "9,27"],
		["ledPins", [22, 10]],
		["ledPins", "9,49"],
		["ledPins", "9,-1"],
		["ledPins", "9,1.5"],
		["ledPins", "nine,ten"],
		["ledOrder", "GRBW"],
		["ledOrder", "GGB"],
		["ledOrder", ""],
		["ledMilliamps", 0],
		["ledMilliamps", 501],
		["powerLimit", -1],
		["powerLimit", "much"],
		["powerLimit", 65_536],
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
		const leds = { ledPins: "9,9", ledOrder: "W", ledMilliamps: 0, powerLimit: -1 };
		const settings = readSettings({ ...config, ...leds, origins: ["nonsense"], token: "t".repeat(200) }, (sentence) =>
			complaints.push(sentence),
		);
		equal(complaints.length, 10);
		deepEqual(settings, { ...readSettings({}), token: "t".repeat(128) });
	});
});
