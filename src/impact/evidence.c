#include "impact/evidence.h"

#include "impact/holding.h"
#include "impact/reading.h"

/* A mismatch carries the steps from the operation down. The graph of comparisons is walked along
 * them, by sets of nodes, since the two ways of naming differ: alternatives are passed through
 * whatever they are called, a key that one side declares is under a pattern or additional
 * properties on the other, an item of a fixed place is one of all items, and a status or media type
 * may be declared by range. */

enum { NODES_LIMIT = 4096 };

typedef ARRAY(const Comparison *) Nodes;

typedef struct Search {
    Arena *run;
    const Interaction *interaction;
    const Outcome *base;
    const Mismatch *mismatch;
    Direction direction;
    Text names[2]; /* of the steps into and out of the level that is looked at */
    const Change *best;
    int score;
} Search;

static void add_node(Arena *run, Nodes *nodes, const Comparison *node) {
    for (size_t i = 0; i < nodes->count; i++)
        if (nodes->items[i] == node)
            return;
    if (nodes->count < NODES_LIMIT)
        array_push(run, nodes, node);
}

/* Nodes with all that lie behind alternatives of theirs. */
static void pass_variants(Arena *run, Nodes *nodes) {
    for (size_t i = 0; i < nodes->count; i++) {
        const Comparison *node = nodes->items[i];
        for (size_t j = 0; j < node->edges.count; j++)
            if (node->edges.items[j].step.kind == STEP_VARIANT)
                add_node(run, nodes, node->edges.items[j].to);
    }
}

/* ---- Following steps ------------------------------------------------------------------------- */

static bool same_status(const Search *search, Text name) {
    const Interaction *interaction = search->interaction;
    if (text_equal(name, interaction->status_low))
        return true;
    const Response *declared =
        find_response(search->base->operation, interaction->status_low, interaction->status_high);
    return declared && text_equal(name, declared->status);
}

/* 2: the step itself; 1: another name for it; 0: elsewhere. */
static int edge_fit(const Search *search, Step step, Step edge) {
    if (step.kind == edge.kind) {
        if (text_equal(step.name, edge.name) ||
            (step.kind == STEP_HEADER && text_equal_ignoring_case(step.name, edge.name)))
            return 2;
        if (step.kind == STEP_STATUS)
            return same_status(search, edge.name) ? 2 : 0;
        if (step.kind == STEP_MEDIA_TYPE)
            return media_type_fit(edge.name, step.name) || media_type_fit(step.name, edge.name);
        return 0;
    }
    bool property = step.kind == STEP_PROPERTY;
    bool item = step.kind == STEP_PREFIX_ITEM || step.kind == STEP_ITEMS;
    if (property)
        return edge.kind == STEP_ADDITIONAL_PROPERTIES || edge.kind == STEP_PATTERN_PROPERTY;
    return item && (edge.kind == STEP_ITEMS || edge.kind == STEP_PREFIX_ITEM);
}

static Nodes follow(const Search *search, const Nodes *from, Step step) {
    Nodes exact = {0}, alike = {0};
    for (size_t i = 0; i < from->count; i++)
        for (size_t j = 0; j < from->items[i]->edges.count; j++) {
            const ComparisonEdge *edge = &from->items[i]->edges.items[j];
            int fit = edge_fit(search, step, edge->step);
            if (fit)
                add_node(search->run, fit == 2 ? &exact : &alike, edge->to);
        }
    Nodes found = exact.count ? exact : alike;
    pass_variants(search->run, &found);
    return found;
}

/* ---- Which change explains best -------------------------------------------------------------- */

