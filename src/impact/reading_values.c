#include "impact/common.h"
#include "impact/spot.h"

#include "graph/formats.h"
#include "graph/pattern.h"
#include "support/decimal.h"

/* ---- Kinds of value -------------------------------------------------------------------------- */

static const struct {
    KindSet kind;
    NodeKind node;
    const char *word;
} kind_words[] = {
    {KIND_NULL, NODE_NULL, "null"},         {KIND_BOOLEAN, NODE_BOOLEAN, "boolean"},
    {KIND_INTEGER, NODE_NUMBER, "integer"}, {KIND_FRACTION, NODE_NUMBER, "number"},
    {KIND_STRING, NODE_STRING, "string"},   {KIND_ARRAY, NODE_SEQUENCE, "array"},
    {KIND_OBJECT, NODE_MAPPING, "object"},
};

enum { KIND_WORDS = sizeof kind_words / sizeof *kind_words };

static bool says_nothing(KindSet kinds) {
    return (kinds | KIND_NULL) == KIND_ANY;
}

/* The kinds that the consumer takes: of numbers that are to have a fraction, no integers. */
static KindSet kinds_read(const Spot *spot) {
    const Canonical *canonical = meet_canonical(spot->expected);
    bool fractions = meet_canonical(spot->provided)->kinds & KIND_FRACTION;
    if (fractions && exact_value(spot) && (canonical->kinds & KIND_INTEGER))
        return canonical->kinds | KIND_FRACTION; /* that it has none now is the state's doing */
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind == ALTERNATIVE_NUMBER &&
            conjunction_kinds(alternative->from) & KIND_INTEGER)
            return canonical->kinds;
    }
    return canonical->kinds & (KIND_ANY & ~(KindSet)KIND_INTEGER);
}

/* One reason for each kind that only one side has: `extra` are kinds that the other lacks. A
 * further kind is a further reason, one fewer is none. */
static void note_kinds(const Spot *spot, const Change *change, KindSet extra, bool disjoint) {
    Arena *run = spot->holding->run;
    KindSet kinds = kinds_read(spot);
    Text wanted = kinds_name(run, kinds & KIND_FRACTION ? kinds | KIND_INTEGER : kinds);
    if (kinds == KIND_FRACTION)
        wanted = TEXT("a number with a fraction");
    Text given = kinds_name(run, meet_canonical(spot->provided)->kinds);
    Text location = place_location(spot->place);
    Reason reason = {.level = disjoint ? CONTRADICTED : NOT_GUARANTEED};
    const char *alone = kinds == KIND_NULL && !disjoint ? " alone" : "";
    reason.message = text_format(run, "`%.*s` is %.*s in the description, not %.*s%s",
                                 TEXT_ARG(location), TEXT_ARG(given), TEXT_ARG(wanted), alone);
    for (size_t i = 0; i < KIND_WORDS; i++) {
        if (!(extra & kind_words[i].kind))
            continue;
        reason.id = kind_words[i].kind == KIND_NULL ? REASON_NULL_VALUE : REASON_KIND;
        reason.detail = reason.id == REASON_KIND ? text_from(kind_words[i].word) : (Text){0};
        note_here(spot, change, reason);
    }
    if (!extra) {
        reason.id = REASON_KIND;
        note_here(spot, change, reason);
    }
}

static bool kinds_disjoint(KindSet a, KindSet b) {
    return !(a & b);
}

static bool is_described(const Alternative *alternative, KindSet wanted) {
    return (wanted == KIND_OBJECT && alternative->kind == ALTERNATIVE_OBJECT &&
            alternative->object.properties.count) ||
           (wanted == KIND_ARRAY && alternative->kind == ALTERNATIVE_ARRAY &&
            !meet_is_anything(alternative->array.items));
}

static bool has_types(const Conjunction *all, const Conjunction *some) {
    size_t found = 0;
    for (size_t i = 0; i < all->types.count && found < some->types.count; i++)
        found += all->types.items[i] == some->types.items[found];
    return found == some->types.count;
}

/* Whoever describes properties or items without a `type` means an object, or a list: the other
 * kinds are of the same schemas, and not of another alternative that says nothing. */
static bool is_of_described(const Canonical *canonical, const Alternative *alternative,
                            KindSet wanted) {
    bool meant = is_described(alternative, wanted) || alternative->kind == ALTERNATIVE_NULL;
    for (size_t i = 0; !meant && i < canonical->alternatives.count; i++)
        meant = is_described(canonical->alternatives.items[i], wanted) &&
                has_types(alternative->from, canonical->alternatives.items[i]->from);
    return meant;
}

