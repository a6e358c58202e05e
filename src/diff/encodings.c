#include "diff/compare.h"

/* How the properties of a form, or the items of a sequence, are written. */

/* The type of a property in an object that is the only one; NULL: there is none. */
static Meet *property_type(Comparer *comparer, const MediaType *media_type, Text property) {
    const Canonical *canonical =
        meet_canonical(canonicals_meet(comparer->canonicals, media_type->type));
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind != ALTERNATIVE_OBJECT)
            continue;
        for (size_t j = 0; j < alternative->object.properties.count; j++)
            if (text_equal(alternative->object.properties.items[j].name, property))
                return alternative->object.properties.items[j].type;
    }
    return NULL;
}

/* Bytes: by 3.0's formats, or by the keywords that took their place. */
static bool is_binary(const Canonical *canonical) {
    static const char *const formats[] = {"binary", "base64", "byte"};
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind != ALTERNATIVE_STRING)
            continue;
        if (alternative->string.content_encoding.size ||
            alternative->string.content_media_type.size)
            return true;
        for (size_t j = 0; j < alternative->string.formats.count; j++)
            for (size_t k = 0; k < sizeof formats / sizeof *formats; k++)
                if (text_is(alternative->string.formats.items[j], formats[k]))
                    return true;
    }
    return false;
}

static Meet *items_of(const Canonical *canonical) {
    for (size_t i = 0; i < canonical->alternatives.count; i++)
        if (canonical->alternatives.items[i]->kind == ALTERNATIVE_ARRAY)
            return canonical->alternatives.items[i]->array.items;
    return NULL;
}

/* What a part is of where nothing is written (3.1.1 section 4.8.15.1.1). */
static Text default_content_type(Meet *type) {
    const Canonical *canonical = type ? meet_canonical(type) : NULL;
    Meet *items = canonical && canonical->kinds & KIND_ARRAY ? items_of(canonical) : NULL;
    if (items)
        canonical = meet_canonical(items);
    if (!canonical)
        return (Text){0};
    if (canonical->kinds & KIND_OBJECT)
        return canonical->kinds == KIND_ANY ? (Text){0} : TEXT("application/json");
    return is_binary(canonical) ? TEXT("application/octet-stream") : TEXT("text/plain");
}

/* How one side writes a property. */
typedef struct Way {
    Encoding encoding;
    bool written; /* false: nothing is said of it, and what holds then stands in the encoding */
    bool type_written; /* its content type is */
    Meet *type;
} Way;

/* Where nothing is said, the style of a query holds (3.1.1 section 4.8.15). */
static Way way_of(Comparer *comparer, const MediaType *media_type, Text property) {
    Way way = {.encoding = {.property = property,
                            .style = STYLE_FORM,
                            .explode = true,
                            .origin = media_type->origin},
               .type = property_type(comparer, media_type, property)};
    for (size_t i = 0; i < media_type->encodings.count && !way.written; i++)
        if (text_equal(media_type->encodings.items[i].property, property)) {
            way.encoding = media_type->encodings.items[i];
            way.written = true;
        }
    way.type_written = way.encoding.content_type.size > 0;
    if (!way.type_written)
        way.encoding.content_type = default_content_type(way.type);
    return way;
}

typedef struct Ways {
    Comparer *comparer;
    Comparison *at;
    Way base, revision;
} Ways;

