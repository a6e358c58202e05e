/* The loading of descriptions: what each dialect's operations and their parts become in the graph,
 * and what is said of wrong ones. */
#include "openapi_text.h"

/* ---- Versions -------------------------------------------------------------------------------- */

static void versions(Arena *arena) {
    CHECK(load(arena, "openapi: 3.0.4\npaths: {}")->api->dialect == DIALECT_3_0);
    CHECK(load(arena, "openapi: 3.1\npaths: {}")->api->dialect == DIALECT_3_1);
    CHECK(load(arena, "openapi: \"3.2.0\"\npaths: {}")->api->dialect == DIALECT_3_2);
    CHECK(load(arena, "swagger: 2.0\npaths: {}")->api->dialect == DIALECT_SWAGGER_2_0);
    CHECK_TEXT(said(arena, load(arena, "a: 1\nopenapi: 4.0.0"), 0),
               "2:10 `openapi: 4.0.0` is a version that is not known; 2.0, 3.0, 3.1 and 3.2 are");
    CHECK(!load(arena, "swagger: \"1.2\"")->api);
    CHECK(!load(arena, "openapi: 2.0")->api);
    CHECK(!load(arena, "openapi: [3]")->api);
    CHECK_TEXT(said(arena, load(arena, "title: x"), 0),
               "1:1 `api.yaml` is not an OpenAPI description: neither `openapi` nor `swagger` says "
               "its version: name the root file of the description");
    CHECK(!load(arena, "[1, 2]")->api);
}

/* ---- Operations ------------------------------------------------------------------------------ */

static void operations(Arena *arena) {
    Loaded *loaded =
        load(arena, "openapi: 3.2.0\n"
                    "info: {title: T, version: 1.10}\n"
                    "paths:\n"
                    "  x-note: {get: 1}\n"
                    "  /b:\n"
                    "    summary: s\n"
                    "    POST: {operationId: make, deprecated: true, x-sunset: 2030-01-01,\n"
                    "           tags: [one, two]}\n"
                    "    query: {}\n"
                    "    additionalOperations: {COPY: {}}\n"
                    "  /a:\n"
                    "    $ref: '#/components/pathItems/A'\n"
                    "    get: {operationId: own}\n"
                    "webhooks:\n"
                    "  moved: {post: {}}\n"
                    "components:\n"
                    "  pathItems:\n"
                    "    A: {$ref: '#/components/pathItems/B', get: {operationId: theirs},\n"
                    "        delete: {operationId: nearer}}\n"
                    "    B: {delete: {operationId: farther}, patch: {}}\n");
    CHECK_LOADED(loaded);
    CHECK_TEXT(loaded->api->version, "1.10");
    CHECK(loaded->api->operations.count == 7);
    Operation *post = operation(loaded, 0);
    CHECK_TEXT(post->method, "POST");
    CHECK_TEXT(post->path, "/b");
    CHECK_TEXT(post->operation_id, "make");
    CHECK_TEXT(post->sunset, "2030-01-01");
    CHECK(post->deprecated && post->tags.count == 2);
    CHECK_TEXT(operation(loaded, 1)->method, "QUERY");
    CHECK_TEXT(operation(loaded, 2)->method, "COPY");
    CHECK_TEXT(operation(loaded, 3)->operation_id, "own");
    CHECK_TEXT(operation(loaded, 4)->operation_id, "nearer");
    CHECK_TEXT(operation(loaded, 5)->method, "PATCH");
    CHECK_TEXT(operation(loaded, 6)->path, "moved");
    CHECK(operation(loaded, 6)->webhook && !post->webhook);
}

