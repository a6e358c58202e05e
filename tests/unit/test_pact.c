/* What the pact loader makes of interactions, bodies and matching rules. Types are shown in a short
 * notation, so that a test reads as "this pact needs that shape":
 *   =1 a constant · string/re/ a pattern · string:date a format · array<T>{1..} items and counts
 *   [T, T] prefix items · {a: T} an object with its required keys, `!` where it takes no others,
 *   `*: T` additional ones, `keys T` property names · array~T contains · (A | B) any · (A & B) all
 */
#include "load/load.h"

#include "check.h"

/* ---- Notation -------------------------------------------------------------------------------- */

static void show(Buffer *out, const Type *type);

static void show_counts(Buffer *out, Bound low, Bound high) {
    if (low.digits.data || high.digits.data)
        buffer_format(out, "{%.*s..%.*s}", TEXT_ARG(low.digits), TEXT_ARG(high.digits));
}

static void show_array(Buffer *out, const ArrayKeywords *array) {
    for (size_t i = 0; i < array->prefix_items.count; i++) {
        buffer_add(out, i ? TEXT(", ") : TEXT("["));
        show(out, array->prefix_items.items[i]);
    }
    if (array->prefix_items.count)
        buffer_add(out, TEXT("]"));
    if (array->items) {
        buffer_add(out, TEXT("<"));
        show(out, array->items);
        buffer_add(out, TEXT(">"));
    }
    if (array->contains) {
        buffer_add(out, TEXT("~"));
        show(out, array->contains);
    }
    show_counts(out, array->min_items, array->max_items);
}

static void show_object(Buffer *out, const ObjectKeywords *object) {
    const char *comma = "";
    buffer_add(out, TEXT("{"));
    for (size_t i = 0; i < object->properties.count; i++, comma = ", ") {
        buffer_format(out, "%s%.*s: ", comma, TEXT_ARG(object->properties.items[i].name));
        show(out, object->properties.items[i].type);
    }
    CHECK(object->required.count == object->properties.count);
    if (object->additional_properties && !object->additional_properties->never) {
        buffer_format(out, "%s*: ", comma);
        show(out, object->additional_properties);
        comma = ", ";
    }
    if (object->property_names) {
        buffer_format(out, "%skeys ", comma);
        show(out, object->property_names);
    }
    buffer_add(out, TEXT("}"));
    if (object->additional_properties && object->additional_properties->never)
        buffer_add(out, TEXT("!"));
    show_counts(out, object->min_properties, object->max_properties);
}

