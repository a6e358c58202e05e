/* What matching rules make of an example: which rule wins, and the Type that a matcher fixes. */
#include "pact_notation.h"

/* The shape of a response body of version 3 under `rules`. */
static Text body(Arena *arena, const char *example, const char *rules) {
    Text response =
        text_format(arena, "\"body\": %s, \"matchingRules\": {\"body\": {%s}}", example, rules);
    return shown(arena, load_one(arena, "3.0.0", "", response.data)->response_body.type);
}

/* "shape | residues" of a response body of version 4 with one rule at `$.a`. */
static Text matched(Arena *arena, const char *example, const char *matcher) {
    Text response = text_format(arena,
                                "\"body\": {\"content\": {\"a\": %s}, \"contentType\": "
                                "\"application/json\", \"encoded\": false}, \"matchingRules\": "
                                "{\"body\": {\"$.a\": {\"matchers\": [%s]}}}",
                                example, matcher);
    const Interaction *interaction = load_one(arena, "4.0", "", response.data);
    return text_format(arena, "%.*s%s%.*s", TEXT_ARG(shown(arena, interaction->response_body.type)),
                       interaction->residues.count ? " | " : "",
                       TEXT_ARG(residues(arena, interaction)));
}

/* ---- Without rules --------------------------------------------------------------------------- */

static void example_alone_is_exact(Arena *arena) {
    CHECK_TEXT(body(arena, "{\"a\": 1, \"b\": [\"x\", null], \"c\": {\"d\": true}}", ""),
               "{a: =1, b: array[=\"x\", =null]{2..2}, c: {d: =true}}");
    CHECK_TEXT(body(arena, "{\"a\": []}", ""), "{a: array{..0}}");
    CHECK_TEXT(body(arena, "null", ""), "=null");
}

static void request_takes_no_other_keys(Arena *arena) {
    const Interaction *interaction =
        load_one(arena, "2.0.0", "\"body\": {\"a\": {\"b\": 1}}", "\"body\": {\"a\": {\"b\": 1}}");
    CHECK_TEXT(shown(arena, interaction->request_body.type), "{a: {b: =1}!}!");
    CHECK_TEXT(shown(arena, interaction->response_body.type), "{a: {b: =1}}");
}

static void types_keep_the_place_of_the_example(Arena *arena) {
    const Interaction *interaction =
        load_one(arena, "3.0.0", "", "\"body\": {\n\"a\": 1,\n  \"b\": 2}");
    const Type *type = interaction->response_body.type;
    CHECK(type->origin->line == 3);
    CHECK(type->object->properties.items[1].type->origin->line == 5);
    CHECK(type->object->properties.items[1].origin->line == 5);
    CHECK(interaction->origin->line == 2);
    CHECK(type->id != type->object->properties.items[1].type->id);
}

/* ---- Which rule wins ------------------------------------------------------------------------- */

static void type_reaches_down(Arena *arena) {
    CHECK_TEXT(body(arena, "{\"a\": {\"b\": [1.5], \"c\": \"x\"}}", RULE("$.a", TYPE)),
               "{a: {b: array<number>, c: string}}");
    CHECK_TEXT(body(arena, "{\"a\": {\"b\": 1, \"c\": \"x\"}}",
                    RULE("$", TYPE) ", " RULE("$.a.b", "{\"match\": \"equality\"}")),
               "{a: {b: =1, c: string}}");
}

static void what_reaches_down_of_several(Arena *arena) {
    CHECK_TEXT(body(arena, "{\"a\": [\"x\"]}",
                    RULE("$.a", "{\"match\": \"type\"}, {\"match\": \"notEmpty\"}")),
               "{a: (array<string> & array<string>{1..})}");
}

static void the_heavier_rule_wins(Arena *arena) {
    const char *regex = "{\"match\": \"regex\", \"regex\": \"r\"}";
    Text rules = text_format(
        arena, "\"$.*\": {\"matchers\": [" TYPE "]}, \"$.a\": {\"matchers\": [%s]}", regex);
    CHECK_TEXT(body(arena, "{\"a\": \"x\", \"b\": \"y\"}", rules.data),
               "{a: string/^(?:r)$/, b: string}");
    /* At a tie of the products the longer expression wins. */
    rules = text_format(
        arena, "\"$.a\": {\"matchers\": [" TYPE "]}, \"$.a[*].*\": {\"matchers\": [%s]}", regex);
    CHECK_TEXT(body(arena, "{\"a\": [{\"b\": \"x\"}]}", rules.data),
               "{a: array<{b: string/^(?:r)$/}>}");
    /* A heavier rule above wins over wildcards below. */
    rules = text_format(
        arena, "\"$.a.b\": {\"matchers\": [" TYPE "]}, \"$.*.*.*\": {\"matchers\": [%s]}", regex);
    CHECK_TEXT(body(arena, "{\"a\": {\"b\": {\"c\": \"x\"}}}", rules.data),
               "{a: {b: {c: string}}}");
}

