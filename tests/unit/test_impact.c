/* What satisfies an interaction, and which change explains that one fares worse. Descriptions and
 * pacts are short texts; what is found is written as one line a mismatch or impact. */
#include "impact/impact.h"
#include "load/load.h"
#include "unit/check.h"

static Diagnostics diagnostics;
static uint32_t next_type_id;

static const Document *parse(Arena *arena, const char *file, Text text) {
    Source source = {.name = text_from(file), .file = text_from(file), .bytes = text};
    const Document *document = document_parse(arena, &diagnostics, source);
    CHECK(document != NULL);
    return document;
}

static Api *api_of(Arena *arena, Text text) {
    DocumentSet *set = document_set_new(arena, &diagnostics);
    LoadOptions options = {.next_type_id = &next_type_id};
    const Document *document = parse(arena, "openapi.yaml", text);
    Api *api = document ? load_openapi(arena, &diagnostics, set, document, &options) : NULL;
    for (size_t i = 0; !api && i < diagnostics.list.count; i++)
        printf("%.*s\n", TEXT_ARG(diagnostics.list.items[i].message));
    return api;
}

/* A description whose one path, /users/{id}, has the given methods. */
static Api *api_with(Arena *arena, const char *methods) {
    return api_of(arena, text_format(arena,
                                     "openapi: 3.0.3\n"
                                     "info: {title: users, version: '1'}\n"
                                     "paths:\n"
                                     "  /users/{id}: %s\n",
                                     methods));
}

/* GET answers 200 with the schema. */
static Api *api_answering(Arena *arena, const char *schema) {
    Text methods = text_format(arena,
                               "{get: {responses: {'200': {description: ok, content: "
                               "{application/json: {schema: %s}}}}}}",
                               schema);
    return api_with(arena, methods.data);
}

/* POST takes the schema. */
static Api *api_taking(Arena *arena, const char *schema) {
    Text methods = text_format(arena,
                               "{post: {requestBody: {required: true, content: "
                               "{application/json: {schema: %s}}}, "
                               "responses: {'204': {description: ok}}}}",
                               schema);
    return api_with(arena, methods.data);
}

static Expectations pact_with(Arena *arena, Text interaction) {
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
static Expectations reading(Arena *arena, const char *body, const char *rules) {
    return pact_with(arena,
                     text_format(arena,
                                 "{\"description\": \"a request\", \"request\": {\"method\": "
                                 "\"GET\", \"path\": \"/users/1\"}, \"response\": {\"status\": "
                                 "200, \"body\": %s, \"matchingRules\": {\"body\": {%s}}}}",
                                 body, rules));
}

static Expectations sending(Arena *arena, const char *body, const char *status) {
    return pact_with(arena,
                     text_format(arena,
                                 "{\"description\": \"a request\", \"request\": {\"method\": "
                                 "\"POST\", \"path\": \"/users/1\", \"headers\": "
                                 "{\"Content-Type\": \"application/json\"}, \"body\": %s}, "
                                 "\"response\": {\"status\": %s}}",
                                 body, status));
}

/* `request` holds members of the request beside method and path, each with a comma before it. */
static Expectations asking(Arena *arena, const char *request) {
    return pact_with(arena,
                     text_format(arena,
                                 "{\"description\": \"a request\", \"request\": {\"method\": "
                                 "\"GET\", \"path\": \"/users/1\"%s}, \"response\": "
                                 "{\"status\": 200}}",
                                 request));
}

/* "result: level place key; …", a key in brackets where the provider's state decides. */
static Text held(Arena *arena, const Api *api, Expectations expectations) {
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
        buffer_format(&text, "%s%s %.*s %s%.*s%s", i ? "; " : ": ",
                      mismatch->level == CONTRADICTED ? "!" : "?", TEXT_ARG(mismatch->place),
                      mismatch->by_state ? "(" : "", TEXT_ARG(mismatch->key),
                      mismatch->by_state ? ")" : "");
    }
    return buffer_text(&text);
}

