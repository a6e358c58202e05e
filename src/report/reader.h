/* Owns the reading of members of stored reports: what is missing or of another kind is a diagnostic
 * with its place. Knows nothing of what they mean. Internal to report/.
 */
#ifndef BREAKWATER_REPORT_READER_H
#define BREAKWATER_REPORT_READER_H

#include "impact/verdict.h"
#include "support/map.h"

typedef struct Reader {
    Arena *arena;
    Diagnostics *diagnostics;
    Map *rules; /* Rule by id */
} Reader;

/* Each gives false or NULL where it is diagnosed that the member is not there, or is wrong. */
const Node *read_member(Reader *reader, const Node *object, const char *key);
bool read_wrong_kind(Reader *reader, const Node *node, const char *key, const char *expected);
bool read_text(Reader *reader, const Node *object, const char *key, Text *text);

/* A string, or null for an empty one. */
bool read_text_or_null(Reader *reader, const Node *object, const char *key, Text *text);

/* A string, or no member at all. */
bool read_optional_text(Reader *reader, const Node *object, const char *key, Text *text);
bool read_count(Reader *reader, const Node *object, const char *key, size_t *count);
bool read_number(Reader *reader, const Node *object, const char *key, uint32_t *number);
const Node *read_array(Reader *reader, const Node *object, const char *key);
bool read_is_object(Reader *reader, const Node *node, const char *key);
const Node *read_object(Reader *reader, const Node *object, const char *key);

/* The index of a word in a list of `count`. */
bool read_word(Reader *reader, const Node *object, const char *key, const char *const *words,
               size_t count, size_t *index);

/* Whether there is such a member, and it is true. */
bool read_is_true(const Node *object, const char *key);

/* A place with its excerpt, or null where there is none; *absent: the thing itself is not there. */
bool read_location(Reader *reader, const Node *object, const char *key, Location *location,
                   bool *absent);
bool read_names(Reader *reader, const Node *object, const char *key, Text **names, size_t *count);

#endif
