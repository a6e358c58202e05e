#include "diff/compare.h"

#include "graph/formats.h"
#include "graph/pattern.h"
#include "support/decimal.h"

/* A value that shows what a change does: in a request one that the base takes and the revision does
 * not, in a response the other way round. Values are tried that lie near the difference, then one
 * made of what the taking side asks for; the first counts of which both sides say so. None is no
 * proof of anything. */

enum {
    WIDTH = 60, /* longer ones are not shown */
    SAMPLE_DEPTH = 4,
    PROPERTIES_LIMIT = 16,
    SIZE_LIMIT = 24, /* of texts, arrays and objects made up here */
    DIGITS_LIMIT = 15
};

/* The two whole types: the one that takes a witness, and the one that refuses it. */
typedef struct Ends {
    Meet *taking, *refusing;
    Direction direction;
} Ends;

static Ends ends_of(const Comparison *at) {
    bool sent = at->direction == DIRECTION_REQUEST;
    return (Ends){sent ? at->base_meet : at->revision_meet,
                  sent ? at->revision_meet : at->base_meet, at->direction};
}

static bool tells_apart(const Ends *ends, const Node *value) {
    return meet_accepts(ends->taking, value, ends->direction) == ACCEPTED &&
           meet_accepts(ends->refusing, value, ends->direction) == REFUSED;
}

bool shows_difference(const Comparison *at, const Node *value) {
    Ends ends = ends_of(at->whole ? at->whole : at);
    return ends.taking && ends.refusing && tells_apart(&ends, value);
}

typedef struct Trial {
    Comparer *comparer;
    Ends ends;
    Text found; /* empty: none yet */
} Trial;

static Node *new_node(Trial *trial, NodeKind kind) {
    Node *node = arena_new_object(trial->comparer->arena, Node);
    node->kind = kind;
    return node;
}

static Node *scalar(Trial *trial, NodeKind kind, Text text) {
    Node *node = new_node(trial, kind);
    if (kind == NODE_BOOLEAN)
        node->boolean = text_is(text, "true");
    node->text = text;
    return node;
}

static Node *number(Trial *trial, long long value) {
    return scalar(trial, NODE_NUMBER, text_format(trial->comparer->arena, "%lld", value));
}

static Node *letters(Trial *trial, size_t count) {
    Buffer text = {.arena = trial->comparer->arena};
    for (size_t i = 0; i < count; i++)
        buffer_add_byte(&text, 'a');
    return scalar(trial, NODE_STRING, count ? buffer_text(&text) : TEXT(""));
}

/* Whether a string of the type that is not listed has a format, which letters have not. */
static bool has_format(Meet *meet) {
    const Canonical *type = meet_canonical(meet);
    for (size_t i = 0; i < type->alternatives.count; i++) {
        const Alternative *text = type->alternatives.items[i];
        if (text->kind == ALTERNATIVE_STRING && !text->values && text->string.formats.count)
            return true;
    }
    return false;
}

static void try_value(Trial *trial, const Node *value) {
    if (trial->found.size || !value || !tells_apart(&trial->ends, value))
        return;
    Text text = node_to_json(trial->comparer->arena, value, WIDTH);
    if (!text_ends_with(text, TEXT("…")))
        trial->found = text;
}

static void try_letters(Trial *trial, size_t count) {
    if (!has_format(trial->ends.taking))
        try_value(trial, letters(trial, count));
}

/* ---- a value that a type takes ----------------------------------------------------------------
 */

static Node *sample(Trial *trial, Meet *meet, int depth);

/* More than SIZE_LIMIT where it is more, or no count. */
static size_t small(Text digits) {
    size_t value = 0;
    for (size_t i = 0; i < digits.size && value <= SIZE_LIMIT; i++)
        value = digits.data[i] >= '0' && digits.data[i] <= '9'
                    ? value * 10 + (size_t)(digits.data[i] - '0')
                    : SIZE_LIMIT + 1;
    return value;
}