/* "change <- reason; …", orphans and what failed before in their own words. */
static Text hurt(Arena *arena, const Api *base, const Api *revision, Expectations expectations) {
    if (!base || !revision)
        return TEXT("nothing was loaded");
    RuleSet rules = {0};
    JudgeOptions options = {.policy = POLICY_RECORDED_CONSUMERS};
    DiffOptions diffing = {0};
    const Diff *diff = diff_apis(arena, base, revision, &diffing);
    const VerdictReport *report =
        judge(arena, base, revision, diff, &rules, &expectations, &options);
    Buffer text = {.arena = arena};
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        for (size_t j = 0; j < change->consumers.count; j++)
            buffer_format(&text, "%s%s <- %.*s", text.size ? "; " : "",
                          change_info(change->change->kind)->word,
                          TEXT_ARG(change->consumers.items[j].reason));
        CHECK(change->verdict == (change->consumers.count ? VERDICT_BREAKING : VERDICT_SAFE));
    }
    for (size_t i = 0; i < report->orphans.count; i++)
        buffer_format(&text, "%sorphan: %.*s", text.size ? "; " : "",
                      TEXT_ARG(report->orphans.items[i].who.reason));
    if (report->failing_before.count)
        buffer_format(&text, "%sfailing before", text.size ? "; " : "");
    return text.size ? buffer_text(&text) : TEXT("nobody");
}

#define LIKE "\"$\": {\"matchers\": [{\"match\": \"type\"}]}"

/* ---- Satisfaction ---------------------------------------------------------------------------- */

static void check_reading(Arena *arena, const char *schema, const char *body, const char *rules,
                          const char *expected) {
    CHECK_TEXT(held(arena, api_answering(arena, schema), reading(arena, body, rules)), expected);
}

static void ladder_of_a_property(Arena *arena) {
    const char *body = "{\"userId\": \"u1\"}";
    check_reading(arena, "{type: object, required: [userId], properties: {userId: {type: string}}}",
                  body, LIKE, "satisfied");
    check_reading(arena, "{type: object, properties: {userId: {type: string}}}", body, LIKE,
                  "not guaranteed: ? response.body.userId optional");
    check_reading(arena, "{type: object, properties: {id: {type: string}}}", body, LIKE,
                  "contradicted: ! response.body.userId undeclared");
    check_reading(arena,
                  "{type: object, additionalProperties: false, properties: {id: {type: string}}}",
                  body, LIKE, "contradicted: ! response.body.userId undeclared");
    check_reading(arena, "{type: object}", body, LIKE,
                  "not guaranteed: ? response.body.userId undeclared");
    check_reading(arena,
                  "{type: object, additionalProperties: true, properties: {id: {type: string}}}",
                  body, LIKE, "not guaranteed: ? response.body.userId undeclared");
    check_reading(arena, "{type: object, additionalProperties: {type: string}}", body, LIKE,
                  "not guaranteed: ? response.body.userId optional");
    check_reading(arena, "{}", body, LIKE,
                  "not guaranteed: ? response.body anything; "
                  "? response.body.userId undeclared");
}

