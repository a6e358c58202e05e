#include "impact/reading.h"

#include "support/decimal.h"

enum { VALUE_WIDTH = 60 };

/* ---- What a spot says ------------------------------------------------------------------------ */

Text place_location(Text place) {
    size_t dot = text_find_byte(place, '.', 0);
    bool sided =
        text_starts_with(place, TEXT("response.")) || text_starts_with(place, TEXT("request."));
    return sided ? text_slice(place, dot + 1, place.size) : place;
}

static const char *value_name(Meet *expected, const Node *example) {
    static const char *const names[] = {
        [NODE_NULL] = "null",       [NODE_BOOLEAN] = "a boolean", [NODE_NUMBER] = "a number",
        [NODE_STRING] = "a string", [NODE_SEQUENCE] = "an array", [NODE_MAPPING] = "an object",
    };
    bool integer = expected && (meet_canonical(expected)->kinds & KIND_NUMBER) == KIND_INTEGER;
    if (example && example->kind == NODE_NUMBER && integer)
        return "an integer";
    return example ? names[example->kind] : NULL;
}

Text describe_need(Arena *run, Direction direction, Text place, Meet *expected,
                   const Node *example) {
    Text location = place_location(place);
    const char *verb = direction == DIRECTION_RESPONSE ? "reads" : "sends";
    const char *name = value_name(expected, example);
    if (!name)
        return text_format(run, "%s %.*s", verb, TEXT_ARG(location));
    return text_format(run, "%s %.*s as %s", verb, TEXT_ARG(location), name);
}

/* The single value that the expectation fixes here; NULL where it takes several. */
static const Node *exact_value(const Spot *spot) {
    const Alternative *only = spot->expected_variant;
    if (!only && spot->expected) {
        const Canonical *canonical = meet_canonical(spot->expected);
        only = canonical->alternatives.count == 1 ? canonical->alternatives.items[0] : NULL;
    }
    return only && only->values && only->values->count == 1 ? only->values->items[0] : NULL;
}

static bool is_exact(const Spot *spot) {
    return exact_value(spot) ||
           (spot->expected && meet_canonical(spot->expected)->kinds == KIND_NULL);
}

static Acceptance provider_accepts(const Spot *spot, const Node *value) {
    return spot->provided ? meet_accepts(spot->provided, value, spot->node->direction)
                          : ACCEPTANCE_UNPROVEN;
}

/* Whether the pact's own value is among those that the description refuses. */
static bool example_refused(const Spot *spot) {
    return spot->example && provider_accepts(spot, spot->example) == REFUSED;
}

/* The best that the description says of any value that the expectation lists. */
static Acceptance listed_acceptance(const Spot *spot) {
    const Canonical *canonical = meet_canonical(spot->expected);
    Acceptance best = REFUSED;
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Values *values = canonical->alternatives.items[i]->values;
        for (size_t j = 0; values && j < values->count && best != ACCEPTED; j++) {
            Acceptance found = provider_accepts(spot, values->items[j]);
            best = found == REFUSED ? best : found;
        }
    }
    return best;
}

static bool is_response(const Spot *spot) {
    return spot->node->direction == DIRECTION_RESPONSE;
}

/* ---- Noting ---------------------------------------------------------------------------------- */

typedef struct Reason {
    Satisfaction level;
    bool by_state;
    Text key, message;
} Reason;

static bool is_about_values(Text key) {
    static const char *const words[] = {"value", "any", "listed", "pattern", "format"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_starts_with(key, text_from(words[i])))
            return true;
    return false;
}

/* The pattern that the expectation fixes here; data NULL where there is none. */
static Text expected_pattern(const Spot *spot) {
    const Canonical *canonical = spot->expected ? meet_canonical(spot->expected) : NULL;
    for (size_t i = 0; canonical && i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind == ALTERNATIVE_STRING && !alternative->values &&
            alternative->string.patterns.count)
            return alternative->string.patterns.items[0];
    }
    return (Text){0};
}