/* What has a format is shown by a text of it or not at all: what its pattern takes may be none. */
static Node *sample_formatted(Trial *trial, const StringFacets *facets) {
    Text text = facets->formats.count == 1 ? format_example(facets->formats.items[0]) : (Text){0};
    return text.size ? scalar(trial, NODE_STRING, text) : NULL;
}

static Node *sample_text(Trial *trial, const StringFacets *facets) {
    if (facets->formats.count)
        return sample_formatted(trial, facets);
    Patterns *patterns = canonicals_patterns(trial->comparer->canonicals);
    Values none = {0};
    Text text = {0};
    if (facets->patterns.count && texts_among(patterns, facets, &none, &text) == NOT_INCLUDED)
        return scalar(trial, NODE_STRING, text);
    size_t least = small(facets->min_length.digits);
    return least <= SIZE_LIMIT ? letters(trial, least) : NULL;
}

static Node *sample_number(Trial *trial, const NumberFacets *facets) {
    if (facets->minimum.digits.size && !facets->exclusive_minimum)
        return scalar(trial, NODE_NUMBER, facets->minimum.digits);
    if (facets->maximum.digits.size && !facets->exclusive_maximum)
        return scalar(trial, NODE_NUMBER, facets->maximum.digits);
    return number(trial, 0);
}

static Node *array_of(Trial *trial, Node *item, size_t count) {
    Node *array = new_node(trial, NODE_SEQUENCE);
    array->items = arena_new_array(trial->comparer->arena, count, Node *);
    array->count = (uint32_t)count;
    for (size_t i = 0; i < count; i++)
        array->items[i] = item;
    return array;
}

static Node *sample_array(Trial *trial, const ArrayFacets *facets, int depth) {
    size_t count = small(facets->min_items.digits);
    Node *item = count && count <= SIZE_LIMIT ? sample(trial, facets->items, depth + 1) : NULL;
    return !count || item ? array_of(trial, item, count) : NULL;
}

static void add_member(Trial *trial, Node *object, Text key, Node *value) {
    Member *members = arena_new_array(trial->comparer->arena, object->count + 1, Member);
    if (object->count)
        memcpy(members, object->members, object->count * sizeof *members);
    members[object->count] = (Member){.key = key, .value = value};
    object->members = members;
    object->count++;
}

static Node *sample_object(Trial *trial, const ObjectFacets *facets, int depth) {
    Node *object = new_node(trial, NODE_MAPPING);
    for (size_t i = 0; i < facets->properties.count; i++) {
        const CanonicalProperty *property = &facets->properties.items[i];
        bool left_out =
            trial->ends.direction == DIRECTION_REQUEST ? property->read_only : property->write_only;
        if (!property->required || left_out)
            continue;
        Node *value =
            object->count < PROPERTIES_LIMIT ? sample(trial, property->type, depth + 1) : NULL;
        if (!value)
            return NULL;
        add_member(trial, object, property->name, value);
    }
    return object;
}

static Node *sample_alternative(Trial *trial, const Alternative *alternative, int depth) {
    if (alternative->values && alternative->values->count)
        return (Node *)alternative->values->items[0];
    switch (alternative->kind) {
    case ALTERNATIVE_NULL:
        return scalar(trial, NODE_NULL, TEXT("null"));
    case ALTERNATIVE_BOOLEAN:
        return scalar(trial, NODE_BOOLEAN, TEXT("true"));
    case ALTERNATIVE_NUMBER:
        return sample_number(trial, &alternative->number);
    case ALTERNATIVE_STRING:
        return sample_text(trial, &alternative->string);
    case ALTERNATIVE_ARRAY:
        return sample_array(trial, &alternative->array, depth);
    case ALTERNATIVE_OBJECT:
        return sample_object(trial, &alternative->object, depth);
    }
    return NULL;
}

/* Of several alternatives null is the last choice. */
static Node *sample(Trial *trial, Meet *meet, int depth) {
    const Canonical *type = meet_canonical(meet);
    if (depth > SAMPLE_DEPTH || !type->alternatives.count)
        return NULL;
    bool skips = type->alternatives.items[0]->kind == ALTERNATIVE_NULL;
    return sample_alternative(
        trial, type->alternatives.items[skips && type->alternatives.count > 1], depth);
}

