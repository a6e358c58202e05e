/* `bw_init`: a config for what is found in the repository, with its words explained. */
#include "contents.h"
#include "edit.h"
#include "support/map.h"

#include "source/path.h"
#include "source/repository.h"

typedef struct Found {
    Text path;
    Text name; /* the description's title, the pact's provider */
} Found;

typedef ARRAY(Found) FoundList;

typedef struct Search {
    bw_edit *edit;
    FoundList descriptions, pacts;
} Search;

static bool is_document(Text path) {
    return text_ends_with(path, TEXT(".yaml")) || text_ends_with(path, TEXT(".yml")) ||
           text_ends_with(path, TEXT(".json"));
}

static Text name_in(const Document *document, const char *object, const char *member) {
    const Node *holder = node_member(document->root, text_from(object));
    const Node *name = holder ? node_member(holder, text_from(member)) : NULL;
    return name && name->kind == NODE_STRING ? name->text : (Text){0};
}

static bool is_version(const Document *document, const char *key, const char *begin) {
    const Node *version = node_member(document->root, text_from(key));
    return version && (version->kind == NODE_STRING || version->kind == NODE_NUMBER) &&
           text_starts_with(version->text, text_from(begin));
}

/* A key of that name is in the files of generators and in templates, too. */
static bool is_description(const Document *document) {
    return is_version(document, "openapi", "3.") || is_version(document, "swagger", "2.");
}

static void look_at(Search *search, Text path) {
    Arena *arena = search->edit->arena;
    Diagnostics unheard = {.arena = arena};
    Source source;
    bool hidden = text_starts_with(path, TEXT(".")) || memmem(path.data, path.size, "/.", 2);
    if (!is_document(path) || hidden || !source_read(arena, &unheard, path, &source))
        return;
    Contents contents = contents_of(arena, &source);
    Found found = {.path = path};
    const Document *document =
        contents == CONTENTS_OTHER ? NULL : document_parse(arena, &unheard, source);
    if (!document)
        return;
    if (contents == CONTENTS_DESCRIPTION && is_description(document)) {
        found.name = name_in(document, "info", "title");
        array_push(arena, &search->descriptions, found);
    } else if (contents == CONTENTS_PACT) {
        found.name = name_in(document, "provider", "name");
        array_push(arena, &search->pacts, found);
    }
}

/* What git tracks or does not ignore, below the working directory; without git, all files there. */
static bool search_files(Search *search) {
    Arena *arena = search->edit->arena;
    Diagnostics *diagnostics = &search->edit->diagnostics.all;
    Repository *repository = repository_find(arena);
    Paths paths = {0};
    if (repository && !repository_is_bare(repository)) {
        Snapshot files = {.kind = SNAPSHOT_FILES};
        Text here = repository_path(arena, repository, TEXT("x"));
        Text folder = text_slice(here, 0, here.size - 1);
        if (!repository_list(repository, diagnostics, &files, &paths))
            return false;
        for (size_t i = 0; i < paths.count; i++)
            if (text_starts_with(paths.items[i], folder))
                look_at(search, text_copy(arena, text_slice(paths.items[i], folder.size,
                                                            paths.items[i].size)));
        return true;
    }
    if (!source_list(arena, diagnostics, TEXT("."), TEXT(""), &paths.items, &paths.count))
        return false;
    for (size_t i = 0; i < paths.count; i++)
        look_at(search, path_join(arena, (Text){0}, paths.items[i]));
    return true;
}

/* ---- who is whose ---------------------------------------------------------------------------- */

/* Letters and digits alone, and without a word that titles add. */
static Text plain_name(Arena *arena, Text name) {
    static const char *const added[] = {"api", "service", "rest", NULL};
    Buffer out = {.arena = arena};
    Text lower = text_lower(arena, name);
    for (size_t i = 0; i < lower.size; i++)
        if ((lower.data[i] >= 'a' && lower.data[i] <= 'z') ||
            (lower.data[i] >= '0' && lower.data[i] <= '9'))
            buffer_add_byte(&out, lower.data[i]);
    Text plain = buffer_text(&out);
    for (size_t i = 0; added[i]; i++)
        if (text_ends_with(plain, text_from(added[i])) && plain.size > strlen(added[i]))
            plain.size -= strlen(added[i]);
    return plain;
}

static size_t count_providers(Arena *arena, const FoundList *pacts) {
    Map *names = map_new(arena);
    for (size_t i = 0; i < pacts->count; i++)
        map_put_text(names, pacts->items[i].name, names);
    return map_count(names);
}

/* The provider whose description this is; empty: none of the pacts' is alike. */
static Text provider_of(Search *search, const Found *description) {
    Arena *arena = search->edit->arena;
    bool only = search->descriptions.count == 1 && count_providers(arena, &search->pacts) == 1;
    Text title = plain_name(arena, description->name);
    for (size_t i = 0; i < search->pacts.count; i++) {
        Text provider = search->pacts.items[i].name;
        if (only || (title.size && text_equal(plain_name(arena, provider), title)))
            return provider;
    }
    return (Text){0};
}

/* ---- the text -------------------------------------------------------------------------------- */

static void put_value(Buffer *out, const char *key, Text value) {
    Node string = {.kind = NODE_STRING, .text = value};
    buffer_format(out, "    %s: %.*s\n", key,
                  TEXT_ARG(node_to_json(out->arena, &string, SIZE_MAX)));
}

