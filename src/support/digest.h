/* Gives the SHA-256 of bytes, by which what is equal is known as equal wherever it lies. */
#ifndef BREAKWATER_SUPPORT_DIGEST_H
#define BREAKWATER_SUPPORT_DIGEST_H

#include "support/text.h"

/* 64 lower-case hexadecimal digits. */
Text digest_of(Arena *arena, Text bytes);

#endif
