#include "diff/compare.h"

static const char *const place_words[] = {"path", "query", "header", "cookie", "querystring"};
static const char *const style_words[] = {"simple",     "label",          "matrix",
                                          "form",       "spaceDelimited", "pipeDelimited",
                                          "deepObject", "cookie",         "tabDelimited"};

const char *style_word(ParameterStyle style) {
    return style_words[style];
}

static Text place_word(ParameterIn in) {
    return text_from(place_words[in]);
}

/* Which `{…}` of the template a path parameter fills, SIZE_MAX if none. */
static size_t position_in(Text path, Text name) {
    size_t position = 0;
    for (size_t open = text_find_byte(path, '{', 0); open != SIZE_MAX;
         open = text_find_byte(path, '{', open + 1), position++) {
        size_t close = text_find_byte(path, '}', open);
        if (close == SIZE_MAX)
            return SIZE_MAX;
        if (text_equal(text_slice(path, open + 1, close), name))
            return position;
    }
    return SIZE_MAX;
}

/* The parameters of one side by what pairs them: the place in the path that they fill, or where
 * they stand and what they are called. */
typedef struct Listed {
    const Operation *operation;
    ByName keys; /* a path parameter has both */
} Listed;

static size_t position_of(const Operation *operation, const Parameter *parameter) {
    return parameter->in == IN_PATH ? position_in(operation->path, parameter->name) : SIZE_MAX;
}

/* A parameter of the path at a place that the other side's path has not is told with the path. */
static bool comes_with_path(const Operation *own, const Parameter *parameter, Text other) {
    size_t position = position_of(own, parameter);
    size_t open = text_find_byte(other, '{', 0);
    for (size_t i = 0; position != SIZE_MAX && i < position && open != SIZE_MAX; i++)
        open = text_find_byte(other, '{', open + 1);
    return position != SIZE_MAX && open == SIZE_MAX;
}

/* Whether the name goes over the wire. Of what fills a path only `matrix` writes it, and a query as
 * a whole has none; of an object whose members stand apart the members' names are written (3.1.1
 * section 4.8.12.6). */
static bool sends_name(Comparer *comparer, const Parameter *parameter) {
    if (parameter->in == IN_QUERYSTRING)
        return false;
    if (parameter->in == IN_PATH && (parameter->content || parameter->style != STYLE_MATRIX))
        return false;
    bool apart = !parameter->content && parameter->explode &&
                 (parameter->style == STYLE_MATRIX || parameter->style == STYLE_FORM ||
                  parameter->style == STYLE_COOKIE);
    Meet *meet = canonicals_meet(comparer->canonicals, parameter->type);
    return !apart || meet_canonical(meet)->kinds != KIND_OBJECT;
}

static Text position_key(Arena *arena, size_t position) {
    return text_format(arena, "{%zu}", position);
}

static Text name_key(Arena *arena, ParameterIn in, Text name) {
    Text called = in == IN_HEADER ? text_lower(arena, name) : name;
    if (in == IN_QUERYSTRING) /* there is one at most (3.2.0 section 4.12.1) */
        called = (Text){0};
    return text_format(arena, "%s %.*s", place_words[in], TEXT_ARG(called));
}

static Listed list_parameters(Arena *arena, const Operation *operation) {
    Listed listed = {.operation = operation};
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const Parameter *parameter = &operation->parameters.items[i];
        size_t position = position_of(operation, parameter);
        Named named = {name_key(arena, parameter->in, parameter->name), i};
        array_push(arena, &listed.keys, named);
        if (position == SIZE_MAX)
            continue;
        named.name = position_key(arena, position);
        array_push(arena, &listed.keys, named);
    }
    by_name_sort(&listed.keys);
    return listed;
}

static const Parameter *find_listed(const Listed *listed, Text key) {
    size_t index = by_name_find(&listed->keys, key);
    return index == SIZE_MAX ? NULL : &listed->operation->parameters.items[index];
}

static const Parameter *partner_by_key(Arena *arena, const Listed *own, const Parameter *parameter,
                                       const Listed *other) {
    size_t position = position_of(own->operation, parameter);
    return find_listed(other, position != SIZE_MAX
                                  ? position_key(arena, position)
                                  : name_key(arena, parameter->in, parameter->name));
}

/* The only parameter of a side whose name is not sent and not known to the other side; NULL: there
 * are none, or several. */
