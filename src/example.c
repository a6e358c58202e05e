#include "example.h"

/* Dates in the examples are held against this day, as in the tests. */
static const char today[] = "2026-01-01";

enum { LINES_AROUND = 3 };

typedef struct Example {
    Text base, revision; /* the documents */
    Text base_name, revision_name;
} Example;

/* ---- what differs ---------------------------------------------------------------------------- */

static Text line_at(Text text, size_t at) {
    size_t end = text_find_byte(text, '\n', at);
    return text_slice(text, at, end == SIZE_MAX ? text.size : end + 1);
}

/* What a file says of itself is no part of the example. */
static Text without_heading(Text text) {
    size_t at = 0;
    while (at < text.size && text.data[at] == '#')
        at += line_at(text, at).size;
    return text_slice(text, at, text.size);
}

/* Where the lines that both begin with end; the version of a description changes with each. */
static size_t common_beginning(Text a, Text b) {
    size_t at = 0;
    while (at < a.size && at < b.size) {
        Text line = line_at(a, at), other = line_at(b, at);
        bool version = text_starts_with(text_trim(line), TEXT("version:")) &&
                       text_starts_with(text_trim(other), TEXT("version:"));
        if (line.size != other.size || (!text_equal(line, other) && !version))
            break;
        at += line.size;
    }
    return at;
}

static size_t common_end(Text a, Text b, size_t from) {
    size_t size = 0, whole = 0;
    while (size < a.size - from && size < b.size - from &&
           a.data[a.size - 1 - size] == b.data[b.size - 1 - size]) {
        size++;
        if (size < a.size && a.data[a.size - 1 - size] == '\n')
            whole = size;
    }
    return whole;
}

/* A few lines more on both sides. */
static Text widen(Text text, size_t from, size_t to) {
    for (size_t lines = 0; from > 0 && lines <= LINES_AROUND; from--)
        if (text.data[from - 1] == '\n' && lines++ == LINES_AROUND)
            break;
    for (size_t lines = 0; to < text.size && lines < LINES_AROUND; to++)
        lines += text.data[to] == '\n';
    return text_slice(text, from, to);
}

static void add_difference(RuleExample *shown, const Example *example) {
    Text base = without_heading(example->base), revision = without_heading(example->revision);
    size_t from = common_beginning(base, revision), end = common_end(base, revision, from);
    shown->before = widen(base, from, base.size - end);
    shown->after = widen(revision, from, revision.size - end);
}

/* ---- what is reported ------------------------------------------------------------------------ */

/* In a side's arena, which the load has made: its name is that of the example. */
static void load_example(Side *side) {
    Text id = text_from(side->names[0]), name, bytes;
    if (!rules_example(side->arena, id, side->shown, &name, &bytes))
        return;
    Source source = {.kind = SOURCE_FILE, .name = name, .file = name, .path = name};
    source.bytes = bytes;
    DocumentSet *set = document_set_new(side->arena, &side->diagnostics);
    side->root = document_set_open_source(set, source);
    if (side->root)
        side->api = load_openapi(side->arena, &side->diagnostics, set, side->root, &side->load);
}

static Text report_on(Arena *arena, const Rule *rule, Side *base, Side *revision,
                      const TextLayout *layout) {
    bw_compare_options options = BW_COMPARE_OPTIONS_INIT;
    options.base = options.revision = "example";
    options.today = today;
    options.documentation = rule->change == CHANGE_DOCUMENTATION_CHANGED;
    Given given = {.base = base, .revision = revision};
    Text text = {0};
    bw_result *result;
    if (compare_by(&options, &given, &result) == BW_OK && result->report) {
        const VerdictReport *items[] = {result->report};
        Reports reports = {.items = items, .count = 1};
        text = reports_write(arena, &reports, 0, layout);
    }
    bw_result_free(result);
    return text;
}

RuleExample example_of(Arena *arena, const Rule *rule, const TextLayout *layout) {
    RuleExample shown = {0};
    Example example;
    if (!rules_example(arena, rule->id, "base", &example.base_name, &example.base) ||
        !rules_example(arena, rule->id, "revision", &example.revision_name, &example.revision))
        return shown;
    add_difference(&shown, &example);
    const char *id = text_copy(arena, rule->id).data;
    Side base = {.names = &id, .name_count = 1, .shown = "base"};
    Side revision = {.names = &id, .name_count = 1, .shown = "revision"};
    revision.next_type_id = 1u << 30;
    load_side(&base, load_example);
    load_side(&revision, load_example);
    if (base.api && revision.api)
        shown.reported = report_on(arena, rule, &base, &revision, layout);
    arena_free(revision.arena);
    arena_free(base.arena);
    return shown;
}
