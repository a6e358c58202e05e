#include "impact/evidence.h"

#include "impact/reading.h"
#include "impact/route.h"

/* An explanation is looked up on the route of the mismatch (route.h): every change that stands
 * there and is about the thing that the next step goes to is a candidate. Of several the one counts
 * that comes nearest to the reason itself, as Fit lists it; of equal ones the deepest. */

typedef struct Search {
    Arena *run;
    const Mismatch *mismatch;
    const Route *route;
    Fit fit;
    size_t depth;
    ARRAY(const Change *) best;
} Search;

/* ---- What a change is about ------------------------------------------------------------------ */

/* "query.limit" is the parameter `limit`. */
static Text parameter_name(Text step) {
    size_t dot = text_find_byte(step, '.', 0);
    return dot == SIZE_MAX ? step : text_slice(step, dot + 1, step.size);
}

/* In `filter[size]` or `size`, a field of the parameter `filter`, it is `size`. */
static Text field_property(const Route *route) {
    Text field = parameter_name(route->field);
    size_t open = text_find_byte(field, '[', 0);
    if (open == SIZE_MAX)
        return field;
    return text_slice(field, open + 1, text_find_byte(field, ']', open));
}

static bool names_step(const Route *route, Step step, Text name) {
    if (!name.size)
        return false;
    switch (step.kind) {
    case STEP_PARAMETER:
        return text_equal_ignoring_case(parameter_name(step.name), name) ||
               (route->field.size && text_equal(field_property(route), name));
    case STEP_HEADER:
        return text_equal_ignoring_case(step.name, name);
    case STEP_PROPERTY:
        return text_equal(step.name, name);
    default:
        return false;
    }
}

static bool names(const Route *route, const RouteLevel *level, const Change *change) {
    static const AttributeId subjects[] = {ATTRIBUTE_NAME, ATTRIBUTE_FROM, ATTRIBUTE_TO};
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        Text name = change_attribute(change, subjects[i]);
        if (names_step(route, level->in, name) || names_step(route, level->out, name))
            return true;
    }
    return false;
}

/* That others are declared closes an object or an answer to what is not. */
static bool closes(const Search *search, const RouteLevel *level, const Change *change) {
    ReasonId reason = search->mismatch->reason;
    bool last = level->depth + 1 == search->route->steps;
    return last &&
           ((reason == REASON_PROPERTY_UNDECLARED && change->kind == CHANGE_PROPERTY_ADDED) ||
            (reason == REASON_HEADER_UNDECLARED && change->kind == CHANGE_HEADER_ADDED));
}

/* Whether a change at a level is about what the route goes through there. */
static bool concerns(const Search *search, const RouteLevel *level, const Change *change) {
    switch (change->kind) {
    case CHANGE_PROPERTY_ADDED:
    case CHANGE_PROPERTY_REMOVED:
    case CHANGE_PROPERTY_RENAMED:
    case CHANGE_PROPERTY_MOVED:
    case CHANGE_PROPERTY_REQUIRED:
    case CHANGE_PROPERTY_OPTIONAL:
    case CHANGE_PROPERTY_ACCESS_CHANGED:
    case CHANGE_PARAMETER_ADDED:
    case CHANGE_PARAMETER_REMOVED:
    case CHANGE_PARAMETER_RENAMED:
    case CHANGE_PARAMETER_MOVED:
    case CHANGE_PARAMETER_REQUIRED:
    case CHANGE_PARAMETER_SERIALISED:
    case CHANGE_HEADER_ADDED:
    case CHANGE_HEADER_REMOVED:
    case CHANGE_HEADER_RENAMED:
    case CHANGE_HEADER_OPTIONAL:
    case CHANGE_HEADER_SERIALISED:
    case CHANGE_ENCODING_CHANGED:
        return names(search->route, level, change) || closes(search, level, change);
    case CHANGE_BODY_ADDED:
    case CHANGE_BODY_REMOVED:
    case CHANGE_BODY_REQUIRED:
    case CHANGE_MEDIA_TYPE_ADDED:
    case CHANGE_MEDIA_TYPE_REMOVED:
    case CHANGE_MEDIA_TYPE_RENAMED:
    case CHANGE_STATUS_ADDED:
    case CHANGE_STATUS_REMOVED:
        return true;
    case CHANGE_SECURITY_REQUIRED:
    case CHANGE_SECURITY_ALTERNATIVE_ADDED:
    case CHANGE_SECURITY_ALTERNATIVE_REMOVED:
    case CHANGE_SECURITY_SCHEME_CHANGED:
        return search->mismatch->reason == REASON_CREDENTIALS;
    default:
        return change_is_of_types(change->kind);
    }
}

