#include "load/schema_keywords.h"

/* The discriminator: which value of a property means which schema. */

/* A mapping's value is a component's name or a reference, and a name comes first (OpenAPI 3.1.1
 * section 4.8.25.3). One that names nothing maps to nothing. */
static Type *mapped_type(Schemas *schemas, const Node *value) {
    const Node *component =
        schemas->options.components ? node_member(schemas->options.components, value->text) : NULL;
    Target target = {component, value->text};
    if (!component && !may_be_reference(value->text))
        return NULL;
    if (!component && !references_find(schemas->reader->references, value, value->text, &target))
        return NULL;
    if (!is_schema(target.node))
        return NULL;
    return schemas_component(schemas, target);
}

static void read_mapping(Schemas *schemas, const Node *node, Discriminator *discriminator) {
    const Node *mapping = reader_mapping(schemas->reader, node, "mapping");
    for (uint32_t i = 0; mapping && i < mapping->count; i++) {
        const Member *member = &mapping->members[i];
        if (member->value->kind != NODE_STRING) {
            reader_wrong_kind(schemas->reader, member->value, member->key,
                              "the name of a schema or a reference to one");
            continue;
        }
        DiscriminatorMapping mapped = {member->key, mapped_type(schemas, member->value)};
        array_push(schemas->reader->arena, &discriminator->mapping, mapped);
    }
}

/* OpenAPI 3.2.0 section 4.25.1: what a value means that no mapping and no name has. */
static void read_default(Schemas *schemas, const Node *node, Discriminator *discriminator) {
    const Node *value = node_member(node, TEXT("defaultMapping"));
    if (value && value->kind != NODE_STRING)
        reader_wrong_kind(schemas->reader, value, TEXT("defaultMapping"),
                          "the name of a schema or a reference to one");
    else if (value)
        discriminator->default_type = mapped_type(schemas, value);
}

/* ---- Children
 * ------------------------------------------------------------------------------------ */

/* Components that are made of another by `allOf`, by the schema that they are made of. */
typedef struct Children {
    ARRAY(const Node *) list;
    ARRAY(Text) names;
} Children;

static void add_child(Schemas *schemas, const Node *parent, const Member *component) {
    Arena *arena = schemas->reader->arena;
    Children *children = map_get(schemas->children, &parent, sizeof parent);
    if (!children) {
        const Node **key = arena_new_object(arena, const Node *);
        *key = parent;
        children = arena_new_object(arena, Children);
        map_put(schemas->children, key, sizeof *key, children);
    }
    array_push(arena, &children->list, component->value);
    array_push(arena, &children->names, component->key);
}

static void find_children(Schemas *schemas) {
    const Node *components = schemas->options.components;
    schemas->children = map_new(schemas->reader->arena);
    for (uint32_t i = 0; components && i < components->count; i++) {
        const Node *parts = node_member(components->members[i].value, TEXT("allOf"));
        for (uint32_t j = 0; parts && parts->kind == NODE_SEQUENCE && j < parts->count; j++) {
            const Node *reference = reference_of(parts->items[j]);
            Target target;
            if (reference &&
                references_find(schemas->reader->references, reference, reference->text, &target))
                add_child(schemas, target.node, &components->members[i]);
        }
    }
}

/* In a line of descent where each schema has a discriminator they map by the square of its length.
 */
enum { CHILDREN_LIMIT = 100000 };

static bool may_map_more(Schemas *schemas, const Discriminator *discriminator) {
    if (++schemas->mapped_children <= CHILDREN_LIMIT)
        return true;
    if (schemas->mapped_children == CHILDREN_LIMIT + 1)
        reader_diagnose(schemas->reader, TOO_MANY_CHILDREN, node_place(discriminator->origin),
                        CHILDREN_LIMIT);
    return false;
}

static bool put_new(Arena *arena, Map *seen, const void *address) {
    const void **key = arena_new_object(arena, const void *);
    *key = address;
    if (map_get(seen, key, sizeof *key))
        return false;
    map_put(seen, key, sizeof *key, seen);
    return true;
}

/* Children, their children, and so on; each is met once. */
static void map_children(Schemas *schemas, const Node *schema, Discriminator *discriminator) {
    Arena *arena = schemas->reader->arena;
    ARRAY(const Node *) parents = {0};
    Map *seen = map_new(arena), *mapped = map_new(arena);
    if (!schemas->children)
        find_children(schemas);
    for (size_t i = 0; i < discriminator->mapping.count; i++)
        put_new(arena, mapped, discriminator->mapping.items[i].type);
    array_push(arena, &parents, schema);
    for (size_t i = 0; i < parents.count; i++) {
        const Children *children =
            map_get(schemas->children, &parents.items[i], sizeof parents.items[i]);
        for (size_t j = 0; children && j < children->list.count; j++) {
            const Node *child = children->list.items[j];
            if (!put_new(arena, seen, child))
                continue;
            if (!may_map_more(schemas, discriminator))
                return;
            array_push(arena, &parents, child);
            Type *type = schemas_component(schemas, (Target){child, children->names.items[j]});
            if (type && put_new(arena, mapped, type))
                array_push(arena, &discriminator->mapping,
                           ((DiscriminatorMapping){children->names.items[j], type}));
        }
    }
}

/* Swagger 2.0 has the property's name alone. */
void keyword_discriminator(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                           void *field) {
    (void)type;
    Discriminator **into = field;
    Reader *reader = schemas->reader;
    const Node *node = member->value;
    Discriminator discriminator = {.origin = node};
    if (node->kind == NODE_STRING) {
        discriminator.property = node->text;
    } else if (node->kind == NODE_MAPPING) {
        discriminator.property = reader_text(reader, node, "propertyName");
        read_mapping(schemas, node, &discriminator);
        read_default(schemas, node, &discriminator);
        if (!node_member(node, TEXT("propertyName")))
            reader_diagnose(reader, MEMBER_MISSING, node_place(node), "`discriminator`",
                            "`propertyName`");
    } else {
        reader_wrong_kind(reader, node, member->key, "a mapping with `propertyName`");
    }
    if (!discriminator.property.size)
        return;
    discriminator.of_children =
        !node_member(schema, TEXT("oneOf")) && !node_member(schema, TEXT("anyOf"));
    if (discriminator.of_children)
        map_children(schemas, schema, &discriminator);
    *into = arena_new_object(reader->arena, Discriminator);
    **into = discriminator;
}
