/** A network that is slow: passes TCP on to a port of this machine, each way with a delay, and so many bytes a second at most. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Listens on a port of its own. @param delay of each way, ms. @param rate of each way, bytes a second */
export async function farAway(
	port: number,
	delay: number,
	rate = Number.POSITIVE_INFINITY,
): Promise<{ port: number; close(): void }> {
	const sockets = new Set<Socket>();
	const server: Server = createServer((near) => {
		const far = connect(port, "127.0.0.1");
		for (const [from, to] of [
			[near, far],
			[far, near],
		] as const) {
			sockets.add(from);
			let free = 0;
			from.on("data", (bytes) => {
				free = Math.max(free, Date.now()) + (1000 * bytes.length) / rate;
				setTimeout(() => to.write(bytes), free - Date.now() + delay);
				// Held back as by a network: what is on its way is not more than a moment's.
				from.pause();
				setTimeout(() => from.resume(), free - Date.now());
			});
			from.on("end", () => setTimeout(() => to.end(), Math.max(0, free - Date.now()) + delay));
			from.on("error", () => to.destroy());
			from.on("close", () => {
				sockets.delete(from);
				setTimeout(() => to.destroy(), delay);
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		port: (server.address() as AddressInfo).port,
		close() {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	};
}
