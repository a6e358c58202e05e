#include "harness.h"

/* Every rule has its folder in testdata/rules, with a revision in which it fires and another one,
 * `close.yaml`, near it, in which it must not; every folder has its rule. */

static bool fires(const json_t *report, const char *rule) {
    size_t index;
    json_t *change;
    json_array_foreach(json_object_get(report, "changes"), index, change) {
        const char *fired = json_string_value(json_object_get(change, "rule"));
        if (fired && !strcmp(fired, rule))
            return true;
    }
    return false;
}

static Text read_document(Arena *arena, Text folder, const char *stem) {
    Text name = find_document(arena, folder, stem);
    return name.data ? test_read_file(arena, test_path(arena, folder, name)) : (Text){0};
}

/* The documents without their first line, which says which of them they are. */
static bool same_documents(Text a, Text b) {
    size_t from_a = text_find_byte(a, '\n', 0), from_b = text_find_byte(b, '\n', 0);
    return from_a != SIZE_MAX && from_b != SIZE_MAX &&
           text_equal(text_slice(a, from_a, a.size), text_slice(b, from_b, b.size));
}

static json_t *compare_with_close(Harness *harness, Text folder) {
    Arena *arena = harness->arena;
    Names arguments = {0};
    array_push(arena, &arguments, TEXT("diff"));
    array_push(arena, &arguments, find_document(arena, folder, "base"));
    array_push(arena, &arguments, find_document(arena, folder, "close"));
    Names own = read_lines(arena, test_path(arena, folder, TEXT("arguments")));
    for (size_t i = 0; i < own.count; i++)
        array_push(arena, &arguments, own.items[i]);
    array_push(arena, &arguments, TEXT("--format"));
    array_push(arena, &arguments, TEXT("json"));
    Run run = run_program(arena, harness->program, folder, arguments.items, arguments.count);
    return test_parse_json(run.out);
}

/* What `make rule` leaves to people. */
static bool is_filled_in(Arena *arena, Text folder) {
    static const char *const stems[] = {"base", "revision", "close"};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        Text document = read_document(arena, folder, stems[i]);
        if (document.data && memmem(document.data, document.size, "FILL-IN", strlen("FILL-IN")))
            return false;
    }
    return true;
}

static void check_close(Harness *harness, Text name, Text folder, const char *rule) {
    Arena *arena = harness->arena;
    if (!is_filled_in(arena, folder)) {
        fail(harness, name, "a FILL-IN is left in the case's documents");
        return;
    }
    Text close = read_document(arena, folder, "close");
    if (!close.data) {
        fail(harness, name, "no close.yaml: a revision near the rule's, in which it does not fire");
        return;
    }
    if (same_documents(close, read_document(arena, folder, "base")) ||
        same_documents(close, read_document(arena, folder, "revision"))) {
        fail(harness, name, "close.yaml says what base or revision say");
        return;
    }
    json_t *report = compare_with_close(harness, folder);
    if (!report)
        fail(harness, name, "base and close.yaml can't be compared");
    else if (fires(report, rule))
        fail(harness, name, "the rule fires in close.yaml");
    else
        pass(harness);
    json_decref(report);
}

/* `rules ID` shows the case, and what is reported of it. */
static void check_example(Harness *harness, Text name, const char *rule) {
    Text arguments[] = {TEXT("rules"), text_from(rule), TEXT("--format"), TEXT("json")};
    Run run = run_program(harness->arena, harness->program, harness->root, arguments, 4);
    json_t *page = test_parse_json(run.out);
    const json_t *example = json_object_get(json_object_get(page, "rule"), "example");
    const char *before = json_string_value(json_object_get(example, "before"));
    const char *after = json_string_value(json_object_get(example, "after"));
    const char *reported = json_string_value(json_object_get(example, "reported"));
    if (!before || !after || !strcmp(before, after))
        fail(harness, name, "`rules %s` does not show what differs", rule);
    else if (!reported || !strstr(reported, rule))
        fail(harness, name, "`rules %s` does not show what is reported", rule);
    else
        pass(harness);
    json_decref(page);
}

static void check_rule(Harness *harness, const char *rule) {
    Arena *arena = harness->arena;
    Text name = text_format(arena, "rules/%s", rule);
    if (!wanted(harness, name))
        return;
    Text folder = text_format(arena, "%.*s/testdata/rules/%s", TEXT_ARG(harness->root), rule);
    Text expected = test_read_file(arena, test_path(arena, folder, TEXT("expected.json")));
    json_t *report = expected.data ? test_parse_json(expected) : NULL;
    if (!report)
        fail(harness, name, "the rule has no case");
    else if (!fires(report, rule))
        fail(harness, name, "the rule does not fire in its own case");
    else {
        check_close(harness, name, folder, rule);
        check_example(harness, name, rule);
    }
    json_decref(report);
}

void run_rules_index(Harness *harness) {
    Arena *arena = harness->arena;
    if (harness->filter.size && !text_starts_with(harness->filter, TEXT("rules")))
        return;
    Text arguments[] = {TEXT("rules"), TEXT("--format"), TEXT("json")};
    Run run = run_program(arena, harness->program, harness->root, arguments, 3);
    json_t *listed = test_parse_json(run.out);
    const json_t *rules = json_is_array(listed) ? listed : json_object_get(listed, "rules");
    if (!json_array_size(rules))
        fail(harness, TEXT("rules"), "no rules are listed, status %d", run.status);
    size_t index;
    json_t *rule;
    Names known = {0};
    json_array_foreach(rules, index, rule) {
        const char *id = json_string_value(json_object_get(rule, "id"));
        check_rule(harness, id ? id : "");
        array_push(arena, &known, text_copy(arena, text_from(id)));
    }
    Names folders = list_folder(arena, test_path(arena, harness->root, TEXT("testdata/rules")));
    for (size_t i = 0; i < folders.count; i++) {
        bool found = false;
        for (size_t j = 0; j < known.count && !found; j++)
            found = text_equal(known.items[j], folders.items[i]);
        if (!found)
            fail(harness, folders.items[i], "no rule has this name");
    }
    json_decref(listed);
}
