#include "graph/format_texts.h"
#include "graph/meet.h"
#include "graph/pattern.h"
#include "graph/values.h"

#include "support/decimal.h"

#include <stdio.h>

/* Whether a given value is in the set. Unproven is what a constraint or a pattern leaves open; one
 * refusal outweighs it, and that of a remark too. */

static Acceptance both(Acceptance a, Acceptance b) {
    static const int rank[] = {[ACCEPTED] = 0,
                               [ACCEPTED_BY_ANNOTATION] = 1,
                               [ACCEPTANCE_UNPROVEN] = 2,
                               [REFUSED_BY_ANNOTATION] = 3,
                               [REFUSED] = 4};
    return rank[a] > rank[b] ? a : b;
}

/* Of alternatives the best counts. */
static Acceptance either(Acceptance a, Acceptance b) {
    return both(a, b) == a ? b : a;
}

/* What it is where remarks bind. */
static Acceptance strictly(Acceptance acceptance) {
    if (acceptance == REFUSED_BY_ANNOTATION)
        return REFUSED;
    return acceptance == ACCEPTED_BY_ANNOTATION ? ACCEPTED : acceptance;
}

static Acceptance accepted_if(bool condition) {
    return condition ? ACCEPTED : REFUSED;
}

static bool within(Text digits, Bound minimum, Bound maximum) {
    return (!minimum.digits.size || decimal_compare(digits, minimum.digits) >= 0) &&
           (!maximum.digits.size || decimal_compare(digits, maximum.digits) <= 0);
}

bool count_is_within(size_t count, Bound minimum, Bound maximum) {
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%zu", count);
    return within((Text){digits, (size_t)size}, minimum, maximum);
}

/* To JSON Schema all are taken, whatever their format. */
static Acceptance by_format(Acceptance acceptance) {
    return acceptance == REFUSED ? REFUSED_BY_ANNOTATION : acceptance;
}

static Acceptance number_accepts(const NumberFacets *facets, Text digits) {
    if (facets->integer && !decimal_is_integer(digits))
        return REFUSED;
    if (!within(digits, facets->minimum, facets->maximum))
        return REFUSED;
    if (facets->exclusive_minimum && !decimal_compare(digits, facets->minimum.digits))
        return REFUSED;
    if (facets->exclusive_maximum && !decimal_compare(digits, facets->maximum.digits))
        return REFUSED;
    Acceptance acceptance = ACCEPTED;
    for (size_t i = 0; i < facets->multiples_of.count; i++) {
        bool decided;
        bool multiple = decimal_is_multiple(digits, facets->multiples_of.items[i], &decided);
        acceptance = both(acceptance, decided ? accepted_if(multiple) : ACCEPTANCE_UNPROVEN);
    }
    for (size_t i = 0; i < facets->formats.count; i++)
        acceptance =
            both(acceptance, by_format(format_accepts_number(facets->formats.items[i], digits)));
    return acceptance;
}

static Acceptance string_accepts(const StringFacets *facets, Text text) {
    Acceptance acceptance =
        accepted_if(count_is_within(text_length(text), facets->min_length, facets->max_length));
    for (size_t i = 0; i < facets->patterns.count && acceptance != REFUSED; i++)
        acceptance =
            both(acceptance, patterns_accept(facets->known, facets->patterns.items[i], text));
    for (size_t i = 0; i < facets->formats.count; i++)
        acceptance = both(acceptance,
                          by_format(format_accepts(facets->known, facets->formats.items[i], text)));
    /* `base64url` is the name of a format too, `base64` was called `byte`. */
    Text encoding = facets->content_encoding;
    if (encoding.size)
        encoding = text_is(encoding, "base64") ? TEXT("byte") : encoding;
    acceptance = both(acceptance, by_format(format_accepts(facets->known, encoding, text)));
    return acceptance;
}

static Acceptance array_accepts(const ArrayFacets *facets, const Node *array, Direction direction) {
    Acceptance acceptance =
        accepted_if(count_is_within(array->count, facets->min_items, facets->max_items));
    for (size_t i = 0; i < array->count && acceptance != REFUSED; i++) {
        Meet *item = i < facets->prefix_items.count ? facets->prefix_items.items[i] : facets->items;
        acceptance = both(acceptance, meet_accepts(item, array->items[i], direction));
        for (size_t j = 0; facets->unique_items && j < i; j++)
            if (node_equal(array->items[i], array->items[j]))
                return REFUSED;
    }
    return acceptance;
}

