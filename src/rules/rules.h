/* Owns the rule set: reading the YAML files of rules, checking them against the vocabulary,
 * matching. Gives, for a change and its direction, the compatibility with message and help. Knows
 * nothing of consumers.
 */
#ifndef BREAKWATER_RULES_RULES_H
#define BREAKWATER_RULES_RULES_H

#include "diff/change.h"
#include "document/document.h"

typedef enum Compatibility { COMPATIBLE, CONDITIONAL, BREAKING } Compatibility;

typedef struct RuleCondition {
    AttributeId attribute;
    ARRAY(Text) values; /* any of them */
} RuleCondition;

typedef struct Rule {
    Text id, purpose, message, why, help, standard;
    ChangeKind change;
    bool in_request, in_response;
    ARRAY(RuleCondition) when; /* all of them */
    Compatibility compatibility;
    Place place;
} Rule;

typedef struct RetiredRule {
    Text id, successor;
} RetiredRule;

typedef struct RuleSet {
    ARRAY(Rule *) rules; /* in the order in which they are tried */
    ARRAY(RetiredRule) retired;
} RuleSet;

/* The built-in rules, compiled in from rules/. NULL: diagnosed (which the build's own check makes
 * impossible). */
RuleSet *rules_builtin(Arena *arena, Diagnostics *diagnostics);

/* Lays the rules of the *.yaml files of a folder before those of `set`. False: diagnosed. */
bool rules_add_folder(Arena *arena, Diagnostics *diagnostics, RuleSet *set, Text folder);

/* The first rule that matches; NULL where none does, which is a defect of the rule set. */
const Rule *rules_match(const RuleSet *set, const Change *change);

const Rule *rules_find(const RuleSet *set, Text id);

/* The rule whose id is nearest to a mistyped one; NULL where none is near. */
const Rule *rules_nearest(const RuleSet *set, Text id);

/* Fills a template's `{attribute}`s from the change. */
Text rules_expand(Arena *arena, Text template, const Change *change);

const char *compatibility_word(Compatibility compatibility);

#endif
