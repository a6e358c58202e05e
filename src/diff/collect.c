#include "diff/compare.h"

#include <inttypes.h>
#include <stdlib.h>

/* The list of changes is read off the graph of comparisons: a walk from every way into an operation
 * (its parameters, the body of each media type and status) names that way as a Reach of all changes
 * it meets. Only nodes from which some change can be reached are walked. */

/* A node as a walk comes to it: the edge that leads there, and the Arrival that the edge is of.
 * Where operations share a component their walks come to the same Arrivals, so that what is found
 * at one is written once, and each further walk only follows and counts. */
typedef struct Arrival Arrival;
struct Arrival {
    const ComparisonEdge *edge;
    const Arrival *from;     /* NULL at the start of a walk */
    Arrival *below, *beside; /* in the order of the edges */
    ReachList reaches;       /* of what its node's changes are met by */
};

typedef struct Collector {
    Comparer *comparer;
    Diff *diff;
    Map *facts;  /* what makes two changes one fact, to the one that stands for all */
    bool *dirty; /* by node id */
    Map *starts; /* Arrivals at which walks start, by node and step */
    Map *places; /* ChangePlaces, by change and location */
    ARRAY(Arrival *) walk;
    uint32_t further;  /* places in it beyond the first few */
    ARRAY(Step) steps; /* of the location that is being written */
    Buffer key;
} Collector;

/* ---- where a change stands ------------------------------------------------------------------- */

static bool is_plain_name(Text name) {
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '_' || c == '-' || c == '$' || (unsigned char)c >= 0x80;
        if (!plain)
            return false;
    }
    return name.size > 0;
}

static void add_between(Buffer *location, const char *before, Text name, const char *after) {
    buffer_add(location, text_from(before));
    buffer_add(location, name);
    buffer_add(location, text_from(after));
}

static void add_property_name(Buffer *location, Text name) {
    if (is_plain_name(name))
        add_between(location, ".", name, "");
    else
        add_between(location, "['", name, "']");
}

static void add_step(Buffer *location, Step step) {
    switch (step.kind) {
    case STEP_PROPERTY:
        add_property_name(location, step.name);
        return;
    case STEP_ITEMS:
        buffer_add(location, TEXT("[*]"));
        return;
    case STEP_PREFIX_ITEM:
        add_between(location, "[", step.name, "]");
        return;
    case STEP_ADDITIONAL_PROPERTIES:
        buffer_add(location, TEXT(".*"));
        return;
    case STEP_PATTERN_PROPERTY:
        add_between(location, "./", step.name, "/");
        return;
    case STEP_VARIANT:
    case STEP_KEYWORD:
        add_between(location, "(", step.name, ")");
        return;
    case STEP_PARAMETER:
        buffer_add(location, step.name);
        return;
    case STEP_HEADER:
        add_between(location, "header.", step.name, "");
        return;
    case STEP_REQUEST_BODY:
    case STEP_MEDIA_TYPE:
        buffer_add(location, TEXT("body"));
        return;
    case STEP_OPERATION:
    case STEP_STATUS:
        return;
    }
}

static bool names_property(ChangeKind kind) {
    switch (kind) {
    case CHANGE_PROPERTY_ADDED:
    case CHANGE_PROPERTY_REMOVED:
    case CHANGE_PROPERTY_MOVED:
    case CHANGE_PROPERTY_REQUIRED:
    case CHANGE_PROPERTY_OPTIONAL:
    case CHANGE_PROPERTY_DEPRECATED:
    case CHANGE_PROPERTY_REACTIVATED:
    case CHANGE_PROPERTY_ACCESS_CHANGED:
        return true;
    default:
        return false;
    }
}

static void add_location(Collector *collector, const Arrival *arrival) {
    collector->steps.count = 0;
    for (; arrival; arrival = arrival->from)
        array_push(collector->comparer->arena, &collector->steps, arrival->edge->step);
    for (size_t i = collector->steps.count; i-- > 0;)
        add_step(&collector->key, collector->steps.items[i]);
}

