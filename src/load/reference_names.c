#include "load/reference_names.h"

/* A `$dynamicAnchor` as it is written. */
typedef struct Declared {
    DynamicAnchor anchor;
    const Resource *around;
    const Node *component; /* NULL: in none */
} Declared;

struct Names {
    Arena *arena;
    Resource document;
    Map *resources; /* by URI */
    Map *anchors;   /* by URI "#" anchor */
    Map *by_node;   /* resources by the address of their node */
    ARRAY(Declared) declared;
    Map *dynamic; /* DynamicAnchors by the address of the resource's or component's node */
};

static Text without_fragment(Text uri) {
    return text_slice(uri, 0, text_find_byte(uri, '#', 0));
}

static size_t scheme_size(Text uri) {
    for (size_t i = 0; i < uri.size; i++) {
        char c = uri.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c == ':' && i > 0)
            return i + 1;
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')))
            return 0;
    }
    return 0;
}

/* Where the path of a URI begins: behind its scheme and authority. */
static size_t path_start(Text uri) {
    size_t start = scheme_size(uri);
    if (!text_starts_with(text_slice(uri, start, uri.size), TEXT("//")))
        return start;
    size_t slash = text_find_byte(uri, '/', start + 2);
    return slash == SIZE_MAX ? uri.size : slash;
}

/* RFC 3986 section 5.2.4, on the path behind `start`. */
static Text remove_dot_segments(Arena *arena, Text uri, size_t start) {
    Buffer out = {.arena = arena};
    buffer_add(&out, text_slice(uri, 0, start));
    size_t floor = out.size;
    for (size_t at = start; at < uri.size;) {
        size_t slash = text_find_byte(uri, '/', at);
        size_t end = slash == SIZE_MAX ? uri.size : slash;
        Text segment = text_slice(uri, at, end);
        bool last = slash == SIZE_MAX;
        if (text_is(segment, "..")) {
            if (out.size > floor)
                out.size--;
            while (out.size > floor && out.data[out.size - 1] != '/')
                out.size--;
        } else if (!text_is(segment, ".")) {
            buffer_add(&out, segment);
            if (!last)
                buffer_add_byte(&out, '/');
        }
        at = last ? uri.size : slash + 1;
    }
    return buffer_text(&out);
}

Text uri_resolve(Arena *arena, Text base, Text reference) {
    if (!base.size || scheme_size(reference))
        return reference;
    if (!reference.size)
        return base;
    size_t path = path_start(base);
    size_t keep = path;
    if (text_starts_with(reference, TEXT("//"))) {
        keep = scheme_size(base);
    } else if (reference.data[0] != '/') {
        for (size_t i = path; i < base.size; i++)
            if (base.data[i] == '/')
                keep = i + 1;
    }
    const char *between = keep == path && path && reference.data[0] != '/' ? "/" : "";
    Text joined =
        text_format(arena, "%.*s%s%.*s", (int)keep, base.data, between, TEXT_ARG(reference));
    return remove_dot_segments(arena, joined, path_start(joined));
}

/* ---- The walk -------------------------------------------------------------------------------- */

/* Where the walk has come to. */
typedef struct Scan {
    Names *names;
    const Resource *around;
    const Node *component; /* a schema that the document lists by name; NULL: in none */
} Scan;

static Text string_member(const Node *node, const char *key) {
    const Node *value = node_member(node, text_from(key));
    return value && value->kind == NODE_STRING ? value->text : (Text){0};
}

static void add_anchor(Names *names, const Resource *around, const Node *node, Text anchor,
                       Text name) {
    if (!anchor.size)
        return;
    Resource *schema = arena_new_object(names->arena, Resource);
    *schema = (Resource){node, around->uri, name};
    Text key = text_format(names->arena, "%.*s#%.*s", TEXT_ARG(around->uri), TEXT_ARG(anchor));
    if (!map_get_text(names->anchors, key))
        map_put_text(names->anchors, key, schema);
}

static const Resource *add_resource(Names *names, const Resource *around, const Node *node, Text id,
                                    Text name) {
    Resource *resource = arena_new_object(names->arena, Resource);
    *resource =
        (Resource){node, uri_resolve(names->arena, around->uri, without_fragment(id)), name};
    map_put(names->by_node, &resource->node, sizeof resource->node, resource);
    if (!map_get_text(names->resources, resource->uri))
        map_put_text(names->resources, resource->uri, resource);
    return resource;
}

static bool holds_data(Text key) {
    static const char *const words[] = {"example", "examples", "default", "const", "enum"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_is(key, words[i]))
            return true;
    return text_starts_with(key, TEXT("x-"));
}

static bool holds_schemas_by_name(Text key) {
    static const char *const words[] = {"properties",       "patternProperties", "schemas",
                                        "dependentSchemas", "definitions",       "$defs"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_is(key, words[i]))
            return true;
    return false;
}

static bool names_components(Text key) {
    return text_is(key, "schemas") || text_is(key, "definitions") || text_is(key, "$defs");
}

static void add_names(Scan *scan, const Node *node, Text name) {
    Names *names = scan->names;
    Text id = string_member(node, "$id"), dynamic = string_member(node, "$dynamicAnchor");
    if (without_fragment(id).size && node->parent)
        scan->around = add_resource(names, scan->around, node, id, name);
    add_anchor(names, scan->around, node, string_member(node, "$anchor"), name);
    add_anchor(names, scan->around, node, dynamic, name);
    if (dynamic.size)
        array_push(names->arena, &names->declared,
                   ((Declared){{dynamic, node, name}, scan->around, scan->component}));
}

