// The smallest server on `ws` that does with an upload what a K1 does without its flash: length checks, CRC-32, answers.
import { crc32 } from "node:zlib";
import { WebSocketServer } from "ws";

const OK = Buffer.from([0x30, 0, 1, 0]);

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, maxPayload: 65_536 });
server.on("listening", () => console.log(`K1 ready ws://127.0.0.1:${server.address().port}/ws`));
server.on("connection", (socket) => {
	let size = 0;
	let announced = 0;
	let crc = 0;
	socket.on("message", (message) => {
		if (message.length < 3 || message.length > 4096 || message.readUInt16BE(1) !== message.length - 3) {
			socket.close(1002);
			return;
		}
		switch (message[0]) {
			case 0x10:
				announced = message.readUInt32BE(message.length - 8);
				size = crc = 0;
				socket.send(OK);
				break;
			case 0x11:
				size += message.length - 3;
				crc = crc32(message.subarray(3), crc);
				break;
			case 0x12:
				if (size !== announced || crc !== message.readUInt32BE(3)) socket.close(1002);
				else socket.send(OK);
				break;
			default:
				socket.close(1002);
		}
	});
});
