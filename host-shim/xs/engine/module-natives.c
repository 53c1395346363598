#include "module-natives.h"

#include "xsmc.h"

void xs_prism_unmask(xsMachine *the);
void xs_prism_crc32(xsMachine *the);
void xs_prism_crc32_combine(xsMachine *the);
void xs_prism_sha1(xsMachine *the);
void xs_prism_copy(xsMachine *the);
void xs_prism_compare(xsMachine *the);
void xs_prism_find(xsMachine *the);
void xs_prism_all_of(xsMachine *the);
void xs_prism_filled(xsMachine *the);
void xs_prism_read_u16(xsMachine *the);
void xs_prism_read_u32(xsMachine *the);
void xs_prism_write_u16(xsMachine *the);
void xs_prism_write_words(xsMachine *the);
void xs_prism_decode_latin1(xsMachine *the);
void xs_prism_encode_base64(xsMachine *the);
void xs_prism_encode_utf8(xsMachine *the);
void xs_prism_utf8(xsMachine *the);
void xs_prism_take_field(xsMachine *the);
void xs_prism_has_member(xsMachine *the);
void xs_prism_is_digits(xsMachine *the);
void xs_prism_is_ipv4(xsMachine *the);
void xs_prism_is_key(xsMachine *the);
void xs_prism_decode(xsMachine *the);
void xs_prism_write_list(xsMachine *the);
void xs_prism_paint(xsMachine *the);
void xs_prism_paint_delayed(xsMachine *the);
void xs_prism_mix(xsMachine *the);
void xs_prism_drive(xsMachine *the);
void xs_prism_dim(xsMachine *the);
void xs_prism_write_levels(xsMachine *the);
void xs_prism_write_signal(xsMachine *the);
void xs_prism_whole_message(xsMachine *the);
void xs_prism_write_header(xsMachine *the);

const Native module_natives[] = {
	NATIVE(xs_prism_unmask),
	NATIVE(xs_prism_crc32),
	NATIVE(xs_prism_crc32_combine),
	NATIVE(xs_prism_sha1),
	NATIVE(xs_prism_copy),
	NATIVE(xs_prism_compare),
	NATIVE(xs_prism_find),
	NATIVE(xs_prism_all_of),
	NATIVE(xs_prism_filled),
	NATIVE(xs_prism_read_u16),
	NATIVE(xs_prism_read_u32),
	NATIVE(xs_prism_write_u16),
	NATIVE(xs_prism_write_words),
	NATIVE(xs_prism_decode_latin1),
	NATIVE(xs_prism_encode_base64),
	NATIVE(xs_prism_encode_utf8),
	NATIVE(xs_prism_utf8),
	NATIVE(xs_prism_take_field),
	NATIVE(xs_prism_has_member),
	NATIVE(xs_prism_is_digits),
	NATIVE(xs_prism_is_ipv4),
	NATIVE(xs_prism_is_key),
	NATIVE(xs_prism_decode),
	NATIVE(xs_prism_write_list),
	NATIVE(xs_prism_paint),
	NATIVE(xs_prism_paint_delayed),
	NATIVE(xs_prism_mix),
	NATIVE(xs_prism_drive),
	NATIVE(xs_prism_dim),
	NATIVE(xs_prism_write_levels),
	NATIVE(xs_prism_write_signal),
	NATIVE(xs_prism_whole_message),
	NATIVE(xs_prism_write_header),
	NATIVES_END
};
