"""Python's `websockets` and the echo server of tests/conformance/echo, on both engines.

Needs python3-websockets (Debian) or `pip install websockets`.
"""

import asyncio
import os

import websockets
from simulator import engines, program

SIZES = [0, 1, 125, 126, 4096, 4097, 65_535, 65_536, 3_000_000]


async def run(uri):
    async with websockets.connect(uri, max_size=None, compression=None) as ws:
        for size in SIZES:
            data = os.urandom(size)
            await ws.send(data)
            assert await ws.recv() == data, f"{size} bytes"
            text = ("aü€😀" * size)[:size]
            await ws.send(text)
            assert await ws.recv() == text, f"{size} characters"
        # Fragments, and a ping in between.
        await ws.send(iter(["one, ", "two, ", "three"]))
        assert await ws.recv() == "one, two, three"
        await (await ws.ping(b"there?"))
        await ws.close(4000, "enough")
        assert ws.close_code == 4000, ws.close_code


def main(engine):
    command = ["npm", "run", "-s", "conformance:echo", "--", "--port", "0", "--engine", engine]
    with program(command) as port:
        asyncio.run(run(f"ws://127.0.0.1:{port}/"))
    print(f"{engine}: echoed")


if __name__ == "__main__":
    for engine in engines():
        main(engine)
