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

static void enter(const Spot *above, const Step *step, Spot *below) {
    Arena *run = above->holding->run;
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
    const Alternative *expected =
        only_alternative(spot->expected, spot->expected_variant, ALTERNATIVE_ARRAY);
    const Alternative *provided =
        only_alternative(spot->provided, spot->provided_variant, ALTERNATIVE_ARRAY);
    return !expected || !provided || !item_is_certain(&expected->array, &provided->array, index);
}

/* Whether a name is sent that the description does not declare. */
static bool sends_further(const Spot *spot, const Alternative *provided) {
    const Node *example = spot->example;
    for (size_t i = 0; example && example->kind == NODE_MAPPING && i < example->count; i++)
        if (!object_property(&provided->object, example->members[i].key))
            return true;
    return !example || example->kind != NODE_MAPPING;
}

/* What need not come, and is read only if it does, is never the reason that no answer can be taken:
 * a property that the pact has under no name of its own, and beside those that are declared any
 * further ones. Nor is one that is not sent why a body is refused. */
static bool is_uncertain_property(const Spot *spot, const Step *step) {
    bool further = step->kind == STEP_ADDITIONAL_PROPERTIES || step->kind == STEP_PATTERN_PROPERTY;
    if ((step->kind != STEP_PROPERTY && !further) || !spot->expected || !spot->provided)
        return false;
    const Alternative *expected =
        only_alternative(spot->expected, spot->expected_variant, ALTERNATIVE_OBJECT);
    const Alternative *provided =
        only_alternative(spot->provided, spot->provided_variant, ALTERNATIVE_OBJECT);
    if (!expected || !provided)
        return false;
    if (!is_response(spot))
        return further ? !sends_further(spot, provided)
                       : spot->example && !member_of(spot->example, step->name);
    if (further)
        return provided->object.properties.count > 0;
    if (object_property(&expected->object, step->name))
        return false;
    const CanonicalProperty *sent = object_property(&provided->object, step->name);
    return !sent || !sent->required;
}

void read_step(const Spot *spot, Step step, const Comparison *to, size_t depth) {
    Trail trail = {spot->trail, step};
    Spot below = *spot;
    below.node = to;
    below.trail = &trail;
    enter(spot, &step, &below);
    below.expected = to->base_meet;
    below.provided = to->revision_meet;
    below.expected_variant = below.provided_variant = NULL;
    below.choice = NULL;
    below.lenient |= is_uncertain_item(spot, &step) || is_uncertain_property(spot, &step);
    read_spot(&below, depth + 1);
}

/* ---- Items among others ---------------------------------------------------------------------- */

/* Notes that none of the items can be what the pact looks for, where neither the list nor a part of
 * them said so. */
static void note_never_held(const Spot *item, Text list, const Constraint *wanted, size_t known) {
    const Outcome *outcome = item->holding->outcome;
    for (size_t i = 0; i < outcome->mismatches.count; i++) {
        const Mismatch *mismatch = &outcome->mismatches.items[i];
        if (mismatch->level == CONTRADICTED && (i >= known || text_equal(mismatch->place, list)))
            return;
    }
    note_here(item,
              difference_at(item, CHANGE_VARIANT_REMOVED, (Text){0}, wanted->origin,
                            meet_canonical(item->provided)->origin),
              (Reason){CONTRADICTED,
                       false,
                       REASON_NO_SUCH_VARIANT,
                       {0},
                       say_of(item, "is never what the pact looks for in the description")});
}

/* Whether every list that may come holds what the pact looks for. */
static bool is_promised(const Spot *spot, const Alternative *provided, const Constraint *wanted) {
    Alternative demand = alternative_of_kind(spot->holding->canonicals, ALTERNATIVE_ARRAY);
    array_push(spot->holding->run, &demand.constraints, *wanted);
    return prove_demand(comparer_prover(spot->holding->comparer), provided, &demand,
                        DIRECTION_RESPONSE);
}