/* The change's place of the location that `key` holds: there may be several Arrivals of one. */
static ChangePlace *place_of(Collector *collector, Change *change) {
    Arena *arena = collector->comparer->arena;
    Buffer *key = &collector->key;
    size_t size = key->size;
    buffer_add(key, (Text){(const char *)&change->id, sizeof change->id});
    ChangePlace *place = map_get_text(collector->places, buffer_text(key));
    if (place)
        return place;
    Text kept = text_copy(arena, buffer_text(key));
    place = arena_new_object(arena, ChangePlace);
    place->location = text_slice(kept, 0, size);
    map_put_text(collector->places, kept, place);
    if (!change->places.count)
        change->location = place->location;
    array_push(arena, &change->places, place);
    return place;
}

/* ---- one change for one fact ----------------------------------------------------------------- */

static Text fact_key(Arena *arena, const Change *change) {
    const Node *base = change->base_absent ? NULL : change->base_origin;
    const Node *revision = change->revision_absent ? NULL : change->revision_origin;
    Buffer key = {.arena = arena};
    buffer_format(&key, "%d %d %p %p", change->kind, change->direction, (const void *)base,
                  (const void *)revision);
    for (size_t i = 0; i < change->attributes.count; i++) {
        buffer_format(&key, "\n%d ", change->attributes.items[i].id);
        buffer_add(&key, change->attributes.items[i].text);
    }
    return buffer_text(&key);
}

static Change *representative(Collector *collector, const Comparison *at, Change *change) {
    Noted *noted = noted_of(change);
    if (noted->representative)
        return noted->representative;
    Text key = fact_key(collector->comparer->arena, change);
    noted->representative = map_get_text(collector->facts, key);
    if (!noted->representative) {
        noted->representative = change;
        map_put_text(collector->facts, key, change);
        change->id = (uint32_t)collector->diff->changes.count;
        bool shows = change_info(change->kind)->attributes & (UINT32_C(1) << ATTRIBUTE_WITNESS);
        if (shows && change->kind != CHANGE_PATTERN_CHANGED)
            with(collector->comparer, change, ATTRIBUTE_WITNESS,
                 witness_of(collector->comparer, at, change));
        array_push(collector->comparer->arena, &collector->diff->changes, change);
    }
    noted->representative->answered &= change->answered;
    return noted->representative;
}

const Change *change_fact(const Change *change) {
    return ((const Noted *)change)->representative;
}

/* The reaches come one after the other, so one that is there already is the last. */
static void add_reach(Arena *arena, ReachList *reaches, const Reach *reach) {
    if (!reaches->count || reaches->items[reaches->count - 1] != reach)
        array_push(arena, reaches, reach);
}

static void place_changes(Collector *collector, const Arrival *arrival) {
    const Comparison *node = arrival->edge->to;
    Buffer *key = &collector->key;
    key->size = 0;
    add_location(collector, arrival);
    size_t size = key->size;
    for (size_t i = 0; i < node->changes.count; i++) {
        Change *change = representative(collector, node, node->changes.items[i]);
        key->size = size;
        if (names_property(change->kind))
            add_property_name(key, change_attribute(change, ATTRIBUTE_NAME));
        else if (change->kind == CHANGE_PROPERTY_RENAMED)
            add_property_name(key, change_attribute(change, ATTRIBUTE_TO));
        ChangePlace *place = place_of(collector, change);
        array_push(collector->comparer->arena, &place->reaches, &arrival->reaches);
    }
}

static void meet_changes(Collector *collector, Arrival *arrival, const Reach *reach) {
    Arena *arena = collector->comparer->arena;
    const Comparison *node = arrival->edge->to;
    if (!node->changes.count)
        return;
    if (!arrival->reaches.count)
        place_changes(collector, arrival);
    add_reach(arena, &arrival->reaches, reach);
    for (size_t i = 0; i < node->changes.count; i++)
        add_reach(arena, &noted_of(node->changes.items[i])->representative->reaches, reach);
}

/* ---- walks ----------------------------------------------------------------------------------- */

/* What a walk meets in several places has each of them; what stands below itself has the one above.
 * Schemas that refer to others twice, and these likewise, would have places without end: so beyond
 * a few that are near, a walk names no more than so many, the nearest first. */
enum { PLACES_FEW = 3, PLACES_NEAR = 6, PLACES_FURTHER = 300 };

static bool is_below_itself(const Comparison *node, const Arrival *from) {
    while (from && from->edge->to != node)
        from = from->from;
    return from;
}

static bool stands_deep(const Arrival *from) {
    int depth = 0;
    for (; from && depth < PLACES_NEAR; depth++)
        from = from->from;
    return from;
}

