import { Portal, SETUP_ADDRESS } from "../../../modules/network/portal.js";
import { WifiManager } from "../../../modules/network/wifi-manager.js";
import { STATE_NAMES, WAITING } from "../../../modules/network/wifi-table.js";
import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { ScriptedWifi } from "../../support/scripted-wifi.js";
import { bodyOf, ServerBench, statusOf, textOf } from "../../support/server.js";

/** A whole server, the portal in front of it, and a Wi-Fi manager that opens and closes the portal. */
class NetworkBench {
	readonly server = new ServerBench();
	readonly port = new ScriptedWifi();
	readonly manager: WifiManager;

	constructor() {
		const { portal: site } = this.server;
		const portal = new Portal();
		Object.assign(site, { answer: portal.answer.bind(portal) });
		const { port } = this;
		port.openSetup = () => {
			site.open = true;
		};
		port.closeSetup = () => {
			site.open = false;
		};
		this.manager = new WifiManager(port);
		portal.onSubmit = (credentials) => this.manager.submitted(credentials);
	}

	get(host: string, path: string): string {
		return this.#ask(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
	}

	/** Asks, and goes away once it has the answer, as a browser that was told `Connection: close`. */
	#ask(request: string): string {
		const { platform } = this.server;
		const peer = platform.connect();
		peer.send(ascii(request));
		platform.settle();
		const answer = textOf(peer.take());
		peer.end();
		platform.settle();
		return answer;
	}

	post(form: string, origin = `http://${SETUP_ADDRESS}`): string {
		const fields = `Host: ${SETUP_ADDRESS}\r\nOrigin: ${origin}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
		const length = `Content-Length: ${form.length}\r\nConnection: close\r\n`;
		return this.#ask(`POST /setup HTTP/1.1\r\n${fields}${length}\r\n${form}`);
	}
}

describe("The server", () => {
	it("answers in every state of the Wi-Fi, and its client stays", () => {
		const k1 = new NetworkBench();
		const { server, manager } = k1;
		const client = server.client();
		const seen = new Set<string>();
		const look = () => {
			seen.add(STATE_NAMES[manager.state]);
			ok(client.say("30 0000").startsWith("824b30"), STATE_NAMES[manager.state]);
			equal(statusOf(k1.get("prism-k1.local", "/")), server.portal.open ? 302 : 200, STATE_NAMES[manager.state]);
		};
		look();
		const time = () => {
			k1.port.elapse();
			manager.time();
		};
		const step = (run: () => void) => {
			run();
			look();
		};
		step(() => manager.start({ ssid: "home", password: "password" }));
		step(() => manager.address());
		for (let i = 0; i < 5; i++) {
			step(() => manager.refused());
			if (manager.state === WAITING) step(time);
		}
		step(() => manager.scanned());
		step(time);
		step(() => manager.address());
		for (let i = 0; i < 10; i++) {
			step(() => manager.lost());
			step(time);
		}
		equal(seen.size, STATE_NAMES.length - 1, "all but the set-up without a network");
	});

	it("shows the set-up's form to a phone, and hands on what was typed", () => {
		const k1 = new NetworkBench();
		const { server, manager } = k1;
		manager.start(undefined);
		const probe = k1.get("captive.apple.com", "/hotspot-detect.html");
		equal(statusOf(probe), 302);
		ok(probe.includes(`Location: http://${SETUP_ADDRESS}/setup\r\n`));
		ok(!probe.includes("Content-Type"), probe);
		const page = k1.get(SETUP_ADDRESS, "/setup");
		equal(statusOf(page), 200);
		ok(page.includes("Cache-Control: no-store\r\n"));
		ok(page.includes("Content-Type: text/html; charset=utf-8\r\n") && !page.includes("Location"), page);
		ok(bodyOf(page).includes('<form method="post" action="/setup">'));
		equal(statusOf(k1.post("ssid=&other=M%C3%BCller&password=a+pass%2Bword")), 200);
		equal(manager.ssid, "M\u00fcller");
		ok(server.client().handshake.includes(" 101 "), "a client may connect meanwhile");
		manager.address();
		equal(statusOf(k1.get(SETUP_ADDRESS, "/setup")), 404);
	});

	it("takes no form from a page elsewhere", () => {
		const k1 = new NetworkBench();
		k1.manager.start(undefined);
		equal(statusOf(k1.post("ssid=evil&other=&password=", "http://evil.example")), 403);
		equal(k1.manager.ssid, "");
	});
});
