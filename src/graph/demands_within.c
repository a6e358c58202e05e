#include "graph/pattern.h"
#include "graph/prover.h"

#include "support/decimal.h"

/* What arrays and objects demand of what lies within them; see demands.c. */

typedef ARRAY(Meet *) Meets;

/* A type, and all that no item of the subject is of. */
static Meets or_uncontained(Prover *prover, const Subject *subject, Meet *type) {
    Meets types = {0};
    array_push(prover->shop.arena, &types, type);
    for (size_t i = 0; i < subject->contains.count; i++) {
        const Constraint *contains = &subject->contains.items[i];
        if (contains->most.digits.size && decimal_compare(contains->most.digits, TEXT("0")) <= 0)
            array_push(prover->shop.arena, &types, contains->type);
    }
    return types;
}

/* Whether a type keeps to another, or has to be among what was denied of the same thing. */
static bool kept_within(Prover *prover, const Subject *subject, const Denied *at, Meet *type) {
    Meets types = or_uncontained(prover, subject, at->type);
    for (size_t i = 0; i < subject->denied.count; i++)
        if (subject->denied.items[i].index == at->index &&
            text_equal(subject->denied.items[i].name, at->name))
            array_push(prover->shop.arena, &types, subject->denied.items[i].type);
    return type_within(prover, type, types.items, types.count);
}

static Subject denied(Prover *prover, Subject subject, Denied at) {
    subject.denied.capacity = subject.denied.count;
    array_push(prover->shop.arena, &subject.denied, at);
    return subject;
}

/* ---- arrays ---------------------------------------------------------------------------------- */

enum { ITEMS_ONE_BY_ONE = 16 };

static Bound bound_of(const Prover *prover, size_t count) {
    return (Bound){text_format(prover->shop.arena, "%zu", count)};
}

static bool longer_covered(Prover *prover, const Subject *subject, size_t least,
                           const Covers *rest) {
    Subject longer = *subject;
    bound_narrow_minimum(&longer.is.array.min_items, bound_of(prover, least));
    return covered(prover, &longer, rest);
}

static bool counts_covered(Prover *prover, const Subject *subject, const ArrayFacets *cover,
                           const Covers *rest) {
    Arena *arena = prover->shop.arena;
    Subject shorter = *subject, longer = *subject;
    if (cover->min_items.digits.size) {
        bound_narrow_maximum(&shorter.is.array.max_items,
                             (Bound){decimal_previous_integer(arena, cover->min_items.digits)});
        if (!covered(prover, &shorter, rest))
            return false;
    }
    if (cover->max_items.digits.size) {
        bound_narrow_minimum(&longer.is.array.min_items,
                             (Bound){decimal_next_integer(arena, cover->max_items.digits)});
        if (!covered(prover, &longer, rest))
            return false;
    }
    return true;
}

static bool item_covered(Prover *prover, const Subject *subject, const ArrayFacets *cover,
                         size_t index, const Covers *rest) {
    Denied at = {.index = index};
    at.type = index < cover->prefix_items.count ? cover->prefix_items.items[index] : cover->items;
    if (kept_within(prover, subject, &at, subject_item_type(subject, index)))
        return true;
    if (!rest->count)
        return false;
    Subject with = denied(prover, *subject, at);
    bound_narrow_minimum(&with.is.array.min_items, bound_of(prover, index + 1));
    return covered(prover, &with, rest);
}

bool array_demands_covered(Prover *prover, const Subject *subject, const ArrayFacets *cover,
                           const Covers *rest) {
    size_t prefix = subject->is.array.prefix_items.count > cover->prefix_items.count
                        ? subject->is.array.prefix_items.count
                        : cover->prefix_items.count;
    if (!counts_covered(prover, subject, cover, rest))
        return false;
    if (cover->unique_items && !subject->is.array.unique_items &&
        subject_may_have_items(subject, 2) && !longer_covered(prover, subject, 2, rest))
        return false;
    bool few = !subject_may_have_items(subject, ITEMS_ONE_BY_ONE);
    for (size_t i = 0; few ? subject_may_have_items(subject, i + 1) : i < prefix; i++)
        if (subject_may_have_items(subject, i + 1) &&
            !item_covered(prover, subject, cover, i, rest))
            return false;
    if (few || !subject_may_have_items(subject, prefix + 1))
        return true;
    Meets types = or_uncontained(prover, subject, cover->items);
    return type_within(prover, subject->is.array.items, types.items, types.count) ||
           longer_covered(prover, subject, prefix + 1, rest);
}

