#include "harness.h"

#include <stdio.h>
#include <stdlib.h>

/* ../shared/verify/NAME: a description, a pact, and what an established comparator says of each
 * interaction. `verify` must say the same of each, or tests/comparator.txt says why not; a row of
 * it that no interaction needs fails. The data has other authors and lies beside the project. */

typedef struct Difference {
    Text name, theirs, ours, reason;
    bool used;
} Difference;

typedef struct Comparator {
    Harness *harness;
    Arena *arena;
    ARRAY(Difference) differences;
    size_t count, same;
} Comparator;

static const char *const words[] = {"passed", "warning", "error"};

static const char *member_text(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

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

static void read_differences(Comparator *comparator) {
    Arena *arena = comparator->arena;
    Names lines = read_lines(
        arena, test_path(arena, comparator->harness->root, TEXT("tests/comparator.txt")));
    for (size_t i = 0; i < lines.count; i++) {
        Text rest = lines.items[i], columns[4];
        if (text_starts_with(rest, TEXT("#")))
            continue;
        for (size_t j = 0; j < 4; j++) {
            size_t end = j < 3 ? text_find_byte(rest, '|', 0) : rest.size;
            columns[j] = text_trim(text_slice(rest, 0, end));
            rest = text_slice(rest, end == SIZE_MAX ? rest.size : end + 1, rest.size);
        }
        Difference difference = {columns[0], columns[1], columns[2], columns[3], false};
        if (!difference.reason.size)
            fail(comparator->harness, TEXT("comparator"),
                 "a row is `name index | theirs | ours | reason`: %.*s", TEXT_ARG(lines.items[i]));
        array_push(arena, &comparator->differences, difference);
    }
}

static bool is_listed(Comparator *comparator, Text name, const char *theirs, const char *ours) {
    for (array_each(Difference, difference, &comparator->differences)) {
        if (!text_equal(difference->name, name) || !text_is(difference->theirs, theirs) ||
            !text_is(difference->ours, ours))
            continue;
        difference->used = true;
        return true;
    }
    return false;
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
        if (theirs != ours && !is_listed(comparator, listed, words[theirs], words[ours]))
            fail(comparator->harness, TEXT("comparator"), "%.*s | %s | %s | (%s)", TEXT_ARG(listed),
                 words[theirs], words[ours], member_text(interaction, "interaction"));
    }
}

static json_t *parse(Text text) {
    return json_loadb(text.data ? text.data : "", text.size, 0, NULL);
}

static void compare_folder(Comparator *comparator, Text name, Text folder) {
    Arena *arena = comparator->arena;
    Text arguments[] = {TEXT("verify"),    TEXT("oas.yaml"), TEXT("--pacts"),
                        TEXT("pact.json"), TEXT("--format"), TEXT("json")};
    Run run = run_program(arena, comparator->harness->program, folder, arguments, 6);
    json_t *report = parse(run.out);
    json_t *results = parse(test_read_file(arena, test_path(arena, folder, TEXT("results.json"))));
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
    read_differences(&comparator);
    Names names = list_folder(arena, root);
    for (size_t i = 0; i < names.count; i++)
        compare_folder(&comparator, names.items[i], test_path(arena, root, names.items[i]));
    for (array_each(Difference, difference, &comparator.differences))
        if (!difference->used)
            fail(harness, name, "no interaction needs `%.*s` in tests/comparator.txt",
                 TEXT_ARG(difference->name));
    printf("comparator: %zu interactions, %zu judged alike, %zu otherwise with a reason\n",
           comparator.count, comparator.same, comparator.count - comparator.same);
    if (harness->failed == failed)
        pass(harness);
}
