#include "argued.h"

#include "graph/canonical.h"
#include "load/load.h"

#include <stdio.h>
#include <stdlib.h>

/* The Pact project's own cases, in ../shared/pact-specification: each an expected and an actual
 * request, response or message, and whether they match. The expectation that is loaded of the one
 * must take the other exactly then. Where it does not, tests/pact-specification.txt says why; a row
 * of it that no case needs fails. The cases have other authors and lie beside the project. */

typedef enum Judgement { MATCHES, MATCHES_NOT, UNDECIDED } Judgement;

static const char *const judgement_words[] = {"match", "no match", "undecided"};

typedef struct Cases {
    Harness *harness;
    Canonicals *canonicals;
    Arena *arena;
    uint32_t next_type_id;
    Argued deviations;
    size_t count, matching, deviating;
} Cases;

static Judgement judgement_of(Acceptance acceptance) {
    return acceptance == ACCEPTED ? MATCHES : acceptance == REFUSED ? MATCHES_NOT : UNDECIDED;
}

static Judgement both(Judgement a, Judgement b) {
    if (a == MATCHES_NOT || b == MATCHES_NOT)
        return MATCHES_NOT;
    return a == MATCHES ? b : a;
}

static Judgement matches_if(bool condition) {
    return condition ? MATCHES : MATCHES_NOT;
}

/* ---- One case -------------------------------------------------------------------------------- */

static Judgement takes(Cases *cases, const Type *type, const Node *value, Direction direction) {
    return judgement_of(meet_accepts(canonicals_meet(cases->canonicals, type), value, direction));
}

static Judgement takes_text(Cases *cases, const Type *type, Text text) {
    Node node = {.kind = NODE_STRING, .text = text};
    return takes(cases, type, &node, DIRECTION_REQUEST);
}

static const ExpectedField *find(const ExpectedField *fields, size_t count, Text name, bool fold) {
    for (size_t i = 0; i < count; i++)
        if (fold ? text_equal_ignoring_case(fields[i].name, name)
                 : text_equal(fields[i].name, name))
            return &fields[i];
    return NULL;
}

static bool is_exact(const Type *type) {
    if (!type->combinators)
        return type->constant != NULL;
    for (size_t i = 0; i < type->combinators->any_of.count; i++)
        if (!is_exact(type->combinators->any_of.items[i]))
            return false;
    return true;
}

/* Exact values in their order; else each by the Type. */
static Judgement field_matches(Cases *cases, const ExpectedField *expected,
                               const ExpectedField *actual) {
    if (!actual || (is_exact(expected->type) && expected->values.count != actual->values.count))
        return MATCHES_NOT;
    Judgement judgement = MATCHES;
    for (size_t i = 0; i < actual->values.count; i++)
        judgement =
            both(judgement,
                 is_exact(expected->type)
                     ? matches_if(text_equal(expected->values.items[i], actual->values.items[i]))
                     : takes_text(cases, expected->type, actual->values.items[i]));
    return judgement;
}

static Judgement fields_match(Cases *cases, const ExpectedField *expected, size_t expected_count,
                              const ExpectedField *actual, size_t actual_count, bool headers) {
    Judgement judgement = matches_if(headers || expected_count == actual_count);
    for (size_t i = 0; i < expected_count; i++)
        judgement =
            both(judgement, field_matches(cases, &expected[i],
                                          find(actual, actual_count, expected[i].name, headers)));
    return judgement;
}

/* A body of one content type for another: what the media types of a description decide. */
static bool same_media_type(Text a, Text b) {
    Text first = text_trim(text_slice(a, 0, text_find_byte(a, ';', 0)));
    Text second = text_trim(text_slice(b, 0, text_find_byte(b, ';', 0)));
    return !first.size || !second.size || text_equal_ignoring_case(first, second);
}

