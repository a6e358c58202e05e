#include "held.h"
#include "need.h"
#include "oracle/refactor.h"
#include "oracle/sample.h"
#include "tagged.h"

#include <stdio.h>
#include <stdlib.h>

/* consumers [--from SEED] [--seeds N]: for each seed a description, a consumer that was written
 * against an answer it allows, and a revision: changed at random, or rewritten without a change of
 * meaning. What the program says is held against sampled answers, which an evaluator of schemas and
 * one of matchers judge that share nothing with it:
 *
 *   satisfied      no answer may be one that the consumer can't take,
 *   contradicted   no answer may be one that it can take,
 *   nobody named   and satisfied by the base: no answer of the revision may be one it can't take,
 *   the same       where the meaning is the same nobody may be named.
 *
 * and of a body that it sends
 *
 *   satisfied      no body that its matchers allow may be refused,
 *   contradicted   the body itself may not be taken,
 *   nobody named   and satisfied by the base: the revision takes all of them.
 *
 * An answer proves something only if the description describes every key of it: what is not
 * declared does not come. Where the provider's state decides (exact values, lengths of lists)
 * another state's answer proves nothing. Beside it each seed makes alternatives with tags
 * (tagged.h), of which it is known what is right. Exit status 1 if one was misjudged. */

typedef struct Figures {
    size_t pairs, satisfied, not_guaranteed, contradicted;
    size_t named, hurt, groundless; /* named, with a witness, without one */
    size_t false_satisfied, false_contradicted, missed, orphans;
    size_t rewritings, alarms, faults;
    TaggedFigures tagged;
} Figures;

typedef struct Trial {
    Arena *arena;
    uint64_t seed;
    Random random;
    Figures *figures;
    Description base, revision;
    Value *answer; /* what the base allows, against which the consumer was written */
    Need *need;
    uint32_t next_type_id;
    Diagnostics diagnostics;
    Text pact;
} Trial;

enum { SAMPLES = 60 };

/* ---- What the program is given --------------------------------------------------------------- */

static Reader reader_of(Trial *trial) {
    return (Reader){trial->arena, &trial->diagnostics, &trial->next_type_id};
}

static Api *api_of(Trial *trial, const Description *description) {
    Buffer schema = {.arena = trial->arena}, components = {.arena = trial->arena};
    Reader reader = reader_of(trial);
    value_write(description->schema, &schema);
    value_write(description->components, &components);
    return read_description(&reader, buffer_text(&schema), buffer_text(&components));
}

static bool load_need(Trial *trial, bool sends, Expectations *expectations) {
    Buffer body = {.arena = trial->arena}, rules = {.arena = trial->arena};
    Buffer generators = {.arena = trial->arena};
    value_write(need_example(trial->arena, trial->need), &body);
    need_write_rules(trial->need, TEXT("$"), &rules);
    if (sends)
        need_write_generators(trial->need, TEXT("$"), &generators);
    trial->pact = text_format(
        trial->arena,
        "{\"consumer\": {\"name\": \"c\"}, \"provider\": {\"name\": \"p\"}, \"interactions\": [\n"
        "{\"description\": \"d\", \"request\": {\"method\": \"%s\", \"path\": \"/x\"%s\n"
        "\"headers\": {\"Content-Type\": \"application/json\"},\n"
        "\"body\": %.*s,\n\"matchingRules\": {\"body\": {%.*s}},\n"
        "\"generators\": {\"body\": {%.*s}}}%s}],\n"
        "\"metadata\": {\"pactSpecification\": {\"version\": \"3.0.0\"}}}\n",
        sends ? "POST" : "GET", sends ? "," : "},\n\"response\": {\"status\": 200,",
        TEXT_ARG(buffer_text(&body)), TEXT_ARG(rules.size ? buffer_text(&rules) : TEXT("")),
        TEXT_ARG(generators.size ? buffer_text(&generators) : TEXT("")),
        sends ? ",\n\"response\": {\"status\": 204}" : "");
    Reader reader = reader_of(trial);
    return read_pact(&reader, trial->pact, expectations);
}

/* ---- What is so ------------------------------------------------------------------------------ */

static bool is_described(const Described *described, const Value *value) {
    for (size_t i = 0; i < value->items.count; i++)
        if (!is_described(described, value->items.items[i]))
            return false;
    for (size_t i = 0; i < value->members.count; i++) {
        bool found = false;
        for (size_t j = 0; j < described->members.count && !found; j++)
            found = described->members.items[j] == &value->members.items[i];
        if (!found || !is_described(described, value->members.items[i].value))
            return false;
    }
    return true;
}

