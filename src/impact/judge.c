#include "impact/evidence.h"
#include "impact/holding.h"
#include "impact/identity.h"

#include <stdlib.h>

/* An interaction with rules that no type carries. */
typedef struct WithResidues {
    const Interaction *interaction;
    const Operation *operation; /* of the base */
} WithResidues;

typedef struct Judge {
    Arena *run;
    const Diff *diff;
    const RuleSet *rules;
    const JudgeOptions *options;
    VerdictReport *report;
    Decider decider;
    Excerpts *excerpts;
    Map *recorded, *broken; /* names of all consumers, and of those that are hurt */
    Map *operations;        /* Operations by the reaches that they are read off */
    Map *partly_held;       /* Operation → sides of it where a consumer's rules are not held */
    ARRAY(WithResidues) with_residues;
} Judge;

/* Of changes with the same reaches, which are most where components refer to each other. */
typedef struct Operations {
    ARRAY(VerdictOperation) list;
} Operations;

/* ---- Changes --------------------------------------------------------------------------------- */

static Operations *operations_of(Judge *judge, const Change *change) {
    Arena *run = judge->run;
    const void *key = change->reaches.items;
    size_t key_size = change->reaches.count * sizeof *change->reaches.items;
    Operations *operations = map_get(judge->operations, key, key_size);
    if (operations)
        return operations;
    operations = arena_new_object(run, Operations);
    operations->list.capacity = change->reaches.count;
    operations->list.items = arena_new_array(run, operations->list.capacity, VerdictOperation);
    for (size_t i = 0; i < change->reaches.count; i++) {
        const Reach *reach = change->reaches.items[i];
        const Operation *operation = reach->revision ? reach->revision : reach->base;
        if (!operation || !policies_include(judge->decider.policies, reach))
            continue;
        VerdictOperation found = {
            .method = operation->method,
            .path = operation->path,
            .status = reach->status,
            .media_type = reach->media_type,
            .webhook = operation->webhook,
        };
        if (operation->caller)
            found.callback_of = text_format(run, "%.*s %.*s", TEXT_ARG(operation->caller->method),
                                            TEXT_ARG(operation->caller->path));
        array_push(run, &operations->list, found);
    }
    map_put(judge->operations, key, key_size, operations);
    return operations;
}

static void add_operations(Judge *judge, const Change *change, VerdictChange *into) {
    if (!change->reaches.count)
        return;
    const Operations *operations = operations_of(judge, change);
    into->operations.items = operations->list.items;
    into->operations.count = operations->list.count;
    into->operations.capacity = operations->list.count; /* what is pushed leaves this one alone */
}

/* What stands for a rule where none matches. If that is a defect of the rule set, it is told. */
static const Rule *missing_rule(Arena *run, const RuleSet *rules, const Change *change) {
    Rule *rule = arena_new_object(run, Rule);
    rule->id = TEXT("no-rule");
    rule->purpose = TEXT("No rule speaks of this change.");
    rule->change = change->kind;
    rule->silent = rules_are_silent(rules, change);
    rule->compatibility = CONDITIONAL;
    rule->message =
        text_format(run, "%s, of which no rule speaks", change_info(change->kind)->word);
    rule->help = TEXT("this is a defect of the rule set");
    return rule;
}

static void add_locations(Judge *judge, const Change *change, VerdictChange *into) {
    for (size_t i = 0; i < change->places.count; i++) {
        const ChangePlace *place = change->places.items[i];
        if (!text_equal(place->location, change->location) &&
            policies_include_place(judge->decider.policies, place))
            array_push(judge->run, &into->further_locations, place->location);
    }
}

/* The change as the report shows it: what the config excludes is nowhere. */
static const Change *included_part(Judge *judge, const Change *change) {
    const Policies *policies = judge->decider.policies;
    if (!policies->included.count && !policies->excluded.count)
        return change;
    Change *part = arena_new_object(judge->run, Change);
    *part = *change;
    part->reaches = (ReachList){0};
    memset(&part->places, 0, sizeof part->places);
    for (size_t i = 0; i < change->reaches.count; i++)
        if (policies_include(policies, change->reaches.items[i]))
            array_push(judge->run, &part->reaches, change->reaches.items[i]);
    for (size_t i = 0; i < change->places.count; i++)
        if (policies_include_place(policies, change->places.items[i]))
            array_push(judge->run, &part->places, change->places.items[i]);
    return part;
}

