/* Gives the rules that the changes of reports name, each once, in the order in which they first do.
 */
#ifndef BREAKWATER_REPORT_FIRED_H
#define BREAKWATER_REPORT_FIRED_H

#include "report/report.h"
#include "support/map.h"

typedef struct FiredRules {
    ARRAY(const Rule *) rules;
    Map *indexes; /* where a rule stands in the list, by its id */
} FiredRules;

/* Adds those of one report; zeroed at first. */
void fired_rules_add(Arena *arena, FiredRules *fired, const VerdictReport *report);

void fired_rules_add_one(Arena *arena, FiredRules *fired, const Rule *rule);

/* Where a rule stands in the list, which must hold it. */
size_t fired_rule_index(const FiredRules *fired, const Rule *rule);

#endif