/* Where values are the reason, those that the consumer takes or sends are named. */
static Text need_at(const Spot *spot, Text key) {
    Arena *run = spot->holding->run;
    Text location = place_location(spot->place);
    const char *verb = is_response(spot) ? "reads" : "sends";
    const Node *exact = exact_value(spot);
    Text pattern = expected_pattern(spot);
    if (!is_response(spot) && text_is(key, "required"))
        return text_format(run, "does not send %.*s", TEXT_ARG(location));
    if (is_about_values(key) && exact) {
        Text value = node_to_json(run, exact, VALUE_WIDTH);
        return text_format(run, "%s %.*s as %.*s", verb, TEXT_ARG(location), TEXT_ARG(value));
    }
    if (is_about_values(key) && pattern.data)
        return text_format(run, "%s %.*s as a string that matches `%.*s`", verb, TEXT_ARG(location),
                           TEXT_ARG(pattern));
    return describe_need(run, spot->node->direction, spot->place, spot->expected, spot->example);
}

/* At the spot itself. */
static void note_here(const Spot *spot, const Change *change, Reason reason) {
    Finding finding = {
        .level = spot->lenient && reason.level == CONTRADICTED ? NOT_GUARANTEED : reason.level,
        .place = spot->place,
        .key = reason.key,
        .message = reason.message,
        .need = need_at(spot, reason.key),
        .by_state = reason.by_state,
        .pact_origin = spot->example ? spot->example : change->base_origin,
        .description_origin = change->revision_origin,
    };
    note_mismatch(spot->holding, spot->trail, &finding);
}

static const Node *member_of(const Node *mapping, Text name) {
    return mapping && mapping->kind == NODE_MAPPING ? node_member(mapping, name) : NULL;
}

/* At a property of the spot, which the change names; the reason's message stands for `%s`'s place.
 */
static void note_at_property(const Spot *spot, const Change *change, Reason reason) {
    Arena *run = spot->holding->run;
    Text name = change_attribute(change, ATTRIBUTE_NAME);
    Trail trail = {spot->trail, {STEP_PROPERTY, name}};
    Spot property = *spot;
    property.trail = &trail;
    property.place = text_format(run, "%.*s.%.*s", TEXT_ARG(spot->place), TEXT_ARG(name));
    property.example = member_of(spot->example, name);
    property.expected = NULL;
    Text location = place_location(property.place);
    reason.message = text_format(run, "`%.*s` %.*s", TEXT_ARG(location), TEXT_ARG(reason.message));
    note_here(&property, change, reason);
}

static Text say(const Spot *spot, const char *text) {
    Text location = place_location(spot->place);
    return text_format(spot->holding->run, "`%.*s` %s", TEXT_ARG(location), text);
}

static Text keyed(const Spot *spot, const char *word, Text detail) {
    return text_format(spot->holding->run, "%s:%.*s", word, TEXT_ARG(detail));
}

/* Whether the change makes more values possible in a response, or fewer acceptable in a request, or
 * may do so. */
static bool effect_hurts(const Change *change) {
    Text effect = change_attribute(change, ATTRIBUTE_EFFECT);
    const char *harmless = change->direction == DIRECTION_RESPONSE ? "narrowed" : "widened";
    return !text_is(effect, harmless);
}

/* ---- Properties ------------------------------------------------------------------------------ */

/* Whether another alternative of the provider than the one that the spot is about may carry it. */
static bool declared_elsewhere(const Spot *spot, Text name) {
    if (!spot->provided || !spot->provided_variant)
        return false;
    const Canonical *canonical = meet_canonical(spot->provided);
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind != ALTERNATIVE_OBJECT)
            continue;
        const ObjectFacets *object = &alternative->object;
        bool open = object->additional == ADDITIONAL_ALLOWED ||
                    object->additional == ADDITIONAL_DESCRIBED ||
                    object->pattern_properties.count ||
                    (object->additional == ADDITIONAL_UNSAID && !object->properties.count);
        if (open)
            return true;
        for (size_t j = 0; j < object->properties.count; j++)
            if (text_equal(object->properties.items[j].name, name))
                return true;
    }
    return false;
}

/* The ladder of DESIGN section 3: not declared, in an object that declares properties and is not
 * open to others, is contradicted. */
static void read_lost_property(const Spot *spot, const Change *change) {
    bool open = change_attribute_is_true(change, ATTRIBUTE_OPEN);
    Reason reason = {open ? NOT_GUARANTEED : CONTRADICTED, false, TEXT("undeclared"),
                     TEXT("is not declared in the description")};
    Spot own = *spot;
    if (spot->provided_variant &&
        !declared_elsewhere(spot, change_attribute(change, ATTRIBUTE_NAME)))
        own.lenient = false;
    note_at_property(&own, change, reason);
}

