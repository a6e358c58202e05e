#include "diff/compare.h"

/* A removal and an addition at the same place are one rename where the names are alike and the
 * types agree: "userId" and "user_id" are the same words, so their types may even differ. Where a
 * name is like two others, nothing tells which it became, and none is taken. */

typedef struct Candidate {
    Comparison *node; /* that holds the change */
    Noted *noted;
    Text name;
} Candidate;

typedef ARRAY(Candidate) Candidates;

typedef struct Scope {
    Comparer *comparer;
    Comparison *at;
    StepKind step; /* under which the types are compared */
    ChangeKind renamed;
    Candidates gone, new;
} Scope;

bool types_are_same(Comparer *comparer, Meet *base, Meet *revision, Direction direction) {
    if (comparer->walked > WALK_LIMIT)
        return false;
    Comparison *types = pair_of(comparer, base, revision, direction);
    comparer_settle(comparer);
    return comparison_relation(comparer, types) == EFFECT_NONE;
}

static unsigned likeness(const Scope *scope, const Candidate *from, const Candidate *to) {
    unsigned names = name_likeness(scope->comparer->arena, from->name, to->name);
    if (!names)
        return 0;
    bool agree = types_are_same(scope->comparer, from->noted->type, to->noted->type,
                                from->noted->change.direction);
    return agree ? names + 1 : names == LIKENESS_SAME ? names : 0;
}

void remove_change(Comparison *node, const Change *change) {
    size_t kept = 0;
    for (size_t i = 0; i < node->changes.count; i++)
        if (node->changes.items[i] != change)
            node->changes.items[kept++] = node->changes.items[i];
    node->changes.count = kept;
}

void with_lifetime_of(Comparer *comparer, Change *change, const Change *gone) {
    static const AttributeId lifetime[] = {ATTRIBUTE_DEPRECATED, ATTRIBUTE_SUNSET,
                                           ATTRIBUTE_DEPRECATED_SINCE};
    for (size_t i = 0; i < sizeof lifetime / sizeof *lifetime; i++)
        with(comparer, change, lifetime[i], change_attribute(gone, lifetime[i]));
}

static void rename_pair(const Scope *scope, Candidate *from, Candidate *to) {
    Comparer *comparer = scope->comparer;
    const Change *gone = &from->noted->change, *new = &to->noted->change;
    remove_change(from->node, gone);
    remove_change(to->node, new);
    Change *change = note(comparer, to->node, scope->renamed, EFFECT_NARROWED | EFFECT_WIDENED,
                          gone->base_origin, new->revision_origin);
    with(comparer, change, ATTRIBUTE_FROM, from->name);
    with(comparer, change, ATTRIBUTE_TO, to->name);
    if (scope->renamed == CHANGE_PARAMETER_RENAMED)
        with(comparer, change, ATTRIBUTE_IN, change_attribute(new, ATTRIBUTE_IN));
    bool sent = change->direction == DIRECTION_REQUEST;
    with_truth(comparer, change, ATTRIBUTE_REQUIRED,
               change_attribute_is_true(sent ? new : gone, ATTRIBUTE_REQUIRED));
    if (scope->renamed == CHANGE_PARAMETER_RENAMED)
        with_truth(comparer, change, ATTRIBUTE_COVERED, false);
    with_lifetime_of(comparer, change, gone);
    Comparison *below = pair_of(comparer, from->noted->type, to->noted->type, change->direction);
    Comparison *parent = scope->step == STEP_PROPERTY ? to->node : scope->at;
    Text step = to->name;
    if (scope->step == STEP_PARAMETER)
        step = text_format(comparer->arena, "%.*s.%.*s",
                           TEXT_ARG(change_attribute(new, ATTRIBUTE_IN)), TEXT_ARG(to->name));
    add_edge(comparer, parent, scope->step, step, below);
}

static unsigned weigh(const Scope *scope, const Candidate *from, const Candidate *to) {
    bool same_place = text_equal(change_attribute(&from->noted->change, ATTRIBUTE_IN),
                                 change_attribute(&to->noted->change, ATTRIBUTE_IN));
    return same_place ? likeness(scope, from, to) : 0;
}

