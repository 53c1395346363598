// The outside world of a K1 under measurement: peers, flash, clock and timer, in C so that they cost little.

// A peer's connection, as the server sees it. `new Socket(n)`: the connection of peer n, 0 to 7.
export class Socket @ "xs_socket_destroy" {
	constructor(peer) @ "xs_socket_open"
	read(view) @ "xs_socket_read"
	write(view) @ "xs_socket_write"
	close() @ "xs_socket_close"
	get remoteAddress() @ "xs_socket_address"
}

// The peer's side. All of these only prepare bytes; `deliver` lets them arrive.
export class Peer {
	// Starts a new connection: nothing sent, nothing heard.
	static connect(peer) @ "xs_peer_connect"
	// The bytes of a string, as they are.
	static sendText(peer, text) @ "xs_peer_send_text"
	// A masked WebSocket frame: the first byte, and the payload in hexadecimal.
	static sendFrame(peer, first, payload) @ "xs_peer_send_frame"
	// A whole upload: PUT_BEGIN with name and size, PUT_CHUNKs of `chunk` bytes, PUT_END with the CRC-32. The bytes follow from `seed`.
	static sendUpload(peer, name, size, chunk, seed) @ "xs_peer_send_upload"
	// The same with the bytes of a file of the desktop; returns how many they are.
	static sendFile(peer, name, path, chunk) @ "xs_peer_send_file"
	// Lets what was sent arrive in segments of that many bytes: calls onReadable(available) after each, and turns() when one is due.
	static deliver(peer, segment, onReadable, turns) @ "xs_peer_deliver"
	// Bytes that the K1 has not read.
	static unread(peer) @ "xs_peer_unread"
	// Whether the K1 has closed the connection.
	static closed(peer) @ "xs_peer_closed"
	// What the K1 has sent since the last call, in hexadecimal, the first bytes of it at the most.
	static heard(peer, most) @ "xs_peer_heard"
}

// The flash of a K1: 1,248 sectors, bits only cleared, in memory.
export class Flash {
	read(view, offset) @ "xs_memory_flash_read"
	write(view, offset) @ "xs_memory_flash_write"
	eraseBlock(start, end) @ "xs_memory_flash_erase"
	status() {
		return { size: 0x4e0000, blocks: 1248, blockLength: 4096 };
	}
}

// A page of the largest size, where the device has it: not in the machine's memory.
export class Page @ "xs_page_destroy" {
	constructor() @ "xs_page_open"
	get byteLength() @ "xs_page_length"
}

// The clock stands still but for `pass`; a timer scheduled for at once is due.
export class Clock {
	static get ticks() @ "xs_clock_ticks"
	static pass(milliseconds) @ "xs_clock_pass"
	static schedule(timer, interval, repeat) @ "xs_clock_schedule"
	static due(timer) @ "xs_clock_due"
}

// Instructions that this fixture itself has spent since the last call.
export function spent() @ "xs_fixture_spent"
