#include "graph/regex_parts.h"

#include <stdlib.h>

enum { MEMORY_LIMIT = 16 * 1024 * 1024, SUBSUMED_LIMIT = 32, COPIES_LIMIT = 16 };

bool regexes_step(Regexes *regexes) {
    if (++regexes->work > regexes->work_limit || arena_used(regexes->arena) > MEMORY_LIMIT)
        regexes->exhausted = true;
    return !regexes->exhausted;
}

bool regexes_exhausted(const Regexes *regexes) {
    return regexes->exhausted;
}

size_t regexes_work(const Regexes *regexes) {
    return regexes->work;
}

/* ---- one object for each distinct expression ------------------------------------------------- */

static const Regex *find(const Regexes *regexes, const uint32_t *key, size_t count) {
    return map_get(regexes->interned, key, count * sizeof *key);
}

static Regex *make(Regexes *regexes, RegexKind kind, const uint32_t *key, size_t count) {
    Regex *regex = arena_new_object(regexes->arena, Regex);
    regex->kind = kind;
    regex->id = regexes->count++;
    size_t size = count * sizeof *key;
    map_put(regexes->interned, arena_copy(regexes->arena, key, size), size, regex);
    return regex;
}

static const Regex *make_constant(Regexes *regexes, RegexKind kind, unsigned empty) {
    uint32_t key[] = {kind};
    Regex *regex = make(regexes, kind, key, 1);
    regex->empty = (uint8_t)empty;
    regex->asserts = kind == REGEX_START || kind == REGEX_END;
    return regex;
}

Regexes *regexes_new(Arena *scratch, size_t work) {
    Regexes *regexes = arena_new_object(scratch, Regexes);
    regexes->arena = scratch;
    regexes->interned = map_new(scratch);
    regexes->set_index = map_new(scratch);
    regexes->work_limit = work;
    regexes->nothing = make_constant(regexes, REGEX_NOTHING, 0);
    regexes->empty = make_constant(regexes, REGEX_EMPTY, EMPTY_ALWAYS);
    regexes->start = make_constant(regexes, REGEX_START, EMPTY_AT_START | EMPTY_AS_WHOLE);
    regexes->end = make_constant(regexes, REGEX_END, EMPTY_AT_END | EMPTY_AS_WHOLE);
    CharacterSet none = {0}, all = characters_negated(scratch, &none);
    regexes->anything = regex_repeat(regexes, regex_character(regexes, &all), 0, REPEAT_FOREVER);
    return regexes;
}

const Regex *regex_nothing(const Regexes *regexes) {
    return regexes->nothing;
}

const Regex *regex_empty(const Regexes *regexes) {
    return regexes->empty;
}

const Regex *regex_anything(const Regexes *regexes) {
    return regexes->anything;
}

const Regex *regex_start(const Regexes *regexes) {
    return regexes->start;
}

const Regex *regex_end(const Regexes *regexes) {
    return regexes->end;
}

/* ---- characters ------------------------------------------------------------------------------ */

static const Regex *make_character(Regexes *regexes, const CharacterSet *settled) {
    RegexSet *set = arena_new_object(regexes->arena, RegexSet);
    characters_add_all(regexes->arena, &set->characters, settled);
    uint32_t key[] = {REGEX_CHARACTER, (uint32_t)regexes->sets.count};
    array_push(regexes->arena, &regexes->sets, set);
    Regex *regex = make(regexes, REGEX_CHARACTER, key, 2);
    regex->set = set;
    map_put(regexes->set_index, set->characters.ranges.items,
            set->characters.ranges.count * sizeof(CharacterRange), regex);
    return regex;
}

const Regex *regex_character(Regexes *regexes, const CharacterSet *settled) {
    size_t size = settled->ranges.count * sizeof(CharacterRange);
    if (!size)
        return regexes->nothing;
    const Regex *regex = map_get(regexes->set_index, settled->ranges.items, size);
    return regex ? regex : make_character(regexes, settled);
}

/* ---- sequences and repetition ---------------------------------------------------------------- */

