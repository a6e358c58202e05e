/* The traps of real files, one small text each: DESIGN's section on reading them, in tests. */
#include "document/document.h"

#include "check.h"

typedef struct Parsed {
    const Document *document;
    Diagnostics diagnostics;
} Parsed;

static Parsed parse_bytes(Arena *arena, const char *file, Text bytes) {
    Parsed parsed = {.diagnostics = {.arena = arena}};
    /* A copy of its own, so that a sanitizer sees a step beyond its end. */
    Text copy = {memcpy(arena_alloc(arena, bytes.size), bytes.data, bytes.size), bytes.size};
    Source source = {.name = text_from(file), .file = text_from(file), .bytes = copy};
    parsed.document = document_parse(arena, &parsed.diagnostics, source);
    CHECK((parsed.document != NULL) == (parsed.diagnostics.list.count == 0));
    CHECK((parsed.document == NULL) == (parsed.diagnostics.errors == 1));
    return parsed;
}

static const Node *parse(Arena *arena, const char *text) {
    Parsed parsed = parse_bytes(arena, "a.yaml", text_from(text));
    if (parsed.document)
        return parsed.document->root;
    printf("not read: %s\n%.*s\n", text, TEXT_ARG(parsed.diagnostics.list.items[0].message));
    CHECK(parsed.document);
    exit(1);
}

/* The only diagnostic, which must be that one at that place. */
static const Diagnostic *fails_bytes(Arena *arena, const char *file, Text bytes, DiagnosticId id,
                                     uint32_t line, uint32_t column) {
    static const Diagnostic none;
    Parsed parsed = parse_bytes(arena, file, bytes);
    CHECK(!parsed.document);
    if (!parsed.diagnostics.list.count)
        return &none;
    const Diagnostic *diagnostic = &parsed.diagnostics.list.items[0];
    if (diagnostic->id != id || diagnostic->place.line != line ||
        diagnostic->place.column != column) {
        CHECK(!"the diagnostic expected");
        printf("  %.60s\n  %u:%u: %.*s\n", bytes.data, diagnostic->place.line,
               diagnostic->place.column, TEXT_ARG(diagnostic->message));
    }
    return diagnostic;
}

static const Diagnostic *fails(Arena *arena, const char *text, DiagnosticId id, uint32_t line,
                               uint32_t column) {
    return fails_bytes(arena, "a.yaml", text_from(text), id, line, column);
}

static const Node *at(const Node *root, const char *pointer) {
    const Node *node = node_at(root, text_from(pointer));
    CHECK(node);
    return node ? node : root;
}

static void check_place(Place place, uint32_t line, uint32_t column) {
    if (place.line != line || place.column != column) {
        CHECK(!"the place expected");
        printf("  expected %u:%u, got %u:%u\n", line, column, place.line, place.column);
    }
}

static void check_json(Arena *arena, const char *text, const char *json) {
    CHECK_TEXT(node_to_json(arena, parse(arena, text), SIZE_MAX), json);
}

static void check_same(Arena *arena, const char *a, const char *b, bool same) {
    const Node *left = parse(arena, a), *right = parse(arena, b);
    CHECK(node_equal(left, right) == same);
    CHECK(node_equal(right, left) == same);
}

static char *repeated(Arena *arena, const char *part, size_t count) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        buffer_add(&out, text_from(part));
    buffer_add_byte(&out, '\0');
    return out.data;
}

static const char *joined(Arena *arena, const char *a, const char *b, const char *c) {
    return text_format(arena, "%s%s%s", a, b, c).data;
}

/* ---- Scalars --------------------------------------------------------------------------------- */

