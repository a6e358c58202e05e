#include "diff/compare.h"

/* ---- media types ----------------------------------------------------------------------------- */

/* "application/json; charset=utf-8" gives "application/json": parameters tell no format apart. */
static Text essence(Text name) {
    size_t end = text_find_byte(name, ';', 0);
    return text_trim(end == SIZE_MAX ? name : text_slice(name, 0, end));
}

static const MediaType *find_exact(MediaTypes list, Text name) {
    for (size_t i = 0; i < list.count; i++)
        if (text_equal_ignoring_case(list.items[i].name, name))
            return &list.items[i];
    for (size_t i = 0; i < list.count; i++)
        if (text_equal_ignoring_case(essence(list.items[i].name), essence(name)))
            return &list.items[i];
    return NULL;
}

/* Whether a range such as "application/" followed by "*" takes a media type (RFC 9110 12.5.1). */
static bool range_takes(Text range, Text name) {
    if (text_is(range, "*/*") || text_is(range, "*"))
        return true;
    if (!text_ends_with(range, TEXT("/*")))
        return false;
    Text main_type = text_slice(range, 0, range.size - 1);
    return name.size >= main_type.size &&
           text_equal_ignoring_case(text_slice(name, 0, main_type.size), main_type);
}

static const MediaType *find_covering(MediaTypes list, Text name) {
    const MediaType *covering = NULL;
    for (size_t i = 0; i < list.count; i++) {
        Text range = essence(list.items[i].name);
        if (range_takes(range, essence(name)) &&
            (!covering || range.size > essence(covering->name).size))
            covering = &list.items[i];
    }
    return covering;
}

static const Encoding *find_encoding(const MediaType *media_type, Text property) {
    for (size_t i = 0; i < media_type->encodings.count; i++)
        if (text_equal(media_type->encodings.items[i].property, property))
            return &media_type->encodings.items[i];
    return NULL;
}

static void note_encoding(Comparer *comparer, Comparison *at, const Encoding *base,
                          const Encoding *revision, const char *keyword, Text from, Text to) {
    Change *change =
        note(comparer, at, CHANGE_ENCODING_CHANGED, EFFECT_NONE, base->origin, revision->origin);
    with(comparer, change, ATTRIBUTE_NAME, base->property);
    with(comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with(comparer, change, ATTRIBUTE_FROM, from);
    with(comparer, change, ATTRIBUTE_TO, to);
}

static Text truth(bool value) {
    return value ? TEXT("true") : TEXT("false");
}

/* An encoding that only one side has spells out, or no longer, what holds without it. */
static void compare_encodings(Comparer *comparer, Comparison *at, const MediaType *base,
                              const MediaType *revision) {
    for (size_t i = 0; i < base->encodings.count; i++) {
        const Encoding *from = &base->encodings.items[i];
        const Encoding *to = find_encoding(revision, from->property);
        if (!to)
            continue;
        if (!text_equal_ignoring_case(from->content_type, to->content_type))
            note_encoding(comparer, at, from, to, "contentType", from->content_type,
                          to->content_type);
        if (from->explode != to->explode)
            note_encoding(comparer, at, from, to, "explode", truth(from->explode),
                          truth(to->explode));
        else if (from->style != to->style)
            note_encoding(comparer, at, from, to, "style", TEXT("the former style"),
                          TEXT("another style"));
    }
}

static void compare_content(Comparer *comparer, Comparison *at, Direction direction, Text name,
                            const MediaType *base, const MediaType *revision) {
    if (base->encodings.count && revision->encodings.count) {
        Comparison *own = comparison_new(comparer, direction);
        compare_encodings(comparer, own, base, revision);
        add_edge(comparer, at, STEP_MEDIA_TYPE, name, own);
    }
    Canonicals *canonicals = comparer->canonicals;
    add_edge(comparer, at, STEP_MEDIA_TYPE, name,
             pair_of(comparer, canonicals_meet(canonicals, base->type),
                     canonicals_meet(canonicals, revision->type), direction));
    if (base->item_type || revision->item_type)
        add_edge(comparer, at, STEP_MEDIA_TYPE, name,
                 pair_of(comparer, canonicals_meet(canonicals, base->item_type),
                         canonicals_meet(canonicals, revision->item_type), direction));
}

static void note_media_type(Comparer *comparer, Comparison *at, Direction direction,
                            ChangeKind kind, const MediaType *media_type, bool covered,
                            const Node *base_origin, const Node *revision_origin) {
    Comparison *own = comparison_new(comparer, direction);
    add_edge(comparer, at, STEP_MEDIA_TYPE, media_type->name, own);
    bool added = kind == CHANGE_MEDIA_TYPE_ADDED;
    Effect effect = covered ? EFFECT_NONE : added ? EFFECT_WIDENED : EFFECT_NARROWED;
    Change *change = note(comparer, own, kind, effect, base_origin, revision_origin);
    change->base_absent = added;
    change->revision_absent = !added;
    with(comparer, change, ATTRIBUTE_NAME, media_type->name);
    with_truth(comparer, change, ATTRIBUTE_COVERED, covered);
}

void compare_media_types(Comparer *comparer, Comparison *at, MediaTypes base, MediaTypes revision,
                         Direction direction, const Node *base_parent,
                         const Node *revision_parent) {
    for (size_t i = 0; i < base.count; i++) {
        const MediaType *from = &base.items[i], *to = find_exact(revision, from->name);
        const MediaType *covering = to ? to : find_covering(revision, from->name);
        if (!to)
            note_media_type(comparer, at, direction, CHANGE_MEDIA_TYPE_REMOVED, from,
                            covering != NULL, from->origin, revision_parent);
        if (covering)
            compare_content(comparer, at, direction, from->name, from, covering);
    }
    for (size_t i = 0; i < revision.count; i++) {
        const MediaType *to = &revision.items[i];
        if (find_exact(base, to->name))
            continue;
        const MediaType *covering = find_covering(base, to->name);
        note_media_type(comparer, at, direction, CHANGE_MEDIA_TYPE_ADDED, to, covering != NULL,
                        base_parent, to->origin);
        if (covering)
            compare_content(comparer, at, direction, to->name, covering, to);
    }
}

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
    if (from->required != to->required)
        note(comparer, body, to->required ? CHANGE_BODY_REQUIRED : CHANGE_BODY_OPTIONAL,
             to->required ? EFFECT_NARROWED : EFFECT_WIDENED, from->origin, to->origin);
    compare_media_types(comparer, body,
                        (MediaTypes){from->media_types.items, from->media_types.count},
                        (MediaTypes){to->media_types.items, to->media_types.count}, direction,
                        from->origin, to->origin);
}

