/* How one side's description is loaded: from one file, from several that form one API, or from
 * nothing, and its paths as they are to be compared.
 */
#include "flow.h"

#include "source/http.h"
#include "support/map.h"

/* What git calls the side on which there is no file. */
static const char nothing[] = "/dev/null";

static size_t shared_beginning(Text a, Text b) {
    size_t size = 0;
    while (size < a.size && size < b.size && a.data[size] == b.data[size])
        size++;
    return size;
}

static bool meet_prefix(Prefix *prefix, Text path) {
    Text text = prefix->text;
    bool fits =
        text_starts_with(path, text) && (path.size == text.size || path.data[text.size] == '/');
    if (!prefix->nearest.data ||
        shared_beginning(text, path) > shared_beginning(text, prefix->nearest))
        prefix->nearest = path;
    prefix->met = prefix->met || fits;
    return fits;
}

static void strip_prefix(const Side *side, Operation *operation) {
    Text path = operation->path;
    bool stripped = false;
    for (size_t i = 0; i < side->strip_prefixes.count; i++) {
        Prefix *prefix = &side->strip_prefixes.items[i];
        if (!meet_prefix(prefix, path) || stripped)
            continue;
        stripped = true;
        operation->path = text_slice(path, prefix->text.size, path.size);
        if (!operation->path.size)
            operation->path = TEXT("/");
    }
}

void set_prefixes(Arena *arena, const bw_compare_options *options, Side *side) {
    for (size_t i = 0; i < options->strip_prefix_count; i++) {
        Prefix prefix = {.text = text_from(options->strip_prefixes[i])};
        while (text_ends_with(prefix.text, TEXT("/")))
            prefix.text.size--;
        array_push(arena, &side->strip_prefixes, prefix);
    }
    side->add_prefix = text_from(options->add_prefix);
}

void tell_unmet_prefixes(const Side *const *sides, size_t count, size_t from, size_t to,
                         Diagnostics *diagnostics) {
    for (size_t i = from; i < to; i++) {
        Prefix all = {0};
        for (size_t j = 0; j < count; j++) {
            const Prefix *prefix = &sides[j]->strip_prefixes.items[i];
            all.text = prefix->text;
            all.met = all.met || prefix->met;
            if (prefix->nearest.size && shared_beginning(all.text, prefix->nearest) >=
                                            shared_beginning(all.text, all.nearest))
                all.nearest = prefix->nearest;
        }
        if (!all.met && all.nearest.size)
            diagnose(diagnostics, PREFIX_UNMET, (Place){0}, TEXT_ARG(all.text),
                     TEXT_ARG(all.nearest));
    }
}

static void add_prefix(const Side *side, Operation *operation) {
    Text prefix = side->add_prefix;
    while (text_ends_with(prefix, TEXT("/")))
        prefix.size--;
    if (prefix.size)
        operation->path =
            text_format(side->arena, "%.*s%.*s", TEXT_ARG(prefix), TEXT_ARG(operation->path));
}

/* Adds the operations of a further file. One that is there already is told and left out. */
static void add_operations(Side *side, Map *known, const Api *part) {
    for (size_t i = 0; i < part->operations.count; i++) {
        Operation *operation = part->operations.items[i];
        if (!operation->webhook) {
            strip_prefix(side, operation);
            add_prefix(side, operation);
        }
        Text key = text_format(side->arena, "%s%.*s %.*s", operation->webhook ? "webhook " : "",
                               TEXT_ARG(operation->method), TEXT_ARG(operation->path));
        const Operation *first = map_get_text(known, key);
        if (!first) {
            map_put_text(known, key, operation);
            array_push(side->arena, &side->api->operations, operation);
            continue;
        }
        diagnose(&side->diagnostics, COMPOSED_TWICE, node_key_place(operation->origin),
                 TEXT_ARG(key));
        diagnostics_second_place(&side->diagnostics, "the first one counts",
                                 node_key_place(first->origin));
    }
}

/* Remote descriptions may be as large as the largest that are published, a few times over. */
enum { REMOTE_SIZE_LIMIT = 64 * 1024 * 1024 };

/* One file: of that name, or else the root of a bundle. */
static const Api *load_part(Side *side, const char *name, const SourceBundle *bundle) {
    DocumentSet *set = document_set_new(side->arena, &side->diagnostics);
    HttpOptions remote = {.size_limit = REMOTE_SIZE_LIMIT};
    if (side->allow_remote)
        document_set_allow_remote(set, http_new(side->arena, &remote));
    const Document *root =
        bundle        ? document_set_open_source(set, source_of_bundle(side->arena, bundle, 0))
        : side->shown ? document_set_open_as(set, text_from(name), text_from(side->shown))
                      : document_set_open(set, text_from(name));
    if (!root)
        return NULL;
    if (!side->root) {
        side->root = root;
        side->documents = set;
    }
    return load_openapi(side->arena, &side->diagnostics, set, root, &side->load);
}

void load_description(Side *side) {
    Map *known = map_new(side->arena);
    Api *whole = arena_new_object(side->arena, Api);
    bool good = true, first = true;
    for (size_t i = 0; i < side->name_count + side->bundle_count; i++) {
        const char *name = i < side->name_count ? side->names[i] : NULL;
        if (name && strcmp(name, nothing) == 0)
            continue;
        const Api *part = load_part(side, name, name ? NULL : &side->bundles[i - side->name_count]);
        good = good && part;
        if (!part)
            continue;
        uint32_t types = whole->type_count;
        if (first) {
            *whole = *part;
            memset(&whole->operations, 0, sizeof whole->operations);
        }
        side->api = whole;
        add_operations(side, known, part);
        whole->type_count = types + part->type_count;
        first = false;
    }
    side->api = good ? whole : NULL;
}