static Judgement body_matches(Cases *cases, const ExpectedBody *expected,
                              const ExpectedBody *actual, Direction direction) {
    bool there = actual->state == BODY_PRESENT;
    switch (expected->state) {
    case BODY_UNSPECIFIED:
        return MATCHES;
    case BODY_EMPTY:
        return matches_if(!there);
    case BODY_PRESENT:
        break;
    }
    bool null = expected->example && expected->example->kind == NODE_NULL;
    if (!there)
        return matches_if(null);
    if (!same_media_type(expected->content_type, actual->content_type))
        return MATCHES_NOT;
    if (!expected->type || !actual->example)
        return UNDECIDED;
    return takes(cases, expected->type, actual->example, direction);
}

static Judgement request_matches(Cases *cases, const Interaction *expected,
                                 const Interaction *actual) {
    Judgement judgement = matches_if(text_equal(expected->method, actual->method));
    judgement =
        both(judgement, expected->path_type ? takes_text(cases, expected->path_type, actual->path)
                                            : matches_if(text_equal(expected->path, actual->path)));
    judgement = both(judgement, fields_match(cases, expected->query.items, expected->query.count,
                                             actual->query.items, actual->query.count, false));
    judgement =
        both(judgement,
             fields_match(cases, expected->request_headers.items, expected->request_headers.count,
                          actual->request_headers.items, actual->request_headers.count, true));
    return both(judgement, body_matches(cases, &expected->request_body, &actual->request_body,
                                        DIRECTION_REQUEST));
}

static Judgement response_matches(Cases *cases, const Interaction *expected,
                                  const Interaction *actual) {
    Judgement judgement = matches_if(text_compare(actual->status_low, expected->status_low) >= 0 &&
                                     text_compare(actual->status_low, expected->status_high) <= 0);
    judgement =
        both(judgement,
             fields_match(cases, expected->response_headers.items, expected->response_headers.count,
                          actual->response_headers.items, actual->response_headers.count, true));
    return both(judgement, body_matches(cases, &expected->response_body, &actual->response_body,
                                        DIRECTION_RESPONSE));
}

/* ---- Loading --------------------------------------------------------------------------------- */

/* A pact of one interaction whose request, response or message is `part`. */
static Text pact_text(Cases *cases, Text version, Text kind, const char *part) {
    static const char *const head = "{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": "
                                    "\"P\"}, \"metadata\": {\"pactSpecification\": {\"version\": "
                                    "\"%.*s\"}}, \"%s\": [%s%s%s]}";
    Text number = text_slice(version, 1, version.size);
    if (text_is(kind, "request"))
        return text_format(cases->arena, head, TEXT_ARG(number), "interactions",
                           "{\"request\": ", part, ", \"response\": {}}");
    if (text_is(kind, "response"))
        return text_format(
            cases->arena, head, TEXT_ARG(number), "interactions",
            "{\"request\": {\"method\": \"GET\", \"path\": \"/\"}, \"response\": ", part, "}");
    return text_format(cases->arena, head, TEXT_ARG(number), "messages", "", part, "");
}

static const Interaction *load(Cases *cases, Text version, Text kind, const json_t *part) {
    char *dump = json_dumps(part, JSON_ENCODE_ANY);
    Diagnostics diagnostics = {.arena = cases->arena};
    Source source = {.name = TEXT("pact.json"), .file = TEXT("pact.json")};
    source.bytes = pact_text(cases, version, kind, dump ? dump : "null");
    free(dump);
    Expectations expectations = {0};
    LoadOptions options = {.next_type_id = &cases->next_type_id};
    const Document *document = document_parse(cases->arena, &diagnostics, source);
    bool loaded =
        document && load_pact(cases->arena, &diagnostics, NULL, document, &options, &expectations);
    if (!loaded && diagnostics.list.count)
        printf("%.*s\n", TEXT_ARG(diagnostics.list.items[0].message));
    return loaded && expectations.interactions.count ? expectations.interactions.items[0] : NULL;
}

/* A case about a body may leave out what every request has. */
static void complete(json_t *part) {
    if (!json_object_get(part, "method"))
        json_object_set_new(part, "method", json_string("GET"));
    if (!json_object_get(part, "path"))
        json_object_set_new(part, "path", json_string("/"));
}

