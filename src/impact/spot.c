#include "impact/spot.h"

#include "impact/common.h"
#include "support/decimal.h"

#include <stdio.h>

/* ---- What a spot says ------------------------------------------------------------------------ */

Text place_location(Text place) {
    size_t dot = text_find_byte(place, '.', 0);
    bool sided = text_starts_with(place, TEXT("response.")) ||
                 text_starts_with(place, TEXT("request.")) ||
                 text_starts_with(place, TEXT("message."));
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

/* Of texts that all are of one format. */
static Text expected_format(Meet *expected) {
    const Canonical *canonical = expected ? meet_canonical(expected) : NULL;
    const Alternative *only =
        canonical && canonical->alternatives.count == 1 ? canonical->alternatives.items[0] : NULL;
    bool one = only && only->kind == ALTERNATIVE_STRING && !only->values &&
               only->string.formats.count == 1;
    return one ? only->string.formats.items[0] : (Text){0};
}

Text describe_need(Arena *run, Direction direction, Text place, Meet *expected,
                   const Node *example) {
    Text location = place_location(place);
    const char *verb = direction == DIRECTION_RESPONSE ? "reads" : "sends";
    const char *name = value_name(expected, example);
    Text format = expected_format(expected);
    if (!name)
        return text_format(run, "%s %.*s", verb, TEXT_ARG(location));
    if (format.size && example->kind == NODE_STRING)
        return text_format(run, "%s %.*s as a string of format `%.*s`", verb, TEXT_ARG(location),
                           TEXT_ARG(format));
    return text_format(run, "%s %.*s as %s", verb, TEXT_ARG(location), name);
}

/* The single value that the expectation fixes here; NULL where it takes several. */
const Node *exact_value(const Spot *spot) {
    const Alternative *only = spot->expected_variant;
    if (!only && spot->expected) {
        const Canonical *canonical = meet_canonical(spot->expected);
        only = canonical->alternatives.count == 1 ? canonical->alternatives.items[0] : NULL;
    }
    return only && only->values && only->values->count == 1 ? only->values->items[0] : NULL;
}

bool is_exact(const Spot *spot) {
    return exact_value(spot) ||
           (spot->expected && meet_canonical(spot->expected)->kinds == KIND_NULL);
}

static bool is_count_of(Bound bound, size_t count) {
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%zu", count);
    return bound.digits.size && !decimal_compare(bound.digits, (Text){digits, (size_t)size});
}

static bool alternative_fixes_value(const Alternative *alternative) {
    if (alternative->values || alternative->kind == ALTERNATIVE_NULL)
        return !alternative->values || alternative->values->count == 1;
    if (alternative->kind == ALTERNATIVE_ARRAY) {
        const ArrayFacets *array = &alternative->array;
        size_t count = array->prefix_items.count;
        for (size_t i = 0; i < count; i++)
            if (!fixes_value(array->prefix_items.items[i]))
                return false;
        return is_count_of(array->max_items, count);
    }
    if (alternative->kind != ALTERNATIVE_OBJECT ||
        alternative->object.additional != ADDITIONAL_FORBIDDEN)
        return false;
    for (size_t i = 0; i < alternative->object.properties.count; i++)
        if (!fixes_value(alternative->object.properties.items[i].type))
            return false;
    return true;
}

/* An expectation is a tree no deeper than its pact. */
bool fixes_value(Meet *expected) {
    const Canonical *canonical = meet_canonical(expected);
    return canonical->alternatives.count == 1 &&
           alternative_fixes_value(canonical->alternatives.items[0]);
}

Acceptance provider_accepts(const Spot *spot, const Node *value) {
    return spot->provided ? meet_accepts_strictly(spot->provided, value, spot->node->direction)
                          : ACCEPTANCE_UNPROVEN;
}

/* The Type of a value that is made anew each time; NULL: it is not. */
static const Type *generated_type(const Spot *spot) {
    const Conjunction *expected = spot->expected ? meet_types(spot->expected) : NULL;
    bool one = expected && expected->types.count == 1 && expected->types.items[0]->generated;
    return one && !is_response(spot) ? expected->types.items[0] : NULL;
}

bool is_generated(const Spot *spot) {
    return generated_type(spot) != NULL;
}

bool is_given(const Spot *spot) {
    const Type *generated = generated_type(spot);
    return generated && generated->given;
}

/* Whether none of the values that are made anew is one that the description takes. */
static bool is_apart(const Spot *spot) {
    const Canonical *canonical = meet_canonical(spot->expected);
    bool apart = spot->provided != NULL;
    for (size_t i = 0; i < canonical->alternatives.count && apart; i++)
        apart = alternative_is_apart(spot->holding->canonicals, canonical->alternatives.items[i],
                                     spot->provided);
    return apart || (spot->provided && !types_in_common(spot->expected, spot->provided));
}

/* Whether the pact's own value is among those that the description refuses. */
bool example_refused(const Spot *spot) {
    if (generated_type(spot))
        return is_apart(spot);
    return spot->example && provider_accepts(spot, spot->example) == REFUSED;
}

/* The best that the description says of any value that the expectation lists. */
Acceptance listed_acceptance(const Spot *spot) {
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

bool is_response(const Spot *spot) {
    return spot->node->direction == DIRECTION_RESPONSE;
}

/* ---- Noting ---------------------------------------------------------------------------------- */

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

/* A pattern as the pact has it: a matcher's is to match the whole. */
static Text as_recorded(Text pattern) {
    static const char before[] = "^(?:", behind[] = ")$";
    size_t from = sizeof before - 1, to = sizeof behind - 1;
    bool whole = pattern.size >= from + to && text_starts_with(pattern, text_from(before)) &&
                 text_is(text_slice(pattern, pattern.size - to, pattern.size), behind);
    return whole ? text_slice(pattern, from, pattern.size - to) : pattern;
}

bool expects_pattern(const Spot *spot) {
    return expected_pattern(spot).data != NULL;
}

/* Where values are the reason, those that the consumer takes or sends are named. */
static Text need_at(const Spot *spot, ReasonId reason) {
    Arena *run = spot->holding->run;
    Text location = place_location(spot->place);
    const char *verb = is_response(spot) ? "reads" : "sends";
    const Node *exact = reason == REASON_NO_SUCH_TAG ? spot->example : exact_value(spot);
    Text pattern = as_recorded(spot->written ? ruled_text(spot) : expected_pattern(spot));
    if (reason == REASON_NAMES)
        return text_format(run, "rules the names of keys at %.*s", TEXT_ARG(location));
    if (reason == REASON_NOT_HELD)
        return text_format(run, "looks for an item in %.*s", TEXT_ARG(location));
    if (!is_response(spot) && reason == REASON_PROPERTY_ABSENT)
        return text_format(run, "does not send %.*s", TEXT_ARG(location));
    if (reason_is_of_values(reason) && exact) {
        Text value = node_to_json(run, exact, VALUE_WIDTH);
        return text_format(run, "%s %.*s as %.*s", verb, TEXT_ARG(location), TEXT_ARG(value));
    }
    if (reason_is_of_values(reason) && pattern.data)
        return text_format(run, "%s %.*s as %s that matches `%.*s%s`", verb, TEXT_ARG(location),
                           spot->written ? value_name(spot->expected, spot->example) : "a string",
                           TEXT_ARG(text_slice(pattern, 0, VALUE_WIDTH)),
                           pattern.size > VALUE_WIDTH ? "…" : "");
    return describe_need(run, spot->node->direction, spot->place, spot->expected, spot->example);
}

/* A list is to hold an item that the consumer looks for, and may hold others: what values and kinds
 * those have is not its matter, while the keys and kinds of what it found are. */
static bool is_matter_of_others(const Spot *spot, Reason reason) {
    if (!spot->among || reason.level == CONTRADICTED)
        return false;
    switch (reason.id) {
    case REASON_KIND:
    case REASON_NULL_VALUE:
        return spot->trail == spot->among;
    case REASON_PROPERTY_UNDECLARED:
    case REASON_PROPERTY_OPTIONAL:
    case REASON_ANYTHING:
        return false;
    default:
        return true;
    }
}

/* `origin` is where the pact says it, unless the spot has a value. */
static void note_from(const Spot *spot, const Change *change, Reason reason, const Node *origin) {
    if (spot->lenient && reason.level == CONTRADICTED)
        reason.level = NOT_GUARANTEED;
    if (is_matter_of_others(spot, reason))
        return;
    Finding finding = {
        .level = reason.level,
        .place = spot->place,
        .direction = spot->node->direction,
        .reason = reason.id,
        .detail = reason.detail,
        .difference = change,
        .message = reason.message,
        .need = need_at(spot, reason.id),
        .by_state = reason.by_state,
        .expected = spot->written ? NULL : spot->expected,
        .provided = reason_is_of_values(reason.id) && spot->expected ? spot->provided : NULL,
        .pact_origin = spot->example ? spot->example : origin,
        .description_origin = change->revision_origin,
    };
    note_mismatch(spot->holding, spot->trail, &finding);
}

/* At the spot itself. */
void note_here(const Spot *spot, const Change *change, Reason reason) {
    note_from(spot, change, reason, change->base_origin);
}

const Alternative *only_alternative(Meet *meet, const Alternative *variant, AlternativeKind kind) {
    const Alternative *only = variant;
    const Canonical *canonical = meet ? meet_canonical(meet) : NULL;
    for (size_t i = 0; !variant && canonical && i < canonical->alternatives.count; i++) {
        if (canonical->alternatives.items[i]->kind != kind)
            continue;
        if (only)
            return NULL;
        only = canonical->alternatives.items[i];
    }
    return only && only->kind == kind && !only->values ? only : NULL;
}

const Change *difference_at(const Spot *spot, ChangeKind kind, Text name, const Node *base_origin,
                            const Node *revision_origin) {
    Arena *run = spot->holding->run;
    Change *difference = arena_new_object(run, Change);
    difference->kind = kind;
    difference->direction = spot->node->direction;
    difference->base_origin = base_origin;
    difference->revision_origin = revision_origin;
    if (name.size)
        array_push(run, &difference->attributes, ((Attribute){ATTRIBUTE_NAME, name}));
    return difference;
}

const Node *member_named(const Node *mapping, Text name) {
    return mapping && mapping->kind == NODE_MAPPING ? node_member(mapping, name) : NULL;
}

/* At a property of the spot, which the change names; the reason's message stands for `%s`'s place.
 */
void note_at_property(const Spot *spot, const Change *change, Reason reason) {
    Arena *run = spot->holding->run;
    Text name = change_attribute(change, ATTRIBUTE_NAME);
    Trail trail = {spot->trail, {STEP_PROPERTY, name}};
    Spot property = *spot;
    property.trail = &trail;
    property.place = text_format(run, "%.*s.%.*s", TEXT_ARG(spot->place), TEXT_ARG(name));
    property.example = member_named(spot->example, name);
    property.expected = NULL;
    Text location = place_location(property.place);
    reason.message = text_format(run, "`%.*s` %.*s", TEXT_ARG(location), TEXT_ARG(reason.message));
    note_from(&property, change, reason, spot->example ? spot->example : change->base_origin);
}

Text say_of(const Spot *spot, const char *text) {
    Text location = place_location(spot->place);
    return text_format(spot->holding->run, "`%.*s` %s", TEXT_ARG(location), text);
}

/* Whether the change makes more values possible in a response, or fewer acceptable in a request, or
 * may do so. */
bool effect_hurts(const Change *change) {
    Text effect = change_attribute(change, ATTRIBUTE_EFFECT);
    const char *harmless = change->direction == DIRECTION_RESPONSE ? "narrowed" : "widened";
    return !text_is(effect, harmless);
}
