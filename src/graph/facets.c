#include "graph/formats.h"
#include "graph/meet.h"

#include "support/decimal.h"

#include <stdlib.h>

/* Facets of one branch are the intersection of what its Types say: bounds meet, lists unite. */

static bool is_set(Bound bound) {
    return bound.digits.size > 0;
}

static void meet_minimum(Bound *have, Bound bound) {
    if (is_set(bound) && (!is_set(*have) || decimal_compare(bound.digits, have->digits) > 0))
        *have = bound;
}

static void meet_maximum(Bound *have, Bound bound) {
    if (is_set(bound) && (!is_set(*have) || decimal_compare(bound.digits, have->digits) < 0))
        *have = bound;
}

/* Of equal bounds the exclusive one is the narrower. */
static void meet_number_bound(Bound *have, bool *exclusive, Bound bound, bool bound_exclusive,
                              int towards) {
    if (!is_set(bound))
        return;
    int order = is_set(*have) ? decimal_compare(bound.digits, have->digits) * towards : 1;
    if (order > 0) {
        *have = bound;
        *exclusive = bound_exclusive;
    } else if (order == 0) {
        *exclusive |= bound_exclusive;
    }
}

static void drop_zero(Bound *minimum) {
    if (is_set(*minimum) && decimal_compare(minimum->digits, TEXT("0")) <= 0)
        *minimum = (Bound){0};
}

static bool crossed(Bound minimum, Bound maximum) {
    return is_set(minimum) && is_set(maximum) &&
           decimal_compare(minimum.digits, maximum.digits) > 0;
}

/* Lists stay sorted and without duplicates, so that equal sets are equal lists. */
typedef ARRAY(Text) TextList;

static void add_text(Arena *arena, TextList *list, Text text) {
    size_t at = 0;
    while (at < list->count && text_compare(list->items[at], text) < 0)
        at++;
    if (at < list->count && text_equal(list->items[at], text))
        return;
    array_push(arena, list, text);
    for (size_t i = list->count - 1; i > at; i--)
        list->items[i] = list->items[i - 1];
    list->items[at] = text;
}

#define add_sorted_text(arena, list, text)                                                         \
    do {                                                                                           \
        TextList sorted = {(list)->items, (list)->count, (list)->capacity};                        \
        add_text((arena), &sorted, (text));                                                        \
        (list)->items = sorted.items;                                                              \
        (list)->count = sorted.count;                                                              \
        (list)->capacity = sorted.capacity;                                                        \
    } while (0)

/* An integer's bounds are integral and inclusive: `exclusiveMinimum: 4` is `minimum: 5`. */
static void settle_integer_bounds(Arena *arena, NumberFacets *facets) {
    if (is_set(facets->minimum) &&
        (facets->exclusive_minimum || !decimal_is_integer(facets->minimum.digits)))
        facets->minimum.digits = decimal_next_integer(arena, facets->minimum.digits);
    if (is_set(facets->maximum) &&
        (facets->exclusive_maximum || !decimal_is_integer(facets->maximum.digits)))
        facets->maximum.digits = decimal_previous_integer(arena, facets->maximum.digits);
    facets->exclusive_minimum = facets->exclusive_maximum = false;
}

static void canonical_digits(Arena *arena, Bound *bound) {
    if (is_set(*bound))
        bound->digits = decimal_canonical(arena, bound->digits);
}

bool number_facets(Arena *arena, const TypeList *types, bool integer, NumberFacets *facets) {
    facets->integer = integer;
    for (size_t i = 0; i < types->count; i++) {
        const Type *type = types->items[i];
        bool for_numbers =
            type->kinds ? (type->kinds & KIND_NUMBER) != 0 : format_is_of_numbers(type->format);
        if (type->format.size && for_numbers && !format_is_idle(type->format, type->kinds))
            add_sorted_text(arena, &facets->formats, type->format);
        const NumberKeywords *number = type->number;
        if (!number)
            continue;
        meet_number_bound(&facets->minimum, &facets->exclusive_minimum, number->minimum, false, 1);
        meet_number_bound(&facets->minimum, &facets->exclusive_minimum, number->exclusive_minimum,
                          true, 1);
        meet_number_bound(&facets->maximum, &facets->exclusive_maximum, number->maximum, false, -1);
        meet_number_bound(&facets->maximum, &facets->exclusive_maximum, number->exclusive_maximum,
                          true, -1);
        if (!is_set(number->multiple_of))
            continue;
        facets->integer |= decimal_is_integer(number->multiple_of.digits);
        add_sorted_text(arena, &facets->multiples_of,
                        decimal_canonical(arena, number->multiple_of.digits));
    }
    if (facets->integer) {
        settle_integer_bounds(arena, facets);
        if (facets->multiples_of.count && text_is(facets->multiples_of.items[0], "1")) {
            facets->multiples_of.items++;
            facets->multiples_of.count--;
            facets->multiples_of.capacity--;
        }
    }
    canonical_digits(arena, &facets->minimum);
    canonical_digits(arena, &facets->maximum);
    if (crossed(facets->minimum, facets->maximum))
        return false;
    bool point = is_set(facets->minimum) && is_set(facets->maximum) &&
                 !decimal_compare(facets->minimum.digits, facets->maximum.digits);
    return !point || !(facets->exclusive_minimum || facets->exclusive_maximum);
}

