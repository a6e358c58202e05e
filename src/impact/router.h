/* Owns what the files of impact/ need of a Router beside finding an operation.
 * Inside impact/ only; impact.h is what other stages see.
 */
#ifndef BREAKWATER_IMPACT_ROUTER_H
#define BREAKWATER_IMPACT_ROUTER_H

#include "impact/impact.h"
#include "impact/value.h"

/* Canonical forms of the description's types, made on demand, for all interactions held against it.
 */
Canonicals *router_canonicals(const Router *router);

/* The operation that takes an interaction's request. Of several that one path and method lead to,
 * the one that takes its content type, then the one that answers what it accepts. What `captures`
 * receives lasts until the next call. NULL: none. */
const Operation *router_take(const Router *router, const Interaction *interaction, Text path,
                             Captures *captures);

/* The webhook of a name, compared by letters and digits alone (`user created`, `userCreated`).
 * NULL: none. */
const Operation *router_webhook(const Router *router, Text name);

/* Whether any path key has a query (`/x?action=add`), so that the query counts in finding. */
bool router_reads_query(const Router *router);

/* What comes nearest to a request that no operation takes. `path` is empty where nothing is alike;
 * `methods` ("GET, POST") is empty where it is the path that differs. */
typedef struct Nearest {
    Text path, methods;
} Nearest;
Nearest router_nearest(const Router *router, Text method, Text path);

#endif
