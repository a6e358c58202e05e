#include "diff/compare.h"

/* How long a description says that a thing will be there: `deprecated` with its dates, and how
 * stable an operation is. */

Lifetime operation_lifetime(const Operation *operation) {
    return (Lifetime){operation->deprecated, operation->sunset, operation->deprecated_since,
                      operation->origin};
}

/* A field may say it itself, or its schema. */
Lifetime field_lifetime(const Parameter *field) {
    Annotations annotations = field_annotations(field);
    return (Lifetime){field->deprecated || annotations.deprecated,
                      field->sunset.size ? field->sunset : annotations.sunset,
                      field->deprecated_since.size ? field->deprecated_since
                                                   : annotations.deprecated_since,
                      field->origin};
}

Lifetime property_lifetime(const CanonicalProperty *property) {
    return (Lifetime){property->deprecated, property->sunset, property->deprecated_since,
                      property->origin};
}

void with_lifetime(Comparer *comparer, Change *change, Lifetime lifetime) {
    with_truth(comparer, change, ATTRIBUTE_DEPRECATED, lifetime.deprecated);
    with(comparer, change, ATTRIBUTE_SUNSET, lifetime.sunset);
    with(comparer, change, ATTRIBUTE_DEPRECATED_SINCE, lifetime.since);
}

/* Dates of the one form that RFC 3339 has sort as texts. An earlier one leaves less time. */
static Effect sunset_effect(Text from, Text to) {
    enum { DATE_SIZE = 10 };
    if (!from.size || !to.size)
        return from.size ? EFFECT_NONE : EFFECT_NARROWED;
    int order = text_compare(text_slice(from, 0, from.size < DATE_SIZE ? from.size : DATE_SIZE),
                             text_slice(to, 0, to.size < DATE_SIZE ? to.size : DATE_SIZE));
    if (order == 0)
        return EFFECT_NARROWED | EFFECT_WIDENED;
    return order > 0 ? EFFECT_NARROWED : EFFECT_WIDENED;
}

/* What is deprecated only now was so since no date before. */
static void compare_beginnings(Comparer *comparer, Comparison *at, Lifetime base, Lifetime revision,
                               Text name) {
    Text since = base.deprecated ? base.since : (Text){0};
    if (!revision.deprecated || text_equal(since, revision.since))
        return;
    Change *change = note(comparer, at, CHANGE_DEPRECATION_DATE_CHANGED, EFFECT_NONE, base.origin,
                          revision.origin);
    with(comparer, change, ATTRIBUTE_NAME, name);
    with(comparer, change, ATTRIBUTE_FROM, since);
    with(comparer, change, ATTRIBUTE_DEPRECATED_SINCE, revision.since);
    with_effect(comparer, change,
                since.size ? sunset_effect(since, revision.since) : EFFECT_NARROWED);
}

void compare_sunsets(Comparer *comparer, Comparison *at, Lifetime base, Lifetime revision,
                     Text name) {
    compare_beginnings(comparer, at, base, revision, name);
    if (!base.deprecated || !revision.deprecated || text_equal(base.sunset, revision.sunset))
        return;
    Change *change =
        note(comparer, at, CHANGE_SUNSET_CHANGED, EFFECT_NONE, base.origin, revision.origin);
    with(comparer, change, ATTRIBUTE_NAME, name);
    with(comparer, change, ATTRIBUTE_FROM, base.sunset);
    with(comparer, change, ATTRIBUTE_SUNSET, revision.sunset);
    with_effect(comparer, change, sunset_effect(base.sunset, revision.sunset));
}

/* ---- operations ------------------------------------------------------------------------------ */

Text stability_of(const Operation *operation) {
    return operation->stability.size ? operation->stability : TEXT("stable");
}

static int stability_rank(Text stability) {
    static const char *const levels[] = {"draft", "alpha", "beta", "stable"};
    for (int i = 0; i < 4; i++)
        if (text_equal_ignoring_case(stability, text_from(levels[i])))
            return i;
    return -1;
}

static void note_promise(Comparer *comparer, Comparison *at, ChangeKind kind, Text from, Text to,
                         int difference, const Operation *base, const Operation *revision) {
    Effect effect = difference < 0   ? EFFECT_NARROWED
                    : difference > 0 ? EFFECT_WIDENED
                                     : EFFECT_NARROWED | EFFECT_WIDENED;
    Change *change = note(comparer, at, kind, EFFECT_NONE, base->origin, revision->origin);
    with(comparer, change, ATTRIBUTE_FROM, from);
    with(comparer, change, ATTRIBUTE_TO, to);
    with_effect(comparer, change, effect);
}

/* What is written nowhere is stable and public. */
void compare_promises(Comparer *comparer, Comparison *at, const Operation *base,
                      const Operation *revision) {
    Text from = stability_of(base), to = stability_of(revision);
    if (!text_equal_ignoring_case(from, to)) {
        int known = stability_rank(from), now = stability_rank(to);
        note_promise(comparer, at, CHANGE_STABILITY_CHANGED, from, to,
                     known < 0 || now < 0 ? 0 : now - known, base, revision);
    }
    if (base->internal != revision->internal)
        note_promise(comparer, at, CHANGE_AUDIENCE_CHANGED,
                     base->internal ? TEXT("internal") : TEXT("public"),
                     revision->internal ? TEXT("internal") : TEXT("public"),
                     base->internal ? 1 : -1, base, revision);
}
