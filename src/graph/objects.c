#include "graph/meet.h"

#include "support/decimal.h"
#include "support/map.h"

#include <stdlib.h>

/* An object's facets: properties of all Types of the branch united by name, each with the Meet of
 * what any of them says about a property of that name. */

typedef struct Gathered {
    Text name;
    TypeList types;
    Annotations annotations;
    bool declared, required;
    const Node *origin, *required_origin;
    const ObjectKeywords *spoken_of_by; /* the last that described its values by name */
} Gathered;

typedef ARRAY(Gathered *) GatheredList;

typedef struct Gathering {
    Arena *arena; /* for a while only */
    Map *by_name; /* from the MANY'th on; NULL before */
    GatheredList list;
} Gathering;

enum { MANY = 16 };

static Gathered *find_gathered(const Gathering *gathering, Text name) {
    if (gathering->by_name)
        return map_get_text(gathering->by_name, name);
    for (size_t i = 0; i < gathering->list.count; i++)
        if (text_equal(gathering->list.items[i]->name, name))
            return gathering->list.items[i];
    return NULL;
}

static void add_gathered(Gathering *gathering, Gathered *property) {
    array_push(gathering->arena, &gathering->list, property);
    if (gathering->list.count < MANY)
        return;
    size_t first = gathering->by_name ? gathering->list.count - 1 : 0;
    if (!gathering->by_name)
        gathering->by_name = map_new(gathering->arena);
    for (size_t i = first; i < gathering->list.count; i++)
        map_put_text(gathering->by_name, gathering->list.items[i]->name, gathering->list.items[i]);
}

static Gathered *gathered(Gathering *gathering, Text name) {
    Gathered *property = find_gathered(gathering, name);
    if (!property) {
        property = arena_new_object(gathering->arena, Gathered);
        property->name = name;
        add_gathered(gathering, property);
    }
    return property;
}

static void gather_names(Gathering *gathering, const ObjectKeywords *object) {
    for (size_t i = 0; i < object->properties.count; i++) {
        const Property *declared = &object->properties.items[i];
        Gathered *property = gathered(gathering, declared->name);
        if (!property->declared)
            property->origin = declared->origin;
        property->declared = true;
        annotations_add(declared->type, &property->annotations);
    }
    for (size_t i = 0; i < object->required.count; i++) {
        Gathered *property = gathered(gathering, object->required.items[i].name);
        property->required = true;
        if (!property->required_origin)
            property->required_origin = object->required.items[i].origin;
    }
}

/* What one Type says of the values of each property: its declaration, the patterns that its name
 * matches, and where neither speaks, `additionalProperties` (JSON Schema 2020-12 core 10.3.2). */
static void gather_types(Gathering *gathering, const ObjectKeywords *object) {
    Arena *arena = gathering->arena;
    for (size_t i = 0; i < object->properties.count; i++) {
        Gathered *property = gathered(gathering, object->properties.items[i].name);
        array_push(arena, &property->types, object->properties.items[i].type);
        property->spoken_of_by = object;
    }
    if (!object->pattern_properties.count && !object->additional_properties)
        return;
    for (size_t i = 0; i < gathering->list.count; i++) {
        Gathered *property = gathering->list.items[i];
        for (size_t j = 0; j < object->pattern_properties.count; j++) {
            const Property *pattern = &object->pattern_properties.items[j];
            if (pattern_accepts(pattern->name, property->name) != ACCEPTED)
                continue;
            array_push(arena, &property->types, pattern->type);
            property->spoken_of_by = object;
        }
        if (property->spoken_of_by != object && object->additional_properties)
            array_push(arena, &property->types, object->additional_properties);
    }
}

static bool allows_anything(Meet *meet) {
    return meet->types.types.count == 0;
}

static bool is_never(const Meet *meet) {
    for (size_t i = 0; i < meet->types.types.count; i++)
        if (meet->types.types.items[i]->never)
            return true;
    return false;
}

/* `unevaluatedProperties` of the Type that all others are parts of speaks where none of them does.
 */
static const Type *additional_of(const Meet *meet, const Type *type) {
    if (type->object->additional_properties)
        return type->object->additional_properties;
    return type == meet->top ? type->object->unevaluated_properties : NULL;
}

static void meet_additional(Meet *meet, const TypeList *types, ObjectFacets *facets) {
    Arena *arena = canonicals_arena(meet->owner);
    TypeList described = {0};
    for (size_t i = 0; i < types->count; i++) {
        const Type *type = types->items[i]->object ? additional_of(meet, types->items[i]) : NULL;
        if (type)
            array_push(arena, &described, type);
    }
    if (!described.count)
        return;
    facets->additional_type = canonicals_meet_of(meet->owner, described.items, described.count);
    if (is_never(facets->additional_type))
        facets->additional = ADDITIONAL_FORBIDDEN;
    else if (allows_anything(facets->additional_type))
        facets->additional = ADDITIONAL_ALLOWED;
    else
        facets->additional = ADDITIONAL_DESCRIBED;
    if (facets->additional != ADDITIONAL_DESCRIBED)
        facets->additional_type = NULL;
}