static bool is_meant(const Canonical *canonical, KindSet wanted) {
    bool described = false;
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        described |= is_described(canonical->alternatives.items[i], wanted);
        if (!is_of_described(canonical, canonical->alternatives.items[i], wanted))
            return false;
    }
    for (size_t i = 0; i < canonical->absorbed.count; i++)
        if (!is_of_described(canonical, canonical->absorbed.items[i], wanted))
            return false;
    return described;
}

void read_kinds_received(const Spot *spot, const Change *change) {
    if (!spot->expected || !spot->provided)
        return;
    KindSet wanted = kinds_read(spot);
    KindSet given = meet_canonical(spot->provided)->kinds;
    if (says_nothing(given)) {
        if (is_meant(meet_canonical(spot->provided), wanted))
            return;
        note_here(spot, change,
                  (Reason){NOT_GUARANTEED,
                           false,
                           REASON_ANYTHING,
                           {0},
                           say_of(spot, "has no type in the description")});
        return;
    }
    bool disjoint = kinds_disjoint(wanted, given);
    KindSet extra = given & ~wanted;
    if (wanted & given & KIND_FRACTION)
        extra &= ~(KindSet)KIND_INTEGER; /* whether a number has a fraction, its value decides */
    if (wanted != KIND_NULL && !disjoint)
        extra &= ~(KindSet)KIND_NULL;
    if (extra || disjoint)
        note_kinds(spot, change, extra, disjoint);
}

void read_kinds_sent(const Spot *spot, const Change *change) {
    if (!spot->expected || !spot->provided || !effect_hurts(change))
        return;
    KindSet sent = meet_canonical(spot->expected)->kinds;
    KindSet taken = meet_canonical(spot->provided)->kinds;
    bool refused = kinds_disjoint(sent, taken);
    for (size_t i = 0; spot->example && i < KIND_WORDS; i++)
        if (kind_words[i].node == spot->example->kind)
            refused |=
                !(taken & (kind_words[i].node == NODE_NUMBER ? KIND_NUMBER : kind_words[i].kind));
    note_kinds(spot, change, sent & ~taken, refused);
}

void read_null_received(const Spot *spot, const Change *change) {
    if (spot->provided && says_nothing(meet_canonical(spot->provided)->kinds))
        return; /* the missing type is the reason */
    note_here(spot, change,
              (Reason){NOT_GUARANTEED,
                       false,
                       REASON_NULL_VALUE,
                       {0},
                       say_of(spot, "may be null in the description")});
}

void read_null_sent(const Spot *spot, const Change *change) {
    bool sends_null = spot->example && spot->example->kind == NODE_NULL;
    note_here(spot, change,
              (Reason){sends_null ? CONTRADICTED : NOT_GUARANTEED,
                       false,
                       REASON_NULL_VALUE,
                       {0},
                       say_of(spot, "can't be null in the description")});
}

/* ---- Values ---------------------------------------------------------------------------------- */

static Reason never_reason(const Spot *spot) {
    Arena *run = spot->holding->run;
    const Node *value = exact_value(spot);
    Text text = value ? node_to_json(run, value, VALUE_WIDTH) : TEXT("what the pact expects");
    Text location = place_location(spot->place);
    const char *verb = is_response(spot) ? "is never" : "does not take";
    return (Reason){CONTRADICTED, false, REASON_NO_SUCH_VALUE, text,
                    text_format(run, "`%.*s` %s %.*s in the description", TEXT_ARG(location), verb,
                                TEXT_ARG(text))};
}

/* Whether the consumer takes none of the values that may come. */
static bool has_no_common_value(const Spot *spot) {
    return is_response(spot) && spot->expected && spot->provided &&
           !types_in_common(spot->expected, spot->provided);
}

/* The pact lists values, the description does not. */
void read_free_values(const Spot *spot, const Change *change) {
    Acceptance acceptance = listed_acceptance(spot);
    Reason never = never_reason(spot);
    if (acceptance == ACCEPTANCE_UNPROVEN)
        never.level = NOT_GUARANTEED;
    if (acceptance != ACCEPTED && (acceptance == REFUSED || is_response(spot)))
        note_here(spot, change, never);
    if (acceptance == REFUSED)
        return;
    if (is_response(spot))
        note_here(spot, change,
                  (Reason){NOT_GUARANTEED,
                           is_exact(spot),
                           REASON_ANY_VALUE,
                           {0},
                           say_of(spot, "may hold other values than the pact's")});
    else if (effect_hurts(change))
        note_here(spot, change,
                  (Reason){NOT_GUARANTEED,
                           false,
                           REASON_VALUE,
                           {0},
                           say_of(spot, "may not take what the pact sends")});
}

