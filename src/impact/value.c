#include "impact/value.h"

static const Node *scalar(Arena *arena, NodeKind kind, Text text) {
    Node *node = arena_new_object(arena, Node);
    node->kind = kind;
    if (kind == NODE_BOOLEAN)
        node->boolean = text_is(text, "true");
    else if (kind != NODE_NULL)
        node->text = text;
    return node;
}

static size_t digits(Text text, size_t at) {
    size_t end = at;
    while (end < text.size && text.data[end] >= '0' && text.data[end] <= '9')
        end++;
    return end;
}

/* RFC 8259 section 6. */
static bool is_number(Text text) {
    size_t at = text.size && text.data[0] == '-', end = digits(text, at);
    if (end == at || (text.data[at] == '0' && end > at + 1))
        return false;
    at = end;
    if (at < text.size && text.data[at] == '.') {
        end = digits(text, at + 1);
        if (end == at + 1)
            return false;
        at = end;
    }
    if (at < text.size && (text.data[at] == 'e' || text.data[at] == 'E')) {
        at++;
        at += at < text.size && (text.data[at] == '+' || text.data[at] == '-');
        end = digits(text, at);
        if (end == at)
            return false;
        at = end;
    }
    return at == text.size;
}

/* The acceptance that is better of two candidates: a later one wins only by being better. */
static bool better(Acceptance a, Acceptance than) {
    static const int rank[] = {[ACCEPTED] = 2, [ACCEPTANCE_UNPROVEN] = 1, [REFUSED] = 0};
    return rank[a] > rank[than];
}

const Node *value_of_text(Arena *arena, Text text, Meet *meet) {
    KindSet kinds = meet_canonical(meet)->kinds;
    const Node *best = NULL;
    Acceptance acceptance = REFUSED;
    bool boolean = text_is(text, "true") || text_is(text, "false");
    const struct {
        bool possible;
        NodeKind kind;
    } candidates[] = {
        {(kinds & KIND_STRING) != 0, NODE_STRING},
        {(kinds & KIND_NUMBER) && is_number(text), NODE_NUMBER},
        {(kinds & KIND_BOOLEAN) && boolean, NODE_BOOLEAN},
        {(kinds & KIND_NULL) && (!text.size || text_is(text, "null")), NODE_NULL},
    };
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        if (!candidates[i].possible)
            continue;
        const Node *node = scalar(arena, candidates[i].kind, text);
        Acceptance found = meet_accepts_strictly(meet, node, DIRECTION_REQUEST);
        if (!best || better(found, acceptance)) {
            best = node;
            acceptance = found;
        }
    }
    return best ? best : scalar(arena, NODE_STRING, text);
}

/* ---- Fields ---------------------------------------------------------------------------------- */

Field *fields_find(const Fields *fields, Text name, bool ignoring_case) {
    for (size_t i = 0; i < fields->count; i++) {
        Field *field = &fields->items[i];
        if (ignoring_case ? text_equal_ignoring_case(field->name, name)
                          : text_equal(field->name, name))
            return field;
    }
    return NULL;
}

void fields_add(Arena *arena, Fields *fields, Text name, Text value, const Node *origin) {
    Field *field = fields_find(fields, name, false);
    if (!field) {
        Field added = {.name = name, .origin = origin};
        array_push(arena, fields, added);
        field = &fields->items[fields->count - 1];
    }
    array_push(arena, &field->values, value);
}

/* ---- Arrays and objects ---------------------------------------------------------------------- */

static const Alternative *alternative_of(Meet *meet, AlternativeKind kind) {
    const Canonical *canonical = meet_canonical(meet);
    for (size_t i = 0; i < canonical->alternatives.count; i++)
        if (canonical->alternatives.items[i]->kind == kind)
            return canonical->alternatives.items[i];
    return NULL;
}

const CanonicalProperty *find_property(const Alternative *object, Text name) {
    if (!object)
        return NULL;
    for (size_t i = 0; i < object->object.properties.count; i++)
        if (text_equal(object->object.properties.items[i].name, name))
            return &object->object.properties.items[i];
    return NULL;
}

