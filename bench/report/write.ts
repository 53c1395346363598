import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { drawChart } from "./chart.js";
import type { Section } from "./section.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = `${root}docs/performance.md`;
const CHARTS = `${root}docs/performance`;

/**
 * Puts the sections of a part into docs/performance.md, between the marks that stand there for it, and draws their charts.
 * @throws Error where the marks are missing
 */
export function writeReport(part: string, sections: readonly Section[], short: boolean): void {
	mkdirSync(CHARTS, { recursive: true });
	for (const { chart } of sections) if (chart) writeFileSync(`${CHARTS}/${chart.file}.svg`, drawChart(chart));
	const command = `npm run bench -- ${short ? "--short " : ""}--write ${part}`;
	const text = [...sections.map(markdown), `\`${command}\`; ${machine()}.`].join("\n\n");
	const page = readFileSync(PAGE, "utf8");
	const [start, end] = [`<!-- bench ${part} -->\n`, `<!-- end of ${part} -->\n`];
	const [from, to] = [page.indexOf(start), page.indexOf(end)];
	if (from < 0 || to < from)
		throw new Error(`docs/performance.md has no place for "${part}": the lines ${start}${end}`);
	writeFileSync(PAGE, `${page.slice(0, from + start.length)}\n${text}\n\n${page.slice(to)}`);
}

function markdown({ title, text, head, rows, chart }: Section): string {
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	const table = [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
	const picture = chart ? `\n\n![${chart.alt}](performance/${chart.file}.svg)` : "";
	return `### ${title}\n\n${text}\n\n${table}${picture}`;
}

/** Where and when it was measured, and with what. */
function machine(): string {
	const versionOf = (command: string, args: readonly string[], pattern: RegExp) =>
		pattern.exec(execFileSync(command, [...args], { encoding: "utf8" }))?.[1] ?? "?";
	const revision = versionOf("git", ["-C", root, "rev-parse", "--short", "HEAD"], /(\S+)/);
	const websockets = versionOf("/usr/bin/python3", ["-c", "import websockets; print(websockets.__version__)"], /(\S+)/);
	const { devDependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
	const what = [
		`${cpus().length} × ${cpus()[0].model.trim()}`,
		`${Math.round(totalmem() / 2 ** 30)} GB`,
		`Linux ${release()}`,
		`Node ${process.versions.node}`,
		`xsnap ${devDependencies["@agoric/xsnap"]}`,
		`ws ${devDependencies.ws}`,
		`websockets ${websockets}`,
		`commit ${revision}`,
	];
	return what.join(", ");
}