static void read_undeclared_sent(const Spot *spot, const Change *change) {
    if (change_attribute_is_true(change, ATTRIBUTE_OPEN))
        return;
    bool closed = change_attribute_is_true(change, ATTRIBUTE_CLOSED);
    note_at_property(spot, change,
                     (Reason){closed ? CONTRADICTED : NOT_GUARANTEED, false, TEXT("undeclared"),
                              closed ? TEXT("is refused by the description")
                                     : TEXT("is not declared in the description")});
}

static void read_optional_property(const Spot *spot, const Change *change) {
    note_at_property(
        spot, change,
        (Reason){NOT_GUARANTEED, false, TEXT("optional"), TEXT("is optional in the description")});
}

static void read_required_property(const Spot *spot, const Change *change) {
    if (change->kind == CHANGE_PROPERTY_ADDED &&
        !change_attribute_is_true(change, ATTRIBUTE_REQUIRED))
        return;
    if (member_of(spot->example, change_attribute(change, ATTRIBUTE_NAME)))
        return;
    note_at_property(spot, change,
                     (Reason){CONTRADICTED, false, TEXT("required"),
                              TEXT("is required by the description and is not sent")});
}

static void read_access(const Spot *spot, const Change *change) {
    if (!text_is(change_attribute(change, ATTRIBUTE_TO), "true"))
        return;
    Reason reason = {CONTRADICTED, false, TEXT("undeclared"),
                     TEXT("is writeOnly in the description")};
    if (!is_response(spot))
        reason = (Reason){NOT_GUARANTEED, false, TEXT("undeclared"),
                          TEXT("is readOnly in the description")};
    note_at_property(spot, change, reason);
}

static void read_additional(const Spot *spot, const Change *change) {
    bool described = text_is(change_attribute(change, ATTRIBUTE_FROM), "described");
    if (described && effect_hurts(change))
        note_here(spot, change,
                  (Reason){NOT_GUARANTEED, false, TEXT("additional"),
                           say(spot, "may hold values of any kind under other names")});
}

static void read_pattern_property(const Spot *spot, const Change *change) {
    Text name = change_attribute(change, ATTRIBUTE_NAME);
    note_here(spot, change,
              (Reason){NOT_GUARANTEED, false, keyed(spot, "names", name),
                       say(spot, "is not described for the names that the pact allows")});
}

static void read_dependent(const Spot *spot, const Change *change) {
    if (!effect_hurts(change))
        return;
    bool refused = !is_response(spot) && example_refused(spot);
    Text name = change_attribute(change, ATTRIBUTE_NAME);
    note_here(spot, change,
              (Reason){refused ? CONTRADICTED : NOT_GUARANTEED, false,
                       keyed(spot, "dependent", name),
                       say(spot, "calls for other properties than the pact has")});
}

/* ---- Kinds of value -------------------------------------------------------------------------- */

static const struct {
    KindSet kind;
    NodeKind node;
    const char *word;
} kind_words[] = {
    {KIND_NULL, NODE_NULL, "null"},         {KIND_BOOLEAN, NODE_BOOLEAN, "boolean"},
    {KIND_INTEGER, NODE_NUMBER, "integer"}, {8, NODE_NUMBER, "number"},
    {KIND_STRING, NODE_STRING, "string"},   {KIND_ARRAY, NODE_SEQUENCE, "array"},
    {KIND_OBJECT, NODE_MAPPING, "object"},
};

enum { KIND_WORDS = sizeof kind_words / sizeof *kind_words };

static bool says_nothing(KindSet kinds) {
    return (kinds | KIND_NULL) == KIND_ANY;
}

/* One reason for each kind that only one side has: `extra` are kinds that the other lacks. A
 * further kind is a further reason, one fewer is none. */
