/* Reports made of verdicts that are written out here by hand: layout alone is at stake. */
#include "check.h"

#include "report/forms.h"
#include "report/printable.h"

#include <jansson.h>

static const Rule renamed = {.id = {"response-property-renamed", 25}};
static const Rule removed = {.id = {"response-property-removed", 25}};
static const Rule added = {.id = {"operation-added", 15}};
static const Change rename_change = {.kind = CHANGE_PROPERTY_RENAMED,
                                     .direction = DIRECTION_RESPONSE};
static const Change removed_change = {.kind = CHANGE_PROPERTY_REMOVED,
                                      .direction = DIRECTION_RESPONSE};
static const Change added_change = {
    .kind = CHANGE_OPERATION_ADDED, .direction = DIRECTION_REQUEST, .base_absent = true};

static Location location(const char *file, uint32_t line, uint32_t column, const char *pointer) {
    Place place = {.file = text_from(file), .line = line, .column = column};
    return (Location){.place = place, .pointer = text_from(pointer)};
}

static void reach(Arena *arena, VerdictChange *change, const char *method, const char *path,
                  const char *status) {
    VerdictOperation operation = {text_from(method),        text_from(path), text_from(status),
                                  TEXT("application/json"), false,           {0}};
    array_push(arena, &change->operations, operation);
}

static void hurt(Arena *arena, VerdictChange *change, const char *consumer, const char *pact,
                 uint32_t line, const char *interaction) {
    VerdictConsumer who = {text_from(consumer), text_from(pact), line, text_from(interaction),
                           TEXT("reads body.userId as a string")};
    array_push(arena, &change->consumers, who);
}

/* The example of the design: a rename that breaks three of four consumers. */
static VerdictChange rename_of_user_id(Arena *arena) {
    VerdictChange change = {
        .rule = &renamed,
        .change = &rename_change,
        .compatibility = BREAKING,
        .verdict = VERDICT_BREAKING,
        .message = TEXT("response property `userId` was renamed to `user_id`"),
        .help = TEXT("keep `userId` beside `user_id` until these consumers have moved"),
        .location = TEXT("body.user_id"),
        .base = location("openapi.yaml", 39, 13, "/components/schemas/User/properties/userId"),
        .revision = location("openapi.yaml", 41, 13, "/components/schemas/User/properties/user_id"),
    };
    reach(arena, &change, "GET", "/users/{id}", "200");
    hurt(arena, &change, "AnalyticsService", "pacts/analytics.json", 22, "a request for user 123");
    hurt(arena, &change, "OrderService", "pacts/orders.json", 17, "a request for user 123");
    hurt(arena, &change, "ShippingService", "pacts/shipping.json", 31, "the address of user 123");
    return change;
}

static VerdictReport *report_of_rename(Arena *arena) {
    VerdictReport *report = arena_new_object(arena, VerdictReport);
    *report = (VerdictReport){
        .base_source = TEXT("main:openapi.yaml"),
        .revision_source = TEXT("openapi.yaml"),
        .base_revision = TEXT("main"),
        .policy = POLICY_RECORDED_CONSUMERS,
        .verdict = VERDICT_BREAKING,
        .breaking = 1,
        .consumers = 4,
        .interactions = 9,
    };
    array_push(arena, &report->changes, rename_of_user_id(arena));
    Text broken[] = {TEXT("AnalyticsService"), TEXT("OrderService"), TEXT("ShippingService")};
    for (size_t i = 0; i < 3; i++)
        array_push(arena, &report->consumers_broken, broken[i]);
    return report;
}

static Text laid_out(Arena *arena, const VerdictReport *report, TextLayout layout) {
    return report_text(arena, &(Reports){.items = &report, .count = 1}, &layout);
}

static Text plain(Arena *arena, const VerdictReport *report) {
    return laid_out(arena, report, (TextLayout){.width = 100});
}

static Text json_of(Arena *arena, const VerdictReport *report) {
    return report_json(arena, &(Reports){.items = &report, .count = 1},
                       &(TextLayout){.width = 100});
}

