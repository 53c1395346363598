import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { get } from "./commands/get.js";
import { ls } from "./commands/ls.js";
import { put } from "./commands/put.js";
import { rm } from "./commands/rm.js";
import { status } from "./commands/status.js";
import { use } from "./commands/use.js";
import type { Context, GlobalOptions } from "./context.js";
import { USAGE } from "./exit-codes.js";

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

/** @throws InvalidArgumentError for anything but a number in this range */
function number(least: number, most: number): (text: string) => number {
	return (text) => {
		const value = Number(text);
		if (text.trim() === "" || !(value >= least && value <= most)) {
			throw new InvalidArgumentError(`take a number from ${least} to ${most}.`);
		}
		return value;
	};
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
