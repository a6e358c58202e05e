/* The graph for programs, whole: operations with all they declare, then the Types by id. A Type's
 * keywords stand as its members, and what leads on to other Types as `edges`. Limits and values
 * stand as the text that was written, since no number of JSON's readers would keep all digits.
 */
#include "document/document.h"
#include "report/graph_edges.h"
#include "report/json_writer.h"
#include "report/report.h"

enum { GRAPH_VERSION = 1, VALUE_LIMIT = 1000 };

/* ---- values ---------------------------------------------------------------------------------- */

static void put_flag(json_t **object, const char *key, bool value) {
    if (value)
        json_put(object, key, json_true());
}

static void put_text(json_t **object, const char *key, Text text) {
    if (text.size)
        json_put(object, key, json_from_text(text));
}

static void put_value(Arena *arena, json_t **object, const char *key, const Node *node) {
    if (node)
        json_put(object, key, json_from_text(node_to_json(arena, node, VALUE_LIMIT)));
}

static void put_place(Arena *arena, json_t **object, const Node *node) {
    if (!node)
        return;
    Text pointer = node_pointer(arena, node);
    json_put(object, "place", json_from_place(node_place(node), pointer));
}

static void put_type(json_t **object, const char *key, const Type *type) {
    json_put(object, key, type ? json_integer(type->id) : json_null());
}

/* ---- types ----------------------------------------------------------------------------------- */

static json_t *kinds_json(KindSet kinds) {
    static const struct {
        KindSet kinds;
        const char *word;
    } words[] = {{KIND_NULL, "null"},     {KIND_BOOLEAN, "boolean"}, {KIND_INTEGER, "integer"},
                 {KIND_STRING, "string"}, {KIND_ARRAY, "array"},     {KIND_OBJECT, "object"}};
    json_t *array = json_array();
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        bool is_number = words[i].kinds == KIND_INTEGER && (kinds & KIND_NUMBER) == KIND_NUMBER;
        if (kinds & words[i].kinds)
            json_append(&array, json_string(is_number ? "number" : words[i].word));
    }
    return array;
}

static void put_number(json_t **object, const NumberKeywords *number) {
    put_text(object, "minimum", number->minimum.digits);
    put_text(object, "maximum", number->maximum.digits);
    put_text(object, "exclusiveMinimum", number->exclusive_minimum.digits);
    put_text(object, "exclusiveMaximum", number->exclusive_maximum.digits);
    put_text(object, "multipleOf", number->multiple_of.digits);
}

static void put_string(json_t **object, const StringKeywords *string) {
    put_text(object, "minLength", string->min_length.digits);
    put_text(object, "maxLength", string->max_length.digits);
    if (string->pattern.data)
        json_put(object, "pattern", json_from_text(string->pattern));
    put_text(object, "contentEncoding", string->content_encoding);
    put_text(object, "contentMediaType", string->content_media_type);
}

static void put_array(json_t **object, const ArrayKeywords *array) {
    put_text(object, "minItems", array->min_items.digits);
    put_text(object, "maxItems", array->max_items.digits);
    put_text(object, "minContains", array->min_contains.digits);
    put_text(object, "maxContains", array->max_contains.digits);
    put_flag(object, "uniqueItems", array->unique_items);
}

static void put_object(json_t **object, const ObjectKeywords *keywords) {
    put_text(object, "minProperties", keywords->min_properties.digits);
    put_text(object, "maxProperties", keywords->max_properties.digits);
    if (keywords->required.count) {
        json_t *required = json_array();
        for (size_t i = 0; i < keywords->required.count; i++)
            json_append(&required, json_from_text(keywords->required.items[i].name));
        json_put(object, "required", required);
    }
    if (!keywords->dependent_required.count)
        return;
    json_t *dependent = json_array();
    for (size_t i = 0; i < keywords->dependent_required.count; i++) {
        const DependentRequired *row = &keywords->dependent_required.items[i];
        json_t *entry = json_object(), *required = json_array();
        for (size_t j = 0; j < row->required.count; j++)
            json_append(&required, json_from_text(row->required.items[j]));
        json_put(&entry, "property", json_from_text(row->name));
        json_put(&entry, "required", required);
        json_append(&dependent, entry);
    }
    json_put(object, "dependentRequired", dependent);
}

