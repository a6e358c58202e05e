#include "load/schema_keywords.h"

/* Readers of keywords that hold schemas, or speak of an object's members by name. */

void keyword_schema(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                    void *field) {
    (void)type, (void)schema;
    Type **into = field;
    *into = schemas_type(schemas, member->value, member->key);
}

/* ---- Lists of schemas ------------------------------------------------------------------------ */

typedef ARRAY(Type *) TypeList;

static TypeList types_of(Schemas *schemas, const Member *member) {
    TypeList types = {0};
    const Node *list = member->value;
    if (list->kind != NODE_SEQUENCE) {
        reader_wrong_kind(schemas->reader, list, member->key, "a list of schemas");
        return types;
    }
    array_reserve(schemas->reader->arena, &types, list->count);
    for (uint32_t i = 0; i < list->count && !reader_full(schemas->reader); i++) {
        Type *type = schemas_type(schemas, list->items[i], member->key);
        if (type)
            array_push(schemas->reader->arena, &types, type);
    }
    return types;
}

/* Arrays of graph.h have types of their own. */
#define SET_LIST(into, list)                                                                       \
    do {                                                                                           \
        TypeList set_list = (list);                                                                \
        (into).items = set_list.items;                                                             \
        (into).count = set_list.count;                                                             \
        (into).capacity = set_list.capacity;                                                       \
    } while (0)

void keyword_all_of(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                    void *field) {
    (void)schema, (void)field;
    SET_LIST(type->combinators->all_of, types_of(schemas, member));
}

void keyword_any_of(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                    void *field) {
    (void)schema, (void)field;
    SET_LIST(type->combinators->any_of, types_of(schemas, member));
}

void keyword_one_of(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                    void *field) {
    (void)schema, (void)field;
    SET_LIST(type->combinators->one_of, types_of(schemas, member));
}

void keyword_prefix_items(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                          void *field) {
    (void)schema, (void)field;
    SET_LIST(type->array->prefix_items, types_of(schemas, member));
}

/* Before 2020-12 `items` could be a list, which is `prefixItems` now, with `additionalItems` for
 * the rest, which is `items` now. */
void keyword_items(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                   void *field) {
    Type **items = field;
    if (member->value->kind != NODE_SEQUENCE) {
        *items = schemas_type(schemas, member->value, member->key);
        return;
    }
    SET_LIST(type->array->prefix_items, types_of(schemas, member));
    const Node *rest = node_member(schema, TEXT("additionalItems"));
    if (rest)
        *items = schemas_type(schemas, rest, TEXT("additionalItems"));
}

/* ---- Objects --------------------------------------------------------------------------------- */

typedef ARRAY(Property) PropertyList;

/* The names are the author's: nothing is an extension here, and `$ref` may be a property. */
static PropertyList properties_of(Schemas *schemas, const Member *member) {
    PropertyList properties = {0};
    const Node *mapping = member->value;
    if (reference_of(mapping) && !reader_full(schemas->reader))
        mapping = references_follow(schemas->reader->references, mapping, "a mapping of schemas");
    if (mapping && mapping->kind != NODE_MAPPING)
        reader_wrong_kind(schemas->reader, mapping, member->key, "a mapping of schemas");
    if (!mapping || mapping->kind != NODE_MAPPING)
        return properties;
    array_reserve(schemas->reader->arena, &properties, mapping->count);
    for (uint32_t i = 0; i < mapping->count && !reader_full(schemas->reader); i++) {
        const Member *named = &mapping->members[i];
        Property property = {
            .name = named->key,
            .type = schemas_type(schemas, named->value, named->key),
            .origin = named->value,
        };
        if (property.type)
            array_push(schemas->reader->arena, &properties, property);
    }
    return properties;
}

#define SET_PROPERTIES(into, list)                                                                 \
    do {                                                                                           \
        PropertyList set_list = (list);                                                            \
        (into).items = set_list.items;                                                             \
        (into).count = set_list.count;                                                             \
        (into).capacity = set_list.capacity;                                                       \
    } while (0)

void keyword_properties(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                        void *field) {
    (void)schema, (void)field;
    SET_PROPERTIES(type->object->properties, properties_of(schemas, member));
}

void keyword_pattern_properties(Schemas *schemas, Type *type, const Node *schema,
                                const Member *member, void *field) {
    (void)schema, (void)field;
    SET_PROPERTIES(type->object->pattern_properties, properties_of(schemas, member));
}

void keyword_dependent_schemas(Schemas *schemas, Type *type, const Node *schema,
                               const Member *member, void *field) {
    (void)schema, (void)field;
    SET_PROPERTIES(type->object->dependent_schemas, properties_of(schemas, member));
}

void keyword_required(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                      void *field) {
    (void)schema, (void)field;
    Reader *reader = schemas->reader;
    const Node *list = member->value;
    if (list->kind != NODE_SEQUENCE) {
        reader_wrong_kind(reader, list, member->key, "a list of names");
        return;
    }
    array_reserve(reader->arena, &type->object->required, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        Required required = {.origin = list->items[i]};
        if (reader_name(reader, list->items[i], member->key, &required.name))
            array_push(reader->arena, &type->object->required, required);
    }
}

static void add_dependent(Schemas *schemas, ObjectKeywords *object, Text name, const Node *list) {
    Reader *reader = schemas->reader;
    DependentRequired dependent = {.name = name};
    for (uint32_t i = 0; i < list->count; i++) {
        Text required;
        if (reader_name(reader, list->items[i], name, &required))
            array_push(reader->arena, &dependent.required, required);
    }
    array_push(reader->arena, &object->dependent_required, dependent);
}

/* `dependencies` of drafts before 2019-09 is both: `dependentRequired` where a list stands,
 * `dependentSchemas` where a schema does. */
static void read_dependencies(Schemas *schemas, ObjectKeywords *object, const Member *member,
                              bool schemas_too) {
    Reader *reader = schemas->reader;
    const Node *mapping = member->value;
    if (mapping->kind != NODE_MAPPING) {
        reader_wrong_kind(reader, mapping, member->key, "a mapping");
        return;
    }
    for (uint32_t i = 0; i < mapping->count && !reader_full(reader); i++) {
        const Member *named = &mapping->members[i];
        if (named->value->kind == NODE_SEQUENCE) {
            add_dependent(schemas, object, named->key, named->value);
        } else if (schemas_too) {
            Property property = {named->key, schemas_type(schemas, named->value, named->key),
                                 named->value};
            if (property.type)
                array_push(reader->arena, &object->dependent_schemas, property);
        } else {
            reader_wrong_kind(reader, named->value, named->key, "a list of names");
        }
    }
}

void keyword_dependent_required(Schemas *schemas, Type *type, const Node *schema,
                                const Member *member, void *field) {
    (void)schema, (void)field;
    read_dependencies(schemas, type->object, member, false);
}

void keyword_dependencies(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                          void *field) {
    (void)schema, (void)field;
    read_dependencies(schemas, type->object, member, true);
}
