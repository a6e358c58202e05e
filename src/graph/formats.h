/* Owns what formats mean: which values one takes as compared with another. Registered are those of
 * JSON Schema 2020-12 (validation 7.3) and of the OpenAPI Initiative's registry of formats; of
 * others nothing is known but whether two are the same.
 */
#ifndef BREAKWATER_GRAPH_FORMATS_H
#define BREAKWATER_GRAPH_FORMATS_H

#include "graph/graph.h"

bool format_is_registered(Text format);

/* Whether it is one of numbers, which strings may be written in too ("int64" beside `type:
 * string`). */
bool format_is_of_numbers(Text format);

/* Whether it is one of texts alone: beside a number it says nothing (validation 7.2.1). */
bool format_is_of_texts(Text format);

/* Whether it takes every value of the kinds: a hint for editors, or what `type` says already. */
bool format_is_idle(Text format, KindSet kinds);

/* Whether it is known that each value of `narrow` is one of `wide`. */
bool format_includes(Text wide, Text narrow);

/* A text of a format; empty: none is known. */
Text format_example(Text format);

/* 3.0's format `byte` is `contentEncoding: base64` in 3.1, and `binary` is a `contentMediaType`:
 * what a format says is written as. Empty for any other. */
Text format_as_encoding(Text format);
Text format_as_media_type(Text format);

/* The least and greatest value of a format of integers; false for any other. */
bool format_range(Text format, Text *least, Text *greatest);

#endif