/* How many of the items that are sure to be there are of a type. */
static size_t items_of_type(Prover *prover, const Subject *subject, Meet *type) {
    size_t count = 0;
    for (size_t i = 0; i < ITEMS_ONE_BY_ONE && subject_has_items(subject, i + 1); i++)
        count += type_within(prover, subject_item_type(subject, i), &type, 1);
    return count;
}

/* Whether no item can be of a type. */
static bool never_of_type(Prover *prover, const Subject *subject, Meet *type) {
    for (size_t i = 0; i <= subject->is.array.prefix_items.count; i++) {
        Meet *both =
            canonicals_meet_both(prover->shop.canonicals, subject_item_type(subject, i), type);
        if (!type_within(prover, both, NULL, 0))
            return false;
    }
    return true;
}

bool contains_covered(Prover *prover, const Subject *subject, const Constraint *contains,
                      const Covers *rest) {
    bool least = decimal_compare(contains->least.digits, TEXT("0")) <= 0;
    bool most = !contains->most.digits.size;
    for (size_t i = 0; i < subject->contains.count; i++) {
        Constraint known = subject->contains.items[i];
        least |= decimal_compare(known.least.digits, contains->least.digits) >= 0 &&
                 type_within(prover, known.type, &(Meet *){contains->type}, 1);
        most |= known.most.digits.size &&
                decimal_compare(known.most.digits, contains->most.digits) <= 0 &&
                type_within(prover, contains->type, &known.type, 1);
    }
    Bound maximum = subject->is.array.max_items;
    most |= maximum.digits.size && decimal_compare(maximum.digits, contains->most.digits) <= 0;
    most = most || never_of_type(prover, subject, contains->type);
    least = least || count_is_within(items_of_type(prover, subject, contains->type),
                                     contains->least, (Bound){{0}});
    return (least && most) || covered(prover, subject, rest);
}

/* ---- objects --------------------------------------------------------------------------------- */

static bool property_covered(Prover *prover, const Subject *subject, Text name, Meet *type,
                             const Covers *rest) {
    Denied at = {.name = name, .type = type};
    Meet *there = subject_property_type(&prover->shop, subject, name);
    if (kept_within(prover, subject, &at, there))
        return true;
    bool calls = subject->is.object.dependent_required.count ||
                 subject->is.object.max_properties.digits.size;
    if (!rest->count && !calls)
        return false;
    Subject with = denied(prover, subject_with(&prover->shop, subject, name), at);
    return covered(prover, &with, rest);
}

static bool required_covered(Prover *prover, const Subject *subject, const ObjectFacets *cover,
                             const Covers *rest) {
    for (size_t i = 0; i < cover->properties.count; i++) {
        if (!cover->properties.items[i].required)
            continue;
        Text name = cover->properties.items[i].name;
        const CanonicalProperty *there = object_property(&subject->is.object, name);
        if (there && there->required)
            continue;
        Subject without = subject_without(&prover->shop, subject, name);
        if (!covered(prover, &without, rest))
            return false;
    }
    return true;
}

static bool called_covered(Prover *prover, const Subject *subject, const DependentRequired *called,
                           const Covers *rest) {
    Subject with = subject_with(&prover->shop, subject, called->name);
    for (size_t i = 0; i < called->required.count; i++) {
        Subject without = subject_without(&prover->shop, &with, called->required.items[i]);
        if (!covered(prover, &without, rest))
            return false;
    }
    return true;
}

static bool object_counts_covered(Prover *prover, const Subject *subject, const ObjectFacets *cover,
                                  const Covers *rest) {
    Arena *arena = prover->shop.arena;
    Subject fewer = *subject, more = *subject;
    if (cover->min_properties.digits.size) {
        bound_narrow_maximum(
            &fewer.is.object.max_properties,
            (Bound){decimal_previous_integer(arena, cover->min_properties.digits)});
        if (!covered(prover, &fewer, rest))
            return false;
    }
    if (cover->max_properties.digits.size) {
        bound_narrow_minimum(&more.is.object.min_properties,
                             (Bound){decimal_next_integer(arena, cover->max_properties.digits)});
        if (!covered(prover, &more, rest))
            return false;
    }
    for (size_t i = 0; i < cover->dependent_required.count; i++)
        if (!called_covered(prover, subject, &cover->dependent_required.items[i], rest))
            return false;
    return true;
}

static StringFacets matching(const Text *pattern) {
    return (StringFacets){.patterns = {(Text *)pattern, 1, 1}};
}

