/* Owns what the parts of the pact loader share: the interaction being read, and how Types, notes of
 * what no Type carries, and texts decoded from a pact are made.
 * Inside load/ only; load.h is what other stages see.
 */
#ifndef BREAKWATER_LOAD_PACT_READER_H
#define BREAKWATER_LOAD_PACT_READER_H

#include "graph/graph.h"
#include "load/load.h"
#include "load/matching.h"

/* Versions of the specification: major * 100 + minor. */
enum { PACT_UNSAID = 0, PACT_1 = 100, PACT_1_1 = 101, PACT_4 = 400, PACT_5 = 500 };

typedef struct PactReader {
    Arena *arena;
    Diagnostics *diagnostics;
    uint32_t *next_type_id;
    Text consumer, provider;
    unsigned version;
    Type *never; /* what a request's keys beside those named must be */
    Interaction *interaction;
    Direction direction;
    Text content_type; /* of the body that is being read */
    Map *by_signature; /* the first Type of each shape, and of each Type's id */
    Map *alike;
    Map *readable; /* regular expressions that can be read */
    Map *warned;   /* matchers and patterns of this pact that a warning has named */
    Map *told;     /* matchers of this interaction whose residue is kept already */
    size_t warnings;
} PactReader;

/* Counts a warning that is to be said of a place; false where it is one too many (load.h). */
bool pact_may_warn(PactReader *reader, Place place);

/* The same once a text: false where it was warned of before. */
bool pact_is_news(PactReader *reader, Text text, Place place);

/* ---- Types and residues ---------------------------------------------------------------------- */

Type *pact_type(PactReader *reader, KindSet kinds, const Node *origin);

/* The Type of one value exactly. */
Type *pact_constant(PactReader *reader, const Node *value, const Node *origin);

typedef ARRAY(Type *) Types;

/* Every one (any: one) of the Types; equal ones count once, and a single one stands for itself.
 * None: NULL. */
Type *pact_join(PactReader *reader, const Types *types, bool any, const Node *origin);

/* The first Type of the pact that is the same, so that many interactions of one shape are compared
 * once; itself where its places would be lost. */
Type *pact_interned(PactReader *reader, Type *type);

/* Keeps what a matcher means beside its Type, once a matcher. */
void pact_residue(PactReader *reader, Text place, Text matcher, const Node *origin);

/* Keeps all matchers of a rule that nothing else reads. */
void pact_rule_residues(PactReader *reader, const MatchingRule *rule);

/* Warns of the rules of a set whose expressions can't be read, and keeps them. */
void pact_unread_rules(PactReader *reader, const MatchingSet *rules);

/* A matcher as a residue names it: "semver", "datetime HH:mm". */
Text pact_matcher_text(Arena *arena, const Node *matcher);

/* The member of a date or time matcher that holds its format; NULL: none. */
const Node *pact_matcher_format(const Node *matcher);

/* The format of JSON Schema (2020-12 validation 7.3.1) that a Java pattern of a date or time stands
 * for; empty: none. *whole is false where the two differ, as a date-time without a zone does. */
Text pact_time_format(Text pattern, bool *whole);

/* The regular expression for the texts that such a pattern writes; data NULL: it can't be read. */
Text pact_time_pattern(Arena *arena, Text pattern);

/* What a generator may make of an example in a request; NULL: it is not known. */
Type *pact_generated(PactReader *reader, const Node *generator, const Node *example);

/* ---- Texts ----------------------------------------------------------------------------------- */

/* The text of a scalar as a header or a query carries it: null is empty. */
Text pact_scalar_text(Arena *arena, const Node *scalar);

/* `origin` itself where it is that text, else a string that stands where `origin` stands. */
const Node *pact_string_node(Arena *arena, Text text, const Node *origin);

typedef struct Pair {
    Text name, value;
} Pair;
typedef ARRAY(Pair) Pairs;

/* `a=1&b=2`, decoded (application/x-www-form-urlencoded, WHATWG URL section 5.1). */
Pairs pact_pairs(Arena *arena, Text text);

/* False where the text is not base64 (RFC 4648 section 4, padding optional). */
bool pact_base64(Arena *arena, Text text, Text *decoded);

/* ---- Parts of an interaction; false: diagnosed ----------------------------------------------- */

typedef ARRAY(ExpectedField) ExpectedFields;

/* Reads what a regular expression for the path says of its segments. False: it can't be taken
 * apart.
 */
bool pact_path_segments(PactReader *reader, const Node *path, Text regex);

/* The same of what a generator says of it. */
void pact_path_generated(PactReader *reader, const Node *path, const Node *generator);

/* Headers, NULL for none: texts or lists of them by name. */
bool pact_headers(PactReader *reader, const Node *headers, const MatchingSet *rules,
                  ExpectedFields *fields);

/* A query, NULL for none: the encoded string, or texts or lists of them by name; and what of it
 * stands in the path, NULL for none. */
bool pact_query(PactReader *reader, const Node *in_path, const Node *query,
                const MatchingSet *rules, ExpectedFields *fields);

/* The body that is the member `key` of `message`; `media_type` is what its headers or metadata say,
 * empty for nothing. */
bool pact_body(PactReader *reader, const Node *message, const char *key, Text media_type,
               const MatchingSet *rules, ExpectedBody *body);

/* What the Content-Type among headers says; empty: nothing. */
Text pact_media_type(const ExpectedFields *headers);

/* Reads a form (application/x-www-form-urlencoded), or a multipart body (RFC 2046 section 5.1),
 * into the body's fields and the Type of the object that they make up. False: it is none. */
bool pact_form(PactReader *reader, const Node *content, Text form, const MatchingSet *rules,
               ExpectedBody *body);
bool pact_multipart(PactReader *reader, const Node *content, Text text, const MatchingSet *rules,
                    ExpectedBody *body);

/* The Type of the object that fields make up; a field that has a Type keeps it. */
Type *pact_fields_type(PactReader *reader, const Node *content, ExpectedFields *fields,
                       const MatchingSet *rules);

/* The node that a JSON text inside the pact stands for, placed where that text stands. NULL where
 * it is no JSON: a body that was written wrong on purpose is no fault of the pact. */
const Node *pact_json(PactReader *reader, Text text, const Node *at);

/* Whether a media type is JSON: RFC 6839 section 3.1 for the suffix. */
bool pact_is_json(Arena *arena, Text media_type);

/* Without parameters, in lower case: "application/json; charset=utf-8" is "application/json". */
Text pact_essence(Arena *arena, Text media_type);

/* Whether a matcher is `contentType` of what the body has anyway: that is held against the
 * description's media types, and not as a rule. */
bool pact_is_own_content_type(const PactReader *reader, const Node *matcher);

/* The status that `response` expects, with the rules that widen it. */
bool pact_status(PactReader *reader, const Node *response, const MatchingSet *rules);

#endif