static void note_encoding(const Ways *ways, const char *keyword, Text from, Text to,
                          Effect effect) {
    Change *change = note(ways->comparer, ways->at, CHANGE_ENCODING_CHANGED, EFFECT_NONE,
                          ways->base.encoding.origin, ways->revision.encoding.origin);
    with(ways->comparer, change, ATTRIBUTE_NAME, ways->base.encoding.property);
    with(ways->comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with(ways->comparer, change, ATTRIBUTE_FROM, from);
    with(ways->comparer, change, ATTRIBUTE_TO, to);
    with_effect(ways->comparer, change, effect);
}

static const Node *part_of(const Way *way, const char *field) {
    return way->written ? node_member(way->encoding.origin, text_from(field)) : NULL;
}

/* ---- content types --------------------------------------------------------------------------- */

typedef ARRAY(Text) Ranges;

/* "image/png, image/" and "*" are two. */
static Ranges ranges_of(Arena *arena, Text list) {
    Ranges ranges = {0};
    for (size_t at = 0; at < list.size;) {
        size_t comma = text_find_byte(list, ',', at);
        size_t end = comma == SIZE_MAX ? list.size : comma;
        Text range = text_lower(arena, text_trim(text_slice(list, at, end)));
        if (range.size)
            array_push(arena, &ranges, range);
        at = end + 1;
    }
    return ranges;
}

static bool takes_range(const Ranges *ranges, Text range) {
    for (size_t i = 0; i < ranges->count; i++) {
        Text taking = ranges->items[i];
        bool open = text_ends_with(taking, TEXT("/*"));
        if (text_equal(taking, range) || text_is(taking, "*/*") ||
            (open && text_starts_with(range, text_slice(taking, 0, taking.size - 1))))
            return true;
    }
    return false;
}

static bool takes_all(const Ranges *taking, const Ranges *ranges) {
    for (size_t i = 0; i < ranges->count; i++)
        if (!takes_range(taking, ranges->items[i]))
            return false;
    return true;
}

static bool share_kind(const Ways *ways) {
    Meet *base = ways->base.type, *revision = ways->revision.type;
    return base && revision && meet_canonical(base)->kinds & meet_canonical(revision)->kinds;
}

/* What is written nowhere many a sender overlooks: there another default is no proof of harm. Where
 * the kinds of value have nothing in common, or nothing is known of one, the types tell it all. */
static void compare_content_types(const Ways *ways) {
    Arena *arena = ways->comparer->arena;
    Text before = ways->base.encoding.content_type, after = ways->revision.encoding.content_type;
    bool written = ways->base.type_written || ways->revision.type_written;
    if (!written && (!before.size || !after.size || !share_kind(ways)))
        return;
    Ranges from = ranges_of(arena, before), to = ranges_of(arena, after);
    Effect effect = EFFECT_NONE;
    effect |= takes_all(&to, &from) ? EFFECT_NONE : EFFECT_NARROWED;
    effect |= takes_all(&from, &to) ? EFFECT_NONE : EFFECT_WIDENED;
    if (effect == EFFECT_NONE)
        return;
    bool both_written = ways->base.type_written && ways->revision.type_written;
    bool open = effect == (EFFECT_NARROWED | EFFECT_WIDENED) || !from.count || !to.count;
    note_encoding(ways, "contentType", before, after,
                  open && !both_written ? EFFECT_UNPROVEN : effect);
}

/* ---- headers of a part ----------------------------------------------------------------------- */

static const Parameter *header_of(const Encoding *encoding, Text name) {
    for (size_t i = 0; i < encoding->headers.count; i++)
        if (text_equal_ignoring_case(encoding->headers.items[i].name, name))
            return &encoding->headers.items[i];
    return NULL;
}

/* An optional header that is new is read by those who know it; one that is gone may be missed. */
static Effect optional_header(const Ways *ways, bool added) {
    if (!added)
        return EFFECT_UNPROVEN;
    return ways->at->direction == DIRECTION_REQUEST ? EFFECT_WIDENED : EFFECT_NARROWED;
}

/* Whether all that the one type is written as is taken by the other. */
static bool header_within(const Ways *ways, Meet *inner, Meet *outer) {
    Direction direction = ways->at->direction;
    return inner == outer || prove_within(ways->comparer->prover, inner, outer, direction) ||
           takes_all_texts(ways->comparer->arena, meet_canonical(outer), meet_canonical(inner),
                           direction);
}

/* Some value is of a kind that the other lacks, and no text stands for it there. */
static bool is_certainly_beyond(Meet *inner, Meet *outer) {
    KindSet kinds = meet_canonical(outer)->kinds;
    return !(kinds & KIND_STRING) && meet_canonical(inner)->kinds & ~kinds;
}

/* Harm is what the sender may write and the reader does not know; what is not proven of it is no
 * proof of harm. */
static Effect header_types_effect(const Ways *ways, const Parameter *from, const Parameter *to) {
    bool sent = ways->at->direction == DIRECTION_REQUEST;
    Canonicals *canonicals = ways->comparer->canonicals;
    Meet *base = canonicals_meet(canonicals, field_type(from));
    Meet *revision = canonicals_meet(canonicals, field_type(to));
    Meet *inner = sent ? base : revision, *outer = sent ? revision : base;
    Effect harm = sent ? EFFECT_NARROWED : EFFECT_WIDENED;
    if (!header_within(ways, inner, outer))
        return is_certainly_beyond(inner, outer) ? harm : EFFECT_UNPROVEN;
    return header_within(ways, outer, inner) ? EFFECT_NONE
                                             : (Effect)(harm ^ (EFFECT_NARROWED | EFFECT_WIDENED));
}

static bool is_written_alike(const Parameter *from, const Parameter *to) {
    Text before = from->content ? from->content->name : (Text){0};
    Text after = to->content ? to->content->name : (Text){0};
    return from->explode == to->explode && text_equal_ignoring_case(before, after);
}

static Effect header_effect(const Ways *ways, const Parameter *from, const Parameter *to) {
    bool before = from && from->required, now = to && to->required;
    if (before != now)
        return before ? EFFECT_WIDENED : EFFECT_NARROWED;
    if (!from || !to)
        return optional_header(ways, !from);
    return is_written_alike(from, to) ? header_types_effect(ways, from, to) : EFFECT_UNPROVEN;
}

static Effect headers_effect(const Ways *ways) {
    const Encoding *base = &ways->base.encoding, *revision = &ways->revision.encoding;
    Effect effect = EFFECT_NONE;
    for (size_t i = 0; i < base->headers.count; i++) {
        const Parameter *from = &base->headers.items[i];
        effect |= header_effect(ways, from, header_of(revision, from->name));
    }
    for (size_t i = 0; i < revision->headers.count; i++) {
        const Parameter *to = &revision->headers.items[i];
        if (!header_of(base, to->name))
            effect |= header_effect(ways, NULL, to);
    }
    return effect;
}

/* What hurts for certain is told rather than what only may. */
static Effect plain_effect(const Ways *ways, Effect effect) {
    Effect harm = ways->at->direction == DIRECTION_REQUEST ? EFFECT_NARROWED : EFFECT_WIDENED;
    return effect & harm ? effect & (Effect)~EFFECT_UNPROVEN : effect;
}

/* Encodings within a part are compared as they are written. */
static void compare_parts(const Ways *ways) {
    static const char *const fields[] = {"headers", "encoding", "prefixEncoding", "itemEncoding"};
    enum { VALUE_LIMIT = 80 };
    Arena *arena = ways->comparer->arena;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const Node *from = part_of(&ways->base, fields[i]);
        const Node *to = part_of(&ways->revision, fields[i]);
        bool same = from == to || (from && to && node_equal(from, to));
        Effect effect = same ? EFFECT_NONE : EFFECT_UNPROVEN;
        if (i == 0)
            effect = plain_effect(ways, headers_effect(ways));
        if (effect)
            note_encoding(ways, fields[i],
                          from ? node_to_json(arena, from, VALUE_LIMIT) : (Text){0},
                          to ? node_to_json(arena, to, VALUE_LIMIT) : (Text){0}, effect);
    }
}

