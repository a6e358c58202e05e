/* Owns the telling of descriptions and pacts from other files by what is in them, without reading
 * more than is needed: repositories hold many documents. Knows nothing of what they mean.
 */
#ifndef BREAKWATER_CONTENTS_H
#define BREAKWATER_CONTENTS_H

#include "source/source.h"

typedef enum Contents { CONTENTS_OTHER, CONTENTS_DESCRIPTION, CONTENTS_PACT } Contents;

/* What a file is; what can't be read is CONTENTS_OTHER. */
Contents contents_of(Arena *arena, const Source *source);

/* Adds what the values of `$ref` name beside what is in the same file, without fragments, and what
 * a discriminator maps to that may be a file, by the text alone. False: something is written in a
 * way that only a parser understands. */
typedef ARRAY(Text) References;
bool find_references(Arena *arena, Text bytes, References *references, References *mapped);

/* Whether a reference may lead into another file. */
bool may_refer_out(Arena *arena, Text bytes);

#endif
