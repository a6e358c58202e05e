#include "graph/regex_parts.h"

#include <stdlib.h>

/* ---- classes of characters ------------------------------------------------------------------- */

/* Of a class, the character that is best to read. */
static const CharacterRange liked[] = {
    {'a', 'z'},   {'0', '9'},     {'A', 'Z'},       {'!', '~'},           {' ', ' '},
    {0xA1, 0xAC}, {0xAE, 0x1FFF}, {0x3001, 0xD7FF}, {0, CODE_POINT_LAST},
};

static size_t liking(uint32_t code_point) {
    size_t i = 0;
    while (code_point < liked[i].first || code_point > liked[i].last)
        i++;
    return i;
}

static uint32_t best_of(uint32_t first, uint32_t last) {
    for (size_t i = 0; i < sizeof liked / sizeof *liked; i++)
        if (first <= liked[i].last && last >= liked[i].first)
            return first > liked[i].first ? first : liked[i].first;
    return first;
}

static int by_number(const void *a, const void *b) {
    const uint32_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* Where some set begins, or has just ended. */
static void find_borders(Regexes *regexes) {
    for (size_t i = 0; i < regexes->sets.count; i++) {
        const CharacterSet *set = &regexes->sets.items[i]->characters;
        for (size_t j = 0; j < set->ranges.count; j++) {
            array_push(regexes->arena, &regexes->borders, set->ranges.items[j].first);
            array_push(regexes->arena, &regexes->borders, set->ranges.items[j].last + 1);
        }
    }
    uint32_t *items = regexes->borders.items;
    qsort(items, regexes->borders.count, sizeof *items, by_number);
    size_t kept = 0;
    for (size_t i = 0; i < regexes->borders.count; i++)
        if (!i || items[i] != items[kept - 1])
            items[kept++] = items[i];
    regexes->borders.count = kept;
}

static void add_class(Regexes *regexes, const uint8_t *members, uint32_t character) {
    size_t class = regexes->classes.count;
    array_push(regexes->arena, &regexes->classes, character);
    for (size_t i = 0; i < regexes->sets.count; i++)
        if (members[i])
            regexes->sets.items[i]->classes[class / 64] |= (uint64_t)1 << class % 64;
}

/* The class of an interval between two borders, told by the sets that hold it; REGEX_CLASS_LIMIT:
 * one too many. */
static size_t class_of_interval(Regexes *regexes, Map *known, uint32_t first, uint32_t last) {
    size_t sets = regexes->sets.count;
    uint8_t *members = arena_alloc(regexes->arena, sets);
    for (size_t i = 0; i < sets; i++)
        members[i] = characters_have(&regexes->sets.items[i]->characters, first);
    uint32_t best = best_of(first, last);
    uintptr_t class = (uintptr_t)map_get(known, members, sets);
    if (class) {
        uint32_t *character = &regexes->classes.items[class - 1];
        *character = liking(best) < liking(*character) ? best : *character;
        return class - 1;
    }
    if (regexes->classes.count == REGEX_CLASS_LIMIT)
        return REGEX_CLASS_LIMIT;
    add_class(regexes, members, best);
    map_put(known, members, sets, (void *)(uintptr_t)regexes->classes.count);
    return regexes->classes.count - 1;
}

/* Once for all. False: too many classes, or exhausted. */
static bool find_classes(Regexes *regexes) {
    if (regexes->classes.count || regexes->exhausted)
        return !regexes->exhausted;
    find_borders(regexes);
    Map *known = map_new(regexes->arena); /* members to number of the class + 1 */
    size_t count = regexes->borders.count;
    regexes->border_classes = arena_new_array(regexes->arena, count, uint8_t);
    for (size_t i = 0; i + 1 < count && regexes_step(regexes); i++) {
        uint32_t first = regexes->borders.items[i], last = regexes->borders.items[i + 1] - 1;
        if (first >= SURROGATE_FIRST && last <= SURROGATE_LAST)
            continue;
        size_t class = class_of_interval(regexes, known, first, last);
        if (class == REGEX_CLASS_LIMIT)
            regexes->exhausted = true;
        regexes->border_classes[i] = (uint8_t) class;
    }
    return !regexes->exhausted;
}

static size_t class_of(const Regexes *regexes, uint32_t code_point) {
    size_t low = 0, high = regexes->borders.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (regexes->borders.items[middle] <= code_point)
            low = middle;
        else
            high = middle;
    }
    return regexes->border_classes[low];
}

/* ---- derivatives ----------------------------------------------------------------------------- */

static const Regex *derive(Regexes *regexes, const Regex *regex, size_t class, bool at_start);

static const Regex *derive_sequence(Regexes *regexes, const Regex *regex, size_t class,
                                    bool at_start) {
    const Regex *first = derive(regexes, regex->first, class, at_start);
    first = regex_sequence(regexes, first, regex->rest);
    if (!(regex->first->empty & (at_start ? EMPTY_AT_START : EMPTY_WITHIN)))
        return first;
    return regex_either(regexes, first, derive(regexes, regex->rest, class, at_start));
}

static const Regex *derive_repeat(Regexes *regexes, const Regex *regex, size_t class,
                                  bool at_start) {
    uint32_t least = regex->least ? regex->least - 1 : 0;
    uint32_t most = regex->most == REPEAT_FOREVER ? REPEAT_FOREVER : regex->most - 1;
    return regex_sequence(regexes, derive(regexes, regex->body, class, at_start),
                          regex_repeat(regexes, regex->body, least, most));
}

