/* Owns what a request carries, by where it stands: the path's captures, query, headers, cookies.
 * Inside impact/ only. Knows nothing of what the description asks for.
 */
#ifndef BREAKWATER_IMPACT_SENT_H
#define BREAKWATER_IMPACT_SENT_H

#include "impact/holding.h"
#include "impact/value.h"

typedef struct Sent {
    Fields path, query, headers, cookies;
} Sent;

void read_sent(Arena *run, const Interaction *interaction, const Captures *captures, Sent *sent);

/* Where a value is that is carried as text. */
typedef struct TextPlace {
    Direction direction;
    const Trail *trail;
    Text place; /* "request.query.limit" */
} TextPlace;

/* What else than the example may be sent, or is read, in a parameter, header or form's field that
 * is given by one field, or by none. */
void hold_shape(Holding *holding, const TextPlace *at, const Field *field, Meet *meet);

/* What else may stand among the items of a list that is read of a header: `recorded` is the pact's.
 */
void hold_items(Holding *holding, const TextPlace *at, const Field *field, Meet *meet,
                const Node *recorded);

/* The fields among which a parameter of that place is. */
Fields *sent_fields(Sent *sent, ParameterIn in);

/* The path, with the query where path keys have one: what router_find takes. */
Text request_path(Arena *run, const Router *router, const Interaction *interaction);

#endif
