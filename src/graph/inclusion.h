/* Owns the proof that one set of values is within another, by meaning alone: however the two are
 * put together of `allOf`, `anyOf`, `oneOf`, `not`, `if` and the keywords of the kinds. Gives a
 * proof or none. Knows nothing of where two types differ.
 *
 * What is to be shown is kept as "these values are among those of this or that schema". The values
 * are split by kind and variant; a `not` on their side is one more schema that may take them, one
 * on the other side is met with them; and what a schema of several demands leaves out is asked of
 * the rest, demand by demand. Whatever can't be written down of the values is left away, so that
 * there are more of them and never less: a proof stays one. A question met again below itself, for
 * values within values, is taken to be answered well (coinduction).
 */
#ifndef BREAKWATER_GRAPH_INCLUSION_H
#define BREAKWATER_GRAPH_INCLUSION_H

#include "graph/canonical.h"

typedef struct Prover Prover;

/* Remembers what was found out, and bounds the work of a run. */
Prover *prover_new(Canonicals *canonicals);

/* Whether it is proven that each value of `inner` is one of `outer`, by the letter. */
bool prove_within(Prover *prover, Meet *inner, Meet *outer, Direction direction);

/* The same where each may be of another one of several. */
bool prove_within_any(Prover *prover, Meet *inner, Meet *const *outer, size_t count,
                      Direction direction);

/* Whether each value of an alternative keeps to what another one of its kind says. */
bool prove_demand(Prover *prover, const Alternative *values, const Alternative *demand,
                  Direction direction);

/* Whether two types mean the same: each value of one is one of the other, and the revision tells
 * readers of all that the base does, which properties may come, which of them are read or written
 * only, and what the values of a discriminator mean. */
bool prove_same(Prover *prover, Meet *base, Meet *revision, Direction direction);

#endif