static void plain_scalars_follow_the_core_schema(Arena *arena) {
    static const struct {
        const char *text;
        NodeKind kind;
    } rows[] = {
        {"null", NODE_NULL},         {"~", NODE_NULL},
        {"Null", NODE_NULL},         {"NULL", NODE_NULL},
        {"nULL", NODE_STRING},       {"true", NODE_BOOLEAN},
        {"True", NODE_BOOLEAN},      {"TRUE", NODE_BOOLEAN},
        {"tRUE", NODE_STRING},       {"False", NODE_BOOLEAN},
        {"FALSE", NODE_BOOLEAN},     {"yes", NODE_STRING},
        {"no", NODE_STRING},         {"on", NODE_STRING},
        {"y", NODE_STRING},          {"n", NODE_STRING},
        {"0", NODE_NUMBER},          {"-12", NODE_NUMBER},
        {"+12", NODE_NUMBER},        {"007", NODE_NUMBER},
        {"1.10", NODE_NUMBER},       {".5", NODE_NUMBER},
        {"5.", NODE_NUMBER},         {"1e5", NODE_NUMBER},
        {"-1.5E+3", NODE_NUMBER},    {"1e", NODE_STRING},
        {".", NODE_STRING},          {"+", NODE_STRING},
        {"+.e1", NODE_STRING},       {"1_000", NODE_STRING},
        {"0o14", NODE_NUMBER},       {"0xfF", NODE_NUMBER},
        {"0o8", NODE_STRING},        {"0x", NODE_STRING},
        {"0b1", NODE_STRING},        {"-0x1", NODE_STRING},
        {".inf", NODE_STRING},       {"-.INF", NODE_STRING},
        {".nan", NODE_STRING},       {"1:30", NODE_STRING},
        {"2020-01-01", NODE_STRING}, {"1.2.3", NODE_STRING},
        {"'1'", NODE_STRING},        {"\"true\"", NODE_STRING},
        {"''", NODE_STRING},         {"|\n 1", NODE_STRING},
        {">\n true", NODE_STRING},   {"1 2", NODE_STRING},
        {"12e03", NODE_NUMBER},      {"nothing", NODE_STRING},
        {"falsey", NODE_STRING},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Node *node = at(parse(arena, joined(arena, "a: ", rows[i].text, "\n")), "/a");
        if (node->kind != rows[i].kind)
            printf("  %s is %s\n", rows[i].text, node_kind_name(node->kind));
        CHECK(node->kind == rows[i].kind);
    }
}

static void scalars_keep_their_text(Arena *arena) {
    const Node *root = parse(arena, "a: 1.10\nb: 0x1F\nc: 0o17\nd: True\ne: ~\nf:\ng: 'it''s'\n"
                                    "h: \"\\u00e9\\0\\n\"\ni: 0x1234567890abcdef1234567890ABCDEF\n"
                                    "j: |\n  x\n  y\n");
    CHECK_TEXT(at(root, "/a")->text, "1.10");
    CHECK_TEXT(at(root, "/b")->text, "31");
    CHECK_TEXT(at(root, "/c")->text, "15");
    CHECK_TEXT(at(root, "/d")->text, "True");
    CHECK(at(root, "/d")->boolean);
    CHECK_TEXT(at(root, "/e")->text, "~");
    CHECK_TEXT(at(root, "/f")->text, "");
    CHECK(at(root, "/f")->kind == NODE_NULL);
    CHECK_TEXT(at(root, "/g")->text, "it's");
    CHECK(text_equal(at(root, "/h")->text, TEXT("\xC3\xA9\0\n")));
    CHECK_TEXT(at(root, "/i")->text, "24197857200151252728969465429440056815");
    CHECK_TEXT(at(root, "/j")->text, "x\ny\n");
}

static void tags_of_the_core_schema_hold(Arena *arena) {
    check_json(arena,
               "[!!str 12, !!int \"12\", !!float 3, !!bool 'true', !!null '', !!float .inf, "
               "!!str true, !custom 5, !custom 'x', !!timestamp 2020-01-01, ! 'y', !!int 0x10]",
               "[\"12\",12,3,true,null,\".inf\",\"true\",5,\"x\",\"2020-01-01\",\"y\",16]");
    CHECK_TEXT(fails(arena, "a: !!int 1.5\n", DIAGNOSTIC_TAG_MISMATCH, 1, 4)->message,
               "`1.5` is not an integer, as its tag has it");
    fails(arena, "!!bool yes", DIAGNOSTIC_TAG_MISMATCH, 1, 1);
    fails(arena, "!!float x", DIAGNOSTIC_TAG_MISMATCH, 1, 1);
    fails(arena, "!!null x", DIAGNOSTIC_TAG_MISMATCH, 1, 1);
}

/* ---- Mappings -------------------------------------------------------------------------------- */

static void a_key_is_its_text(Arena *arena) {
    const Node *root = parse(arena, "200: a\non: b\n1.10: c\ny: d\n~: e\n2020-01-01: f\n"
                                    "/a#b: g\n'$ref': h\n\"q\": i\n1:30: j\n");
    static const char *const keys[] = {"200",        "on",   "1.10", "y", "~",
                                       "2020-01-01", "/a#b", "$ref", "q", "1:30"};
    CHECK(root->count == 10);
    for (size_t i = 0; i < 10; i++) {
        const Node *value = node_member(root, text_from(keys[i]));
        CHECK(value && value->text.data[0] == (char)('a' + i));
        CHECK_TEXT(root->members[i].key, keys[i]);
    }
    CHECK(!node_member(root, TEXT("absent")));
    CHECK(!node_member(NULL, TEXT("absent")));
    CHECK(!node_member(root->members[0].value, TEXT("absent")));
}