/* What a list holds the provider's state decides, unless the description promises it. */
static void note_not_held(const Spot *spot, const Constraint *wanted, size_t index) {
    note_here(spot,
              difference_at(spot, CHANGE_CONSTRAINT_CHANGED, (Text){0}, wanted->origin,
                            meet_canonical(spot->provided)->origin),
              (Reason){NOT_GUARANTEED, true, REASON_NOT_HELD,
                       text_format(spot->holding->run, "%zu", index),
                       say_of(spot, "need not hold what the pact looks for in the description")});
}

/* What a list is to hold among other items is compared with what its items may be. */
static void read_contained(const Spot *spot, size_t depth) {
    const Alternative *expected =
        only_alternative(spot->expected, spot->expected_variant, ALTERNATIVE_ARRAY);
    const Alternative *provided =
        only_alternative(spot->provided, spot->provided_variant, ALTERNATIVE_ARRAY);
    if (!is_response(spot) || !expected || !provided)
        return;
    for (size_t i = 0; i < expected->constraints.count; i++) {
        const Constraint *wanted = &expected->constraints.items[i];
        if (!text_is(TEXT("contains"), wanted->keyword) || !wanted->type)
            continue;
        if (!is_promised(spot, provided, wanted))
            note_not_held(spot, wanted, i);
        Meet *found = items_in_common(wanted->type, &provided->array);
        Trail trail = {spot->trail, {STEP_ITEMS, {0}}};
        Spot item = *spot;
        item.trail = item.among = &trail;
        item.place = text_format(spot->holding->run, "%.*s[*]", TEXT_ARG(spot->place));
        item.expected = wanted->type;
        item.provided = found ? found : provided->array.items;
        item.expected_variant = item.provided_variant = NULL;
        item.choice = NULL;
        item.example = meet_canonical(wanted->type)->origin;
        item.node = compare_meets(spot->holding->comparer, item.expected, item.provided,
                                  DIRECTION_RESPONSE);
        item.lenient = spot->lenient || found;
        size_t known = spot->holding->outcome->mismatches.count;
        read_spot(&item, depth + 1);
        if (!found)
            note_never_held(&item, spot->place, wanted, known);
    }
}

/* ---- The walk -------------------------------------------------------------------------------- */

void read_pair(const Spot *spot, size_t depth) {
    for (size_t i = 0; i < spot->node->changes.count; i++)
        read_change(spot, spot->node->changes.items[i]);
    for (size_t i = 0; i < spot->node->edges.count; i++) {
        const ComparisonEdge *edge = &spot->node->edges.items[i];
        bool names = edge->step.kind == STEP_KEYWORD; /* see read_keys */
        bool tag = edge->step.kind == STEP_PROPERTY && read_tags(spot, edge->step.name);
        if (!names && !tag && edge->step.kind != STEP_VARIANT)
            read_step(spot, edge->step, edge->to, depth);
    }
    read_contained(spot, depth);
    read_keys(spot);
}

/* A value that is sent exactly so is taken or not, whatever the types say. */
static bool is_accepted(const Spot *spot) {
    return !is_response(spot) && spot->example && spot->expected && spot->provided &&
           !spot->expected_variant && fixes_value(spot->expected) &&
           provider_accepts(spot, spot->example) == ACCEPTED;
}

/* An expectation is a tree, so the walk ends; the limit of nesting holds for pacts as well. */
void read_spot(const Spot *spot, size_t depth) {
    if (depth > NESTING_LIMIT || is_unconstrained(spot->expected))
        return;
    Spot read = *spot;
    read.accepted = spot->accepted || is_accepted(spot);
    read.written = !spot->expected_variant && spot->provided && ruled_text(spot).data;
    read.given = is_given(spot);
    if (!read_alternatives(&read, depth))
        read_pair(&read, depth);
    if (read.written)
        read_written(&read);
}

/* A body that is sent is taken or refused as a whole, whatever its parts say. */
static void hold_whole(Spot *spot) {
    Outcome *outcome = spot->holding->outcome;
    size_t known = outcome->mismatches.count;
    Acceptance acceptance = provider_accepts(spot, spot->example);
    bool contradicted = false;
    if (spot->holding->interaction->request_body.generated)
        acceptance = ACCEPTANCE_UNPROVEN; /* another value is sent */
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
    if (!(kinds & SCALARS) || meet_accepts_strictly(meet, value, direction) != REFUSED)
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
