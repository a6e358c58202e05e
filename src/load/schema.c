#include "load/schema_keywords.h"

#include "load/dynamic_scope.h"
#include "load/openapi_fields.h"

/* A Type whose keywords are still to be read. */
typedef struct PendingType {
    Type *type;
    bool parameter; /* the node is a parameter or header of Swagger 2.0 */
    struct DynamicScope *scope;
} PendingType;

struct Pending {
    ARRAY(PendingType) list;
    size_t next;
};

Schemas *schemas_new(Reader *reader, SchemaOptions options) {
    Schemas *schemas = arena_new_object(reader->arena, Schemas);
    schemas->reader = reader;
    schemas->options = options;
    schemas->scope = dynamic_scope_new(reader->arena);
    array_push(reader->arena, &schemas->scopes, schemas->scope);
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

/* The Type that a schema has in the dynamic scope that it enters. */
static Type *known_type(Schemas *schemas, const Node *node) {
    return map_get(schemas->scope->types, &node, sizeof node);
}

/* The Type itself holds the key under which it is found: its origin. */
static Type *new_type(Schemas *schemas, const Node *node, bool parameter) {
    Type *type = schemas_made_type(schemas, node, 0);
    map_put(schemas->scope->types, &type->origin, sizeof type->origin, type);
    array_push(schemas->reader->arena, &schemas->pending->list,
               ((PendingType){type, parameter, schemas->scope}));
    return type;
}

bool is_schema(const Node *node) {
    return node->kind == NODE_MAPPING || node->kind == NODE_BOOLEAN;
}

Type *schemas_type(Schemas *schemas, const Node *schema, Text keyword) {
    if (!is_schema(schema)) {
        reader_wrong_kind(schemas->reader, schema, keyword,
                          "a schema (a mapping, `true` or `false`)");
        return NULL;
    }
    DynamicScope *around = schemas->scope;
    schemas->scope = dynamic_scope_enter(schemas, schema);
    Type *type = known_type(schemas, schema);
    if (!type)
        type = new_type(schemas, schema, false);
    schemas->scope = around;
    return type;
}

Type *schemas_parameter_type(Schemas *schemas, const Node *parameter) {
    Type *type = known_type(schemas, parameter);
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
static void excuse(Reader *reader, const Node *reference, size_t said, size_t errors) {
    Diagnostics *diagnostics = reader->diagnostics;
    for (size_t i = said; i < diagnostics->list.count; i++)
        if (diagnostics->list.items[i].severity == SEVERITY_ERROR)
            diagnostics->list.items[i].severity = SEVERITY_WARNING;
    diagnostics->errors = errors;
    if (reader->warnings >= LOAD_REMARK_LIMIT)
        diagnostics->list.count = said;
    reader_may_warn(reader, node_place(reference));
}

/* What `$dynamicRef` leads to: a dynamic anchor is the one of that name that was met first (JSON
 * Schema 2020-12 core 8.2.3.2). */
static Target dynamic_target(const Schemas *schemas, const Node *reference, Target target) {
    Text anchor = {0};
    const Node *declared = node_member(target.node, TEXT("$dynamicAnchor"));
    size_t hash = text_find_byte(reference->text, '#', 0);
    if (hash != SIZE_MAX)
        anchor = text_slice(reference->text, hash + 1, reference->text.size);
    if (!declared || declared->kind != NODE_STRING || !text_equal(declared->text, anchor))
        return target;
    const DynamicAnchor *first = dynamic_anchor(&schemas->scope->anchors, anchor);
    return first ? (Target){first->node, first->component} : target;
}

static void refer(Schemas *schemas, Type *type, const Node *reference, bool dynamic) {
    Reader *reader = schemas->reader;
    Diagnostics *diagnostics = reader->diagnostics;
    size_t said = diagnostics->list.count, errors = diagnostics->errors;
    Target target;
    if (reader_full(reader))
        return;
    if (references_resolve(reader->references, reference, &target)) {
        if (dynamic)
            target = dynamic_target(schemas, reference, target);
        if (!is_schema(target.node)) {
            reader_diagnose(reader, REFERENCE_TO_NO_SCHEMA, node_place(reference),
                            TEXT_ARG(reference_keyword(reference)), TEXT_ARG(reference->text),
                            node_kind_name(target.node->kind));
            return;
        }
        type->reference = schemas_component(schemas, target);
        type->unknown |= dynamic && schemas->scope->full;
        array_push(reader->arena, &schemas->referring, type);
    } else if (schemas->options.allow_unresolved) {
        excuse(reader, reference, said, errors);
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

static void read_recursion(Schemas *schemas, Type *type, const Node *schema,
                           const Node *reference) {
    const Node *target = recursive_target(schema);
    if (target)
        type->reference = schemas_type(schemas, target, TEXT("$recursiveRef"));
    else
        refer(schemas, type, reference, false);
}

/* A further reference beside the first is a part of its own. */
static Type *referring_part(Schemas *schemas, Type *type) {
    Arena *arena = schemas->reader->arena;
    Type *part = schemas_made_type(schemas, type->origin, 0);
    if (!type->combinators)
        type->combinators = arena_new_object(arena, Combinators);
    array_push(arena, &type->combinators->all_of, part);
    return part;
}

static const char *const references[] = {"$ref", "$dynamicRef", "$recursiveRef"};
enum { REFERENCES = sizeof references / sizeof *references };

static void read_reference(Schemas *schemas, Type *type, const Node *schema, size_t which) {
    const Node *reference = node_member(schema, text_from(references[which]));
    if (reference->kind != NODE_STRING)
        reader_wrong_kind(schemas->reader, reference, text_from(references[which]), "a string");
    else if (text_is(text_from("$recursiveRef"), references[which]))
        read_recursion(schemas, type, schema, reference);
    else
        refer(schemas, type, reference, text_is(text_from("$dynamicRef"), references[which]));
}

/* The first keyword from `which` on that refers to another schema; REFERENCES where there is none.
 */
static size_t next_reference(const Node *schema, size_t which) {
    while (which < REFERENCES && !node_member(schema, text_from(references[which])))
        which++;
    return which;
}

/* ---- Filling --------------------------------------------------------------------------------- */

static void fill(Schemas *schemas, Type *type, bool parameter) {
    const Node *schema = type->origin;
    if (schema->kind == NODE_BOOLEAN) {
        type->never = !schema->boolean;
        return;
    }
    size_t first = next_reference(schema, 0);
    bool annotations_alone = first < REFERENCES && !schemas->options.siblings;
    if (first < REFERENCES)
        read_reference(schemas, type, schema, first);
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
    for (size_t i = next_reference(schema, first + 1); i < REFERENCES;
         i = next_reference(schema, i + 1))
        read_reference(schemas, referring_part(schemas, type), schema, i);
}

void schemas_fill(Schemas *schemas) {
    struct Pending *pending = schemas->pending;
    while (pending->next < pending->list.count && !reader_full(schemas->reader)) {
        PendingType next = pending->list.items[pending->next++];
        schemas->scope = next.scope;
        fill(schemas, next.type, next.parameter);
    }
    schemas->scope = schemas->scopes.items[0];
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
                            TEXT_ARG(reference_keyword(reference)), TEXT_ARG(reference->text),
                            "a schema");
    }
}