/* Which kinds of change a reason is likely to come of, by the beginning of its key. */
static const struct {
    const char *key;
    ChangeKind kinds[8]; /* ends at the first 0, which is no explanation */
} affinities[] = {
    {"undeclared",
     {CHANGE_PROPERTY_REMOVED, CHANGE_PROPERTY_RENAMED, CHANGE_PARAMETER_REMOVED,
      CHANGE_PARAMETER_RENAMED, CHANGE_PARAMETER_MOVED, CHANGE_HEADER_REMOVED,
      CHANGE_HEADER_RENAMED}},
    {"undeclared",
     {CHANGE_STATUS_REMOVED, CHANGE_MEDIA_TYPE_REMOVED, CHANGE_MEDIA_TYPE_RENAMED,
      CHANGE_BODY_REMOVED, CHANGE_PROPERTY_ACCESS_CHANGED}},
    {"optional", {CHANGE_PROPERTY_OPTIONAL, CHANGE_HEADER_OPTIONAL}},
    {"required",
     {CHANGE_PROPERTY_ADDED, CHANGE_PROPERTY_REQUIRED, CHANGE_PROPERTY_RENAMED,
      CHANGE_PARAMETER_ADDED, CHANGE_PARAMETER_REQUIRED, CHANGE_PARAMETER_RENAMED,
      CHANGE_PARAMETER_MOVED}},
    {"required", {CHANGE_BODY_ADDED, CHANGE_BODY_REQUIRED, CHANGE_PROPERTY_ACCESS_CHANGED}},
    {"kind:null", {CHANGE_NULL_ADDED, CHANGE_NULL_REMOVED, CHANGE_TYPE_CHANGED}},
    {"kind:", {CHANGE_TYPE_CHANGED}},
    {"anything", {CHANGE_TYPE_CHANGED}},
    {"any", {CHANGE_ENUM_REMOVED, CHANGE_PATTERN_CHANGED, CHANGE_FORMAT_CHANGED}},
    {"value",
     {CHANGE_ENUM_VALUE_ADDED, CHANGE_ENUM_VALUE_REMOVED, CHANGE_ENUM_ADDED, CHANGE_ENUM_REMOVED,
      CHANGE_BOUND_CHANGED, CHANGE_PATTERN_CHANGED, CHANGE_TYPE_CHANGED}},
    {"listed", {CHANGE_ENUM_ADDED}},
    {"pattern:", {CHANGE_PATTERN_CHANGED}},
    {"format:", {CHANGE_FORMAT_CHANGED}},
    {"bound:", {CHANGE_BOUND_CHANGED}},
    {"variant", {CHANGE_VARIANT_ADDED, CHANGE_VARIANT_REMOVED}},
    {"unproven:", {CHANGE_TYPE_UNPROVEN}},
    {"additional", {CHANGE_ADDITIONAL_PROPERTIES_CHANGED}},
    {"value", {CHANGE_PARAMETER_SERIALISED, CHANGE_HEADER_SERIALISED, CHANGE_ENCODING_CHANGED}},
    {"security:",
     {CHANGE_SECURITY_REQUIRED, CHANGE_SECURITY_ALTERNATIVE_REMOVED, CHANGE_SECURITY_SCHEME_CHANGED,
      CHANGE_SECURITY_ALTERNATIVE_ADDED}},
};

static bool has_affinity(Text key, ChangeKind kind) {
    for (size_t i = 0; i < sizeof affinities / sizeof *affinities; i++) {
        if (!text_starts_with(key, text_from(affinities[i].key)))
            continue;
        for (size_t j = 0; j < 8 && affinities[i].kinds[j]; j++)
            if (affinities[i].kinds[j] == kind)
                return true;
    }
    return false;
}

static bool is_named(const Search *search, Text name) {
    for (size_t i = 0; i < 2; i++)
        if (name.size && text_equal_ignoring_case(search->names[i], name))
            return true;
    return false;
}

/* 1: the change is about what the mismatch is about; -1: about another thing of its sort. */
static int name_fit(const Search *search, const Change *change) {
    Text name = change_attribute(change, ATTRIBUTE_NAME);
    switch (change->kind) {
    case CHANGE_PROPERTY_RENAMED:
    case CHANGE_PARAMETER_RENAMED:
    case CHANGE_HEADER_RENAMED:
        return is_named(search, change_attribute(change, ATTRIBUTE_FROM)) ||
                       is_named(search, change_attribute(change, ATTRIBUTE_TO))
                   ? 1
                   : -1;
    case CHANGE_PROPERTY_ADDED:
    case CHANGE_PROPERTY_REMOVED:
    case CHANGE_PROPERTY_REQUIRED:
    case CHANGE_PROPERTY_OPTIONAL:
    case CHANGE_PROPERTY_ACCESS_CHANGED:
    case CHANGE_PARAMETER_ADDED:
    case CHANGE_PARAMETER_REMOVED:
    case CHANGE_PARAMETER_MOVED:
    case CHANGE_PARAMETER_REQUIRED:
    case CHANGE_PARAMETER_SERIALISED:
    case CHANGE_HEADER_REMOVED:
    case CHANGE_HEADER_OPTIONAL:
    case CHANGE_HEADER_SERIALISED:
        return is_named(search, name) ? 1 : -1;
    case CHANGE_STATUS_ADDED:
    case CHANGE_STATUS_REMOVED:
        return is_named(search, name) || same_status(search, name) ? 1 : -1;
    case CHANGE_MEDIA_TYPE_RENAMED:
        name = change_attribute(change, ATTRIBUTE_FROM);
        /* fall through */
    case CHANGE_MEDIA_TYPE_ADDED:
    case CHANGE_MEDIA_TYPE_REMOVED:
        for (size_t i = 0; i < 2; i++)
            if (search->names[i].size &&
                (media_type_fit(name, search->names[i]) || media_type_fit(search->names[i], name)))
                return 1;
        return -1;
    default:
        return 0;
    }
}

