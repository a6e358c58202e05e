#include "load/pact_matching.h"

#include "graph/canonical.h"

void matching_keep(const Matching *matching, Text text) {
    pact_residue(matching->reader, matching->rule->place, text, matching->matcher);
}

static void keep_matcher(const Matching *matching) {
    matching_keep(matching, pact_matcher_text(matching->reader->arena, matching->matcher));
}

Type *matching_unknown(const Matching *matching) {
    keep_matcher(matching);
    return spot_loose(matching->reader, matching->spot);
}

static const char *kind_word(const Node *example) {
    static const char *const words[] = {
        [NODE_NULL] = "null",     [NODE_BOOLEAN] = "a boolean", [NODE_NUMBER] = "a number",
        [NODE_STRING] = "a text", [NODE_SEQUENCE] = "an array", [NODE_MAPPING] = "an object",
    };
    return words[example->kind];
}

/* A matcher for scalars over an array or object reaches down to its scalars; what it says of the
 * whole is kept aside. */
static Type *scalar_type(const Matching *matching, KindSet kinds) {
    const Node *example = matching->spot->example;
    if (!example || (example->kind != NODE_SEQUENCE && example->kind != NODE_MAPPING))
        return pact_type(matching->reader, kinds, example);
    matching_keep(matching, text_format(matching->reader->arena, "%.*s on %s",
                                        TEXT_ARG(matching->word), kind_word(example)));
    return spot_loose(matching->reader, matching->spot);
}

/* A matcher that looks at a value's text looks at how a number or boolean is written, too. */
static bool is_written(const Matching *matching) {
    const Node *example = matching->spot->example;
    bool scalar = example && (example->kind == NODE_NUMBER || example->kind == NODE_BOOLEAN);
    return scalar && !matching->among &&
           (text_is(matching->word, "regex") || text_is(matching->word, "include"));
}

/* The Type for a matcher that looks at a value's text: of another kind than a string a pattern is
 * what no keyword of JSON Schema says, and only impact/ reads it. *matched is false where no
 * pattern can say it. */
static Type *text_type(const Matching *matching, bool *matched) {
    const Node *example = matching->spot->example;
    bool written = is_written(matching);
    *matched = written || !example || example->kind == NODE_STRING || example->kind == NODE_NULL;
    if (!*matched)
        matching_keep(matching, text_format(matching->reader->arena, "%.*s on %s",
                                            TEXT_ARG(matching->word), kind_word(example)));
    if (!*matched || written)
        return spot_loose(matching->reader, matching->spot);
    return pact_type(matching->reader, KIND_STRING, example);
}

static void set_pattern(const Matching *matching, Type *type, Text pattern) {
    type->string = arena_new_object(matching->reader->arena, StringKeywords);
    type->string->pattern = pattern;
}

/* ---- Scalars --------------------------------------------------------------------------------- */

static Type *make_equality(const Matching *matching) {
    return spot_exact(matching->reader, matching->spot);
}

static Type *make_number(const Matching *matching) {
    return scalar_type(matching, KIND_NUMBER);
}

/* By the specification it is written with digits behind the point. */
static Type *make_decimal(const Matching *matching) {
    return scalar_type(matching, KIND_FRACTION);
}

static Type *make_integer(const Matching *matching) {
    return scalar_type(matching, KIND_INTEGER);
}

static Type *make_boolean(const Matching *matching) {
    return scalar_type(matching, KIND_BOOLEAN);
}

static Type *make_null(const Matching *matching) {
    return scalar_type(matching, KIND_NULL);
}

/* Java, Ruby and Rust read `[a-z&&[^b]]` as an intersection, JavaScript and Python as characters:
 * what the consumer means is not known. */
static bool has_intersection(Text regex) {
    bool inside = false;
    for (size_t i = 0; i + 1 < regex.size; i++) {
        char c = regex.data[i];
        if (c == '\\')
            i++;
        else if (c == '[')
            inside = true;
        else if (c == ']')
            inside = false;
        else if (inside && c == '&' && regex.data[i + 1] == '&')
            return true;
    }
    return false;
}

