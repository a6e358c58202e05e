#include "load/openapi.h"

#include "load/openapi_fields.h"

/* The description itself: its version, its paths and webhooks. Operations are in
 * openapi_operations.c. */

/* ---- Version --------------------------------------------------------------------------------- */

static const Node *version_node(const Node *root, const char **key) {
    const Node *openapi = node_member(root, TEXT("openapi"));
    *key = openapi ? "openapi" : "swagger";
    return openapi ? openapi : node_member(root, TEXT("swagger"));
}

/* "3.1" and "3.1.0", as text or as number. */
static bool is_version(Text text, Text version) {
    return text_starts_with(text, version) &&
           (text.size == version.size || text.data[version.size] == '.');
}

static bool read_dialect(const Node *version, const char *key, Dialect *dialect) {
    if (version->kind != NODE_STRING && version->kind != NODE_NUMBER)
        return false;
    static const char *const versions[] = {
        [DIALECT_SWAGGER_2_0] = "2.0",
        [DIALECT_3_0] = "3.0",
        [DIALECT_3_1] = "3.1",
        [DIALECT_3_2] = "3.2",
    };
    bool swagger = text_is(text_from(key), "swagger");
    Text text = version->text;
    if (text_is(text, "2") || text_is(text, "3")) /* a writer of numbers drops the ".0" */
        text = text_is(text, "2") ? TEXT("2.0") : TEXT("3.0");
    for (int i = DIALECT_SWAGGER_2_0; i <= DIALECT_3_2; i++)
        if (is_version(text, text_from(versions[i])) && swagger == (i == DIALECT_SWAGGER_2_0)) {
            *dialect = (Dialect)i;
            return true;
        }
    return false;
}

bool document_is_openapi(const Document *document) {
    const char *key;
    const Node *version = version_node(document->root, &key);
    return version && (version->kind == NODE_STRING || version->kind == NODE_NUMBER);
}

static bool find_dialect(Diagnostics *diagnostics, const Document *document, Dialect *dialect) {
    const char *key;
    const Node *version = version_node(document->root, &key);
    if (!version)
        return diagnose(diagnostics, NOT_OPENAPI, node_place(document->root),
                        TEXT_ARG(document->source.file));
    if (version->kind != NODE_STRING && version->kind != NODE_NUMBER)
        return diagnose(diagnostics, WRONG_KIND, node_place(version), TEXT_ARG(text_from(key)),
                        "a version", node_kind_name(version->kind));
    if (!read_dialect(version, key, dialect))
        return diagnose(diagnostics, OPENAPI_VERSION, node_place(version), TEXT_ARG(text_from(key)),
                        TEXT_ARG(version->text));
    return true;
}

/* ---- The loader ------------------------------------------------------------------------------ */

static Loader *new_loader(Arena *arena, Diagnostics *diagnostics, DocumentSet *set,
                          const Document *document, const LoadOptions *options, Dialect dialect) {
    Loader *loader = arena_new_object(arena, Loader);
    bool newer = dialect >= DIALECT_3_1;
    loader->reader = (Reader){
        .arena = arena,
        .diagnostics = diagnostics,
        .references = references_new(arena, diagnostics, set, newer),
        .told = map_new(arena),
        .unknown_fields = map_new(arena),
        .errors_before = diagnostics->errors,
    };
    if (newer)
        references_read_names(loader->reader.references, document);
    loader->arena = arena;
    loader->dialect = dialect;
    loader->root = document->root;
    loader->api = arena_new_object(arena, Api);
    loader->parameters = map_new(arena);
    loader->headers = map_new(arena);
    loader->bodies = map_new(arena);
    loader->responses = map_new(arena);
    loader->parameter_keys = map_new(arena);
    loader->schemes = map_new(arena);
    loader->requirements = map_new(arena);
    const Node *components = node_member(loader->root, TEXT("components"));
    SchemaOptions schema_options = {
        .siblings = newer,
        .allow_unresolved = options->allow_unresolved,
        .next_type_id = options->next_type_id,
        .components = dialect == DIALECT_SWAGGER_2_0
                          ? node_member(loader->root, TEXT("definitions"))
                          : node_member(components, TEXT("schemas")),
    };
    loader->schemas = schemas_new(&loader->reader, schema_options);
    return loader;
}

static void read_root(Loader *loader) {
    Api *api = loader->api;
    const Node *info = reader_mapping(&loader->reader, loader->root, "info");
    fields_check(&loader->reader, loader->root, "a description");
    if (info)
        fields_check(&loader->reader, info, "`info`");
    api->dialect = loader->dialect;
    api->title = reader_text(&loader->reader, info, "title");
    api->version = reader_text(&loader->reader, info, "version");
    api->origin = loader->root;
    api->paths_origin = node_member(loader->root, TEXT("paths"));
    ServerList servers = {0};
    if (!servers_load(loader, loader->root, &servers))
        array_push(loader->arena, &servers,
                   ((Server){.url = TEXT("/"), .implied = true, .origin = loader->root}));
    array_share(&api->servers, &servers);
}

static void add_operation(Loader *loader, Operation *operation) {
    array_push(loader->arena, &loader->api->operations, operation);
}

/* Without `paths` there is nothing to compare, and the file may have been cut short. From 3.1 on
 * `webhooks` or `components` will do (3.1.1 section 4.8.1). */
static bool describes_something(Loader *loader) {
    const Node *root = loader->root;
    bool newer = loader->dialect >= DIALECT_3_1;
    if (node_member(root, TEXT("paths")) || node_member(root, TEXT("webhooks")) ||
        (newer && node_member(root, TEXT("components"))))
        return true;
    return reader_diagnose(&loader->reader, MEMBER_MISSING, node_place(root), "the description",
                           newer ? "`paths`, `webhooks` or `components`" : "`paths`");
}

/* All that an operation reaches is loaded before the next one is looked at, so that what is wrong
 * is told in the order of the description. */
static void load_path_items(Loader *loader, const Node *items, bool webhooks) {
    for (uint32_t i = 0; items && i < items->count && !reader_full(&loader->reader); i++) {
        const Member *member = &items->members[i];
        if (is_extension(member->key) && !webhooks)
            continue;
        OperationList operations = path_item_load(loader, member->value, member->key, webhooks);
        for (size_t j = 0; j < operations.count; j++)
            add_operation(loader, operations.items[j]);
        schemas_fill(loader->schemas);
    }
}

Api *load_openapi(Arena *arena, Diagnostics *diagnostics, DocumentSet *set, const Document *root,
                  const LoadOptions *options) {
    Dialect dialect = DIALECT_3_0;
    if (!find_dialect(diagnostics, root, &dialect))
        return NULL;
    Loader *loader = new_loader(arena, diagnostics, set, root, options, dialect);
    if (!describes_something(loader))
        return NULL;
    read_root(loader);
    load_path_items(loader, reader_mapping(&loader->reader, loader->root, "paths"), false);
    load_path_items(loader, reader_mapping(&loader->reader, loader->root, "webhooks"), true);
    schemas_check_references(loader->schemas);
    if (diagnostics->errors > loader->reader.errors_before)
        return NULL;
    loader->api->type_count = schemas_count(loader->schemas);
    return loader->api;
}
