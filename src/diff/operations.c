#include "diff/compare.h"

/* Operations are paired by method and path template, parameter names aside; where templates of one
 * shape stand side by side, the one of the same spelling first. */

/* "/users/{id}/x" gives "/users/{}/x": the names of path parameters are never sent. */
static Text template_shape(Arena *arena, Text path) {
    Buffer shape = {.arena = arena};
    size_t i = 0;
    while (i < path.size) {
        size_t close = path.data[i] == '{' ? text_find_byte(path, '}', i) : SIZE_MAX;
        if (close == SIZE_MAX) {
            buffer_add_byte(&shape, path.data[i++]);
        } else {
            buffer_add(&shape, TEXT("{}"));
            i = close + 1;
        }
    }
    return buffer_text(&shape);
}

bool path_templates_equal(Text a, Text b) {
    size_t i = 0, j = 0;
    while (i < a.size && j < b.size) {
        size_t a_close = a.data[i] == '{' ? text_find_byte(a, '}', i) : SIZE_MAX;
        size_t b_close = b.data[j] == '{' ? text_find_byte(b, '}', j) : SIZE_MAX;
        if ((a_close == SIZE_MAX) != (b_close == SIZE_MAX))
            return false;
        if (a_close == SIZE_MAX && a.data[i] != b.data[j])
            return false;
        i = a_close == SIZE_MAX ? i + 1 : a_close + 1;
        j = b_close == SIZE_MAX ? j + 1 : b_close + 1;
    }
    return i == a.size && j == b.size;
}

typedef struct Entry {
    const Operation *operation, *partner;
    Text exact, shape;
} Entry;

typedef ARRAY(Entry) Entries;

static void add_entries(Arena *arena, Entries *entries, const Operation *operation, Text within) {
    const char *sort = operation->webhook ? "webhook " : "";
    Entry entry = {.operation = operation};
    entry.exact = text_format(arena, "%.*s%s%.*s %.*s", TEXT_ARG(within), sort,
                              TEXT_ARG(operation->method), TEXT_ARG(operation->path));
    Text shape = operation->webhook ? operation->path : template_shape(arena, operation->path);
    entry.shape = text_format(arena, "%.*s%s%.*s %.*s", TEXT_ARG(within), sort,
                              TEXT_ARG(operation->method), TEXT_ARG(shape));
    array_push(arena, entries, entry);
    Text below = text_format(arena, "%.*s > ", TEXT_ARG(entry.shape));
    for (size_t i = 0; i < operation->callbacks.count; i++)
        add_entries(arena, entries, operation->callbacks.items[i], below);
}

static Entries entries_of(Arena *arena, const Api *api) {
    Entries entries = {0};
    for (size_t i = 0; i < api->operations.count; i++)
        add_entries(arena, &entries, api->operations.items[i], (Text){0});
    return entries;
}

/* Pairs what has the same text; of several with one text, in their order. */
static void pair_entries(Arena *arena, Entries *base, Entries *revision, bool by_shape) {
    Map *waiting = map_new(arena);
    typedef ARRAY(Entry *) Same;
    for (size_t i = 0; i < revision->count; i++) {
        Entry *entry = &revision->items[i];
        Text key = by_shape ? entry->shape : entry->exact;
        if (entry->partner)
            continue;
        Same *same = map_get_text(waiting, key);
        if (!same) {
            same = arena_new_object(arena, Same);
            map_put_text(waiting, key, same);
        }
        array_push(arena, same, entry);
    }
    for (size_t i = 0; i < base->count; i++) {
        Entry *entry = &base->items[i];
        Same *same =
            entry->partner ? NULL : map_get_text(waiting, by_shape ? entry->shape : entry->exact);
        for (size_t j = 0; same && j < same->count && !entry->partner; j++)
            if (!same->items[j]->partner) {
                entry->partner = same->items[j]->operation;
                same->items[j]->partner = entry->operation;
            }
    }
}

static Comparison *operation_node(Comparer *comparer, Comparison *root, const Operation *base,
                                  const Operation *revision) {
    const Operation *known = base ? base : revision;
    Comparison *node =
        comparison_new(comparer, known->webhook ? DIRECTION_RESPONSE : DIRECTION_REQUEST);
    node->base_operation = base;
    node->revision_operation = revision;
    add_edge(
        comparer, root, STEP_OPERATION,
        text_format(comparer->arena, "%.*s %.*s", TEXT_ARG(known->method), TEXT_ARG(known->path)),
        node);
    return node;
}

static void name_operation(Comparer *comparer, Change *change, const Operation *operation) {
    with(comparer, change, ATTRIBUTE_METHOD, operation->method);
    with(comparer, change, ATTRIBUTE_PATH, operation->path);
}