static void expressions_come_in_all_spellings(Arena *arena) {
    CHECK_TEXT(body(arena, "{\"x y\": [1], \"a.b\": \"s\", \"it's\": 1, \"2\": true}",
                    RULE("$['x y'][0]", TYPE) ", " RULE("$[\\\"a.b\\\"]", TYPE) ", " RULE(
                        "$['it\\\\'s']", TYPE) ", " RULE("$['2']", TYPE)),
               "{x y: array[number]{1..1}, a.b: string, it's: number, 2: boolean}");
    CHECK_TEXT(body(arena, "[{\"a-b\": 1}, {\"a-b\": 1}]", RULE("$[*].a-b", TYPE)),
               "array[{a-b: number}, {a-b: number}]{2..2}");
    /* `[*]` is for items, `*` for keys too. */
    CHECK_TEXT(body(arena, "{\"a\": {\"b\": 1}}", RULE("$.a[*]", TYPE)), "{a: {b: =1}}");
    CHECK_TEXT(body(arena, "{\"a\": {\"b\": 1}}", RULE("$.a.*", TYPE)), "{a: {b: number}}");
}

static void unreadable_expressions_are_told(Arena *arena) {
    static const char *const bad[] = {"$..a", "$.a[", "$['a", "$[a]", "$.a]b[0", "$a", "$.a."};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Loaded *loaded = load(
            arena,
            text_format(arena,
                        "{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"},\n"
                        "\"interactions\": [{\"request\": {\"method\": \"GET\", \"path\": \"/\"},\n"
                        "\"response\": {\"matchingRules\": {\"body\": {\n  \"%s\": {\"match\": "
                        "\"type\"}}}}}]}",
                        bad[i]));
        /* `$.a]b[0` lacks its last bracket; a `]` within a name is the name's. */
        CHECK(loaded->loaded);
        CHECK(loaded->diagnostics.list.count == 1);
        if (loaded->diagnostics.list.count) {
            CHECK(loaded->diagnostics.list.items[0].id == DIAGNOSTIC_PACT_RULE_PATH);
            CHECK(loaded->diagnostics.list.items[0].place.line == 4);
            CHECK(loaded->diagnostics.list.items[0].place.column == 3);
        }
        const Interaction *interaction = loaded->expectations.interactions.items[0];
        CHECK(interaction->residues.count == 1);
        CHECK(text_is(interaction->residues.items[0].matcher, "type"));
    }
}

/* `$.k` alone stays exact where the expression can't mean it. */
static void unreadable_expressions_leave_open_what_they_may_mean(Arena *arena) {
    const char *example = "{\"a\": {\"x\": 1}, \"b\": [1, {\"x\": 1}], \"k\": 1}";
    static const struct {
        const char *expression, *shape;
    } cases[] = {
        {"$..x", "{a: {x: number}, b: array[=1, {x: number}]{2..2}, k: =1}"},
        {"$.b..x", "{a: {x: =1}, b: array[=1, {x: number}]{2..2}, k: =1}"},
        {"$..['x']", "{a: {x: number}, b: array[=1, {x: number}]{2..2}, k: =1}"},
        {"$['a', 'k']", "{a: {x: number}, b: array[=1, {x: =1}]{2..2}, k: number}"},
        {"$.b[0:2].x", "{a: {x: =1}, b: array[number, {x: number}]{2..2}, k: =1}"},
        {"$.b[-1]", "{a: {x: =1}, b: array[number, {x: number}]{2..2}, k: =1}"},
        {"$.a[0:2].x", "{a: {x: =1}, b: array[=1, {x: =1}]{2..2}, k: =1}"},
        {"$.a[?(@.x)]", "{a: {x: number}, b: array[=1, {x: =1}]{2..2}, k: =1}"},
        {"$.k.", "{a: {x: =1}, b: array[=1, {x: =1}]{2..2}, k: number}"},
        {"$ .k", "{a: {x: number}, b: array<(number | {x: number})>, k: number}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Text members = text_format(arena,
                                   "\"body\": %s, \"matchingRules\": {\"body\": {\"%s\": "
                                   "{\"matchers\": [{\"match\": \"regex\", \"regex\": \"1\"}]}}}",
                                   example, cases[i].expression);
        const Interaction *interaction = load_one(arena, "3.0.0", members.data, members.data);
        CHECK_TEXT(shown(arena, interaction->response_body.type), cases[i].shape);
        CHECK_TEXT(shown(arena, interaction->request_body.type),
                   "{a: {x: =1}!, b: array[=1, {x: =1}!]{2..2}, k: =1}!");
        CHECK(interaction->residues.count == 2);
    }
}