/* Whether one more place of a node that the walk has met before is still named. */
static bool has_room(Collector *collector, const Comparison *node, const Arrival *from) {
    if (node->visits < PLACES_FEW && !stands_deep(from))
        return true;
    return collector->further++ < PLACES_FURTHER;
}

static bool is_new_here(Collector *collector, Comparison *node, const Arrival *from) {
    if (!collector->dirty[node->id])
        return false;
    if (node->visited != collector->comparer->walks)
        node->visits = 0;
    node->visited = collector->comparer->walks;
    if (node->visits && is_below_itself(node, from))
        return false;
    if (node->visits && !has_room(collector, node, from)) {
        node->more_places = true;
        return false;
    }
    node->visits++;
    return true;
}

static Arrival *new_arrival(Collector *collector, const ComparisonEdge *edge, const Arrival *from) {
    Arrival *arrival = arena_new_object(collector->comparer->arena, Arrival);
    arrival->edge = edge;
    arrival->from = from;
    return arrival;
}

static void start_at(Collector *collector, const ComparisonEdge *edge) {
    Arena *arena = collector->comparer->arena;
    Buffer *key = &collector->key;
    if (!is_new_here(collector, edge->to, NULL))
        return;
    key->size = 0;
    buffer_format(key, "%" PRIu32 " ", edge->to->id);
    add_step(key, edge->step);
    Arrival *arrival = map_get_text(collector->starts, buffer_text(key));
    if (!arrival) {
        arrival = new_arrival(collector, edge, NULL);
        map_put_text(collector->starts, text_copy(arena, buffer_text(key)), arrival);
    }
    array_push(arena, &collector->walk, arrival);
}

static void follow(Collector *collector, Arrival *arrival) {
    const Comparison *node = arrival->edge->to;
    Arrival **below = &arrival->below;
    for (size_t i = 0; i < node->edges.count; i++) {
        const ComparisonEdge *edge = &node->edges.items[i];
        if (!is_new_here(collector, edge->to, arrival))
            continue;
        while (*below && (*below)->edge < edge)
            below = &(*below)->beside;
        if (!*below || (*below)->edge != edge) {
            Arrival *further = new_arrival(collector, edge, arrival);
            further->beside = *below;
            *below = further;
        }
        array_push(collector->comparer->arena, &collector->walk, *below);
    }
}

static void begin_walk(Collector *collector) {
    collector->comparer->walks++;
    collector->walk.count = 0;
    collector->further = 0;
}

static void finish_walk(Collector *collector, const Reach *reach) {
    for (size_t i = 0; i < collector->walk.count; i++) {
        meet_changes(collector, collector->walk.items[i], reach);
        follow(collector, collector->walk.items[i]);
    }
}

static const Reach *new_reach(Collector *collector, const Comparison *operation, Text status,
                              Text media_type) {
    Reach *reach = arena_new_object(collector->comparer->arena, Reach);
    *reach = (Reach){operation->base_operation, operation->revision_operation, status, media_type};
    return reach;
}

static int by_step(const void *a, const void *b) {
    const ComparisonEdge *left = a, *right = b;
    if (left->step.kind != right->step.kind)
        return left->step.kind < right->step.kind ? -1 : 1;
    int order = text_compare(left->step.name, right->step.name);
    return order ? order : (left->to->id > right->to->id) - (left->to->id < right->to->id);
}

static void sort_edges(Comparison *node) {
    if (node->edges.count > 1)
        qsort(node->edges.items, node->edges.count, sizeof(ComparisonEdge), by_step);
}

/* The changes that stand at a node itself. */
static void walk_node(Collector *collector, const ComparisonEdge *edge, const Reach *reach) {
    begin_walk(collector);
    start_at(collector, edge);
    if (collector->walk.count)
        meet_changes(collector, collector->walk.items[0], reach);
}

/* One walk for each media type, each with all the edges of its name. */
static void walk_media_types(Collector *collector, Comparison *node, const Comparison *operation,
                             Text status) {
    size_t i = 0;
    while (i < node->edges.count) {
        const ComparisonEdge *edge = &node->edges.items[i];
        if (edge->step.kind != STEP_MEDIA_TYPE) {
            i++;
            continue;
        }
        Text name = edge->step.name;
        begin_walk(collector);
        for (; i < node->edges.count && text_equal(node->edges.items[i].step.name, name); i++)
            start_at(collector, &node->edges.items[i]);
        if (collector->walk.count)
            finish_walk(collector, new_reach(collector, operation, status, name));
    }
}

