/* Owns what the names of formats ask of a text (JSON Schema 2020-12 validation 7.3, and the OpenAPI
 * Initiative's registry). Inside graph/ only. Knows nothing of schemas.
 */
#ifndef BREAKWATER_GRAPH_FORMAT_TEXTS_H
#define BREAKWATER_GRAPH_FORMAT_TEXTS_H

#include "graph/pattern.h"

/* Whether a text is one of the format. Unproven is what its standard refuses and readers in wide
 * use take, and what is not decided; formats that are not known take every text. */
Acceptance format_accepts(Patterns *patterns, Text format, Text text);

/* The same of a number beside a format of integers. */
Acceptance format_accepts_number(Text format, Text digits);

/* A pattern that all texts match which a format may be read of, and others may; empty: none is
 * known. */
Text format_pattern(Text format);

#endif
