import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { backup, restore } from "./commands/backup.js";
import { bench } from "./commands/bench.js";
import { check } from "./commands/check.js";
import { discover } from "./commands/discover.js";
import { doctor } from "./commands/doctor.js";
import { encode } from "./commands/encode.js";
import { exportPattern } from "./commands/export.js";
import { get } from "./commands/get.js";
import {
	brightness,
	gamma,
	parseBrightness,
	parseGamma,
	parseTime,
	pausePlaying,
	play,
	resume,
	stop,
} from "./commands/light.js";
import { logs } from "./commands/logs.js";
import { ls } from "./commands/ls.js";
import { preview } from "./commands/preview.js";
import { put } from "./commands/put.js";
import { rm } from "./commands/rm.js";
import { state } from "./commands/state.js";
import { status } from "./commands/status.js";
import { use } from "./commands/use.js";
import { watch } from "./commands/watch.js";
import type { Context, GlobalOptions } from "./context.js";
import { USAGE } from "./exit-codes.js";
import { MOTIONS, SYNCS } from "./pattern/reading.js";

/** Runs a command in its context, and ends the program with the code that it returns. */
export type Run = (options: GlobalOptions, work: (context: Context) => Promise<number>) => Promise<void>;

const EXAMPLES = `
Which device: --device, or K1_DEVICE, or what k1 use has kept, or prism-k1.local.

Exit codes: 0 done; 1 not done, or not all of it; 2 a mistake in the command line; 130 broken off by Ctrl-C.

Examples:
  k1 use prism-k1.local            from now on this is the device
  k1 put *.prism                   sends patterns
  k1 ls                            what is stored
`;

/** @param step 1: whole numbers; @throws InvalidArgumentError for anything but a number in this range */
function number(least: number, most: number, step = 0): (text: string) => number {
	return (text) => {
		const value = Number(text);
		if (text.trim() === "" || !(value >= least && value <= most) || (step > 0 && value % step !== 0)) {
			throw new InvalidArgumentError(`take a ${step > 0 ? "whole " : ""}number from ${least} to ${most}.`);
		}
		return value;
	};
}

function numeric(flags: string, description: string, parse: (text: string) => number): Option {
	return new Option(flags, description).argParser(parse);
}

/** The time in which a change is made. */
function over(): Option {
	return new Option("--over <time>", "in this time, such as 2s or 500ms").argParser(parseTime).default(0, "at once");
}