static bool may_come(const Trial *trial, const Description *description, const Value *value) {
    Described described = {0};
    return evaluate(trial->arena, description, value, NULL, &described) == TAKEN &&
           is_described(&described, value);
}

/* The description with the types that are meant where properties or items stand without one: what
 * is of another kind proves nothing. */
static Description as_meant(Arena *arena, const Description *description) {
    Description meant = description_copy(arena, description);
    SchemaList list = schemas_of(arena, &meant);
    for (size_t i = 0; i < list.schemas.count; i++) {
        Value *schema = list.schemas.items[i];
        bool object = value_has(schema, "properties") || value_has(schema, "required");
        bool array = value_has(schema, "items");
        if ((!object && !array) || value_has(schema, "type"))
            continue;
        if (object && array) /* each consumer means its own */
            value_set(arena, schema, "not", value_boolean(arena, true));
        value_set(arena, schema, "type",
                  value_string(arena, object ? TEXT("object") : TEXT("array")));
    }
    return meant;
}

/* Answers of a description: one that the consumer can't take whatever the state, one that it can.
 */
typedef struct Witnesses {
    const Value *untaken, *taken;
} Witnesses;

static Witnesses look_for_witnesses(Trial *trial, const Description *description) {
    Witnesses found = {0};
    Random random = {trial->seed * 7 + 3};
    Pool pool = {0};
    pool_fill(trial->arena, &trial->base, &pool);
    pool_fill(trial->arena, &trial->revision, &pool);
    Description meant = as_meant(trial->arena, description);
    for (int i = 0; i < SAMPLES; i++) {
        const Value *value = i ? sample(trial->arena, &random, description, &pool) : trial->answer;
        if (chance(&random, 50))
            value = need_impose(trial->arena, trial->need, value);
        if (!may_come(trial, description, value))
            continue;
        if (!found.untaken && may_come(trial, &meant, value) &&
            need_is_of_state(trial->need, value) && !need_takes(trial->need, value, true))
            found.untaken = value;
        if (!found.taken && need_takes(trial->need, value, false))
            found.taken = value;
    }
    return found;
}

/* Whether a schema leads back to itself at the same value: to evaluate it would take for ever. */
static bool leads_back(const Description *description, const Value *schema, int depth) {
    static const char *const lists[] = {"allOf", "anyOf", "oneOf"};
    static const char *const parts[] = {"not", "if", "then", "else"};
    enum { DEPTH = 12 };
    if (!schema || schema->kind != VALUE_OBJECT)
        return false;
    if (depth > DEPTH ||
        leads_back(description, description_component(description, value_get(schema, "$ref")),
                   depth + 1))
        return true;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const Value *list = value_get(schema, lists[i]);
        for (size_t j = 0; list && j < list->items.count; j++)
            if (leads_back(description, list->items.items[j], depth + 1))
                return true;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (leads_back(description, value_get(schema, parts[i]), depth + 1))
            return true;
    return false;
}

static bool is_endless(Trial *trial, const Description *description) {
    SchemaList list = schemas_of(trial->arena, description);
    for (size_t i = 0; i < list.schemas.count; i++)
        if (leads_back(description, list.schemas.items[i], 0))
            return true;
    return false;
}

/* ---- What is said ---------------------------------------------------------------------------- */

static void print_value(Trial *trial, const char *label, const Value *value) {
    Buffer text = {.arena = trial->arena};
    if (value)
        value_write(value, &text);
    printf("  %-10s %.*s\n", label, TEXT_ARG(text.size ? buffer_text(&text) : TEXT("none")));
}

static void print_trial(Trial *trial, const char *what, const Value *witness) {
    printf("seed %llu: %s\n", (unsigned long long)trial->seed, what);
    print_value(trial, "base", trial->base.schema);
    print_value(trial, "revision", trial->revision.schema);
    print_value(trial, "components", trial->base.components);
    print_value(trial, "and", trial->revision.components);
    print_value(trial, "answer", witness);
    printf("%.*s", TEXT_ARG(trial->pact));
}

static void check_outcome(Trial *trial, const Outcome *outcome, const Witnesses *witnesses) {
    size_t *counts[] = {&trial->figures->satisfied, &trial->figures->not_guaranteed,
                        &trial->figures->contradicted};
    ++*counts[outcome->result];
    if (outcome->result == SATISFIED && witnesses->untaken) {
        trial->figures->false_satisfied++;
        print_trial(trial, "satisfied, and yet an answer can't be taken", witnesses->untaken);
    }
    if (outcome->result == CONTRADICTED && witnesses->taken) {
        trial->figures->false_contradicted++;
        print_trial(trial, "contradicted, and yet an answer can be taken", witnesses->taken);
        for (size_t i = 0; i < outcome->mismatches.count; i++)
            printf("  %.*s\n", TEXT_ARG(outcome->mismatches.items[i].message));
    }
}

