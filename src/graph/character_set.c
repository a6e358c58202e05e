#include "graph/character_set.h"

#include <stdlib.h>

void characters_add(Arena *arena, CharacterSet *set, uint32_t first, uint32_t last) {
    array_push(arena, &set->ranges, ((CharacterRange){first, last}));
}

void characters_add_all(Arena *arena, CharacterSet *set, const CharacterSet *other) {
    for (size_t i = 0; i < other->ranges.count; i++)
        array_push(arena, &set->ranges, other->ranges.items[i]);
}

static int by_first(const void *a, const void *b) {
    const CharacterRange *left = a, *right = b;
    return (left->first > right->first) - (left->first < right->first);
}

void characters_settle(CharacterSet *set) {
    if (!set->ranges.count)
        return;
    qsort(set->ranges.items, set->ranges.count, sizeof *set->ranges.items, by_first);
    size_t last = 0;
    for (size_t i = 1; i < set->ranges.count; i++) {
        CharacterRange *open = &set->ranges.items[last], next = set->ranges.items[i];
        if (next.first > open->last + 1)
            set->ranges.items[++last] = next;
        else if (next.last > open->last)
            open->last = next.last;
    }
    set->ranges.count = last + 1;
}

static void add_scalars(Arena *arena, CharacterSet *set, uint32_t first, uint32_t end) {
    if (first < end && first < SURROGATE_FIRST)
        characters_add(arena, set, first, end <= SURROGATE_FIRST ? end - 1 : SURROGATE_FIRST - 1);
    if (end > SURROGATE_LAST + 1 && first < end)
        characters_add(arena, set, first > SURROGATE_LAST ? first : SURROGATE_LAST + 1, end - 1);
}

CharacterSet characters_negated(Arena *arena, const CharacterSet *set) {
    CharacterSet negated = {0};
    uint32_t next = 0;
    for (size_t i = 0; i < set->ranges.count; i++) {
        add_scalars(arena, &negated, next, set->ranges.items[i].first);
        next = set->ranges.items[i].last + 1;
    }
    add_scalars(arena, &negated, next, CODE_POINT_LAST + 1);
    return negated;
}

bool characters_have(const CharacterSet *settled, uint32_t code_point) {
    for (size_t i = 0; i < settled->ranges.count; i++)
        if (code_point <= settled->ranges.items[i].last)
            return code_point >= settled->ranges.items[i].first;
    return false;
}

static CharacterSet set_of(Arena *arena, const CharacterRange *ranges, size_t count) {
    CharacterSet set = {0};
    for (size_t i = 0; i < count; i++)
        array_push(arena, &set.ranges, ranges[i]);
    return set;
}

#define SET_OF(arena, ranges) set_of((arena), (ranges), sizeof(ranges) / sizeof *(ranges))

CharacterSet characters_digits(Arena *arena) {
    static const CharacterRange ranges[] = {{'0', '9'}};
    return SET_OF(arena, ranges);
}

CharacterSet characters_words(Arena *arena) {
    static const CharacterRange ranges[] = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
    return SET_OF(arena, ranges);
}

CharacterSet characters_spaces(Arena *arena) {
    static const CharacterRange ranges[] = {
        {'\t', '\r'},     {' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
        {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF},
    };
    return SET_OF(arena, ranges);
}

CharacterSet characters_line_ends(Arena *arena) {
    static const CharacterRange ranges[] = {{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}};
    return SET_OF(arena, ranges);
}
