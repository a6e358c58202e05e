#include "diff/compare.h"

#include "graph/formats.h"
#include "graph/pattern.h"
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

/* The lower or the upper end of the numbers of a side. */
typedef struct End {
    Bound bound;
    bool exclusive;
} End;

static End end_of(const NumberFacets *number, LimitKind kind) {
    return kind == LOWER_LIMIT ? (End){number->minimum, number->exclusive_minimum}
                               : (End){number->maximum, number->exclusive_maximum};
}

/* With what formats of integers leave. */
static End end_with_formats(const NumberFacets *number, LimitKind kind) {
    End end = end_of(number, kind);
    Text least, greatest;
    for (size_t i = 0; number->integer && i < number->formats.count; i++) {
        if (!format_range(number->formats.items[i], &least, &greatest))
            continue;
        if (kind == LOWER_LIMIT)
            bound_narrow_minimum(&end.bound, (Bound){least});
        else
            bound_narrow_maximum(&end.bound, (Bound){greatest});
    }
    return end;
}

/* Whether an end takes values away that another leaves. */
static bool end_limits(LimitKind kind, End end, End other) {
    if (!end.bound.digits.size || !other.bound.digits.size)
        return end.bound.digits.size > 0;
    int order = decimal_compare(end.bound.digits, other.bound.digits);
    return order ? (order > 0) == (kind == LOWER_LIMIT) : end.exclusive && !other.exclusive;
}

static void compare_number_limit(Comparer *comparer, Comparison *at, const Alternative *base,
                                 const Alternative *revision, LimitKind kind) {
    bool lower = kind == LOWER_LIMIT;
    End from = end_of(&base->number, kind), to = end_of(&revision->number, kind);
    Effect effect = EFFECT_NONE;
    if (end_limits(kind, to, end_with_formats(&base->number, kind)))
        effect |= EFFECT_NARROWED;
    if (end_limits(kind, from, end_with_formats(&revision->number, kind)))
        effect |= EFFECT_WIDENED;
    if (effect == EFFECT_NONE)
        return;
    bool exclusive = to.bound.digits.size ? to.exclusive : from.exclusive;
    const char *inclusive_word = lower ? "minimum" : "maximum";
    const char *exclusive_word = lower ? "exclusiveMinimum" : "exclusiveMaximum";
    const char *keyword = exclusive ? exclusive_word : inclusive_word;
    if (!from.bound.digits.size || !to.bound.digits.size || from.exclusive == to.exclusive)
        note_limit(comparer, at, base, revision, keyword, from.bound.digits, to.bound.digits,
                   effect);
    else
        note_limit(comparer, at, base, revision, keyword,
                   text_format(comparer->arena, "%.*s %s", TEXT_ARG(from.bound.digits),
                               from.exclusive ? "excluded" : "included"),
                   text_format(comparer->arena, "%.*s %s", TEXT_ARG(to.bound.digits),
                               to.exclusive ? "excluded" : "included"),
                   effect);
}

/* ---- multipleOf ------------------------------------------------------------------------------ */

