/** The same functions as modules/bytes/bytes.ts, as natives; described there. */
export {
	allOf,
	compare,
	copy,
	crc32,
	crc32Combine,
	decodeLatin1,
	encodeUtf8,
	filled,
	find,
	sha1,
	unmask,
	utf8,
} from "../bytes.js";
