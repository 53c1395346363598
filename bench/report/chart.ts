import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Bar, Chart } from "./section.js";

const WIDTH = 760;
const ROW = 26;
/** Of a name's characters at the most, px. */
const CHARACTER = 6;
const OWN = "#1f6feb";
const OTHER = "#8c959f";

/** Bars beside each other as an SVG, a panel for each group, with a line from the least to the most. */
export function drawChart({ label, bars }: Chart): string {
	const { document } = parseHTML("<html><body></body></html>") as unknown as Pick<Plot.PlotOptions, "document">;
	const groups = [...new Set(bars.map(({ group }) => group))];
	const most = Math.max(...bars.map((bar) => bar.most));
	// Room for the longest name.
	const left = 24 + CHARACTER * Math.max(...bars.map(({ name }) => name.length));
	let top = 10;
	const panels = groups.map((group, i) => {
		const own = bars.filter((bar) => bar.group === group);
		const last = i === groups.length - 1;
		const height = own.length * ROW + (last ? 64 : 34);
		const plot = Plot.plot({
			document,
			width: WIDTH,
			height,
			marginLeft: left,
			marginRight: 60,
			marginTop: 26,
			marginBottom: last ? 38 : 8,
			x: { domain: [0, most * 1.05], label: last ? label : null, grid: true, axis: last ? "bottom" : null },
			y: { label: null, domain: own.map(({ name }) => name) },
			marks: [
				Plot.barX(own, {
					x: "value",
					y: "name",
					fill: (bar: Bar) => (bar.own ? OWN : OTHER),
					insetTop: 3,
					insetBottom: 3,
				}),
				Plot.ruleY(own, { x1: "least", x2: "most", y: "name", stroke: "#222" }),
				Plot.text(own, { x: "most", y: "name", text: (bar: Bar) => show(bar.value), dx: 6, textAnchor: "start" }),
				Plot.text([group], {
					frameAnchor: "top-left",
					dx: 6 - left,
					dy: -22,
					text: (text: string) => text,
					fontWeight: "bold",
				}),
			],
		});
		plot.setAttribute("xmlns", "http://www.w3.org/2000/svg");
		plot.setAttribute("y", String(top));
		top += height + 6;
		return plot.outerHTML;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}">
<rect width="100%" height="100%" fill="#fff"/>
${panels.join("\n")}
</svg>
`;
}

function show(value: number): string {
	return value.toFixed(value < 10 ? 1 : 0);
}