/* ---- How near it comes ----------------------------------------------------------------------- */

/* Whether a change between the descriptions is the difference between pact and description. */
static bool is_same_fact(const Change *difference, const Change *change) {
    static const AttributeId subjects[] = {ATTRIBUTE_NAME, ATTRIBUTE_VALUE, ATTRIBUTE_KEYWORD,
                                           ATTRIBUTE_TO};
    if (!difference || difference->kind != change->kind)
        return false;
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        if (!text_equal(change_attribute(difference, subjects[i]),
                        change_attribute(change, subjects[i])))
            return false;
    return true;
}

/* Whether the mismatch was met in the very alternative that came. */
static bool is_variant_met(const Mismatch *mismatch, const Change *change) {
    for (size_t i = 0; change->kind == CHANGE_VARIANT_ADDED && i < mismatch->variants.count; i++)
        if (mismatch->variants.items[i] == change->revision_origin)
            return true;
    return false;
}

/* What is about a part of the operation or a property says so by its name; what is about values
 * must stand at the place itself. */
static bool is_cause(const Search *search, size_t depth, const Change *change) {
    bool here = depth == search->route->steps;
    return reason_comes_of(search->mismatch->reason, change->kind) &&
           (here || !change_is_of_types(change->kind) || change_names_property(change->kind) ||
            search->mismatch->reason == REASON_NO_SUCH_TAG ||
            change->kind == CHANGE_DISCRIMINATOR_VALUE_ADDED);
}

static Fit fit_of(const Search *search, const RouteLevel *level, const Change *change) {
    if (change->direction != search->mismatch->direction)
        return FIT_NONE;
    bool hurts = change_may_hurt(change);
    if (!concerns(search, level, change)) {
        bool inside = level->depth == search->route->steps && change_names_property(change->kind);
        return !inside ? FIT_NONE : hurts ? FIT_BELOW : FIT_HARMLESS_BELOW;
    }
    if (is_same_fact(search->mismatch->difference, change) ||
        is_variant_met(search->mismatch, change))
        return FIT_SAME_FACT;
    bool cause = is_cause(search, level->depth, change);
    if (cause && search->mismatch->detail.size &&
        text_equal(change_attribute(change, ATTRIBUTE_VALUE), search->mismatch->detail))
        return FIT_SAME_FACT;
    if (cause)
        return hurts ? FIT_CAUSE : FIT_HARMLESS_CAUSE;
    return hurts ? FIT_ABOVE : FIT_HARMLESS_ABOVE;
}

/* Several are named only where each is a cause by itself. */
static void propose(Search *search, const Change *met, Fit fit, size_t depth) {
    const Change *change = change_fact(met);
    bool equal = fit == search->fit && depth == search->depth;
    if (!change || fit == FIT_NONE || fit < search->fit ||
        (fit == search->fit && depth < search->depth))
        return;
    if (equal && search->best.count && fit < FIT_CAUSE)
        return;
    for (size_t i = 0; equal && i < search->best.count; i++)
        if (search->best.items[i] == change)
            return;
    if (!equal)
        search->best.count = 0;
    search->fit = fit;
    search->depth = depth;
    array_push(search->run, &search->best, change);
}

/* ---- Where they stand ------------------------------------------------------------------------ */

static void propose_all(Search *search, const RouteLevel *level, const Comparison *node) {
    for (size_t i = 0; i < node->changes.count; i++)
        propose(search, node->changes.items[i], fit_of(search, level, node->changes.items[i]),
                level->depth);
}

/* That a status is declared may be why `default` no longer answers for another. */
static bool may_take_over(const Search *search, const Comparison *status) {
    if (search->mismatch->reason != REASON_STATUS_UNDECLARED)
        return false;
    for (size_t i = 0; i < status->changes.count; i++)
        if (status->changes.items[i]->kind == CHANGE_STATUS_ADDED)
            return true;
    return false;
}

