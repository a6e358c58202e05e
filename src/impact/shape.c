#include "graph/pattern.h"
#include "impact/sent.h"
#include "impact/spot.h"
#include "impact/writing.h"
#include "support/decimal.h"

/* What else may be sent in a parameter than the example, by the pact's matchers: held against the
 * description as a body's parts are. */

static bool is_constant(const Type *type) {
    const Combinators *combinators = type->combinators;
    for (size_t i = 0; combinators && i < combinators->any_of.count; i++)
        if (!is_constant(combinators->any_of.items[i]))
            return false;
    return combinators ? combinators->any_of.count > 0 : type->constant != NULL;
}

/* A request's is of values: of the texts that are read as one, so that fewer of them are a further
 * reason. */
static void note_beyond(const Spot *spot, const Writing *writing) {
    bool whole = writing->whole;
    Spot texts = *spot;
    if (!is_response(spot))
        texts.provided = canonicals_matching(spot->holding->canonicals, writing->patterns.items,
                                             writing->patterns.count);
    Text kinds = kinds_name(spot->holding->run, meet_canonical(spot->provided)->kinds);
    const char *say = is_response(spot) ? "which the pact does not allow all of"
                      : whole           ? "which not all texts are that the pact allows"
                                        : "and keeps to bounds that the pact's texts may not keep";
    note_here(&texts,
              difference_at(spot, CHANGE_TYPE_CHANGED, (Text){0}, NULL,
                            meet_canonical(spot->provided)->origin),
              (Reason){NOT_GUARANTEED, false, is_response(spot) ? REASON_KIND : REASON_VALUE,
                       TEXT("string"),
                       text_format(spot->holding->run, "`%.*s` is %.*s in the description, %s",
                                   TEXT_ARG(place_location(spot->place)), TEXT_ARG(kinds), say)});
}

/* The items, of a list; else itself. */
static Meet *part_of(Meet *meet, bool *items) {
    const Canonical *canonical = meet_canonical(meet);
    const Alternative *array = only_alternative(meet, NULL, ALTERNATIVE_ARRAY);
    *items = array && !(canonical->kinds & ~(KindSet)(KIND_ARRAY | KIND_NULL));
    return *items ? array->array.items : meet;
}

static const Node *example_of(const Spot *spot, const Field *field, bool as_value) {
    Arena *run = spot->holding->run;
    const Node *origin = field->origin ? field->origin : spot->holding->interaction->origin;
    const Node *value =
        as_value ? value_of_text(run, field->values.items[0], spot->provided) : NULL;
    Node *example = arena_new_object(run, Node);
    *example = value ? *value : *origin;
    example->line = origin->line; /* what was read of a text stands where the text does */
    example->column = origin->column;
    example->parent = origin->parent;
    if (value)
        return example;
    example->kind = NODE_STRING;
    example->text = field->values.items[0];
    return example;
}

static void compare_as(Spot *spot, const Field *field, Meet *expected, bool as_value) {
    Holding *holding = spot->holding;
    spot->expected = expected;
    spot->example = example_of(spot, field, as_value);
    spot->node =
        compare_meets(holding->comparer, spot->expected, spot->provided, spot->node->direction);
    read_spot(spot, 0);
}

/* One rule for all that is carried as text: a description of strings is compared with texts, one of
 * numbers and booleans with those that the pact allows, or else with how they are written. */
static void hold_part(Spot *spot, const Field *field) {
    enum { VALUES = KIND_NUMBER | KIND_BOOLEAN };
    Holding *holding = spot->holding;
    Meet *texts = canonicals_meet(holding->canonicals, field->as_text);
    Meet *values = canonicals_meet(holding->canonicals, field->as_value);
    KindSet kinds = meet_canonical(spot->provided)->kinds;
    if (kinds & KIND_STRING) {
        if (kinds & ~(KindSet)KIND_STRING)
            spot->provided = canonicals_of_kinds(holding->canonicals, spot->provided, KIND_STRING);
        compare_as(spot, field, texts, false);
        return;
    }
    if (!(kinds & VALUES) || (kinds & (KIND_ARRAY | KIND_OBJECT)))
        return;
    if (!(meet_canonical(values)->kinds & ~(KindSet)(VALUES | KIND_NULL))) {
        compare_as(spot, field, values, true);
        return;
    }
    const Alternative *shape = only_alternative(texts, NULL, ALTERNATIVE_STRING);
    if (!shape)
        return;
    spot->expected = texts;
    spot->example = example_of(spot, field, false);
    Writing writing = writing_of(holding->run, spot->provided, spot->node->direction);
    if (is_response(spot) ? writing_exceeds(holding->run, &shape->string, &writing)
                          : writing_lacks(&shape->string, &writing))
        note_beyond(spot, &writing);
}

