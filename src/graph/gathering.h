/* Owns what is gathered of the Types of a branch while an object's facets are made: by name
 * (objects.c), and of what no name is given (unnamed.c, evaluated.c). Inside these only.
 */
#ifndef BREAKWATER_GRAPH_GATHERING_H
#define BREAKWATER_GRAPH_GATHERING_H

#include "graph/meet.h"

#include "support/map.h"

typedef struct Gathered {
    Text name;
    TypeList types;
    Annotations annotations;
    bool declared, required;
    const Node *origin, *required_origin;
    const Type *spoken_of_by; /* the last that described its values by name */
} Gathered;

typedef struct GatheredPattern {
    Text pattern;
    TypeList types;
    const Node *origin;
} GatheredPattern;

/* A name that a Type with `unevaluatedProperties` evaluates, or may. */
typedef struct EvaluatedName {
    Text name;
    bool always;
    ARRAY(Type *) types; /* what the schemas say that may have evaluated it */
    const Type *any_of;  /* of these, where none of them is sure to */
    const Node *origin;
} EvaluatedName;

typedef struct EvaluatedNames {
    ARRAY(EvaluatedName) list;
    bool all; /* false: there may be others */
} EvaluatedNames;

/* Remembered for the run. */
const EvaluatedNames *evaluated_names(Canonicals *owner, const Type *type);

/* `unevaluatedProperties`: of names that no Type of its scope speaks of, or of none of `evaluated`.
 */
typedef struct GatheredRest {
    const Type *schema;
    TypeList scope;
    const EvaluatedNames *evaluated; /* NULL: it is known which schemas apply */
} GatheredRest;

typedef struct Gathering {
    Arena *arena; /* for a while only */
    Arena *keep;  /* for what stays */
    Meet *meet;
    const TypeList *types; /* of the branch */
    Map *by_name;          /* from the MANY'th on; NULL before */
    ARRAY(Gathered *) list;
    ARRAY(GatheredPattern) patterns;
    ARRAY(GatheredRest) rests;
    bool too_large; /* see objects_are_too_large */
} Gathering;

/* What is gathered of a name. */
Gathered *gathered(Gathering *gathering, Text name);

/* What one Type says of properties that it does not name; NULL: nothing. */
const Type *own_additional(const Gathering *gathering, const Type *type);

/* `unevaluatedProperties` of several Types together, and what they say of a property. */
void gather_rests(Gathering *gathering);
void add_rests(const Gathering *gathering, Gathered *property);

/* What all say together of properties that nobody names; needs the rests. */
void meet_additional(const Gathering *gathering, ObjectFacets *facets);

/* Patterns of names, each with what any Type says of a property whose name matches; needs the
 * rests. Then those of the facets. */
void gather_patterns(Gathering *gathering);
void add_patterns(const Gathering *gathering, ObjectFacets *facets);

#endif
