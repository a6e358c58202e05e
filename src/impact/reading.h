/* Owns what a change means to a consumer: the expectation is the base, the provider's type the
 * revision, and each kind of change is read in either direction.
 * Inside impact/ only.
 *
 * Three questions are asked of the two, and none answers another. The comparison of diff/ says
 * *where* some value of one side is none of the other's. Whether *this* value is taken, such as one
 * that is sent or listed, is asked of meet_accepts: a value may be refused by what several keywords
 * say together, and taken although its type differs. Whether *any* answer is one of both, so that
 * what differs contradicts nothing, is asked of common.h: that one side is not within the other
 * does not say that they are apart.
 */
#ifndef BREAKWATER_IMPACT_READING_H
#define BREAKWATER_IMPACT_READING_H

#include "impact/choices.h"
#include "impact/holding.h"

/* A place that an expectation and a description both speak of. */
typedef struct Spot {
    Holding *holding;
    const Comparison *node;
    const Trail *trail;
    Text place;          /* "response.body.items[*]" */
    const Node *example; /* the pact's value; NULL where there is none */
    Meet *expected, *provided;
    const Alternative *expected_variant, *provided_variant; /* of a pair of several, else NULL */
    const Choice *choice; /* `provided_variant`, with what tells it; NULL: no pair */
    bool accepted;        /* a value that is sent exactly so, and that the description takes */
    bool written; /* the pact rules how a number or boolean is written, and nothing else of it */
    bool given;   /* the provider gives the value that is sent: only its kind is compared */
    bool lenient; /* below one variant of several: another may serve, so nothing is contradicted */
    const Trail *among; /* of an item that a list is to hold among others; NULL: not below one */
} Spot;

/* Notes the mismatches of a place and of all below it. */
void read_spot(const Spot *spot, size_t depth);

/* Notes the mismatches that one change of the spot's comparison is, if any. */
void read_change(const Spot *spot, const Change *change);

/* Whether a change of this kind, in its direction, can make anything worse for a consumer. */
bool change_may_hurt(const Change *change);

/* Whether the kind is about the property that the change names. */
bool change_names_property(ChangeKind kind);

/* Whether the kind is one of values, not of parameters, bodies, statuses and the like. */
bool change_is_of_types(ChangeKind kind);

/* What the consumer does at a place: "reads body.userId as a string". `expected` may be NULL. */
Text describe_need(Arena *run, Direction direction, Text place, Meet *expected,
                   const Node *example);

/* "response.body.userId" as texts show it: "body.userId". */
Text place_location(Text place);

#endif
