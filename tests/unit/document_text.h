/* What the tests of documents share: parsing a text, and checking one diagnostic of it. */
#ifndef BREAKWATER_TESTS_DOCUMENT_TEXT_H
#define BREAKWATER_TESTS_DOCUMENT_TEXT_H

#include "document/document.h"

#include "check.h"

typedef struct Parsed {
    const Document *document;
    Diagnostics diagnostics;
} Parsed;

static inline Parsed parse_bytes(Arena *arena, const char *file, Text bytes) {
    Parsed parsed = {.diagnostics = {.arena = arena}};
    /* A copy of its own, so that a sanitizer sees a step beyond its end. */
    Text copy = {memcpy(arena_alloc(arena, bytes.size), bytes.data, bytes.size), bytes.size};
    Source source = {.name = text_from(file), .file = text_from(file), .bytes = copy};
    parsed.document = document_parse(arena, &parsed.diagnostics, source);
    CHECK((parsed.document != NULL) == (parsed.diagnostics.list.count == 0));
    CHECK((parsed.document == NULL) == (parsed.diagnostics.errors == 1));
    return parsed;
}

static inline const Node *parse(Arena *arena, const char *text) {
    Parsed parsed = parse_bytes(arena, "a.yaml", text_from(text));
    if (parsed.document)
        return parsed.document->root;
    printf("not read: %s\n%.*s\n", text, TEXT_ARG(parsed.diagnostics.list.items[0].message));
    CHECK(parsed.document);
    exit(1);
}

/* The only diagnostic, which must be that one at that place. */
static inline const Diagnostic *fails_bytes(Arena *arena, const char *file, Text bytes,
                                            DiagnosticId id, uint32_t line, uint32_t column) {
    static const Diagnostic none;
    Parsed parsed = parse_bytes(arena, file, bytes);
    CHECK(!parsed.document);
    if (!parsed.diagnostics.list.count)
        return &none;
    const Diagnostic *diagnostic = &parsed.diagnostics.list.items[0];
    if (diagnostic->id != id || diagnostic->place.line != line ||
        diagnostic->place.column != column) {
        CHECK(!"the diagnostic expected");
        printf("  %.60s\n  %u:%u: %.*s\n", bytes.data, diagnostic->place.line,
               diagnostic->place.column, TEXT_ARG(diagnostic->message));
    }
    return diagnostic;
}

static inline const Diagnostic *fails(Arena *arena, const char *text, DiagnosticId id,
                                      uint32_t line, uint32_t column) {
    return fails_bytes(arena, "a.yaml", text_from(text), id, line, column);
}

static inline const Node *at(const Node *root, const char *pointer) {
    const Node *node = node_at(root, text_from(pointer));
    CHECK(node);
    return node ? node : root;
}

static inline void check_place(Place place, uint32_t line, uint32_t column) {
    if (place.line != line || place.column != column) {
        CHECK(!"the place expected");
        printf("  expected %u:%u, got %u:%u\n", line, column, place.line, place.column);
    }
}

static inline void check_json(Arena *arena, const char *text, const char *json) {
    CHECK_TEXT(node_to_json(arena, parse(arena, text), SIZE_MAX), json);
}

static inline void check_same(Arena *arena, const char *a, const char *b, bool same) {
    const Node *left = parse(arena, a), *right = parse(arena, b);
    CHECK(node_equal(left, right) == same);
    CHECK(node_equal(right, left) == same);
}

static inline char *repeated(Arena *arena, const char *part, size_t count) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        buffer_add(&out, text_from(part));
    buffer_add_byte(&out, '\0');
    return out.data;
}

static inline const char *joined(Arena *arena, const char *a, const char *b, const char *c) {
    return text_format(arena, "%s%s%s", a, b, c).data;
}

#endif
