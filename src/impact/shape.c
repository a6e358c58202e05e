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

/* Of numbers and booleans, which stand as texts here: those that are written by the kinds. */
static Text texts_of(KindSet kinds) {
    if (kinds & KIND_FRACTION)
        return TEXT("^[+-]?[0-9.]+([eE][+-]?[0-9]+)?$");
    return kinds & KIND_INTEGER ? TEXT("^[+-]?[0-9]+$") : TEXT("^(true|false)$");
}

typedef struct Shape {
    Spot spot;
    const Alternative *texts; /* the shape, if it is of strings alone */
    Text pattern;             /* what the description takes is written so */
} Shape;

/* Whether some text of the shape is none of the description's. */
static bool reaches_beyond(const Shape *shape) {
    const StringFacets *texts = &shape->texts->string;
    return texts->patterns.count &&
           texts_match(texts->known, texts, shape->pattern, NULL) == NOT_INCLUDED;
}

static void note_beyond(const Shape *shape) {
    const Spot *spot = &shape->spot;
    Text kinds = kinds_name(spot->holding->run, meet_canonical(spot->provided)->kinds);
    note_here(spot,
              difference_at(spot, CHANGE_TYPE_CHANGED, (Text){0}, NULL,
                            meet_canonical(spot->provided)->origin),
              (Reason){NOT_GUARANTEED, false, REASON_KIND, TEXT("string"),
                       text_format(spot->holding->run,
                                   "`%.*s` is %.*s in the description, which not all texts are "
                                   "that the pact allows",
                                   TEXT_ARG(place_location(spot->place)), TEXT_ARG(kinds))});
}

/* The items, of a list; else itself. */
static Meet *part_of(Meet *meet, bool *items) {
    const Canonical *canonical = meet_canonical(meet);
    const Alternative *array = only_alternative(meet, NULL, ALTERNATIVE_ARRAY);
    *items = array && !(canonical->kinds & ~(KindSet)(KIND_ARRAY | KIND_NULL));
    return *items ? array->array.items : meet;
}

static void hold_part(const Shape *shape) {
    Spot spot = shape->spot;
    KindSet kinds = meet_canonical(spot.provided)->kinds;
    if (kinds & KIND_STRING) {
        read_spot(&spot, 0);
    } else if (shape->texts && !(kinds & (KIND_ARRAY | KIND_OBJECT)) && reaches_beyond(shape)) {
        note_beyond(shape);
    }
}

void hold_shape(Holding *holding, const Parameter *parameter, const Field *field, Meet *meet) {
    if (!field || !field->type || !field->values.count || is_constant(field->type))
        return;
    bool items;
    Meet *provided = part_of(meet, &items);
    Text location = text_format(holding->run, "%s.%.*s", field_place_word(parameter->in),
                                TEXT_ARG(parameter->name));
    Trail above = {NULL, {STEP_PARAMETER, location}};
    Trail item = {&above, {STEP_ITEMS, {0}}};
    Meet *expected = canonicals_meet(holding->canonicals, field->type);
    Node *example = arena_new_object(holding->run, Node);
    const Node *origin = field->origin ? field->origin : holding->interaction->origin;
    *example = *origin;
    example->kind = NODE_STRING;
    example->text = field->values.items[0];
    Shape shape = {
        .spot =
            {
                .holding = holding,
                .trail = items ? &item : &above,
                .place = text_format(holding->run, "request.%.*s%s", TEXT_ARG(location),
                                     items ? "[*]" : ""),
                .example = example,
                .expected = expected,
                .provided = provided,
                .lenient = true,
            },
        .texts = only_alternative(expected, NULL, ALTERNATIVE_STRING),
        .pattern = texts_of(meet_canonical(provided)->kinds),
    };
    shape.spot.node = compare_meets(holding->comparer, expected, provided, DIRECTION_REQUEST);
    hold_part(&shape);
}