static bool is_readable(const Matching *matching, const Node *regex) {
    PactReader *reader = matching->reader;
    Text key = text_format(reader->arena, "/%.*s", TEXT_ARG(regex->text));
    if (map_get_text(reader->readable, key))
        return true;
    if (!has_intersection(regex->text) &&
        pattern_accepts(regex->text, (Text){"", 0}) != ACCEPTANCE_UNPROVEN) {
        map_put_text(reader->readable, key, reader);
        return true;
    }
    if (pact_is_news(reader, key, node_place(regex)))
        diagnose(reader->diagnostics, PACT_REGEX_UNREADABLE, node_place(regex),
                 TEXT_ARG(regex->text));
    return false;
}

/* Pact matches the whole value. */
static Type *make_regex(const Matching *matching) {
    bool matched;
    Type *type = text_type(matching, &matched);
    const Node *regex = node_member(matching->matcher, TEXT("regex"));
    if (!regex || regex->kind != NODE_STRING)
        matching_keep(matching, TEXT("regex without a pattern"));
    else if (!is_readable(matching, regex))
        keep_matcher(matching);
    else if (matched)
        set_pattern(matching, type,
                    text_format(matching->reader->arena, "^(?:%.*s)$", TEXT_ARG(regex->text)));
    return type;
}

static Text escaped(Arena *arena, Text text) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] && strchr("^$\\.*+?()[]{}|/", text.data[i]))
            buffer_add_byte(&out, '\\');
        buffer_add_byte(&out, text.data[i]);
    }
    return buffer_text(&out);
}

static Type *make_include(const Matching *matching) {
    Arena *arena = matching->reader->arena;
    bool matched;
    Type *type = text_type(matching, &matched);
    const Node *value = node_member(matching->matcher, TEXT("value"));
    if (!value || value->kind == NODE_SEQUENCE || value->kind == NODE_MAPPING)
        matching_keep(matching, TEXT("include without a value"));
    else if (matched)
        set_pattern(matching, type, escaped(arena, pact_scalar_text(arena, value)));
    return type;
}

/* Semantic Versioning 2.0.0, its own expression (semver.org, FAQ) without named groups. */
static Type *make_semver(const Matching *matching) {
    bool matched;
    Type *type = text_type(matching, &matched);
    if (matched)
        set_pattern(matching, type,
                    TEXT("^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)"
                         "(?:-(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)"
                         "(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
                         "(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$"));
    return type;
}

/* The value is made anew each time, so it is free within its kind. Of what is sent here that is
 * made in a way that nobody knows (pact_generator.c). */
static Type *make_generated(const Matching *matching) {
    const Node *type = node_member(matching->matcher, TEXT("type"));
    if (matching->reader->direction == DIRECTION_REQUEST && type)
        matching_keep(matching, text_format(matching->reader->arena, "the generator %.*s",
                                            TEXT_ARG(type->text)));
    return spot_loose(matching->reader, matching->spot);
}

/* ---- Dates and times ------------------------------------------------------------------------- */

static Type *make_date_or_time(const Matching *matching) {
    bool matched, whole = true;
    Type *type = text_type(matching, &matched);
    if (!matched)
        return type;
    const Node *written = pact_matcher_format(matching->matcher);
    Text format = written ? pact_time_format(written->text, &whole) : (Text){0};
    if (written)
        type->format = whole ? format : (Text){0}; /* RFC 3339 has no time without an offset */
    else if (text_is(matching->word, "date"))
        type->format = TEXT("date");
    else if (text_is(matching->word, "time"))
        type->format = TEXT("time");
    else
        type->format = TEXT("date-time");
    if (!written && text_is(matching->word, "time"))
        whole = false; /* it has no zone */
    Text pattern = {0};
    if (written && !text_is(type->format, "date")) /* of which the format says all */
        pattern = pact_time_pattern(matching->reader->arena, written->text);
    if (pattern.data)
        set_pattern(matching, type, pattern);
    else if (!type->format.size || !whole)
        keep_matcher(matching);
    return type;
}

/* ---- Containers ------------------------------------------------------------------------------ */

Bound matcher_count(const Node *matcher, Text name) {
    const Node *count = node_member(matcher, name);
    if (!count || (count->kind != NODE_NUMBER && count->kind != NODE_STRING))
        return (Bound){0};
    for (size_t i = 0; i < count->text.size; i++)
        if (count->text.data[i] < '0' || count->text.data[i] > '9')
            return (Bound){0};
    return (Bound){count->text};
}

