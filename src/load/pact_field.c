#include "load/pact_matching.h"
#include "load/pact_shape.h"

#include <stdio.h>

/* ---- Collecting ------------------------------------------------------------------------------ */

/* The fields of a query or of the headers, as they are gathered by name. */
typedef struct Gathering {
    PactReader *reader;
    ExpectedFields *fields;
    Map *by_name; /* name → index + 1, so that no pointer into the growing array is kept */
} Gathering;

static void gather(Gathering *gathering, Text name, Text value, const Node *value_origin,
                   const Node *origin) {
    Arena *arena = gathering->reader->arena;
    size_t *index = map_get_text(gathering->by_name, name);
    if (!index) {
        index = arena_new_object(arena, size_t);
        *index = gathering->fields->count;
        map_put_text(gathering->by_name, name, index);
        ExpectedField field = {.name = name, .origin = origin};
        array_push(arena, gathering->fields, field);
    }
    ExpectedField *field = &gathering->fields->items[*index];
    array_push(arena, &field->values, value);
    array_push(arena, &field->origins, value_origin);
}

static bool gather_value(Gathering *gathering, Text name, const Node *value, const Node *origin) {
    PactReader *reader = gathering->reader;
    if (value->kind == NODE_MAPPING || value->kind == NODE_SEQUENCE)
        return diagnose(reader->diagnostics, PACT_KIND, node_place(value),
                        "a header or query parameter", "a string or a sequence of strings",
                        node_kind_name(value->kind));
    gather(gathering, name, pact_scalar_text(reader->arena, value), value, origin);
    return true;
}

static bool gather_mapping(Gathering *gathering, const Node *mapping, const char *what) {
    if (mapping->kind != NODE_MAPPING)
        return diagnose(gathering->reader->diagnostics, PACT_KIND, node_place(mapping), what,
                        "a mapping", node_kind_name(mapping->kind));
    for (uint32_t i = 0; i < mapping->count; i++) {
        Text name = mapping->members[i].key;
        const Node *value = mapping->members[i].value;
        if (value->kind != NODE_SEQUENCE) {
            if (!gather_value(gathering, name, value, value))
                return false;
            continue;
        }
        for (uint32_t j = 0; j < value->count; j++)
            if (!gather_value(gathering, name, value->items[j], value))
                return false;
    }
    return true;
}

/* ---- Types ----------------------------------------------------------------------------------- */

/* A rule on the whole query (version 2 writes `$.query` with a regex) says nothing of one value but
 * that it is free. */
static bool is_ruled_as_whole(const Standing *standing, const MatchingSet *rules) {
    const MatchingRule *whole = rules->root.rule;
    return whole && standing->winner.rule == whole->below;
}

/* Where it says more than that, this is kept aside. */
static void keep_whole(PactReader *reader, const MatchingSet *rules) {
    const MatchingRule *whole = rules->root.rule;
    if (whole &&
        (whole->matchers.count > 1 || !text_is(matcher_word(whole->matchers.items[0]), "type")))
        pact_rule_residues(reader, whole);
}

static Type *value_type(PactReader *reader, const ExpectedField *field, size_t index,
                        const Standing *named, const MatchingSet *rules, bool *generated) {
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", index);
    const Node *origin = field->origins.items[index];
    Standing standing = standing_below(reader->arena, named, text_from(digits), true);
    if (!standing.generator)
        standing.generator = named->generator;
    if (!standing.winner.rule && named->own) /* what rules a field rules each of its values */
        standing.winner = named->winner;
    *generated |= standing.generator != NULL;
    if (is_ruled_as_whole(&standing, rules))
        return pact_type(reader, KIND_STRING, origin);
    const Node *example = pact_string_node(reader->arena, field->values.items[index], origin);
    Type *type = spot_type(reader, spot_new(reader, standing, example));
    type->origin = origin;
    return type;
}

/* ---- Texts and values ------------------------------------------------------------------------ */

typedef Type *Reread(PactReader *reader, Type *type);