static void judge_change(Judge *judge, const Change *change, VerdictChange *into) {
    const Rule *rule = rules_match(judge->rules, included_part(judge, change));
    if (!rule)
        rule = missing_rule(judge->run, judge->rules, change);
    into->rule = rule;
    into->change = change;
    into->message = rules_expand(judge->run, rule->message, change);
    into->help = rules_expand(judge->run, rule->help, change);
    into->location = change->location;
    add_locations(judge, change, into);
    into->base = origin_location(judge->run, judge->excerpts, change->base_origin);
    into->revision = origin_location(judge->run, judge->excerpts, change->revision_origin);
    add_operations(judge, change, into);
}

static Text pointer_of(const VerdictChange *change) {
    return change->change->revision_absent ? change->base.pointer : change->revision.pointer;
}

static int by_verdict(const void *a, const void *b) {
    static const VerdictOperation none = {0};
    const VerdictChange *left = a, *right = b;
    if (left->verdict != right->verdict)
        return left->verdict == VERDICT_BREAKING ? -1 : 1;
    const VerdictOperation *x = left->operations.count ? left->operations.items : &none;
    const VerdictOperation *y = right->operations.count ? right->operations.items : &none;
    int order = text_compare(x->path, y->path);
    order = order ? order : text_compare(x->method, y->method);
    order = order ? order : text_compare(pointer_of(left), pointer_of(right));
    order = order ? order : text_compare(left->rule->id, right->rule->id);
    if (order)
        return order;
    return (left->change->id > right->change->id) - (left->change->id < right->change->id);
}

/* ---- Consumers ------------------------------------------------------------------------------- */

static VerdictConsumer consumer_of(Arena *run, const Interaction *interaction, Text reason) {
    Place place = interaction_place(interaction);
    return (VerdictConsumer){
        .consumer = interaction->consumer,
        .pact = place.file,
        .line = place.line,
        .interaction = interaction->description,
        .reason = text_copy(run, reason),
    };
}

static int compare_consumers(const VerdictConsumer *a, const VerdictConsumer *b) {
    int order = text_compare(a->consumer, b->consumer);
    order = order ? order : text_compare(a->pact, b->pact);
    if (!order)
        order = (a->line > b->line) - (a->line < b->line);
    return order ? order : text_compare(a->interaction, b->interaction);
}

static int by_consumer(const void *a, const void *b) {
    return compare_consumers(a, b);
}

static int by_interaction(const void *a, const void *b) {
    const VerdictInteraction *left = a, *right = b;
    return compare_consumers(&left->who, &right->who);
}

static VerdictInteraction interaction_of(Arena *run, const Interaction *interaction,
                                         const Operation *operation, const Mismatch *mismatch) {
    VerdictInteraction found = {.who = consumer_of(run, interaction, mismatch->need)};
    if (operation)
        found.operation =
            text_format(run, "%.*s %.*s", TEXT_ARG(operation->method), TEXT_ARG(operation->path));
    return found;
}

/* Interactions are held one after the other, so one that is listed already is the last. */
static void add_consumer(Judge *judge, const Change *change, const Interaction *interaction,
                         const Interaction **last, const Mismatch *mismatch) {
    if (last[change->id] == interaction)
        return;
    last[change->id] = interaction;
    VerdictChange *hurting = &judge->report->changes.items[change->id];
    array_push(judge->run, &hurting->consumers,
               consumer_of(judge->run, interaction, mismatch->need));
}

static bool is_among(const Reasons *reasons, const Mismatch *mismatch) {
    for (size_t i = 0; i < reasons->count; i++)
        if (reasons->items[i].mismatch == mismatch)
            return true;
    return false;
}

/* Why an interaction fails now as it did before: the first contradiction that is no new one. NULL:
 * there is none. */
static const Mismatch *old_contradiction(const Outcome *base, const Outcome *revision,
                                         const Reasons *counted) {
    for (size_t i = 0; base->result == CONTRADICTED && i < revision->mismatches.count; i++) {
        const Mismatch *mismatch = &revision->mismatches.items[i];
        if (mismatch->level == CONTRADICTED && !is_among(counted, mismatch))
            return mismatch;
    }
    return NULL;
}

typedef struct Sides {
    Evidence *evidence;
    Arena *scratch; /* of the interaction in hand, and of what explains it */
    Comparer *comparer;
    const Router *base, *revision;
    const Interaction **last; /* by id of a change: the interaction that it was last seen to hurt */
} Sides;

/* Sides of an operation where rules that no type carries stand, and whether a change is there. */
typedef struct PartlyHeld {
    bool request, response;
    bool request_changed, response_changed;
} PartlyHeld;

static bool is_of_response(const Residue *residue) {
    return !text_starts_with(residue->place, TEXT("request")); /* a message is one, too */
}

