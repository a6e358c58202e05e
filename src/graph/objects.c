#include "graph/gathering.h"
#include "graph/pattern.h"

#include "support/decimal.h"

#include <stdlib.h>

/* An object's facets: properties of all Types of the branch united by name, each with the Meet of
 * what any of them says about a property of that name. */

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

Gathered *gathered(Gathering *gathering, Text name) {
    Gathered *property = find_gathered(gathering, name);
    if (!property) {
        property = arena_new_object(gathering->arena, Gathered);
        property->name = name;
        add_gathered(gathering, property);
    }
    return property;
}

static void declare(Gathering *gathering, Text name, const Property *declared) {
    Gathered *property = gathered(gathering, name);
    if (!property->declared)
        property->origin = declared->origin;
    property->declared = true;
    annotations_add(declared->type, &property->annotations);
}

/* A pattern that lists names declares them. */
static void gather_names(Gathering *gathering, const ObjectKeywords *object) {
    Text names[PATTERN_NAMES];
    for (size_t i = 0; i < object->properties.count; i++)
        declare(gathering, object->properties.items[i].name, &object->properties.items[i]);
    for (size_t i = 0; i < object->pattern_properties.count; i++)
        for (size_t j = pattern_names(object->pattern_properties.items[i].name, names); j-- > 0;)
            declare(gathering, names[j], &object->pattern_properties.items[i]);
    for (size_t i = 0; i < object->required.count; i++) {
        Gathered *property = gathered(gathering, object->required.items[i].name);
        property->required = true;
        if (!property->required_origin)
            property->required_origin = object->required.items[i].origin;
    }
}

/* ---- what each Type says --------------------------------------------------------------------- */

/* What one Type says of the values of each property: its declaration, the patterns that its name
 * matches, and where neither speaks, `additionalProperties` (JSON Schema 2020-12 core 10.3.2). */
static void gather_types(Gathering *gathering, const Type *type) {
    Arena *arena = gathering->arena;
    const ObjectKeywords *object = type->object;
    const Type *additional = own_additional(gathering, type);
    Patterns *patterns = canonicals_patterns(gathering->meet->owner);
    for (size_t i = 0; i < object->properties.count; i++) {
        Gathered *property = gathered(gathering, object->properties.items[i].name);
        array_push(arena, &property->types, object->properties.items[i].type);
        property->spoken_of_by = type;
    }
    if ((!object->pattern_properties.count && !additional) || gathering->too_large)
        return;
    for (size_t i = 0; i < gathering->list.count; i++) {
        Gathered *property = gathering->list.items[i];
        for (size_t j = 0; j < object->pattern_properties.count; j++) {
            const Property *pattern = &object->pattern_properties.items[j];
            if (patterns_accept(patterns, pattern->name, property->name) != ACCEPTED)
                continue;
            array_push(arena, &property->types, pattern->type);
            property->spoken_of_by = type;
        }
        if (property->spoken_of_by != type && additional)
            array_push(arena, &property->types, additional);
    }
}

/* ---- what one property calls for ------------------------------------------------------------- */

