#include "diff/compare.h"

#include "support/decimal.h"

/* Numbers, strings, and the limits that every kind of value has. */

static const Node *facet_origin(const Alternative *alternative, const char *keyword) {
    const Node *origin = keyword_origin(alternative->from, keyword);
    return origin ? origin : alternative->origin;
}

static Change *note_facet(Comparer *comparer, Comparison *at, ChangeKind kind, Effect effect,
                          const Alternative *base, const Alternative *revision,
                          const char *keyword) {
    return note(comparer, at, kind, effect, facet_origin(base, keyword),
                facet_origin(revision, keyword));
}

static void note_limit(Comparer *comparer, Comparison *at, const Alternative *base,
                       const Alternative *revision, const char *keyword, Text from, Text to,
                       Effect effect) {
    Change *change =
        note_facet(comparer, at, CHANGE_BOUND_CHANGED, effect, base, revision, keyword);
    change->base_absent = !from.size;
    change->revision_absent = !to.size;
    with(comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with(comparer, change, ATTRIBUTE_FROM, from);
    with(comparer, change, ATTRIBUTE_TO, to);
    with_effect(comparer, change, effect);
}

static Effect limit_effect(LimitKind kind, Bound from, Bound to) {
    if (!from.digits.size)
        return EFFECT_NARROWED;
    if (!to.digits.size)
        return EFFECT_WIDENED;
    int order = decimal_compare(to.digits, from.digits);
    return (order > 0) == (kind == LOWER_LIMIT) ? EFFECT_NARROWED : EFFECT_WIDENED;
}

static bool same_digits(Bound a, Bound b) {
    if (!a.digits.size || !b.digits.size)
        return a.digits.size == b.digits.size;
    return decimal_compare(a.digits, b.digits) == 0;
}

void compare_limit(Comparer *comparer, Comparison *at, const Alternative *base,
                   const Alternative *revision, const char *keyword, LimitKind kind, Bound from,
                   Bound to) {
    if (!same_digits(from, to))
        note_limit(comparer, at, base, revision, keyword, from.digits, to.digits,
                   limit_effect(kind, from, to));
}

static void compare_number_limit(Comparer *comparer, Comparison *at, const Alternative *base,
                                 const Alternative *revision, LimitKind kind) {
    bool lower = kind == LOWER_LIMIT;
    Bound from = lower ? base->number.minimum : base->number.maximum;
    Bound to = lower ? revision->number.minimum : revision->number.maximum;
    bool from_exclusive = lower ? base->number.exclusive_minimum : base->number.exclusive_maximum;
    bool to_exclusive =
        lower ? revision->number.exclusive_minimum : revision->number.exclusive_maximum;
    bool exclusive = to.digits.size ? to_exclusive : from_exclusive;
    const char *inclusive_word = lower ? "minimum" : "maximum";
    const char *exclusive_word = lower ? "exclusiveMinimum" : "exclusiveMaximum";
    const char *keyword = exclusive ? exclusive_word : inclusive_word;
    if (!same_digits(from, to))
        note_limit(comparer, at, base, revision, keyword, from.digits, to.digits,
                   limit_effect(kind, from, to));
    else if (from.digits.size && from_exclusive != to_exclusive)
        note_limit(comparer, at, base, revision, keyword,
                   text_format(comparer->arena, "%.*s %s", TEXT_ARG(from.digits),
                               from_exclusive ? "excluded" : "included"),
                   text_format(comparer->arena, "%.*s %s", TEXT_ARG(to.digits),
                               to_exclusive ? "excluded" : "included"),
                   to_exclusive ? EFFECT_NARROWED : EFFECT_WIDENED);
}

/* ---- multipleOf ------------------------------------------------------------------------------ */

/* Whether every number that the facets allow is a multiple of `divisor`, as far as it is proven. */
static bool guarantees_multiple(const NumberFacets *facets, Text divisor) {
    bool decided = false;
    for (size_t i = 0; i < facets->multiples_of.count; i++)
        if (decimal_is_multiple(facets->multiples_of.items[i], divisor, &decided) && decided)
            return true;
    return facets->integer && decimal_is_multiple(TEXT("1"), divisor, &decided) && decided;
}

static bool guarantees_all(const NumberFacets *facets, const NumberFacets *wanted) {
    for (size_t i = 0; i < wanted->multiples_of.count; i++)
        if (!guarantees_multiple(facets, wanted->multiples_of.items[i]))
            return false;
    return true;
}

static Text joined(Arena *arena, const Text *items, size_t count) {
    Buffer text = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        buffer_add(&text, i ? TEXT(" and ") : TEXT(""));
        buffer_add(&text, items[i]);
    }
    return buffer_text(&text);
}

static void compare_multiples(Comparer *comparer, Comparison *at, const Alternative *base,
                              const Alternative *revision) {
    const NumberFacets *from = &base->number, *to = &revision->number;
    Effect effect = (guarantees_all(from, to) ? EFFECT_NONE : EFFECT_NARROWED) |
                    (guarantees_all(to, from) ? EFFECT_NONE : EFFECT_WIDENED);
    if (effect != EFFECT_NONE)
        note_limit(comparer, at, base, revision, "multipleOf",
                   joined(comparer->arena, from->multiples_of.items, from->multiples_of.count),
                   joined(comparer->arena, to->multiples_of.items, to->multiples_of.count), effect);
}

