#include "graph/meet.h"
#include "graph/pattern.h"

#include "support/decimal.h"

/* Keywords that no facet carries, for one alternative: solved where its kind and facets leave no
 * question, else kept as Constraints. */

static void keep(Meet *meet, Alternative *alternative, Constraint constraint) {
    array_push(canonicals_arena(meet->owner), &alternative->constraints, constraint);
}

/* What evaluates members and items without a demand of its own. */
static void add_evaluators(Meet *meet, const TypeList *types, Constraint *constraint) {
    Arena *arena = canonicals_arena(meet->owner);
    for (size_t i = 0; i < types->count; i++) {
        const Type *type = types->items[i];
        if (type->combinators && type->combinators->if_type)
            array_push(arena, &constraint->variants,
                       canonicals_meet(meet->owner, type->combinators->if_type));
        if (type->array && type->array->contains)
            array_push(arena, &constraint->variants,
                       canonicals_meet(meet->owner, type->array->contains));
    }
}

static void keep_unknown(Meet *meet, const TypeList *types, Alternative *alternative,
                         const char *keyword, const Type *type, const Node *origin) {
    Constraint constraint = {
        .keyword = keyword,
        .sense = CONSTRAINT_UNKNOWN,
        .type = type ? canonicals_meet(meet->owner, type) : NULL,
        .origin = origin,
    };
    add_evaluators(meet, types, &constraint);
    keep(meet, alternative, constraint);
}

/* Schemas looked into to see whether they evaluate anything. */
enum { EVALUATION_DEPTH = 6 };

static bool any_evaluates(Type *const *types, size_t count, int depth);

/* Whether a schema may evaluate members or items of a value that it is applied to. */
static bool evaluates(const Type *type, int depth) {
    if (!type)
        return false;
    const ObjectKeywords *object = type->object;
    const Combinators *combinators = type->combinators;
    const ArrayKeywords *array = type->array;
    if (depth > EVALUATION_DEPTH || (array && (array->items || array->prefix_items.count ||
                                               array->contains || array->unevaluated_items)))
        return true;
    if (object && (object->properties.count || object->pattern_properties.count ||
                   object->additional_properties || object->unevaluated_properties))
        return true;
    for (size_t i = 0; object && i < object->dependent_schemas.count; i++)
        if (evaluates(object->dependent_schemas.items[i].type, depth + 1))
            return true;
    if (evaluates(type->reference, depth + 1))
        return true;
    return combinators &&
           (any_evaluates(combinators->all_of.items, combinators->all_of.count, depth) ||
            any_evaluates(combinators->any_of.items, combinators->any_of.count, depth) ||
            any_evaluates(combinators->one_of.items, combinators->one_of.count, depth) ||
            evaluates(combinators->if_type, depth + 1) ||
            evaluates(combinators->then_type, depth + 1) ||
            evaluates(combinators->else_type, depth + 1));
}

static bool any_evaluates(Type *const *types, size_t count, int depth) {
    for (size_t i = 0; i < count; i++)
        if (evaluates(types[i], depth + 1))
            return true;
    return false;
}

/* Whether what a Type applies in place evaluates anything. */
static bool others_evaluate(const Type *type) {
    Type rest = {.reference = type->reference, .combinators = type->combinators};
    ObjectKeywords dependents = {0};
    if (type->object) {
        dependents.dependent_schemas.items = type->object->dependent_schemas.items;
        dependents.dependent_schemas.count = type->object->dependent_schemas.count;
        rest.object = &dependents;
    }
    return evaluates(&rest, 0);
}

/* Whether it is known which schemas of a Type apply, or whether it does not matter. */
static bool is_settled(const Type *type, bool chosen) {
    bool conditional =
        (type->object && type->object->dependent_schemas.count) || type_condition(type);
    return !conditional && !type_has_any_of(type) && (chosen || !type_has_one_of(type));
}

