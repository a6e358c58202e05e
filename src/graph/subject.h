/* Owns the values of which it is to be proven that others cover them, and how they are narrowed.
 * Inside graph/ only; inclusion.h is what other stages see.
 */
#ifndef BREAKWATER_GRAPH_SUBJECT_H
#define BREAKWATER_GRAPH_SUBJECT_H

#include "graph/inclusion.h"
#include "graph/meet.h"

/* A property or an item that is there, with a value that is none of the type. */
typedef struct Denied {
    Text name;    /* of the property */
    size_t index; /* of the item */
    Meet *type;
} Denied;

/* Values of one kind: those of an alternative, less what is denied. What it holds is its own where
 * it is changed. */
typedef struct Subject {
    Alternative is; /* constraints: those that were not looked into yet */
    ARRAY(Denied) denied;
    ARRAY(Constraint) contains;
    Text denied_pattern; /* data NULL: none */
} Subject;

/* Where Subjects lie, and whom to ask. */
typedef struct Workshop {
    Canonicals *canonicals;
    Arena *arena;
} Workshop;

Subject subject_of(const Alternative *alternative);

/* The values that are also in another alternative of the kind, or more. */
Subject subject_met(const Workshop *shop, const Subject *subject, const Alternative *with);

/* The values with a property of that name, or without. */
Subject subject_with(const Workshop *shop, const Subject *subject, Text name);
Subject subject_without(const Workshop *shop, const Subject *subject, Text name);

/* What is known of a property's values, or of those of an item. */
Meet *subject_property_type(const Workshop *shop, const Subject *subject, Text name);
Meet *subject_item_type(const Subject *subject, size_t index);

/* Whether there are so many items or more for sure, or so many at most. */
bool subject_has_items(const Subject *subject, size_t count);
bool subject_may_have_items(const Subject *subject, size_t count);

/* What an object says of the properties that nothing else in it speaks of. */
Meet *additional_type(Canonicals *canonicals, const ObjectFacets *object);

/* Draws what follows from what is there. False: there is no value. */
bool subject_settle(const Workshop *shop, Subject *subject);

/* Where the values are few: lists them. */
void subject_list(const Workshop *shop, Subject *subject);

#endif