static bool holds(Text text, const char *part) {
    return memmem(text.data, text.size, part, strlen(part)) != NULL;
}

#define CHECK_HOLDS(text, part)                                                                    \
    do {                                                                                           \
        CHECK(holds(text, part));                                                                  \
        if (!holds(text, part))                                                                    \
            printf("  looked for: %s\n  in: %.*s\n", part, TEXT_ARG(text));                        \
    } while (0)

static void a_breaking_change_fills_a_block(Arena *arena) {
    CHECK_TEXT(
        plain(arena, report_of_rename(arena)),
        "breaking: response property `userId` was renamed to `user_id`            "
        "[response-property-renamed]\n"
        "   --> openapi.yaml:41:13   GET /users/{id} → 200 application/json → body.user_id\n"
        "   was openapi.yaml:39:13   (main)\n"
        "   breaks 3 of 4 recorded consumers\n"
        "     AnalyticsService   pacts/analytics.json:22   \"a request for user 123\"   reads "
        "body.userId as a string\n"
        "     OrderService       pacts/orders.json:17      \"a request for user 123\"   reads "
        "body.userId as a string\n"
        "     ShippingService    pacts/shipping.json:31    \"the address of user 123\"  reads "
        "body.userId as a string\n"
        "   help: keep `userId` beside `user_id` until these consumers have moved\n"
        "\n"
        "breaking: 1 breaking change, 0 safe; breaks 3 of 4 recorded consumers (AnalyticsService, "
        "OrderService, ShippingService)\n");
}

static void compatible_changes_fill_a_line(Arena *arena) {
    VerdictReport report = {.safe = 3};
    VerdictChange change = {.rule = &added,
                            .change = &added_change,
                            .compatibility = COMPATIBLE,
                            .message = TEXT("operation `GET /b` was added")};
    VerdictChange conditional = {
        .rule = &removed,
        .change = &removed_change,
        .compatibility = CONDITIONAL,
        .message = TEXT("optional response property `a` was removed"),
        .remark = TEXT("a consumer written with care survives it"),
        .location = TEXT("body.a"),
        .base = location("old.yaml", 8, 9, "/x/a"),
        .revision = location("new.yaml", 7, 5, "/x"),
    };
    reach(arena, &conditional, "GET", "/a", "200");
    array_push(arena, &report.changes, conditional);
    array_push(arena, &report.changes, change);
    array_push(arena, &report.changes, change);
    CHECK_TEXT(laid_out(arena, &report, (TextLayout){.width = 60, .folds = true}),
               "safe: optional response property `a` was removed\n"
               "                                 [response-property-removed]\n"
               "   --> new.yaml:7:5   GET /a → 200 application/json → body.a\n"
               "   was old.yaml:8:9\n"
               "   conditional by its rule: a consumer written with care\n"
               "   survives it\n"
               "\n"
               "safe: operation `GET /b` was added         [operation-added]\n"
               "safe: operation `GET /b` was added         [operation-added]\n"
               "\n"
               "safe: 3 safe changes\n");
}

static void a_waived_change_says_why(Arena *arena) {
    VerdictReport *report = report_of_rename(arena);
    VerdictChange *change = &report->changes.items[0];
    report->verdict = change->verdict = VERDICT_SAFE;
    report->breaking = 0;
    report->safe = report->waived = 1;
    change->id = TEXT("k3v9m2x7qa");
    change->waived = (Waived){TEXT("all three moved in May"), TEXT("2027-01-31")};
    ChangeWaiver waiver = {change->waived.reason, change->waived.expires, {0}};
    array_push(arena, &change->waivers, waiver);
    Text text = plain(arena, report);
    CHECK_HOLDS(text, "[response-property-renamed k3v9m2x7qa]\n");
    CHECK_HOLDS(text, "   waived until 2027-01-31: all three moved in May\n");
    CHECK_HOLDS(text, "safe: 1 safe change, 1 of them waived; breaks 3 of 4");
    CHECK_HOLDS(json_of(arena, report), "\"reason\": \"all three moved in May\",\n"
                                        "        \"expires\": \"2027-01-31\"\n");
    change->waivers.items[0].expires = (Text){0};
    CHECK_HOLDS(plain(arena, report), "   waived: all three moved in May\n");
    CHECK_HOLDS(json_of(arena, report), "\"expires\": null");
}

