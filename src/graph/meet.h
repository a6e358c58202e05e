/* Owns what the files that make canonical forms share: the Meet and its interning.
 * Inside graph/ only; canonical.h is what other stages see.
 */
#ifndef BREAKWATER_GRAPH_MEET_H
#define BREAKWATER_GRAPH_MEET_H

#include "document/document.h"
#include "graph/canonical.h"

typedef ARRAY(const Type *) TypeList;

/* What is known of one Type. */
typedef struct TypeMeets {
    Meet *meet; /* that it stands for */
    Meet *own;  /* in which there is nothing but its own keywords */
} TypeMeets;

/* Ids count from the beginning of a quarter for each side of a run; the last is for Types that are
 * made here. */
enum { ID_QUARTERS = 4, ID_BITS = 30 };
#define OWN_IDS ((uint32_t)3 << ID_BITS)

/* Canonical forms that are made for the sake of others, each within the one before. */
enum { FORM_DEPTH = 24 };

struct Canonicals {
    Arena *arena;
    Patterns *patterns;
    struct Map *evaluated; /* ids of Types to the names that they may evaluate; NULL: none yet */
    Arena *scratch[FORM_DEPTH + 2]; /* by depth; NULL until asked for */
    struct Map *by_types;           /* of several Types; key: ids and or_null */
    ARRAY(TypeMeets) by_type[ID_QUARTERS];
    uint32_t count;
    size_t branched; /* see canonicals_may_branch */
    int depth;
    uint32_t made;                               /* Types that are no description's */
    Type never, string, *of_kinds[KIND_ANY + 1]; /* NULL until asked for */
};

struct Meet {
    uint32_t id;
    Canonicals *owner;
    Conjunction types;     /* sorted by id; each counts with its own keywords only */
    const Type *top;       /* the one that the others are parts of; NULL where there is none such */
    bool or_null;          /* `nullable` beside `$ref` or a combinator: null whatever these say */
    bool too_deep;         /* see Flattened */
    bool in_progress;      /* its canonical form is being made */
    bool asked_for_limits; /* meet_is_anything is at it */
    const Node *asked;     /* the value that it is being held against; NULL: none */
    Text name;
    Canonical *canonical; /* NULL until asked for */
};

Arena *canonicals_arena(const Canonicals *canonicals);

/* For what is needed while the facets of one canonical form are made; whoever uses it clears it. */
Arena *canonicals_scratch(Canonicals *canonicals);

/* Whether branches that hold so many Types together may be made: a run has a limit, since variants
 * of variants of variants are many. */
bool canonicals_may_branch(Canonicals *canonicals, size_t size);

/* A Type that takes what any of several take. */
const Type *canonicals_any_of(Canonicals *canonicals, Type *const *types, size_t count);

/* The Meet that takes nothing. */
Meet *canonicals_nothing(Canonicals *canonicals);

/* Whether the canonical form of a Meet can be had in the midst of making others: not its own, and
 * not within too many, so that no description's depth is a depth of the stack. */
bool meet_is_at_hand(const Meet *meet);

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

/* Whether a `not` takes anything away that is not denied again. */
bool type_denies(const Type *type);

/* Schemas that a value must fit as it must fit the Type: `allOf`, an `anyOf` or `oneOf` of one, and
 * what is denied twice, or holds on a condition that is `true`. */
size_t type_part_count(const Type *type);
const Type *type_part(const Type *type, size_t index);

/* The schema of its `if`, unless it is plain from it which of `then` and `else` holds: that is a
 * part. */
const Type *type_condition(const Type *type);

/* Variants among which there is a choice. */
bool type_has_any_of(const Type *type);
bool type_has_one_of(const Type *type);

/* Whether a Type says anything of its own about values, `$ref` and parts apart. */
bool type_has_own_keywords(const Type *type);

/* The kinds that a Type's own keywords leave. */
KindSet type_own_kinds(const Type *type);

/* The discriminator's values that mean a variant: all that are mapped, or the component's name. */
Tags variant_tags(Arena *arena, const Discriminator *discriminator, const Type *variant);

/* The first of them: what several variants share, they share all. */
Text first_tag(const Discriminator *discriminator, const Type *variant);

/* Whether a Meet plainly takes all of an alternative's kind. */
bool meet_covers(Meet *meet, const Alternative *alternative);