static void parameters(Arena *arena) {
    Loaded *loaded = load(
        arena, "openapi: 3.0.0\n"
               "paths:\n"
               "  /a/{id}:\n"
               "    parameters:\n"
               "    - {name: id, in: path, schema: {type: string}}\n"
               "    - {name: q, in: query, schema: {type: string}}\n"
               "    - {name: q, in: query, description: the last of two counts, required: true}\n"
               "    - {name: Accept, in: header}\n"
               "    get:\n"
               "      parameters:\n"
               "      - {name: id, in: path, style: label, schema: {type: integer}}\n"
               "      - {name: X-A, in: header, deprecated: true}\n"
               "      - {name: c, in: cookie, content: {application/json: {schema: {}}}}\n"
               "      - {name: f, in: query, style: deepObject, allowReserved: true}\n"
               "    put: {}\n");
    CHECK_LOADED(loaded);
    Operation *get = operation(loaded, 0);
    CHECK(get->parameters.count == 5);
    Parameter *id = &get->parameters.items[0];
    CHECK(id->in == IN_PATH && id->style == STYLE_LABEL && id->required && !id->explode);
    CHECK(id->type->kinds == KIND_INTEGER);
    Parameter *q = &get->parameters.items[1];
    CHECK(q->style == STYLE_FORM && q->explode && q->required && !q->type);
    CHECK(get->parameters.items[2].in == IN_HEADER && get->parameters.items[2].deprecated);
    CHECK(get->parameters.items[3].content && !get->parameters.items[3].type);
    CHECK(get->parameters.items[4].style == STYLE_DEEP_OBJECT);
    CHECK(!get->parameters.items[4].explode && get->parameters.items[4].allow_reserved);
    CHECK(operation(loaded, 1)->parameters.count == 2);
    CHECK(operation(loaded, 1)->parameters.items[0].type->kinds == KIND_STRING);
}

static void many_parameters(Arena *arena) {
    Buffer text = {.arena = arena};
    buffer_format(&text, "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      parameters:\n");
    for (int i = 0; i < 60; i++)
        buffer_format(&text, "      - {name: p%d, in: query, required: %s}\n", i % 40,
                      i < 40 ? "false" : "true");
    buffer_add_byte(&text, '\0');
    Loaded *loaded = load(arena, text.data);
    CHECK_LOADED(loaded);
    Operation *get = operation(loaded, 0);
    CHECK(get->parameters.count == 40);
    CHECK(get->parameters.items[0].required && get->parameters.items[19].required);
    CHECK(!get->parameters.items[20].required);
}

static void bodies_and_responses(Arena *arena) {
    Loaded *loaded =
        load(arena, "openapi: 3.0.0\n"
                    "paths:\n"
                    "  /a:\n"
                    "    post:\n"
                    "      requestBody: {$ref: '#/components/requestBodies/B'}\n"
                    "      responses:\n"
                    "        200: {$ref: '#/components/responses/R'}\n"
                    "        4xx: {$ref: '#/components/responses/R'}\n"
                    "        default: {}\n"
                    "        x-note: text\n"
                    "components:\n"
                    "  requestBodies:\n"
                    "    B:\n"
                    "      required: true\n"
                    "      content:\n"
                    "        multipart/form-data:\n"
                    "          schema: {type: object}\n"
                    "          encoding: {f: {contentType: image/png, explode: false}}\n"
                    "        text/plain:\n"
                    "  responses:\n"
                    "    R:\n"
                    "      headers:\n"
                    "        x-rate: {$ref: '#/components/headers/H'}\n"
                    "        Content-Type: {schema: {type: string}}\n"
                    "      links: {next: {operationId: n}}\n"
                    "      content: {application/jsonl: {itemSchema: {type: object}}}\n"
                    "  headers: {H: {required: true, schema: {type: integer}}}\n");
    CHECK_LOADED(loaded);
    Operation *post = operation(loaded, 0);
    CHECK(post->request_body->required && post->request_body->media_types.count == 2);
    MediaType *form = &post->request_body->media_types.items[0];
    CHECK_TEXT(form->name, "multipart/form-data");
    CHECK_TEXT(form->encodings.items[0].content_type, "image/png");
    CHECK(!form->encodings.items[0].explode);
    CHECK(!post->request_body->media_types.items[1].type);
    CHECK(post->responses.count == 3);
    CHECK_TEXT(post->responses.items[1].status, "4XX");
    CHECK_TEXT(post->responses.items[2].status, "default");
    Response *ok = &post->responses.items[0];
    CHECK(ok->headers.count == 1 && ok->links.count == 1);
    CHECK_TEXT(ok->headers.items[0].name, "x-rate");
    CHECK(ok->headers.items[0].in == IN_HEADER && ok->headers.items[0].style == STYLE_SIMPLE);
    CHECK(ok->media_types.items[0].item_type && !ok->media_types.items[0].type);
    CHECK(ok->origin == post->responses.items[1].origin);
}