/* ---- Trials ---------------------------------------------------------------------------------- */

/* An answer that the base allows, all of it declared. False: none was found. */
static bool begin(Trial *trial) {
    trial->base = generate_description(trial->arena, &trial->random);
    if (is_endless(trial, &trial->base))
        return false;
    Pool pool = {0};
    pool_fill(trial->arena, &trial->base, &pool);
    for (int i = 0; i < SAMPLES; i++) {
        trial->answer = sample(trial->arena, &trial->random, &trial->base, &pool);
        bool empty = trial->answer->kind == VALUE_NULL ||
                     (trial->answer->kind == VALUE_STRING && !trial->answer->text.size);
        if (empty || !may_come(trial, &trial->base, trial->answer))
            continue; /* a pact writes what is null or "" where there is no body */
        trial->need = need_of(trial->arena, &trial->random, trial->answer);
        trial->revision = description_copy(trial->arena, &trial->base);
        return true;
    }
    return false;
}

static void check_pair(Trial *trial, bool same_meaning) {
    Figures *figures = trial->figures;
    Expectations expectations = {0};
    Api *base = api_of(trial, &trial->base), *revision = api_of(trial, &trial->revision);
    if (!base || !revision)
        return; /* a mutation may make what is no schema */
    if (!load_need(trial, false, &expectations)) {
        figures->faults++;
        print_trial(trial, "the pact is not read", NULL);
        return;
    }
    const Interaction *interaction = expectations.interactions.items[0];
    Reader reader = reader_of(trial);
    const VerdictReport *report = judge_both(&reader, base, revision, &expectations);
    Outcome *before = hold_one(&reader, base, interaction);
    Outcome *after = hold_one(&reader, revision, interaction);
    bool named = report->consumers_broken.count > 0;
    Witnesses then = look_for_witnesses(trial, &trial->base);
    Witnesses now = look_for_witnesses(trial, &trial->revision);
    figures->pairs += !same_meaning;
    figures->rewritings += same_meaning;
    if (report->orphans.count || report->by_nearness) {
        figures->orphans++;
        print_trial(trial, "an impact that no change explains", now.untaken);
    }
    check_outcome(trial, before, &then);
    check_outcome(trial, after, &now);
    if (same_meaning) {
        figures->alarms += named;
        if (named)
            print_trial(trial, "named, and the meaning is the same", NULL);
        return;
    }
    figures->named += named;
    figures->hurt += named && now.untaken;
    if (!named && now.untaken && before->result == SATISFIED) {
        figures->missed++;
        print_trial(trial, "hurt and not named", now.untaken);
    }
}

/* A body that the description refuses, or takes, of those that the consumer may send; NULL: none
 * was found. */
static const Value *look_for_sent(Trial *trial, const Description *description, bool taken) {
    enum { VARIATIONS = 40 };
    Random random = {trial->seed * 11 + 5};
    Pool pool = {0};
    pool_fill(trial->arena, &trial->base, &pool);
    pool_fill(trial->arena, &trial->revision, &pool);
    ValueList values = {0};
    for (size_t i = 0; i < pool.values.count; i++)
        array_push(trial->arena, &values, pool.values.items[i]);
    for (int i = 0; i < VARIATIONS; i++) {
        bool recorded = !i && !need_is_generated(trial->need);
        const Value *value =
            recorded ? need_example(trial->arena, trial->need)
                     : need_vary(trial->arena, &random, trial->need, taken ? NULL : &values);
        Described described = {0};
        if ((evaluate(trial->arena, description, value, NULL, &described) == TAKEN) == taken)
            return value;
    }
    return NULL;
}

static void check_sent(Trial *trial, const Outcome *outcome, const Description *description,
                       const Value *refused) {
    Described described = {0};
    const Value *body = need_example(trial->arena, trial->need);
    bool taken = evaluate(trial->arena, description, body, NULL, &described) == TAKEN;
    if (need_is_generated(trial->need)) {
        body = look_for_sent(trial, description, true);
        taken = body != NULL;
    }
    size_t *counts[] = {&trial->figures->satisfied, &trial->figures->not_guaranteed,
                        &trial->figures->contradicted};
    ++*counts[outcome->result];
    if (outcome->result == SATISFIED && refused) {
        trial->figures->false_satisfied++;
        print_trial(trial, "satisfied, and yet a body is refused", refused);
    }
    if (outcome->result == CONTRADICTED && taken) {
        trial->figures->false_contradicted++;
        print_trial(trial, "contradicted, and yet the body is taken", body);
        for (size_t i = 0; i < outcome->mismatches.count; i++)
            printf("  %.*s\n", TEXT_ARG(outcome->mismatches.items[i].message));
    }
}

