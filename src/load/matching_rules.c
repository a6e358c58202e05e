#include "load/load.h"
#include "load/matching.h"
#include "load/matching_path.h"

/* The matchers that speak of one place alone. All others reach down: a `type` rule by the
 * specification, the rest as Pact's libraries have it. */
static bool word_cascades(Text word) {
    static const char *const staying[] = {"values",   "eachKey",     "eachValue", "arrayContains",
                                          "notEmpty", "contentType", "statusCode"};
    for (size_t i = 0; i < sizeof staying / sizeof *staying; i++)
        if (text_is(word, staying[i]))
            return false;
    return true;
}

/* What reads the rules of one side. */
typedef struct RuleReader {
    Arena *arena;
    Diagnostics *diagnostics;
    bool generators; /* what is read are generators, which fill what no rule has */
    size_t errors;   /* that were said of them */
} RuleReader;

static bool is_full(const RuleReader *reader) {
    return reader->errors >= LOAD_ERROR_LIMIT;
}

static MatchingStep *step_into(RuleReader *reader, MatchingStep *from, PathStep step) {
    MatchingStep **slot = step.kind == PATH_EACH ? &from->each : &from->each_index;
    if (step.kind == PATH_EACH || step.kind == PATH_EACH_INDEX) {
        if (!*slot)
            *slot = arena_new_object(reader->arena, MatchingStep);
        return *slot;
    }
    if (!from->names)
        from->names = map_new(reader->arena);
    MatchingStep *next = map_get_text(from->names, step.key);
    if (!next) {
        next = arena_new_object(reader->arena, MatchingStep);
        map_put_text(from->names, text_copy(reader->arena, step.key), next);
    }
    return next;
}

static void wrong_kind(RuleReader *reader, const Node *node, const char *what, const char *wanted) {
    diagnose(reader->diagnostics, PACT_KIND, node_place(node), what, wanted,
             node_kind_name(node->kind));
    reader->errors++;
}

static void add_matcher(RuleReader *reader, Matchers *matchers, Map *seen, const Node *matcher) {
    if (matcher->kind != NODE_MAPPING) {
        wrong_kind(reader, matcher, "a matcher", "a mapping");
        return;
    }
    Text text = seen ? node_to_json(reader->arena, matcher, SIZE_MAX) : (Text){0};
    if (seen && map_get_text(seen, text))
        return;
    if (seen)
        map_put_text(seen, text, matchers);
    array_push(reader->arena, matchers, matcher);
}

static void add_matchers(RuleReader *reader, Matchers *matchers, const Node *sequence) {
    if (sequence->kind != NODE_SEQUENCE) {
        wrong_kind(reader, sequence, "a list of matchers", "a sequence");
        return;
    }
    Map *seen = sequence->count > 1 ? map_new(reader->arena) : NULL; /* most have one */
    for (uint32_t i = 0; i < sequence->count && !is_full(reader); i++)
        add_matcher(reader, matchers, seen, sequence->items[i]);
}

bool matchers_read(Arena *arena, Diagnostics *diagnostics, const Node *sequence,
                   Matchers *matchers) {
    RuleReader reader = {.arena = arena, .diagnostics = diagnostics};
    if (sequence)
        add_matchers(&reader, matchers, sequence);
    return !reader.errors;
}

static const MatchingRule *part_below(Arena *arena, const MatchingRule *rule) {
    MatchingRule part = *rule;
    part.matchers = (Matchers){0};
    for (size_t i = 0; i < rule->matchers.count; i++)
        if (word_cascades(matcher_word(rule->matchers.items[i])))
            array_push(arena, &part.matchers, rule->matchers.items[i]);
    if (part.matchers.count == rule->matchers.count)
        return rule;
    if (!part.matchers.count)
        return NULL;
    MatchingRule *below = arena_new_object(arena, MatchingRule);
    *below = part;
    below->below = below;
    return below;
}

static MatchingRule *new_rule(Arena *arena, MatchingRule rule) {
    MatchingRule *made = arena_new_object(arena, MatchingRule);
    *made = rule;
    made->below = part_below(arena, made);
    return made;
}

const MatchingRule *matching_rule_new(Arena *arena, MatchingRule rule) {
    return new_rule(arena, rule);
}

/* `{matchers: […], combine}`, or one matcher by itself as version 2 has it. NULL: diagnosed. */
static MatchingRule *read_rule(RuleReader *reader, const Node *value, Text place) {
    if (value->kind != NODE_MAPPING) {
        wrong_kind(reader, value, "a matching rule", "a mapping");
        return NULL;
    }
    MatchingRule rule = {.place = place, .origin = value};
    const Node *matchers = node_member(value, TEXT("matchers"));
    if (matchers)
        add_matchers(reader, &rule.matchers, matchers);
    else
        array_push(reader->arena, &rule.matchers, value);
    const Node *combine = node_member(value, TEXT("combine"));
    rule.any = matchers && combine && combine->kind == NODE_STRING &&
               text_equal_ignoring_case(combine->text, TEXT("OR"));
    return new_rule(reader->arena, rule);
}