/* ---- values near the difference ----------------------------------------------------------------
 */

static void try_half(Trial *trial, long long value) {
    try_value(trial, scalar(trial, NODE_NUMBER,
                            text_format(trial->comparer->arena, "%.1f", (double)value - 0.5)));
}

/* Of "2.5 excluded" the number. */
static Text bound_digits(Text bound) {
    const char *space = bound.size ? memchr(bound.data, ' ', bound.size) : NULL;
    return space ? (Text){bound.data, (size_t)(space - bound.data)} : bound;
}

static void try_near(Trial *trial, Text bound) {
    Text digits = bound_digits(bound);
    if (!digits.size || digits.size > DIGITS_LIMIT)
        return;
    try_value(trial, scalar(trial, NODE_NUMBER, digits));
    bool negative = digits.data[0] == '-';
    long long value = 0;
    for (size_t i = negative; i < digits.size; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return;
        value = value * 10 + (digits.data[i] - '0');
    }
    value = negative ? -value : value;
    try_value(trial, number(trial, value - 1));
    try_value(trial, number(trial, value + 1));
    try_half(trial, value);
    try_half(trial, value + 1);
}

static void try_items(Trial *trial, size_t count) {
    const Canonical *type = meet_canonical(trial->ends.taking);
    for (size_t i = 0; i < type->alternatives.count; i++) {
        const Alternative *array = type->alternatives.items[i];
        Node *item = array->kind == ALTERNATIVE_ARRAY && !array->values
                         ? sample(trial, array->array.items, 1)
                         : NULL;
        if (item)
            try_value(trial, array_of(trial, item, count));
    }
}

static void try_count(Trial *trial, Text digits, Text keyword) {
    size_t count = small(digits);
    for (size_t i = count ? count - 1 : 0; digits.size && i <= count + 1 && i <= SIZE_LIMIT; i++) {
        if (text_ends_with(keyword, TEXT("Length"))) {
            try_letters(trial, i);
            continue;
        }
        if (text_ends_with(keyword, TEXT("Items"))) {
            try_items(trial, i);
            continue;
        }
        Node *object = new_node(trial, NODE_MAPPING);
        for (size_t j = 0; j < i; j++)
            add_member(trial, object, text_format(trial->comparer->arena, "%c", (char)('a' + j)),
                       number(trial, 0));
        try_value(trial, object);
    }
}

static void try_bound(Trial *trial, const Change *change) {
    static const AttributeId ends[] = {ATTRIBUTE_FROM, ATTRIBUTE_TO};
    Text keyword = change_attribute(change, ATTRIBUTE_KEYWORD);
    bool counts = text_ends_with(keyword, TEXT("Length")) ||
                  text_ends_with(keyword, TEXT("Items")) ||
                  text_ends_with(keyword, TEXT("Properties"));
    for (size_t i = 0; i < 2; i++) {
        Text digits = change_attribute(change, ends[i]);
        if (counts)
            try_count(trial, digits, keyword);
        else
            try_near(trial, digits);
    }
}

static void try_simple(Trial *trial) {
    try_letters(trial, 1);
    try_letters(trial, 0);
    for (long long i = 0; i < 4; i++)
        try_value(trial, number(trial, i));
    try_value(trial, number(trial, -1));
    try_value(trial, scalar(trial, NODE_NUMBER, TEXT("0.5")));
    try_value(trial, scalar(trial, NODE_BOOLEAN, TEXT("true")));
    try_value(trial, array_of(trial, NULL, 0));
    try_value(trial, new_node(trial, NODE_MAPPING));
    try_value(trial, scalar(trial, NODE_NULL, TEXT("null")));
}

/* What a list of the taking side has. */
static void try_listed(Trial *trial) {
    const Canonical *type = meet_canonical(trial->ends.taking);
    for (size_t i = 0; i < type->alternatives.count; i++) {
        const Values *values = type->alternatives.items[i]->values;
        for (size_t j = 0; values && j < values->count; j++)
            try_value(trial, values->items[j]);
    }
}

