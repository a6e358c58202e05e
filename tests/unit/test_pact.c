/* What the pact loader makes of files, interactions, fields and bodies. */
#include "pact_notation.h"

/* ---- Fields ---------------------------------------------------------------------------------- */

static Text fields(Arena *arena, const ExpectedField *items, size_t count) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        buffer_format(&out, "%s%.*s ", i ? "; " : "", TEXT_ARG(items[i].name));
        for (size_t j = 0; j < items[i].values.count; j++)
            buffer_format(&out, "<%.*s>", TEXT_ARG(items[i].values.items[j]));
        CHECK(items[i].origins.count == items[i].values.count);
        buffer_add_byte(&out, ' ');
        show(&out, items[i].type);
    }
    return out.size ? buffer_text(&out) : TEXT("");
}

#define FIELDS(arena, list) fields((arena), (list).items, (list).count)

static void query_in_its_forms(Arena *arena) {
    const Interaction *interaction =
        load_one(arena, "2.0.0", "\"query\": \"a=1&b=x%20y+z&a=2&c&&p[q]=%C3%A9&bad=%zz\"", "");
    CHECK_TEXT(FIELDS(arena, interaction->query),
               "a <1><2> (=\"1\" | =\"2\"); b <x y z> =\"x y z\"; c <> =\"\"; p[q] <é> =\"é\"; "
               "bad <%zz> =\"%zz\"");
    interaction =
        load_one(arena, "3.0.0",
                 "\"query\": {\"a\": [\"1\", \"1\"], \"b\": \"x\", \"c\": [null], \"n\": 5}, "
                 "\"matchingRules\": {\"query\": {\"b\": {\"matchers\": [" TYPE "]}}}",
                 "");
    CHECK_TEXT(FIELDS(arena, interaction->query),
               "a <1><1> =\"1\"; b <x> string; c <> =\"\"; n <5> =\"5\"");
    interaction =
        load_one(arena, "3.0.0", "\"query\": null, \"headers\": null, \"body\": null", "");
    CHECK(interaction->query.count == 0 && interaction->request_headers.count == 0);
}

static void query_rules(Arena *arena) {
    const Interaction *interaction =
        load_one(arena, "2.0.0",
                 "\"query\": \"a=1&b=2\", \"matchingRules\": {\"$.query.a\": {\"match\": "
                 "\"regex\", \"regex\": \"\\\\d\"}, \"$.query['b'][0]\": {\"match\": \"type\"}}",
                 "");
    CHECK_TEXT(FIELDS(arena, interaction->query), "a <1> string/^(?:\\d)$/; b <2> string");
    interaction = load_one(arena, "2.0.0",
                           "\"query\": \"a=1\", \"matchingRules\": {\"$.query\": {\"match\": "
                           "\"regex\", \"regex\": \"a=.\"}}",
                           "");
    CHECK_TEXT(FIELDS(arena, interaction->query), "a <1> string");
    CHECK_TEXT(residues(arena, interaction), "request.query: regex a=.");
    interaction =
        load_one(arena, "4.0",
                 "\"query\": {\"a[b]\": [\"1\"], \"c\": [\"1\", \"x\"]}, \"matchingRules\": "
                 "{\"query\": {\"a[b]\": {\"matchers\": [{\"match\": \"integer\"}]}, "
                 "\"c[0]\": {\"matchers\": [{\"match\": \"integer\"}]}, "
                 "\"$.c[1]\": {\"matchers\": [" TYPE "]}}}",
                 "");
    CHECK_TEXT(FIELDS(arena, interaction->query), "a[b] <1> integer; c <1><x> (integer | string)");
}

