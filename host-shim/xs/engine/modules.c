#include "modules.h"

#include "archive.h"
#include "natives.h"
#include "port.h"
#include "xsScript.h"

typedef struct Module Module;
struct Module {
	Module *next;
	txScript *script;
	txHostFunctionBuilder *builders; /* its natives; the machine's functions point here */
	txInteger builderCount;
	char path[];
};

typedef struct {
	const char *text;
	size_t offset;
	size_t length;
} Source;

static Module *modules; /* all that were parsed */
static const Module *building; /* whose natives fxBuildHosts is to build next */
static char complaint[256]; /* the parser's first, with its place */

static int next_byte(void *stream)
{
	Source *source = stream;
	return source->offset < source->length ? (txU1)source->text[source->offset++] : C_EOF;
}

static void keep_complaint(void *console, txString path, txInteger line, txString format, c_va_list arguments)
{
	(void)console;
	if (complaint[0])
		return;
	int length = c_snprintf(complaint, sizeof(complaint), "%s:%d: ", path ? path : "?", (int)line);
	if (length > 0 && (size_t)length < sizeof(complaint))
		c_vsnprintf(complaint + length, sizeof(complaint) - length, format, arguments);
}

static void ignore_warning(void *console, txString path, txInteger line, txString format, c_va_list arguments)
{
	(void)console;
	(void)path;
	(void)line;
	(void)format;
	(void)arguments;
}

/* The parser works on memory of its own; the machine lends its name tables only. NULL when the text is no module. */
static txScript *parse(txMachine *the, Source *source, const char *path)
{
	txParser parser;
	txParserJump jump;
	txScript *volatile script = NULL;
	complaint[0] = 0;
	fxInitializeParser(&parser, the, the->parserBufferSize, the->parserTableModulo);
	parser.firstJump = &jump;
	parser.reportError = keep_complaint;
	parser.reportWarning = ignore_warning;
	if (c_setjmp(jump.jmp_buf) == 0) {
		txUnsigned flags = mxCFlag | (port_wants_lines() ? mxDebugFlag : 0);
		parser.path = fxNewParserSymbol(&parser, (txString)path);
		fxParserTree(&parser, source, next_byte, flags, NULL);
		fxParserHoist(&parser);
		fxParserBind(&parser);
		if (parser.errorCount == 0)
			script = fxParserCode(&parser);
	}
	fxTerminateParser(&parser);
	return script;
}

/* The table of natives in the script, made into what fxBuildHosts takes. */
static void bind_natives(txMachine *the, Module *module)
{
	txByte *p = module->script->hostsBuffer;
	txID count;
	if (!p)
		return;
	mxDecodeID(p, count);
	module->builders = c_calloc(count, sizeof(txHostFunctionBuilder));
	if (!module->builders)
		fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
	module->builderCount = count;
	for (txID i = 0; i < count; i++) {
		txHostFunctionBuilder *builder = &module->builders[i];
		builder->length = *(txS1 *)p++;
		mxDecodeID(p, builder->id);
		builder->callback = (txCallback)native_find((const char *)p);
		if (!builder->callback)
			fxThrowMessage(the, NULL, 0, XS_REFERENCE_ERROR, "%.60s: no native %.40s", module->path, (char *)p);
		p += c_strlen((char *)p) + 1;
	}
}

static void build_natives(txMachine *the)
{
	fxBuildHosts(the, building->builderCount, building->builders);
	mxPullSlot(mxResult);
}

static Module *find(const char *path)
{
	for (Module *module = modules; module; module = module->next) {
		if (!c_strcmp(module->path, path))
			return module;
	}
	return NULL;
}

static Module *parsed(txMachine *the, const char *path)
{
	Module *module = find(path);
	if (module)
		return module;
	Source source = { NULL, 0, 0 };
	source.text = port_source(path, &source.length);
	if (!source.text)
		fxThrowMessage(the, NULL, 0, XS_REFERENCE_ERROR, "module \"%.100s\" not found", path);
	txScript *script = parse(the, &source, path);
	port_release_source(source.text);
	if (!script)
		fxThrowMessage(the, NULL, 0, XS_SYNTAX_ERROR, "%.120s", complaint);
	archive_script(the, script);

	size_t length = c_strlen(path) + 1;
	module = c_calloc(1, sizeof(Module) + length);
	if (!module)
		fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
	c_memcpy(module->path, path, length);
	module->script = script;
	module->next = modules;
	modules = module;
	bind_natives(the, module);
	if (module->builderCount)
		script->callback = build_natives;
	return module;
}

void module_parse(txMachine *the, const char *path)
{
	(void)parsed(the, path);
	(void)fxNewNameC(the, (txString)path);
}

void module_release_all(void)
{
	while (modules) {
		Module *module = modules;
		modules = module->next;
		fxDeleteScript(module->script);
		c_free(module->builders);
		c_free(module);
	}
}

/* `./` and `../` of the specifier against the importing module's folder. False when the path gets too long. */
static int resolve(char *path, size_t size, const char *importer, const char *specifier)
{
	const char *slash = c_strrchr(importer, '/');
	size_t length = slash ? (size_t)(slash - importer) : 0;
	if (length >= size)
		return 0;
	c_memcpy(path, importer, length);
	while (*specifier == '.') {
		if (specifier[1] == '/')
			specifier += 2;
		else if (specifier[1] == '.' && specifier[2] == '/') {
			specifier += 3;
			while (length && path[--length] != '/')
				;
		}
		else
			break;
	}
	int written = c_snprintf(path + length, size - length, "/%s", specifier);
	return written > 0 && (size_t)written < size - length;
}

/* XS asks which module a specifier means; the answer is the identifier of its path. */
txID fxFindModule(txMachine *the, txSlot *realm, txID moduleID, txSlot *slot)
{
	char specifier[1024];
	char path[1024];
	(void)realm;
	fxToStringBuffer(the, slot, specifier, sizeof(specifier));
	if (specifier[0] == '/')
		return fxNewNameC(the, specifier);
	if (specifier[0] != '.')
		return port_has_module(specifier) ? fxNewNameC(the, specifier) : XS_NO_ID;
	if (moduleID == XS_NO_ID || !resolve(path, sizeof(path), fxGetKeyName(the, moduleID), specifier))
		return XS_NO_ID;
	return fxNewNameC(the, path);
}

/* XS asks for a module's body. */
void fxLoadModule(txMachine *the, txSlot *module, txID moduleID)
{
	Module *found = parsed(the, fxGetKeyName(the, moduleID));
	building = found;
	fxResolveModule(the, module, moduleID, found->script, NULL, NULL);
}
