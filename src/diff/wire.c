#include "diff/compare.h"

#include "graph/formats.h"

/* Parameters and headers are written as text, whatever their types say: each number is a text, and
 * one value is a list of one. Types that differ as JSON values may take the same bytes. */

/* A text of one character at least, which every number and truth value is. */
static bool takes_any_text(const Alternative *alternative) {
    const StringFacets *facets = &alternative->string;
    Text least = facets->min_length.digits;
    return alternative->kind == ALTERNATIVE_STRING && !alternative->values &&
           !alternative->constraints.count && !facets->patterns.count && !facets->formats.count &&
           !facets->max_length.digits.size && !facets->content_encoding.size &&
           !facets->content_media_type.size &&
           (!least.size || text_is(least, "0") || text_is(least, "1"));
}

static bool is_any_text(const Canonical *type) {
    for (size_t i = 0; i < type->alternatives.count; i++)
        if (takes_any_text(type->alternatives.items[i]))
            return true;
    return false;
}

static bool is_number_or_truth(const Canonical *type) {
    return type->kinds && !(type->kinds & ~(KindSet)(KIND_NUMBER | KIND_BOOLEAN | KIND_NULL));
}

/* ---- texts that can be counted --------------------------------------------------------------- */

enum { TEXTS_LIMIT = 128, BOUND_DIGITS = 6 };

