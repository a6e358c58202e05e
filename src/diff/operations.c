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

Text server_target(Arena *arena, Text base, Text path) {
    Text shape = template_shape(arena, path);
    if (text_ends_with(base, TEXT("/")))
        base = text_slice(base, 0, base.size - 1);
    return text_format(arena, "%.*s%.*s", TEXT_ARG(base), TEXT_ARG(shape));
}

static void add_entries(Arena *arena, Entries *entries, const Operation *operation) {
    const char *sort = operation->webhook ? "webhook " : "";
    Entry entry = {.operation = operation};
    if (!operation->caller) {
        entry.exact = text_format(arena, "%s%.*s %.*s", sort, TEXT_ARG(operation->method),
                                  TEXT_ARG(operation->path));
        Text shape = operation->webhook ? operation->path : template_shape(arena, operation->path);
        entry.shape =
            text_format(arena, "%s%.*s %.*s", sort, TEXT_ARG(operation->method), TEXT_ARG(shape));
    }
    if (!operation->webhook && !operation->caller && operation->servers.count)
        entry.target = text_format(
            arena, "%.*s %.*s", TEXT_ARG(operation->method),
            TEXT_ARG(server_target(arena, operation->servers.items[0].base_path, operation->path)));
    array_push(arena, entries, entry);
    for (size_t i = 0; i < operation->callbacks.count; i++)
        add_entries(arena, entries, operation->callbacks.items[i]);
}

/* Callbacks follow those that they are callbacks of. */
static Entries entries_of(Arena *arena, const Api *api) {
    Entries entries = {0};
    for (size_t i = 0; i < api->operations.count; i++)
        add_entries(arena, &entries, api->operations.items[i]);
    return entries;
}

static Text exact_of(const Entry *entry) {
    return entry->exact;
}

static Text shape_of(const Entry *entry) {
    return entry->shape;
}

/* The path behind what servers have in front of it: "/v1" may move from there into the path. */
static Text target_of(const Entry *entry) {
    return entry->target;
}

/* Pairs what has the same text; of several with one text, in their order. */
static void pair_entries(Arena *arena, Entries *base, Entries *revision,
                         Text (*text_of)(const Entry *entry)) {
    Map *waiting = map_new(arena);
    typedef ARRAY(Entry *) Same;
    for (size_t i = 0; i < revision->count; i++) {
        Entry *entry = &revision->items[i];
        Text key = text_of(entry);
        if (entry->partner || !key.size)
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
        Text key = text_of(entry);
        Same *same = entry->partner || !key.size ? NULL : map_get_text(waiting, key);
        for (size_t j = 0; same && j < same->count && !entry->partner; j++)
            if (!same->items[j]->partner) {
                entry->partner = same->items[j]->operation;
                same->items[j]->partner = entry->operation;
            }
    }
}

/* ---- callbacks ------------------------------------------------------------------------------- */

/* Those of one operation are paired by name and expression, then by the expression alone, which
 * says where the call goes, then by the name alone. */
typedef enum CallbackWay { BY_BOTH, BY_EXPRESSION, BY_NAME, CALLBACK_WAYS } CallbackWay;

static Text callback_key(const Operation *callback, CallbackWay way) {
    size_t space = text_find_byte(callback->path, ' ', 0);
    if (way == BY_BOTH || space == SIZE_MAX)
        return callback->path;
    return way == BY_EXPRESSION ? text_slice(callback->path, space, callback->path.size)
                                : text_slice(callback->path, 0, space);
}

static Map *by_operation(Arena *arena, Entries *entries) {
    Map *map = map_new(arena);
    for (size_t i = 0; i < entries->count; i++)
        map_put(map, &entries->items[i].operation, sizeof entries->items[i].operation,
                &entries->items[i]);
    return map;
}

static Entry *entry_of(const Map *map, const Operation *operation) {
    return map_get(map, &operation, sizeof operation);
}

const Operation *operation_partner(const Comparer *comparer, const Operation *base) {
    const Entry *entry = entry_of(comparer->entries, base);
    return entry ? entry->partner : NULL;
}

static void pair_callback(Entry *entry, const Map *revision, const Operation *partner,
                          CallbackWay way) {
    Text key = callback_key(entry->operation, way);
    for (size_t i = 0; i < partner->callbacks.count && !entry->partner; i++) {
        const Operation *other = partner->callbacks.items[i];
        Entry *candidate = entry_of(revision, other);
        if (candidate->partner || !text_equal(other->method, entry->operation->method) ||
            !text_equal(callback_key(other, way), key))
            continue;
        entry->partner = other;
        entry->moved = way == BY_NAME;
        candidate->partner = entry->operation;
    }
}

