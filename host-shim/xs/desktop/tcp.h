/*
 * The module `embedded:io/socket/tcp`: a connection in the hands of a script.
 */
#ifndef PRISM_TCP_H
#define PRISM_TCP_H

#include "connection.h"
#include "natives.h"

/** Gives the connection to the script's empty socket in argument `index`, which it can only make another one `from`. */
void tcp_give(xsMachine *the, int index, Connection *connection);

extern const Native tcp_natives[];

#endif