/* As it stands where YAML would read nothing else into it. */
static void put_path(Buffer *out, const char *before, Text path) {
    Node string = {.kind = NODE_STRING, .text = path};
    bool plain = path.size > 0;
    for (size_t i = 0; i < path.size; i++) {
        char byte = path.data[i];
        plain = plain && ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                          (byte >= '0' && byte <= '9') || (byte && strchr("_./", byte)) ||
                          (i && (byte == '-' || byte == ' ')));
    }
    Text written = plain ? path : node_to_json(out->arena, &string, SIZE_MAX);
    buffer_format(out, "%s%.*s\n", before, TEXT_ARG(written));
}

/* Where a pact is found again: in its folder, or by itself where it lies at the root. */
static Text found_in(const Found *pact) {
    Text folder = path_folder(pact->path);
    return folder.size ? folder : pact->path;
}

static void put_pacts(Search *search, Buffer *out, Text provider) {
    Map *folders = map_new(out->arena);
    for (size_t i = 0; i < search->pacts.count; i++) {
        const Found *pact = &search->pacts.items[i];
        Text value = found_in(pact);
        if (!text_equal(pact->name, provider) || map_get_text(folders, value))
            continue;
        if (!map_count(folders))
            buffer_add(out, TEXT("    pacts:\n"));
        map_put_text(folders, value, folders);
        put_path(out, "      - ", value);
    }
}

static void put_specs(Search *search, Buffer *out) {
    buffer_add(out, TEXT("# The descriptions. Each is compared with what it was where HEAD was "
                         "forked.\nspecs:\n"));
    for (size_t i = 0; i < search->descriptions.count; i++) {
        const Found *description = &search->descriptions.items[i];
        Text provider = provider_of(search, description);
        put_path(out, "  - path: ", description->path);
        if (provider.size) {
            put_value(out, "provider", provider);
            put_pacts(search, out, provider);
        } else {
            buffer_add(out, TEXT("    # provider: NAME      # as pacts call it\n"
                                 "    # pacts: [pacts]      # files and folders; who is recorded "
                                 "there decides\n"));
        }
    }
}

/* Pacts whose provider is none of the descriptions by name: they are told, and count for none. */
static void put_unassigned(Search *search, Buffer *out) {
    Arena *arena = search->edit->arena;
    Map *assigned = map_new(arena), *told = map_new(arena);
    for (size_t i = 0; i < search->descriptions.count; i++)
        map_put_text(assigned, provider_of(search, &search->descriptions.items[i]), assigned);
    for (size_t i = 0; i < search->pacts.count; i++) {
        const Found *pact = &search->pacts.items[i];
        Text where = found_in(pact);
        Text key = text_format(arena, "%.*s\n%.*s", TEXT_ARG(pact->name), TEXT_ARG(where));
        if (map_get_text(assigned, pact->name) || map_get_text(told, key))
            continue;
        if (!map_count(told))
            buffer_add(out, TEXT("\n# Pacts that were found, of providers that are none of these "
                                 "by their titles: `provider`\n# and `pacts` above say whose they "
                                 "are.\n"));
        map_put_text(told, key, told);
        Node name = {.kind = NODE_STRING, .text = pact->name};
        buffer_format(out, "#   provider: %.*s, in",
                      TEXT_ARG(node_to_json(arena, &name, SIZE_MAX)));
        put_path(out, " ", where);
        diagnose(&search->edit->diagnostics.all, INIT_PACTS_UNASSIGNED, (Place){0}, TEXT_ARG(where),
                 TEXT_ARG(pact->name));
    }
}

static const char explained[] =
    "\n"
    "# Who decides what is breaking: any-consumer (the rules) or recorded-consumers (the default\n"
    "# where there are pacts). For some operations it may be the other one:\n"
    "#policy: recorded-consumers\n"
    "#policies:\n"
    "#  - for: /public/**         # or GET /users/{id}, tag:public, id:getUser\n"
    "#    policy: any-consumer\n"
    "#    fail-on: conditional\n"
    "\n"
    "# Compare with another branch than the default one:\n"
    "#against: origin/main\n"
    "\n"
    "# What a rule says may count otherwise here (breakwater rules lists them):\n"
    "#compatibility:\n"
    "#  response-enum-value-added: compatible   # or conditional, breaking, off\n"
    "\n"
    "# Leave operations out:\n"
    "#exclude: [/internal/**]\n"
    "\n"
    "# Breaking changes that are let pass; breakwater waive ID --reason TEXT writes one.\n"
    "#waivers:\n"
    "#  - rule: response-property-removed\n"
    "#    operation: GET /users/{id}\n"
    "#    location: body.name\n"
    "#    reason: All consumers have moved.\n"
    "#    expires: 2027-01-31\n";

static bool init(bw_edit *edit, const void *options) {
    (void)options;
    Search search = {.edit = edit};
    Buffer out = {.arena = edit->arena};
    if (!search_files(&search))
        return false;
    if (!search.descriptions.count)
        return diagnose(&edit->diagnostics.all, NO_DESCRIPTION_FOUND, (Place){0}, CONFIG_NAME);
    buffer_add(&out, TEXT("# What `breakwater check` judges here. All keys are explained by\n"
                          "# breakwater-config.schema.json, which comes with breakwater.\n\n"));
    put_specs(&search, &out);
    put_unassigned(&search, &out);
    buffer_add(&out, text_from(explained));
    edit->text = buffer_text(&out);
    return true;
}

bw_status bw_init(bw_edit **edit) {
    return edit_make(init, NULL, edit);
}