/* Whether all names that one pattern finds are found by another. */
static bool finds_all_of(Prover *prover, Text pattern, Text of) {
    StringFacets names = matching(&of);
    return text_equal(pattern, of) || texts_match(canonicals_patterns(prover->shop.canonicals),
                                                  &names, pattern, NULL) == INCLUDED;
}

static bool is_found(Prover *prover, const ObjectFacets *object, Text name) {
    for (size_t i = 0; i < object->pattern_properties.count; i++)
        if (patterns_accept(canonicals_patterns(prover->shop.canonicals),
                            object->pattern_properties.items[i].pattern, name) == ACCEPTED)
            return true;
    return false;
}

static bool is_spoken_of(Prover *prover, const ObjectFacets *object, Text name) {
    return object_property(object, name) || is_found(prover, object, name);
}

/* Whether `propertyNames` leaves no name of which the cover does not speak. */
static bool names_are_spoken_of(Prover *prover, Meet *names, const ObjectFacets *cover) {
    const Canonical *canonical = names ? meet_canonical(names) : NULL;
    for (size_t i = 0; canonical && i < canonical->alternatives.count; i++) {
        const Alternative *texts = canonical->alternatives.items[i];
        if (texts->kind != ALTERNATIVE_STRING)
            continue;
        for (size_t j = 0; texts->values && j < texts->values->count; j++)
            if (!is_spoken_of(prover, cover, texts->values->items[j]->text))
                return false;
        bool found = texts->values != NULL;
        for (size_t j = 0; !found && j < cover->pattern_properties.count; j++)
            found = texts_match(canonicals_patterns(prover->shop.canonicals), &texts->string,
                                cover->pattern_properties.items[j].pattern, NULL) == INCLUDED;
        if (!found)
            return false;
    }
    return canonical != NULL;
}

/* Whether what a pattern finds, an object's patterns find together. */
static bool found_together(Prover *prover, const ObjectFacets *object, Text pattern) {
    enum { TOGETHER_LIMIT = 16 };
    Buffer together = {.arena = prover->shop.arena};
    if (object->pattern_properties.count < 2 || object->pattern_properties.count > TOGETHER_LIMIT)
        return false;
    for (size_t i = 0; i < object->pattern_properties.count; i++)
        buffer_format(&together, "%s(?:%.*s)", i ? "|" : "",
                      TEXT_ARG(object->pattern_properties.items[i].pattern));
    return finds_all_of(prover, buffer_text(&together), pattern);
}

/* Whether a pattern finds no name but those that an object declares, or that patterns of its find.
 */
static bool found_by_any(Prover *prover, const ObjectFacets *object, Text pattern) {
    Values names = {0};
    StringFacets found = matching(&pattern);
    for (size_t i = 0; i < object->properties.count; i++) {
        Node *name = arena_new_object(prover->shop.arena, Node);
        *name = (Node){.kind = NODE_STRING, .text = object->properties.items[i].name};
        array_push(prover->shop.arena, &names, name);
    }
    if (texts_among(canonicals_patterns(prover->shop.canonicals), &found, &names, NULL) == INCLUDED)
        return true;
    for (size_t i = 0; i < object->pattern_properties.count; i++)
        if (finds_all_of(prover, object->pattern_properties.items[i].pattern, pattern))
            return true;
    return found_together(prover, object, pattern);
}

/* Whether `propertyNames` leaves no name that a pattern finds. */
static bool is_never_found(Prover *prover, const ObjectFacets *object, Text pattern) {
    Alternative found = {.kind = ALTERNATIVE_STRING, .string = matching(&pattern)};
    found.string.known = canonicals_patterns(prover->shop.canonicals);
    return object->names && alternative_is_apart(prover->shop.canonicals, &found, object->names);
}

/* Names that neither side speaks of alone. */
static bool undeclared_kept(Prover *prover, const Subject *subject, const ObjectFacets *cover,
                            Meet *type) {
    const ObjectFacets *object = &subject->is.object;
    for (size_t i = 0; i < object->pattern_properties.count; i++)
        if (!found_by_any(prover, cover, object->pattern_properties.items[i].pattern) &&
            !is_never_found(prover, object, object->pattern_properties.items[i].pattern) &&
            !type_within(prover, object->pattern_properties.items[i].type, &type, 1))
            return false;
    return names_are_spoken_of(prover, object->names, cover) ||
           type_within(prover, additional_type(prover->shop.canonicals, object), &type, 1);
}

