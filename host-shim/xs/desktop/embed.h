/*
 * Files as bytes in the program.
 */
#ifndef PRISM_EMBED_H
#define PRISM_EMBED_H

#if defined(__APPLE__)
	#define EMBED_SECTION "__TEXT,__const"
	#define EMBED_PREFIX "_"
#else
	#define EMBED_SECTION ".rodata"
	#define EMBED_PREFIX ""
#endif

/** The bytes source_LABEL to source_end_LABEL. The assembler finds the file in the folders that the Makefile names. */
#define EMBED(LABEL, FILE) \
	__asm__(".pushsection " EMBED_SECTION "\n" \
		EMBED_PREFIX "source_" #LABEL ":\n.incbin \"" FILE "\"\n" \
		EMBED_PREFIX "source_end_" #LABEL ":\n.byte 0\n" \
		".popsection\n"); \
	extern const char source_##LABEL[], source_end_##LABEL[];

#endif
