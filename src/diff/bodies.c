#include "diff/compare.h"

/* Request bodies and responses: what an operation carries, by status. */

/* ---- request body ---------------------------------------------------------------------------- */

static void note_body(Comparer *comparer, Comparison *at, ChangeKind kind, const Body *body,
                      const Operation *base, const Operation *revision) {
    bool added = kind == CHANGE_BODY_ADDED;
    Change *change =
        note(comparer, at, kind, added && body->required ? EFFECT_NARROWED : EFFECT_NONE,
             added ? base->origin : body->origin, added ? body->origin : revision->origin);
    change->base_absent = added;
    change->revision_absent = !added;
    with_truth(comparer, change, ATTRIBUTE_REQUIRED, body->required);
}

void compare_request_body(Comparer *comparer, Comparison *at, const Operation *base,
                          const Operation *revision, Direction direction) {
    const Body *from = base->request_body, *to = revision->request_body;
    if (!from && !to)
        return;
    Comparison *body = comparison_new(comparer, direction);
    add_edge(comparer, at, STEP_REQUEST_BODY, (Text){0}, body);
    if (!from || !to) {
        note_body(comparer, body, from ? CHANGE_BODY_REMOVED : CHANGE_BODY_ADDED, from ? from : to,
                  base, revision);
        return;
    }
    compare_documentation(comparer, body, from->origin, to->origin);
    if (from->required != to->required)
        note(comparer, body, to->required ? CHANGE_BODY_REQUIRED : CHANGE_BODY_OPTIONAL,
             to->required ? EFFECT_NARROWED : EFFECT_WIDENED, from->origin, to->origin);
    compare_media_types(comparer, body,
                        (MediaTypes){from->media_types.items, from->media_types.count},
                        (MediaTypes){to->media_types.items, to->media_types.count}, direction,
                        from->origin, to->origin, false);
}

/* ---- responses ------------------------------------------------------------------------------- */

static const Response *find_status(const Operation *operation, Text status) {
    for (size_t i = 0; i < operation->responses.count; i++)
        if (text_equal(operation->responses.items[i].status, status))
            return &operation->responses.items[i];
    return NULL;
}

/* Beside a declared success `default` tells of what goes wrong: an answer by another success is
 * none that it describes. */
static bool default_is_for_errors(const Operation *operation) {
    bool succeeds = false;
    for (size_t i = 0; i < operation->responses.count; i++)
        succeeds = succeeds || operation->responses.items[i].status.data[0] == '2';
    return succeeds && find_status(operation, TEXT("default"));
}

static MediaTypes media_types_of(const Response *response) {
    return (MediaTypes){response->media_types.items, response->media_types.count};
}

/* What answers on a side for a status that is declared on the other one alone: its range, then
 * `default` (3.1.1 section 4.8.16), that for errors only where it promises the same. Where a
 * success is `gone`, that neither has any content is no such promise. */
static const Response *find_covering_status(Comparer *comparer, const Operation *side,
                                            const Operation *other, const Response *response,
                                            bool gone) {
    Text status = response->status;
    const Response *covering = NULL;
    if (status.size == 3 && !text_ends_with(status, TEXT("XX"))) {
        char range[] = {status.data[0], 'X', 'X', '\0'};
        covering = find_status(side, text_from(range));
    }
    if (covering || text_is(status, "default"))
        return covering;
    covering = find_status(side, TEXT("default"));
    bool success = status.data[0] == '2';
    bool doubtful = success && (default_is_for_errors(side) || default_is_for_errors(other));
    if (!covering || !doubtful)
        return covering;
    bool same = contents_agree(comparer, media_types_of(covering), media_types_of(response));
    return same && (response->media_types.count || !gone) ? covering : NULL;
}

static bool tells_of_error(Text status) {
    return status.data[0] == '4' || status.data[0] == '5';
}

static void compare_response(Comparer *comparer, Comparison *at, const Response *base,
                             const Response *revision) {
    compare_headers(comparer, at, base, revision);
    compare_links(comparer, at, base, revision);
    compare_documentation(comparer, at, base->origin, revision->origin);
    compare_media_types(comparer, at, media_types_of(base), media_types_of(revision), at->direction,
                        base->origin, revision->origin,
                        tells_of_error(base->status) || tells_of_error(revision->status));
}

/* Whether the revision declares a part of what "2XX" stood for, or `default` in the base. */
static bool declares_part(const Operation *base, const Operation *revision, Text range) {
    bool rest = text_is(range, "default");
    if (!rest && !text_ends_with(range, TEXT("XX")))
        return false;
    for (size_t i = 0; i < revision->responses.count; i++) {
        Text status = revision->responses.items[i].status;
        if (!text_equal(status, range) &&
            (rest ? !find_status(base, status) : status.data[0] == range.data[0]))
            return true;
    }
    return false;
}

static Change *note_status(Comparer *comparer, Comparison *at, ChangeKind kind, Text status,
                           bool covered, const Node *base_origin, const Node *revision_origin) {
    bool added = kind == CHANGE_STATUS_ADDED;
    Effect effect = covered ? EFFECT_NONE : added ? EFFECT_WIDENED : EFFECT_NARROWED;
    Change *change = note(comparer, at, kind, effect, base_origin, revision_origin);
    change->base_absent = added;
    change->revision_absent = !added;
    with(comparer, change, ATTRIBUTE_NAME, status);
    with_truth(comparer, change, ATTRIBUTE_COVERED, covered);
    return change;
}

void compare_responses(Comparer *comparer, Comparison *at, const Operation *base,
                       const Operation *revision, Direction direction) {
    for (size_t i = 0; i < base->responses.count; i++) {
        const Response *from = &base->responses.items[i];
        const Response *to = find_status(revision, from->status);
        const Response *covering =
            to ? to : find_covering_status(comparer, revision, base, from, true);
        Comparison *node = comparison_new(comparer, direction);
        add_edge(comparer, at, STEP_STATUS, from->status, node);
        if (!to)
            with_truth(comparer,
                       note_status(comparer, node, CHANGE_STATUS_REMOVED, from->status,
                                   covering != NULL, from->origin, revision->origin),
                       ATTRIBUTE_PARTS_LEFT, declares_part(base, revision, from->status));
        if (covering)
            compare_response(comparer, node, from, covering);
    }
    for (size_t i = 0; i < revision->responses.count; i++) {
        const Response *to = &revision->responses.items[i];
        if (find_status(base, to->status))
            continue;
        const Response *covering = find_covering_status(comparer, base, revision, to, false);
        Comparison *node = comparison_new(comparer, direction);
        add_edge(comparer, at, STEP_STATUS, to->status, node);
        note_status(comparer, node, CHANGE_STATUS_ADDED, to->status, covering != NULL, base->origin,
                    to->origin);
        if (covering)
            compare_response(comparer, node, covering, to);
    }
}
