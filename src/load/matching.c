#include "load/matching.h"

Text matcher_word(const Node *matcher) {
    const Node *match = node_member(matcher, TEXT("match"));
    if (match)
        return match->kind == NODE_STRING ? match->text : (Text){0};
    const Node *type = node_member(matcher, TEXT("type"));
    if (type && type->kind == NODE_STRING)
        return TEXT(GENERATOR_WORD);
    static const char *const implied[][2] = {
        {"regex", "regex"}, {"min", "type"},  {"max", "type"},          {"timestamp", "timestamp"},
        {"date", "date"},   {"time", "time"}, {"datetime", "datetime"},
    };
    for (size_t i = 0; i < sizeof implied / sizeof *implied; i++)
        if (node_member(matcher, text_from(implied[i][0])))
            return text_from(implied[i][1]);
    return (Text){0};
}

/* ---- Standing -------------------------------------------------------------------------------- */

static bool outweighs(Weight a, Weight b) {
    if (!a.rule || !b.rule)
        return a.rule;
    return a.exact != b.exact ? a.exact > b.exact : a.length > b.length;
}

static void push_branch(Arena *arena, Standing *standing, Branch branch) {
    array_push(arena, &standing->branches, branch);
}

/* Enters a branch, and lets the rule that ends there compete. */
static void enter(Arena *arena, Standing *standing, const MatchingStep *step, unsigned exact) {
    if (!step)
        return;
    push_branch(arena, standing, (Branch){.step = step, .exact = exact});
    if (step->anywhere)
        push_branch(arena, standing, (Branch){step->anywhere, exact, true});
    if (step->rule)
        step->rule->met = true;
    standing->generator = step->generator ? step->generator : standing->generator;
    const MatchingRule *rule = step->rule ? step->rule : step->unread;
    bool generator = rule && rule->generator;
    Weight weight = {rule, generator ? 0 : exact, generator ? 0 : standing->length};
    if (outweighs(weight, standing->winner)) {
        standing->winner = weight;
        standing->own = true;
    }
    weight.rule = step->unread ? step->unread : rule ? rule->below : NULL;
    if (outweighs(weight, standing->cascading))
        standing->cascading = weight;
}

Standing standing_at_root(Arena *arena, const MatchingSet *rules) {
    Standing standing = {.length = 1};
    enter(arena, &standing, &rules->root, 1);
    return standing;
}

Standing standing_below(Arena *arena, const Standing *above, Text key, bool is_index) {
    Standing standing = {
        .length = above->length + 1,
        .winner = above->cascading,
        .cascading = above->cascading,
    };
    for (size_t i = 0; i < above->branches.count; i++) {
        const MatchingStep *step = above->branches.items[i].step;
        unsigned exact = above->branches.items[i].exact;
        if (step->names)
            enter(arena, &standing, map_get_text(step->names, key), exact + 1);
        enter(arena, &standing, step->each, exact);
        if (is_index)
            enter(arena, &standing, step->each_index, exact);
        if (above->branches.items[i].lasting)
            push_branch(arena, &standing, above->branches.items[i]);
    }
    return standing;
}

Standing standing_ruled(const Standing *standing, const MatchingRule *rule) {
    Standing ruled = *standing;
    ruled.own = true;
    ruled.winner.rule = rule;
    ruled.cascading.rule = rule->below;
    return ruled;
}

static void meet(Arena *arena, const MatchingStep *step, const Node *node);

static void meet_below(Arena *arena, const MatchingStep *step, Text key, const Node *node,
                       bool is_index) {
    meet(arena, step->names ? map_get_text(step->names, key) : NULL, node);
    meet(arena, step->each, node);
    if (is_index)
        meet(arena, step->each_index, node);
}

static void meet(Arena *arena, const MatchingStep *step, const Node *node) {
    if (!step || !node)
        return;
    if (step->rule)
        step->rule->met = true;
    if (!step->names && !step->each && !step->each_index)
        return;
    for (uint32_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++)
        meet_below(arena, step, node->members[i].key, node->members[i].value, false);
    for (uint32_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++)
        meet_below(arena, step, text_format(arena, "%u", i), node->items[i], true);
}

void matching_meet(Arena *arena, const MatchingSet *rules, const Node *example) {
    meet(arena, &rules->root, example);
}

static bool weight_equals(Weight a, Weight b) {
    return a.rule == b.rule && (!a.rule || (a.exact == b.exact && a.length == b.length));
}

bool standing_equals(const Standing *a, const Standing *b) {
    return weight_equals(a->winner, b->winner) && weight_equals(a->cascading, b->cascading) &&
           a->own == b->own && a->generator == b->generator;
}
