/* A notation of Types, so that a test reads as "this pact needs that shape":
 *   =1 a constant · string/re/ a pattern · string:date a format · integer[0..9] a range
 *   array<T>{1..} items and counts · [T, T] prefix items · array~T contains
 *   {a: T} an object with its required keys, `!` where it takes no others, `*: T` additional ones,
 *   `keys T` property names · (A | B) any · (A & B) all
 */
#ifndef BREAKWATER_TESTS_TYPE_NOTATION_H
#define BREAKWATER_TESTS_TYPE_NOTATION_H

#include "document/document.h"
#include "graph/graph.h"

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
    if (object->required.count != object->properties.count)
        buffer_format(out, "%s%zu required", comma, object->required.count);
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
    if (type->number)
        buffer_format(out, "[%.*s..%s%.*s]", TEXT_ARG(type->number->minimum.digits),
                      type->number->exclusive_maximum.digits.data ? "<" : "",
                      TEXT_ARG(type->number->exclusive_maximum.digits.data
                                   ? type->number->exclusive_maximum.digits
                                   : type->number->maximum.digits));
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

#endif