/* A value that it speaks of, and arrays of such: `contains` counts them. */
static void try_constraint(Trial *trial, const Constraint *constraint) {
    Node *value = constraint->type ? sample(trial, constraint->type, 0) : NULL;
    if (!value)
        return;
    try_value(trial, value);
    for (size_t count = 1; count <= 3; count++)
        try_value(trial, array_of(trial, value, count));
}

/* What a constraint of either side lists, or speaks of. */
static void try_constrained(Trial *trial) {
    Meet *const sides[] = {trial->ends.taking, trial->ends.refusing};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        const Canonical *type = meet_canonical(sides[i]);
        for (size_t j = 0; j < type->alternatives.count; j++) {
            const Alternative *alternative = type->alternatives.items[j];
            for (size_t k = 0; k < alternative->constraints.count; k++)
                try_constraint(trial, &alternative->constraints.items[k]);
        }
    }
    for (size_t count = 0; count <= 3; count++)
        try_items(trial, count);
}

/* One property more than is asked for. */
static void try_further(Trial *trial) {
    Node *object = sample(trial, trial->ends.taking, 0);
    if (!object || object->kind != NODE_MAPPING)
        return;
    Node *further[] = {number(trial, 0), letters(trial, 1),
                       scalar(trial, NODE_BOOLEAN, TEXT("true")), new_node(trial, NODE_MAPPING)};
    for (size_t i = 0; i < sizeof further / sizeof *further; i++) {
        Node *more = new_node(trial, NODE_MAPPING);
        *more = *object;
        add_member(trial, more, TEXT("further"), further[i]);
        try_value(trial, more);
    }
}

/* What is asked for, with the property that calls for others. */
static void try_calling(Trial *trial, Text name) {
    const Canonical *type = meet_canonical(trial->ends.taking);
    for (size_t i = 0; i < type->alternatives.count; i++) {
        const Alternative *alternative = type->alternatives.items[i];
        if (alternative->kind != ALTERNATIVE_OBJECT || alternative->values)
            continue;
        const CanonicalProperty *property = object_property(&alternative->object, name);
        Node *object = sample_object(trial, &alternative->object, 0);
        Node *value = property ? sample(trial, property->type, 1) : letters(trial, 1);
        if (!object || !value)
            continue;
        if (!node_member(object, name))
            add_member(trial, object, name, value);
        try_value(trial, object);
    }
}

static bool is_made_of(const Alternative *alternative, const Node *origin) {
    bool found = alternative->origin == origin;
    for (size_t i = 0; alternative->from && i < alternative->from->types.count && !found; i++)
        found = alternative->from->types.items[i]->origin == origin;
    return found;
}

/* What the alternatives that one side alone has ask for. */
static void try_variant(Trial *trial, const Node *origin) {
    const Canonical *type = meet_canonical(trial->ends.taking);
    for (size_t i = 0; i < type->alternatives.count; i++)
        if (is_made_of(type->alternatives.items[i], origin))
            try_value(trial, sample_alternative(trial, type->alternatives.items[i], 0));
}

/* The integer next to the range of a format. It is the format alone that refuses it, which is no
 * matter of what else a type says. */
static void try_beyond(Trial *trial, Text taking, Text refusing) {
    Text least, greatest;
    if (trial->found.size || !format_range(refusing, &least, &greatest))
        return;
    Text digits = decimal_next_integer(trial->comparer->arena, greatest);
    if (format_range(taking, &least, &greatest) && decimal_compare(digits, greatest) > 0)
        return;
    const Node *value = scalar(trial, NODE_NUMBER, digits);
    if (meet_accepts(trial->ends.taking, value, trial->ends.direction) == ACCEPTED)
        trial->found = digits;
}

