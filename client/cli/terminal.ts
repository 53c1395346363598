const SHOW_CURSOR = "\x1b[?25h";
const HIDE_CURSOR = "\x1b[?25l";
/** The cursor is hidden by us. */
let hidden = false;

/** Hides the cursor, until `restoreTerminal`. */
export function hideCursor(): void {
	if (!process.stdout.isTTY || hidden) return;
	hidden = true;
	process.stdout.write(HIDE_CURSOR);
}

/** Leaves the terminal as it was when everything is dropped, whoever has hidden the cursor: a progress bar does it too. */
export function forceTerminal(): void {
	hidden = false;
	for (const stream of [process.stdout, process.stderr]) if (stream.isTTY) stream.write(SHOW_CURSOR);
}

/** Leaves the terminal as it was. */
export function restoreTerminal(): void {
	if (!hidden) return;
	hidden = false;
	process.stdout.write(SHOW_CURSOR);
}