static void put_values(Arena *arena, json_t **object, const Type *type) {
    put_value(arena, object, "const", type->constant);
    put_value(arena, object, "default", type->default_value);
    put_flag(object, "extensible_enum", type->extensible_enum);
    if (!type->values)
        return;
    size_t count = type->values->count;
    Text *texts = arena_new_array(arena, count, Text);
    for (size_t i = 0; i < count; i++)
        texts[i] = node_to_json(arena, type->values->items[i], VALUE_LIMIT);
    json_t *values = json_array();
    for (size_t i = 0; i < count; i++)
        json_append(&values, json_from_text(texts[i]));
    json_put(object, "enum", values);
}

static void put_keywords(Arena *arena, json_t **object, const Type *type) {
    put_flag(object, "never", type->never);
    put_flag(object, "unknown", type->unknown);
    if (type->kinds)
        json_put(object, "type", kinds_json(type->kinds));
    put_flag(object, "nullable", type->nullable);
    put_flag(object, "readOnly", type->read_only);
    put_flag(object, "writeOnly", type->write_only);
    put_flag(object, "deprecated", type->deprecated);
    put_text(object, "sunset", type->sunset);
    put_text(object, "deprecated_since", type->deprecated_since);
    put_text(object, "format", type->format);
    put_values(arena, object, type);
    if (type->number)
        put_number(object, type->number);
    if (type->string)
        put_string(object, type->string);
    if (type->array)
        put_array(object, type->array);
    if (type->object)
        put_object(object, type->object);
    if (type->combinators && type->combinators->discriminator)
        json_put(object, "discriminator",
                 json_from_text(type->combinators->discriminator->property));
}

static json_t *edge_json(const TypeEdge *edge) {
    json_t *object = json_object();
    json_put(&object, "keyword", json_string(edge->keyword));
    put_text(&object, "name", edge->name);
    put_type(&object, "type", edge->type);
    return object;
}

static void write_type(Arena *arena, JsonWriter *writer, const Type *type) {
    TypeEdges edges = {0};
    type_edges(arena, type, &edges);
    json_t **object = json_hold_object(writer);
    put_type(object, "id", type);
    put_text(object, "name", type->name);
    put_keywords(arena, object, type);
    json_t *list = json_array();
    for (size_t i = 0; i < edges.count; i++)
        json_append(&list, edge_json(&edges.items[i]));
    json_put(object, "edges", list);
    put_place(arena, object, type->origin);
    json_write_item(writer, *object);
}

/* ---- operations ------------------------------------------------------------------------------ */

static json_t *encodings_json(const MediaType *media_type) {
    json_t *array = json_array();
    for (size_t i = 0; i < media_type->encodings.count; i++) {
        const Encoding *encoding = &media_type->encodings.items[i];
        json_t *object = json_object();
        json_put(&object, "property", json_from_text(encoding->property));
        put_text(&object, "content_type", encoding->content_type);
        json_put(&object, "style", json_string(parameter_style_word(encoding->style)));
        json_put(&object, "explode", json_boolean(encoding->explode));
        json_append(&array, object);
    }
    return array;
}

static json_t *media_type_json(const MediaType *media_type) {
    json_t *object = json_object();
    json_put(&object, "name", json_from_text(media_type->name));
    put_type(&object, "type", media_type->type);
    if (media_type->item_type)
        put_type(&object, "item_type", media_type->item_type);
    if (media_type->encodings.count)
        json_put(&object, "encodings", encodings_json(media_type));
    return object;
}

static json_t *media_types_json(const MediaType *media_types, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_append(&array, media_type_json(&media_types[i]));
    return array;
}

static json_t *parameter_json(const Parameter *parameter) {
    json_t *object = json_object();
    json_put(&object, "name", json_from_text(parameter->name));
    json_put(&object, "in", json_string(parameter_in_word(parameter->in)));
    json_put(&object, "required", json_boolean(parameter->required));
    json_put(&object, "style", json_string(parameter_style_word(parameter->style)));
    json_put(&object, "explode", json_boolean(parameter->explode));
    put_flag(&object, "deprecated", parameter->deprecated);
    put_text(&object, "sunset", parameter->sunset);
    put_text(&object, "deprecated_since", parameter->deprecated_since);
    put_flag(&object, "allow_reserved", parameter->allow_reserved);
    put_flag(&object, "allow_empty_value", parameter->allow_empty_value);
    if (parameter->content)
        json_put(&object, "content", media_type_json(parameter->content));
    else
        put_type(&object, "type", parameter->type);
    return object;
}

static json_t *parameters_json(const Parameter *parameters, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_append(&array, parameter_json(&parameters[i]));
    return array;
}

