/* Aliases, JSON, places and encodings. The traps of real files, one small text each. */
#include "document_text.h"

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

/* What lies three levels below the root is read in a piece of its own. */
static void json_is_read_in_pieces(Arena *arena) {
    const Node *root = parse(
        arena, "{\"a\": {\"b\": {\"c\": {\"d\": [1, \"\\u0061\"]}, \"e\": {} }, \"f\": [ ]},\n"
               " \"g\": [[[[-9223372036854776000, 2], 3]], 1e2 ], \"h\": 123456789012345678901 ,\n"
               "  \"i\\u006a\": null}");
    CHECK(root->count == 4);
    CHECK_TEXT(at(root, "/a/b/c/d/1")->text, "a");
    CHECK_TEXT(at(root, "/g/0/0/0/0")->text, "-9223372036854776000");
    CHECK_TEXT(at(root, "/g/0/0/1")->text, "3");
    CHECK_TEXT(at(root, "/h")->text, "123456789012345678901");
    CHECK(at(root, "/ij")->kind == NODE_NULL);
    CHECK(at(root, "/a/b/e")->count == 0);
    CHECK(at(root, "/a/f")->count == 0);
    CHECK(at(root, "/ij")->line == 3 && at(root, "/ij")->column == 14);
    CHECK(at(root, "/g/0/0/0/1")->line == 2 && at(root, "/g/0/0/0/1")->column == 33);
    fails(arena, "{\"a\": {\"b\": 1, \"b\": 2}}", DIAGNOSTIC_DUPLICATE_KEY, 1, 16);
    fails(arena, "{\"a\": {\"b\": {\"c\": {\"d\": 1, \"d\": 2}}}}", DIAGNOSTIC_DUPLICATE_KEY, 1,
          28);
    static const char *const broken[] = {"{\"a\": 12x}",
                                         "{\"a\": [1 2]}",
                                         "{\"a\": [1,]}",
                                         "{\"a\": {,}}",
                                         "{\"a\": {\"b\" 1}}",
                                         "{\"a\": 1} x",
                                         "{\"a\": {\"b\":}}",
                                         "{\"a\": 123456789012345678901x}",
                                         "{\"a\": \"\\x\"}",
                                         "{\"a\": [[[[1 2]]]]}",
                                         "{\"a\": 01}",
                                         "{\"a\":: 1}",
                                         "{\"a\": {\"b\": 1},, \"c\": 2}"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        Parsed parsed = parse_bytes(arena, "a.json", text_from(broken[i]));
        CHECK(!parsed.document);
        CHECK(parsed.diagnostics.list.count == 1 &&
              parsed.diagnostics.list.items[0].id == DIAGNOSTIC_NOT_JSON);
    }
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

int main(void) {
    RUN(aliases_share_their_node);
    RUN(alias_expansion_has_a_limit);
    RUN(nesting_has_a_limit);
    RUN(json_is_read_as_it_is);
    RUN(json_places_count_code_points);
    RUN(json_errors_have_places);
    RUN(json_is_read_in_pieces);
    RUN(flow_style_is_yaml);
    RUN(yaml_places_count_code_points);
    RUN(only_lf_ends_a_line);
    RUN(yaml_errors_have_places);
    RUN(long_keys_are_named_as_such);
    RUN(encodings_are_checked);
    RUN(nothing_is_no_document);
    return check_finish();
}