/* "-12": an integer that JSON has one spelling for. */
static bool is_plain_integer(Text text) {
    size_t first = text.size && text.data[0] == '-';
    for (size_t i = first; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    bool zero = text.size > first && text.data[first] == '0';
    return text.size > first && (!zero || text.size == 1);
}

static bool small_integer(Text digits, long *value) {
    if (!is_plain_integer(digits) || digits.size > BOUND_DIGITS)
        return false;
    bool negative = digits.data[0] == '-';
    *value = 0;
    for (size_t i = negative; i < digits.size; i++)
        *value = *value * 10 + (digits.data[i] - '0');
    *value = negative ? -*value : *value;
    return true;
}

static bool add_range(Arena *arena, const NumberFacets *number, Texts *texts) {
    long least, greatest;
    if (!number->integer || !small_integer(number->minimum.digits, &least) ||
        !small_integer(number->maximum.digits, &greatest) || greatest - least >= TEXTS_LIMIT)
        return false;
    for (long i = least; i <= greatest; i++)
        array_push(arena, texts, text_format(arena, "%ld", i));
    return true;
}

static bool add_listed(Arena *arena, const Values *values, Texts *texts) {
    for (size_t i = 0; i < values->count; i++) {
        const Node *value = values->items[i];
        if (value->kind == NODE_BOOLEAN)
            array_push(arena, texts, text_of_truth(value->boolean));
        else if (value->kind == NODE_STRING ||
                 (value->kind == NODE_NUMBER && is_plain_integer(value->text)))
            array_push(arena, texts, value->text);
        else
            return false;
    }
    return texts->count <= TEXTS_LIMIT;
}

bool count_texts(Arena *arena, const Canonical *type, Texts *texts) {
    for (size_t i = 0; i < type->alternatives.count; i++) {
        const Alternative *alternative = type->alternatives.items[i];
        bool counted = false;
        if (alternative->values)
            counted = add_listed(arena, alternative->values, texts);
        else if (alternative->kind == ALTERNATIVE_NUMBER)
            counted = add_range(arena, &alternative->number, texts);
        else if (alternative->kind == ALTERNATIVE_BOOLEAN) {
            array_push(arena, texts, TEXT("true"));
            array_push(arena, texts, TEXT("false"));
            counted = true;
        }
        if (!counted)
            return false;
    }
    return type->alternatives.count > 0;
}

/* The value of an alternative's kind that a text is read as; false: none. */
static bool read_as(AlternativeKind kind, Text text, Node *value) {
    *value = (Node){.kind = NODE_STRING, .text = text};
    if (kind == ALTERNATIVE_STRING)
        return true;
    if (kind == ALTERNATIVE_NUMBER) {
        value->kind = NODE_NUMBER;
        return is_plain_integer(text);
    }
    value->kind = NODE_BOOLEAN;
    value->boolean = text_is(text, "true");
    return kind == ALTERNATIVE_BOOLEAN && (value->boolean || text_is(text, "false"));
}

bool takes_text(const Canonical *type, Text text, Direction direction) {
    for (size_t i = 0; i < type->alternatives.count; i++) {
        const Alternative *alternative = type->alternatives.items[i];
        Node value;
        if (read_as(alternative->kind, text, &value) &&
            alternative_accepts(alternative, &value, direction) == ACCEPTED)
            return true;
    }
    return false;
}

bool takes_all_texts(Arena *arena, const Canonical *taking, const Canonical *written,
                     Direction direction) {
    Texts texts = {0};
    if (is_number_or_truth(written) && is_any_text(taking))
        return true;
    if (taking->overlapping_one_of || !count_texts(arena, written, &texts))
        return false;
    for (size_t i = 0; i < texts.count; i++)
        if (!takes_text(taking, texts.items[i], direction))
            return false;
    return true;
}

/* Numbers and truth values on one side, texts on the other. */
static bool compare_written_scalars(Comparer *comparer, Comparison *at, const Canonical *from,
                                    const Canonical *to) {
    if (is_number_or_truth(from) == is_number_or_truth(to))
        return false;
    bool kept = takes_all_texts(comparer->arena, to, from, at->direction);
    bool same = takes_all_texts(comparer->arena, from, to, at->direction);
    if (kept && same)
        return true;
    if (kept || same)
        note_kinds(comparer, at,
                   (Kinds){from->kinds, to->kinds, kept ? EFFECT_WIDENED : EFFECT_NARROWED},
                   from->origin, to->origin);
    return kept || same;
}

/* ---- lists and objects ----------------------------------------------------------------------- */

static Meet *items_of_list(const Canonical *type) {
    const Alternative *list = type->alternatives.count == 1 ? type->alternatives.items[0] : NULL;
    if (!list || list->kind != ALTERNATIVE_ARRAY || list->values || list->constraints.count ||
        list->array.prefix_items.count)
        return NULL;
    Text least = list->array.min_items.digits;
    return !least.size || text_is(least, "0") || text_is(least, "1") ? list->array.items : NULL;
}

static bool is_scalar(const Canonical *type) {
    return type->kinds && !(type->kinds & (KIND_ARRAY | KIND_OBJECT));
}

/* A list whose items stand apart takes one value as one item; one that is joined by commas would
 * part a text that holds one. */
static bool compare_with_list(Comparer *comparer, Comparison *at, const WrittenType *base,
                              const WrittenType *revision, WrittenPair *below) {
    const Canonical *from = meet_canonical(base->type), *to = meet_canonical(revision->type);
    Meet *items = is_scalar(from) ? items_of_list(to) : NULL;
    if (!items || !(revision->explode || is_number_or_truth(from)))
        return false;
    note_kinds(comparer, at, (Kinds){from->kinds, to->kinds, EFFECT_WIDENED}, from->origin,
               to->origin);
    *below = (WrittenPair){base->type, items};
    return true;
}

/* The one alternative of a type, of which nothing but its facets says anything. */
static const Alternative *plain(const Canonical *type, AlternativeKind kind) {
    const Alternative *only = type->alternatives.count == 1 ? type->alternatives.items[0] : NULL;
    return only && only->kind == kind && !only->values && !only->constraints.count ? only : NULL;
}

/* Where the texts of a part differ, that is noted, and the rest is compared as if it did not. */
static bool compare_written_lists(Comparer *comparer, Comparison *at, const Canonical *from,
                                  const Canonical *to) {
    const Alternative *base = plain(from, ALTERNATIVE_ARRAY);
    const Alternative *revision = plain(to, ALTERNATIVE_ARRAY);
    if (!base || !revision || base->array.prefix_items.count || revision->array.prefix_items.count)
        return false;
    Comparison *items = comparison_new(comparer, at->direction);
    if (!compare_written_scalars(comparer, items, meet_canonical(base->array.items),
                                 meet_canonical(revision->array.items)))
        return false;
    add_edge(comparer, at, STEP_ITEMS, (Text){0}, items);
    Alternative *rest = arena_new_object(comparer->arena, Alternative);
    *rest = *base;
    rest->array.items = revision->array.items;
    compare_alternatives(comparer, at, rest, revision);
    return true;
}

/* A property of a form is text unless a content type says otherwise. */
static bool is_text_part(const MediaType *form, Text property) {
    for (size_t i = 0; form && i < form->encodings.count; i++) {
        const Encoding *encoding = &form->encodings.items[i];
        if (text_equal(encoding->property, property))
            return encoding->style == STYLE_FORM && encoding->explode &&
                   (!encoding->content_type.size ||
                    text_equal_ignoring_case(encoding->content_type, TEXT("text/plain")));
    }
    return true;
}

/* Of a form each item of a list is a field of its own. */
static bool compare_written_property(Comparer *comparer, Comparison *at, Text name,
                                     const WrittenType *base, const WrittenType *revision) {
    const Canonical *from = meet_canonical(base->type), *to = meet_canonical(revision->type);
    Comparison *own = comparison_new(comparer, at->direction);
    WrittenPair below = {NULL, NULL};
    bool text = is_text_part(base->form, name) && is_text_part(revision->form, name);
    if (!text || (!compare_written_scalars(comparer, own, from, to) &&
                  !(revision->form && compare_with_list(comparer, own, base, revision, &below)) &&
                  !compare_written_lists(comparer, own, from, to)))
        return false;
    add_edge(comparer, at, STEP_PROPERTY, name, own);
    if (below.base)
        add_edge(comparer, at, STEP_PROPERTY, name,
                 pair_of(comparer, below.base, below.revision, at->direction));
    return true;
}

static bool compare_written_objects(Comparer *comparer, Comparison *at, const WrittenType *from,
                                    const WrittenType *to) {
    const Alternative *base = plain(meet_canonical(from->type), ALTERNATIVE_OBJECT);
    const Alternative *revision = plain(meet_canonical(to->type), ALTERNATIVE_OBJECT);
    if (!base || !revision)
        return false;
    Alternative *rest = arena_new_object(comparer->arena, Alternative);
    *rest = *base;
    size_t count = base->object.properties.count;
    rest->object.properties.items = arena_new_array(comparer->arena, count, CanonicalProperty);
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        CanonicalProperty *property = &rest->object.properties.items[i];
        *property = base->object.properties.items[i];
        const CanonicalProperty *other = object_property(&revision->object, property->name);
        if (!other)
            continue;
        WrittenType own = {property->type, true, from->form}, now = {other->type, true, to->form};
        if (!compare_written_property(comparer, at, property->name, &own, &now))
            continue;
        property->type = other->type;
        any = true;
    }
    if (any)
        compare_alternatives(comparer, at, rest, revision);
    return any;
}