static json_t *body_json(const Body *body) {
    if (!body)
        return json_null();
    json_t *object = json_object();
    json_put(&object, "required", json_boolean(body->required));
    json_put(&object, "media_types",
             media_types_json(body->media_types.items, body->media_types.count));
    return object;
}

static json_t *response_json(const Response *response) {
    json_t *object = json_object(), *links = json_array();
    for (size_t i = 0; i < response->links.count; i++)
        json_append(&links, json_from_text(response->links.items[i].name));
    json_put(&object, "status", json_from_text(response->status));
    json_put(&object, "headers", parameters_json(response->headers.items, response->headers.count));
    json_put(&object, "media_types",
             media_types_json(response->media_types.items, response->media_types.count));
    json_put(&object, "links", links);
    return object;
}

static json_t *need_json(const SecurityNeed *need) {
    static const char *const words[] = {"apiKey", "http",          "mutualTLS",
                                        "oauth2", "openIdConnect", "unknown"};
    json_t *object = json_object(), *scopes = json_array();
    for (size_t i = 0; i < need->scopes.count; i++)
        json_append(&scopes, json_from_text(need->scopes.items[i]));
    json_put(&object, "scheme", json_from_text(need->scheme->name));
    json_put(&object, "type", json_string(words[need->scheme->kind]));
    json_put(&object, "scopes", scopes);
    return object;
}

static json_t *security_json(const Operation *operation) {
    json_t *alternatives = json_array();
    for (size_t i = 0; i < operation->security.count; i++) {
        const SecurityRequirement *requirement = &operation->security.items[i];
        json_t *needs = json_array();
        for (size_t j = 0; j < requirement->needs.count; j++)
            json_append(&needs, need_json(&requirement->needs.items[j]));
        json_append(&alternatives, needs);
    }
    return alternatives;
}

static json_t *responses_json(const Operation *operation) {
    json_t *array = json_array();
    for (size_t i = 0; i < operation->responses.count; i++)
        json_append(&array, response_json(&operation->responses.items[i]));
    return array;
}

static void write_operation(Arena *arena, JsonWriter *writer, const Operation *operation) {
    json_t **object = json_hold_object(writer), *servers = json_array(), *tags = json_array();
    for (size_t i = 0; i < operation->servers.count; i++)
        json_append(&servers, json_from_text(operation->servers.items[i].url));
    for (size_t i = 0; i < operation->tags.count; i++)
        json_append(&tags, json_from_text(operation->tags.items[i].name));
    json_put(object, "method", json_from_text(operation->method));
    json_put(object, "path", json_from_text(operation->path));
    put_flag(object, "webhook", operation->webhook);
    put_text(object, "operation_id", operation->operation_id);
    put_flag(object, "deprecated", operation->deprecated);
    put_text(object, "sunset", operation->sunset);
    put_text(object, "deprecated_since", operation->deprecated_since);
    put_text(object, "stability", operation->stability);
    put_flag(object, "internal", operation->internal);
    json_put(object, "tags", tags);
    json_put(object, "servers", servers);
    json_put(object, "security", security_json(operation));
    json_put(object, "parameters",
             parameters_json(operation->parameters.items, operation->parameters.count));
    json_put(object, "request_body", body_json(operation->request_body));
    json_put(object, "responses", responses_json(operation));
    put_place(arena, object, operation->origin);
    json_write_item(writer, *object);
}

/* ---- the whole ------------------------------------------------------------------------------- */

Text graph_json(Arena *arena, const Api *api) {
    static const char *const dialects[] = {"2.0", "3.0", "3.1", "3.2"};
    OperationList operations = {0};
    TypeList types = {0};
    all_operations(arena, api, &operations);
    all_types(arena, &operations, &types);
    JsonWriter *writer = json_writer_new(arena);
    json_write_member(writer, "breakwater", json_integer(GRAPH_VERSION));
    json_write_member(writer, "dialect", json_string(dialects[api->dialect]));
    json_write_member(writer, "title", json_from_text(api->title));
    json_write_member(writer, "version", json_from_text(api->version));
    json_begin_array(writer, "operations");
    for (size_t i = 0; i < operations.count; i++)
        write_operation(arena, writer, operations.items[i]);
    json_end_array(writer);
    json_begin_array(writer, "types");
    for (size_t i = 0; i < types.count; i++)
        write_type(arena, writer, types.items[i]);
    json_end_array(writer);
    return json_finish(writer);
}
