/* What the tests of the pact loader share: how a pact is loaded, and what its matchers leave. */
#ifndef BREAKWATER_TESTS_PACT_NOTATION_H
#define BREAKWATER_TESTS_PACT_NOTATION_H

#include "load/load.h"

#include "type_notation.h"

#include "check.h"

/* ---- Loading --------------------------------------------------------------------------------- */

typedef struct Loaded {
    Expectations expectations;
    Diagnostics diagnostics;
    const Document *document;
    bool loaded;
} Loaded;

static inline const Document *parse(Arena *arena, Diagnostics *diagnostics, Text text) {
    Source source = {.kind = SOURCE_FILE,
                     .name = TEXT("pact.json"),
                     .file = TEXT("pact.json"),
                     .path = TEXT("pact.json"),
                     .bytes = text};
    return document_parse(arena, diagnostics, source);
}

static inline Loaded *load(Arena *arena, Text text) {
    Loaded *loaded = arena_new_object(arena, Loaded);
    loaded->diagnostics.arena = arena;
    loaded->document = parse(arena, &loaded->diagnostics, text);
    CHECK(loaded->document != NULL);
    uint32_t *next_type_id = arena_new_object(arena, uint32_t);
    LoadOptions options = {.next_type_id = next_type_id};
    if (loaded->document)
        loaded->loaded = load_pact(arena, &loaded->diagnostics, NULL, loaded->document, &options,
                                   &loaded->expectations);
    return loaded;
}

/* A pact of `version` with one interaction, which must load. */
static inline const Interaction *load_one(Arena *arena, const char *version, const char *request,
                                          const char *response) {
    Text text = text_format(
        arena,
        "{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, \"interactions\": [\n"
        "{\"description\": \"d\", \"request\": {\"method\": \"post\", \"path\": \"/p\"%s%s},\n"
        "\"response\": {\"status\": 200%s%s}}],\n"
        "\"metadata\": {\"pactSpecification\": {\"version\": \"%s\"}}}",
        *request ? ", " : "", request, *response ? ", " : "", response, version);
    Loaded *loaded = load(arena, text);
    CHECK(loaded->loaded);
    for (size_t i = 0; i < loaded->diagnostics.list.count; i++)
        printf("%.*s\n", TEXT_ARG(loaded->diagnostics.list.items[i].message));
    static const Interaction none;
    CHECK(loaded->expectations.interactions.count == 1);
    return loaded->expectations.interactions.count ? loaded->expectations.interactions.items[0]
                                                   : &none;
}

#define RULE(path, matcher) "\"" path "\": {\"matchers\": [" matcher "]}"
#define TYPE                "{\"match\": \"type\"}"

static inline Text residues(Arena *arena, const Interaction *interaction) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < interaction->residues.count; i++)
        buffer_format(&out, "%s%.*s: %.*s", i ? "; " : "",
                      TEXT_ARG(interaction->residues.items[i].place),
                      TEXT_ARG(interaction->residues.items[i].matcher));
    return out.size ? buffer_text(&out) : TEXT("");
}

#endif
