#include "access.h"
#include "generate.h"
#include "judge.h"
#include "print.h"
#include "refactor.h"
#include "shrink.h"

#include <stdio.h>
#include <stdlib.h>

/* oracle [--from SEED] [--seeds N] [--explain]: for each seed a pair whose revision was changed at
 * random, a pair of hard schemas of which one keyword differs, and a pair whose revision means the
 * same. Exit status 1 if one was misjudged. With --answers only what the evaluator says of values.
 */

typedef struct Figures {
    size_t pairs, refused, proven, missed;
    size_t unproven, open; /* directions without a witness: called unproven, and all */
    size_t groundless;     /* of those: called breaking */
    size_t refactorings, alarms, untrue, faults;
} Figures;

typedef struct Run {
    Judge judge;
    Figures figures;
    Arena *arena; /* of the pair at hand */
    uint64_t seed;
    bool answers; /* only print what the evaluator says of values */
    bool explain; /* also say what is unproven or breaking without a witness */
    int direction;
} Run;

static const char *const direction_words[] = {"request", "response"};

static void print_side(Arena *arena, const char *label, const Description *side) {
    Buffer text = {.arena = arena};
    value_write(side->schema, &text);
    if (side->components->members.count) {
        buffer_add(&text, TEXT("\n             with "));
        value_write(side->components, &text);
    }
    printf("  %-10s %.*s%s%s\n", label, TEXT_ARG(buffer_text(&text)),
           side->in_3_0 ? "   (in 3.0)" : "", side->dynamic ? "   (with $dynamicRef)" : "");
}

static void print_pair(const Run *run, const PairOfSides *pair, int direction, const char *what) {
    Judgement judgement = judge_pair(&run->judge, run->arena, run->seed, pair);
    printf("seed %llu: %s: %s\n", (unsigned long long)run->seed, direction_words[direction], what);
    print_side(run->arena, "base", &pair->base);
    print_side(run->arena, "revision", &pair->revision);
    if (judgement.witness[direction]) {
        Buffer text = {.arena = run->arena};
        value_write(judgement.witness[direction], &text);
        printf("  %-10s %.*s\n", "value", TEXT_ARG(buffer_text(&text)));
    }
    printf("%.*s", TEXT_ARG(judgement.said[direction].words));
}

/* ---- pairs of unknown meaning ---------------------------------------------------------------- */

static bool still_missed(void *context, const PairOfSides *pair) {
    const Run *run = context;
    Judgement judgement = judge_pair(&run->judge, run->arena, run->seed, pair);
    return judgement_misses(&judgement, run->direction);
}

static bool still_unproven(void *context, const PairOfSides *pair) {
    const Run *run = context;
    Judgement judgement = judge_pair(&run->judge, run->arena, run->seed, pair);
    return !judgement.witness[run->direction] && judgement.said[run->direction].unproven &&
           judgement.said[run->direction].worst != BW_BREAKING;
}

static bool still_groundless(void *context, const PairOfSides *pair) {
    const Run *run = context;
    Judgement judgement = judge_pair(&run->judge, run->arena, run->seed, pair);
    return !judgement.witness[run->direction] &&
           judgement.said[run->direction].worst == BW_BREAKING;
}

static void explain(Run *run, const PairOfSides *pair, StillFails *fails, const char *what) {
    PairOfSides small = shrink(run->arena, pair, fails, run);
    print_pair(run, &small, run->direction, what);
}

static void count_direction(Run *run, const PairOfSides *pair, const Judgement *judgement,
                            int direction) {
    Figures *figures = &run->figures;
    run->direction = direction;
    if (judgement->witness[direction]) {
        figures->proven++;
        if (!judgement_misses(judgement, direction))
            return;
        figures->missed++;
        explain(run, pair, still_missed, "a proven break is called compatible");
        return;
    }
    figures->open++;
    if (judgement->said[direction].worst == BW_BREAKING) {
        figures->groundless++;
        if (run->explain)
            explain(run, pair, still_groundless, "breaking, and no value shows it");
    } else if (judgement->said[direction].unproven) {
        figures->unproven++;
        if (run->explain)
            explain(run, pair, still_unproven, "unproven");
    }
}

