#include "rules_pairs.h"

#include "diff/diff.h"
#include "document/document.h"
#include "load/load.h"

/* Rows of rules/specification/fields.yaml that show what they say by a pair of schemas, which the
 * whole program compares: as a request's body and as a response's. */

static const char request_head[] =
    "{openapi: 3.1.0, info: {title: t, version: '1'}, paths: {/x: {post: {responses: {'200': "
    "{description: d}}, requestBody: {required: true, content: {application/json: {schema: ";
static const char request_tail[] = "}}}}}}}";
static const char response_head[] =
    "{openapi: 3.1.0, info: {title: t, version: '1'}, paths: {/x: {post: {responses: {'200': "
    "{description: d, content: {application/json: {schema: ";
static const char response_tail[] = "}}}}}}}}";

static const Api *load_side(Arena *arena, Direction direction, uint32_t *next_type_id, Text text) {
    bool sent = direction == DIRECTION_REQUEST;
    Diagnostics diagnostics = {.arena = arena};
    Text name = TEXT("rules/specification/fields.yaml");
    Source source = {.file = name, .name = name, .path = name};
    source.bytes = text_format(arena, "%s%.*s%s", sent ? request_head : response_head,
                               TEXT_ARG(text), sent ? request_tail : response_tail);
    DocumentSet *set = document_set_new(arena, &diagnostics);
    const Document *document = document_parse(arena, &diagnostics, source);
    LoadOptions options = {.next_type_id = next_type_id};
    return document ? load_openapi(arena, &diagnostics, set, document, &options) : NULL;
}

Text pair_lacks(Harness *harness, const RuleSet *rules, const SchemaPair *pair,
                const Rule *wanted) {
    Arena *arena = harness->arena;
    uint32_t next_type_id = 0;
    const Api *base = load_side(arena, pair->direction, &next_type_id, pair->base);
    const Api *revision = load_side(arena, pair->direction, &next_type_id, pair->revision);
    if (!base || !revision)
        return TEXT("its schemas can't be read");
    DiffOptions options = {0};
    const Diff *diff = diff_apis(arena, base, revision, &options);
    Buffer said = {.arena = arena};
    for (size_t i = 0; i < diff->changes.count; i++) {
        const Rule *rule = rules_match(rules, diff->changes.items[i]);
        if (rule == wanted)
            return (Text){0};
        buffer_format(&said, "%s%.*s", said.size ? ", " : "", rule ? (int)rule->id.size : 0,
                      rule ? rule->id.data : "");
    }
    return said.size ? buffer_text(&said) : TEXT("nothing");
}
