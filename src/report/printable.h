/* Gives text that does no harm where it is shown: what a document says may hold control characters
 * that a terminal obeys, or turn the reading direction round. Knows nothing of what is shown.
 */
#ifndef BREAKWATER_REPORT_PRINTABLE_H
#define BREAKWATER_REPORT_PRINTABLE_H

#include "support/text.h"

#define NOT_A_CODE_POINT UINT32_MAX

/* The code point at *offset, which moves behind it; behind one byte, with NOT_A_CODE_POINT, where
 * the bytes are no UTF-8 (RFC 3629). *offset must be within the text. */
uint32_t utf8_next(Text text, size_t *offset);

/* The text with control and bidirectional formatting characters written as escapes ("\n", "\u001b")
 * and U+FFFD for bytes that are no UTF-8; the text itself where it has none of these. With
 * `keep_lines`, line feeds stay. */
Text text_printable(Arena *arena, Text text, bool keep_lines);

#endif
