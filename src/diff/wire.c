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

bool compare_written_types(Comparer *comparer, Comparison *at, const WrittenType *base,
                           const WrittenType *revision, WrittenPair *below) {
    const Canonical *from = meet_canonical(base->type), *to = meet_canonical(revision->type);
    if (is_number_or_truth(from) && is_any_text(to)) {
        note_kinds(comparer, at, (Kinds){from->kinds, to->kinds, EFFECT_WIDENED}, from->origin,
                   to->origin);
        return true;
    }
    if (is_any_text(from) && is_number_or_truth(to)) {
        note_kinds(comparer, at, (Kinds){from->kinds, to->kinds, EFFECT_NARROWED}, from->origin,
                   to->origin);
        return true;
    }
    /* A list whose items stand apart takes one value as one item; one that is joined by commas
     * would part a text that holds one. */
    Meet *items = is_scalar(from) ? items_of_list(to) : NULL;
    if (!items || !(revision->explode || is_number_or_truth(from)))
        return false;
    note_kinds(comparer, at, (Kinds){from->kinds, to->kinds, EFFECT_WIDENED}, from->origin,
               to->origin);
    *below = (WrittenPair){base->type, items};
    return true;
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
