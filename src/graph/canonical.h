/* Owns the canonical form of a Type: the same for all spellings of the same set of values.
 * Gives Meet (a set of Types that a value must satisfy together) and its Canonical form. Knows
 * nothing of comparing.
 *
 * Layout. A value has one of six kinds, and JSON Schema's keywords each speak of one kind only. So
 * a set of values is a union of Alternatives, each of one kind with the facets of that kind alone;
 * what `type` lists, `nullable`, `anyOf` with `null`, single-member wrappers and `$ref` chains say
 * falls into place by itself. `allOf` is a Meet: `{$ref: A, allOf: [B]}` and `allOf: [A, B]` are
 * the same set of Types and hence the same object here. Meets are interned and their canonical form
 * is made on demand, so that recursion through any keyword is only a pointer to a Meet that exists
 * already. `anyOf` and `oneOf` are multiplied out with what stands beside them, up to
 * ALTERNATIVE_LIMIT.
 */
#ifndef BREAKWATER_GRAPH_CANONICAL_H
#define BREAKWATER_GRAPH_CANONICAL_H

#include "graph/graph.h"

enum { ALTERNATIVE_LIMIT = 1024 };

typedef struct Meet Meet;
typedef struct Canonicals Canonicals; /* the interned Meets of a run */

Canonicals *canonicals_new(Arena *arena);

/* What was found out of patterns in the run: remembers answers and bounds the work; see pattern.h.
 */
typedef struct Patterns Patterns;
Patterns *canonicals_patterns(Canonicals *canonicals);

/* The Meet of one Type, NULL standing for the Type that allows anything. */
Meet *canonicals_meet(Canonicals *canonicals, const Type *type);

/* The Meet that takes all strings and nothing else. */
Meet *canonicals_string(Canonicals *canonicals);

/* The Meet that takes the listed values and nothing else. */
Meet *canonicals_listed(Canonicals *canonicals, Values *values);

/* The Meet that takes the strings which match all of the patterns. */
Meet *canonicals_matching(Canonicals *canonicals, const Text *patterns, size_t count);

/* What both of two Meets take. */
Meet *canonicals_meet_both(Canonicals *canonicals, Meet *a, Meet *b);

/* What a Meet takes of some kinds. */
Meet *canonicals_of_kinds(Canonicals *canonicals, Meet *meet, KindSet kinds);

/* The Types whose own keywords a Meet joins, sorted by id. */
typedef struct Conjunction {
    ARRAY(const Type *) types;
} Conjunction;

/* How the values that a constraint takes follow from its schema. */
typedef enum ConstraintSense {
    CONSTRAINT_WITHIN,    /* a wider schema takes more: `contains`, `dependentSchemas` */
    CONSTRAINT_OUTSIDE,   /* a wider schema takes less: `not` */
    CONSTRAINT_CONDITION, /* `if`, with `then` and `else` */
    CONSTRAINT_UNKNOWN    /* what it takes depends on all that stands beside it */
} ConstraintSense;

/* A constraint that facets don't carry. */
typedef struct Constraint {
    const char *keyword; /* "not", "if", "contains", … */
    ConstraintSense sense;
    Meet *type;                  /* its schema; NULL where it has none */
    Meet *then_type, *else_type; /* of a condition */
    ARRAY(Meet *) variants;      /* of a choice too large to multiply out */
    Text text;                   /* of `dependentSchemas` the property; else what must stay equal */
    Bound least, most;           /* of `contains` */
    bool unfollowed;             /* what lies behind a chain of references too long to follow */
    bool endless;                /* it leads back to itself, and means nothing */
    const struct Node *origin;
} Constraint;

/* What Types say beside their values; parts of `allOf` and targets of `$ref` speak too. */
typedef struct Annotations {
    bool read_only, write_only, deprecated;
    Text sunset, deprecated_since;
    const struct Node *default_value;
} Annotations;
void annotations_add(const Type *type, Annotations *into);

typedef enum AlternativeKind {
    ALTERNATIVE_NULL,
    ALTERNATIVE_BOOLEAN,
    ALTERNATIVE_NUMBER,
    ALTERNATIVE_STRING,
    ALTERNATIVE_ARRAY,
    ALTERNATIVE_OBJECT
} AlternativeKind;

