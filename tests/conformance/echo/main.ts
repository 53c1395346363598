/*
 * A WebSocket echo server of the firmware's own Connection, RequestReader and Endpoint, for the simulator's engines: what an
 * outside conformance suite is pointed at. See README.md in this folder.
 */
import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import config from "mc/config";
import Time from "time";
import Timer from "timer";
import { Clock } from "../../../modules/core/clock.js";
import type { Connection, ConnectionOwner } from "../../../modules/server/connection.js";
import type { Platform } from "../../../modules/server/platform.js";
import { EchoPeer } from "./echo-peer.js";

/** Peers at a time; one more is turned away. */
const PEERS = 8;
/** How often the time limits are looked at, ms. */
const TICK = 50;
/** A repeating timer that is only ever scheduled by hand. */
const NEVER = 0x7fffffff;

class EchoServer implements ConnectionOwner {
	readonly clock = new Clock(() => Time.ticks);
	readonly #platform: Platform = {
		socket: (options) => new TCP(options),
		listen: (port, onReadable) => new Listener({ port, onReadable }),
		timer: Timer,
	};
	readonly #peers: EchoPeer[] = [];
	readonly #turns = Timer.repeat(() => this.#turn(), NEVER);
	#serial = 0;

	between(): void {}

	start(port: number): void {
		for (let i = 0; i < PEERS; i++) this.#peers.push(new EchoPeer(this));
		const listening = this.#platform.listen(port, (count) => {
			for (let i = 0; i < count; i++) {
				const waiting = listening.read();
				const peer = this.#peers.find(({ connection }) => !connection.open);
				if (waiting === undefined) continue;
				if (peer === undefined) waiting.close();
				else peer.accept(waiting, this.#platform);
			}
		});
		Timer.repeat(() => {
			const now = this.clock.now();
			for (const { connection } of this.#peers) connection.tick(now);
		}, TICK);
	}

	later(connection: Connection): void {
		connection.queued = true;
		Timer.schedule(this.#turns, 0, NEVER);
	}

	nextSerial(): number {
		return ++this.#serial;
	}

	/** Every peer has blocks of its own. */
	releaseBlock(): void {}

	fault(connection: Connection, error: unknown): void {
		trace(`connection from ${connection.address} ended by a fault: ${error}\n`);
	}

	#turn(): void {
		for (const { connection } of this.#peers) if (connection.queued) connection.turn();
	}
}

new EchoServer().start(Number(config.port));
