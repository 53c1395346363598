import WebSocket from "ws";
import type { Address } from "./address.js";
import type { Platform, Socket } from "./transport.js";

/** Node: the package `ws`, which can send a token without showing it in an address. */
export const platform: Platform = {
	open({ socket, token }: Address): Socket {
		const headers: Record<string, string> = token === "" ? {} : { Authorization: `Bearer ${token}` };
		// Nothing that a K1 sends is longer than a frame; compression is nothing that it has.
		return new WebSocket(socket, { headers, perMessageDeflate: false, maxPayload: 65_536 }) as Socket;
	},
	home: () => "prism-k1.local",
};