static void keys_are_scalars(Arena *arena) {
    fails(arena, "a: 1\n? [b]\n: 2\n", DIAGNOSTIC_KEY_NOT_SCALAR, 2, 3);
    fails(arena, "? {b: c}\n: 2\n", DIAGNOSTIC_KEY_NOT_SCALAR, 1, 3);
    fails(arena, "a: &x [1]\n*x : 2\n", DIAGNOSTIC_KEY_NOT_SCALAR, 2, 1);
    check_json(arena, "a: &x k\n*x : 2\n", "{\"a\":\"k\",\"k\":2}");
    check_json(arena, "&x k: *x\n", "{\"k\":\"k\"}");
    check_json(arena, "? a\n", "{\"a\":null}");
}

static void duplicate_keys_have_both_places(Arena *arena) {
    const Diagnostic *found =
        fails(arena, "a:\n  b: 1\n  'b': 2\n", DIAGNOSTIC_DUPLICATE_KEY, 3, 3);
    CHECK_TEXT(found->message, "the key `b` is given twice");
    CHECK_TEXT(found->second_label, "first given here");
    check_place(found->second_place, 2, 3);

    found = fails(arena,
                  "{\"x\": {\"b\": 1},\n \"a\": {\"q\": [{\"b\": \"\\\"b\"}],\n"
                  "  \"b\" : {\"b\": 2}, \"\\u0062\": 3}}",
                  DIAGNOSTIC_DUPLICATE_KEY, 3, 19);
    check_place(found->second_place, 3, 3);
    CHECK_TEXT(found->message, "the key `b` is given twice");

    Buffer many = {.arena = arena};
    for (int i = 0; i < 100; i++)
        buffer_format(&many, "k%d: 1\n", i);
    buffer_add(&many, TEXT("k50: 2\n"));
    found = fails_bytes(arena, "a.yaml", buffer_text(&many), DIAGNOSTIC_DUPLICATE_KEY, 101, 1);
    check_place(found->second_place, 51, 1);
    fails(arena, "{a: 1, a: 2}", DIAGNOSTIC_DUPLICATE_KEY, 1, 8);
}

static void large_mappings_are_searched(Arena *arena) {
    Buffer yaml = {.arena = arena}, json = {.arena = arena};
    for (int i = 0; i < 1000; i++) {
        buffer_format(&yaml, "k%d: %d\n", i * 7 % 1000, i);
        buffer_format(&json, "%s\"k%d\": %d", i ? "," : "{", i * 7 % 1000, i);
    }
    buffer_add_byte(&json, '}');
    const Node *a = parse_bytes(arena, "a.yaml", buffer_text(&yaml)).document->root;
    const Node *b = parse_bytes(arena, "a.json", buffer_text(&json)).document->root;
    CHECK(node_equal(a, b));
    for (int i = 0; i < 1000; i++) {
        Text key = text_format(arena, "k%d", i * 7 % 1000);
        CHECK(node_member(a, key) == a->members[i].value);
        CHECK(node_member(b, key) == b->members[i].value);
    }
    CHECK(!node_member(a, TEXT("k1000")));
    CHECK(!node_member(a, TEXT("")));
}

static void merge_keys_are_merged(Arena *arena) {
    check_json(arena, "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n",
               "{\"a\":{\"x\":1,\"y\":2},\"b\":{\"y\":3,\"x\":1}}");
    check_json(arena, "a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc:\n  <<: [*a, *b, {w: 4}]\n  v: 5\n",
               "{\"a\":{\"x\":1},\"b\":{\"x\":2,\"z\":3},"
               "\"c\":{\"v\":5,\"x\":1,\"z\":3,\"w\":4}}");
    check_json(arena, "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}\n",
               "{\"a\":{\"x\":1},\"b\":{\"y\":2,\"x\":1},\"c\":{\"y\":2,\"x\":1}}");
    check_json(arena, "{<<: {a: 1}}", "{\"a\":1}");
    check_json(arena, "{<<: []}", "{}");
    check_json(arena, "{'<<': 1}", "{\"<<\":1}");
    check_json(arena, "{\"<<\": {\"a\": 1}}", "{\"<<\":{\"a\":1}}");
    check_json(arena, "{!!str <<: 1}", "{\"<<\":1}");
    CHECK_TEXT(fails(arena, "a:\n  <<: 5\n", DIAGNOSTIC_MERGE_NEEDS_MAPPING, 2, 3)->message,
               "the merge key `<<` takes a mapping or a sequence of mappings, and this is "
               "a number");
    fails(arena, "a: &a 1\nb: {<<: *a}\n", DIAGNOSTIC_MERGE_NEEDS_MAPPING, 2, 5);
    fails(arena, "b: {<<: [{}, x]}\n", DIAGNOSTIC_MERGE_NEEDS_MAPPING, 1, 5);
    fails(arena, "a: &a\n  b: 1\n  <<: *a\n", DIAGNOSTIC_CYCLIC_ALIAS, 3, 7);
    const Diagnostic *found =
        fails(arena, "a: {<<: {b: 1}, <<: {c: 1}}", DIAGNOSTIC_DUPLICATE_KEY, 1, 17);
    check_place(found->second_place, 1, 5);
    fails(arena, "a: {<<: {b: 1}, x: 1, x: 1}", DIAGNOSTIC_DUPLICATE_KEY, 1, 23);
}

