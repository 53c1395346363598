/**
 * A K1 as docs/protocol.md describes it, in plain data: two sessions and what is stored. It knows nothing of how the firmware does
 * it. For Node alone.
 */
import { crc32 } from "node:zlib";

export const IDLE = 0;
export const RECEIVING = 1;
/** IDLE for a client whose refused upload may still be on its way. */
export const DROPPING = 4;

const INVALID_TLV = 3;
const STORAGE_FULL = 4;
const PATTERN_NOT_FOUND = 5;
const LARGEST = 524_288;
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._\- ]{0,30}[A-Za-z0-9_-])?$/;

/** What is expected: nothing, "done", the code of an ERROR, or the answer of a LIST, a STATUS or a CONTROL that asks for the state. */
export type Expected = "" | "ok" | "list" | "status" | "playback" | number;

interface Begun {
	readonly name: string;
	readonly size: number | undefined;
	readonly crc: number | undefined;
	readonly chunks: Buffer[];
}

class Refused {
	constructor(readonly code: number) {}
}

export class ModelSession {
	state = IDLE;
	upload: Begun | undefined;

	constructor(private readonly k1: ModelK1) {}

	/** Bytes of the upload that were taken. */
	get received(): number {
		return this.upload?.chunks.reduce((sum, { length }) => sum + length, 0) ?? 0;
	}

	receive(message: Buffer): Expected {
		const type = message.length > 0 ? message[0] : 0;
		try {
			if (message.length < 3 || message.readUInt16BE(1) !== message.length - 3) throw new Refused(INVALID_TLV);
			return this.#act(type, message.subarray(3));
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			return this.refuse(type) ? error.code : "";
		}
	}

	/**
	 * An ERROR for a message of this type (0 for none): it ends the upload that there is. Returns whether it is sent: what
	 * is still on its way of an upload that has had its ERROR is dropped in silence.
	 */
	refuse(type: number): boolean {
		// A refused CONTROL or SHOW leaves an upload alone.
		if (type === 0x22 || type === 0x23) return true;
		const late = this.state === DROPPING && (type === 0x11 || type === 0x12);
		const idle = type === 0x12 || (type !== 0x10 && this.state === IDLE);
		this.upload = undefined;
		this.state = idle ? IDLE : DROPPING;
		return !late;
	}

	/** The client is gone. */
	close(): void {
		this.upload = undefined;
		this.state = IDLE;
	}

	#act(type: number, value: Buffer): Expected {
		const { state } = this;
		switch (type) {
			case 0x10:
				if (state === RECEIVING) throw new Refused(INVALID_TLV);
				return this.#begin(value);
			case 0x11:
				if (state === DROPPING) return "";
				return this.#append(value);
			case 0x12:
				if (state === DROPPING) {
					this.state = IDLE;
					return "";
				}
				return this.#finish(value);
			case 0x20: {
				const name = value.toString("latin1");
				if (state === RECEIVING || !NAME.test(name)) throw new Refused(INVALID_TLV);
				if (!this.k1.stored.delete(name)) throw new Refused(PATTERN_NOT_FOUND);
				return "ok";
			}
			case 0x21:
			case 0x30:
				if (value.length > 0) throw new Refused(INVALID_TLV);
				return type === 0x21 ? "list" : "status";
			case 0x22:
				return this.#command(value);
			case 0x23:
				if (value.length < 2 || (value.length - 2) % 3 !== 0) throw new Refused(INVALID_TLV);
				if (value.readUInt16BE(0) + (value.length - 2) / 3 > 320) throw new Refused(INVALID_TLV);
				return "";
			default:
				throw new Refused(INVALID_TLV);
		}
	}

	/** CONTROL. What is stored here is no .prism file, so nothing ever plays. */
	#command(value: Buffer): Expected {
		if (value.length === 0) throw new Refused(INVALID_TLV);
		const command = value[0];
		const left = value.length - 1;
		if (command === 0x01) {
			const name = value.toString("latin1", 1);
			if (left > 0 && !NAME.test(name)) throw new Refused(INVALID_TLV);
			throw new Refused(this.k1.stored.has(name) ? INVALID_TLV : PATTERN_NOT_FOUND);
		}
		const lengths = new Map([
			[0x00, 0],
			[0x02, 0],
			[0x03, 0],
			[0x04, 0],
			[0x10, 3],
			[0x11, 4],
			[0x20, 1],
			[0x21, 1],
		]);
		if (lengths.get(command) !== left) throw new Refused(INVALID_TLV);
		if (command === 0x11 && (value.readUInt16BE(1) < 100 || value.readUInt16BE(1) > 400))
			throw new Refused(INVALID_TLV);
		return command === 0x00 ? "playback" : "ok";
	}

	#begin(value: Buffer): Expected {
		const nul = value.indexOf(0);
		const name = value.toString("latin1", 0, nul < 0 ? value.length : nul);
		const given = nul < 0 ? 0 : value.length - nul - 1;
		if (!NAME.test(name) || (nul >= 0 && given !== 4 && given !== 8)) throw new Refused(INVALID_TLV);
		const size = given >= 4 ? value.readUInt32BE(nul + 1) : undefined;
		const crc = given === 8 ? value.readUInt32BE(nul + 5) : undefined;
		if (size !== undefined && (size > LARGEST || size > this.k1.room)) throw new Refused(STORAGE_FULL);
		this.upload = { name, size, crc, chunks: [] };
		this.state = RECEIVING;
		return "ok";
	}

	#append(value: Buffer): Expected {
		const { upload } = this;
		if (upload === undefined) throw new Refused(INVALID_TLV);
		if (upload.size !== undefined && this.received + value.length > upload.size) throw new Refused(INVALID_TLV);
		upload.chunks.push(Buffer.from(value));
		return "";
	}

	#finish(value: Buffer): Expected {
		const { upload } = this;
		if (upload === undefined || (value.length !== 0 && value.length !== 4)) throw new Refused(INVALID_TLV);
		const pattern = Buffer.concat(upload.chunks);
		const crc = crc32(pattern);
		if (pattern.length === 0) throw new Refused(INVALID_TLV);
		if (upload.size !== undefined && upload.size !== pattern.length) throw new Refused(INVALID_TLV);
		if (upload.crc !== undefined && upload.crc !== crc) throw new Refused(INVALID_TLV);
		if (value.length === 4 && value.readUInt32BE(0) !== crc) throw new Refused(INVALID_TLV);
		this.k1.stored.set(upload.name, pattern);
		this.upload = undefined;
		this.state = IDLE;
		return "ok";
	}
}

export class ModelK1 {
	readonly stored = new Map<string, Buffer>();
	readonly sessions = [new ModelSession(this), new ModelSession(this)];

	/** @param room bytes that are refused at PUT_BEGIN when more are announced */
	constructor(readonly room: number) {}

	/** The value of a LIST. */
	list(): Buffer {
		const names = [...this.stored.keys()].sort((a, b) => (a < b ? -1 : 1));
		const lines = names.map((name) => {
			const pattern = this.stored.get(name) as Buffer;
			const numbers = Buffer.alloc(8);
			numbers.writeUInt32BE(pattern.length, 0);
			numbers.writeUInt32BE(crc32(pattern), 4);
			return Buffer.concat([Buffer.from([name.length]), Buffer.from(name, "latin1"), numbers]);
		});
		return Buffer.concat([Buffer.from([names.length]), ...lines]);
	}
}
