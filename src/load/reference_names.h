/* Owns the names by which schemas of one document can be referred to apart from where they stand:
 * `$id`, `$anchor`, `$dynamicAnchor` (JSON Schema 2020-12 core 8.2) and OpenAPI 3.2's `$self`.
 * Gives look-up by URI. Knows nothing of files.
 */
#ifndef BREAKWATER_LOAD_REFERENCE_NAMES_H
#define BREAKWATER_LOAD_REFERENCE_NAMES_H

#include "document/document.h"
#include "support/map.h"

/* A schema with an `$id`: the root of a resource, against which references within it resolve. */
typedef struct Resource {
    const Node *node;
    Text uri;  /* without fragment; empty for a document that does not name itself */
    Text name; /* of the component that it is; may be empty */
} Resource;

/* A schema that `$dynamicAnchor` names. */
typedef struct DynamicAnchor {
    Text name;
    const Node *node;
    Text component; /* may be empty */
} DynamicAnchor;

typedef struct DynamicAnchors {
    ARRAY(const DynamicAnchor *) list;
    Map *by_name; /* NULL: there are none */
} DynamicAnchors;

/* NULL where none has the name. */
const DynamicAnchor *dynamic_anchor(const DynamicAnchors *anchors, Text name);

/* Adds an anchor unless one of its name is there. */
void dynamic_anchors_add(Arena *arena, DynamicAnchors *anchors, const DynamicAnchor *anchor);

typedef struct Names Names;

/* Walks the document once; what stands in examples, values and extensions is data and gives no
 * names. */
Names *names_of(Arena *arena, const Document *document);

/* Whether any schema gives itself an identity, so that position alone does not tell the base. */
bool names_have_resources(const Names *names);

/* The innermost resource in which a node stands; the document's own at least. */
const Resource *names_resource_around(const Names *names, const Node *node);

/* NULL where the document has no resource of that URI. */
const Resource *names_resource(const Names *names, Text uri);

/* The schema with that anchor in a resource; NULL where there is none. */
const Resource *names_anchor(Arena *arena, const Names *names, Text uri, Text anchor);

bool names_have_dynamic_anchors(const Names *names);

/* The dynamic anchors that a schema brings into the dynamic scope, from *node outwards to its
 * resource: each call gives the next ones and moves *node behind them; NULL: no more. Descriptions
 * whose components give themselves no `$id` use one anchor in several of them, as if each were a
 * resource of its own: such are anchors of their component. */
const DynamicAnchors *names_next_dynamic_anchors(const Names *names, const Node **node);

/* RFC 3986 section 5.2: `reference` (no fragment) as seen from `base`, either may be empty. */
Text uri_resolve(Arena *arena, Text base, Text reference);

#endif
