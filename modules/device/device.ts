import { crc32 } from "../bytes/bytes.js";
import { Clock } from "../core/clock.js";
import { HeapMonitor, type HeapProbe } from "../core/heap-monitor.js";
import { Log } from "../core/log.js";
import { MemoryPool } from "../core/memory-pool.js";
import { etagOf } from "../http/conditional.js";
import { CrashGuard, type RestartCount, SETTLED_AFTER } from "../lamp/crash-guard.js";
import { FAILED, JOINING } from "../lamp/first-light.js";
import { Lamp } from "../lamp/lamp.js";
import type { Leds } from "../lamp/leds.js";
import { orderOf } from "../playback/strips.js";
import { HTTP_BLOCKS, MAX_CLIENTS } from "../server/limits.js";
import type { Platform } from "../server/platform.js";
import { Server } from "../server/server.js";
import type { Site, SitePage, SitePortal } from "../server/site.js";
import { closedFlash } from "../storage/closed-flash.js";
import type { FlashPort } from "../storage/flash-port.js";
import { PatternStore } from "../storage/pattern-store.js";
import { Counters } from "../transfer/counters.js";
import { Metrics } from "../transfer/metrics.js";
import { Housekeeping } from "./housekeeping.js";
import { PAGE_POLICY } from "./page-policy.js";
import type { Settings } from "./settings.js";

/** LEDs of a K1: two strips of 160. */
export const LED_COUNT = 320;
/** Version of docs/protocol.md. */
export const PROTOCOL_VERSION = 1;

/** Blocks of the store's read cache. */
const CACHE_BLOCKS = 4;

/** What a K1 is made of that differs from place to place. */
export interface DeviceParts {
	readonly settings: Settings;
	readonly platform: Platform;
	/** Opens the partition of the patterns. @throws Error when there is none */
	readonly flash: () => FlashPort;
	readonly heap: HeapProbe;
	/** Starts the driver of the LEDs. @throws Error where it does not start */
	readonly leds: () => Leds;
	/** This start is one that nobody asked for. */
	readonly crashed: boolean;
	/** Such starts in a row. */
	readonly restarts: RestartCount;
	/** The built page, where it lies in flash (server/site.ts). */
	readonly page: Uint8Array;
	readonly portal: SitePortal;
	/** The platform's count of milliseconds. */
	readonly ticks: () => number;
	/** Prints a line of the log. */
	readonly print: (line: string) => void;
}

/** A whole K1: its parts made and joined, in the order in which they need each other. */
export class Device {
	readonly log: Log;
	readonly clock: Clock;
	readonly store: PatternStore;
	readonly lamp: Lamp;
	readonly server: Server;
	readonly #guard: CrashGuard;
	readonly #platform: Platform;
	readonly #housekeeping: Housekeeping;
	readonly #settings: Settings;
	readonly #site: Site;
	/** Why the store could not be opened; empty where it could. */
	readonly #problem: string;

	constructor(parts: DeviceParts) {
		const { settings, platform } = parts;
		this.#settings = settings;
		const clock = new Clock(parts.ticks);
		const log = new Log(settings.logLevel, parts.print, () => clock.now());
		const pool = new MemoryPool(MAX_CLIENTS + HTTP_BLOCKS + CACHE_BLOCKS);
		const options = { cacheBlocks: CACHE_BLOCKS, requirePrism: settings.validation === "prism" };
		let store: PatternStore;
		let problem = "";
		try {
			store = new PatternStore(parts.flash(), pool, options);
		} catch (error) {
			// A flash that a newer firmware has written, or none: no reason to restart for ever.
			problem = error instanceof Error ? error.message : String(error);
			log.error(`store: ${problem}; it is as if empty, and takes nothing`);
			store = new PatternStore(closedFlash, pool, options);
		}
		const counters = new Counters();
		const heap = new HeapMonitor(parts.heap);
		const metrics = new Metrics(heap, pool, store, counters);
		const { hostName, origins, token } = settings;
		const site: Site = {
			access: { hostNames: namesOf(hostName), origins, token },
			page: pageOf(parts.page),
			problem: problem && `it stores nothing: ${problem}`,
			portal: parts.portal,
		};
		this.#site = site;
		this.#problem = problem;
		this.clock = clock;
		this.log = log;
		this.store = store;
		this.#platform = platform;
		this.#guard = new CrashGuard(parts.restarts, parts.crashed);
		const { powerLimit, ledMilliamps, ledOrder } = settings;
		this.lamp = new Lamp({
			timers: platform.timer,
			clock,
			log,
			store,
			leds: startLeds(parts.leds, log),
			options: { powerLimit, milliampsPerLed: ledMilliamps, order: orderOf(ledOrder) },
		});
		this.server = new Server({ platform, clock, log, pool, store, counters, metrics, lamp: this.lamp, site });
		this.#housekeeping = new Housekeeping(platform.timer, clock, store, counters, heap, this.lamp);
	}

	/** Begins to work; it serves from `listen` on. */
	start(): void {
		const { store, log } = this;
		for (const name of store.lost) log.warn(`store: a damaged record cost the pattern "${name}"; send it again`);
		log.info(`store: ${store.count} patterns, ${store.usedBytes} of ${store.sizeBytes} bytes`);
		const { timer } = this.#platform;
		const settled = timer.repeat(() => {
			this.#guard.settled();
			timer.schedule(settled);
		}, SETTLED_AFTER);
		this.setCondition(JOINING);
		this.lamp.start(this.#guard.tripped);
		this.server.start();
		this.#housekeeping.start();
	}

	/** Lets the first light show how the network is: JOINING, SET_UP or READY (lamp/first-light.ts). */
	setCondition(condition: number): void {
		this.lamp.setCondition(this.#problem === "" ? condition : FAILED);
	}

	/** Serves, now that there is a network or is about to be one. May be called again. */
	listen(): void {
		this.server.listen(this.#settings.port);
	}

	/**
	 * Answers to this name as well as to the one of the settings: it was claimed in the network, since another device has the
	 * other. A name that was claimed before is another device's now.
	 * @param hostName without `.local`
	 */
	answerTo(hostName: string): void {
		const own = namesOf(this.#settings.hostName);
		this.#site.access.hostNames = hostName === this.#settings.hostName ? own : [...own, ...namesOf(hostName)];
	}
}

/** A K1 whose LEDs do not work is still one that patterns can be sent to, and that can be asked. */
function startLeds(start: () => Leds, log: Log): Leds {
	try {
		return start();
	} catch (error) {
		log.error(`LEDs: ${error instanceof Error ? error.message : String(error)}; they stay dark`);
		return { send: () => true };
	}
}

/** The page as the server serves it: its tag is made of its bytes, like a pattern's. */
function pageOf(bytes: Uint8Array): SitePage {
	const size = bytes.byteLength;
	return { bytes, etag: etagOf(crc32(0, bytes, 0, size), size), policy: PAGE_POLICY };
}

/** What a browser's Host field may say for a host name. */
function namesOf(hostName: string): string[] {
	return [hostName, `${hostName}.local`];
}
