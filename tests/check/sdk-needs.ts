/**
 * What the SDK's sources that our manifests name need of each other, read in the Moddable SDK 8.2.3: a C file's headers, the C file
 * behind a module's natives, and a module's imports. mcconfig does not follow any of them; what is missing shows itself only
 * when the C compiler or the linker for the chip comes to it.
 */
export const SDK_VERSION = "8.2.3";

const COMMON = "$(MODDABLE)/modules/io/common/builtinCommon";
const LWIP = "$(MODULES)/network/socket/lwip/*";
const TCP = "$(MODDABLE)/modules/io/socket/lwip/tcp";
const DNS = "$(MODULES)/network/dns/dns";
const PARSER = "$(MODULES)/network/dns/dnsparser";
const SERIALIZER = "$(MODULES)/network/dns/dnsserializer";
const SOCKET = "$(MODULES)/network/socket/*";
const NET = "$(MODULES)/network/net/net";

/** For each entry of a manifest, a module or an included manifest: the entries it does not work without. */
export const NEEDS: Readonly<Record<string, readonly string[]>> = {
	// builtinCommon.h and its natives' helpers.
	"$(MODDABLE)/modules/io/flash/manifest.json": [COMMON],
	// builtinCommon.h, modLwipSafe.h.
	[TCP]: [COMMON, LWIP],
	"$(MODDABLE)/modules/io/socket/lwip/udp": [COMMON, LWIP],
	// Its natives are in tcp.c.
	"$(MODDABLE)/modules/io/socket/lwip/listener": [TCP],
	"$(MODDABLE)/modules/io/socket/$(PLATFORM)/tcp": [COMMON],
	"$(MODDABLE)/modules/io/socket/$(PLATFORM)/listener": ["$(MODDABLE)/modules/io/socket/$(PLATFORM)/tcp"],
	// modSocket.c behind socket.js, modSocket.h beside that.
	[SOCKET]: [LWIP],
	[LWIP]: [SOCKET],
	// modNet.c and modResolve.c.
	[NET]: ["$(MODULES)/network/net/esp/*"],
	[PARSER]: ["$(MODULES)/network/dns/moddnsparser"],
	[SERIALIZER]: [DNS],
	"$(MODULES)/network/dns/dnsserver": [SOCKET],
	"$(MODDABLE)/modules/io/dnssd/dnssd": [DNS, PARSER, SERIALIZER, NET],
	// Whole as they are.
	[COMMON]: [],
	[DNS]: [],
	"$(MODULES)/network/dns/moddnsparser": [],
	"$(MODULES)/network/net/esp/*": [],
	"$(MODULES)/network/wifi/manifest.json": [],
	"$(BUILD)/devices/esp32/modules/resetReason/manifest.json": [],
	"$(MODULES)/files/file/manifest.json": [],
	"$(MODDABLE)/examples/manifest_base.json": [],
	"$(MODULES)/base/modules/manifest.json": [],
};
