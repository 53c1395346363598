/** `dns/server`: modules/network/dns/dnsserver.js on modules/network/socket/lwip/modSocket.c. */
const PORT = 53;

export default class Server {
	constructor(private readonly client: (message: number, name?: string) => string) {
		chip.callLwip();
		// xs_socket: the same check as of all sockets, then udp_bind.
		chip.lwip.check();
		if (chip.lwip.udp.has(PORT)) throw new Error("socket bind failed");
		chip.lwip.udp.add(PORT);
		chip.lookUp = (name) => chip.turn(() => this.callback(2, undefined, name));
	}

	/** 2 is "data received"; the packet's name stands in for its address here, and one without a name cannot be read. */
	callback(message: number, _value?: number, name?: string): void {
		if (message !== 2) return;
		if (!name) throw new TypeError("cannot read a name");
		chip.answers.push(this.client(1, name));
	}

	close(): void {
		chip.lwip.udp.delete(PORT);
		chip.lookUp = undefined;
	}
}
