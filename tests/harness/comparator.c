#include "argued.h"

#include <stdio.h>
#include <stdlib.h>

/* ../shared/verify/NAME: a description, a pact, and what an established comparator says of each
 * interaction. `verify` must say the same of each, or tests/comparator.txt says why not; a row of
 * it that no interaction needs fails. The data has other authors and lies beside the project. */

typedef struct Comparator {
    Harness *harness;
    Arena *arena;
    Argued differences;
    size_t count, same;
} Comparator;

static const char *const words[] = {"passed", "warning", "error"};

/* The worst entry for the interaction at an index: "[root].interactions[2].response.status". */
static size_t their_level(const json_t *results, size_t index) {
    char place[64];
    size_t at, worst = 0;
    json_t *entry;
    snprintf(place, sizeof place, "[root].interactions[%zu]", index);
    json_array_foreach(results, at, entry) {
        const char *location = member_text(json_object_get(entry, "mockDetails"), "location");
        if (strncmp(location, place, strlen(place)) != 0)
            continue;
        size_t level = strcmp(member_text(entry, "type"), "error") == 0 ? 2 : 1;
        worst = level > worst ? level : worst;
    }
    return worst;
}

static size_t our_level(const json_t *interaction) {
    const char *result = member_text(interaction, "result");
    return strcmp(result, "satisfied") == 0 ? 0 : strcmp(result, "contradicted") == 0 ? 2 : 1;
}

static void compare_interactions(Comparator *comparator, Text name, const json_t *report,
                                 const json_t *results) {
    size_t at;
    json_t *interaction;
    json_array_foreach(json_object_get(report, "interactions"), at, interaction) {
        size_t index = (size_t)json_integer_value(json_object_get(interaction, "index"));
        size_t theirs = their_level(results, index), ours = our_level(interaction);
        Text listed = text_format(comparator->arena, "%.*s %zu", TEXT_ARG(name), index);
        comparator->count++;
        comparator->same += theirs == ours;
        Text difference[] = {listed, text_from(words[theirs]), text_from(words[ours])};
        if (theirs != ours && !argued_has(&comparator->differences, difference))
            fail(comparator->harness, TEXT("comparator"), "%.*s | %s | %s | (%s)", TEXT_ARG(listed),
                 words[theirs], words[ours], member_text(interaction, "interaction"));
    }
}

static void compare_folder(Comparator *comparator, Text name, Text folder) {
    Arena *arena = comparator->arena;
    Text arguments[] = {TEXT("verify"),    TEXT("oas.yaml"), TEXT("--pacts"),
                        TEXT("pact.json"), TEXT("--format"), TEXT("json")};
    Run run = run_program(arena, comparator->harness->program, folder, arguments, 6);
    json_t *report = test_parse_json(run.out);
    json_t *results =
        test_parse_json(test_read_file(arena, test_path(arena, folder, TEXT("results.json"))));
    if (!report || !results)
        fail(comparator->harness, TEXT("comparator"), "%.*s: no report, status %d\n%.*s",
             TEXT_ARG(name), run.status, TEXT_ARG(run.err));
    else
        compare_interactions(comparator, name, report, results);
    json_decref(report);
    json_decref(results);
}

void run_comparator(Harness *harness) {
    Arena *arena = harness->arena;
    Text name = TEXT("comparator");
    Text root = test_path(arena, harness->root, TEXT("../shared/verify"));
    if (!wanted(harness, name))
        return;
    if (!test_file_exists(root)) {
        skip(harness, name, "../shared/verify is absent");
        return;
    }
    Comparator comparator = {.harness = harness, .arena = arena};
    int failed = harness->failed;
    comparator.differences = argued_read(harness, name, "tests/comparator.txt", 4,
                                         "name index | theirs | ours | reason");
    Names names = list_folder(arena, root);
    for (size_t i = 0; i < names.count; i++)
        compare_folder(&comparator, names.items[i], test_path(arena, root, names.items[i]));
    argued_check_used(&comparator.differences);
    printf("comparator: %zu interactions, %zu judged alike, %zu otherwise with a reason\n",
           comparator.count, comparator.same, comparator.count - comparator.same);
    if (harness->failed == failed)
        pass(harness);
}
