import Table from "cli-table3";
import { dim } from "./colors.js";

/** Prints a line. */
export function print(line = ""): void {
	process.stdout.write(`${line}\n`);
}

/** Prints a line for people that is no result: beside it, on stderr. */
export function note(line: string): void {
	process.stderr.write(`${line}\n`);
}

/** Prints data as JSON, two spaces deep. */
export function printJson(value: unknown): void {
	print(JSON.stringify(value, undefined, 2));
}

/** Prints data as one line of JSON, for what comes again and again. */
export function printJsonLine(value: unknown): void {
	print(JSON.stringify(value));
}

const NO_LINES = Object.fromEntries(
	[
		...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
		...["left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
	].map((place) => [place, ""]),
);

/**
 * Prints rows under a head.
 * @param right columns whose cells stand to the right, by number
 */
export function printTable(
	head: readonly string[],
	rows: readonly (readonly string[])[],
	right: readonly number[],
): void {
	const table = new Table({
		chars: { ...NO_LINES, middle: "  " },
		colAligns: head.map((_, column) => (right.includes(column) ? "right" : "left")),
		style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
	});
	table.push(head.map((text) => dim(text)));
	for (const row of rows) table.push([...row]);
	// The last column is filled up with spaces that nobody needs.
	for (const line of table.toString().split("\n")) print(line.trimEnd());
}

/** Prints names and what there is to say of each. */
export function printFigures(figures: readonly (readonly [string, string])[]): void {
	const width = Math.max(...figures.map(([name]) => name.length));
	for (const [name, text] of figures) print(`${dim(name.padEnd(width))}  ${text}`);
}

/** A number of bytes for people. */
export function size(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(2)} MB`;
}

/** A whole number, with commas. */
export function whole(number: number): string {
	return number.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** A time for people. @param seconds of it */
export function time(seconds: number): string {
	if (seconds < 60) return `${Math.round(seconds)} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
	const hours = Math.floor(minutes / 60);
	return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days ${hours % 24} h`;
}
