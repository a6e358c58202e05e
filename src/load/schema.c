#include "load/schema_keywords.h"

#include "load/openapi_fields.h"

/* A Type whose keywords are still to be read. */
typedef struct PendingType {
    Type *type;
    bool parameter; /* the node is a parameter or header of Swagger 2.0 */
} PendingType;

struct Pending {
    ARRAY(PendingType) list;
    size_t next;
};

Schemas *schemas_new(Reader *reader, SchemaOptions options) {
    Schemas *schemas = arena_new_object(reader->arena, Schemas);
    schemas->reader = reader;
    schemas->options = options;
    schemas->types = map_new(reader->arena);
    schemas->first_id = *options.next_type_id;
    schemas->pending = arena_new_object(reader->arena, struct Pending);
    return schemas;
}

uint32_t schemas_count(const Schemas *schemas) {
    return schemas->count;
}

Type *schemas_made_type(Schemas *schemas, const Node *origin, KindSet kinds) {
    Type *type = arena_new_object(schemas->reader->arena, Type);
    type->id = (*schemas->options.next_type_id)++;
    type->origin = origin;
    type->kinds = kinds;
    schemas->count++;
    return type;
}

/* The Type itself holds the key under which it is found: its origin. */
static Type *new_type(Schemas *schemas, const Node *node, bool parameter) {
    Type *type = schemas_made_type(schemas, node, 0);
    map_put(schemas->types, &type->origin, sizeof type->origin, type);
    array_push(schemas->reader->arena, &schemas->pending->list, ((PendingType){type, parameter}));
    return type;
}

bool is_schema(const Node *node) {
    return node->kind == NODE_MAPPING || node->kind == NODE_BOOLEAN;
}

Type *schemas_type(Schemas *schemas, const Node *schema, Text keyword) {
    Type *type = map_get(schemas->types, &schema, sizeof schema);
    if (type)
        return type;
    if (is_schema(schema))
        return new_type(schemas, schema, false);
    reader_wrong_kind(schemas->reader, schema, keyword, "a schema (a mapping, `true` or `false`)");
    return NULL;
}

Type *schemas_parameter_type(Schemas *schemas, const Node *parameter) {
    Type *type = map_get(schemas->types, &parameter, sizeof parameter);
    return type ? type : new_type(schemas, parameter, true);
}

Type *schemas_component(Schemas *schemas, Target target) {
    Type *type = schemas_type(schemas, target.node, target.name);
    if (type && !type->name.size)
        type->name = target.name;
    return type;
}

/* ---- References ------------------------------------------------------------------------------ */

/* What was said of an allowed unresolved reference stays, as a warning. */
static void excuse(Diagnostics *diagnostics, size_t said, size_t errors) {
    for (size_t i = said; i < diagnostics->list.count; i++)
        if (diagnostics->list.items[i].severity == SEVERITY_ERROR)
            diagnostics->list.items[i].severity = SEVERITY_WARNING;
    diagnostics->errors = errors;
}

static void refer(Schemas *schemas, Type *type, const Node *reference) {
    Reader *reader = schemas->reader;
    Diagnostics *diagnostics = reader->diagnostics;
    size_t said = diagnostics->list.count, errors = diagnostics->errors;
    Target target;
    if (reader_full(reader))
        return;
    if (references_resolve(reader->references, reference, &target)) {
        if (!is_schema(target.node)) {
            reader_diagnose(reader, REFERENCE_TO_NO_SCHEMA, node_place(reference),
                            TEXT_ARG(reference->text), node_kind_name(target.node->kind));
            return;
        }
        type->reference = schemas_component(schemas, target);
        array_push(reader->arena, &schemas->referring, type);
    } else if (schemas->options.allow_unresolved) {
        excuse(diagnostics, said, errors);
        type->unknown = true;
    }
}

/* `$recursiveRef: "#"` means the innermost schema around it that says `$recursiveAnchor: true`
 * (JSON Schema 2019-09 core 8.2.4.2.2); descriptions that use it have no other root of a schema. */