/* A Type's own parts, with which names and items they speak of. */
static Rest rest_of_parts(const Meet *meet, const Type *type, TypeList *scope) {
    Flattened flattened = {0};
    flatten(canonicals_arena(meet->owner), type, &flattened);
    for (size_t i = 0; i < flattened.types.count; i++) {
        const Type *part = flattened.types.items[i];
        if (!is_settled(part, false) || (part->object && part->object->pattern_properties.count))
            return REST_UNRESOLVED;
    }
    *scope = flattened.types;
    return flattened.too_deep ? REST_UNRESOLVED : REST_OF_SCOPE;
}

/* Which variants of an `anyOf` have evaluated what, beside the one of the branch, is not known; of
 * a `oneOf` there is no other. */
Rest type_rest(const Meet *meet, const TypeList *types, const Type *type, TypeList *scope) {
    if (!others_evaluate(type))
        return REST_OF_TYPE;
    if (type != meet->top)
        return rest_of_parts(meet, type, scope);
    for (size_t i = 0; i < types->count; i++)
        if (!is_settled(types->items[i], true))
            return REST_UNRESOLVED;
    *scope = *types;
    return REST_OF_SCOPE;
}

/* ---- not ------------------------------------------------------------------------------------- */

typedef enum Answer { SOLVED, EMPTY, KEPT } Answer;

static Answer answer_if(bool holds) {
    return holds ? SOLVED : EMPTY;
}

static Answer outside_number(Arena *arena, const NumberFacets *denied, NumberFacets *facets) {
    bool plain = !denied->integer && !denied->multiples_of.count && !denied->formats.count;
    bool lower = denied->minimum.digits.size, upper = denied->maximum.digits.size;
    if (!plain || lower == upper)
        return KEPT;
    bool exclusive = lower ? denied->exclusive_minimum : denied->exclusive_maximum;
    Bound bound = lower ? denied->minimum : denied->maximum;
    return answer_if(number_narrow(arena, facets, bound, !exclusive, !lower));
}

static Answer outside_count(Arena *arena, Bound denied_least, Bound denied_most, Bound *least,
                            Bound *most) {
    if (!denied_least.digits.size == !denied_most.digits.size)
        return KEPT;
    if (denied_least.digits.size)
        bound_narrow_maximum(most, (Bound){decimal_previous_integer(arena, denied_least.digits)});
    else
        bound_narrow_minimum(least, (Bound){decimal_next_integer(arena, denied_most.digits)});
    return answer_if(!bounds_crossed(*least, *most));
}

static Answer outside_string(Arena *arena, const StringFacets *denied, StringFacets *facets) {
    if (denied->patterns.count || denied->formats.count || denied->content_encoding.size ||
        denied->content_media_type.size)
        return KEPT;
    Answer answer = outside_count(arena, denied->min_length, denied->max_length,
                                  &facets->min_length, &facets->max_length);
    bool none = facets->patterns.count && texts_are_none(facets->known, facets);
    return none ? EMPTY : answer;
}

static Answer outside_array(Arena *arena, const ArrayFacets *denied, ArrayFacets *facets) {
    if (denied->prefix_items.count || denied->unique_items || !meet_is_anything(denied->items))
        return KEPT;
    return outside_count(arena, denied->min_items, denied->max_items, &facets->min_items,
                         &facets->max_items);
}

/* The one property that the denied object calls for, and calls for nothing else. */
static const CanonicalProperty *only_required(const ObjectFacets *denied) {
    ObjectFacets rest = *denied;
    rest.properties.count = 0;
    Alternative alternative = {.kind = ALTERNATIVE_OBJECT, .object = rest};
    if (denied->properties.count != 1 || !denied->properties.items[0].required ||
        !meet_is_anything(denied->properties.items[0].type) ||
        denied->additional == ADDITIONAL_FORBIDDEN || !alternative_is_unlimited(&alternative))
        return NULL;
    return &denied->properties.items[0];
}

