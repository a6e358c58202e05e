/* Which change explains that an interaction fares worse. */
#include "impact_text.h"

/* "change <- reason; …", orphans and what failed before in their own words. */
static Text hurt(Arena *arena, const Api *base, const Api *revision, Expectations expectations) {
    if (!base || !revision)
        return TEXT("nothing was loaded");
    RuleSet rules = {0};
    JudgeOptions options = {.policy = POLICY_RECORDED_CONSUMERS};
    DiffOptions diffing = {0};
    const Diff *diff = diff_apis(arena, base, revision, &diffing);
    const VerdictReport *report =
        judge(arena, base, revision, diff, &rules, &expectations, &options);
    Buffer text = {.arena = arena};
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        for (size_t j = 0; j < change->consumers.count; j++)
            buffer_format(&text, "%s%s <- %.*s", text.size ? "; " : "",
                          change_info(change->change->kind)->word,
                          TEXT_ARG(change->consumers.items[j].reason));
        CHECK(change->verdict == (change->consumers.count ? VERDICT_BREAKING : VERDICT_SAFE));
    }
    for (size_t i = 0; i < report->orphans.count; i++)
        buffer_format(&text, "%sorphan: %.*s", text.size ? "; " : "",
                      TEXT_ARG(report->orphans.items[i].who.reason));
    if (report->failing_before.count)
        buffer_format(&text, "%sfailing before", text.size ? "; " : "");
    return text.size ? buffer_text(&text) : TEXT("nobody");
}

static void check_hurt(Arena *arena, const char *base, const char *revision, const char *body,
                       const char *rules, const char *expected) {
    CHECK_TEXT(hurt(arena, api_answering(arena, base), api_answering(arena, revision),
                    reading(arena, body, rules)),
               expected);
}

static void lost_properties(Arena *arena) {
    const char *user = "{type: object, properties: {userId: {type: string}, age: {type: integer}}}";
    const char *body = "{\"userId\": \"u1\"}";
    const char *reason = "property.renamed <- reads body.userId as a string";
    check_hurt(arena, user,
               "{type: object, properties: {user_id: {type: string}, "
               "age: {type: integer}}}",
               body, LIKE, reason);
    check_hurt(arena, user, "{type: object, properties: {age: {type: integer}}}", body, LIKE,
               "property.removed <- reads body.userId as a string");
    check_hurt(arena, user, "{type: object, properties: {userId: {type: string}}}", body, LIKE,
               "nobody");
    check_hurt(arena, "{type: object, properties: {age: {type: integer}}}",
               "{type: object, properties: {id: {type: integer}}}", body, LIKE, "failing before");
    check_hurt(arena, "{type: object, required: [userId], properties: {userId: {type: string}}}",
               "{type: object, properties: {userId: {type: string}}}", body, LIKE,
               "property.optional <- reads body.userId as a string");
}

static void other_values(Arena *arena) {
    const char *text = "{type: object, required: [a], properties: {a: {type: string}}}";
    const char *null = "{type: object, required: [a], properties: {a: {type: string, nullable: "
                       "true}}}";
    const char *number = "{type: object, required: [a], properties: {a: {type: number}}}";
    const char *two =
        "{type: object, required: [a], properties: {a: {type: string, enum: [x, y]}}}";
    const char *three =
        "{type: object, required: [a], properties: {a: {type: string, enum: [x, y, z]}}}";
    const char *without = "{type: object, required: [a], properties: {a: {type: string, enum: "
                          "[y, z]}}}";
    const char *body = "{\"a\": \"x\"}";
    check_hurt(arena, text, null, body, LIKE, "null.added <- reads body.a as a string");
    check_hurt(arena, text, number, body, LIKE, "type.changed <- reads body.a as a string");
    check_hurt(arena, two, three, body, LIKE, "nobody");
    check_hurt(arena, two, three, body, "", "enum.value.added <- reads body.a as \"x\"");
    check_hurt(arena, text, two, body, "", "nobody");
    check_hurt(arena, three, two, body, "", "nobody");
    check_hurt(arena, two, without, body, "", "enum.value.removed <- reads body.a as \"x\"");
}

static void requests_that_are_refused(Arena *arena) {
    const char *base = "{type: object, required: [name], properties: {name: {type: string}, "
                       "age: {type: integer}}}";
    const char *revision = "{type: object, required: [name, email], properties: {name: {type: "
                           "string}, age: {type: integer}, email: {type: string}}}";
    CHECK_TEXT(hurt(arena, api_taking(arena, base), api_taking(arena, revision),
                    sending(arena, "{\"name\": \"Ann\"}", "204")),
               "property.added <- does not send body.email");
    const char *limit = "{get: {parameters: [{name: %s, in: query, required: %s, schema: {type: "
                        "integer}}], responses: {'200': {description: ok}}}}";
    Text before = text_format(arena, limit, "limit", "false");
    Text required = text_format(arena, limit, "limit", "true");
    Text renamed = text_format(arena, limit, "page_limit", "false");
    CHECK_TEXT(hurt(arena, api_with(arena, before.data), api_with(arena, required.data),
                    asking(arena, "")),
               "parameter.required <- does not send query.limit");
    CHECK_TEXT(hurt(arena, api_with(arena, before.data), api_with(arena, renamed.data),
                    asking(arena, ", \"query\": {\"limit\": [\"5\"]}")),
               "parameter.renamed <- sends query.limit as \"5\"");
}

static void lost_operations(Arena *arena) {
    Api *base = api_with(arena, "{get: {responses: {'200': {description: ok}}}, delete: "
                                "{responses: {'204': {description: ok}}}}");
    Api *revision = api_with(arena, "{delete: {responses: {'204': {description: ok}}}}");
    CHECK_TEXT(hurt(arena, base, revision, asking(arena, "")),
               "operation.removed <- calls GET /users/1");
    Api *created = api_with(arena, "{get: {responses: {'201': {description: ok}}}, delete: "
                                   "{responses: {'204': {description: ok}}}}");
    CHECK_TEXT(hurt(arena, base, created, asking(arena, "")),
               "status.removed <- expects status 200");
}

int main(void) {
    RUN(lost_properties);
    RUN(other_values);
    RUN(requests_that_are_refused);
    RUN(lost_operations);
    return check_finish();
}
