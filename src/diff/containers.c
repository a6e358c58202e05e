#include "diff/compare.h"

#include "graph/pattern.h"
#include "support/decimal.h"

#include <stdio.h>

/* Arrays and objects. */

static bool is_within(Bound maximum, size_t index) {
    if (!maximum.digits.size)
        return true;
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%zu", index);
    return decimal_compare((Text){digits, (size_t)size}, maximum.digits) < 0;
}

static void compare_items(Comparer *comparer, Comparison *at, const ArrayFacets *from,
                          const ArrayFacets *to) {
    size_t prefix = from->prefix_items.count > to->prefix_items.count ? from->prefix_items.count
                                                                      : to->prefix_items.count;
    for (size_t i = 0; i < prefix; i++) {
        if (!is_within(from->max_items, i) || !is_within(to->max_items, i))
            return;
        Meet *base = i < from->prefix_items.count ? from->prefix_items.items[i] : from->items;
        Meet *revision = i < to->prefix_items.count ? to->prefix_items.items[i] : to->items;
        add_types(comparer, at, STEP_PREFIX_ITEM, text_format(comparer->arena, "%zu", i), base,
                  revision);
    }
    if (is_within(from->max_items, prefix) && is_within(to->max_items, prefix))
        add_types(comparer, at, STEP_ITEMS, (Text){0}, from->items, to->items);
}

void compare_array_facets(Comparer *comparer, Comparison *at, const Alternative *base,
                          const Alternative *revision) {
    const ArrayFacets *from = &base->array, *to = &revision->array;
    compare_limit(comparer, at, base, revision, "minItems", LOWER_LIMIT, from->min_items,
                  to->min_items);
    compare_limit(comparer, at, base, revision, "maxItems", UPPER_LIMIT, from->max_items,
                  to->max_items);
    if (from->unique_items != to->unique_items) {
        Effect effect = to->unique_items ? EFFECT_NARROWED : EFFECT_WIDENED;
        const Node *base_origin = keyword_origin(base->from, "uniqueItems");
        const Node *revision_origin = keyword_origin(revision->from, "uniqueItems");
        Change *change = note(comparer, at, CHANGE_UNIQUE_ITEMS_CHANGED, effect,
                              base_origin ? base_origin : base->origin,
                              revision_origin ? revision_origin : revision->origin);
        with_effect(comparer, change, effect);
    }
    compare_items(comparer, at, from, to);
}

/* ---- properties ------------------------------------------------------------------------------ */

static bool is_part(const CanonicalProperty *property, Direction direction) {
    return direction == DIRECTION_REQUEST ? !property->read_only : !property->write_only;
}

typedef struct Sides {
    Comparison *at;
    const Alternative *base, *revision;
} Sides;

static void note_required(Comparer *comparer, const Sides *sides, const CanonicalProperty *from,
                          const CanonicalProperty *to) {
    bool now = to && to->required;
    if (now == (from && from->required))
        return;
    const CanonicalProperty *named = now ? to : from;
    const Node *base_origin = from ? from->origin : sides->base->origin;
    const Node *revision_origin = to ? to->origin : sides->revision->origin;
    if (now && to->required_origin)
        revision_origin = to->required_origin;
    if (!now && from->required_origin)
        base_origin = from->required_origin;
    Change *change =
        note(comparer, sides->at, now ? CHANGE_PROPERTY_REQUIRED : CHANGE_PROPERTY_OPTIONAL,
             now ? EFFECT_NARROWED : EFFECT_WIDENED, base_origin, revision_origin);
    change->base_absent = now;
    change->revision_absent = !now;
    with(comparer, change, ATTRIBUTE_NAME, named->name);
    if (now)
        with_truth(comparer, change, ATTRIBUTE_HAS_DEFAULT, to->default_value != NULL);
    else
        with_lifetime(comparer, change, property_lifetime(from));
}

