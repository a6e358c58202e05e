#include "impact/common.h"

#include "document/document.h"
#include "graph/pattern.h"
#include "impact/choices.h"
#include "support/decimal.h"

/* Conservative: what is not looked into may be in common. An expectation is a finite tree, so the
 * walk ends whatever cycles the description has; alternatives within alternatives multiply, so only
 * so many pairs of them are looked at. */

enum { PAIRS_LIMIT = 20000 };

static bool have_common(Meet *expected, Meet *provided, size_t *pairs);

static bool any_accepted(const Values *values, const Alternative *by) {
    for (size_t i = 0; i < values->count; i++) {
        Acceptance accepted = alternative_accepts(by, values->items[i], DIRECTION_RESPONSE);
        if (accepted != REFUSED && accepted != REFUSED_BY_ANNOTATION)
            return true;
    }
    return false;
}

static const CanonicalProperty *property_named(const ObjectFacets *facets, Text name) {
    for (size_t i = 0; i < facets->properties.count; i++)
        if (text_equal(facets->properties.items[i].name, name))
            return &facets->properties.items[i];
    return NULL;
}

/* Also of an `if` that limits nothing: what it names may come, unless the object is closed. */
static bool has_condition(const Alternative *alternative) {
    if (alternative->kind != ALTERNATIVE_OBJECT ||
        alternative->object.additional == ADDITIONAL_FORBIDDEN)
        return false;
    for (size_t i = 0; alternative->from && i < alternative->from->types.count; i++) {
        const Combinators *combinators = alternative->from->types.items[i]->combinators;
        if (combinators && combinators->if_type)
            return true;
    }
    return false;
}

static bool has_open_constraint(const Alternative *alternative) {
    static const char *const keywords[] = {"if",
                                           "then",
                                           "else",
                                           "dependentSchemas",
                                           "anyOf",
                                           "oneOf",
                                           "contains",
                                           "unevaluatedProperties",
                                           "$ref",
                                           "not",
                                           "unevaluatedItems"};
    for (size_t i = 0; i < alternative->constraints.count; i++)
        for (size_t j = 0; j < sizeof keywords / sizeof *keywords; j++)
            if (strcmp(alternative->constraints.items[i].keyword, keywords[j]) == 0)
                return true;
    return has_condition(alternative);
}

bool may_declare_more(const Canonical *canonical, const Alternative *variant) {
    if (variant)
        return has_open_constraint(variant);
    for (size_t i = 0; i < canonical->alternatives.count; i++)
        if (has_open_constraint(canonical->alternatives.items[i]))
            return true;
    return false;
}

static bool is_beyond(Bound least, size_t index) {
    size_t count = 0;
    for (size_t i = 0; i < least.digits.size && count < 1000000; i++)
        count = count * 10 + (size_t)(least.digits.data[i] - '0');
    return index >= count;
}

bool item_is_certain(const ArrayFacets *expected, const ArrayFacets *provided, size_t index) {
    if (index == SIZE_MAX)
        index = expected->prefix_items.count > provided->prefix_items.count
                    ? expected->prefix_items.count
                    : provided->prefix_items.count;
    return index == 0 || !is_beyond(expected->min_items, index);
}

static bool is_open_object(const Alternative *one) {
    return one->kind == ALTERNATIVE_OBJECT && !one->values && !one->tags.list.count &&
           !one->outside.count && !one->inexact && one->object.additional != ADDITIONAL_FORBIDDEN;
}

/* Whether a property lists values of which none is one of both. */
static bool objects_told_apart(const Alternative *one, const Alternative *other) {
    for (size_t i = 0; i < one->object.properties.count; i++) {
        const CanonicalProperty *a = &one->object.properties.items[i];
        const CanonicalProperty *b = property_named(&other->object, a->name);
        const Canonical *left = b ? meet_canonical(a->type) : NULL;
        const Canonical *right = b ? meet_canonical(b->type) : NULL;
        if (b && left->alternatives.count == 1 && right->alternatives.count == 1 &&
            left->alternatives.items[0]->values && right->alternatives.items[0]->values &&
            !any_accepted(left->alternatives.items[0]->values, right->alternatives.items[0]))
            return true;
    }
    return false;
}