/* The depth of this recursion is the document's, which is limited. `key` is the one under which the
 * node stands, `holder` the one above it. */
static void scan_node(Scan scan, const Node *node, Text key, Text holder) {
    if (node->kind == NODE_SEQUENCE)
        for (uint32_t i = 0; i < node->count; i++)
            scan_node(scan, node->items[i], (Text){0}, key);
    if (node->kind != NODE_MAPPING)
        return;
    bool by_name = holds_schemas_by_name(key) && !holds_schemas_by_name(holder);
    if (!scan.component && (text_is(holder, "schemas") || text_is(holder, "definitions")))
        scan.component = node;
    if (!by_name)
        add_names(&scan, node, names_components(holder) ? key : (Text){0});
    for (uint32_t i = 0; i < node->count; i++) {
        const Member *member = &node->members[i];
        if (by_name || !holds_data(member->key))
            scan_node(scan, member->value, member->key, by_name ? key : (Text){0});
    }
}

/* ---- Dynamic anchors ------------------------------------------------------------------------- */

const DynamicAnchor *dynamic_anchor(const DynamicAnchors *anchors, Text name) {
    return anchors->by_name ? map_get_text(anchors->by_name, name) : NULL;
}

void dynamic_anchors_add(Arena *arena, DynamicAnchors *anchors, const DynamicAnchor *anchor) {
    if (dynamic_anchor(anchors, anchor->name))
        return;
    if (!anchors->by_name)
        anchors->by_name = map_new(arena);
    map_put_text(anchors->by_name, anchor->name, (void *)(uintptr_t)anchor);
    array_push(arena, &anchors->list, anchor);
}

/* How often the name of each anchor is used in its resource. */
static size_t *count_uses(const Names *names) {
    size_t count = names->declared.count;
    size_t *uses = arena_new_array(names->arena, count, size_t);
    size_t **shared = arena_new_array(names->arena, count, size_t *);
    Map *by_name = map_new(names->arena);
    for (size_t i = 0; i < count; i++) {
        const Declared *declared = &names->declared.items[i];
        Text key = text_format(names->arena, "%p %.*s", (const void *)declared->around,
                               TEXT_ARG(declared->anchor.name));
        shared[i] = map_get_text(by_name, key);
        if (!shared[i])
            map_put_text(by_name, key, shared[i] = &uses[i]);
        ++*shared[i];
    }
    for (size_t i = 0; i < count; i++)
        uses[i] = *shared[i];
    return uses;
}

static void settle_dynamic_anchors(Names *names) {
    names->dynamic = map_new(names->arena);
    const size_t *uses = count_uses(names);
    for (size_t i = 0; i < names->declared.count; i++) {
        const Declared *declared = &names->declared.items[i];
        bool own = declared->component && uses[i] > 1;
        const Node **holder = arena_new_object(names->arena, const Node *);
        *holder = own ? declared->component : declared->around->node;
        DynamicAnchors *anchors = map_get(names->dynamic, holder, sizeof *holder);
        if (!anchors) {
            anchors = arena_new_object(names->arena, DynamicAnchors);
            map_put(names->dynamic, holder, sizeof *holder, anchors);
        }
        dynamic_anchors_add(names->arena, anchors, &declared->anchor);
    }
}

bool names_have_dynamic_anchors(const Names *names) {
    return names->declared.count > 0;
}

const DynamicAnchors *names_next_dynamic_anchors(const Names *names, const Node **node) {
    const Node *resource = *node ? names_resource_around(names, *node)->node : NULL;
    while (*node) {
        const Node *holder = *node;
        *node = holder == resource ? NULL : holder->parent;
        const DynamicAnchors *anchors = map_get(names->dynamic, &holder, sizeof holder);
        if (anchors)
            return anchors;
    }
    return NULL;
}

/* ---- Look-up --------------------------------------------------------------------------------- */

Names *names_of(Arena *arena, const Document *document) {
    Names *names = arena_new_object(arena, Names);
    names->arena = arena;
    names->resources = map_new(arena);
    names->anchors = map_new(arena);
    names->by_node = map_new(arena);
    Text self = string_member(document->root, "$self");
    if (!self.size)
        self = string_member(document->root, "$id");
    names->document = (Resource){.node = document->root, .uri = without_fragment(self)};
    if (names->document.uri.size)
        map_put_text(names->resources, names->document.uri, &names->document);
    scan_node((Scan){names, &names->document, NULL}, document->root, (Text){0}, (Text){0});
    settle_dynamic_anchors(names);
    return names;
}

bool names_have_resources(const Names *names) {
    return map_count(names->resources) > 0;
}

const Resource *names_resource_around(const Names *names, const Node *node) {
    if (map_count(names->by_node))
        for (; node; node = node->parent) {
            const Resource *resource = map_get(names->by_node, &node, sizeof node);
            if (resource)
                return resource;
        }
    return &names->document;
}

const Resource *names_resource(const Names *names, Text uri) {
    return map_get_text(names->resources, uri);
}

const Resource *names_anchor(Arena *arena, const Names *names, Text uri, Text anchor) {
    Text key = text_format(arena, "%.*s#%.*s", TEXT_ARG(uri), TEXT_ARG(anchor));
    return map_get_text(names->anchors, key);
}
