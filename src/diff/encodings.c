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

static bool is_binary(const Canonical *canonical) {
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind != ALTERNATIVE_STRING)
            continue;
        for (size_t j = 0; j < alternative->string.formats.count; j++)
            if (text_is(alternative->string.formats.items[j], "binary"))
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
    if (!way.encoding.content_type.size)
        way.encoding.content_type = default_content_type(way.type);
    return way;
}

typedef struct Ways {
    Comparer *comparer;
    Comparison *at;
    Way base, revision;
} Ways;

static void note_encoding(const Ways *ways, const char *keyword, Text from, Text to) {
    Change *change = note(ways->comparer, ways->at, CHANGE_ENCODING_CHANGED, EFFECT_NONE,
                          ways->base.encoding.origin, ways->revision.encoding.origin);
    with(ways->comparer, change, ATTRIBUTE_NAME, ways->base.encoding.property);
    with(ways->comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with(ways->comparer, change, ATTRIBUTE_FROM, from);
    with(ways->comparer, change, ATTRIBUTE_TO, to);
}

static const Node *part_of(const Way *way, const char *field) {
    return way->written ? node_member(way->encoding.origin, text_from(field)) : NULL;
}

/* Headers of a part, and encodings within it, are compared as they are written. */
static void compare_parts(const Ways *ways) {
    static const char *const fields[] = {"headers", "encoding", "prefixEncoding", "itemEncoding"};
    enum { VALUE_LIMIT = 80 };
    Arena *arena = ways->comparer->arena;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const Node *from = part_of(&ways->base, fields[i]);
        const Node *to = part_of(&ways->revision, fields[i]);
        if (from != to && !(from && to && node_equal(from, to)))
            note_encoding(ways, fields[i],
                          from ? node_to_json(arena, from, VALUE_LIMIT) : (Text){0},
                          to ? node_to_json(arena, to, VALUE_LIMIT) : (Text){0});
    }
}

static Text truth(bool value) {
    return value ? TEXT("true") : TEXT("false");
}

static bool is_composite(Meet *type) {
    return !type || meet_canonical(type)->kinds & (KIND_ARRAY | KIND_OBJECT);
}

/* Only arrays and objects are written by style. */
static void compare_ways(const Ways *ways) {
    const Encoding *from = &ways->base.encoding, *to = &ways->revision.encoding;
    if (!ways->base.type != !ways->revision.type)
        return; /* the property came or went */
    if (!text_equal_ignoring_case(from->content_type, to->content_type))
        note_encoding(ways, "contentType", from->content_type, to->content_type);
    if (from->allow_reserved != to->allow_reserved)
        note_encoding(ways, "allowReserved", truth(from->allow_reserved),
                      truth(to->allow_reserved));
    compare_parts(ways);
    if (!is_composite(ways->base.type) || !is_composite(ways->revision.type))
        return;
    if (from->style != to->style)
        note_encoding(ways, "style", text_from(style_word(from->style)),
                      text_from(style_word(to->style)));
    else if (from->explode != to->explode)
        note_encoding(ways, "explode", truth(from->explode), truth(to->explode));
}

/* In other media types an encoding says nothing (3.1.1 section 4.8.14). */
static bool has_parts(Arena *arena, const MediaType *media_type) {
    Text name = text_lower(arena, text_trim(media_type->name));
    return text_starts_with(name, TEXT("multipart/")) || text_starts_with(name, TEXT("*/")) ||
           text_starts_with(name, TEXT("application/x-www-form-urlencoded"));
}

void compare_encodings(Comparer *comparer, Comparison *at, const MediaType *base,
                       const MediaType *revision) {
    if (!has_parts(comparer->arena, base) || !has_parts(comparer->arena, revision))
        return;
    for (size_t i = 0; i < base->encodings.count; i++) {
        Text property = base->encodings.items[i].property;
        Ways ways = {comparer, at, way_of(comparer, base, property),
                     way_of(comparer, revision, property)};
        compare_ways(&ways);
    }
    for (size_t i = 0; i < revision->encodings.count; i++) {
        Text property = revision->encodings.items[i].property;
        Ways ways = {comparer, at, way_of(comparer, base, property),
                     way_of(comparer, revision, property)};
        if (!ways.base.written)
            compare_ways(&ways);
    }
}