const CanonicalProperty *property_beside(const Canonical *canonical, const Alternative *variant,
                                         Text name) {
    if (canonical->overlapping_one_of || canonical->discriminator || !is_open_object(variant))
        return NULL;
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *other = canonical->alternatives.items[i];
        if (other == variant || !is_open_object(other))
            continue;
        const CanonicalProperty *property = property_named(&other->object, name);
        if (property && property->declared && !objects_told_apart(variant, other))
            return property;
    }
    return NULL;
}

/* What is declared may come, what is not declared does not: as reading.c has it. What another
 * alternative declares that may hold as well comes with that one. */
static bool object_in_common(const ObjectFacets *expected, const Canonical *canonical,
                             const Alternative *variant, size_t *pairs) {
    const ObjectFacets *provided = &variant->object;
    bool declares = provided->properties.count > 0;
    for (size_t i = 0; i < expected->properties.count; i++) {
        const CanonicalProperty *read = &expected->properties.items[i];
        const CanonicalProperty *sent = property_named(provided, read->name);
        bool described =
            sent && (sent->declared || sent->required || !declares) && !sent->write_only;
        if (!read->required)
            continue;
        const CanonicalProperty *beside =
            described ? NULL : property_beside(canonical, variant, read->name);
        if (beside && !beside->write_only && have_common(read->type, beside->type, pairs))
            continue;
        if (described && !have_common(read->type, sent->type, pairs))
            return false;
        if (described || provided->pattern_properties.count)
            continue;
        if (provided->additional == ADDITIONAL_FORBIDDEN ||
            (provided->additional == ADDITIONAL_UNSAID && declares))
            return false;
        if (provided->additional == ADDITIONAL_DESCRIBED &&
            !have_common(read->type, provided->additional_type, pairs))
            return false;
    }
    return true;
}

static Meet *item_at(const ArrayFacets *facets, size_t index) {
    return index < facets->prefix_items.count ? facets->prefix_items.items[index] : facets->items;
}

static bool counts_in_common(const ArrayFacets *a, const ArrayFacets *b) {
    bool above = a->min_items.digits.size && b->max_items.digits.size &&
                 decimal_compare(a->min_items.digits, b->max_items.digits) > 0;
    return !above;
}

/* Whether items behind the first `count` ones may come. */
static bool may_go_on(const ArrayFacets *facets, size_t count) {
    return !facets->max_items.digits.size || !is_beyond(facets->max_items, count);
}

static Meet *item_in_common(Meet *expected, const ArrayFacets *provided, size_t *pairs) {
    size_t count = provided->prefix_items.count;
    if (may_go_on(provided, count) && have_common(expected, provided->items, pairs))
        return provided->items;
    for (size_t i = 0; i < count && may_go_on(provided, i); i++)
        if (have_common(expected, provided->prefix_items.items[i], pairs))
            return provided->prefix_items.items[i];
    return NULL;
}

/* What is looked for among the items must be one that may come. */
static bool contained_in_common(const Alternative *expected, const ArrayFacets *provided,
                                size_t *pairs) {
    for (size_t i = 0; i < expected->constraints.count; i++) {
        const Constraint *constraint = &expected->constraints.items[i];
        if (text_is(TEXT("contains"), constraint->keyword) && constraint->type &&
            !item_in_common(constraint->type, provided, pairs))
            return false;
    }
    return true;
}

static bool array_in_common(const ArrayFacets *expected, const ArrayFacets *provided,
                            size_t *pairs) {
    if (!counts_in_common(expected, provided) || !counts_in_common(provided, expected))
        return false;
    bool filled = expected->min_items.digits.size && !text_is(expected->min_items.digits, "0");
    size_t certain = expected->prefix_items.count ? expected->prefix_items.count : 1;
    for (size_t i = 0; filled && i < certain; i++)
        if (!have_common(item_at(expected, i), item_at(provided, i), pairs))
            return false;
    return true;
}

