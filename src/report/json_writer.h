/* Owns the writing of a large JSON text piece by piece, so that no more than one piece's tree
 * (jansson's) is in memory at a time, and a piece that occurs often is made once.
 * Knows nothing of what the pieces mean.
 */
#ifndef BREAKWATER_REPORT_JSON_WRITER_H
#define BREAKWATER_REPORT_JSON_WRITER_H

#include "support/excerpt.h"

#include <jansson.h>

typedef struct JsonWriter JsonWriter;

/* Begins the outermost object. Trees that are handed to the writer are its own from then on, and a
 * NULL tree is exhausted memory, as with jansson itself. */
JsonWriter *json_writer_new(Arena *arena);

/* The same for an outermost array, whose items are written right away. */
JsonWriter *json_array_writer_new(Arena *arena);

void json_write_member(JsonWriter *writer, const char *key, json_t *value);

/* An object that is freed with the arena where memory runs out while it is being filled: for
 * filling that itself allocates in the arena. To be written before the next one. */
json_t **json_hold_object(JsonWriter *writer);

/* A member that is an array: begin, its items, end. Items are trees, objects begun and ended, or
 * text that json_item_text made for an array as deep in the whole as this one. */
void json_begin_array(JsonWriter *writer, const char *key);
void json_write_item(JsonWriter *writer, json_t *item);
void json_begin_item(JsonWriter *writer);

/* A member that is an object: begin, its members, json_end_item. */
void json_begin_object(JsonWriter *writer, const char *key);
void json_end_item(JsonWriter *writer);
Text json_item_text(JsonWriter *writer, json_t *item);
void json_write_item_text(JsonWriter *writer, Text text);
void json_end_array(JsonWriter *writer);

/* Ends the outermost object or array; gives its text, indented by 2, with a line feed behind it. */
Text json_finish(JsonWriter *writer);

/* Puts a value, which may be NULL, into an object or array. Where memory is gone *object (*array)
 * becomes NULL and stays so, so that what lacks a part never passes as whole. */
void json_put(json_t **object, const char *key, json_t *value);
void json_append(json_t **array, json_t *item);

/* A string; bytes that are no UTF-8 become U+FFFD. */
json_t *json_from_text(Text text);

/* The same, and null where the text is empty. */
json_t *json_from_text_or_null(Text text);

json_t *json_from_count(size_t count);

/* {"file", "line", "column", "pointer"}, null where the place has no file. */
json_t *json_from_place(Place place, Text pointer);

/* The lines around a place, where there are any: without them a stored report could not be shown as
 * the first time. */
void json_put_excerpt(json_t **object, const Excerpt *excerpt);

#endif