/* A Type with each Type that it joins read in another way. */
static Type *reread_all(PactReader *reader, Type *type, Reread *reread) {
    const Combinators *combinators = type->combinators;
    if (!combinators)
        return reread(reader, type);
    Types types = {0};
    bool any = combinators->any_of.count > 0;
    size_t count = any ? combinators->any_of.count : combinators->all_of.count;
    for (size_t i = 0; i < count; i++) {
        Type *part = any ? combinators->any_of.items[i] : combinators->all_of.items[i];
        array_push(reader->arena, &types, reread_all(reader, part, reread));
    }
    return pact_join(reader, &types, any, type->origin);
}

/* Whole numbers without a sign, of so many digits at most. */
static bool is_counting(const NumberKeywords *number) {
    return number->maximum.digits.size && number->minimum.digits.size &&
           number->minimum.digits.data[0] != '-';
}

/* What numbers and booleans look like where all is text. */
static Type *text_of(PactReader *reader, Type *type) {
    Text pattern;
    const NumberKeywords *number = type->number;
    if (type->constant || !type->kinds || (type->kinds & KIND_STRING))
        return type;
    if (type->kinds == KIND_INTEGER && number && is_counting(number))
        pattern = text_format(reader->arena, "^[0-9]{1,%zu}$", number->maximum.digits.size);
    else if (type->kinds & KIND_FRACTION)
        pattern = TEXT("^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$");
    else if (type->kinds & KIND_INTEGER)
        pattern = TEXT("^-?[0-9]+$");
    else if (type->kinds & KIND_BOOLEAN)
        pattern = TEXT("^(true|false)$");
    else
        return type;
    Type *text = pact_type(reader, KIND_STRING, type->origin);
    text->string = arena_new_object(reader->arena, StringKeywords);
    text->string->pattern = pattern;
    text->generated = type->generated;
    text->given = type->given;
    return text;
}

/* The number or boolean that an exact text stands for. */
static Type *value_of(PactReader *reader, Type *type) {
    enum { LONGEST = 24 };
    const Node *text = type->constant;
    bool may_be = text && text->kind == NODE_STRING && text->text.size <= LONGEST;
    const Node *value = may_be ? pact_json(reader, text->text, text) : NULL;
    bool scalar = value && (value->kind == NODE_NUMBER || value->kind == NODE_BOOLEAN);
    return scalar ? pact_constant(reader, value, type->origin) : type;
}

static void set_readings(PactReader *reader, ExpectedField *field) {
    field->as_text = reread_all(reader, field->type, text_of);
    field->as_value = reread_all(reader, field->type, value_of);
}

/* How many values a rule on the field as a whole allows. */
static void set_counts(ExpectedField *field, const Standing *named) {
    const MatchingRule *rule = named->own ? named->winner.rule : NULL;
    for (size_t i = 0; rule && i < rule->matchers.count; i++) {
        const Node *matcher = rule->matchers.items[i];
        Bound least = matcher_count(matcher, TEXT("min"));
        Bound most = matcher_count(matcher, TEXT("max"));
        if (!least.digits.size && !most.digits.size)
            continue;
        field->counted = true;
        field->least = least;
        field->most = most;
    }
}

static void set_types(PactReader *reader, ExpectedFields *fields, const MatchingSet *rules,
                      bool fold_case) {
    keep_whole(reader, rules);
    Standing root = standing_at_root(reader->arena, rules);
    for (array_each(ExpectedField, field, fields)) {
        Text name = fold_case ? text_lower(reader->arena, field->name) : field->name;
        Standing named = standing_below(reader->arena, &root, name, false);
        Types types = {0};
        set_counts(field, &named);
        field->generated = named.generator;
        for (size_t i = 0; i < field->values.count; i++)
            array_push(reader->arena, &types,
                       value_type(reader, field, i, &named, rules, &field->generated));
        field->type = pact_join(reader, &types, true, field->origin);
        if (field->type)
            set_readings(reader, field);
    }
}

