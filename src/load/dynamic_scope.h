/* Owns the dynamic scope of schemas (JSON Schema 2020-12 core 7.1): which schema each dynamic
 * anchor names, for all that is reached through the resources that were entered on the way. A
 * schema is another Type in another scope. Inside load/ only.
 */
#ifndef BREAKWATER_LOAD_DYNAMIC_SCOPE_H
#define BREAKWATER_LOAD_DYNAMIC_SCOPE_H

#include "load/schema.h"
#include "support/map.h"

typedef struct DynamicScope {
    DynamicAnchors anchors; /* of each name the first that was met */
    Map *types;             /* by the address of the node */
    Map *entered;           /* where anchors lead from here, by their address */
    bool full;              /* it stands for all that were too many: no anchor is known in it */
} DynamicScope;

/* In which nothing was entered. */
DynamicScope *dynamic_scope_new(Arena *arena);

/* The scope for a schema that is reached in the present one. */
DynamicScope *dynamic_scope_enter(Schemas *schemas, const Node *schema);

#endif