static const Node *array_node(Arena *arena, const Texts *texts, Meet *meet) {
    const Alternative *array = alternative_of(meet, ALTERNATIVE_ARRAY);
    Node *node = arena_new_object(arena, Node);
    node->kind = NODE_SEQUENCE;
    node->count = (uint32_t)texts->count;
    node->items = arena_new_array(arena, texts->count, Node *);
    for (size_t i = 0; i < texts->count; i++) {
        Meet *item = !array                                ? NULL
                     : i < array->array.prefix_items.count ? array->array.prefix_items.items[i]
                                                           : array->array.items;
        const Node *value = item ? value_of_text(arena, texts->items[i], item)
                                 : scalar(arena, NODE_STRING, texts->items[i]);
        node->items[i] = (Node *)value;
    }
    return node;
}

typedef ARRAY(Member) Members;

static const Node *object_node(Arena *arena, const Members *members) {
    Node *node = arena_new_object(arena, Node);
    node->kind = NODE_MAPPING;
    node->count = (uint32_t)members->count;
    node->members = members->items;
    return node;
}

static void add_member(Arena *arena, Members *members, Text name, const Node *value) {
    Member member = {.key = name, .value = (Node *)value};
    array_push(arena, members, member);
}

static const Node *text_value(Arena *arena, Text text, Meet *meet) {
    return meet ? value_of_text(arena, text, meet) : scalar(arena, NODE_STRING, text);
}

const Node *value_of_field(Arena *arena, const Field *field, Meet *meet) {
    bool several = field->values.count != 1;
    bool only_array = meet && !(meet_canonical(meet)->kinds & ~(KindSet)(KIND_ARRAY | KIND_NULL));
    if (several || only_array)
        return meet ? array_node(arena, &field->values, meet)
                    : text_value(arena, field->values.count ? field->values.items[0] : TEXT(""),
                                 NULL);
    return text_value(arena, field->values.items[0], meet);
}

/* ---- Styles ---------------------------------------------------------------------------------- */

static char item_separator(ParameterStyle style, bool explode) {
    switch (style) {
    case STYLE_SPACE_DELIMITED:
        return ' ';
    case STYLE_PIPE_DELIMITED:
        return '|';
    case STYLE_TAB_DELIMITED:
        return '\t';
    case STYLE_LABEL:
        return explode ? '.' : ',';
    case STYLE_MATRIX:
        return explode ? ';' : ',';
    default:
        return ',';
    }
}

/* A text without what label (`.a`) and matrix (`;name=a`) put before it. */
static Text without_prefix(const Parameter *parameter, Text text) {
    if (parameter->style == STYLE_LABEL && text_starts_with(text, TEXT(".")))
        return text_slice(text, 1, text.size);
    if (parameter->style != STYLE_MATRIX || !text_starts_with(text, TEXT(";")))
        return text;
    text = text_slice(text, 1, text.size);
    size_t name = parameter->name.size;
    bool named =
        text_starts_with(text, parameter->name) && text.size > name && text.data[name] == '=';
    return named ? text_slice(text, name + 1, text.size) : text;
}

/* Strings of an array: a field that is given several times has one each, else the style splits. */
static void array_texts(Arena *arena, const Parameter *parameter, const Field *field,
                        Texts *texts) {
    bool whole = parameter->style == STYLE_FORM || parameter->style == STYLE_COOKIE ||
                 parameter->style == STYLE_DEEP_OBJECT ||
                 parameter->style == STYLE_SPACE_DELIMITED ||
                 parameter->style == STYLE_PIPE_DELIMITED;
    for (size_t i = 0; i < field->values.count; i++) {
        Text value = without_prefix(parameter, field->values.items[i]);
        if (whole && (parameter->explode || field->values.count > 1)) {
            array_push(arena, texts, value);
            continue;
        }
        Texts parts = {0};
        text_split(arena, value, item_separator(parameter->style, parameter->explode), &parts);
        for (array_each(Text, part, &parts)) {
            Text item = parameter->in == IN_HEADER ? text_trim(*part) : *part;
            if (parameter->style == STYLE_MATRIX)
                item = without_prefix(parameter, text_format(arena, ";%.*s", TEXT_ARG(item)));
            array_push(arena, texts, item);
        }
    }
}

