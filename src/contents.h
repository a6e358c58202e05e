/* Owns the telling of descriptions and pacts from other files by what is in them, without reading
 * more than is needed: repositories hold many documents. Knows nothing of what they mean.
 */
#ifndef BREAKWATER_CONTENTS_H
#define BREAKWATER_CONTENTS_H

#include "source/source.h"

typedef enum Contents { CONTENTS_OTHER, CONTENTS_DESCRIPTION, CONTENTS_PACT } Contents;

/* What a file is; what can't be read is CONTENTS_OTHER. */
Contents contents_of(Arena *arena, const Source *source);

/* Whether a `$ref` may lead into another file, by the text alone: one that begins with `#` does
 * not, and whatever else is not understood here does. */
bool may_refer_out(Text bytes);

#endif
