#include "diff/compare.h"

/* What a schema says beside the values that it takes, and what no rule about values needs: a
 * default, and that it is deprecated. Properties and parameters say it by their own names. */

bool same_default(const Node *from, const Node *to) {
    return from && to ? node_equal(from, to) : from == to;
}

void compare_defaults(Comparer *comparer, Comparison *at, const Node *from, const Node *to,
                      const Node *base_origin, const Node *revision_origin) {
    enum { WIDTH = 80 };
    if (same_default(from, to))
        return;
    Change *change = note(comparer, at, CHANGE_DEFAULT_CHANGED, EFFECT_NONE,
                          from ? from : base_origin, to ? to : revision_origin);
    change->base_absent = !from;
    change->revision_absent = !to;
    with(comparer, change, ATTRIBUTE_FROM,
         from ? node_to_json(comparer->arena, from, WIDTH) : (Text){0});
    with(comparer, change, ATTRIBUTE_TO, to ? node_to_json(comparer->arena, to, WIDTH) : (Text){0});
}

void note_asides(Comparer *comparer, Comparison *at, Aside base, Aside revision) {
    const Annotations *from = base.annotations, *to = revision.annotations;
    compare_defaults(comparer, at, from->default_value, to->default_value, base.origin,
                     revision.origin);
    if (from->deprecated == to->deprecated)
        return;
    Change *change =
        note(comparer, at, to->deprecated ? CHANGE_TYPE_DEPRECATED : CHANGE_TYPE_REACTIVATED,
             EFFECT_NONE, base.origin, revision.origin);
    if (to->deprecated)
        with(comparer, change, ATTRIBUTE_SUNSET, to->sunset);
}

void compare_asides(Comparer *comparer, Comparison *from, StepKind kind, Text name, Aside base,
                    Aside revision) {
    if (base.annotations->deprecated == revision.annotations->deprecated &&
        same_default(base.annotations->default_value, revision.annotations->default_value))
        return;
    Comparison *own = comparison_new(comparer, from->direction);
    note_asides(comparer, own, base, revision);
    add_edge(comparer, from, kind, name, own);
}

static Aside aside_of(Meet *meet) {
    const Canonical *canonical = meet_canonical(meet);
    return (Aside){&canonical->annotations, canonical->origin};
}

void add_types(Comparer *comparer, Comparison *from, StepKind kind, Text name, Meet *base,
               Meet *revision) {
    if (base != revision)
        compare_asides(comparer, from, kind, name, aside_of(base), aside_of(revision));
    add_edge(comparer, from, kind, name, pair_of(comparer, base, revision, from->direction));
}

Annotations field_annotations(const Parameter *field) {
    Annotations annotations = {0};
    annotations_add(field->content ? field->content->type : field->type, &annotations);
    return annotations;
}