/* What a required property calls for is required. */
static void settle_dependents(Gathering *gathering, ObjectFacets *facets) {
    for (size_t i = 0; i < facets->dependent_required.count;) {
        DependentRequired dependent = facets->dependent_required.items[i];
        const Gathered *caller = find_gathered(gathering, dependent.name);
        if (!caller || !caller->required) {
            i++;
            continue;
        }
        for (size_t j = 0; j < dependent.required.count; j++)
            gathered(gathering, dependent.required.items[j])->required = true;
        facets->dependent_required.items[i] =
            facets->dependent_required.items[--facets->dependent_required.count];
        i = 0;
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b) {
    const Gathered *const *left = a, *const *right = b;
    return text_compare((*left)->name, (*right)->name);
}

/* Counts say nothing where names say as much. */
static bool settle_counts(Arena *arena, ObjectFacets *facets) {
    size_t required = 0, possible = 0;
    Bound *minimum = &facets->min_properties, *maximum = &facets->max_properties;
    for (size_t i = 0; i < facets->properties.count; i++) {
        required += facets->properties.items[i].required;
        possible++;
    }
    Bound least = {text_format(arena, "%zu", required)};
    Bound most = {text_format(arena, "%zu", possible)};
    bool finite = facets->additional == ADDITIONAL_FORBIDDEN && !facets->pattern_properties.count;
    if (bounds_crossed(least, *maximum) || (finite && bounds_crossed(*minimum, most)))
        return false;
    if (minimum->digits.size && decimal_compare(minimum->digits, least.digits) <= 0)
        *minimum = (Bound){0};
    if (finite && maximum->digits.size && decimal_compare(maximum->digits, most.digits) >= 0)
        *maximum = (Bound){0};
    if (minimum->digits.size)
        minimum->digits = decimal_canonical(arena, minimum->digits);
    if (maximum->digits.size)
        maximum->digits = decimal_canonical(arena, maximum->digits);
    return !bounds_crossed(*minimum, *maximum);
}

static bool says_never(const Meet *meet) {
    for (size_t i = 0; i < meet->types.types.count && !meet->or_null; i++)
        if (meet->types.types.items[i]->never)
            return true;
    return false;
}

/* False: a required property can have no value. */
static bool add_property(const Gathering *gathering, const Gathered *property,
                         ObjectFacets *facets) {
    Canonicals *owner = gathering->meet->owner;
    CanonicalProperty canonical = {
        .name = property->name,
        .type = canonicals_meet_of(owner, property->types.items, property->types.count),
        .declared = property->declared,
        .required = property->required,
        .read_only = property->annotations.read_only,
        .write_only = property->annotations.write_only,
        .deprecated = property->annotations.deprecated,
        .sunset = property->annotations.sunset,
        .deprecated_since = property->annotations.deprecated_since,
        .default_value = property->annotations.default_value,
        .origin = property->origin ? property->origin : property->required_origin,
        .required_origin = property->required_origin,
    };
    if (name_is_refused(facets, property->name))
        canonical.type = canonicals_nothing(owner);
    if (property->required && meet_is_nothing(canonical.type))
        return false;
    if (says_never(canonical.type) && facets->additional == ADDITIONAL_FORBIDDEN &&
        !pattern_speaks_of(owner, facets, property->name))
        return true;
    array_push(gathering->keep, &facets->properties, canonical);
    return true;
}

/* Names are strings, whatever `propertyNames` says of other values. */
static void meet_names(Gathering *gathering, ObjectFacets *facets) {
    Canonicals *owner = gathering->meet->owner;
    TypeList names = {0};
    for (size_t i = 0; i < gathering->types->count; i++) {
        const ObjectKeywords *object = gathering->types->items[i]->object;
        if (object && object->property_names)
            array_push(gathering->arena, &names, object->property_names);
    }
    if (!names.count)
        return;
    array_push(gathering->arena, &names, &owner->string);
    facets->names = canonicals_meet_of(owner, names.items, names.count);
    if (!meet_is_at_hand(facets->names))
        return;
    const Canonical *canonical = meet_canonical(facets->names);
    if (!canonical->alternatives.count)
        bound_narrow_maximum(&facets->max_properties, (Bound){TEXT("0")});
    if (canonical->alternatives.count == 1 && !canonical->overlapping_one_of &&
        alternative_is_unlimited(canonical->alternatives.items[0]))
        facets->names = NULL;
}

/* What can't be there calls for nothing. */
static void drop_uncalled(Canonicals *canonicals, ObjectFacets *facets) {
    size_t kept = 0;
    for (size_t i = 0; i < facets->dependent_required.count; i++)
        if (property_may_come(canonicals, facets, facets->dependent_required.items[i].name))
            facets->dependent_required.items[kept++] = facets->dependent_required.items[i];
    facets->dependent_required.count = kept;
}

static bool settle_properties(Gathering *gathering, ObjectFacets *facets) {
    for (size_t i = 0; i < gathering->list.count; i++)
        add_rests(gathering, gathering->list.items[i]);
    if (gathering->list.count > 1)
        qsort(gathering->list.items, gathering->list.count, sizeof(Gathered *), by_name);
    for (size_t i = 0; i < gathering->list.count; i++)
        if (!add_property(gathering, gathering->list.items[i], facets))
            return false;
    bool declares = facets->pattern_properties.count > 0;
    for (size_t i = 0; i < facets->properties.count; i++)
        declares |= facets->properties.items[i].declared;
    if (!declares && facets->additional == ADDITIONAL_UNSAID)
        facets->additional = ADDITIONAL_ALLOWED;
    if (facets->additional == ADDITIONAL_FORBIDDEN && !facets->pattern_properties.count)
        facets->names = NULL;
    drop_uncalled(gathering->meet->owner, facets);
    return settle_counts(gathering->keep, facets);
}

static bool gather(Gathering *gathering, ObjectFacets *facets) {
    for (size_t i = 0; i < gathering->types->count; i++) {
        const ObjectKeywords *object = gathering->types->items[i]->object;
        if (!object)
            continue;
        gather_names(gathering, object);
        gather_dependents(gathering->keep, object, facets);
        bound_narrow_minimum(&facets->min_properties, object->min_properties);
        bound_narrow_maximum(&facets->max_properties, object->max_properties);
    }
    settle_dependents(gathering, facets);
    if (!gathering->too_large)
        gather_rests(gathering);
    for (size_t i = 0; i < gathering->types->count; i++)
        if (gathering->types->items[i]->object)
            gather_types(gathering, gathering->types->items[i]);
    if (!gathering->too_large) {
        gather_patterns(gathering);
        meet_additional(gathering, facets);
    }
    meet_names(gathering, facets);
    add_patterns(gathering, facets);
    array_reserve(gathering->keep, &facets->properties, gathering->list.count);
    return settle_properties(gathering, facets);
}

bool object_facets(Meet *meet, const TypeList *types, ObjectFacets *facets) {
    Gathering gathering = {
        .arena = canonicals_scratch(meet->owner),
        .keep = canonicals_arena(meet->owner),
        .meet = meet,
        .types = types,
        .too_large = objects_are_too_large(types),
    };
    bool possible = gather(&gathering, facets);
    arena_clear(gathering.arena);
    return possible;
}
