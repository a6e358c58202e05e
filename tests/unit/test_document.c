/* What scalars, mappings and nodes mean. The traps of real files, one small text each. */
#include "document_text.h"

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
    CHECK_TEXT(found->message, "the key `b` is given twice: rename or remove one");
    CHECK_TEXT(found->second_label, "first given here");
    check_place(found->second_place, 2, 3);

    found = fails(arena,
                  "{\"x\": {\"b\": 1},\n \"a\": {\"q\": [{\"b\": \"\\\"b\"}],\n"
                  "  \"b\" : {\"b\": 2}, \"\\u0062\": 3}}",
                  DIAGNOSTIC_DUPLICATE_KEY, 3, 19);
    check_place(found->second_place, 3, 3);
    CHECK_TEXT(found->message, "the key `b` is given twice: rename or remove one");

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
    RUN(pointers_lead_to_nodes);
    RUN(equality_is_that_of_json);
    RUN(values_are_written_as_json);
    RUN(values_made_by_hand_stand_nowhere);
    return check_finish();
}