static bool texts_in_common(const StringFacets *expected, const StringFacets *provided) {
    Bound least = expected->min_length, most = provided->max_length;
    if (least.digits.size && most.digits.size && decimal_compare(least.digits, most.digits) > 0)
        return false;
    bool any = !expected->patterns.count && !expected->formats.count;
    if (any)
        return true;
    StringFacets reads = texts_with_formats(expected->known, expected);
    StringFacets sends = texts_with_formats(expected->known, provided);
    return !texts_are_apart(expected->known, &reads, &sends);
}

/* A decimal is written with a fraction, an integer without one. */
static bool numbers_in_common(const Alternative *expected, const Alternative *provided) {
    return !provided->number.integer || (conjunction_kinds(expected->from) & KIND_INTEGER);
}

static bool alternatives_in_common(const Alternative *expected, const Canonical *canonical,
                                   const Alternative *provided, size_t *pairs) {
    if (expected->kind != provided->kind)
        return false;
    if (expected->values)
        return any_accepted(expected->values, provided);
    if (provided->values)
        return any_accepted(provided->values, expected);
    if (has_open_constraint(provided))
        return true;
    if (expected->kind == ALTERNATIVE_STRING)
        return texts_in_common(&expected->string, &provided->string);
    if (expected->kind == ALTERNATIVE_NUMBER)
        return numbers_in_common(expected, provided);
    if (expected->kind == ALTERNATIVE_OBJECT)
        return object_in_common(&expected->object, canonical, provided, pairs);
    if (expected->kind == ALTERNATIVE_ARRAY)
        return array_in_common(&expected->array, &provided->array, pairs) &&
               contained_in_common(expected, &provided->array, pairs);
    return true;
}

/* What a discriminator's values mean is nothing else. */
static bool means_choice(const Alternative *expected, const Alternative *provided,
                         const Tags *tags) {
    tags = tags_that_hold(provided, tags ? tags : &provided->tags);
    const CanonicalProperty *read =
        expected->kind == ALTERNATIVE_OBJECT && !expected->values && tags->list.count
            ? property_named(&expected->object, tags->property)
            : NULL;
    return !read || tags->otherwise || tags_in_common(read->type, tags);
}

static bool choices_in_common(const Canonical *expected, const Canonical *provided,
                              const Tags *tags, size_t *pairs) {
    for (size_t i = 0; i < expected->alternatives.count; i++)
        for (size_t j = 0; j < provided->alternatives.count; j++) {
            const Alternative *reads = expected->alternatives.items[i];
            const Alternative *sends = provided->alternatives.items[j];
            if (++*pairs > PAIRS_LIMIT || (means_choice(reads, sends, tags) &&
                                           alternatives_in_common(reads, provided, sends, pairs)))
                return true;
        }
    return false;
}

static bool have_common(Meet *expected, Meet *provided, size_t *pairs) {
    const Canonical *reads = meet_canonical(expected), *sends = meet_canonical(provided);
    const Discriminator *children = sends->children;
    bool common = sends->unknown || choices_in_common(reads, sends, NULL, pairs);
    for (size_t i = 0; !common && children && i < children->mapping.count; i++) {
        Meet *child = meet_child(provided, i);
        Text value = children->mapping.items[i].value;
        Tags tags = {.property = children->property,
                     .list = {.items = &value, .count = 1, .capacity = 1},
                     .otherwise = children->mapping.items[i].type == children->default_type};
        common = child && choices_in_common(reads, meet_canonical(child), &tags, pairs);
    }
    return common;
}

bool types_in_common(Meet *expected, Meet *provided) {
    size_t pairs = 0;
    return have_common(expected, provided, &pairs);
}

Meet *items_in_common(Meet *expected, const ArrayFacets *provided) {
    size_t pairs = 0;
    return item_in_common(expected, provided, &pairs);
}
