import { encodeUtf8 } from "../bytes/bytes.js";
import type { Clock } from "../core/clock.js";
import { isHostAllowed, isOriginAllowed, isTokenRight, tokenOf } from "../http/access.js";
import { isMatch, isNoneMatch, rangeOf } from "../http/conditional.js";
import { isMethod, type Request } from "../http/request.js";
import { COMPLETE, EXPECTS, MORE, PAUSED, RequestReader } from "../http/request-reader.js";
import {
	BAD_REQUEST,
	CONTENT_TOO_LARGE,
	FORBIDDEN,
	INTERNAL_SERVER_ERROR,
	METHOD_NOT_ALLOWED,
	MISDIRECTED_REQUEST,
	NOT_FOUND,
	NOT_IMPLEMENTED,
	NOT_MODIFIED,
	OK,
	PARTIAL_CONTENT,
	PRECONDITION_FAILED,
	RANGE_NOT_SATISFIABLE,
	REQUEST_TIMEOUT,
	SERVICE_UNAVAILABLE,
	SWITCHING_PROTOCOLS,
	TOO_MANY_REQUESTS,
	UNAUTHORIZED,
} from "../http/statuses.js";
import { checkUpgrade, writeUpgrade } from "../http/upgrade.js";
import type { Lamp } from "../lamp/lamp.js";
import { stateJson } from "../lamp/state-json.js";
import type { PatternStore } from "../storage/pattern-store.js";
import { isName, MAX_NAME } from "../tlv/name.js";
import type { Counters } from "../transfer/counters.js";
import type { Client } from "./client.js";
import type { Connection } from "./connection.js";
import { Download } from "./download.js";
import { HttpAnswer } from "./http-answer.js";
import { HEAD_LIMIT } from "./limits.js";
import type { ProtocolHandler } from "./protocol-handler.js";
import { putState } from "./put-state.js";
import type { Site } from "./site.js";
import { writeTurnedAway } from "./turned-away.js";

const PATTERNS = "/patterns/";

/** What the HTTP side asks of its server. */
export interface HttpOwner {
	readonly clock: Clock;
	/** A free client, for a connection that asks to become one. */
	admit(address: string): Client | undefined;
	/** Counts a client that was turned away; returns when it may try again, ms. */
	turnAway(address: string): number;
	releaseBlock(block: Uint8Array): void;
	/** The connection is answered and may ask again: it needs no block until it does. */
	idle(connection: Connection, now: number): void;
	/** Reads on without looking, until the peer is done. @param since when the end began, ms */
	linger(connection: Connection, since: number): void;
	/** Gives the connection another turn soon. */
	later(connection: Connection): void;
	/** Whether tokens of this address may be looked at now; else it has guessed too often. */
	mayTryToken(address: string): boolean;
	/** A token was looked at. */
	triedToken(address: string, right: boolean): void;
	/** Seconds after which tokens of this address are looked at again. */
	retryAfter(address: string): number;
	/** Whether somebody waits for a block that has been held since then for as long as others leave it, ms. */
	hadTime(held: number, now: number): boolean;
	/** Logs a request and what it is answered. */
	note(request: Request, address: string, status: number): void;
}

/** Bytes of a PUT to /state at most. */
const STATE_LIMIT = 512;

/** The methods that an address takes, as an Allow field has them. */
function methodsOf(path: string): string {
	if (path === "/ws") return "GET";
	return path === "/state" ? "GET, HEAD, PUT" : "GET, HEAD";
}

// What the next turn goes on with.
const NOTHING = 0;
const CHECK = 1;
const NEXT_REQUEST = 2;
const HEAD = 3;

/**
 * A connection's HTTP side from a request's first byte to its answer, or to the WebSocket that it asks for. Answers are written
 * into the block that the request came in; a pattern goes out from the store's cache. Made once a block and reused.
 */
export class HttpHandler implements ProtocolHandler {
	readonly engine = new RequestReader(true);
	readonly #answer = new HttpAnswer(this.engine);
	readonly output = this.#answer.output;
	/** Holds the request and then the answer; undefined: this one is free. */
	block: Uint8Array | undefined;
	/** Whether a request head has yet to be completed. */
	waitsForHead = false;
	#connection: Connection | undefined;
	#next = NOTHING;
	/** When it was given its block, ms. */
	#held = 0;
	#client: Client | undefined;
	readonly #download = new Download();

