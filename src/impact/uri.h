/* Owns the reading of the parts of a URI that a pact records: percent-encoding and query strings.
 * Knows nothing of operations.
 */
#ifndef BREAKWATER_IMPACT_URI_H
#define BREAKWATER_IMPACT_URI_H

#include "support/array.h"
#include "support/text.h"

/* Percent-encodes what would be read as a delimiter in a query: `%`, `&`, `=`, `#`, `+`, `?`. */
void uri_encode_query(Buffer *out, Text text);

typedef struct UriPair {
    Text name, value; /* decoded; of "flag" without `=` the value is empty */
} UriPair;
typedef ARRAY(UriPair) UriPairs;

/* The pairs of "a=b&c=d" (`separator` '&', `+` is a space, as HTML forms have it) or of a Cookie
 * header (`separator` ';', blanks around a pair dropped, `+` is itself). */
void uri_pairs(Arena *arena, Text text, char separator, UriPairs *pairs);

/* The parts of a text between separators; one part, the text itself, where there is none. */
typedef ARRAY(Text) Texts;
void text_split(Arena *arena, Text text, char separator, Texts *parts);

#endif