const Regex *regex_sequence(Regexes *regexes, const Regex *first, const Regex *rest) {
    if (first == regexes->nothing || rest == regexes->nothing)
        return regexes->nothing;
    if (first == regexes->empty)
        return rest;
    if (rest == regexes->empty)
        return first;
    if (first->kind == REGEX_SEQUENCE)
        return regex_sequence(regexes, first->first, regex_sequence(regexes, first->rest, rest));
    if (first == regexes->anything && rest == regexes->anything)
        return rest;
    uint32_t key[] = {REGEX_SEQUENCE, first->id, rest->id};
    const Regex *known = find(regexes, key, 3);
    if (known || !regexes_step(regexes))
        return known ? known : regexes->nothing;
    Regex *regex = make(regexes, REGEX_SEQUENCE, key, 3);
    regex->first = first;
    regex->rest = rest;
    regex->empty = first->empty & rest->empty;
    regex->asserts = first->asserts || rest->asserts;
    regex->looks = first->looks || rest->looks;
    return regex;
}

const Regex *regex_repeat(Regexes *regexes, const Regex *body, uint32_t least, uint32_t most) {
    if (body->looks || (body->asserts && least > COPIES_LIMIT))
        return NULL;
    if (body->asserts && least) {
        uint32_t more = most == REPEAT_FOREVER ? most : most - 1;
        return regex_sequence(regexes, body, regex_repeat(regexes, body, least - 1, more));
    }
    if (most == 0 || body == regexes->empty)
        return regexes->empty;
    if (body == regexes->nothing)
        return least ? regexes->nothing : regexes->empty;
    if (least == 1 && most == 1)
        return body;
    if (body->empty == EMPTY_ALWAYS)
        least = 0;
    bool star = body->kind == REGEX_REPEAT && !body->least && body->most == REPEAT_FOREVER;
    if (star)
        return body;
    uint32_t key[] = {REGEX_REPEAT, body->id, least, most};
    const Regex *known = find(regexes, key, 4);
    if (known)
        return known;
    Regex *regex = make(regexes, REGEX_REPEAT, key, 4);
    regex->body = body;
    regex->least = least;
    regex->most = most;
    regex->empty = least ? body->empty : EMPTY_ALWAYS;
    regex->asserts = body->asserts;
    return regex;
}

/* ---- either, both, not ----------------------------------------------------------------------- */

/* a{2,5}x takes all that a{3,4}x takes: keeping the wider alone keeps automata of bounded
 * repetition small. */
static bool takes_all_of(const Regex *wide, const Regex *narrow) {
    const Regex *wide_rest = NULL, *narrow_rest = NULL;
    if (wide->kind == REGEX_SEQUENCE && narrow->kind == REGEX_SEQUENCE) {
        wide_rest = wide->rest;
        narrow_rest = narrow->rest;
        wide = wide->first;
        narrow = narrow->first;
    }
    return wide->kind == REGEX_REPEAT && narrow->kind == REGEX_REPEAT && wide_rest == narrow_rest &&
           wide->body == narrow->body && wide->least <= narrow->least && wide->most >= narrow->most;
}

static void drop_taken(const Regex **list, size_t *count) {
    for (size_t i = 0; i < *count && *count <= SUBSUMED_LIMIT; i++)
        for (size_t j = 0; j < *count; j++) {
            if (i == j || !takes_all_of(list[i], list[j]))
                continue;
            for (size_t k = j + 1; k < *count; k++)
                list[k - 1] = list[k];
            --*count;
            i -= j < i;
            j--;
        }
}

static size_t add_items(const Regex **list, size_t count, RegexKind kind, const Regex *regex) {
    if (regex->kind != kind) {
        list[count++] = regex;
        return count;
    }
    for (size_t i = 0; i < regex->items.count; i++)
        list[count++] = regex->items.list[i];
    return count;
}

static int by_id(const void *a, const void *b) {
    const Regex *const *left = a, *const *right = b;
    return ((*left)->id > (*right)->id) - ((*left)->id < (*right)->id);
}

static size_t without_doubles(const Regex **list, size_t count) {
    qsort(list, count, sizeof *list, by_id);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++)
        if (list[i] != list[kept - 1])
            list[kept++] = list[i];
    return kept;
}