static void show_kinds(Buffer *out, KindSet kinds) {
    static const struct {
        KindSet kinds;
        const char *word;
    } words[] = {{KIND_NULL, "null"},     {KIND_BOOLEAN, "boolean"}, {KIND_INTEGER, "integer"},
                 {KIND_NUMBER, "number"}, {KIND_STRING, "string"},   {KIND_ARRAY, "array"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (kinds == words[i].kinds)
            buffer_add(out, text_from(words[i].word));
    if (!kinds)
        buffer_add(out, TEXT("anything"));
}

static void show(Buffer *out, const Type *type) {
    if (type->combinators) {
        bool any = type->combinators->any_of.count > 0;
        size_t count = any ? type->combinators->any_of.count : type->combinators->all_of.count;
        Type **types = any ? type->combinators->any_of.items : type->combinators->all_of.items;
        for (size_t i = 0; i < count; i++) {
            buffer_add(out, i == 0 ? TEXT("(") : any ? TEXT(" | ") : TEXT(" & "));
            show(out, types[i]);
        }
        buffer_add(out, TEXT(")"));
        return;
    }
    if (type->constant) {
        buffer_add(out, TEXT("="));
        buffer_add(out, node_to_json(out->arena, type->constant, SIZE_MAX));
        return;
    }
    show_kinds(out, type->kinds);
    if (type->format.size)
        buffer_format(out, ":%.*s", TEXT_ARG(type->format));
    if (type->string && type->string->pattern.data)
        buffer_format(out, "/%.*s/", TEXT_ARG(type->string->pattern));
    if (type->string)
        show_counts(out, type->string->min_length, type->string->max_length);
    if (type->array)
        show_array(out, type->array);
    if (type->object)
        show_object(out, type->object);
}

static Text shown(Arena *arena, const Type *type) {
    Buffer out = {.arena = arena};
    if (!type)
        return TEXT("none");
    show(&out, type);
    return buffer_text(&out);
}

/* ---- Loading --------------------------------------------------------------------------------- */

typedef struct Loaded {
    Expectations expectations;
    Diagnostics diagnostics;
    const Document *document;
    bool loaded;
} Loaded;

static const Document *parse(Arena *arena, Diagnostics *diagnostics, Text text) {
    Source source = {.kind = SOURCE_FILE,
                     .name = TEXT("pact.json"),
                     .file = TEXT("pact.json"),
                     .path = TEXT("pact.json"),
                     .bytes = text};
    return document_parse(arena, diagnostics, source);
}

static Loaded *load(Arena *arena, Text text) {
    Loaded *loaded = arena_new_object(arena, Loaded);
    loaded->diagnostics.arena = arena;
    loaded->document = parse(arena, &loaded->diagnostics, text);
    CHECK(loaded->document != NULL);
    uint32_t *next_type_id = arena_new_object(arena, uint32_t);
    LoadOptions options = {.next_type_id = next_type_id};
    if (loaded->document)
        loaded->loaded = load_pact(arena, &loaded->diagnostics, NULL, loaded->document, &options,
                                   &loaded->expectations);
    return loaded;
}

/* A pact of `version` with one interaction, which must load. */
static const Interaction *load_one(Arena *arena, const char *version, const char *request,
                                   const char *response) {
    Text text = text_format(
        arena,
        "{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, \"interactions\": [\n"
        "{\"description\": \"d\", \"request\": {\"method\": \"post\", \"path\": \"/p\"%s%s},\n"
        "\"response\": {\"status\": 200%s%s}}],\n"
        "\"metadata\": {\"pactSpecification\": {\"version\": \"%s\"}}}",
        *request ? ", " : "", request, *response ? ", " : "", response, version);
    Loaded *loaded = load(arena, text);
    CHECK(loaded->loaded);
    for (size_t i = 0; i < loaded->diagnostics.list.count; i++)
        printf("%.*s\n", TEXT_ARG(loaded->diagnostics.list.items[i].message));
    static const Interaction none;
    CHECK(loaded->expectations.interactions.count == 1);
    return loaded->expectations.interactions.count ? loaded->expectations.interactions.items[0]
                                                   : &none;
}

/* The shape of a response body of version 3 under `rules`. */
static Text body(Arena *arena, const char *example, const char *rules) {
    Text response =
        text_format(arena, "\"body\": %s, \"matchingRules\": {\"body\": {%s}}", example, rules);
    return shown(arena, load_one(arena, "3.0.0", "", response.data)->response_body.type);
}

#define RULE(path, matcher) "\"" path "\": {\"matchers\": [" matcher "]}"
#define TYPE                "{\"match\": \"type\"}"

static Text residues(Arena *arena, const Interaction *interaction) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < interaction->residues.count; i++)
        buffer_format(&out, "%s%.*s: %.*s", i ? "; " : "",
                      TEXT_ARG(interaction->residues.items[i].place),
                      TEXT_ARG(interaction->residues.items[i].matcher));
    return out.size ? buffer_text(&out) : TEXT("");
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
                        "\"response\": {\"matchingRules\": {\"body\": {\n  \"%s\": {}}}}}]}",
                        bad[i]));
        /* `$.a]b[0` lacks its last bracket; a `]` within a name is the name's. */
        CHECK(!loaded->loaded);
        CHECK(loaded->diagnostics.list.count == 1);
        if (loaded->diagnostics.list.count) {
            CHECK(loaded->diagnostics.list.items[0].id == DIAGNOSTIC_PACT_RULE_PATH);
            CHECK(loaded->diagnostics.list.items[0].place.line == 4);
            CHECK(loaded->diagnostics.list.items[0].place.column == 3);
        }
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
    CHECK_TEXT(matched(arena, "1", "{\"match\": \"decimal\"}"), "{a: number}");
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
    CHECK_TEXT(matched(arena, "\"1.0.0\"", "{\"match\": \"semver\"}"),
               "{a: string} | response.body.a: semver");
}

