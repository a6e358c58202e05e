/* The loading of descriptions: what each dialect's parts become in the graph, and what is said of
 * wrong ones. */
#include "check.h"

#include "load/load.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct Loaded {
    Api *api; /* NULL: the load failed */
    Diagnostics diagnostics;
    uint32_t next_id;
} Loaded;

static Loaded *load_with(Arena *arena, const char *text, bool allow_unresolved) {
    Loaded *loaded = arena_new_object(arena, Loaded);
    loaded->diagnostics.arena = arena;
    Source source = {.file = TEXT("api.yaml"), .name = TEXT("api.yaml"), .bytes = text_from(text)};
    DocumentSet *set = document_set_new(arena, &loaded->diagnostics);
    const Document *document = document_parse(arena, &loaded->diagnostics, source);
    LoadOptions options = {allow_unresolved, &loaded->next_id};
    if (document)
        loaded->api = load_openapi(arena, &loaded->diagnostics, set, document, &options);
    return loaded;
}

static Loaded *load(Arena *arena, const char *text) {
    return load_with(arena, text, false);
}

static Operation *operation(const Loaded *loaded, size_t index) {
    static Operation none;
    return loaded->api && index < loaded->api->operations.count
               ? loaded->api->operations.items[index]
               : &none;
}

/* "3:7 message" of the n-th thing said. */
static Text said(Arena *arena, const Loaded *loaded, size_t index) {
    if (index >= loaded->diagnostics.list.count)
        return TEXT("nothing");
    const Diagnostic *diagnostic = &loaded->diagnostics.list.items[index];
    return text_format(arena, "%u:%u %.*s", diagnostic->place.line, diagnostic->place.column,
                       TEXT_ARG(diagnostic->message));
}

#define CHECK_LOADED(loaded)                                                                       \
    do {                                                                                           \
        CHECK((loaded)->api != NULL);                                                              \
        if (!(loaded)->api) {                                                                      \
            printf("  %.*s\n", TEXT_ARG(said(arena, (loaded), 0)));                                \
            return;                                                                                \
        }                                                                                          \
    } while (0)

/* The Type of one schema, in a response of 3.1 (or the version given), `S` being its name. */
static Type *schema_in(Arena *arena, const char *version, const char *schema, Loaded **into) {
    Text text = text_format(arena,
                            "{\"openapi\": \"%s\", \"paths\": {\"/a\": {\"get\": {\"responses\": {"
                            "\"200\": {\"content\": {\"application/json\": {\"schema\": "
                            "{\"$ref\": \"#/components/schemas/S\"}}}}}}}},"
                            "\"components\": {\"schemas\": {\"S\": %s}}}",
                            version, schema);
    Loaded *loaded = load(arena, text.data);
    if (into)
        *into = loaded;
    Operation *get = operation(loaded, 0);
    return get->responses.count ? get->responses.items[0].media_types.items[0].type->reference
                                : NULL;
}

static Type *schema(Arena *arena, const char *text) {
    static Type none;
    Type *type = schema_in(arena, "3.1.0", text, NULL);
    CHECK(type != NULL);
    return type ? type : &none;
}

/* What is said of one schema. */
static Text wrong_schema(Arena *arena, const char *text) {
    Loaded *loaded;
    CHECK(!schema_in(arena, "3.1.0", text, &loaded));
    return loaded->diagnostics.list.count ? loaded->diagnostics.list.items[0].message : (Text){0};
}

/* ---- Versions -------------------------------------------------------------------------------- */

