"""The two scripts that a K1 was asked to pass, as they were written, against a simulator that this starts.

Needs python3-websockets (Debian) or `pip install websockets`.
"""

import asyncio
import re
import subprocess
import sys
import tempfile

import websockets

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
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "start", "--", "--port", "0", "--flash", f"{folder}/flash.bin", "--engine", engine]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as simulator:
            try:
                for line in simulator.stdout:
                    ready = re.match(r"K1 ready (ws://\S+)", line)
                    if ready:
                        asyncio.run(run(ready.group(1)))
                        print(f"{engine}: passed")
                        return 0
                print("the simulator did not start")
                return 1
            finally:
                simulator.terminate()


if __name__ == "__main__":
    sys.exit(max(main(engine) for engine in sys.argv[1:] or ["xs", "node"]))
