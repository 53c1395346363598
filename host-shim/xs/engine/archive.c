#include "archive.h"

#include "xsScript.h"

extern const txS1 gxCodeSizes[];

/* A code's size in bytes when positive; otherwise what follows the code: */
enum {
	SIZE_ID = 0, /* an identifier */
	SIZE_LENGTH_1 = -1, /* a length of one byte and that many bytes */
	SIZE_LENGTH_2 = -2,
	SIZE_LENGTH_4 = -4
};

static txU1 in_place(txU1 code)
{
	switch (code) {
	case XS_CODE_CODE_1: return XS_CODE_CODE_ARCHIVE_1;
	case XS_CODE_CODE_2: return XS_CODE_CODE_ARCHIVE_2;
	case XS_CODE_CODE_4: return XS_CODE_CODE_ARCHIVE_4;
	case XS_CODE_STRING_1: return XS_CODE_STRING_ARCHIVE_1;
	case XS_CODE_STRING_2: return XS_CODE_STRING_ARCHIVE_2;
	case XS_CODE_STRING_4: return XS_CODE_STRING_ARCHIVE_4;
	default: return code;
	}
}

/* The script's own table of names as identifiers of the machine; the first entry stands for "no name". */
static txID *intern_symbols(txMachine *the, txScript *script, txID *count)
{
	txByte *p = script->symbolsBuffer;
	mxDecodeID(p, *count);
	txID *ids = c_malloc(*count * sizeof(txID));
	if (!ids)
		fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
	ids[0] = XS_NO_ID;
	for (txID i = 1; i < *count; i++) {
		ids[i] = fxNewNameC(the, (txString)p);
		p += c_strlen((char *)p) + 1;
	}
	return ids;
}

static txByte *map_id(txByte *p, const txID *ids)
{
	txByte *q = p;
	txID id;
	mxDecodeID(q, id);
	if (id != XS_NO_ID) {
		id = ids[id];
		mxEncodeID(p, id);
	}
	return q;
}

static void rewrite_code(txScript *script, const txID *ids)
{
	txByte *p = script->codeBuffer;
	txByte *end = p + script->codeSize;
	while (p < end) {
		txU1 code = *(txU1 *)p;
		txS1 size = gxCodeSizes[code];
		*(txU1 *)p = in_place(code);
		if (size > 0)
			p += size;
		else if (size == SIZE_ID)
			p = map_id(p + 1, ids);
		else if (size == SIZE_LENGTH_1) {
			p++;
			p += 1 + *(txU1 *)p;
		}
		else if (size == SIZE_LENGTH_2) {
			txU2 length;
			p++;
			mxDecode2(p, length);
			p += length;
		}
		else {
			txS4 length;
			p++;
			mxDecode4(p, length);
			p += length;
		}
	}
}

/* The table of natives: a count, then for each the number of its parameters, an identifier and a name. */
static void rewrite_hosts(txScript *script, const txID *ids)
{
	txByte *p = script->hostsBuffer;
	txID count;
	mxDecodeID(p, count);
	while (count--) {
		p = map_id(p + 1, ids);
		p += c_strlen((char *)p) + 1;
	}
}

void archive_script(txMachine *the, txScript *script)
{
	txID count;
	txID *ids = intern_symbols(the, script, &count);
	rewrite_code(script, ids);
	if (script->hostsBuffer)
		rewrite_hosts(script, ids);
	c_free(ids);
	/* Without it the engine takes the code as it is, and never frees it. */
	c_free(script->symbolsBuffer);
	script->symbolsBuffer = NULL;
	script->symbolsSize = 0;
}