static bool additional_covered(Prover *prover, const Subject *subject, const ObjectFacets *cover,
                               const Covers *rest) {
    const ObjectFacets *object = &subject->is.object;
    Meet *type = additional_type(prover->shop.canonicals, cover);
    if (meet_is_anything(type))
        return true;
    if (!undeclared_kept(prover, subject, cover, type))
        return covered(prover, subject, rest);
    for (size_t i = 0; i < object->properties.count; i++)
        if (!is_spoken_of(prover, cover, object->properties.items[i].name) &&
            !property_covered(prover, subject, object->properties.items[i].name, type, rest))
            return false;
    return true;
}

/* Names that a pattern of the cover finds. */
static bool found_kept(Prover *prover, const Subject *subject, const PatternProperty *pattern) {
    const ObjectFacets *object = &subject->is.object;
    Patterns *patterns = canonicals_patterns(prover->shop.canonicals);
    StringFacets found = matching(&pattern->pattern);
    Meet *type = pattern->type;
    if (is_never_found(prover, object, pattern->pattern))
        return true;
    for (size_t i = 0; i < object->pattern_properties.count; i++) {
        StringFacets own = matching(&object->pattern_properties.items[i].pattern);
        if (!texts_are_apart(patterns, &own, &found) &&
            !type_within(prover, object->pattern_properties.items[i].type, &type, 1))
            return false;
    }
    return found_by_any(prover, object, pattern->pattern) ||
           type_within(prover, additional_type(prover->shop.canonicals, object), &type, 1);
}

static bool pattern_properties_covered(Prover *prover, const Subject *subject,
                                       const ObjectFacets *cover, const Covers *rest) {
    Patterns *patterns = canonicals_patterns(prover->shop.canonicals);
    const ObjectFacets *object = &subject->is.object;
    for (size_t i = 0; i < cover->pattern_properties.count; i++) {
        const PatternProperty *pattern = &cover->pattern_properties.items[i];
        if (!found_kept(prover, subject, pattern))
            return covered(prover, subject, rest);
        for (size_t j = 0; j < object->properties.count; j++) {
            Text name = object->properties.items[j].name;
            Acceptance found = patterns_accept(patterns, pattern->pattern, name);
            bool said = found == ACCEPTED && object_property(cover, name);
            if (found != REFUSED && !said &&
                !property_covered(prover, subject, name, pattern->type, rest))
                return false;
        }
    }
    return true;
}

/* Whether all names that a pattern finds are among those that `propertyNames` takes. */
static bool found_names_kept(Prover *prover, Text pattern, Meet *names) {
    Covers covers = {0};
    Subject found = {.is = {.kind = ALTERNATIVE_STRING, .string = matching(&pattern)}};
    found.is.string.known = canonicals_patterns(prover->shop.canonicals);
    add_covers(prover, &covers, names, ALTERNATIVE_STRING);
    return covered(prover, &found, &covers);
}

static bool names_covered(Prover *prover, const Subject *subject, const ObjectFacets *cover,
                          const Covers *rest) {
    const ObjectFacets *object = &subject->is.object;
    Meet *any = object->names ? object->names : canonicals_string(prover->shop.canonicals);
    if (!cover->names || type_within(prover, any, &(Meet *){cover->names}, 1))
        return true;
    if (object->additional != ADDITIONAL_FORBIDDEN)
        return covered(prover, subject, rest);
    for (size_t i = 0; i < object->pattern_properties.count; i++)
        if (!meet_is_nothing(object->pattern_properties.items[i].type) &&
            !found_names_kept(prover, object->pattern_properties.items[i].pattern, cover->names))
            return covered(prover, subject, rest);
    for (size_t i = 0; i < object->properties.count; i++) {
        Node name = {.kind = NODE_STRING, .text = object->properties.items[i].name};
        if (meet_accepts(cover->names, &name, prover->direction) != ACCEPTED &&
            !property_covered(prover, subject, name.text,
                              canonicals_nothing(prover->shop.canonicals), rest))
            return false;
    }
    return true;
}

bool object_demands_covered(Prover *prover, const Subject *subject, const ObjectFacets *cover,
                            const Covers *rest) {
    if (!required_covered(prover, subject, cover, rest) ||
        !object_counts_covered(prover, subject, cover, rest))
        return false;
    for (size_t i = 0; i < cover->properties.count; i++)
        if (!property_covered(prover, subject, cover->properties.items[i].name,
                              cover->properties.items[i].type, rest))
            return false;
    return names_covered(prover, subject, cover, rest) &&
           additional_covered(prover, subject, cover, rest) &&
           pattern_properties_covered(prover, subject, cover, rest);
}
