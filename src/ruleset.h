/* Owns what the public `bw_rules` is. Knows nothing of what rules say. */
#ifndef BREAKWATER_RULESET_H
#define BREAKWATER_RULESET_H

#include "flow.h"

struct bw_rules {
    MemoryEscape escape;
    Arena *arena;
    bw_diagnostics diagnostics;
    RuleSet *set; /* NULL: could not be loaded */
};

#endif
