/* Owns how operations are named, in rules, policies and waivers: a path ("/users/x*"), method and
 * path ("GET /users/{id}"), "tag:internal", "id:getUser". What stands in a selector are globs
 * (support/glob.h) whose segments `/` parts, and names of path parameters don't matter. Knows
 * nothing of the files in which selectors are written.
 */
#ifndef BREAKWATER_DIFF_SELECTOR_H
#define BREAKWATER_DIFF_SELECTOR_H

#include "diff/change.h"
#include "support/diagnostics.h"

typedef struct Selector {
    Text method, path, tag, operation_id; /* empty: any */
    Text written;
    Place place;           /* no file: given by the caller */
    bool met;              /* it names an operation of a description that was looked at */
    const Operation *near; /* while it does not: the one that it may be meant for; NULL: none is */
    size_t distance;
} Selector;

typedef ARRAY(Selector) Selectors;

/* Reads a selector. False: it is none; nothing is said. */
bool selector_parse(Arena *arena, Text text, Selector *selector);

bool selector_takes(const Selector *selector, const Operation *operation);

/* The first that takes what a change reaches, on the base or the revision; NULL: none does. */
const Selector *selectors_find(const Selectors *selectors, const Reach *reach);

/* Whether one of them does. */
bool selectors_take(const Selectors *selectors, const Reach *reach);

/* ---- locations ------------------------------------------------------------------------------- */

/* What is wrong with a glob of locations ("body.items[*].id", "query.**"), since no change can be
 * there. NULL: nothing. */
const char *location_glob_fault(Arena *arena, Text glob);

#endif