static void no_changes(Arena *arena) {
    VerdictReport report = {.consumers = 1};
    CHECK_TEXT(plain(arena, &report), "safe: no changes; breaks none of 1 recorded consumer\n");
    report.consumers = 0;
    CHECK_TEXT(plain(arena, &report), "safe: no changes\n");
}

static void many_operations_are_cut(Arena *arena) {
    VerdictReport *report = report_of_rename(arena);
    VerdictChange *change = &report->changes.items[0];
    change->operations.count = 0;
    reach(arena, change, "GET", "/a", "200");
    reach(arena, change, "GET", "/a", "404");
    for (int i = 0; i < 13; i++)
        reach(arena, change, "GET", text_format(arena, "/b%d", i).data, "200");
    Text text = plain(arena, report);
    CHECK_HOLDS(text, "GET /a → 200 application/json → body.user_id (and 1 more there)\n");
    CHECK_HOLDS(text, "                            GET /b1 → 200 application/json\n");
    CHECK_HOLDS(text, "                            and 11 more operations\n");
    CHECK(!holds(text, "/b2"));
}

static void an_orphan_is_an_internal_fault(Arena *arena) {
    VerdictReport *report = report_of_rename(arena);
    VerdictInteraction orphan = {report->changes.items[0].consumers.items[0],
                                 TEXT("GET /users/{id}")};
    array_push(arena, &report->orphans, orphan);
    array_push(arena, &report->failing_before, orphan);
    Text text = plain(arena, report);
    CHECK_HOLDS(text, "\ninternal: no change explains why 1 interaction fares worse");
    CHECK_HOLDS(text, "     AnalyticsService   pacts/analytics.json:22   \"a request for user "
                      "123\"  GET /users/{id}: reads body.userId as a string\n");
    CHECK_HOLDS(text, "\nnote: 1 interaction fails with the base already");
}

static void colour_is_asked_for(Arena *arena) {
    VerdictReport *report = report_of_rename(arena);
    CHECK(!holds(plain(arena, report), "\033"));
    Text coloured = laid_out(arena, report, (TextLayout){.width = 100, .colour = true});
    CHECK_HOLDS(coloured, "\033[1;31mbreaking:\033[0m");
}

static void hostile_text_is_made_printable(Arena *arena) {
    CHECK_TEXT(text_printable(arena, TEXT("plain → ü 😀"), false), "plain → ü 😀");
    CHECK_TEXT(text_printable(arena, TEXT("a\033[2Jb\nc\td\x7f"), false),
               "a\\u001b[2Jb\\nc\\td\\u007f");
    CHECK_TEXT(text_printable(arena, TEXT("a\nb\r"), true), "a\nb\\u000d");
    CHECK_TEXT(text_printable(arena, TEXT("\u202eevil\u2066"), false), "\\u202eevil\\u2066");
    CHECK_TEXT(text_printable(arena, TEXT("\xff\xc3(\xed\xa0\x80\xf0\x9f"), false),
               "\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
               "\xef\xbf\xbd");
}