static void try_format(Trial *trial, const Change *change) {
    bool sent = trial->ends.direction == DIRECTION_REQUEST;
    try_listed(trial);
    try_simple(trial);
    try_beyond(trial, change_attribute(change, sent ? ATTRIBUTE_FROM : ATTRIBUTE_TO),
               change_attribute(change, sent ? ATTRIBUTE_TO : ATTRIBUTE_FROM));
}

/* A property that a pattern finds, and that one that the refusing side has does not. */
static void try_found(Trial *trial, const Alternative *taking, Text pattern, Text passing) {
    Comparer *comparer = trial->comparer;
    StringFacets names = {.patterns = {&pattern, 1, 1}};
    Text name;
    if (texts_match(canonicals_patterns(comparer->canonicals), &names, passing, &name) !=
        NOT_INCLUDED)
        return;
    Node *object = sample_object(trial, &taking->object, 0);
    Node *value =
        sample(trial, undeclared_property(comparer->canonicals, &taking->object, name), 1);
    if (!object || !value || node_member(object, name))
        return;
    add_member(trial, object, name, value);
    try_value(trial, object);
}

static void try_pattern(Trial *trial, Text pattern) {
    const Canonical *taking = meet_canonical(trial->ends.taking);
    const Canonical *refusing = meet_canonical(trial->ends.refusing);
    for (size_t i = 0; i < taking->alternatives.count; i++) {
        const Alternative *object = taking->alternatives.items[i];
        if (object->kind != ALTERNATIVE_OBJECT || object->values)
            continue;
        try_found(trial, object, pattern, TEXT("[^\\s\\S]"));
        for (size_t j = 0; j < refusing->alternatives.count; j++) {
            const Alternative *other = refusing->alternatives.items[j];
            if (other->kind != ALTERNATIVE_OBJECT)
                continue;
            for (size_t k = 0; k < other->object.pattern_properties.count; k++)
                try_found(trial, object, pattern,
                          other->object.pattern_properties.items[k].pattern);
        }
    }
}

static void try_changed(Trial *trial, const Change *change) {
    switch (change->kind) {
    case CHANGE_BOUND_CHANGED:
        try_bound(trial, change);
        return;
    case CHANGE_ADDITIONAL_PROPERTIES_CHANGED:
        try_further(trial);
        return;
    case CHANGE_PATTERN_PROPERTY_ADDED:
    case CHANGE_PATTERN_PROPERTY_REMOVED:
        try_pattern(trial, change_attribute(change, ATTRIBUTE_NAME));
        return;
    case CHANGE_DEPENDENT_REQUIRED_CHANGED:
        try_calling(trial, change_attribute(change, ATTRIBUTE_NAME));
        return;
    case CHANGE_VARIANT_ADDED:
        try_variant(trial, change->revision_origin);
        return;
    case CHANGE_VARIANT_REMOVED:
        try_variant(trial, change->base_origin);
        return;
    case CHANGE_CONSTRAINT_CHANGED:
    case CHANGE_UNIQUE_ITEMS_CHANGED:
        try_listed(trial);
        try_constrained(trial);
        return;
    case CHANGE_TYPE_CHANGED:
    case CHANGE_ENUM_ADDED:
    case CHANGE_ENUM_REMOVED:
        try_listed(trial);
        try_simple(trial);
        return;
    case CHANGE_FORMAT_CHANGED:
        try_format(trial, change);
        return;
    default:
        try_listed(trial);
    }
}

Text witness_of(Comparer *comparer, const Comparison *at, const Change *change) {
    Effect harm = at->direction == DIRECTION_REQUEST ? EFFECT_NARROWED : EFFECT_WIDENED;
    bool harms = ((const Noted *)change)->effect & (harm | EFFECT_UNPROVEN);
    if (!at->base_meet || !at->revision_meet || !harms)
        return (Text){0};
    Trial trial = {.comparer = comparer, .ends = ends_of(at)};
    bool of_variant =
        change->kind == CHANGE_VARIANT_ADDED || change->kind == CHANGE_VARIANT_REMOVED;
    try_changed(&trial, change);
    if (!of_variant)
        try_value(&trial, sample(&trial, trial.ends.taking, 0));
    return trial.found;
}
