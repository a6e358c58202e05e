#include "harness.h"

#include "diff/diff.h"
#include "load/load.h"

#include <stdio.h>

/* testdata/types/canonical.txt: two lines a case, the second after `= `, which must compare as
 * equal. testdata/types/relation.txt: three lines, the third the relation's word.
 * testdata/types/formats.txt: a schema, and behind `+`, `-` or `?` values that it accepts, refuses,
 * or leaves open. */

typedef struct Case {
    Harness *harness;
    Text file;
    size_t line;
    Arena *arena;
    Diagnostics diagnostics;
    uint32_t next_type_id;
} Case;

static const Type *load_schema(Case *run, Text schema) {
    Source source = {.file = run->file, .name = run->file, .path = run->file};
    source.bytes = text_format(run->arena,
                               "{openapi: 3.1.0, info: {title: t, version: '1'}, paths: {/x: {get: "
                               "{responses: {'200': {description: d, content: {application/json: "
                               "{schema: %.*s}}}}}}}}",
                               TEXT_ARG(schema));
    DocumentSet *set = document_set_new(run->arena, &run->diagnostics);
    const Document *document = document_parse(run->arena, &run->diagnostics, source);
    LoadOptions options = {.next_type_id = &run->next_type_id};
    const Api *api =
        document ? load_openapi(run->arena, &run->diagnostics, set, document, &options) : NULL;
    return api ? api->operations.items[0]->responses.items[0].media_types.items[0].type : NULL;
}

static const char *relation_word(Effect effect) {
    if (effect & EFFECT_UNPROVEN)
        return "unproven";
    static const char *const words[] = {"equal", "narrowed", "widened", "changed"};
    return words[effect];
}

static void run_case(Case *run, const Names *lines) {
    Text name = text_format(run->harness->arena, "%.*s:%zu", TEXT_ARG(run->file), run->line);
    bool canonical = lines->count == 2 && text_starts_with(lines->items[1], TEXT("= "));
    if (!canonical && lines->count != 3) {
        fail(run->harness, name, "a case has two lines, the second after `= `, or three");
        return;
    }
    Text revision_schema =
        canonical ? text_slice(lines->items[1], 2, lines->items[1].size) : lines->items[1];
    const Type *base = load_schema(run, lines->items[0]);
    const Type *revision = load_schema(run, revision_schema);
    if (!base || !revision) {
        Buffer said = {.arena = run->harness->arena};
        for (size_t i = 0; i < run->diagnostics.list.count; i++)
            diagnostic_render(&run->diagnostics.list.items[i], &said);
        fail(run->harness, name, "a schema can't be loaded\n%.*s", TEXT_ARG(buffer_text(&said)));
        return;
    }
    Text expected = canonical ? TEXT("equal") : lines->items[2];
    Comparer *comparer = comparer_new(run->arena);
    for (int direction = DIRECTION_REQUEST; direction <= DIRECTION_RESPONSE; direction++) {
        const Comparison *comparison =
            compare_types(comparer, base, revision, (Direction)direction);
        const char *actual = relation_word(comparison_relation(comparer, comparison));
        if (text_is(expected, actual))
            pass(run->harness);
        else
            fail(run->harness, name, "%.*s was expected, and it is %s", TEXT_ARG(expected), actual);
    }
}

/* ---- Values ---------------------------------------------------------------------------------- */

static const char *acceptance_word(char mark) {
    return mark == '+' ? "accepted" : mark == '-' ? "refused" : "open";
}

static void run_value(Case *run, Meet *meet, Text line) {
    static const char marks[] = {[ACCEPTED] = '+', [REFUSED] = '-', [ACCEPTANCE_UNPROVEN] = '?'};
    Text value = text_slice(line, 2, line.size);
    Text name = text_format(run->harness->arena, "%.*s:%zu: %.*s", TEXT_ARG(run->file), run->line,
                            TEXT_ARG(line));
    const Type *type = load_schema(run, text_format(run->arena, "{const: %.*s}", TEXT_ARG(value)));
    if (!type) {
        fail(run->harness, name, "the value can't be loaded");
        return;
    }
    char actual = marks[meet_accepts_strictly(meet, type->constant, DIRECTION_REQUEST)];
    if (line.data[0] == actual)
        pass(run->harness);
    else
        fail(run->harness, name, "%s was expected, and it is %s", acceptance_word(line.data[0]),
             acceptance_word(actual));
}

static void run_values(Case *run, const Names *lines) {
    const Type *type = load_schema(run, lines->items[0]);
    if (!type || lines->count < 2) {
        fail(run->harness, run->file, "line %zu is no schema with values", run->line);
        return;
    }
    Meet *meet = canonicals_meet(canonicals_new(run->arena), type);
    for (size_t i = 1; i < lines->count; i++)
        run_value(run, meet, lines->items[i]);
}

/* ---- Files ----------------------------------------------------------------------------------- */

typedef void (*RunCase)(Case *run, const Names *lines);

static void run_lines(Harness *harness, Text file, size_t line, const Names *lines,
                      RunCase run_one) {
    MemoryEscape escape;
    Case run = {.harness = harness, .file = file, .line = line};
    if (setjmp(escape.point)) {
        fail(harness, file, "out of memory");
        return;
    }
    run.arena = arena_new(&escape);
    run.diagnostics.arena = run.arena;
    run_one(&run, lines);
    arena_free(run.arena);
}

static void run_file(Harness *harness, const char *name, RunCase run_one) {
    Text label = text_format(harness->arena, "types/%s", name);
    Text path =
        text_format(harness->arena, "%.*s/testdata/types/%s", TEXT_ARG(harness->root), name);
    Text content = test_read_file(harness->arena, path);
    if (!wanted(harness, label))
        return;
    if (!content.data) {
        fail(harness, label, "the file is missing");
        return;
    }
    Names lines = {0};
    size_t line = 0, first = 0;
    for (size_t at = 0; at <= content.size;) {
        size_t end = text_find_byte(content, '\n', at);
        end = end == SIZE_MAX ? content.size : end;
        Text text = text_trim(text_slice(content, at, end));
        line++;
        if (text.size && text.data[0] != '#') {
            first = lines.count ? first : line;
            array_push(harness->arena, &lines, text);
        }
        bool last = end == content.size;
        if ((!text.size || last) && lines.count) {
            run_lines(harness, label, first, &lines, run_one);
            lines.count = 0;
        }
        at = end + 1;
    }
}

void run_types(Harness *harness) {
    run_file(harness, "canonical.txt", run_case);
    run_file(harness, "relation.txt", run_case);
    run_file(harness, "formats.txt", run_values);
}
