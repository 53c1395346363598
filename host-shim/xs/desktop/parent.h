/*
 * Ending with the process that started this one: a simulator that outlives its starter keeps the port and the flash
 * image, and nobody knows.
 */
#ifndef PRISM_PARENT_H
#define PRISM_PARENT_H

/**
 * Ends this program when its parent ends. On Linux at once, as if by SIGKILL, wherever it is; elsewhere as by SIGTERM, as
 * soon as the standard input, a pipe from the parent, is closed. To be called after loop_open.
 */
void parent_follow(void);

#endif