/* An empty list of matchers is no rule. */
static void put_rule(RuleReader *reader, MatchingSet *set, MatchingStep *step, MatchingRule *rule) {
    if (reader->generators && rule) {
        step->generator = rule->origin;
        set->generated = true;
    }
    if (!rule || !rule->matchers.count || (reader->generators && step->rule))
        return;
    rule->generator = reader->generators;
    if (step->rule)
        step->rule->met = true; /* as far as this one is, which stands for it from now on */
    step->rule = rule;
    array_push(reader->arena, &set->rules, rule);
}

/* Leaves undecided what an expression may mean that can be read as far as `from`. */
static void put_unread(RuleReader *reader, MatchingSet *set, MatchingStep *from,
                       const PathReader *path, MatchingRule *rule) {
    if (!rule || !rule->matchers.count)
        return;
    rule->expression = path->text;
    rule->fault = path->fault;
    rule->generator = reader->generators;
    array_push(reader->arena, &set->unread, rule);
    PathReach reach = matching_path_reach(path);
    if (reach.anywhere && !from->anywhere)
        from->anywhere = arena_new_object(reader->arena, MatchingStep);
    from = reach.anywhere ? from->anywhere : from;
    if (!reach.steps.count)
        from->unread = rule;
    for (array_each(PathStep, step, &reach.steps))
        step_into(reader, from, *step)->unread = rule;
}

/* Puts the rule at `value` under what is left of an expression. */
static void put_path(RuleReader *reader, MatchingSet *set, PathReader *path, const Node *value,
                     Text place) {
    PathStep step;
    MatchingStep *from = &set->root;
    while (matching_path_step(path, &step))
        from = step_into(reader, from, step);
    MatchingRule *rule = read_rule(reader, value, place);
    if (path->fault)
        put_unread(reader, set, from, path, rule);
    else
        put_rule(reader, set, from, rule);
}

/* "response.body" and an expression from its step at `from` on. */
static Text place_at(RuleReader *reader, Text part, Text expression, size_t from) {
    Text rest = text_slice(expression, from, expression.size);
    return text_format(reader->arena, "%.*s%.*s", TEXT_ARG(part), TEXT_ARG(rest));
}

/* A key that begins with `$` is an expression; any other is a field's name, perhaps with an index.
 */
static void put_key(RuleReader *reader, MatchingSet *set, Text key, const Node *value, Text place,
                    bool fold_case) {
    PathReader path = {.arena = reader->arena, .text = key};
    if (fold_case)
        path.text = text_lower(reader->arena, key);
    if (text_starts_with(key, TEXT("$"))) {
        path.at = 1;
        put_path(reader, set, &path, value, place_at(reader, place, key, 1));
        return;
    }
    Text named = text_format(reader->arena, "%.*s.%.*s", TEXT_ARG(place), TEXT_ARG(key));
    MatchingStep *exact = step_into(reader, &set->root, (PathStep){PATH_NAME, path.text});
    put_rule(reader, set, exact, read_rule(reader, value, named));
    size_t bracket = text_find_byte(path.text, '[', 1);
    Text index = text_slice(path.text, bracket == SIZE_MAX ? path.text.size : bracket + 1,
                            path.text.size ? path.text.size - 1 : 0);
    if (text_ends_with(path.text, TEXT("]")) &&
        (matching_path_is_index(index) || text_is(index, "*"))) {
        PathStep step = {matching_path_is_index(index) ? PATH_INDEX : PATH_EACH_INDEX, index};
        Text name = text_slice(path.text, 0, bracket);
        MatchingStep *field = step_into(reader, &set->root, (PathStep){PATH_NAME, name});
        MatchingStep *indexed = step_into(reader, field, step);
        if (reader->generators)
            indexed->generator = exact->generator;
        if (!reader->generators || !indexed->rule)
            indexed->rule = exact->rule;
    }
}

static void read_category(RuleReader *reader, MatchingSet *set, const Node *category, Text place,
                          bool fold_case) {
    if (category->kind == NODE_NULL)
        return;
    if (category->kind != NODE_MAPPING) {
        wrong_kind(reader, category, "a category of `matchingRules`", "a mapping");
        return;
    }
    for (uint32_t i = 0; i < category->count && !is_full(reader); i++)
        put_key(reader, set, category->members[i].key, category->members[i].value, place,
                fold_case);
}

bool matching_set_read(Arena *arena, Diagnostics *diagnostics, const Node *mapping, Text place,
                       MatchingSet *rules) {
    RuleReader reader = {.arena = arena, .diagnostics = diagnostics};
    *rules = (MatchingSet){0};
    if (mapping)
        read_category(&reader, rules, mapping, place, false);
    return !reader.errors;
}

/* ---- The parts of a message ------------------------------------------------------------------ */

static MatchingSet *part_named(MatchingRules *rules, Text name) {
    if (text_is(name, "body") || text_is(name, "content") || text_is(name, "contents"))
        return &rules->body;
    if (text_is(name, "header") || text_is(name, "headers"))
        return &rules->header;
    if (text_is(name, "query"))
        return &rules->query;
    if (text_is(name, "path"))
        return &rules->path;
    return text_is(name, "status") ? &rules->status : NULL;
}

