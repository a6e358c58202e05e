#include "impact/choices.h"
#include "impact/common.h"
#include "impact/spot.h"

/* Where one side has several alternatives of a kind, each that is written is to be one that is read
 * well: each of the description's in a response, unless the expectation means others (choices.h),
 * and each of the pact's in a request. Every pair is read by itself, and of those who may read an
 * alternative the one counts that finds least wrong with it. */

/* Pairs that one place may have, and that all places of an interaction may have read. */
enum { PAIRS_LIMIT = 4096, READINGS_LIMIT = 100000 };

/* What was found wrong with a pair. */
typedef struct Reading {
    Outcome outcome;
    size_t counted; /* mismatches that the provider's state does not decide */
    bool meant;     /* the expectation means the alternative; only then it was read */
    bool is_best;   /* of what one of the pact's alternatives reads, or sends */
    bool is_noted;
} Reading;

/* The alternatives of one kind on both sides. */
typedef struct Table {
    const Spot *spot;
    size_t depth;
    Choices expected, provided;
    Reading *readings; /* by expected, then by provided */
} Table;

static Reading *reading_of(const Table *table, size_t expected, size_t provided) {
    return &table->readings[expected * table->provided.count + provided];
}

/* ---- One pair -------------------------------------------------------------------------------- */

/* The pact's value of one of several unlike examples. */
static const Node *example_of(const Alternative *expected) {
    const Type *only = NULL;
    for (size_t i = 0; i < expected->from->types.count; i++) {
        const Type *type = expected->from->types.items[i];
        if (!type->kinds)
            continue;
        if (only)
            return NULL;
        only = type;
    }
    return only ? only->origin : NULL;
}

static Spot spot_of(const Table *table, size_t expected, size_t provided) {
    Spot pair = *table->spot;
    pair.expected_variant = table->expected.items[expected].alternative;
    pair.provided_variant = table->provided.items[provided].alternative;
    pair.choice = &table->provided.items[provided];
    if (table->expected.count > 1) {
        const Node *example = example_of(pair.expected_variant);
        pair.example = example ? example : pair.example;
    }
    return pair;
}

/* Whether a mismatch is more than the provider's state that decides it, and stays so. */
static bool counts_in(const Table *table, const Mismatch *mismatch) {
    return !mismatch->by_state || (mismatch->level == CONTRADICTED && !table->spot->lenient);
}

static void finish_reading(const Table *table, Reading *reading, const Node *variant) {
    reading->outcome.result = result_of(&reading->outcome);
    for (array_each(Mismatch, mismatch, &reading->outcome.mismatches)) {
        reading->counted += counts_in(table, mismatch);
        array_push(table->spot->holding->run, &mismatch->variants, variant);
    }
}

static void read_pair_apart(const Table *table, size_t expected, size_t provided) {
    Reading *reading = reading_of(table, expected, provided);
    Spot pair = spot_of(table, expected, provided);
    Holding apart = *pair.holding;
    apart.outcome = &reading->outcome;
    reading->outcome.readings = pair.holding->outcome->readings;
    apart.known = NULL;
    apart.tabled = 0;
    pair.holding = &apart;
    pair.lenient = false; /* so that the best is found; note_reading is lenient then */
    pair.node = compare_single(apart.comparer, pair.expected_variant, pair.provided_variant,
                               pair.node->direction);
    read_pair(&pair, table->depth);
    reading->meant = true;
    table->spot->holding->outcome->readings = reading->outcome.readings;
    finish_reading(table, reading, pair.choice->origin);
}

static bool is_better(const Reading *reading, const Reading *than) {
    const Outcome *a = &reading->outcome, *b = &than->outcome;
    if (a->result != b->result)
        return a->result < b->result;
    if (reading->counted != than->counted)
        return reading->counted < than->counted;
    return a->mismatches.count < b->mismatches.count;
}

/* ---- Which pairs count ----------------------------------------------------------------------- */

