#include "graph/prover.h"

#include "support/map.h"

/* What all Types below one say to readers, as a set of words. */

enum { TYPES_LIMIT = 20000 };

typedef struct Speech {
    Arena *arena;
    Map *seen, *words;
    ARRAY(const Type *) types;
    bool of_children; /* a discriminator leads to what no value below shows */
} Speech;

static void hear(Speech *speech, const Type *type) {
    if (!type || map_get(speech->seen, &type->id, sizeof type->id))
        return;
    map_put(speech->seen, &type->id, sizeof type->id, speech);
    array_push(speech->arena, &speech->types, type);
}

static void hear_all(Speech *speech, Type *const *types, size_t count) {
    for (size_t i = 0; i < count; i++)
        hear(speech, types[i]);
}

static void say(Speech *speech, Text word) {
    map_put_text(speech->words, word, speech);
}

/* A plain property's word begins with this; of others both sides must say the same. */
#define PLAIN "  "

static void hear_properties(Speech *speech, const Property *properties, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Annotations annotations = {0};
        annotations_add(properties[i].type, &annotations);
        if (!properties[i].type->never)
            say(speech,
                text_format(speech->arena, "%s%s%.*s", annotations.read_only ? "r" : " ",
                            annotations.write_only ? "w" : " ", TEXT_ARG(properties[i].name)));
        hear(speech, properties[i].type);
    }
}

static void say_name(Speech *speech, const Node *value) {
    if (value->kind == NODE_STRING)
        say(speech, text_format(speech->arena, PLAIN "%.*s", TEXT_ARG(value->text)));
}

/* Names that `propertyNames` lists are declared as well as any. */
static void hear_names(Speech *speech, const Type *names) {
    if (names && names->constant)
        say_name(speech, names->constant);
    for (size_t i = 0; names && names->values && i < names->values->count; i++)
        say_name(speech, names->values->items[i]);
}

static void hear_object(Speech *speech, const ObjectKeywords *object) {
    hear_properties(speech, object->properties.items, object->properties.count);
    for (size_t i = 0; i < object->pattern_properties.count; i++)
        hear(speech, object->pattern_properties.items[i].type);
    for (size_t i = 0; i < object->dependent_schemas.count; i++)
        hear(speech, object->dependent_schemas.items[i].type);
    hear(speech, object->additional_properties);
    hear(speech, object->unevaluated_properties);
    hear_names(speech, object->property_names);
}

static void hear_array(Speech *speech, const ArrayKeywords *array) {
    hear_all(speech, array->prefix_items.items, array->prefix_items.count);
    hear(speech, array->items);
    hear(speech, array->contains);
    hear(speech, array->unevaluated_items);
}

static void hear_tags(Speech *speech, const Discriminator *discriminator, Type *const *variants,
                      size_t count) {
    for (size_t i = 0; discriminator && i < count; i++) {
        Tags tags = variant_tags(speech->arena, discriminator, variants[i]);
        for (size_t j = 0; j < tags.list.count; j++)
            say(speech, text_format(speech->arena, "d%.*s %.*s", TEXT_ARG(discriminator->property),
                                    TEXT_ARG(tags.list.items[j])));
    }
}

static void hear_combinators(Speech *speech, const Combinators *combinators) {
    hear_all(speech, combinators->all_of.items, combinators->all_of.count);
    hear_all(speech, combinators->any_of.items, combinators->any_of.count);
    hear_all(speech, combinators->one_of.items, combinators->one_of.count);
    hear(speech, combinators->if_type);
    hear(speech, combinators->then_type);
    hear(speech, combinators->else_type);
    speech->of_children |= combinators->discriminator && combinators->discriminator->of_children;
    hear_tags(speech, combinators->discriminator, combinators->any_of.items,
              combinators->any_of.count);
    hear_tags(speech, combinators->discriminator, combinators->one_of.items,
              combinators->one_of.count);
}

/* False: there is too much, or more than can be heard here. */
static bool hear_meet(Speech *speech, Meet *meet) {
    speech->seen = map_new(speech->arena);
    speech->words = map_new(speech->arena);
    for (size_t i = 0; i < meet->types.types.count; i++)
        hear(speech, meet->types.types.items[i]);
    for (size_t i = 0; i < speech->types.count && i < TYPES_LIMIT; i++) {
        const Type *type = speech->types.items[i];
        hear(speech, type->reference);
        if (type->object)
            hear_object(speech, type->object);
        if (type->array)
            hear_array(speech, type->array);
        if (type->combinators)
            hear_combinators(speech, type->combinators);
    }
    return speech->types.count <= TYPES_LIMIT && !speech->of_children;
}

typedef struct Hearing {
    Arena *arena;
    const Map *other;
    bool all; /* plain words, too */
    bool missed;
} Hearing;

/* Whether the other side has the property of a plain word as one that is read or written only. */
static bool is_otherwise(Arena *arena, const Map *words, Text word) {
    static const char *const marks[] = {"r ", " w", "rw"};
    char *other = arena_copy(arena, word.data, word.size);
    bool found = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        memcpy(other, marks[i], sizeof PLAIN - 1);
        found |= map_get(words, other, word.size) != NULL;
    }
    return found;
}

static void listen(Text word, void *value, void *context) {
    (void)value;
    Hearing *hearing = context;
    bool plain = text_starts_with(word, TEXT(PLAIN));
    if (!map_get_text(hearing->other, word))
        hearing->missed |=
            hearing->all || !plain || is_otherwise(hearing->arena, hearing->other, word);
}

bool meets_declare_alike(Arena *arena, Meet *a, Meet *b) {
    Speech first = {.arena = arena}, second = {.arena = arena};
    bool heard = hear_meet(&first, a) && hear_meet(&second, b);
    Hearing forth = {.arena = arena, .other = second.words, .all = true};
    Hearing back = {.arena = arena, .other = first.words};
    if (heard) {
        map_each(first.words, listen, &forth);
        map_each(second.words, listen, &back);
    }
    return heard && !forth.missed && !back.missed;
}