static void versions(Arena *arena) {
    CHECK(load(arena, "openapi: 3.0.4\npaths: {}")->api->dialect == DIALECT_3_0);
    CHECK(load(arena, "openapi: 3.1\npaths: {}")->api->dialect == DIALECT_3_1);
    CHECK(load(arena, "openapi: \"3.2.0\"")->api->dialect == DIALECT_3_2);
    CHECK(load(arena, "swagger: 2.0\npaths: {}")->api->dialect == DIALECT_SWAGGER_2_0);
    CHECK_TEXT(said(arena, load(arena, "a: 1\nopenapi: 4.0.0"), 0),
               "2:10 `openapi: 4.0.0` is a version that is not known; 2.0, 3.0, 3.1 and 3.2 are");
    CHECK(!load(arena, "swagger: \"1.2\"")->api);
    CHECK(!load(arena, "openapi: 2.0")->api);
    CHECK(!load(arena, "openapi: [3]")->api);
    CHECK_TEXT(said(arena, load(arena, "title: x"), 0),
               "1:1 `api.yaml` is not an OpenAPI description: neither `openapi` nor `swagger` says "
               "its version");
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
                    "    A: {get: {operationId: theirs}, delete: {}}\n");
    CHECK_LOADED(loaded);
    CHECK_TEXT(loaded->api->version, "1.10");
    CHECK(loaded->api->operations.count == 6);
    Operation *post = operation(loaded, 0);
    CHECK_TEXT(post->method, "POST");
    CHECK_TEXT(post->path, "/b");
    CHECK_TEXT(post->operation_id, "make");
    CHECK_TEXT(post->sunset, "2030-01-01");
    CHECK(post->deprecated && post->tags.count == 2);
    CHECK_TEXT(operation(loaded, 1)->method, "QUERY");
    CHECK_TEXT(operation(loaded, 2)->method, "COPY");
    CHECK_TEXT(operation(loaded, 3)->operation_id, "own");
    CHECK_TEXT(operation(loaded, 4)->method, "DELETE");
    CHECK_TEXT(operation(loaded, 5)->path, "moved");
    CHECK(operation(loaded, 5)->webhook && !post->webhook);
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

/* ---- Types ----------------------------------------------------------------------------------- */

static void numbers(Arena *arena) {
    Type *type =
        schema(arena, "{\"type\": \"number\", \"minimum\": 1.50, \"exclusiveMinimum\": true,"
                      "\"maximum\": 9, \"exclusiveMaximum\": false, \"multipleOf\": 0.5}");
    CHECK(type->kinds == KIND_NUMBER);
    CHECK_TEXT(type->number->exclusive_minimum.digits, "1.50");
    CHECK(!type->number->minimum.digits.size && !type->number->exclusive_maximum.digits.size);
    CHECK_TEXT(type->number->maximum.digits, "9");
    type = schema(arena, "{\"minimum\": 1, \"exclusiveMinimum\": 2}");
    CHECK_TEXT(type->number->minimum.digits, "1");
    CHECK_TEXT(type->number->exclusive_minimum.digits, "2");
    CHECK(!type->string && !type->object && !type->array && !type->combinators);
}

static void words_of_other_dialects(Arena *arena) {
    Type *type = schema(arena, "{\"type\": [\"string\", null], \"nullable\": true}");
    CHECK(type->kinds == (KIND_STRING | KIND_NULL) && type->nullable);
    type = schema(arena, "{\"type\": \"file\", \"x-nullable\": true}");
    CHECK(type->kinds == KIND_STRING && type->nullable);
    CHECK_TEXT(type->format, "binary");
    type = schema(arena, "{\"items\": [{}, false], \"additionalItems\": {\"type\": \"null\"}}");
    CHECK(type->array->prefix_items.count == 2 && type->array->prefix_items.items[1]->never);
    CHECK(type->array->items->kinds == KIND_NULL);
    type = schema(arena, "{\"dependencies\": {\"a\": [\"b\"], \"c\": {\"minProperties\": 2}}}");
    CHECK(type->object->dependent_required.count == 1 &&
          type->object->dependent_schemas.count == 1);
    type = schema(arena, "{\"x-extensible-enum\": [\"a\", \"b\"]}");
    CHECK(type->extensible_enum && type->values->count == 2);
    type = schema(arena, "{\"enum\": [null, 1, 1], \"const\": null}");
    CHECK(!type->extensible_enum && type->values->count == 3 && type->constant);
}

static void objects(Arena *arena) {
    Type *type = schema(arena, "{\"type\": \"object\", \"required\": [\"type\", \"$ref\"],"
                               "\"properties\": {\"type\": {\"type\": \"string\"}, \"x-a\": {},"
                               "\"$ref\": {\"enum\": [1]}}, \"additionalProperties\": false,"
                               "\"example\": {\"$ref\": \"#/nowhere\"},"
                               "\"x-note\": {\"$ref\": \"#/nowhere\"}}");
    CHECK_TEXT(type->name, "S");
    CHECK(type->object->properties.count == 3 && type->object->required.count == 2);
    CHECK_TEXT(type->object->properties.items[1].name, "x-a");
    CHECK(type->object->properties.items[2].type->values->count == 1);
    CHECK(type->object->additional_properties->never);
    CHECK(schema(arena, "{\"minProperties\": 1}")->object->additional_properties == NULL);
}