static Type *make_type(const Matching *matching) {
    Type *type = spot_loose(matching->reader, matching->spot);
    if (type->kinds == KIND_ARRAY && matching->own) {
        type->array->min_items = matcher_count(matching->matcher, TEXT("min"));
        type->array->max_items = matcher_count(matching->matcher, TEXT("max"));
    }
    return type;
}

static Type *make_not_empty(const Matching *matching) {
    Type *type = spot_loose(matching->reader, matching->spot);
    Bound one = {TEXT("1")};
    if (type->kinds == KIND_STRING) {
        type->string = arena_new_object(matching->reader->arena, StringKeywords);
        type->string->min_length = one;
    } else if (type->kinds == KIND_ARRAY) {
        type->array->min_items = one;
    } else if (type->kinds == KIND_OBJECT) {
        type->object->min_properties = one;
    } else if (!type->kinds) {
        keep_matcher(matching);
    }
    return type;
}

/* An object of any keys, or an array, whose values are all of `value`; NULL: of anything. */
static Type *collection_type(const Matching *matching, Type *value) {
    const Node *example = matching->spot->example;
    bool array = example && example->kind == NODE_SEQUENCE;
    Type *type = pact_type(matching->reader, array ? KIND_ARRAY : KIND_OBJECT, example);
    if (array) {
        type->array = arena_new_object(matching->reader->arena, ArrayKeywords);
        type->array->items = value;
    } else {
        type->object = arena_new_object(matching->reader->arena, ObjectKeywords);
        type->object->additional_properties = value;
    }
    return type;
}

static bool is_scalar(const Node *example) {
    return example && example->kind != NODE_SEQUENCE && example->kind != NODE_MAPPING;
}

static Type *make_values(const Matching *matching) {
    if (is_scalar(matching->spot->example))
        return matching_unknown(matching);
    return collection_type(matching, spot_any_child(matching->reader, matching->spot));
}

/* The `rules` of eachKey and eachValue as a rule of its own; NULL: there are none. */
static const MatchingRule *inner_rule(const Matching *matching) {
    PactReader *reader = matching->reader;
    MatchingRule rule = {.place = matching->rule->place, .origin = matching->rule->origin};
    matchers_read(reader->arena, reader->diagnostics, node_member(matching->matcher, TEXT("rules")),
                  &rule.matchers);
    return rule.matchers.count ? matching_rule_new(reader->arena, rule) : NULL;
}

/* One value under such a rule, which reaches down from there. */
static Type *inner_type(const Matching *matching, const MatchingRule *rule, Spot *spot) {
    PactReader *reader = matching->reader;
    Spot *ruled = spot_new(reader, standing_ruled(&spot->standing, rule), spot->example);
    ruled->plain = spot;
    return matchers_type(reader, &rule->matchers, false, rule, ruled, true);
}

static Type *make_each_value(const Matching *matching) {
    PactReader *reader = matching->reader;
    if (is_scalar(matching->spot->example))
        return matching_unknown(matching);
    size_t count = spot_child_count(matching->spot);
    Spot *children = spot_children(reader, matching->spot);
    const MatchingRule *rule = inner_rule(matching);
    Types types = {0};
    for (size_t i = 0; i < count; i++)
        array_push(reader->arena, &types,
                   rule ? inner_type(matching, rule, &children[i])
                        : spot_type(reader, &children[i]));
    if (!count && rule)
        array_push(reader->arena, &types,
                   inner_type(matching, rule, spot_new(reader, (Standing){0}, NULL)));
    return collection_type(matching, pact_join(reader, &types, true, matching->spot->example));
}

static Type *make_each_key(const Matching *matching) {
    PactReader *reader = matching->reader;
    const Node *example = matching->spot->example;
    if (example && example->kind != NODE_MAPPING)
        return matching_unknown(matching);
    Text name = example && example->count ? example->members[0].key : (Text){0};
    const Node *key = pact_string_node(reader->arena, name, example ? example : matching->matcher);
    Type *type = collection_type(matching, NULL);
    const MatchingRule *rule = inner_rule(matching);
    if (rule)
        type->object->property_names =
            inner_type(matching, rule, spot_new(reader, (Standing){0}, key));
    else
        matching_keep(matching, TEXT("eachKey without rules"));
    return type;
}

/* ---- The table ------------------------------------------------------------------------------- */