static void pair_callbacks(Comparer *comparer, Entries *base, Entries *revision) {
    Map *from = by_operation(comparer->arena, base), *to = by_operation(comparer->arena, revision);
    CallbackWay ways = comparer->no_renames ? BY_NAME : CALLBACK_WAYS;
    for (size_t i = 0; i < base->count; i++) {
        const Operation *caller = base->items[i].operation->caller;
        const Operation *partner = caller ? entry_of(from, caller)->partner : NULL;
        for (unsigned way = 0; partner && way < (unsigned)ways && !base->items[i].partner; way++)
            pair_callback(&base->items[i], to, partner, (CallbackWay)way);
    }
}

/* What is said of an operation that one side has alone goes for its callbacks, too. */
static bool goes_with_caller(const Map *entries, const Entry *entry) {
    const Operation *caller = entry->operation->caller;
    return caller && !entry_of(entries, caller)->partner;
}

/* ---- all ------------------------------------------------------------------------------------- */

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

/* Where a path with a parameter takes the calls from now on, what it does with them is compared. */
static void operation_gone(Comparer *comparer, Comparison *root, const Operation *base,
                           const Operation *template, const Api *revision) {
    Comparison *node = operation_node(comparer, root, base, template);
    Change *change = note(comparer, node, CHANGE_OPERATION_REMOVED, EFFECT_NARROWED, base->origin,
                          revision->paths_origin ? revision->paths_origin : revision->origin);
    change->revision_absent = true;
    name_operation(comparer, change, base);
    with_truth(comparer, change, ATTRIBUTE_WEBHOOK, base->webhook);
    with(comparer, change, ATTRIBUTE_STABILITY, stability_of(base));
    with_truth(comparer, change, ATTRIBUTE_INTERNAL, base->internal);
    with_lifetime(comparer, change, operation_lifetime(base));
    if (!template)
        return;
    with_truth(comparer, change, ATTRIBUTE_COVERED, true);
    compare_traffic(comparer, node, base, template);
}

/* Where literal paths take them, each is compared. */
static void operation_parted(Comparer *comparer, Comparison *root, const Operation *base,
                             const Operations *literals, const Api *revision) {
    operation_gone(comparer, root, base, literals->items[0], revision);
    for (size_t i = 1; i < literals->count; i++)
        compare_traffic(comparer, operation_node(comparer, root, base, literals->items[i]), base,
                        literals->items[i]);
}

static void operation_new(Comparer *comparer, Comparison *root, const Operation *revision,
                          const Api *base) {
    Comparison *node = operation_node(comparer, root, NULL, revision);
    Change *change = note(comparer, node, CHANGE_OPERATION_ADDED, EFFECT_WIDENED,
                          base->paths_origin ? base->paths_origin : base->origin, revision->origin);
    change->base_absent = true;
    name_operation(comparer, change, revision);
    with_truth(comparer, change, ATTRIBUTE_WEBHOOK, revision->webhook);
    with_truth(comparer, change, ATTRIBUTE_COVERED, template_of(comparer, revision, base) != NULL);
}

/* Where it did not move, the servers have what the path has no more. */
static void operation_renamed(Comparer *comparer, Comparison *node, const Operation *base,
                              const Operation *revision, bool moved) {
    Effect effect = moved ? EFFECT_NARROWED | EFFECT_WIDENED : EFFECT_NONE;
    Change *change =
        note(comparer, node, CHANGE_OPERATION_RENAMED, effect, base->origin, revision->origin);
    with(comparer, change, ATTRIBUTE_METHOD, base->method);
    with(comparer, change, ATTRIBUTE_FROM, base->path);
    with(comparer, change, ATTRIBUTE_TO, revision->path);
    with_truth(comparer, change, ATTRIBUTE_WEBHOOK, base->webhook);
    with_truth(comparer, change, ATTRIBUTE_COVERED, !moved);
    with(comparer, change, ATTRIBUTE_STABILITY, stability_of(base));
    with_truth(comparer, change, ATTRIBUTE_INTERNAL, base->internal);
    with_lifetime(comparer, change, operation_lifetime(base));
}

bool entry_is_renamed(const Entry *entry) {
    const Operation *from = entry->operation, *to = entry->partner;
    bool same = from->webhook || from->caller ? text_equal(from->path, to->path)
                                              : path_templates_equal(from->path, to->path);
    return entry->moved || !same;
}

