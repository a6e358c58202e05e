#include "harness.h"

#include "diff/diff.h"
#include "load/load.h"
#include "rules/rules.h"

#include <stdio.h>

/* testdata/judgements/NAME.txt: pairs with the right answer, reasoned from the specifications apart
 * from the rules. A case is a block of lines:
 *
 *   why the answer is right, in words
 *   response {type: string}            what stands around the base, and the base
 *   {type: integer}                    the revision, in the same surroundings
 *   = breaking                         the worst of all changes; none: there is no change
 *   ! conditional: why we say so       where the rules say otherwise on purpose
 *
 * How many answers rules and specifications have in common is printed. */

typedef struct Surroundings {
    const char *word, *before, *behind;
} Surroundings;

#define OPENAPI "{openapi: 3.1.0, info: {title: t, version: '1'}, "
#define ANSWER  "responses: {'200': {description: d}}"

static const Surroundings surroundings[] = {
    {"response",
     OPENAPI "paths: {/x: {get: {responses: {'200': {description: d, content: {application/json: "
             "{schema: ",
     "}}}}}}}}"},
    {"request",
     OPENAPI "paths: {/x: {post: {" ANSWER ", requestBody: {required: true, content: "
             "{application/json: {schema: ",
     "}}}}}}}"},
    {"parameters", OPENAPI "paths: {/x: {get: {" ANSWER ", parameters: ", "}}}}"},
    {"responses", OPENAPI "paths: {/x: {get: {responses: ", "}}}}"},
    {"body", OPENAPI "paths: {/x: {post: {" ANSWER ", requestBody: ", "}}}}"},
    {"operation", OPENAPI "paths: {/x: {get: ", "}}}"},
    {"paths", OPENAPI "paths: ", "}"},
    {"webhooks", OPENAPI "webhooks: ", "}"},
    {"document", "", ""},
};

typedef struct Judgements {
    Harness *harness;
    Text file;
    size_t line;
    size_t agreeing, argued, count;
} Judgements;

static const char *const verdicts[] = {"compatible", "conditional", "breaking"};

static const Api *load_side(Judgements *run, Arena *arena, Diagnostics *diagnostics,
                            uint32_t *next_type_id, const Surroundings *around, Text text) {
    Source source = {.file = run->file, .name = run->file, .path = run->file};
    source.bytes = text_format(arena, "%s%.*s%s", around->before, TEXT_ARG(text), around->behind);
    DocumentSet *set = document_set_new(arena, diagnostics);
    const Document *document = document_parse(arena, diagnostics, source);
    LoadOptions options = {.next_type_id = next_type_id};
    return document ? load_openapi(arena, diagnostics, set, document, &options) : NULL;
}

/* The worst that the rules say; "none". */
static const char *judged(Arena *arena, Diagnostics *diagnostics, const Api *base,
                          const Api *revision, Buffer *said) {
    RuleSet *rules = rules_builtin(arena, diagnostics);
    DiffOptions options = {0};
    const Diff *diff = diff_apis(arena, base, revision, &options);
    int worst = -1;
    if (!rules || !day_parse(TEXT("2026-01-01"), &rules->settings.today))
        return "no rules";
    for (size_t i = 0; i < diff->changes.count; i++) {
        const Rule *rule = rules_match(rules, diff->changes.items[i]);
        int verdict = rule ? (int)rule->compatibility : (int)CONDITIONAL;
        worst = verdict > worst ? verdict : worst;
        buffer_format(said, "%s%.*s", said->size ? ", " : "", rule ? (int)rule->id.size : 0,
                      rule ? rule->id.data : "");
    }
    return worst < 0 ? "none" : verdicts[worst];
}

static const Surroundings *surroundings_of(Text *line) {
    for (size_t i = 0; i < sizeof surroundings / sizeof *surroundings; i++) {
        Text word = text_from(surroundings[i].word);
        if (!text_starts_with(*line, word) || line->size == word.size ||
            line->data[word.size] != ' ')
            continue;
        *line = text_slice(*line, word.size + 1, line->size);
        return &surroundings[i];
    }
    return NULL;
}

