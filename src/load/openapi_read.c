#include "load/openapi_read.h"

#include "support/day.h"

#include "load/openapi_fields.h"

bool reader_full(const Reader *reader) {
    return reader->diagnostics->errors - reader->errors_before >= LOAD_ERROR_LIMIT;
}

bool reader_may_warn(Reader *reader, Place place) {
    if (reader->warnings++ == LOAD_REMARK_LIMIT)
        diagnose(reader->diagnostics, WARNINGS_LEFT_OUT, place, LOAD_REMARK_LIMIT);
    return reader->warnings <= LOAD_REMARK_LIMIT;
}

bool reader_may_note(Reader *reader, Place place) {
    if (reader->notes++ == LOAD_REMARK_LIMIT)
        diagnose(reader->diagnostics, NOTES_LEFT_OUT, place, LOAD_REMARK_LIMIT);
    return reader->notes <= LOAD_REMARK_LIMIT;
}

/* Parts of the root are read for many operations; what is wrong there is told once. */
static bool was_told(Reader *reader, const Node *value) {
    if (loaded_get(reader->told, value))
        return true;
    loaded_put(reader->arena, reader->told, value, reader);
    return false;
}

bool reader_wrong_kind(Reader *reader, const Node *value, Text keyword, const char *expected) {
    if (was_told(reader, value))
        return false;
    return reader_diagnose(reader, WRONG_KIND, node_place(value), TEXT_ARG(keyword), expected,
                           node_kind_name(value->kind));
}

bool reader_wrong_word(Reader *reader, const Node *value, Text keyword, Text word,
                       const char *const *words, size_t count) {
    if (was_told(reader, value))
        return false;
    size_t best = SIZE_MAX, nearest = 0;
    Buffer hint = {.arena = reader->arena};
    for (size_t i = 0; i < count; i++) {
        size_t distance = text_distance(word, text_from(words[i]));
        if (distance < best) {
            best = distance;
            nearest = i;
        }
        buffer_format(&hint, "%s`%s`", i == 0 ? "it is one of " : ", ", words[i]);
    }
    if (best <= word.size / 2) {
        hint.size = 0;
        buffer_format(&hint, "did you mean `%s`?", words[nearest]);
    }
    return reader_diagnose(reader, WRONG_WORD, node_place(value), TEXT_ARG(keyword), TEXT_ARG(word),
                           TEXT_ARG(buffer_text(&hint)));
}

const Node *reader_object(Reader *reader, const Node *node, const char *what) {
    if (reader_full(reader))
        return NULL;
    const Node *reference = node_member(node, TEXT("$ref"));
    if (reference && reference->kind != NODE_STRING) {
        reader_wrong_kind(reader, reference, TEXT("$ref"), "a string");
        return NULL;
    }
    const Node *object = references_follow(reader->references, node, what);
    if (object && object->kind == NODE_MAPPING)
        fields_check(reader, object, what);
    if (!object || object->kind == NODE_MAPPING)
        return object;
    if (!was_told(reader, object))
        reader_diagnose(reader, WRONG_OBJECT, node_place(object), what,
                        node_kind_name(object->kind));
    return NULL;
}

/* NULL where the member is absent or null, which writers mean by it. */
static const Node *given(const Node *owner, const char *key) {
    const Node *value = node_member(owner, text_from(key));
    return value && value->kind != NODE_NULL ? value : NULL;
}

static const Node *container(Reader *reader, const Node *owner, const char *key, NodeKind kind,
                             const char *expected) {
    const Node *value = given(owner, key);
    if (!value)
        return NULL;
    if (reference_of(value) && !reader_full(reader)) {
        value = references_follow(reader->references, value, expected);
        if (!value)
            return NULL;
    }
    if (value->kind == kind)
        return value;
    reader_wrong_kind(reader, value, text_from(key), expected);
    return NULL;
}

const Node *reader_mapping(Reader *reader, const Node *owner, const char *key) {
    return container(reader, owner, key, NODE_MAPPING, "a mapping");
}

const Node *reader_list(Reader *reader, const Node *owner, const char *key) {
    return container(reader, owner, key, NODE_SEQUENCE, "a list");
}

static bool is_text(const Node *node) {
    return node->kind == NODE_STRING || node->kind == NODE_NUMBER;
}

Text reader_text(Reader *reader, const Node *owner, const char *key) {
    const Node *value = given(owner, key);
    if (!value)
        return (Text){0};
    if (is_text(value))
        return value->text;
    reader_wrong_kind(reader, value, text_from(key), "a string");
    return (Text){0};
}

void reader_extension_unread(Reader *reader, const Node *value, Text key, const char *expected) {
    if (!was_told(reader, value))
        reader_warn(reader, EXTENSION_UNREAD, node_place(value), TEXT_ARG(key), expected,
                    node_kind_name(value->kind));
}

Text reader_date_of(Reader *reader, const Node *value, Text key) {
    Day day;
    if (!is_text(value)) {
        reader_extension_unread(reader, value, key, "a date");
        return (Text){0};
    }
    if (day_parse_http(value->text, &day)) /* as the header Sunset has it (RFC 8594) */
        return day_text(reader->arena, day);
    if (!day_parse(value->text, &day) && !was_told(reader, value))
        reader_warn(reader, NO_DATE, node_place(value), TEXT_ARG(key), TEXT_ARG(value->text));
    return value->text;
}

Text reader_date(Reader *reader, const Node *owner, const char *key) {
    const Node *value = given(owner, key);
    return value ? reader_date_of(reader, value, text_from(key)) : (Text){0};
}

bool reader_extension_flag(Reader *reader, const Node *owner, const char *key, bool otherwise) {
    const Node *value = given(owner, key);
    if (value && value->kind != NODE_BOOLEAN)
        reader_extension_unread(reader, value, text_from(key), "`true` or `false`");
    return value && value->kind == NODE_BOOLEAN ? value->boolean : otherwise;
}

bool reader_flag(Reader *reader, const Node *owner, const char *key, bool otherwise) {
    const Node *value = given(owner, key);
    if (!value)
        return otherwise;
    if (value->kind == NODE_BOOLEAN)
        return value->boolean;
    reader_wrong_kind(reader, value, text_from(key), "`true` or `false`");
    return otherwise;
}

bool reader_name(Reader *reader, const Node *item, Text keyword, Text *name) {
    if (!is_text(item))
        return !was_told(reader, item) &&
               reader_diagnose(reader, WRONG_NAME, node_place(item), TEXT_ARG(keyword),
                               node_kind_name(item->kind));
    *name = item->text;
    return true;
}

int reader_word(Reader *reader, const Node *owner, const char *key, const char *const *words,
                size_t count) {
    const Node *value = given(owner, key);
    if (!value)
        return -1;
    if (value->kind != NODE_STRING) {
        reader_wrong_kind(reader, value, text_from(key), "a string");
        return -1;
    }
    for (size_t i = 0; i < count; i++)
        if (text_is(value->text, words[i]))
            return (int)i;
    reader_wrong_word(reader, value, text_from(key), value->text, words, count);
    return -1;
}

void *loaded_get(const Map *loaded, const Node *node) {
    return map_get(loaded, &node, sizeof node);
}

void loaded_put(Arena *arena, Map *loaded, const Node *node, void *object) {
    const Node **key = arena_new_object(arena, const Node *);
    *key = node;
    map_put(loaded, key, sizeof *key, object);
}

bool is_extension(Text key) {
    return text_starts_with(key, TEXT("x-"));
}
