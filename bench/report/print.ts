import type { Section } from "./section.js";

/** Prints a section for the terminal. */
export function printSection({ title, text, head, rows }: Section): void {
	const lines = [head, ...rows];
	const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
	const show = (line: readonly string[]) =>
		line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ");
	console.log(`\n${title}\n${text}\n`);
	for (const line of lines) console.log(show(line));
}
