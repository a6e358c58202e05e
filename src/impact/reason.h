/* Owns the vocabulary of reasons, made from reason.def: why an interaction is not satisfied, and
 * which kinds of change can make it so. Inside impact/ only. Knows nothing of interactions.
 */
#ifndef BREAKWATER_IMPACT_REASON_H
#define BREAKWATER_IMPACT_REASON_H

#include "diff/change.h"

typedef enum ReasonId {
#define REASON(id, word, flags, causes, detail) REASON_##id,
#include "impact/reason.def"
#undef REASON
    REASON_COUNT
} ReasonId;

/* Short for notes and tests: "property-optional". */
const char *reason_word(ReasonId id);

/* The flags of the reason's row. */
bool reason_is_of_values(ReasonId id);
bool reason_is_opaque(ReasonId id);
bool reason_is_one_more(ReasonId id);

/* Whether a change of this kind can make it. */
bool reason_comes_of(ReasonId id, ChangeKind kind);

/* Whether a reason that the base gave at a place leaves open, of itself, what another one of the
 * same place and level says. `same`: both have the same detail. */
bool reason_covers(ReasonId base, ReasonId reason, bool same);

#endif
