#include "graph/gathering.h"

#include "support/map.h"

/* What a Type with `unevaluatedProperties` may have evaluated where it depends on the value which
 * of the schemas that it applies hold. A property that none of them names is left to it; one that
 * some name is of what one of them says, or is left to it. Facets made of that take what the Type
 * takes, and perhaps more. */

enum { EVALUATED_DEPTH = 8, EVALUATED_LIMIT = 64 };

typedef struct Search {
    Canonicals *owner;
    EvaluatedNames *found;
} Search;

static EvaluatedName *found_name(const Search *search, Text name) {
    EvaluatedName *list = search->found->list.items;
    for (size_t i = 0; i < search->found->list.count; i++)
        if (text_equal(list[i].name, name))
            return &list[i];
    array_push(search->owner->arena, &search->found->list, ((EvaluatedName){.name = name}));
    return &search->found->list.items[search->found->list.count - 1];
}

/* False: it may evaluate other names, too. */
static bool add_own_names(const Search *search, const Type *type, bool always, int depth) {
    const ObjectKeywords *object = type->object;
    if (!object)
        return true;
    if (object->pattern_properties.count || object->additional_properties ||
        (depth && object->unevaluated_properties))
        return false;
    for (size_t i = 0; i < object->properties.count; i++) {
        const Property *declared = &object->properties.items[i];
        EvaluatedName *name = found_name(search, declared->name);
        name->always |= always;
        if (!name->origin)
            name->origin = declared->origin;
        array_push(search->owner->arena, &name->types, declared->type);
    }
    return search->found->list.count <= EVALUATED_LIMIT;
}

static bool add_names(const Search *search, const Type *type, bool always, int depth);

static bool add_all_names(const Search *search, Type *const *types, size_t count, bool always,
                          int depth) {
    for (size_t i = 0; i < count; i++)
        if (!add_names(search, types[i], always, depth + 1))
            return false;
    return true;
}

/* Of all schemas that are applied in place; what `not` evaluates is dropped (JSON Schema 2020-12
 * core 7.7.1.1). */
static bool add_names(const Search *search, const Type *type, bool always, int depth) {
    if (!type)
        return true;
    if (depth > EVALUATED_DEPTH || type->unknown || !add_own_names(search, type, always, depth))
        return false;
    for (size_t i = 0; type->object && i < type->object->dependent_schemas.count; i++)
        if (!add_names(search, type->object->dependent_schemas.items[i].type, false, depth + 1))
            return false;
    const Combinators *of = type->combinators;
    return add_names(search, type->reference, always, depth + 1) &&
           (!of || (add_all_names(search, of->all_of.items, of->all_of.count, always, depth) &&
                    add_all_names(search, of->any_of.items, of->any_of.count, false, depth) &&
                    add_all_names(search, of->one_of.items, of->one_of.count, false, depth) &&
                    add_names(search, of->if_type, false, depth + 1) &&
                    add_names(search, of->then_type, false, depth + 1) &&
                    add_names(search, of->else_type, false, depth + 1)));
}

const EvaluatedNames *evaluated_names(Canonicals *owner, const Type *type) {
    if (!owner->evaluated)
        owner->evaluated = map_new(owner->arena);
    EvaluatedNames *names = map_get(owner->evaluated, &type->id, sizeof type->id);
    if (names)
        return names;
    names = arena_new_object(owner->arena, EvaluatedNames);
    map_put(owner->evaluated, &type->id, sizeof type->id, names);
    Search search = {owner, names};
    names->all = add_names(&search, type, true, 0);
    for (size_t i = 0; names->all && i < names->list.count; i++) {
        EvaluatedName *name = &names->list.items[i];
        array_push(owner->arena, &name->types, type->object->unevaluated_properties);
        if (!name->always)
            name->any_of = canonicals_any_of(owner, name->types.items, name->types.count);
    }
    return names;
}
