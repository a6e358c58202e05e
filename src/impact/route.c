#include "impact/route.h"

#include "impact/evidence.h"
#include "impact/holding.h"

enum { NODES_LIMIT = 4096 };

typedef struct Walk {
    Arena *run;
    const Interaction *interaction;
    const Outcome *base, *revision;
    const Mismatch *mismatch;
} Walk;

static void add_node(Arena *run, RouteNodes *nodes, const Comparison *node) {
    for (size_t i = 0; i < nodes->count; i++)
        if (nodes->items[i] == node)
            return;
    if (nodes->count < NODES_LIMIT)
        array_push(run, nodes, node);
}

/* ---- Status and media type ------------------------------------------------------------------- */

/* 0: itself; 1: by its range; 2: by `default`. */
static unsigned width(Text status) {
    if (text_is(status, "default"))
        return 2;
    return text_ends_with(status, TEXT("XX"));
}

static Text status_of(const Mismatch *mismatch) {
    const Step *first = mismatch->steps.items;
    return mismatch->steps.count && first->kind == STEP_STATUS ? first->name : (Text){0};
}

/* Whether a declared status is, or takes in, the one that the mismatch is about. */
static bool covers_status(Text declared, Text status) {
    if (width(declared) == 1 && status.size)
        return declared.data[0] == status.data[0];
    return width(declared) == 2 || text_equal(declared, status);
}

/* Of several answers that may come, the narrowest for the status of the mismatch. */
static Answered answer_of(const Walk *walk, const Outcome *outcome) {
    Text status = status_of(walk->mismatch);
    Answered found = {0};
    bool single = walk->base->answers.count <= 1 && walk->revision->answers.count <= 1;
    if (outcome->answers.count && (single || walk->mismatch->reason == REASON_STATUS_UNDECLARED))
        return outcome->answers.items[0];
    for (size_t i = 0; i < outcome->answers.count; i++) {
        Answered answer = outcome->answers.items[i];
        Text declared = answer.response->status;
        bool narrower = !found.response || width(declared) < width(found.response->status);
        if (covers_status(declared, status) && narrower)
            found = answer;
    }
    return found;
}

/* The pair of both sides' answers hangs at the narrower status of the two; what none answers could
 * only come by `default`. */
static Text status_name(const Walk *walk) {
    const Response *base = answer_of(walk, walk->base).response;
    const Response *revision = answer_of(walk, walk->revision).response;
    if (base && (!revision || width(base->status) <= width(revision->status)))
        return base->status;
    if (revision)
        return revision->status;
    bool defaults = walk->base->operation && declares_default(walk->base->operation);
    return defaults ? TEXT("default") : walk->interaction->status_low;
}

/* How well an edge's media type is the one that was chosen: 2, 1, 0 not at all. */
static int media_type_rank(const Walk *walk, Step step, Text edge) {
    bool request = walk->mismatch->direction == DIRECTION_REQUEST;
    const MediaType *from =
        request ? walk->base->request_media : answer_of(walk, walk->base).media_type;
    const MediaType *to =
        request ? walk->revision->request_media : answer_of(walk, walk->revision).media_type;
    if ((from && text_equal(from->name, edge)) || (to && text_equal(to->name, edge)))
        return 2;
    if (walk->mismatch->reason == REASON_MEDIA_TYPE_UNDECLARED)
        return 1; /* any other one may be what took its place */
    if (from || to)
        return 0;
    return !step.name.size || media_type_fit(edge, step.name) || media_type_fit(step.name, edge);
}

/* ---- Steps ----------------------------------------------------------------------------------- */

static bool is_item(StepKind kind) {
    return kind == STEP_PREFIX_ITEM || kind == STEP_ITEMS;
}

/* 2: the step itself; 1: another name for it; 0: elsewhere. */
static int edge_rank(const Walk *walk, Step step, Step edge) {
    if (step.kind == edge.kind && text_is(step.name, "*"))
        return 2;
    if (step.kind == STEP_STATUS && edge.kind == STEP_STATUS)
        return text_equal(status_name(walk), edge.name) ? 2 : 0;
    if (step.kind == STEP_MEDIA_TYPE && edge.kind == STEP_MEDIA_TYPE)
        return media_type_rank(walk, step, edge.name);
    if (step.kind == edge.kind) {
        bool header = step.kind == STEP_HEADER || step.kind == STEP_PARAMETER;
        return text_equal(step.name, edge.name) ||
                       (header && text_equal_ignoring_case(step.name, edge.name))
                   ? 2
                   : 0;
    }
    if (step.kind == STEP_ITEMS && edge.kind == STEP_PREFIX_ITEM)
        return 2;
    if (is_item(step.kind))
        return is_item(edge.kind);
    if (step.kind == STEP_ADDITIONAL_PROPERTIES || step.kind == STEP_PATTERN_PROPERTY)
        return edge.kind == STEP_PROPERTY || edge.kind == STEP_ADDITIONAL_PROPERTIES ||
               edge.kind == STEP_PATTERN_PROPERTY;
    return step.kind == STEP_PROPERTY &&
           (edge.kind == STEP_ADDITIONAL_PROPERTIES || edge.kind == STEP_PATTERN_PROPERTY);
}

