import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** What a K1 held at one moment. */
export interface Sample {
	readonly minutes: number;
	/** Whether somebody was at work, or everybody had left. */
	readonly at: "work" | "rest";
	readonly slots: number;
	readonly chunkBytes: number;
	readonly blocks: number;
	readonly files: number;
	readonly timers: number;
	readonly erases: number;
}

type Figure = Exclude<keyof Sample, "minutes" | "at">;

const PANELS: readonly (readonly [figure: Figure, label: string])[] = [
	["slots", "heap: slots alive"],
	["chunkBytes", "heap: chunk bytes alive"],
	["blocks", "pool: blocks in use"],
	["files", "sockets and files open"],
	["timers", "timers scheduled"],
	["erases", "flash: sectors erased"],
];
const WIDTH = 900;
const HEIGHT = 130;

/** The samples as an SVG: a panel for each figure, the time along all of them. */
export function drawChart(samples: readonly Sample[], title: string): string {
	const { document } = parseHTML("<html><body></body></html>") as unknown as Pick<Plot.PlotOptions, "document">;
	const panels = PANELS.map(([figure, label], i) => {
		const plot = Plot.plot({
			document,
			width: WIDTH,
			height: HEIGHT,
			marginLeft: 70,
			x: { label: i === PANELS.length - 1 ? "minutes" : null },
			y: { label, grid: true, zero: true, nice: true, ticks: 4 },
			color: { domain: ["rest", "work"], range: ["#1f6feb", "#d29922"] },
			marks: [
				Plot.lineY(samples, { x: "minutes", y: figure, stroke: "at" }),
				Plot.dot(samples, { x: "minutes", y: figure, fill: "at", r: 1.5 }),
			],
		});
		plot.setAttribute("xmlns", "http://www.w3.org/2000/svg");
		plot.setAttribute("y", String(40 + i * (HEIGHT + 10)));
		return plot.outerHTML;
	});
	const height = 50 + PANELS.length * (HEIGHT + 10);
	const style = 'font-family="system-ui, sans-serif" fill="#222"';
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
<rect width="100%" height="100%" fill="#fff"/>
<text x="14" y="24" font-size="15" ${style}>${title}</text>
<text x="${WIDTH - 14}" y="24" font-size="12" text-anchor="end" ${style}><tspan fill="#1f6feb">when all have left</tspan> · <tspan fill="#d29922">at work</tspan></text>
${panels.join("\n")}
</svg>
`;
}
