/* How one side's description is loaded: from one file, from several that form one API, or from
 * nothing, and its paths as they are to be compared.
 */
#include "flow.h"

#include "source/http.h"
#include "support/map.h"

/* What git calls the side on which there is no file. */
static const char nothing[] = "/dev/null";

static void strip_prefix(const Side *side, Operation *operation) {
    for (size_t i = 0; i < side->strip_prefixes.count; i++) {
        Text prefix = side->strip_prefixes.items[i], path = operation->path;
        while (text_ends_with(prefix, TEXT("/")))
            prefix.size--;
        bool fits = text_starts_with(path, prefix) &&
                    (path.size == prefix.size || path.data[prefix.size] == '/');
        if (!fits)
            continue;
        operation->path =
            path.size == prefix.size ? TEXT("/") : text_slice(path, prefix.size, path.size);
        return;
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
