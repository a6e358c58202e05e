#include "report/fired.h"

void fired_rules_add_one(Arena *arena, FiredRules *fired, const Rule *rule) {
    if (!fired->indexes)
        fired->indexes = map_new(arena);
    if (map_get_text(fired->indexes, rule->id))
        return;
    array_push(arena, &fired->rules, rule);
    size_t *index = arena_new_object(arena, size_t);
    *index = fired->rules.count - 1;
    map_put_text(fired->indexes, rule->id, index);
}

void fired_rules_add(Arena *arena, FiredRules *fired, const VerdictReport *report) {
    for (size_t i = 0; i < report->changes.count; i++)
        fired_rules_add_one(arena, fired, report->changes.items[i].rule);
}

size_t fired_rule_index(const FiredRules *fired, const Rule *rule) {
    return *(const size_t *)map_get_text(fired->indexes, rule->id);
}