/** The whole command line. */
export function makeProgram(run: Run): Command {
	const program: Command = new Command("k1")
		.description("Talks to a PRISM K1: sends patterns to it, fetches and deletes them, says how it is.")
		.option("-d, --device <device>", "a name such as prism-k1.local, an IP address, ws://... or http://...")
		.option("--token <token>", "access token, where the device wants one (K1_TOKEN does it too)")
		.addOption(
			new Option("--timeout <seconds>", "how long to wait for an answer").argParser(number(0.1, 3600)).default(10),
		)
		.option("--json", "print data as JSON")
		.addHelpText("after", EXAMPLES)
		.helpCommand(true)
		.showHelpAfterError("(--help shows what there is)")
		.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : USAGE));

	/** Adds a command, with an example for each line. */
	function add(name: string, description: string, examples: readonly string[]): Command {
		const text = `\nExample${examples.length > 1 ? "s" : ""}:\n${examples.map((line) => `  ${line}\n`).join("")}`;
		return program.command(name).description(description).addHelpText("after", text);
	}
	/** Runs the action with the options of the program as well. */
	const go = (command: Command, work: (context: Context) => Promise<number>) =>
		run(command.optsWithGlobals<GlobalOptions>(), work);

	add("ls", "lists the patterns that are stored", ["k1 ls", "k1 ls --json"]).action((_, command) => go(command, ls));

	add("put", "sends patterns; each is named after its file, without .prism", [
		"k1 put aurora.prism",
		"k1 put *.prism",
		"k1 put draft-7.prism --name aurora",
		"cat aurora.prism | k1 put - --name aurora",
	])
		.argument("<files...>", "pattern files; - is stdin")
		.option("-n, --name <name>", "another name")
		.action((files, options, command) => go(command, (context) => put(context, files, options)));

	add("get", "fetches a pattern into a file", [
		"k1 get aurora",
		"k1 get aurora copy.prism",
		"k1 get aurora - | sha256sum",
	])
		.argument("<name>", "the pattern's name")
		.argument("[file]", "where it goes; - is stdout (default: NAME.prism)")
		.option("-f, --force", "write over NAME.prism if it is there")
		.action((name, file, options, command) => go(command, (context) => get(context, name, file, options)));

	add("rm", "deletes patterns", ["k1 rm aurora", "k1 rm aurora 'night sky'"])
		.argument("<names...>", "the patterns' names")
		.action((names, _, command) => go(command, (context) => rm(context, names)));

	add("status", "says how the device is", ["k1 status", "k1 status --watch", "k1 status --json"])
		.option("-w, --watch", "again and again, until Ctrl-C")
		.addOption(new Option("--every <seconds>", "how often").argParser(number(0.1, 3600)).default(1))
		.action((options, command) => go(command, (context) => status(context, options)));

	add("state", "says what plays", ["k1 state", "k1 state --watch", "k1 state --json"])
		.option("-w, --watch", "whenever it changes, until Ctrl-C")
		.action((options, command) => go(command, (context) => state(context, options)));

	add("play", "plays a pattern from its start; without a name, the one that played last", ["k1 play aurora", "k1 play"])
		.argument("[name]", "the pattern's name")
		.action((name, _, command) => go(command, (context) => play(context, name)));

	add("stop", "goes dark, and stays so over a loss of power", ["k1 stop"]).action((_, command) => go(command, stop));

	add("pause", "lets the picture stand still", ["k1 pause"]).action((_, command) => go(command, pausePlaying));

	add("resume", "lets it go on", ["k1 resume"]).action((_, command) => go(command, resume));

	add("brightness", "goes to a brightness", ["k1 brightness 128", "k1 brightness 40% --over 2s"])
		.addArgument(new Argument("<n>", "0 to 255, or a percentage").argParser(parseBrightness))
		.addOption(over())
		.action((value, options, command) => go(command, (context) => brightness(context, value, options)));

	add("gamma", "goes to a gamma", ["k1 gamma 2.2", "k1 gamma 1 --over 500ms"])
		.addArgument(new Argument("<n>", "1 to 4").argParser(parseGamma))
		.addOption(over())
		.action((value, options, command) => go(command, (context) => gamma(context, value, options)));

	add("check", "says everything about pattern files, and everything that is wrong with them", [
		"k1 check aurora.prism",
		"k1 check *.prism --json",
	])
		.argument("<files...>", "pattern files")
		.action((files, _, command) => go(command, (context) => check(context, files)));

	add("export", "makes a picture of a pattern file: a row a frame, a column a LED", [
		"k1 export aurora.prism aurora.png",
	])
		.argument("<file>", "pattern file")
		.argument("<picture>", "PNG file that is made")
		.action((file, picture, _, command) => go(command, (context) => exportPattern(context, file, picture)));

	add("encode", "makes a pattern file of a PNG with a row a frame, a GIF, or a folder of PNGs", [
		"k1 encode aurora.png aurora.prism --fps 24",
		"k1 encode fire.gif fire.prism --leds 160",
		"k1 encode frames/ waves.prism --fps 60 --sync progressive --motion center --progressive-end 500",
	])
		.argument("<picture>", "PNG, GIF, or folder")
		.argument("<file>", "pattern file that is made")
		.addOption(numeric("--fps <n>", "frames a second (default: what the picture says, or 24)", number(1, 120)))
		.addOption(numeric("--leds <n>", "make each row fit so many LEDs", number(1, 320, 1)))
		.addOption(new Option("--sync <mode>", "how strip 2 follows strip 1").choices(SYNCS))
		.addOption(new Option("--motion <motion>", "from where to where it follows").choices(MOTIONS))
		.addOption(numeric("--delay <ms>", "how far strip 2 is behind: offset, wave", number(0, 65_535, 1)))
		.addOption(numeric("--progressive-start <ms>", "at the start of the motion", number(0, 65_535, 1)))
		.addOption(numeric("--progressive-end <ms>", "at its end", number(0, 65_535, 1)))
		.addOption(numeric("--wave-amplitude <ms>", "how much the delay swings", number(0, 65_535, 1)))
		.addOption(numeric("--wave-frequency <n>", "how often along the strip", number(0, 65_535, 1)))
		.addOption(numeric("--wave-phase <degrees>", "where it begins", number(0, 65_535, 1)))
		.action((picture, file, options, command) => go(command, (context) => encode(context, picture, file, options)));

	add("preview", "plays a pattern in the terminal, or live on the device without storing it", [
		"k1 preview aurora.prism",
		"k1 preview aurora.prism --live --seconds 10",
		"k1 preview aurora",
	])
		.argument("<what>", "pattern file, or the name of a stored pattern")
		.option("-l, --live", "on the device's LEDs")
		.addOption(numeric("--seconds <n>", "how long (default: until Ctrl-C)", number(0, 86_400)))
		.action((what, options, command) => go(command, (context) => preview(context, what, options)));

	add("watch", "draws what the device shows now", ["k1 watch", "k1 watch --fps 30 --seconds 10"])
		.addOption(numeric("--fps <n>", "frames a second at the most, up to 30", number(1, 30, 1)).default(20))
		.addOption(numeric("--seconds <n>", "how long (default: until Ctrl-C)", number(0, 86_400)))
		.action((options, command) => go(command, (context) => watch(context, options)));

	add("logs", "prints the device's log: its last lines, and then those that come", [
		"k1 logs",
		"k1 logs --level debug --seconds 60",
	])
		.addOption(
			new Option("--level <level>", "lines up to this level")
				.choices(["error", "warn", "info", "debug"])
				.default("info"),
		)
		.addOption(numeric("--seconds <n>", "how long (default: until Ctrl-C)", number(0, 86_400)))
		.action((options, command) => go(command, (context) => logs(context, options)));

	add("discover", "lists the devices in this network", ["k1 discover", "k1 discover --seconds 10 --json"])
		.addOption(numeric("--seconds <n>", "how long to listen", number(0.1, 600)).default(3))
		.action((options, command) => go(command, (context) => discover(context, options)));

	add("doctor", "says what is wrong between here and the device", [
		"k1 doctor",
		"k1 doctor --device 192.168.1.20",
	]).action((_, command) => go(command, doctor));

	add("backup", "fetches all patterns and the state into a folder; goes on where it was broken off", [
		"k1 backup my-k1",
	])
		.argument("<folder>", "made if it is not there")
		.action((folder, _, command) => go(command, (context) => backup(context, folder)));

	add("restore", "sends a backup to a device; goes on where it was broken off", ["k1 restore my-k1"])
		.argument("<folder>", "what k1 backup has made")
		.action((folder, _, command) => go(command, (context) => restore(context, folder)));

	add("bench", "measures how fast the device answers, takes and gives", ["k1 bench", "k1 bench --size 100"])
		.addOption(numeric("--size <KB>", "how much is sent, and deleted again", number(1, 524, 1)).default(500))
		.action((options, command) => go(command, (context) => bench(context, options)));

	add("use", "keeps a device as the one that is meant; without one, says which it is", [
		"k1 use 192.168.1.20",
		"k1 use",
		"k1 use --forget",
	])
		.addArgument(new Argument("[device]", "as for --device"))
		.option("--forget", "takes the choice back")
		.action((device, options, command) => go(command, (context) => use(context, device, options)));

	return program;
}
