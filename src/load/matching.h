/* Owns Pact's matching rules: their path expressions, and which rule wins at a place.
 * Gives a MatchingSet for each part of a request or response, and the walk down it in step with an
 * example. Knows nothing of what a matcher means.
 *
 * A MatchingSet is a tree by path steps, and a Standing is where a place of the example stands in
 * it: the few branches whose expressions match the way there. So the winner costs a look-up a step,
 * however many rules there are (Pact JVM writes one for every element of an array). A rule whose
 * expression can't be read is kept at all places that it may mean, and nowhere else.
 */
#ifndef BREAKWATER_LOAD_MATCHING_H
#define BREAKWATER_LOAD_MATCHING_H

#include "document/document.h"
#include "support/map.h"

typedef ARRAY(const Node *) Matchers;

/* The matchers of one path expression: with AND a value meets all of them, with OR one of them. */
typedef struct MatchingRule MatchingRule;
struct MatchingRule {
    Matchers matchers; /* mappings, equal ones kept once */
    bool any;          /* `combine` is OR */
    bool generator;    /* a generator, which any matcher outweighs */
    bool met;          /* its expression leads to something in the example */
    Text expression;   /* one that can't be read; empty: the rule stands where it says */
    const char *fault; /* what is wrong with it */
    const MatchingRule
        *below; /* what of it reaches places without a rule of their own; NULL: nothing */
    Text place; /* "response.body.items[*].id" */
    const Node *origin;
};

typedef struct MatchingStep MatchingStep;
struct MatchingStep {
    Map *names;         /* of MatchingStep, by a member's name or an index's digits; NULL: none */
    MatchingStep *each; /* `.*` */
    MatchingStep *each_index; /* `[*]` */
    MatchingStep *anywhere;   /* `..`: its names and wildcards, at any depth below */
    MatchingRule *rule;       /* NULL where no expression ends here */
    MatchingRule *unread;     /* one that may mean this place; NULL: none */
    const Node *generator;    /* makes the value here, whatever rule there is; NULL: none */
};

typedef struct MatchingSet {
    MatchingStep root;
    ARRAY(MatchingRule *) rules;  /* in the file's order */
    ARRAY(MatchingRule *) unread; /* whose expressions can't be read: their places are undecided */
    bool generated;               /* generators make some of the values */
} MatchingSet;

/* Weights multiply along the path: 2 for `$` and for a name or index that matches, 1 for a
 * wildcard. The largest product wins, the longer path at a tie. Kept as the exponent of 2. */
typedef struct Weight {
    const MatchingRule *rule; /* NULL: none */
    unsigned exact;
    unsigned length;
} Weight;

typedef struct Branch {
    const MatchingStep *step;
    unsigned exact;
    bool lasting; /* what it leads to is found at any depth */
} Branch;

typedef struct Standing {
    ARRAY(Branch) branches;
    unsigned length;
    Weight winner;         /* of the rules here and those that cascade to here */
    Weight cascading;      /* the heaviest that goes on to what is below */
    bool own;              /* the winner's expression ends here */
    const Node *generator; /* makes the value: the example is but one of them; NULL: none */
} Standing;

Standing standing_at_root(Arena *arena, const MatchingSet *rules);

/* A step down: a member's name, or an index as digits. */
Standing standing_below(Arena *arena, const Standing *above, Text key, bool is_index);

/* The same place under a rule that comes with it, whatever other rule reaches it. */
Standing standing_ruled(const Standing *standing, const MatchingRule *rule);

/* Marks the rules that lead to something in the example, where the walk down it passed them by. */
void matching_meet(Arena *arena, const MatchingSet *rules, const Node *example);

/* Of one place: whether the same rules are in force at it and below. */
bool standing_equals(const Standing *a, const Standing *b);

/* A rule of its own: with what of it reaches down. */
const MatchingRule *matching_rule_new(Arena *arena, MatchingRule rule);

/* Matchers of a sequence of mappings, equal ones once; NULL is empty. False: diagnosed. */
bool matchers_read(Arena *arena, Diagnostics *diagnostics, const Node *sequence,
                   Matchers *matchers);

/* Stands for a generator where no rule says how to match (`{type: "RandomInt", …}`). */
#define GENERATOR_WORD "generator"

/* The word that says how to match: `match`, or what a rule without it implies ("regex" for a rule
 * that has just `regex`, "type" for `min` or `max`, "date" for `date` alone). Empty: none. */
Text matcher_word(const Node *matcher);

/* The rules of one request or response, by the part they speak of. */
typedef struct MatchingRules {
    MatchingSet path, status, query, header, body;
    ARRAY(MatchingRule *) others; /* of parts that HTTP does not have, or that nobody knows */
} MatchingRules;

/* Reads `matchingRules`, NULL for none: version 2's flat map of expressions and the categories of 3
 * and 4, told apart by the key. `side` is "request", "response" or "message". False: diagnosed. */
bool matching_rules_read(Arena *arena, Diagnostics *diagnostics, const Node *mapping, Text side,
                         MatchingRules *rules);

/* Reads `generators`, NULL for none, into places that have no rule: what is generated is no fixed
 * value. False: diagnosed. */
bool generators_read(Arena *arena, Diagnostics *diagnostics, const Node *mapping, Text side,
                     MatchingRules *rules);

/* Reads one map of expressions into a set whose places begin with `place`: the `rules` of a variant
 * of arrayContains. NULL is an empty map. False: diagnosed. */
bool matching_set_read(Arena *arena, Diagnostics *diagnostics, const Node *mapping, Text place,
                       MatchingSet *rules);

#endif
