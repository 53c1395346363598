/** A table, with a chart where there is one, as the report has it. */
export interface Section {
	readonly title: string;
	/** What was done, in sentences. */
	readonly text: string;
	readonly head: readonly string[];
	readonly rows: readonly (readonly string[])[];
	readonly chart?: Chart;
}

export interface Chart {
	/** Name of the file, without `.svg`. */
	readonly file: string;
	/** What it shows, for those who do not see it. */
	readonly alt: string;
	/** What is on its axis. */
	readonly label: string;
	readonly bars: readonly Bar[];
}

export interface Bar {
	/** The panel that it is in. */
	readonly group: string;
	readonly name: string;
	readonly value: number;
	/** From where to where the values were. */
	readonly least: number;
	readonly most: number;
	/** Ours, as against what it is compared with. */
	readonly own: boolean;
}
