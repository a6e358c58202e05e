#include "harness.h"

#include "load/load.h"

#include "type_notation.h"

#include <stdio.h>

/* testdata/pacts/NAME.txt: what the loader makes of pacts. A case is a block of lines, of which the
 * first says what is recorded and all others what that fixes (type_notation.h):
 *
 *   v3 response {"body": {"a": 1}, "matchingRules": {…}}      one side as a pact of version 3 has
 * it body {a: integer}
 *
 *   {"match": "integer"} on 1                 a matcher on an example, at each place in each
 * version request.body response.body: integer       where it is the same, places stand in one line
 *
 * A mismatch is written as NAME.txt.new, with what came in place of what was expected. */

typedef struct Reading {
    Arena *arena;
    Diagnostics diagnostics;
    Expectations expectations;
    bool loaded;
} Reading;

static Reading read_pact(Arena *arena, Text version, Text member, Text interaction) {
    Reading reading = {.arena = arena, .diagnostics = {.arena = arena}};
    Source source = {
        .file = TEXT("pact.json"), .name = TEXT("pact.json"), .path = TEXT("pact.json")};
    source.bytes = text_format(arena,
                               "{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, "
                               "\"%.*s\": [%.*s], \"metadata\": {\"pactSpecification\": "
                               "{\"version\": \"%.*s\"}}}",
                               TEXT_ARG(member), TEXT_ARG(interaction), TEXT_ARG(version));
    const Document *document = document_parse(arena, &reading.diagnostics, source);
    uint32_t next_type_id = 0;
    LoadOptions options = {.next_type_id = &next_type_id};
    reading.loaded = document && load_pact(arena, &reading.diagnostics, NULL, document, &options,
                                           &reading.expectations);
    return reading;
}

/* ---- What was read --------------------------------------------------------------------------- */

static void show_fields(Names *lines, Arena *arena, const char *what, const ExpectedField *fields,
                        size_t count) {
    for (size_t i = 0; i < count; i++)
        array_push(arena, lines,
                   text_format(arena, "%s.%.*s %.*s%s", what, TEXT_ARG(fields[i].name),
                               TEXT_ARG(shown(arena, fields[i].type)),
                               fields[i].generated ? ", generated" : ""));
}

static void show_body(Names *lines, Arena *arena, const ExpectedBody *body) {
    static const char *const states[] = {[BODY_UNSPECIFIED] = "nothing is said of",
                                         [BODY_EMPTY] = "none",
                                         [BODY_PRESENT] = "of no type"};
    Text shape = body->type ? shown(arena, body->type) : text_from(states[body->state]);
    Text type = body->guessed ? (Text){0} : body->content_type;
    array_push(arena, lines,
               text_format(arena, "body %.*s%s%.*s", TEXT_ARG(shape), type.size ? ", " : "",
                           TEXT_ARG(type)));
}

static void show_path(Names *lines, Arena *arena, const Interaction *interaction) {
    Buffer out = {.arena = arena};
    buffer_format(&out, "path %.*s", TEXT_ARG(interaction->path));
    for (size_t i = 0; i < interaction->path_segments.count; i++)
        buffer_format(&out, "%s%.*s", i ? " / " : " as ",
                      TEXT_ARG(shown(arena, interaction->path_segments.items[i])));
    array_push(arena, lines, buffer_text(&out));
}

static void show_status(Names *lines, Arena *arena, const Interaction *interaction) {
    Buffer out = {.arena = arena};
    buffer_format(&out, "status %.*s", TEXT_ARG(interaction->status_low));
    if (!text_equal(interaction->status_low, interaction->status_high))
        buffer_format(&out, "..%.*s", TEXT_ARG(interaction->status_high));
    for (size_t i = 0; i < interaction->statuses.count; i++)
        buffer_format(&out, "%s%.*s", i ? ", " : ": ", TEXT_ARG(interaction->statuses.items[i]));
    array_push(arena, lines, buffer_text(&out));
}

