/* Gives the YAML 1.2 core schema (YAML 1.2.2 section 10.3): which kind of value a plain scalar is.
 * Knows nothing of libyaml. Internal to document/.
 */
#ifndef BREAKWATER_DOCUMENT_SCALAR_H
#define BREAKWATER_DOCUMENT_SCALAR_H

#include "document/document.h"

/* The kind of a scalar, plain or else quoted or a block, with its tag (empty if it has none). A tag
 * of the core schema is held to, others say nothing to us. `.inf` and `.nan` are strings: JSON has
 * no such numbers. Gives NULL, or what the tag says that the scalar is not: "an integer". */
const char *scalar_tagged_kind(Text text, bool plain, Text tag, NodeKind *kind);

/* Whether it is the key by which mappings are merged (https://yaml.org/type/merge.html). */
bool scalar_is_merge(Text text, bool plain, Text tag);

/* true, True or TRUE, of the words that are NODE_BOOLEAN. */
bool scalar_is_true(Text word);

/* A number in decimal digits, where it is written in hexadecimal or octal ones. */
Text scalar_decimal(Arena *arena, Text number);

#endif