enum { SCORE_ON_PATH = 2, SCORE_HURTS = 4, SCORE_AFFINITY = 16, SCORE_NAME = 8 };

static int score_of(const Search *search, const Change *change) {
    bool affine = has_affinity(search->mismatch->key, change->kind);
    int name = name_fit(search, change);
    bool alone = affine || name > 0 || change_is_of_types(change->kind);
    if (name < 0 || !alone || !(affine || change_may_hurt(change)))
        return 0;
    bool added = change->kind == CHANGE_STATUS_ADDED || change->kind == CHANGE_MEDIA_TYPE_ADDED;
    int score = change_may_hurt(change) ? SCORE_HURTS : 0;
    score += affine ? SCORE_AFFINITY : 0;
    return score + (name ? (added ? SCORE_ON_PATH : SCORE_NAME) : 0);
}

static void consider(Search *search, const Change *met) {
    const Change *change = change_fact(met);
    if (!change || change->direction != search->direction)
        return;
    int score = score_of(search, change);
    if (score > search->score) {
        search->best = change;
        search->score = score;
    }
}

static bool is_part_of_operation(StepKind kind) {
    return kind == STEP_PARAMETER || kind == STEP_REQUEST_BODY || kind == STEP_STATUS ||
           kind == STEP_HEADER || kind == STEP_MEDIA_TYPE;
}

/* The changes at the nodes of one level, and at the parts of an operation next to them: that one
 * was renamed or moved is noted at its new place. */
static void consider_level(Search *search, const Nodes *nodes) {
    for (size_t i = 0; i < nodes->count; i++) {
        const Comparison *node = nodes->items[i];
        for (size_t j = 0; j < node->changes.count; j++)
            consider(search, node->changes.items[j]);
        for (size_t j = 0; j < node->edges.count; j++) {
            const Comparison *part = node->edges.items[j].to;
            if (!is_part_of_operation(node->edges.items[j].step.kind))
                continue;
            for (size_t k = 0; k < part->changes.count && !part->base_meet; k++)
                consider(search, part->changes.items[k]);
        }
    }
}

static bool may_cause(const Search *search, const Change *change) {
    return change && change->direction == search->direction && change_is_of_types(change->kind) &&
           change_may_hurt(change);
}

/* All that can be reached below, nearest first: what changes deep in an alternative may change
 * which alternative the expectation is most like. */
static void consider_below(Search *search, const Nodes *from) {
    Nodes nodes = *from;
    nodes.capacity = nodes.count; /* a push copies */
    Map *seen = map_new(search->run);
    for (size_t i = 0; i < nodes.count && nodes.count < NODES_LIMIT; i++) {
        const Comparison *node = nodes.items[i];
        for (size_t j = 0; j < node->edges.count; j++) {
            const Comparison *to = node->edges.items[j].to;
            if (map_get(seen, &to->id, sizeof to->id))
                continue;
            map_put(seen, &to->id, sizeof to->id, (void *)to);
            array_push(search->run, &nodes, to);
            for (size_t k = 0; k < to->changes.count; k++) {
                const Change *change = change_fact(to->changes.items[k]);
                if (!search->best && may_cause(search, change))
                    search->best = change;
            }
        }
    }
}

/* Any change of types, of whatever name. `hurting`: only one that may hurt; else one that says more
 * than was said before, too. */
static void consider_any(Search *search, const Nodes *nodes, bool hurting) {
    for (size_t i = 0; i < nodes->count; i++)
        for (size_t j = 0; j < nodes->items[i]->changes.count && !search->best; j++) {
            const Change *change = change_fact(nodes->items[i]->changes.items[j]);
            bool described = !hurting && change && change->direction == search->direction &&
                             change_is_of_types(change->kind);
            if (described || may_cause(search, change))
                search->best = change;
        }
}

/* A step's name as a change has it: "query.limit" is the parameter `limit`. */
static Text plain_name(const Mismatch *mismatch, size_t index) {
    if (index >= mismatch->steps.count)
        return TEXT("");
    Step step = mismatch->steps.items[index];
    size_t dot = step.kind == STEP_PARAMETER ? text_find_byte(step.name, '.', 0) : SIZE_MAX;
    return dot == SIZE_MAX ? step.name : text_slice(step.name, dot + 1, step.name.size);
}

typedef struct Level {
    Nodes nodes;
    size_t steps; /* that lead to it */
} Level;