/* ---- Matchers -------------------------------------------------------------------------------- */

static void each_like_gives_items(Arena *arena) {
    CHECK_TEXT(body(arena, "[{\"a\": 1}]", RULE("$", "{\"match\": \"type\", \"min\": 2}")),
               "array<{a: number}>{2..}");
    CHECK_TEXT(body(arena, "[1, 2]", RULE("$", "{\"match\": \"type\", \"min\": 1, \"max\": 5}")),
               "array<number>{1..5}");
    CHECK_TEXT(body(arena, "[1, \"x\", 2]", RULE("$", TYPE)), "array<(number | string)>");
    CHECK_TEXT(body(arena, "[]", RULE("$", TYPE)), "array");
    /* The bounds are the array's own and not its items'. */
    CHECK_TEXT(body(arena, "{\"a\": [[1]]}", RULE("$.a", "{\"match\": \"type\", \"min\": 1}")),
               "{a: array<array<number>>{1..}}");
    /* A rule without `match`. */
    CHECK_TEXT(body(arena, "[1]", RULE("$", "{\"min\": 3}")), "array<number>{3..}");
}

static void scalars_by_matcher(Arena *arena) {
    CHECK_TEXT(matched(arena, "1", "{\"match\": \"integer\"}"), "{a: integer}");
    CHECK_TEXT(matched(arena, "1.5", "{\"match\": \"decimal\"}"), "{a: decimal}");
    CHECK_TEXT(matched(arena, "1", "{\"match\": \"number\"}"), "{a: number}");
    CHECK_TEXT(matched(arena, "1", "{\"match\": \"type\"}"), "{a: number}");
    CHECK_TEXT(matched(arena, "true", "{\"match\": \"boolean\"}"), "{a: boolean}");
    CHECK_TEXT(matched(arena, "null", "{\"match\": \"null\"}"), "{a: null}");
    CHECK_TEXT(matched(arena, "null", "{\"match\": \"type\"}"), "{a: null}");
    CHECK_TEXT(matched(arena, "1", "{\"match\": \"equality\"}"), "{a: =1}");
    CHECK_TEXT(matched(arena, "\"a.b\"", "{\"match\": \"include\", \"value\": \"a.b\"}"),
               "{a: string/a\\.b/}");
    CHECK_TEXT(matched(arena, "\"x\"", "{\"match\": \"notEmpty\"}"), "{a: string{1..}}");
    CHECK_TEXT(matched(arena, "[1]", "{\"match\": \"notEmpty\"}"), "{a: array<=1>{1..}}");
    Text semver = matched(arena, "\"1.0.0\"", "{\"match\": \"semver\"}");
    CHECK(text_starts_with(semver, TEXT("{a: string/^(?:0|[1-9]\\d*)\\.")));
    CHECK(!text_starts_with(semver, TEXT("response.body.a")));
    CHECK_TEXT(matched(arena, "1", "{\"match\": \"semver\"}"),
               "{a: number} | response.body.a: semver on a number");
}

static void regular_expressions(Arena *arena) {
    CHECK_TEXT(matched(arena, "\"x\"", "{\"match\": \"regex\", \"regex\": \"a|b\"}"),
               "{a: string/^(?:a|b)$/}");
    CHECK_TEXT(matched(arena, "\"x\"", "{\"regex\": \"a\"}"), "{a: string/^(?:a)$/}");
    CHECK_TEXT(matched(arena, "12", "{\"match\": \"regex\", \"regex\": \"\\\\d+\"}"),
               "{a: number/^(?:\\d+)$/}");
    CHECK_TEXT(matched(arena, "\"x\"", "{\"match\": \"regex\"}"),
               "{a: string} | response.body.a: regex without a pattern");
    /* Over an array it reaches its items. */
    CHECK_TEXT(matched(arena, "[\"x\"]", "{\"match\": \"regex\", \"regex\": \"x\"}"),
               "{a: array<string/^(?:x)$/>} | response.body.a: regex on an array");
}