static void json_has_the_agreed_shape(Arena *arena) {
    VerdictReport *report = report_of_rename(arena);
    report->changes.items[0].operations.items[0].webhook = true;
    report->changes.items[0].base = (Location){0};
    report->changes.items[0].operations.items[0].status = (Text){0};
    Text text = json_of(arena, report);
    CHECK_HOLDS(text, "{\n  \"breakwater\": 1,\n  \"base\": {\n    \"source\": "
                      "\"main:openapi.yaml\",\n    \"ref\": \"main\"\n  },\n");
    json_t *root = json_loadb(text.data, text.size, JSON_REJECT_DUPLICATES, NULL);
    const char *policy, *rule, *file, *pointer, *consumer, *last;
    json_t *changes, *orphans, *base, *status;
    int breaking, line, pact_line, webhook;
    CHECK(json_unpack(root, "{s:s, s:{s:i, s:[s,s,s!]}, s:o, s:o, s:[]}", "policy", &policy,
                      "summary", "breaking", &breaking, "consumers_broken", &rule, &rule, &last,
                      "changes", &changes, "orphans", &orphans, "failing_before") == 0);
    CHECK(strcmp(policy, "recorded-consumers") == 0 && strcmp(last, "ShippingService") == 0);
    CHECK(breaking == 1 && json_array_size(changes) == 1 && json_array_size(orphans) == 0);
    CHECK(json_unpack(json_array_get(changes, 0),
                      "{s:s, s:o, s:{s:s, s:i, s:i, s:s !}, s:[{s:s, s:o, s:b}]}", "rule", &rule,
                      "base", &base, "revision", "file", &file, "line", &line, "column", &line,
                      "pointer", &pointer, "operations", "method", &last, "status", &status,
                      "webhook", &webhook) == 0);
    CHECK(strcmp(rule, "response-property-renamed") == 0 && json_is_null(base) && line == 13);
    CHECK(json_is_null(status) && webhook);
    json_t *who = json_array_get(json_object_get(json_array_get(changes, 0), "consumers"), 1);
    CHECK(json_unpack(who, "{s:s, s:s, s:i, s:s, s:s !}", "consumer", &consumer, "pact", &file,
                      "line", &pact_line, "interaction", &last, "reason", &rule) == 0);
    CHECK(strcmp(consumer, "OrderService") == 0 && pact_line == 17);
    json_decref(root);
}

static void json_mends_what_is_no_utf8(Arena *arena) {
    VerdictReport report = {.base_source = TEXT("a\xff"), .revision_source = TEXT("\"\n")};
    Text text = json_of(arena, &report);
    CHECK(text_is_utf8(text, NULL));
    CHECK_HOLDS(text, "\"a\xef\xbf\xbd\"");
    CHECK_HOLDS(text, "\"source\": \"\\\"\\n\"");
    CHECK_HOLDS(text, "\"changes\": [],\n");
}

static void a_rule_has_a_page(Arena *arena) {
    Rule rule = {
        .id = TEXT("response-property-removed"),
        .purpose = TEXT("A property that a response used to carry is gone."),
        .message = TEXT("response property `{name}` was removed"),
        .why = TEXT("A consumer that reads `{name}` finds nothing there."),
        .help = TEXT("Keep `{name}` until no consumer reads it, and mark it deprecated first."),
        .change = CHANGE_PROPERTY_REMOVED,
        .in_response = true,
        .compatibility = BREAKING,
    };
    RuleCondition condition = {.attribute = ATTRIBUTE_REQUIRED};
    array_push(arena, &condition.values, TEXT("true"));
    array_push(arena, &rule.when, condition);
    const RuleExample none = {0}, example = {TEXT("a: 1\n"), TEXT("b: 1\n"), TEXT("breaking: a\n")};
    CHECK_TEXT(rule_text(arena, &rule, &none, &(TextLayout){.width = 60}),
               "response-property-removed\n"
               "A property that a response used to carry is gone.\n"
               "\n"
               "compatibility  breaking\n"
               "change         property.removed (a property is gone)\n"
               "attributes     name, sunset, deprecated_since, required,\n"
               "               deprecated, closed, open\n"
               "direction      response\n"
               "when           required is true\n"
               "message        response property `{name}` was removed\n"
               "why            A consumer that reads `{name}` finds nothing\n"
               "               there.\n"
               "help           Keep `{name}` until no consumer reads it, and\n"
               "               mark it deprecated first.\n");
    CHECK_HOLDS(rule_text(arena, &rule, &example, &(TextLayout){.width = 60}),
                "\nbefore:\n    a: 1\n\nafter:\n    b: 1\n\nwhat is reported:\n\nbreaking: a\n");
    CHECK_HOLDS(rule_json(arena, &rule, &none),
                "\"when\": {\n      \"required\": [\n        \"true\"\n");
    CHECK_HOLDS(rule_json(arena, &rule, &none), "\"example\": null");
    CHECK_HOLDS(rule_json(arena, &rule, &example),
                "\"before\": \"a: 1\\n\",\n      \"after\": \"b: 1\\n\",\n      "
                "\"reported\": \"breaking: a\\n\"");
    CHECK_HOLDS(rule_markdown(arena, &rule, &none), "## response-property-removed\n");
    CHECK_HOLDS(rule_markdown(arena, &rule, &example),
                "\nBefore:\n\n```yaml\na: 1\n```\n\nAfter:\n\n```yaml\nb: 1\n```\n");
    RuleSet set = {0};
    Rule *listed = &rule;
    array_push(arena, &set.rules, listed);
    CHECK_TEXT(rules_text(arena, &set, &(TextLayout){.width = 60}),
               "response-property-removed  breaking     response  A property that a response used "
               "to carry is gone.\n");
    CHECK_HOLDS(rules_json(arena, &set), "\"directions\": [\n        \"response\"\n      ]");
}