static void note_kinds(const Spot *spot, const Change *change, KindSet extra, bool disjoint) {
    Arena *run = spot->holding->run;
    Text wanted = kinds_name(run, meet_canonical(spot->expected)->kinds);
    Text given = kinds_name(run, meet_canonical(spot->provided)->kinds);
    Text location = place_location(spot->place);
    Reason reason = {.level = disjoint ? CONTRADICTED : NOT_GUARANTEED};
    reason.message = text_format(run, "`%.*s` is %.*s in the description, not %.*s",
                                 TEXT_ARG(location), TEXT_ARG(given), TEXT_ARG(wanted));
    for (size_t i = 0; i < KIND_WORDS; i++) {
        if (!(extra & kind_words[i].kind))
            continue;
        reason.key = keyed(spot, "kind", text_from(kind_words[i].word));
        note_here(spot, change, reason);
    }
    if (!extra) {
        reason.key = TEXT("kind:none");
        note_here(spot, change, reason);
    }
}

static bool kinds_disjoint(KindSet a, KindSet b) {
    KindSet without_null = ~(KindSet)KIND_NULL;
    return (a & without_null) && (b & without_null) ? !(a & b & without_null) : !(a & b);
}

static void read_kinds_received(const Spot *spot, const Change *change) {
    if (!spot->expected || !spot->provided)
        return;
    KindSet wanted = meet_canonical(spot->expected)->kinds;
    KindSet given = meet_canonical(spot->provided)->kinds;
    if (says_nothing(given)) {
        note_here(spot, change,
                  (Reason){NOT_GUARANTEED, false, TEXT("anything"),
                           say(spot, "has no type in the description")});
        return;
    }
    bool disjoint = kinds_disjoint(wanted, given);
    KindSet extra = given & ~wanted;
    if (wanted != KIND_NULL && !disjoint)
        extra &= ~(KindSet)KIND_NULL;
    if (extra || disjoint)
        note_kinds(spot, change, extra, disjoint);
}

static void read_kinds_sent(const Spot *spot, const Change *change) {
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

static void read_null_received(const Spot *spot, const Change *change) {
    if (spot->provided && says_nothing(meet_canonical(spot->provided)->kinds))
        return; /* the missing type is the reason */
    note_here(spot, change,
              (Reason){NOT_GUARANTEED, false, TEXT("kind:null"),
                       say(spot, "may be null in the description")});
}

static void read_null_sent(const Spot *spot, const Change *change) {
    bool sends_null = spot->example && spot->example->kind == NODE_NULL;
    note_here(spot, change,
              (Reason){sends_null ? CONTRADICTED : NOT_GUARANTEED, false, TEXT("kind:null"),
                       say(spot, "can't be null in the description")});
}

/* ---- Values ---------------------------------------------------------------------------------- */

static Reason never_reason(const Spot *spot) {
    Arena *run = spot->holding->run;
    const Node *value = exact_value(spot);
    Text text = value ? node_to_json(run, value, VALUE_WIDTH) : TEXT("what the pact expects");
    Text location = place_location(spot->place);
    const char *verb = is_response(spot) ? "is never" : "does not take";
    return (Reason){CONTRADICTED, false, TEXT("value"),
                    text_format(run, "`%.*s` %s %.*s in the description", TEXT_ARG(location), verb,
                                TEXT_ARG(text))};
}

/* The pact lists values, the description does not. */
static void read_free_values(const Spot *spot, const Change *change) {
    if (listed_acceptance(spot) == REFUSED) {
        note_here(spot, change, never_reason(spot));
        return;
    }
    if (is_response(spot))
        note_here(spot, change,
                  (Reason){NOT_GUARANTEED, is_exact(spot), TEXT("any"),
                           say(spot, "may hold other values than the pact's")});
    else if (effect_hurts(change))
        note_here(spot, change,
                  (Reason){NOT_GUARANTEED, false, TEXT("value"),
                           say(spot, "may not take what the pact sends")});
}

static void read_further_value(const Spot *spot, const Change *change) {
    Arena *run = spot->holding->run;
    Text value = change_attribute(change, ATTRIBUTE_VALUE);
    Text location = place_location(spot->place);
    note_here(spot, change,
              (Reason){NOT_GUARANTEED, is_exact(spot), keyed(spot, "value", value),
                       text_format(run, "`%.*s` may be %.*s in the description", TEXT_ARG(location),
                                   TEXT_ARG(value))});
}

/* A value that the pact lists and the description does not. */
static void read_missing_value(const Spot *spot, const Change *change) {
    if (is_response(spot)) {
        if (listed_acceptance(spot) == REFUSED)
            note_here(spot, change, never_reason(spot));
        return;
    }
    bool sent = is_exact(spot) || example_refused(spot);
    Reason reason = never_reason(spot);
    reason.level = sent ? CONTRADICTED : NOT_GUARANTEED;
    reason.key = keyed(spot, "value", change_attribute(change, ATTRIBUTE_VALUE));
    note_here(spot, change, reason);
}

/* The description lists values, the pact does not: each that the pact can't take is a reason. */
static void read_listed_values(const Spot *spot, const Change *change) {
    if (!effect_hurts(change) || !spot->expected || !spot->provided)
        return;
    Arena *run = spot->holding->run;
    if (!is_response(spot)) {
        Reason reason = {NOT_GUARANTEED, false, TEXT("listed"),
                         say(spot, "takes listed values only")};
        reason.level = example_refused(spot) ? CONTRADICTED : NOT_GUARANTEED;
        note_here(spot, change, reason);
        return;
    }
    const Canonical *canonical = meet_canonical(spot->provided);
    Text location = place_location(spot->place);
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Values *values = canonical->alternatives.items[i]->values;
        for (size_t j = 0; values && j < values->count; j++) {
            if (meet_accepts(spot->expected, values->items[j], DIRECTION_RESPONSE) == ACCEPTED)
                continue;
            Text value = node_to_json(run, values->items[j], VALUE_WIDTH);
            note_here(spot, change,
                      (Reason){NOT_GUARANTEED, false, keyed(spot, "value", value),
                               text_format(run, "`%.*s` may be %.*s in the description",
                                           TEXT_ARG(location), TEXT_ARG(value))});
        }
    }
}