static bool guarantees_all(const NumberFacets *facets, const NumberFacets *wanted) {
    for (size_t i = 0; i < wanted->multiples_of.count; i++)
        if (!number_keeps_multiple(facets, wanted->multiples_of.items[i]))
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

enum { WITNESS_WIDTH = 60 };

/* ---- formats and patterns -------------------------------------------------------------------- */

static bool has_text(const Text *items, size_t count, Text wanted) {
    for (size_t i = 0; i < count; i++)
        if (text_equal(items[i], wanted))
            return true;
    return false;
}

/* The formats of one side, with what else says which numbers it takes. */
typedef struct Formats {
    const Text *items;
    size_t count;
    const NumberFacets *number; /* NULL for strings */
} Formats;

static Formats formats_of(const Alternative *alternative) {
    if (alternative->kind == ALTERNATIVE_NUMBER)
        return (Formats){alternative->number.formats.items, alternative->number.formats.count,
                         &alternative->number};
    return (Formats){alternative->string.formats.items, alternative->string.formats.count, NULL};
}

static bool formats_keep(const Formats *formats, Text wanted) {
    for (size_t i = 0; i < formats->count; i++)
        if (format_includes(wanted, formats->items[i]))
            return true;
    return formats->number && number_keeps_format(formats->number, wanted);
}

/* What the formats of one side demand of the values of the other. One format in the place of
 * another may be the same by another name where not both are registered. */
static Effect format_demands(const Formats *values, const Formats *wanted, Effect harm) {
    Effect effect = EFFECT_NONE;
    bool replaced = false, known = true;
    for (size_t i = 0; i < values->count; i++) {
        bool kept = has_text(wanted->items, wanted->count, values->items[i]);
        replaced |= !kept;
        known &= kept || format_is_registered(values->items[i]);
    }
    for (size_t i = 0; i < wanted->count; i++) {
        if (formats_keep(values, wanted->items[i]))
            continue;
        bool proven = !replaced || (known && format_is_registered(wanted->items[i]));
        effect |= proven ? harm : EFFECT_UNPROVEN;
    }
    return effect & harm ? harm : effect;
}

static Change *note_texts(Comparer *comparer, Comparison *at, ChangeKind kind, Effect effect,
                          const Alternative *base, const Alternative *revision, const char *keyword,
                          Text from, Text to) {
    Change *change = note_facet(comparer, at, kind, effect, base, revision, keyword);
    change->base_absent = !from.size;
    change->revision_absent = !to.size;
    with(comparer, change, ATTRIBUTE_FROM, from);
    with(comparer, change, ATTRIBUTE_TO, to);
    with_effect(comparer, change, effect);
    return change;
}

static void compare_formats(Comparer *comparer, Comparison *at, const Alternative *base,
                            const Alternative *revision) {
    Formats from = formats_of(base), to = formats_of(revision);
    Effect effect =
        format_demands(&from, &to, EFFECT_NARROWED) | format_demands(&to, &from, EFFECT_WIDENED);
    if (effect != EFFECT_NONE)
        note_texts(comparer, at, CHANGE_FORMAT_CHANGED, effect, base, revision, "format",
                   joined(comparer->arena, from.items, from.count),
                   joined(comparer->arena, to.items, to.count));
}

void compare_number_facets(Comparer *comparer, Comparison *at, const Alternative *base,
                           const Alternative *revision) {
    compare_number_limit(comparer, at, base, revision, LOWER_LIMIT);
    compare_number_limit(comparer, at, base, revision, UPPER_LIMIT);
    compare_multiples(comparer, at, base, revision);
    compare_formats(comparer, at, base, revision);
}

/* What the patterns of one side demand of the texts of the other. Where it is not proven that each
 * text keeps to a further pattern, it is taken as a demand of its own; one pattern in the place of
 * another may be anything. */
static Effect pattern_demands(Comparer *comparer, const StringFacets *texts,
                              const StringFacets *wanted, Effect harm, Text *witness) {
    Effect effect = EFFECT_NONE;
    bool replaced = false;
    Patterns *patterns = canonicals_patterns(comparer->canonicals);
    StringFacets all = texts_with_formats(patterns, texts);
    for (size_t i = 0; i < texts->patterns.count; i++)
        replaced |=
            !has_text(wanted->patterns.items, wanted->patterns.count, texts->patterns.items[i]);
    for (size_t i = 0; i < wanted->patterns.count; i++) {
        Text outside = {0};
        if (texts_match(patterns, &all, wanted->patterns.items[i], NULL) == INCLUDED)
            continue;
        Inclusion inclusion = texts_match(patterns, texts, wanted->patterns.items[i], &outside);
        if (inclusion == NOT_INCLUDED)
            *witness = outside;
        if (inclusion == NOT_INCLUDED || (inclusion == INCLUSION_UNPROVEN && !replaced))
            effect |= harm;
        else if (inclusion == INCLUSION_UNPROVEN)
            effect |= EFFECT_UNPROVEN;
    }
    return effect & harm ? harm : effect;
}

/* Where texts are proven to be lost, more of them may be won for all that is known: changed. */
static void compare_patterns(Comparer *comparer, Comparison *at, const Alternative *base,
                             const Alternative *revision) {
    const StringFacets *from = &base->string, *to = &revision->string;
    Text lost = {0}, won = {0};
    Effect narrowed = pattern_demands(comparer, from, to, EFFECT_NARROWED, &lost);
    Effect widened = pattern_demands(comparer, to, from, EFFECT_WIDENED, &won);
    if (narrowed == EFFECT_NARROWED && widened == EFFECT_UNPROVEN)
        widened = EFFECT_WIDENED;
    if ((narrowed | widened) == EFFECT_NONE)
        return;
    Change *change =
        note_texts(comparer, at, CHANGE_PATTERN_CHANGED, narrowed | widened, base, revision,
                   "pattern", joined(comparer->arena, from->patterns.items, from->patterns.count),
                   joined(comparer->arena, to->patterns.items, to->patterns.count));
    Text text = at->direction == DIRECTION_REQUEST ? lost : won;
    Node witness = {.kind = NODE_STRING, .text = text};
    bool vague = from->formats.count || to->formats.count; /* a pattern knows little of them */
    bool shown = text.data && !vague && shows_difference(at, &witness);
    with(comparer, change, ATTRIBUTE_WITNESS,
         shown ? node_to_json(comparer->arena, &witness, WITNESS_WIDTH) : (Text){0});
}

/* A pattern or a format may keep texts within a length already. */
static bool keeps_lengths(Comparer *comparer, const StringFacets *texts, Bound least, Bound most) {
    Patterns *patterns = canonicals_patterns(comparer->canonicals);
    StringFacets all = texts_with_formats(patterns, texts);
    return all.patterns.count && (least.digits.size || most.digits.size) &&
           texts_within(patterns, &all, least, most, NULL) == INCLUDED;
}

static void compare_length(Comparer *comparer, Comparison *at, const Alternative *base,
                           const Alternative *revision, LimitKind kind) {
    bool lower = kind == LOWER_LIMIT;
    const StringFacets *a = &base->string, *b = &revision->string;
    Bound from = lower ? a->min_length : a->max_length, to = lower ? b->min_length : b->max_length;
    Bound none = {{0}};
    if (same_digits(from, to))
        return;
    bool narrowed = limit_effect(kind, from, to) == EFFECT_NARROWED;
    const StringFacets *texts = narrowed ? a : b;
    Bound wanted = narrowed ? to : from;
    if (!keeps_lengths(comparer, texts, lower ? wanted : none, lower ? none : wanted))
        compare_limit(comparer, at, base, revision, lower ? "minLength" : "maxLength", kind, from,
                      to);
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

static Text content_text(Comparer *comparer, Meet *content) {
    return content ? kinds_name(comparer->arena, meet_canonical(content)->kinds) : (Text){0};
}

/* Texts whose format the other side writes as what they contain are written the same way. */
static Alternative respelled(Comparer *comparer, const Alternative *own, const Alternative *other) {
    Alternative spelled = *own;
    StringFacets *facets = &spelled.string;
    facets->formats.items = NULL;
    facets->formats.count = facets->formats.capacity = 0;
    for (size_t i = 0; i < own->string.formats.count; i++) {
        Text format = own->string.formats.items[i];
        Text encoding = format_as_encoding(format), media_type = format_as_media_type(format);
        if (encoding.size && text_equal(other->string.content_encoding, encoding))
            facets->content_encoding = encoding;
        else if (media_type.size && text_equal(other->string.content_media_type, media_type))
            facets->content_media_type = media_type;
        else
            array_push(comparer->arena, &facets->formats, format);
    }
    return spelled;
}

static void compare_contents(Comparer *comparer, Comparison *at, const Alternative *base,
                             const Alternative *revision) {
    Alternative before = respelled(comparer, base, revision);
    Alternative after = respelled(comparer, revision, base);
    compare_formats(comparer, at, &before, &after);
    compare_content(comparer, at, base, revision, "contentEncoding", before.string.content_encoding,
                    after.string.content_encoding);
    compare_content(comparer, at, base, revision, "contentMediaType",
                    before.string.content_media_type, after.string.content_media_type);
    const StringFacets *from = &before.string, *to = &after.string;
    if (!text_equal(from->content_media_type, to->content_media_type))
        return;
    if (from->content && to->content)
        add_types(comparer, at, STEP_KEYWORD, TEXT("contentSchema"), from->content, to->content);
    else
        compare_content(comparer, at, base, revision, "contentSchema",
                        content_text(comparer, from->content), content_text(comparer, to->content));
}

void compare_string_facets(Comparer *comparer, Comparison *at, const Alternative *base,
                           const Alternative *revision) {
    compare_length(comparer, at, base, revision, LOWER_LIMIT);
    compare_length(comparer, at, base, revision, UPPER_LIMIT);
    compare_patterns(comparer, at, base, revision);
    compare_contents(comparer, at, base, revision);
}