static void walk_status(Collector *collector, const ComparisonEdge *edge,
                        const Comparison *operation) {
    Comparison *response = edge->to;
    if (!collector->dirty[response->id])
        return;
    sort_edges(response);
    const Reach *reach = new_reach(collector, operation, edge->step.name, (Text){0});
    walk_node(collector, edge, reach);
    begin_walk(collector);
    for (size_t i = 0; i < response->edges.count; i++)
        if (response->edges.items[i].step.kind == STEP_HEADER)
            start_at(collector, &response->edges.items[i]);
    finish_walk(collector, reach);
    walk_media_types(collector, response, operation, edge->step.name);
}

/* What is said of an operation that is gone is said of it alone, and not of one that takes its
 * calls. */
static const Reach *own_reach(Collector *collector, const Comparison *operation,
                              const Reach *reach) {
    bool gone =
        operation->changes.count && operation->changes.items[0]->kind == CHANGE_OPERATION_REMOVED;
    Comparison alone = {.base_operation = operation->base_operation};
    return gone ? new_reach(collector, &alone, (Text){0}, (Text){0}) : reach;
}

static void walk_operation(Collector *collector, const ComparisonEdge *from_root) {
    Comparison *operation = from_root->to;
    sort_edges(operation);
    const Reach *reach = new_reach(collector, operation, (Text){0}, (Text){0});
    walk_node(collector, from_root, own_reach(collector, operation, reach));
    for (size_t i = 0; i < operation->edges.count; i++) {
        const ComparisonEdge *edge = &operation->edges.items[i];
        if (!collector->dirty[edge->to->id])
            continue;
        if (edge->step.kind == STEP_PARAMETER) {
            begin_walk(collector);
            start_at(collector, edge);
            finish_walk(collector, reach);
        } else if (edge->step.kind == STEP_REQUEST_BODY) {
            sort_edges(edge->to);
            walk_node(collector, edge, reach);
            walk_media_types(collector, edge->to, operation, (Text){0});
        } else if (edge->step.kind == STEP_STATUS) {
            walk_status(collector, edge, operation);
        }
    }
}

static const Operation *known_operation(const ComparisonEdge *edge) {
    return edge->to->base_operation ? edge->to->base_operation : edge->to->revision_operation;
}

static int by_operation(const void *a, const void *b) {
    const ComparisonEdge *left = a, *right = b;
    const Operation *x = known_operation(left), *y = known_operation(right);
    if (x->webhook != y->webhook)
        return x->webhook ? 1 : -1;
    int order = text_compare(x->path, y->path);
    if (!order)
        order = text_compare(x->method, y->method);
    return order ? order : (left->to->id > right->to->id) - (left->to->id < right->to->id);
}

/* How XML is written matters where a body of that syntax is met. */
static bool meets_xml(const Change *change) {
    for (size_t i = 0; i < change->reaches.count; i++)
        if (is_xml(change->reaches.items[i]->media_type))
            return true;
    return false;
}

static void say_where_xml_is_met(Comparer *comparer, Diff *diff) {
    for (size_t i = 0; i < diff->changes.count; i++)
        if (diff->changes.items[i]->kind == CHANGE_XML_CHANGED)
            with_truth(comparer, diff->changes.items[i], ATTRIBUTE_XML,
                       meets_xml(diff->changes.items[i]));
}

void collect_changes(Comparer *comparer, Diff *diff) {
    Collector collector = {.comparer = comparer,
                           .diff = diff,
                           .facts = map_new(comparer->arena),
                           .starts = map_new(comparer->arena),
                           .places = map_new(comparer->arena),
                           .key = {.arena = comparer->arena},
                           .dirty = find_dirty(comparer)};
    if (diff->root->edges.count > 1)
        qsort(diff->root->edges.items, diff->root->edges.count, sizeof(ComparisonEdge),
              by_operation);
    for (size_t i = 0; i < diff->root->edges.count; i++)
        if (collector.dirty[diff->root->edges.items[i].to->id])
            walk_operation(&collector, &diff->root->edges.items[i]);
    for (size_t i = 0; i < diff->root->changes.count; i++) /* of the description itself */
        representative(&collector, diff->root, diff->root->changes.items[i]);
    spread_more_places(comparer);
    say_where_xml_is_met(comparer, diff);
}