/* ---- all of a property ----------------------------------------------------------------------- */

static bool is_composite(Meet *type) {
    return !type || meet_canonical(type)->kinds & (KIND_ARRAY | KIND_OBJECT);
}

enum { EFFECT_BOTH = EFFECT_NARROWED | EFFECT_WIDENED };

/* 3.1.1 section 4.8.15.1.2: of a form, and from 3.1 on of "multipart/form-data". */
static bool style_counts(const Api *api, Text media_type) {
    return text_starts_with(media_type, TEXT("application/x-www-form-urlencoded")) ||
           text_starts_with(media_type, TEXT("*/")) ||
           (api->dialect >= DIALECT_3_1 &&
            text_starts_with(media_type, TEXT("multipart/form-data")));
}

/* Only arrays and objects are written by style. */
static void compare_styles(const Ways *ways) {
    const Encoding *from = &ways->base.encoding, *to = &ways->revision.encoding;
    if (from->allow_reserved != to->allow_reserved)
        note_encoding(ways, "allowReserved", text_of_truth(from->allow_reserved),
                      text_of_truth(to->allow_reserved), EFFECT_BOTH);
    if (!is_composite(ways->base.type) || !is_composite(ways->revision.type))
        return;
    if (from->style != to->style)
        note_encoding(ways, "style", text_from(style_word(from->style)),
                      text_from(style_word(to->style)), EFFECT_BOTH);
    else if (from->explode != to->explode)
        note_encoding(ways, "explode", text_of_truth(from->explode), text_of_truth(to->explode),
                      EFFECT_BOTH);
}

