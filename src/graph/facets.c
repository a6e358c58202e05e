#include "graph/formats.h"
#include "graph/meet.h"

#include "support/decimal.h"

#include <stdlib.h>

/* Facets of one branch are the intersection of what its Types say: bounds meet, lists unite. */

static bool is_set(Bound bound) {
    return bound.digits.size > 0;
}

void bound_narrow_minimum(Bound *have, Bound bound) {
    if (is_set(bound) && (!is_set(*have) || decimal_compare(bound.digits, have->digits) > 0))
        *have = bound;
}

void bound_narrow_maximum(Bound *have, Bound bound) {
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

bool bounds_crossed(Bound minimum, Bound maximum) {
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

/* False: no number is left. */
static bool settle_number(Arena *arena, NumberFacets *facets) {
    if (facets->integer)
        settle_integer_bounds(arena, facets);
    canonical_digits(arena, &facets->minimum);
    canonical_digits(arena, &facets->maximum);
    settle_multiples(arena, facets);
    if (bounds_crossed(facets->minimum, facets->maximum))
        return false;
    bool point = is_set(facets->minimum) && is_set(facets->maximum) &&
                 !decimal_compare(facets->minimum.digits, facets->maximum.digits);
    return !point || !(facets->exclusive_minimum || facets->exclusive_maximum);
}

bool number_facets(Arena *arena, const TypeList *types, bool integer, NumberFacets *facets) {
    facets->integer = integer;
    for (size_t i = 0; i < types->count; i++) {
        const Type *type = types->items[i];
        bool for_numbers = type->kinds
                               ? type->kinds & KIND_NUMBER && !format_is_of_texts(type->format)
                               : format_is_of_numbers(type->format);
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
    return settle_number(arena, facets);
}

bool number_narrow(Arena *arena, NumberFacets *facets, Bound bound, bool exclusive, bool lower) {
    if (lower)
        meet_number_bound(&facets->minimum, &facets->exclusive_minimum, bound, exclusive, 1);
    else
        meet_number_bound(&facets->maximum, &facets->exclusive_maximum, bound, exclusive, -1);
    return settle_number(arena, facets);
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
        bound_narrow_minimum(&facets->min_length, string->min_length);
        bound_narrow_maximum(&facets->max_length, string->max_length);
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
    return !bounds_crossed(facets->min_length, facets->max_length);
}

/* ---- arrays ---------------------------------------------------------------------------------- */

/* What `contains` finds is evaluated, and which items these are is not known. */
static Rest rest_of_items(const Meet *meet, const TypeList *types, const Type *type,
                          TypeList *scope) {
    Rest rest = type_rest(meet, types, type, scope);
    if (type->array->contains)
        return REST_UNRESOLVED;
    for (size_t i = 0; rest == REST_OF_SCOPE && i < scope->count; i++)
        if (scope->items[i]->array && scope->items[i]->array->contains)
            return REST_UNRESOLVED;
    return rest;
}

bool array_rest_is_unresolved(const Meet *meet, const TypeList *types, const Type *type) {
    TypeList scope;
    return type->array && type->array->unevaluated_items && !type->array->items &&
           rest_of_items(meet, types, type, &scope) == REST_UNRESOLVED;
}

/* What one Type says of the item at `index`, SIZE_MAX for those behind all prefixes. */
static const Type *item_of(const Type *type, size_t index) {
    const ArrayKeywords *array = type->array;
    if (!array)
        return NULL;
    return index < array->prefix_items.count ? array->prefix_items.items[index] : array->items;
}

/* `unevaluatedItems` speaks where nothing in its scope does. */
static const Type *item_left_to(const Meet *meet, const TypeList *types, const Type *type,
                                size_t index) {
    TypeList scope;
    if (!type->array || !type->array->unevaluated_items || item_of(type, index))
        return NULL;
    Rest rest = rest_of_items(meet, types, type, &scope);
    for (size_t i = 0; rest == REST_OF_SCOPE && i < scope.count; i++)
        if (item_of(scope.items[i], index) || (scope.items[i] != type && scope.items[i]->array &&
                                               scope.items[i]->array->unevaluated_items))
            return NULL;
    return rest == REST_UNRESOLVED ? NULL : type->array->unevaluated_items;
}

/* The Meet of what each Type says. */
static Meet *item_meet(Meet *meet, const TypeList *types, size_t index) {
    Arena *arena = canonicals_arena(meet->owner);
    TypeList items = {0};
    for (size_t i = 0; i < types->count; i++) {
        const Type *item = item_of(types->items[i], index);
        if (!item)
            item = item_left_to(meet, types, types->items[i], index);
        if (item)
            array_push(arena, &items, item);
    }
    return canonicals_meet_of(meet->owner, items.items, items.count);
}

/* An item that can be nothing ends the array before it. */
static void add_items(Meet *meet, const TypeList *types, size_t prefix, ArrayFacets *facets) {
    Arena *arena = canonicals_arena(meet->owner);
    Meet *anything = canonicals_meet_of(meet->owner, NULL, 0);
    for (size_t i = 0; i <= prefix; i++) {
        Meet *item = item_meet(meet, types, i < prefix ? i : SIZE_MAX);
        if (meet_is_nothing(item)) {
            bound_narrow_maximum(&facets->max_items, (Bound){text_format(arena, "%zu", i)});
            facets->items = anything;
            return;
        }
        if (i < prefix)
            array_push(arena, &facets->prefix_items, item);
        else
            facets->items = item;
    }
}

bool array_facets(Meet *meet, const TypeList *types, ArrayFacets *facets) {
    Arena *arena = canonicals_arena(meet->owner);
    size_t prefix = 0;
    for (size_t i = 0; i < types->count; i++) {
        const ArrayKeywords *array = types->items[i]->array;
        if (!array)
            continue;
        bound_narrow_minimum(&facets->min_items, array->min_items);
        bound_narrow_maximum(&facets->max_items, array->max_items);
        facets->unique_items |= array->unique_items;
        if (array->prefix_items.count > prefix)
            prefix = array->prefix_items.count;
    }
    add_items(meet, types, prefix, facets);
    drop_zero(&facets->min_items);
    canonical_digits(arena, &facets->min_items);
    canonical_digits(arena, &facets->max_items);
    return !bounds_crossed(facets->min_items, facets->max_items);
}
