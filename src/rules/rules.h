/* Owns the rule set: reading the YAML files of rules, checking them against the vocabulary,
 * matching. Gives, for a change and its direction, the compatibility with message and help. Knows
 * nothing of consumers.
 */
#ifndef BREAKWATER_RULES_RULES_H
#define BREAKWATER_RULES_RULES_H

#include "diff/change.h"
#include "diff/selector.h"
#include "document/document.h"
#include "support/day.h"

typedef enum Compatibility { COMPATIBLE, CONDITIONAL, BREAKING } Compatibility;

/* What a run takes for granted where rules speak of time: dates are compared with a day that is
 * given, never with a clock, so that a verdict can be had again. */
typedef struct RuleSettings {
    Day today;
    int deprecation_days; /* "long enough", of what says since when it is deprecated */
    int notice_days;      /* what consumers need between an announcement and its date */
} RuleSettings;

/* The days that settings have by default; `today` is the caller's. */
enum { DEPRECATION_DAYS = 180, NOTICE_DAYS = 30 };

typedef enum ConditionKind {
    CONDITION_ONE_OF,   /* the attribute is one of `values` */
    CONDITION_PRESENT,  /* the attribute is not empty, */
    CONDITION_DATE,     /* or begins with a date; if not `wanted`: the contrary */
    CONDITION_AT_LEAST, /* a number, compared with `number` as decimals */
    CONDITION_MORE_THAN,
    CONDITION_AT_MOST,
    CONDITION_LESS_THAN,
    CONDITION_DAYS_AGO,   /* a date at least `number` days before today, */
    CONDITION_DAYS_AHEAD, /* or behind it */
    CONDITION_OPERATION,  /* each operation that the change reaches is one of `operations`, */
    CONDITION_LOCATION,   /* each of its locations is taken by one of `values`; or `some` are */
    CONDITION_ALL,        /* of `parts` */
    CONDITION_ANY,
    CONDITION_NOT /* not all of them */
} ConditionKind;

typedef struct RuleCondition RuleCondition;
typedef ARRAY(RuleCondition) RuleConditions;

struct RuleCondition {
    ConditionKind kind;
    AttributeId attribute;
    ARRAY(Text) values;
    bool decimals; /* among the values are numbers, which are compared as such */
    ChangeKind of; /* whose attribute it is: names of headers know no case */
    Text number;   /* digits, or the name of a setting: "deprecation-days" */
    bool wanted;
    bool some;
    Selectors operations; /* by the globs in `values` */
    RuleConditions parts;
};

typedef struct Rule {
    Text id, purpose, message, why, help;
    Text standard; /* the section that the rule follows from; empty: none */
    Text since;    /* the version of breakwater that brought it */
    ChangeKind change;
    bool in_request, in_response;
    RuleConditions when; /* all of them */
    Compatibility compatibility;
    Place place;
    bool own;    /* not built in: `place` is in a file of the user's */
    bool silent; /* in the place of one, where there is none on purpose */
} Rule;

typedef struct RetiredRule {
    Text id, successor;
} RetiredRule;

/* A kind of change of which deliberately nothing is said. */
typedef struct UnruledKind {
    ChangeKind change;
    bool in_request, in_response;
    Text why;
    Place place;
} UnruledKind;

typedef struct RuleSet {
    ARRAY(Rule *) rules; /* in the order in which they are tried */
    ARRAY(RetiredRule) retired;
    ARRAY(UnruledKind) unruled;
    RuleSettings settings;
} RuleSet;

/* The built-in rules, compiled in from rules/. NULL: diagnosed (which the build's own check makes
 * impossible). */
RuleSet *rules_builtin(Arena *arena, Diagnostics *diagnostics);

/* Lays the rules of a folder (its files *.yaml and *.yml) before those of `set`. False: diagnosed.
 */
bool rules_add_folder(Arena *arena, Diagnostics *diagnostics, RuleSet *set, Text folder);

/* The first rule that matches; NULL where none does, which is a defect of the rule set unless it is
 * silent of the change on purpose. */
const Rule *rules_match(const RuleSet *set, const Change *change);
bool rules_are_silent(const RuleSet *set, const Change *change);

/* Of the conditions that must hold for a rule, the number of those that do not for the change; each
 * in words, with what the change has in their place, in *texts. */
size_t rules_unmet(Arena *arena, const RuleSet *set, const Rule *rule, const Change *change,
                   Text **texts);

/* Whether the rule speaks of time, so that its answer depends on the day. */
bool rules_ask_the_day(const Rule *rule);

const Rule *rules_find(const RuleSet *set, Text id);

/* The rule whose id is nearest to a mistyped one; NULL where none is near. */
const Rule *rules_nearest(const RuleSet *set, Text id);

/* Fills a template's `{attribute}`s from the change. */
Text rules_expand(Arena *arena, Text template, const Change *change);

/* A rule's conditions in words: "required is true; sunset at least 1 days ago". Empty: none. */
Text rules_conditions_text(Arena *arena, const RuleConditions *conditions);

/* Where the section that a rule's `standard` names can be read ("RFC 9110 15.5.6"); empty where the
 * standard is none that is published under a stable address. */
Text rules_standard_link(Arena *arena, Text standard);

/* False where `standard` names OpenAPI or JSON Schema in a version that there is not, or an RFC
 * without a number. Standards of others are their own matter. */
bool rules_standard_is_known(Text standard);

/* One side ("base", "revision") of what shows a built-in rule. False: there is none. */
bool rules_example(Arena *arena, Text id, const char *side, Text *name, Text *bytes);

/* The words that an attribute can have: "true" and "false" of a TRUTH, the closed lists of `in` and
 * `effect`. Ends in NULL; NULL where any text may stand. */
const char *const *attribute_words(AttributeId id);

const char *compatibility_word(Compatibility compatibility);

#endif
