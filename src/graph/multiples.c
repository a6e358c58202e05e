#include "graph/meet.h"

#include "support/decimal.h"

#include <inttypes.h>

/* Several `multipleOf` are one, of their least common multiple, and the bounds of multiples are
 * multiples. Reckoned in 64 bits at a common power of ten; what does not fit is left as it is. */

enum { PLACES_LIMIT = 9 };
static const int64_t LIMIT = INT64_C(100000000000000000);

/* Digits behind the point; SIZE_MAX where there is an exponent or too many of them. */
static size_t places_of(Text digits) {
    size_t point = text_find_byte(digits, '.', 0);
    if (text_find_byte(digits, 'e', 0) != SIZE_MAX)
        return SIZE_MAX;
    size_t places = point == SIZE_MAX ? 0 : digits.size - point - 1;
    return places > PLACES_LIMIT ? SIZE_MAX : places;
}

/* False: it does not fit. */
static bool scaled(Text digits, size_t places, int64_t *number) {
    size_t own = places_of(digits);
    bool negative = digits.size && digits.data[0] == '-';
    if (own == SIZE_MAX)
        return false;
    *number = 0;
    for (size_t i = negative; i < digits.size + places - own; i++) {
        char byte = i < digits.size ? digits.data[i] : '0';
        if (byte == '.')
            continue;
        if (*number >= LIMIT)
            return false;
        *number = *number * 10 + (byte - '0');
    }
    *number = negative ? -*number : *number;
    return *number<LIMIT && * number> - LIMIT;
}

static Text unscaled(Arena *arena, int64_t number, size_t places) {
    return decimal_canonical(arena, text_format(arena, "%" PRId64 "e-%zu", number, places));
}

static int64_t common_divisor(int64_t a, int64_t b) {
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static bool common_multiple(const NumberFacets *facets, size_t places, int64_t *multiple) {
    if (!scaled(facets->integer ? TEXT("1") : facets->multiples_of.items[0], places, multiple))
        return false;
    for (size_t i = 0; i < facets->multiples_of.count; i++) {
        int64_t number;
        if (!scaled(facets->multiples_of.items[i], places, &number) || number <= 0)
            return false;
        int64_t factor = number / common_divisor(*multiple, number);
        if (*multiple > LIMIT / factor)
            return false;
        *multiple *= factor;
    }
    return true;
}

/* The multiple at a bound or next to it, inwards. */
static void settle_bound(Arena *arena, Bound *bound, bool *exclusive, Text multiple, bool lower) {
    size_t places = bound->digits.size ? places_of(bound->digits) : SIZE_MAX;
    size_t others = places_of(multiple);
    int64_t number, step;
    if (places == SIZE_MAX || others == SIZE_MAX)
        return;
    places = others > places ? others : places;
    if (!scaled(bound->digits, places, &number) || !scaled(multiple, places, &step))
        return;
    int64_t rest = number % step;
    int64_t below = number - rest - (rest < 0 ? step : 0);
    int64_t within =
        lower ? below + (rest || *exclusive ? step : 0) : below - (!rest && *exclusive ? step : 0);
    bound->digits = unscaled(arena, within, places);
    *exclusive = false;
}

Text next_multiple(Arena *arena, Text multiple, Text digits) {
    Bound next = {.digits = digits};
    bool behind = true;
    settle_bound(arena, &next, &behind, multiple, true);
    return behind ? (Text){0} : next.digits;
}

void settle_multiples(Arena *arena, NumberFacets *facets) {
    size_t places = 0;
    int64_t multiple;
    if (!facets->multiples_of.count)
        return;
    for (size_t i = 0; i < facets->multiples_of.count; i++) {
        size_t own = places_of(facets->multiples_of.items[i]);
        places = own > places ? own : places;
    }
    if (places == SIZE_MAX || !common_multiple(facets, places, &multiple))
        return;
    Text *only = arena_new_object(arena, Text);
    *only = unscaled(arena, multiple, places);
    facets->integer |= decimal_is_integer(*only);
    facets->multiples_of.items = only;
    facets->multiples_of.count = facets->multiples_of.capacity = !text_is(*only, "1");
    settle_bound(arena, &facets->minimum, &facets->exclusive_minimum, *only, true);
    settle_bound(arena, &facets->maximum, &facets->exclusive_maximum, *only, false);
}