/* An object without a property is one where that property can be nothing. */
static Answer without_property(Meet *meet, const CanonicalProperty *denied, ObjectFacets *facets) {
    size_t at = 0;
    while (at < facets->properties.count &&
           text_compare(facets->properties.items[at].name, denied->name) < 0)
        at++;
    if (at == facets->properties.count ||
        !text_equal(facets->properties.items[at].name, denied->name)) {
        CanonicalProperty absent = {.name = denied->name, .origin = denied->origin};
        if (facets->additional == ADDITIONAL_FORBIDDEN && !facets->pattern_properties.count)
            return SOLVED;
        array_push(canonicals_arena(meet->owner), &facets->properties, absent);
        for (size_t i = facets->properties.count - 1; i > at; i--)
            facets->properties.items[i] = facets->properties.items[i - 1];
        facets->properties.items[at] = absent;
    }
    facets->properties.items[at].type = canonicals_nothing(meet->owner);
    return answer_if(!facets->properties.items[at].required);
}

static bool only_counts(const ObjectFacets *denied) {
    Alternative rest = {.kind = ALTERNATIVE_OBJECT, .object = *denied};
    rest.object.min_properties = rest.object.max_properties = (Bound){0};
    return alternative_is_unlimited(&rest);
}

static Answer outside_object(Meet *meet, const ObjectFacets *denied, ObjectFacets *facets) {
    if (only_counts(denied))
        return outside_count(canonicals_arena(meet->owner), denied->min_properties,
                             denied->max_properties, &facets->min_properties,
                             &facets->max_properties);
    const CanonicalProperty *property = only_required(denied);
    return property ? without_property(meet, property, facets) : KEPT;
}

/* No item of a type: the same as none at most. */
static const Constraint *only_contains(const Alternative *denied) {
    Alternative rest = *denied;
    rest.constraints.count = 0;
    const Constraint *only = denied->constraints.items;
    bool any = denied->kind == ALTERNATIVE_ARRAY && denied->constraints.count == 1 &&
               !denied->outside.count && !denied->inexact && alternative_is_unlimited(&rest) &&
               only->sense == CONSTRAINT_WITHIN && !only->most.digits.size;
    return any && !decimal_compare(only->least.digits, TEXT("1")) ? only : NULL;
}

/* Outside of one limit is inside of its opposite. */
static Answer outside_alternative(Meet *meet, const Alternative *denied, Alternative *alternative) {
    Arena *arena = canonicals_arena(meet->owner);
    const Constraint *contains = only_contains(denied);
    if (contains) {
        Constraint none = *contains;
        none.least.digits = none.most.digits = TEXT("0");
        keep(meet, alternative, none);
        return SOLVED;
    }
    if (denied->values || denied->constraints.count)
        return KEPT;
    switch (alternative->kind) {
    case ALTERNATIVE_NULL:
    case ALTERNATIVE_BOOLEAN:
        return KEPT;
    case ALTERNATIVE_NUMBER:
        return outside_number(arena, &denied->number, &alternative->number);
    case ALTERNATIVE_STRING:
        return outside_string(arena, &denied->string, &alternative->string);
    case ALTERNATIVE_ARRAY:
        return outside_array(arena, &denied->array, &alternative->array);
    case ALTERNATIVE_OBJECT:
        return outside_object(meet, &denied->object, &alternative->object);
    }
    return KEPT;
}

static Answer outside(Meet *meet, Meet *denied, Alternative *alternative) {
    if (!meet_is_at_hand(denied))
        return KEPT;
    const Canonical *canonical = meet_canonical(denied);
    bool exact = !canonical->overlapping_one_of && !canonical->unknown;
    const Alternative *met = NULL;
    size_t count = 0;
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *other = canonical->alternatives.items[i];
        if (alternatives_disjoint(meet->owner, alternative, other, 0))
            continue;
        if (exact && alternative_is_unlimited(other))
            return EMPTY;
        met = other;
        count++;
    }
    if (!count)
        return SOLVED;
    return exact && count == 1 ? outside_alternative(meet, met, alternative) : KEPT;
}

