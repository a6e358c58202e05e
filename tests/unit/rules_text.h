/* Rules and changes as short texts, for the tests of src/rules. */
#ifndef BREAKWATER_TESTS_UNIT_RULES_TEXT_H
#define BREAKWATER_TESTS_UNIT_RULES_TEXT_H

#include "check.h"

#include "rules/layer.h"

static inline Diagnostics *new_diagnostics(Arena *arena) {
    Diagnostics *diagnostics = arena_new_object(arena, Diagnostics);
    diagnostics->arena = arena;
    return diagnostics;
}

/* "LINE:COLUMN message", a second place behind it, and one line for each diagnostic. */
static inline Text told(Arena *arena, const Diagnostics *diagnostics) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        const Diagnostic *item = &diagnostics->list.items[i];
        buffer_format(&out, "%s%u:%u %.*s", i ? "\n" : "", item->place.line, item->place.column,
                      TEXT_ARG(item->message));
        if (item->second_label.size)
            buffer_format(&out, " (%u:%u %.*s)", item->second_place.line, item->second_place.column,
                          TEXT_ARG(item->second_label));
    }
    return buffer_text(&out);
}

static inline Text checked_file(Arena *arena, const char *name, const char *text) {
    Layer layer = {.arena = arena, .diagnostics = new_diagnostics(arena)};
    Source source = {.kind = SOURCE_FILE,
                     .name = text_from(name),
                     .file = text_from(name),
                     .bytes = text_from(text)};
    RuleSet below = {0};
    bool right = layer_read(&layer, &source) && layer_check(&layer, &below);
    CHECK(right == (layer.diagnostics->errors == 0));
    return told(arena, layer.diagnostics);
}

static inline Text checked(Arena *arena, const char *text) {
    return checked_file(arena, "some.yaml", text);
}

/* A right rule but for one line, which is the second of the file. */
#define RULE_REST                                                                                  \
    "  purpose: A property is gone.\n  compatibility: breaking\n"                                  \
    "  message: gone\n  why: It is.\n  help: keep it\n"
#define RULE(id, lines) "- id: " id "\n" lines RULE_REST

#define ROW(id, when) RULE(id, "  change: property.added\n" when)

/* A change with attributes as "name=value name=value". */
static inline Change *change_of(Arena *arena, ChangeKind kind, Direction direction,
                                const char *text) {
    Change *change = arena_new_object(arena, Change);
    change->kind = kind;
    change->direction = direction;
    Text rest = text_from(text);
    while (rest.size) {
        size_t end = text_find_byte(rest, ' ', 0);
        Text item = text_slice(rest, 0, end < rest.size ? end : rest.size);
        size_t equals = text_find_byte(item, '=', 0);
        Attribute attribute = {attribute_by_word(text_slice(item, 0, equals)),
                               text_slice(item, equals + 1, item.size)};
        array_push(arena, &change->attributes, attribute);
        rest = text_slice(rest, item.size < rest.size ? item.size + 1 : rest.size, rest.size);
    }
    return change;
}

#endif
