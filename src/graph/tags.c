#include "graph/meet.h"

#include "document/document.h"

/* What the values of a discriminator mean. JSON Schema knows nothing of it: a value whose tag means
 * another schema than the one that takes it is refused by a remark, as one that a format refuses.
 */

/* ---- The values that mean a variant ---------------------------------------------------------- */

static bool is_target(const Type *mapped, const Type *variant) {
    const Type *target = variant->reference ? variant->reference : variant;
    return mapped && (mapped == variant || mapped == target || mapped->reference == target);
}

static bool maps_to(const DiscriminatorMapping *mapping, const Type *variant) {
    return is_target(mapping->type, variant);
}

Text first_tag(const Discriminator *discriminator, const Type *variant) {
    for (size_t i = 0; discriminator && i < discriminator->mapping.count; i++)
        if (maps_to(&discriminator->mapping.items[i], variant))
            return discriminator->mapping.items[i].value;
    return discriminator ? type_component_name(variant) : (Text){0};
}

static void add_tag(Arena *arena, Tags *tags, Text tag) {
    size_t at = 0;
    while (at < tags->list.count && text_compare(tags->list.items[at], tag) < 0)
        at++;
    if (at < tags->list.count && text_equal(tags->list.items[at], tag))
        return;
    array_push(arena, &tags->list, tag);
    for (size_t i = tags->list.count - 1; i > at; i--)
        tags->list.items[i] = tags->list.items[i - 1];
    tags->list.items[at] = tag;
}

Tags variant_tags(Arena *arena, const Discriminator *discriminator, const Type *variant) {
    Tags tags = {.property = discriminator ? discriminator->property : (Text){0}};
    for (size_t i = 0; discriminator && i < discriminator->mapping.count; i++)
        if (maps_to(&discriminator->mapping.items[i], variant))
            add_tag(arena, &tags, discriminator->mapping.items[i].value);
    if (discriminator && !tags.list.count && type_component_name(variant).size)
        add_tag(arena, &tags, type_component_name(variant));
    tags.otherwise = discriminator && is_target(discriminator->default_type, variant);
    return tags;
}

static void map_variants(Arena *arena, Type *const *variants, size_t count,
                         const Discriminator *written, Discriminator *all) {
    for (size_t i = 0; i < count; i++) {
        Tags tags = variant_tags(arena, written, variants[i]);
        for (size_t j = 0; j < tags.list.count; j++)
            array_push(arena, &all->mapping,
                       ((DiscriminatorMapping){tags.list.items[j], variants[i]}));
    }
}

const Discriminator *meet_told_apart(Arena *arena, Meet *meet) {
    const Canonical *canonical = meet_canonical(meet);
    const Discriminator *written = canonical->discriminator;
    if (canonical->children || !written)
        return canonical->children;
    Discriminator *all = arena_new_object(arena, Discriminator);
    *all = (Discriminator){.property = written->property, .origin = written->origin};
    const Conjunction *types = meet_types(meet);
    for (size_t i = 0; i < types->types.count; i++) {
        const Combinators *own = types->types.items[i]->combinators;
        if (!own || own->discriminator != written)
            continue;
        map_variants(arena, own->any_of.items, own->any_of.count, written, all);
        map_variants(arena, own->one_of.items, own->one_of.count, written, all);
    }
    return all->mapping.count ? all : NULL;
}

bool tags_have(const Tags *tags, Text tag) {
    for (size_t i = 0; i < tags->list.count; i++)
        if (text_equal(tags->list.items[i], tag))
            return true;
    return false;
}

bool tags_apart(const Tags *a, const Tags *b) {
    for (size_t i = 0; i < a->list.count; i++)
        if (tags_have(b, a->list.items[i]))
            return false;
    return a->list.count && b->list.count;
}

static bool all_list_others(Meet *meet, const Tags *tags, int depth);

/* Whether the property has values, and these are none of them; also by what holds whatever an `if`
 * says. */
static bool lists_others(const Alternative *alternative, const Tags *tags, int depth) {
    if (alternative->kind != ALTERNATIVE_OBJECT || alternative->values)
        return false;
    const CanonicalProperty *property = object_property(&alternative->object, tags->property);
    bool others = property && !tags_in_common(property->type, tags);
    for (size_t i = 0; i < alternative->constraints.count && !others; i++) {
        const Constraint *constraint = &alternative->constraints.items[i];
        others = constraint->sense == CONSTRAINT_CONDITION &&
                 all_list_others(constraint->then_type, tags, depth + 1) &&
                 (meet_covers(constraint->type, alternative) ||
                  all_list_others(constraint->else_type, tags, depth + 1));
    }
    return others;
}

static bool all_list_others(Meet *meet, const Tags *tags, int depth) {
    enum { DEPTH_LIMIT = 4 };
    if (depth > DEPTH_LIMIT || !meet_is_at_hand(meet))
        return false;
    const Canonical *canonical = meet_canonical(meet);
    bool object = false;
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind != ALTERNATIVE_OBJECT)
            continue;
        object = true;
        if (!lists_others(alternative, tags, depth))
            return false;
    }
    return object;
}

bool tags_mean(Meet *variant, const Tags *tags) {
    return !all_list_others(variant, tags, 0);
}

const Tags *tags_that_hold(const Alternative *alternative, const Tags *tags) {
    static const Tags none;
    return tags->list.count && lists_others(alternative, tags, 0) ? &none : tags;
}

