#include "rom.h"

/*
 * A value whose bytes are in the root's chunk pool must say so by its kind: a clone copies such values, and its
 * collector would otherwise take the bytes for chunks of its own pool, mark them and move them.
 */
static void mark_read_only(txMachine *the, txSlot *slot)
{
	switch (slot->kind) {
	case XS_STRING_KIND: slot->kind = XS_STRING_X_KIND; break;
	case XS_BIGINT_KIND: slot->kind = XS_BIGINT_X_KIND; break;
	case XS_KEY_KIND: slot->kind = XS_KEY_X_KIND; break;
	case XS_CODE_KIND: slot->kind = XS_CODE_X_KIND; break;
	case XS_CALLBACK_KIND: slot->kind = XS_CALLBACK_X_KIND; break;
	case XS_ARGUMENTS_SLOPPY_KIND:
	case XS_ARGUMENTS_STRICT_KIND:
	case XS_ARRAY_KIND:
	case XS_STACK_KIND: {
		txSlot *item = slot->value.array.address;
		txIndex length = item ? (txIndex)fxGetIndexSize(the, slot) : 0;
		for (; length; length--, item++)
			mark_read_only(the, item);
		break;
	}
	default:
		break;
	}
}

/* The root's global object keeps a table of what was looked up in it, filled while running: ROM has a plain object. */
static void forget_look_ups(txMachine *the)
{
	txSlot *global = mxGlobal.value.reference;
	if (global->next && global->next->kind == XS_GLOBAL_KIND) {
		global->flag &= ~XS_EXOTIC_FLAG;
		global->next = global->next->next;
	}
}

void rom_make(txMachine *root)
{
	forget_look_ups(root);
	fxShareMachine(root);
	for (txSlot *heap = root->firstHeap; heap; heap = heap->next) {
		for (txSlot *slot = heap + 1; slot < heap->value.reference; slot++)
			mark_read_only(root, slot);
	}
	for (txSlot *slot = root->stack; slot < root->stackTop; slot++)
		mark_read_only(root, slot);
}