static void hold(Judgements *run, Text name, const char *actual, Text rules, Text expected,
                 Text argument) {
    Harness *harness = run->harness;
    bool agrees = text_is(expected, actual);
    run->count++;
    run->agreeing += agrees;
    run->argued += !agrees && argument.size;
    size_t colon = text_find_byte(argument, ':', 0);
    Text ours = text_slice(argument, 0, colon == SIZE_MAX ? argument.size : colon);
    if (agrees && argument.size)
        fail(harness, name, "rule and answer agree: the argument is stale");
    else if (agrees || (argument.size && text_is(ours, actual)))
        pass(harness);
    else
        fail(harness, name, "%.*s is right, and the rules say %s (%.*s)", TEXT_ARG(expected),
             actual, TEXT_ARG(rules));
}

static void run_judgement(Judgements *run, Arena *arena, const Names *lines) {
    Harness *harness = run->harness;
    Text name = text_format(harness->arena, "%.*s:%zu", TEXT_ARG(run->file), run->line);
    bool argued = lines->count == 5 && text_starts_with(lines->items[4], TEXT("! "));
    if ((lines->count != 4 && !argued) || !text_starts_with(lines->items[3], TEXT("= "))) {
        fail(harness, name, "a case is: why, base, revision, `= answer` and perhaps `! argument`");
        return;
    }
    Text first = lines->items[1];
    const Surroundings *around = surroundings_of(&first);
    Diagnostics diagnostics = {.arena = arena};
    uint32_t next_type_id = 0;
    const Api *base = NULL, *revision = NULL;
    if (around) {
        base = load_side(run, arena, &diagnostics, &next_type_id, around, first);
        revision = load_side(run, arena, &diagnostics, &next_type_id, around, lines->items[2]);
    }
    if (!base || !revision) {
        Buffer said = {.arena = arena};
        for (size_t i = 0; i < diagnostics.list.count; i++)
            diagnostic_render(&diagnostics.list.items[i], &said);
        fail(harness, name, "can't be loaded\n%.*s", TEXT_ARG(buffer_text(&said)));
        return;
    }
    Buffer said = {.arena = arena};
    const char *actual = judged(arena, &diagnostics, base, revision, &said);
    Text expected = text_slice(lines->items[3], 2, lines->items[3].size);
    Text argument = argued ? text_slice(lines->items[4], 2, lines->items[4].size) : (Text){0};
    hold(run, name, actual, buffer_text(&said), expected, argument);
}

static void run_block(Judgements *run, const Names *lines) {
    MemoryEscape escape;
    if (setjmp(escape.point)) {
        fail(run->harness, run->file, "out of memory");
        return;
    }
    Arena *arena = arena_new(&escape);
    run_judgement(run, arena, lines);
    arena_free(arena);
}

static void run_file(Judgements *run, Text content) {
    Names lines = {0};
    size_t line = 0;
    for (size_t at = 0; at <= content.size;) {
        size_t end = text_find_byte(content, '\n', at);
        Text text = text_trim(text_slice(content, at, end == SIZE_MAX ? content.size : end));
        line++;
        if (!text.size && lines.count) {
            run_block(run, &lines);
            lines.count = 0;
        } else if (text.size && text.data[0] != '#') {
            run->line = lines.count ? run->line : line;
            array_push(run->harness->arena, &lines, text);
        }
        at = end == SIZE_MAX ? content.size + 1 : end + 1;
    }
    if (lines.count)
        run_block(run, &lines);
}

void run_judgements(Harness *harness) {
    Arena *arena = harness->arena;
    Text folder = test_path(arena, harness->root, TEXT("testdata/judgements"));
    Names files = list_folder(arena, folder);
    Judgements run = {.harness = harness};
    for (size_t i = 0; i < files.count; i++) {
        run.file = text_format(arena, "judgements/%.*s", TEXT_ARG(files.items[i]));
        if (wanted(harness, run.file))
            run_file(&run, test_read_file(arena, test_path(arena, folder, files.items[i])));
    }
    if (run.count)
        printf("judgements: %zu of %zu answers as the specifications have them (%.1f %%), %zu "
               "argued otherwise\n",
               run.agreeing, run.count, 100.0 * (double)run.agreeing / (double)run.count,
               run.argued);
}