typedef struct NumberFacets {
    Bound minimum, maximum; /* inclusive unless exclusive_* */
    bool exclusive_minimum, exclusive_maximum;
    bool integer;             /* then bounds are integral and inclusive */
    ARRAY(Text) multiples_of; /* sorted by value */
    ARRAY(Text) formats;
} NumberFacets;

typedef struct StringFacets {
    Bound min_length, max_length;
    ARRAY(Text) patterns; /* sorted, without duplicates: all must match */
    ARRAY(Text) formats;
    Text content_encoding, content_media_type;
    Meet *content;   /* `contentSchema`, which speaks beside `contentMediaType`; NULL: anything */
    Patterns *known; /* the run's */
} StringFacets;

typedef struct ArrayFacets {
    Bound min_items, max_items;
    ARRAY(Meet *) prefix_items;
    Meet *items; /* never NULL; the Meet of nothing allows anything */
    bool unique_items;
} ArrayFacets;

typedef enum AdditionalProperties {
    ADDITIONAL_UNSAID,  /* `additionalProperties` is absent: open, and read as closed by readers */
    ADDITIONAL_ALLOWED, /* true */
    ADDITIONAL_DESCRIBED, /* a schema */
    ADDITIONAL_FORBIDDEN
} AdditionalProperties;

typedef struct CanonicalProperty {
    Text name;
    Meet *type;
    bool declared; /* in `properties`; false: only listed in `required`, or by a schema of which it
                    * depends on the value whether it applies */
    bool required, read_only, write_only, deprecated;
    Text sunset, deprecated_since;
    const struct Node *default_value;
    const struct Node *origin; /* its declaration, else where `required` names it */
    const struct Node *required_origin;
} CanonicalProperty;

typedef struct PatternProperty {
    Text pattern;
    Meet *type;
    const struct Node *origin;
} PatternProperty;

typedef struct ObjectFacets {
    ARRAY(CanonicalProperty) properties;       /* sorted by name */
    ARRAY(PatternProperty) pattern_properties; /* sorted by pattern */
    ARRAY(DependentRequired) dependent_required;
    AdditionalProperties additional;
    Meet *additional_type; /* where DESCRIBED */
    Meet *names;           /* `propertyNames`; NULL: any */
    Bound min_properties, max_properties;
} ObjectFacets;

/* Sorted, without duplicates. */
typedef struct Tags {
    Text property; /* of the discriminator that they are values of */
    ARRAY(Text) list;
    bool otherwise; /* and any value that means no other: `defaultMapping` */
} Tags;

/* Values of one kind. `values`, where not NULL, lists them all and is already filtered by what
 * facets can be decided for a given value. */
typedef struct Alternative {
    AlternativeKind kind;
    const Conjunction *from;   /* whose keywords these are: for places */
    Text name;                 /* of the component that wrote it as a variant; may be empty */
    Tags tags;                 /* the discriminator values that mean it */
    const struct Node *origin; /* the variant, else the type itself */
    Values *values;            /* `enum` and `const`; sorted as JSON text */
    bool extensible_enum;
    ARRAY(Constraint) constraints;
    ARRAY(Meet *) outside; /* variants beside it in a `oneOf` that it overlaps: none of them */
    bool inexact;          /* there are such variants, but which is not known */
    union {
        NumberFacets number;
        StringFacets string;
        ArrayFacets array;
        ObjectFacets object;
    };
} Alternative;

typedef struct Canonical {
    ARRAY(Alternative *) alternatives;   /* sorted by kind, in the document's order within a kind */
    ARRAY(const Alternative *) absorbed; /* written apart, and within one of `alternatives` */
    KindSet kinds;                       /* as `type` would list them */
    bool overlapping_one_of; /* a `oneOf` whose alternatives could not be shown to be disjoint */
    bool unknown;            /* holds an unresolved `$ref` */
    const Discriminator *discriminator;
    const Discriminator *children; /* a value may be one of these; NULL: it tells variants apart */
    Annotations annotations;
    const struct Node *origin; /* of the first Type of the Meet; NULL: anything */
} Canonical;

/* The Types of a Meet in which nothing is left to follow: `$ref` and `allOf` are resolved. */
const Conjunction *meet_types(const Meet *meet);

const Canonical *meet_canonical(Meet *meet);

/* The component's name where a Meet is exactly one component, else empty. */
Text meet_name(const Meet *meet);

uint32_t meet_id(const Meet *meet);

