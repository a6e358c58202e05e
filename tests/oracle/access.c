#include "access.h"

#include "generate.h"

static void mark(Arena *arena, Value *schema, const char *keyword) {
    if (schema && schema->kind == VALUE_OBJECT)
        value_set(arena, schema, keyword, value_boolean(arena, true));
}

void mark_access(Arena *arena, Description *description) {
    SchemaList list = schemas_of(arena, description);
    for (size_t i = 0; i < list.schemas.count; i++) {
        const Value *properties = value_get(list.schemas.items[i], "properties");
        mark(arena, value_get(properties, "id"), "readOnly");
        mark(arena, value_get(properties, "tags"), "writeOnly");
    }
}

static bool is_marked(const Value *schema, bool request) {
    const Value *flag = value_get(schema, request ? "readOnly" : "writeOnly");
    return flag && flag->truth;
}

static const ValueMember *property_at(const Value *schema, size_t index) {
    const Value *properties = value_get(schema, "properties");
    return properties && index < properties->members.count ? &properties->members.items[index]
                                                           : NULL;
}

/* Keywords that may speak of a hidden name in other ways than a request or response would. */
static bool is_tangled(const Value *schema) {
    static const char *const keywords[] = {"dependentSchemas",
                                           "dependentRequired",
                                           "propertyNames",
                                           "minProperties",
                                           "maxProperties",
                                           "not",
                                           "if",
                                           "oneOf"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (value_has(schema, keywords[i]))
            return true;
    return false;
}

bool find_hidden(Arena *arena, const Description *description, bool request, Names *hidden) {
    SchemaList list = schemas_of(arena, description);
    const ValueMember *property;
    for (size_t i = 0; i < list.schemas.count; i++)
        for (size_t j = 0; (property = property_at(list.schemas.items[i], j)); j++)
            if (is_marked(property->value, request))
                array_push(arena, &hidden->list, property->key);
    for (size_t i = 0; hidden->list.count && i < list.schemas.count; i++)
        if (is_tangled(list.schemas.items[i]))
            return false;
    for (size_t i = 0; hidden->list.count && i < list.schemas.count; i++)
        for (size_t j = 0; (property = property_at(list.schemas.items[i], j)); j++)
            if (!is_marked(property->value, request) && names_have(hidden, property->key))
                return false;
    return true;
}

bool has_hidden(const Value *value, const Names *hidden) {
    for (size_t i = 0; i < value->items.count; i++)
        if (has_hidden(value->items.items[i], hidden))
            return true;
    for (size_t i = 0; i < value->members.count; i++)
        if (names_have(hidden, value->members.items[i].key) ||
            has_hidden(value->members.items[i].value, hidden))
            return true;
    return false;
}
