#include "impact/users.h"

#include "impact/holding.h"

#include <stdlib.h>

typedef struct UserSet {
    UsageConsumers list;
    Map *by_name;            /* index + 1 */
    const Interaction *last; /* an interaction counts once */
} UserSet;

static UserSet *set_of(const Users *users, const void *thing) {
    return map_get(users->by_thing, &thing, sizeof thing);
}

static UserSet *new_set(Users *users, const void *thing) {
    UserSet *set = arena_new_object(users->run, UserSet);
    set->by_name = map_new(users->run);
    map_put(users->by_thing, arena_copy(users->run, &thing, sizeof thing), sizeof thing, set);
    return set;
}

static UsageConsumer *consumer_in(Users *users, UserSet *set, const Interaction *interaction) {
    size_t known = (size_t)(uintptr_t)map_get_text(set->by_name, interaction->consumer);
    if (known)
        return &set->list.items[known - 1];
    Place place = interaction_place(interaction);
    UsageConsumer consumer = {
        .consumer = interaction->consumer,
        .pact = place.file,
        .line = place.line,
        .interaction = interaction->description,
    };
    array_push(users->run, &set->list, consumer);
    map_put_text(set->by_name, interaction->consumer, (void *)(uintptr_t)set->list.count);
    return &set->list.items[set->list.count - 1];
}

void users_add(Users *users, const void *thing, const Interaction *interaction,
               Direction direction) {
    UserSet *set = set_of(users, thing);
    if (!set)
        set = new_set(users, thing);
    UsageConsumer *consumer = consumer_in(users, set, interaction);
    consumer->interactions += set->last != interaction;
    consumer->sends |= direction == DIRECTION_REQUEST;
    consumer->reads |= direction == DIRECTION_RESPONSE;
    set->last = interaction;
}

/* ---- values ---------------------------------------------------------------------------------- */

typedef struct Use {
    Users *users;
    Canonicals *canonicals;
    const Interaction *interaction;
    Direction direction;
} Use;

/* A value that is used, and what is expected of it; NULL: nothing that can be told here. */
typedef struct Used {
    const Node *value;
    const Type *expected;
    size_t depth;
} Used;

static void use_value(const Use *use, Meet *meet, Used used);

static Used member_of(Used used, uint32_t index) {
    const Member *member = &used.value->members[index];
    Used below = {member->value, NULL, used.depth + 1};
    const ObjectKeywords *object = used.expected ? used.expected->object : NULL;
    for (size_t i = 0; object && i < object->properties.count; i++)
        if (text_equal(object->properties.items[i].name, member->key))
            below.expected = object->properties.items[i].type;
    return below;
}

static Used item_of(Used used, uint32_t index) {
    Used below = {used.value->items[index], NULL, used.depth + 1};
    const ArrayKeywords *array = used.expected ? used.expected->array : NULL;
    if (array && index < array->prefix_items.count)
        below.expected = array->prefix_items.items[index];
    else if (array)
        below.expected = array->items;
    return below;
}

/* Every schema of the conjunction that declares the name: `allOf` may do so twice. */
static void use_property(const Use *use, const Alternative *object, Text name) {
    for (size_t i = 0; i < object->from->types.count; i++) {
        const ObjectKeywords *keywords = object->from->types.items[i]->object;
        for (size_t j = 0; keywords && j < keywords->properties.count; j++)
            if (text_equal(keywords->properties.items[j].name, name))
                users_add(use->users, keywords->properties.items[j].origin, use->interaction,
                          use->direction);
    }
}

static const CanonicalProperty *property_named(const Alternative *object, Text name) {
    size_t from = 0, to = object->object.properties.count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const CanonicalProperty *property = &object->object.properties.items[middle];
        int order = text_compare(name, property->name);
        if (order == 0)
            return property;
        from = order > 0 ? middle + 1 : from;
        to = order < 0 ? middle : to;
    }
    return NULL;
}

static void use_member(const Use *use, const Alternative *object, Text name, Used below) {
    const CanonicalProperty *property = property_named(object, name);
    if (property && property->declared) {
        use_property(use, object, name);
        use_value(use, property->type, below);
        return;
    }
    for (size_t i = 0; i < object->object.pattern_properties.count; i++) {
        const PatternProperty *pattern = &object->object.pattern_properties.items[i];
        if (pattern_accepts(pattern->pattern, name) != REFUSED)
            use_value(use, pattern->type, below);
    }
    if (object->object.additional == ADDITIONAL_DESCRIBED)
        use_value(use, object->object.additional_type, below);
}

