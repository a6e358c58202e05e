/* Owns how members of a description's objects are read: the kind that each must have, and what is
 * said where it has another.
 * Gives readers of members by name. Knows nothing of what the members mean.
 *
 * Nothing here stops the loading: what is wrong counts as absent, and the load fails at its end
 * because something was said.
 */
#ifndef BREAKWATER_LOAD_OPENAPI_READ_H
#define BREAKWATER_LOAD_OPENAPI_READ_H

#include "load/load.h"
#include "load/reference.h"
#include "support/map.h"

typedef struct Reader {
    Arena *arena;
    Diagnostics *diagnostics;
    References *references;
    Map *told;              /* nodes of which it was said that they are wrong */
    Map *unknown_fields;    /* told already, by kind of object and name */
    size_t errors_before;   /* errors of the diagnostics that are not this load's */
    size_t warnings, notes; /* as many as there were to say */
} Reader;

/* As diagnose, but silent once the limit is reached. */
#define reader_diagnose(reader, id, place, ...)                                                    \
    (reader_full(reader) ? false : diagnose((reader)->diagnostics, id, (place), ##__VA_ARGS__))

/* As diagnose for warnings and notes, of which those beyond LOAD_REMARK_LIMIT are left out. */
#define reader_warn(reader, id, place, ...)                                                        \
    (reader_may_warn((reader), (place))                                                            \
         ? diagnose((reader)->diagnostics, id, (place), ##__VA_ARGS__)                             \
         : false)
#define reader_note(reader, id, place, ...)                                                        \
    (reader_may_note((reader), (place))                                                            \
         ? diagnose((reader)->diagnostics, id, (place), ##__VA_ARGS__)                             \
         : false)

/* Whether as many errors were said as anyone reads; loading may stop. */
bool reader_full(const Reader *reader);

/* Counts a warning (a note) that is to be said of a place; false where it is one too many. */
bool reader_may_warn(Reader *reader, Place place);
bool reader_may_note(Reader *reader, Place place);

/* Says that the value of `keyword` is not what it must be ("a list of names"); false. */
bool reader_wrong_kind(Reader *reader, const Node *value, Text keyword, const char *expected);

/* Says that `word` is none of `words`, with the nearest if one is near, else with all; false. */
bool reader_wrong_word(Reader *reader, const Node *value, Text keyword, Text word,
                       const char *const *words, size_t count);

/* The mapping that a node stands for, its `$ref` followed. `what`: "a parameter".
 * NULL: diagnosed. */
const Node *reader_object(Reader *reader, const Node *node, const char *what);

/* In all that follow a member that is null (YAML's `tags:` alone) counts as absent.
 *
 * A member that is a mapping or a list, a `$ref` in its place followed. NULL where it is absent or
 * wrong. */
const Node *reader_mapping(Reader *reader, const Node *owner, const char *key);
const Node *reader_list(Reader *reader, const Node *owner, const char *key);

/* Empty where the member is absent or wrong. A number's digits are taken as the text that they are:
 * `version: 1.0`. */
Text reader_text(Reader *reader, const Node *owner, const char *key);

/* The same for a date that is an extension: what speaks of none that can be read is undated. */
Text reader_date(Reader *reader, const Node *owner, const char *key);

/* A date as it is written, with a warning where it is none of the calendar; empty, with a warning,
 * where it is no text. */
Text reader_date_of(Reader *reader, const Node *value, Text key);

/* Warns that an extension is not as it is known, since others may mean something else by it. */
void reader_extension_unread(Reader *reader, const Node *value, Text key, const char *expected);

/* A flag that is an extension: absent where it is neither true nor false, with a warning. */
bool reader_extension_flag(Reader *reader, const Node *owner, const char *key, bool otherwise);

bool reader_flag(Reader *reader, const Node *owner, const char *key, bool otherwise);

/* The text of a name in a list ("a list of names"). False: diagnosed. */
bool reader_name(Reader *reader, const Node *item, Text keyword, Text *name);

/* The index in `words` of a member's text; -1 where the member is absent or wrong. */
int reader_word(Reader *reader, const Node *owner, const char *key, const char *const *words,
                size_t count);

/* Objects that were loaded already, by the node that they were loaded of. */
void *loaded_get(const Map *loaded, const Node *node);
void loaded_put(Arena *arena, Map *loaded, const Node *node, void *object);

/* Whether a member is an extension of its object ("x-…"). */
bool is_extension(Text key);

#endif
