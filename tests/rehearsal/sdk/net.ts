/** `net`: modules/network/net/esp/modNet.c. */
const Net = {
	/** Without an interface it is that of the mode, and none where both are up (getNIF). */
	get(property: string, which?: string): string | undefined {
		const { mode } = chip.radio;
		if (property !== "IP" || mode === 0) return undefined;
		if (which === "ap") return mode & 2 ? "192.168.4.1" : undefined;
		if (which !== "station" && mode !== 1) return mode === 2 ? "192.168.4.1" : undefined;
		return mode & 1 && chip.radio.joined ? "192.168.1.42" : undefined;
	},
};

export default Net;
