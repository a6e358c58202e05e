#include "diff/compare.h"

/* A removal and an addition at the same place are one rename where the names are spelled alike and
 * the types agree: "userId" and "user_id" are the same words, so their types may even differ; for
 * names that only share a word the types must be equal. */

enum { LIKELY = 50, SAME_WORDS = 100 };

typedef struct Candidate {
    Comparison *node; /* that holds the change */
    Noted *noted;
    Text name;
    bool taken;
} Candidate;

typedef ARRAY(Candidate) Candidates;

typedef struct Scope {
    Comparer *comparer;
    Comparison *at;
    StepKind step; /* under which the types are compared */
    ChangeKind renamed;
    Candidates gone, new;
} Scope;

static bool is_separator(char c) {
    return c == '_' || c == '-' || c == '.' || c == ' ' || c == '$';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

/* Lower-case words with one space between: "userId", "user_id", "X-User-ID" give their words. */
static Text words_of(Arena *arena, Text name) {
    Buffer words = {.arena = arena};
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool hump = is_upper(c) && i && !is_upper(name.data[i - 1]);
        bool breaks = is_separator(c) || hump;
        if (breaks && words.size && words.data[words.size - 1] != ' ')
            buffer_add_byte(&words, ' ');
        if (!is_separator(c))
            buffer_add_byte(&words, is_upper(c) ? (char)(c - 'A' + 'a') : c);
    }
    return text_trim(buffer_text(&words));
}

static Text next_word(Text *words) {
    size_t end = text_find_byte(*words, ' ', 0);
    Text word = end == SIZE_MAX ? *words : text_slice(*words, 0, end);
    *words = end == SIZE_MAX ? (Text){0} : text_slice(*words, end + 1, words->size);
    return word;
}

static size_t count_words(Text words) {
    size_t count = 0;
    while (words.size) {
        next_word(&words);
        count++;
    }
    return count;
}

static size_t shared_words(Text a, Text b) {
    size_t shared = 0;
    while (a.size) {
        Text word = next_word(&a), rest = b;
        bool found = false;
        while (rest.size && !found)
            found = text_equal(next_word(&rest), word);
        shared += found;
    }
    return shared;
}

static bool same_letters(Text a, Text b) {
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.size && a.data[i] == ' ')
            i++;
        while (j < b.size && b.data[j] == ' ')
            j++;
        if (i == a.size || j == b.size)
            return i == a.size && j == b.size;
        if (a.data[i++] != b.data[j++])
            return false;
    }
}

/* 0 to 100. */
static size_t name_likeness(Arena *arena, Text from, Text to) {
    Text a = words_of(arena, from), b = words_of(arena, to);
    if (same_letters(a, b))
        return SAME_WORDS;
    size_t shared = shared_words(a, b), all = count_words(a) + count_words(b) - shared;
    size_t by_words = shared * 99 / (all ? all : 1);
    size_t longest = a.size > b.size ? a.size : b.size;
    size_t difference = longest - (a.size < b.size ? a.size : b.size);
    size_t distance = difference * 3 > longest ? longest : text_distance(a, b);
    size_t by_letters =
        longest >= 4 && distance < longest ? (longest - distance) * 99 / longest : 0;
    if (by_letters < 70)
        by_letters = 0;
    return by_words > by_letters ? by_words : by_letters;
}

static bool types_agree(Comparer *comparer, const Candidate *from, const Candidate *to,
                        Direction direction) {
    Comparison *types = pair_of(comparer, from->noted->type, to->noted->type, direction);
    comparer_settle(comparer);
    return comparison_relation(comparer, types) == EFFECT_NONE;
}

static size_t likeness(const Scope *scope, const Candidate *from, const Candidate *to) {
    size_t names = name_likeness(scope->comparer->arena, from->name, to->name);
    if (names < LIKELY - 1)
        return 0;
    bool agree = types_agree(scope->comparer, from, to, from->noted->change.direction);
    return agree ? names + 1 : names == SAME_WORDS ? names : 0;
}

static void remove_change(Comparison *node, const Change *change) {
    size_t kept = 0;
    for (size_t i = 0; i < node->changes.count; i++)
        if (node->changes.items[i] != change)
            node->changes.items[kept++] = node->changes.items[i];
    node->changes.count = kept;
}

