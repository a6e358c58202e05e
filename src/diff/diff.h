/* Owns the comparison of two graphs: the walk, its memo, renames, and the relation between types.
 * Gives the list of changes: facts, without judgement. Knows nothing of rules and consumers.
 *
 * The walk builds a graph of Comparisons, one for each pair (base thing, revision thing, direction)
 * however many operations meet there. A Comparison holds the changes found at that pair itself and
 * edges to the pairs below it; a pair met again on its own path is simply linked, so recursive
 * types end (coinduction). Everything else is read off that graph: which operations a change
 * reaches, the relation of two types (the effects in all that is reachable), and the way down to
 * the change that explains what hurts a consumer.
 */
#ifndef BREAKWATER_DIFF_DIFF_H
#define BREAKWATER_DIFF_DIFF_H

#include "diff/change.h"
#include "graph/inclusion.h"

typedef enum StepKind {
    STEP_OPERATION, /* name: "METHOD path" of the base, or of the revision where it is new */
    STEP_PARAMETER, /* name: "query.limit" */
    STEP_REQUEST_BODY,
    STEP_STATUS,     /* name: "200" */
    STEP_HEADER,     /* name: "Location" */
    STEP_MEDIA_TYPE, /* name: "application/json" */
    STEP_PROPERTY,   /* name */
    STEP_ITEMS,
    STEP_PREFIX_ITEM, /* name: index */
    STEP_ADDITIONAL_PROPERTIES,
    STEP_PATTERN_PROPERTY, /* name: the pattern */
    STEP_VARIANT,          /* name: the variant's, or "#1" */
    STEP_KEYWORD           /* name: contains, not, if, … */
} StepKind;

typedef struct Step {
    StepKind kind;
    Text name;
} Step;

typedef struct Comparison Comparison;

typedef struct ComparisonEdge {
    Step step;
    Comparison *to;
} ComparisonEdge;

/* What the changes at a node say of the values on both sides, as a set of bits. */
enum { EFFECT_NONE = 0, EFFECT_NARROWED = 1, EFFECT_WIDENED = 2, EFFECT_UNPROVEN = 4 };
typedef unsigned Effect;

struct Comparison {
    Direction direction;
    Effect effect; /* of this pair alone */
    ARRAY(Change *) changes;
    ARRAY(ComparisonEdge) edges;
    const Operation *base_operation, *revision_operation; /* set at an operation's node only */
    Meet *base_meet, *revision_meet; /* what is compared: set at a pair of types only */
    const Alternative *base_variant, *revision_variant; /* set at the end of a STEP_VARIANT only */
    const Comparison *whole; /* the pair of types that a variant belongs to; NULL: it is none */
    uint32_t id;
    uint32_t undecided; /* questions put off until the pairs below are compared */
    uint32_t visited;   /* the last walk that came by, */
    uint32_t visits;    /* and how often */
    bool more_places;   /* it is met at places that no change of it names */
};

typedef struct DiffOptions {
    bool no_renames;
    bool documentation; /* descriptions, examples and the like are compared, too */
} DiffOptions;

typedef struct Diff {
    Comparison *root;        /* edges: STEP_OPERATION */
    ARRAY(Change *) changes; /* in a fixed order; each with its reaches */
} Diff;

/* Compares two descriptions. Everything is allocated in `run`, which must not outlive the arenas of
 * the two Apis. */
Diff *diff_apis(Arena *run, const Api *base, const Api *revision, const DiffOptions *options);

/* The change in Diff.changes that states the same fact as a change met at a Comparison of that
 * Diff; NULL where no operation reaches it. */
const Change *change_fact(const Change *change);

/* A comparer of types outside two descriptions: an expectation against a provider's type. Its memo
 * lives in `run` and serves all calls. */
typedef struct Comparer Comparer;
Comparer *comparer_new(Arena *run);

/* Where the comparer interns what it compares: for meet_accepts on the same Types. */
Canonicals *comparer_canonicals(Comparer *comparer);

/* What it proves with. */
Prover *comparer_prover(Comparer *comparer);

/* The pair's node, compared with all that is below it if it was not yet. NULL for a type means that
 * nothing is said: anything is allowed. */
const Comparison *compare_types(Comparer *comparer, const Type *base, const Type *revision,
                                Direction direction);

/* The same for what is canonical already. */
const Comparison *compare_meets(Comparer *comparer, Meet *base, Meet *revision,
                                Direction direction);

/* Two alternatives of one kind, each as if it were the whole of its side. */
const Comparison *compare_single(Comparer *comparer, const Alternative *base,
                                 const Alternative *revision, Direction direction);

/* What a variant is called: by its component, its tag, or its place among those of its kind. */
Text variant_name(Arena *arena, const Alternative *alternative, size_t index);

/* The union of the effects in all that is reachable: EFFECT_NONE means equal, without
 * EFFECT_NARROWED and EFFECT_UNPROVEN base ⊆ revision is proven, without EFFECT_WIDENED and
 * EFFECT_UNPROVEN revision ⊆ base. */
Effect comparison_relation(Comparer *comparer, const Comparison *comparison);

/* Whether one operation can be reached under another path template: equal but for parameter names.
 */
bool path_templates_equal(Text a, Text b);

#endif
