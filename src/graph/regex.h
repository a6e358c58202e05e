/* Owns regular languages over code points: expressions, each distinct one made once, and their
 * derivatives. Gives what the questions of pattern.h are made of. Knows nothing of JSON Schema.
 * Inside graph/ only.
 *
 * The derivative of a language by a character is what may follow it (Brzozowski 1964), so an
 * expression is the state of an automaton that is made while it is walked, and meeting and negating
 * languages is no more work than joining them. Characters that no set of the expressions tells
 * apart are one class. `^` and `$` are expressions that match nothing but a position: a derivative
 * and whether the empty text matches are asked for with that position.
 */
#ifndef BREAKWATER_GRAPH_REGEX_H
#define BREAKWATER_GRAPH_REGEX_H

#include "graph/character_set.h"
#include "support/text.h"

enum { REGEX_CLASS_LIMIT = 128, REPEAT_LIMIT = 65535 };
#define REPEAT_FOREVER UINT32_MAX

typedef struct Regex Regex;
typedef struct Regexes Regexes; /* all expressions of one question */

/* `work` and memory are bounded: beyond that regexes_exhausted is true and no answer counts. */
Regexes *regexes_new(Arena *scratch, size_t work);
bool regexes_exhausted(const Regexes *regexes);
size_t regexes_work(const Regexes *regexes);

const Regex *regex_nothing(const Regexes *regexes);  /* no text at all */
const Regex *regex_empty(const Regexes *regexes);    /* the empty text */
const Regex *regex_anything(const Regexes *regexes); /* every text */
const Regex *regex_start(const Regexes *regexes);
const Regex *regex_end(const Regexes *regexes);
const Regex *regex_character(Regexes *regexes, const CharacterSet *settled);
const Regex *regex_sequence(Regexes *regexes, const Regex *first, const Regex *rest);
const Regex *regex_either(Regexes *regexes, const Regex *a, const Regex *b);
const Regex *regex_both(Regexes *regexes, const Regex *a, const Regex *b);
const Regex *regex_not(Regexes *regexes, const Regex *body);

/* NULL where it is not supported: a body with a lookahead, or one with `^` or `$` that must come
 * more than a few times. */
const Regex *regex_repeat(Regexes *regexes, const Regex *body, uint32_t least, uint32_t most);

/* A text of which `body` (does not, if negative) match a beginning. */
const Regex *regex_look(Regexes *regexes, const Regex *body, bool negative);

/* Whether nothing but a position is matched: a quantifier behind it is an error in ECMA-262. */
bool regex_is_assertion(const Regex *regex);

/* The expression followed by `rest`, in which no lookahead is left. */
const Regex *regex_followed_by(Regexes *regexes, const Regex *regex, const Regex *rest);

/* Whether a well-formed text is of the language; in time by its length once the automaton is made.
 * Means nothing where regexes_exhausted. */
bool regex_has_text(Regexes *regexes, const Regex *regex, Text text);

/* The shortest text of the language, in the arena. False: it is empty, or regexes_exhausted. No
 * new characters may come into play after the first search. */
bool regex_find_text(Regexes *regexes, const Regex *regex, Arena *arena, Text *text);

#endif
