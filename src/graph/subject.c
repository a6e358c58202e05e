#include "graph/subject.h"

#include "graph/formats.h"
#include "graph/pattern.h"
#include "graph/values.h"
#include "support/decimal.h"

#include <stdio.h>

Subject subject_of(const Alternative *alternative) {
    Subject subject = {.is = *alternative};
    subject.is.constraints.capacity = subject.is.constraints.count;
    subject.is.outside.capacity = subject.is.outside.count;
    if (alternative->kind == ALTERNATIVE_OBJECT) {
        subject.is.object.properties.capacity = 0;
        subject.is.object.dependent_required.capacity = subject.is.object.dependent_required.count;
    }
    return subject;
}

/* ---- objects --------------------------------------------------------------------------------- */

Meet *additional_type(Canonicals *canonicals, const ObjectFacets *object) {
    if (object->additional == ADDITIONAL_DESCRIBED)
        return object->additional_type;
    return object->additional == ADDITIONAL_FORBIDDEN ? canonicals_nothing(canonicals)
                                                      : canonicals_meet(canonicals, NULL);
}

Meet *subject_property_type(const Workshop *shop, const Subject *subject, Text name) {
    const CanonicalProperty *property = object_property(&subject->is.object, name);
    return property ? property->type
                    : undeclared_property(shop->canonicals, &subject->is.object, name);
}

/* The property to be changed, in a list that is the copy's own. */
static CanonicalProperty *own_property(const Workshop *shop, Subject *subject, Text name) {
    ObjectFacets *object = &subject->is.object;
    CanonicalProperty own = {.name = name, .type = subject_property_type(shop, subject, name)};
    size_t count = object->properties.count, at = 0;
    CanonicalProperty *items = arena_new_array(shop->arena, count + 1, CanonicalProperty);
    while (at < count && text_compare(object->properties.items[at].name, name) < 0) {
        items[at] = object->properties.items[at];
        at++;
    }
    bool there = at < count && text_equal(object->properties.items[at].name, name);
    items[at] = there ? object->properties.items[at] : own;
    for (size_t i = at + there; i < count; i++)
        items[i + !there] = object->properties.items[i];
    object->properties.items = items;
    object->properties.count = count + !there;
    return &items[at];
}

Subject subject_with(const Workshop *shop, const Subject *subject, Text name) {
    Subject with = *subject;
    own_property(shop, &with, name)->required = true;
    return with;
}

Subject subject_without(const Workshop *shop, const Subject *subject, Text name) {
    Subject without = *subject;
    own_property(shop, &without, name)->type = canonicals_nothing(shop->canonicals);
    return without;
}

static CanonicalProperty met_property(const Workshop *shop, const CanonicalProperty *property,
                                      const ObjectFacets *other) {
    CanonicalProperty met = *property;
    const CanonicalProperty *there = object_property(other, property->name);
    Meet *type = there ? there->type : undeclared_property(shop->canonicals, other, property->name);
    met.type = canonicals_meet_both(shop->canonicals, property->type, type);
    met.required |= there && there->required;
    return met;
}

static void meet_properties(const Workshop *shop, const ObjectFacets *a, const ObjectFacets *b,
                            ObjectFacets *met) {
    size_t i = 0, j = 0;
    met->properties.items = NULL;
    met->properties.count = met->properties.capacity = 0;
    while (i < a->properties.count || j < b->properties.count) {
        int order = i == a->properties.count ? 1
                    : j == b->properties.count
                        ? -1
                        : text_compare(a->properties.items[i].name, b->properties.items[j].name);
        CanonicalProperty property = order <= 0 ? met_property(shop, &a->properties.items[i], b)
                                                : met_property(shop, &b->properties.items[j], a);
        array_push(shop->arena, &met->properties, property);
        i += order <= 0;
        j += order >= 0;
    }
}

/* Names that match a pattern of one side may match one of the other, too; where the other has none,
 * what it says of all other names holds. */
static void meet_patterns(const Workshop *shop, const ObjectFacets *a, const ObjectFacets *b,
                          ObjectFacets *met) {
    for (size_t i = 0; i < a->pattern_properties.count; i++) {
        PatternProperty pattern = a->pattern_properties.items[i];
        if (!b->pattern_properties.count)
            pattern.type = canonicals_meet_both(shop->canonicals, pattern.type,
                                                additional_type(shop->canonicals, b));
        array_push(shop->arena, &met->pattern_properties, pattern);
    }
}