static void compare_entry(Comparer *comparer, Comparison *root, const Entry *entry,
                          const Api *revision) {
    const Operation *template =
        entry->moved && takes_calls_of(comparer, entry->operation, entry->partner) ? entry->partner
                                                                                   : NULL;
    if (!entry->partner)
        template = template_of(comparer, entry->operation, revision);
    Operations literals = {0};
    if (!entry->partner && !template &&
        literals_for(comparer, entry->operation, revision, &literals)) {
        operation_parted(comparer, root, entry->operation, &literals, revision);
        return;
    }
    if (!entry->partner || template) {
        operation_gone(comparer, root, entry->operation, template, revision);
        return;
    }
    Comparison *node = operation_node(comparer, root, entry->operation, entry->partner);
    if (entry_is_renamed(entry) && !note_prefix(comparer, node, entry))
        operation_renamed(comparer, node, entry->operation, entry->partner, entry->moved);
    compare_operation(comparer, node, entry->operation, entry->partner);
}

Diff *diff_apis(Arena *run, const Api *base, const Api *revision, const DiffOptions *options) {
    Comparer *comparer = comparer_new(run);
    Diff *diff = arena_new_object(run, Diff);
    comparer->no_renames = options->no_renames;
    comparer->documentation = options->documentation;
    comparer->base = base;
    comparer->revision = revision;
    diff->root = comparison_new(comparer, DIRECTION_REQUEST);
    Entries from = entries_of(run, base), to = entries_of(run, revision);
    pair_entries(run, &from, &to, exact_of);
    pair_entries(run, &from, &to, shape_of);
    pair_entries(run, &from, &to, target_of);
    if (!options->no_renames)
        pair_moved(comparer, &from, &to);
    pair_callbacks(comparer, &from, &to);
    count_prefixes(comparer, &from);
    Map *revision_entries = by_operation(run, &to);
    comparer->entries = by_operation(run, &from);
    for (size_t i = 0; i < from.count; i++)
        if (!goes_with_caller(comparer->entries, &from.items[i]))
            compare_entry(comparer, diff->root, &from.items[i], revision);
    for (size_t i = 0; i < to.count; i++)
        if (!to.items[i].partner && !goes_with_caller(revision_entries, &to.items[i]))
            operation_new(comparer, diff->root, to.items[i].operation, base);
    comparer_settle(comparer);
    if (!options->documentation)
        answer_doubts(comparer);
    if (!options->no_renames) {
        find_renames(comparer);
        find_relocations(comparer);
    }
    compare_information(comparer, diff->root, base, revision);
    compare_annotations(comparer);
    compare_xml(comparer);
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

static ByName tags_by_name(Arena *arena, const Operation *operation) {
    ByName tags = {0};
    for (size_t i = 0; i < operation->tags.count; i++)
        by_name_add(arena, &tags, operation->tags.items[i].name);
    by_name_sort(&tags);
    return tags;
}

/* Those of one side that the other lacks. */
static void note_tags(Comparer *comparer, Comparison *at, ChangeKind kind, const Operation *own,
                      const ByName *others, const Node *base, const Node *revision) {
    for (size_t i = 0; i < own->tags.count; i++) {
        Text name = own->tags.items[i].name;
        if (by_name_find(others, name) == SIZE_MAX)
            with(comparer, note(comparer, at, kind, EFFECT_NONE, base, revision), ATTRIBUTE_NAME,
                 name);
    }
}

static void compare_tags(Comparer *comparer, Comparison *at, const Operation *base,
                         const Operation *revision) {
    ByName before = tags_by_name(comparer->arena, base);
    ByName after = tags_by_name(comparer->arena, revision);
    note_tags(comparer, at, CHANGE_TAG_REMOVED, base, &after, base->origin, revision->origin);
    note_tags(comparer, at, CHANGE_TAG_ADDED, revision, &before, base->origin, revision->origin);
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
    compare_documentation(comparer, at, base->origin, revision->origin);
    compare_traffic(comparer, at, base, revision);
}

void compare_traffic(Comparer *comparer, Comparison *at, const Operation *base,
                     const Operation *revision) {
    if (!base->webhook)
        compare_servers(comparer, at, base, revision);
    compare_security(comparer, at, base, revision);
    compare_parameters(comparer, at, base, revision, at->direction);
    compare_request_body(comparer, at, base, revision, at->direction);
    compare_responses(comparer, at, base, revision, opposite(at->direction));
}
