import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import flash from "embedded:storage/flash";
import Network from "host-shim/platform/network";
import { startReason } from "host-shim/platform/system";
import Instrumentation from "instrumentation";
import config from "mc/config";
import Time from "time";
import Timer from "timer";
import { Device, LED_COUNT, PROTOCOL_VERSION } from "./modules/device/device.js";
import { readSettings } from "./modules/device/settings.js";
import { Portal } from "./modules/network/portal.js";

const settings = readSettings(config);
const slots = Instrumentation.map("XS Slot Heap Used");
const chunks = Instrumentation.map("XS Chunk Heap Used");

const portal = new Portal();
const device = new Device({
	settings,
	platform: {
		socket: (options) => new TCP(options),
		listen: (port, onReadable) => new Listener({ port, onReadable }),
		timer: Timer,
	},
	flash: flash.open({ path: "patterns", mode: "r+" }),
	heap: {
		// A release build without instrumentation knows nothing of its heap, and says so with 0.
		size: Instrumentation.get(slots) === undefined ? 0 : settings.heapBytes,
		used: () => (Instrumentation.get(slots) ?? 0) + (Instrumentation.get(chunks) ?? 0),
		largestFree: () => 0,
	},
	portal,
	ticks: () => Time.ticks,
	print: (line) => trace(`${line}\n`),
});
device.log.info(`PRISM K1 firmware ${settings.firmware}, started: ${startReason()}`);

// The network is made before the server listens, since it brings the IP stack up, and started after, so that there is
// something to find as soon as the network is there.
const network = new Network({
	portal,
	hostName: settings.hostName,
	port: settings.port,
	announcement: { protocol: PROTOCOL_VERSION, firmware: settings.firmware, leds: LED_COUNT },
	built: { ssid: settings.ssid, password: settings.password },
	log: (line) => device.log.info(line),
});
device.start();
network.start();