/* An example of a list: what it holds is looked at apart. */
static const Node *list_of(const Spot *spot, const Field *field) {
    Node *list = arena_new_object(spot->holding->run, Node);
    *list = *example_of(spot, field, false);
    list->kind = NODE_SEQUENCE;
    list->count = 0;
    return list;
}

/* How many items a list that a rule counts may have; an empty one is not sent. */
static void hold_counts(const Spot *list, const Field *field) {
    const Alternative *array = only_alternative(list->provided, NULL, ALTERNATIVE_ARRAY);
    const struct {
        const char *keyword;
        Bound limit, count;
        bool lower;
    } sides[] = {
        {"minItems", array->array.min_items, field->least, true},
        {"maxItems", array->array.max_items, field->most, false},
    };
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        Text limit = sides[i].limit.digits, count = sides[i].count.digits;
        if (sides[i].lower && !count.size)
            count = TEXT("1");
        int order = limit.size && count.size ? decimal_compare(count, limit) : 0;
        bool beyond = !count.size || (sides[i].lower ? order < 0 : order > 0);
        if (!limit.size || !beyond)
            continue;
        Arena *run = list->holding->run;
        Text location = place_location(list->place);
        note_here(list,
                  difference_at(list, CHANGE_BOUND_CHANGED, (Text){0}, NULL,
                                meet_canonical(list->provided)->origin),
                  (Reason){NOT_GUARANTEED, false, REASON_BOUND,
                           text_format(run, "%s:%.*s", sides[i].keyword, TEXT_ARG(limit)),
                           text_format(run, "`%.*s` has %s %.*s in the description",
                                       TEXT_ARG(location), sides[i].keyword, TEXT_ARG(limit))});
    }
}

void hold_shape(Holding *holding, const TextPlace *at, const Field *field, Meet *meet) {
    bool sent = at->direction == DIRECTION_REQUEST;
    if (!field || !field->as_text || !field->values.count || (sent && is_constant(field->as_text)))
        return;
    bool items;
    Meet *provided = part_of(meet, &items);
    Trail item = {at->trail, {STEP_ITEMS, {0}}};
    Comparison direction = {.direction = at->direction};
    Spot spot = {
        .holding = holding,
        .node = &direction,
        .trail = items ? &item : at->trail,
        .place = text_format(holding->run, "%.*s%s", TEXT_ARG(at->place), items ? "[*]" : ""),
        .provided = provided,
        .lenient = !field->generated,
    };
    if (items && sent && field->counted) {
        Spot list = spot;
        list.trail = at->trail;
        list.place = at->place;
        list.provided = meet;
        list.example = list_of(&list, field);
        hold_counts(&list, field);
    }
    hold_part(&spot, field);
}

/* ---- Lists in a header ----------------------------------------------------------------------- */

/* Whether an answer that holds a listed value as an item is one that the consumer can take: one of
 * those it recorded, or, where a rule speaks of the text, one that may stand alone. */
static bool takes_item(const Spot *spot, bool exact, const Node *recorded, const Node *item) {
    Node alone = {.kind = NODE_STRING, .text = item->text};
    if (item->kind != NODE_STRING)
        alone.text = node_to_json(spot->holding->run, item, SIZE_MAX);
    if (!exact)
        return meet_accepts_strictly(spot->expected, &alone, DIRECTION_RESPONSE) != REFUSED;
    bool found = recorded->kind != NODE_SEQUENCE;
    for (uint32_t i = 0; !found && i < recorded->count; i++)
        found = node_equal(recorded->items[i], item);
    return found;
}

void hold_items(Holding *holding, const TextPlace *at, const Field *field, Meet *meet,
                const Node *recorded) {
    bool items, exact = field->as_text && is_constant(field->as_text);
    Meet *provided = part_of(meet, &items);
    if (!items || !field->as_text)
        return;
    const Canonical *canonical = meet_canonical(provided);
    Trail item = {at->trail, {STEP_ITEMS, {0}}};
    Comparison direction = {.direction = at->direction};
    Spot spot = {
        .holding = holding,
        .node = &direction,
        .trail = &item,
        .place = at->place,
        .expected = canonicals_meet(holding->canonicals, field->as_text),
        .provided = provided,
    };
    spot.example = example_of(&spot, field, false);
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Values *values = canonical->alternatives.items[i]->values;
        for (size_t j = 0; values && j < values->count; j++) {
            if (takes_item(&spot, exact, recorded, values->items[j]))
                continue;
            Text value = node_to_json(holding->run, values->items[j], VALUE_WIDTH);
            Text location = place_location(spot.place);
            note_here(
                &spot,
                difference_at(&spot, CHANGE_ENUM_VALUE_ADDED, (Text){0}, NULL, canonical->origin),
                (Reason){NOT_GUARANTEED, exact, REASON_FURTHER_VALUE, value,
                         text_format(holding->run, "`%.*s` may hold %.*s in the description",
                                     TEXT_ARG(location), TEXT_ARG(value))});
        }
    }
}