	/** @param scratch at least 3 * MAX_NAME bytes, for anybody's short use */
	constructor(
		private readonly owner: HttpOwner,
		private readonly site: Site,
		private readonly store: PatternStore,
		private readonly counters: Counters,
		private readonly lamp: Lamp,
		private readonly scratch: Uint8Array,
	) {}

	get unsent(): boolean {
		return this.output.pending || this.#answer.active || this.#download.active;
	}

	/** Who has the block; "" where nobody has. */
	get address(): string {
		return this.#connection?.address ?? "";
	}

	/** Takes a connection whose next request is there to be read into this block. */
	open(connection: Connection, block: Uint8Array, now: number): void {
		connection.handler = this;
		this.#connection = connection;
		this.block = block;
		this.#next = NOTHING;
		this.#held = now;
		this.#client = undefined;
		this.engine.open(block);
		this.#answer.open(block);
		this.#wait(connection, now);
	}

	event(event: number, now: number): void {
		const connection = this.#connection;
		if (connection === undefined) return;
		if (event === PAUSED) {
			this.#next = HEAD;
			this.owner.later(connection);
			return;
		}
		if (event === EXPECTS) {
			this.#answer.goOn();
			return;
		}
		this.waitsForHead = false;
		this.counters.lastAsked = now;
		connection.begin(now);
		if (event === COMPLETE) this.#serve(this.engine.request);
		else this.#refuse(this.engine.status, false);
	}

	drained(room: number, now: number): void {
		const connection = this.#connection;
		// What is through may be no answer, but a word to go on.
		if (connection === undefined || this.waitsForHead) return;
		if (this.#client !== undefined) this.#upgrade(connection, this.#client);
		else if (this.#answer.active) this.owner.later(connection);
		else if (!this.#download.send(this.output, room)) this.#answered(connection, now);
		else if (this.output.pending) this.counters.lastMoved = now;
	}

	/** Goes on: with the next request, with one more block of a pattern to check, with one more of the page, or with what there is room for. */
	turn(room: number, now: number): void {
		const connection = this.#connection;
		if (connection === undefined) return;
		const next = this.#next;
		if (next === CHECK) this.#check(connection, now);
		else if (next === NEXT_REQUEST || next === HEAD) this.#readOn(next, now);
		else if (this.output.pending) return;
		else if (this.#answer.active) this.#answer.sendMore();
		else if (this.#download.active) this.drained(room, now);
	}

	#check(connection: Connection, now: number): void {
		const verdict = this.#download.verify();
		this.counters.lastMoved = now;
		connection.move(now);
		if (verdict === "more") {
			this.owner.later(connection);
			return;
		}
		this.#next = NOTHING;
		const status = verdict === "ok" ? this.#sendPattern(this.engine.request) : INTERNAL_SERVER_ERROR;
		if (status !== 0) this.#refuse(status, true);
	}

	tick(now: number): void {
		const connection = this.#connection;
		if (connection === undefined || !this.waitsForHead || now - connection.since < HEAD_LIMIT) return;
		this.waitsForHead = false;
		this.#next = NOTHING;
		this.engine.refuse(REQUEST_TIMEOUT);
		this.#refuse(REQUEST_TIMEOUT, false);
	}

	closed(): void {
		this.waitsForHead = false;
		this.#next = NOTHING;
		this.#connection = undefined;
		this.#download.close();
		this.engine.close();
		this.output.reset();
		const { block } = this;
		this.block = undefined;
		if (block !== undefined) this.owner.releaseBlock(block);
		const client = this.#client;
		this.#client = undefined;
		// Gone between the admission and the end of the handshake.
		client?.closed();
	}

	#wait(connection: Connection, now: number): void {
		this.waitsForHead = true;
		connection.begin(now);
	}

	#serve(request: Request): void {
		this.#answer.last = !request.keepAlive;
		this.#answer.bodiless = request.method === "HEAD";
		const status = this.#route(request);
		if (status !== 0) this.#refuse(status, true);
	}

	/** Answers a request. Each of these returns 0, or the status to refuse it with. */
	#route(request: Request): number {
		const { site } = this;
		const connection = this.#connection;
		if (connection === undefined) return 0;
		if (site.portal.open) {
			const status = this.#routeToPortal(request);
			if (status !== NOT_FOUND) return status;
		}
		const { method, path } = request;
		const reading = method === "GET" || method === "HEAD";
		if (request.bodyLength > 0 && reading) return BAD_REQUEST;
		if (!isHostAllowed(request.host, site.access)) return MISDIRECTED_REQUEST;
		if (!isMethod(method)) return NOT_IMPLEMENTED;
		if (path === "/ws") return this.#routeToClient(request, connection);
		if (path === "/state") return this.#routeToState(request, connection);
		const pattern = path.startsWith(PATTERNS);
		if (path !== "/" && !pattern) return NOT_FOUND;
		if (!reading) return METHOD_NOT_ALLOWED;
		if (pattern) {
			const status = this.#checkToken(request, connection);
			return status === 0 ? this.#routeToPattern(path.slice(PATTERNS.length), connection) : status;
		}
		return this.#routeToPage(request, connection);
	}

	/** The page lies gzipped in flash, and nothing here could unpack it for who does not take it so: all browsers do. */
	#routeToPage(request: Request, connection: Connection): number {
		const { bytes, etag, policy } = this.site.page;
		if (!isMatch(request.ifMatch, etag)) return PRECONDITION_FAILED;
		const status = isNoneMatch(request.ifNoneMatch, etag) ? NOT_MODIFIED : OK;
		this.owner.note(request, connection.address, status);
		const fields = [`ETag: ${etag}`, "Cache-Control: no-cache"];
		if (status === NOT_MODIFIED) {
			this.#answer.sendHead(status, fields);
			return 0;
		}
		fields.push("Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip");
		fields.push(
			`Content-Security-Policy: ${policy}`,
			"X-Content-Type-Options: nosniff",
			"Referrer-Policy: no-referrer",
		);
		this.#answer.sendFile(status, fields, bytes);
		return 0;
	}