/* "a,1,b,2", or "a=1,b=2" where it is exploded. */
static const Node *object_of_text(Arena *arena, const Parameter *parameter, Text text, Meet *meet) {
    const Alternative *object = alternative_of(meet, ALTERNATIVE_OBJECT);
    Texts parts = {0};
    Members members = {0};
    text = without_prefix(parameter, text);
    text_split(arena, text, item_separator(parameter->style, parameter->explode), &parts);
    for (size_t i = 0; i < parts.count; i += parameter->explode ? 1 : 2) {
        Text name = text_trim(parts.items[i]), value = {0};
        if (parameter->explode) {
            size_t equals = text_find_byte(name, '=', 0);
            value = equals == SIZE_MAX ? value : text_slice(name, equals + 1, name.size);
            name = text_slice(name, 0, equals);
        } else if (i + 1 < parts.count) {
            value = parts.items[i + 1];
        }
        const CanonicalProperty *property = find_property(object, name);
        add_member(arena, &members, name,
                   text_value(arena, value, property ? property->type : NULL));
    }
    return object_node(arena, &members);
}

/* `name[a][]=1&name[a][]=2`, or with an index: the items of a list, of which OpenAPI says nothing.
 */
static const Node *deep_array(Arena *arena, Text prefix, Meet *meet, Fields *fields) {
    Texts texts = {0};
    for (size_t i = 0; i < fields->count; i++) {
        Field *field = &fields->items[i];
        size_t open = prefix.size;
        if (field->used || !text_starts_with(field->name, prefix) || field->name.size < open + 2 ||
            field->name.data[open] != '[' ||
            text_find_byte(field->name, ']', open) + 1 != field->name.size)
            continue;
        field->used = true;
        for (size_t j = 0; j < field->values.count; j++)
            array_push(arena, &texts, field->values.items[j]);
    }
    return texts.count ? array_node(arena, &texts, meet) : NULL;
}

static bool is_list(Meet *meet) {
    return meet && (meet_canonical(meet)->kinds & (KIND_ARRAY | KIND_OBJECT)) == KIND_ARRAY;
}

/* `name[a][b]=1`, one level a call: `prefix` is what stands before the first bracket here. */
static const Node *deep_object(Arena *arena, Text prefix, Meet *meet, Fields *fields,
                               const Node **origin, size_t depth) {
    enum { DEPTH_LIMIT = 32 };
    const Alternative *object = meet ? alternative_of(meet, ALTERNATIVE_OBJECT) : NULL;
    Members members = {0};
    for (size_t i = 0; i < fields->count; i++) {
        Field *field = &fields->items[i];
        if (field->used || !text_starts_with(field->name, prefix) ||
            field->name.size < prefix.size + 2 || field->name.data[prefix.size] != '[')
            continue;
        size_t close = text_find_byte(field->name, ']', prefix.size);
        if (close == SIZE_MAX)
            continue;
        Text key = text_slice(field->name, prefix.size + 1, close);
        const CanonicalProperty *property = find_property(object, key);
        Meet *type = property ? property->type : NULL;
        if (!*origin)
            *origin = field->origin;
        if (close + 1 == field->name.size || depth == DEPTH_LIMIT) {
            field->used = true;
            add_member(arena, &members, key, value_of_field(arena, field, type));
        } else {
            Text inner = text_slice(field->name, 0, close + 1);
            const Node *value = is_list(type)
                                    ? deep_array(arena, inner, type, fields)
                                    : deep_object(arena, inner, type, fields, origin, depth + 1);
            if (value)
                add_member(arena, &members, key, value);
            field->used = true;
        }
    }
    return members.count ? object_node(arena, &members) : NULL;
}

/* What an object says of a property by its name; `taken` false: it does not know it. */
static Meet *type_of_name(const Alternative *object, Text name, bool *taken) {
    const ObjectFacets *facets = &object->object;
    const CanonicalProperty *property = find_property(object, name);
    *taken = true;
    if (property)
        return property->type;
    for (size_t i = 0; i < facets->pattern_properties.count; i++)
        if (pattern_accepts(facets->pattern_properties.items[i].pattern, name) == ACCEPTED)
            return facets->pattern_properties.items[i].type;
    *taken = facets->additional == ADDITIONAL_ALLOWED ||
             facets->additional == ADDITIONAL_DESCRIBED ||
             (facets->additional == ADDITIONAL_UNSAID && !facets->properties.count &&
              !facets->pattern_properties.count);
    return facets->additional == ADDITIONAL_DESCRIBED ? facets->additional_type : NULL;
}

