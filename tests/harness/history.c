#include "argued.h"

#include <stdio.h>

/* ../shared/NAME with history/ (revisions of one description, in order) and pacts/: every step is
 * compared, and those that name a consumer are printed. What is named must stand in
 * tests/history.txt with an argument that it is right; a row of it that no step needs fails, and so
 * does an impact that no change explains. The data has other authors and lies beside the project.
 */

typedef struct Walk {
    Harness *harness;
    Arena *arena;
    Text name, folder; /* of the provider */
    Argued namings;
    size_t steps, naming_steps;
} Walk;

/* Prints whom a change hurts, each consumer once. */
static bool print_change(Walk *walk, Text step, const json_t *change) {
    size_t at;
    json_t *who;
    const char *last = "";
    json_array_foreach(json_object_get(change, "consumers"), at, who) {
        const char *consumer = member_text(who, "consumer"), *rule = member_text(change, "rule");
        if (strcmp(consumer, last) == 0)
            continue;
        last = consumer;
        printf("history: %.*s names %s: %s (%s)\n", TEXT_ARG(step), consumer,
               member_text(change, "message"), member_text(who, "reason"));
        Text naming[] = {step, text_from(consumer), text_from(rule)};
        if (!argued_has(&walk->namings, naming))
            fail(walk->harness, TEXT("history"), "nothing argues for %.*s | %s | %s",
                 TEXT_ARG(step), consumer, rule);
    }
    return at > 0;
}

static void compare_step(Walk *walk, Text base, Text revision) {
    Arena *arena = walk->arena;
    Text arguments[] = {TEXT("diff"),
                        test_path(arena, TEXT("history"), base),
                        test_path(arena, TEXT("history"), revision),
                        TEXT("--pacts"),
                        TEXT("pacts"),
                        TEXT("--format"),
                        TEXT("json")};
    Run run = run_program(arena, walk->harness->program, walk->folder, arguments, 7);
    Text step = text_format(arena, "%.*s %.3s", TEXT_ARG(walk->name), revision.data);
    json_t *report = test_parse_json(run.out);
    bool names = false;
    size_t at;
    json_t *change;
    walk->steps++;
    if (!report || json_array_size(json_object_get(report, "orphans")))
        fail(walk->harness, TEXT("history"), "%.*s: status %d\n%.*s", TEXT_ARG(step), run.status,
             TEXT_ARG(run.err));
    json_array_foreach(json_object_get(report, "changes"), at, change) names |=
        print_change(walk, step, change);
    walk->naming_steps += names;
    json_decref(report);
}

static void walk_history(Walk *walk) {
    Names revisions =
        list_folder(walk->arena, test_path(walk->arena, walk->folder, TEXT("history")));
    for (size_t i = 1; i < revisions.count; i++)
        compare_step(walk, revisions.items[i - 1], revisions.items[i]);
}

void run_history(Harness *harness) {
    Arena *arena = harness->arena;
    Text name = TEXT("history");
    Text shared = test_path(arena, harness->root, TEXT("../shared"));
    if (!wanted(harness, name))
        return;
    Walk walk = {.harness = harness, .arena = arena};
    int failed = harness->failed;
    walk.namings =
        argued_read(harness, name, "tests/history.txt", 4, "step | consumer | rule | argument");
    Names names = list_folder(arena, shared);
    for (size_t i = 0; i < names.count; i++) {
        walk.name = names.items[i];
        walk.folder = test_path(arena, shared, names.items[i]);
        if (test_file_exists(test_path(arena, walk.folder, TEXT("history"))))
            walk_history(&walk);
    }
    if (!walk.steps) {
        skip(harness, name, "no history of a description lies in ../shared");
        return;
    }
    argued_check_used(&walk.namings);
    printf("history: %zu steps, %zu name a consumer\n", walk.steps, walk.naming_steps);
    if (harness->failed == failed)
        pass(harness);
}
