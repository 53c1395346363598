import { connect } from "node:net";
import { CONTROL, LINE, STATUS } from "../../modules/tlv/frame.js";
import { equal, ok } from "../support/assert.js";
import { K1Client } from "./support/k1-client.js";
import { FlashFolder, start } from "./support/simulator.js";

/** LOG, with lines up to debug. */
const DEBUG_LINES = Buffer.from([0x21, 4]);

const folder = new FlashFolder();
after(() => folder.remove());

describe("the log over the network", () => {
	it("comes with what was logged at the start, and harms nobody where it is not read", async () => {
		const simulator = await start(folder.fresh(), "--log-level", "info");
		const client = await K1Client.connect(simulator.url);
		// One that asks for everything and never reads.
		const deaf = connect(simulator.port, "127.0.0.1");
		deaf.pause();
		deaf.write(
			"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
				"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
		);
		deaf.write(Buffer.from("8285000000002200022104", "hex"));
		const lines: string[] = [];
		const read = async (until: string) => {
			while (!lines.some((line) => line.includes(until))) {
				const { type, value } = await client.next();
				equal(type, LINE);
				lines.push(`${value[0]} ${value.toString("utf8", 5)}`);
			}
		};
		equal((await client.ask(CONTROL, DEBUG_LINES)).type, STATUS);
		await read("listening on port");
		equal(lines[0].slice(0, 9), "3 PRISM K");
		ok(
			lines.some((line) => line.startsWith("3 store: 0 patterns")),
			lines.join("\n"),
		);
		for (let i = 0; i < 300; i++) {
			await (await fetch(`http://127.0.0.1:${simulator.port}/${"x".repeat(50)}-${i}?token=hush`)).arrayBuffer();
		}
		await read("-299 -> 404");
		// Lines of other things may be among those that are missing.
		ok(lines.filter((line) => line.includes(" -> 404")).length + missing(lines) >= 300, lines.join("\n"));
		ok(!lines.some((line) => line.includes("hush")));
		deaf.destroy();
		await client.close();
		equal((await simulator.stop()).code, 0);
	});
});

/** How many lines the marks say are missing. */
function missing(lines: readonly string[]): number {
	const marks = lines.filter((line) => line.startsWith("0 "));
	return marks.reduce((sum, line) => sum + (Number.parseInt(line.slice(2), 10) || 1), 0);
}