void read_further_value(const Spot *spot, const Change *change) {
    Arena *run = spot->holding->run;
    Text value = change_attribute(change, ATTRIBUTE_VALUE);
    Text location = place_location(spot->place);
    note_here(spot, change,
              (Reason){NOT_GUARANTEED, is_exact(spot), REASON_FURTHER_VALUE, value,
                       text_format(run, "`%.*s` may be %.*s in the description", TEXT_ARG(location),
                                   TEXT_ARG(value))});
}

/* A value that the pact lists and the description does not. */
void read_missing_value(const Spot *spot, const Change *change) {
    if (is_response(spot)) {
        if (listed_acceptance(spot) == REFUSED)
            note_here(spot, change, never_reason(spot));
        return;
    }
    bool sent = is_exact(spot) || example_refused(spot);
    Reason reason = never_reason(spot);
    reason.level = sent ? CONTRADICTED : NOT_GUARANTEED;
    reason.detail = change_attribute(change, ATTRIBUTE_VALUE);
    note_here(spot, change, reason);
}

/* The description lists values, the pact does not: each that the pact can't take is a reason. */
void read_listed_values(const Spot *spot, const Change *change) {
    if (!effect_hurts(change) || !spot->expected || !spot->provided)
        return;
    Arena *run = spot->holding->run;
    if (!is_response(spot)) {
        Reason reason = {NOT_GUARANTEED,
                         false,
                         REASON_LISTED_VALUES,
                         {0},
                         say_of(spot, "takes listed values only")};
        reason.level = example_refused(spot) ? CONTRADICTED : NOT_GUARANTEED;
        note_here(spot, change, reason);
        return;
    }
    const Canonical *canonical = meet_canonical(spot->provided);
    Text location = place_location(spot->place);
    /* Where the consumer takes none of the listed values, nothing is left to hope for. */
    Satisfaction level = has_no_common_value(spot) ? CONTRADICTED : NOT_GUARANTEED;
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Values *values = canonical->alternatives.items[i]->values;
        for (size_t j = 0; values && j < values->count; j++) {
            if (meet_accepts_strictly(spot->expected, values->items[j], DIRECTION_RESPONSE) ==
                ACCEPTED)
                continue;
            Text value = node_to_json(run, values->items[j], VALUE_WIDTH);
            note_here(spot, change,
                      (Reason){level, false, REASON_FURTHER_VALUE, value,
                               text_format(run, "`%.*s` may be %.*s in the description",
                                           TEXT_ARG(location), TEXT_ARG(value))});
        }
    }
}

/* ---- Facets ---------------------------------------------------------------------------------- */

/* Whether all texts of the description's formats match what the pact asks for. */
static bool formats_match(const Spot *spot) {
    const Alternative *expected =
        only_alternative(spot->expected, spot->expected_variant, ALTERNATIVE_STRING);
    const Alternative *provided =
        only_alternative(spot->provided, spot->provided_variant, ALTERNATIVE_STRING);
    if (!expected || !provided || !provided->string.formats.count)
        return false;
    StringFacets texts = texts_with_formats(provided->string.known, &provided->string);
    for (size_t i = 0; i < expected->string.patterns.count; i++)
        if (texts_match(provided->string.known, &texts, expected->string.patterns.items[i], NULL) !=
            INCLUDED)
            return false;
    return true;
}

/* Whether a format of numbers takes all that consumers send as one: what is beyond 64 bits, or not
 * exact as a double, is no number that a matcher for them has in mind. */
static bool takes_any_number(const Spot *spot, Text format) {
    Text least, greatest;
    return !is_response(spot) && format_is_of_numbers(format) &&
           only_alternative(spot->provided, spot->provided_variant, ALTERNATIVE_NUMBER) &&
           (!format_range(format, &least, &greatest) || format_includes(format, TEXT("int64")));
}

/* Who sends by type sends what its example is like: a format that takes the example takes that. */
static bool sends_like_example(const Spot *spot) {
    return !is_response(spot) && spot->example && !is_generated(spot) && !expects_pattern(spot) &&
           provider_accepts(spot, spot->example) == ACCEPTED;
}

