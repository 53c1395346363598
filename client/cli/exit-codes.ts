/** It was done. */
export const DONE = 0;
/** It was not done, or not all of it; a sentence on stderr says why. */
export const FAILED = 1;
/** The command line cannot be right. Nothing was done. */
export const USAGE = 2;
/** Broken off by Ctrl-C, as shells have it: 128 and the signal's number. */
export const INTERRUPTED = 130;