bool string_facets(Arena *arena, const TypeList *types, StringFacets *facets) {
    for (size_t i = 0; i < types->count; i++) {
        const Type *type = types->items[i];
        bool for_strings =
            type->kinds ? (type->kinds & KIND_STRING) != 0 : !format_is_of_numbers(type->format);
        if (type->format.size && for_strings && !format_is_idle(type->format, type->kinds))
            add_sorted_text(arena, &facets->formats, type->format);
        const StringKeywords *string = type->string;
        if (!string)
            continue;
        meet_minimum(&facets->min_length, string->min_length);
        meet_maximum(&facets->max_length, string->max_length);
        if (string->pattern.data)
            add_sorted_text(arena, &facets->patterns, string->pattern);
        if (string->content_encoding.size)
            facets->content_encoding = string->content_encoding;
        if (string->content_media_type.size)
            facets->content_media_type = string->content_media_type;
    }
    drop_zero(&facets->min_length);
    canonical_digits(arena, &facets->min_length);
    canonical_digits(arena, &facets->max_length);
    return !crossed(facets->min_length, facets->max_length);
}

/* ---- arrays ---------------------------------------------------------------------------------- */

/* The Meet of what each Type says of the item at `index`, SIZE_MAX for those behind all prefixes.
 */
static Meet *item_meet(Meet *meet, const TypeList *types, size_t index) {
    Arena *arena = canonicals_arena(meet->owner);
    TypeList items = {0};
    for (size_t i = 0; i < types->count; i++) {
        const ArrayKeywords *array = types->items[i]->array;
        if (!array)
            continue;
        const Type *item =
            index < array->prefix_items.count ? array->prefix_items.items[index] : array->items;
        if (!item && types->items[i] == meet->top)
            item = array->unevaluated_items;
        if (item)
            array_push(arena, &items, item);
    }
    return canonicals_meet_of(meet->owner, items.items, items.count);
}

static bool is_never(const Meet *meet) {
    for (size_t i = 0; i < meet->types.types.count; i++)
        if (meet->types.types.items[i]->never)
            return true;
    return false;
}

bool array_facets(Meet *meet, const TypeList *types, ArrayFacets *facets) {
    Arena *arena = canonicals_arena(meet->owner);
    size_t prefix = 0;
    for (size_t i = 0; i < types->count; i++) {
        const ArrayKeywords *array = types->items[i]->array;
        if (!array)
            continue;
        meet_minimum(&facets->min_items, array->min_items);
        meet_maximum(&facets->max_items, array->max_items);
        facets->unique_items |= array->unique_items;
        if (array->prefix_items.count > prefix)
            prefix = array->prefix_items.count;
    }
    for (size_t i = 0; i < prefix; i++)
        array_push(arena, &facets->prefix_items, item_meet(meet, types, i));
    facets->items = item_meet(meet, types, SIZE_MAX);
    if (is_never(facets->items)) {
        meet_maximum(&facets->max_items, (Bound){text_format(arena, "%zu", prefix)});
        facets->items = canonicals_meet_of(meet->owner, NULL, 0);
    }
    drop_zero(&facets->min_items);
    canonical_digits(arena, &facets->min_items);
    canonical_digits(arena, &facets->max_items);
    return !crossed(facets->min_items, facets->max_items);
}

/* ---- constraints ----------------------------------------------------------------------------- */

static void constrain(Meet *meet, Alternative *alternative, const char *keyword, const Type *type,
                      Text text, const Node *origin) {
    Constraint constraint = {.keyword = keyword, .text = text, .origin = origin};
    constraint.type = type ? canonicals_meet(meet->owner, type) : NULL;
    array_push(canonicals_arena(meet->owner), &alternative->constraints, constraint);
}

static void array_constraints(Meet *meet, const Type *type, Alternative *alternative) {
    const ArrayKeywords *array = type->array;
    if (array->contains)
        constrain(meet, alternative, "contains", array->contains,
                  text_format(canonicals_arena(meet->owner), "%.*s..%.*s",
                              TEXT_ARG(array->min_contains.digits),
                              TEXT_ARG(array->max_contains.digits)),
                  type->origin);
    if (array->unevaluated_items && type != meet->top)
        constrain(meet, alternative, "unevaluatedItems", array->unevaluated_items, (Text){0},
                  type->origin);
}

static void object_constraints(Meet *meet, const Type *type, Alternative *alternative) {
    const ObjectKeywords *object = type->object;
    if (object->property_names)
        constrain(meet, alternative, "propertyNames", object->property_names, (Text){0},
                  type->origin);
    if (object->unevaluated_properties && type != meet->top)
        constrain(meet, alternative, "unevaluatedProperties", object->unevaluated_properties,
                  (Text){0}, type->origin);
    for (size_t i = 0; i < object->dependent_schemas.count; i++)
        constrain(meet, alternative, "dependentSchemas", object->dependent_schemas.items[i].type,
                  object->dependent_schemas.items[i].name, type->origin);
}

void kind_constraints(Meet *meet, const TypeList *types, Alternative *alternative) {
    for (size_t i = 0; i < types->count; i++) {
        const Type *type = types->items[i];
        if (alternative->kind == ALTERNATIVE_ARRAY && type->array)
            array_constraints(meet, type, alternative);
        if (alternative->kind == ALTERNATIVE_OBJECT && type->object)
            object_constraints(meet, type, alternative);
    }
}