static const Reading *better(const Reading *best, const Reading *reading) {
    bool first = reading->meant && !best;
    return first || (reading->meant && is_better(reading, best)) ? reading : best;
}

/* `elsewhere`: it is of an alternative that none of the pact's is best read by. */
static void note_reading(const Table *table, const Reading *reading, bool elsewhere) {
    Reading *own = &table->readings[reading - table->readings];
    for (size_t i = 0; !own->is_noted && i < own->outcome.mismatches.count; i++) {
        Mismatch mismatch = own->outcome.mismatches.items[i];
        if (table->spot->lenient && mismatch.level == CONTRADICTED)
            mismatch.level = NOT_GUARANTEED;
        mismatch.elsewhere |= elsewhere;
        keep_mismatch(table->spot->holding, &mismatch);
    }
    own->is_noted = true;
}

/* ---- Tags that are sent ---------------------------------------------------------------------- */

/* The property of one of the pact's alternatives whose value means the choice; NULL: there is none,
 * or any value does. */
static const CanonicalProperty *tag_sent(const Table *table, size_t expected, size_t provided) {
    const Alternative *alternative = table->expected.items[expected].alternative;
    const Choice *choice = &table->provided.items[provided];
    bool tagged = alternative->kind == ALTERNATIVE_OBJECT && !alternative->values &&
                  choice->tags.list.count && !choice->tags.otherwise;
    return tagged ? object_property(&alternative->object, choice->tags.property) : NULL;
}

/* The values that mean any of the choices; false: all values may. */
static bool known_tags(const Table *table, size_t expected, Values *known) {
    Arena *run = table->spot->holding->run;
    const CanonicalProperty *sent = tag_sent(table, expected, 0);
    for (size_t j = 0; j < table->provided.count; j++) {
        const Choice *choice = &table->provided.items[j];
        if (!sent || tag_sent(table, expected, j) != sent)
            return false;
        for (size_t k = 0; k < choice->tags.list.count; k++) {
            Node *tag = arena_new_object(run, Node);
            tag->kind = NODE_STRING;
            tag->text = choice->tags.list.items[k];
            array_push(run, known, tag);
        }
    }
    return sent != NULL;
}

/* What a matcher leaves open may be no value of the discriminator's. */
static void note_tags_sent(const Table *table, size_t expected) {
    Holding *holding = table->spot->holding;
    Values *known = arena_new_object(holding->run, Values);
    if (table->spot->accepted || !known_tags(table, expected, known))
        return;
    const CanonicalProperty *sent = tag_sent(table, expected, 0);
    const Comparison *node =
        compare_meets(holding->comparer, sent->type, canonicals_listed(holding->canonicals, known),
                      DIRECTION_REQUEST);
    if (comparison_relation(holding->comparer, node) & ~(Effect)EFFECT_WIDENED)
        note_other_tags(table->spot, sent, table->provided.items[0].origin);
}

/* Each of the values that a matcher leaves open means another choice, and all are to take it. */
static void note_tagged(const Table *table, size_t expected) {
    for (size_t j = 0; j < table->provided.count; j++) {
        const Reading *reading = reading_of(table, expected, j);
        const CanonicalProperty *sent = tag_sent(table, expected, j);
        if (reading->meant && sent && chooses_values(sent->type))
            note_reading(table, reading, true);
    }
    note_tags_sent(table, expected);
}

/* What each of the pact's alternatives is best read, or taken, by. */
static void note_best(const Table *table) {
    for (size_t i = 0; i < table->expected.count; i++) {
        const Reading *best = NULL;
        for (size_t j = 0; j < table->provided.count; j++)
            best = better(best, reading_of(table, i, j));
        if (!best)
            continue;
        table->readings[best - table->readings].is_best = true;
        note_reading(table, best, false);
        if (!is_response(table->spot))
            note_tagged(table, i);
    }
}