/* Of equal candidates the deeper counts: a level replaces what lies below it only by more. */
static void search_from(Search *search, const Comparison *operation) {
    const Mismatch *mismatch = search->mismatch;
    Level *levels = arena_new_array(search->run, mismatch->steps.count + 1, Level);
    size_t count = 1;
    add_node(search->run, &levels[0].nodes, operation);
    for (size_t i = 0; i < mismatch->steps.count; i++) {
        Step step = mismatch->steps.items[i];
        if (step.kind == STEP_VARIANT) {
            levels[count - 1].steps = i + 1;
            continue;
        }
        Nodes found = follow(search, &levels[count - 1].nodes, step);
        if (!found.count)
            break;
        levels[count++] = (Level){found, i + 1};
    }
    for (size_t i = count; i-- > 0;) {
        size_t steps = levels[i].steps;
        search->names[0] = steps ? plain_name(mismatch, steps - 1) : TEXT("");
        search->names[1] = plain_name(mismatch, steps);
        consider_level(search, &levels[i].nodes);
    }
    if (!search->best)
        consider_below(search, &levels[count - 1].nodes);
    for (size_t i = count; i-- > 0 && !search->best;)
        consider_any(search, &levels[i].nodes, true);
    for (size_t i = count; i-- > 0 && !search->best;)
        consider_any(search, &levels[i].nodes, false);
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

static const Comparison *comparison_of(const Evidence *evidence, const Operation *operation) {
    return operation ? map_get(evidence->operations, &operation, sizeof operation) : NULL;
}

/* The operation as a whole: it is gone, new, or reached in another way. */
static const Change *operation_change(const Comparison *node) {
    for (size_t i = 0; node && i < node->changes.count; i++) {
        const Change *change = node->changes.items[i];
        if (change->kind == CHANGE_OPERATION_REMOVED || change->kind == CHANGE_OPERATION_ADDED)
            return change_fact(change);
    }
    return NULL;
}

static const Change *server_change(const Comparison *node) {
    for (size_t i = 0; node && i < node->changes.count; i++) {
        const Change *change = node->changes.items[i];
        if (change->kind == CHANGE_SERVER_REMOVED || change->kind == CHANGE_SERVER_ADDED)
            return change_fact(change);
    }
    return NULL;
}

static const Change *change_of_kind(const Comparison *node, ChangeKind kind, size_t depth) {
    for (size_t i = 0; i < node->changes.count; i++)
        if (node->changes.items[i]->kind == kind &&
            node->changes.items[i]->direction == DIRECTION_RESPONSE)
            return change_fact(node->changes.items[i]);
    for (size_t i = 0; depth && i < node->edges.count; i++) {
        StepKind step = node->edges.items[i].step.kind;
        const Change *found = step == STEP_STATUS || step == STEP_MEDIA_TYPE
                                  ? change_of_kind(node->edges.items[i].to, kind, depth - 1)
                                  : NULL;
        if (found)
            return found;
    }
    return NULL;
}

/* What a consumer accepts may have been declared for any status. */
static const Change *answer_change(const Comparison *operation) {
    static const ChangeKind kinds[] = {CHANGE_MEDIA_TYPE_REMOVED, CHANGE_STATUS_REMOVED,
                                       CHANGE_MEDIA_TYPE_ADDED, CHANGE_STATUS_ADDED};
    const Change *found = NULL;
    for (size_t i = 0; operation && !found && i < sizeof kinds / sizeof *kinds; i++)
        found = change_of_kind(operation, kinds[i], 2);
    return found;
}

Explanation explain(const Evidence *evidence, const Interaction *interaction, const Outcome *base,
                    const Outcome *revision, const Mismatch *mismatch) {
    const Comparison *from = comparison_of(evidence, base->operation);
    const Comparison *to = comparison_of(evidence, revision->operation);
    bool request =
        text_starts_with(mismatch->place, TEXT("request")) || text_is(mismatch->place, "operation");
    if (from != to || !revision->operation) {
        const Change *change = operation_change(from);
        change = change ? change : operation_change(to);
        change = change || revision->operation ? change : server_change(from);
        if (change)
            return (Explanation){change, true};
    }
    Search search = {
        .run = evidence->run,
        .interaction = interaction,
        .base = base,
        .mismatch = mismatch,
        .direction = request ? DIRECTION_REQUEST : DIRECTION_RESPONSE,
    };
    if (text_is(mismatch->place, "response.accept"))
        search.best = answer_change(from);
    const Comparison *sides[] = {from, to};
    for (size_t i = 0; i < 2 && !search.best; i++)
        if (sides[i])
            search_from(&search, sides[i]);
    if (!search.best)
        return (Explanation){0};
    return (Explanation){search.best, change_may_hurt(search.best)};
}