/* Keeps where rules that no type carries stand: what changes there can't be said to hurt nobody. */
static void keep_residues(Judge *judge, const Interaction *interaction, const Outcome *base) {
    const Operation *operation = base->operation;
    if (!operation || !interaction->residues.count)
        return;
    PartlyHeld *held = map_get(judge->partly_held, &operation, sizeof operation);
    if (!held) {
        const Operation **key = arena_new_object(judge->run, const Operation *);
        *key = operation;
        held = arena_new_object(judge->run, PartlyHeld);
        map_put(judge->partly_held, key, sizeof *key, held);
    }
    for (size_t i = 0; i < interaction->residues.count; i++) {
        bool response = is_of_response(&interaction->residues.items[i]);
        held->request |= !response;
        held->response |= response;
    }
    array_push(judge->run, &judge->with_residues, ((WithResidues){interaction, operation}));
}

static bool is_partly_held(const Judge *judge, const Change *change) {
    bool response = change->direction == DIRECTION_RESPONSE, found = false;
    for (size_t i = 0; map_count(judge->partly_held) && i < change->reaches.count; i++) {
        const Operation *operation = change->reaches.items[i]->base;
        PartlyHeld *held =
            operation ? map_get(judge->partly_held, &operation, sizeof operation) : NULL;
        if (!held)
            continue;
        held->response_changed |= response;
        held->request_changed |= !response;
        found |= response ? held->response : held->request;
    }
    return found;
}

/* What a changed operation's interactions ask for beyond what could be held against it. */
static void add_not_held(Judge *judge) {
    Arena *run = judge->run;
    for (array_each(WithResidues, with, &judge->with_residues)) {
        const PartlyHeld *held =
            map_get(judge->partly_held, &with->operation, sizeof with->operation);
        for (size_t i = 0; i < with->interaction->residues.count; i++) {
            const Residue *residue = &with->interaction->residues.items[i];
            Mismatch asks = {.need =
                                 text_format(run, "asks for %.*s at %.*s",
                                             TEXT_ARG(residue->matcher), TEXT_ARG(residue->place))};
            if (is_of_response(residue) ? held->response_changed : held->request_changed)
                array_push(run, &judge->report->not_held,
                           interaction_of(run, with->interaction, with->operation, &asks));
        }
    }
}

/* An exact value was written for the list as it was. */
static bool is_lifted_list(const Explanation *explanation) {
    for (size_t i = 0; i < explanation->changes.count; i++)
        if (explanation->changes.items[i]->kind == CHANGE_ENUM_REMOVED)
            return explanation->hurts;
    return false;
}

/* Whether what takes an interaction on either side belongs into the report. */
static bool is_included(const Judge *judge, const Outcome *base, const Outcome *revision) {
    Reach reach = {.base = base->operation, .revision = revision->operation};
    return policies_include(judge->decider.policies, &reach);
}

static void hold_interaction(Judge *judge, Sides *sides, const Interaction *interaction) {
    Arena *run = judge->run, *scratch = sides->scratch;
    Comparer *comparer = sides->comparer;
    arena_clear(scratch);
    Outcome *base = satisfaction(scratch, comparer, sides->base, interaction);
    Outcome *revision = satisfaction(scratch, comparer, sides->revision, interaction);
    if (interaction->kind != INTERACTION_HTTP && !base->operation)
        return; /* a message of which the base says nothing */
    if (!is_included(judge, base, revision))
        return;
    judge->report->interactions++;
    keep_residues(judge, interaction, base);
    map_put_text(judge->recorded, interaction->consumer, judge);
    Reasons worse = {0}, counted = {0};
    find_worse(scratch, comparer, base, revision, &worse);
    for (size_t i = 0; i < worse.count; i++) {
        const Mismatch *mismatch = worse.items[i].mismatch;
        Explanation found = explain(sides->evidence, interaction, base, revision, mismatch);
        if (worse.items[i].by_list && !is_lifted_list(&found))
            continue;
        /* What only narrows an answer, or widens what is taken, is no further reason. */
        if (found.equal || (found.changes.count && !found.hurts && !worse.items[i].step_down))
            continue;
        judge->report->by_nearness += found.by_nearness;
        array_push(scratch, &counted, worse.items[i]);
        if (interaction->pending) {
            if (counted.count == 1)
                array_push(run, &judge->report->pending,
                           interaction_of(run, interaction, base->operation, mismatch));
            continue;
        }
        for (size_t j = 0; j < found.changes.count; j++)
            add_consumer(judge, found.changes.items[j], interaction, sides->last, mismatch);
        if (found.changes.count)
            continue;
        map_put_text(judge->broken, interaction->consumer, judge);
        array_push(run, &judge->report->orphans,
                   interaction_of(run, interaction, base->operation, mismatch));
    }
    const Mismatch *old = old_contradiction(base, revision, &counted);
    if (old)
        array_push(run, &judge->report->failing_before,
                   interaction_of(run, interaction, base->operation, old));
}