static void show_notes(Names *lines, const Reading *reading, const Interaction *interaction) {
    for (size_t i = 0; interaction && i < interaction->residues.count; i++)
        array_push(reading->arena, lines,
                   text_format(reading->arena, "not held: %.*s at %.*s",
                               TEXT_ARG(interaction->residues.items[i].matcher),
                               TEXT_ARG(interaction->residues.items[i].place)));
    static const char *const levels[] = {"error", "warning", "note"};
    for (size_t i = 0; i < reading->diagnostics.list.count; i++)
        array_push(reading->arena, lines,
                   text_format(reading->arena, "%s: %.*s",
                               levels[reading->diagnostics.list.items[i].severity],
                               TEXT_ARG(reading->diagnostics.list.items[i].message)));
}

/* ---- One side -------------------------------------------------------------------------------- */

typedef enum Side { SIDE_REQUEST, SIDE_RESPONSE, SIDE_MESSAGE } Side;

static const char *const sides[] = {"request", "response", "message"};

/* `{"a": 1}` without its braces, with a comma before. */
static Text members_of(Arena *arena, Text object) {
    Text inside = text_trim(text_slice(object, 1, object.size - 1));
    return inside.size ? text_format(arena, ", %.*s", TEXT_ARG(inside)) : TEXT("");
}

static Reading read_side(Arena *arena, Text version, Side side, Text object) {
    Text members = members_of(arena, object), none = TEXT("");
    Text interaction;
    if (side == SIDE_MESSAGE) {
        bool listed = text_starts_with(version, TEXT("4"));
        interaction =
            text_format(arena, "{%s\"description\": \"d\"%.*s}",
                        listed ? "\"type\": \"Asynchronous/Messages\", " : "", TEXT_ARG(members));
        return read_pact(arena, version, listed ? TEXT("interactions") : TEXT("messages"),
                         interaction);
    }
    Text request = side == SIDE_REQUEST ? members : none;
    Text response = side == SIDE_RESPONSE ? members : none;
    json_t *parsed = test_parse_json(object);
    const char *path = json_object_get(parsed, "path") ? "" : ", \"path\": \"/p\"";
    interaction = text_format(arena,
                              "{\"description\": \"d\", \"request\": {\"method\": \"POST\"%s%.*s}, "
                              "\"response\": {%.*s}}",
                              path, TEXT_ARG(request),
                              TEXT_ARG(text_slice(response, response.size ? 2 : 0, response.size)));
    json_decref(parsed);
    return read_pact(arena, version, TEXT("interactions"), interaction);
}

/* What the side fixes, a line each; what is as without it is left out. */
static Names side_lines(Arena *arena, Text version, Side side, Text object) {
    Names lines = {0};
    Reading reading = read_side(arena, version, side, object);
    const Interaction *interaction =
        reading.expectations.interactions.count ? reading.expectations.interactions.items[0] : NULL;
    if (interaction && side == SIDE_REQUEST) {
        show_path(&lines, arena, interaction);
        show_fields(&lines, arena, "query", interaction->query.items, interaction->query.count);
        show_fields(&lines, arena, "header", interaction->request_headers.items,
                    interaction->request_headers.count);
        show_body(&lines, arena, &interaction->request_body);
    } else if (interaction) {
        if (side == SIDE_RESPONSE)
            show_status(&lines, arena, interaction);
        show_fields(&lines, arena, "header", interaction->response_headers.items,
                    interaction->response_headers.count);
        show_body(&lines, arena, &interaction->response_body);
    }
    show_notes(&lines, &reading, interaction);
    return lines;
}

/* ---- One matcher at every place -------------------------------------------------------------- */

typedef enum At { AT_PATH, AT_QUERY, AT_HEADER, AT_BODY, AT_STATUS, AT_METADATA } At;

