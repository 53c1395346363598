/*
 * Where the emulated core begins, and what it does with an exception. The call0 ABI: a1 is the stack, a2 and up are
 * arguments, and a2 the result.
 */

	/* Reset vector. QEMU starts here, whatever entry the ELF file names. */
	.section .reset.vector, "ax"
	.global _reset
_reset:
	j 1f
	.align 4
	.literal_position
1:	movi a0, _start
	jx a0

	/*
	 * Exception vectors of the core, 32 bytes apart: kernel mode, user mode, and an exception within an exception. There is no going
	 * back from any of them, so nothing is saved.
	 */
	.section .exception.vectors, "ax"
	j exception
	.org 0x20
	j exception
	.org 0x40
	j exception
	.align 4
	.literal_position
exception:
	movi a1, __stack
	rsr a2, exccause
	rsr a3, excvaddr
	rsr a4, epc1
	movi a0, xtensa_exception
	jx a0

	.section .text.start, "ax"
	.literal_position
	.align 4
	.global _start
_start:
	movi a1, __stack
	movi a2, __bss_start
	movi a3, __bss_end
	movi a4, 0
1:	bgeu a2, a3, 2f
	s32i a4, a2, 0
	addi a2, a2, 4
	j 1b
2:	/* PS: interrupt level 0, user vector mode, exceptions allowed. */
	movi a2, 0x20
	wsr a2, ps
	rsync
	call0 xtensa_main
3:	j 3b

	/* int xtensa_simcall(int call, int a, int b, int c, int *error): ask the emulator; error gets its errno. */
	.text
	.align 4
	.global xtensa_simcall
xtensa_simcall:
	mov a7, a6
	simcall
	s32i a3, a7, 0
	ret

	/* unsigned xtensa_ccount(void) */
	.align 4
	.global xtensa_ccount
xtensa_ccount:
	rsr a2, ccount
	ret
