#include "evaluate.h"

#include <regex.h>

/* What in-place applicators have evaluated of the value at hand, as bits by index: for the two
 * keywords that speak of the rest. Values of the oracle are smaller than 64. */
typedef struct Marks {
    uint64_t members, items;
} Marks;

typedef struct Evaluation {
    Arena *arena;
    const Description *description;
    const Names *hidden;
    Described described;
    struct Frame *frame; /* the innermost of what is being evaluated */
    size_t choices;      /* applicators around it whose schemas need not hold */
    bool endless;        /* whether a schema holds was asked in order to tell whether it holds */
} Evaluation;

/* A schema that is being applied to a value. */
typedef struct Frame {
    const Value *schema, *value;
    size_t choices;
    struct Frame *outer;
} Frame;

static bool satisfies(Evaluation *evaluation, const Value *schema, const Value *value,
                      Marks *marks);

SchemaShape schema_shape(Text keyword) {
    static const struct {
        const char *keyword;
        SchemaShape shape;
    } shapes[] = {
        {"items", ONE_SCHEMA},
        {"additionalProperties", ONE_SCHEMA},
        {"not", ONE_SCHEMA},
        {"if", ONE_SCHEMA},
        {"then", ONE_SCHEMA},
        {"else", ONE_SCHEMA},
        {"contains", ONE_SCHEMA},
        {"propertyNames", ONE_SCHEMA},
        {"unevaluatedItems", ONE_SCHEMA},
        {"unevaluatedProperties", ONE_SCHEMA},
        {"allOf", LIST_OF_SCHEMAS},
        {"anyOf", LIST_OF_SCHEMAS},
        {"oneOf", LIST_OF_SCHEMAS},
        {"prefixItems", LIST_OF_SCHEMAS},
        {"properties", MAP_OF_SCHEMAS},
        {"patternProperties", MAP_OF_SCHEMAS},
        {"dependentSchemas", MAP_OF_SCHEMAS},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (text_is(keyword, shapes[i].keyword))
            return shapes[i].shape;
    return NO_SCHEMA;
}

Value *description_component(const Description *description, const Value *reference) {
    Text prefix = TEXT("#/components/schemas/");
    if (!reference || reference->kind != VALUE_STRING || !text_starts_with(reference->text, prefix))
        return NULL;
    return value_get_text(description->components,
                          text_slice(reference->text, prefix.size, reference->text.size));
}

bool pattern_found(Arena *arena, Text pattern, Text text) {
    regex_t compiled;
    Text terminated = text_copy(arena, pattern), subject = text_copy(arena, text);
    if (regcomp(&compiled, terminated.data, REG_EXTENDED | REG_NOSUB))
        return false;
    bool found = regexec(&compiled, subject.data, 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

/* ---- validation ------------------------------------------------------------------------------ */

static bool is_of_type(const Value *value, const Value *word) {
    static const char *const words[] = {
        [VALUE_NULL] = "null",     [VALUE_BOOLEAN] = "boolean", [VALUE_NUMBER] = "number",
        [VALUE_STRING] = "string", [VALUE_ARRAY] = "array",     [VALUE_OBJECT] = "object",
    };
    if (value->kind == VALUE_NUMBER && value_is_string(word, "integer"))
        return fixed_is_integer(fixed_of(value->text));
    return value_is_string(word, words[value->kind]);
}

static bool type_holds(const Value *schema, const Value *value) {
    const Value *type = value_get(schema, "type"), *nullable = value_get(schema, "nullable");
    if (!type || (nullable && nullable->truth && value->kind == VALUE_NULL))
        return true;
    if (type->kind == VALUE_STRING)
        return is_of_type(value, type);
    for (size_t i = 0; i < type->items.count; i++)
        if (is_of_type(value, type->items.items[i]))
            return true;
    return false;
}

static bool is_listed(const Value *list, const Value *value) {
    for (size_t i = 0; i < list->items.count; i++)
        if (value_equal(list->items.items[i], value))
            return true;
    return false;
}

static bool at_least(const Value *schema, const char *keyword, Fixed number) {
    const Value *bound = value_get(schema, keyword);
    return !bound || bound->kind != VALUE_NUMBER || number >= fixed_of(bound->text);
}

static bool at_most(const Value *schema, const char *keyword, Fixed number) {
    const Value *bound = value_get(schema, keyword);
    return !bound || bound->kind != VALUE_NUMBER || number <= fixed_of(bound->text);
}

static bool number_holds(const Value *schema, Fixed number) {
    const Value *above = value_get(schema, "exclusiveMinimum");
    const Value *below = value_get(schema, "exclusiveMaximum");
    const Value *divisor = value_get(schema, "multipleOf");
    if (above && number <= fixed_of(above->text))
        return false;
    if (below && number >= fixed_of(below->text))
        return false;
    if (divisor && number % fixed_of(divisor->text) != 0)
        return false;
    return at_least(schema, "minimum", number) && at_most(schema, "maximum", number);
}

static bool counts_hold(const Value *schema, const char *least, const char *most, size_t count) {
    Fixed number = fixed_from((long)count);
    return at_least(schema, least, number) && at_most(schema, most, number);
}

static bool scalar_holds(Evaluation *evaluation, const Value *schema, const Value *value) {
    const Value *list = value_get(schema, "enum"), *constant = value_get(schema, "const");
    if ((list && !is_listed(list, value)) || (constant && !value_equal(constant, value)))
        return false;
    if (!type_holds(schema, value))
        return false;
    if (value->kind == VALUE_NUMBER)
        return number_holds(schema, fixed_of(value->text));
    if (value->kind != VALUE_STRING)
        return true;
    const Value *pattern = value_get(schema, "pattern");
    return counts_hold(schema, "minLength", "maxLength", text_length(value->text)) &&
           (!pattern || pattern_found(evaluation->arena, pattern->text, value->text));
}

/* ---- applicators in place -------------------------------------------------------------------- */

/* What a schema that does not hold has marked and described does not count. */
static bool tries(Evaluation *evaluation, const Value *schema, const Value *value, Marks *marks) {
    size_t described = evaluation->described.members.count;
    Marks own = {0};
    bool holds = satisfies(evaluation, schema, value, &own);
    if (holds) {
        marks->members |= own.members;
        marks->items |= own.items;
    } else {
        evaluation->described.members.count = described;
    }
    return holds;
}

static bool chooses(Evaluation *evaluation, const Value *schema, const Value *value, Marks *marks) {
    evaluation->choices++;
    bool holds = tries(evaluation, schema, value, marks);
    evaluation->choices--;
    return holds;
}

static size_t count_holding(Evaluation *evaluation, const Value *list, const Value *value,
                            Marks *marks) {
    size_t holding = 0;
    for (size_t i = 0; i < list->items.count; i++)
        holding += chooses(evaluation, list->items.items[i], value, marks);
    return holding;
}

static bool all_hold(Evaluation *evaluation, const Value *list, const Value *value, Marks *marks) {
    bool hold = true;
    for (size_t i = 0; i < list->items.count; i++)
        hold &= tries(evaluation, list->items.items[i], value, marks);
    return hold;
}

static bool denied(Evaluation *evaluation, const Value *schema, const Value *value) {
    size_t described = evaluation->described.members.count;
    Marks none = {0};
    bool holds = chooses(evaluation, schema, value, &none);
    evaluation->described.members.count = described;
    return !holds;
}

static bool combinators_hold(Evaluation *evaluation, const Value *schema, const Value *value,
                             Marks *marks) {
    const Value *all = value_get(schema, "allOf"), *any = value_get(schema, "anyOf");
    const Value *one = value_get(schema, "oneOf"), *negated = value_get(schema, "not");
    const Value *condition = value_get(schema, "if");
    if (all && !all_hold(evaluation, all, value, marks))
        return false;
    if (any && count_holding(evaluation, any, value, marks) == 0)
        return false;
    if (one && count_holding(evaluation, one, value, marks) != 1)
        return false;
    if (negated && !denied(evaluation, negated, value))
        return false;
    if (!condition)
        return true;
    bool met = chooses(evaluation, condition, value, marks);
    const Value *consequence = value_get(schema, met ? "then" : "else");
    return !consequence || chooses(evaluation, consequence, value, marks);
}

/* ---- objects --------------------------------------------------------------------------------- */

bool names_have(const Names *names, Text name) {
    for (size_t i = 0; i < names->list.count; i++)
        if (text_equal(names->list.items[i], name))
            return true;
    return false;
}

static bool is_hidden(const Evaluation *evaluation, Text name) {
    return evaluation->hidden && names_have(evaluation->hidden, name);
}

static bool names_hold(Evaluation *evaluation, const Value *schema, const Value *object) {
    const Value *required = value_get(schema, "required");
    const Value *names = value_get(schema, "propertyNames");
    const Value *dependent = value_get(schema, "dependentRequired");
    for (size_t i = 0; required && i < required->items.count; i++)
        if (!value_get_text(object, required->items.items[i]->text) &&
            !is_hidden(evaluation, required->items.items[i]->text))
            return false;
    for (size_t i = 0; names && i < object->members.count; i++) {
        Value *name = value_string(evaluation->arena, object->members.items[i].key);
        if (denied(evaluation, names, name))
            return false;
    }
    for (size_t i = 0; dependent && i < dependent->members.count; i++) {
        const Value *wanted = dependent->members.items[i].value;
        if (!value_get_text(object, dependent->members.items[i].key))
            continue;
        for (size_t j = 0; j < wanted->items.count; j++)
            if (!value_get_text(object, wanted->items.items[j]->text))
                return false;
    }
    return counts_hold(schema, "minProperties", "maxProperties", object->members.count);
}

/* Annotations aside. */
static bool is_true(const Value *schema) {
    static const char *const words[] = {"example", "description", "title", "deprecated"};
    size_t said = schema->members.count;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        said -= value_has(schema, words[i]);
    return schema->kind == VALUE_BOOLEAN ? schema->truth : said == 0;
}

static void describe(Evaluation *evaluation, const ValueMember *member) {
    array_push(evaluation->arena, &evaluation->described.members, member);
}

static bool member_holds(Evaluation *evaluation, const Value *schema, const ValueMember *member,
                         bool *evaluated) {
    Marks below = {0};
    const Value *own = value_get_text(value_get(schema, "properties"), member->key);
    const Value *patterns = value_get(schema, "patternProperties");
    const Value *additional = value_get(schema, "additionalProperties");
    *evaluated = false;
    if (own) {
        *evaluated = true;
        describe(evaluation, member);
        if (!satisfies(evaluation, own, member->value, &below))
            return false;
    }
    for (size_t i = 0; patterns && i < patterns->members.count; i++) {
        if (!pattern_found(evaluation->arena, patterns->members.items[i].key, member->key))
            continue;
        *evaluated = true;
        describe(evaluation, member);
        if (!satisfies(evaluation, patterns->members.items[i].value, member->value, &below))
            return false;
    }
    if (*evaluated || !additional)
        return true;
    *evaluated = true;
    if (!is_true(additional))
        describe(evaluation, member);
    return satisfies(evaluation, additional, member->value, &below);
}

static bool object_holds(Evaluation *evaluation, const Value *schema, const Value *object,
                         Marks *marks) {
    const Value *dependent = value_get(schema, "dependentSchemas");
    if (!names_hold(evaluation, schema, object))
        return false;
    for (size_t i = 0; i < object->members.count; i++) {
        bool evaluated;
        if (!member_holds(evaluation, schema, &object->members.items[i], &evaluated))
            return false;
        if (evaluated)
            marks->members |= UINT64_C(1) << i;
    }
    for (size_t i = 0; dependent && i < dependent->members.count; i++)
        if (value_get_text(object, dependent->members.items[i].key) &&
            !tries(evaluation, dependent->members.items[i].value, object, marks))
            return false;
    return true;
}

static bool rest_of_members_holds(Evaluation *evaluation, const Value *schema, const Value *object,
                                  Marks *marks) {
    const Value *rest = value_get(schema, "unevaluatedProperties");
    for (size_t i = 0; rest && i < object->members.count; i++) {
        Marks below = {0};
        if (marks->members >> i & 1)
            continue;
        if (!is_true(rest))
            describe(evaluation, &object->members.items[i]);
        if (!satisfies(evaluation, rest, object->members.items[i].value, &below))
            return false;
        marks->members |= UINT64_C(1) << i;
    }
    return true;
}

/* ---- arrays ---------------------------------------------------------------------------------- */

static bool is_unique(const Value *array) {
    for (size_t i = 0; i < array->items.count; i++)
        for (size_t j = 0; j < i; j++)
            if (value_equal(array->items.items[i], array->items.items[j]))
                return false;
    return true;
}

static bool contents_hold(Evaluation *evaluation, const Value *schema, const Value *array,
                          Marks *marks) {
    const Value *contains = value_get(schema, "contains");
    Fixed found = 0;
    for (size_t i = 0; contains && i < array->items.count; i++) {
        if (denied(evaluation, contains, array->items.items[i]))
            continue;
        marks->items |= UINT64_C(1) << i;
        found += fixed_from(1);
    }
    if (!contains)
        return true;
    if (!value_has(schema, "minContains") && found == 0)
        return false;
    return at_least(schema, "minContains", found) && at_most(schema, "maxContains", found);
}

static bool array_holds(Evaluation *evaluation, const Value *schema, const Value *array,
                        Marks *marks) {
    const Value *prefix = value_get(schema, "prefixItems"), *items = value_get(schema, "items");
    const Value *unique = value_get(schema, "uniqueItems");
    size_t prefixed = prefix ? prefix->items.count : 0;
    if (!counts_hold(schema, "minItems", "maxItems", array->items.count))
        return false;
    if (unique && unique->truth && !is_unique(array))
        return false;
    for (size_t i = 0; i < array->items.count; i++) {
        Marks below = {0};
        const Value *own = i < prefixed ? prefix->items.items[i] : items;
        if (!own)
            continue;
        marks->items |= UINT64_C(1) << i;
        if (!satisfies(evaluation, own, array->items.items[i], &below))
            return false;
    }
    return contents_hold(evaluation, schema, array, marks);
}

static bool rest_of_items_holds(Evaluation *evaluation, const Value *schema, const Value *array,
                                Marks *marks) {
    const Value *rest = value_get(schema, "unevaluatedItems");
    for (size_t i = 0; rest && i < array->items.count; i++) {
        Marks below = {0};
        if (marks->items >> i & 1)
            continue;
        marks->items |= UINT64_C(1) << i;
        if (!satisfies(evaluation, rest, array->items.items[i], &below))
            return false;
    }
    return true;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool keywords_hold(Evaluation *evaluation, const Value *schema, const Value *value,
                          Marks *marks) {
    const Value *reference = value_get(schema, "$ref");
    if (reference) {
        const Value *target = description_component(evaluation->description, reference);
        if (target && !tries(evaluation, target, value, marks))
            return false;
    }
    if (!scalar_holds(evaluation, schema, value))
        return false;
    if (value->kind == VALUE_OBJECT && !object_holds(evaluation, schema, value, marks))
        return false;
    if (value->kind == VALUE_ARRAY && !array_holds(evaluation, schema, value, marks))
        return false;
    if (!combinators_hold(evaluation, schema, value, marks))
        return false;
    if (value->kind == VALUE_OBJECT)
        return rest_of_members_holds(evaluation, schema, value, marks);
    return value->kind != VALUE_ARRAY || rest_of_items_holds(evaluation, schema, value, marks);
}

static bool satisfies(Evaluation *evaluation, const Value *schema, const Value *value,
                      Marks *marks) {
    if (schema->kind == VALUE_BOOLEAN)
        return schema->truth;
    for (const Frame *frame = evaluation->frame; frame; frame = frame->outer)
        if (frame->schema == schema && frame->value == value) {
            evaluation->endless |= evaluation->choices > frame->choices;
            return true; /* `$ref` and `allOf` led round in a circle: nothing new is said */
        }
    Frame frame = {schema, value, evaluation->choices, evaluation->frame};
    evaluation->frame = &frame;
    bool holds = keywords_hold(evaluation, schema, value, marks);
    evaluation->frame = frame.outer;
    return holds;
}

Answer evaluate(Arena *arena, const Description *description, const Value *value,
                const Names *hidden, Described *described) {
    Evaluation evaluation = {.arena = arena, .description = description, .hidden = hidden};
    Marks marks = {0};
    bool holds = satisfies(&evaluation, description->schema, value, &marks);
    if (evaluation.endless)
        return ENDLESS;
    if (holds)
        *described = evaluation.described;
    return holds ? TAKEN : NOT_TAKEN;
}