static void meet_objects(const Workshop *shop, const ObjectFacets *a, const ObjectFacets *b,
                         ObjectFacets *met) {
    Canonicals *canonicals = shop->canonicals;
    meet_properties(shop, a, b, met);
    met->pattern_properties.items = NULL;
    met->pattern_properties.count = met->pattern_properties.capacity = 0;
    meet_patterns(shop, a, b, met);
    meet_patterns(shop, b, a, met);
    met->additional_type = canonicals_meet_both(canonicals, additional_type(canonicals, a),
                                                additional_type(canonicals, b));
    met->additional = meet_is_nothing(met->additional_type)    ? ADDITIONAL_FORBIDDEN
                      : meet_is_anything(met->additional_type) ? ADDITIONAL_ALLOWED
                                                               : ADDITIONAL_DESCRIBED;
    if (a->names && b->names)
        met->names = canonicals_meet_both(canonicals, a->names, b->names);
    else
        met->names = a->names ? a->names : b->names;
    bound_narrow_minimum(&met->min_properties, b->min_properties);
    bound_narrow_maximum(&met->max_properties, b->max_properties);
    for (size_t i = 0; i < b->dependent_required.count; i++)
        array_push(shop->arena, &met->dependent_required, b->dependent_required.items[i]);
}

static bool require_called(const Workshop *shop, Subject *subject,
                           const DependentRequired *called) {
    bool changed = false;
    for (size_t i = 0; i < called->required.count; i++) {
        const CanonicalProperty *there =
            object_property(&subject->is.object, called->required.items[i]);
        if (there && there->required)
            continue;
        own_property(shop, subject, called->required.items[i])->required = true;
        changed = true;
    }
    return changed;
}

static void settle_dependents(const Workshop *shop, Subject *subject) {
    ObjectFacets *object = &subject->is.object;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < object->dependent_required.count; i++) {
            const DependentRequired *called = &object->dependent_required.items[i];
            const CanonicalProperty *caller = object_property(object, called->name);
            if (caller && caller->required)
                changed |= require_called(shop, subject, called);
        }
    }
}

/* Names that `propertyNames` lists are all that there are. */
static void settle_names(const Workshop *shop, Subject *subject) {
    ObjectFacets *object = &subject->is.object;
    if (!object->names || !meet_is_at_hand(object->names))
        return;
    const Canonical *names = meet_canonical(object->names);
    for (size_t i = 0; i < names->alternatives.count; i++)
        if (names->alternatives.items[i]->kind == ALTERNATIVE_STRING &&
            !names->alternatives.items[i]->values)
            return;
    for (size_t i = 0; i < names->alternatives.count; i++) {
        const Values *values = names->alternatives.items[i]->values;
        bool texts = names->alternatives.items[i]->kind == ALTERNATIVE_STRING;
        for (size_t j = 0; texts && j < values->count; j++)
            own_property(shop, subject, values->items[j]->text);
    }
    for (size_t i = 0; i < object->properties.count; i++) {
        Text name = object->properties.items[i].name;
        if (name_is_refused(object, name))
            own_property(shop, subject, name)->type = canonicals_nothing(shop->canonicals);
    }
    object->names = NULL;
    object->pattern_properties.count = 0;
    object->additional = ADDITIONAL_FORBIDDEN;
}

/* Where no more properties may come than have to, no others do. What is read or written only need
 * not. */
static void settle_full(const Workshop *shop, Subject *subject) {
    ObjectFacets *object = &subject->is.object;
    size_t required = 0;
    for (size_t i = 0; i < object->properties.count; i++) {
        const CanonicalProperty *property = &object->properties.items[i];
        required += property->required;
        if (property->required && (property->read_only || property->write_only))
            return;
    }
    Text count = text_format(shop->arena, "%zu", required);
    if (!object->max_properties.digits.size ||
        decimal_compare(count, object->max_properties.digits) < 0)
        return;
    for (size_t i = 0; i < object->properties.count; i++)
        if (!object->properties.items[i].required)
            own_property(shop, subject, object->properties.items[i].name)->type =
                canonicals_nothing(shop->canonicals);
    object->pattern_properties.count = 0;
    object->additional = ADDITIONAL_FORBIDDEN;
}