/* Whether something is wrong with an alternative that is not with those that the pact has. */
static bool is_unlike_best(const Table *table, const Reading *reading) {
    for (size_t i = 0; i < reading->outcome.mismatches.count; i++) {
        const Mismatch *mismatch = &reading->outcome.mismatches.items[i];
        bool shared = !counts_in(table, mismatch);
        for (size_t j = 0; !shared && j < table->expected.count * table->provided.count; j++)
            shared =
                table->readings[j].is_best && find_reason(&table->readings[j].outcome, mismatch);
        if (!shared)
            return true;
    }
    return false;
}

/* The others that the provider may answer. The reason counts them: names of alternatives are not
 * part of what is sent, and their order is none. */
static void note_others(const Table *table) {
    size_t further = 0;
    for (size_t j = 0; j < table->provided.count; j++) {
        const Reading *best = NULL;
        for (size_t i = 0; i < table->expected.count; i++)
            best = better(best, reading_of(table, i, j));
        if (!best || best->is_best)
            continue;
        size_t index = (size_t)(best - table->readings) / table->provided.count;
        Spot pair = spot_of(table, index, j);
        pair.expected_variant = NULL;
        Text name = variant_name(pair.holding->run, pair.provided_variant, j);
        bool unlike = is_unlike_best(table, best);
        note_reading(table, best, true);
        if (unlike)
            note_further_variant(&pair, name, ++further);
    }
}

/* ---- What the expectation does not mean ------------------------------------------------------ */

/* "never", at the property by whose values the expectation means none of the alternatives. */
static void note_never(const Table *table, size_t expected, size_t provided,
                       const CanonicalProperty *read) {
    Spot pair = spot_of(table, expected, provided);
    Holding *holding = pair.holding;
    const Choice *choice = &table->provided.items[provided];
    const CanonicalProperty *sent = object_property(&choice->alternative->object, read->name);
    if ((choice->extended && !choice->tags.list.count) || pair.accepted)
        return;
    if (text_equal(choice->tags.property, read->name) && choice->tags.list.count) {
        note_no_such_tag(&pair, read, choice->origin);
        return;
    }
    const Comparison *node =
        compare_meets(holding->comparer, read->type, sent->type, pair.node->direction);
    read_step(&pair, (Step){STEP_PROPERTY, read->name}, node, table->depth);
}

/* An alternative that the expectation does not mean may also lack the tag that says so. */
static void note_optional_tag(const Table *table, size_t provided, const CanonicalProperty *read) {
    Spot pair = spot_of(table, 0, provided);
    const Choice *choice = &table->provided.items[provided];
    const CanonicalProperty *sent = object_property(&choice->alternative->object, read->name);
    if (sent && !sent->required && !choice->extended)
        read_change(&pair, difference_at(&pair, CHANGE_PROPERTY_OPTIONAL, read->name, read->origin,
                                         sent->origin));
}

static bool is_meant(const Table *table, size_t provided) {
    for (size_t i = 0; i < table->expected.count; i++)
        if (reading_of(table, i, provided)->meant)
            return true;
    return false;
}

static bool means_any(const Table *table, size_t expected) {
    for (size_t j = 0; j < table->provided.count; j++)
        if (reading_of(table, expected, j)->meant)
            return true;
    return false;
}

static void note_unmeant(const Table *table) {
    size_t count = table->provided.count;
    bool response = is_response(table->spot);
    for (size_t i = 0; i < table->expected.count; i++) {
        bool never = !means_any(table, i);
        for (size_t j = 0; j < count && (never || (response && i == 0)); j++) {
            const CanonicalProperty *read =
                telling_property(table->expected.items[i].alternative, &table->provided.items[j]);
            if (never)
                note_never(table, i, j, read);
            else if (read && !is_meant(table, j))
                note_optional_tag(table, j, read);
        }
    }
}

/* ---- All of a place -------------------------------------------------------------------------- */

static void note_too_many(const Spot *spot) {
    note_here(spot,
              difference_at(spot, CHANGE_TYPE_UNPROVEN, (Text){0},
                            meet_canonical(spot->expected)->origin,
                            meet_canonical(spot->provided)->origin),
              (Reason){NOT_GUARANTEED, false, REASON_UNPROVEN, TEXT("anyOf"),
                       say_of(spot, "has more alternatives than can be looked at")});
}