static bool add_not(Meet *meet, const Type *type, Alternative *alternative) {
    Constraint constraint = {
        .keyword = "not",
        .sense = CONSTRAINT_OUTSIDE,
        .type = canonicals_meet(meet->owner, type->combinators->not_type),
        .origin = type->origin,
    };
    Answer answer = outside(meet, constraint.type, alternative);
    if (answer == KEPT)
        keep(meet, alternative, constraint);
    return answer != EMPTY;
}

/* ---- if -------------------------------------------------------------------------------------- */

bool meet_covers(Meet *condition, const Alternative *alternative) {
    if (!meet_is_at_hand(condition))
        return false;
    const Canonical *canonical = meet_canonical(condition);
    for (size_t i = 0; i < canonical->alternatives.count; i++)
        if (!canonical->overlapping_one_of &&
            canonical->alternatives.items[i]->kind == alternative->kind &&
            alternative_is_unlimited(canonical->alternatives.items[i]))
            return true;
    return false;
}

static bool says_something(Meet *meet, const Alternative *alternative) {
    return !meet_is_anything(meet) && !meet_covers(meet, alternative);
}

/* False: neither consequence leaves a value. */
static bool add_condition(Meet *meet, const Type *type, Alternative *alternative) {
    Canonicals *owner = meet->owner;
    const Combinators *combinators = type->combinators;
    Constraint constraint = {
        .keyword = "if",
        .sense = CONSTRAINT_CONDITION,
        .type = canonicals_meet(owner, combinators->if_type),
        .then_type = canonicals_meet(owner, combinators->then_type),
        .else_type = canonicals_meet(owner, combinators->else_type),
        .origin = type->origin,
    };
    Meet *anything = canonicals_meet(owner, NULL);
    bool met = meet_covers(constraint.type, alternative);
    bool unmet = alternative_is_apart(owner, alternative, constraint.type);
    if ((met || alternative_is_apart(owner, alternative, constraint.else_type)) &&
        (unmet || alternative_is_apart(owner, alternative, constraint.then_type)))
        return false;
    if (met || !says_something(constraint.else_type, alternative))
        constraint.else_type = anything;
    if (unmet || !says_something(constraint.then_type, alternative))
        constraint.then_type = anything;
    if (constraint.then_type != anything || constraint.else_type != anything)
        keep(meet, alternative, constraint);
    return true;
}

static bool add_combinators(Meet *meet, const Type *type, Alternative *alternative) {
    const Combinators *combinators = type->combinators;
    if (type->unknown)
        keep(meet, alternative,
             (Constraint){.keyword = "$ref",
                          .sense = CONSTRAINT_UNKNOWN,
                          .text =
                              node_to_json(canonicals_arena(meet->owner), type->origin, SIZE_MAX),
                          .origin = type->origin});
    if (!combinators)
        return true;
    if (type_condition(type) && (combinators->then_type || combinators->else_type) &&
        !add_condition(meet, type, alternative))
        return false;
    return !type_denies(type) || add_not(meet, type, alternative);
}

const ObjectKeywords *type_only_requires(const Type *type) {
    for (int hops = 0; hops < HOPS_LIMIT && type->reference && !type->combinators; hops++) {
        if (type_has_own_keywords(type))
            return NULL;
        type = type->reference;
    }
    const ObjectKeywords *object = type->object;
    bool otherwise = type->reference || type->values || type->constant || type->combinators ||
                     type->never || type->unknown || type->number || type->string || type->array;
    bool only = object && !otherwise && (!type->kinds || type->kinds & KIND_OBJECT) &&
                !object->properties.count && !object->pattern_properties.count &&
                !object->dependent_schemas.count && !object->dependent_required.count &&
                !object->additional_properties && !object->property_names &&
                !object->unevaluated_properties && !object->min_properties.digits.size &&
                !object->max_properties.digits.size;
    return only ? object : NULL;
}