static void hold_interactions(Judge *judge, const Api *base, const Api *revision,
                              const Expectations *expectations) {
    Arena *run = judge->run;
    Sides sides = {
        .evidence = evidence_new(run, judge->diff),
        .scratch = arena_scratch(run),
        .comparer = comparer_new(run),
        .base = router_new(run, base, judge->options->provider_base_path),
        .revision = router_new(run, revision, judge->options->provider_base_path),
        .last = arena_new_array(run, judge->diff->changes.count, const Interaction *),
    };
    sides.evidence->run = sides.scratch;
    for (size_t i = 0; i < expectations->interactions.count; i++)
        hold_interaction(judge, &sides, expectations->interactions.items[i]);
}

/* ---- The report ------------------------------------------------------------------------------ */

static void add_recorded(Text name, void *value, void *context) {
    (void)value;
    Judge *judge = context;
    array_push(judge->run, &judge->report->consumers_recorded, name);
}

static void add_broken(Text name, void *value, void *context) {
    (void)value;
    Judge *judge = context;
    array_push(judge->run, &judge->report->consumers_broken, name);
}

static int by_text(const void *a, const void *b) {
    return text_compare(*(const Text *)a, *(const Text *)b);
}

#define sort(array, order)                                                                         \
    do {                                                                                           \
        if ((array)->count > 1)                                                                    \
            qsort((array)->items, (array)->count, sizeof *(array)->items, (order));                \
    } while (0)

static void finish(Judge *judge, const Api *base, const Api *revision) {
    VerdictReport *report = judge->report;
    size_t kept = 0;
    for (array_each(VerdictChange, change, &report->changes)) {
        sort(&change->consumers, by_consumer);
        change->partly_held = is_partly_held(judge, change->change);
        if (!decide(judge->run, &judge->decider, change))
            continue;
        report->breaking += change->verdict == VERDICT_BREAKING;
        report->waived += change->waived.reason.size > 0;
        for (size_t i = 0; i < change->consumers.count; i++)
            map_put_text(judge->broken, change->consumers.items[i].consumer, judge);
        report->changes.items[kept++] = *change;
    }
    report->changes.count = kept;
    add_not_held(judge);
    report->safe = report->changes.count - report->breaking;
    bool breaking = report->breaking || report->orphans.count;
    report->verdict = breaking ? VERDICT_BREAKING : VERDICT_SAFE;
    report->consumers = map_count(judge->recorded);
    map_each(judge->recorded, add_recorded, judge);
    map_each(judge->broken, add_broken, judge);
    sort(&report->changes, by_verdict);
    identify_changes(judge->run, base, revision, report);
    sort(&report->consumers_recorded, by_text);
    sort(&report->consumers_broken, by_text);
    sort(&report->orphans, by_interaction);
    sort(&report->failing_before, by_interaction);
    sort(&report->pending, by_interaction);
    sort(&report->not_held, by_interaction);
}

VerdictReport *judge(Arena *run, const Api *base, const Api *revision, const Diff *diff,
                     const RuleSet *rules, const Expectations *expectations,
                     const JudgeOptions *options) {
    static const Policies none = {0};
    VerdictReport *report = arena_new_object(run, VerdictReport);
    Judge state = {
        .run = run,
        .diff = diff,
        .rules = rules,
        .options = options,
        .report = report,
        .excerpts = excerpts_new(run),
        .recorded = map_new(run),
        .decider = {expectations ? options->policy : POLICY_ANY_CONSUMER,
                    options->fail_on_conditional, options->policies ? options->policies : &none,
                    expectations != NULL},
        .broken = map_new(run),
        .operations = map_new(run),
        .partly_held = map_new(run),
    };
    report->policy = state.decider.policy;
    report->changes.items = arena_new_array(run, diff->changes.count, VerdictChange);
    report->changes.count = report->changes.capacity = diff->changes.count;
    for (size_t i = 0; i < diff->changes.count; i++)
        judge_change(&state, diff->changes.items[i], &report->changes.items[i]);
    if (expectations)
        hold_interactions(&state, base, revision, expectations);
    finish(&state, base, revision);
    return report;
}
