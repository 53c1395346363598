# The smallest server on Debian's python3-websockets that does with an upload what a K1 does without its flash: length checks, CRC-32, answers.
import asyncio
import signal
import zlib

import websockets

OK = bytes([0x30, 0, 1, 0])


async def serve(socket):
    try:
        await take(socket)
    except websockets.ConnectionClosed:
        pass


async def take(socket):
    size = announced = crc = 0
    async for message in socket:
        if len(message) < 3 or len(message) > 4096 or int.from_bytes(message[1:3], "big") != len(message) - 3:
            return
        kind = message[0]
        if kind == 0x10:
            announced = int.from_bytes(message[-8:-4], "big")
            size = crc = 0
            await socket.send(OK)
        elif kind == 0x11:
            size += len(message) - 3
            crc = zlib.crc32(memoryview(message)[3:], crc)
        elif kind == 0x12 and size == announced and crc == int.from_bytes(message[3:7], "big"):
            await socket.send(OK)
        else:
            return


async def main():
    end = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, end.set_result, None)
    async with websockets.serve(serve, "127.0.0.1", 0, compression=None) as server:
        print(f"K1 ready ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/ws", flush=True)
        await end


asyncio.run(main())