/* Names are ruled apart from what stands under them: what refuses this one now keeps the property
 * out. */
static bool keeps_out(const Search *search, const RouteLevel *level, const ComparisonEdge *edge) {
    bool last = level->depth + 1 == search->route->steps;
    if (search->mismatch->reason != REASON_PROPERTY_UNDECLARED || !last ||
        edge->step.kind != STEP_KEYWORD || !text_is(edge->step.name, "propertyNames"))
        return false;
    Node name = {.kind = NODE_STRING, .text = level->out.name};
    Direction direction = search->mismatch->direction;
    return meet_accepts_strictly(edge->to->revision_meet, &name, direction) == REFUSED &&
           meet_accepts_strictly(edge->to->base_meet, &name, direction) != REFUSED;
}

static void propose_names(Search *search, const RouteLevel *level, const Comparison *names) {
    RouteNodes nodes = {0};
    array_push(search->run, &nodes, names);
    RouteNodes below = route_below(search->run, &nodes);
    for (size_t i = 0; i < below.count; i++)
        array_push(search->run, &nodes, below.items[i]);
    for (size_t i = 0; i < nodes.count; i++)
        for (size_t j = 0; j < nodes.items[i]->changes.count; j++)
            propose(search, nodes.items[i]->changes.items[j], FIT_CAUSE, level->depth);
}

/* That a parameter or header was renamed or moved is noted where it stands now. */
static void propose_parts(Search *search, const RouteLevel *level, const Comparison *node) {
    for (size_t i = 0; i < node->edges.count; i++) {
        StepKind kind = node->edges.items[i].step.kind;
        const Comparison *part = node->edges.items[i].to;
        bool named = kind == STEP_PARAMETER || kind == STEP_HEADER;
        bool status = kind == STEP_STATUS && may_take_over(search, part);
        if (kind == level->out.kind && (named || status) && !part->base_meet)
            propose_all(search, level, part);
        if (keeps_out(search, level, &node->edges.items[i]))
            propose_names(search, level, part);
    }
}

/* What changes deep in an alternative may change which alternative the expectation is like, and a
 * value as a whole is refused for what is deep in it. The nearest counts. */
static void propose_below(Search *search, const RouteLevel *level) {
    RouteNodes nodes = route_below(search->run, &level->nodes);
    for (size_t i = 0; i < nodes.count && search->fit < FIT_BELOW; i++)
        for (size_t j = 0; j < nodes.items[i]->changes.count; j++) {
            const Change *change = nodes.items[i]->changes.items[j];
            if (change->direction == search->mismatch->direction &&
                change_is_of_types(change->kind))
                propose(search, change, change_may_hurt(change) ? FIT_BELOW : FIT_HARMLESS_BELOW,
                        level->depth);
        }
}

static void search_route(Search *search) {
    const Route *route = search->route;
    for (size_t i = 0; i < route->levels.count; i++) {
        const RouteLevel *level = &route->levels.items[i];
        for (size_t j = 0; j < level->nodes.count; j++) {
            propose_all(search, level, level->nodes.items[j]);
            propose_parts(search, level, level->nodes.items[j]);
        }
    }
    for (size_t i = route->levels.count; i-- > 0 && search->fit < FIT_BELOW;) {
        const RouteLevel *level = &route->levels.items[i];
        bool deepest = i + 1 == route->levels.count;
        if (level->depth && (deepest || level->alternatives))
            propose_below(search, level);
    }
}

/* ---- Where none of them explains it ---------------------------------------------------------- */

/* The more a change can have to do with it, the more it counts; of equal ones the nearest does. */
typedef struct Nearest {
    const Change *change; /* NULL: none yet */
    unsigned weight;
} Nearest;

static void consider(Nearest *nearest, const Mismatch *mismatch, const Comparison *node) {
    for (size_t i = 0; i < node->changes.count; i++) {
        const Change *met = node->changes.items[i], *change = change_fact(met);
        bool same_way = met->direction == mismatch->direction;
        unsigned weight = 1 + same_way * 2U + change_may_hurt(met);
        if (!change || weight <= nearest->weight)
            continue;
        *nearest = (Nearest){change, weight};
    }
}