/* ---- arrays and objects ---------------------------------------------------------------------- */

static bool add_contains(Meet *meet, const Type *type, Alternative *alternative) {
    ArrayFacets *facets = &alternative->array;
    Constraint constraint = {
        .keyword = "contains",
        .sense = CONSTRAINT_WITHIN,
        .type = canonicals_meet(meet->owner, type->array->contains),
        .least = type->array->min_contains,
        .most = type->array->max_contains,
        .origin = type->origin,
    };
    if (!constraint.least.digits.size)
        constraint.least.digits = TEXT("1");
    bool none_wanted = decimal_compare(constraint.least.digits, TEXT("0")) <= 0;
    if (meet_is_anything(constraint.type)) {
        if (!none_wanted)
            bound_narrow_minimum(&facets->min_items, constraint.least);
        bound_narrow_maximum(&facets->max_items, constraint.most);
    } else if (meet_is_nothing(constraint.type)) {
        return none_wanted;
    } else if (!none_wanted || constraint.most.digits.size) {
        keep(meet, alternative, constraint);
    }
    return !bounds_crossed(facets->min_items, facets->max_items) &&
           !bounds_crossed(constraint.least, facets->max_items) &&
           !bounds_crossed(constraint.least, constraint.most);
}

static bool add_array_keywords(Meet *meet, const TypeList *types, const Type *type,
                               Alternative *alternative) {
    if (array_rest_is_unresolved(meet, types, type))
        keep_unknown(meet, types, alternative, "unevaluatedItems", type->array->unevaluated_items,
                     type->origin);
    return !type->array->contains || add_contains(meet, type, alternative);
}

static void add_dependent_schemas(Meet *meet, const Type *type, Alternative *alternative) {
    for (size_t i = 0; i < type->object->dependent_schemas.count; i++) {
        const Property *dependent = &type->object->dependent_schemas.items[i];
        Constraint constraint = {
            .keyword = "dependentSchemas",
            .sense = CONSTRAINT_WITHIN,
            .type = canonicals_meet(meet->owner, dependent->type),
            .text = dependent->name,
            .origin = type->origin,
        };
        if (!type_only_requires(dependent->type) && says_something(constraint.type, alternative) &&
            property_may_come(meet->owner, &alternative->object, dependent->name))
            keep(meet, alternative, constraint);
    }
}

static void add_object_keywords(Meet *meet, const TypeList *types, const Type *type,
                                Alternative *alternative) {
    const ObjectKeywords *object = type->object;
    TypeList scope;
    if (object->unevaluated_properties && !object->additional_properties &&
        type_rest(meet, types, type, &scope) == REST_UNRESOLVED)
        keep_unknown(meet, types, alternative, "unevaluatedProperties",
                     object->unevaluated_properties, type->origin);
    add_dependent_schemas(meet, type, alternative);
}

bool alternative_constraints(Meet *meet, const Branch *branch, Alternative *alternative) {
    const TypeList *types = &branch->types;
    for (size_t i = 0; i < branch->constraints.count; i++)
        keep(meet, alternative, branch->constraints.items[i]);
    if (alternative->kind == ALTERNATIVE_OBJECT && object_patterns_tangle(meet, types))
        keep_unknown(meet, types, alternative, "patternProperties", NULL, alternative->origin);
    for (size_t i = 0; i < types->count; i++) {
        const Type *type = types->items[i];
        if (alternative->kind == ALTERNATIVE_ARRAY && type->array &&
            !add_array_keywords(meet, types, type, alternative))
            return false;
        if (alternative->kind == ALTERNATIVE_OBJECT && type->object)
            add_object_keywords(meet, types, type, alternative);
        if (!add_combinators(meet, type, alternative))
            return false;
    }
    return true;
}
