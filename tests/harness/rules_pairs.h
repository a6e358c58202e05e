/* Owns pairs of schemas that show what a row of rules/specification/fields.yaml says. Knows nothing
 * of the table.
 */
#ifndef BREAKWATER_HARNESS_RULES_PAIRS_H
#define BREAKWATER_HARNESS_RULES_PAIRS_H

#include "harness.h"

#include "rules/rules.h"

typedef struct SchemaPair {
    Direction direction;
    Text base, revision;
} SchemaPair;

/* What fires in the place of the wanted rule; empty: it fires. */
Text pair_lacks(Harness *harness, const RuleSet *rules, const SchemaPair *pair, const Rule *wanted);

#endif