static const Regex *make_items(Regexes *regexes, RegexKind kind, const Regex **list, size_t count) {
    uint32_t *key = arena_new_array(regexes->arena, count + 1, uint32_t);
    key[0] = kind;
    for (size_t i = 0; i < count; i++)
        key[i + 1] = list[i]->id;
    const Regex *known = find(regexes, key, count + 1);
    if (known || !regexes_step(regexes))
        return known ? known : regexes->nothing;
    Regex *regex = make(regexes, kind, key, count + 1);
    regex->items = (RegexItems){list, count};
    regex->empty = list[0]->empty;
    for (size_t i = 0; i < count; i++) {
        if (kind == REGEX_EITHER)
            regex->empty |= list[i]->empty;
        else
            regex->empty &= list[i]->empty;
        regex->asserts |= list[i]->asserts;
        regex->looks |= list[i]->looks;
    }
    return regex;
}

static const Regex *join(Regexes *regexes, RegexKind kind, const Regex *a, const Regex *b) {
    size_t a_count = a->kind == kind ? a->items.count : 1;
    size_t b_count = b->kind == kind ? b->items.count : 1;
    const Regex **list = arena_new_array(regexes->arena, a_count + b_count, const Regex *);
    size_t count = add_items(list, 0, kind, a);
    count = without_doubles(list, add_items(list, count, kind, b));
    if (kind == REGEX_EITHER)
        drop_taken(list, &count);
    return count == 1 ? list[0] : make_items(regexes, kind, list, count);
}

const Regex *regex_either(Regexes *regexes, const Regex *a, const Regex *b) {
    if (a == regexes->nothing || b == regexes->anything || a == b)
        return b;
    if (b == regexes->nothing || a == regexes->anything)
        return a;
    return join(regexes, REGEX_EITHER, a, b);
}

const Regex *regex_both(Regexes *regexes, const Regex *a, const Regex *b) {
    if (a == regexes->anything || b == regexes->nothing || a == b)
        return b;
    if (b == regexes->anything || a == regexes->nothing)
        return a;
    return join(regexes, REGEX_BOTH, a, b);
}

const Regex *regex_not(Regexes *regexes, const Regex *body) {
    if (body->kind == REGEX_NOT)
        return body->body;
    if (body == regexes->nothing)
        return regexes->anything;
    if (body == regexes->anything)
        return regexes->nothing;
    uint32_t key[] = {REGEX_NOT, body->id};
    const Regex *known = find(regexes, key, 2);
    if (known)
        return known;
    Regex *regex = make(regexes, REGEX_NOT, key, 2);
    regex->body = body;
    regex->empty = ~body->empty & EMPTY_ALWAYS;
    regex->asserts = body->asserts;
    return regex;
}

/* ---- lookahead ------------------------------------------------------------------------------- */

const Regex *regex_look(Regexes *regexes, const Regex *body, bool negative) {
    uint32_t key[] = {REGEX_LOOK, body->id, negative};
    const Regex *known = find(regexes, key, 3);
    if (known)
        return known;
    Regex *regex = make(regexes, REGEX_LOOK, key, 3);
    regex->body = body;
    regex->negative = negative;
    regex->looks = true;
    return regex;
}

bool regex_is_assertion(const Regex *regex) {
    return regex->kind == REGEX_START || regex->kind == REGEX_END || regex->kind == REGEX_LOOK;
}

const Regex *regex_followed_by(Regexes *regexes, const Regex *regex, const Regex *rest) {
    if (!regex->looks)
        return regex_sequence(regexes, regex, rest);
    if (regex->kind == REGEX_SEQUENCE)
        return regex_followed_by(regexes, regex->first,
                                 regex_followed_by(regexes, regex->rest, rest));
    if (regex->kind == REGEX_LOOK) {
        const Regex *seen = regex_followed_by(regexes, regex->body, regexes->anything);
        return regex_both(regexes, regex->negative ? regex_not(regexes, seen) : seen, rest);
    }
    const Regex *either = regexes->nothing; /* nothing else holds a lookahead */
    for (size_t i = 0; i < regex->items.count; i++)
        either =
            regex_either(regexes, either, regex_followed_by(regexes, regex->items.list[i], rest));
    return either;
}
