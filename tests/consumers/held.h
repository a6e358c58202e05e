/* Owns how a description and a pact that were made up come to the program, and what it says of
 * them. Knows nothing of what is right.
 */
#ifndef BREAKWATER_CONSUMERS_HELD_H
#define BREAKWATER_CONSUMERS_HELD_H

#include "impact/impact.h"
#include "load/load.h"

typedef struct Reader {
    Arena *arena;
    Diagnostics *diagnostics;
    uint32_t *next_type_id;
} Reader;

/* `GET /x` answers, and `POST /x` takes, what the schema says. NULL: it is none. */
Api *read_description(const Reader *reader, Text schema, Text components);

bool read_pact(const Reader *reader, Text pact, Expectations *expectations);

Outcome *hold_one(const Reader *reader, const Api *api, const Interaction *interaction);

const VerdictReport *judge_both(const Reader *reader, const Api *base, const Api *revision,
                                const Expectations *expectations);

#endif
