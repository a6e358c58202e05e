#include "make.h"

#include "flow.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* impacts [--from SEED] [--seeds N]: for each seed a description, a pact that its consumer may have
 * recorded, and a revision. What is demanded: no impact without an explanation; every consumer that
 * is called broken stands at a change of the interaction's operation and direction; where
 * nothing changed nobody is hurt, and so where the revision means the same. Exit status 1 if one
 * was misjudged; its inputs are made small first, and shown. */

typedef struct Inputs {
    Value *base, *revision, *pact;
} Inputs;

typedef struct Findings {
    bool refused; /* no valid input */
    size_t changes, broken;
    const char *wrong; /* NULL: nothing */
    Text detail;
} Findings;

typedef struct Run {
    Arena *arena;
    uint64_t seed;
    char files[3][64];
    bool same;         /* the revision means the same as the base */
    const char *wrong; /* what is looked for while inputs are made small */
    size_t pairs, refused, impacts, hurt, failures;
} Run;

/* ---- one question ---------------------------------------------------------------------------- */

static bool write_input(Run *run, size_t index, const Value *value) {
    Text text = value_text(run->arena, value);
    FILE *file = fopen(run->files[index], "w");
    if (!file)
        return false;
    bool written = fwrite(text.data, 1, text.size, file) == text.size;
    return (fclose(file) == 0) && written;
}

/* Whether a change reaches the operation of an interaction ("0 get /a"), as the base has it. One
 * that takes over what went to another has a path of its own. */
static bool is_of_operation(const VerdictChange *change, Text interaction) {
    size_t space = text_find_byte(interaction, ' ', 0) + 1;
    size_t end = text_find_byte(interaction, ' ', space);
    Text method = text_slice(interaction, space, end);
    Text path = text_slice(interaction, end + 1, interaction.size);
    if (change->change->kind == CHANGE_OPERATION_ADDED)
        return true;
    for (size_t i = 0; i < change->change->reaches.count; i++) {
        const Operation *base = change->change->reaches.items[i]->base;
        if (base && text_equal_ignoring_case(base->method, method) && text_equal(base->path, path))
            return true;
    }
    return false;
}

/* Whether what the consumer does there is in the direction of the change. */
static bool is_of_direction(const VerdictChange *change, Text reason) {
    bool reads = text_starts_with(reason, TEXT("reads")) ||
                 text_starts_with(reason, TEXT("expects")) ||
                 text_starts_with(reason, TEXT("accepts"));
    bool sends =
        text_starts_with(reason, TEXT("sends")) || text_starts_with(reason, TEXT("does not send"));
    bool whole = change->location.size == 0 && change->change->direction == DIRECTION_REQUEST;
    return whole || (!reads && !sends) ||
           reads == (change->change->direction == DIRECTION_RESPONSE);
}

static void examine(Run *run, const VerdictReport *report, Findings *findings) {
    size_t named = 0;
    findings->changes = report->changes.count;
    findings->broken = report->consumers_broken.count;
    for (size_t i = 0; i < report->changes.count; i++)
        for (size_t j = 0; j < report->changes.items[i].consumers.count; j++) {
            named++;
            const VerdictConsumer *who = &report->changes.items[i].consumers.items[j];
            if (!is_of_operation(&report->changes.items[i], who->interaction))
                findings->wrong = "a change of another operation is named";
            if (!is_of_direction(&report->changes.items[i], who->reason))
                findings->wrong = "a change of the other direction is named";
        }
    if (findings->broken && !named)
        findings->wrong = "a consumer is broken by no change";
    if (!findings->changes && findings->broken)
        findings->wrong = "nothing changed, and yet a consumer is broken";
    if (run->same && findings->broken)
        findings->wrong = "a consumer is broken by what means the same";
    if (report->by_nearness)
        findings->wrong = "an impact is explained by the nearest change alone";
    if (report->orphans.count) {
        const VerdictInteraction *orphan = &report->orphans.items[0];
        findings->wrong = "no change explains an impact";
        findings->detail =
            text_format(run->arena, "%.*s: %.*s: %.*s", TEXT_ARG(orphan->who.interaction),
                        TEXT_ARG(orphan->operation), TEXT_ARG(orphan->who.reason));
    }
}

static Findings judge_inputs(Run *run, const Inputs *inputs) {
    Findings findings = {0};
    const char *pacts[] = {run->files[2]};
    bw_compare_options options = BW_COMPARE_OPTIONS_INIT;
    options.base = run->files[0];
    options.revision = run->files[1];
    options.pacts = pacts;
    options.pact_count = 1;
    bw_result *result = NULL;
    if (!write_input(run, 0, inputs->base) || !write_input(run, 1, inputs->revision) ||
        !write_input(run, 2, inputs->pact))
        exit(2);
    bw_compare(&options, &result);
    findings.refused = !result || !result->report;
    if (!findings.refused)
        examine(run, result->report, &findings);
    bw_result_free(result);
    return findings;
}

/* ---- making small ---------------------------------------------------------------------------- */

static bool still_wrong(Run *run, const Inputs *inputs) {
    Findings findings = judge_inputs(run, inputs);
    return findings.wrong && !strcmp(findings.wrong, run->wrong);
}

/* Takes away the n-th part of a value, in the order in which they are written. False: there are not
 * so many. */
static bool take_away(Value *value, size_t *n) {
    for (size_t i = 0; i < value->members.count; i++) {
        if (!(*n)--) {
            value_remove_at(value, i);
            return true;
        }
        if (take_away(value->members.items[i].value, n))
            return true;
    }
    for (size_t i = 0; i < value->items.count; i++) {
        if (!(*n)--) {
            value_drop(value, i);
            return true;
        }
        if (take_away(value->items.items[i], n))
            return true;
    }
    return false;
}

