#include "harness.h"

#include <malloc.h>
#include <stdio.h>

/* Every real description in ../shared/corpus loads on both sides and is compared: a table, and what
 * must hold for all of them. The data has other authors and lies beside the project. */

static Text document_in(Arena *arena, Text folder, const char *side) {
    static const char *const endings[] = {".yaml", ".json", "/DigitalOcean-public.v2.yaml"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        Text path = text_format(arena, "%.*s/%s%s", TEXT_ARG(folder), side, endings[i]);
        if (test_file_exists(path))
            return path;
    }
    return (Text){0};
}

static Run diff(Harness *harness, Text base, Text revision) {
    Text arguments[] = {TEXT("diff"), base, revision, TEXT("--format"), TEXT("json")};
    return run_program(harness->arena, harness->program, harness->root, arguments, 5);
}

typedef struct Counts {
    size_t changes, breaking, conditional, compatible, orphans;
} Counts;

static Counts count_changes(const json_t *report) {
    Counts counts = {0};
    size_t index;
    json_t *change;
    counts.orphans = json_array_size(json_object_get(report, "orphans"));
    json_array_foreach(json_object_get(report, "changes"), index, change) {
        const char *compatibility = json_string_value(json_object_get(change, "compatibility"));
        counts.changes++;
        counts.breaking += compatibility && !strcmp(compatibility, "breaking");
        counts.conditional += compatibility && !strcmp(compatibility, "conditional");
        counts.compatible += compatibility && !strcmp(compatibility, "compatible");
    }
    return counts;
}

/* Operations and types that the program understood of a description. */
static void count_graph(Harness *harness, Text path, size_t *operations, size_t *types) {
    Text arguments[] = {TEXT("graph"), path, TEXT("--format"), TEXT("json")};
    Run run = run_program(harness->arena, harness->program, harness->root, arguments, 4);
    json_t *graph = test_parse_json(run.out);
    *operations = json_array_size(json_object_get(graph, "operations"));
    *types = json_array_size(json_object_get(graph, "types"));
    json_decref(graph);
}

static bool no_change(Harness *harness, Text name, Text path) {
    Run run = diff(harness, path, path);
    json_t *report = test_parse_json(run.out);
    size_t changes = json_array_size(json_object_get(report, "changes"));
    bool good = report && run.status == 0 && changes == 0;
    if (!good)
        fail(harness, name, "%.*s against itself: status %d, %zu changes", TEXT_ARG(path),
             run.status, changes);
    json_decref(report);
    return good;
}

static void run_pair(Harness *harness, Text name, Text folder) {
    Arena *arena = harness->arena;
    Text base = document_in(arena, folder, "base");
    Text revision = document_in(arena, folder, "revision");
    Run run = diff(harness, base, revision);
    json_t *report = test_parse_json(run.out);
    if (!report || run.status > 1) {
        fail(harness, name, "status %d\n%.*s", run.status, TEXT_ARG(run.err));
        json_decref(report);
        return;
    }
    Counts counts = count_changes(report);
    size_t operations, types;
    count_graph(harness, revision, &operations, &types);
    printf("%-14.*s %6zu %7zu %8zu %9zu %12zu %11zu %7.0f %8.1f\n", TEXT_ARG(name), operations,
           types, counts.changes, counts.breaking, counts.conditional, counts.compatible,
           run.milliseconds, (double)run.peak_kilobytes / 1024);
    bool good = !counts.orphans && operations && types;
    if (!good)
        fail(harness, name, "%zu orphans, %zu operations, %zu types", counts.orphans, operations,
             types);
    if (text_is(name, "openai-same") && counts.changes) {
        fail(harness, name, "two spellings of one description differ");
        good = false;
    }
    good &= no_change(harness, name, base) && no_change(harness, name, revision);
    if (good)
        pass(harness);
    json_decref(report);
}

/* Each pair in an arena of its own, and what it took is given back: a child's peak memory counts
 * from what its parent has. */
static void run_pair_alone(Harness *harness, Text name, Text folder) {
    MemoryEscape escape;
    Harness alone = *harness;
    if (setjmp(escape.point)) {
        fail(harness, name, "out of memory");
        return;
    }
    alone.arena = arena_new(&escape);
    run_pair(&alone, name, folder);
    harness->passed = alone.passed;
    harness->failed = alone.failed;
    arena_free(alone.arena);
    malloc_trim(0);
}

void run_corpus(Harness *harness) {
    if (harness->filter.size && !text_starts_with(harness->filter, TEXT("corpus")))
        return;
    static const char *const known[] = {"adyen",      "box",    "dialogporten", "digitalocean",
                                        "discord",    "docker", "figma",        "github",
                                        "kubernetes", "openai", "openai-same",  "openai-step",
                                        "qdrant",     "stripe", "twilio"};
    Text corpus = text_format(harness->arena, "%.*s/../shared/corpus", TEXT_ARG(harness->root));
    printf("\n%-14s %6s %7s %8s %9s %12s %11s %7s %8s\n", "description", "ops", "types", "changes",
           "breaking", "conditional", "compatible", "ms", "MiB");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        Text name = text_from(known[i]);
        Text folder = test_path(harness->arena, corpus, name);
        Text label = text_format(harness->arena, "corpus/%s", known[i]);
        if (!wanted(harness, label))
            continue;
        if (test_file_exists(folder))
            run_pair_alone(harness, name, folder);
        else
            skip(harness, label, "no ../shared/corpus beside the project");
    }
    printf("\n");
}
