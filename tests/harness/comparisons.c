#include "forms.h"

#include "diff/change.h"
#include "document/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Folders with base, revision, perhaps pacts/ and `arguments`, and what is expected of `diff`:
 * testdata/diff/NAME, testdata/rules/RULE, testdata/story*. Free for every case: each side against
 * itself shows no change, two runs give the same bytes, and the JSON spelling of the same documents
 * gives the same verdict. */

typedef struct Case {
    Harness *harness;
    Text name, folder;
    Text base, revision; /* file names */
    Names arguments;     /* the case's own, before --format */
    const json_t *schema;
} Case;

/* Every form of a report. */
static const char *const forms[] = {
#define FORMAT(id, name, report, verification, purpose) name,
#include "report/format.def"
};
enum { FORM_COUNT = sizeof forms / sizeof *forms };

static Names diff_arguments(const Case *run, Text base, Text revision, bool pacts) {
    Arena *arena = run->harness->arena;
    Names arguments = {0};
    array_push(arena, &arguments, TEXT("diff"));
    array_push(arena, &arguments, base);
    array_push(arena, &arguments, revision);
    if (pacts && test_file_exists(test_path(arena, run->folder, TEXT("pacts")))) {
        array_push(arena, &arguments, TEXT("--pacts"));
        array_push(arena, &arguments, TEXT("pacts"));
    }
    for (size_t i = 0; i < run->arguments.count; i++)
        array_push(arena, &arguments, run->arguments.items[i]);
    return arguments;
}

static Run diff(const Case *run, Text base, Text revision, bool pacts, const char *format) {
    Arena *arena = run->harness->arena;
    Names arguments = diff_arguments(run, base, revision, pacts);
    array_push(arena, &arguments, TEXT("--format"));
    array_push(arena, &arguments, text_from(format));
    return run_program(arena, run->harness->program, run->folder, arguments.items, arguments.count);
}

static int expected_status(const Case *run, const json_t *report) {
    Names said = read_lines(run->harness->arena,
                            test_path(run->harness->arena, run->folder, TEXT("expected.status")));
    if (said.count)
        return atoi(text_copy(run->harness->arena, said.items[0]).data);
    return !strcmp(member_text(report, "verdict"), "breaking");
}

/* A keyword that rules could not ask for, since the vocabulary does not have it. */
static void check_keywords(const Case *run, const json_t *report) {
    size_t index;
    json_t *change;
    json_array_foreach(json_object_get(report, "changes"), index, change) {
        ChangeKind kind = change_by_word(text_from(member_text(change, "change")));
        const char *const *known = kind == CHANGE_COUNT ? NULL : change_keywords(kind);
        const json_t *attributes = json_object_get(change, "attributes");
        Text keyword = text_from(member_text(attributes, "keyword"));
        bool found = !known || !keyword.size;
        for (; !found && *known; known++)
            found = text_is(keyword, *known);
        if (!found)
            fail(run->harness, run->name, "change_keywords lacks `%.*s`", TEXT_ARG(keyword));
    }
}

/* Whether the report has the shape of its schema and leaves no impact unexplained. */
static bool is_sound(const Case *run, const json_t *report) {
    Text wrong = schema_violation(run->harness->arena, run->schema, report);
    if (wrong.size)
        fail(run->harness, run->name, "the report is not as its schema has it: %.*s",
             TEXT_ARG(wrong));
    check_keywords(run, report);
    size_t orphans = json_array_size(json_object_get(report, "orphans"));
    if (orphans)
        fail(run->harness, run->name, "%zu impacts have no explanation", orphans);
    return !wrong.size && !orphans;
}

static bool no_change(const Case *run, Text file) {
    Run itself = diff(run, file, file, false, "json");
    json_t *report = test_parse_json(itself.out);
    size_t changes = json_array_size(json_object_get(report, "changes"));
    bool good = report && changes == 0 && itself.status == 0;
    if (!good)
        fail(run->harness, run->name, "%.*s against itself: status %d, %zu changes\n%.*s",
             TEXT_ARG(file), itself.status, changes, TEXT_ARG(itself.err));
    json_decref(report);
    return good;
}

/* ---- the JSON spelling ----------------------------------------------------------------------- */

static bool to_json(const Case *run, Text file, Text target) {
    MemoryEscape escape;
    if (setjmp(escape.point))
        return false;
    Arena *arena = arena_new(&escape);
    Diagnostics diagnostics = {.arena = arena};
    Source source = {.name = file, .file = file, .path = file};
    source.bytes = test_read_file(arena, test_path(arena, run->folder, file));
    const Document *document = document_parse(arena, &diagnostics, source);
    if (document)
        test_write_file(target, node_to_json(arena, document->root, SIZE_MAX));
    arena_free(arena);
    return document != NULL;
}

