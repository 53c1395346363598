import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import flash from "embedded:storage/flash";
import { heapSize, heapUsed, systemFree, systemLargest } from "host-shim/platform/heap";
import Leds from "host-shim/platform/leds";
import Network from "host-shim/platform/network";
import { openPage } from "host-shim/platform/page";
import { restarts, startReason } from "host-shim/platform/system";
import config from "mc/config";
import Time from "time";
import Timer from "timer";
import { Device, LED_COUNT, PROTOCOL_VERSION } from "./modules/device/device.js";
import { readSettings } from "./modules/device/settings.js";
import { JOINING, READY, SET_UP } from "./modules/lamp/first-light.js";
import { Portal } from "./modules/network/portal.js";

const reason = startReason();
const complaints: string[] = [];
const settings = readSettings(config, (sentence) => complaints.push(sentence));

const portal = new Portal();
const device = new Device({
	settings,
	platform: {
		socket: (options) => new TCP(options),
		listen: (port, onReadable) => new Listener({ port, onReadable }),
		timer: Timer,
	},
	flash: () => flash.open({ path: "patterns", mode: "r+" }),
	leds: () => new Leds({ pins: settings.ledPins }),
	crashed: reason.crashed,
	restarts,
	heap: { size: heapSize, used: heapUsed, largestFree: systemLargest },
	page: openPage(),
	portal,
	ticks: () => Time.ticks,
	print: (line) => trace(`${line}\n`),
});
device.log.info(`PRISM K1 firmware ${settings.firmware}, started: ${reason.text}`);
for (const complaint of complaints) device.log.warn(complaint);

// The server listens when the network says that there is one: the SDK's sockets throw before.
const network = new Network({
	portal,
	hostName: settings.hostName,
	port: settings.port,
	announcement: { protocol: PROTOCOL_VERSION, firmware: settings.firmware, leds: LED_COUNT },
	built: { ssid: settings.ssid, password: settings.password },
	now: () => device.clock.now(),
	onNetwork: () => device.listen(),
	onState: (state) => device.setCondition(state === "ready" ? READY : state === "set-up" ? SET_UP : JOINING),
	onName: (name) => device.answerTo(name),
	log: (line) => device.log.info(line),
});
device.start();
network.start();
const free = systemFree();
// Only a chip tells what is free outside of the heap.
const outside = free === 0 ? "" : `; outside of it ${free} free, ${systemLargest()} in one piece`;
device.log.info(`memory: ${heapUsed()} of ${heapSize()} bytes of the script's heap in use${outside}`);