static void judge_unknown(Run *run, Random *random, PairOfSides pair) {
    if (description_is_circular(&pair.base) || description_is_circular(&pair.revision))
        return;
    if (chance(random, 50))
        pair = (PairOfSides){pair.revision, pair.base};
    Judgement judgement = judge_pair(&run->judge, run->arena, run->seed, &pair);
    run->figures.pairs++;
    run->figures.refused += judgement.refused;
    if (judgement.fault) {
        run->figures.faults++;
        print_pair(run, &pair, BW_REQUEST, "the library broke down");
    }
    for (int direction = BW_REQUEST; direction <= BW_RESPONSE; direction++)
        if (!judgement.refused && !judgement.fault)
            count_direction(run, &pair, &judgement, direction);
}

static void run_mutation(Run *run) {
    Random random = {run->seed * 2};
    Generator generator = {.arena = run->arena, .random = &random};
    PairOfSides pair = {.base = generate_description(run->arena, &random)};
    pair.revision = description_copy(run->arena, &pair.base);
    generator.components = pair.revision.components;
    if (chance(&random, 40)) {
        Buffer done = {.arena = run->arena};
        refactor(run->arena, &random, &pair.revision, &done);
    }
    mutate(&generator, &pair.revision);
    judge_unknown(run, &random, pair);
}

static void choose_spelling(Random *random, Description *description) {
    description->in_3_0 = chance(random, 15);
    description->dynamic = chance(random, 15);
}

/* Hard schemas of which one keyword differs. */
static void run_nudge(Run *run) {
    Random random = {~run->seed};
    Generator generator = {.arena = run->arena, .random = &random};
    PairOfSides pair = {.base = generate_hard_description(run->arena, &random)};
    Buffer done = {.arena = run->arena};
    if (chance(&random, 40))
        refactor(run->arena, &random, &pair.base, &done);
    if (chance(&random, 15))
        mark_access(run->arena, &pair.base);
    pair.revision = description_copy(run->arena, &pair.base);
    choose_spelling(&random, &pair.base);
    choose_spelling(&random, &pair.revision);
    generator.components = pair.revision.components;
    nudge(&generator, &pair.revision);
    judge_unknown(run, &random, pair);
}

/* ---- pairs of one meaning -------------------------------------------------------------------- */

/* A smaller base, of which some rewriting still raises an alarm. */
static bool base_still_alarms(void *context, const PairOfSides *pair) {
    enum { REWRITINGS = 12 };
    Run *run = context;
    for (uint64_t i = 0; i < REWRITINGS; i++) {
        Random random = {run->seed + i};
        PairOfSides small = {pair->base, description_copy(run->arena, &pair->base)};
        Buffer done = {.arena = run->arena};
        refactor(run->arena, &random, &small.revision, &done);
        if (chance(&random, 50))
            small = (PairOfSides){small.revision, small.base};
        Judgement judgement = judge_pair(&run->judge, run->arena, run->seed, &small);
        bool same = !judgement.witness[BW_REQUEST] && !judgement.witness[BW_RESPONSE];
        if (same &&
            (judgement_alarms(&judgement, BW_REQUEST) || judgement_alarms(&judgement, BW_RESPONSE)))
            return true;
    }
    return false;
}

/* `whole` is the pair that raised it, for where nothing smaller does. */
static void print_alarm(Run *run, const PairOfSides *pair, const PairOfSides *whole) {
    enum { REWRITINGS = 12 };
    PairOfSides small = shrink(run->arena, pair, base_still_alarms, run);
    for (uint64_t i = 0; i < REWRITINGS; i++) {
        Random random = {run->seed + i};
        small.revision = description_copy(run->arena, &small.base);
        Buffer done = {.arena = run->arena};
        refactor(run->arena, &random, &small.revision, &done);
        PairOfSides turned = small;
        if (chance(&random, 50))
            turned = (PairOfSides){small.revision, small.base};
        Judgement judgement = judge_pair(&run->judge, run->arena, run->seed, &turned);
        for (int direction = BW_REQUEST; direction <= BW_RESPONSE; direction++)
            if (judgement_alarms(&judgement, direction)) {
                print_pair(run, &turned, direction, text_copy(run->arena, buffer_text(&done)).data);
                return;
            }
    }
    for (int direction = BW_REQUEST; direction <= BW_RESPONSE; direction++)
        print_pair(run, whole, direction, "an alarm of several rewritings");
}

