#include "example.h"

/* Dates in the examples are held against this day, as in the tests. */
static const char today[] = "2026-01-01";

enum { LINES_AROUND = 3 };

typedef struct Example {
    Text base, revision; /* the documents */
    Text base_name, revision_name;
} Example;

/* ---- what differs ---------------------------------------------------------------------------- */

/* The number of whole lines that two texts begin with in common. */
static size_t common_lines(Text a, Text b, size_t *size) {
    size_t lines = 0, end = 0;
    for (size_t i = 0; i < a.size && i < b.size && a.data[i] == b.data[i]; i++)
        if (a.data[i] == '\n') {
            lines++;
            end = i + 1;
        }
    *size = end;
    return lines;
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

static void put_part(Buffer *out, const char *label, Text text) {
    buffer_format(out, "\n%s\n", label);
    for (size_t from = 0; from < text.size;) {
        size_t end = text_find_byte(text, '\n', from);
        Text line = text_slice(text, from, end == SIZE_MAX ? text.size : end);
        buffer_format(out, "    %.*s\n", TEXT_ARG(line));
        from += line.size + 1;
    }
}

static void put_difference(Buffer *out, const Example *example) {
    size_t from;
    common_lines(example->base, example->revision, &from);
    size_t end = common_end(example->base, example->revision, from);
    put_part(out, "before:", widen(example->base, from, example->base.size - end));
    put_part(out, "after:", widen(example->revision, from, example->revision.size - end));
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

static void put_report(Buffer *out, Side *base, Side *revision, const TextLayout *layout) {
    bw_compare_options options = BW_COMPARE_OPTIONS_INIT;
    options.base = options.revision = "example";
    options.today = today;
    Given given = {.base = base, .revision = revision};
    bw_result *result;
    if (compare_by(&options, &given, &result) == BW_OK && result->report) {
        const VerdictReport *items[] = {result->report};
        Reports reports = {.items = items, .count = 1};
        buffer_add(out, TEXT("\nwhat is reported:\n\n"));
        buffer_add(out, reports_write(out->arena, &reports, 0, layout));
    }
    bw_result_free(result);
}

Text example_text(Arena *arena, const Rule *rule, const TextLayout *layout) {
    Buffer out = {.arena = arena};
    Example example;
    if (!rules_example(arena, rule->id, "base", &example.base_name, &example.base) ||
        !rules_example(arena, rule->id, "revision", &example.revision_name, &example.revision))
        return (Text){0};
    put_difference(&out, &example);
    const char *id = text_copy(arena, rule->id).data;
    Side base = {.names = &id, .name_count = 1, .shown = "base"};
    Side revision = {.names = &id, .name_count = 1, .shown = "revision"};
    revision.next_type_id = 1u << 30;
    load_side(&base, load_example);
    load_side(&revision, load_example);
    if (base.api && revision.api)
        put_report(&out, &base, &revision, layout);
    arena_free(revision.arena);
    arena_free(base.arena);
    return buffer_text(&out);
}