/* One Type a schema: recursion closes a circle. */
static void recursion(Arena *arena) {
    Type *type =
        schema(arena, "{\"properties\": {\"next\": {\"$ref\": \"#/components/schemas/S\"},"
                      "\"first\": {\"allOf\": [{\"$ref\": \"#/components/schemas/S\"}]}}}");
    CHECK(type->object->properties.items[0].type->reference == type);
    type = schema(arena, "{\"allOf\": [{\"$ref\": \"#/components/schemas/S\"}]}");
    CHECK(type->combinators->all_of.items[0]->reference == type);
}

static void siblings_of_references(Arena *arena) {
    const char *text = "{\"$ref\": \"#/components/schemas/S/$defs/T\", \"type\": \"object\","
                       "\"readOnly\": true, \"nullable\": true,"
                       "\"$defs\": {\"T\": {\"type\": \"string\"}}}";
    Type *newer = schema_in(arena, "3.1.0", text, NULL);
    Type *older = schema_in(arena, "3.0.3", text, NULL);
    CHECK(newer->kinds == KIND_OBJECT && newer->reference->kinds == KIND_STRING);
    CHECK_TEXT(newer->reference->name, "T");
    CHECK(older->kinds == 0 && older->reference->kinds == KIND_STRING);
    CHECK(older->read_only && older->nullable);
}

static void discriminators(Arena *arena) {
    Type *type = schema(arena, "{\"oneOf\": [{\"$ref\": \"#/components/schemas/S/$defs/Cat\"}],"
                               "\"discriminator\": {\"propertyName\": \"kind\", \"mapping\": {"
                               "\"cat\": \"#/components/schemas/S/$defs/Cat\", \"self\": \"S\","
                               "\"gone\": \"#/components/schemas/Gone\", \"lost\": \"Lost\"}},"
                               "\"$defs\": {\"Cat\": {\"type\": \"object\"}}}");
    const Discriminator *discriminator = type->combinators->discriminator;
    CHECK_TEXT(discriminator->property, "kind");
    CHECK(discriminator->mapping.items[0].type == type->combinators->one_of.items[0]->reference);
    CHECK(discriminator->mapping.items[1].type == type);
    CHECK(!discriminator->mapping.items[2].type && !discriminator->mapping.items[3].type);
}

static void wrong_keywords(Arena *arena) {
    CHECK_TEXT(wrong_schema(arena, "{\"required\": \"yes\"}"),
               "`required` must be a list of names, not a string");
    CHECK_TEXT(wrong_schema(arena, "{\"required\": true}"),
               "`required` must be a list of names, not a boolean");
    CHECK_TEXT(wrong_schema(arena, "{\"properties\": [1]}"),
               "`properties` must be a mapping of schemas, not a sequence");
    CHECK_TEXT(wrong_schema(arena, "{\"properties\": {\"a\": \"string\"}}"),
               "`a` must be a schema (a mapping, `true` or `false`), not a string");
    CHECK_TEXT(wrong_schema(arena, "{\"type\": \"strng\"}"),
               "`type` can't be `strng`: did you mean `string`?");
    CHECK_TEXT(wrong_schema(arena, "{\"type\": \"date\"}"),
               "`type` can't be `date`: it is one of `string`, `integer`, `number`, `boolean`, "
               "`object`, `array`, `null`");
    CHECK_TEXT(wrong_schema(arena, "{\"enum\": \"a\"}"),
               "`enum` must be a list of values, not a string");
    CHECK_TEXT(wrong_schema(arena, "{\"minimum\": \"1\"}"),
               "`minimum` must be a number, not a string");
    CHECK_TEXT(wrong_schema(arena, "{\"minLength\": -1}"),
               "`minLength` must be a whole number from 0 on, not `-1`");
    CHECK_TEXT(wrong_schema(arena, "{\"allOf\": {}}"),
               "`allOf` must be a list of schemas, not a mapping");
    CHECK_TEXT(wrong_schema(arena, "{\"nullable\": \"true\"}"),
               "`nullable` must be `true` or `false`, not a string");
    CHECK_TEXT(wrong_schema(arena, "{\"discriminator\": {}}"),
               "`discriminator` needs `propertyName`");
    CHECK_TEXT(wrong_schema(arena, "{\"$ref\": 1}"), "`$ref` must be a string, not a number");
}

/* ---- References ------------------------------------------------------------------------------ */

