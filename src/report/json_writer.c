#include "report/json_writer.h"

#include "report/printable.h"

#include <stdlib.h>

/* Of objects and arrays within each other. */
enum { DEPTH_MOST = 8, INDENT = 2 };

struct JsonWriter {
    Buffer out;
    json_t *tree; /* what is being written: freed with the arena where memory runs out halfway */
    char *dump;
    char closing; /* bracket of the outermost */
    size_t depth; /* of what is open, the outermost object being 1 */
    bool has_content[DEPTH_MOST + 1];
};

static void release(void *resource) {
    JsonWriter *writer = resource;
    json_decref(writer->tree);
    free(writer->dump);
    writer->tree = NULL;
    writer->dump = NULL;
}

static void indent(Buffer *out, size_t depth) {
    static const char spaces[DEPTH_MOST * INDENT + 1] = "                ";
    buffer_add(out, (Text){spaces, depth * INDENT});
}

/* ---- what is open ---------------------------------------------------------------------------- */

static void open_bracket(JsonWriter *writer, char bracket) {
    buffer_add_byte(&writer->out, bracket);
    writer->has_content[++writer->depth] = false;
}

static void close_bracket(JsonWriter *writer, char bracket) {
    bool has_content = writer->has_content[writer->depth--];
    if (has_content) {
        buffer_add_byte(&writer->out, '\n');
        indent(&writer->out, writer->depth);
    }
    buffer_add_byte(&writer->out, bracket);
}

static void begin_line(JsonWriter *writer) {
    buffer_add(&writer->out, writer->has_content[writer->depth] ? TEXT(",\n") : TEXT("\n"));
    writer->has_content[writer->depth] = true;
    indent(&writer->out, writer->depth);
}

static void begin_member(JsonWriter *writer, const char *key) {
    begin_line(writer);
    buffer_add_byte(&writer->out, '"');
    buffer_add(&writer->out, text_from(key));
    buffer_add(&writer->out, TEXT("\": "));
}

static JsonWriter *writer_new(Arena *arena, char bracket, char closing) {
    JsonWriter *writer = arena_new_object(arena, JsonWriter);
    writer->out.arena = arena;
    writer->closing = closing;
    arena_on_free(arena, release, writer);
    open_bracket(writer, bracket);
    return writer;
}

JsonWriter *json_writer_new(Arena *arena) {
    return writer_new(arena, '{', '}');
}

JsonWriter *json_array_writer_new(Arena *arena) {
    return writer_new(arena, '[', ']');
}

Text json_finish(JsonWriter *writer) {
    close_bracket(writer, writer->closing);
    buffer_add_byte(&writer->out, '\n');
    return buffer_text(&writer->out);
}

void json_begin_array(JsonWriter *writer, const char *key) {
    begin_member(writer, key);
    open_bracket(writer, '[');
}

void json_end_array(JsonWriter *writer) {
    close_bracket(writer, ']');
}

void json_begin_item(JsonWriter *writer) {
    begin_line(writer);
    open_bracket(writer, '{');
}

void json_begin_object(JsonWriter *writer, const char *key) {
    begin_member(writer, key);
    open_bracket(writer, '{');
}

void json_end_item(JsonWriter *writer) {
    close_bracket(writer, '}');
}

/* ---- trees ----------------------------------------------------------------------------------- */

/* jansson indents from the left margin; within the whole, lines stand further in. Strings hold no
 * line feed in JSON, so each one is an end of line. */
static void add_tree(JsonWriter *writer, Buffer *out, json_t *tree) {
    writer->tree = tree;
    if (tree)
        writer->dump = json_dumps(tree, JSON_INDENT(INDENT) | JSON_ENCODE_ANY);
    if (!writer->dump)
        arena_exhausted(out->arena);
    Text dump = text_from(writer->dump);
    for (size_t from = 0, end; from < dump.size; from = end) {
        size_t feed = text_find_byte(dump, '\n', from);
        end = feed == SIZE_MAX ? dump.size : feed + 1;
        buffer_add(out, text_slice(dump, from, end));
        if (feed != SIZE_MAX)
            indent(out, writer->depth);
    }
    release(writer);
}

void json_write_member(JsonWriter *writer, const char *key, json_t *value) {
    writer->tree = value;
    begin_member(writer, key);
    add_tree(writer, &writer->out, value);
}

json_t **json_hold_object(JsonWriter *writer) {
    writer->tree = json_object();
    return &writer->tree;
}

void json_write_item(JsonWriter *writer, json_t *item) {
    writer->tree = item;
    begin_line(writer);
    add_tree(writer, &writer->out, item);
}

Text json_item_text(JsonWriter *writer, json_t *item) {
    Buffer text = {.arena = writer->out.arena};
    add_tree(writer, &text, item);
    return buffer_text(&text);
}

void json_write_item_text(JsonWriter *writer, Text text) {
    begin_line(writer);
    buffer_add(&writer->out, text);
}

void json_put(json_t **object, const char *key, json_t *value) {
    if (json_object_set_new_nocheck(*object, key, value) == 0)
        return;
    json_decref(*object);
    *object = NULL;
}

void json_append(json_t **array, json_t *item) {
    if (json_array_append_new(*array, item) == 0)
        return;
    json_decref(*array);
    *array = NULL;
}

/* Off the arena, so that no escape leaves a half-built tree behind. */
static json_t *from_malformed(Text text) {
    char *mended = malloc(text.size * 3 + 1);
    if (!mended)
        return NULL;
    size_t size = 0;
    for (size_t i = 0; i < text.size;) {
        size_t start = i;
        bool bad = utf8_next(text, &i) == NOT_A_CODE_POINT;
        memcpy(mended + size, bad ? "\xef\xbf\xbd" : text.data + start, bad ? 3 : i - start);
        size += bad ? 3 : i - start;
    }
    json_t *string = json_stringn(mended, size);
    free(mended);
    return string;
}

json_t *json_from_text(Text text) {
    if (!text_is_utf8(text, NULL))
        return from_malformed(text);
    return json_stringn_nocheck(text.data ? text.data : "", text.size);
}

json_t *json_from_text_or_null(Text text) {
    return text.size ? json_from_text(text) : json_null();
}

json_t *json_from_count(size_t count) {
    return json_integer((json_int_t)count);
}

json_t *json_from_place(Place place, Text pointer) {
    if (!place.file.size)
        return json_null();
    json_t *object = json_object();
    json_put(&object, "file", json_from_text(place.file));
    json_put(&object, "line", json_integer(place.line));
    json_put(&object, "column", json_integer(place.column));
    json_put(&object, "pointer", json_from_text(pointer));
    return object;
}

static json_t *excerpt_json(const Excerpt *excerpt) {
    json_t *object = json_object(), *lines = json_array();
    for (size_t i = 0; i < excerpt->lines.count; i++)
        json_append(&lines, json_from_text(excerpt->lines.items[i]));
    json_put(&object, "line", json_integer(excerpt->line));
    json_put(&object, "column", json_integer(excerpt->column));
    json_put(&object, "lines", lines);
    return object;
}

void json_put_excerpt(json_t **object, const Excerpt *excerpt) {
    if (excerpt->line && json_is_object(*object))
        json_put(object, "excerpt", excerpt_json(excerpt));
}