bool pact_headers(PactReader *reader, const Node *headers, const MatchingSet *rules,
                  ExpectedFields *fields) {
    Gathering gathering = {reader, fields, map_new(reader->arena)};
    if (!headers || headers->kind == NODE_NULL)
        return true;
    if (!gather_mapping(&gathering, headers, "`headers`"))
        return false;
    set_types(reader, fields, rules, true);
    return true;
}

static void gather_text(Gathering *gathering, const Node *query) {
    bool marked = text_starts_with(query->text, TEXT("?"));
    Pairs pairs =
        pact_pairs(gathering->reader->arena, text_slice(query->text, marked, query->text.size));
    for (array_each(Pair, pair, &pairs))
        gather(gathering, pair->name, pair->value, query, query);
}

bool pact_query(PactReader *reader, const Node *in_path, const Node *query,
                const MatchingSet *rules, ExpectedFields *fields) {
    Gathering gathering = {reader, fields, map_new(reader->arena)};
    if (in_path)
        gather_text(&gathering, in_path);
    if (query && query->kind == NODE_STRING)
        gather_text(&gathering, query);
    else if (query && query->kind != NODE_NULL && !gather_mapping(&gathering, query, "`query`"))
        return false;
    set_types(reader, fields, rules, false);
    return true;
}

/* ---- Forms ----------------------------------------------------------------------------------- */

/* A form's fields are told by `$.name` and `$.name[0]` alike, so each value is ruled as a header's
 * is, and a name that occurs once stands for its value. */
static Type *form_field_type(PactReader *reader, ExpectedField *field, const Standing *root,
                             const MatchingSet *rules) {
    Standing named = standing_below(reader->arena, root, field->name, false);
    Types types = {0};
    set_counts(field, &named);
    for (size_t i = 0; i < field->values.count; i++)
        array_push(reader->arena, &types,
                   value_type(reader, field, i, &named, rules, &field->generated));
    field->type = pact_join(reader, &types, true, field->origin);
    set_readings(reader, field);
    if (types.count == 1)
        return field->type;
    Type *type = pact_type(reader, KIND_ARRAY, field->origin);
    type->array = arena_new_object(reader->arena, ArrayKeywords);
    for (size_t i = 0; i < types.count; i++)
        array_push(reader->arena, &type->array->prefix_items, types.items[i]);
    Bound count = {text_format(reader->arena, "%zu", field->values.count)};
    type->array->min_items = type->array->max_items = count;
    return type;
}

Type *pact_fields_type(PactReader *reader, const Node *content, ExpectedFields *fields,
                       const MatchingSet *rules) {
    keep_whole(reader, rules);
    Standing root = standing_at_root(reader->arena, rules);
    Type *type = pact_type(reader, KIND_OBJECT, content);
    type->object = arena_new_object(reader->arena, ObjectKeywords);
    if (reader->direction == DIRECTION_REQUEST)
        type->object->additional_properties = reader->never;
    for (array_each(ExpectedField, field, fields)) {
        Type *whole = field->type ? field->type : form_field_type(reader, field, &root, rules);
        Property property = {field->name, whole, content};
        Required required = {field->name, content};
        array_push(reader->arena, &type->object->properties, property);
        array_push(reader->arena, &type->object->required, required);
    }
    return type;
}

bool pact_form(PactReader *reader, const Node *content, Text form, const MatchingSet *rules,
               ExpectedBody *body) {
    if (!text_is_utf8(form, NULL))
        return false;
    ExpectedFields fields = {0};
    Gathering gathering = {reader, &fields, map_new(reader->arena)};
    Pairs pairs = pact_pairs(reader->arena, form);
    for (array_each(Pair, pair, &pairs))
        gather(&gathering, pair->name, pair->value, content, content);
    body->type = pact_fields_type(reader, content, &fields, rules);
    for (array_each(ExpectedField, field, &fields))
        array_push(reader->arena, &body->fields, *field);
    return true;
}