static bool takes_text(Meet *meet, Text text) {
    Node node = {.kind = NODE_STRING, .text = text};
    return meet_accepts_strictly(meet, &node, DIRECTION_RESPONSE) != REFUSED;
}

bool tags_in_common(Meet *meet, const Tags *tags) {
    bool texts = meet_canonical(meet)->kinds & KIND_STRING;
    for (size_t i = 0; texts && i < tags->list.count; i++)
        if (takes_text(meet, tags->list.items[i]))
            return true;
    return !texts || !tags->list.count;
}

/* ---- The variant that a value means ---------------------------------------------------------- */

Acceptance by_annotation(Acceptance acceptance) {
    static const Acceptance remarks[] = {
        [ACCEPTED] = ACCEPTED_BY_ANNOTATION,
        [REFUSED] = REFUSED_BY_ANNOTATION,
        [ACCEPTANCE_UNPROVEN] = ACCEPTANCE_UNPROVEN,
        [ACCEPTED_BY_ANNOTATION] = ACCEPTED_BY_ANNOTATION,
        [REFUSED_BY_ANNOTATION] = REFUSED_BY_ANNOTATION,
    };
    return remarks[acceptance];
}

/* The tag of an object; data NULL: it has none, or none that is a text. */
static Text tag_of(const Node *object, Text property) {
    const Node *member = object->kind == NODE_MAPPING ? node_member(object, property) : NULL;
    return member && member->kind == NODE_STRING ? member->text : (Text){0};
}

/* Whether a value is one of those that mean an alternative beside this one. */
static bool means_another(const Canonical *canonical, const Alternative *alternative, Text tag) {
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *other = canonical->alternatives.items[i];
        if (other != alternative && text_equal(other->tags.property, alternative->tags.property) &&
            tags_have(&other->tags, tag))
            return true;
    }
    return false;
}

/* A mapping to what can't be found says that the value may come, and no more. */
static bool is_mapped_to_nothing(const Discriminator *discriminator, Text tag) {
    for (size_t i = 0; discriminator && i < discriminator->mapping.count; i++)
        if (!discriminator->mapping.items[i].type &&
            text_equal(discriminator->mapping.items[i].value, tag))
            return true;
    return false;
}

Acceptance tag_accepts(const Canonical *canonical, const Alternative *alternative,
                       const Node *value) {
    const Tags *tags = &alternative->tags;
    Text tag = tags->list.count ? tag_of(value, tags->property) : (Text){0};
    if (!tag.data || tags_have(tags, tag) || !tags_that_hold(alternative, tags)->list.count)
        return ACCEPTED;
    if (is_mapped_to_nothing(canonical->discriminator, tag))
        return ACCEPTANCE_UNPROVEN;
    bool own = tags->otherwise || text_equal(tag, alternative->name);
    return own && !means_another(canonical, alternative, tag) ? ACCEPTED : REFUSED_BY_ANNOTATION;
}

/* ---- The schema that extends another and that a value means ---------------------------------- */

/* Whether the schemas that extend one are told apart by these values: where one of them lists
 * others, it means those. */
static bool children_hold(Meet *meet) {
    const Discriminator *children = meet_canonical(meet)->children;
    for (size_t i = 0; i < children->mapping.count; i++) {
        Meet *child = meet_child(meet, i);
        Tags tags = {.property = children->property};
        tags.list.items = &children->mapping.items[i].value;
        tags.list.count = 1;
        if (!child || !meet_is_at_hand(child))
            return false;
        const Canonical *canonical = meet_canonical(child);
        for (size_t j = 0; j < canonical->alternatives.count; j++)
            if (!tags_that_hold(canonical->alternatives.items[j], &tags)->list.count)
                return false;
    }
    return children->mapping.count > 0;
}

/* Several values may mean one schema, and one is enough that it takes. */
static Meet *meant_child(Meet *meet, Text tag) {
    const Discriminator *children = meet_canonical(meet)->children;
    const Type *by_name = NULL;
    for (size_t i = 0; i < children->mapping.count; i++) {
        const DiscriminatorMapping *mapping = &children->mapping.items[i];
        if (text_equal(mapping->value, tag))
            return meet_child(meet, i);
        if (mapping->type && text_equal(type_component_name(mapping->type), tag))
            by_name = mapping->type;
    }
    if (!by_name && !text_equal(meet_name(meet), tag))
        by_name = children->default_type;
    return by_name ? canonicals_meet(meet->owner, by_name) : NULL;
}

Acceptance extension_accepts(Meet *meet, const Node *value, Direction direction) {
    const Discriminator *children = meet_canonical(meet)->children;
    Text tag = children ? tag_of(value, children->property) : (Text){0};
    if (!tag.data || !children_hold(meet))
        return ACCEPTED;
    Meet *child = meant_child(meet, tag);
    if (child == meet)
        return ACCEPTED;
    Acceptance extended = child ? meet_accepts(child, value, direction) : REFUSED;
    if (child)
        return extended == ACCEPTED ? ACCEPTED : by_annotation(extended);
    if (is_mapped_to_nothing(children, tag))
        return ACCEPTANCE_UNPROVEN;
    bool itself = !meet_name(meet).size || text_equal(meet_name(meet), tag);
    return itself ? ACCEPTED : REFUSED_BY_ANNOTATION;
}
