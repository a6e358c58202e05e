/* Owns the lines that are shown around a place, so that a reader need not open the file.
 * Knows nothing of documents or output: lines come as the file has them.
 */
#ifndef BREAKWATER_SUPPORT_EXCERPT_H
#define BREAKWATER_SUPPORT_EXCERPT_H

#include "support/diagnostics.h"

/* Lines that follow each other, all cut to the same columns: files in the wild have lines of 17,000
 * characters. */
typedef struct Excerpt {
    uint32_t line;   /* number of the first one; 0: there is no excerpt */
    uint32_t column; /* of their first character */
    ARRAY(Text) lines;
} Excerpt;

/* Finds lines in several files, each of which is searched from its beginning once. */
typedef struct Excerpts Excerpts;

Excerpts *excerpts_new(Arena *arena);

/* The place's line with a few before and behind it; none where the place has no line or no content.
 * The lines point into the content. */
Excerpt excerpt_at(Excerpts *excerpts, Place place);

/* The line of an excerpt with a number; empty where it is not in it. */
Text excerpt_line(const Excerpt *excerpt, uint32_t line);

/* The word that begins in a place's column, a quoted one whole, as bytes of the excerpt's line.
 * False: the excerpt does not hold the place. */
bool excerpt_word(const Excerpt *excerpt, Place place, size_t *from, size_t *to);

#endif
