#include "need.h"

/* ---- Making ---------------------------------------------------------------------------------- */

typedef struct Maker {
    Arena *arena;
    Random *random;
} Maker;

static Need *make(const Maker *maker, const Value *answer, bool by_type);

static bool is_integral(const Value *number) {
    return fixed_is_integer(fixed_of(number->text));
}

/* A scalar with a matcher of its own, or with what reaches down to it. */
static void choose_matcher(const Maker *maker, Need *need, bool by_type) {
    bool number = need->example->kind == VALUE_NUMBER;
    need->kind = by_type ? NEED_TYPE : NEED_EXACT;
    switch (random_below(maker->random, 6)) {
    case 0:
    case 1:
        need->kind = NEED_TYPE;
        need->matcher = "type";
        break;
    case 2:
        if (number && is_integral(need->example)) {
            need->kind = NEED_INTEGER;
            need->matcher = "integer";
        }
        break;
    case 3:
        if (number) {
            need->kind = NEED_NUMBER;
            need->matcher = "number";
        }
        break;
    case 4:
        need->kind = by_type ? NEED_EXACT : need->kind;
        need->matcher = by_type ? "equality" : NULL;
        break;
    default:
        break;
    }
}

/* Some of the members: what is not named is not read. */
static void make_object(const Maker *maker, Need *need, bool by_type) {
    if (!by_type && chance(maker->random, 40)) {
        need->matcher = "type";
        by_type = true;
    }
    need->kind = by_type ? NEED_TYPE : NEED_EXACT;
    for (size_t i = 0; i < need->example->members.count; i++) {
        const ValueMember *member = &need->example->members.items[i];
        if (chance(maker->random, 25))
            continue;
        NeedMember read = {member->key, make(maker, member->value, by_type)};
        array_push(maker->arena, &need->members, read);
    }
}

static void make_array(const Maker *maker, Need *need, bool by_type) {
    bool each = by_type || chance(maker->random, 60);
    size_t count = need->example->items.count;
    need->kind = each ? NEED_EACH_LIKE : NEED_EXACT;
    if (each && count && chance(maker->random, 50))
        need->least = 1;
    if (each && (!by_type || need->least))
        need->matcher = "type";
    for (size_t i = 0; i < (each && count ? 1 : count); i++)
        array_push(maker->arena, &need->items, make(maker, need->example->items.items[i], each));
}

static Need *make(const Maker *maker, const Value *answer, bool by_type) {
    Need *need = arena_new_object(maker->arena, Need);
    need->example = answer;
    if (answer->kind == VALUE_OBJECT)
        make_object(maker, need, by_type);
    else if (answer->kind == VALUE_ARRAY)
        make_array(maker, need, by_type);
    else
        choose_matcher(maker, need, by_type);
    return need;
}

Need *need_of(Arena *arena, Random *random, const Value *answer) {
    Maker maker = {arena, random};
    return make(&maker, answer, false);
}

/* ---- Writing --------------------------------------------------------------------------------- */

Value *need_example(Arena *arena, const Need *need) {
    if (need->example->kind != VALUE_OBJECT && need->example->kind != VALUE_ARRAY)
        return value_copy(arena, need->example);
    Value *example = value_new(arena, need->example->kind);
    for (size_t i = 0; i < need->members.count; i++)
        value_set_text(arena, example, need->members.items[i].key,
                       need_example(arena, need->members.items[i].need));
    for (size_t i = 0; i < need->items.count; i++)
        value_push(arena, example, need_example(arena, need->items.items[i]));
    return example;
}

void need_write_rules(const Need *need, Text path, Buffer *into) {
    if (need->matcher) {
        buffer_format(into, "%s\"%.*s\": {\"matchers\": [{\"match\": \"%s\"",
                      into->size ? ", " : "", TEXT_ARG(path), need->matcher);
        if (need->least)
            buffer_format(into, ", \"min\": %ld", need->least);
        buffer_add(into, TEXT("}]}"));
    }
    for (size_t i = 0; i < need->members.count; i++)
        need_write_rules(need->members.items[i].need,
                         text_format(into->arena, "%.*s['%.*s']", TEXT_ARG(path),
                                     TEXT_ARG(need->members.items[i].key)),
                         into);
    for (size_t i = 0; i < need->items.count; i++)
        need_write_rules(need->items.items[i],
                         need->kind == NEED_EACH_LIKE
                             ? text_format(into->arena, "%.*s[*]", TEXT_ARG(path))
                             : text_format(into->arena, "%.*s[%zu]", TEXT_ARG(path), i),
                         into);
}

/* ---- Taking ---------------------------------------------------------------------------------- */

static bool takes_members(const Need *need, const Value *answer, bool by_kind) {
    for (size_t i = 0; i < need->members.count; i++) {
        const Value *value = value_get_text(answer, need->members.items[i].key);
        if (!value || !need_takes(need->members.items[i].need, value, by_kind))
            return false;
    }
    return true;
}