static void put_other(RuleReader *reader, MatchingRules *rules, const Node *value, Text place) {
    if (reader->generators)
        return;
    MatchingRule *rule = read_rule(reader, value, place);
    if (rule && rule->matchers.count)
        array_push(reader->arena, &rules->others, rule);
}

/* An expression whose first step can't be read may mean any part. */
static void put_anywhere(RuleReader *reader, MatchingRules *rules, const PathReader *path,
                         const Node *value, Text side) {
    MatchingSet *sets[] = {&rules->path, &rules->query, &rules->header, &rules->body};
    MatchingRule *rule = read_rule(reader, value, place_at(reader, side, path->text, 1));
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        put_unread(reader, sets[i], &sets[i]->root, path, rule);
}

/* `$.query[0].name` is an older spelling of `$.query.name`. */
static void skip_index(PathReader *path) {
    PathReader ahead = *path;
    PathStep step;
    bool index = matching_path_step(&ahead, &step) &&
                 (step.kind == PATH_INDEX || step.kind == PATH_EACH_INDEX);
    if (index && ahead.at < path->text.size)
        path->at = ahead.at;
}

/* Version 2: the part is the expression's first step, as in `$.body.items[*].id`. */
static void read_flat(RuleReader *reader, MatchingRules *rules, Member member, Text side) {
    PathReader path = {.arena = reader->arena, .text = member.key, .at = 1};
    PathStep part = {PATH_NAME, {0}};
    if (!matching_path_step(&path, &part) && path.fault) {
        put_anywhere(reader, rules, &path, member.value, side);
        return;
    }
    MatchingSet *set = part_named(rules, part.key);
    if (!set) {
        put_other(reader, rules, member.value, place_at(reader, side, member.key, 1));
        return;
    }
    bool header = set == &rules->header;
    if (header)
        path.text = text_lower(reader->arena, path.text);
    if (set == &rules->query)
        skip_index(&path);
    Text place = text_format(reader->arena, "%.*s.%.*s", TEXT_ARG(side),
                             TEXT_ARG(header ? TEXT("header") : part.key));
    place = place_at(reader, place, member.key, path.at);
    put_path(reader, set, &path, member.value, place);
}

/* Versions 3 and 4. `path` and `status` have but one value and so hold the rule itself. */
static void read_named(RuleReader *reader, MatchingRules *rules, Member member, Text side) {
    MatchingSet *set = part_named(rules, member.key);
    bool header = set == &rules->header;
    Text place = text_format(reader->arena, "%.*s.%.*s", TEXT_ARG(side),
                             TEXT_ARG(header ? TEXT("header") : member.key));
    const Node *matchers = node_member(member.value, TEXT("matchers"));
    const Node *type = node_member(member.value, TEXT("type"));
    bool whole = matchers && matchers->kind == NODE_SEQUENCE;
    if (reader->generators)
        whole = type && type->kind == NODE_STRING;
    if (set && (set == &rules->path || set == &rules->status))
        whole = whole || node_member(member.value, TEXT("match"));
    if (set && whole)
        put_rule(reader, set, &set->root, read_rule(reader, member.value, place));
    else if (set)
        read_category(reader, set, member.value, place, header);
    else if (whole)
        put_other(reader, rules, member.value, place);
    else if (member.value->kind == NODE_MAPPING)
        for (uint32_t i = 0; i < member.value->count && !is_full(reader); i++)
            put_other(reader, rules, member.value->members[i].value,
                      text_format(reader->arena, "%.*s.%.*s", TEXT_ARG(place),
                                  TEXT_ARG(member.value->members[i].key)));
}

static bool read_parts(RuleReader *reader, const Node *mapping, const char *what, Text side,
                       MatchingRules *rules) {
    if (!mapping || mapping->kind == NODE_NULL)
        return true;
    if (mapping->kind != NODE_MAPPING)
        wrong_kind(reader, mapping, what, "a mapping");
    for (uint32_t i = 0; mapping->kind == NODE_MAPPING && i < mapping->count && !is_full(reader);
         i++)
        if (text_starts_with(mapping->members[i].key, TEXT("$")))
            read_flat(reader, rules, mapping->members[i], side);
        else
            read_named(reader, rules, mapping->members[i], side);
    return !reader->errors;
}

bool matching_rules_read(Arena *arena, Diagnostics *diagnostics, const Node *mapping, Text side,
                         MatchingRules *rules) {
    RuleReader reader = {.arena = arena, .diagnostics = diagnostics};
    *rules = (MatchingRules){0};
    return read_parts(&reader, mapping, "`matchingRules`", side, rules);
}

bool generators_read(Arena *arena, Diagnostics *diagnostics, const Node *mapping, Text side,
                     MatchingRules *rules) {
    RuleReader reader = {.arena = arena, .diagnostics = diagnostics, .generators = true};
    return read_parts(&reader, mapping, "`generators`", side, rules);
}