/* Where the property came or went that is told; an encoding of what the schema lacks says nothing
 * (section 4.8.14.1), and headers are of parts alone. */
static void compare_ways(const Ways *ways, Text media_type) {
    const Comparer *comparer = ways->comparer;
    bool by_place = text_starts_with(ways->base.encoding.property, TEXT("["));
    if (!by_place && (!ways->base.type || !ways->revision.type))
        return;
    bool styles =
        style_counts(comparer->base, media_type) && style_counts(comparer->revision, media_type);
    if (!styles || !ways->base.encoding.styled || !ways->revision.encoding.styled)
        compare_content_types(ways);
    if (!text_starts_with(media_type, TEXT("application/")))
        compare_parts(ways);
    if (styles)
        compare_styles(ways);
}

/* In other media types an encoding says nothing (3.1.1 section 4.8.14). */
static bool has_parts(Arena *arena, const MediaType *media_type) {
    Text name = text_lower(arena, text_trim(media_type->name));
    return text_starts_with(name, TEXT("multipart/")) || text_starts_with(name, TEXT("*/")) ||
           text_starts_with(name, TEXT("application/x-www-form-urlencoded"));
}

static bool is_multipart(Arena *arena, const MediaType *media_type) {
    return text_starts_with(text_lower(arena, text_trim(media_type->name)), TEXT("multipart/"));
}

static void compare_property(Comparer *comparer, Comparison *at, const MediaType *base,
                             const MediaType *revision, Text property) {
    Ways ways = {comparer, at, way_of(comparer, base, property),
                 way_of(comparer, revision, property)};
    compare_ways(&ways, text_lower(comparer->arena, text_trim(base->name)));
}

static bool has_encoding(const MediaType *media_type, Text property) {
    for (size_t i = 0; i < media_type->encodings.count; i++)
        if (text_equal(media_type->encodings.items[i].property, property))
            return true;
    return false;
}

/* Of what neither side writes anything of, the defaults of parts may still differ. */
static void compare_defaults_of_parts(Comparer *comparer, Comparison *at, const MediaType *base,
                                      const MediaType *revision) {
    const Canonical *canonical = meet_canonical(canonicals_meet(comparer->canonicals, base->type));
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        for (size_t j = 0;
             alternative->kind == ALTERNATIVE_OBJECT && j < alternative->object.properties.count;
             j++) {
            Text property = alternative->object.properties.items[j].name;
            if (!has_encoding(base, property) && !has_encoding(revision, property))
                compare_property(comparer, at, base, revision, property);
        }
    }
}

void compare_encodings(Comparer *comparer, Comparison *at, const MediaType *base,
                       const MediaType *revision) {
    if (!has_parts(comparer->arena, base) || !has_parts(comparer->arena, revision))
        return;
    for (size_t i = 0; i < base->encodings.count; i++)
        compare_property(comparer, at, base, revision, base->encodings.items[i].property);
    for (size_t i = 0; i < revision->encodings.count; i++)
        if (!has_encoding(base, revision->encodings.items[i].property))
            compare_property(comparer, at, base, revision, revision->encodings.items[i].property);
    if (is_multipart(comparer->arena, base) && is_multipart(comparer->arena, revision) &&
        base->type != revision->type)
        compare_defaults_of_parts(comparer, at, base, revision);
}