static void read_table(Table *table) {
    const Spot *spot = table->spot;
    size_t count = table->expected.count * table->provided.count;
    spot->holding->outcome->readings += count;
    if (count > PAIRS_LIMIT || spot->holding->outcome->readings > READINGS_LIMIT) {
        note_too_many(spot);
        return;
    }
    table->readings = arena_new_array(spot->holding->run, count, Reading);
    for (size_t i = 0; i < table->expected.count; i++)
        for (size_t j = 0; j < table->provided.count; j++)
            if (!telling_property(table->expected.items[i].alternative, &table->provided.items[j]))
                read_pair_apart(table, i, j);
    note_best(table);
    /* Of what a list is to hold among others, one that serves is enough. */
    if (is_response(spot) && (!spot->among || spot->trail != spot->among))
        note_others(table);
    note_unmeant(table);
}

/* Below one of several alternatives a contradiction is one of the provider only if none of them has
 * an answer for the consumer, or if the pact's whole value is refused by all of them. */
static bool another_may_serve(const Spot *spot) {
    if (spot->lenient || !spot->example)
        return true;
    if (is_response(spot))
        return types_in_common(spot->expected, spot->provided);
    return provider_accepts(spot, spot->example) != REFUSED;
}

/* What a change says of all alternatives together. */
static bool is_of_all(const Change *change) {
    switch (change->kind) {
    case CHANGE_TYPE_CHANGED:
    case CHANGE_NULL_ADDED:
    case CHANGE_NULL_REMOVED:
        return true;
    case CHANGE_CONSTRAINT_CHANGED:
        return text_is(change_attribute(change, ATTRIBUTE_KEYWORD), "oneOf");
    default:
        return false;
    }
}

/* Whether there is anything to choose among, which at most places there is not. */
static bool has_choices(const Spot *spot) {
    const Canonical *sides[] = {meet_canonical(spot->expected), meet_canonical(spot->provided)};
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < sides[side]->alternatives.count; i++) {
            const Alternative *one = sides[side]->alternatives.items[i];
            const Alternative *next = i + 1 < sides[side]->alternatives.count
                                          ? sides[side]->alternatives.items[i + 1]
                                          : NULL;
            if (one->tags.list.count || (next && next->kind == one->kind))
                return true;
        }
    return sides[1]->children != NULL;
}

bool read_alternatives(const Spot *spot, size_t depth) {
    enum { KINDS = ALTERNATIVE_OBJECT + 1 };
    Table tables[KINDS] = {0};
    Spot each = *spot;
    bool several = false, unlike = false, tagged = false;
    if (!spot->expected || !spot->provided || !has_choices(spot))
        return false;
    for (unsigned kind = 0; kind < KINDS; kind++) {
        Table *table = &tables[kind];
        choices_of(spot->holding->run, spot->expected, (AlternativeKind)kind, spot->node->direction,
                   &table->expected);
        choices_of(spot->holding->run, spot->provided, (AlternativeKind)kind, spot->node->direction,
                   &table->provided);
        bool both = table->expected.count && table->provided.count;
        several |= both && table->provided.count > 1;
        unlike |= both && table->expected.count > 1;
        tagged |= both && table->provided.items[0].tags.list.count;
        table->spot = &each;
        table->depth = depth;
    }
    if (!several && !unlike && !tagged)
        return false;
    for (size_t i = 0; i < spot->node->changes.count; i++)
        if (is_of_all(spot->node->changes.items[i]))
            read_change(spot, spot->node->changes.items[i]);
    each.lenient |= unlike || (several && another_may_serve(spot));
    for (unsigned kind = 0; kind < KINDS; kind++)
        if (tables[kind].expected.count && tables[kind].provided.count)
            read_table(&tables[kind]);
    return true;
}
