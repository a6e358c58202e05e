/* Owns the list of all properties that a description's operations reach, each named by the
 * component or the operation that declares it. Inside impact/ only. Knows nothing of consumers.
 */
#ifndef BREAKWATER_IMPACT_DECLARED_H
#define BREAKWATER_IMPACT_DECLARED_H

#include "graph/graph.h"

typedef struct DeclaredProperty {
    const Property *property;
    Text location;
    bool required, in_request, in_response;
} DeclaredProperty;

typedef ARRAY(DeclaredProperty) DeclaredProperties;

/* In the order in which operations reach them. */
void declared_properties(Arena *run, const Api *api, DeclaredProperties *properties);

/* "query.limit", "header.Accept" */
Text parameter_location(Arena *run, const Parameter *parameter);

#endif