static const Parameter *only_unnamed(Comparer *comparer, const Listed *own, const Listed *other,
                                     ParameterIn in) {
    const Parameter *only = NULL;
    for (size_t i = 0; i < own->operation->parameters.count; i++) {
        const Parameter *parameter = &own->operation->parameters.items[i];
        if (parameter->in != in || sends_name(comparer, parameter) ||
            partner_by_key(comparer->arena, own, parameter, other))
            continue;
        if (only)
            return NULL;
        only = parameter;
    }
    return only;
}

/* The same parameter on the other side: by position in the path, else by place and name, else as
 * the one whose name is not sent. */
static const Parameter *partner_of(Comparer *comparer, const Listed *own,
                                   const Parameter *parameter, const Listed *other) {
    const Parameter *partner = partner_by_key(comparer->arena, own, parameter, other);
    ParameterIn in = parameter->in;
    if (partner || in == IN_PATH || sends_name(comparer, parameter))
        return partner;
    return only_unnamed(comparer, own, other, in) == parameter
               ? only_unnamed(comparer, other, own, in)
               : NULL;
}

/* A parameter of the same name in another place, which has no partner of its own. */
static const Parameter *moved_to(Comparer *comparer, const Listed *own, const Parameter *parameter,
                                 const Listed *other) {
    const Parameter *first = NULL;
    for (size_t in = 0; in < sizeof place_words / sizeof *place_words; in++) {
        const Parameter *candidate =
            find_listed(other, name_key(comparer->arena, (ParameterIn)in, parameter->name));
        if (candidate && candidate->in != parameter->in && (!first || candidate < first) &&
            text_equal(candidate->name, parameter->name) &&
            !partner_of(comparer, other, candidate, own))
            first = candidate;
    }
    return first;
}

/* Parameters and headers have the same fields; their changes are of different kinds. */
typedef struct FieldKinds {
    ChangeKind required, optional, deprecated, reactivated, serialised;
    bool says_place;
} FieldKinds;

static const FieldKinds parameter_kinds = {
    CHANGE_PARAMETER_REQUIRED,    CHANGE_PARAMETER_OPTIONAL,   CHANGE_PARAMETER_DEPRECATED,
    CHANGE_PARAMETER_REACTIVATED, CHANGE_PARAMETER_SERIALISED, true,
};
static const FieldKinds header_kinds = {
    CHANGE_HEADER_REQUIRED,    CHANGE_HEADER_OPTIONAL,   CHANGE_HEADER_DEPRECATED,
    CHANGE_HEADER_REACTIVATED, CHANGE_HEADER_SERIALISED, false,
};

typedef struct Fields {
    Comparison *at;
    const Parameter *base, *revision;
    const FieldKinds *kinds;
} Fields;

static Change *note_field(Comparer *comparer, const Fields *fields, ChangeKind kind,
                          Effect effect) {
    Change *change =
        note(comparer, fields->at, kind, effect, fields->base->origin, fields->revision->origin);
    with(comparer, change, ATTRIBUTE_NAME, fields->revision->name);
    if (fields->kinds->says_place)
        with(comparer, change, ATTRIBUTE_IN, place_word(fields->revision->in));
    return change;
}