/* ---- formats and patterns -------------------------------------------------------------------- */

static bool has_text(const Text *items, size_t count, Text wanted) {
    for (size_t i = 0; i < count; i++)
        if (text_equal(items[i], wanted))
            return true;
    return false;
}

/* What the texts of one list that the other lacks say: each is a demand that only one side makes.
 */
static Effect demands_effect(const Text *from, size_t from_count, const Text *to, size_t to_count) {
    Effect effect = EFFECT_NONE;
    for (size_t i = 0; i < to_count; i++)
        if (!has_text(from, from_count, to[i]))
            effect |= EFFECT_NARROWED;
    for (size_t i = 0; i < from_count; i++)
        if (!has_text(to, to_count, from[i]))
            effect |= EFFECT_WIDENED;
    return effect;
}

static Effect format_effect(const Text *from, size_t from_count, const Text *to, size_t to_count) {
    static const struct {
        const char *narrow, *wide;
    } ranges[] = {{"int32", "int64"}, {"float", "double"}, {"int8", "int32"},
                  {"int16", "int32"}, {"int8", "int64"},   {"int16", "int64"}};
    for (size_t i = 0; from_count == 1 && to_count == 1 && i < sizeof ranges / sizeof *ranges;
         i++) {
        if (text_is(from[0], ranges[i].narrow) && text_is(to[0], ranges[i].wide))
            return EFFECT_WIDENED;
        if (text_is(from[0], ranges[i].wide) && text_is(to[0], ranges[i].narrow))
            return EFFECT_NARROWED;
    }
    return demands_effect(from, from_count, to, to_count);
}

static void note_texts(Comparer *comparer, Comparison *at, ChangeKind kind, Effect effect,
                       const Alternative *base, const Alternative *revision, const char *keyword,
                       Text from, Text to) {
    if (effect == EFFECT_NONE)
        return;
    Change *change = note_facet(comparer, at, kind, effect, base, revision, keyword);
    change->base_absent = !from.size;
    change->revision_absent = !to.size;
    with(comparer, change, ATTRIBUTE_FROM, from);
    with(comparer, change, ATTRIBUTE_TO, to);
    with_effect(comparer, change, effect);
}

void compare_number_facets(Comparer *comparer, Comparison *at, const Alternative *base,
                           const Alternative *revision) {
    const NumberFacets *from = &base->number, *to = &revision->number;
    compare_number_limit(comparer, at, base, revision, LOWER_LIMIT);
    compare_number_limit(comparer, at, base, revision, UPPER_LIMIT);
    compare_multiples(comparer, at, base, revision);
    note_texts(comparer, at, CHANGE_FORMAT_CHANGED,
               format_effect(from->formats.items, from->formats.count, to->formats.items,
                             to->formats.count),
               base, revision, "format",
               joined(comparer->arena, from->formats.items, from->formats.count),
               joined(comparer->arena, to->formats.items, to->formats.count));
}

/* Two different patterns may describe any relation: only one side having one is decided. */
static Effect pattern_effect(const StringFacets *from, const StringFacets *to) {
    Effect effect = demands_effect(from->patterns.items, from->patterns.count, to->patterns.items,
                                   to->patterns.count);
    return effect == (EFFECT_NARROWED | EFFECT_WIDENED) ? EFFECT_UNPROVEN : effect;
}

static void compare_content(Comparer *comparer, Comparison *at, const Alternative *base,
                            const Alternative *revision, const char *keyword, Text from, Text to) {
    if (text_equal(from, to))
        return;
    Change *change =
        note_facet(comparer, at, CHANGE_CONTENT_CHANGED, EFFECT_UNPROVEN, base, revision, keyword);
    with(comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with(comparer, change, ATTRIBUTE_FROM, from);
    with(comparer, change, ATTRIBUTE_TO, to);
}

void compare_string_facets(Comparer *comparer, Comparison *at, const Alternative *base,
                           const Alternative *revision) {
    const StringFacets *from = &base->string, *to = &revision->string;
    compare_limit(comparer, at, base, revision, "minLength", LOWER_LIMIT, from->min_length,
                  to->min_length);
    compare_limit(comparer, at, base, revision, "maxLength", UPPER_LIMIT, from->max_length,
                  to->max_length);
    note_texts(comparer, at, CHANGE_PATTERN_CHANGED, pattern_effect(from, to), base, revision,
               "pattern", joined(comparer->arena, from->patterns.items, from->patterns.count),
               joined(comparer->arena, to->patterns.items, to->patterns.count));
    note_texts(comparer, at, CHANGE_FORMAT_CHANGED,
               format_effect(from->formats.items, from->formats.count, to->formats.items,
                             to->formats.count),
               base, revision, "format",
               joined(comparer->arena, from->formats.items, from->formats.count),
               joined(comparer->arena, to->formats.items, to->formats.count));
    compare_content(comparer, at, base, revision, "contentEncoding", from->content_encoding,
                    to->content_encoding);
    compare_content(comparer, at, base, revision, "contentMediaType", from->content_media_type,
                    to->content_media_type);
}