/* A callback that leads back to itself is listed once. */
static void callbacks(Arena *arena) {
    Loaded *loaded = load(arena, "openapi: 3.1.0\n"
                                 "paths:\n"
                                 "  /a:\n"
                                 "    post: &post\n"
                                 "      callbacks: {done: {$ref: '#/components/callbacks/C'}}\n"
                                 "components:\n"
                                 "  callbacks:\n"
                                 "    C:\n"
                                 "      '{$request.body#/url}':\n"
                                 "        put: *post\n"
                                 "      x-note: 1\n");
    CHECK_LOADED(loaded);
    Operation *post = operation(loaded, 0);
    CHECK(loaded->api->operations.count == 1 && post->callbacks.count == 1);
    CHECK_TEXT(post->callbacks.items[0]->path, "done {$request.body#/url}");
    CHECK(post->callbacks.items[0]->webhook && !post->callbacks.items[0]->callbacks.count);
}

static void servers(Arena *arena) {
    Loaded *loaded = load(
        arena,
        "openapi: 3.0.0\n"
        "servers:\n"
        "- {url: 'https://{host}/{base}/', variables: {host: {default: h}, base: {default: v1}}}\n"
        "- {url: /}\n"
        "- {url: v2}\n"
        "- {url: '../v3?x=1'}\n"
        "- {url: '//h'}\n"
        "paths:\n"
        "  /a: {get: {}, put: {servers: [{url: 'http://h/o'}]}}\n"
        "  /b: {servers: [{url: /p}], get: {}}\n");
    CHECK_LOADED(loaded);
    const Operation *get = operation(loaded, 0);
    CHECK(get->servers.count == 5);
    CHECK_TEXT(get->servers.items[0].base_path, "/v1");
    CHECK_TEXT(get->servers.items[1].base_path, "");
    CHECK_TEXT(get->servers.items[2].base_path, "/v2");
    CHECK_TEXT(get->servers.items[3].base_path, "/v3");
    CHECK_TEXT(get->servers.items[4].base_path, "");
    CHECK_TEXT(operation(loaded, 1)->servers.items[0].base_path, "/o");
    CHECK_TEXT(operation(loaded, 2)->servers.items[0].base_path, "/p");
}

static void security(Arena *arena) {
    Loaded *loaded =
        load(arena, "openapi: 3.1.0\n"
                    "security: [{key: []}, {}]\n"
                    "paths:\n"
                    "  /a:\n"
                    "    get: {}\n"
                    "    put: {security: []}\n"
                    "    post: {security: [{auth: [read, write], web: }, {nowhere: []}]}\n"
                    "components:\n"
                    "  securitySchemes:\n"
                    "    key: {type: apiKey, in: cookie, name: sid}\n"
                    "    auth: {type: oauth2, flows: {}}\n"
                    "    web: {type: http, scheme: Bearer}\n"
                    "    unused: {type: nonsense}\n");
    CHECK_LOADED(loaded);
    const Operation *get = operation(loaded, 0), *post = operation(loaded, 2);
    CHECK(get->security.count == 2 && get->security.items[1].needs.count == 0);
    const SecurityScheme *key = get->security.items[0].needs.items[0].scheme;
    CHECK(key->kind == SECURITY_API_KEY && key->in == IN_COOKIE);
    CHECK_TEXT(key->parameter, "sid");
    CHECK(operation(loaded, 1)->security.count == 0 && operation(loaded, 1)->security_origin);
    CHECK(post->security.items[0].needs.count == 2);
    CHECK(post->security.items[0].needs.items[0].scopes.count == 2);
    CHECK_TEXT(post->security.items[0].needs.items[1].scheme->scheme, "bearer");
    CHECK(post->security.items[1].needs.items[0].scheme->kind == SECURITY_UNKNOWN);
    CHECK(loaded->api->security_schemes.count == 3);
}

