#include "diff/compare.h"

/* ---- media types ----------------------------------------------------------------------------- */

/* "application/json; charset=utf-8" gives "application/json": parameters tell no format apart. */
static Text essence(Text name) {
    size_t end = text_find_byte(name, ';', 0);
    return text_trim(end == SIZE_MAX ? name : text_slice(name, 0, end));
}

/* The parameters that may tell two formats of one name apart, sorted: `charset` says nothing of
 * JSON (RFC 8259 section 11), and blanks and quotes nothing at all. */
static Text parameters_of(Arena *arena, Text name) {
    ARRAY(Text) parameters = {0};
    for (size_t at = text_find_byte(name, ';', 0); at != SIZE_MAX;) {
        size_t end = text_find_byte(name, ';', at + 1);
        Text written = text_slice(name, at + 1, end == SIZE_MAX ? name.size : end);
        Buffer parameter = {.arena = arena};
        for (size_t i = 0; i < written.size; i++)
            if (written.data[i] != ' ' && written.data[i] != '"')
                buffer_add_byte(&parameter, written.data[i]);
        Text plain = text_lower(arena, buffer_text(&parameter));
        size_t place = parameters.count;
        if (plain.size && !text_starts_with(plain, TEXT("charset=")))
            array_push(arena, &parameters, plain);
        for (; place && place < parameters.count &&
               text_compare(parameters.items[place], parameters.items[place - 1]) < 0;
             place--) {
            Text other = parameters.items[place - 1];
            parameters.items[place - 1] = parameters.items[place];
            parameters.items[place] = other;
        }
        at = end;
    }
    Buffer all = {.arena = arena};
    for (size_t i = 0; i < parameters.count; i++)
        buffer_format(&all, "%s%.*s", i ? ";" : "", TEXT_ARG(parameters.items[i]));
    return buffer_text(&all);
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

/* What a list of media types is compared with the other side's for. */
typedef struct Contents {
    Comparer *comparer;
    Comparison *at;
    MediaTypes base, revision;
    Direction direction;
    const Node *base_parent, *revision_parent;
    bool error; /* they are of an answer that tells of an error */
} Contents;

static void compare_content(const Contents *contents, Text name, const MediaType *base,
                            const MediaType *revision) {
    Comparer *comparer = contents->comparer;
    Canonicals *canonicals = comparer->canonicals;
    if (base->encodings.count || revision->encodings.count || comparer->documentation) {
        Comparison *own = comparison_new(comparer, contents->direction);
        compare_encodings(comparer, own, base, revision);
        compare_documentation(comparer, own, base->origin, revision->origin);
        add_edge(comparer, contents->at, STEP_MEDIA_TYPE, name, own);
    }
    if (!both_are_bytes(comparer, essence(name), base->type, revision->type))
        add_edge(comparer, contents->at, STEP_MEDIA_TYPE, name,
                 pair_of(comparer, canonicals_meet(canonicals, base->type),
                         canonicals_meet(canonicals, revision->type), contents->direction));
    if (base->item_type || revision->item_type)
        add_edge(comparer, contents->at, STEP_MEDIA_TYPE, name,
                 pair_of(comparer, canonicals_meet(canonicals, base->item_type),
                         canonicals_meet(canonicals, revision->item_type), contents->direction));
}

static Change *note_content(const Contents *contents, ChangeKind kind, Effect effect, Text name,
                            const Node *base, const Node *revision) {
    Comparison *own = comparison_new(contents->comparer, contents->direction);
    add_edge(contents->comparer, contents->at, STEP_MEDIA_TYPE, name, own);
    return note(contents->comparer, own, kind, effect, base, revision);
}

static void note_media_type(const Contents *contents, ChangeKind kind, const MediaType *media_type,
                            bool covered) {
    bool added = kind == CHANGE_MEDIA_TYPE_ADDED;
    Effect effect = covered ? EFFECT_NONE : added ? EFFECT_WIDENED : EFFECT_NARROWED;
    Change *change = note_content(contents, kind, effect, media_type->name,
                                  added ? contents->base_parent : media_type->origin,
                                  added ? media_type->origin : contents->revision_parent);
    change->base_absent = added;
    change->revision_absent = !added;
    with(contents->comparer, change, ATTRIBUTE_NAME, media_type->name);
    with_truth(contents->comparer, change, ATTRIBUTE_COVERED, covered);
    with_truth(contents->comparer, change, ATTRIBUTE_ERROR, contents->error);
}

static void note_names(const Contents *contents, ChangeKind kind, const MediaType *from,
                       const MediaType *to, Text before, Text after) {
    Change *change = note_content(contents, kind, EFFECT_NARROWED | EFFECT_WIDENED, from->name,
                                  from->origin, to->origin);
    if (kind == CHANGE_MEDIA_TYPE_PARAMETERS_CHANGED)
        with(contents->comparer, change, ATTRIBUTE_NAME, essence(from->name));
    with(contents->comparer, change, ATTRIBUTE_FROM, before);
    with(contents->comparer, change, ATTRIBUTE_TO, after);
}

/* ---- renames ----------------------------------------------------------------------------------*/

/* The syntax that a media type shares with others: "json" of "application/json" and of
 * "application/hal+json" (RFC 6838 section 4.2.8). */
static Text syntax_of(Text name) {
    Text plain = essence(name);
    size_t mark = plain.size;
    while (mark && plain.data[mark - 1] != '+' && plain.data[mark - 1] != '/')
        mark--;
    return text_slice(plain, mark, plain.size);
}

/* The only one that the other side neither has nor covers; NULL: none, or several. */
static const MediaType *only_lost(MediaTypes own, MediaTypes other) {
    const MediaType *lost = NULL;
    for (size_t i = 0; i < own.count; i++) {
        Text name = own.items[i].name;
        if (find_exact(other, name) || find_covering(other, name))
            continue;
        if (lost)
            return NULL;
        lost = &own.items[i];
    }
    return lost;
}

/* One media type that took another one's place, in the same syntax. */
static bool find_rename(const Contents *contents, const MediaType **from, const MediaType **to) {
    *from = only_lost(contents->base, contents->revision);
    *to = only_lost(contents->revision, contents->base);
    if (!*from || !*to || contents->comparer->no_renames)
        return false;
    Text syntax = syntax_of((*from)->name);
    return (text_equal_ignoring_case(syntax, TEXT("json")) ||
            text_equal_ignoring_case(syntax, TEXT("xml"))) &&
           text_equal_ignoring_case(syntax, syntax_of((*to)->name));
}

/* ---- two lists ------------------------------------------------------------------------------- */

static void compare_partner(const Contents *contents, const MediaType *from, const MediaType *to) {
    Text before = parameters_of(contents->comparer->arena, from->name);
    Text after = parameters_of(contents->comparer->arena, to->name);
    if (!text_equal(before, after))
        note_names(contents, CHANGE_MEDIA_TYPE_PARAMETERS_CHANGED, from, to, before, after);
    compare_content(contents, from->name, from, to);
}

void compare_media_types(Comparer *comparer, Comparison *at, MediaTypes base, MediaTypes revision,
                         Direction direction, const Node *base_parent, const Node *revision_parent,
                         bool error) {
    Contents contents = {comparer,        at,   base, revision, direction, base_parent,
                         revision_parent, error};
    const MediaType *renamed_from, *renamed_to;
    bool renamed = find_rename(&contents, &renamed_from, &renamed_to);
    if (renamed) {
        note_names(&contents, CHANGE_MEDIA_TYPE_RENAMED, renamed_from, renamed_to,
                   renamed_from->name, renamed_to->name);
        compare_content(&contents, renamed_from->name, renamed_from, renamed_to);
    }
    for (size_t i = 0; i < base.count; i++) {
        const MediaType *from = &base.items[i], *to = find_exact(revision, from->name);
        const MediaType *covering = to ? NULL : find_covering(revision, from->name);
        if (to) {
            compare_partner(&contents, from, to);
        } else if (!renamed || from != renamed_from) {
            note_media_type(&contents, CHANGE_MEDIA_TYPE_REMOVED, from, covering != NULL);
            if (covering)
                compare_content(&contents, from->name, from, covering);
        }
    }
    for (size_t i = 0; i < revision.count; i++) {
        const MediaType *to = &revision.items[i];
        if (find_exact(base, to->name) || (renamed && to == renamed_to))
            continue;
        const MediaType *covering = find_covering(base, to->name);
        note_media_type(&contents, CHANGE_MEDIA_TYPE_ADDED, to, covering != NULL);
        if (covering)
            compare_content(&contents, to->name, covering, to);
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

/* What answers on a side for a status that is declared on the other one alone: its range, then
 * `default` (3.1.1 section 4.8.16). */
static const Response *find_covering_status(const Operation *side, const Operation *other,
                                            Text status) {
    const Response *covering = NULL;
    if (status.size == 3 && !text_ends_with(status, TEXT("XX"))) {
        char range[] = {status.data[0], 'X', 'X', '\0'};
        covering = find_status(side, text_from(range));
    }
    if (covering || text_is(status, "default"))
        return covering;
    bool success = status.data[0] == '2';
    if (success && (default_is_for_errors(side) || default_is_for_errors(other)))
        return NULL;
    return find_status(side, TEXT("default"));
}

static bool tells_of_error(Text status) {
    return status.data[0] == '4' || status.data[0] == '5';
}

static void compare_response(Comparer *comparer, Comparison *at, const Response *base,
                             const Response *revision) {
    compare_headers(comparer, at, base, revision);
    compare_links(comparer, at, base, revision);
    compare_documentation(comparer, at, base->origin, revision->origin);
    compare_media_types(comparer, at,
                        (MediaTypes){base->media_types.items, base->media_types.count},
                        (MediaTypes){revision->media_types.items, revision->media_types.count},
                        at->direction, base->origin, revision->origin,
                        tells_of_error(base->status) || tells_of_error(revision->status));
}

/* Whether an operation declares a status that a range such as "2XX" stands for. */
static bool declares_part(const Operation *operation, Text range) {
    for (size_t i = 0; i < operation->responses.count; i++)
        if (operation->responses.items[i].status.data[0] == range.data[0] &&
            !text_equal(operation->responses.items[i].status, range))
            return true;
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
        const Response *covering = to ? to : find_covering_status(revision, base, from->status);
        Comparison *node = comparison_new(comparer, direction);
        add_edge(comparer, at, STEP_STATUS, from->status, node);
        if (!to)
            with_truth(comparer,
                       note_status(comparer, node, CHANGE_STATUS_REMOVED, from->status,
                                   covering != NULL, from->origin, revision->origin),
                       ATTRIBUTE_PARTS_LEFT,
                       text_ends_with(from->status, TEXT("XX")) &&
                           declares_part(revision, from->status));
        if (covering)
            compare_response(comparer, node, from, covering);
    }
    for (size_t i = 0; i < revision->responses.count; i++) {
        const Response *to = &revision->responses.items[i];
        if (find_status(base, to->status))
            continue;
        const Response *covering = find_covering_status(base, revision, to->status);
        Comparison *node = comparison_new(comparer, direction);
        add_edge(comparer, at, STEP_STATUS, to->status, node);
        note_status(comparer, node, CHANGE_STATUS_ADDED, to->status, covering != NULL, base->origin,
                    to->origin);
        if (covering)
            compare_response(comparer, node, covering, to);
    }
}
