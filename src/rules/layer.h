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
    ARRAY(UnruledKind) unruled;
} Layer;

/* Reads a file of rules, or the list of retired ids where the file is named `retired.yaml`, or of
 * kinds of change without a rule where it is `unruled.yaml`. All errors of the file are diagnosed;
 * false where there were any. */
bool layer_read(Layer *layer, const Source *source);

/* Checks what only shows in the whole: ids given twice, ids that are retired, rows that can never
 * match since rows before them in the layer take all that they would, and kinds of change that are
 * said to have no rule, and have one. `below` are the layers that this one is laid before. False:
 * diagnosed. */
bool layer_check(const Layer *layer, const RuleSet *below);

/* Checks that the layer, as the lowest one, has a row without conditions for each kind of change in
 * each direction, or names it as one without a rule. False: diagnosed. */
bool layer_check_complete(const Layer *layer);

/* ---- conditions ------------------------------------------------------------------------------ */

/* What conditions are held against: a change, or a case that rows are tried with. */
typedef struct RuleSubject {
    Text (*attribute_of)(const void *it, AttributeId id);
    bool (*is_where)(const void *it, const RuleCondition *where);
    const void *it;
} RuleSubject;

bool conditions_hold(const RuleConditions *conditions, const RuleSubject *subject,
                     const RuleSettings *settings);

/* A condition that does not hold, in words, and what the change has in place of it. */
Text condition_unmet_text(Arena *arena, const RuleConditions *one, const Change *change);

/* Whether a text is a number that has digits alone: "10", "-1.5". */
bool is_decimal(Text text);

/* The names of settings, by which a condition on a date may name its days; ends in NULL. */
extern const char *const rule_settings[];

/* The days of a condition on a date. */
int condition_days(const RuleCondition *condition, const RuleSettings *settings);

/* Reads the mapping of a row's `when`. False: diagnosed. */
bool conditions_read(Layer *layer, const Node *when, ChangeKind kind, RuleConditions *into);

/* ---- conditions on where a change is ------------------------------------------------------------
 */

enum { WHERE_TOLD = 3 }; /* of the places that stand in a condition's way */

/* The words of CONDITION_OPERATION and CONDITION_LOCATION in `when`; ends in NULL. */
extern const char *const where_words[];

/* Reads the globs of one. False: diagnosed. */
bool where_read(Layer *layer, const Node *value, ConditionKind kind, RuleConditions *into);

bool where_holds(const RuleCondition *condition, const Change *change);

/* Whether it takes a change wherever that is. */
bool where_holds_always(const RuleCondition *condition);

bool where_is_same(const RuleCondition *a, const RuleCondition *b);

/* What it asks for, and what of the change is not so. */
void where_put(Buffer *out, const RuleCondition *condition);
void where_put_had(Buffer *out, const RuleCondition *condition, const Change *change);

/* ---- words ----------------------------------------------------------------------------------- */

/* The index of a word in a list up to a NULL, or of the NULL. */
size_t word_index(Text word, const char *const *words);

/* The attribute of a word that changes of the kind carry; ATTRIBUTE_COUNT: diagnosed. */
AttributeId attribute_carried(Layer *layer, Text word, ChangeKind kind, Place place);

/* Says that the value of `key` is not `expected` ("a string"); false. */
bool rule_wrong_kind(Layer *layer, const Node *value, const char *key, const char *expected);

/* Whether a text is more than the skeleton of a rule has. False: diagnosed. */
bool rule_filled_in(Layer *layer, const Node *value, const char *key);

/* ---- templates ------------------------------------------------------------------------------- */

/* A template cut in pieces: text, then the word in braces behind it. */
typedef struct TemplatePiece {
    Text before, word; /* no word: the template ends here, or its braces are wrong */
    bool wrong;        /* a brace is not opened or not closed, or nothing stands in it */
} TemplatePiece;

/* The piece at *at, which is moved behind it. False: the template ends there. */
bool template_next(Text template, size_t *at, TemplatePiece *piece);

#endif