static const Regex *derive_items(Regexes *regexes, const Regex *regex, size_t class,
                                 bool at_start) {
    bool either = regex->kind == REGEX_EITHER;
    const Regex *all = either ? regexes->nothing : regexes->anything;
    for (size_t i = 0; i < regex->items.count; i++) {
        const Regex *one = derive(regexes, regex->items.list[i], class, at_start);
        all = either ? regex_either(regexes, all, one) : regex_both(regexes, all, one);
    }
    return all;
}

static const Regex *derivative(Regexes *regexes, const Regex *regex, size_t class, bool at_start) {
    switch (regex->kind) {
    case REGEX_NOTHING:
    case REGEX_EMPTY:
    case REGEX_START:
    case REGEX_END:
    case REGEX_LOOK:
        return regexes->nothing;
    case REGEX_CHARACTER:
        return regex->set->classes[class / 64] >> class % 64 & 1 ? regexes->empty
                                                                 : regexes->nothing;
    case REGEX_SEQUENCE:
        return derive_sequence(regexes, regex, class, at_start);
    case REGEX_EITHER:
    case REGEX_BOTH:
        return derive_items(regexes, regex, class, at_start);
    case REGEX_NOT:
        return regex_not(regexes, derive(regexes, regex->body, class, at_start));
    case REGEX_REPEAT:
        return derive_repeat(regexes, regex, class, at_start);
    }
    return regexes->nothing;
}

static const Regex *derive(Regexes *regexes, const Regex *regex, size_t class, bool at_start) {
    bool simple = regex->kind <= REGEX_END;
    if (simple || (at_start && regex->asserts))
        return simple || regexes_step(regexes) ? derivative(regexes, regex, class, at_start)
                                               : regexes->nothing;
    Regex *known = (Regex *)regex;
    if (!known->derivatives)
        known->derivatives = arena_new_array(regexes->arena, regexes->classes.count, const Regex *);
    if (!known->derivatives[class]) {
        if (!regexes_step(regexes))
            return regexes->nothing;
        known->derivatives[class] = derivative(regexes, regex, class, false);
    }
    return known->derivatives[class];
}

/* ---- search ---------------------------------------------------------------------------------- */

typedef struct Search {
    Regexes *regexes;
    ARRAY(const Regex *) queue;
    ARRAY(size_t) order; /* of the classes, the best to read first */
} Search;

static void order_classes(Search *search) {
    Regexes *regexes = search->regexes;
    for (size_t like = 0; like < sizeof liked / sizeof *liked; like++)
        for (size_t i = 0; i < regexes->classes.count; i++)
            if (liking(regexes->classes.items[i]) == like)
                array_push(regexes->arena, &search->order, i);
}

static void reach(Search *search, const Regex *from, const Regex *to, size_t class) {
    Regex *regex = (Regex *)to;
    if (regex->reached == search->regexes->searches || to == search->regexes->nothing)
        return;
    regex->reached = search->regexes->searches;
    regex->reached_from = from;
    regex->reached_by = (uint32_t) class;
    array_push(search->regexes->arena, &search->queue, to);
}

static size_t put_utf8(char *bytes, uint32_t code_point) {
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    size_t more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    bytes[0] = (char)(leads[more] | code_point >> 6 * more);
    for (size_t i = 1; i <= more; i++)
        bytes[i] = (char)(0x80 | (code_point >> 6 * (more - i) & 0x3F));
    return more + 1;
}

/* The characters on the way to where the search has come. */
static Text text_to(const Search *search, const Regex *regex, Arena *arena) {
    size_t length = 0;
    for (const Regex *at = regex; at; at = at->reached_from)
        length++;
    size_t *way = arena_new_array(search->regexes->arena, length, size_t);
    size_t left = length;
    for (const Regex *at = regex; at; at = at->reached_from)
        way[--left] = at->reached_by;
    Buffer text = {.arena = arena};
    for (size_t i = 0; i < length; i++) {
        char bytes[4];
        size_t size = put_utf8(bytes, search->regexes->classes.items[way[i]]);
        buffer_add(&text, (Text){bytes, size});
    }
    return buffer_text(&text);
}

bool regex_find_text(Regexes *regexes, const Regex *regex, Arena *arena, Text *text) {
    *text = TEXT("");
    regexes->searches++;
    if (!find_classes(regexes))
        return false;
    if (regex->empty & EMPTY_AS_WHOLE)
        return true;
    Search search = {.regexes = regexes};
    order_classes(&search);
    for (size_t i = 0; i < search.order.count; i++)
        reach(&search, NULL, derive(regexes, regex, search.order.items[i], true),
              search.order.items[i]);
    for (size_t done = 0; done < search.queue.count && !regexes->exhausted; done++) {
        const Regex *from = search.queue.items[done];
        if (from->empty & EMPTY_AT_END) {
            *text = text_to(&search, from, arena);
            return true;
        }
        for (size_t i = 0; i < search.order.count; i++)
            reach(&search, from, derive(regexes, from, search.order.items[i], false),
                  search.order.items[i]);
    }
    return false;
}

/* ---- matching -------------------------------------------------------------------------------- */

bool regex_has_text(Regexes *regexes, const Regex *regex, Text text) {
    if (!find_classes(regexes))
        return false;
    for (size_t at = 0; at < text.size;) {
        bool at_start = at == 0;
        uint32_t code_point = text_take_code_point(text, &at);
        regex = derive(regexes, regex, class_of(regexes, code_point), at_start);
        if (regex == regexes->anything || regex == regexes->nothing)
            return regex == regexes->anything;
    }
    return regex->empty & (text.size ? EMPTY_AT_END : EMPTY_AS_WHOLE);
}