/* ---- Facets ---------------------------------------------------------------------------------- */

static void read_facet(const Spot *spot, const Change *change) {
    Arena *run = spot->holding->run;
    Text from = change_attribute(change, ATTRIBUTE_FROM);
    Text to = change_attribute(change, ATTRIBUTE_TO);
    const char *word = change->kind == CHANGE_PATTERN_CHANGED  ? "pattern"
                       : change->kind == CHANGE_FORMAT_CHANGED ? "format"
                                                               : "content";
    if (!effect_hurts(change) || (change->kind == CHANGE_CONTENT_CHANGED && !from.size))
        return;
    bool refused = !is_response(spot) && example_refused(spot);
    Text location = place_location(spot->place);
    Text message =
        to.size ? text_format(run, "`%.*s` has the %s `%.*s` in the description",
                              TEXT_ARG(location), word, TEXT_ARG(to))
                : text_format(run, "`%.*s` has no %s in the description", TEXT_ARG(location), word);
    note_here(spot, change,
              (Reason){refused ? CONTRADICTED : NOT_GUARANTEED, false,
                       to.size ? keyed(spot, word, to) : TEXT("any"), message});
}

static bool is_count(Text keyword) {
    return text_is(keyword, "minItems") || text_is(keyword, "maxItems") ||
           text_is(keyword, "minProperties") || text_is(keyword, "maxProperties");
}

/* Whether no count is left that both sides take. */
static bool counts_disjoint(const Spot *spot) {
    const Alternative *sides[2] = {NULL, NULL};
    Meet *meets[2] = {spot->expected, spot->provided};
    for (size_t side = 0; side < 2; side++) {
        const Canonical *canonical = meets[side] ? meet_canonical(meets[side]) : NULL;
        for (size_t i = 0; canonical && i < canonical->alternatives.count; i++)
            if (canonical->alternatives.items[i]->kind == ALTERNATIVE_ARRAY)
                sides[side] = canonical->alternatives.items[i];
        if (!sides[side])
            return false;
    }
    for (size_t side = 0; side < 2; side++) {
        Bound low = sides[side]->array.min_items, high = sides[!side]->array.max_items;
        if (low.digits.size && high.digits.size && decimal_compare(low.digits, high.digits) > 0)
            return true;
    }
    return false;
}

