/** One thing that a server sends: a whole message, a pong or a close frame. */
export interface Answer {
	opcode: number;
	payload: number[];
}

function isGoodCloseCode(code: number): boolean {
	const defined = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
	return defined.includes(code) || (code >= 3000 && code <= 4999);
}

/**
 * What an echo server has to answer to a client's bytes, by RFC 6455, written for clarity and nothing else: it has all
 * bytes at once. For Node alone.
 */
export function referenceAnswers(bytes: Uint8Array): Answer[] {
	const answers: Answer[] = [];
	const close = (code: number): Answer[] => [...answers, { opcode: 8, payload: [code >> 8, code & 0xff] }];
	let message: Answer | undefined;
	let decoder = new TextDecoder("utf-8", { fatal: true });
	let at = 0;
	while (at < bytes.length) {
		const fin = (bytes[at] & 0x80) !== 0;
		const opcode = bytes[at] & 0x0f;
		const control = opcode >= 8;
		if ((bytes[at] & 0x70) !== 0) return close(1002);
		if (![0, 1, 2, 8, 9, 10].includes(opcode)) return close(1002);
		if (control && !fin) return close(1002);
		if (!control && (opcode === 0) === (message === undefined)) return close(1002);
		if (at + 1 >= bytes.length) break;
		if ((bytes[at + 1] & 0x80) === 0) return close(1002);
		let length = bytes[at + 1] & 0x7f;
		if (control && (length > 125 || (opcode === 8 && length === 1))) return close(1002);
		const lengthSize = length < 126 ? 0 : length === 126 ? 2 : 8;
		const keyStart = at + 2 + lengthSize;
		if (keyStart + 4 > bytes.length) break;
		if (lengthSize > 0) {
			const digits = Array.from(bytes.slice(at + 2, keyStart), (byte) => byte.toString(16).padStart(2, "0"));
			const value = BigInt(`0x${digits.join("")}`);
			if (value < (lengthSize === 2 ? 126n : 65_536n) || value >= 1n << 63n) return close(1002);
			length = Number(value);
		}
		const start = keyStart + 4;
		const complete = start + length <= bytes.length;
		const payload = Array.from(bytes.slice(start, start + length), (byte, i) => byte ^ bytes[keyStart + (i % 4)]);
		if (control) {
			if (!complete) break;
			if (opcode === 9) answers.push({ opcode: 10, payload });
			if (opcode === 8) {
				if (payload.length === 0) return [...answers, { opcode: 8, payload: [] }];
				const code = payload[0] * 256 + payload[1];
				if (!isGoodCloseCode(code)) return close(1002);
				try {
					new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(payload.slice(2)));
				} catch {
					return close(1007);
				}
				return close(code);
			}
		} else {
			if (message === undefined) {
				message = { opcode, payload: [] };
				decoder = new TextDecoder("utf-8", { fatal: true });
			}
			if (message.opcode === 1) {
				try {
					decoder.decode(Uint8Array.from(payload), { stream: !(complete && fin) });
				} catch {
					return close(1007);
				}
			}
			if (!complete) break;
			message.payload = message.payload.concat(payload);
			if (fin) {
				answers.push(message);
				message = undefined;
			}
		}
		at = start + length;
	}
	return answers;
}

/**
 * What a server's bytes are, fragments joined; a message that is not complete is left out. Throws for bytes that a server
 * must not send.
 */
export function parseServerBytes(bytes: readonly number[]): Answer[] {
	const answers: Answer[] = [];
	let message: Answer | undefined;
	for (let at = 0; at < bytes.length; ) {
		const opcode = bytes[at] & 0x0f;
		const fin = (bytes[at] & 0x80) !== 0;
		let length = bytes[at + 1];
		if ((bytes[at] & 0x70) !== 0 || length > 127) throw new Error("reserved bit or mask from a server");
		at += 2;
		if (length > 125) {
			const size = length === 126 ? 2 : 8;
			length = bytes.slice(at, at + size).reduce((value, byte) => value * 256 + byte, 0);
			at += size;
		}
		const payload = bytes.slice(at, at + length);
		if (payload.length !== length) throw new Error("a frame that is cut");
		at += length;
		if (opcode >= 8) answers.push({ opcode, payload });
		else {
			if ((opcode === 0) === (message === undefined)) throw new Error("fragments out of order");
			message = { opcode: message?.opcode ?? opcode, payload: [...(message?.payload ?? []), ...payload] };
			if (fin) {
				answers.push(message);
				message = undefined;
			}
		}
	}
	return answers;
}
