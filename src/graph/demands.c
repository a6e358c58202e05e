#include "graph/formats.h"
#include "graph/pattern.h"
#include "graph/prover.h"

#include "support/decimal.h"

/* What one cover demands of a subject, demand by demand: those values that don't keep to it must be
 * covered by the rest. Where they can't be told from the others, all must. */

bool number_keeps_multiple(const NumberFacets *facets, Text divisor) {
    bool decided = false;
    for (size_t i = 0; i < facets->multiples_of.count; i++)
        if (decimal_is_multiple(facets->multiples_of.items[i], divisor, &decided) && decided)
            return true;
    return facets->integer && decimal_is_multiple(TEXT("1"), divisor, &decided) && decided;
}

bool number_keeps_format(const NumberFacets *number, Text format) {
    Text least, greatest;
    return number->integer && number->minimum.digits.size && number->maximum.digits.size &&
           format_range(format, &least, &greatest) &&
           decimal_compare(number->minimum.digits, least) >= 0 &&
           decimal_compare(number->maximum.digits, greatest) <= 0;
}

static bool has_format(const Text *formats, size_t count, Text wanted) {
    for (size_t i = 0; i < count; i++)
        if (format_includes(wanted, formats[i]))
            return true;
    return false;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static bool keeps_to_number(const NumberFacets *number, const NumberFacets *cover) {
    if (cover->integer && !number->integer)
        return false;
    for (size_t i = 0; i < cover->multiples_of.count; i++)
        if (!number_keeps_multiple(number, cover->multiples_of.items[i]))
            return false;
    for (size_t i = 0; i < cover->formats.count; i++)
        if (!has_format(number->formats.items, number->formats.count, cover->formats.items[i]) &&
            !number_keeps_format(number, cover->formats.items[i]))
            return false;
    return true;
}

/* Those beyond a bound. */
static bool beyond_covered(Prover *prover, const Subject *subject, Bound bound, bool exclusive,
                           bool lower, const Covers *rest) {
    Subject beyond = *subject;
    return !bound.digits.size ||
           !number_narrow(prover->shop.arena, &beyond.is.number, bound, !exclusive, !lower) ||
           covered(prover, &beyond, rest);
}

static bool number_demands_covered(Prover *prover, const Subject *subject,
                                   const NumberFacets *cover, const Covers *rest) {
    if (!keeps_to_number(&subject->is.number, cover))
        return covered(prover, subject, rest);
    return beyond_covered(prover, subject, cover->minimum, cover->exclusive_minimum, true, rest) &&
           beyond_covered(prover, subject, cover->maximum, cover->exclusive_maximum, false, rest);
}

/* ---- strings --------------------------------------------------------------------------------- */

static bool lengths_covered(Prover *prover, const Subject *subject, const StringFacets *cover,
                            const Covers *rest) {
    Arena *arena = prover->shop.arena;
    Patterns *patterns = canonicals_patterns(prover->shop.canonicals);
    Subject shorter = *subject, longer = *subject;
    if (subject->is.string.patterns.count &&
        texts_within(patterns, &subject->is.string, cover->min_length, cover->max_length, NULL) ==
            INCLUDED)
        return true;
    if (cover->min_length.digits.size) {
        bound_narrow_maximum(&shorter.is.string.max_length,
                             (Bound){decimal_previous_integer(arena, cover->min_length.digits)});
        if (!covered(prover, &shorter, rest))
            return false;
    }
    if (cover->max_length.digits.size) {
        bound_narrow_minimum(&longer.is.string.min_length,
                             (Bound){decimal_next_integer(arena, cover->max_length.digits)});
        return covered(prover, &longer, rest);
    }
    return true;
}

/* A text that does not match one pattern, nor those that were denied before. */
static bool pattern_covered(Prover *prover, const Subject *subject, Text pattern,
                            const Covers *rest) {
    Patterns *patterns = canonicals_patterns(prover->shop.canonicals);
    Text any = pattern, before = subject->denied_pattern;
    if (before.data)
        any = text_format(canonicals_arena(prover->shop.canonicals), "(?:%.*s)|(?:%.*s)",
                          TEXT_ARG(before), TEXT_ARG(pattern));
    if (texts_match(patterns, &subject->is.string, any, NULL) == INCLUDED)
        return true;
    Subject others = *subject;
    others.denied_pattern = any;
    return covered(prover, &others, rest);
}

static bool has_content(const StringFacets *string, Text encoding, Text media_type) {
    return (encoding.size && text_equal(string->content_encoding, encoding)) ||
           (media_type.size && text_equal(string->content_media_type, media_type));
}

/* What is in a text, as a format or otherwise. */
static bool keeps_to_content(const StringFacets *string, const StringFacets *cover) {
    bool encoded = !cover->content_encoding.size ||
                   text_equal(cover->content_encoding, string->content_encoding);
    bool typed = !cover->content_media_type.size ||
                 text_equal(cover->content_media_type, string->content_media_type);
    for (size_t i = 0; i < string->formats.count; i++) {
        encoded |=
            text_equal(cover->content_encoding, format_as_encoding(string->formats.items[i]));
        typed |=
            text_equal(cover->content_media_type, format_as_media_type(string->formats.items[i]));
    }
    for (size_t i = 0; i < cover->formats.count; i++) {
        Text format = cover->formats.items[i];
        if (!has_format(string->formats.items, string->formats.count, format) &&
            !has_content(string, format_as_encoding(format), format_as_media_type(format)))
            return false;
    }
    return encoded && typed && (!cover->content || cover->content == string->content);
}

static bool string_demands_covered(Prover *prover, const Subject *subject,
                                   const StringFacets *cover, const Covers *rest) {
    bool kept = keeps_to_content(&subject->is.string, cover);
    if (!kept)
        return covered(prover, subject, rest);
    for (size_t i = 0; i < cover->patterns.count; i++)
        if (!pattern_covered(prover, subject, cover->patterns.items[i], rest))
            return false;
    return lengths_covered(prover, subject, cover, rest);
}

/* Whether each text that was not denied is listed. */
static bool rest_is_listed(const Prover *prover, const Subject *subject, const Values *values) {
    enum { LISTED_LIMIT = 16 };
    if (!subject->denied_pattern.data || values->count > LISTED_LIMIT)
        return false;
    Canonicals *canonicals = prover->shop.canonicals;
    Buffer any = {.arena = canonicals_arena(canonicals)};
    buffer_format(&any, "(?:%.*s)", TEXT_ARG(subject->denied_pattern));
    for (size_t i = 0; i < values->count; i++) {
        buffer_add_byte(&any, '|');
        pattern_add_text(&any, values->items[i]->text);
    }
    return texts_match(canonicals_patterns(canonicals), &subject->is.string, buffer_text(&any),
                       NULL) == INCLUDED;
}

static bool list_covered(Prover *prover, const Subject *subject, const Values *values,
                         const Covers *rest) {
    Patterns *patterns = canonicals_patterns(prover->shop.canonicals);
    if (subject->is.kind == ALTERNATIVE_STRING &&
        (texts_among(patterns, &subject->is.string, values, NULL) == INCLUDED ||
         rest_is_listed(prover, subject, values)))
        return true;
    return covered(prover, subject, rest);
}

/* ---- constraints ----------------------------------------------------------------------------- */

/* Those values that are also in a schema. */
static bool meeting_covered(Prover *prover, const Subject *subject, Meet *with,
                            const Covers *rest) {
    const Canonical *canonical = meet_canonical(with);
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        if (canonical->alternatives.items[i]->kind != subject->is.kind)
            continue;
        Subject met = subject_met(&prover->shop, subject, canonical->alternatives.items[i]);
        if (!covered(prover, &met, rest))
            return false;
    }
    return true;
}

