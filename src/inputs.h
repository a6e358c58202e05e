/* Owns what a run over one description and the pacts of its consumers reads.
 * Gives both loaded, with what was said of them. Knows nothing of what is asked of them.
 */
#ifndef BREAKWATER_INPUTS_H
#define BREAKWATER_INPUTS_H

#include "flow.h"

/* The run's arena points into those of the sides, so it is freed first. */
typedef struct Inputs {
    Side description, pacts;
    MemoryEscape escape;
    Arena *run;
    bw_diagnostics diagnostics;
} Inputs;

/* Whether there is something to load of both kinds. */
bool recorded_is_named(const bw_recorded *recorded);

/* `recorded` must live as long as the inputs. */
void inputs_name(Inputs *inputs, const bw_recorded *recorded);

/* `inputs->escape` is set: it is taken where memory runs out. BW_OK: description.api and
 * pacts.expectations are there; else the diagnostics say why not. */
bw_status inputs_load(Inputs *inputs);

void inputs_free(Inputs *inputs);

#endif
