import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { equal, ok } from "../../support/assert.js";
import { ended, Programs } from "./program.js";

/** Takes every connection, traces what happens to it, and does what `read` says with the bytes that arrive. */
const server = (read: string) => `
import TCP from "embedded:io/socket/tcp";
import Listener from "embedded:io/socket/listener";
import Timer from "timer";
const attempt = (what, run) => {
	try { trace(what, ": ", run(), "\\n"); } catch (e) { trace(what, " throws ", e.message, "\\n"); }
};
const listener = new Listener({ port: 0, onReadable(count) {
	while (count--) new TCP({ from: listener.read(), format: "buffer",
		onReadable(n) { trace("readable: ", n, "\\n"); ${read} },
		onWritable(n) {},
		onError(...given) {
			trace("error: ", given.length, "\\n");
			this.close();
			this.close();
			attempt("closed read", () => this.read(new Uint8Array(1)));
		} });
} });`;

/** Processor time that a process has used, ms (proc(5): fields 14 and 15 of stat, in hundredths of a second). */
function processorTime(pid = 0): number {
	const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
	const [user, system] = stat
		.slice(stat.lastIndexOf(")") + 2)
		.split(" ")
		.slice(11, 13);
	return 10 * (Number(user) + Number(system));
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("the XS host's sockets", () => {
	const programs = new Programs();
	before(() => programs.build());
	after(() => programs.remove());

	/** Runs the server, lets `talk` talk to it, and returns the lines it traced. */
	async function serve(read: string, talk: (socket: Socket) => Promise<void>): Promise<string[]> {
		const child = programs.start([programs.write("server.js", server(read))]);
		const end = ended(child);
		const ready = await new Promise<string>((resolve) => child.stdout?.once("data", resolve));
		const port = Number(/^K1 ready ws:\/\/127\.0\.0\.1:(\d+)\/ws http:\/\/127\.0\.0\.1:\1\/\n$/.exec(ready)?.[1]);
		ok(port > 0, ready);
		const socket = connect(port, "127.0.0.1");
		await once(socket, "connect");
		await talk(socket);
		socket.destroy();
		await pause(50);
		child.kill("SIGINT");
		const { code, output } = await end;
		equal(code, 0);
		return output.trim().split("\n").slice(1);
	}

	it("echoes bytes however they come", async () => {
		const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, i) => i & 0xff));
		let got = Buffer.alloc(0);
		await serve("const view = new Uint8Array(n); this.read(view); this.write(view);", async (socket) => {
			socket.on("data", (data) => {
				got = Buffer.concat([got, data]);
			});
			// No more at a time than the server can write back at once.
			for (let i = 0; i < bytes.length; i += 1000) {
				socket.write(bytes.subarray(i, i + 1000));
				while (got.length < i + 1000) await once(socket, "data");
			}
		});
		ok(got.equals(bytes));
	});

	it("refuses reads and writes that do not fit", async () => {
		const read = `attempt("nothing", () => this.read(new Uint8Array(0)));
			attempt("more", () => this.read(new Uint8Array(n + 1)));
			attempt("all", () => this.read(new Uint8Array(n)));
			attempt("none left", () => this.read(new Uint8Array(1)));
			attempt("too much", () => this.write(new Uint8Array(5745)));
			attempt("room", () => this.write(new Uint8Array(44)));`;
		const lines = await serve(read, async (socket) => {
			socket.write("hello");
			await once(socket, "data");
		});
		equal(
			lines.slice(0, 7).join("\n"),
			"readable: 5\nnothing throws invalid\nmore throws invalid\nall: 5\nnone left: undefined\ntoo much throws would block\nroom: 5700",
		);
	});

	it("tells the peer's end after the bytes before it were read, and takes no more to write", async () => {
		const read = `Timer.set(() => {
			attempt("write", () => this.write(new Uint8Array(1)));
			attempt("rest", () => this.read(new Uint8Array(5)));
		}, 100);`;
		const lines = await serve(read, async (socket) => {
			socket.end("hello");
			socket.resume();
			await once(socket, "close");
		});
		equal(lines.join("\n"), "readable: 5\nwrite throws not ready\nrest: 5\nerror: 0\nclosed read throws closed");
	});

	it("stops the peer when nothing is read", async () => {
		await serve("", async (socket) => {
			const all = 32 << 20;
			for (let sent = 0; sent < all; sent += 65_536) socket.write(Buffer.alloc(65_536));
			// What the kernels do not take, at most some megabytes, stays in our own buffer, for good.
			await pause(200);
			ok(socket.writableLength > all / 2, `${socket.writableLength} bytes`);
		});
	});

	it("turns connections away when descriptors run out, without spinning, and takes them again afterwards", async () => {
		const child = programs.startWithDescriptors(16, [
			programs.write("server.js", server("this.write(new Uint8Array(n));")),
		]);
		const end = ended(child);
		const ready = await new Promise<string>((resolve) => child.stdout?.once("data", resolve));
		const port = Number(/:(\d+)\//.exec(ready)?.[1]);
		const sockets = Array.from({ length: 40 }, () => connect(port, "127.0.0.1"));
		for (const socket of sockets) socket.on("error", () => {}).resume();
		await pause(300);
		const before = processorTime(child.pid);
		await pause(1000);
		const used = processorTime(child.pid) - before;
		ok(used < 200, `${used} ms of processor time in a second of rest`);
		ok(sockets.filter(({ readableEnded }) => readableEnded).length >= 24, "turned away");
		for (const socket of sockets) socket.destroy();
		await pause(100);
		const next = connect(port, "127.0.0.1");
		next.write("hello");
		equal((await once(next, "data"))[0].length, 5);
		next.destroy();
		child.kill("SIGINT");
		equal((await end).code, 0);
	});

	it("ends with 2 when the port is taken", async () => {
		const text = `import Listener from "embedded:io/socket/listener";
			const one = new Listener({ port: 0, onReadable() {} });
			new Listener({ port: one.port, onReadable() {} });`;
		const run = await programs.runText(text);
		equal(run.code, 2);
		ok(/cannot listen on 127\.0\.0\.1:\d+: the port is in use/.test(run.errors), run.errors);
	});
});