static void merged_values_can_be_found(Arena *arena) {
    const Node *root = parse(arena, "a: &a {x: 1}\nb:\n  <<: [*a, {y: {z: 2}}]\n");
    CHECK(at(root, "/b/x") == at(root, "/a/x"));
    CHECK_TEXT(node_pointer(arena, at(root, "/b/x")), "/a/x");
    CHECK_TEXT(node_pointer(arena, at(root, "/b/y/z")), "/b/y/z");
    check_place(node_key_place(at(root, "/b/y")), 3, 13);
    Buffer large = {.arena = arena};
    buffer_add(&large, TEXT("a: &a\n"));
    for (int i = 0; i < 40; i++)
        buffer_format(&large, "  k%d: %d\n", i, i);
    buffer_add(&large, TEXT("b:\n  k7: own\n  <<: *a\n"));
    root = parse_bytes(arena, "a.yaml", buffer_text(&large)).document->root;
    CHECK(at(root, "/b")->count == 40);
    CHECK_TEXT(at(root, "/b/k7")->text, "own");
    CHECK(at(root, "/b/k39") == at(root, "/a/k39"));
}

/* ---- Aliases --------------------------------------------------------------------------------- */

static void aliases_share_their_node(Arena *arena) {
    const Node *root = parse(arena, "a: &x {b: 1}\nc: *x\nd: [*x, &x 5, *x]\n");
    CHECK(at(root, "/c") == at(root, "/a"));
    CHECK(at(root, "/d/0") == at(root, "/a"));
    CHECK(at(root, "/d/2") == at(root, "/d/1"));
    CHECK_TEXT(node_pointer(arena, at(root, "/c/b")), "/a/b");
    const Diagnostic *found = fails(arena, "a: &x\n  - *x\n", DIAGNOSTIC_CYCLIC_ALIAS, 2, 5);
    check_place(found->second_place, 1, 4);
    fails(arena, "a: {b: *nowhere}", DIAGNOSTIC_UNDEFINED_ALIAS, 1, 8);
    fails(arena, "a: *x\nb: &x 1\n", DIAGNOSTIC_UNDEFINED_ALIAS, 1, 4);
}

