#include "impact/common.h"
#include "impact/spot.h"
#include "impact/value.h"

static bool is_unconstrained(Meet *expected) {
    return expected && !meet_types(expected)->types.count;
}

static const Node *item_of(const Node *sequence, size_t index) {
    bool there = sequence && sequence->kind == NODE_SEQUENCE && index < sequence->count;
    return there ? sequence->items[index] : NULL;
}

static const Node *member_of(const Node *mapping, Text name) {
    return mapping && mapping->kind == NODE_MAPPING ? node_member(mapping, name) : NULL;
}

static size_t index_of(Text digits) {
    size_t index = 0;
    for (size_t i = 0; i < digits.size && i < 9; i++)
        index = index * 10 + (size_t)(digits.data[i] - '0');
    return index;
}

/* Below one of several alternatives a contradiction is one of the provider only if none of them has
 * an answer for the consumer, or if the pact's whole value is refused by all of them. */
static bool another_may_serve(const Spot *spot) {
    if (spot->lenient || !spot->example || !spot->provided)
        return true;
    if (is_response(spot) && spot->expected)
        return types_in_common(spot->expected, spot->provided);
    return meet_accepts(spot->provided, spot->example, spot->node->direction) != REFUSED;
}

static void enter(const Spot *above, const ComparisonEdge *edge, Spot *below) {
    Arena *run = above->holding->run;
    const Step *step = &edge->step;
    Text place = above->place;
    switch (step->kind) {
    case STEP_PROPERTY:
        below->place = text_format(run, "%.*s.%.*s", TEXT_ARG(place), TEXT_ARG(step->name));
        below->example = member_of(above->example, step->name);
        break;
    case STEP_ITEMS:
        below->place = text_format(run, "%.*s[*]", TEXT_ARG(place));
        below->example = item_of(above->example, 0);
        break;
    case STEP_PREFIX_ITEM:
        below->place = text_format(run, "%.*s[%.*s]", TEXT_ARG(place), TEXT_ARG(step->name));
        below->example = item_of(above->example, index_of(step->name));
        break;
    case STEP_ADDITIONAL_PROPERTIES:
    case STEP_PATTERN_PROPERTY:
        below->place = text_format(run, "%.*s.*", TEXT_ARG(place));
        below->example = NULL;
        break;
    default:
        break;
    }
}

/* What may lie behind the end of the list is never the reason that no answer can be taken, and what
 * does lie behind the end of what is sent is not sent. */
static bool is_uncertain_item(const Spot *spot, const Step *step) {
    bool item = step->kind == STEP_ITEMS || step->kind == STEP_PREFIX_ITEM;
    if (!item || !spot->expected || !spot->provided)
        return false;
    size_t index = step->kind == STEP_ITEMS ? SIZE_MAX : index_of(step->name);
    if (!is_response(spot) && index != SIZE_MAX)
        return !item_of(spot->example, index);
    return !item_is_certain(meet_canonical(spot->expected), meet_canonical(spot->provided), index);
}

static void read_spot(const Spot *spot, size_t depth);

static void read_below(const Spot *spot, const ComparisonEdge *edge, size_t depth) {
    Trail trail = {spot->trail, edge->step};
    Spot below = *spot;
    below.node = edge->to;
    below.trail = &trail;
    if (edge->step.kind == STEP_VARIANT) {
        below.expected_variant = edge->to->base_variant;
        below.provided_variant = edge->to->revision_variant;
        below.lenient = another_may_serve(spot);
    } else {
        enter(spot, edge, &below);
        below.expected = edge->to->base_meet;
        below.provided = edge->to->revision_meet;
        below.expected_variant = below.provided_variant = NULL;
        below.lenient |= is_uncertain_item(spot, &edge->step);
    }
    read_spot(&below, depth + 1);
}

/* An expectation is a tree, so the walk ends; the limit of nesting holds for pacts as well. */
static void read_spot(const Spot *spot, size_t depth) {
    if (depth > NESTING_LIMIT || is_unconstrained(spot->expected))
        return;
    for (size_t i = 0; i < spot->node->changes.count; i++)
        read_change(spot, spot->node->changes.items[i]);
    for (size_t i = 0; i < spot->node->edges.count; i++)
        read_below(spot, &spot->node->edges.items[i], depth);
}

/* A body that is sent is taken or refused as a whole, whatever its parts say. */
static void hold_whole(Spot *spot) {
    Outcome *outcome = spot->holding->outcome;
    size_t known = outcome->mismatches.count;
    Acceptance acceptance = provider_accepts(spot, spot->example);
    bool contradicted = false;
    spot->lenient = acceptance == ACCEPTED;
    read_spot(spot, 0);
    for (size_t i = known; i < outcome->mismatches.count; i++)
        contradicted |= outcome->mismatches.items[i].level == CONTRADICTED;
    if (acceptance != REFUSED || contradicted)
        return;
    Text text = node_to_json(spot->holding->run, spot->example, VALUE_WIDTH);
    Text location = place_location(spot->place);
    note_mismatch(spot->holding, spot->trail,
                  &(Finding){
                      .level = CONTRADICTED,
                      .place = spot->place,
                      .reason = REASON_VALUE,
                      .message = text_format(spot->holding->run, "`%.*s` does not take %.*s",
                                             TEXT_ARG(location), TEXT_ARG(text)),
                      .need = text_format(spot->holding->run, "sends %.*s as %.*s",
                                          TEXT_ARG(location), TEXT_ARG(text)),
                      .pact_origin = spot->example,
                      .description_origin = meet_canonical(spot->provided)->origin,
                  });
}

void hold_types(Holding *holding, const Trail *trail, Text place, const Type *expected,
                const Type *provided, const Node *example, Direction direction) {
    const Comparison *comparison = compare_types(holding->comparer, expected, provided, direction);
    Spot spot = {
        .holding = holding,
        .node = comparison,
        .trail = trail,
        .place = place,
        .example = example,
        .expected = comparison->base_meet,
        .provided = comparison->revision_meet,
    };
    if (direction == DIRECTION_REQUEST && example)
        hold_whole(&spot);
    else
        read_spot(&spot, 0);
}

void hold_text(Holding *holding, const Trail *trail, Text place, const ExpectedBody *body,
               const Type *provided, Direction direction) {
    enum { STRINGS = KIND_STRING | KIND_NULL, SCALARS = STRINGS | KIND_NUMBER | KIND_BOOLEAN };
    if (!provided || !body->example || body->example->kind != NODE_STRING)
        return;
    Meet *meet = canonicals_meet(holding->canonicals, provided);
    KindSet kinds = meet_canonical(meet)->kinds;
    if (!(kinds & ~(KindSet)STRINGS)) {
        hold_types(holding, trail, place, body->type, provided, body->example, direction);
        return;
    }
    const Node *value = value_of_text(holding->run, body->example->text, meet);
    if (!(kinds & SCALARS) || meet_accepts(meet, value, direction) != REFUSED)
        return;
    bool response = direction == DIRECTION_RESPONSE;
    Text location = place_location(place);
    note_mismatch(
        holding, trail,
        &(Finding){
            .level = CONTRADICTED,
            .place = place,
            .direction = direction,
            .reason = REASON_VALUE,
            .message = text_format(holding->run, "`%.*s` %s this text in the description",
                                   TEXT_ARG(location), response ? "is never" : "does not take"),
            .need = text_format(holding->run, "%s %.*s as a string", response ? "reads" : "sends",
                                TEXT_ARG(location)),
            .pact_origin = body->origin,
            .description_origin = provided->origin,
        });
}
