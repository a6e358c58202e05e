/* Gives the JSON reader what jansson lacks: a check of nesting, numbers of any size, and the places
 * of its errors. Internal to document/.
 */
#ifndef BREAKWATER_DOCUMENT_JSON_H
#define BREAKWATER_DOCUMENT_JSON_H

#include "document/tree.h"

#include <jansson.h>

/* jansson keeps the last of two equal keys unless told to refuse them. */
#define JSON_FLAGS (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL)

/* The offset of the bracket that opens one level too many, or SIZE_MAX. */
size_t json_find_too_deep(Text text);

/* The size of the value with which a text begins, brackets and all; where it does not end, or is no
 * value, of what looks like one. */
size_t json_value_size(Text text);

/* A copy with a 0 and blanks for each number: jansson refuses those beyond its 64 bits. Offsets
 * stay the same, and text that was not valid does not become so. */
Text json_blank_numbers(Arena *arena, Text text);

/* Says why jansson refused the text. Always false; `syntax` as for json_parse. */
bool json_diagnose(Tree *tree, const json_error_t *error, bool *syntax);

#endif
