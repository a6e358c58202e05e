/* Owns questions about sets of texts: whether all that one set of facets takes match a pattern,
 * keep within lengths, or are among listed ones. Gives answers that are proven or none.
 *
 * Patterns are ECMA-262 regular expressions, found anywhere in a text. Decided are those made of
 * characters, classes, groups, alternation, quantifiers, `^`, `$` and lookahead; those with
 * backreferences, lookbehind, `\b` or \p, or too large, are not.
 */
#ifndef BREAKWATER_GRAPH_PATTERN_H
#define BREAKWATER_GRAPH_PATTERN_H

#include "graph/canonical.h"

Patterns *patterns_new(Arena *arena);

/* As pattern_accepts, for a run. */
Acceptance patterns_accept(Patterns *patterns, Text pattern, Text text);

typedef enum Inclusion { INCLUDED, NOT_INCLUDED, INCLUSION_UNPROVEN } Inclusion;

/* *witness, where it is not NULL and the answer is NOT_INCLUDED, is a text of the set that is
 * outside. Constraints of a set beside its patterns and lengths are not looked at. */
Inclusion texts_match(Patterns *patterns, const StringFacets *texts, Text pattern, Text *witness);
Inclusion texts_within(Patterns *patterns, const StringFacets *texts, Bound min_length,
                       Bound max_length, Text *witness);
Inclusion texts_among(Patterns *patterns, const StringFacets *texts, const Values *values,
                      Text *witness);

/* The texts with what their formats ask of them put as patterns, as far as that is known. */
StringFacets texts_with_formats(Patterns *patterns, const StringFacets *texts);

/* Whether it is proven that no text is in the set, or in both. */
bool texts_are_none(Patterns *patterns, const StringFacets *texts);
bool texts_are_apart(Patterns *patterns, const StringFacets *a, const StringFacets *b);

/* The texts that an anchored pattern lists, such as `^(a|b)$`; 0 where it is of another form. */
enum { PATTERN_NAMES = 16 };
size_t pattern_names(Text pattern, Text names[PATTERN_NAMES]);

/* Adds the pattern that one text alone matches. */
void pattern_add_text(Buffer *pattern, Text text);

#endif
