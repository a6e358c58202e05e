#include "diff/compare.h"

#include <stdlib.h>

/* The list of changes is read off the graph of comparisons: a walk from every way into an operation
 * (its parameters, the body of each media type and status) names that way as a Reach of all changes
 * it meets. Only nodes from which some change can be reached are walked. */

typedef struct Arrival {
    Comparison *node;
    size_t from; /* index in the walk, SIZE_MAX at its start */
    Step step;
} Arrival;

typedef struct Collector {
    Comparer *comparer;
    Diff *diff;
    Map *facts;  /* what makes two changes one fact, to the one that stands for all */
    bool *dirty; /* by node id */
    ARRAY(Arrival) walk;
    Map *locations;  /* every text of one, once */
    Buffer location; /* the one that is being written, and its steps */
    ARRAY(Step) steps;
} Collector;

/* ---- which nodes lead to a change ------------------------------------------------------------ */

typedef struct Incoming {
    uint32_t *first; /* by node id, and one behind the last */
    uint32_t *from;
} Incoming;

static Incoming incoming_edges(Comparer *comparer) {
    size_t count = comparer->nodes.count, edges = 0;
    Incoming incoming = {arena_new_array(comparer->arena, count + 2, uint32_t), NULL};
    for (size_t i = 0; i < count; i++) {
        const Comparison *node = comparer->nodes.items[i];
        edges += node->edges.count;
        for (size_t j = 0; j < node->edges.count; j++)
            incoming.first[node->edges.items[j].to->id + 2]++;
    }
    for (size_t i = 2; i < count + 2; i++)
        incoming.first[i] += incoming.first[i - 1];
    incoming.from = arena_new_array(comparer->arena, edges, uint32_t);
    for (size_t i = 0; i < count; i++) {
        const Comparison *node = comparer->nodes.items[i];
        for (size_t j = 0; j < node->edges.count; j++)
            incoming.from[incoming.first[node->edges.items[j].to->id + 1]++] = node->id;
    }
    return incoming;
}

static bool *find_dirty(Comparer *comparer) {
    size_t count = comparer->nodes.count;
    bool *dirty = arena_new_array(comparer->arena, count, bool);
    uint32_t *stack = arena_new_array(comparer->arena, count, uint32_t);
    size_t depth = 0;
    Incoming incoming = incoming_edges(comparer);
    for (size_t i = 0; i < count; i++)
        if (comparer->nodes.items[i]->changes.count) {
            dirty[i] = true;
            stack[depth++] = (uint32_t)i;
        }
    while (depth) {
        uint32_t node = stack[--depth];
        for (uint32_t i = incoming.first[node]; i < incoming.first[node + 1]; i++) {
            uint32_t from = incoming.from[i];
            if (dirty[from])
                continue;
            dirty[from] = true;
            stack[depth++] = from;
        }
    }
    return dirty;
}

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