static void note_serialisation(Comparer *comparer, const Fields *fields, const char *keyword,
                               Text from, Text to) {
    Change *change = note_field(comparer, fields, fields->kinds->serialised, EFFECT_NONE);
    with(comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with(comparer, change, ATTRIBUTE_FROM, from);
    with(comparer, change, ATTRIBUTE_TO, to);
}

const Type *field_type(const Parameter *parameter) {
    return parameter->content ? parameter->content->type : parameter->type;
}

/* `explode` and `style` tell how arrays and objects are written; a scalar looks the same in all. */
static bool is_composite(Comparer *comparer, const Parameter *parameter) {
    Meet *meet = canonicals_meet(comparer->canonicals, field_type(parameter));
    return meet_canonical(meet)->kinds & (KIND_ARRAY | KIND_OBJECT);
}

static bool style_shows_on_scalars(ParameterStyle style) {
    return style == STYLE_LABEL || style == STYLE_MATRIX;
}

/* What `explode` alters: of `simple` an object alone, since an array has its commas either way; of
 * `deepObject` nothing (3.1.1 section 4.8.12.6). */
static bool explode_shows(Comparer *comparer, const Parameter *parameter) {
    Meet *meet = canonicals_meet(comparer->canonicals, field_type(parameter));
    KindSet kinds = meet_canonical(meet)->kinds;
    switch (parameter->style) {
    case STYLE_SIMPLE:
        return kinds & KIND_OBJECT;
    case STYLE_DEEP_OBJECT:
        return false;
    default:
        return kinds & (KIND_ARRAY | KIND_OBJECT);
    }
}

/* `allowReserved` is a matter of what is percent-encoded: of a query, and from 3.2 on wherever a
 * style does that (3.1.1 section 4.8.12.2.2). */
static bool allows_reserved(const Parameter *parameter, const Api *api) {
    bool newer = api->dialect >= DIALECT_3_2 && parameter->style != STYLE_COOKIE &&
                 (parameter->in == IN_PATH || parameter->in == IN_COOKIE);
    return parameter->allow_reserved && (parameter->in == IN_QUERY || newer);
}

/* No whole number and no truth value holds a reserved character. */
static bool reserved_shows(Comparer *comparer, const Parameter *parameter) {
    Meet *meet = canonicals_meet(comparer->canonicals, field_type(parameter));
    KindSet plain = KIND_INTEGER | KIND_BOOLEAN | KIND_NULL;
    return meet_canonical(meet)->kinds & ~plain;
}

/* Of a query alone, and not in a style that can't write nothing (section 4.8.12.6). */
static bool allows_empty(const Parameter *parameter) {
    return parameter->allow_empty_value && parameter->in == IN_QUERY &&
           parameter->style == STYLE_FORM;
}

static Text content_name(const Parameter *parameter) {
    return parameter->content ? parameter->content->name : TEXT("schema");
}

static void note_flags(Comparer *comparer, const Fields *fields, const char *keyword, bool from,
                       bool to) {
    if (from != to)
        note_serialisation(comparer, fields, keyword, text_of_truth(from), text_of_truth(to));
}

static void compare_styles(Comparer *comparer, const Fields *fields) {
    const Parameter *base = fields->base, *revision = fields->revision;
    bool composite = is_composite(comparer, base) && is_composite(comparer, revision);
    bool shows =
        composite || style_shows_on_scalars(base->style) || style_shows_on_scalars(revision->style);
    if (base->style != revision->style && shows)
        note_serialisation(comparer, fields, "style", text_from(style_word(base->style)),
                           text_from(style_word(revision->style)));
    else if (composite && explode_shows(comparer, base) && explode_shows(comparer, revision))
        note_flags(comparer, fields, "explode", base->explode, revision->explode);
    if (reserved_shows(comparer, base) && reserved_shows(comparer, revision))
        note_flags(comparer, fields, "allowReserved", allows_reserved(base, comparer->base),
                   allows_reserved(revision, comparer->revision));
}

/* What has no effect where it stands is as if it were not written; of `content` styles say nothing
 * (section 4.8.12.2.3). */
static void compare_serialisation(Comparer *comparer, const Fields *fields) {
    const Parameter *base = fields->base, *revision = fields->revision;
    if (!text_equal_ignoring_case(content_name(base), content_name(revision))) {
        note_serialisation(comparer, fields, "content", content_name(base), content_name(revision));
        return;
    }
    if (!base->content)
        compare_styles(comparer, fields);
    note_flags(comparer, fields, "allowEmptyValue", allows_empty(base), allows_empty(revision));
}

static const Node *default_of(const Parameter *parameter) {
    return field_annotations(parameter).default_value;
}

static void compare_field(Comparer *comparer, const Fields *fields) {
    const Parameter *base = fields->base, *revision = fields->revision;
    if (base->required != revision->required) {
        Change *change =
            note_field(comparer, fields,
                       revision->required ? fields->kinds->required : fields->kinds->optional,
                       revision->required ? EFFECT_NARROWED : EFFECT_WIDENED);
        if (revision->required && fields->kinds->says_place)
            with_truth(comparer, change, ATTRIBUTE_HAS_DEFAULT, default_of(revision) != NULL);
        if (!revision->required)
            with_lifetime(comparer, change, field_lifetime(base));
    }
    Lifetime before = field_lifetime(base), now = field_lifetime(revision);
    compare_sunsets(comparer, fields->at, before, now, revision->name);
    if (before.deprecated != now.deprecated) {
        Change *change = note_field(
            comparer, fields,
            now.deprecated ? fields->kinds->deprecated : fields->kinds->reactivated, EFFECT_NONE);
        if (now.deprecated)
            with(comparer, change, ATTRIBUTE_SUNSET, now.sunset);
    }
    compare_serialisation(comparer, fields);
    compare_documentation(comparer, fields->at, base->origin, revision->origin);
    compare_defaults(comparer, fields->at, default_of(base), default_of(revision), base->origin,
                     revision->origin);
}

static Text step_name(Arena *arena, const Parameter *parameter) {
    return text_format(arena, "%s.%.*s", place_words[parameter->in], TEXT_ARG(parameter->name));
}

/* Two nodes below the same step: the field itself, and its type. */
static void compare_partners(Comparer *comparer, Comparison *at, Direction direction, StepKind step,
                             Text name, const Fields *partners) {
    Comparison *own = comparison_new(comparer, direction);
    Fields fields = {own, partners->base, partners->revision, partners->kinds};
    compare_field(comparer, &fields);
    add_edge(comparer, at, step, name, own);
    WrittenPair below = {canonicals_meet(comparer->canonicals, field_type(fields.base)),
                         canonicals_meet(comparer->canonicals, field_type(fields.revision))};
    if (!fields.base->content && !fields.revision->content) {
        WrittenType base = {below.base, fields.base->explode, NULL};
        WrittenType revision = {below.revision, fields.revision->explode, NULL};
        WrittenPair rest = {NULL, NULL};
        if (compare_written_types(comparer, own, &base, &revision, &rest))
            below = rest;
    }
    if (below.base)
        add_edge(comparer, at, step, name,
                 pair_of(comparer, below.base, below.revision, direction));
}

static void parameter_gone(Comparer *comparer, Comparison *at, Direction direction,
                           const Parameter *base, const Operation *revision) {
    Comparison *own = comparison_new(comparer, direction);
    add_edge(comparer, at, STEP_PARAMETER, step_name(comparer->arena, base), own);
    Change *change =
        note(comparer, own, CHANGE_PARAMETER_REMOVED, EFFECT_NONE, base->origin, revision->origin);
    change->revision_absent = true;
    with_type(change, canonicals_meet(comparer->canonicals, field_type(base)));
    with(comparer, change, ATTRIBUTE_NAME, base->name);
    with(comparer, change, ATTRIBUTE_IN, place_word(base->in));
    with_truth(comparer, change, ATTRIBUTE_REQUIRED, base->required);
    with_lifetime(comparer, change, field_lifetime(base));
}

static void parameter_new(Comparer *comparer, Comparison *at, Direction direction,
                          const Parameter *revision, const Operation *base) {
    Comparison *own = comparison_new(comparer, direction);
    add_edge(comparer, at, STEP_PARAMETER, step_name(comparer->arena, revision), own);
    Change *change =
        note(comparer, own, CHANGE_PARAMETER_ADDED,
             revision->required ? EFFECT_NARROWED : EFFECT_NONE, base->origin, revision->origin);
    change->base_absent = true;
    with_type(change, canonicals_meet(comparer->canonicals, field_type(revision)));
    with(comparer, change, ATTRIBUTE_NAME, revision->name);
    with(comparer, change, ATTRIBUTE_IN, place_word(revision->in));
    with_truth(comparer, change, ATTRIBUTE_REQUIRED, revision->required);
    with_truth(comparer, change, ATTRIBUTE_HAS_DEFAULT, default_of(revision) != NULL);
}

static void parameter_renamed(Comparer *comparer, Comparison *at, Direction direction,
                              const Parameter *base, const Parameter *revision) {
    Comparison *own = comparison_new(comparer, direction);
    add_edge(comparer, at, STEP_PARAMETER, step_name(comparer->arena, base), own);
    Change *change =
        note(comparer, own, CHANGE_PARAMETER_RENAMED, EFFECT_NONE, base->origin, revision->origin);
    with(comparer, change, ATTRIBUTE_FROM, base->name);
    with(comparer, change, ATTRIBUTE_TO, revision->name);
    with(comparer, change, ATTRIBUTE_IN, place_word(base->in));
    const Parameter *asked = direction == DIRECTION_REQUEST ? revision : base;
    with_truth(comparer, change, ATTRIBUTE_REQUIRED, base->in == IN_PATH || asked->required);
    with_truth(comparer, change, ATTRIBUTE_COVERED,
               !sends_name(comparer, base) || !sends_name(comparer, revision));
    with_lifetime(comparer, change, field_lifetime(base));
}

static void parameter_moved(Comparer *comparer, Comparison *at, Direction direction,
                            const Parameter *base, const Parameter *revision) {
    Text name = step_name(comparer->arena, base);
    Comparison *own = comparison_new(comparer, direction);
    add_edge(comparer, at, STEP_PARAMETER, name, own);
    Change *change = note(comparer, own, CHANGE_PARAMETER_MOVED, EFFECT_NARROWED, base->origin,
                          revision->origin);
    with(comparer, change, ATTRIBUTE_NAME, base->name);
    with(comparer, change, ATTRIBUTE_FROM, place_word(base->in));
    with(comparer, change, ATTRIBUTE_TO, place_word(revision->in));
    with_truth(comparer, change, ATTRIBUTE_REQUIRED,
               direction == DIRECTION_REQUEST ? revision->required : base->required);
    with_lifetime(comparer, change, field_lifetime(base));
    add_edge(comparer, at, STEP_PARAMETER, name,
             pair_of(comparer, canonicals_meet(comparer->canonicals, field_type(base)),
                     canonicals_meet(comparer->canonicals, field_type(revision)), direction));
}

void compare_parameters(Comparer *comparer, Comparison *at, const Operation *base,
                        const Operation *revision, Direction direction) {
    Arena *arena = comparer->arena;
    Listed before = list_parameters(arena, base), after = list_parameters(arena, revision);
    for (size_t i = 0; i < base->parameters.count; i++) {
        const Parameter *from = &base->parameters.items[i];
        const Parameter *to = partner_of(comparer, &before, from, &after);
        const Parameter *moved = to ? NULL : moved_to(comparer, &before, from, &after);
        if (to) {
            if (from->in != IN_HEADER && !text_equal(from->name, to->name))
                parameter_renamed(comparer, at, direction, from, to);
            Fields fields = {NULL, from, to, &parameter_kinds};
            compare_partners(comparer, at, direction, STEP_PARAMETER,
                             step_name(comparer->arena, from), &fields);
        } else if (moved) {
            parameter_moved(comparer, at, direction, from, moved);
        } else if (!comes_with_path(base, from, revision->path)) {
            parameter_gone(comparer, at, direction, from, revision);
        }
    }
    for (size_t i = 0; i < revision->parameters.count; i++) {
        const Parameter *to = &revision->parameters.items[i];
        if (!partner_of(comparer, &after, to, &before) &&
            !moved_to(comparer, &after, to, &before) && !comes_with_path(revision, to, base->path))
            parameter_new(comparer, at, direction, to, base);
    }
}

/* ---- headers of a response ------------------------------------------------------------------- */

static ByName headers_by_name(Arena *arena, const Response *response) {
    ByName headers = {0};
    for (size_t i = 0; i < response->headers.count; i++)
        by_name_add(arena, &headers, text_lower(arena, response->headers.items[i].name));
    by_name_sort(&headers);
    return headers;
}

void compare_headers(Comparer *comparer, Comparison *at, const Response *base,
                     const Response *revision) {
    Arena *arena = comparer->arena;
    ByName before = headers_by_name(arena, base), after = headers_by_name(arena, revision);
    for (size_t i = 0; i < base->headers.count; i++) {
        const Parameter *from = &base->headers.items[i];
        size_t partner = by_name_find(&after, text_lower(arena, from->name));
        if (partner != SIZE_MAX) {
            Fields fields = {NULL, from, &revision->headers.items[partner], &header_kinds};
            compare_partners(comparer, at, at->direction, STEP_HEADER, from->name, &fields);
            continue;
        }
        Comparison *own = comparison_new(comparer, at->direction);
        add_edge(comparer, at, STEP_HEADER, from->name, own);
        Change *change = note(comparer, own, CHANGE_HEADER_REMOVED, EFFECT_WIDENED, from->origin,
                              revision->origin);
        change->revision_absent = true;
        with_type(change, canonicals_meet(comparer->canonicals, field_type(from)));
        with(comparer, change, ATTRIBUTE_NAME, from->name);
        with_truth(comparer, change, ATTRIBUTE_REQUIRED, from->required);
        with_lifetime(comparer, change, field_lifetime(from));
    }
    for (size_t i = 0; i < revision->headers.count; i++) {
        const Parameter *to = &revision->headers.items[i];
        if (by_name_find(&before, text_lower(arena, to->name)) != SIZE_MAX)
            continue;
        Comparison *own = comparison_new(comparer, at->direction);
        add_edge(comparer, at, STEP_HEADER, to->name, own);
        Change *change =
            note(comparer, own, CHANGE_HEADER_ADDED, EFFECT_NONE, base->origin, to->origin);
        change->base_absent = true;
        with_type(change, canonicals_meet(comparer->canonicals, field_type(to)));
        with(comparer, change, ATTRIBUTE_NAME, to->name);
        with_truth(comparer, change, ATTRIBUTE_REQUIRED, to->required);
    }
}