static Judgement judge_case(Cases *cases, Text version, Text kind, const json_t *described) {
    if (text_is(kind, "request")) {
        complete(json_object_get(described, "expected"));
        complete(json_object_get(described, "actual"));
    }
    const Interaction *expected =
        load(cases, version, kind, json_object_get(described, "expected"));
    const Interaction *actual = load(cases, version, kind, json_object_get(described, "actual"));
    if (!expected || !actual)
        return UNDECIDED;
    Judgement judgement = text_is(kind, "request") ? request_matches(cases, expected, actual)
                                                   : response_matches(cases, expected, actual);
    return judgement == MATCHES && expected->residues.count ? UNDECIDED : judgement;
}

/* ---- All cases ------------------------------------------------------------------------------- */

static void run_case(Cases *cases, Text version, Text kind, Text name, Text path) {
    Text text = test_read_file(cases->arena, path);
    if (text_starts_with(text, TEXT("\xef\xbb\xbf")))
        text = text_slice(text, 3, text.size);
    json_t *described = test_parse_json(text);
    Judgement judgement = judge_case(cases, version, kind, described);
    bool wanted_match = json_is_true(json_object_get(described, "match"));
    json_decref(described);
    cases->count++;
    if (judgement == (wanted_match ? MATCHES : MATCHES_NOT)) {
        cases->matching++;
        return;
    }
    Text deviation[] = {name, text_from(judgement_words[judgement])};
    cases->deviating++;
    if (!argued_has(&cases->deviations, deviation))
        fail(cases->harness, TEXT("pact-specification"), "%.*s | %s | is to %s", TEXT_ARG(name),
             judgement_words[judgement], wanted_match ? "match" : "be refused");
}

static void run_folder(Cases *cases, Text root, Text version, Text kind, Text part) {
    Arena *arena = cases->arena;
    Text below =
        text_format(arena, "%.*s/%.*s/%.*s", TEXT_ARG(version), TEXT_ARG(kind), TEXT_ARG(part));
    Text folder = test_path(arena, root, below);
    Names names = list_folder(arena, folder);
    for (size_t i = 0; i < names.count; i++) {
        if (!text_ends_with(names.items[i], TEXT(".json")))
            continue;
        Text stem = text_slice(names.items[i], 0, names.items[i].size - strlen(".json"));
        run_case(cases, version, kind, test_path(arena, below, stem),
                 test_path(arena, folder, names.items[i]));
    }
}

void run_pact_cases(Harness *harness) {
    Arena *arena = harness->arena;
    Text name = TEXT("pact-specification");
    Text root = test_path(arena, harness->root, TEXT("../shared/pact-specification"));
    if (!wanted(harness, name))
        return;
    if (!test_file_exists(root)) {
        skip(harness, name, "../shared/pact-specification is absent");
        return;
    }
    Cases cases = {.harness = harness, .arena = arena, .canonicals = canonicals_new(arena)};
    int failed = harness->failed;
    cases.deviations =
        argued_read(harness, name, "tests/pact-specification.txt", 3, "case | judgement | reason");
    Names versions = list_folder(arena, root);
    for (size_t i = 0; i < versions.count; i++) {
        Names kinds = list_folder(arena, test_path(arena, root, versions.items[i]));
        for (size_t j = 0; j < kinds.count; j++) {
            Text kind = test_path(arena, versions.items[i], kinds.items[j]);
            Names parts = list_folder(arena, test_path(arena, root, kind));
            for (size_t k = 0; k < parts.count; k++)
                run_folder(&cases, root, versions.items[i], kinds.items[j], parts.items[k]);
        }
    }
    argued_check_used(&cases.deviations);
    printf("pact-specification: %zu cases, %zu as the specification has them, %zu otherwise with "
           "a reason\n",
           cases.count, cases.matching, cases.deviating);
    if (harness->failed == failed)
        pass(harness);
}
