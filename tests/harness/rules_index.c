#include "harness.h"

/* Every rule has its folder in testdata/rules, in which it fires; every folder has its rule. */

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

static void check_rule(Harness *harness, const char *rule) {
    Arena *arena = harness->arena;
    Text name = text_format(arena, "rules/%s", rule);
    Text path =
        text_format(arena, "%.*s/testdata/rules/%s/expected.json", TEXT_ARG(harness->root), rule);
    Text expected = test_read_file(arena, path);
    json_t *report = expected.data ? json_loadb(expected.data, expected.size, 0, NULL) : NULL;
    if (!report)
        fail(harness, name, "the rule has no case");
    else if (!fires(report, rule))
        fail(harness, name, "the rule does not fire in its own case");
    else
        pass(harness);
    json_decref(report);
}

void run_rules_index(Harness *harness) {
    Arena *arena = harness->arena;
    if (harness->filter.size)
        return;
    Text arguments[] = {TEXT("rules"), TEXT("--format"), TEXT("json")};
    Run run = run_program(arena, harness->program, harness->root, arguments, 3);
    json_t *listed = json_loadb(run.out.data, run.out.size, 0, NULL);
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