static void kinds_of_value(Arena *arena) {
    const char *object = "{type: object, required: [a], properties: {a: %s}}";
    static const struct {
        const char *type, *expected;
    } cases[] = {
        {"{type: string}", "satisfied"},
        {"{type: string, enum: [x, y]}", "satisfied"},
        {"{type: string, nullable: true}", "not guaranteed: ? response.body.a kind:null"},
        {"{type: integer}", "contradicted: ! response.body.a kind:integer"},
        {"{oneOf: [{type: string}, {type: integer}]}",
         "not guaranteed: ? response.body.a kind:integer"},
        {"{type: object, properties: {b: {type: string}}}",
         "contradicted: ! response.body.a kind:object"},
        {"{}", "not guaranteed: ? response.body.a anything"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char schema[256];
        snprintf(schema, sizeof schema, object, cases[i].type);
        check_reading(arena, schema, "{\"a\": \"x\"}", LIKE, cases[i].expected);
    }
}

static void exact_values(Arena *arena) {
    const char *object = "{type: object, required: [a], properties: {a: %s}}";
    static const struct {
        const char *type, *expected;
    } cases[] = {
        {"{type: string, enum: [x]}", "satisfied"},
        {"{type: string}", "satisfied: ? response.body.a (any)"},
        {"{type: string, pattern: '^x'}", "satisfied: ? response.body.a (any)"},
        {"{type: string, pattern: '^y'}", "contradicted: ! response.body.a value"},
        {"{type: string, maxLength: 0}", "contradicted: ! response.body.a value"},
        {"{type: string, enum: [x, y]}", "satisfied: ? response.body.a (value:\"y\")"},
        {"{type: string, enum: [y]}",
         "contradicted: ! response.body.a value; ? response.body.a (value:\"y\")"},
        {"{type: integer}", "contradicted: ! response.body.a kind:integer"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char schema[256];
        snprintf(schema, sizeof schema, object, cases[i].type);
        check_reading(arena, schema, "{\"a\": \"x\"}", "", cases[i].expected);
    }
}

static void arrays(Arena *arena) {
    const char *list = "{type: array, items: {type: object, required: [id], properties: "
                       "{id: {type: integer}, name: {type: string}}}}";
    check_reading(arena, list, "[{\"id\": 1}]",
                  "\"$\": {\"matchers\": [{\"match\": \"type\", \"min\": 1}]}, "
                  "\"$[*].id\": {\"matchers\": [{\"match\": \"type\"}]}",
                  "satisfied: ? response.body (bound:minItems:)");
    check_reading(arena, list, "[{\"name\": \"n\"}]",
                  "\"$\": {\"matchers\": [{\"match\": \"type\", \"min\": 0}]}",
                  "not guaranteed: ? response.body[*].name optional");
}

static void alternatives(Arena *arena) {
    const char *pets =
        "{oneOf: [{type: object, required: [kind, bark], properties: {kind: {type: string, enum: "
        "[dog]}, bark: {type: string}}}, {type: object, required: [kind], properties: {kind: "
        "{type: string, enum: [cat]}}}]}";
    check_reading(arena, pets, "{\"kind\": \"dog\", \"bark\": \"woof\"}",
                  "\"$.bark\": {\"matchers\": [{\"match\": \"type\"}]}",
                  "satisfied: ? response.body (variant:1)");
    Text spider =
        held(arena, api_answering(arena, pets), reading(arena, "{\"kind\": \"spider\"}", ""));
    CHECK(text_starts_with(spider, TEXT("contradicted")));
}

static void check_sending(Arena *arena, const char *schema, const char *body, const char *status,
                          const char *expected) {
    CHECK_TEXT(held(arena, api_taking(arena, schema), sending(arena, body, status)), expected);
}

static void request_bodies(Arena *arena) {
    const char *user = "{type: object, required: [name], properties: {name: {type: string, "
                       "minLength: 2}, age: {type: integer}, id: {type: string, readOnly: true}}}";
    check_sending(arena, user, "{\"name\": \"Ann\"}", "204", "satisfied");
    check_sending(arena, user, "{\"name\": \"Ann\", \"age\": 5}", "204", "satisfied");
    check_sending(arena, user, "{\"age\": 5}", "204", "contradicted: ! request.body.name required");
    check_sending(arena, user, "{\"name\": \"A\"}", "204",
                  "contradicted: ! request.body.name value");
    check_sending(arena, user, "{\"name\": 5}", "204",
                  "contradicted: ! request.body.name kind:integer");
    check_sending(arena, user, "{\"name\": \"Ann\", \"email\": \"a@b\"}", "204",
                  "not guaranteed: ? request.body.email undeclared");
    check_sending(arena, "{type: object, additionalProperties: false}", "{\"a\": 1}", "204",
                  "contradicted: ! request.body.a undeclared");
    check_sending(arena, user, "{\"age\": 5}", "422", "contradicted: ! response.status undeclared");
}

static void check_asking(Arena *arena, const char *parameters, const char *request,
                         const char *expected) {
    Text methods = text_format(
        arena, "{get: {parameters: [%s], responses: {'200': {description: ok}}}}", parameters);
    CHECK_TEXT(held(arena, api_with(arena, methods.data), asking(arena, request)), expected);
}

static void parameters(Arena *arena) {
    const char *limit = "{name: limit, in: query, required: true, schema: {type: integer}}";
    const char *tags = "{name: tags, in: query, explode: false, schema: {type: array, items: "
                       "{type: integer}}}";
    const char *where = "{name: where, in: query, style: deepObject, schema: {type: object, "
                        "required: [a], properties: {a: {type: integer}}}}";
    check_asking(arena, limit, ", \"query\": {\"limit\": [\"5\"]}", "satisfied");
    check_asking(arena, limit, ", \"query\": {\"limit\": [\"five\"]}",
                 "contradicted: ! request.query.limit value");
    check_asking(arena, limit, "", "contradicted: ! request.query.limit required");
    check_asking(arena, limit, ", \"query\": {\"limit\": [\"5\"], \"page\": [\"1\"]}",
                 "not guaranteed: ? request.query.page undeclared");
    check_asking(arena, tags, ", \"query\": {\"tags\": [\"1,2\"]}", "satisfied");
    check_asking(arena, tags, ", \"query\": {\"tags\": [\"1,b\"]}",
                 "contradicted: ! request.query.tags value");
    check_asking(arena, where, ", \"query\": {\"where[a]\": [\"1\"]}", "satisfied");
    check_asking(arena, where, ", \"query\": {\"where[a]\": [\"x\"]}",
                 "contradicted: ! request.query.where value");
    check_asking(arena,
                 "{name: id, in: path, required: true, schema: {type: string, minLength: 2}}", "",
                 "contradicted: ! request.path.id value");
    check_asking(arena, "{name: X-Count, in: header, schema: {type: integer}}",
                 ", \"headers\": {\"x-count\": \"many\", \"x-other\": \"1\"}",
                 "contradicted: ! request.header.X-Count value");
    check_asking(arena, "{name: sid, in: cookie, required: true, schema: {type: string}}",
                 ", \"headers\": {\"Cookie\": \"a=b; sid=1\"}", "satisfied");
}

static void operations_and_statuses(Arena *arena) {
    Api *api = api_with(arena, "{post: {responses: {2XX: {description: ok}}}}");
    CHECK_TEXT(held(arena, api, asking(arena, "")), "contradicted: ! operation operation");
    CHECK_TEXT(held(arena, api, sending(arena, "null", "204")), "satisfied");
    CHECK_TEXT(held(arena, api, sending(arena, "null", "404")),
               "contradicted: ! response.status undeclared");
    CHECK_TEXT(held(arena, api, sending(arena, "{\"a\": 1}", "204")),
               "not guaranteed: ? request.body undeclared");
    Api *bare = api_with(arena, "{get: {responses: {default: {description: ok}}}}");
    CHECK_TEXT(held(arena, bare, reading(arena, "{\"a\": 1}", LIKE)),
               "contradicted: ! response.body undeclared");
}

/* ---- Impact ---------------------------------------------------------------------------------- */

static void check_hurt(Arena *arena, const char *base, const char *revision, const char *body,
                       const char *rules, const char *expected) {
    CHECK_TEXT(hurt(arena, api_answering(arena, base), api_answering(arena, revision),
                    reading(arena, body, rules)),
               expected);
}

static void lost_properties(Arena *arena) {
    const char *user = "{type: object, properties: {userId: {type: string}, age: {type: integer}}}";
    const char *body = "{\"userId\": \"u1\"}";
    const char *reason = "property.renamed <- reads body.userId as a string";
    check_hurt(arena, user,
               "{type: object, properties: {user_id: {type: string}, "
               "age: {type: integer}}}",
               body, LIKE, reason);
    check_hurt(arena, user, "{type: object, properties: {age: {type: integer}}}", body, LIKE,
               "property.removed <- reads body.userId as a string");
    check_hurt(arena, user, "{type: object, properties: {userId: {type: string}}}", body, LIKE,
               "nobody");
    check_hurt(arena, "{type: object, properties: {age: {type: integer}}}",
               "{type: object, properties: {id: {type: integer}}}", body, LIKE, "failing before");
    check_hurt(arena, "{type: object, required: [userId], properties: {userId: {type: string}}}",
               "{type: object, properties: {userId: {type: string}}}", body, LIKE,
               "property.optional <- reads body.userId as a string");
}

static void other_values(Arena *arena) {
    const char *text = "{type: object, required: [a], properties: {a: {type: string}}}";
    const char *null = "{type: object, required: [a], properties: {a: {type: string, nullable: "
                       "true}}}";
    const char *number = "{type: object, required: [a], properties: {a: {type: number}}}";
    const char *two =
        "{type: object, required: [a], properties: {a: {type: string, enum: [x, y]}}}";
    const char *three =
        "{type: object, required: [a], properties: {a: {type: string, enum: [x, y, z]}}}";
    const char *without = "{type: object, required: [a], properties: {a: {type: string, enum: "
                          "[y, z]}}}";
    const char *body = "{\"a\": \"x\"}";
    check_hurt(arena, text, null, body, LIKE, "null.added <- reads body.a as a string");
    check_hurt(arena, text, number, body, LIKE, "type.changed <- reads body.a as a string");
    check_hurt(arena, two, three, body, LIKE, "nobody");
    check_hurt(arena, two, three, body, "", "enum.value.added <- reads body.a as \"x\"");
    check_hurt(arena, text, two, body, "", "nobody");
    check_hurt(arena, three, two, body, "", "nobody");
    check_hurt(arena, two, without, body, "", "enum.value.removed <- reads body.a as \"x\"");
}

static void requests_that_are_refused(Arena *arena) {
    const char *base = "{type: object, required: [name], properties: {name: {type: string}, "
                       "age: {type: integer}}}";
    const char *revision = "{type: object, required: [name, email], properties: {name: {type: "
                           "string}, age: {type: integer}, email: {type: string}}}";
    CHECK_TEXT(hurt(arena, api_taking(arena, base), api_taking(arena, revision),
                    sending(arena, "{\"name\": \"Ann\"}", "204")),
               "property.added <- does not send body.email");
    const char *limit = "{get: {parameters: [{name: %s, in: query, required: %s, schema: {type: "
                        "integer}}], responses: {'200': {description: ok}}}}";
    Text before = text_format(arena, limit, "limit", "false");
    Text required = text_format(arena, limit, "limit", "true");
    Text renamed = text_format(arena, limit, "page_limit", "false");
    CHECK_TEXT(hurt(arena, api_with(arena, before.data), api_with(arena, required.data),
                    asking(arena, "")),
               "parameter.required <- does not send query.limit");
    CHECK_TEXT(hurt(arena, api_with(arena, before.data), api_with(arena, renamed.data),
                    asking(arena, ", \"query\": {\"limit\": [\"5\"]}")),
               "parameter.renamed <- sends query.limit");
}

static void lost_operations(Arena *arena) {
    Api *base = api_with(arena, "{get: {responses: {'200': {description: ok}}}, delete: "
                                "{responses: {'204': {description: ok}}}}");
    Api *revision = api_with(arena, "{delete: {responses: {'204': {description: ok}}}}");
    CHECK_TEXT(hurt(arena, base, revision, asking(arena, "")),
               "operation.removed <- calls GET /users/1");
    Api *created = api_with(arena, "{get: {responses: {'201': {description: ok}}}, delete: "
                                   "{responses: {'204': {description: ok}}}}");
    CHECK_TEXT(hurt(arena, base, created, asking(arena, "")),
               "status.removed <- expects status 200");
}

int main(void) {
    RUN(ladder_of_a_property);
    RUN(kinds_of_value);
    RUN(exact_values);
    RUN(arrays);
    RUN(alternatives);
    RUN(request_bodies);
    RUN(parameters);
    RUN(operations_and_statuses);
    RUN(lost_properties);
    RUN(other_values);
    RUN(requests_that_are_refused);
    RUN(lost_operations);
    return check_finish();
}
