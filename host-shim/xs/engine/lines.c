/*
 * Which line of which file runs. An engine built without its debugger does not follow lines while it runs, so they
 * are found when somebody asks: the byte code of a function, compiled with lines, has them from its start up to where
 * it is.
 */
#include "lines.h"

#include "xsScript.h"

extern const txS1 gxCodeSizes[];

/* The function's frame gets the file and line of `code`, the place where it is. */
static void find_line(txSlot *frame, txByte *code)
{
	txSlot *function = frame + 3;
	if ((frame->flag & XS_C_FLAG) || function->kind != XS_REFERENCE_KIND || !code)
		return;
	txSlot *body = function->value.reference->next;
	if (!body || (body->kind != XS_CODE_KIND && body->kind != XS_CODE_X_KIND))
		return;
	txSlot *environment = mxFrameToEnvironment(frame);
	txByte *p = body->value.code.address;
	while (p < code) {
		txByte *operand = p + 1;
		txS1 size = gxCodeSizes[*(txU1 *)p];
		if (*(txU1 *)p == XS_CODE_FILE) {
			mxDecodeID(operand, environment->ID);
			p = operand;
		}
		else if (*(txU1 *)p == XS_CODE_LINE) {
			txS2 line;
			mxDecode2(operand, line);
			environment->value.environment.line = (txU2)line;
			p = operand;
		}
		else if (size > 0)
			p += size;
		else if (size == 0)
			p += 1 + sizeof(txID);
		else if (size == -1)
			p += 2 + *(txU1 *)operand;
		else if (size == -2) {
			txU2 length;
			mxDecode2(operand, length);
			p = operand + length;
		}
		else {
			txS4 length;
			mxDecode4(operand, length);
			p = operand + length;
		}
	}
}

static void find_lines(txMachine *the)
{
	txByte *code = the->code;
	for (txSlot *frame = the->frame; frame; frame = frame->next) {
		find_line(frame, code);
		code = frame->value.frame.code;
	}
}

void lines_describe(txMachine *the, char *text, size_t size)
{
	find_lines(the);
	for (txSlot *frame = the->frame; frame; frame = frame->next) {
		txSlot *environment = mxFrameToEnvironment(frame);
		if ((frame->flag & XS_C_FLAG) || environment->ID == XS_NO_ID || frame[3].kind != XS_REFERENCE_KIND)
			continue;
		char name[80] = "";
		fxBufferFunctionName(the, name, sizeof(name), frame[3].value.reference, "");
		c_snprintf(text, size, "in %s at %s:%d", name, fxGetKeyName(the, environment->ID),
			(int)environment->value.environment.line);
		return;
	}
}

/* The engine's own, under another name: see the Makefile. */
extern void fxCaptureErrorStackOfEngine(txMachine *the, txSlot *internal, txSlot *frame);

/* An Error keeps the lines of the functions that led to it. */
void fxCaptureErrorStack(txMachine *the, txSlot *internal, txSlot *frame)
{
	find_lines(the);
	fxCaptureErrorStackOfEngine(the, internal, frame);
}
