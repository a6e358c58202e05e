/* Owns what OpenAPI (2.0, 3.0, 3.1, 3.2) and Pact (v1 to v4) mean.
 * Gives the graph. Knows nothing of comparing.
 */
#ifndef BREAKWATER_LOAD_LOAD_H
#define BREAKWATER_LOAD_LOAD_H

#include "document/document.h"
#include "graph/graph.h"

typedef struct LoadOptions {
    bool allow_unresolved; /* an unresolvable `$ref` becomes a Type of which nothing is known */
    uint32_t
        *next_type_id; /* ids of this load's Types count from here; left at the next free one */
} LoadOptions;

/* As many errors of a description or a pact as anyone reads: then loading stops. As many warnings,
 * and notes: those after them are left out, and it is said so. Whoever writes a document decides
 * how many it earns. */
enum { LOAD_ERROR_LIMIT = 20, LOAD_REMARK_LIMIT = 100 };

/* Loads the description that `root` starts. References are followed from the operations; what no
 * operation reaches is not loaded. The Api lives in `arena`, which must not outlive the set.
 * NULL: diagnosed. Errors that let loading go on are all told before it gives up. */
Api *load_openapi(Arena *arena, Diagnostics *diagnostics, DocumentSet *set, const Document *root,
                  const LoadOptions *options);

/* Adds the interactions of one pact file to `expectations`. False: diagnosed. */
bool load_pact(Arena *arena, Diagnostics *diagnostics, DocumentSet *set, const Document *pact,
               const LoadOptions *options, Expectations *expectations);

/* Whether a document is an OpenAPI description or a pact by its content: for messages and folders
 * that hold other files too. */
bool document_is_openapi(const Document *document);
bool document_is_pact(const Document *document);

/* A method as it is sent. Those that OpenAPI has fields for are known in any case, since nobody
 * means anything else by `get`; others are as they are written (RFC 9110 section 9.1). */
Text method_of(Text key);

#endif
