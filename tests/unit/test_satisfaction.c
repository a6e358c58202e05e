/* What satisfies an interaction. */
#include "impact_text.h"

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
        {"{type: string, nullable: true}", "not guaranteed: ? response.body.a null"},
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
        {"{type: string, pattern: '^y'}", "contradicted: ! response.body.a value-never:\"x\""},
        {"{type: string, maxLength: 0}", "contradicted: ! response.body.a value-never:\"x\""},
        {"{type: string, enum: [x, y]}", "satisfied: ? response.body.a (value:\"y\")"},
        {"{type: string, enum: [y]}",
         "contradicted: ! response.body.a value-never:\"x\"; ? response.body.a (value:\"y\")"},
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
                  "\"$.bark\": {\"matchers\": [{\"match\": \"type\"}]}", "satisfied");
    check_reading(arena, pets, "{\"kind\": \"dog\", \"bark\": \"woof\"}",
                  "\"$\": {\"matchers\": [{\"match\": \"type\"}]}",
                  "not guaranteed: ? response.body.bark undeclared; ? response.body variant:1");
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
                  "contradicted: ! request.body.name value-never:\"A\"");
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
                 "contradicted: ! request.query.where.a value");
    check_asking(arena,
                 "{name: id, in: path, required: true, schema: {type: string, minLength: 2}}", "",
                 "contradicted: ! request.path.id value");
    check_asking(arena, "{name: X-Count, in: header, schema: {type: integer}}",
                 ", \"headers\": {\"x-count\": \"many\", \"x-other\": \"1\"}",
                 "contradicted: ! request.header.X-Count value; ? request.header.x-other "
                 "undeclared");
    check_asking(arena, "", ", \"headers\": {\"User-Agent\": \"x\", \"If-Match\": \"1\"}",
                 "satisfied: ? request.header.User-Agent (undeclared); ? request.header.If-Match "
                 "(undeclared)");
    check_asking(arena, "{name: sid, in: cookie, required: true, schema: {type: string}}",
                 ", \"headers\": {\"Cookie\": \"a=b; sid=1\"}",
                 "satisfied: ? request.cookie.a (undeclared)");
}

static Text answering(Arena *arena, const char *headers, const char *expected_headers) {
    Text methods = text_format(
        arena, "{get: {responses: {'200': {description: ok, headers: {%s}}}}}", headers);
    Text interaction = text_format(
        arena,
        "{\"description\": \"d\", \"request\": {\"method\": \"GET\", \"path\": \"/users/1\"}, "
        "\"response\": {\"status\": 200, \"headers\": {%s}}}",
        expected_headers);
    return held(arena, api_with(arena, methods.data), pact_with(arena, interaction));
}

/* As with keys: where any header is declared, another one does not come, unless HTTP has it. */
static void response_headers(Arena *arena) {
    const char *count = "X-Count: {required: true, schema: {type: integer}}";
    CHECK_TEXT(answering(arena, count, "\"x-count\": \"5\""),
               "satisfied: ? response.header.x-count (any)");
    CHECK_TEXT(answering(arena, count, "\"X-Count\": \"many\""),
               "contradicted: ! response.header.X-Count value");
    CHECK_TEXT(answering(arena, count, "\"X-Other\": \"5\""),
               "contradicted: ! response.header.X-Other undeclared");
    CHECK_TEXT(answering(arena, count, "\"Location\": \"/\""),
               "not guaranteed: ? response.header.Location undeclared");
    CHECK_TEXT(answering(arena, "", "\"X-Other\": \"5\""),
               "not guaranteed: ? response.header.X-Other undeclared");
    CHECK_TEXT(
        answering(arena, "X-Count: {schema: {type: integer}}", "\"X-Count\": \"5\""),
        "not guaranteed: ? response.header.X-Count optional; ? response.header.X-Count (any)");
}

/* What is sent and what is answered, by content type; suffixes of one syntax are no promise. */
static Text exchanging(Arena *arena, const char *sent, const char *answered) {
    Api *api = api_with(arena, "{post: {requestBody: {content: {application/json: {}}}, responses: "
                               "{'200': {description: ok, content: {application/json: {schema: "
                               "{type: object}}}}}}}");
    Text interaction = text_format(
        arena,
        "{\"description\": \"d\", \"request\": {\"method\": \"POST\", \"path\": \"/users/1\", "
        "\"headers\": {\"Content-Type\": \"%s\"}, \"body\": {}}, \"response\": {\"status\": 200, "
        "\"headers\": {\"Content-Type\": \"%s\"}}}",
        sent, answered);
    return held(arena, api, pact_with(arena, interaction));
}

static void content_types(Arena *arena) {
    const char *json = "application/json; charset=utf-8";
    CHECK_TEXT(exchanging(arena, json, json), "satisfied");
    CHECK(text_starts_with(exchanging(arena, "text/csv", json),
                           TEXT("contradicted: ! request.header.Content-Type")));
    CHECK(text_starts_with(exchanging(arena, json, "text/csv"),
                           TEXT("contradicted: ! response.header.Content-Type")));
    CHECK(text_starts_with(exchanging(arena, "application/hal+json", json),
                           TEXT("not guaranteed: ? request.header.Content-Type")));
    CHECK(text_starts_with(exchanging(arena, json, "application/hal+json"),
                           TEXT("not guaranteed: ? response.header.Content-Type")));
}