static void note_deprecation(Comparer *comparer, const Sides *sides, const CanonicalProperty *from,
                             const CanonicalProperty *to) {
    compare_sunsets(comparer, sides->at, property_lifetime(from), property_lifetime(to), to->name);
    if (from->deprecated == to->deprecated)
        return;
    Change *change = note(comparer, sides->at,
                          to->deprecated ? CHANGE_PROPERTY_DEPRECATED : CHANGE_PROPERTY_REACTIVATED,
                          EFFECT_NONE, from->origin, to->origin);
    with(comparer, change, ATTRIBUTE_NAME, to->name);
    if (to->deprecated)
        with(comparer, change, ATTRIBUTE_SUNSET, to->sunset);
}

static void note_access(Comparer *comparer, const Sides *sides, const CanonicalProperty *from,
                        const CanonicalProperty *to, bool hidden) {
    const char *keyword = sides->at->direction == DIRECTION_REQUEST ? "readOnly" : "writeOnly";
    Effect effect = (hidden ? from->required : to->required)
                        ? (hidden ? EFFECT_WIDENED : EFFECT_NARROWED)
                        : EFFECT_NONE;
    Change *change =
        note(comparer, sides->at, CHANGE_PROPERTY_ACCESS_CHANGED, effect, from->origin, to->origin);
    with(comparer, change, ATTRIBUTE_NAME, to->name);
    with(comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with_truth(comparer, change, ATTRIBUTE_FROM, !hidden);
    with_truth(comparer, change, ATTRIBUTE_TO, hidden);
    with_truth(comparer, change, ATTRIBUTE_REQUIRED, hidden ? from->required : to->required);
}

/* What a side says of a property that it does not declare. Where that is refused with all others,
 * and the other side does not declare it either, the change is one of `additionalProperties`. */
typedef enum Undeclared { UNDECLARED_REFUSED, UNDECLARED_FREE, UNDECLARED_DESCRIBED } Undeclared;

static Undeclared undeclared(Comparer *comparer, const ObjectFacets *facets, Text name,
                             Meet *type) {
    if (meet_is_nothing(type))
        return UNDECLARED_REFUSED;
    bool any = type == canonicals_meet(comparer->canonicals, NULL);
    return any && !pattern_speaks_of(comparer->canonicals, facets, name) ? UNDECLARED_FREE
                                                                         : UNDECLARED_DESCRIBED;
}

static void describe_other_side(Comparer *comparer, Change *change, const ObjectFacets *facets,
                                Undeclared undeclared_there) {
    bool closed = undeclared_there == UNDECLARED_REFUSED; /* perhaps by `propertyNames` alone */
    with_truth(comparer, change, ATTRIBUTE_CLOSED, closed);
    with_truth(comparer, change, ATTRIBUTE_OPEN,
               !closed && facets->additional == ADDITIONAL_ALLOWED);
}

static void note_undeclared(Comparer *comparer, const Sides *sides, const CanonicalProperty *from,
                            Undeclared now, const Node *revision_origin) {
    bool refused = now == UNDECLARED_REFUSED;
    Effect effect = (refused ? EFFECT_NARROWED : EFFECT_NONE) |
                    (!refused || from->required ? EFFECT_WIDENED : EFFECT_NONE);
    Change *change =
        note(comparer, sides->at, CHANGE_PROPERTY_REMOVED, effect, from->origin, revision_origin);
    change->revision_absent = true;
    with_type(change, from->type);
    with(comparer, change, ATTRIBUTE_NAME, from->name);
    with_truth(comparer, change, ATTRIBUTE_REQUIRED, from->required);
    with_lifetime(comparer, change, property_lifetime(from));
    describe_other_side(comparer, change, &sides->revision->object, now);
}

/* Whether a property is declared no longer and still called for, as one of any type. */
static bool is_undeclared(Comparer *comparer, const Sides *sides, const CanonicalProperty *from,
                          const CanonicalProperty *to) {
    return from->declared && !to->declared && !meet_is_nothing(from->type) &&
           !meet_is_anything(from->type) &&
           undeclared(comparer, &sides->revision->object, to->name, to->type) == UNDECLARED_FREE;
}

static void compare_property(Comparer *comparer, const Sides *sides, const CanonicalProperty *from,
                             const CanonicalProperty *to) {
    Direction direction = sides->at->direction;
    bool before = is_part(from, direction), after = is_part(to, direction);
    if (before != after)
        note_access(comparer, sides, from, to, before);
    if (!before || !after)
        return;
    if (meet_is_nothing(to->type) && !meet_is_nothing(from->type)) {
        note_undeclared(comparer, sides, from, UNDECLARED_REFUSED, to->origin);
        return;
    }
    note_required(comparer, sides, from, to);
    note_deprecation(comparer, sides, from, to);
    if (is_undeclared(comparer, sides, from, to)) {
        note_undeclared(comparer, sides, from, UNDECLARED_FREE, to->origin);
        return;
    }
    Comparison *below = pair_of(comparer, from->type, to->type, direction);
    if (!same_default(from->default_value, to->default_value)) {
        Comparison *own = comparison_new(comparer, direction);
        compare_defaults(comparer, own, from->default_value, to->default_value, from->origin,
                         to->origin);
        add_edge(comparer, sides->at, STEP_PROPERTY, to->name, own);
    }
    add_edge(comparer, sides->at, STEP_PROPERTY, to->name, below);
}

typedef struct Forbidden {
    Meet *type;
    const Node *origin;
} Forbidden;

/* A property that can have no value is none. Undeclared on the other side, it may have any. */
static void note_forbidden(Comparer *comparer, const Sides *sides, Text name, Forbidden base,
                           Forbidden revision) {
    Comparison *below = comparison_new(comparer, sides->at->direction);
    KindSet from = meet_canonical(base.type)->kinds, to = meet_canonical(revision.type)->kinds;
    below->base_meet = base.type;
    below->revision_meet = revision.type;
    note_kinds(comparer, below, (Kinds){from, to, from ? EFFECT_NARROWED : EFFECT_WIDENED},
               base.origin, revision.origin);
    add_edge(comparer, sides->at, STEP_PROPERTY, name, below);
}

/* Whether that a side has a property, and the other has none, is told as such. What is only called
 * for is none; nor is what a schema names that may apply, unless the other side refuses it. */
static bool is_news(const CanonicalProperty *property, Undeclared there) {
    return there != UNDECLARED_DESCRIBED &&
           (property->declared || (there == UNDECLARED_REFUSED && !property->required));
}

static void property_gone(Comparer *comparer, const Sides *sides, const CanonicalProperty *from) {
    const ObjectFacets *facets = &sides->revision->object;
    if (!is_part(from, sides->at->direction))
        return;
    Meet *type = undeclared_property(comparer->canonicals, facets, from->name);
    Undeclared now = undeclared(comparer, facets, from->name, type);
    if (now == UNDECLARED_FREE && from->declared && meet_is_nothing(from->type)) {
        note_forbidden(comparer, sides, from->name, (Forbidden){from->type, from->origin},
                       (Forbidden){type, sides->revision->origin});
        return;
    }
    if (now == UNDECLARED_REFUSED && meet_is_nothing(from->type))
        return;
    if (!is_news(from, now)) {
        note_required(comparer, sides, from, NULL);
        if (now != UNDECLARED_REFUSED || from->declared)
            add_edge(comparer, sides->at, STEP_PROPERTY, from->name,
                     pair_of(comparer, from->type, type, sides->at->direction));
        return;
    }
    note_undeclared(comparer, sides, from, now, sides->revision->origin);
}

static void property_new(Comparer *comparer, const Sides *sides, const CanonicalProperty *to) {
    const ObjectFacets *facets = &sides->base->object;
    if (!is_part(to, sides->at->direction))
        return;
    Meet *type = undeclared_property(comparer->canonicals, facets, to->name);
    Undeclared before = undeclared(comparer, facets, to->name, type);
    if (before == UNDECLARED_REFUSED && meet_is_nothing(to->type))
        return;
    if (before == UNDECLARED_FREE && to->declared && meet_is_nothing(to->type)) {
        note_forbidden(comparer, sides, to->name, (Forbidden){type, sides->base->origin},
                       (Forbidden){to->type, to->origin});
        return;
    }
    if (!is_news(to, before)) {
        note_required(comparer, sides, NULL, to);
        if (before != UNDECLARED_REFUSED || to->declared)
            add_edge(comparer, sides->at, STEP_PROPERTY, to->name,
                     pair_of(comparer, type, to->type, sides->at->direction));
        return;
    }
    bool any = facets->additional == ADDITIONAL_ALLOWED;
    Effect effect = (to->required ? EFFECT_NARROWED : EFFECT_NONE) |
                    (before == UNDECLARED_REFUSED ? EFFECT_WIDENED
                     : any                        ? EFFECT_ADDED | EFFECT_ADDED_TO_ANY
                                                  : EFFECT_ADDED);
    Change *change =
        note(comparer, sides->at, CHANGE_PROPERTY_ADDED, effect, sides->base->origin, to->origin);
    change->base_absent = true;
    with_type(change, to->type);
    with(comparer, change, ATTRIBUTE_NAME, to->name);
    with_truth(comparer, change, ATTRIBUTE_REQUIRED, to->required);
    with_truth(comparer, change, ATTRIBUTE_HAS_DEFAULT, to->default_value != NULL);
    describe_other_side(comparer, change, facets, before);
}

static void compare_properties(Comparer *comparer, const Sides *sides) {
    const ObjectFacets *from = &sides->base->object, *to = &sides->revision->object;
    size_t i = 0, j = 0;
    while (i < from->properties.count || j < to->properties.count) {
        int order = i == from->properties.count ? 1
                    : j == to->properties.count ? -1
                                                : text_compare(from->properties.items[i].name,
                                                               to->properties.items[j].name);
        if (order < 0)
            property_gone(comparer, sides, &from->properties.items[i++]);
        else if (order > 0)
            property_new(comparer, sides, &to->properties.items[j++]);
        else
            compare_property(comparer, sides, &from->properties.items[i++],
                             &to->properties.items[j++]);
    }
}

/* ---- what is not named ----------------------------------------------------------------------- */

static Text additional_name(AdditionalProperties additional) {
    switch (additional) {
    case ADDITIONAL_UNSAID:
    case ADDITIONAL_ALLOWED:
        return TEXT("allowed");
    case ADDITIONAL_DESCRIBED:
        return TEXT("described");
    case ADDITIONAL_FORBIDDEN:
        return TEXT("forbidden");
    }
    return (Text){0};
}

static const Node *additional_origin(const Alternative *alternative) {
    const Node *origin = keyword_origin(alternative->from, "additionalProperties");
    return origin ? origin : alternative->origin;
}

static int openness(AdditionalProperties additional) {
    return additional == ADDITIONAL_FORBIDDEN ? 0 : additional == ADDITIONAL_DESCRIBED ? 1 : 2;
}

static void compare_additional(Comparer *comparer, const Sides *sides) {
    const ObjectFacets *from = &sides->base->object, *to = &sides->revision->object;
    if (from->additional == ADDITIONAL_DESCRIBED && to->additional == ADDITIONAL_DESCRIBED) {
        add_types(comparer, sides->at, STEP_ADDITIONAL_PROPERTIES, (Text){0}, from->additional_type,
                  to->additional_type);
        return;
    }
    int before = openness(from->additional), after = openness(to->additional);
    if (before == after)
        return;
    Effect effect = after < before ? EFFECT_NARROWED : EFFECT_WIDENED;
    Change *change = note(comparer, sides->at, CHANGE_ADDITIONAL_PROPERTIES_CHANGED, effect,
                          additional_origin(sides->base), additional_origin(sides->revision));
    with(comparer, change, ATTRIBUTE_FROM, additional_name(from->additional));
    with(comparer, change, ATTRIBUTE_TO, additional_name(to->additional));
    with_effect(comparer, change, effect);
}

static const DependentRequired *dependent_on(const ObjectFacets *facets, Text name) {
    for (size_t i = 0; i < facets->dependent_required.count; i++)
        if (text_equal(facets->dependent_required.items[i].name, name))
            return &facets->dependent_required.items[i];
    return NULL;
}

/* Whether the other side says the same in other words. */
static bool is_called_for(Comparer *comparer, const Comparison *at, const Alternative *other,
                          const DependentRequired *called) {
    Alternative demand = alternative_of_kind(comparer->canonicals, ALTERNATIVE_OBJECT);
    array_push(comparer->arena, &demand.object.dependent_required, *called);
    return prove_demand(comparer->prover, other, &demand, at->direction);
}

/* Whether one side calls for what the other does not always have where it has the caller. */
static bool demands_more(Comparer *comparer, const Comparison *at,
                         const DependentRequired *demanding, const DependentRequired *other,
                         const Alternative *other_side) {
    const ObjectFacets *other_facets = &other_side->object;
    if (!demanding || !property_may_come(comparer->canonicals, other_facets, demanding->name))
        return false;
    for (size_t i = 0; i < demanding->required.count; i++) {
        const CanonicalProperty *there =
            object_property(other_facets, demanding->required.items[i]);
        bool found = there && there->required;
        for (size_t j = 0; other && j < other->required.count && !found; j++)
            found = text_equal(other->required.items[j], demanding->required.items[i]);
        if (!found)
            return !is_called_for(comparer, at, other_side, demanding);
    }
    return false;
}

static void compare_dependent(Comparer *comparer, const Sides *sides, Text name) {
    const ObjectFacets *base = &sides->base->object, *revision = &sides->revision->object;
    const DependentRequired *from = dependent_on(base, name), *to = dependent_on(revision, name);
    Effect effect =
        (demands_more(comparer, sides->at, to, from, sides->base) ? EFFECT_NARROWED : EFFECT_NONE) |
        (demands_more(comparer, sides->at, from, to, sides->revision) ? EFFECT_WIDENED
                                                                      : EFFECT_NONE);
    if (effect == EFFECT_NONE)
        return;
    const Node *base_origin = keyword_origin(sides->base->from, "dependentRequired");
    const Node *revision_origin = keyword_origin(sides->revision->from, "dependentRequired");
    Change *change = note(comparer, sides->at, CHANGE_DEPENDENT_REQUIRED_CHANGED, effect,
                          base_origin ? base_origin : sides->base->origin,
                          revision_origin ? revision_origin : sides->revision->origin);
    with(comparer, change, ATTRIBUTE_NAME, name);
    with_effect(comparer, change, effect);
}

void compare_object_facets(Comparer *comparer, Comparison *at, const Alternative *base,
                           const Alternative *revision) {
    Sides sides = {at, base, revision};
    const ObjectFacets *from = &base->object, *to = &revision->object;
    compare_properties(comparer, &sides);
    compare_additional(comparer, &sides);
    compare_pattern_properties(comparer, at, base, revision);
    compare_property_names(comparer, at, base, revision);
    compare_limit(comparer, at, base, revision, "minProperties", LOWER_LIMIT, from->min_properties,
                  to->min_properties);
    compare_limit(comparer, at, base, revision, "maxProperties", UPPER_LIMIT, from->max_properties,
                  to->max_properties);
    for (size_t i = 0; i < from->dependent_required.count; i++)
        compare_dependent(comparer, &sides, from->dependent_required.items[i].name);
    for (size_t i = 0; i < to->dependent_required.count; i++)
        if (!dependent_on(from, to->dependent_required.items[i].name))
            compare_dependent(comparer, &sides, to->dependent_required.items[i].name);
}
