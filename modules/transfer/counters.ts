/** What all sessions count together since boot, for STATUS. */
export class Counters {
	/** WebSocket connections that are clients now. */
	clients = 0;
	/** TLV frames received. */
	frames = 0;
	/** ERROR frames sent. */
	errors = 0;
	/** Failures inside the firmware that ended one connection each; none is expected. */
	faults = 0;
	/** Uploads under way. */
	uploads = 0;
	/** When a client or a browser last asked for anything, milliseconds since boot; the quiet for erasing counts from here. */
	lastAsked = 0;
	/** When bytes of a pattern last came or went, milliseconds since boot. */
	lastMoved = 0;
}