static void read_only_and_write_only(Arena *arena) {
    const char *user = "{type: object, required: [id, secret], properties: {id: {type: string, "
                       "readOnly: true}, secret: {type: string, writeOnly: true}}}";
    CHECK_TEXT(held(arena, api_taking(arena, user), sending(arena, "{\"secret\": \"s\"}", "204")),
               "satisfied");
    CHECK(text_starts_with(
        held(arena, api_answering(arena, user), reading(arena, "{\"secret\": \"s\"}", LIKE)),
        TEXT("contradicted: ! response.body.secret undeclared")));
    CHECK_TEXT(held(arena, api_answering(arena, user), reading(arena, "{\"id\": \"1\"}", LIKE)),
               "satisfied");
}

static Text accepting(Arena *arena, const char *accept) {
    Api *api = api_with(arena, "{get: {responses: {'200': {description: ok, content: "
                               "{application/json: {}, text/csv: {}}}, '406': {description: no, "
                               "content: {text/html: {}}}}}}");
    Text request = text_format(arena, ", \"headers\": {\"Accept\": \"%s\"}", accept);
    return held(arena, api, asking(arena, request.data));
}

static void accepted_media_types(Arena *arena) {
    CHECK_TEXT(accepting(arena, "*/*"), "satisfied");
    CHECK_TEXT(accepting(arena, "application/xml, text/*;q=0.5"), "satisfied");
    CHECK_TEXT(accepting(arena, "application/hal+json"), "satisfied");
    CHECK_TEXT(accepting(arena, "text/html"), "satisfied");
    CHECK_TEXT(accepting(arena, "application/xml, image/*"),
               "contradicted: ! response.accept undeclared");
}

static void credentials(Arena *arena) {
    Api *api = api_of(
        arena, TEXT("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /users/{id}:\n"
                    "    get:\n      security: [{Key: []}, {Token: [], Session: []}]\n"
                    "      responses: {'200': {description: ok}, '401': {description: no}}\n"
                    "components:\n  securitySchemes:\n"
                    "    Key: {type: apiKey, in: header, name: X-Key}\n"
                    "    Session: {type: apiKey, in: cookie, name: sid}\n"
                    "    Token: {type: http, scheme: bearer}\n"));
    CHECK_TEXT(held(arena, api, asking(arena, ", \"headers\": {\"X-Key\": \"1\"}")), "satisfied");
    CHECK_TEXT(held(arena, api,
                    asking(arena, ", \"headers\": {\"Authorization\": \"bearer 1\", "
                                  "\"Cookie\": \"sid=1\"}")),
               "satisfied");
    CHECK_TEXT(held(arena, api, asking(arena, ", \"headers\": {\"Authorization\": \"Bearer 1\"}")),
               "contradicted: ! request.security security:`Key`, or `Token` and `Session`");
    CHECK_TEXT(held(arena, api,
                    pact_with(arena, TEXT("{\"description\": \"d\", \"request\": {\"method\": "
                                          "\"GET\", \"path\": \"/users/1\"}, \"response\": "
                                          "{\"status\": 401}}"))),
               "satisfied");
}

/* Styles of path parameters: `;id=1`, `.1` (RFC 6570 section 3.2). */
static Text styled(Arena *arena, const char *template, const char *parameter, const char *path) {
    Text description = text_format(arena,
                                   "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n"
                                   "  /x/%s: {get: {parameters: [{name: id, in: path, required: "
                                   "true, %s}], responses: {'200': {description: ok}}}}\n",
                                   template, parameter);
    Text interaction = text_format(arena,
                                   "{\"description\": \"d\", \"request\": {\"method\": \"GET\", "
                                   "\"path\": \"/x/%s\"}, \"response\": {\"status\": 200}}",
                                   path);
    return held(arena, api_of(arena, description), pact_with(arena, interaction));
}

static void styles_of_path_parameters(Arena *arena) {
    const char *refused = "contradicted: ! request.path.id value";
    const char *integer = "style: matrix, schema: {type: integer}";
    CHECK_TEXT(styled(arena, "{id}", integer, ";id=5"), "satisfied");
    CHECK_TEXT(styled(arena, "{id}", integer, ";id=a"), refused);
    const char *list =
        "style: matrix, explode: true, schema: {type: array, items: {type: integer}}";
    CHECK_TEXT(styled(arena, "{id}", list, ";id=5;id=6"), "satisfied");
    CHECK_TEXT(styled(arena, "{id}", list, ";id=5;id=a"), refused);
    const char *label =
        "style: label, explode: true, schema: {type: array, items: {type: integer}}";
    CHECK_TEXT(styled(arena, "{id}", label, ".5.6"), "satisfied");
    CHECK_TEXT(styled(arena, "{id}", label, ".5.a"), refused);
    const char *simple = "schema: {type: array, items: {type: integer}}";
    CHECK_TEXT(styled(arena, "{id}.json", simple, "5,6.json"), "satisfied");
    CHECK_TEXT(styled(arena, "{id}.json", simple, "5,a.json"), refused);
    CHECK_TEXT(styled(arena, "{id}", "schema: {type: string, enum: [a b]}", "a%20b"), "satisfied");
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
               "contradicted: ? response.status (default); ! response.body undeclared");
}

int main(void) {
    RUN(ladder_of_a_property);
    RUN(kinds_of_value);
    RUN(exact_values);
    RUN(arrays);
    RUN(alternatives);
    RUN(request_bodies);
    RUN(parameters);
    RUN(response_headers);
    RUN(content_types);
    RUN(read_only_and_write_only);
    RUN(accepted_media_types);
    RUN(credentials);
    RUN(styles_of_path_parameters);
    RUN(operations_and_statuses);
    return check_finish();
}