/* Itself, or what means the same. */
static Value *same_as(Run *run, const Value *base) {
    Random random = {run->seed};
    Maker maker = {run->arena, &random, NULL};
    Value *same = value_copy(run->arena, base);
    if (run->seed % 2)
        respell_description(&maker, same);
    return same;
}

static void make_small(Run *run, Inputs *inputs) {
    enum { ROUNDS = 4, TRIALS = 6000 };
    size_t trials = 0;
    bool shrunk = true;
    for (int round = 0; shrunk && round < ROUNDS; round++) {
        shrunk = false;
        for (unsigned sides = 3; sides > (run->same ? 2 : 0); sides--)
            for (size_t at = 0; trials < TRIALS; trials++) {
                Inputs small = {value_copy(run->arena, inputs->base),
                                value_copy(run->arena, inputs->revision), inputs->pact};
                size_t n = at, m = at;
                bool base = (sides & 1) && take_away(small.base, &n);
                bool revision = (sides & 2) && take_away(small.revision, &m);
                if (run->same)
                    small.revision = same_as(run, small.base);
                if (!base && !revision)
                    break;
                bool wrong = still_wrong(run, &small);
                shrunk |= wrong;
                *inputs = wrong ? small : *inputs;
                at += !wrong;
            }
        for (size_t at = 0; trials < TRIALS; trials++) {
            Inputs small = *inputs;
            size_t n = at;
            small.pact = value_copy(run->arena, inputs->pact);
            if (!take_away(small.pact, &n))
                break;
            bool wrong = still_wrong(run, &small);
            shrunk |= wrong;
            *inputs = wrong ? small : *inputs;
            at += !wrong;
        }
    }
}

static void show(Run *run, Inputs *inputs, const Findings *findings) {
    run->failures++;
    run->wrong = findings->wrong;
    make_small(run, inputs);
    Findings small = judge_inputs(run, inputs);
    printf("seed %llu: %s %.*s\n", (unsigned long long)run->seed, findings->wrong,
           TEXT_ARG(small.detail));
    printf("  base      %.*s\n", TEXT_ARG(value_text(run->arena, inputs->base)));
    printf("  revision  %.*s\n", TEXT_ARG(value_text(run->arena, inputs->revision)));
    printf("  pact      %.*s\n", TEXT_ARG(value_text(run->arena, inputs->pact)));
    fflush(stdout);
}

/* ---- seeds ----------------------------------------------------------------------------------- */

static void run_pair(Run *run, Inputs *inputs) {
    Findings findings = judge_inputs(run, inputs);
    run->pairs++;
    run->refused += findings.refused;
    run->impacts += findings.broken > 0;
    if (findings.wrong)
        show(run, inputs, &findings);
}

static void run_inputs(Run *run) {
    Random random = {run->seed};
    Maker maker = {run->arena, &random, NULL};
    Value *base = make_description(&maker);
    Inputs inputs = {base, value_copy(run->arena, base), make_pact(&maker, base)};
    Inputs same = inputs;
    change_description(&maker, inputs.revision);
    same.revision = same_as(run, base);
    run->same = false;
    run_pair(run, &inputs);
    run->same = true;
    run_pair(run, &same);
}

static bool run_seed(Run *run) {
    MemoryEscape escape;
    if (setjmp(escape.point))
        return false;
    run->arena = arena_new(&escape);
    if (!run->arena)
        return false;
    run_inputs(run);
    arena_free(run->arena);
    return true;
}

static volatile sig_atomic_t seed_at_hand;

static void say_seed(int signal_number) {
    char text[64];
    int size =
        snprintf(text, sizeof text, "seed %d: signal %d\n", (int)seed_at_hand, signal_number);
    if (write(STDOUT_FILENO, text, (size_t)size) < 0)
        _exit(3);
    _exit(3);
}

static bool make_files(Run *run) {
    for (size_t i = 0; i < 3; i++) {
        snprintf(run->files[i], sizeof run->files[i], "%s/bw-impacts-XXXXXX", P_tmpdir);
        int descriptor = mkstemp(run->files[i]);
        if (descriptor < 0 || close(descriptor) != 0)
            return false;
    }
    return true;
}

int main(int count, char **arguments) {
    Run run = {0};
    uint64_t from = 1, seeds = 400;
    for (int i = 1; i < count; i++) {
        bool valued = i + 1 < count;
        if (!strcmp(arguments[i], "--from") && valued) {
            from = strtoull(arguments[++i], NULL, 10);
        } else if (!strcmp(arguments[i], "--seeds") && valued) {
            seeds = strtoull(arguments[++i], NULL, 10);
        } else {
            printf("usage: impacts [--from SEED] [--seeds N]\n");
            return 2;
        }
    }
    signal(SIGSEGV, say_seed);
    signal(SIGABRT, say_seed);
    if (!make_files(&run))
        return 2;
    bool whole = true;
    for (run.seed = from; whole && run.seed < from + seeds; run.seed++) {
        seed_at_hand = (sig_atomic_t)run.seed;
        whole = run_seed(&run);
    }
    for (size_t i = 0; i < 3; i++)
        unlink(run.files[i]);
    printf("impacts: %zu pairs with a pact (%zu refused as input), %zu of them hurt a consumer: "
           "%zu misjudged\n",
           run.pairs, run.refused, run.impacts, run.failures);
    return !whole || run.failures;
}