/* ---- Swagger 2.0 ----------------------------------------------------------------------------- */

static void swagger(Arena *arena) {
    Loaded *loaded = load(
        arena, "swagger: '2.0'\n"
               "host: h\n"
               "basePath: /v1/\n"
               "schemes: [http, https]\n"
               "consumes: [application/xml]\n"
               "produces: [text/json]\n"
               "security: [{b: []}]\n"
               "securityDefinitions: {b: {type: basic}}\n"
               "parameters:\n"
               "  Page: {name: page, in: query, type: integer, minimum: 1, required: true}\n"
               "definitions: {D: {type: object, discriminator: kind}}\n"
               "responses: {E: {schema: {$ref: '#/definitions/D'}}}\n"
               "paths:\n"
               "  /a:\n"
               "    parameters: [{$ref: '#/parameters/Page'}]\n"
               "    post:\n"
               "      parameters:\n"
               "      - {name: b, in: body, required: true, schema: {$ref: '#/definitions/D'}}\n"
               "      - {name: t, in: query, type: array, items: {type: string}}\n"
               "      - {name: p, in: query, type: array, collectionFormat: multi, items: {}}\n"
               "      - {name: h, in: header, type: array, collectionFormat: tsv, items: {}}\n"
               "      responses:\n"
               "        200: {$ref: '#/responses/E'}\n"
               "        204: {headers: {X-A: {type: integer}}}\n"
               "    get: {produces: [], responses: {200: {$ref: '#/responses/E'}}}\n");
    CHECK_LOADED(loaded);
    Operation *post = operation(loaded, 0);
    CHECK(post->servers.count == 2);
    CHECK_TEXT(post->servers.items[1].url, "https://h/v1");
    CHECK_TEXT(post->servers.items[0].base_path, "/v1");
    CHECK_TEXT(post->security.items[0].needs.items[0].scheme->scheme, "basic");
    CHECK(post->parameters.count == 4);
    const Parameter *page = &post->parameters.items[0];
    CHECK(page->required && page->type->kinds == KIND_INTEGER && !page->type->object);
    CHECK_TEXT(page->type->number->minimum.digits, "1");
    CHECK(post->parameters.items[1].style == STYLE_FORM && !post->parameters.items[1].explode);
    CHECK(post->parameters.items[2].style == STYLE_FORM && post->parameters.items[2].explode);
    CHECK(post->parameters.items[3].style == STYLE_TAB_DELIMITED);
    CHECK(post->request_body->required);
    CHECK_TEXT(post->request_body->media_types.items[0].name, "application/xml");
    Type *body = post->request_body->media_types.items[0].type->reference;
    CHECK_TEXT(body->name, "D");
    CHECK_TEXT(body->combinators->discriminator->property, "kind");
    CHECK_TEXT(post->responses.items[0].media_types.items[0].name, "text/json");
    CHECK(post->responses.items[1].headers.items[0].type->kinds == KIND_INTEGER);
    const Response *got = &operation(loaded, 1)->responses.items[0];
    CHECK_TEXT(got->media_types.items[0].name, "application/json");
    CHECK(got->media_types.items[0].type == post->responses.items[0].media_types.items[0].type);
}

