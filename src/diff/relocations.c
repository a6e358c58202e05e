#include "diff/compare.h"

/* A property that went from one object and came to another one beside, above or below it is one
 * that moved: by its own name and its own type, where no other of that name went or came. Looked at
 * are an object, the objects that are its properties, and objects that are new or gone among these.
 * Where an object below is compared from elsewhere, too, what happened to it is nothing of this
 * object's.
 */

typedef struct Stand {
    Comparison *node;
    const Change *change; /* of itself, or of the object that it came or went with */
    bool alone;           /* of itself */
    Text name, path;
    Meet *type;
    bool required;
    const Node *origin;
} Stand;

typedef struct Site {
    Comparer *comparer;
    ARRAY(Stand) gone, new;
} Site;

static Text path_of(Arena *arena, Text object, Text name) {
    return object.size ? text_format(arena, "%.*s.%.*s", TEXT_ARG(object), TEXT_ARG(name)) : name;
}

static void add_stand(Site *site, Stand stand) {
    if (stand.change->kind == CHANGE_PROPERTY_ADDED)
        array_push(site->comparer->arena, &site->new, stand);
    else
        array_push(site->comparer->arena, &site->gone, stand);
}

/* What came or went with an object. */
static void add_within(Site *site, Comparison *node, Change *change, Text object) {
    const Canonical *type = meet_canonical(noted_of(change)->type);
    if (type->alternatives.count != 1 || type->alternatives.items[0]->kind != ALTERNATIVE_OBJECT)
        return;
    const ObjectFacets *facets = &type->alternatives.items[0]->object;
    for (size_t i = 0; i < facets->properties.count; i++) {
        const CanonicalProperty *property = &facets->properties.items[i];
        add_stand(site, (Stand){
                            .node = node,
                            .change = change,
                            .name = property->name,
                            .path = path_of(site->comparer->arena, object, property->name),
                            .type = property->type,
                            .required = property->required &&
                                        change_attribute_is_true(change, ATTRIBUTE_REQUIRED),
                            .origin = property->origin,
                        });
    }
}

static void add_stands(Site *site, Comparison *node, Text object) {
    for (size_t i = 0; i < node->changes.count; i++) {
        Change *change = node->changes.items[i];
        bool added = change->kind == CHANGE_PROPERTY_ADDED;
        if (!added && change->kind != CHANGE_PROPERTY_REMOVED)
            continue;
        Text name = change_attribute(change, ATTRIBUTE_NAME);
        Text path = path_of(site->comparer->arena, object, name);
        add_stand(site, (Stand){
                            .node = node,
                            .change = change,
                            .alone = true,
                            .name = name,
                            .path = path,
                            .type = noted_of(change)->type,
                            .required = change_attribute_is_true(change, ATTRIBUTE_REQUIRED),
                            .origin = added ? change->revision_origin : change->base_origin,
                        });
        add_within(site, node, change, path);
    }
}

static Stand *only_one(Stand *stands, size_t count, Text name) {
    Stand *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!text_equal(stands[i].name, name))
            continue;
        if (found)
            return NULL;
        found = &stands[i];
    }
    return found;
}

static void note_move(Comparer *comparer, Comparison *node, const Stand *from, const Stand *to) {
    Change *change = note(comparer, node, CHANGE_PROPERTY_MOVED, EFFECT_NARROWED | EFFECT_WIDENED,
                          from->origin, to->origin);
    bool sent = change->direction == DIRECTION_REQUEST;
    with(comparer, change, ATTRIBUTE_NAME, from->name);
    with(comparer, change, ATTRIBUTE_FROM, from->path);
    with(comparer, change, ATTRIBUTE_TO, to->path);
    with_truth(comparer, change, ATTRIBUTE_REQUIRED, sent ? to->required : from->required);
    with_lifetime_of(comparer, change, from->change);
}

static void move_at(Comparer *comparer, const Stand *at, const Stand *from, const Stand *to) {
    if (!at->alone)
        return;
    note_move(comparer, at->node, from, to);
    remove_change(at->node, at->change);
}

/* Where both objects are on both sides, it is said at both: one change, met on both ways. An object
 * that came or went with it is told all the same. */
static void move(Site *site, const Stand *from, const Stand *to) {
    Comparer *comparer = site->comparer;
    if ((!from->alone && !to->alone) ||
        !types_are_same(comparer, from->type, to->type, to->node->direction))
        return;
    move_at(comparer, from, from, to);
    move_at(comparer, to, from, to);
}

static void find_below(Comparer *comparer, Comparison *node, const uint32_t *incoming) {
    Site site = {.comparer = comparer};
    add_stands(&site, node, (Text){0});
    for (size_t i = 0; i < node->edges.count; i++) {
        const ComparisonEdge *edge = &node->edges.items[i];
        if (edge->step.kind == STEP_PROPERTY && edge->to->base_meet && incoming[edge->to->id] == 1)
            add_stands(&site, edge->to, edge->step.name);
    }
    enum { SITE_LIMIT = 64 };
    if (site.gone.count > SITE_LIMIT)
        return;
    for (size_t i = 0; i < site.gone.count; i++) {
        const Stand *from = only_one(site.gone.items, site.gone.count, site.gone.items[i].name);
        const Stand *to =
            from ? only_one(site.new.items, site.new.count, site.gone.items[i].name) : NULL;
        if (to)
            move(&site, from, to);
    }
}

void find_relocations(Comparer *comparer) {
    size_t count = comparer->nodes.count;
    uint32_t *incoming = arena_new_array(comparer->arena, count, uint32_t);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < comparer->nodes.items[i]->edges.count; j++)
            incoming[comparer->nodes.items[i]->edges.items[j].to->id]++;
    for (size_t i = 0; i < count; i++)
        if (comparer->nodes.items[i]->base_meet)
            find_below(comparer, comparer->nodes.items[i], incoming);
    comparer_settle(comparer);
}