/* False where the variant lists other values of the property, and means those. */
bool tags_mean(Meet *variant, const Tags *tags);

/* What a remark decides, and no keyword that limits values. */
Acceptance by_annotation(Acceptance acceptance);

/* Whether the tag of an object means an alternative, or says nothing. */
Acceptance tag_accepts(const Canonical *canonical, const Alternative *alternative,
                       const struct Node *value);

/* Whether the schema takes an object that its tag means among those that extend this one
 * (Canonical.children). */
Acceptance extension_accepts(Meet *meet, const struct Node *value, Direction direction);

/* The component's name that a Type stands for, through `$ref` and a single part. */
Text type_component_name(const Type *type);

/* One way to satisfy a Meet: `anyOf` and `oneOf` are decided. */
typedef struct Branch {
    TypeList types;
    Text name;
    Tags tags;
    const Node *origin;
    bool null_only;                /* stands for the null of a `nullable` beside a combinator */
    ARRAY(Constraint) constraints; /* combinators that were too many to multiply out */
    ARRAY(Meet *) outside;         /* see Alternative */
    bool inexact;
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

/* Joins one more bound, the lower or the upper. False: no number is left. */
bool number_narrow(Arena *arena, NumberFacets *facets, Bound bound, bool exclusive, bool lower);

/* Joins several `multipleOf` to one where that can be reckoned, and brings bounds to multiples. */
void settle_multiples(Arena *arena, NumberFacets *facets);

/* The smallest multiple above a number; empty where it can't be told. */
Text next_multiple(Arena *arena, Text multiple, Text digits);

/* Adds which properties an object's keywords call for where another one is there. */
void gather_dependents(Arena *arena, const ObjectKeywords *object, ObjectFacets *facets);

bool string_facets(Arena *arena, const TypeList *types, StringFacets *facets);
bool array_facets(Meet *meet, const TypeList *types, ArrayFacets *facets);
bool object_facets(Meet *meet, const TypeList *types, ObjectFacets *facets);

/* Whether `unevaluatedItems` of a Type in a branch is none that facets can carry. */
bool array_rest_is_unresolved(const Meet *meet, const TypeList *types, const Type *type);

/* Whether what one Type says of additional properties may or may not reach names that match a
 * pattern of another: then the facets take more than they should. */
bool object_patterns_tangle(Meet *meet, const TypeList *types);

/* Whether a Type declares a property of that name, or has a pattern that finds it. */
bool type_speaks_of(const Type *type, Text name);

/* Whether `propertyNames` is sure to refuse a name. */
bool name_is_refused(const ObjectFacets *facets, Text name);

/* The keywords of a Type that does nothing but call for properties of an object, perhaps behind
 * `$ref`; NULL for any other. */
const ObjectKeywords *type_only_requires(const Type *type);

/* What facets don't carry: solved where it can be, else kept as Constraints. False: no value is
 * left. */
bool alternative_constraints(Meet *meet, const Branch *branch, Alternative *alternative);

/* Whether the facets of an object or array can carry `unevaluated…` of a Type in a branch: as what
 * that Type alone leaves, or all Types of `scope` together. */
typedef enum Rest { REST_OF_TYPE, REST_OF_SCOPE, REST_UNRESOLVED } Rest;
Rest type_rest(const Meet *meet, const TypeList *types, const Type *type, TypeList *scope);

/* Whether an alternative takes all values of its kind, and declares nothing of them. */
bool alternative_is_unlimited(const Alternative *alternative);

bool bounds_crossed(Bound minimum, Bound maximum);

/* Whether a length or count keeps its bounds. */
bool count_is_within(size_t count, Bound minimum, Bound maximum);

/* Whether there are so many parts, each with something to say of each of so many properties, that
 * their facets are made without that: what is left is unproven. */
bool objects_are_too_large(const TypeList *types);

/* Whether a property that all of them require has values that tell each from each other: what
 * meets_disjoint would find, in a straight line. */
bool meets_told_apart(Arena *scratch, Meet *const *meets, size_t count);

/* Whether it is proven that no value of `kinds` is in both. */
bool meets_disjoint(Meet *a, Meet *b, KindSet kinds, int depth);
bool alternatives_disjoint(Canonicals *canonicals, const Alternative *a, const Alternative *b,
                           int depth);

#endif