/* `contains` says of any item what some item must be. */
static void use_contained(const Use *use, const Alternative *array, Used item) {
    for (size_t i = 0; i < array->from->types.count; i++) {
        const ArrayKeywords *keywords = array->from->types.items[i]->array;
        if (keywords && keywords->contains)
            use_value(use, canonicals_meet(use->canonicals, keywords->contains), item);
    }
}

static void use_alternative(const Use *use, const Alternative *alternative, Used used) {
    if (alternative->kind == ALTERNATIVE_OBJECT)
        for (uint32_t i = 0; i < used.value->count; i++)
            use_member(use, alternative, used.value->members[i].key, member_of(used, i));
    for (uint32_t i = 0; alternative->kind == ALTERNATIVE_ARRAY && i < used.value->count; i++) {
        const ArrayFacets *array = &alternative->array;
        use_value(use, i < array->prefix_items.count ? array->prefix_items.items[i] : array->items,
                  item_of(used, i));
        use_contained(use, alternative, item_of(used, i));
    }
}

/* ---- variants -------------------------------------------------------------------------------- */

static bool is_of_kind(const Alternative *alternative, const Node *value) {
    return (alternative->kind == ALTERNATIVE_OBJECT && value->kind == NODE_MAPPING) ||
           (alternative->kind == ALTERNATIVE_ARRAY && value->kind == NODE_SEQUENCE);
}

static bool may_be(Meet *meet, const Node *value, Direction direction) {
    const Canonical *canonical = meet_canonical(meet);
    for (size_t i = 0; i < canonical->alternatives.count; i++)
        if (alternative_accepts(canonical->alternatives.items[i], value, direction) != REFUSED)
            return true;
    return false;
}

/* False where a reader means another variant: by an exact value where this one has others. What it
 * matches by kind or regex leaves open which one comes. */
static bool is_picked(const Use *use, const Alternative *alternative, Used used) {
    if (alternative->kind != ALTERNATIVE_OBJECT || !used.expected)
        return true;
    for (uint32_t i = 0; i < used.value->count; i++) {
        const CanonicalProperty *property = property_named(alternative, used.value->members[i].key);
        Used below = member_of(used, i);
        bool tells = below.expected && below.expected->constant;
        if (tells && property && property->declared &&
            !may_be(property->type, below.value, use->direction))
            return false;
    }
    return true;
}

/* Of several variants those that take what is sent, and those that a reader may be answered with;
 * where there is none, all: what may be used counts as used, for a property that nobody uses is one
 * that can go. A value is a tree, so the walk ends. */
static void use_value(const Use *use, Meet *meet, Used used) {
    const Node *value = used.value;
    if (used.depth > NESTING_LIMIT || (value->kind != NODE_MAPPING && value->kind != NODE_SEQUENCE))
        return;
    const Canonical *canonical = meet_canonical(meet);
    size_t fitting = 0;
    bool *fits = arena_new_array(use->users->run, canonical->alternatives.count, bool);
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        fits[i] = is_of_kind(alternative, value) &&
                  (use->direction == DIRECTION_RESPONSE
                       ? is_picked(use, alternative, used)
                       : alternative_accepts(alternative, value, use->direction) != REFUSED);
        fitting += fits[i];
    }
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (fitting ? fits[i] : is_of_kind(alternative, value))
            use_alternative(use, alternative, used);
    }
}

void users_add_value(Users *users, Canonicals *canonicals, const Type *type, const Node *value,
                     const Type *expected, const Interaction *interaction, Direction direction) {
    Use use = {users, canonicals, interaction, direction};
    if (type && value)
        use_value(&use, canonicals_meet(canonicals, type), (Used){value, expected, 0});
}

/* ---- the outcome ----------------------------------------------------------------------------- */

static int by_consumer(const void *a, const void *b) {
    return text_compare(((const UsageConsumer *)a)->consumer, ((const UsageConsumer *)b)->consumer);
}

UsageConsumers users_of(const Users *users, const void *thing) {
    UserSet *set = set_of(users, thing);
    if (!set)
        return (UsageConsumers){0};
    if (set->list.count > 1)
        qsort(set->list.items, set->list.count, sizeof *set->list.items, by_consumer);
    return set->list;
}