static bool settle_object(const Workshop *shop, Subject *subject) {
    ObjectFacets *object = &subject->is.object;
    size_t required = 0, possible = 0;
    settle_names(shop, subject);
    settle_dependents(shop, subject);
    settle_full(shop, subject);
    for (size_t i = 0; i < object->properties.count; i++) {
        CanonicalProperty *property = &object->properties.items[i];
        bool nothing = meet_is_nothing(property->type) || name_is_refused(object, property->name);
        if (nothing && property->required)
            return false;
        required += property->required;
        possible += !nothing;
    }
    Bound least = {text_format(shop->arena, "%zu", required)};
    Bound most = {text_format(shop->arena, "%zu", possible)};
    bound_narrow_minimum(&object->min_properties, least);
    if (object->additional == ADDITIONAL_FORBIDDEN && !object->pattern_properties.count)
        bound_narrow_maximum(&object->max_properties, most);
    return !bounds_crossed(object->min_properties, object->max_properties);
}

/* ---- arrays ---------------------------------------------------------------------------------- */

enum { ITEMS_LOOKED_AT = 32 };

Meet *subject_item_type(const Subject *subject, size_t index) {
    const ArrayFacets *array = &subject->is.array;
    return index < array->prefix_items.count ? array->prefix_items.items[index] : array->items;
}

bool subject_has_items(const Subject *subject, size_t count) {
    return !count || (subject->is.array.min_items.digits.size &&
                      !count_is_within(count - 1, subject->is.array.min_items, (Bound){{0}}));
}

bool subject_may_have_items(const Subject *subject, size_t count) {
    return count_is_within(count, (Bound){{0}}, subject->is.array.max_items);
}

static void meet_arrays(const Workshop *shop, const Subject *a, const Subject *b,
                        ArrayFacets *met) {
    size_t prefix = a->is.array.prefix_items.count > b->is.array.prefix_items.count
                        ? a->is.array.prefix_items.count
                        : b->is.array.prefix_items.count;
    met->prefix_items.items = NULL;
    met->prefix_items.count = met->prefix_items.capacity = 0;
    for (size_t i = 0; i < prefix; i++)
        array_push(shop->arena, &met->prefix_items,
                   canonicals_meet_both(shop->canonicals, subject_item_type(a, i),
                                        subject_item_type(b, i)));
    met->items = canonicals_meet_both(shop->canonicals, a->is.array.items, b->is.array.items);
    met->unique_items |= b->is.array.unique_items;
    bound_narrow_minimum(&met->min_items, b->is.array.min_items);
    bound_narrow_maximum(&met->max_items, b->is.array.max_items);
}

/* How many values there are; SIZE_MAX for more than a list has. */
static size_t value_count(Meet *meet) {
    size_t count = 0;
    if (!meet_is_at_hand(meet))
        return SIZE_MAX;
    const Canonical *canonical = meet_canonical(meet);
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind == ALTERNATIVE_NULL)
            count++;
        else if (alternative->values)
            count += alternative->values->count;
        else if (alternative->kind == ALTERNATIVE_BOOLEAN)
            count += 2;
        else
            return SIZE_MAX;
    }
    return count;
}

static bool settle_array(const Workshop *shop, Subject *subject) {
    ArrayFacets *array = &subject->is.array;
    for (size_t i = 0; i <= array->prefix_items.count; i++)
        if (meet_is_nothing(subject_item_type(subject, i))) {
            bound_narrow_maximum(&array->max_items, (Bound){text_format(shop->arena, "%zu", i)});
            break;
        }
    size_t few =
        array->unique_items && !array->prefix_items.count ? value_count(array->items) : SIZE_MAX;
    if (few != SIZE_MAX)
        bound_narrow_maximum(&array->max_items, (Bound){text_format(shop->arena, "%zu", few)});
    for (size_t i = 0; i < subject->contains.count; i++)
        if (bounds_crossed(subject->contains.items[i].least, array->max_items))
            return false;
        else
            bound_narrow_minimum(&array->min_items, subject->contains.items[i].least);
    return !bounds_crossed(array->min_items, array->max_items);
}

