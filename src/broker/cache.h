/* Owns what a broker answered before: contents under their SHA-256, and for each question the
 * digest of its newest answer. Inside broker/ only. Knows nothing of HTTP and of what is asked.
 *
 * FOLDER/contents/DIGEST holds an answer's bytes, FOLDER/answers/DIGEST-OF-QUESTION four lines:
 * digest, content type, date, URL. Files appear whole, so that runs side by side share a folder.
 */
#ifndef BREAKWATER_BROKER_CACHE_H
#define BREAKWATER_BROKER_CACHE_H

#include "support/text.h"

typedef struct StoredAnswer {
    Text url, content_type;
    Text date; /* "2026-11-25T15:30:00Z" */
    Text body;
} StoredAnswer;

/* False: nothing is stored, or not what was. */
bool cache_find(Arena *arena, Text folder, Text question, StoredAnswer *answer);

/* Stores an answer under today's date. False: errno says why. */
bool cache_put(Arena *arena, Text folder, Text question, const StoredAnswer *answer);

#endif
