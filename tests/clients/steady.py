"""A client that sends a frame a call, with TCP_NODELAY, on a socket that blocks: 1,000 uploads of 100,000 bytes, none of which may stall.

What a stall is made of is the kernel's persist timer, 200 ms at the least: it runs when the K1's window cannot hold a
segment of the client's. Needs nothing beside Python.
"""

import os
import socket
import sys
import time

from simulator import engines, simulator

UPLOADS = 1000
SIZE = 100_000
CHUNKS = [4093, 1021, 333, 100]
STALL = 0.15
# A pause of the machine may hit one.
ALLOWED = 1
STATUS_OK = bytes.fromhex("820430000100")
UPGRADE = (
    b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def send(connection, kind, value=b""):
    """A message in one masked frame (the key is zeros), in one call."""
    message = bytes([kind]) + len(value).to_bytes(2, "big") + value
    length = len(message)
    header = bytes([0x82, 0x80 | length]) if length < 126 else bytes([0x82, 0xFE]) + length.to_bytes(2, "big")
    connection.sendall(header + bytes(4) + message)


def receive(connection, length):
    data = b""
    while len(data) < length:
        part = connection.recv(length - len(data))
        if not part:
            sys.exit("the K1 closed the connection")
        data += part
    return data


def upload(connection, name, data, chunk):
    started = time.monotonic()
    send(connection, 0x10, name)
    for at in range(0, len(data), chunk):
        send(connection, 0x11, data[at : at + chunk])
    send(connection, 0x12)
    assert receive(connection, 12) == 2 * STATUS_OK
    return time.monotonic() - started


def run(port):
    """Times of all uploads in seconds, the shortest first."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(UPGRADE)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += receive(connection, 1)
        data = os.urandom(SIZE)
        return sorted(upload(connection, b"steady %d" % (i % 4), data, CHUNKS[i % 4]) for i in range(UPLOADS))


def main(engine):
    with simulator(engine) as port:
        times = run(port)
    slow = [time for time in times if time > STALL]
    print(
        f"{engine}: median {times[UPLOADS // 2] * 1000:.1f} ms, 99 % {times[UPLOADS * 99 // 100] * 1000:.1f}, "
        f"most {times[-1] * 1000:.1f}; over {STALL * 1000:.0f} ms: {len(slow)} of {UPLOADS}"
    )
    return 0 if len(slow) <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(max([main(engine) for engine in engines()]))