/* `a=1&b=2`: each property is a field of its own, unless another parameter has that name. */
static const Node *exploded_object(Arena *arena, Meet *meet, Fields *fields, const Node **origin) {
    const Alternative *object = alternative_of(meet, ALTERNATIVE_OBJECT);
    Members members = {0};
    for (size_t i = 0; object && i < fields->count; i++) {
        Field *field = &fields->items[i];
        bool taken;
        Meet *type = type_of_name(object, field->name, &taken);
        bool declared = find_property(object, field->name) != NULL;
        if (!taken || (!declared && (field->used || field->reserved)))
            continue;
        field->used = true;
        if (!*origin)
            *origin = field->origin;
        add_member(arena, &members, field->name, value_of_field(arena, field, type));
    }
    return members.count ? object_node(arena, &members) : NULL;
}

/* ---- Parameters ------------------------------------------------------------------------------ */

/* The value of a field as the kinds of its Type allow: the first reading that is accepted. */
static const Node *read_field(Arena *arena, const Parameter *parameter, Meet *meet,
                              const Field *field) {
    enum { SCALARS = KIND_STRING | KIND_NUMBER | KIND_BOOLEAN | KIND_NULL };
    KindSet kinds = meet_canonical(meet)->kinds;
    const Node *readings[3];
    size_t count = 0;
    if (field->values.count == 1 && (kinds & SCALARS))
        readings[count++] =
            value_of_text(arena, without_prefix(parameter, field->values.items[0]), meet);
    if ((kinds & KIND_ARRAY) || field->values.count > 1) {
        Texts texts = {0};
        array_texts(arena, parameter, field, &texts);
        readings[count++] = array_node(arena, &texts, meet);
    }
    if ((kinds & KIND_OBJECT) && field->values.count == 1)
        readings[count++] = object_of_text(arena, parameter, field->values.items[0], meet);
    if (!count)
        return scalar(arena, NODE_STRING, field->values.count ? field->values.items[0] : TEXT(""));
    const Node *best = readings[0];
    Acceptance acceptance = meet_accepts_strictly(meet, best, DIRECTION_REQUEST);
    for (size_t i = 1; i < count && acceptance != ACCEPTED; i++) {
        Acceptance found = meet_accepts_strictly(meet, readings[i], DIRECTION_REQUEST);
        if (better(found, acceptance)) {
            best = readings[i];
            acceptance = found;
        }
    }
    return best;
}

const Node *value_of_parameter(Arena *arena, const Parameter *parameter, Meet *meet, Fields *fields,
                               const Node **origin) {
    *origin = NULL;
    Field *field = fields_find(fields, parameter->name, parameter->in == IN_HEADER);
    if (field) {
        field->used = true;
        *origin = field->origin;
        return read_field(arena, parameter, meet, field);
    }
    if (!(meet_canonical(meet)->kinds & KIND_OBJECT))
        return NULL;
    if (parameter->style == STYLE_DEEP_OBJECT)
        return deep_object(arena, parameter->name, meet, fields, origin, 0);
    if (parameter->style == STYLE_FORM && parameter->explode && parameter->in == IN_QUERY)
        return exploded_object(arena, meet, fields, origin);
    return NULL;
}

const Node *value_of_form(Arena *arena, const Fields *fields, Meet *meet) {
    const Alternative *object = alternative_of(meet, ALTERNATIVE_OBJECT);
    Members members = {0};
    for (size_t i = 0; i < fields->count; i++) {
        const Field *field = &fields->items[i];
        const CanonicalProperty *property = find_property(object, field->name);
        const Node *value = value_of_field(arena, field, property ? property->type : NULL);
        add_member(arena, &members, field->name, value);
    }
    return object_node(arena, &members);
}