static bool takes_items(const Need *need, const Value *answer, bool by_kind) {
    size_t count = answer->items.count;
    bool each = need->kind == NEED_EACH_LIKE;
    if (!by_kind && (each ? !count && need->items.count : count != need->items.count))
        return false;
    for (size_t i = 0; i < count && need->items.count; i++) {
        if (!each && i >= need->items.count)
            break;
        if (!need_takes(need->items.items[each ? 0 : i], answer->items.items[i], by_kind))
            return false;
    }
    return true;
}

bool need_takes(const Need *need, const Value *answer, bool by_kind) {
    if (answer->kind != need->example->kind)
        return false;
    if (answer->kind == VALUE_OBJECT)
        return takes_members(need, answer, by_kind);
    if (answer->kind == VALUE_ARRAY)
        return takes_items(need, answer, by_kind);
    switch (need->kind) {
    case NEED_EXACT:
        return by_kind || value_equal(need->example, answer);
    case NEED_INTEGER:
        return is_integral(answer);
    case NEED_TYPE:
    case NEED_NUMBER:
    case NEED_EACH_LIKE:
        break;
    }
    return true;
}

/* ---- The provider's state -------------------------------------------------------------------- */

static const Need *need_of_item(const Need *need, size_t index) {
    if (need->kind == NEED_EACH_LIKE)
        index = 0;
    return index < need->items.count ? need->items.items[index] : NULL;
}

static bool is_scalar(const Value *value) {
    return value->kind != VALUE_OBJECT && value->kind != VALUE_ARRAY;
}

bool need_is_of_state(const Need *need, const Value *answer) {
    if (need->kind == NEED_EXACT && is_scalar(need->example))
        return answer->kind == VALUE_NULL || value_equal(need->example, answer);
    for (size_t i = 0; i < need->members.count; i++) {
        const Value *value = value_get_text(answer, need->members.items[i].key);
        if (value && !need_is_of_state(need->members.items[i].need, value))
            return false;
    }
    for (size_t i = 0; i < answer->items.count; i++) {
        const Need *item = need_of_item(need, i);
        if (item && !need_is_of_state(item, answer->items.items[i]))
            return false;
    }
    return true;
}

static void impose(Arena *arena, const Need *need, Value *answer) {
    if (need->kind == NEED_EXACT && is_scalar(need->example)) {
        value_replace(arena, answer, need->example);
        return;
    }
    for (size_t i = 0; i < need->members.count; i++) {
        Value *value = value_get_text(answer, need->members.items[i].key);
        if (value)
            impose(arena, need->members.items[i].need, value);
    }
    for (size_t i = 0; i < answer->items.count; i++)
        if (need_of_item(need, i))
            impose(arena, need_of_item(need, i), answer->items.items[i]);
}

Value *need_impose(Arena *arena, const Need *need, const Value *answer) {
    Value *imposed = value_copy(arena, answer);
    impose(arena, need, imposed);
    return imposed;
}

/* ---- Varying --------------------------------------------------------------------------------- */

/* Of the type of an integer are integers: who writes `like(1)` sends no fractions. */
static bool allows(const Need *need, const Value *value) {
    bool scalar = value->kind != VALUE_OBJECT && value->kind != VALUE_ARRAY;
    if (need->kind == NEED_TYPE && value->kind == VALUE_NUMBER &&
        need->example->kind == VALUE_NUMBER && is_integral(need->example) && !is_integral(value))
        return false;
    return scalar && need->kind != NEED_EXACT && need_takes(need, value, false);
}

static const Value *other_scalar(Random *random, const Need *need, const ValueList *values) {
    enum { ATTEMPTS = 8 };
    for (int i = 0; i < ATTEMPTS && values->count; i++) {
        const Value *value = values->items[random_below(random, values->count)];
        if (allows(need, value))
            return value;
    }
    return need->example;
}

Value *need_vary(Arena *arena, Random *random, const Need *need, const ValueList *values) {
    if (need->example->kind != VALUE_OBJECT && need->example->kind != VALUE_ARRAY)
        return value_copy(arena, other_scalar(random, need, values));
    Value *varied = value_new(arena, need->example->kind);
    for (size_t i = 0; i < need->members.count; i++)
        value_set_text(arena, varied, need->members.items[i].key,
                       need_vary(arena, random, need->members.items[i].need, values));
    bool each = need->kind == NEED_EACH_LIKE && need->items.count;
    size_t count = each ? 1 + random_below(random, 3) : need->items.count;
    for (size_t i = 0; i < count; i++)
        value_push(arena, varied,
                   need_vary(arena, random, need->items.items[each ? 0 : i], values));
    return varied;
}
