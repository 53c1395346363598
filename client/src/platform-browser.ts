import type { Address } from "./address.js";
import type { Platform, Socket } from "./transport.js";

/** Browsers: the WebSocket that they have. It can send a token in the address alone. */
export const platform: Platform = {
	open({ socket, token }: Address): Socket {
		return new WebSocket(token === "" ? socket : `${socket}?token=${encodeURIComponent(token)}`) as Socket;
	},
	home: () => location.host,
};
