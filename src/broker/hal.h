/* Owns the exchange of HAL documents with a broker: asking, storing, what a status means, links.
 * Inside broker/ only. Knows nothing of pacts and verifications.
 */
#ifndef BREAKWATER_BROKER_HAL_H
#define BREAKWATER_BROKER_HAL_H

#include "broker/broker.h"
#include "source/http.h"

#include <jansson.h>

struct Broker {
    Arena *arena;
    Diagnostics *diagnostics;
    BrokerOptions options;
    Http *http;
    const Document *index; /* NULL until asked for */
};

/* The document at a URL. NULL: diagnosed. */
const Document *hal_get(Broker *broker, Text url);

/* What is answered to a question that is POSTed, which changes nothing there. NULL: diagnosed. */
const Document *hal_ask(Broker *broker, Text url, Text body);

/* What is answered to a POST that changes something there: never stored, refused offline. NULL:
 * diagnosed. */
const Document *hal_post(Broker *broker, Text url, Text body);

/* The same of a PATCH (RFC 7396). */
const Document *hal_patch(Broker *broker, Text url, Text body);

/* JSON that was built, as text in the arena; takes the tree over. NULL (or with NULL in it): memory
 * is gone, and the arena's escape is taken. */
Text hal_json(Arena *arena, json_t *tree);

/* Puts a value that is taken over into an object; where that fails, *object is NULL. */
void hal_put(json_t **object, const char *key, json_t *value);
json_t *hal_json_text(Text text);

/* Notices of a resource: errors and warnings as warnings, the rest as notes. */
void hal_tell_notices(Broker *broker, Text url, const Node *resource);

/* The broker's index. NULL: diagnosed. */
const Document *hal_index(Broker *broker);

/* The target of a link, resolved against the document's URL; `value` stands for `{variable}` in it.
 * Empty where there is no such link. */
Text hal_link(Broker *broker, const Document *document, const Node *resource, const char *relation,
              const char *variable, Text value);

typedef struct HalVariable {
    const char *name; /* NULL behind the last */
    Text value;
} HalVariable;

/* The same with several variables. */
Text hal_template(Broker *broker, const Document *document, const Node *resource,
                  const char *relation, const HalVariable *variables);

/* Of a link that is a list, the target of the one with a name; empty where there is none. */
Text hal_named_link(Broker *broker, const Document *document, const Node *resource,
                    const char *relation, Text name);

/* The same of the index; a missing link is diagnosed, and the text is empty. */
Text hal_index_link(Broker *broker, const char *relation, const char *variable, Text value);

/* A member that is text; empty where it is not. */
Text hal_text(const Node *resource, const char *name);

/* The items of a list embedded in a resource; NULL where there is none. */
const Node *hal_embedded(const Node *resource, const char *name);

#endif
