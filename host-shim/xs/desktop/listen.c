#include "listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ring.h"

/*
 * What the kernel may keep of a connection's bytes, about what lwIP would: so a peer that is not read from feels it
 * as on the device, and not after megabytes. Accepted sockets inherit it.
 */
enum { KERNEL_BUFFER = 2 * RING_SIZE };

/*
 * What a peer may send in one segment: Ethernet's 1,500 bytes less two headers. Loopback's own 65,483 are several times
 * the buffer, so the window would never hold a whole segment: the peer's kernel then waits for its persist timer, from
 * 200 ms up to seconds, where on the device's network it sends on at once.
 */
enum { SEGMENT = 1460 };

/* Connections that may wait to be accepted, as many as Node lets wait: a SYN that finds no place is sent again after a second. */
enum { BACKLOG = 511 };

static int make_nonblocking(int fd)
{
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

static int port_of(int fd)
{
	struct sockaddr_storage address;
	socklen_t length = sizeof(address);
	char port[8];
	if (getsockname(fd, (struct sockaddr *)&address, &length) ||
		getnameinfo((struct sockaddr *)&address, length, NULL, 0, port, sizeof(port), NI_NUMERICSERV))
		return 0;
	int number = 0;
	sscanf(port, "%d", &number);
	return number;
}

static int listen_at(const struct addrinfo *address)
{
	int on = 1;
	int size = KERNEL_BUFFER;
	int segment = SEGMENT;
	int fd = socket(address->ai_family, SOCK_STREAM, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof(segment));
	if (make_nonblocking(fd) || bind(fd, address->ai_addr, address->ai_addrlen) || listen(fd, BACKLOG)) {
		int error = errno;
		close(fd);
		errno = error;
		return -1;
	}
	return fd;
}

/* A descriptor that is given up when there is no other, so that a connection can be taken and closed. */
static int reserve = -1;

static void hold_reserve(void)
{
	if (reserve < 0)
		reserve = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int listen_open(const char *host, int *port)
{
	struct addrinfo hints = { .ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM };
	struct addrinfo *addresses;
	char text[8];
	snprintf(text, sizeof(text), "%d", *port);
	if (getaddrinfo(host, text, &hints, &addresses)) {
		errno = EADDRNOTAVAIL;
		return -1;
	}
	hold_reserve();
	int fd = listen_at(addresses);
	freeaddrinfo(addresses);
	if (fd >= 0)
		*port = port_of(fd);
	return fd;
}

/*
 * No descriptor is left: without this the connection would be reported again and again. When the whole system has none, the reserve
 * may be gone as well: then it is tried again a little later rather than at once.
 */
static void turn_away(int listening)
{
	if (reserve >= 0) {
		close(reserve);
		reserve = -1;
		close(accept(listening, NULL, NULL));
	}
	hold_reserve();
	if (reserve < 0)
		poll(NULL, 0, 20);
}

int listen_accept(int listening, char *address, size_t size)
{
	struct sockaddr_storage peer;
	socklen_t length = sizeof(peer);
	int on = 1;
	int fd = accept(listening, (struct sockaddr *)&peer, &length);
	if (fd < 0) {
		if (errno == EMFILE || errno == ENFILE)
			turn_away(listening);
		return -1;
	}
	make_nonblocking(fd);
	/* The firmware writes whole replies: holding small ones back would only delay them. */
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (getnameinfo((struct sockaddr *)&peer, length, address, (socklen_t)size, NULL, 0, NI_NUMERICHOST))
		snprintf(address, size, "?");
	return fd;
}

void listen_close(int fd)
{
	close(fd);
}