static void consider_route(Arena *run, Nearest *nearest, const Mismatch *mismatch,
                           const Route *route) {
    for (size_t i = route->levels.count; i-- > 0;) {
        const RouteNodes *nodes = &route->levels.items[i].nodes;
        RouteNodes below = route_below(run, nodes);
        for (size_t j = 0; j < nodes->count; j++)
            consider(nearest, mismatch, nodes->items[j]);
        for (size_t j = 0; j < below.count; j++)
            consider(nearest, mismatch, below.items[j]);
    }
}

/* ---- Entry ----------------------------------------------------------------------------------- */

Evidence *evidence_new(Arena *run, const Diff *diff) {
    Evidence *evidence = arena_new_object(run, Evidence);
    evidence->run = run;
    evidence->diff = diff;
    evidence->operations = map_new(run);
    for (size_t i = 0; i < diff->root->edges.count; i++) {
        Comparison *node = diff->root->edges.items[i].to;
        const Operation **sides[] = {&node->base_operation, &node->revision_operation};
        for (size_t side = 0; side < 2; side++)
            if (*sides[side])
                map_put(evidence->operations, sides[side], sizeof *sides[side], node);
    }
    return evidence;
}

const Claim *find_claim(const Outcome *outcome, const Mismatch *mismatch) {
    Text step = mismatch->steps.count ? mismatch->steps.items[0].name : (Text){0};
    for (size_t i = 0; i < outcome->claims.count; i++) {
        const Claim *claim = &outcome->claims.items[i];
        Text place = text_from(field_place_word(claim->in));
        if (text_starts_with(step, place) && text_equal(parameter_name(step), claim->field))
            return claim;
    }
    return NULL;
}

static const Comparison *comparison_of(const Evidence *evidence, const Operation *operation) {
    return operation ? map_get(evidence->operations, &operation, sizeof operation) : NULL;
}

/* The operation as a whole: it is gone, new, or reached in another way. */
static bool explain_routing(const Evidence *evidence, const Comparison *from, const Comparison *to,
                            Explanation *found) {
    const Comparison *sides[] = {from, to};
    for (unsigned servers = 0; servers < 2; servers++)
        for (size_t side = 0; side < 2; side++)
            for (size_t i = 0; sides[side] && i < sides[side]->changes.count; i++) {
                const Change *change = sides[side]->changes.items[i];
                bool server = change->kind != CHANGE_OPERATION_REMOVED &&
                              change->kind != CHANGE_OPERATION_RENAMED &&
                              change->kind != CHANGE_PATH_PREFIX_RENAMED &&
                              change->kind != CHANGE_OPERATION_ADDED;
                if (server != servers || !reason_comes_of(REASON_NO_OPERATION, change->kind))
                    continue;
                found->hurts = true;
                array_push(evidence->run, &found->changes, change_fact(change));
                return true;
            }
    return false;
}

Explanation explain(const Evidence *evidence, const Interaction *interaction, const Outcome *base,
                    const Outcome *revision, const Mismatch *mismatch) {
    Explanation found = {0};
    const Comparison *from = comparison_of(evidence, base->operation);
    const Comparison *to = comparison_of(evidence, revision->operation);
    if ((from != to || !revision->operation) && explain_routing(evidence, from, to, &found))
        return found;
    const Comparison *sides[] = {from, to};
    bool equal = from && from == to;
    Nearest nearest = {0};
    for (size_t i = 0; i < 2 && !found.changes.count; i++) {
        if (!sides[i] || (i && from == to))
            continue;
        Route route = route_of(evidence->run, sides[i], interaction, base, revision, mismatch);
        Search search = {.run = evidence->run, .mismatch = mismatch, .route = &route};
        search_route(&search);
        for (size_t j = 0; j < search.best.count; j++)
            array_push(evidence->run, &found.changes, search.best.items[j]);
        found.hurts = search.fit == FIT_BELOW || search.fit == FIT_ABOVE ||
                      search.fit >= FIT_CAUSE ||
                      (search.best.count && change_may_hurt(search.best.items[0]));
        equal = equal && route.part && route_is_equal(evidence->run, route.part);
        if (!search.best.count && !equal)
            consider_route(evidence->run, &nearest, mismatch, &route);
    }
    found.equal = equal && !found.changes.count;
    if (!found.changes.count && !found.equal && nearest.change) {
        array_push(evidence->run, &found.changes, nearest.change);
        found.hurts = found.by_nearness = true;
    }
    return found;
}