static void alias_expansion_has_a_limit(Arena *arena) {
    Buffer out = {.arena = arena};
    buffer_add(&out, TEXT("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n"));
    for (int i = 1; i < 9; i++)
        buffer_format(&out, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i,
                      i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    Parsed parsed = parse_bytes(arena, "a.yaml", buffer_text(&out));
    CHECK(!parsed.document && parsed.diagnostics.list.items[0].id == DIAGNOSTIC_ALIAS_EXPANSION);
    /* 999 nodes in the sequence and itself make 1000: a thousand aliases just fit. */
    const char *head = joined(arena, "a: &a [", repeated(arena, "1,", 999), "]\nb: [");
    parse(arena, joined(arena, head, repeated(arena, "*a,", 1000), "]\n"));
    fails(arena, joined(arena, head, repeated(arena, "*a,", 1001), "]\n"),
          DIAGNOSTIC_ALIAS_EXPANSION, 2, 5 + 3 * 1000);
}

static void nesting_has_a_limit(Arena *arena) {
    const char *open = repeated(arena, "[", 512), *close = repeated(arena, "]", 512);
    parse(arena, joined(arena, open, "", close));
    parse(arena, joined(arena, "# YAML\n", open, close));
    fails(arena, joined(arena, "[", open, joined(arena, close, "]", "")),
          DIAGNOSTIC_NESTING_TOO_DEEP, 1, 513);
    fails(arena, joined(arena, "# YAML\n[", open, joined(arena, close, "]", "")),
          DIAGNOSTIC_NESTING_TOO_DEEP, 2, 513);
    fails(arena, repeated(arena, "[", 100000), DIAGNOSTIC_NESTING_TOO_DEEP, 1, 513);
    fails(arena, repeated(arena, "{\"a\":", 100000), DIAGNOSTIC_NESTING_TOO_DEEP, 1, 5 * 512 + 1);
    fails(arena, repeated(arena, "- ", 600), DIAGNOSTIC_NESTING_TOO_DEEP, 1, 1025);
    parse(arena, joined(arena, "[\"", open, joined(arena, "[[\\\"[[", "\"]", "")));
    /* Aliases are counted by what they stand for. */
    const char *deep = joined(arena, "- &x ", repeated(arena, "[", 300),
                              joined(arena, repeated(arena, "]", 300), "\n- ", ""));
    const char *around = joined(arena, repeated(arena, "[", 211), "*x", repeated(arena, "]", 211));
    parse(arena, joined(arena, deep, around, "\n"));
    fails(arena, joined(arena, deep, "[", joined(arena, around, "]\n", "")),
          DIAGNOSTIC_NESTING_TOO_DEEP, 2, 215);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void json_is_read_as_it_is(Arena *arena) {
    const Node *root = parse(
        arena, "{\"a\": [1, -9223372036854776000, 1.50, 1e999, 123456789012345678901234567890],\n"
               " \"b\\u00e9\\/\\\"\": \"\\ud83d\\ude00 \xF0\x9F\x98\x80 \\u0000\", \"t\": true,\n"
               " \"f\": false, \"n\": null, \"o\": {}, \"l\": [ ], \"\": 0}");
    static const char *const numbers[] = {"1", "-9223372036854776000", "1.50", "1e999",
                                          "123456789012345678901234567890"};
    for (uint32_t i = 0; i < 5; i++)
        CHECK_TEXT(at(root, "/a")->items[i]->text, numbers[i]);
    CHECK(text_equal(root->members[1].value->text, TEXT("\xF0\x9F\x98\x80 \xF0\x9F\x98\x80 \0")));
    CHECK_TEXT(root->members[1].key, "b\xC3\xA9/\"");
    CHECK(at(root, "/t")->boolean && !at(root, "/f")->boolean);
    CHECK(at(root, "/n")->kind == NODE_NULL);
    CHECK(at(root, "/o")->kind == NODE_MAPPING && !at(root, "/o")->count);
    CHECK(at(root, "/l")->kind == NODE_SEQUENCE && !at(root, "/l")->count);
    CHECK(at(root, "/")->kind == NODE_NUMBER);
    CHECK_TEXT(at(root, "/t")->text, "true");
    CHECK_TEXT(at(root, "/n")->text, "null");
}

static void json_places_count_code_points(Arena *arena) {
    const Node *root = parse(arena, "\xEF\xBB\xBF{\"\xC3\xA9\": \"\xF0\x9F\x98\x80\", \"b\":1,\r\n"
                                    "\t\"c\" : [ {},\n  \"x\\\"y\", 2]\n}");
    check_place(node_place(root), 1, 1);
    check_place(node_key_place(root->members[0].value), 1, 2);
    check_place(node_place(root->members[0].value), 1, 7);
    check_place(node_key_place(at(root, "/b")), 1, 12);
    check_place(node_place(at(root, "/b")), 1, 16);
    check_place(node_key_place(at(root, "/c")), 2, 2);
    check_place(node_place(at(root, "/c")), 2, 8);
    check_place(node_place(at(root, "/c/0")), 2, 10);
    check_place(node_place(at(root, "/c/1")), 3, 3);
    check_place(node_place(at(root, "/c/2")), 3, 11);
    check_place(node_key_place(at(root, "/c/2")), 3, 11);
    CHECK_TEXT(node_place(root).file, "a.yaml");
    CHECK(node_place(root).content.data[0] == '{');
}

static void json_errors_have_places(Arena *arena) {
    CHECK_TEXT(fails(arena, "{\"a\": 1,\n \"b\": [1 }}", DIAGNOSTIC_NOT_JSON, 2, 10)->message,
               "not valid JSON: ']' expected");
    Text json = TEXT("{\"a\": 1,}");
    fails_bytes(arena, "a.json", json, DIAGNOSTIC_NOT_JSON, 1, 9);
    fails_bytes(arena, "a.JSON", TEXT("{a: 1}"), DIAGNOSTIC_NOT_JSON, 1, 2);
    fails_bytes(arena, "a.json", TEXT("{\"\xC3\xA9\": tru}"), DIAGNOSTIC_NOT_JSON, 1, 7);
    fails_bytes(arena, "a.json", TEXT("{\"a\": 1"), DIAGNOSTIC_NOT_JSON, 1, 8);
    fails_bytes(arena, "a.json", TEXT("{\"a\": 01}"), DIAGNOSTIC_NOT_JSON, 1, 7);
    fails_bytes(arena, "a.json", TEXT("{\"a\": \"x\ny\"}"), DIAGNOSTIC_NOT_JSON, 1, 8);
    fails_bytes(arena, "a.json", TEXT("{} {}"), DIAGNOSTIC_NOT_JSON, 1, 4);
    fails_bytes(arena, "a.json", TEXT("[1e999, 01]"), DIAGNOSTIC_NOT_JSON, 1, 9);
    fails_bytes(arena, "a.json", TEXT("[1e999, 2-3]"), DIAGNOSTIC_NOT_JSON, 1, 9);
    fails_bytes(arena, "a.json", TEXT("{\"a\": 1,\n \"b\\u0000\": 2}"), DIAGNOSTIC_KEY_HOLDS_NUL, 2,
                2);
    fails_bytes(arena, "a.json", TEXT("[\"\\ud800\"]"), DIAGNOSTIC_NOT_JSON, 1, 2);
}

static void flow_style_is_yaml(Arena *arena) {
    check_json(arena, "{a: [b, c], d: 'e'}", "{\"a\":[\"b\",\"c\"],\"d\":\"e\"}");
    check_json(arena, "{\"a\": 1,}", "{\"a\":1}");
    check_json(arena, "\xEF\xBB\xBF \n {\"a\": 1e999}", "{\"a\":1e999}");
    check_json(arena, "[a, # not JSON\n b]", "[\"a\",\"b\"]");
}

/* ---- YAML's form ----------------------------------------------------------------------------- */

static void yaml_places_count_code_points(Arena *arena) {
    const Node *root = parse(arena, "\xEF\xBB\xBF"
                                    "a: \xC3\xA9\r\n\"\xF0\x9F\x98\x80\": x\r\nb:\r\n"
                                    "  - c\r\n  - {d: e}\r\nf:\r\n");
    check_place(node_place(root), 1, 1);
    check_place(node_key_place(at(root, "/a")), 1, 1);
    check_place(node_place(at(root, "/a")), 1, 4);
    check_place(node_place(root->members[1].value), 2, 6);
    check_place(node_place(at(root, "/b/0")), 4, 5);
    check_place(node_key_place(at(root, "/b/1/d")), 5, 6);
    check_place(node_place(at(root, "/b/1/d")), 5, 9);
    check_place(node_key_place(at(root, "/f")), 6, 1);
    CHECK(at(root, "/f")->kind == NODE_NULL);
}

static void only_lf_ends_a_line(Arena *arena) {
    const Node *root = parse(arena, "a: \"x\xE2\x80\xA8y\xC2\x85z\"\nb: \"\xC3\xA9\xE2\x80\xA9\"\n"
                                    "\xC3\xA9: 'q\xE2\x80\xA8 q'\nc: d\n");
    check_place(node_key_place(at(root, "/b")), 2, 1);
    check_place(node_place(at(root, "/b")), 2, 4);
    check_place(node_key_place(at(root, "/c")), 4, 1);
    check_place(node_place(at(root, "/c")), 4, 4);
    fails(arena, "a: 'x\xE2\x80\xA8y'\nb: *z\n", DIAGNOSTIC_UNDEFINED_ALIAS, 2, 4);
}

static void yaml_errors_have_places(Arena *arena) {
    CHECK_TEXT(fails(arena, "a: 1\nb: c: d\n", DIAGNOSTIC_NOT_YAML, 2, 5)->message,
               "not valid YAML: mapping values are not allowed in this context");
    const Diagnostic *found = fails(arena, "a:\n - b\n c: d\n", DIAGNOSTIC_NOT_YAML, 3, 2);
    CHECK_TEXT(found->message, "not valid YAML: did not find expected '-' indicator");
    CHECK_TEXT(found->second_label, "while parsing a block collection");
    check_place(found->second_place, 2, 2);
    fails(arena, "a: \"b\n", DIAGNOSTIC_NOT_YAML, 2, 1);
    fails(arena, "\xC3\xA9: 1\nb: \x01\n", DIAGNOSTIC_NOT_YAML, 2, 4);
    fails(arena, "a: b\n\tc: d\n", DIAGNOSTIC_NOT_YAML, 2, 1);
    fails(arena, "a: @b\n", DIAGNOSTIC_NOT_YAML, 1, 4);
    fails(arena, "a: 1\n--- \nb: 1\n", DIAGNOSTIC_SECOND_DOCUMENT, 2, 1);
    fails(arena, "--- a\n...\n--- b\n", DIAGNOSTIC_SECOND_DOCUMENT, 3, 1);
    parse(arena, "%YAML 1.2\n---\na: 1\n...\n");
    fails(arena, repeated(arena, "%TAG !a! b\n", 1001), DIAGNOSTIC_TOO_MANY_DIRECTIVES, 1001, 1);
}

static void long_keys_are_named_as_such(Arena *arena) {
    const char *key = repeated(arena, "k", 1025), *fits = repeated(arena, "k", 1024);
    fails(arena, joined(arena, "a: 1\n", key, ": 2\n"), DIAGNOSTIC_KEY_TOO_LONG, 2, 1);
    fails(arena, joined(arena, key, ": 2\n", ""), DIAGNOSTIC_KEY_TOO_LONG, 1, 1026);
    fails(arena, joined(arena, "\"x: ", key, "\": 2\n"), DIAGNOSTIC_KEY_TOO_LONG, 1, 1031);
    fails(arena, joined(arena, "{x: 1, ", key, ": 2}\n"), DIAGNOSTIC_KEY_TOO_LONG, 1, 1033);
    fails(arena, joined(arena, "a: ", key, " b: c\n"), DIAGNOSTIC_NOT_YAML, 1, 1031);
    CHECK(parse(arena, joined(arena, fits, ": 2\n", ""))->count == 1);
    CHECK(parse(arena, joined(arena, "? ", key, "\n: 2\n"))->count == 1);
    const Node *json = parse(arena, joined(arena, "{\"", key, "\": 2}"));
    CHECK(json->count == 1 && json->members[0].key.size == 1025);
}

static void encodings_are_checked(Arena *arena) {
    CHECK_TEXT(
        fails_bytes(arena, "a.yaml", TEXT("a: 1\nb: \xC3\xA9\xC3(\n"), DIAGNOSTIC_NOT_UTF8, 2, 5)
            ->message,
        "not UTF-8: the byte 0xC3 can't stand here");
    fails_bytes(arena, "a.json", TEXT("{\"aaaaaaaaaaaaaaaa\": \"\xFF\"}"), DIAGNOSTIC_NOT_UTF8, 1,
                23);
    fails_bytes(arena, "a.yaml", TEXT("a: \xED\xA0\x80"), DIAGNOSTIC_NOT_UTF8, 1, 4);
    fails_bytes(arena, "a.yaml", TEXT("a: b\xE2\x82"), DIAGNOSTIC_NOT_UTF8, 1, 5);
    CHECK_TEXT(fails_bytes(arena, "a.yaml",
                           TEXT("\xFF\xFE"
                                "a\0"),
                           DIAGNOSTIC_OTHER_ENCODING, 0, 0)
                   ->message,
               "the text is UTF-16: save it as UTF-8");
    fails_bytes(arena, "a.yaml", TEXT("\xFE\xFF\0a"), DIAGNOSTIC_OTHER_ENCODING, 0, 0);
    fails_bytes(arena, "a.yaml", TEXT("\xFF\xFE\0\0a\0\0\0"), DIAGNOSTIC_OTHER_ENCODING, 0, 0);
    fails_bytes(arena, "a.yaml", TEXT("a\0b"), DIAGNOSTIC_NOT_YAML, 1, 2);
}

static void nothing_is_no_document(Arena *arena) {
    fails(arena, "", DIAGNOSTIC_EMPTY_DOCUMENT, 0, 0);
    fails(arena, " \n\t\n", DIAGNOSTIC_EMPTY_DOCUMENT, 0, 0);
    fails(arena, "# a comment\n", DIAGNOSTIC_EMPTY_DOCUMENT, 0, 0);
    fails(arena, "\xEF\xBB\xBF", DIAGNOSTIC_EMPTY_DOCUMENT, 0, 0);
    CHECK(parse(arena, "---\n")->kind == NODE_NULL);
}

/* ---- Nodes ----------------------------------------------------------------------------------- */

static void pointers_lead_to_nodes(Arena *arena) {
    const Node *root = parse(arena, "paths:\n  /a~b/{c}:\n    get: [x, {'': y}]\n'0': z\n");
    const Node *deep = at(root, "/paths/~1a~0b~1{c}/get/1/");
    CHECK_TEXT(deep->text, "y");
    CHECK_TEXT(node_pointer(arena, deep), "/paths/~1a~0b~1{c}/get/1/");
    CHECK_TEXT(node_pointer(arena, root), "");
    CHECK(node_at(root, TEXT("")) == root);
    CHECK_TEXT(at(root, "/0")->text, "z");
    static const char *const wrong[] = {"paths",
                                        "/nope",
                                        "/paths/~1a~0b~1{c}/get/2",
                                        "/paths/~1a~0b~1{c}/get/-",
                                        "/paths/~1a~0b~1{c}/get/01",
                                        "/paths/~1a~0b~1{c}/get/",
                                        "/0/x",
                                        "/paths/~2",
                                        "/paths/~",
                                        "/paths/~1a~0b~1{c}/get/99999999999",
                                        "/"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(!node_at(root, text_from(wrong[i])));
    CHECK(document_of(deep)->root == root);
}

static void equality_is_that_of_json(Arena *arena) {
    check_same(arena, "{a: 1.0, b: [x, 1e2]}", "{\"b\": [\"x\", 100], \"a\": 1}", true);
    check_same(arena, "[1, 2]", "[2, 1]", false);
    check_same(arena, "[1]", "[1, 1]", false);
    check_same(arena, "{a: 1}", "{b: 1}", false);
    check_same(arena, "{a: 1}", "{a: 1, b: 1}", false);
    check_same(arena, "['1']", "[1]", false);
    check_same(arena, "[~, true, no]", "[null, True, 'no']", true);
    check_same(arena, "[0x10, 0o10, -0]", "[16, 8, 0.0]", true);
    check_same(arena, "[true]", "[false]", false);
    check_same(arena, "[9007199254740993]", "[9007199254740992]", false);
    CHECK(!node_equal(NULL, parse(arena, "a")));
    CHECK(node_equal(NULL, NULL));
}

static void values_are_written_as_json(Arena *arena) {
    check_json(arena, "[+1, 007, .5, 5., -.5e3, 5.e1, 1.50, 0, -00.5, 1e+5, '\"\\\nx']",
               "[1,7,0.5,5,-0.5e3,5e1,1.50,0,-0.5,1e+5,\"\\\"\\\\ x\"]");
    check_json(arena, "{\"a\\u0001\\t\": [[], {}, \"\\/\\u0000\"]}",
               "{\"a\\u0001\\t\":[[],{},\"/\\u0000\"]}");
    const Node *node = parse(arena, "[\"a\xC3\xA9z\"]");
    static const char *const cut[] = {"…",      "[…",      "[\"…",      "[\"a…",     "[\"a…",
                                      "[\"aé…", "[\"aéz…", "[\"aéz\"…", "[\"aéz\"]", "[\"aéz\"]"};
    for (size_t limit = 0; limit < 10; limit++)
        CHECK_TEXT(node_to_json(arena, node, limit), cut[limit]);
}

static void values_made_by_hand_stand_nowhere(Arena *arena) {
    Member *members = arena_new_array(arena, 40, Member);
    Node *value = arena_new_object(arena, Node);
    for (int i = 0; i < 40; i++)
        members[i] = (Member){.key = text_format(arena, "k%d", 40 - i), .value = value};
    Node *mapping = arena_new_object(arena, Node);
    *mapping = (Node){.kind = NODE_MAPPING, .count = 40, .members = members};
    CHECK(node_member(mapping, TEXT("k1")) == value);
    CHECK(!document_of(mapping));
    CHECK(node_place(mapping).line == 0);
}

int main(void) {
    RUN(plain_scalars_follow_the_core_schema);
    RUN(scalars_keep_their_text);
    RUN(tags_of_the_core_schema_hold);
    RUN(a_key_is_its_text);
    RUN(keys_are_scalars);
    RUN(duplicate_keys_have_both_places);
    RUN(large_mappings_are_searched);
    RUN(merge_keys_are_merged);
    RUN(merged_values_can_be_found);
    RUN(aliases_share_their_node);
    RUN(alias_expansion_has_a_limit);
    RUN(nesting_has_a_limit);
    RUN(json_is_read_as_it_is);
    RUN(json_places_count_code_points);
    RUN(json_errors_have_places);
    RUN(flow_style_is_yaml);
    RUN(yaml_places_count_code_points);
    RUN(only_lf_ends_a_line);
    RUN(yaml_errors_have_places);
    RUN(long_keys_are_named_as_such);
    RUN(encodings_are_checked);
    RUN(nothing_is_no_document);
    RUN(pointers_lead_to_nodes);
    RUN(equality_is_that_of_json);
    RUN(values_are_written_as_json);
    RUN(values_made_by_hand_stand_nowhere);
    return check_finish();
}