static void run_refactoring(Run *run) {
    Random random = {run->seed * 2 + 1};
    PairOfSides pair = {.base = generate_description(run->arena, &random)};
    pair.revision = description_copy(run->arena, &pair.base);
    PairOfSides kept = {pair.base, description_copy(run->arena, &pair.base)};
    Buffer done = {.arena = run->arena};
    refactor(run->arena, &random, &pair.revision, &done);
    if (description_is_circular(&pair.base) || description_is_circular(&pair.revision))
        return;
    choose_spelling(&random, &pair.revision);
    if (chance(&random, 50))
        pair = (PairOfSides){pair.revision, pair.base};
    Judgement judgement = judge_pair(&run->judge, run->arena, run->seed, &pair);
    run->figures.refactorings++;
    if (judgement.fault || judgement.refused) {
        run->figures.faults++;
        printf("%.*s\n", TEXT_ARG(judgement.diagnostic));
        print_pair(run, &pair, BW_REQUEST, "not compared");
        return;
    }
    if (judgement.witness[BW_REQUEST] || judgement.witness[BW_RESPONSE]) {
        run->figures.untrue++;
        print_pair(run, &pair, judgement.witness[BW_REQUEST] ? BW_REQUEST : BW_RESPONSE,
                   text_format(run->arena, "the oracle's own fault, the meaning changed: %.*s",
                               TEXT_ARG(buffer_text(&done)))
                       .data);
        return;
    }
    if (!judgement_alarms(&judgement, BW_REQUEST) && !judgement_alarms(&judgement, BW_RESPONSE))
        return;
    run->figures.alarms++;
    print_alarm(run, &kept, &pair);
}

/* ---- all ------------------------------------------------------------------------------------- */

static bool run_seed(Run *run) {
    MemoryEscape escape;
    if (setjmp(escape.point))
        return false;
    run->arena = arena_new(&escape);
    if (!run->arena)
        return false;
    if (run->answers) {
        print_answers(run->arena, run->seed);
    } else {
        run_mutation(run);
        run_nudge(run);
        run_refactoring(run);
    }
    arena_free(run->arena);
    return true;
}

static double percent(size_t part, size_t whole) {
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static int report(const Figures *figures) {
    printf("oracle: %zu pairs (%zu refused as input): %zu breaks proven, %zu called compatible\n",
           figures->pairs, figures->refused, figures->proven, figures->missed);
    printf("        without a proven break: %zu directions, of them unproven %zu (%.2f %%), "
           "breaking %zu (%.2f %%)\n",
           figures->open, figures->unproven, percent(figures->unproven, figures->open),
           figures->groundless, percent(figures->groundless, figures->open));
    printf("        %zu refactorings: %zu false alarms\n", figures->refactorings, figures->alarms);
    if (figures->untrue || figures->faults)
        printf("        %zu refactorings changed the meaning, %zu pairs could not be compared\n",
               figures->untrue, figures->faults);
    return figures->missed || figures->alarms || figures->untrue || figures->faults;
}

int main(int count, char **arguments) {
    Run run = {.judge.samples = 60};
    uint64_t from = 1, seeds = 400;
    for (int i = 1; i < count; i++) {
        bool valued = i + 1 < count;
        if (!strcmp(arguments[i], "--from") && valued) {
            from = strtoull(arguments[++i], NULL, 10);
        } else if (!strcmp(arguments[i], "--seeds") && valued) {
            seeds = strtoull(arguments[++i], NULL, 10);
        } else if (!strcmp(arguments[i], "--samples") && valued) {
            run.judge.samples = (unsigned)strtoul(arguments[++i], NULL, 10);
        } else if (!strcmp(arguments[i], "--answers")) {
            run.answers = true;
        } else if (!strcmp(arguments[i], "--explain")) {
            run.explain = true;
        } else {
            printf(
                "usage: oracle [--from SEED] [--seeds N] [--samples N] [--explain | --answers]\n");
            return 2;
        }
    }
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    if (!judge_open(&run.judge))
        return 2;
    bool whole = true;
    for (run.seed = from; whole && run.seed < from + seeds; run.seed++)
        whole = run_seed(&run);
    judge_close(&run.judge);
    if (whole && run.answers)
        return 0;
    return whole ? report(&run.figures) : 2;
}
