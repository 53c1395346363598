import Bonjour, { type Service } from "bonjour-service";

/** A device that has announced itself. */
export interface Found {
	/** `prism-k1.local` */
	readonly host: string;
	/** Its first IPv4 address; its name where it has none. */
	readonly address: string;
	readonly port: number;
	readonly firmware: string;
	readonly leds: number;
	/** What `--device` takes. */
	readonly url: string;
}

/** The service that a K1 announces, `_prism._tcp`. */
const TYPE = "prism";

function read({ host, addresses = [], port, txt }: Service): Found {
	const address = addresses.find((each) => each.includes(".")) ?? host;
	return {
		host,
		address,
		port,
		firmware: String(txt?.firmware ?? ""),
		leds: Number(txt?.leds ?? 0),
		url: `ws://${address}${port === 80 ? "" : `:${port}`}/ws`,
	};
}

/** Listens for devices. @param time ms; @param enough ends it before */
export function listen(time: number, signal: AbortSignal, enough: (found: Found) => boolean): Promise<Found[]> {
	const bonjour = new Bonjour();
	const found = new Map<string, Found>();
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", end);
			bonjour.destroy();
			resolve([...found.values()].sort((a, b) => (a.url < b.url ? -1 : 1)));
		};
		const timer = setTimeout(end, time);
		signal.addEventListener("abort", end);
		bonjour.find({ type: TYPE }, (service) => {
			const device = read(service);
			found.set(device.url, device);
			if (enough(device)) end();
		});
	});
}

/** The IP address of the device with this host name; undefined: none has answered. */
export async function findDevice(host: string, time: number, signal: AbortSignal): Promise<string | undefined> {
	const isIt = (found: Found) => found.host.toLowerCase().replace(/\.$/, "") === host.toLowerCase();
	return (await listen(time, signal, isIt)).find(isIt)?.address;
}
