#include "report/graph_edges.h"

#include "support/map.h"

#include <stdlib.h>

/* ---- of a type ------------------------------------------------------------------------------- */

static void add(Arena *arena, TypeEdges *edges, const char *keyword, Text name, const Type *type) {
    if (!type)
        return;
    TypeEdge edge = {keyword, name, type};
    array_push(arena, edges, edge);
}

static void add_one(Arena *arena, TypeEdges *edges, const char *keyword, const Type *type) {
    add(arena, edges, keyword, (Text){0}, type);
}

static void add_list(Arena *arena, TypeEdges *edges, const char *keyword, Type *const *types,
                     size_t count) {
    for (size_t i = 0; i < count; i++)
        add(arena, edges, keyword, text_format(arena, "%zu", i), types[i]);
}

static void add_properties(Arena *arena, TypeEdges *edges, const char *keyword,
                           const Property *properties, size_t count) {
    for (size_t i = 0; i < count; i++)
        add(arena, edges, keyword, properties[i].name, properties[i].type);
}

static void array_edges(Arena *arena, const ArrayKeywords *array, TypeEdges *edges) {
    add_list(arena, edges, "prefixItems", array->prefix_items.items, array->prefix_items.count);
    add_one(arena, edges, "items", array->items);
    add_one(arena, edges, "contains", array->contains);
    add_one(arena, edges, "unevaluatedItems", array->unevaluated_items);
}

static void object_edges(Arena *arena, const ObjectKeywords *object, TypeEdges *edges) {
    add_properties(arena, edges, "properties", object->properties.items, object->properties.count);
    add_properties(arena, edges, "patternProperties", object->pattern_properties.items,
                   object->pattern_properties.count);
    add_properties(arena, edges, "dependentSchemas", object->dependent_schemas.items,
                   object->dependent_schemas.count);
    add_one(arena, edges, "additionalProperties", object->additional_properties);
    add_one(arena, edges, "propertyNames", object->property_names);
    add_one(arena, edges, "unevaluatedProperties", object->unevaluated_properties);
}

static void combinator_edges(Arena *arena, const Combinators *combinators, TypeEdges *edges) {
    add_list(arena, edges, "allOf", combinators->all_of.items, combinators->all_of.count);
    add_list(arena, edges, "anyOf", combinators->any_of.items, combinators->any_of.count);
    add_list(arena, edges, "oneOf", combinators->one_of.items, combinators->one_of.count);
    add_one(arena, edges, "not", combinators->not_type);
    add_one(arena, edges, "if", combinators->if_type);
    add_one(arena, edges, "then", combinators->then_type);
    add_one(arena, edges, "else", combinators->else_type);
    if (!combinators->discriminator)
        return;
    for (size_t i = 0; i < combinators->discriminator->mapping.count; i++)
        add(arena, edges, "discriminator", combinators->discriminator->mapping.items[i].value,
            combinators->discriminator->mapping.items[i].type);
}

void type_edges(Arena *arena, const Type *type, TypeEdges *edges) {
    add_one(arena, edges, "$ref", type->reference);
    if (type->string)
        add_one(arena, edges, "contentSchema", type->string->content_schema);
    if (type->array)
        array_edges(arena, type->array, edges);
    if (type->object)
        object_edges(arena, type->object, edges);
    if (type->combinators)
        combinator_edges(arena, type->combinators, edges);
}

/* ---- of an operation ------------------------------------------------------------------------- */

static void media_type_edges(Arena *arena, Text where, const MediaType *media_type,
                             TypeEdges *edges) {
    Text name = text_format(arena, "%.*s %.*s", TEXT_ARG(where), TEXT_ARG(media_type->name));
    add(arena, edges, "schema", name, media_type->type);
    add(arena, edges, "itemSchema", name, media_type->item_type);
}

static void parameter_edges(Arena *arena, Text where, const Parameter *parameter,
                            TypeEdges *edges) {
    add(arena, edges, "schema", where, parameter->type);
    if (parameter->content)
        media_type_edges(arena, where, parameter->content, edges);
}

static void response_edges(Arena *arena, const Response *response, TypeEdges *edges) {
    for (size_t i = 0; i < response->headers.count; i++) {
        const Parameter *header = &response->headers.items[i];
        Text where = text_format(arena, "%.*s header.%.*s", TEXT_ARG(response->status),
                                 TEXT_ARG(header->name));
        parameter_edges(arena, where, header, edges);
    }
    for (size_t i = 0; i < response->media_types.count; i++)
        media_type_edges(arena, response->status, &response->media_types.items[i], edges);
}

void operation_edges(Arena *arena, const Operation *operation, TypeEdges *edges) {
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const Parameter *parameter = &operation->parameters.items[i];
        Text where = text_format(arena, "%s.%.*s", parameter_in_word(parameter->in),
                                 TEXT_ARG(parameter->name));
        parameter_edges(arena, where, parameter, edges);
    }
    const Body *body = operation->request_body;
    for (size_t i = 0; body && i < body->media_types.count; i++)
        media_type_edges(arena, TEXT("body"), &body->media_types.items[i], edges);
    for (size_t i = 0; i < operation->responses.count; i++)
        response_edges(arena, &operation->responses.items[i], edges);
}

/* ---- of the whole ---------------------------------------------------------------------------- */

/* A callback may have callbacks, so the list is its own queue. */
void all_operations(Arena *arena, const Api *api, OperationList *operations) {
    for (size_t i = 0; i < api->operations.count; i++) {
        size_t next = operations->count;
        array_push(arena, operations, api->operations.items[i]);
        for (; next < operations->count; next++) {
            const Operation *operation = operations->items[next];
            for (size_t j = 0; j < operation->callbacks.count; j++)
                array_push(arena, operations, operation->callbacks.items[j]);
        }
    }
}

static void visit(Arena *arena, Map *seen, const TypeEdges *edges, TypeList *types) {
    for (size_t i = 0; i < edges->count; i++) {
        const Type *type = edges->items[i].type;
        if (map_get(seen, &type->id, sizeof type->id))
            continue;
        map_put(seen, &type->id, sizeof type->id, seen);
        array_push(arena, types, type);
    }
}

static int by_id(const void *a, const void *b) {
    uint32_t left = (*(const Type *const *)a)->id, right = (*(const Type *const *)b)->id;
    return (left > right) - (left < right);
}

void all_types(Arena *arena, const OperationList *operations, TypeList *types) {
    Map *seen = map_new(arena);
    for (size_t i = 0; i < operations->count; i++) {
        TypeEdges edges = {0};
        operation_edges(arena, operations->items[i], &edges);
        visit(arena, seen, &edges, types);
    }
    for (size_t next = 0; next < types->count; next++) {
        TypeEdges edges = {0};
        type_edges(arena, types->items[next], &edges);
        visit(arena, seen, &edges, types);
    }
    if (types->count)
        qsort(types->items, types->count, sizeof types->items[0], by_id);
}

const char *parameter_in_word(ParameterIn in) {
    static const char *const words[] = {"path", "query", "header", "cookie", "querystring"};
    return words[in];
}

const char *parameter_style_word(ParameterStyle style) {
    static const char *const words[] = {"simple",     "label",          "matrix",
                                        "form",       "spaceDelimited", "pipeDelimited",
                                        "deepObject", "cookie",         "tabDelimited"};
    return words[style];
}
