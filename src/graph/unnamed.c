#include "graph/gathering.h"
#include "graph/pattern.h"

#include <stdlib.h>

/* What the Types of a branch say of properties that none of them names: by patterns, by
 * `additionalProperties`, by `unevaluatedProperties`. */

/* ---- what is left over ----------------------------------------------------------------------- */

const Type *own_additional(const Gathering *gathering, const Type *type) {
    const ObjectKeywords *object = type->object;
    if (!object || object->additional_properties || !object->unevaluated_properties)
        return object ? object->additional_properties : NULL;
    TypeList scope;
    return type_rest(gathering->meet, gathering->types, type, &scope) == REST_OF_TYPE
               ? object->unevaluated_properties
               : NULL;
}

/* What speaks of all names leaves none over. */
static bool leaves_names(const Gathering *gathering, const TypeList *scope, const Type *type) {
    for (size_t i = 0; i < scope->count; i++) {
        const Type *part = scope->items[i];
        bool rest = part != type && part->object && part->object->unevaluated_properties;
        if (rest || own_additional(gathering, part))
            return false;
    }
    return true;
}

/* What it depends on the value which schemas apply. */
static void gather_unresolved(Gathering *gathering, const Type *type) {
    const EvaluatedNames *names = evaluated_names(gathering->meet->owner, type);
    if (!names->all)
        return;
    for (size_t i = 0; i < names->list.count; i++) {
        Gathered *property = gathered(gathering, names->list.items[i].name);
        if (!property->origin)
            property->origin = names->list.items[i].origin;
    }
    array_push(gathering->arena, &gathering->rests,
               ((GatheredRest){type->object->unevaluated_properties, {0}, names}));
}

void gather_rests(Gathering *gathering) {
    for (size_t i = 0; i < gathering->types->count; i++) {
        const Type *type = gathering->types->items[i];
        const ObjectKeywords *object = type->object;
        TypeList scope;
        if (!object || !object->unevaluated_properties || object->additional_properties)
            continue;
        Rest rest = type_rest(gathering->meet, gathering->types, type, &scope);
        if (rest == REST_UNRESOLVED)
            gather_unresolved(gathering, type);
        else if (rest == REST_OF_SCOPE && leaves_names(gathering, &scope, type))
            array_push(gathering->arena, &gathering->rests,
                       ((GatheredRest){object->unevaluated_properties, scope, NULL}));
    }
}

/* What a rest says of a name; NULL: nothing. */
static const Type *said_by_rest(const GatheredRest *rest, Text name) {
    for (size_t i = 0; i < rest->scope.count; i++)
        if (type_speaks_of(rest->scope.items[i], name))
            return NULL;
    for (size_t i = 0; rest->evaluated && i < rest->evaluated->list.count; i++)
        if (text_equal(rest->evaluated->list.items[i].name, name))
            return rest->evaluated->list.items[i].any_of;
    return rest->schema;
}

void add_rests(const Gathering *gathering, Gathered *property) {
    for (size_t i = 0; i < gathering->rests.count; i++) {
        const Type *said = said_by_rest(&gathering->rests.items[i], property->name);
        if (said)
            array_push(gathering->arena, &property->types, said);
    }
}

static void describe_additional(ObjectFacets *facets, Meet *type) {
    facets->additional_type = type;
    if (meet_is_nothing(facets->additional_type))
        facets->additional = ADDITIONAL_FORBIDDEN;
    else if (meet_is_anything(facets->additional_type))
        facets->additional = ADDITIONAL_ALLOWED;
    else
        facets->additional = ADDITIONAL_DESCRIBED;
    if (facets->additional != ADDITIONAL_DESCRIBED)
        facets->additional_type = NULL;
}

void meet_additional(const Gathering *gathering, ObjectFacets *facets) {
    TypeList described = {0};
    for (size_t i = 0; i < gathering->types->count; i++) {
        const Type *type = own_additional(gathering, gathering->types->items[i]);
        if (type)
            array_push(gathering->arena, &described, type);
    }
    for (size_t i = 0; i < gathering->rests.count; i++)
        array_push(gathering->arena, &described, gathering->rests.items[i].schema);
    if (!described.count)
        return;
    describe_additional(
        facets, canonicals_meet_of(gathering->meet->owner, described.items, described.count));
}

/* ---- patterns -------------------------------------------------------------------------------- */

static GatheredPattern *gathered_pattern(Gathering *gathering, const Property *described) {
    for (size_t i = 0; i < gathering->patterns.count; i++)
        if (text_equal(gathering->patterns.items[i].pattern, described->name))
            return &gathering->patterns.items[i];
    GatheredPattern pattern = {.pattern = described->name, .origin = described->origin};
    array_push(gathering->arena, &gathering->patterns, pattern);
    return &gathering->patterns.items[gathering->patterns.count - 1];
}

