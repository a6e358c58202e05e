/* Owns what the parts of a satisfaction share: the interaction held against one description, and
 * how a mismatch is noted. Inside impact/ only; impact.h is what other stages see.
 */
#ifndef BREAKWATER_IMPACT_HOLDING_H
#define BREAKWATER_IMPACT_HOLDING_H

#include "document/document.h"
#include "impact/impact.h"
#include "support/map.h"

typedef struct Holding {
    Arena *run;
    Comparer *comparer;
    Canonicals *canonicals;
    const Interaction *interaction;
    const Operation *operation;
    Outcome *outcome;
    Map *known;    /* place, reason and detail → index + 1, so that a reason is given once */
    size_t tabled; /* mismatches that stand in `known`, which is NULL while there are few */
} Holding;

/* The way from the operation down, kept on the stack of those who walk it. */
typedef struct Trail {
    const struct Trail *above; /* NULL: the operation */
    Step step;
} Trail;

/* What is noted of a mismatch; texts live in `run`. */
typedef struct Finding {
    Satisfaction level;
    Direction direction;
    ReasonId reason;
    Text detail, place, message, need;
    bool by_state;
    const Change *difference;  /* NULL where it was not read of one */
    Meet *expected, *provided; /* as Mismatch has them; NULL: it is of no values */
    const Node *pact_origin, *description_origin;
} Finding;

/* Adds a mismatch. The same reason at the same place again keeps the worse of the two. */
void note_mismatch(Holding *holding, const Trail *trail, const Finding *finding);

void keep_mismatch(Holding *holding, const Mismatch *mismatch);

/* The index, from 1, of the mismatch with the same reason at the same place; 0: there is none. */
size_t find_reason(const Outcome *outcome, const Mismatch *mismatch);

/* The worst of what more than the provider's state decides. */
Satisfaction result_of(const Outcome *outcome);

/* Whether the interaction expects the provider to refuse: then its request may be wrong. */
bool expects_refusal(const Interaction *interaction);

bool declares_default(const Operation *operation);

/* ---- Parts of an interaction; each adds the mismatches of its part ------------------------------
 */

void hold_request(Holding *holding, const Captures *captures);
void hold_request_body(Holding *holding);
void hold_response(Holding *holding);

/* A message against the webhook of its name, whose request the provider writes. */
void hold_message(Holding *holding);

/* Reads the comparison of an expectation (base) with the provider's type (revision): which of its
 * changes are mismatches. `trail` leads to the compared types, `place` is "response.body";
 * `example` is the pact's value there, NULL where there is none. */
void hold_types(Holding *holding, const Trail *trail, Text place, const Type *expected,
                const Type *provided, const Node *example, Direction direction);

/* The same for a body that is a text: one string, and the description's type may be of any scalar.
 */
void hold_text(Holding *holding, const Trail *trail, Text place, const ExpectedBody *body,
               const Type *provided, Direction direction);

/* The same for a form or a multipart body, whose properties are the body's fields. */
void hold_form(Holding *holding, const Trail *trail, const ExpectedBody *body,
               const MediaType *media_type, Direction direction);

/* "path", "query", "header", "cookie" */
const char *field_place_word(ParameterIn in);

/* ---- Places ------------------------------------------------------------------------------------
 */

/* No file where the node is NULL or stands in no document. `excerpts` NULL: without the lines. */
Location origin_location(Arena *run, Excerpts *excerpts, const Node *origin);

/* Where an interaction is told from others: at its description. */
Place interaction_place(const Interaction *interaction);

/* ---- Fields ------------------------------------------------------------------------------------
 */

/* Whether a header field is one of HTTP itself, which a message may have whatever is declared. */
bool is_standard_field(Text name);

/* The first of the name that the consumer sends; NULL: none. */
const ExpectedField *sent_header(const Interaction *interaction, Text name);

/* ---- Media types and statuses -------------------------------------------------------------------
 */

/* How well a declared media type fits an actual one: 0 not at all, more is more specific.
 * Parameters such as charset count only where the declared one has them (RFC 9110 section 8.3). */
unsigned media_type_fit(Text declared, Text actual);

/* Whether values of it are JSON: application/json, text/json, a `+json` suffix. */
bool media_type_is_json(Text name);

/* How much an Accept header (RFC 9110 section 12.5.1) wants a declared media type: by its weight,
 * then by how closely it names it; 0 for not at all. The most specific media range counts. */
unsigned accept_rank(Text accept, Text declared);

typedef struct ChosenMediaType {
    const MediaType *media_type; /* NULL: none fits */
    bool by_suffix; /* only the syntax agrees: `application/json` for `application/hal+json` */
} ChosenMediaType;

/* The most specific media type for `actual`. An empty `actual` takes the JSON one, else the first.
 */
ChosenMediaType choose_media_type(const MediaType *items, size_t count, Text actual);

/* The one that a consumer asks for which expects none by name; NULL: it asks for none, or for what
 * is not declared. */
const MediaType *accepted_media_type(Arena *run, const Response *response,
                                     const Interaction *interaction);

/* Add the names of media types to the alternatives of a pattern; what asks for them, in an Accept
 * header, asks for any of their type too. */
void add_media_types(Buffer *pattern, const MediaType *items, size_t count);
void add_media_ranges(Buffer *pattern, const MediaType *items, size_t count);

/* Whether a regex on a header allows media types that a pattern is not found in; such a one. */
bool rule_goes_beyond(Holding *holding, const ExpectedField *header, Text pattern, Text *witness);

typedef ARRAY(const Response *) Responses;

/* The responses that answer for the statuses that an interaction takes, as they are declared: for
 * each status the exact one, else its range, else `default`, which stands for no success where
 * another one is declared. */
void find_responses(Arena *run, const Operation *operation, const Interaction *interaction,
                    Responses *responses);

#endif
