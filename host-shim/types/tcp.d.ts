/** `embedded:io/socket/tcp`: one TCP connection (ECMA-419, clause 10), as far as a server needs it. */
declare module "embedded:io/socket/tcp" {
	export interface TCPOptions {
		/** What a listener's `read` returned. */
		from: TCP;
		/** `bytes` can be read now. Comes when bytes arrive, not again for bytes left unread. */
		onReadable?: (this: TCP, bytes: number) => void;
		/** `bytes` can be written now. */
		onWritable?: (this: TCP, bytes: number) => void;
		/** The connection is over, after its unread bytes were read: the peer ended it, or it failed. `close` is still to be called. */
		onError?: (this: TCP) => void;
		format?: "buffer";
	}

	export default class TCP {
		constructor(options: TCPOptions);
		/** The peer's address in text. Read it at once after the accept: later the connection may be gone. */
		readonly remoteAddress: string | undefined;
		/** Fills the view and returns its length; `undefined` when nothing can be read. @throws for a view that is empty or longer than what can be read */
		read(buffer: Uint8Array): number | undefined;
		/**
		 * Sends all of the view; returns how many bytes more can be written now, or `undefined` when the connection has ended.
		 * @throws for more bytes than can be written now
		 */
		write(buffer: Uint8Array): number | undefined;
		/** Ends the connection; may be called again. Nothing else may be called after it. */
		close(): void;
	}
}