typedef struct Weights {
    unsigned *items; /* of each that went with each that came */
    size_t count, width;
} Weights;

/* Whether either of a pair is as much like another one. */
static bool is_ambiguous(const Weights *weights, size_t pair) {
    size_t row = pair / weights->width, column = pair % weights->width;
    for (size_t i = 0; i < weights->count; i++) {
        bool touches = i / weights->width == row || i % weights->width == column;
        if (i != pair && touches && weights->items[i] >= weights->items[pair])
            return true;
    }
    return false;
}

/* What is taken, or as much like one as like another, is out of the game. */
static void strike(Weights *weights, size_t pair) {
    size_t row = pair / weights->width, column = pair % weights->width;
    for (size_t i = 0; i < weights->count; i++)
        if (i / weights->width == row || i % weights->width == column)
            weights->items[i] = 0;
}

/* The likest first. */
static void match(Scope *scope) {
    Weights weights = {NULL, scope->gone.count * scope->new.count, scope->new.count};
    weights.items = arena_new_array(scope->comparer->arena, weights.count, unsigned);
    for (size_t i = 0; i < weights.count; i++)
        weights.items[i] = weigh(scope, &scope->gone.items[i / weights.width],
                                 &scope->new.items[i % weights.width]);
    for (;;) {
        size_t best = 0;
        for (size_t i = 1; i < weights.count; i++)
            if (weights.items[i] > weights.items[best])
                best = i;
        if (!weights.items[best])
            return;
        if (!is_ambiguous(&weights, best))
            rename_pair(scope, &scope->gone.items[best / weights.width],
                        &scope->new.items[best % weights.width]);
        strike(&weights, best);
    }
}

static void add_candidates(Scope *scope, Comparison *node, ChangeKind gone, ChangeKind new) {
    for (size_t i = 0; i < node->changes.count; i++) {
        Change *change = node->changes.items[i];
        if (change->kind != gone && change->kind != new)
            continue;
        Candidate candidate = {node, noted_of(change), change_attribute(change, ATTRIBUTE_NAME)};
        if (change->kind == gone)
            array_push(scope->comparer->arena, &scope->gone, candidate);
        else
            array_push(scope->comparer->arena, &scope->new, candidate);
    }
}

/* Where hundreds came and went nothing tells which became which. */
enum { SCOPE_LIMIT = 64 * 64 };

static void match_scope(Scope *scope) {
    if (scope->gone.count && scope->new.count &&
        scope->gone.count * scope->new.count <= SCOPE_LIMIT)
        match(scope);
}

static void match_properties(Comparer *comparer, Comparison *node) {
    Scope scope = {comparer, node, STEP_PROPERTY, CHANGE_PROPERTY_RENAMED, {0}, {0}};
    add_candidates(&scope, node, CHANGE_PROPERTY_REMOVED, CHANGE_PROPERTY_ADDED);
    match_scope(&scope);
}

static void match_below(Comparer *comparer, Comparison *node, StepKind step, ChangeKind renamed,
                        ChangeKind gone, ChangeKind new) {
    Scope scope = {comparer, node, step, renamed, {0}, {0}};
    for (size_t i = 0; i < node->edges.count; i++)
        if (node->edges.items[i].step.kind == step)
            add_candidates(&scope, node->edges.items[i].to, gone, new);
    match_scope(&scope);
}

void find_renames(Comparer *comparer) {
    size_t count = comparer->nodes.count; /* nodes that questions of likeness add hold no rename */
    for (size_t i = 0; i < count; i++) {
        Comparison *node = comparer->nodes.items[i];
        match_properties(comparer, node);
        match_below(comparer, node, STEP_PARAMETER, CHANGE_PARAMETER_RENAMED,
                    CHANGE_PARAMETER_REMOVED, CHANGE_PARAMETER_ADDED);
        match_below(comparer, node, STEP_HEADER, CHANGE_HEADER_RENAMED, CHANGE_HEADER_REMOVED,
                    CHANGE_HEADER_ADDED);
    }
    comparer_settle(comparer);
}
