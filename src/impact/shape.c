#include "graph/pattern.h"
#include "impact/sent.h"
#include "impact/spot.h"

/* What else may be sent in a parameter than the example, by the pact's matchers: held against the
 * description as a body's parts are. */

static bool is_constant(const Type *type) {
    const Combinators *combinators = type->combinators;
    for (size_t i = 0; combinators && i < combinators->any_of.count; i++)
        if (!is_constant(combinators->any_of.items[i]))
            return false;
    return combinators ? combinators->any_of.count > 0 : type->constant != NULL;
}

/* ---- Numbers and booleans as texts ----------------------------------------------------------- */

static void add_digits(Buffer *out, char low, char high) {
    if (low == high)
        buffer_add_byte(out, low);
    else
        buffer_format(out, "[%c-%c]", low, high);
}

/* Numbers without a sign of as many digits as `limit` that are no more (or, `least`, no less). */
static void add_same_length(Buffer *out, Text limit, bool least) {
    buffer_add(out, limit);
    for (size_t i = 0; i < limit.size; i++) {
        char digit = limit.data[i], first = !least && !i && limit.size > 1 ? '1' : '0';
        if (least ? digit == '9' : digit <= first)
            continue;
        buffer_add_byte(out, '|');
        buffer_add(out, text_slice(limit, 0, i));
        add_digits(out, least ? (char)(digit + 1) : first, least ? '9' : (char)(digit - 1));
        if (i + 1 < limit.size)
            buffer_format(out, "[0-9]{%zu}", limit.size - i - 1);
    }
}

/* ARRAY(Text) patterns that all match what a number, boolean or listed value is written as. */
typedef struct Writing {
    ARRAY(Text) patterns;
    bool whole; /* they say all that the description does */
} Writing;

static bool is_whole(Bound bound) {
    Text digits = bound.digits;
    for (size_t i = 0; i < digits.size; i++)
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return false;
    return digits.size > 0 && digits.size < 20;
}

static void add_bounds(Arena *run, const NumberFacets *number, Writing *writing) {
    Buffer pattern = {.arena = run};
    bool low = is_whole(number->minimum), high = is_whole(number->maximum);
    if (low) {
        Text digits = number->minimum.digits;
        buffer_add(&pattern, TEXT("^0*("));
        add_same_length(&pattern, digits, true);
        buffer_format(&pattern, "|[1-9][0-9]{%zu,})$", digits.size);
        array_push(run, &writing->patterns, buffer_text(&pattern));
    }
    pattern = (Buffer){.arena = run};
    if (high) {
        Text digits = number->maximum.digits;
        buffer_add(&pattern, TEXT("^(-[0-9]+|0*("));
        add_same_length(&pattern, digits, false);
        if (digits.size > 1)
            buffer_format(&pattern, "|[0-9]{1,%zu}", digits.size - 1);
        buffer_add(&pattern, TEXT("))$"));
        array_push(run, &writing->patterns, buffer_text(&pattern));
    }
    writing->whole = (low || !number->minimum.digits.size) &&
                     (high || !number->maximum.digits.size) && !number->multiples_of.count;
}

static void add_values(Arena *run, const Values *values, Writing *writing) {
    Buffer pattern = {.arena = run};
    for (size_t i = 0; i < values->count; i++) {
        buffer_add(&pattern, i ? TEXT("|") : TEXT("^("));
        Text value = node_to_json(run, values->items[i], SIZE_MAX);
        for (size_t j = 0; j < value.size; j++) {
            if (value.data[j] == '.' || value.data[j] == '+')
                buffer_add_byte(&pattern, '\\');
            buffer_add_byte(&pattern, value.data[j]);
        }
    }
    buffer_add(&pattern, TEXT(")$"));
    array_push(run, &writing->patterns, buffer_text(&pattern));
    writing->whole = true;
}

/* How a provider writes it, or what it may read it of. */
static Writing writing_of(Arena *run, Meet *provided, Direction direction) {
    const Canonical *canonical = meet_canonical(provided);
    KindSet kinds = canonical->kinds;
    Writing writing = {0};
    const Alternative *only = NULL;
    size_t count = 0;
    for (size_t i = 0; i < canonical->alternatives.count; i++)
        if (canonical->alternatives.items[i]->kind != ALTERNATIVE_NULL) {
            only = canonical->alternatives.items[i];
            count++;
        }
    if (count == 1 && only->values) {
        add_values(run, only->values, &writing);
        return writing;
    }
    bool written = direction == DIRECTION_RESPONSE;
    Text number = written ? TEXT("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$")
                          : TEXT("^[+-]?[0-9.]+([eE][+-]?[0-9]+)?$");
    Text integer = written ? TEXT("^-?(0|[1-9][0-9]*)$") : TEXT("^[+-]?[0-9]+$");
    array_push(run, &writing.patterns,
               kinds & KIND_FRACTION  ? number
               : kinds & KIND_INTEGER ? integer
                                      : TEXT("^(true|false)$"));
    writing.whole = true;
    if (count == 1 && only->kind == ALTERNATIVE_NUMBER) {
        const NumberFacets *facets = &only->number;
        if (!(kinds & KIND_FRACTION))
            add_bounds(run, facets, &writing);
        else
            writing.whole = !facets->minimum.digits.size && !facets->maximum.digits.size &&
                            !facets->multiples_of.count;
    }
    return writing;
}

/* ---- Holding --------------------------------------------------------------------------------- */

/* Whether some text that the pact allows is none of the description's. */
static bool is_sent_beyond(const StringFacets *texts, const Writing *writing) {
    if (!texts->patterns.count)
        return false;
    for (size_t i = 0; i < writing->patterns.count; i++)
        if (texts_match(texts->known, texts, writing->patterns.items[i], NULL) == NOT_INCLUDED)
            return true;
    return !writing->whole;
}

/* Whether some text of the description's is none that the pact allows. */
static bool is_written_beyond(Arena *run, const StringFacets *texts, const Writing *writing) {
    StringFacets written = {.known = texts->known};
    for (size_t i = 0; i < writing->patterns.count; i++)
        array_push(run, &written.patterns, writing->patterns.items[i]);
    for (size_t i = 0; i < texts->patterns.count; i++)
        if (texts_match(texts->known, &written, texts->patterns.items[i], NULL) == NOT_INCLUDED)
            return true;
    return false;
}

static void note_beyond(const Spot *spot, bool whole) {
    Text kinds = kinds_name(spot->holding->run, meet_canonical(spot->provided)->kinds);
    const char *say = is_response(spot) ? "which the pact does not allow all of"
                      : whole           ? "which not all texts are that the pact allows"
                                        : "and keeps to bounds that the pact's texts may not keep";
    note_here(spot,
              difference_at(spot, CHANGE_TYPE_CHANGED, (Text){0}, NULL,
                            meet_canonical(spot->provided)->origin),
              (Reason){NOT_GUARANTEED, false, REASON_KIND, TEXT("string"),
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
    if (is_response(spot) ? is_written_beyond(holding->run, &shape->string, &writing)
                          : is_sent_beyond(&shape->string, &writing))
        note_beyond(spot, writing.whole);
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
        .lenient = true,
    };
    hold_part(&spot, field);
}