static void unresolved_references(Arena *arena) {
    Loaded *loaded;
    CHECK(!schema_in(arena, "3.0.0", "{\"$ref\": \"#/components/schemas/T\"}", &loaded));
    CHECK_TEXT(loaded->diagnostics.list.items[0].message,
               "`$ref` to `#/components/schemas/T` leads nowhere: `#/components/schemas` has no "
               "`T`; did you mean `S`?");
    CHECK_TEXT(wrong_schema(arena, "{\"$ref\": \"#/definitions/Missing\"}"),
               "`$ref` to `#/definitions/Missing` leads nowhere: `api.yaml` has no `definitions`");
    CHECK_TEXT(wrong_schema(arena, "{\"$ref\": \"#S\"}"),
               "`$ref` to `#S` leads nowhere: no schema has the `$anchor` `S`; a path begins with "
               "`/`: `#/S`");
    Text text = TEXT("openapi: 3.0.0\n"
                     "paths:\n"
                     "  /a: {get: {responses: {200: {content: {a/b: {schema:\n"
                     "    {$ref: '#/gone'}}}}}}}\n");
    loaded = load_with(arena, text.data, true);
    CHECK_LOADED(loaded);
    CHECK(operation(loaded, 0)->responses.items[0].media_types.items[0].type->unknown);
    CHECK(loaded->diagnostics.list.items[0].severity == SEVERITY_WARNING);
    CHECK_TEXT(said(arena, load(arena, text.data), 0),
               "4:12 `$ref` to `#/gone` leads nowhere: `api.yaml` has no `gone`");
    loaded =
        load_with(arena, "openapi: 3.0.0\npaths: {/a: {get: {parameters: [{$ref: '#/p'}]}}}", true);
    CHECK(!loaded->api);
}

static void endless_references(Arena *arena) {
    CHECK_TEXT(wrong_schema(arena, "{\"$ref\": \"#/components/schemas/S\"}"),
               "`$ref` to `#/components/schemas/S` only leads back to itself: it never reaches a "
               "schema");
    CHECK_TEXT(wrong_schema(arena,
                            "{\"$ref\": \"#/components/schemas/S/$defs/T\", \"$defs\": {\"T\": "
                            "{\"$ref\": \"#/components/schemas/S\", \"title\": \"t\"}}}"),
               "`$ref` to `#/components/schemas/S/$defs/T` only leads back to itself: it never "
               "reaches a schema");
    CHECK_TEXT(
        wrong_schema(arena, "{\"$ref\": \"#/components/schemas/S/a\"}"),
        "`$ref` to `#/components/schemas/S/a` leads nowhere: `#/components/schemas/S` has no "
        "`a`");
    Loaded *loaded = load(arena, "openapi: 3.0.0\n"
                                 "paths: {/a: {get: {responses: {200: {$ref: '#/x'}}}}}\n"
                                 "x: {$ref: '#/y'}\n"
                                 "y: {$ref: '#/z'}\n"
                                 "z: {$ref: '#/y'}\n");
    CHECK_TEXT(said(arena, loaded, 0),
               "5:11 `$ref` to `#/y` only leads back to itself: it never reaches a response");
}

static void pointers(Arena *arena) {
    Loaded *loaded =
        load(arena, "openapi: 3.0.0\n"
                    "paths:\n"
                    "  /a/{b}:\n"
                    "    get: {responses: {200: {content: {application/json: {schema:\n"
                    "      {items: {$ref: '#/paths/~1c~0/get/parameters/0/schema'}}}}}}}\n"
                    "  /c~:\n"
                    "    get: {parameters: [{name: p, in: query, schema: {$ref:\n"
                    "      '#/components/schemas/A%20B/properties/c/properties/d'}}]}\n"
                    "components:\n"
                    "  schemas:\n"
                    "    A B: {properties: {c: {$ref: '#/components/schemas/C'}}}\n"
                    "    C: {properties: {d: {type: string}}}\n");
    CHECK_LOADED(loaded);
    Type *list = operation(loaded, 0)->responses.items[0].media_types.items[0].type;
    Type *parameter = operation(loaded, 1)->parameters.items[0].type;
    CHECK(list->array->items->reference == parameter);
    CHECK(parameter->reference->kinds == KIND_STRING);
}

