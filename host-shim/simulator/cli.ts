import { Command, InvalidArgumentError, Option } from "commander";
import { LOG_LEVELS } from "../../modules/core/log.js";
import { type SimulatorOptions, simulate } from "./simulate.js";

const EXAMPLES = `
Examples:
  npm start                                         a K1 at ws://127.0.0.1:8080/ws, its flash kept in .k1/flash.bin
  npm start -- --port 0 --flash /tmp/other.bin      a second one, on a free port, with a flash of its own
  npm start -- --leds                               see in the terminal what it plays
  npm start -- --flash-timing w25q64                flash as slow as the real chip
  npm start -- --mdns                               others in the network find it as prism-k1.local
  npm start -- --token secret --log-level debug     clients need ?token=secret or "Authorization: Bearer secret"
`;

function port(text: string): number {
	const number = Number(text);
	if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("take a number from 0 to 65535.");
	return number;
}

function milliamps(text: string): number {
	const number = Number(text);
	if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("take mA from 0 to 65535; 0 is no limit.");
	return number;
}

function collect(value: string, before: string[]): string[] {
	return [...before, value];
}

const program = new Command("npm start --")
	.description("A simulated PRISM K1: the device's own firmware on this computer.")
	.addOption(new Option("--port <number>", "TCP port; 0 takes a free one").argParser(port).default(8080))
	.option("--host <address>", "address to listen on (default: 127.0.0.1; with --mdns all of them)")
	.option("--mdns", "advertise on the local network, as the device does")
	.option("--flash <file>", "image of the flash partition; made when it is not there", ".k1/flash.bin")
	.addOption(
		new Option("--flash-timing <chip>", "take the time that a chip takes, typically or at the most")
			.choices(["none", "w25q64", "w25q64-max"])
			.default("none"),
	)
	.addOption(
		new Option(
			"--engine <engine>",
			"xs: the device's own, with its heap; node: starts at once; default: xs where a C compiler is found",
		).choices(["xs", "node"]),
	)
	.option("--token <token>", "access token that clients must give")
	.option("--origin <origin>", "let web pages of this origin connect (may be given again)", collect, [])
	.addOption(
		new Option("--validation <rule>", "auto: check what looks like .prism; prism: refuse all else")
			.choices(["auto", "prism"])
			.default("auto"),
	)
	.addOption(
		new Option("--power-limit <mA>", "what both strips may draw; 0: no limit").argParser(milliamps).default(2000),
	)
	.option("--leds", "draw both strips in the terminal, in true color")
	.addOption(new Option("--log-level <level>", "how much to print").choices(LOG_LEVELS).default("info"))
	.addHelpText("after", EXAMPLES)
	.showHelpAfterError("(--help shows all options)")
	// A mistake in the command line is exit code 2, as for the tools of the system; help is none.
	.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program.parse();
try {
	const options = program.opts();
	await simulate({ host: options.mdns ? "0.0.0.0" : "127.0.0.1", ...options } as SimulatorOptions);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
	process.exit(2);
}
