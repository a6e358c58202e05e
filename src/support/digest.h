/* Gives the SHA-256 of bytes, by which what is equal is known as equal wherever it lies, and bytes
 * as text (RFC 4648). */
#ifndef BREAKWATER_SUPPORT_DIGEST_H
#define BREAKWATER_SUPPORT_DIGEST_H

#include "support/text.h"

/* 64 lower-case hexadecimal digits. */
Text digest_of(Arena *arena, Text bytes);

/* Base 64 with padding. */
Text text_base64(Arena *arena, Text bytes);

#endif