static bool demanded_condition_covered(Prover *prover, const Subject *subject,
                                       const Constraint *constraint, const Covers *rest) {
    AlternativeKind kind = subject->is.kind;
    Covers met = more_covers(rest), unmet = more_covers(rest);
    add_covers(prover, &met, constraint->then_type, kind);
    if (!meet_is_anything(constraint->then_type) &&
        !meeting_covered(prover, subject, constraint->type, &met))
        return false;
    add_covers(prover, &unmet, constraint->else_type, kind);
    add_covers(prover, &unmet, constraint->type, kind);
    return meet_is_anything(constraint->else_type) || covered(prover, subject, &unmet);
}

static bool demanded_dependent_covered(Prover *prover, const Subject *subject,
                                       const Constraint *constraint, const Covers *rest) {
    Subject with = subject_with(&prover->shop, subject, constraint->text);
    Covers met = more_covers(rest);
    add_covers(prover, &met, constraint->type, subject->is.kind);
    return covered(prover, &with, &met);
}

static bool constraint_covered(Prover *prover, const Subject *subject, const Constraint *constraint,
                               const Covers *rest) {
    switch (constraint->sense) {
    case CONSTRAINT_OUTSIDE:
        return meeting_covered(prover, subject, constraint->type, rest);
    case CONSTRAINT_CONDITION:
        return demanded_condition_covered(prover, subject, constraint, rest);
    case CONSTRAINT_WITHIN:
        return constraint->text.data ? demanded_dependent_covered(prover, subject, constraint, rest)
                                     : contains_covered(prover, subject, constraint, rest);
    case CONSTRAINT_UNKNOWN:
        return covered(prover, subject, rest);
    }
    return false;
}

static bool facet_demands_covered(Prover *prover, const Subject *subject, const Alternative *cover,
                                  const Covers *rest) {
    switch (cover->kind) {
    case ALTERNATIVE_NULL:
    case ALTERNATIVE_BOOLEAN:
        return true;
    case ALTERNATIVE_NUMBER:
        return number_demands_covered(prover, subject, &cover->number, rest);
    case ALTERNATIVE_STRING:
        return string_demands_covered(prover, subject, &cover->string, rest);
    case ALTERNATIVE_ARRAY:
        return array_demands_covered(prover, subject, &cover->array, rest);
    case ALTERNATIVE_OBJECT:
        return object_demands_covered(prover, subject, &cover->object, rest);
    }
    return false;
}

bool demands_covered(Prover *prover, const Subject *subject, const Alternative *cover,
                     const Covers *rest) {
    for (size_t i = 0; i < cover->constraints.count; i++)
        if (!constraint_covered(prover, subject, &cover->constraints.items[i], rest))
            return false;
    for (size_t i = 0; i < cover->outside.count; i++)
        if (!meeting_covered(prover, subject, cover->outside.items[i], rest))
            return false;
    if (cover->values)
        return list_covered(prover, subject, cover->values, rest);
    return facet_demands_covered(prover, subject, cover, rest);
}
