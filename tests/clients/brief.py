"""The two scripts that a K1 was asked to pass, as they were written, against a simulator that this starts.

Needs python3-websockets (Debian) or `pip install websockets`.
"""

import asyncio

import websockets
from simulator import engines, simulator

EXPECTED = "21000e01" + "04" + b"test".hex() + "0007d000" + "79c36f8c"


async def ask_list(uri):
    async with websockets.connect(uri) as ws:
        await ws.send(bytes([0x21, 0x00, 0x00]))
        return (await ws.recv()).hex()


async def send_500_kb(uri):
    async with websockets.connect(uri) as ws:
        await ws.send(bytes([0x10, 0x00, 0x04]) + b"test")
        for i in range(500):
            await ws.send(bytes([0x11, 0x04, 0x00]) + b"\xff" * 1024)
        await ws.send(bytes([0x12, 0x00, 0x00]))


async def run(uri):
    assert await ask_list(uri) == "21000100", "an empty K1 lists nothing"
    await send_500_kb(uri)
    listed = await ask_list(uri)
    assert listed == EXPECTED, f"LIST is {listed}, not {EXPECTED}"


def main(engine):
    with simulator(engine) as port:
        asyncio.run(run(f"ws://127.0.0.1:{port}/ws"))
    print(f"{engine}: passed")


if __name__ == "__main__":
    for engine in engines():
        main(engine)