static void check_request(Trial *trial, bool same_meaning) {
    Figures *figures = trial->figures;
    Expectations expectations = {0};
    Api *base = api_of(trial, &trial->base), *revision = api_of(trial, &trial->revision);
    if (!base || !revision)
        return;
    if (!load_need(trial, true, &expectations)) {
        figures->faults++;
        print_trial(trial, "the pact is not read", NULL);
        return;
    }
    const Interaction *interaction = expectations.interactions.items[0];
    Reader reader = reader_of(trial);
    const VerdictReport *report = judge_both(&reader, base, revision, &expectations);
    Outcome *before = hold_one(&reader, base, interaction);
    Outcome *after = hold_one(&reader, revision, interaction);
    bool named = report->consumers_broken.count > 0;
    const Value *then = look_for_sent(trial, &trial->base, false);
    const Value *now = look_for_sent(trial, &trial->revision, false);
    if (report->orphans.count || report->by_nearness) {
        figures->orphans++;
        print_trial(trial, "an impact that no change explains", now);
    }
    check_sent(trial, before, &trial->base, then);
    check_sent(trial, after, &trial->revision, now);
    if (same_meaning) {
        figures->alarms += named;
        if (named)
            print_trial(trial, "named, and the meaning is the same", NULL);
        return;
    }
    figures->named += named;
    figures->hurt += named && now;
    if (!named && now && before->result == SATISFIED) {
        figures->missed++;
        print_trial(trial, "hurt and not named", now);
    }
}

static bool run_seed(uint64_t seed, Figures *figures) {
    MemoryEscape escape;
    if (setjmp(escape.point))
        return false;
    Arena *arena = arena_new(&escape);
    if (!arena)
        return false;
    Trial trial = {.arena = arena, .seed = seed, .random = {seed}, .figures = figures};
    trial.diagnostics.arena = arena;
    if (begin(&trial)) {
        Generator generator = {
            .arena = arena, .random = &trial.random, .components = trial.revision.components};
        mutate(&generator, &trial.revision);
        if (!is_endless(&trial, &trial.revision)) {
            check_pair(&trial, false);
            check_request(&trial, false);
        }
        Buffer done = {.arena = arena};
        trial.revision = description_copy(arena, &trial.base);
        refactor(arena, &trial.random, &trial.revision, &done);
        check_pair(&trial, true);
        check_request(&trial, true);
    }
    Reader reader = reader_of(&trial);
    check_tagged(&reader, seed, &figures->tagged);
    arena_free(arena);
    return true;
}

static int report(const Figures *figures) {
    printf(
        "consumers: %zu pairs: satisfied %zu, not guaranteed %zu, contradicted %zu (each side)\n",
        figures->pairs, figures->satisfied, figures->not_guaranteed, figures->contradicted);
    printf("           satisfied against a witness %zu, contradicted against one %zu\n",
           figures->false_satisfied, figures->false_contradicted);
    printf("           %zu named, %zu of them with a witness; hurt and not named %zu; "
           "unexplained %zu\n",
           figures->named, figures->hurt, figures->missed, figures->orphans);
    printf("           %zu rewritings: %zu false alarms\n", figures->rewritings, figures->alarms);
    printf("           %zu pairs of tagged alternatives: satisfied %zu, not guaranteed %zu, "
           "contradicted %zu, named %zu; %zu misjudged\n",
           figures->tagged.pairs, figures->tagged.results[SATISFIED],
           figures->tagged.results[NOT_GUARANTEED], figures->tagged.results[CONTRADICTED],
           figures->tagged.named, figures->tagged.wrong);
    return figures->false_satisfied || figures->false_contradicted || figures->missed ||
           figures->orphans || figures->alarms || figures->faults || figures->tagged.wrong;
}

int main(int count, char **arguments) {
    uint64_t from = 1, seeds = 300;
    Figures figures = {0};
    for (int i = 1; i < count; i++) {
        bool valued = i + 1 < count;
        if (!strcmp(arguments[i], "--from") && valued) {
            from = strtoull(arguments[++i], NULL, 10);
        } else if (!strcmp(arguments[i], "--seeds") && valued) {
            seeds = strtoull(arguments[++i], NULL, 10);
        } else {
            printf("usage: consumers [--from SEED] [--seeds N]\n");
            return 2;
        }
    }
    for (uint64_t seed = from; seed < from + seeds; seed++)
        if (!run_seed(seed, &figures))
            return 2;
    return report(&figures);
}
