#include "report/reader.h"

/* ---- members --------------------------------------------------------------------------------- */

const Node *read_member(Reader *reader, const Node *object, const char *key) {
    const Node *found = node_member(object, text_from(key));
    if (!found)
        diagnose(reader->diagnostics, REPORT_MEMBER_MISSING, node_place(object), key);
    return found;
}

bool read_wrong_kind(Reader *reader, const Node *node, const char *key, const char *expected) {
    return diagnose(reader->diagnostics, REPORT_WRONG_KIND, node_place(node), key, expected,
                    node_kind_name(node->kind));
}

bool read_text(Reader *reader, const Node *object, const char *key, Text *text) {
    const Node *found = read_member(reader, object, key);
    if (!found)
        return false;
    if (found->kind != NODE_STRING)
        return read_wrong_kind(reader, found, key, "a string");
    *text = found->text;
    return true;
}

/* A string, or null for an empty one. */
bool read_text_or_null(Reader *reader, const Node *object, const char *key, Text *text) {
    const Node *found = read_member(reader, object, key);
    if (found && found->kind == NODE_NULL)
        return true;
    return found && read_text(reader, object, key, text);
}

bool read_optional_text(Reader *reader, const Node *object, const char *key, Text *text) {
    return !node_member(object, text_from(key)) || read_text(reader, object, key, text);
}

bool read_count(Reader *reader, const Node *object, const char *key, size_t *count) {
    const Node *found = read_member(reader, object, key);
    if (!found)
        return false;
    if (found->kind != NODE_NUMBER || !found->text.size || found->text.size > 9)
        return read_wrong_kind(reader, found, key, "a whole number from 0 on");
    size_t value = 0;
    for (size_t i = 0; i < found->text.size; i++) {
        char digit = found->text.data[i];
        if (digit < '0' || digit > '9')
            return read_wrong_kind(reader, found, key, "a whole number from 0 on");
        value = value * 10 + (size_t)(digit - '0');
    }
    *count = value;
    return true;
}

bool read_number(Reader *reader, const Node *object, const char *key, uint32_t *number) {
    size_t count = 0;
    bool good = read_count(reader, object, key, &count);
    *number = (uint32_t)count;
    return good;
}

const Node *read_array(Reader *reader, const Node *object, const char *key) {
    const Node *found = read_member(reader, object, key);
    if (!found || found->kind == NODE_SEQUENCE)
        return found;
    read_wrong_kind(reader, found, key, "a sequence");
    return NULL;
}

bool read_is_object(Reader *reader, const Node *node, const char *key) {
    return node->kind == NODE_MAPPING || read_wrong_kind(reader, node, key, "a mapping");
}

const Node *read_object(Reader *reader, const Node *object, const char *key) {
    const Node *found = read_member(reader, object, key);
    return found && read_is_object(reader, found, key) ? found : NULL;
}

/* The index of a word in a list of `count`. */
bool read_word(Reader *reader, const Node *object, const char *key, const char *const *words,
               size_t count, size_t *index) {
    Text word = {0};
    if (!read_text(reader, object, key, &word))
        return false;
    for (*index = 0; *index < count; ++*index)
        if (text_is(word, words[*index]))
            return true;
    return diagnose(reader->diagnostics, REPORT_UNKNOWN_WORD,
                    node_place(node_member(object, text_from(key))), key, TEXT_ARG(word));
}

bool read_is_true(const Node *object, const char *key) {
    const Node *found = node_member(object, text_from(key));
    return found && found->kind == NODE_BOOLEAN && found->boolean;
}

/* ---- places ---------------------------------------------------------------------------------- */

static bool read_excerpt(Reader *reader, const Node *object, Excerpt *excerpt) {
    if (!read_is_object(reader, object, "excerpt") ||
        !read_number(reader, object, "line", &excerpt->line) ||
        !read_number(reader, object, "column", &excerpt->column))
        return false;
    const Node *lines = read_array(reader, object, "lines");
    for (uint32_t i = 0; lines && i < lines->count; i++) {
        if (lines->items[i]->kind != NODE_STRING)
            return read_wrong_kind(reader, lines->items[i], "lines", "a string");
        array_push(reader->arena, &excerpt->lines, lines->items[i]->text);
    }
    return lines != NULL;
}

bool read_location(Reader *reader, const Node *change, const char *key, Location *location,
                   bool *absent) {
    const Node *object = read_member(reader, change, key);
    if (!object)
        return false;
    if (object->kind == NODE_NULL) {
        *absent = true;
        return true;
    }
    *absent = read_is_true(object, "absent");
    if (!read_is_object(reader, object, key) ||
        !read_text(reader, object, "file", &location->place.file) ||
        !read_number(reader, object, "line", &location->place.line) ||
        !read_number(reader, object, "column", &location->place.column) ||
        !read_text(reader, object, "pointer", &location->pointer))
        return false;
    if (!location->place.file.size)
        return diagnose(reader->diagnostics, REPORT_UNKNOWN_WORD, node_place(object), "file",
                        TEXT_ARG(location->place.file));
    const Node *excerpt = node_member(object, TEXT("excerpt"));
    return !excerpt || read_excerpt(reader, excerpt, &location->excerpt);
}

bool read_names(Reader *reader, const Node *object, const char *key, Text **names, size_t *count) {
    const Node *list = read_array(reader, object, key);
    if (!list)
        return false;
    *names = arena_new_array(reader->arena, list->count, Text);
    *count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind != NODE_STRING)
            return read_wrong_kind(reader, list->items[i], key, "a string");
        (*names)[i] = list->items[i]->text;
    }
    return true;
}