static const struct {
    const char *word;
    Side side;
    At at;
} places[] = {
    {"request.path", SIDE_REQUEST, AT_PATH},         {"request.query", SIDE_REQUEST, AT_QUERY},
    {"request.header", SIDE_REQUEST, AT_HEADER},     {"request.body", SIDE_REQUEST, AT_BODY},
    {"response.status", SIDE_RESPONSE, AT_STATUS},   {"response.header", SIDE_RESPONSE, AT_HEADER},
    {"response.body", SIDE_RESPONSE, AT_BODY},       {"message.body", SIDE_MESSAGE, AT_BODY},
    {"message.metadata", SIDE_MESSAGE, AT_METADATA},
};

enum { VERSIONS = 3, PLACES = sizeof places / sizeof *places };

static const char *const versions[VERSIONS] = {"2.0.0", "3.0.0", "4.0"};

static Text without_quotes(Text example) {
    bool quoted = example.size > 1 && example.data[0] == '"';
    return quoted ? text_slice(example, 1, example.size - 1) : example;
}

/* The rule as its version writes it: by its expression, or by part and name. */
static Text rule_of(Arena *arena, size_t version, const char *part, const char *key, Text matcher) {
    const char *dot = *key ? "." : "";
    if (version == 0)
        return text_format(arena, "\"matchingRules\": {\"$.%s%s%s\": %.*s}", part, dot, key,
                           TEXT_ARG(matcher));
    Text rule = text_format(arena, "{\"matchers\": [%.*s]}", TEXT_ARG(matcher));
    const char *root = strcmp(part, "body") == 0 ? "$." : "";
    if (*key)
        rule = text_format(arena, "{\"%s%s\": %.*s}", root, key, TEXT_ARG(rule));
    return text_format(arena, "\"matchingRules\": {\"%s\": %.*s}", part, TEXT_ARG(rule));
}

static Text member_at(Arena *arena, size_t version, At at, Text example) {
    Text bare = without_quotes(example);
    const char *open = version ? "[" : "", *close = version ? "]" : "";
    switch (at) {
    case AT_PATH:
        return text_format(arena, "\"path\": \"/p/%.*s\"", TEXT_ARG(bare));
    case AT_QUERY:
        if (!version)
            return text_format(arena, "\"query\": \"k=%.*s\"", TEXT_ARG(bare));
        return text_format(arena, "\"query\": {\"k\": [\"%.*s\"]}", TEXT_ARG(bare));
    case AT_HEADER:
        open = version == 2 ? open : "", close = version == 2 ? close : "";
        return text_format(arena, "\"headers\": {\"k\": %s\"%.*s\"%s}", open, TEXT_ARG(bare),
                           close);
    case AT_STATUS:
        return TEXT("\"status\": 200");
    case AT_METADATA:
        return text_format(arena, "\"metadata\": {\"k\": %.*s}", TEXT_ARG(example));
    case AT_BODY:
        break;
    }
    return text_format(arena, "{\"k\": %.*s}", TEXT_ARG(example));
}

static Text object_at(Arena *arena, size_t version, Side side, At at, Text matcher, Text example) {
    static const char *const parts[] = {"path", "query", "header", "body", "status", "metadata"};
    const char *key = at == AT_PATH || at == AT_STATUS ? "" : "k";
    Text rule = rule_of(arena, version, parts[at], key, matcher);
    Text member = member_at(arena, version, at, example);
    if (at != AT_BODY)
        return text_format(arena, "{%.*s, %.*s}", TEXT_ARG(member), TEXT_ARG(rule));
    if (version == 2)
        member = text_format(arena, "{\"content\": %.*s, \"contentType\": \"application/json\"}",
                             TEXT_ARG(member));
    return text_format(arena, "{\"%s\": %.*s, %.*s}", side == SIDE_MESSAGE ? "contents" : "body",
                       TEXT_ARG(member), TEXT_ARG(rule));
}