/* Nobody knows what it asks for. */
static Type *make_unheard(const Matching *matching) {
    PactReader *reader = matching->reader;
    Diagnostics *diagnostics = reader->diagnostics;
    Place place = node_place(matching->matcher);
    if (!matching->word.size && pact_is_news(reader, TEXT("unsaid"), place))
        diagnose(diagnostics, PACT_MATCHER_UNSAID, place, "match");
    if (matching->word.size && pact_is_news(reader, matching->word, place))
        diagnose(diagnostics, PACT_MATCHER_UNKNOWN, place, TEXT_ARG(matching->word));
    return matching_unknown(matching);
}

static Type *make_content_type(const Matching *matching) {
    bool root = text_is(matching->rule->place, "response.body") ||
                text_is(matching->rule->place, "request.body") ||
                text_is(matching->rule->place, "message.body");
    if (!root || !pact_is_own_content_type(matching->reader, matching->matcher))
        keep_matcher(matching);
    return spot_loose(matching->reader, matching->spot);
}

typedef Type *MakeType(const Matching *matching);

static const struct {
    const char *word;
    MakeType *make;
} makers[] = {
    {"type", make_type},
    {"min", make_type},
    {"max", make_type},
    {"equality", make_equality},
    {"regex", make_regex},
    {"integer", make_integer},
    {"decimal", make_decimal},
    {"real", make_decimal},
    {"number", make_number},
    {"boolean", make_boolean},
    {"null", make_null},
    {"date", make_date_or_time},
    {"time", make_date_or_time},
    {"timestamp", make_date_or_time},
    {"datetime", make_date_or_time},
    {"include", make_include},
    {"semver", make_semver},
    {GENERATOR_WORD, make_generated},
    {"notEmpty", make_not_empty},
    {"values", make_values},
    {"eachKey", make_each_key},
    {"eachValue", make_each_value},
    {"arrayContains", make_array_contains},
    {"contentType", make_content_type},
    {"statusCode", matching_unknown}, /* a status has no Type: pact_status.c reads it */
};

static MakeType *maker_of(Text word) {
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (text_is(word, makers[i].word))
            return makers[i].make;
    return make_unheard;
}

static KindSet kinds_of(const Type *type) {
    static const KindSet kinds[] = {
        [NODE_NULL] = KIND_NULL,     [NODE_BOOLEAN] = KIND_BOOLEAN, [NODE_NUMBER] = KIND_NUMBER,
        [NODE_STRING] = KIND_STRING, [NODE_SEQUENCE] = KIND_ARRAY,  [NODE_MAPPING] = KIND_OBJECT,
    };
    if (type->constant)
        return kinds[type->constant->kind];
    return type->kinds ? type->kinds : KIND_ANY;
}

/* Matchers that no value meets together are kept aside: what they rule would make all that is
 * around it impossible. */
static bool exclude_each_other(const Types *types) {
    KindSet kinds = KIND_ANY;
    for (size_t i = 0; i < types->count; i++)
        kinds &= kinds_of(types->items[i]);
    return !kinds;
}

static Type *keep_together(PactReader *reader, const MatchingRule *rule, Spot *spot) {
    Buffer words = {.arena = reader->arena};
    for (size_t i = 0; i < rule->matchers.count; i++) {
        buffer_add(&words, i ? TEXT(" and ") : TEXT(""));
        buffer_add(&words, matcher_word(rule->matchers.items[i]));
    }
    buffer_add(&words, TEXT(", which no value meets together"));
    pact_residue(reader, rule->place, buffer_text(&words), rule->origin);
    return spot_loose(reader, spot);
}

Type *matchers_type(PactReader *reader, const Matchers *matchers, bool any,
                    const MatchingRule *rule, Spot *spot, bool own) {
    Types types = {0};
    for (size_t i = 0; i < matchers->count; i++) {
        Matching matching = {
            .reader = reader,
            .matcher = matchers->items[i],
            .word = matcher_word(matchers->items[i]),
            .rule = rule,
            .spot = spot,
            .own = own,
            .among = any && matchers->count > 1,
        };
        array_push(reader->arena, &types, maker_of(matching.word)(&matching));
    }
    if (!any && exclude_each_other(&types))
        return keep_together(reader, rule, spot);
    return pact_join(reader, &types, any, spot->example);
}