static bool names_apart(Canonicals *canonicals, Text a, Text b) {
    StringFacets left = {.patterns = {&a, 1, 1}}, right = {.patterns = {&b, 1, 1}};
    return texts_are_apart(canonicals_patterns(canonicals), &left, &right);
}

typedef enum Reach { REACHES, PASSES, REACH_UNPROVEN } Reach;

/* Whether what a Type says of additional properties reaches the names that match a pattern. */
static Reach additional_reaches(const Gathering *gathering, const Type *type, Text pattern) {
    Reach reach = REACHES;
    if (!own_additional(gathering, type))
        return PASSES;
    for (size_t i = 0; i < type->object->pattern_properties.count; i++) {
        Text own = type->object->pattern_properties.items[i].name;
        if (text_equal(own, pattern))
            return PASSES;
        if (!names_apart(gathering->meet->owner, own, pattern))
            reach = REACH_UNPROVEN;
    }
    return reach;
}

static int by_pattern(const void *a, const void *b) {
    const PatternProperty *left = a, *right = b;
    return text_compare(left->pattern, right->pattern);
}

/* A scope with patterns is the whole branch, so that none is outside. */
static bool scope_has_patterns(const TypeList *scope) {
    for (size_t i = 0; i < scope->count; i++)
        if (scope->items[i]->object && scope->items[i]->object->pattern_properties.count)
            return true;
    return false;
}

void gather_patterns(Gathering *gathering) {
    Arena *arena = gathering->arena;
    for (size_t i = 0; i < gathering->types->count; i++) {
        const ObjectKeywords *object = gathering->types->items[i]->object;
        for (size_t j = 0; object && j < object->pattern_properties.count; j++) {
            const Property *described = &object->pattern_properties.items[j];
            if (pattern_names(described->name, (Text[PATTERN_NAMES]){{0}}))
                continue;
            GatheredPattern *pattern = gathered_pattern(gathering, described);
            array_push(arena, &pattern->types, described->type);
        }
    }
    for (size_t i = 0; i < gathering->patterns.count; i++) {
        GatheredPattern *pattern = &gathering->patterns.items[i];
        for (size_t j = 0; j < gathering->types->count; j++) {
            const Type *type = gathering->types->items[j];
            if (additional_reaches(gathering, type, pattern->pattern) == REACHES)
                array_push(arena, &pattern->types, own_additional(gathering, type));
        }
        for (size_t j = 0; j < gathering->rests.count; j++)
            if (!scope_has_patterns(&gathering->rests.items[j].scope))
                array_push(arena, &pattern->types, gathering->rests.items[j].schema);
    }
}

/* What a pattern says that finds every name is said of all names, and leaves none to
 * `additionalProperties`. */
static void settle_patterns(const Gathering *gathering, ObjectFacets *facets) {
    Canonicals *owner = gathering->meet->owner;
    StringFacets any = {0};
    size_t kept = 0;
    Meet *of_all = NULL;
    for (size_t i = 0; i < facets->pattern_properties.count; i++) {
        PatternProperty *pattern = &facets->pattern_properties.items[i];
        if (texts_match(canonicals_patterns(owner), &any, pattern->pattern, NULL) == INCLUDED)
            of_all = of_all ? canonicals_meet_both(owner, of_all, pattern->type) : pattern->type;
        else
            facets->pattern_properties.items[kept++] = *pattern;
    }
    facets->pattern_properties.count = kept;
    if (!of_all)
        return;
    for (size_t i = 0; i < kept; i++)
        facets->pattern_properties.items[i].type =
            canonicals_meet_both(owner, facets->pattern_properties.items[i].type, of_all);
    describe_additional(facets, of_all);
}

void add_patterns(const Gathering *gathering, ObjectFacets *facets) {
    for (size_t i = 0; i < gathering->patterns.count; i++) {
        const GatheredPattern *pattern = &gathering->patterns.items[i];
        PatternProperty property = {
            pattern->pattern,
            canonicals_meet_of(gathering->meet->owner, pattern->types.items, pattern->types.count),
            pattern->origin};
        array_push(gathering->keep, &facets->pattern_properties, property);
    }
    settle_patterns(gathering, facets);
    if (facets->pattern_properties.count > 1)
        qsort(facets->pattern_properties.items, facets->pattern_properties.count,
              sizeof(PatternProperty), by_pattern);
}

bool object_patterns_tangle(Meet *meet, const TypeList *types) {
    Gathering gathering = {.arena = canonicals_arena(meet->owner), .meet = meet, .types = types};
    for (size_t i = 0; i < types->count; i++) {
        const ObjectKeywords *object = types->items[i]->object;
        for (size_t j = 0; object && j < object->pattern_properties.count; j++)
            for (size_t k = 0; k < types->count; k++)
                if (additional_reaches(&gathering, types->items[k],
                                       object->pattern_properties.items[j].name) == REACH_UNPROVEN)
                    return true;
    }
    return false;
}
