/** `embedded:io/socket/listener`: takes TCP connections (ECMA-419, clause 10). */
declare module "embedded:io/socket/listener" {
	import type TCP from "embedded:io/socket/tcp";

	export default class Listener {
		constructor(options: {
			/** The port to listen on; 0 takes a free one. */
			port?: number;
			/** `count` connections are waiting: `read` is to be called exactly that often, and each socket made, before this returns. */
			onReadable?: (this: Listener, count: number) => void;
		});
		/** The next waiting connection, only good as a socket's `from`. */
		read(): TCP | undefined;
		close(): void;
	}
}
