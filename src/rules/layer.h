/* Owns what the files of rules/ share: a layer, which is the rules of one folder as they are read.
 * Inside rules/ only; rules.h is what other stages see.
 */
#ifndef BREAKWATER_RULES_LAYER_H
#define BREAKWATER_RULES_LAYER_H

#include "rules/rules.h"

/* An entry of `retired.yaml`, with its places. */
typedef struct RetiredEntry {
    RetiredRule rule;
    Place place, successor_place;
} RetiredEntry;

typedef struct Layer {
    Arena *arena;
    Diagnostics *diagnostics;
    ARRAY(Rule *) rules; /* in the files' order */
    ARRAY(RetiredEntry) retired;
} Layer;

/* Reads a file of rules, or the list of retired ids where the file is named `retired.yaml`. All
 * errors of the file are diagnosed; false where there were any. */
bool layer_read(Layer *layer, const Source *source);

/* Checks what only shows in the whole: ids given twice, ids that are retired, and rows that can
 * never match since rows before them in the layer take all that they would. `below` are the layers
 * that this one is laid before. False: diagnosed. */
bool layer_check(const Layer *layer, const RuleSet *below);

/* The words that an attribute can have: "true" and "false" of a TRUTH, the closed lists of `in` and
 * `effect`. Ends in NULL; NULL where any text may stand. */
const char *const *attribute_words(AttributeId id);

/* "; did you mean `x`?" with the nearest word, or empty where none is near. */
Text near_word(Arena *arena, Text word, const char *(*word_at)(size_t index));

/* Whether two words are near enough that one was likely meant to be the other; *distance is how
 * near. */
bool words_are_near(Text mistyped, Text word, size_t *distance);

/* The next `{word}` of a template from *at on, which is moved behind it. False: there is none
 * more. A brace that is not closed, or opens no word, gives an empty word. */
bool template_next(Text template, size_t *at, Text *before, Text *word);

#endif
