/* What the tests of the pact loader share: how a pact is loaded, and a notation of Types, so that a
 * test reads as "this pact needs that shape":
 *   =1 a constant · string/re/ a pattern · string:date a format · array<T>{1..} items and counts
 *   [T, T] prefix items · {a: T} an object with its required keys, `!` where it takes no others,
 *   `*: T` additional ones, `keys T` property names · array~T contains · (A | B) any · (A & B) all
 */
#ifndef BREAKWATER_TESTS_PACT_NOTATION_H
#define BREAKWATER_TESTS_PACT_NOTATION_H

#include "load/load.h"

#include "check.h"

/* ---- Notation -------------------------------------------------------------------------------- */

static inline void show(Buffer *out, const Type *type);

static inline void show_counts(Buffer *out, Bound low, Bound high) {
    if (low.digits.data || high.digits.data)
        buffer_format(out, "{%.*s..%.*s}", TEXT_ARG(low.digits), TEXT_ARG(high.digits));
}

static inline void show_array(Buffer *out, const ArrayKeywords *array) {
    for (size_t i = 0; i < array->prefix_items.count; i++) {
        buffer_add(out, i ? TEXT(", ") : TEXT("["));
        show(out, array->prefix_items.items[i]);
    }
    if (array->prefix_items.count)
        buffer_add(out, TEXT("]"));
    if (array->items) {
        buffer_add(out, TEXT("<"));
        show(out, array->items);
        buffer_add(out, TEXT(">"));
    }
    if (array->contains) {
        buffer_add(out, TEXT("~"));
        show(out, array->contains);
    }
    show_counts(out, array->min_items, array->max_items);
}

static inline void show_object(Buffer *out, const ObjectKeywords *object) {
    const char *comma = "";
    buffer_add(out, TEXT("{"));
    for (size_t i = 0; i < object->properties.count; i++, comma = ", ") {
        buffer_format(out, "%s%.*s: ", comma, TEXT_ARG(object->properties.items[i].name));
        show(out, object->properties.items[i].type);
    }
    CHECK(object->required.count == object->properties.count);
    if (object->additional_properties && !object->additional_properties->never) {
        buffer_format(out, "%s*: ", comma);
        show(out, object->additional_properties);
        comma = ", ";
    }
    if (object->property_names) {
        buffer_format(out, "%skeys ", comma);
        show(out, object->property_names);
    }
    buffer_add(out, TEXT("}"));
    if (object->additional_properties && object->additional_properties->never)
        buffer_add(out, TEXT("!"));
    show_counts(out, object->min_properties, object->max_properties);
}

static inline void show_kinds(Buffer *out, KindSet kinds) {
    static const struct {
        KindSet kinds;
        const char *word;
    } words[] = {{KIND_NULL, "null"},     {KIND_BOOLEAN, "boolean"},  {KIND_INTEGER, "integer"},
                 {KIND_NUMBER, "number"}, {KIND_FRACTION, "decimal"}, {KIND_STRING, "string"},
                 {KIND_ARRAY, "array"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (kinds == words[i].kinds)
            buffer_add(out, text_from(words[i].word));
    if (!kinds)
        buffer_add(out, TEXT("anything"));
}

static inline void show(Buffer *out, const Type *type) {
    if (type->combinators) {
        bool any = type->combinators->any_of.count > 0;
        size_t count = any ? type->combinators->any_of.count : type->combinators->all_of.count;
        Type **types = any ? type->combinators->any_of.items : type->combinators->all_of.items;
        for (size_t i = 0; i < count; i++) {
            buffer_add(out, i == 0 ? TEXT("(") : any ? TEXT(" | ") : TEXT(" & "));
            show(out, types[i]);
        }
        buffer_add(out, TEXT(")"));
        return;
    }
    if (type->constant) {
        buffer_add(out, TEXT("="));
        buffer_add(out, node_to_json(out->arena, type->constant, SIZE_MAX));
        return;
    }
    show_kinds(out, type->kinds);
    if (type->format.size)
        buffer_format(out, ":%.*s", TEXT_ARG(type->format));
    if (type->string && type->string->pattern.data)
        buffer_format(out, "/%.*s/", TEXT_ARG(type->string->pattern));
    if (type->string)
        show_counts(out, type->string->min_length, type->string->max_length);
    if (type->array)
        show_array(out, type->array);
    if (type->object)
        show_object(out, type->object);
}

static inline Text shown(Arena *arena, const Type *type) {
    Buffer out = {.arena = arena};
    if (!type)
        return TEXT("none");
    show(&out, type);
    return buffer_text(&out);
}

/* ---- Loading --------------------------------------------------------------------------------- */

typedef struct Loaded {
    Expectations expectations;
    Diagnostics diagnostics;
    const Document *document;
    bool loaded;
} Loaded;

static inline const Document *parse(Arena *arena, Diagnostics *diagnostics, Text text) {
    Source source = {.kind = SOURCE_FILE,
                     .name = TEXT("pact.json"),
                     .file = TEXT("pact.json"),
                     .path = TEXT("pact.json"),
                     .bytes = text};
    return document_parse(arena, diagnostics, source);
}

static inline Loaded *load(Arena *arena, Text text) {
    Loaded *loaded = arena_new_object(arena, Loaded);
    loaded->diagnostics.arena = arena;
    loaded->document = parse(arena, &loaded->diagnostics, text);
    CHECK(loaded->document != NULL);
    uint32_t *next_type_id = arena_new_object(arena, uint32_t);
    LoadOptions options = {.next_type_id = next_type_id};
    if (loaded->document)
        loaded->loaded = load_pact(arena, &loaded->diagnostics, NULL, loaded->document, &options,
                                   &loaded->expectations);
    return loaded;
}

/* A pact of `version` with one interaction, which must load. */
static inline const Interaction *load_one(Arena *arena, const char *version, const char *request,
                                          const char *response) {
    Text text = text_format(
        arena,
        "{\"consumer\": {\"name\": \"C\"}, \"provider\": {\"name\": \"P\"}, \"interactions\": [\n"
        "{\"description\": \"d\", \"request\": {\"method\": \"post\", \"path\": \"/p\"%s%s},\n"
        "\"response\": {\"status\": 200%s%s}}],\n"
        "\"metadata\": {\"pactSpecification\": {\"version\": \"%s\"}}}",
        *request ? ", " : "", request, *response ? ", " : "", response, version);
    Loaded *loaded = load(arena, text);
    CHECK(loaded->loaded);
    for (size_t i = 0; i < loaded->diagnostics.list.count; i++)
        printf("%.*s\n", TEXT_ARG(loaded->diagnostics.list.items[i].message));
    static const Interaction none;
    CHECK(loaded->expectations.interactions.count == 1);
    return loaded->expectations.interactions.count ? loaded->expectations.interactions.items[0]
                                                   : &none;
}

#define RULE(path, matcher) "\"" path "\": {\"matchers\": [" matcher "]}"
#define TYPE                "{\"match\": \"type\"}"

static inline Text residues(Arena *arena, const Interaction *interaction) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < interaction->residues.count; i++)
        buffer_format(&out, "%s%.*s: %.*s", i ? "; " : "",
                      TEXT_ARG(interaction->residues.items[i].place),
                      TEXT_ARG(interaction->residues.items[i].matcher));
    return out.size ? buffer_text(&out) : TEXT("");
}

#endif
