/* Loads a description from a text, for the tests of the OpenAPI loader. */
#ifndef BREAKWATER_TESTS_OPENAPI_TEXT_H
#define BREAKWATER_TESTS_OPENAPI_TEXT_H

#include "check.h"

#include "load/load.h"

typedef struct Loaded {
    Api *api; /* NULL: the load failed */
    Diagnostics diagnostics;
    uint32_t next_id;
} Loaded;

static inline Loaded *load_with(Arena *arena, const char *text, bool allow_unresolved) {
    Loaded *loaded = arena_new_object(arena, Loaded);
    loaded->diagnostics.arena = arena;
    Source source = {.file = TEXT("api.yaml"), .name = TEXT("api.yaml"), .bytes = text_from(text)};
    DocumentSet *set = document_set_new(arena, &loaded->diagnostics);
    const Document *document = document_parse(arena, &loaded->diagnostics, source);
    LoadOptions options = {allow_unresolved, &loaded->next_id};
    if (document)
        loaded->api = load_openapi(arena, &loaded->diagnostics, set, document, &options);
    return loaded;
}

static inline Loaded *load(Arena *arena, const char *text) {
    return load_with(arena, text, false);
}

static inline Operation *operation(const Loaded *loaded, size_t index) {
    static Operation none;
    return loaded->api && index < loaded->api->operations.count
               ? loaded->api->operations.items[index]
               : &none;
}

/* "3:7 message" of the n-th thing said, notes aside. */
static inline Text said(Arena *arena, const Loaded *loaded, size_t index) {
    for (size_t i = 0; i < loaded->diagnostics.list.count; i++) {
        const Diagnostic *diagnostic = &loaded->diagnostics.list.items[i];
        if (diagnostic->severity != SEVERITY_NOTE && index-- == 0)
            return text_format(arena, "%u:%u %.*s", diagnostic->place.line,
                               diagnostic->place.column, TEXT_ARG(diagnostic->message));
    }
    return TEXT("nothing");
}

#define CHECK_LOADED(loaded)                                                                       \
    do {                                                                                           \
        CHECK((loaded)->api != NULL);                                                              \
        if (!(loaded)->api) {                                                                      \
            printf("  %.*s\n", TEXT_ARG(said(arena, (loaded), 0)));                                \
            return;                                                                                \
        }                                                                                          \
    } while (0)

#endif