static void operation_gone(Comparer *comparer, Comparison *root, const Operation *base,
                           const Api *revision) {
    Comparison *node = operation_node(comparer, root, base, NULL);
    Change *change = note(comparer, node, CHANGE_OPERATION_REMOVED, EFFECT_NARROWED, base->origin,
                          revision->paths_origin ? revision->paths_origin : revision->origin);
    change->revision_absent = true;
    name_operation(comparer, change, base);
    with_truth(comparer, change, ATTRIBUTE_WEBHOOK, base->webhook);
    with(comparer, change, ATTRIBUTE_STABILITY, stability_of(base));
    with_lifetime(comparer, change, operation_lifetime(base));
}

static void operation_new(Comparer *comparer, Comparison *root, const Operation *revision,
                          const Api *base) {
    Comparison *node = operation_node(comparer, root, NULL, revision);
    Change *change = note(comparer, node, CHANGE_OPERATION_ADDED, EFFECT_WIDENED,
                          base->paths_origin ? base->paths_origin : base->origin, revision->origin);
    change->base_absent = true;
    name_operation(comparer, change, revision);
    with_truth(comparer, change, ATTRIBUTE_WEBHOOK, revision->webhook);
}

Diff *diff_apis(Arena *run, const Api *base, const Api *revision, const DiffOptions *options) {
    Comparer *comparer = comparer_new(run);
    Diff *diff = arena_new_object(run, Diff);
    comparer->no_renames = options->no_renames;
    diff->root = comparison_new(comparer, DIRECTION_REQUEST);
    Entries from = entries_of(run, base), to = entries_of(run, revision);
    pair_entries(run, &from, &to, false);
    pair_entries(run, &from, &to, true);
    for (size_t i = 0; i < from.count; i++) {
        const Entry *entry = &from.items[i];
        if (entry->partner)
            compare_operation(
                comparer, operation_node(comparer, diff->root, entry->operation, entry->partner),
                entry->operation, entry->partner);
        else
            operation_gone(comparer, diff->root, entry->operation, revision);
    }
    for (size_t i = 0; i < to.count; i++)
        if (!to.items[i].partner)
            operation_new(comparer, diff->root, to.items[i].operation, base);
    comparer_settle(comparer);
    if (!options->no_renames)
        find_renames(comparer);
    collect_changes(comparer, diff);
    return diff;
}

/* ---- one operation --------------------------------------------------------------------------- */

static void compare_deprecation(Comparer *comparer, Comparison *at, const Operation *base,
                                const Operation *revision) {
    Text name = text_format(comparer->arena, "%.*s %.*s", TEXT_ARG(revision->method),
                            TEXT_ARG(revision->path));
    compare_sunsets(comparer, at, operation_lifetime(base), operation_lifetime(revision), name);
    if (base->deprecated == revision->deprecated)
        return;
    Change *change =
        note(comparer, at,
             revision->deprecated ? CHANGE_OPERATION_DEPRECATED : CHANGE_OPERATION_REACTIVATED,
             EFFECT_NONE, base->origin, revision->origin);
    name_operation(comparer, change, revision);
    if (revision->deprecated)
        with(comparer, change, ATTRIBUTE_SUNSET, revision->sunset);
}

static bool has_tag(const Operation *operation, Text name) {
    for (size_t i = 0; i < operation->tags.count; i++)
        if (text_equal(operation->tags.items[i].name, name))
            return true;
    return false;
}

static void compare_tags(Comparer *comparer, Comparison *at, const Operation *base,
                         const Operation *revision) {
    for (size_t i = 0; i < base->tags.count; i++)
        if (!has_tag(revision, base->tags.items[i].name))
            with(
                comparer,
                note(comparer, at, CHANGE_TAG_REMOVED, EFFECT_NONE, base->origin, revision->origin),
                ATTRIBUTE_NAME, base->tags.items[i].name);
    for (size_t i = 0; i < revision->tags.count; i++)
        if (!has_tag(base, revision->tags.items[i].name))
            with(comparer,
                 note(comparer, at, CHANGE_TAG_ADDED, EFFECT_NONE, base->origin, revision->origin),
                 ATTRIBUTE_NAME, revision->tags.items[i].name);
}

void compare_operation(Comparer *comparer, Comparison *at, const Operation *base,
                       const Operation *revision) {
    compare_deprecation(comparer, at, base, revision);
    compare_promises(comparer, at, base, revision);
    if (!text_equal(base->operation_id, revision->operation_id)) {
        Change *change = note(comparer, at, CHANGE_OPERATION_ID_CHANGED, EFFECT_NONE, base->origin,
                              revision->origin);
        with(comparer, change, ATTRIBUTE_FROM, base->operation_id);
        with(comparer, change, ATTRIBUTE_TO, revision->operation_id);
    }
    compare_tags(comparer, at, base, revision);
    if (!base->webhook)
        compare_servers(comparer, at, base, revision);
    compare_security(comparer, at, base, revision);
    compare_parameters(comparer, at, base, revision, at->direction);
    compare_request_body(comparer, at, base, revision, at->direction);
    compare_responses(comparer, at, base, revision, opposite(at->direction));
}