/* The shape at the place alone. */
static Text shape_at(Arena *arena, const Interaction *interaction, Side side, At at) {
    const ExpectedField *field = NULL;
    const ExpectedBody *body =
        side == SIDE_REQUEST ? &interaction->request_body : &interaction->response_body;
    Names line = {0};
    if (at == AT_PATH)
        show_path(&line, arena, interaction);
    else if (at == AT_STATUS)
        show_status(&line, arena, interaction);
    else if (at == AT_QUERY && interaction->query.count)
        field = &interaction->query.items[0];
    else if (at == AT_HEADER && side == SIDE_REQUEST && interaction->request_headers.count)
        field = &interaction->request_headers.items[0];
    else if (at == AT_HEADER && interaction->response_headers.count)
        field = &interaction->response_headers.items[0];
    if (field)
        return shown(arena, field->type);
    if (at == AT_BODY && body->type && body->type->object && body->type->object->properties.count)
        return shown(arena, body->type->object->properties.items[0].type);
    return line.count ? line.items[0] : TEXT("-");
}

static Text outcome_at(Arena *arena, size_t version, size_t place, Text matcher, Text example) {
    Side side = places[place].side;
    At at = places[place].at;
    Text object = object_at(arena, version, side, at, matcher, example);
    Reading reading = read_side(arena, text_from(versions[version]), side, object);
    Buffer out = {.arena = arena};
    const Interaction *interaction = NULL;
    if (reading.expectations.interactions.count)
        interaction = reading.expectations.interactions.items[0];
    buffer_add(&out, interaction ? shape_at(arena, interaction, side, at) : TEXT("not read"));
    for (size_t i = 0; interaction && i < interaction->residues.count; i++)
        buffer_format(&out, "; not held: %.*s", TEXT_ARG(interaction->residues.items[i].matcher));
    for (size_t i = 0; i < reading.diagnostics.list.count; i++)
        buffer_format(&out, "; %.*s", TEXT_ARG(reading.diagnostics.list.items[i].message));
    return buffer_text(&out);
}

typedef struct Outcome {
    Text shape, labels;
} Outcome;
typedef ARRAY(Outcome) Outcomes;

static void add_outcome(Arena *arena, Outcomes *outcomes, Text shape, Text label) {
    for (array_each(Outcome, outcome, outcomes))
        if (text_equal(outcome->shape, shape)) {
            outcome->labels =
                text_format(arena, "%.*s %.*s", TEXT_ARG(outcome->labels), TEXT_ARG(label));
            return;
        }
    array_push(arena, outcomes, ((Outcome){shape, label}));
}

/* Places where a version differs from others are told by version. */
static Names matcher_lines(Arena *arena, Text matcher, Text example) {
    Outcomes outcomes = {0};
    bool scalar = example.data[0] != '[' && example.data[0] != '{';
    for (size_t place = 0; place < PLACES; place++) {
        bool text = places[place].at == AT_QUERY || places[place].at == AT_HEADER ||
                    places[place].at == AT_PATH;
        if (text && !scalar)
            continue;
        size_t first = places[place].side == SIDE_MESSAGE; /* version 3 brought messages */
        Text shapes[VERSIONS];
        bool same = true;
        for (size_t version = first; version < VERSIONS; version++) {
            shapes[version] = outcome_at(arena, version, place, matcher, example);
            same = same && text_equal(shapes[version], shapes[first]);
        }
        for (size_t version = first; version < (same ? first + 1 : VERSIONS); version++)
            add_outcome(arena, &outcomes, shapes[version],
                        same ? text_from(places[place].word)
                             : text_format(arena, "%s(v%zu)", places[place].word, version + 2));
    }
    Names lines = {0};
    for (array_each(Outcome, outcome, &outcomes))
        array_push(
            arena, &lines,
            text_format(arena, "%.*s: %.*s", TEXT_ARG(outcome->labels), TEXT_ARG(outcome->shape)));
    return lines;
}