	/** The set-up portal comes first while its access point is up; it leaves to the others what it has no page for. */
	#routeToPortal(request: Request): number {
		const { engine, site, block } = this;
		if (block === undefined) return 0;
		const { method, host = "", path, search } = request;
		if (method === "POST" && !isOriginAllowed(request.origin, host, site.access)) return FORBIDDEN;
		const answer = site.portal.answer(method, host, path, search, block, engine.bodyStart, engine.bodyEnd);
		if (answer === undefined) return NOT_FOUND;
		const fields = ["Cache-Control: no-store"];
		if (answer.location !== "") fields.push(`Location: ${answer.location}`);
		if (answer.body !== "") fields.push("Content-Type: text/html; charset=utf-8");
		this.#answer.send(answer.status, fields, answer.body);
		return 0;
	}

	#routeToClient(request: Request, connection: Connection): number {
		const { block } = this;
		const { access } = this.site;
		if (block === undefined) return 0;
		if (!isOriginAllowed(request.origin, request.host, access)) return FORBIDDEN;
		const token = this.#checkToken(request, connection);
		if (token !== 0) return token;
		const status = checkUpgrade(request);
		if (status !== SWITCHING_PROTOCOLS) return status;
		let end = writeUpgrade(request, block, 0);
		this.#client = this.owner.admit(connection.address);
		if (this.#client === undefined) {
			this.#answer.last = true;
			end = writeTurnedAway(block, end, this.owner.turnAway(connection.address));
		}
		this.output.queue(block, 0, end);
		return 0;
	}

	#routeToState(request: Request, connection: Connection): number {
		const { block, lamp } = this;
		const { method } = request;
		if (block === undefined) return 0;
		if (!isOriginAllowed(request.origin, request.host, this.site.access)) return FORBIDDEN;
		const token = this.#checkToken(request, connection);
		if (token !== 0) return token;
		if (method !== "GET" && method !== "HEAD" && method !== "PUT") return METHOD_NOT_ALLOWED;
		if (request.ifMatch !== undefined && request.ifMatch !== "*") return PRECONDITION_FAILED;
		let status = OK;
		let body = "";
		if (method === "PUT") {
			const { bodyStart, bodyEnd } = this.engine;
			if (bodyEnd - bodyStart > STATE_LIMIT) return CONTENT_TOO_LARGE;
			({ status, body } = putState(lamp, block, bodyStart, bodyEnd, this.owner.clock.now()));
		}
		this.owner.note(request, connection.address, status);
		const type = status === OK ? "application/json" : "text/plain; charset=utf-8";
		const fields = [`Content-Type: ${type}`, "Cache-Control: no-store"];
		this.#answer.send(status, fields, status === OK ? stateJson(lamp, this.site.problem) : body);
		return 0;
	}

	/** Returns 0, or the status to refuse the request with. */
	#checkToken(request: Request, connection: Connection): number {
		const { access } = this.site;
		if (access.token === "") return 0;
		const { address } = connection;
		// Who sends none does not guess.
		if (tokenOf(request) === undefined) return UNAUTHORIZED;
		if (!this.owner.mayTryToken(address)) return TOO_MANY_REQUESTS;
		const right = isTokenRight(request, access);
		this.owner.triedToken(address, right);
		return right ? 0 : UNAUTHORIZED;
	}

	/** The handshake is through: the client takes over, with what it sent ahead of time. */
	#upgrade(connection: Connection, client: Client): void {
		const { block, engine } = this;
		const start = engine.leftoverStart;
		const end = engine.leftoverEnd;
		this.#client = undefined;
		this.#connection = undefined;
		this.block = undefined;
		engine.close();
		client.open(connection);
		if (block === undefined) return;
		if (start < end) connection.readAhead(block, start, end);
		else this.owner.releaseBlock(block);
	}

	#routeToPattern(name: string, connection: Connection): number {
		const bytes = this.scratch;
		const end = name.length <= MAX_NAME ? encodeUtf8(name, bytes, 0) : 0;
		if (!isName(bytes, 0, end) || !this.store.has(bytes, 0, end)) return NOT_FOUND;
		const reader = this.store.open(bytes, 0, end);
		if (reader === undefined) return SERVICE_UNAVAILABLE;
		this.#download.open(reader);
		if (this.#answer.bodiless) return this.#sendPattern(this.engine.request);
		this.#next = CHECK;
		this.owner.later(connection);
		return 0;
	}

	/** Answers with the pattern that is open: 200, 206, 304 or 416. */
	#sendPattern(request: Request): number {
		const download = this.#download;
		const { etag, size } = download;
		if (!isMatch(request.ifMatch, etag)) return PRECONDITION_FAILED;
		const fields = ["Content-Type: application/octet-stream", `ETag: ${etag}`, "Accept-Ranges: bytes"];
		const range = this.#answer.bodiless ? undefined : rangeOf(request.range, request.ifRange, etag, size);
		let status = OK;
		if (isNoneMatch(request.ifNoneMatch, etag)) status = NOT_MODIFIED;
		else if (range === undefined) fields.push(`Content-Length: ${size}`);
		else if (range.start >= size) return RANGE_NOT_SATISFIABLE;
		else {
			status = PARTIAL_CONTENT;
			download.select(range);
			fields.push(`Content-Length: ${range.end - range.start}`);
			fields.push(`Content-Range: bytes ${range.start}-${range.end - 1}/${size}`);
		}
		if (this.#answer.bodiless || status === NOT_MODIFIED) download.close();
		this.owner.note(request, this.#connection?.address ?? "", status);
		this.#answer.sendHead(status, fields);
		return 0;
	}

	/** @param proper whether the request was read as one, so that another may follow on the connection */
	#refuse(status: number, proper: boolean): void {
		const address = this.#connection?.address ?? "";
		const fields = this.#fieldsFor(status, address);
		this.owner.note(this.engine.request, address, status);
		this.#download.close();
		this.#answer.refuse(status, proper, fields);
	}

	/** What a refusal says besides its sentence. */
	#fieldsFor(status: number, address: string): string[] {
		switch (status) {
			case METHOD_NOT_ALLOWED:
				return [`Allow: ${methodsOf(this.engine.request.path)}`];
			case RANGE_NOT_SATISFIABLE:
				return [`Content-Range: bytes */${this.#download.size}`];
			case SERVICE_UNAVAILABLE:
				return ["Retry-After: 1"];
			case TOO_MANY_REQUESTS:
				return [`Retry-After: ${this.owner.retryAfter(address)}`];
			default:
				return [];
		}
	}

	/** The answer is sent. What came of the next request waits for another turn. */
	#answered(connection: Connection, now: number): void {
		const { engine } = this;
		this.#download.close();
		const more = engine.leftoverStart < engine.leftoverEnd;
		// Who sends one request behind the other has no more time than others have.
		if (this.#answer.last || (more && this.owner.hadTime(this.#held, now))) this.owner.linger(connection, now);
		else if (!more) this.owner.idle(connection, now);
		else {
			this.#next = NEXT_REQUEST;
			this.#wait(connection, now);
			this.owner.later(connection);
		}
	}

	#readOn(next: number, now: number): void {
		this.#next = NOTHING;
		const event = next === HEAD ? this.engine.resume() : this.engine.again();
		if (event !== MORE) this.event(event, now);
	}
}