static RouteNodes follow(const Walk *walk, const RouteNodes *from, Step step) {
    RouteNodes exact = {0}, alike = {0};
    for (size_t i = 0; i < from->count; i++)
        for (size_t j = 0; j < from->items[i]->edges.count; j++) {
            const ComparisonEdge *edge = &from->items[i]->edges.items[j];
            int rank = edge_rank(walk, step, edge->step);
            if (rank)
                add_node(walk->run, rank == 2 ? &exact : &alike, edge->to);
        }
    return exact.count ? exact : alike;
}

/* Nodes with all that lie behind alternatives of theirs. */
static bool pass_variants(Arena *run, RouteNodes *nodes) {
    size_t before = nodes->count;
    for (size_t i = 0; i < nodes->count; i++) {
        const Comparison *node = nodes->items[i];
        for (size_t j = 0; j < node->edges.count; j++)
            if (node->edges.items[j].step.kind == STEP_VARIANT)
                add_node(run, nodes, node->edges.items[j].to);
    }
    return nodes->count > before;
}

/* ---- The way --------------------------------------------------------------------------------- */

typedef ARRAY(Step) Steps;

/* Alternatives are no steps of their own, and a field that several parameters could hold is under
 * the one that took it in the base. */
static Steps steps_of(const Walk *walk, Route *route) {
    Steps steps = {0};
    for (size_t i = 0; i < walk->mismatch->steps.count; i++) {
        Step step = walk->mismatch->steps.items[i];
        if (step.kind == STEP_VARIANT)
            continue;
        const Claim *claim =
            step.kind == STEP_PARAMETER ? find_claim(walk->base, walk->mismatch) : NULL;
        if (claim && claim->parameter) {
            route->field = step.name;
            step.name = text_format(walk->run, "%s.%.*s", field_place_word(claim->parameter->in),
                                    TEXT_ARG(claim->parameter->name));
        }
        array_push(walk->run, &steps, step);
    }
    return steps;
}

static bool holds_types(StepKind kind) {
    return kind == STEP_PARAMETER || kind == STEP_HEADER || kind == STEP_MEDIA_TYPE;
}

Route route_of(Arena *run, const Comparison *operation, const Interaction *interaction,
               const Outcome *base, const Outcome *revision, const Mismatch *mismatch) {
    Walk walk = {run, interaction, base, revision, mismatch};
    Route route = {0};
    Steps steps = steps_of(&walk, &route);
    route.steps = steps.count;
    route.levels.items = arena_new_array(run, steps.count + 1, RouteLevel);
    route.levels.count = route.levels.capacity = 1;
    add_node(run, &route.levels.items[0].nodes, operation);
    for (size_t i = 0; i < steps.count; i++) {
        RouteLevel *above = &route.levels.items[i];
        above->out = steps.items[i];
        RouteNodes nodes = follow(&walk, &above->nodes, steps.items[i]);
        if (!nodes.count)
            break;
        RouteLevel *level = &route.levels.items[i + 1];
        level->alternatives = pass_variants(run, &nodes);
        level->nodes = nodes;
        level->in = steps.items[i];
        level->depth = i + 1;
        route.levels.count = route.levels.capacity = i + 2;
        if (holds_types(level->in.kind))
            route.part = level;
    }
    return route;
}

RouteNodes route_below(Arena *run, const RouteNodes *from) {
    Map *seen = map_new(run);
    RouteNodes nodes = {0}, below = {0};
    for (size_t i = 0; i < from->count; i++)
        array_push(run, &nodes, from->items[i]);
    for (size_t i = 0; i < nodes.count && nodes.count < NODES_LIMIT; i++)
        for (size_t j = 0; j < nodes.items[i]->edges.count; j++) {
            const Comparison *to = nodes.items[i]->edges.items[j].to;
            if (map_get(seen, &to->id, sizeof to->id))
                continue;
            map_put(seen, &to->id, sizeof to->id, (void *)to);
            array_push(run, &nodes, to);
            array_push(run, &below, to);
        }
    return below;
}

bool route_is_equal(Arena *run, const RouteLevel *level) {
    RouteNodes below = route_below(run, &level->nodes);
    for (size_t i = 0; i < level->nodes.count; i++)
        if (level->nodes.items[i]->changes.count)
            return false;
    for (size_t i = 0; i < below.count; i++)
        if (below.items[i]->changes.count)
            return false;
    return below.count < NODES_LIMIT - 1;
}