static void a_graph_is_shown_whole(Arena *arena) {
    Type *user = arena_new_object(arena, Type), *list = arena_new_object(arena, Type);
    Property friends = {TEXT("friends"), list, NULL};
    *user = (Type){.id = 7, .kinds = KIND_OBJECT, .name = TEXT("User \"x\"")};
    user->object = arena_new_object(arena, ObjectKeywords);
    array_push(arena, &user->object->properties, friends);
    *list = (Type){.id = 3, .kinds = KIND_ARRAY | KIND_NULL};
    list->array = arena_new_object(arena, ArrayKeywords);
    list->array->items = user;
    Operation get = {.method = TEXT("GET"), .path = TEXT("/users")}, *operation = &get;
    Response response = {.status = TEXT("200")};
    MediaType media_type = {.name = TEXT("application/json"), .type = list};
    array_push(arena, &response.media_types, media_type);
    array_push(arena, &get.responses, response);
    Api api = {.dialect = DIALECT_3_1};
    array_push(arena, &api.operations, operation);
    CHECK_TEXT(graph_dot(arena, &api), "digraph api {\n"
                                       "  rankdir=LR;\n"
                                       "  o0 [shape=box, label=\"GET /users\"];\n"
                                       "  o0 -> t7 [label=\"200 application/json\"];\n"
                                       "  t7 [label=\"User \\\"x\\\"\"];\n"
                                       "  t7 -> t7 [label=\"friends\"];\n"
                                       "}\n");
    Text text = graph_json(arena, &api);
    json_t *root = json_loadb(text.data, text.size, JSON_REJECT_DUPLICATES, NULL);
    int list_id, user_id, items, property;
    const char *keyword, *name;
    CHECK(json_unpack(root, "{s:[{s:i, s:[{s:s, s:i}]}, {s:i, s:[{s:s, s:s, s:i}]}]}", "types",
                      "id", &list_id, "edges", "keyword", &keyword, "type", &items, "id", &user_id,
                      "edges", "keyword", &keyword, "name", &name, "type", &property) == 0);
    CHECK(list_id == 3 && items == 7 && user_id == 7 && property == 3);
    CHECK(strcmp(keyword, "properties") == 0 && strcmp(name, "friends") == 0);
    json_decref(root);
}

int main(void) {
    RUN(a_breaking_change_fills_a_block);
    RUN(compatible_changes_fill_a_line);
    RUN(a_waived_change_says_why);
    RUN(no_changes);
    RUN(many_operations_are_cut);
    RUN(an_orphan_is_an_internal_fault);
    RUN(colour_is_asked_for);
    RUN(hostile_text_is_made_printable);
    RUN(json_has_the_agreed_shape);
    RUN(json_mends_what_is_no_utf8);
    RUN(a_rule_has_a_page);
    RUN(a_graph_is_shown_whole);
    return check_finish();
}