static void add_property_name(Buffer *location, Text name) {
    if (is_plain_name(name))
        buffer_format(location, ".%.*s", TEXT_ARG(name));
    else
        buffer_format(location, "['%.*s']", TEXT_ARG(name));
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
        buffer_format(location, "[%.*s]", TEXT_ARG(step.name));
        return;
    case STEP_ADDITIONAL_PROPERTIES:
        buffer_add(location, TEXT(".*"));
        return;
    case STEP_PATTERN_PROPERTY:
        buffer_format(location, "./%.*s/", TEXT_ARG(step.name));
        return;
    case STEP_VARIANT:
    case STEP_KEYWORD:
        buffer_format(location, "(%.*s)", TEXT_ARG(step.name));
        return;
    case STEP_PARAMETER:
        buffer_add(location, step.name);
        return;
    case STEP_HEADER:
        buffer_format(location, "header.%.*s", TEXT_ARG(step.name));
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

/* Many operations have a change in the same place: each text is kept once. */
static Text location_of(Collector *collector, size_t arrival, const Change *change) {
    Arena *arena = collector->comparer->arena;
    Buffer *location = &collector->location;
    collector->steps.count = 0;
    location->size = 0;
    for (size_t at = arrival; at != SIZE_MAX; at = collector->walk.items[at].from)
        array_push(arena, &collector->steps, collector->walk.items[at].step);
    for (size_t i = collector->steps.count; i-- > 0;)
        add_step(location, collector->steps.items[i]);
    if (names_property(change->kind))
        add_property_name(location, change_attribute(change, ATTRIBUTE_NAME));
    else if (change->kind == CHANGE_PROPERTY_RENAMED)
        add_property_name(location, change_attribute(change, ATTRIBUTE_TO));
    Text written = buffer_text(location);
    const Text *known = map_get_text(collector->locations, written);
    if (known)
        return *known;
    Text *kept = arena_new_object(arena, Text);
    *kept = text_copy(arena, written);
    map_put_text(collector->locations, *kept, kept);
    return *kept;
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
    return noted->representative;
}

const Change *change_fact(const Change *change) {
    return ((const Noted *)change)->representative;
}

static void add_place(Collector *collector, Change *change, const Reach *reach, Text location) {
    ChangePlace place = {reach, location};
    for (size_t i = change->places.count; i-- > 0 && change->places.items[i].reach == reach;)
        if (text_equal(change->places.items[i].location, location))
            return;
    array_push(collector->comparer->arena, &change->places, place);
}

static void meet_changes(Collector *collector, size_t arrival, const Reach *reach) {
    Arena *arena = collector->comparer->arena;
    const Comparison *node = collector->walk.items[arrival].node;
    for (size_t i = 0; i < node->changes.count; i++) {
        Change *change = representative(collector, node, node->changes.items[i]);
        Text location = location_of(collector, arrival, change);
        if (!change->reaches.count)
            change->location = location;
        add_place(collector, change, reach, location);
        if (!change->reaches.count || change->reaches.items[change->reaches.count - 1] != reach)
            array_push(arena, &change->reaches, reach);
    }
}

/* ---- walks ----------------------------------------------------------------------------------- */

static void arrive(Collector *collector, Comparison *node, size_t from, Step step) {
    if (node->visited == collector->comparer->walks || !collector->dirty[node->id])
        return;
    node->visited = collector->comparer->walks;
    Arrival arrival = {node, from, step};
    array_push(collector->comparer->arena, &collector->walk, arrival);
}

static void begin_walk(Collector *collector) {
    collector->comparer->walks++;
    collector->walk.count = 0;
}

static void finish_walk(Collector *collector, const Reach *reach) {
    for (size_t i = 0; i < collector->walk.count; i++) {
        const Comparison *node = collector->walk.items[i].node;
        meet_changes(collector, i, reach);
        for (size_t j = 0; j < node->edges.count; j++)
            arrive(collector, node->edges.items[j].to, i, node->edges.items[j].step);
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
static void walk_node(Collector *collector, Comparison *node, Step step, const Reach *reach) {
    begin_walk(collector);
    arrive(collector, node, SIZE_MAX, step);
    if (collector->walk.count)
        meet_changes(collector, 0, reach);
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
            arrive(collector, node->edges.items[i].to, SIZE_MAX, node->edges.items[i].step);
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
    walk_node(collector, response, edge->step, reach);
    begin_walk(collector);
    for (size_t i = 0; i < response->edges.count; i++)
        if (response->edges.items[i].step.kind == STEP_HEADER)
            arrive(collector, response->edges.items[i].to, SIZE_MAX, response->edges.items[i].step);
    finish_walk(collector, reach);
    walk_media_types(collector, response, operation, edge->step.name);
}

static void walk_operation(Collector *collector, const ComparisonEdge *from_root) {
    Comparison *operation = from_root->to;
    sort_edges(operation);
    const Reach *reach = new_reach(collector, operation, (Text){0}, (Text){0});
    walk_node(collector, operation, from_root->step, reach);
    for (size_t i = 0; i < operation->edges.count; i++) {
        const ComparisonEdge *edge = &operation->edges.items[i];
        if (!collector->dirty[edge->to->id])
            continue;
        if (edge->step.kind == STEP_PARAMETER) {
            begin_walk(collector);
            arrive(collector, edge->to, SIZE_MAX, edge->step);
            finish_walk(collector, reach);
        } else if (edge->step.kind == STEP_REQUEST_BODY) {
            sort_edges(edge->to);
            walk_node(collector, edge->to, edge->step, reach);
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
    for (size_t i = 0; i < change->reaches.count; i++) {
        Text name = change->reaches.items[i]->media_type;
        size_t end = text_find_byte(name, ';', 0);
        Text essence = text_trim(end == SIZE_MAX ? name : text_slice(name, 0, end));
        if (text_ends_with(essence, TEXT("/xml")) || text_ends_with(essence, TEXT("+xml")))
            return true;
    }
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
                           .locations = map_new(comparer->arena),
                           .location = {.arena = comparer->arena},
                           .dirty = find_dirty(comparer)};
    if (diff->root->edges.count > 1)
        qsort(diff->root->edges.items, diff->root->edges.count, sizeof(ComparisonEdge),
              by_operation);
    for (size_t i = 0; i < diff->root->edges.count; i++)
        if (collector.dirty[diff->root->edges.items[i].to->id])
            walk_operation(&collector, &diff->root->edges.items[i]);
    for (size_t i = 0; i < diff->root->changes.count; i++) /* of the description itself */
        representative(&collector, diff->root, diff->root->changes.items[i]);
    say_where_xml_is_met(comparer, diff);
}
