/* Owns sets of code points, as character classes of a pattern have them. Knows nothing of patterns.
 * Inside graph/ only.
 */
#ifndef BREAKWATER_GRAPH_CHARACTER_SET_H
#define BREAKWATER_GRAPH_CHARACTER_SET_H

#include "support/array.h"

#include <stdbool.h>
#include <stdint.h>

enum { CODE_POINT_LAST = 0x10FFFF, SURROGATE_FIRST = 0xD800, SURROGATE_LAST = 0xDFFF };

typedef struct CharacterRange {
    uint32_t first, last;
} CharacterRange;

typedef struct CharacterSet {
    ARRAY(CharacterRange) ranges;
} CharacterSet;

void characters_add(Arena *arena, CharacterSet *set, uint32_t first, uint32_t last);
void characters_add_all(Arena *arena, CharacterSet *set, const CharacterSet *other);

/* Sorts the ranges and joins those that touch, so that equal sets have equal ranges. */
void characters_settle(CharacterSet *set);

/* All code points that a settled set lacks, surrogates aside: no text in UTF-8 has any. */
CharacterSet characters_negated(Arena *arena, const CharacterSet *set);

bool characters_have(const CharacterSet *settled, uint32_t code_point);

/* The sets of ECMA-262's escapes \d \w \s and of its dot (22.2.2.9, 12.2, 12.3), settled. */
CharacterSet characters_digits(Arena *arena);
CharacterSet characters_words(Arena *arena);
CharacterSet characters_spaces(Arena *arena);
CharacterSet characters_line_ends(Arena *arena);

#endif
