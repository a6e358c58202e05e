#include "diff/compare.h"

/* Paths of many operations that have another beginning are one change: "/v1" became "/v2". */

typedef struct Prefix {
    Text from, to;
    size_t count;
    const Operation *base, *revision; /* the first */
} Prefix;

static size_t last_slash(Text path, size_t end) {
    while (end && path.data[end - 1] != '/')
        end--;
    return end ? end - 1 : SIZE_MAX;
}

static bool same_segment(Text a, Text b) {
    bool template = text_find_byte(a, '{', 0) != SIZE_MAX;
    return text_equal(a, b) || (template && text_find_byte(b, '{', 0) != SIZE_MAX);
}

static Text or_root(Text path) {
    return path.size ? path : TEXT("/");
}

/* What is left of two paths where their ends are the same. */
static void find_prefixes(Text *from, Text *to) {
    size_t i = from->size, j = to->size;
    for (;;) {
        size_t a = last_slash(*from, i), b = last_slash(*to, j);
        if (a == SIZE_MAX || b == SIZE_MAX ||
            !same_segment(text_slice(*from, a, i), text_slice(*to, b, j)))
            break;
        i = a;
        j = b;
    }
    *from = or_root(text_slice(*from, 0, i));
    *to = or_root(text_slice(*to, 0, j));
}

/* What is said of one operation by itself (that it was due, or unstable) stays said of it alone. */
static bool may_share(const Entry *entry) {
    const Operation *operation = entry->operation;
    return entry->partner && !operation->webhook && !operation->caller && !operation->deprecated &&
           text_equal_ignoring_case(stability_of(operation), TEXT("stable"));
}

static Prefix *prefix_of(Comparer *comparer, const Entry *entry) {
    Text from = entry->operation->path, to = entry->partner->path;
    find_prefixes(&from, &to);
    Text key =
        text_format(comparer->arena, "%.*s\n%.*s\n%d", TEXT_ARG(from), TEXT_ARG(to), entry->moved);
    Prefix *prefix = map_get_text(comparer->prefixes, key);
    if (!prefix) {
        prefix = arena_new_object(comparer->arena, Prefix);
        *prefix = (Prefix){from, to, 0, entry->operation, entry->partner};
        map_put_text(comparer->prefixes, key, prefix);
    }
    return prefix;
}

void count_prefixes(Comparer *comparer, const Entries *base) {
    comparer->prefixes = map_new(comparer->arena);
    for (size_t i = 0; i < base->count; i++)
        if (may_share(&base->items[i]) && entry_is_renamed(&base->items[i]))
            prefix_of(comparer, &base->items[i])->count++;
}

bool note_prefix(Comparer *comparer, Comparison *node, const Entry *entry) {
    const Prefix *prefix = may_share(entry) ? prefix_of(comparer, entry) : NULL;
    if (!prefix || prefix->count < 2)
        return false;
    Change *change = note(comparer, node, CHANGE_PATH_PREFIX_RENAMED,
                          entry->moved ? EFFECT_NARROWED | EFFECT_WIDENED : EFFECT_NONE,
                          prefix->base->origin, prefix->revision->origin);
    with(comparer, change, ATTRIBUTE_FROM, prefix->from);
    with(comparer, change, ATTRIBUTE_TO, prefix->to);
    with_truth(comparer, change, ATTRIBUTE_COVERED, !entry->moved);
    return true;
}