/* What a value of a discriminator means that tells apart which schemas extend this one
 * (Canonical.children); NULL where it names nothing that can be found. */
Meet *meet_child(const Meet *meet, size_t index);

/* What each value of a discriminator means that is written in the type itself: schemas that extend
 * it, or variants, which are meant by their names where no value is written. NULL: there is none.
 */
const Discriminator *meet_told_apart(Arena *arena, Meet *meet);

/* NULL where no property of that name is declared or called for. */
const CanonicalProperty *object_property(const ObjectFacets *facets, Text name);

/* What takes all values of a kind. */
Alternative alternative_of_kind(Canonicals *canonicals, AlternativeKind kind);

/* False where an object is sure to have no property of that name. */
bool property_may_come(Canonicals *canonicals, const ObjectFacets *facets, Text name);

/* Whether a pattern of `patternProperties` finds a name. */
bool pattern_speaks_of(Canonicals *canonicals, const ObjectFacets *facets, Text name);

/* What an object says of the values of a property that it does not declare. */
Meet *undeclared_property(Canonicals *canonicals, const ObjectFacets *facets, Text name);

/* Whether it is proven that two alternatives have no value in common. */
bool alternatives_apart(Canonicals *canonicals, const Alternative *a, const Alternative *b);

/* Whether it is proven that no value of an alternative's is among those that a Meet takes. */
bool alternative_is_apart(Canonicals *canonicals, const Alternative *alternative, Meet *meet);

/* The kinds that the own keywords of all Types leave. */
KindSet conjunction_kinds(const Conjunction *types);

/* Whether a variant of a `oneOf` could not be shown to be disjoint from all others, where the value
 * is one of `kinds`. */
bool variant_overlaps(Canonicals *canonicals, const Type *owner, size_t index, KindSet kinds);

/* Whether it is proven that every value is taken, and nothing is declared of any. */
bool meet_is_anything(Meet *meet);

/* Whether it is proven that no value is taken. Where that would need a form that is not at hand it
 * is not. */
bool meet_is_nothing(Meet *meet);

/* False where a chain of references was too long to follow: then even the same Meet is no proof. */
bool meet_is_followed(const Meet *meet);

/* Whether a value is in the set. To JSON Schema a format is a remark (2020-12 validation 7.2) and a
 * discriminator is none of its keywords, so what nothing else refuses is told apart: for sets of
 * values that proves nothing. */
typedef enum Acceptance {
    ACCEPTED,
    REFUSED,
    ACCEPTANCE_UNPROVEN,
    ACCEPTED_BY_ANNOTATION, /* by what a remark refuses, as in a `oneOf` another variant */
    REFUSED_BY_ANNOTATION
} Acceptance;
Acceptance meet_accepts(Meet *meet, const struct Node *value, Direction direction);

/* The same where remarks bind, as whoever writes one means it: what they refuse is REFUSED. */
Acceptance meet_accepts_strictly(Meet *meet, const struct Node *value, Direction direction);

/* Whether one alternative, known to be of the value's kind, takes a value. */
Acceptance alternative_accepts(const Alternative *alternative, const struct Node *value,
                               Direction direction);

/* Whether an ECMA-262 pattern is found in a text, by PCRE2; unproven where it can't be compiled.
 * Within a run patterns_accept (pattern.h) knows more and remembers. */
Acceptance pattern_accepts(Text pattern, Text subject);

bool tags_have(const Tags *tags, Text tag);

/* False where either has none: then nothing is known. */
bool tags_apart(const Tags *a, const Tags *b);

/* None where the property lists other values: a discriminator without a mapping names schemas, and
 * who lists values beside it means those. */
const Tags *tags_that_hold(const Alternative *alternative, const Tags *tags);

/* Whether some of the values of a discriminator are taken; also where texts are none of what is
 * taken. */
bool tags_in_common(Meet *meet, const Tags *tags);

/* Whether all numbers that facets take are multiples of another, and whether bounds keep them
 * within a format's range. */
bool number_keeps_multiple(const NumberFacets *facets, Text divisor);
bool number_keeps_format(const NumberFacets *facets, Text format);

/* A limit joined to one that there is: the narrower one stays. */
void bound_narrow_minimum(Bound *have, Bound bound);
void bound_narrow_maximum(Bound *have, Bound bound);

/* "string", "integer or null", "anything", "nothing": for messages. */
Text kinds_name(Arena *arena, KindSet kinds);

#endif