const CanonicalProperty *object_property(const ObjectFacets *facets, Text name) {
    size_t low = 0, high = facets->properties.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(facets->properties.items[middle].name, name);
        if (order == 0)
            return &facets->properties.items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static Acceptance name_accepts(const ObjectFacets *facets, Text name, Direction direction) {
    Node node = {.kind = NODE_STRING, .text = name};
    return facets->names ? meet_accepts(facets->names, &node, direction) : ACCEPTED;
}

static bool is_part(const CanonicalProperty *property, Direction direction) {
    return direction == DIRECTION_REQUEST ? !property->read_only : !property->write_only;
}

static Acceptance undeclared_accepts(const ObjectFacets *facets, const Member *member,
                                     Direction direction) {
    Acceptance acceptance = ACCEPTED;
    bool described = false;
    for (size_t i = 0; i < facets->pattern_properties.count; i++) {
        const PatternProperty *pattern = &facets->pattern_properties.items[i];
        if (patterns_accept(canonicals_patterns(pattern->type->owner), pattern->pattern,
                            member->key) != ACCEPTED)
            continue;
        described = true;
        acceptance = both(acceptance, meet_accepts(pattern->type, member->value, direction));
    }
    if (described)
        return acceptance;
    if (facets->additional == ADDITIONAL_DESCRIBED)
        return meet_accepts(facets->additional_type, member->value, direction);
    return accepted_if(facets->additional != ADDITIONAL_FORBIDDEN);
}

static Acceptance dependents_accept(const ObjectFacets *facets, const Node *object) {
    for (size_t i = 0; i < facets->dependent_required.count; i++) {
        const DependentRequired *dependent = &facets->dependent_required.items[i];
        if (!node_member(object, dependent->name))
            continue;
        for (size_t j = 0; j < dependent->required.count; j++)
            if (!node_member(object, dependent->required.items[j]))
                return REFUSED;
    }
    return ACCEPTED;
}

static Acceptance object_accepts(const ObjectFacets *facets, const Node *object,
                                 Direction direction) {
    for (size_t i = 0; i < facets->properties.count; i++) {
        const CanonicalProperty *property = &facets->properties.items[i];
        if (property->required && is_part(property, direction) &&
            !node_member(object, property->name))
            return REFUSED;
    }
    Acceptance acceptance =
        accepted_if(count_is_within(object->count, facets->min_properties, facets->max_properties));
    acceptance = both(acceptance, dependents_accept(facets, object));
    for (size_t i = 0; i < object->count && acceptance != REFUSED; i++) {
        const Member *member = &object->members[i];
        const CanonicalProperty *property = object_property(facets, member->key);
        acceptance = both(acceptance, name_accepts(facets, member->key, direction));
        acceptance =
            both(acceptance, property ? meet_accepts(property->type, member->value, direction)
                                      : undeclared_accepts(facets, member, direction));
    }
    return acceptance;
}

static Acceptance facets_accept(const Alternative *alternative, const Node *value,
                                Direction direction) {
    switch (alternative->kind) {
    case ALTERNATIVE_NULL:
    case ALTERNATIVE_BOOLEAN:
        return ACCEPTED;
    case ALTERNATIVE_NUMBER:
        return number_accepts(&alternative->number, value->text);
    case ALTERNATIVE_STRING:
        return string_accepts(&alternative->string, value->text);
    case ALTERNATIVE_ARRAY:
        return array_accepts(&alternative->array, value, direction);
    case ALTERNATIVE_OBJECT:
        return object_accepts(&alternative->object, value, direction);
    }
    return ACCEPTANCE_UNPROVEN;
}

/* ---- constraints ----------------------------------------------------------------------------- */

static bool is_by_annotation(Acceptance acceptance) {
    return acceptance == ACCEPTED_BY_ANNOTATION || acceptance == REFUSED_BY_ANNOTATION;
}

static Acceptance contains_accepts(const Constraint *constraint, const Node *array,
                                   Direction direction) {
    size_t found = 0, unproven = 0, remarked = 0;
    for (size_t i = 0; i < array->count; i++) {
        Acceptance accepted = meet_accepts(constraint->type, array->items[i], direction);
        found += strictly(accepted) == ACCEPTED;
        unproven += accepted == ACCEPTANCE_UNPROVEN;
        remarked += is_by_annotation(accepted);
    }
    if (unproven)
        return ACCEPTANCE_UNPROVEN;
    Acceptance acceptance =
        accepted_if(count_is_within(found, constraint->least, constraint->most));
    return remarked ? by_annotation(acceptance) : acceptance;
}

static Acceptance condition_accepts(const Constraint *constraint, const Node *value,
                                    Direction direction) {
    Acceptance then_accepts = meet_accepts(constraint->then_type, value, direction);
    Acceptance else_accepts = meet_accepts(constraint->else_type, value, direction);
    Acceptance met = meet_accepts(constraint->type, value, direction);
    if (then_accepts == else_accepts)
        return then_accepts;
    if (strictly(met) == ACCEPTANCE_UNPROVEN)
        return ACCEPTANCE_UNPROVEN;
    Acceptance acceptance = strictly(met) == ACCEPTED ? then_accepts : else_accepts;
    return is_by_annotation(met) ? by_annotation(acceptance) : acceptance;
}

static Acceptance denied(Acceptance acceptance) {
    static const Acceptance opposites[] = {
        [ACCEPTED] = REFUSED,
        [REFUSED] = ACCEPTED,
        [ACCEPTANCE_UNPROVEN] = ACCEPTANCE_UNPROVEN,
        [ACCEPTED_BY_ANNOTATION] = REFUSED_BY_ANNOTATION,
        [REFUSED_BY_ANNOTATION] = ACCEPTED_BY_ANNOTATION,
    };
    return opposites[acceptance];
}

static Acceptance constraint_accepts(const Constraint *constraint, const Node *value,
                                     Direction direction) {
    switch (constraint->sense) {
    case CONSTRAINT_WITHIN:
        if (!constraint->text.data)
            return contains_accepts(constraint, value, direction);
        return node_member(value, constraint->text)
                   ? meet_accepts(constraint->type, value, direction)
                   : ACCEPTED;
    case CONSTRAINT_OUTSIDE:
        return denied(meet_accepts(constraint->type, value, direction));
    case CONSTRAINT_CONDITION:
        return condition_accepts(constraint, value, direction);
    case CONSTRAINT_UNKNOWN:
        return ACCEPTANCE_UNPROVEN;
    }
    return ACCEPTANCE_UNPROVEN;
}

Acceptance alternative_accepts(const Alternative *alternative, const Node *value,
                               Direction direction) {
    Acceptance acceptance = ACCEPTED;
    if (alternative->values) {
        acceptance = accepted_if(values_have(alternative->values, value, SIZE_MAX));
    } else {
        acceptance = facets_accept(alternative, value, direction);
    }
    for (size_t i = 0; i < alternative->constraints.count && acceptance != REFUSED; i++)
        acceptance = both(acceptance,
                          constraint_accepts(&alternative->constraints.items[i], value, direction));
    return acceptance;
}

static bool is_kind_of(AlternativeKind kind, const Node *value) {
    static const NodeKind kinds[] = {
        [ALTERNATIVE_NULL] = NODE_NULL,      [ALTERNATIVE_BOOLEAN] = NODE_BOOLEAN,
        [ALTERNATIVE_NUMBER] = NODE_NUMBER,  [ALTERNATIVE_STRING] = NODE_STRING,
        [ALTERNATIVE_ARRAY] = NODE_SEQUENCE, [ALTERNATIVE_OBJECT] = NODE_MAPPING,
    };
    return kinds[kind] == value->kind;
}

/* Exactly one of a `oneOf`: `sure` take the value, and none but the `possible` may. */
static Acceptance exactly_one(size_t sure, size_t possible) {
    if (sure > 1 || !possible)
        return REFUSED;
    return possible == 1 && sure == 1 ? ACCEPTED : ACCEPTANCE_UNPROVEN;
}

static Acceptance one_accepts(Meet *meet, const Combinators *combinators, const Node *value,
                              Direction direction) {
    size_t sure = 0, possible = 0, sure_strictly = 0, possible_strictly = 0;
    for (size_t i = 0; i < combinators->one_of.count; i++) {
        Meet *variant = canonicals_meet(meet->owner, combinators->one_of.items[i]);
        Acceptance taken = meet_accepts(variant, value, direction);
        sure += taken == ACCEPTED;
        possible += taken != REFUSED;
        sure_strictly += strictly(taken) == ACCEPTED;
        possible_strictly += strictly(taken) != REFUSED;
    }
    Acceptance acceptance = exactly_one(sure, possible);
    return acceptance == ACCEPTANCE_UNPROVEN
               ? by_annotation(exactly_one(sure_strictly, possible_strictly))
               : acceptance;
}

/* Of an `anyOf` at least one variant must take the value. */
static Acceptance any_accepts(Meet *meet, const Combinators *combinators, const Node *value,
                              Direction direction) {
    Acceptance any = REFUSED;
    for (size_t i = 0; i < combinators->any_of.count && any != ACCEPTED; i++) {
        Meet *variant = canonicals_meet(meet->owner, combinators->any_of.items[i]);
        any = either(any, meet_accepts(variant, value, direction));
    }
    return any;
}

static Acceptance variants_accept(Meet *meet, const Type *type, const Node *value,
                                  Direction direction) {
    const Combinators *combinators = type->combinators;
    Acceptance one =
        combinators->one_of.count ? one_accepts(meet, combinators, value, direction) : ACCEPTED;
    return combinators->any_of.count ? both(one, any_accepts(meet, combinators, value, direction))
                                     : one;
}

/* The alternatives of overlapping variants are more than what the `oneOf` takes. */
static Acceptance overlap_accepts(Meet *meet, const Node *value, Direction direction) {
    Acceptance acceptance = ACCEPTED;
    for (size_t i = 0; i < meet->types.types.count; i++)
        if (meet->types.types.items[i]->combinators)
            acceptance = both(acceptance,
                              variants_accept(meet, meet->types.types.items[i], value, direction));
    return acceptance;
}

static Acceptance accepts(Meet *meet, const Node *value, Direction direction) {
    const Canonical *canonical = meet_canonical(meet);
    Acceptance best = REFUSED;
    for (size_t i = 0; i < canonical->alternatives.count && best != ACCEPTED; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (!is_kind_of(alternative->kind, value))
            continue;
        best = either(best, both(alternative_accepts(alternative, value, direction),
                                 tag_accepts(canonical, alternative, value)));
    }
    if (strictly(best) != REFUSED)
        best = both(best, extension_accepts(meet, value, direction));
    bool null_beside = meet->or_null && value->kind == NODE_NULL;
    if (best != REFUSED && canonical->overlapping_one_of && !null_beside)
        best = both(best, overlap_accepts(meet, value, direction));
    return best;
}

/* What asks for itself of the same value, as `not` may, is not decided. */
Acceptance meet_accepts(Meet *meet, const Node *value, Direction direction) {
    if (!meet_is_at_hand(meet) || meet->asked == value)
        return ACCEPTANCE_UNPROVEN;
    const Node *asked = meet->asked;
    meet->asked = value;
    Acceptance acceptance = accepts(meet, value, direction);
    meet->asked = asked;
    return acceptance;
}

Acceptance meet_accepts_strictly(Meet *meet, const Node *value, Direction direction) {
    return strictly(meet_accepts(meet, value, direction));
}

/* ---- undeclared properties ------------------------------------------------------------------- */

bool type_speaks_of(const Type *type, Text name) {
    const ObjectKeywords *object = type->object;
    for (size_t i = 0; object && i < object->properties.count; i++)
        if (text_equal(object->properties.items[i].name, name))
            return true;
    for (size_t i = 0; object && i < object->pattern_properties.count; i++)
        if (pattern_accepts(object->pattern_properties.items[i].name, name) == ACCEPTED)
            return true;
    return false;
}

bool name_is_refused(const ObjectFacets *facets, Text name) {
    Node node = {.kind = NODE_STRING, .text = name};
    return facets->names && meet_is_at_hand(facets->names) &&
           meet_accepts(facets->names, &node, DIRECTION_REQUEST) == REFUSED;
}

bool pattern_speaks_of(Canonicals *canonicals, const ObjectFacets *facets, Text name) {
    for (size_t i = 0; i < facets->pattern_properties.count; i++)
        if (patterns_accept(canonicals_patterns(canonicals),
                            facets->pattern_properties.items[i].pattern, name) == ACCEPTED)
            return true;
    return false;
}

Meet *undeclared_property(Canonicals *canonicals, const ObjectFacets *facets, Text name) {
    Meet *described = NULL;
    if (name_is_refused(facets, name))
        return canonicals_nothing(canonicals);
    for (size_t i = 0; i < facets->pattern_properties.count; i++) {
        const PatternProperty *pattern = &facets->pattern_properties.items[i];
        if (patterns_accept(canonicals_patterns(canonicals), pattern->pattern, name) == ACCEPTED)
            described = described ? canonicals_meet_both(canonicals, described, pattern->type)
                                  : pattern->type;
    }
    if (described)
        return described;
    if (facets->additional == ADDITIONAL_FORBIDDEN)
        return canonicals_nothing(canonicals);
    return facets->additional == ADDITIONAL_DESCRIBED ? facets->additional_type
                                                      : canonicals_meet(canonicals, NULL);
}

bool property_may_come(Canonicals *canonicals, const ObjectFacets *facets, Text name) {
    const CanonicalProperty *property = object_property(facets, name);
    Meet *type = property ? property->type : undeclared_property(canonicals, facets, name);
    return type != canonicals_nothing(canonicals);
}