static void anchors_and_ids(Arena *arena) {
    Type *type =
        schema(arena, "{\"$id\": \"https://h/base/s\", \"prefixItems\": ["
                      "{\"$ref\": \"#here\"}, {\"$ref\": \"#/$defs/A\"},"
                      "{\"$ref\": \"other\"}, {\"$ref\": \"../base/other#in\"},"
                      "{\"$ref\": \"#/components/schemas/S/$defs/A\"}],"
                      "\"$defs\": {\"A\": {\"$anchor\": \"here\"}, \"B\": {\"$id\": \"other\","
                      "\"$defs\": {\"I\": {\"$anchor\": \"in\", \"type\": \"null\"}}}}}");
    CHECK(type->array && type->array->prefix_items.count == 5);
    Type *const *items = type->array->prefix_items.items;
    CHECK_TEXT(items[0]->reference->name, "A");
    CHECK(items[0]->reference == items[1]->reference && items[4]->reference == items[0]->reference);
    CHECK_TEXT(items[2]->reference->name, "B");
    CHECK(items[3]->reference->kinds == KIND_NULL);
    type = schema(arena, "{\"$recursiveAnchor\": true, \"items\": {\"$recursiveRef\": \"#\"}}");
    CHECK(type->array->items->reference == type);
    type = schema(arena, "{\"$dynamicAnchor\": \"n\", \"items\": {\"$dynamicRef\": \"#n\"}}");
    CHECK(type->array->items->reference == type);
}

static void write_file(const char *folder, const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    if (!file)
        return;
    fputs(text, file);
    fclose(file);
}

static void remove_file(const char *folder, const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

static void files(Arena *arena) {
    char folder[] = "/tmp/test-openapi-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    write_file(folder, "api.yaml",
               "openapi: 3.0.0\n"
               "paths: {/a: {get: {$ref: get.yaml}}}\n");
    write_file(folder, "get.yaml",
               "responses:\n"
               "  200: {content: {a/b: {schema: {properties:\n"
               "    {a: {$ref: pet.yaml}, b: {$ref: 'all.yaml#/Dog'},\n"
               "     c: {$ref: 'all.yaml#/Pet/properties/me'}}}}}}\n");
    write_file(folder, "pet.yaml", "properties: {me: {$ref: pet.yaml}}\n");
    write_file(folder, "all.yaml",
               "Dog: {allOf: [{$ref: '#/Pet'}]}\n"
               "Pet: {$ref: './pet.yaml#'}\n"
               "Unused: {$ref: gone.yaml}\n");
    Diagnostics diagnostics = {.arena = arena};
    DocumentSet *set = document_set_new(arena, &diagnostics);
    const Document *root = document_set_open(set, text_format(arena, "%s/api.yaml", folder));
    uint32_t id = 0;
    LoadOptions options = {false, &id};
    Api *api = root ? load_openapi(arena, &diagnostics, set, root, &options) : NULL;
    CHECK(api && diagnostics.errors == 0);
    if (api) {
        Type *type = api->operations.items[0]->responses.items[0].media_types.items[0].type;
        const Property *properties = type->object->properties.items;
        Type *pet = properties[0].type->reference;
        CHECK_TEXT(pet->name, "pet");
        CHECK_TEXT(properties[1].type->reference->name, "Dog");
        CHECK(properties[1].type->reference->combinators->all_of.items[0]->reference->reference ==
              pet);
        CHECK(properties[2].type->reference == pet->object->properties.items[0].type);
    }
    static const char *const names[] = {"api.yaml", "get.yaml", "pet.yaml", "all.yaml"};
    for (size_t i = 0; i < 4; i++)
        remove_file(folder, names[i]);
    rmdir(folder);
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

static void chain_of_references(Arena *arena) {
    enum { LENGTH = 100000 };
    Buffer text = {.arena = arena};
    buffer_format(&text,
                  "{\"openapi\": \"3.0.0\", \"paths\": {\"/a\": {\"get\": {\"parameters\": [{"
                  "\"name\": \"p\", \"in\": \"query\", \"schema\": {\"$ref\": \"#/d/0\"}}]}}},"
                  "\"d\": [");
    for (int i = 1; i <= LENGTH; i++)
        buffer_format(&text, "{\"items\": {\"$ref\": \"#/d/%d\"}},\n", i);
    buffer_format(&text, "{\"type\": \"string\"}]}%c", 0);
    Loaded *loaded = load(arena, text.data);
    CHECK_LOADED(loaded);
    CHECK(loaded->api->type_count == 2 * LENGTH + 2 && loaded->next_id == 2 * LENGTH + 2);
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
    RUN(numbers);
    RUN(words_of_other_dialects);
    RUN(objects);
    RUN(recursion);
    RUN(siblings_of_references);
    RUN(discriminators);
    RUN(wrong_keywords);
    RUN(unresolved_references);
    RUN(endless_references);
    RUN(pointers);
    RUN(anchors_and_ids);
    RUN(files);
    RUN(swagger);
    RUN(swagger_forms);
    RUN(wrong_parts);
    RUN(at_most_twenty_errors);
    RUN(tolerance);
    RUN(chain_of_references);
    return check_finish();
}