static void regular_expressions(Arena *arena) {
    CHECK_TEXT(matched(arena, "\"x\"", "{\"match\": \"regex\", \"regex\": \"a|b\"}"),
               "{a: string/^(?:a|b)$/}");
    CHECK_TEXT(matched(arena, "\"x\"", "{\"regex\": \"a\"}"), "{a: string/^(?:a)$/}");
    CHECK_TEXT(matched(arena, "12", "{\"match\": \"regex\", \"regex\": \"\\\\d+\"}"),
               "{a: number} | response.body.a: regex on a number");
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
         "{a: string} | response.body.a: date dd/MM/yyyy"},
        {"{\"date\": \"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\"}", "{a: string:date-time}"},
        {"{\"match\": \"timestamp\", \"timestamp\": \"yyyy-MM-dd'T'HH:mm:ssXXX\"}",
         "{a: string:date-time}"},
        {"{\"match\": \"datetime\", \"format\": \"yyyy-MM-dd'T'HH:mm:ss\"}",
         "{a: string:date-time} | response.body.a: datetime yyyy-MM-dd'T'HH:mm:ss"},
        {"{\"match\": \"datetime\"}", "{a: string:date-time}"},
        {"{\"match\": \"time\", \"format\": \"HH:mm:ssX\"}", "{a: string:time}"},
        {"{\"match\": \"time\", \"format\": \"HH:mm\"}",
         "{a: string} | response.body.a: time HH:mm"},
        {"{\"match\": \"time\"}", "{a: string} | response.body.a: time"},
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
    CHECK_TEXT(body(arena, "\"x\"", any.data), "none"); /* a text without a content type */
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
        "{a: (array~{n: integer} & array~{n: =\"x\"})}");
    CHECK_TEXT(
        matched(arena, "[1]", "{\"match\": \"arrayContains\", \"variants\": [{\"index\": 0}]}"),
        "{a: array~=1}");
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
               "{a: number} | response.body.a: a rule without `match`");
    CHECK_TEXT(matched(arena, "1", "{\"match\": 7}"),
               "{a: number} | response.body.a: a rule without `match`");
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
        {"[200, 204, 201]", "200", "204", "response.status: statusCode"},
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
    static const char *const cases[][4] = {
        {"2.0.0", "\"body\": {\"a\": 1}", "application/json", "{a: =1}"},
        {"2.0.0", "\"body\": \"text\"", "text/plain", "none"},
        {"2.0.0", "\"body\": \"<a/>\"", "application/xml", "none"},
        {"2.0.0",
         "\"headers\": {\"content-type\": \"application/hal+json; charset=utf-8\"}, "
         "\"body\": \"{}\"",
         "application/hal+json; charset=utf-8", "=\"{}\""},
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
         "image/png", "none"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Interaction *interaction = load_one(arena, cases[i][0], "", cases[i][1]);
        CHECK_TEXT(interaction->response_body.content_type, cases[i][2]);
        CHECK_TEXT(shown(arena, interaction->response_body.type), cases[i][3]);
        CHECK(interaction->residues.count == 0);
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
               "response.body.a['@id']: type; response.body: contentType text/xml");
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
    RUN(example_alone_is_exact);
    RUN(request_takes_no_other_keys);
    RUN(types_keep_the_place_of_the_example);
    RUN(type_reaches_down);
    RUN(the_heavier_rule_wins);
    RUN(expressions_come_in_all_spellings);
    RUN(unreadable_expressions_are_told);
    RUN(each_like_gives_items);
    RUN(scalars_by_matcher);
    RUN(regular_expressions);
    RUN(dates_and_times);
    RUN(several_matchers);
    RUN(maps_of_any_keys);
    RUN(array_contains_variants);
    RUN(unknown_matchers_are_kept);
    RUN(nesting_does_not_multiply);
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
    RUN(versions_and_states);
    RUN(old_provider_states);
    RUN(messages_are_counted);
    RUN(bad_files_are_told);
    RUN(pacts_are_known_by_content);
    return check_finish();
}
