/* What the tests of impact/ share: descriptions and pacts as short texts, and what is found written
 * as one line a mismatch.
 */
#ifndef BREAKWATER_TESTS_IMPACT_TEXT_H
#define BREAKWATER_TESTS_IMPACT_TEXT_H

#include "impact/impact.h"
#include "load/load.h"
#include "unit/check.h"

#define LIKE "\"$\": {\"matchers\": [{\"match\": \"type\"}]}"

static Diagnostics diagnostics;
static uint32_t next_type_id;

static inline const Document *parse(Arena *arena, const char *file, Text text) {
    Source source = {.name = text_from(file), .file = text_from(file), .bytes = text};
    const Document *document = document_parse(arena, &diagnostics, source);
    CHECK(document != NULL);
    return document;
}

static inline Api *api_of(Arena *arena, Text text) {
    DocumentSet *set = document_set_new(arena, &diagnostics);
    LoadOptions options = {.next_type_id = &next_type_id};
    const Document *document = parse(arena, "openapi.yaml", text);
    Api *api = document ? load_openapi(arena, &diagnostics, set, document, &options) : NULL;
    for (size_t i = 0; !api && i < diagnostics.list.count; i++)
        printf("%.*s\n", TEXT_ARG(diagnostics.list.items[i].message));
    return api;
}

/* A description whose one path, /users/{id}, has the given methods. */
static inline Api *api_with(Arena *arena, const char *methods) {
    return api_of(arena, text_format(arena,
                                     "openapi: 3.0.3\n"
                                     "info: {title: users, version: '1'}\n"
                                     "paths:\n"
                                     "  /users/{id}: %s\n",
                                     methods));
}

/* GET answers 200 with the schema. */
static inline Api *api_answering(Arena *arena, const char *schema) {
    Text methods = text_format(arena,
                               "{get: {responses: {'200': {description: ok, content: "
                               "{application/json: {schema: %s}}}}}}",
                               schema);
    return api_with(arena, methods.data);
}

/* POST takes the schema. */
static inline Api *api_taking(Arena *arena, const char *schema) {
    Text methods = text_format(arena,
                               "{post: {requestBody: {required: true, content: "
                               "{application/json: {schema: %s}}}, "
                               "responses: {'204': {description: ok}}}}",
                               schema);
    return api_with(arena, methods.data);
}

static inline Expectations pact_with(Arena *arena, Text interaction) {
    Expectations expectations = {0};
    DocumentSet *set = document_set_new(arena, &diagnostics);
    LoadOptions options = {.next_type_id = &next_type_id};
    Text text = text_format(arena,
                            "{\"consumer\": {\"name\": \"shop\"}, \"provider\": {\"name\": "
                            "\"users\"}, \"interactions\": [%.*s], \"metadata\": "
                            "{\"pactSpecification\": {\"version\": \"3.0.0\"}}}",
                            TEXT_ARG(interaction));
    const Document *pact = parse(arena, "pact.json", text);
    CHECK(pact && load_pact(arena, &diagnostics, set, pact, &options, &expectations));
    for (size_t i = 0; i < diagnostics.list.count; i++)
        printf("%.*s\n", TEXT_ARG(diagnostics.list.items[i].message));
    return expectations;
}

/* GET /users/1 that reads a body; `rules` are those of the body. */
static inline Expectations reading(Arena *arena, const char *body, const char *rules) {
    return pact_with(arena,
                     text_format(arena,
                                 "{\"description\": \"a request\", \"request\": {\"method\": "
                                 "\"GET\", \"path\": \"/users/1\"}, \"response\": {\"status\": "
                                 "200, \"body\": %s, \"matchingRules\": {\"body\": {%s}}}}",
                                 body, rules));
}

static inline Expectations sending(Arena *arena, const char *body, const char *status) {
    return pact_with(arena,
                     text_format(arena,
                                 "{\"description\": \"a request\", \"request\": {\"method\": "
                                 "\"POST\", \"path\": \"/users/1\", \"headers\": "
                                 "{\"Content-Type\": \"application/json\"}, \"body\": %s}, "
                                 "\"response\": {\"status\": %s}}",
                                 body, status));
}

/* `request` holds members of the request beside method and path, each with a comma before it. */
static inline Expectations asking(Arena *arena, const char *request) {
    return pact_with(arena,
                     text_format(arena,
                                 "{\"description\": \"a request\", \"request\": {\"method\": "
                                 "\"GET\", \"path\": \"/users/1\"%s}, \"response\": "
                                 "{\"status\": 200}}",
                                 request));
}

/* "result: level place reason:detail; …", a reason in brackets where the provider's state decides.
 */
static inline Text held(Arena *arena, const Api *api, Expectations expectations) {
    static const char *const levels[] = {"satisfied", "not guaranteed", "contradicted"};
    if (!api || !expectations.interactions.count)
        return TEXT("nothing was loaded");
    const Outcome *outcome =
        satisfaction(arena, comparer_new(arena), router_new(arena, api, (Text){0}),
                     expectations.interactions.items[0]);
    Buffer text = {.arena = arena};
    buffer_format(&text, "%s", levels[outcome->result]);
    for (size_t i = 0; i < outcome->mismatches.count; i++) {
        const Mismatch *mismatch = &outcome->mismatches.items[i];
        buffer_format(&text, "%s%s %.*s %s%s%s%.*s%s", i ? "; " : ": ",
                      mismatch->level == CONTRADICTED ? "!" : "?", TEXT_ARG(mismatch->place),
                      mismatch->by_state ? "(" : "", reason_word(mismatch->reason),
                      mismatch->detail.size ? ":" : "", TEXT_ARG(mismatch->detail),
                      mismatch->by_state ? ")" : "");
    }
    return buffer_text(&text);
}

#endif
