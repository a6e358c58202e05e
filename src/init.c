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

static Text name_in(Arena *arena, const Source *source, const char *object, const char *member) {
    Diagnostics unheard = {.arena = arena};
    const Document *document = document_parse(arena, &unheard, *source);
    const Node *holder = document ? node_member(document->root, text_from(object)) : NULL;
    const Node *name = holder ? node_member(holder, text_from(member)) : NULL;
    return name && name->kind == NODE_STRING ? name->text : (Text){0};
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
    if (contents == CONTENTS_DESCRIPTION) {
        found.name = name_in(arena, &source, "info", "title");
        array_push(arena, &search->descriptions, found);
    } else if (contents == CONTENTS_PACT) {
        found.name = name_in(arena, &source, "provider", "name");
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

static void put_pacts(Search *search, Buffer *out, Text provider) {
    Map *folders = map_new(out->arena);
    for (size_t i = 0; i < search->pacts.count; i++) {
        const Found *pact = &search->pacts.items[i];
        Text folder = path_folder(pact->path);
        Text value = folder.size ? folder : pact->path;
        if (!text_equal(pact->name, provider) || map_get_text(folders, value))
            continue;
        if (!map_count(folders))
            buffer_add(out, TEXT("    pacts:\n"));
        map_put_text(folders, value, folders);
        buffer_format(out, "      - %.*s\n", TEXT_ARG(value));
    }
}

static void put_specs(Search *search, Buffer *out) {
    buffer_add(out, TEXT("# The descriptions. Each is compared with what it was where HEAD was "
                         "forked.\nspecs:\n"));
    for (size_t i = 0; i < search->descriptions.count; i++) {
        const Found *description = &search->descriptions.items[i];
        Text provider = provider_of(search, description);
        buffer_format(out, "  - path: %.*s\n", TEXT_ARG(description->path));
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
    buffer_add(&out, text_from(explained));
    edit->text = buffer_text(&out);
    return true;
}

bw_status bw_init(bw_edit **edit) {
    return edit_make(init, NULL, edit);
}