/* ---- all kinds ------------------------------------------------------------------------------- */

static bool meet_numbers(const Workshop *shop, const NumberFacets *b, NumberFacets *met) {
    for (size_t i = 0; i < b->multiples_of.count; i++)
        array_push(shop->arena, &met->multiples_of, b->multiples_of.items[i]);
    for (size_t i = 0; i < b->formats.count; i++)
        array_push(shop->arena, &met->formats, b->formats.items[i]);
    met->integer |= b->integer;
    return number_narrow(shop->arena, met, b->minimum, b->exclusive_minimum, true) &&
           number_narrow(shop->arena, met, b->maximum, b->exclusive_maximum, false);
}

static void meet_strings(const Workshop *shop, const StringFacets *b, StringFacets *met) {
    for (size_t i = 0; i < b->patterns.count; i++)
        array_push(shop->arena, &met->patterns, b->patterns.items[i]);
    for (size_t i = 0; i < b->formats.count; i++)
        array_push(shop->arena, &met->formats, b->formats.items[i]);
    bound_narrow_minimum(&met->min_length, b->min_length);
    bound_narrow_maximum(&met->max_length, b->max_length);
    if (!met->content_encoding.size)
        met->content_encoding = b->content_encoding;
    if (!met->content_media_type.size)
        met->content_media_type = b->content_media_type;
    if (!met->content)
        met->content = b->content;
}

static void no_value(const Workshop *shop, Subject *subject) {
    subject->is.values = arena_new_object(shop->arena, Values);
}

static Values *values_taken(const Workshop *shop, const Values *values, const Alternative *by) {
    Values *taken = arena_new_object(shop->arena, Values);
    for (size_t i = 0; i < values->count; i++)
        if (alternative_accepts(by, values->items[i], DIRECTION_REQUEST) != REFUSED)
            array_push(shop->arena, taken, values->items[i]);
    return taken;
}

static void meet_facets(const Workshop *shop, const Subject *subject, const Alternative *with,
                        Subject *met) {
    Subject other = {.is = *with};
    switch (with->kind) {
    case ALTERNATIVE_NULL:
    case ALTERNATIVE_BOOLEAN:
        return;
    case ALTERNATIVE_NUMBER:
        met->is.number.multiples_of.capacity = met->is.number.multiples_of.count;
        met->is.number.formats.capacity = met->is.number.formats.count;
        if (!meet_numbers(shop, &with->number, &met->is.number))
            no_value(shop, met);
        return;
    case ALTERNATIVE_STRING:
        met->is.string.patterns.capacity = met->is.string.patterns.count;
        met->is.string.formats.capacity = met->is.string.formats.count;
        meet_strings(shop, &with->string, &met->is.string);
        return;
    case ALTERNATIVE_ARRAY:
        meet_arrays(shop, subject, &other, &met->is.array);
        return;
    case ALTERNATIVE_OBJECT:
        met->is.object.dependent_required.capacity = met->is.object.dependent_required.count;
        meet_objects(shop, &subject->is.object, &with->object, &met->is.object);
        return;
    }
}

Subject subject_met(const Workshop *shop, const Subject *subject, const Alternative *with) {
    Subject met = *subject;
    met.is.constraints.capacity = met.is.constraints.count;
    met.is.outside.capacity = met.is.outside.count;
    for (size_t i = 0; i < with->constraints.count; i++)
        array_push(shop->arena, &met.is.constraints, with->constraints.items[i]);
    for (size_t i = 0; i < with->outside.count; i++)
        array_push(shop->arena, &met.is.outside, with->outside.items[i]);
    if (subject->is.values)
        met.is.values = values_taken(shop, subject->is.values, with);
    else if (with->values)
        met.is.values = values_taken(shop, with->values, &subject->is);
    else
        meet_facets(shop, subject, with, &met);
    return met;
}

/* Formats of integers are ranges. */
static bool settle_number(const Workshop *shop, NumberFacets *number) {
    Text least, greatest;
    bool some = number_narrow(shop->arena, number, (Bound){{0}}, false, true);
    for (size_t i = 0; some && number->integer && i < number->formats.count; i++)
        if (format_range(number->formats.items[i], &least, &greatest))
            some = number_narrow(shop->arena, number, (Bound){least}, false, true) &&
                   number_narrow(shop->arena, number, (Bound){greatest}, false, false);
    return some;
}

