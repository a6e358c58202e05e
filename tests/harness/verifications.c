#include "forms.h"

#include <stdlib.h>

/* testdata/verify/NAME: spec.yaml or spec.json, pacts/, perhaps `arguments`, and what is expected
 * of `verify`: expected.json, perhaps expected.txt. Free for every case: two runs give the same
 * bytes, the report is as its schema has it, and its verdict and counts follow from its
 * interactions. */

typedef struct Case {
    Harness *harness;
    Text name, folder, spec;
    Names arguments;
    const json_t *schema;
} Case;

static Run verify(const Case *run, const char *format) {
    Arena *arena = run->harness->arena;
    Names arguments = {0};
    array_push(arena, &arguments, TEXT("verify"));
    array_push(arena, &arguments, run->spec);
    array_push(arena, &arguments, TEXT("--pacts"));
    array_push(arena, &arguments, TEXT("pacts"));
    for (size_t i = 0; i < run->arguments.count; i++)
        array_push(arena, &arguments, run->arguments.items[i]);
    array_push(arena, &arguments, TEXT("--format"));
    array_push(arena, &arguments, text_from(format));
    return run_program(arena, run->harness->program, run->folder, arguments.items, arguments.count);
}

/* Every form in which a verification can be shown. */
static const char *const forms[] = {
#define FORMAT(id, name, report, verification, purpose) name,
#define CHANGES_FORMAT(id, name, report, purpose)
#include "report/format.def"
};

/* The stored verification gives what the verification itself gave. */
static bool same_when_stored(const Case *run, const char *form, Text written) {
    Arena *arena = run->harness->arena;
    const Text arguments[] = {TEXT("report"), TEXT("expected.json"), TEXT("--format"),
                              text_from(form)};
    Run stored = run_program(arena, run->harness->program, run->folder, arguments, 4);
    if (text_equal(stored.out, written))
        return true;
    fail(run->harness, run->name, "as %s, the stored verification differs: %.*s", form,
         TEXT_ARG(stored.err));
    return false;
}

static bool forms_are_sound(const Case *run) {
    bool good = true;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        Run written = verify(run, forms[i]);
        Text wrong = form_violation(run->harness, forms[i], written.out);
        if (wrong.size)
            fail(run->harness, run->name, "as %s: %.*s", forms[i], TEXT_ARG(wrong));
        good &= !wrong.size && same_when_stored(run, forms[i], written.out);
    }
    return good;
}

static json_int_t summed(const json_t *report, const char *count) {
    return json_integer_value(json_object_get(json_object_get(report, "summary"), count));
}

/* The worst of an interaction's mismatches is its result, an error anywhere the verdict. */
static const char *incoherence(const json_t *report) {
    json_int_t counts[3] = {0};
    static const char *const words[] = {"satisfied", "not-guaranteed", "contradicted"};
    bool error = false;
    size_t index, at;
    json_t *interaction, *mismatch;
    json_array_foreach(json_object_get(report, "interactions"), index, interaction) {
        int worst = 0;
        json_array_foreach(json_object_get(interaction, "mismatches"), at, mismatch) {
            int level = strcmp(member_text(mismatch, "result"), "contradicted") ? 1 : 2;
            worst = level > worst ? level : worst;
            error |= !strcmp(member_text(mismatch, "level"), "error");
        }
        if (strcmp(member_text(interaction, "result"), words[worst]))
            return "a result is not that of the worst mismatch";
        counts[worst]++;
    }
    if (strcmp(member_text(report, "verdict"), error ? "contradicted" : "satisfied"))
        return "the verdict does not follow from the mismatches";
    bool counted = counts[0] == summed(report, "satisfied") &&
                   counts[1] == summed(report, "not_guaranteed") &&
                   counts[2] == summed(report, "contradicted") &&
                   counts[0] + counts[1] + counts[2] == summed(report, "interactions");
    return counted ? NULL : "the summary does not count the interactions";
}

static bool check_report(const Case *run, const Run *first, const json_t *report) {
    Harness *harness = run->harness;
    Text wrong = schema_violation(harness->arena, run->schema, report);
    const char *incoherent = incoherence(report);
    int status = !strcmp(member_text(report, "verdict"), "contradicted");
    if (wrong.size)
        fail(harness, run->name, "the report is not as its schema has it: %.*s", TEXT_ARG(wrong));
    if (incoherent)
        fail(harness, run->name, "%s", incoherent);
    if (first->status != status)
        fail(harness, run->name, "exit status %d, and %d was expected", first->status, status);
    return !wrong.size && !incoherent && first->status == status;
}

static bool check_case(const Case *run) {
    Harness *harness = run->harness;
    Run first = verify(run, "json"), second = verify(run, "json");
    json_t *report = test_parse_json(first.out);
    if (!report) {
        fail(harness, run->name, "no report, status %d\n%.*s", first.status, TEXT_ARG(first.err));
        return false;
    }
    bool good = matches_expected(harness, run->name, run->folder, "expected.json", first.out);
    if (test_file_exists(test_path(harness->arena, run->folder, TEXT("expected.txt")))) {
        Run text = verify(run, "text");
        good &= matches_expected(harness, run->name, run->folder, "expected.txt", text.out);
    }
    if (!text_equal(first.out, second.out)) {
        fail(harness, run->name, "two runs differ");
        good = false;
    }
    good &= check_report(run, &first, report);
    good &= forms_are_sound(run);
    json_decref(report);
    return good;
}

void run_verifications(Harness *harness) {
    Arena *arena = harness->arena;
    Text folder = test_path(arena, harness->root, TEXT("testdata/verify"));
    Text schema_text =
        test_read_file(arena, test_path(arena, harness->root,
                                        TEXT("include/breakwater-verification.schema.json")));
    json_t *schema = test_parse_json(schema_text);
    if (!schema) {
        fail(harness, TEXT("verify"), "the verification's schema can't be read");
        return;
    }
    Names names = list_folder(arena, folder);
    for (size_t i = 0; i < names.count; i++) {
        Case run = {.harness = harness, .schema = schema};
        run.name = test_path(arena, TEXT("verify"), names.items[i]);
        run.folder = test_path(arena, folder, names.items[i]);
        run.spec = find_document(arena, run.folder, "spec");
        run.arguments = read_lines(arena, test_path(arena, run.folder, TEXT("arguments")));
        if (!wanted(harness, run.name))
            continue;
        if (!run.spec.data)
            fail(harness, run.name, "spec is missing");
        else if (check_case(&run))
            pass(harness);
    }
    json_decref(schema);
}
