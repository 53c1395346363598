/** Puts the page together. */
import { Connection } from "./connection.js";
import { patch } from "./h.js";
import { Lamp } from "./lamp.js";
import { Page } from "./page.js";
import { Previews } from "./previews.js";
import { Removals } from "./removals.js";
import { Strips } from "./strips.js";
import { Uploads } from "./uploads.js";
import { view } from "./view.js";

let root: Element = document.getElementById("page")!;
const page = new Page(draw);
const strips = new Strips();
const connection = new Connection(page, strips);
const removals = new Removals(page, connection);
const uploads = new Uploads(page, connection, removals);
const lamp = new Lamp(page, connection);
const actions = { connection, lamp, uploads, removals };
const previews = new Previews(page, connection);

function draw(): void {
	root = patch(root, view(page, actions));
	previews.sync(root.querySelectorAll<HTMLCanvasElement>("canvas[data-crc]"));
}

connection.busy = () => uploads.running;
connection.farewell = () => removals.flush();
connection.opened = () => {
	void removals.flush();
	void uploads.run();
};

/** Files may be dropped anywhere. */
let over = 0;
function drop(event: DragEvent, change: number): void {
	event.preventDefault();
	over = Math.max(0, over + change);
	if (page.dropping === over > 0) return;
	page.dropping = over > 0;
	page.changed();
}
addEventListener("dragenter", (event) => drop(event, 1));
addEventListener("dragleave", (event) => drop(event, -1));
addEventListener("dragover", (event) => drop(event, 0));
addEventListener("drop", (event) => {
	drop(event, -over);
	uploads.add(event.dataTransfer?.files ?? []);
});
// What counts down.
setInterval(() => {
	if (page.retryAt > 0) page.changed();
}, 500);

draw();
void connection.run();