void read_facet(const Spot *spot, const Change *change) {
    Arena *run = spot->holding->run;
    Text from = change_attribute(change, ATTRIBUTE_FROM);
    Text to = change_attribute(change, ATTRIBUTE_TO);
    ReasonId id = change->kind == CHANGE_PATTERN_CHANGED  ? REASON_PATTERN
                  : change->kind == CHANGE_FORMAT_CHANGED ? REASON_FORMAT
                                                          : REASON_CONTENT;
    const char *word = reason_word(id);
    if (has_no_common_value(spot)) {
        note_here(spot, change, never_reason(spot));
        return;
    }
    if (id == REASON_PATTERN && is_response(spot) && formats_match(spot))
        return;
    if (id == REASON_FORMAT && is_response(spot) && expects_pattern(spot) && spot->example &&
        provider_accepts(spot, spot->example) != ACCEPTED) {
        Reason never = never_reason(spot);
        never.level = NOT_GUARANTEED;
        note_here(spot, change, never);
    }
    if (!effect_hurts(change) || (change->kind == CHANGE_CONTENT_CHANGED && !from.size))
        return;
    bool refused = !is_response(spot) && example_refused(spot);
    bool plain = id == REASON_FORMAT && !from.size && !refused;
    if (plain && (takes_any_number(spot, to) || sends_like_example(spot)))
        return;
    Text location = place_location(spot->place);
    Text message =
        to.size ? text_format(run, "`%.*s` has the %s `%.*s` in the description",
                              TEXT_ARG(location), word, TEXT_ARG(to))
                : text_format(run, "`%.*s` has no %s in the description", TEXT_ARG(location), word);
    note_here(spot, change,
              (Reason){refused ? CONTRADICTED : NOT_GUARANTEED, false,
                       to.size ? id : REASON_ANY_VALUE, to, message});
}

static bool is_count(Text keyword) {
    return text_is(keyword, "minItems") || text_is(keyword, "maxItems") ||
           text_is(keyword, "minProperties") || text_is(keyword, "maxProperties");
}

/* Whether no count is left that both sides take. */
static bool counts_disjoint(const Spot *spot) {
    const Alternative *sides[] = {
        only_alternative(spot->expected, spot->expected_variant, ALTERNATIVE_ARRAY),
        only_alternative(spot->provided, spot->provided_variant, ALTERNATIVE_ARRAY),
    };
    if (!sides[0] || !sides[1])
        return false;
    for (size_t side = 0; side < 2; side++) {
        Bound low = sides[side]->array.min_items, high = sides[!side]->array.max_items;
        if (low.digits.size && high.digits.size && decimal_compare(low.digits, high.digits) > 0)
            return true;
    }
    return false;
}

void read_bound(const Spot *spot, const Change *change) {
    Arena *run = spot->holding->run;
    Text keyword = change_attribute(change, ATTRIBUTE_KEYWORD);
    Text to = change_attribute(change, ATTRIBUTE_TO);
    bool count = is_count(keyword), disjoint = count && to.size && counts_disjoint(spot);
    if (!count && has_no_common_value(spot)) {
        note_here(spot, change, never_reason(spot));
        return;
    }
    if (!effect_hurts(change) && !disjoint)
        return;
    bool refused = disjoint || (!is_response(spot) && example_refused(spot));
    Text location = place_location(spot->place);
    Text message = to.size ? text_format(run, "`%.*s` has %.*s %.*s in the description",
                                         TEXT_ARG(location), TEXT_ARG(keyword), TEXT_ARG(to))
                           : text_format(run, "`%.*s` has no %.*s in the description",
                                         TEXT_ARG(location), TEXT_ARG(keyword));
    Text detail = text_format(run, "%.*s:%.*s", TEXT_ARG(keyword), TEXT_ARG(to));
    note_here(spot, change,
              (Reason){refused ? CONTRADICTED : NOT_GUARANTEED, count && is_response(spot),
                       REASON_BOUND, detail, message});
}

void read_unique(const Spot *spot, const Change *change) {
    if (effect_hurts(change))
        note_here(
            spot, change,
            (Reason){!is_response(spot) && example_refused(spot) ? CONTRADICTED : NOT_GUARANTEED,
                     is_response(spot),
                     REASON_UNIQUE,
                     {0},
                     say_of(spot, is_response(spot) ? "may hold equal items in the description"
                                                    : "may not hold equal items")});
}
