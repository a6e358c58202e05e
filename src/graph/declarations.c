#include "graph/pattern.h"
#include "graph/prover.h"

#include "support/map.h"

/* What all Types below one say to readers, as a set of words. */

enum { TYPES_LIMIT = 20000 };

/* The variants that a value of a discriminator means: what its word says. */
typedef struct Led {
    Text property;
    ARRAY(const Type *) variants;
} Led;

typedef struct Speech {
    Arena *arena;
    Canonicals *canonicals;
    Map *seen, *words; /* to the Led of a value, else to what is not NULL */
    ARRAY(Led *) values;
    ARRAY(const Type *) types;
    ARRAY(const Type *) conditions; /* heard last: what only they say binds nobody */
    bool conditions_alone;
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

static char aside; /* what a word of a condition alone leads to */

static void say(Speech *speech, Text word) {
    if (!speech->conditions_alone)
        map_put_text(speech->words, word, speech);
    else if (!map_get_text(speech->words, word))
        map_put_text(speech->words, word, &aside);
}

/* A plain property's word begins with this; of others both sides must say the same. */
#define PLAIN "  "

/* And that of a value of a discriminator with this. */
#define VALUE "d"

static void say_property(Speech *speech, Text name, const Type *type) {
    Annotations annotations = {0};
    annotations_add(type, &annotations);
    if (!type->never)
        say(speech, text_format(speech->arena, "%s%s%.*s", annotations.read_only ? "r" : " ",
                                annotations.write_only ? "w" : " ", TEXT_ARG(name)));
}

static void hear_properties(Speech *speech, const ObjectKeywords *object) {
    for (size_t i = 0; i < object->properties.count; i++) {
        const Property *property = &object->properties.items[i];
        say_property(speech, property->name, property->type);
        hear(speech, property->type);
    }
    for (size_t i = 0; i < object->pattern_properties.count; i++) {
        const Property *pattern = &object->pattern_properties.items[i];
        Text names[PATTERN_NAMES];
        for (size_t j = pattern_names(pattern->name, names); j-- > 0;)
            say_property(speech, names[j], pattern->type);
        hear(speech, pattern->type);
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
    hear_properties(speech, object);
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

static void say_value(Speech *speech, Text property, Text value, const Type *variant) {
    Text word = text_format(speech->arena, VALUE "%.*s %.*s", TEXT_ARG(property), TEXT_ARG(value));
    Led *led = map_get_text(speech->words, word);
    if (!led) {
        led = arena_new_object(speech->arena, Led);
        led->property = property;
        array_push(speech->arena, &speech->values, led);
        map_put_text(speech->words, word, led);
    }
    array_push(speech->arena, &led->variants, variant);
}

static void hear_tags(Speech *speech, const Discriminator *discriminator, Type *const *variants,
                      size_t count) {
    for (size_t i = 0; discriminator && i < count; i++) {
        Tags tags = variant_tags(speech->arena, discriminator, variants[i]);
        bool mean =
            tags.list.count && tags_mean(canonicals_meet(speech->canonicals, variants[i]), &tags);
        for (size_t j = 0; mean && j < tags.list.count; j++)
            say_value(speech, discriminator->property, tags.list.items[j], variants[i]);
    }
}

static void hear_combinators(Speech *speech, const Combinators *combinators) {
    hear_all(speech, combinators->all_of.items, combinators->all_of.count);
    hear_all(speech, combinators->any_of.items, combinators->any_of.count);
    hear_all(speech, combinators->one_of.items, combinators->one_of.count);
    if (combinators->if_type)
        array_push(speech->arena, &speech->conditions, combinators->if_type);
    hear(speech, combinators->then_type);
    hear(speech, combinators->else_type);
    speech->of_children |= combinators->discriminator && combinators->discriminator->of_children;
    hear_tags(speech, combinators->discriminator, combinators->any_of.items,
              combinators->any_of.count);
    hear_tags(speech, combinators->discriminator, combinators->one_of.items,
              combinators->one_of.count);
}

static void hear_type(Speech *speech, const Type *type) {
    hear(speech, type->reference);
    if (type->object)
        hear_object(speech, type->object);
    if (type->array)
        hear_array(speech, type->array);
    if (type->combinators)
        hear_combinators(speech, type->combinators);
}

/* False: there is too much, or more than can be heard here. */
static bool hear_meet(Speech *speech, Meet *meet) {
    size_t next = 0;
    speech->seen = map_new(speech->arena);
    speech->words = map_new(speech->arena);
    for (size_t i = 0; i < meet->types.types.count; i++)
        hear(speech, meet->types.types.items[i]);
    for (size_t condition = 0;; condition++) {
        for (; next < speech->types.count && next < TYPES_LIMIT; next++)
            hear_type(speech, speech->types.items[next]);
        if (condition == speech->conditions.count)
            break;
        speech->conditions_alone = true;
        hear(speech, speech->conditions.items[condition]);
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
    Hearing *hearing = context;
    if (value == &aside)
        return;
    bool plain = text_starts_with(word, TEXT(PLAIN));
    if (!map_get_text(hearing->other, word))
        hearing->missed |=
            hearing->all || !plain || is_otherwise(hearing->arena, hearing->other, word);
}

/* ---- what the values of a discriminator lead to ------------------------------------------------
 */

static bool same_type(Prover *prover, const Type *a, const Type *b) {
    Meet *one = canonicals_meet(prover->shop.canonicals, a);
    Meet *other = canonicals_meet(prover->shop.canonicals, b);
    return type_within(prover, one, &other, 1) && type_within(prover, other, &one, 1);
}

static bool leads_to(Prover *prover, const Led *led, const Type *type) {
    for (size_t i = 0; i < led->variants.count; i++)
        if (same_type(prover, led->variants.items[i], type))
            return true;
    return false;
}

typedef struct Following {
    Prover *prover;
    const Speech *other;
    bool moved;
} Following;

/* A variant written otherwise may be the same where it stands; one that another value means on the
 * other side has moved. */
static void follow(Text word, void *value, void *context) {
    Following *following = context;
    const Speech *other = following->other;
    if (!text_starts_with(word, TEXT(VALUE)))
        return;
    const Led *from = value, *to = map_get_text(other->words, word);
    for (size_t i = 0; to && !following->moved && i < from->variants.count; i++) {
        const Type *variant = from->variants.items[i];
        if (leads_to(following->prover, to, variant))
            continue;
        for (size_t j = 0; j < other->values.count && !following->moved; j++)
            following->moved = other->values.items[j] != to &&
                               text_equal(other->values.items[j]->property, from->property) &&
                               leads_to(following->prover, other->values.items[j], variant);
    }
}

/* Of the values that a type itself is told apart by: all that each means, in its place. */
static bool tags_within(Prover *prover, const Canonical *inner, const Canonical *outer) {
    for (size_t i = 0; i < inner->alternatives.count; i++) {
        const Alternative *from = inner->alternatives.items[i];
        for (size_t j = 0; j < from->tags.list.count; j++) {
            bool known = false, inexact = false;
            Covers covers = {0};
            for (size_t k = 0; k < outer->alternatives.count; k++) {
                const Alternative *to = outer->alternatives.items[k];
                if (!tags_have(&to->tags, from->tags.list.items[j]))
                    continue;
                known = true;
                inexact |= to->inexact;
                if (to->kind == from->kind)
                    array_push(prover->shop.arena, &covers, to);
            }
            Subject subject = subject_of(from);
            if (known && !inexact && !covered(prover, &subject, &covers))
                return false;
        }
    }
    return true;
}

static bool values_lead_alike(Prover *prover, Meet *a, Meet *b, const Speech *first,
                              const Speech *second) {
    const Canonical *one = meet_canonical(a), *other = meet_canonical(b);
    Following forth = {prover, second, false}, back = {prover, first, false};
    if (!first->values.count || !second->values.count)
        return true;
    map_each(first->words, follow, &forth);
    map_each(second->words, follow, &back);
    return !forth.moved && !back.moved && tags_within(prover, one, other) &&
           tags_within(prover, other, one);
}

bool meets_declare_alike(Prover *prover, Meet *a, Meet *b) {
    Arena *arena = prover->shop.arena;
    Speech first = {.arena = arena, .canonicals = a->owner};
    Speech second = {.arena = arena, .canonicals = b->owner};
    bool heard = hear_meet(&first, a) && hear_meet(&second, b);
    Hearing forth = {.arena = arena, .other = second.words, .all = true};
    Hearing back = {.arena = arena, .other = first.words};
    if (heard) {
        map_each(first.words, listen, &forth);
        map_each(second.words, listen, &back);
    }
    return heard && !forth.missed && !back.missed &&
           values_lead_alike(prover, a, b, &first, &second);
}