bool subject_settle(const Workshop *shop, Subject *subject) {
    const Alternative *is = &subject->is;
    if (is->values)
        return is->values->count > 0;
    switch (is->kind) {
    case ALTERNATIVE_NULL:
    case ALTERNATIVE_BOOLEAN:
        return true;
    case ALTERNATIVE_NUMBER:
        return settle_number(shop, &subject->is.number);
    case ALTERNATIVE_STRING:
        return !bounds_crossed(is->string.min_length, is->string.max_length) &&
               !(is->string.patterns.count &&
                 texts_are_none(canonicals_patterns(shop->canonicals), &is->string));
    case ALTERNATIVE_ARRAY:
        return settle_array(shop, subject);
    case ALTERNATIVE_OBJECT:
        return settle_object(shop, subject);
    }
    return true;
}

/* ---- few values ------------------------------------------------------------------------------ */

enum { FEW_VALUES = 64 };

static void add_value(const Workshop *shop, Values *values, NodeKind kind, Text text, bool truth) {
    Node *node = arena_new_object(shop->arena, Node);
    node->kind = kind;
    node->text = text;
    node->boolean = truth;
    array_push(shop->arena, values, node);
}

/* The next number behind one that may be taken; empty where there is no next. */
static Text next_number(const Workshop *shop, const NumberFacets *number, Text digits) {
    if (number->multiples_of.count)
        return next_multiple(shop->arena, number->multiples_of.items[0], digits);
    return number->integer ? decimal_next_integer(shop->arena, digits) : (Text){0};
}

/* One number, or integers or multiples between two bounds: who asks drops what is not taken. */
static Values *few_numbers(const Workshop *shop, const NumberFacets *number) {
    Values *values = arena_new_object(shop->arena, Values);
    Text digits = number->minimum.digits, last = number->maximum.digits;
    if (!digits.size || !last.size)
        return NULL;
    for (int i = 0; decimal_compare(digits, last) < 0; i++) {
        add_value(shop, values, NODE_NUMBER, digits, false);
        digits = next_number(shop, number, digits);
        if (!digits.size || i == FEW_VALUES)
            return NULL;
    }
    if (!decimal_compare(digits, last))
        add_value(shop, values, NODE_NUMBER, digits, false);
    return values;
}

static bool is_zero(Bound bound) {
    return text_is(bound.digits, "0");
}

/* The value of no length; NULL where there may be others. */
static Values *only_empty(const Workshop *shop, const Alternative *is) {
    static const NodeKind kinds[] = {[ALTERNATIVE_STRING] = NODE_STRING,
                                     [ALTERNATIVE_ARRAY] = NODE_SEQUENCE,
                                     [ALTERNATIVE_OBJECT] = NODE_MAPPING};
    bool empty = is->kind == ALTERNATIVE_STRING  ? is_zero(is->string.max_length)
                 : is->kind == ALTERNATIVE_ARRAY ? is_zero(is->array.max_items)
                                                 : is_zero(is->object.max_properties);
    Values *values = empty ? arena_new_object(shop->arena, Values) : NULL;
    if (empty)
        add_value(shop, values, kinds[is->kind], (Text){0}, false);
    return values;
}

static Values *few_values(const Workshop *shop, const Alternative *is) {
    Values *values;
    switch (is->kind) {
    case ALTERNATIVE_NULL:
        return NULL;
    case ALTERNATIVE_BOOLEAN:
        values = arena_new_object(shop->arena, Values);
        add_value(shop, values, NODE_BOOLEAN, TEXT("true"), true);
        add_value(shop, values, NODE_BOOLEAN, TEXT("false"), false);
        return values;
    case ALTERNATIVE_NUMBER:
        return few_numbers(shop, &is->number);
    case ALTERNATIVE_STRING:
    case ALTERNATIVE_ARRAY:
    case ALTERNATIVE_OBJECT:
        return only_empty(shop, is);
    }
    return NULL;
}

void subject_list(const Workshop *shop, Subject *subject) {
    Values *values = subject->is.values ? NULL : few_values(shop, &subject->is);
    if (values)
        subject->is.values = values_taken(shop, values, &subject->is);
}
