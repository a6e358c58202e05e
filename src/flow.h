/* Owns what a run holds: the sides, each loaded on a thread of its own, and the finished report.
 * Gives the flow of the program (breakwater.c) to the public functions (library.c). Knows nothing
 * of output.
 */
#ifndef BREAKWATER_FLOW_H
#define BREAKWATER_FLOW_H

#include "breakwater.h"
#include "broker/broker.h"
#include "config/config.h"
#include "impact/verdict.h"
#include "load/load.h"
#include "report/report.h"

struct bw_diagnostics {
    Diagnostics all;
};

/* What may be taken off the paths of operations, and what became of it. */
typedef struct Prefix {
    Text text;
    bool met;     /* some path begins with it */
    Text nearest; /* else the path that has the most of its beginning */
} Prefix;

typedef ARRAY(const Document *) Documents;

/* What is loaded by itself: base, revision, or the pacts. Sides share nothing. */
typedef struct Side {
    MemoryEscape escape;
    Arena *arena;
    Diagnostics diagnostics;
    bool exhausted; /* memory ran out on this side */
    bool borrowed;  /* it was loaded before, and its arena belongs to somebody else */
    LoadOptions load;
    uint32_t next_type_id;
    const char *const *names; /* of the files that form one API, or of the pacts */
    size_t name_count;
    const SourceBundle *bundles; /* from a store, beside or in place of names */
    size_t bundle_count;
    const bw_broker *broker;      /* of the pacts: NULL: none is asked */
    bool allow_remote;            /* of a description: URLs are fetched */
    ARRAY(Prefix) strip_prefixes; /* the first that fits is taken off the paths of operations */
    Text add_prefix;              /* and this is put before them */
    const char *shown;            /* the path that the file is taken to have; NULL: its own */
    Text provider;                /* whose pacts count; empty: all */
    const Document *root;         /* of the first file; NULL where there is none */
    const DocumentSet *documents; /* what it was read from; likewise */
    Documents pacts;              /* each file, as it was read */
    Api *api;                     /* NULL: diagnosed */
    Expectations expectations;
} Side;

/* Of the side of the pacts: whether any were asked for. */
static inline bool side_has_pacts(const Side *side) {
    return side->name_count || side->bundle_count || side->broker;
}

/* The run's arena points into those of the sides, so it is freed first. */
struct bw_result {
    Side base, revision, pacts;
    MemoryEscape escape;
    Arena *run;
    bw_diagnostics diagnostics;
    Config *config;         /* in the run's arena, or that of a caller whom it outlives; or NULL */
    const ConfigSpec *spec; /* what the config says of this API alone; or NULL */
    const VerdictReport *report; /* NULL: an input was invalid, and the diagnostics say how */
    Reports stored;              /* what was read from a stored report, the first being `report` */
    const VerificationReport *verification; /* what was read of one, in place of all of these */
    struct bw_result *next; /* it borrowed sides of this one, and goes before it; or NULL */
};

/* Loads one side in a new arena of its own by `load`. */
void load_side(Side *side, void (*load)(Side *side));

/* For load_side: the description that the side's names name; "/dev/null" stands for none. */
void load_description(Side *side);

/* Prefixes for a side, in the arena of a caller that outlives it. */
void set_prefixes(Arena *arena, const bw_compare_options *options, Side *side);

/* Tells of each prefix of those from one index up to another that fits no path of any side. */
void tell_unmet_prefixes(const Side *const *sides, size_t count, size_t from, size_t to,
                         Diagnostics *diagnostics);

/* For load_side: the pacts that the side's names name, and those that its broker gives. */
void load_pacts(Side *side);

/* How a caller's broker is to be asked. */
BrokerOptions broker_options_of(const bw_broker *given);

/* Which pacts it is to be asked for. */
void broker_selectors_of(Arena *arena, const bw_broker *given, BrokerSelectors *selectors);

/* Adds what was said of a side. */
void gather_diagnostics(bw_diagnostics *diagnostics, const Side *side);

/* What a comparison need not read any more; each may be NULL. It outlives the result. */
typedef struct Given {
    Config *config;
    const ConfigSpec *spec; /* what the config says of this API */
    const Side *base, *revision, *pacts;
    /* How the revision, a merge, compares with its further parents: what one of them has already
     * is not its doing. One without a verdict says nothing. */
    const bw_result *const *merged;
    size_t merged_count;
} Given;

/* As bw_compare. */
bw_status compare_by(const bw_compare_options *options, const Given *given, bw_result **result);

/* Loads base, revision and pacts, compares the graphs, judges the changes by the rules and by who
 * is hurt. `result->run` is there; where memory runs out its escape is taken. Gives the
 * result's report, NULL where an input was invalid. */
VerdictReport *compare(bw_result *result, const bw_compare_options *options);

#endif