static void read_bound(const Spot *spot, const Change *change) {
    Arena *run = spot->holding->run;
    Text keyword = change_attribute(change, ATTRIBUTE_KEYWORD);
    Text to = change_attribute(change, ATTRIBUTE_TO);
    bool count = is_count(keyword), disjoint = count && counts_disjoint(spot);
    if (!effect_hurts(change) && !disjoint)
        return;
    bool refused = disjoint || (!is_response(spot) && example_refused(spot));
    Text location = place_location(spot->place);
    Text message = to.size ? text_format(run, "`%.*s` has %.*s %.*s in the description",
                                         TEXT_ARG(location), TEXT_ARG(keyword), TEXT_ARG(to))
                           : text_format(run, "`%.*s` has no %.*s in the description",
                                         TEXT_ARG(location), TEXT_ARG(keyword));
    Text key = text_format(run, "bound:%.*s:%.*s", TEXT_ARG(keyword), TEXT_ARG(to));
    note_here(spot, change,
              (Reason){refused ? CONTRADICTED : NOT_GUARANTEED, count && is_response(spot), key,
                       message});
}

static void read_unique(const Spot *spot, const Change *change) {
    if (effect_hurts(change))
        note_here(
            spot, change,
            (Reason){!is_response(spot) && example_refused(spot) ? CONTRADICTED : NOT_GUARANTEED,
                     is_response(spot), TEXT("unique"),
                     say(spot, is_response(spot) ? "may hold equal items in the description"
                                                 : "may not hold equal items")});
}

/* ---- Alternatives ---------------------------------------------------------------------------- */

/* The key counts them: names of alternatives are not part of what is sent, and their order is none.
 */
static void read_further_variant(const Spot *spot, const Change *change) {
    Arena *run = spot->holding->run;
    Text name = change_attribute(change, ATTRIBUTE_NAME);
    Text location = place_location(spot->place);
    size_t ordinal = 0;
    for (size_t i = 0; i < spot->node->changes.count; i++) {
        ordinal += spot->node->changes.items[i]->kind == CHANGE_VARIANT_ADDED;
        if (spot->node->changes.items[i] == change)
            break;
    }
    note_here(spot, change,
              (Reason){NOT_GUARANTEED, true, text_format(run, "variant:%zu", ordinal),
                       text_format(run, "`%.*s` may be the alternative %.*s in the description",
                                   TEXT_ARG(location), TEXT_ARG(name))});
}

/* None of the description's alternatives is like what the pact has. */
static void read_missing_variant(const Spot *spot, const Change *change) {
    note_here(spot, change,
              (Reason){example_refused(spot) ? CONTRADICTED : NOT_GUARANTEED, false,
                       TEXT("variant"),
                       say(spot, "is none of the alternatives in the description")});
}

static bool expectation_has(const Spot *spot, Text keyword) {
    const Canonical *canonical = spot->expected ? meet_canonical(spot->expected) : NULL;
    for (size_t i = 0; canonical && i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        for (size_t j = 0; j < alternative->constraints.count; j++)
            if (text_is(keyword, alternative->constraints.items[j].keyword))
                return true;
    }
    return false;
}

/* A constraint only limits. What the description alone has narrows a response; an unresolved `$ref`
 * is the exception, of which nothing is known. */
static void read_unproven(const Spot *spot, const Change *change) {
    Text keyword = change_attribute(change, ATTRIBUTE_KEYWORD);
    bool mine = expectation_has(spot, keyword), unknown = text_is(keyword, "$ref");
    if (is_response(spot) && !mine && !unknown)
        return;
    if (!is_response(spot) && mine)
        return;
    note_here(spot, change,
              (Reason){!is_response(spot) && example_refused(spot) ? CONTRADICTED : NOT_GUARANTEED,
                       text_is(keyword, "contains"), keyed(spot, "unproven", keyword),
                       text_format(spot->holding->run,
                                   "what `%.*s` says of `%.*s` can't be proven to fit",
                                   TEXT_ARG(keyword), TEXT_ARG(place_location(spot->place)))});
}

/* ---- The table ------------------------------------------------------------------------------- */

typedef void (*Reader)(const Spot *spot, const Change *change);

/* How each kind of change is read by who reads a response and by who sends a request. What is not
 * here means nothing to a consumer: annotations, and what only adds to what it may do. */
