/* Owns how a Schema Object becomes a Type: JSON Schema's keywords in every dialect's spelling.
 * Gives one Type for each schema, whoever asks for it. Knows nothing of where schemas are used.
 *
 * A Type is given out at once and filled later from a list of pending ones, so that no chain of
 * references, however long, deepens the stack, and recursion needs no care.
 */
#ifndef BREAKWATER_LOAD_SCHEMA_H
#define BREAKWATER_LOAD_SCHEMA_H

#include "graph/graph.h"
#include "load/openapi_read.h"

typedef struct Schemas Schemas;

typedef struct SchemaOptions {
    bool siblings;         /* keywords beside `$ref` count, as from 3.1 on */
    bool allow_unresolved; /* an unresolvable `$ref` is a Type of which nothing is known */
    uint32_t *next_type_id;
    const Node *components; /* schemas that a discriminator may name; NULL: none */
} SchemaOptions;

Schemas *schemas_new(Reader *reader, SchemaOptions options);

/* The Type of a schema, which stands under `keyword`. NULL: diagnosed. */
Type *schemas_type(Schemas *schemas, const Node *schema, Text keyword);

/* The Type that Swagger 2.0's parameters, headers and items describe by keywords of their own. */
Type *schemas_parameter_type(Schemas *schemas, const Node *parameter);

/* A Type made here, with the origin of what it was made from; the caller fills it. */
Type *schemas_made_type(Schemas *schemas, const Node *origin, KindSet kinds);

/* Reads the keywords of all Types given out so far and of those that these lead to. */
void schemas_fill(Schemas *schemas);

/* Says of each chain of references that never reaches a schema; to be called when all is filled. */
void schemas_check_references(Schemas *schemas);

uint32_t schemas_count(const Schemas *schemas);

#endif