static void headers_in_their_forms(Arena *arena) {
    static const char *const rules[][2] = {
        {"2.0.0", "{\"$.headers.x-Id\": {\"match\": \"regex\", \"regex\": \"r\"}}"},
        {"2.0.0", "{\"$.header['X-ID']\": {\"match\": \"regex\", \"regex\": \"r\"}}"},
        {"2.0.0", "{\"$.header.X-Id[0]\": {\"match\": \"regex\", \"regex\": \"r\"}}"},
        {"3.0.0", "{\"header\": {\"x-id\": {\"matchers\": [{\"match\": \"regex\", \"regex\": "
                  "\"r\"}]}}}"},
        {"3.0.0", "{\"headers\": {\"$.X-Id\": {\"matchers\": [{\"regex\": \"r\"}]}}}"},
        {"4.0", "{\"header\": {\"X-ID[0]\": {\"matchers\": [{\"match\": \"regex\", \"regex\": "
                "\"r\"}]}}}"},
        {"4.0", "{\"header\": {\"$['X-Id'][*]\": {\"matchers\": [{\"regex\": \"r\"}]}}}"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        Text response = text_format(
            arena, "\"headers\": {\"X-Id\": [\"1\"], \"Y\": \"2\"}, \"matchingRules\": %s",
            rules[i][1]);
        const Interaction *interaction = load_one(arena, rules[i][0], "", response.data);
        CHECK_TEXT(FIELDS(arena, interaction->response_headers),
                   "X-Id <1> string/^(?:r)$/; Y <2> =\"2\"");
        CHECK(interaction->residues.count == 0);
    }
}

static void path_and_method(Arena *arena) {
    const Interaction *interaction = load_one(
        arena, "2.0.0",
        "\"matchingRules\": {\"$.path\": {\"match\": \"regex\", \"regex\": \"/\\\\w\"}}", "");
    CHECK_TEXT(interaction->method, "POST");
    CHECK_TEXT(interaction->path, "/p");
    CHECK_TEXT(shown(arena, interaction->path_type), "string/^(?:/\\w)$/");
    interaction =
        load_one(arena, "3.0.0", "\"matchingRules\": {\"path\": {\"matchers\": [" TYPE "]}}", "");
    CHECK_TEXT(shown(arena, interaction->path_type), "string");
    interaction = load_one(arena, "3.0.0", "\"matchingRules\": {\"path\": {}}", "");
    CHECK(interaction->path_type == NULL);
}

static void statuses(Arena *arena) {
    static const char *const cases[][4] = {
        {"\"success\"", "200", "299", ""},
        {"\"nonError\"", "100", "399", ""},
        {"\"error\"", "400", "599", ""},
        {"[200, 204, 201]", "200", "204", ""},
        {"\"sunny\"", "200", "200", "response.status: statusCode"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Text response = text_format(arena,
                                    "\"matchingRules\": {\"status\": {\"$\": {\"matchers\": "
                                    "[{\"match\": \"statusCode\", \"status\": %s}]}}}",
                                    cases[i][0]);
        const Interaction *interaction = load_one(arena, "4.0", "", response.data);
        CHECK_TEXT(interaction->status_low, cases[i][1]);
        CHECK_TEXT(interaction->status_high, cases[i][2]);
        CHECK_TEXT(residues(arena, interaction), cases[i][3]);
    }
}

/* ---- Bodies ---------------------------------------------------------------------------------- */

static void body_states(Arena *arena) {
    static const struct {
        const char *version, *response;
        ExpectedBodyState state;
    } cases[] = {
        {"1.0.0", "", BODY_UNSPECIFIED},
        {"1.0.0", "\"body\": null", BODY_UNSPECIFIED},
        {"1.1.0", "\"body\": null", BODY_PRESENT},
        {"2.0.0", "\"body\": \"\"", BODY_EMPTY},
        {"4.0", "\"body\": null", BODY_EMPTY},
        {"4.0", "\"body\": {\"content\": \"\"}", BODY_EMPTY},
        {"4.0", "\"body\": {\"content\": null}", BODY_PRESENT},
        {"4.0", "\"body\": {\"contentType\": \"text/plain\"}", BODY_UNSPECIFIED},
        {"3.0.0", "\"body\": {\"content\": \"\"}", BODY_PRESENT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK(load_one(arena, cases[i].version, "", cases[i].response)->response_body.state ==
              cases[i].state);
}

static void body_content_types(Arena *arena) {
    static const char *const cases[][5] = {
        {"2.0.0", "\"body\": {\"a\": 1}", "application/json", "{a: =1}"},
        {"2.0.0", "\"body\": \"text\"", "text/plain", "=\"text\""},
        {"2.0.0", "\"body\": \"<a/>\"", "application/xml", "none",
         "response.body: content of the type application/xml"},
        {"4.0",
         "\"body\": {\"content\": \"dGV4dA==\", \"contentType\": \"text/csv; charset=utf-8\", "
         "\"encoded\": \"base64\"}",
         "text/csv; charset=utf-8", "=\"text\""},
        {"2.0.0",
         "\"headers\": {\"content-type\": \"application/hal+json; charset=utf-8\"}, "
         "\"body\": \"{}\"",
         "application/hal+json; charset=utf-8", "{}"},
        {"4.0",
         "\"headers\": {\"Content-Type\": [\"text/plain\"]}, \"body\": {\"content\": [1], "
         "\"contentType\": \"application/json\", \"encoded\": false}",
         "application/json", "array[=1]{1..1}"},
        {"4.0",
         "\"body\": {\"content\": \"eyJhIjogWzFdfQ==\", \"contentType\": "
         "\"application/json\", \"encoded\": \"base64\"}",
         "application/json", "{a: array[=1]{1..1}}"},
        {"4.0",
         "\"body\": {\"content\": \"{\\\"a\\\": 1}\", \"contentType\": "
         "\"application/json\", \"encoded\": \"JSON\"}",
         "application/json", "{a: =1}"},
        {"4.0",
         "\"body\": {\"content\": \"iVBORw==\", \"contentType\": \"image/png\", "
         "\"encoded\": \"base64\"}",
         "image/png", "none", "response.body: content of the type image/png"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Interaction *interaction = load_one(arena, cases[i][0], "", cases[i][1]);
        CHECK_TEXT(interaction->response_body.content_type, cases[i][2]);
        CHECK_TEXT(shown(arena, interaction->response_body.type), cases[i][3]);
        CHECK_TEXT(residues(arena, interaction), cases[i][4] ? cases[i][4] : "");
    }
}

static void embedded_content_keeps_its_place(Arena *arena) {
    const Interaction *interaction =
        load_one(arena, "4.0", "",
                 "\"body\": {\"encoded\": \"JSON\", \"contentType\": \"application/json\",\n"
                 " \"content\": \"{\\\"a\\\": 1}\"}");
    const Type *type = interaction->response_body.type;
    CHECK(type->origin->line == 4);
    CHECK(document_of(type->object->properties.items[0].origin) ==
          document_of(interaction->origin));
    interaction = load_one(arena, "4.0", "",
                           "\"body\": {\"encoded\": \"JSON\", \"contentType\": "
                           "\"application/json\", \"content\": \"{\\\"a\\\": \"}");
    CHECK(interaction->response_body.state == BODY_PRESENT);
    CHECK(interaction->response_body.type == NULL);
    CHECK_TEXT(residues(arena, interaction), "response.body: content that can't be decoded");
}

static void unstructured_bodies_keep_their_rules(Arena *arena) {
    const Interaction *interaction =
        load_one(arena, "3.0.0", "",
                 "\"body\": \"<a/>\", \"matchingRules\": {\"body\": {\"$.a['@id']\": "
                 "{\"matchers\": [" TYPE "]}, \"$\": {\"matchers\": [{\"match\": \"contentType\", "
                 "\"value\": \"text/xml\"}]}}}");
    CHECK_TEXT(residues(arena, interaction),
               "response.body: content of the type text/xml; response.body.a['@id']: type");
}

static void content_type_rules(Arena *arena) {
    const Interaction *interaction = load_one(
        arena, "4.0", "",
        "\"body\": {\"content\": \"iVBORw==\", \"contentType\": \"image/png\", \"encoded\": "
        "\"base64\"}, \"matchingRules\": {\"body\": {" RULE(
            "$", "{\"match\": \"contentType\", \"value\": \"image/png\"}") "}}");
    CHECK_TEXT(residues(arena, interaction), "response.body: content of the type image/png");
    interaction = load_one(arena, "3.0.0", "",
                           "\"body\": \"a,b\", \"headers\": {\"Content-Type\": \"text/csv\"}, "
                           "\"matchingRules\": {\"body\": {" RULE(
                               "$", "{\"match\": \"contentType\", \"value\": \"text/csv\"}") "}}");
    CHECK_TEXT(shown(arena, interaction->response_body.type), "string");
    CHECK_TEXT(residues(arena, interaction), "");
    interaction =
        load_one(arena, "3.0.0", "",
                 "\"body\": {\"a\": \"x\"}, \"matchingRules\": {\"body\": {" RULE(
                     "$.a", "{\"match\": \"contentType\", \"value\": \"text/csv\"}") "}}");
    CHECK_TEXT(residues(arena, interaction), "response.body.a: contentType text/csv");
}

static void texts_are_ruled(Arena *arena) {
    const Interaction *interaction =
        load_one(arena, "3.0.0", "",
                 "\"body\": \"a-1\", \"matchingRules\": {\"body\": {" RULE(
                     "$", "{\"match\": \"regex\", \"regex\": \"a-.\"}") "}}");
    CHECK_TEXT(shown(arena, interaction->response_body.type), "string/^(?:a-.)$/");
}

static void forms(Arena *arena) {
    const Interaction *interaction = load_one(
        arena, "3.0.0",
        "\"headers\": {\"Content-Type\": \"application/x-www-form-urlencoded\"}, "
        "\"body\": \"a=1&b=x+y&c=1&c=2\", \"matchingRules\": {\"body\": {"
        "\"$.a\": {\"matchers\": [" TYPE "]}, \"$.b[0]\": {\"matchers\": [{\"regex\": \"x\"}]}}}",
        "");
    CHECK_TEXT(shown(arena, interaction->request_body.type),
               "{a: string, b: string/^(?:x)$/, c: array[=\"1\", =\"2\"]{2..2}}!");
}

static void multipart_bodies(Arena *arena) {
    const Interaction *interaction = load_one(
        arena, "3.0.0",
        "\"headers\": {\"Content-Type\": \"multipart/form-data; boundary=\\\"x\\\"\"}, "
        "\"body\": \"--x\\r\\nContent-Disposition: form-data; name=\\\"id\\\"\\r\\n\\r\\n1\\r\\n--x"
        "\\r\\ncontent-disposition: form-data; name=data\\r\\nContent-Type: "
        "application/json\\r\\n\\r\\n{\\\"a\\\": 1}\\r\\n--x\\r\\nContent-Disposition: form-data; "
        "name=\\\"file\\\"; filename=\\\"f.png\\\"\\r\\nContent-Type: "
        "image/png\\r\\n\\r\\n.PNG\\r\\n--x--\\r\\n\", "
        "\"matchingRules\": {\"body\": {" RULE("$.id", TYPE) ", " RULE("$.data.a", TYPE) "}}",
        "");
    CHECK_TEXT(shown(arena, interaction->request_body.type),
               "{id: string, data: {a: integer}!, file: string:binary}!");
    CHECK_TEXT(FIELDS(arena, interaction->request_body.fields),
               "id <1> string; data <{\"a\": 1}> {a: integer}!; file <.PNG> string:binary");
    interaction = load_one(arena, "3.0.0",
                           "\"headers\": {\"Content-Type\": \"multipart/form-data\"}, "
                           "\"body\": \"--x\\nno part at all\"",
                           "");
    CHECK_TEXT(residues(arena, interaction),
               "request.body: content of the type multipart/form-data");
}

/* A generator makes a value anew: no rule, yet no fixed value. Any matcher outweighs it. */
static void generators_free_values(Arena *arena) {
    const Interaction *interaction = load_one(
        arena, "3.0.0",
        "\"query\": {\"q\": [\"1\"]}, \"generators\": {\"path\": {\"type\": \"ProviderState\", "
        "\"expression\": \"/${id}\"}, \"query\": {\"q\": {\"type\": \"RandomInt\", \"min\": 1, "
        "\"max\": 9}}}",
        "\"body\": {\"id\": \"a\", \"n\": 1, \"list\": [{\"k\": \"v\"}]}, \"matchingRules\": "
        "{\"body\": {" RULE(
            "$.list[*].k",
            "{\"match\": \"regex\", \"regex\": \"v\"}") "}}, "
                                                        "\"generators\": {\"body\": {\"$.id\": "
                                                        "{\"type\": \"Uuid\"}, \"$.list[0].k\": "
                                                        "{\"type\": \"RandomString\", \"size\": "
                                                        "10}}}");
    CHECK_TEXT(shown(arena, interaction->path_type), "string");
    CHECK_TEXT(FIELDS(arena, interaction->query), "q <1> integer[1..9]");
    CHECK_TEXT(shown(arena, interaction->response_body.type),
               "{id: string, n: =1, list: array[{k: string/^(?:v)$/}]{1..1}}");
    CHECK(interaction->residues.count == 0);
}

static void messages_have_contents(Arena *arena) {
    Loaded *loaded = load(
        arena,
        TEXT("{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, "
             "\"messages\": [{\"description\": \"m\", \"contents\": {\"a\": 1}, "
             "\"metaData\": {\"contentType\": \"application/hal+json\"}, \"matchingRules\": "
             "{\"body\": {" RULE("$.a", TYPE) "}, \"metadata\": {" RULE(
                 "k", TYPE) "}}}], "
                            "\"metadata\": {\"pactSpecification\": {\"version\": \"3.0.0\"}}}"));
    CHECK(loaded->loaded && loaded->expectations.interactions.count == 1);
    const Interaction *message = loaded->expectations.interactions.items[0];
    CHECK_TEXT(shown(arena, message->response_body.type), "{a: number}");
    CHECK_TEXT(message->response_body.content_type, "application/hal+json");
    CHECK_TEXT(residues(arena, message), "message.metadata.k: type");
    loaded = load(arena, TEXT("{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, "
                              "\"interactions\": [{\"type\": \"Asynchronous/Messages\", "
                              "\"description\": \"m\", \"contents\": {\"content\": {\"a\": 1}, "
                              "\"contentType\": \"application/json\", \"encoded\": false}}], "
                              "\"metadata\": {\"pactSpecification\": {\"version\": \"4.0\"}}}"));
    CHECK_TEXT(shown(arena, loaded->expectations.interactions.items[0]->response_body.type),
               "{a: =1}");
}

/* ---- Files ----------------------------------------------------------------------------------- */

static void versions_and_states(Arena *arena) {
    static const char *const metadata[] = {
        "{\"pactSpecification\": {\"version\": \"4.0\"}}",
        "{\"pact-specification\": {\"version\": \"4.0.0\"}}",
        "{\"pactSpecificationVersion\": \"4\"}",
    };
    for (size_t i = 0; i < sizeof metadata / sizeof *metadata; i++) {
        Loaded *loaded = load(
            arena, text_format(arena,
                               "{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, "
                               "\"interactions\": [{\"description\": \"d\", \"pending\": true, "
                               "\"providerStates\": [{\"name\": \"s\", \"params\": {\"id\": 1}}, "
                               "\"t\"], \"request\": {\"method\": \"GET\", \"path\": \"/\"}, "
                               "\"response\": {\"body\": {\"content\": 1}}}], \"metadata\": %s}",
                               metadata[i]));
        CHECK(loaded->loaded);
        const Interaction *interaction = loaded->expectations.interactions.items[0];
        CHECK_TEXT(shown(arena, interaction->response_body.type), "=1");
        CHECK(interaction->provider_states.count == 2);
        CHECK_TEXT(interaction->provider_states.items[0], "s");
        CHECK_TEXT(interaction->status_low, "200");
        CHECK(interaction->pending);
        CHECK_TEXT(interaction->consumer, "C");
    }
}

static void old_provider_states(Arena *arena) {
    Loaded *loaded =
        load(arena, TEXT("{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, "
                         "\"interactions\": [{\"provider_state\": \"s\", \"request\": {\"method\": "
                         "\"get\", \"path\": \"/x\"}, \"response\": {\"status\": 404}}]}"));
    CHECK(loaded->loaded);
    const Interaction *interaction = loaded->expectations.interactions.items[0];
    CHECK_TEXT(interaction->provider_states.items[0], "s");
    CHECK_TEXT(interaction->description, "GET /x");
    CHECK_TEXT(interaction->status_low, "404");
}

static void messages_are_counted(Arena *arena) {
    Loaded *loaded =
        load(arena, TEXT("{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, "
                         "\"messages\": [{\"description\": \"m\", \"contents\": {\"a\": 1}}]}"));
    CHECK(loaded->loaded);
    CHECK(loaded->expectations.interactions.count == 1);
    CHECK(loaded->expectations.interactions.items[0]->kind == INTERACTION_ASYNCHRONOUS_MESSAGE);
    loaded = load(arena, TEXT("{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, "
                              "\"interactions\": [{\"type\": \"Synchronous/Messages\", "
                              "\"request\": {}, \"response\": []}, {\"type\": \"Pigeon\"}]}"));
    CHECK(loaded->loaded);
    CHECK(loaded->expectations.interactions.count == 1);
    CHECK(loaded->expectations.interactions.items[0]->kind == INTERACTION_SYNCHRONOUS_MESSAGE);
    CHECK(loaded->diagnostics.list.count == 1);
    CHECK(loaded->diagnostics.list.items[0].id == DIAGNOSTIC_PACT_INTERACTION_TYPE);
}

static void bad_files_are_told(Arena *arena) {
    static const struct {
        const char *text;
        DiagnosticId id;
        uint32_t line, column;
    } cases[] = {
        {"{\"openapi\": \"3.1.0\"}", DIAGNOSTIC_PACT_WITHOUT_INTERACTIONS, 0, 0},
        {"[]", DIAGNOSTIC_PACT_WITHOUT_INTERACTIONS, 0, 0},
        {"{\"interactions\": [], \"provider\": {\"name\": \"P\"}}", DIAGNOSTIC_PACT_PARTY_MISSING,
         1, 1},
        {"{\"interactions\": [], \"consumer\": {\"name\": \"C\"},\n \"provider\": {\"name\": 1}}",
         DIAGNOSTIC_PACT_PARTY_MISSING, 2, 23},
        {"{\"interactions\": {}, \"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": "
         "\"P\"}}",
         DIAGNOSTIC_PACT_KIND, 1, 18},
        {"{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, \"interactions\": [\n"
         "{\"request\": {\"method\": \"GET\", \"path\": \"/\"}}]}",
         DIAGNOSTIC_PACT_MEMBER_MISSING, 2, 1},
        {"{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, \"interactions\": [\n"
         "{\"request\": {\"method\": \"GET\", \"path\": \"/\"}, \"response\": {\"status\": 20}}]}",
         DIAGNOSTIC_PACT_STATUS, 2, 68},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Loaded *loaded = load(arena, text_from(cases[i].text));
        CHECK(!loaded->loaded);
        CHECK(loaded->diagnostics.list.count == 1);
        if (!loaded->diagnostics.list.count)
            continue;
        const Diagnostic *diagnostic = &loaded->diagnostics.list.items[0];
        CHECK(diagnostic->id == cases[i].id);
        CHECK(diagnostic->place.line == cases[i].line);
        CHECK(diagnostic->place.column == cases[i].column);
    }
}

static void pacts_are_known_by_content(Arena *arena) {
    static const struct {
        const char *text;
        bool is_pact;
    } cases[] = {
        {"{\"interactions\": []}", true},
        {"{\"messages\": [], \"consumer\": {\"name\": \"C\"}}", true},
        {"{\"messages\": []}", false},
        {"{\"openapi\": \"3.0.0\"}", false},
        {"[1]", false},
        {"{\"interactions\": 1}", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Diagnostics diagnostics = {.arena = arena};
        const Document *document = parse(arena, &diagnostics, text_from(cases[i].text));
        CHECK(document && document_is_pact(document) == cases[i].is_pact);
    }
    Loaded *empty = load(arena, TEXT("{\"interactions\": [], \"consumer\": {\"name\": \"C\"}, "
                                     "\"provider\": {\"name\": \"P\"}}"));
    CHECK(empty->loaded && empty->expectations.interactions.count == 0);
}

int main(void) {
    RUN(query_in_its_forms);
    RUN(query_rules);
    RUN(headers_in_their_forms);
    RUN(path_and_method);
    RUN(statuses);
    RUN(body_states);
    RUN(body_content_types);
    RUN(embedded_content_keeps_its_place);
    RUN(unstructured_bodies_keep_their_rules);
    RUN(forms);
    RUN(content_type_rules);
    RUN(texts_are_ruled);
    RUN(multipart_bodies);
    RUN(generators_free_values);
    RUN(messages_have_contents);
    RUN(versions_and_states);
    RUN(old_provider_states);
    RUN(messages_are_counted);
    RUN(bad_files_are_told);
    RUN(pacts_are_known_by_content);
    return check_finish();
}
