/* The graph for Graphviz: a box for each operation, an ellipse for each component, an edge where
 * one uses the other. Inline schemas are no nodes; their edges run on to the components below. */
#include "report/dot.h"
#include "report/graph_edges.h"
#include "report/report.h"
#include "support/map.h"

typedef struct Way {
    const Type *type;
    Text label; /* the properties passed on the way here */
} Way;

static bool is_one_of(const char *keyword, const char *const *words) {
    while (*words && strcmp(keyword, *words) != 0)
        words++;
    return *words != NULL;
}

/* A property, or a place in an operation, goes by its name; a step that adds nothing by none. */
static Text label_of(Arena *arena, Text so_far, const TypeEdge *edge) {
    static const char *const silent[] = {"$ref", "items", NULL};
    static const char *const named[] = {"properties", "schema", "itemSchema", NULL};
    if (is_one_of(edge->keyword, silent))
        return so_far;
    Text step = is_one_of(edge->keyword, named) ? edge->name : text_from(edge->keyword);
    return so_far.size ? text_format(arena, "%.*s.%.*s", TEXT_ARG(so_far), TEXT_ARG(step)) : step;
}

/* From a node along inline Types to the components, breadth first: one edge to each, labelled with
 * the shortest way. */
static void add_edges(Buffer *out, Text from, const TypeEdges *first) {
    Arena *arena = out->arena;
    Map *seen = map_new(arena);
    ARRAY(Way) ways = {0};
    for (size_t i = 0; i < first->count; i++) {
        Way way = {first->items[i].type, label_of(arena, (Text){0}, &first->items[i])};
        array_push(arena, &ways, way);
    }
    for (size_t next = 0; next < ways.count; next++) {
        Way way = ways.items[next];
        if (map_get(seen, &way.type->id, sizeof way.type->id))
            continue;
        map_put(seen, &way.type->id, sizeof way.type->id, seen);
        if (way.type->name.size) {
            buffer_format(out, "  %.*s -> t%u [label=", TEXT_ARG(from), way.type->id);
            dot_add_string(out, way.label);
            buffer_add(out, TEXT("];\n"));
            continue;
        }
        TypeEdges edges = {0};
        type_edges(arena, way.type, &edges);
        for (size_t i = 0; i < edges.count; i++) {
            Way on = {edges.items[i].type, label_of(arena, way.label, &edges.items[i])};
            array_push(arena, &ways, on);
        }
    }
}

static void add_operation(Buffer *out, const Operation *operation, size_t index) {
    Arena *arena = out->arena;
    Text node = text_format(arena, "o%zu", index);
    buffer_format(out, "  %.*s [shape=box, label=", TEXT_ARG(node));
    dot_add_string(out, text_format(arena, "%s%.*s %.*s", operation->webhook ? "webhook " : "",
                                    TEXT_ARG(operation->method), TEXT_ARG(operation->path)));
    buffer_add(out, TEXT("];\n"));
    TypeEdges edges = {0};
    operation_edges(arena, operation, &edges);
    add_edges(out, node, &edges);
}

static void add_component(Buffer *out, const Type *type) {
    Text node = text_format(out->arena, "t%u", type->id);
    buffer_format(out, "  %.*s [label=", TEXT_ARG(node));
    dot_add_string(out, type->name);
    buffer_add(out, TEXT("];\n"));
    TypeEdges edges = {0};
    type_edges(out->arena, type, &edges);
    add_edges(out, node, &edges);
}

Text graph_dot(Arena *arena, const Api *api) {
    Buffer out = {.arena = arena};
    OperationList operations = {0};
    TypeList types = {0};
    all_operations(arena, api, &operations);
    all_types(arena, &operations, &types);
    buffer_add(&out, TEXT("digraph api {\n  rankdir=LR;\n"));
    for (size_t i = 0; i < operations.count; i++)
        add_operation(&out, operations.items[i], i);
    for (size_t i = 0; i < types.count; i++)
        if (types.items[i]->name.size)
            add_component(&out, types.items[i]);
    buffer_add(&out, TEXT("}\n"));
    return buffer_text(&out);
}