static const Node *recursive_target(const Node *schema) {
    for (const Node *node = schema; node; node = node->parent) {
        const Node *anchor = node_member(node, TEXT("$recursiveAnchor"));
        if (anchor && anchor->kind == NODE_BOOLEAN && anchor->boolean)
            return node;
    }
    return NULL;
}

/* Whether the schema refers to another: `$ref`, or the keywords for recursion that extend it, whose
 * dynamic scope is taken to be the static one. */
static bool read_reference(Schemas *schemas, Type *type, const Node *schema) {
    const Node *reference = node_member(schema, TEXT("$ref"));
    if (!reference)
        reference = node_member(schema, TEXT("$dynamicRef"));
    const Node *recursive = reference ? NULL : node_member(schema, TEXT("$recursiveRef"));
    if (recursive && recursive->kind == NODE_STRING) {
        const Node *target = recursive_target(schema);
        if (target) {
            type->reference = schemas_type(schemas, target, TEXT("$recursiveRef"));
            return true;
        }
        reference = recursive;
    }
    if (!reference)
        return false;
    if (reference->kind == NODE_STRING)
        refer(schemas, type, reference);
    else
        reader_wrong_kind(schemas->reader, reference, TEXT("$ref"), "a string");
    return true;
}

/* ---- Filling --------------------------------------------------------------------------------- */

static void fill(Schemas *schemas, Type *type, bool parameter) {
    const Node *schema = type->origin;
    if (schema->kind == NODE_BOOLEAN) {
        type->never = !schema->boolean;
        return;
    }
    bool refers = read_reference(schemas, type, schema);
    bool annotations_alone = refers && !schemas->options.siblings;
    for (uint32_t i = 0; i < schema->count && !reader_full(schemas->reader); i++) {
        const Member *member = &schema->members[i];
        const Keyword *keyword = keyword_named(member->key);
        if (!keyword && !parameter)
            fields_check_keyword(schemas->reader, member);
        if (!keyword || (member->value->kind == NODE_NULL && !(keyword->use & USE_NULL)) ||
            (annotations_alone && !(keyword->use & USE_ANNOTATION)) ||
            (parameter && keyword->use & USE_IN_SCHEMA_ONLY))
            continue;
        keyword_read(schemas, keyword, type, schema, member);
    }
}

void schemas_fill(Schemas *schemas) {
    struct Pending *pending = schemas->pending;
    while (pending->next < pending->list.count && !reader_full(schemas->reader)) {
        PendingType next = pending->list.items[pending->next++];
        fill(schemas, next.type, next.parameter);
    }
}

/* ---- Endless references ---------------------------------------------------------------------- */

static bool says_something(const Type *type) {
    return type->kinds || type->values || type->constant || type->format.size || type->number ||
           type->string || type->array || type->object || type->combinators;
}

static bool circle_says_something(const Type *start) {
    const Type *type = start;
    do {
        if (says_something(type))
            return true;
        type = type->reference;
    } while (type != start);
    return false;
}

/* Each Type is walked over once: `walks` holds the number of the walk that came by. */
void schemas_check_references(Schemas *schemas) {
    Reader *reader = schemas->reader;
    uint32_t *walks = arena_new_array(reader->arena, schemas->count, uint32_t);
    for (size_t i = 0; i < schemas->referring.count && !reader_full(reader); i++) {
        uint32_t walk = (uint32_t)i + 1;
        const Type *type = schemas->referring.items[i];
        while (type && !walks[type->id - schemas->first_id]) {
            walks[type->id - schemas->first_id] = walk;
            type = type->reference;
        }
        if (!type || walks[type->id - schemas->first_id] != walk || circle_says_something(type))
            continue;
        const Node *reference = reference_of(type->origin);
        if (reference)
            reader_diagnose(reader, REFERENCE_ENDLESS, node_place(reference),
                            TEXT_ARG(reference->text), "a schema");
    }
}