static int by_name(const void *a, const void *b) {
    const Gathered *const *left = a, *const *right = b;
    return text_compare((*left)->name, (*right)->name);
}

static int by_pattern(const void *a, const void *b) {
    const PatternProperty *left = a, *right = b;
    return text_compare(left->pattern, right->pattern);
}

static void gather_patterns(Meet *meet, const ObjectKeywords *object, ObjectFacets *facets) {
    Arena *arena = canonicals_arena(meet->owner);
    for (size_t i = 0; i < object->pattern_properties.count; i++) {
        const Property *described = &object->pattern_properties.items[i];
        PatternProperty pattern = {described->name, canonicals_meet(meet->owner, described->type),
                                   described->origin};
        array_push(arena, &facets->pattern_properties, pattern);
    }
    for (size_t i = 0; i < object->dependent_required.count; i++)
        array_push(arena, &facets->dependent_required, object->dependent_required.items[i]);
}

static void narrow_minimum(Bound *have, Bound bound) {
    if (bound.digits.size &&
        (!have->digits.size || decimal_compare(bound.digits, have->digits) > 0))
        *have = bound;
}

static void narrow_maximum(Bound *have, Bound bound) {
    if (bound.digits.size &&
        (!have->digits.size || decimal_compare(bound.digits, have->digits) < 0))
        *have = bound;
}

static bool settle_counts(Arena *arena, ObjectFacets *facets) {
    Bound *minimum = &facets->min_properties, *maximum = &facets->max_properties;
    if (minimum->digits.size && decimal_compare(minimum->digits, TEXT("0")) <= 0)
        *minimum = (Bound){0};
    if (minimum->digits.size)
        minimum->digits = decimal_canonical(arena, minimum->digits);
    if (maximum->digits.size)
        maximum->digits = decimal_canonical(arena, maximum->digits);
    return !minimum->digits.size || !maximum->digits.size ||
           decimal_compare(minimum->digits, maximum->digits) <= 0;
}

/* False: a required property can have no value. */
static bool add_property(Meet *meet, const Gathered *property, ObjectFacets *facets) {
    CanonicalProperty canonical = {
        .name = property->name,
        .type = canonicals_meet_of(meet->owner, property->types.items, property->types.count),
        .declared = property->declared,
        .required = property->required,
        .read_only = property->annotations.read_only,
        .write_only = property->annotations.write_only,
        .deprecated = property->annotations.deprecated,
        .sunset = property->annotations.sunset,
        .default_value = property->annotations.default_value,
        .origin = property->origin ? property->origin : property->required_origin,
        .required_origin = property->required_origin,
    };
    bool never = is_never(canonical.type);
    if (never && property->required)
        return false;
    if (never && facets->additional == ADDITIONAL_FORBIDDEN)
        return true;
    array_push(canonicals_arena(meet->owner), &facets->properties, canonical);
    return true;
}

bool object_facets(Meet *meet, const TypeList *types, ObjectFacets *facets) {
    Arena *arena = canonicals_arena(meet->owner);
    Gathering gathering = {.arena = canonicals_scratch(meet->owner)};
    for (size_t i = 0; i < types->count; i++) {
        const ObjectKeywords *object = types->items[i]->object;
        if (!object)
            continue;
        gather_names(&gathering, object);
        gather_patterns(meet, object, facets);
        narrow_minimum(&facets->min_properties, object->min_properties);
        narrow_maximum(&facets->max_properties, object->max_properties);
    }
    for (size_t i = 0; i < types->count; i++)
        if (types->items[i]->object)
            gather_types(&gathering, types->items[i]->object);
    meet_additional(meet, types, facets);
    if (gathering.list.count > 1)
        qsort(gathering.list.items, gathering.list.count, sizeof(Gathered *), by_name);
    array_reserve(arena, &facets->properties, gathering.list.count);
    bool possible = true;
    for (size_t i = 0; i < gathering.list.count && possible; i++)
        possible = add_property(meet, gathering.list.items[i], facets);
    arena_clear(gathering.arena);
    if (!possible)
        return false;
    if (facets->pattern_properties.count > 1)
        qsort(facets->pattern_properties.items, facets->pattern_properties.count,
              sizeof(PatternProperty), by_pattern);
    bool declares = facets->pattern_properties.count > 0;
    for (size_t i = 0; i < facets->properties.count; i++)
        declares |= facets->properties.items[i].declared;
    if (!declares && facets->additional == ADDITIONAL_UNSAID)
        facets->additional = ADDITIONAL_ALLOWED;
    return settle_counts(arena, facets);
}
