import Bonjour from "bonjour-service";
import { type Announcement, numberedName, SERVICE_TYPES, txtEntries } from "../../modules/network/services.js";

/** How long to listen for others of the same name, ms: the three probes of RFC 6762, 8.1, and an answer's way. */
const LISTEN = 1000;

/** What other devices announce: their names and host names, in lower case. */
async function takenNames(bonjour: Bonjour): Promise<Set<string>> {
	const taken = new Set<string>();
	const browsers = SERVICE_TYPES.map((type) =>
		bonjour.find({ type: shortType(type) }, ({ name, host }) => {
			taken.add(name.toLowerCase());
			taken.add(host.toLowerCase().replace(/\.local\.?$/, ""));
		}),
	);
	await new Promise((resolve) => setTimeout(resolve, LISTEN));
	for (const browser of browsers) browser.stop();
	return taken;
}

/** `_prism._tcp` is `prism` to the library. */
function shortType(type: string): string {
	return type.slice(1, type.indexOf("."));
}

/**
 * Advertises a simulated K1 on the local network as the device does itself: `hostName.local`, or the first numbered name
 * that nobody has, with both services and their TXT record. Returns the name and what takes all
 * of it back.
 * @param port of the HTTP server
 */
export async function advertise(
	hostName: string,
	port: number,
	announcement: Announcement,
): Promise<{ name: string; end: () => Promise<void> }> {
	const bonjour = new Bonjour();
	const taken = await takenNames(bonjour);
	let tries = 1;
	while (taken.has(numberedName(hostName, tries).toLowerCase())) tries++;
	const name = numberedName(hostName, tries);
	const host = `${name}.local`;
	const txt = Object.fromEntries(txtEntries(announcement));
	for (const type of SERVICE_TYPES) bonjour.publish({ name, type: shortType(type), port, host, txt, probe: false });
	const end = () =>
		new Promise<void>((resolve) => {
			bonjour.unpublishAll(() => bonjour.destroy(() => resolve()));
		});
	return { name, end };
}