static void dates_and_times(Arena *arena) {
    static const char *const cases[][2] = {
        {"{\"match\": \"date\"}", "{a: string:date}"},
        {"{\"match\": \"date\", \"format\": \"yyyy-MM-dd\"}", "{a: string:date}"},
        {"{\"match\": \"date\", \"date\": \"yyyy-MM-dd\"}", "{a: string:date}"},
        {"{\"match\": \"date\", \"format\": \"dd/MM/yyyy\"}",
         "{a: string/^\\d{2}\\/\\d{2}\\/\\d{4}$/}"},
        {"{\"date\": \"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\"}",
         "{a: string:date-time/^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$/}"},
        {"{\"match\": \"timestamp\", \"timestamp\": \"yyyy-MM-dd'T'HH:mm:ssXXX\"}",
         "{a: "
         "string:date-time/^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:Z|[+-]\\d{2}:\\d{2})$/}"},
        {"{\"match\": \"datetime\", \"format\": \"yyyy-MM-dd'T'HH:mm:ss\"}",
         "{a: string/^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$/}"},
        {"{\"match\": \"datetime\"}", "{a: string:date-time}"},
        {"{\"match\": \"time\", \"format\": \"HH:mm:ssX\"}",
         "{a: string:time/^\\d{2}:\\d{2}:\\d{2}(?:Z|[+-]\\d{2}(?:\\d{2})?)$/}"},
        {"{\"match\": \"time\", \"format\": \"HH:mm\"}", "{a: string/^\\d{2}:\\d{2}$/}"},
        {"{\"match\": \"time\", \"format\": \"HH:mm:ss\"}", "{a: string/^\\d{2}:\\d{2}:\\d{2}$/}"},
        {"{\"match\": \"date\", \"format\": \"EEE, d MMM yy 'at' h 'o''clock'[ a]\"}",
         "{a: string/^.+, \\d{1,2} .+ \\d{2} at \\d{1,2} o'clock(?: .+)?$/}"},
        {"{\"match\": \"date\", \"format\": \"QQQ yyyy\"}",
         "{a: string} | response.body.a: date QQQ yyyy"},
        {"{\"match\": \"time\"}", "{a: string:time} | response.body.a: time"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_TEXT(matched(arena, "\"x\"", cases[i][0]), cases[i][1]);
}

static void several_matchers(Arena *arena) {
    const char *regex = "{\"match\": \"regex\", \"regex\": \"x\"}";
    Text both = text_format(arena, "%s, {\"match\": \"include\", \"value\": \"x\"}", regex);
    CHECK_TEXT(matched(arena, "\"x\"", both.data), "{a: (string/^(?:x)$/ & string/x/)}");
    Text twice = text_format(arena, "%s, %s", regex, regex);
    CHECK_TEXT(matched(arena, "\"x\"", twice.data), "{a: string/^(?:x)$/}");
    Text any = text_format(
        arena, "\"$\": {\"combine\": \"OR\", \"matchers\": [%s, {\"match\": \"null\"}]}", regex);
    CHECK_TEXT(body(arena, "\"x\"", any.data), "(string/^(?:x)$/ | null)");
    any = text_format(
        arena, "\"$.a\": {\"combine\": \"OR\", \"matchers\": [%s, {\"match\": \"null\"}]}", regex);
    CHECK_TEXT(body(arena, "{\"a\": \"x\"}", any.data), "{a: (string/^(?:x)$/ | null)}");
}

static void maps_of_any_keys(Arena *arena) {
    CHECK_TEXT(matched(arena, "{\"k\": 1}", "{\"match\": \"values\"}"), "{a: {*: =1}}");
    CHECK_TEXT(body(arena, "{\"a\": {\"k\": {\"v\": 2}, \"l\": {\"v\": 3}}}",
                    RULE("$.a", "{\"match\": \"values\"}") ", " RULE("$.a.*.v",
                                                                     "{\"match\": \"integer\"}")),
               "{a: {*: {v: integer}}}");
    CHECK_TEXT(
        matched(arena, "{\"k\": 1}",
                "{\"match\": \"eachKey\", \"rules\": [{\"match\": \"regex\", \"regex\": \"k+\"}]}, "
                "{\"match\": \"eachValue\", \"rules\": [{\"match\": \"type\"}]}"),
        "{a: ({keys string/^(?:k+)$/} & {*: number})}");
    CHECK_TEXT(matched(arena, "[1, 2]",
                       "{\"match\": \"eachValue\", \"rules\": [{\"match\": \"integer\"}]}"),
               "{a: array<integer>}");
}

static void array_contains_variants(Arena *arena) {
    CHECK_TEXT(
        matched(arena, "[{\"n\": 1}, {\"n\": \"x\"}]",
                "{\"match\": \"arrayContains\", \"variants\": ["
                "{\"index\": 0, \"rules\": {\"$.n\": {\"matchers\": [{\"match\": \"integer\"}]}}},"
                "{\"index\": 1, \"rules\": {}}]}"),
        "{a: (array~{n: integer}{1..} & array~{n: =\"x\"}{1..})}");
    CHECK_TEXT(
        matched(arena, "[1]", "{\"match\": \"arrayContains\", \"variants\": [{\"index\": 0}]}"),
        "{a: array~=1{1..}}");
    CHECK_TEXT(
        matched(arena, "[1]", "{\"match\": \"arrayContains\", \"variants\": [{\"index\": 7}]}"),
        "{a: array} | response.body.a: arrayContains with a variant that the example lacks");
}

static void unknown_matchers_are_kept(Arena *arena) {
    CHECK_TEXT(matched(arena, "\"x\"", "{\"match\": \"moon\"}"),
               "{a: string} | response.body.a: moon");
    CHECK_TEXT(matched(arena, "{\"b\": [1]}", "{\"match\": \"moon\"}"),
               "{a: {b: array<number>}} | response.body.a: moon");
    CHECK_TEXT(matched(arena, "1", "{\"moon\": 1}"),
               "{a: number} | response.body.a: a rule without match");
    CHECK_TEXT(matched(arena, "1", "{\"match\": 7}"),
               "{a: number} | response.body.a: a rule without match");
    CHECK_TEXT(matched(arena, "\"x\"", "{\"match\": \"contentType\", \"value\": \"image/png\"}"),
               "{a: string} | response.body.a: contentType image/png");
}

/* Many matchers at each of many levels must not multiply. */
static void nesting_does_not_multiply(Arena *arena) {
    Buffer example = {.arena = arena}, rules = {.arena = arena}, path = {.arena = arena};
    buffer_add(&path, TEXT("$"));
    for (int i = 0; i < 60; i++) {
        buffer_add(&example, TEXT("{\"a\":"));
        buffer_add(&path, TEXT(".a"));
        buffer_format(&rules,
                      "%s\"%.*s\": {\"matchers\": [{\"match\": \"type\"}, {\"match\": "
                      "\"notEmpty\"}, {\"match\": \"eachValue\", \"rules\": [{\"match\": "
                      "\"type\"}, {\"match\": \"notEmpty\"}]}]}",
                      i ? ", " : "", TEXT_ARG(buffer_text(&path)));
    }
    buffer_add(&example, TEXT("1"));
    for (int i = 0; i < 60; i++)
        buffer_add(&example, TEXT("}"));
    buffer_add_byte(&example, '\0');
    buffer_add_byte(&rules, '\0');
    Text response = text_format(arena, "\"body\": %s, \"matchingRules\": {\"body\": {%s}}",
                                example.data, rules.data);
    const Interaction *interaction = load_one(arena, "4.0", "", response.data);
    CHECK(interaction->response_body.type != NULL);
    CHECK(interaction->response_body.type && interaction->response_body.type->id < 5000);
}

int main(void) {
    RUN(example_alone_is_exact);
    RUN(request_takes_no_other_keys);
    RUN(types_keep_the_place_of_the_example);
    RUN(type_reaches_down);
    RUN(what_reaches_down_of_several);
    RUN(the_heavier_rule_wins);
    RUN(expressions_come_in_all_spellings);
    RUN(unreadable_expressions_are_told);
    RUN(unreadable_expressions_leave_open_what_they_may_mean);
    RUN(each_like_gives_items);
    RUN(scalars_by_matcher);
    RUN(regular_expressions);
    RUN(dates_and_times);
    RUN(several_matchers);
    RUN(maps_of_any_keys);
    RUN(array_contains_variants);
    RUN(unknown_matchers_are_kept);
    RUN(nesting_does_not_multiply);
    return check_finish();
}