static const struct {
    Reader response, request;
} readers[CHANGE_COUNT] = {
    [CHANGE_PROPERTY_ADDED] = {NULL, read_required_property},
    [CHANGE_PROPERTY_REMOVED] = {read_lost_property, read_undeclared_sent},
    [CHANGE_PROPERTY_REQUIRED] = {NULL, read_required_property},
    [CHANGE_PROPERTY_OPTIONAL] = {read_optional_property, NULL},
    [CHANGE_PROPERTY_ACCESS_CHANGED] = {read_access, read_access},
    [CHANGE_PATTERN_PROPERTY_REMOVED] = {read_pattern_property, read_pattern_property},
    [CHANGE_ADDITIONAL_PROPERTIES_CHANGED] = {read_additional, read_additional},
    [CHANGE_DEPENDENT_REQUIRED_CHANGED] = {read_dependent, read_dependent},
    [CHANGE_TYPE_CHANGED] = {read_kinds_received, read_kinds_sent},
    [CHANGE_TYPE_UNPROVEN] = {read_unproven, read_unproven},
    [CHANGE_NULL_ADDED] = {read_null_received, NULL},
    [CHANGE_NULL_REMOVED] = {NULL, read_null_sent},
    [CHANGE_ENUM_ADDED] = {read_listed_values, read_listed_values},
    [CHANGE_ENUM_REMOVED] = {read_free_values, read_free_values},
    [CHANGE_ENUM_VALUE_ADDED] = {read_further_value, NULL},
    [CHANGE_ENUM_VALUE_REMOVED] = {read_missing_value, read_missing_value},
    [CHANGE_BOUND_CHANGED] = {read_bound, read_bound},
    [CHANGE_PATTERN_CHANGED] = {read_facet, read_facet},
    [CHANGE_FORMAT_CHANGED] = {read_facet, read_facet},
    [CHANGE_CONTENT_CHANGED] = {read_facet, read_facet},
    [CHANGE_UNIQUE_ITEMS_CHANGED] = {read_unique, read_unique},
    [CHANGE_VARIANT_ADDED] = {read_further_variant, NULL},
    [CHANGE_VARIANT_REMOVED] = {read_missing_variant, read_missing_variant},
};

void read_change(const Spot *spot, const Change *change) {
    Reader reader =
        is_response(spot) ? readers[change->kind].response : readers[change->kind].request;
    if (reader)
        reader(spot, change);
}

/* Kinds of change above the types, which no expectation's type is compared with. */
static const bool hurts_above_types[CHANGE_COUNT] = {
    [CHANGE_OPERATION_REMOVED] = true,
    [CHANGE_SERVER_REMOVED] = true,
    [CHANGE_SECURITY_REQUIRED] = true,
    [CHANGE_SECURITY_ALTERNATIVE_REMOVED] = true,
    [CHANGE_SECURITY_SCHEME_CHANGED] = true,
    [CHANGE_PARAMETER_ADDED] = true,
    [CHANGE_PARAMETER_REMOVED] = true,
    [CHANGE_PARAMETER_RENAMED] = true,
    [CHANGE_PARAMETER_MOVED] = true,
    [CHANGE_PARAMETER_REQUIRED] = true,
    [CHANGE_PARAMETER_SERIALISED] = true,
    [CHANGE_BODY_ADDED] = true,
    [CHANGE_BODY_REMOVED] = true,
    [CHANGE_BODY_REQUIRED] = true,
    [CHANGE_MEDIA_TYPE_ADDED] = true,
    [CHANGE_MEDIA_TYPE_REMOVED] = true,
    [CHANGE_ENCODING_CHANGED] = true,
    [CHANGE_STATUS_ADDED] = true,
    [CHANGE_STATUS_REMOVED] = true,
    [CHANGE_HEADER_REMOVED] = true,
    [CHANGE_HEADER_RENAMED] = true,
    [CHANGE_HEADER_OPTIONAL] = true,
    [CHANGE_HEADER_SERIALISED] = true,
    [CHANGE_PROPERTY_RENAMED] = true,
};

bool change_may_hurt(const Change *change) {
    bool response = change->direction == DIRECTION_RESPONSE;
    bool read = response ? readers[change->kind].response : readers[change->kind].request;
    return hurts_above_types[change->kind] || (read && effect_hurts(change));
}

bool change_is_of_types(ChangeKind kind) {
    return readers[kind].response || readers[kind].request || kind == CHANGE_PROPERTY_RENAMED;
}
