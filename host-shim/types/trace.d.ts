/** Prints to the console, without a line end of its own. */
declare function trace(...log: (string | number | boolean)[]): void;
