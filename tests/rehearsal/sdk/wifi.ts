/** `wifi`: modules/network/wifi/esp32/wifi.js and xs6wifi.c. */
type Item = { ssid: string; rssi: number } | null;

/** Room for a network's name and password, bytes (wifi_sta_config_t). */
const SSID = 32;
const PASSWORD = 64;

export default class WiFi {
	constructor(options: object | undefined, callback: (message: string, reason?: number) => void) {
		if (options) throw new Error("this fake connects by WiFi.connect alone");
		chip.radio.listen(callback);
	}

	static set mode(mode: number) {
		if (mode !== 1) throw new Error("invalid mode");
		chip.radio.setMode(mode);
	}

	static get mode(): number {
		return chip.radio.mode;
	}

	static connect(options: { ssid: string; password?: string }): void {
		if (!options.ssid) throw new Error("ssid required");
		if (options.ssid.length > SSID) throw new Error("ssid too long - 32 bytes max");
		if ((options.password ?? "").length > PASSWORD) throw new Error("password too long - 64 bytes max");
		if (chip.radio.mode === 0) chip.radio.setMode(1);
		chip.radio.connect(options.ssid, options.password ?? "");
	}

	static disconnect(): void {
		chip.radio.disconnect();
	}

	/** Returns before the access point has started; its network comes up with the start event. */
	static accessPoint(options: { ssid: string; station?: boolean }): void {
		if (chip.accessPointFails > 0) {
			chip.accessPointFails--;
			throw new Error("esp_wifi_set_mode failed");
		}
		chip.radio.setMode(options.station ? 3 : 2);
	}

	static scan(_options?: object, callback?: (item: Item) => void): void {
		if (callback) chip.radio.scan(callback);
		else chip.radio.stopScan();
	}
}
