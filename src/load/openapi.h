/* Owns what the files of the OpenAPI loader share: the Loader, and the parts of a description that
 * more than one of them reads.
 * Gives parts of the graph, one for each object of a description, however often it is referred to.
 * Knows nothing of pacts.
 */
#ifndef BREAKWATER_LOAD_OPENAPI_H
#define BREAKWATER_LOAD_OPENAPI_H

#include "load/load.h"
#include "load/openapi_read.h"
#include "load/schema.h"

typedef ARRAY(Parameter) ParameterList;
typedef ARRAY(MediaType) MediaTypeList;
typedef ARRAY(Parameter) HeaderList;
typedef ARRAY(Server) ServerList;
typedef ARRAY(Operation *) OperationList;

/* Sets one of graph.h's arrays to another's items: arrays have types of their own. The two share
 * their items, so nothing may be pushed to either. */
#define array_share(into, from)                                                                    \
    do {                                                                                           \
        (into)->items = (from)->items;                                                             \
        (into)->count = (into)->capacity = (from)->count;                                          \
    } while (0)

/* Maps are by the node of the object that was loaded. An object that was wrong is there too, as far
 * as it could be read, so that each mistake is told once. */
typedef struct Loader {
    Reader reader;
    Arena *arena; /* the reader's */
    Schemas *schemas;
    Dialect dialect;
    const Node *root;
    Api *api;
    Map *parameters, *headers, *bodies, *responses; /* Parameter, Parameter, Body, SharedResponse */
    Map *parameter_keys;                            /* ParameterKey */
    Map *schemes;                                   /* SecurityScheme */
    Map *requirements;                              /* SecurityList */
} Loader;

/* ---- openapi_operations.c ---------------------------------------------------------------------
 */

/* The operations of a path item, each with its callbacks; `path` is a webhook's name. */
OperationList path_item_load(Loader *loader, const Node *node, Text path, bool webhook);

/* ---- openapi_parts.c --------------------------------------------------------------------------
 */

/* By what a parameter is known: a later one of the same key takes its place. */
typedef struct ParameterKey {
    Text name, in;
    const Node *node; /* NULL where the parameter is not to be used */
} ParameterKey;

typedef ARRAY(const ParameterKey *) ParameterKeys;

/* The path's parameters and the operation's, the operation's winning (OpenAPI 3.1.1
 * section 4.8.9.1); `list` may be NULL. */
void parameters_merge(Loader *loader, const Node *list, ParameterKeys *keys);

const Parameter *parameter_load(Loader *loader, const ParameterKey *key);

/* A response's header, as a Parameter. NULL: diagnosed. */
const Parameter *header_load(Loader *loader, const Node *item, Text name);

/* `headers` of a response or an encoding. */
HeaderList headers_load(Loader *loader, const Node *owner);

/* NULL: diagnosed. */
const Body *body_load(Loader *loader, const Node *node);

/* The Type of the member `key` ("schema"); NULL: absent, or diagnosed. */
Type *schema_load(Loader *loader, const Node *owner, const char *key);

MediaTypeList content_load(Loader *loader, const Node *content);

/* ---- openapi_responses.c ----------------------------------------------------------------------
 */

/* `operation` for Swagger 2.0's `produces`; NULL with no responses. */
void responses_load(Loader *loader, const Node *operation, Operation *into);

/* ---- openapi_security.c -----------------------------------------------------------------------
 */

/* The requirements in force for an operation. */
void security_load(Loader *loader, const Node *operation, Operation *into);

/* ---- openapi_servers.c ------------------------------------------------------------------------
 */

/* Servers that an object (root, path item, operation) lists; false where it lists none. */
bool servers_load(Loader *loader, const Node *owner, ServerList *servers);

/* ---- swagger.c --------------------------------------------------------------------------------
 */

/* Swagger 2.0's `collectionFormat`, where one is written. */
void swagger_collection_format(Loader *loader, const Node *node, Parameter *parameter);

/* The body that `in: body` and `in: formData` parameters among `keys` make; NULL: none. */
const Body *swagger_body(Loader *loader, const Node *operation, const ParameterKeys *keys);

/* A response's `schema` in each type of `produces`. */
MediaTypeList swagger_content(Loader *loader, const Node *operation, const Node *response);

/* Servers of `schemes`, `host` and `basePath`; false where none of these is written. */
bool swagger_servers(Loader *loader, const Node *owner, ServerList *servers);

/* A URL's path, without query and trailing slash. */
Text base_path_of(Arena *arena, Text url);

#endif
