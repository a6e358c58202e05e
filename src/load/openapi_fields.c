#include "load/openapi_fields.h"

#include "load/schema_keywords.h"

enum { FIELDS_MOST = 32 };

/* clang-format off */
/* OpenAPI 3.2.0 section 4, and Swagger 2.0's object of the same name. */
static const struct {
    const char *what;
    const char *fields[FIELDS_MOST + 1]; /* up to a NULL */
} objects[] = {
    {"a description",
     {"openapi", "$self", "info", "jsonSchemaDialect", "servers", "paths", "webhooks", "components",
      "security", "tags", "externalDocs", "swagger", "host", "basePath", "schemes", "consumes",
      "produces", "definitions", "parameters", "responses", "securityDefinitions"}},
    {"`info`",
     {"title", "summary", "description", "termsOfService", "contact", "license", "version"}},
    {"a server", {"url", "description", "name", "variables"}},
    {"a server variable", {"enum", "default", "description"}},
    {"a path item",
     {"$ref", "summary", "description", "get", "put", "post", "delete", "options", "head", "patch",
      "trace", "query", "additionalOperations", "servers", "parameters"}},
    {"an operation",
     {"tags", "summary", "description", "externalDocs", "operationId", "parameters", "requestBody",
      "responses", "callbacks", "deprecated", "security", "servers", "consumes", "produces",
      "schemes"}},
    {"a parameter",
     {"name", "in", "description", "required", "deprecated", "allowEmptyValue", "style", "explode",
      "allowReserved", "schema", "example", "examples", "content", "type", "format", "items",
      "collectionFormat", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
      "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum",
      "multipleOf"}},
    {"a header",
     {"description", "required", "deprecated", "allowEmptyValue", "style", "explode",
      "allowReserved", "schema", "example", "examples", "content", "type", "format", "items",
      "collectionFormat", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
      "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum",
      "multipleOf"}},
    {"a request body", {"description", "content", "required"}},
    {"a media type",
     {"schema", "itemSchema", "example", "examples", "encoding", "prefixEncoding",
      "itemEncoding"}},
    {"an encoding",
     {"contentType", "headers", "encoding", "prefixEncoding", "itemEncoding", "style", "explode",
      "allowReserved"}},
    {"a response",
     {"summary", "description", "headers", "content", "links", "schema", "examples"}},
    {"a link",
     {"operationRef", "operationId", "parameters", "requestBody", "description", "server"}},
    {"a security scheme",
     {"type", "description", "name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl",
      "oauth2MetadataUrl", "deprecated", "flow", "authorizationUrl", "tokenUrl", "scopes"}},
    {"a flow",
     {"authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl", "scopes"}},
};

/* Keywords that say nothing of a value, or that are read where they are needed. */
static const char *const other_keywords[] = {
    "$anchor", "$comment", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "$recursiveAnchor",
    "$recursiveRef", "$ref", "$schema", "$vocabulary", "contentSchema", "definitions",
    "description", "example", "examples", "externalDocs", "id", "title", "xml", NULL,
};
/* clang-format on */

static bool is_among(Text word, const char *const *names) {
    for (size_t i = 0; names[i]; i++)
        if (text_is(word, names[i]))
            return true;
    return false;
}

static bool has_field(const char *what, const char *const *fields, Text key) {
    if (strcmp(what, "a path item") != 0)
        return is_among(key, fields);
    for (size_t i = 0; fields[i]; i++)
        if (text_equal_ignoring_case(key, text_from(fields[i]))) /* methods in capitals are read */
            return true;
    return false;
}

static bool is_first_of_its_name(Reader *reader, const char *what, Text key) {
    Text name = text_format(reader->arena, "%s %.*s", what, TEXT_ARG(key));
    if (map_get_text(reader->unknown_fields, name))
        return false;
    map_put_text(reader->unknown_fields, name, reader);
    return true;
}

void fields_check(Reader *reader, const Node *object, const char *what) {
    const char *const *fields = NULL;
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
        if (strcmp(objects[i].what, what) == 0)
            fields = objects[i].fields;
    for (uint32_t i = 0; fields && i < object->count; i++) {
        const Member *member = &object->members[i];
        if (is_extension(member->key) || has_field(what, fields, member->key) ||
            !is_first_of_its_name(reader, what, member->key))
            continue;
        reader_note(reader, UNKNOWN_FIELD, node_place(member->value), TEXT_ARG(member->key), what,
                    text_did_you_mean(reader->arena, member->key, fields));
    }
}

static const char *suggested_keyword(Arena *arena, Text mistyped) {
    Guess guess = {.mistyped = mistyped};
    keywords_offer(&guess);
    for (size_t i = 0; other_keywords[i]; i++)
        guess_offer(&guess, text_from(other_keywords[i]));
    return text_suggestion(arena, guess.word);
}

void fields_check_keyword(Reader *reader, const Member *member) {
    if (is_extension(member->key) || is_among(member->key, other_keywords) ||
        !is_first_of_its_name(reader, "a schema", member->key))
        return;
    reader_note(reader, UNKNOWN_KEYWORD, node_place(member->value), TEXT_ARG(member->key),
                suggested_keyword(reader->arena, member->key));
}
