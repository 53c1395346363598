import { createColors } from "picocolors";

/**
 * Whether stdout gets colors: a terminal that has not asked for none (https://no-color.org), or whoever sets
 * `FORCE_COLOR`. picocolors on its own would color pipes too wherever `CI` is set.
 */
export const COLORED: boolean =
	!process.env.NO_COLOR &&
	(process.env.FORCE_COLOR
		? process.env.FORCE_COLOR !== "0"
		: process.stdout.isTTY === true && process.env.TERM !== "dumb");

export const { bold, dim, green, red, yellow } = createColors(COLORED);