static bool has_other_documents(const Case *run) {
    Names names = list_folder(run->harness->arena, run->folder);
    for (size_t i = 0; i < names.count; i++) {
        Text name = names.items[i];
        bool document = text_ends_with(name, TEXT(".yaml")) || text_ends_with(name, TEXT(".yml")) ||
                        text_ends_with(name, TEXT(".json"));
        bool known = text_equal(name, run->base) || text_equal(name, run->revision) ||
                     text_starts_with(name, TEXT("expected")) || text_is(name, "pacts") ||
                     text_starts_with(name, TEXT("close."));
        bool folder = text_find_byte(name, '.', 0) == SIZE_MAX && !text_is(name, "arguments");
        if ((document || folder) && !known)
            return true;
    }
    return false;
}

/* What must not depend on the spelling: all but places. Order may, since it goes by them. */
static json_t *judgements(const json_t *report) {
    static const char *const kept[] = {"rule",    "direction", "compatibility", "verdict",
                                       "message", "location",  "operations"};
    json_t *list = json_array();
    size_t index;
    json_t *change;
    json_array_foreach(json_object_get(report, "changes"), index, change) {
        json_t *judgement = json_object();
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            json_object_set(judgement, kept[i], json_object_get(change, kept[i]));
        json_t *consumers = json_array();
        size_t at;
        json_t *consumer;
        json_array_foreach(json_object_get(change, "consumers"), at, consumer) {
            json_array_append(consumers, json_object_get(consumer, "interaction"));
            json_array_append(consumers, json_object_get(consumer, "reason"));
        }
        json_object_set_new(judgement, "consumers", consumers);
        json_array_append_new(list, judgement);
    }
    return list;
}