static void swagger_forms(Arena *arena) {
    Loaded *loaded = load(arena, "swagger: '2.0'\n"
                                 "consumes: [application/json]\n"
                                 "paths:\n"
                                 "  /a:\n"
                                 "    post:\n"
                                 "      parameters:\n"
                                 "      - {name: f, in: formData, type: file, required: true}\n"
                                 "      - {name: l, in: formData, type: array, items: {},\n"
                                 "         collectionFormat: pipes}\n"
                                 "    put:\n"
                                 "      consumes: [multipart/form-data, application/json]\n"
                                 "      parameters: [{name: n, in: formData, type: number}]\n");
    CHECK_LOADED(loaded);
    const Body *body = operation(loaded, 0)->request_body;
    CHECK(body->required && body->media_types.count == 1);
    const MediaType *form = &body->media_types.items[0];
    CHECK_TEXT(form->name, "multipart/form-data");
    CHECK(form->type->kinds == KIND_OBJECT && form->type->object->properties.count == 2);
    CHECK(form->type->object->required.count == 1);
    CHECK_TEXT(form->type->object->properties.items[0].type->format, "binary");
    CHECK(form->encodings.count == 1 && form->encodings.items[0].style == STYLE_PIPE_DELIMITED);
    body = operation(loaded, 1)->request_body;
    CHECK(!body->required && body->media_types.count == 1);
    CHECK(!operation(loaded, 1)->parameters.count);
}

/* ---- Bad input ------------------------------------------------------------------------------- */

static void wrong_parts(Arena *arena) {
    Loaded *loaded = load(arena, "openapi: 3.0.0\n"
                                 "paths:\n"
                                 "  /a:\n"
                                 "    get:\n"
                                 "      deprecated: 1\n"
                                 "      tags: {}\n"
                                 "      parameters:\n"
                                 "      - {in: query}\n"
                                 "      - {name: a}\n"
                                 "      - {name: b, in: qury}\n"
                                 "      - text\n"
                                 "      - {name: c, in: query, content: {a/b: {}, c/d: {}}}\n"
                                 "      responses: {20: {}, 2xx: 1}\n"
                                 "      security: {}\n"
                                 "  /b: [1]\n");
    CHECK(!loaded->api);
    static const char *const expected[] = {
        "5:19 `deprecated` must be `true` or `false`, not a number",
        "6:13 `tags` must be a list, not a mapping",
        "8:9 a parameter needs `name`",
        "9:9 a parameter needs `in`: where it stands (path, query, header or cookie)",
        "10:23 `in` can't be `qury`: did you mean `query`?",
        "11:9 a parameter must be a mapping, not a string",
        "12:39 `content` of a parameter must have exactly one media type, not 2",
        "13:19 `20` is no status of a response: three digits, a class like `2XX`, or `default` is "
        "expected",
        "13:32 a response must be a mapping, not a number",
        "14:17 `security` must be a list of security requirements, not a mapping",
        "15:7 a path item must be a mapping, not a sequence",
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        CHECK_TEXT(said(arena, loaded, i), expected[i]);
    CHECK(loaded->diagnostics.errors == sizeof expected / sizeof *expected);
}

static void at_most_twenty_errors(Arena *arena) {
    Buffer text = {.arena = arena};
    buffer_format(&text, "openapi: 3.0.0\npaths:\n");
    for (int i = 0; i < 50; i++)
        buffer_format(&text, "  /a%d: {get: {tags: 1}}\n", i);
    buffer_add_byte(&text, '\0');
    Loaded *loaded = load(arena, text.data);
    CHECK(!loaded->api && loaded->diagnostics.errors == 20);
}

/* What no operation reaches is not looked at, and empty containers are none. */
static void tolerance(Arena *arena) {
    Loaded *loaded = load(arena, "openapi: 3.0.0\n"
                                 "paths:\n"
                                 "  /a/{id}:\n"
                                 "    parameters:\n"
                                 "    get: {tags: , parameters: [{name: id, in: path}]}\n"
                                 "  /b:\n"
                                 "components:\n"
                                 "  schemas: {A: {type: nonsense, $ref: nowhere.yaml}, B: 1}\n");
    CHECK_LOADED(loaded);
    CHECK(operation(loaded, 0)->parameters.items[0].required && loaded->api->type_count == 0);
}

int main(void) {
    RUN(versions);
    RUN(operations);
    RUN(parameters);
    RUN(many_parameters);
    RUN(bodies_and_responses);
    RUN(callbacks);
    RUN(servers);
    RUN(security);
    RUN(swagger);
    RUN(swagger_forms);
    RUN(wrong_parts);
    RUN(at_most_twenty_errors);
    RUN(tolerance);
    return check_finish();
}