/* ---- Cases ----------------------------------------------------------------------------------- */

/* "v1.1 response {…}", or "{…} on 1". False: it is neither. */
static bool case_lines(Arena *arena, Text first, Names *lines) {
    size_t on = SIZE_MAX;
    for (size_t i = 0; i + 4 <= first.size; i++)
        if (memcmp(first.data + i, " on ", 4) == 0)
            on = i;
    if (first.data[0] == '{' && on != SIZE_MAX) {
        *lines =
            matcher_lines(arena, text_slice(first, 0, on), text_slice(first, on + 4, first.size));
        return true;
    }
    size_t space = text_find_byte(first, ' ', 0);
    if (first.data[0] != 'v' || space == SIZE_MAX)
        return false;
    Text version = text_slice(first, 1, space), rest = text_slice(first, space + 1, first.size);
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        Text word = text_format(arena, "%s {", sides[i]);
        if (!text_starts_with(rest, word))
            continue;
        *lines = side_lines(arena, version, (Side)i, text_slice(rest, word.size - 1, rest.size));
        return true;
    }
    return false;
}

static void run_block(Harness *harness, Text name, const Names *block, Buffer *out) {
    MemoryEscape escape;
    Names lines = {0};
    if (setjmp(escape.point)) {
        fail(harness, name, "out of memory");
        return;
    }
    Arena *arena = arena_new(&escape);
    if (!case_lines(arena, block->items[0], &lines)) {
        fail(harness, name, "a case begins `vN request|response|message {…}` or `{…} on …`");
        arena_free(arena);
        return;
    }
    bool same = lines.count + 1 == block->count;
    for (size_t i = 0; same && i < lines.count; i++)
        same = text_equal(lines.items[i], block->items[i + 1]);
    buffer_format(out, "%.*s\n", TEXT_ARG(block->items[0]));
    for (size_t i = 0; i < lines.count; i++)
        buffer_format(out, "%.*s\n", TEXT_ARG(lines.items[i]));
    if (same)
        pass(harness);
    else
        fail(harness, name, "%.*s fixes something else; what came is in the file with .new",
             TEXT_ARG(block->items[0]));
    arena_free(arena);
}

static void run_pacts_file(Harness *harness, Text folder, Text file) {
    Arena *arena = harness->arena;
    Text path = test_path(arena, folder, file), content = test_read_file(arena, path);
    Text label = text_format(arena, "pacts/%.*s", TEXT_ARG(file));
    int failed = harness->failed;
    if (!wanted(harness, label) || !text_ends_with(file, TEXT(".txt")))
        return;
    Buffer out = {.arena = arena};
    Names block = {0};
    size_t line = 0, first = 0;
    for (size_t at = 0; at <= content.size; line++) {
        size_t end = text_find_byte(content, '\n', at);
        Text text = text_trim(text_slice(content, at, end));
        bool last = end == SIZE_MAX || end + 1 == content.size;
        bool inside = text.size && text.data[0] != '#';
        first = block.count ? first : line + 1;
        if (inside)
            array_push(arena, &block, text);
        if ((!inside || last) && block.count) {
            run_block(harness, text_format(arena, "%.*s:%zu", TEXT_ARG(label), first), &block,
                      &out);
            block.count = 0;
        }
        if (!inside && end != SIZE_MAX)
            buffer_format(&out, "%.*s\n", TEXT_ARG(text));
        at = last ? content.size + 1 : end + 1;
    }
    if (harness->failed > failed)
        test_write_file(text_format(arena, "%.*s.new", TEXT_ARG(path)), buffer_text(&out));
}

void run_expectations(Harness *harness) {
    Text folder = text_format(harness->arena, "%.*s/testdata/pacts", TEXT_ARG(harness->root));
    Names files = list_folder(harness->arena, folder);
    for (array_each(Text, file, &files))
        run_pacts_file(harness, folder, *file);
}
