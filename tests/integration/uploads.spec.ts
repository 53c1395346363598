import { crc32 } from "node:zlib";
import { INVALID_TLV, PRISM_HEADER_CRC, PRISM_PAYLOAD_CRC } from "../../modules/core/errors.js";
import { PUT_BEGIN, STATUS } from "../../modules/tlv/frame.js";
import { deepEqual, equal } from "../support/assert.js";
import { begin, errorOf, frame, K1Client } from "./support/k1-client.js";
import { flipped, prismFile } from "./support/prism-file.js";
import { FlashFolder, type Simulator, start } from "./support/simulator.js";

describe("uploads", () => {
	const folder = new FlashFolder();
	let simulator: Simulator;
	let client: K1Client;

	before(async function () {
		this.timeout(60_000);
		simulator = await start(folder.fresh());
	});
	beforeEach(async () => {
		client = await K1Client.connect(simulator.url);
	});
	afterEach(() => client.close());
	after(async () => {
		equal((await simulator.stop()).code, 0);
		folder.remove();
	});

	function download(name: string): Promise<Response> {
		return fetch(`http://127.0.0.1:${simulator.port}/patterns/${encodeURIComponent(name)}`);
	}

	it("of 500 KB, sent by a client that never reads, is stored", async () => {
		const bytes = Buffer.alloc(512_000, 0xff);
		client.upload("test", bytes, 1024);
		await client.close();
		client = await K1Client.connect(simulator.url);
		deepEqual(await client.list(), [{ name: "test", size: 512_000, crc: 0x79c36f8c }]);
	}).timeout(30_000);

	it("of .prism files list with their CRC-32 and come back byte for byte", async () => {
		for (const version of [0x0100, 0x0101]) {
			const file = prismFile({ version, frames: 70 });
			const name = `version ${version}.prism`;
			await client.put(name, file);
			const listed = (await client.list()).find((pattern) => pattern.name === name);
			deepEqual(listed, { name, size: file.length, crc: crc32(file) });
			deepEqual(Buffer.from(await (await download(name)).arrayBuffer()), file);
		}
	});

	it("of .prism files with one bit changed are refused, and what is stored stays", async () => {
		const file = prismFile({ frames: 70 });
		await client.put("kept.prism", file);
		const cases = [
			[8, PRISM_HEADER_CRC.reason],
			[66, PRISM_HEADER_CRC.reason],
			[file.length - 200, PRISM_PAYLOAD_CRC.reason],
			[file.length - 1, PRISM_PAYLOAD_CRC.reason],
		] as const;
		for (const [at, reason] of cases) {
			client.upload("kept.prism", flipped(file, at));
			equal((await client.next()).type, STATUS);
			deepEqual(errorOf(await client.next()), { code: INVALID_TLV, retryAfterMs: 0, reason });
		}
		deepEqual(Buffer.from(await (await download("kept.prism")).arrayBuffer()), file);
	});

	it("replace, delete and announce size and CRC-32", async () => {
		const first = Buffer.alloc(5000, 1);
		const second = Buffer.alloc(9000, 2);
		await client.put("twice", first);
		client.upload(begin("twice", second.length, crc32(second)), second);
		for (let i = 0; i < 2; i++) equal((await client.next()).value.toString("hex"), "00");
		deepEqual(Buffer.from(await (await download("twice")).arrayBuffer()), second);
		equal((await client.remove("twice")).value.toString("hex"), "00");
		equal(errorOf(await client.remove("twice")).code, 5);
		equal((await download("twice")).status, 404);
	});

	it("that do not fit are refused before their first byte", async () => {
		client.send(frame(PUT_BEGIN, begin("huge", 600_000, 0)));
		equal(errorOf(await client.next()).code, 4);
	});

	it("are kept across restarts", async () => {
		const before = await client.list();
		await client.close();
		equal((await simulator.stop("SIGINT")).code, 0);
		simulator = await start(folder.fresh().replace(/\d+\.bin$/, "0.bin"));
		client = await K1Client.connect(simulator.url);
		deepEqual(await client.list(), before);
	}).timeout(60_000);
});
