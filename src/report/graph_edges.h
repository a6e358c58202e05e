/* Gives the edges of the graph as lists, for the forms that show a graph whole.
 * Knows nothing of those forms.
 */
#ifndef BREAKWATER_REPORT_GRAPH_EDGES_H
#define BREAKWATER_REPORT_GRAPH_EDGES_H

#include "graph/graph.h"

/* An edge to a Type: the keyword that makes it, spelled as JSON Schema does, and what tells several
 * of the keyword apart: a property's name, an index; empty where there is one alone. */
typedef struct TypeEdge {
    const char *keyword;
    Text name;
    const Type *type; /* never NULL */
} TypeEdge;

typedef ARRAY(TypeEdge) TypeEdges;

void type_edges(Arena *arena, const Type *type, TypeEdges *edges);

/* The Types that an operation itself names; `name` is "query.limit", "body application/json",
 * "200 application/json", "200 header.Location". Callbacks are operations of their own. */
void operation_edges(Arena *arena, const Operation *operation, TypeEdges *edges);

typedef ARRAY(const Operation *) OperationList;

/* All operations, each followed by its callbacks. */
void all_operations(Arena *arena, const Api *api, OperationList *operations);

typedef ARRAY(const Type *) TypeList;

/* All Types that the operations reach, by id. */
void all_types(Arena *arena, const OperationList *operations, TypeList *types);

/* OpenAPI's words: "path", "query", …; "simple", "deepObject", … */
const char *parameter_in_word(ParameterIn in);
const char *parameter_style_word(ParameterStyle style);

#endif