/* ---- responses ------------------------------------------------------------------------------- */

static const Response *find_status(const Operation *operation, Text status) {
    for (size_t i = 0; i < operation->responses.count; i++)
        if (text_equal(operation->responses.items[i].status, status))
            return &operation->responses.items[i];
    return NULL;
}

/* What answers for a status that is not declared itself: its range, then `default`
 * (3.1.1 section 4.8.16). */
static const Response *find_covering_status(const Operation *operation, Text status) {
    const Response *covering = NULL;
    if (status.size == 3 && !text_ends_with(status, TEXT("XX"))) {
        char range[] = {status.data[0], 'X', 'X', '\0'};
        covering = find_status(operation, text_from(range));
    }
    bool is_default = text_is(status, "default");
    return covering || is_default ? covering : find_status(operation, TEXT("default"));
}

static bool has_link(const Response *response, Text name) {
    for (size_t i = 0; i < response->links.count; i++)
        if (text_equal(response->links.items[i].name, name))
            return true;
    return false;
}

static void compare_links(Comparer *comparer, Comparison *at, const Response *base,
                          const Response *revision) {
    for (size_t i = 0; i < base->links.count; i++)
        if (!has_link(revision, base->links.items[i].name))
            with(comparer,
                 note(comparer, at, CHANGE_LINK_REMOVED, EFFECT_NONE, base->links.items[i].origin,
                      revision->origin),
                 ATTRIBUTE_NAME, base->links.items[i].name);
    for (size_t i = 0; i < revision->links.count; i++)
        if (!has_link(base, revision->links.items[i].name))
            with(comparer,
                 note(comparer, at, CHANGE_LINK_ADDED, EFFECT_NONE, base->origin,
                      revision->links.items[i].origin),
                 ATTRIBUTE_NAME, revision->links.items[i].name);
}

static void compare_response(Comparer *comparer, Comparison *at, const Response *base,
                             const Response *revision) {
    compare_headers(comparer, at, base, revision);
    compare_links(comparer, at, base, revision);
    compare_media_types(comparer, at,
                        (MediaTypes){base->media_types.items, base->media_types.count},
                        (MediaTypes){revision->media_types.items, revision->media_types.count},
                        at->direction, base->origin, revision->origin);
}

static void note_status(Comparer *comparer, Comparison *at, ChangeKind kind, Text status,
                        bool covered, const Node *base_origin, const Node *revision_origin) {
    bool added = kind == CHANGE_STATUS_ADDED;
    Effect effect = covered ? EFFECT_NONE : added ? EFFECT_WIDENED : EFFECT_NARROWED;
    Change *change = note(comparer, at, kind, effect, base_origin, revision_origin);
    change->base_absent = added;
    change->revision_absent = !added;
    with(comparer, change, ATTRIBUTE_NAME, status);
    with_truth(comparer, change, ATTRIBUTE_COVERED, covered);
}

void compare_responses(Comparer *comparer, Comparison *at, const Operation *base,
                       const Operation *revision, Direction direction) {
    for (size_t i = 0; i < base->responses.count; i++) {
        const Response *from = &base->responses.items[i];
        const Response *to = find_status(revision, from->status);
        const Response *covering = to ? to : find_covering_status(revision, from->status);
        Comparison *node = comparison_new(comparer, direction);
        add_edge(comparer, at, STEP_STATUS, from->status, node);
        if (!to)
            note_status(comparer, node, CHANGE_STATUS_REMOVED, from->status, covering != NULL,
                        from->origin, revision->origin);
        if (covering)
            compare_response(comparer, node, from, covering);
    }
    for (size_t i = 0; i < revision->responses.count; i++) {
        const Response *to = &revision->responses.items[i];
        if (find_status(base, to->status))
            continue;
        const Response *covering = find_covering_status(base, to->status);
        Comparison *node = comparison_new(comparer, direction);
        add_edge(comparer, at, STEP_STATUS, to->status, node);
        note_status(comparer, node, CHANGE_STATUS_ADDED, to->status, covering != NULL, base->origin,
                    to->origin);
        if (covering)
            compare_response(comparer, node, covering, to);
    }
}
