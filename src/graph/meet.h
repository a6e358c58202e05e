/* Owns what the files that make canonical forms share: the Meet and its interning.
 * Inside graph/ only; canonical.h is what other stages see.
 */
#ifndef BREAKWATER_GRAPH_MEET_H
#define BREAKWATER_GRAPH_MEET_H

#include "document/document.h"
#include "graph/canonical.h"

typedef ARRAY(const Type *) TypeList;

struct Meet {
    uint32_t id;
    Canonicals *owner;
    Conjunction types; /* sorted by id; each counts with its own keywords only */
    const Type *top;   /* the one that the others are parts of; NULL where there is none such */
    bool or_null;      /* `nullable` beside `$ref` or a combinator: null whatever these say */
    bool too_deep;     /* see Flattened */
    bool in_progress;  /* its canonical form is being made */
    Text name;
    Canonical *canonical; /* NULL until asked for */
};

Arena *canonicals_arena(const Canonicals *canonicals);

/* For what is needed while one set of facets is made; whoever uses it clears it. */
Arena *canonicals_scratch(const Canonicals *canonicals);

/* The Meet of several Types; `name` is the component's, where it is one. */
Meet *canonicals_meet_of(Canonicals *canonicals, const Type *const *types, size_t count);

/* What a Type comes to when `$ref` and `allOf` are followed. */
typedef struct Flattened {
    TypeList types;
    const Type *top;
    bool or_null;
    bool too_deep; /* followed for HOPS_LIMIT steps only: there may be more */
} Flattened;

/* Steps through `$ref` and combinators that are followed without a step into a value; what lies
 * behind them is unproven. */
enum { HOPS_LIMIT = 1000 };

/* Adds what `type` comes to. A Type that is there already is not added again. */
void flatten(Arena *arena, const Type *type, Flattened *into);

/* Whether a Type says anything of its own about values, `$ref` and `allOf` apart. */
bool type_has_own_keywords(const Type *type);

/* The kinds that a Type's own keywords leave. */
KindSet type_own_kinds(const Type *type);

/* The component's name that a Type stands for, through `$ref` and single-member `allOf`. */
Text type_component_name(const Type *type);

/* What the Types that declare a property say beside its values; parts of `allOf` and targets of
 * `$ref` speak too. */
typedef struct Annotations {
    bool read_only, write_only, deprecated;
    Text sunset;
    const Node *default_value;
} Annotations;
void annotations_add(const Type *type, Annotations *into);

/* One way to satisfy a Meet: `anyOf` and `oneOf` are decided. */
typedef struct Branch {
    TypeList types;
    Text name, tag;
    const Node *origin;
    bool null_only;                /* stands for the null of a `nullable` beside a combinator */
    ARRAY(Constraint) constraints; /* combinators that were too many to multiply out */
} Branch;

typedef struct Branches {
    ARRAY(Branch) list;
    bool overlapping_one_of;
} Branches;

/* All ways to satisfy a Meet, at most ALTERNATIVE_LIMIT. */
void meet_branches(Arena *arena, Meet *meet, Branches *branches);

/* Adds the Alternatives of one branch, those of one kind together; none where it is empty. */
void branch_alternatives(Meet *meet, const Branch *branch, Canonical *canonical);

/* Facets by kind, from the own keywords of the branch's Types. False: no value is left. */
bool number_facets(Arena *arena, const TypeList *types, bool integer, NumberFacets *facets);
bool string_facets(Arena *arena, const TypeList *types, StringFacets *facets);
bool array_facets(Meet *meet, const TypeList *types, ArrayFacets *facets);
bool object_facets(Meet *meet, const TypeList *types, ObjectFacets *facets);

/* Keywords of the kind that facets don't carry. */
void kind_constraints(Meet *meet, const TypeList *types, Alternative *alternative);

/* Whether a length or count keeps its bounds. */
bool count_is_within(size_t count, Bound minimum, Bound maximum);

/* Whether a property that all of them require has values that tell each from each other: what
 * meets_disjoint would find, in a straight line. */
bool meets_told_apart(Arena *scratch, Meet *const *meets, size_t count);

/* Whether it is proven that no value is in both. */
bool meets_disjoint(Meet *a, Meet *b, int depth);

#endif