static void rename_pair(const Scope *scope, Candidate *from, Candidate *to) {
    Comparer *comparer = scope->comparer;
    const Change *gone = &from->noted->change, *new = &to->noted->change;
    from->taken = to->taken = true;
    remove_change(from->node, gone);
    remove_change(to->node, new);
    Change *change = note(comparer, to->node, scope->renamed, EFFECT_NARROWED | EFFECT_WIDENED,
                          gone->base_origin, new->revision_origin);
    with(comparer, change, ATTRIBUTE_FROM, from->name);
    with(comparer, change, ATTRIBUTE_TO, to->name);
    if (scope->renamed == CHANGE_PARAMETER_RENAMED)
        with(comparer, change, ATTRIBUTE_IN, change_attribute(new, ATTRIBUTE_IN));
    with_truth(comparer, change, ATTRIBUTE_REQUIRED,
               change_attribute_is_true(gone, ATTRIBUTE_REQUIRED) ||
                   change_attribute_is_true(new, ATTRIBUTE_REQUIRED));
    Comparison *below = pair_of(comparer, from->noted->type, to->noted->type, change->direction);
    Comparison *parent = scope->step == STEP_PROPERTY ? to->node : scope->at;
    Text step = to->name;
    if (scope->step == STEP_PARAMETER)
        step = text_format(comparer->arena, "%.*s.%.*s",
                           TEXT_ARG(change_attribute(new, ATTRIBUTE_IN)), TEXT_ARG(to->name));
    add_edge(comparer, parent, scope->step, step, below);
}

static size_t weigh(const Scope *scope, const Candidate *from, const Candidate *to) {
    bool same_place = text_equal(change_attribute(&from->noted->change, ATTRIBUTE_IN),
                                 change_attribute(&to->noted->change, ATTRIBUTE_IN));
    return same_place ? likeness(scope, from, to) : 0;
}

/* The likest first; of equally like ones the first. */
static void match(Scope *scope) {
    size_t width = scope->new.count, count = scope->gone.count *width;
    size_t *weights = arena_new_array(scope->comparer->arena, count, size_t);
    for (size_t i = 0; i < count; i++)
        weights[i] = weigh(scope, &scope->gone.items[i / width], &scope->new.items[i % width]);
    for (;;) {
        size_t best = count;
        for (size_t i = 0; i < count; i++) {
            bool taken = scope->gone.items[i / width].taken || scope->new.items[i % width].taken;
            if (!taken && weights[i] && (best == count || weights[i] > weights[best]))
                best = i;
        }
        if (best == count)
            return;
        rename_pair(scope, &scope->gone.items[best / width], &scope->new.items[best % width]);
    }
}

static void add_candidates(Scope *scope, Comparison *node, ChangeKind gone, ChangeKind new) {
    for (size_t i = 0; i < node->changes.count; i++) {
        Change *change = node->changes.items[i];
        if (change->kind != gone && change->kind != new)
            continue;
        Candidate candidate = {node, noted_of(change), change_attribute(change, ATTRIBUTE_NAME),
                               false};
        if (change->kind == gone)
            array_push(scope->comparer->arena, &scope->gone, candidate);
        else
            array_push(scope->comparer->arena, &scope->new, candidate);
    }
}

/* Where hundreds came and went nothing tells which became which. */
enum { SCOPE_LIMIT = 64 * 64 };

static void match_scope(Scope *scope) {
    if (scope->gone.count && scope->new.count &&
        scope->gone.count * scope->new.count <= SCOPE_LIMIT)
        match(scope);
}

static void match_properties(Comparer *comparer, Comparison *node) {
    Scope scope = {comparer, node, STEP_PROPERTY, CHANGE_PROPERTY_RENAMED, {0}, {0}};
    add_candidates(&scope, node, CHANGE_PROPERTY_REMOVED, CHANGE_PROPERTY_ADDED);
    match_scope(&scope);
}

static void match_below(Comparer *comparer, Comparison *node, StepKind step, ChangeKind renamed,
                        ChangeKind gone, ChangeKind new) {
    Scope scope = {comparer, node, step, renamed, {0}, {0}};
    for (size_t i = 0; i < node->edges.count; i++)
        if (node->edges.items[i].step.kind == step)
            add_candidates(&scope, node->edges.items[i].to, gone, new);
    match_scope(&scope);
}

void find_renames(Comparer *comparer) {
    size_t count = comparer->nodes.count; /* nodes that questions of likeness add hold no rename */
    for (size_t i = 0; i < count; i++) {
        Comparison *node = comparer->nodes.items[i];
        match_properties(comparer, node);
        match_below(comparer, node, STEP_PARAMETER, CHANGE_PARAMETER_RENAMED,
                    CHANGE_PARAMETER_REMOVED, CHANGE_PARAMETER_ADDED);
        match_below(comparer, node, STEP_HEADER, CHANGE_HEADER_RENAMED, CHANGE_HEADER_REMOVED,
                    CHANGE_HEADER_ADDED);
    }
    comparer_settle(comparer);
}