bool compare_written_types(Comparer *comparer, Comparison *at, const WrittenType *base,
                           const WrittenType *revision, WrittenPair *below) {
    const Canonical *from = meet_canonical(base->type), *to = meet_canonical(revision->type);
    return compare_written_scalars(comparer, at, from, to) ||
           compare_with_list(comparer, at, base, revision, below) ||
           compare_written_lists(comparer, at, from, to) ||
           compare_written_objects(comparer, at, base, revision);
}

/* "text/plain", with or without parameters. */
static bool is_of(const MediaType *media_type, Text wanted) {
    Text name =
        text_trim(text_slice(media_type->name, 0, text_find_byte(media_type->name, ';', 0)));
    return text_equal_ignoring_case(name, wanted);
}

static bool is_form(const MediaType *media_type) {
    return is_of(media_type, TEXT("application/x-www-form-urlencoded")) ||
           is_of(media_type, TEXT("multipart/form-data"));
}

bool is_written_text(Comparer *comparer, const MediaType *base, const MediaType *revision) {
    if (!base->type || !revision->type)
        return false;
    if (is_form(base) && is_form(revision))
        return true;
    return is_of(base, TEXT("text/plain")) && is_of(revision, TEXT("text/plain")) &&
           is_scalar(meet_canonical(canonicals_meet(comparer->canonicals, base->type))) &&
           is_scalar(meet_canonical(canonicals_meet(comparer->canonicals, revision->type)));
}

/* ---- bytes ----------------------------------------------------------------------------------- */

static bool contains(Text name, const char *word) {
    Text wanted = text_from(word);
    for (size_t at = 0; at + wanted.size <= name.size; at++)
        if (text_equal_ignoring_case(text_slice(name, at, at + wanted.size), wanted))
            return true;
    return false;
}

/* A media type whose values are bytes, as far as its name tells. */
static bool is_of_bytes(Text name) {
    static const char *const written[] = {"json", "xml",       "yaml",       "csv", "text/",
                                          "form", "multipart", "javascript", "*"};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        if (contains(name, written[i]))
            return false;
    return true;
}

/* Bytes as they are: nothing said, as 3.1 has them, 3.0's `format: binary`, or what the media type
 * says already. */
static bool says_bytes(Comparer *comparer, const Type *type) {
    const Canonical *canonical = meet_canonical(canonicals_meet(comparer->canonicals, type));
    if (meet_is_anything(canonicals_meet(comparer->canonicals, type)))
        return true;
    const Alternative *only =
        canonical->alternatives.count == 1 ? canonical->alternatives.items[0] : NULL;
    if (!only || only->kind != ALTERNATIVE_STRING || only->values || only->constraints.count ||
        only->string.patterns.count || only->string.content_encoding.size || only->string.content ||
        only->string.min_length.digits.size || only->string.max_length.digits.size)
        return false;
    return only->string.formats.count == 1
               ? format_as_media_type(only->string.formats.items[0]).size > 0
               : !only->string.formats.count && only->string.content_media_type.size > 0;
}

bool both_are_bytes(Comparer *comparer, Text media_type, const Type *base, const Type *revision) {
    return is_of_bytes(media_type) && says_bytes(comparer, base) && says_bytes(comparer, revision);
}