static int by_dump(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static Text sorted_dump(Arena *arena, const json_t *report) {
    json_t *list = judgements(report);
    size_t count = json_array_size(list);
    char **dumps = arena_new_array(arena, count, char *);
    for (size_t i = 0; i < count; i++) {
        char *dump = json_dumps(json_array_get(list, i), JSON_SORT_KEYS | JSON_COMPACT);
        dumps[i] = arena_copy(arena, dump, strlen(dump));
        free(dump);
    }
    if (count > 1)
        qsort(dumps, count, sizeof *dumps, by_dump);
    Buffer text = {.arena = arena};
    buffer_format(&text, "%s\n", member_text(report, "verdict"));
    for (size_t i = 0; i < count; i++)
        buffer_format(&text, "%s\n", dumps[i]);
    json_decref(list);
    return buffer_text(&text);
}

static bool same_as_json(const Case *run, const json_t *report) {
    Arena *arena = run->harness->arena;
    if (has_other_documents(run))
        return true; /* a description in several files keeps its spelling */
    char folder[] = "/tmp/breakwater-json-XXXXXX";
    if (!mkdtemp(folder))
        return false;
    Text base = text_format(arena, "%s/base.json", folder);
    Text revision = text_format(arena, "%s/revision.json", folder);
    bool good = to_json(run, run->base, base) && to_json(run, run->revision, revision);
    Run json = diff(run, base, revision, true, "json");
    json_t *other = test_parse_json(json.out);
    Text expected = sorted_dump(arena, report);
    Text actual = other ? sorted_dump(arena, other) : json.err;
    good = good && text_equal(expected, actual);
    if (!good)
        fail(run->harness, run->name, "the JSON spelling is judged otherwise:\n%.*s\n---\n%.*s",
             TEXT_ARG(expected), TEXT_ARG(actual));
    json_decref(other);
    unlink(base.data);
    unlink(revision.data);
    rmdir(folder);
    return good;
}

/* ---- stored reports -------------------------------------------------------------------------- */

/* Adds --format and -o for every form, the file named after it. */
static void add_outputs(Arena *arena, Names *arguments, const char *folder, const char *side) {
    for (size_t i = 0; i < FORM_COUNT; i++) {
        array_push(arena, arguments, TEXT("--format"));
        array_push(arena, arguments, text_from(forms[i]));
        array_push(arena, arguments, TEXT("-o"));
        array_push(arena, arguments, text_format(arena, "%s/%s.%s", folder, side, forms[i]));
    }
}

/* In every form, the stored report gives what the comparison itself gave. */
static bool same_when_stored(const Case *run) {
    Arena *arena = run->harness->arena;
    char folder[] = "/tmp/breakwater-forms-XXXXXX";
    if (!mkdtemp(folder))
        return false;
    Names found = diff_arguments(run, run->base, run->revision, true);
    add_outputs(arena, &found, folder, "found");
    Run first = run_program(arena, run->harness->program, run->folder, found.items, found.count);
    Names stored = {0};
    array_push(arena, &stored, TEXT("report"));
    array_push(arena, &stored, text_format(arena, "%s/found.json", folder));
    add_outputs(arena, &stored, folder, "stored");
    Run second = run_program(arena, run->harness->program, run->folder, stored.items, stored.count);
    bool good = true;
    if (second.err.size) {
        fail(run->harness, run->name, "the stored report can't be shown: %.*s",
             TEXT_ARG(second.err));
        good = false;
    }
    for (size_t i = 0; i < FORM_COUNT; i++) {
        Text one = text_format(arena, "%s/found.%s", folder, forms[i]);
        Text other = text_format(arena, "%s/stored.%s", folder, forms[i]);
        bool same = test_file_exists(one) &&
                    text_equal(test_read_file(arena, one), test_read_file(arena, other));
        if (!same)
            fail(run->harness, run->name, "as %s, the stored report differs (status %d, %d)",
                 forms[i], first.status, second.status);
        Text wrong = form_violation(run->harness, forms[i], test_read_file(arena, one));
        if (wrong.size)
            fail(run->harness, run->name, "as %s: %.*s", forms[i], TEXT_ARG(wrong));
        good &= same && !wrong.size;
        unlink(one.data);
        unlink(other.data);
    }
    rmdir(folder);
    return good;
}

/* The forms of which the case has a file: expected.txt, expected.sarif. */
static bool forms_as_expected(const Case *run) {
    Harness *harness = run->harness;
    bool good = true;
    for (size_t i = 0; i < FORM_COUNT; i++) {
        bool text = strcmp(forms[i], "text") == 0, json = strcmp(forms[i], "json") == 0;
        Text file = text_format(harness->arena, "expected.%s", text ? "txt" : forms[i]);
        if (json || !test_file_exists(test_path(harness->arena, run->folder, file)))
            continue;
        Run written = diff(run, run->base, run->revision, true, forms[i]);
        good &= matches_expected(harness, run->name, run->folder, file.data, written.out);
    }
    return good;
}

/* ---- one case -------------------------------------------------------------------------------- */

static bool check_case(const Case *run) {
    Harness *harness = run->harness;
    Run first = diff(run, run->base, run->revision, true, "json");
    json_t *report = test_parse_json(first.out);
    if (!report) {
        fail(harness, run->name, "no report, status %d\n%.*s", first.status, TEXT_ARG(first.err));
        return false;
    }
    Run second = diff(run, run->base, run->revision, true, "json");
    bool good = matches_expected(harness, run->name, run->folder, "expected.json", first.out);
    good &= forms_as_expected(run);
    int status = expected_status(run, report);
    if (first.status != status) {
        fail(harness, run->name, "exit status %d, and %d was expected", first.status, status);
        good = false;
    }
    if (!text_equal(first.out, second.out)) {
        fail(harness, run->name, "two runs differ");
        good = false;
    }
    good &= is_sound(run, report);
    good &= no_change(run, run->base) && no_change(run, run->revision);
    good &= same_as_json(run, report);
    good &= same_when_stored(run);
    json_decref(report);
    Text wrong = config_violation(run->harness, run->folder);
    if (wrong.size)
        fail(run->harness, run->name, "the config is not as its schema has it: %.*s",
             TEXT_ARG(wrong));
    return good && !wrong.size;
}

static void run_folder(Harness *harness, Text name, Text folder, const json_t *schema) {
    Arena *arena = harness->arena;
    Case run = {.harness = harness, .name = name, .folder = folder, .schema = schema};
    run.base = find_document(arena, folder, "base");
    run.revision = find_document(arena, folder, "revision");
    run.arguments = read_lines(arena, test_path(arena, folder, TEXT("arguments")));
    if (!run.base.data || !run.revision.data)
        fail(harness, name, "base or revision is missing");
    else if (check_case(&run))
        pass(harness);
}

void run_comparisons(Harness *harness) {
    Arena *arena = harness->arena;
    Text testdata = test_path(arena, harness->root, TEXT("testdata"));
    Text schema_path =
        test_path(arena, harness->root, TEXT("include/breakwater-report.schema.json"));
    json_t *schema = test_parse_json(test_read_file(arena, schema_path));
    if (!schema) {
        fail(harness, TEXT("comparisons"), "the report's schema can't be read");
        return;
    }
    Names top = list_folder(arena, testdata);
    for (size_t i = 0; i < top.count; i++) {
        Text folder = test_path(arena, testdata, top.items[i]);
        bool group = text_is(top.items[i], "diff") || text_is(top.items[i], "rules");
        if (text_starts_with(top.items[i], TEXT("story")) && wanted(harness, top.items[i]))
            run_folder(harness, top.items[i], folder, schema);
        Names below = group ? list_folder(arena, folder) : (Names){0};
        for (size_t j = 0; j < below.count; j++) {
            Text name = test_path(arena, top.items[i], below.items[j]);
            if (wanted(harness, name))
                run_folder(harness, name, test_path(arena, folder, below.items[j]), schema);
        }
    }
    json_decref(schema);
}
