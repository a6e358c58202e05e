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

static void choose_generator(const Maker *maker, Need *need) {
    if (chance(maker->random, 85))
        return;
    switch (need->example->kind) {
    case VALUE_NUMBER:
        need->generator = is_integral(need->example) ? GENERATOR_INTEGER : GENERATOR_NONE;
        need->least = (long)random_below(maker->random, 6) - 2;
        need->most = need->least + (long)random_below(maker->random, 8);
        break;
    case VALUE_BOOLEAN:
        need->generator = GENERATOR_BOOLEAN;
        break;
    case VALUE_STRING:
        need->generator = chance(maker->random, 50) ? GENERATOR_UUID : GENERATOR_STRING;
        need->most = 1 + (long)random_below(maker->random, 5);
        break;
    default:
        break;
    }
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
    choose_generator(maker, need);
}

static bool is_scalar(const Value *value) {
    return value->kind != VALUE_OBJECT && value->kind != VALUE_ARRAY;
}

/* A key that stands for itself in a pattern. */
static bool is_plain(Text key) {
    for (size_t i = 0; i < key.size; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_",
                    key.data[i]))
            return false;
    return key.size > 0;
}

/* An object that is read as a map. False: it has nothing to show for it. */
static bool make_map(const Maker *maker, Need *need) {
    bool keys = chance(maker->random, 50);
    for (size_t i = 0; i < need->example->members.count; i++) {
        const ValueMember *member = &need->example->members.items[i];
        if (chance(maker->random, 25) ||
            (keys ? !is_plain(member->key) : !is_scalar(member->value)))
            continue;
        NeedMember shown = {member->key, arena_new_object(maker->arena, Need)};
        shown.need->kind = keys ? NEED_EXACT : NEED_TYPE; /* of values eachKey says nothing */
        shown.need->whole = true;
        shown.need->example = member->value;
        array_push(maker->arena, &need->members, shown);
    }
    need->kind = keys ? NEED_EACH_KEY : NEED_EACH_VALUE;
    need->matcher = keys ? "eachKey" : "eachValue";
    return need->members.count > 0;
}

/* What variants generate is of what a provider makes. */
static void forget_generators(Need *need) {
    need->generator = GENERATOR_NONE;
    for (size_t i = 0; i < need->members.count; i++)
        forget_generators(need->members.items[i].need);
    for (size_t i = 0; i < need->items.count; i++)
        forget_generators(need->items.items[i]);
}

static void make_contains(const Maker *maker, Need *need) {
    need->kind = NEED_CONTAINS;
    need->matcher = "arrayContains";
    for (size_t i = 0; i < need->example->items.count; i++)
        if (!need->items.count || chance(maker->random, 50))
            array_push(maker->arena, &need->items,
                       make(maker, need->example->items.items[i], false));
    for (size_t i = 0; i < need->items.count; i++)
        forget_generators(need->items.items[i]);
}

/* Some of the members: what is not named is not read. */
static void make_object(const Maker *maker, Need *need, bool by_type) {
    if (chance(maker->random, 15) && make_map(maker, need))
        return;
    need->matcher = NULL;
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
    if (count && chance(maker->random, 15)) {
        make_contains(maker, need);
        return;
    }
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

static bool is_shown_whole(const Need *need) {
    return is_scalar(need->example) || need->whole;
}

Value *need_example(Arena *arena, const Need *need) {
    if (is_shown_whole(need))
        return value_copy(arena, need->example);
    Value *example = value_new(arena, need->example->kind);
    for (size_t i = 0; i < need->members.count; i++)
        value_set_text(arena, example, need->members.items[i].key,
                       need_example(arena, need->members.items[i].need));
    for (size_t i = 0; i < need->items.count; i++)
        value_push(arena, example, need_example(arena, need->items.items[i]));
    return example;
}

static void write_variants(const Need *need, Buffer *into) {
    buffer_add(into, TEXT(", \"variants\": ["));
    for (size_t i = 0; i < need->items.count; i++) {
        Buffer rules = {.arena = into->arena};
        need_write_rules(need->items.items[i], TEXT("$"), &rules);
        buffer_format(into, "%s{\"index\": %zu, \"rules\": {%.*s}, \"generators\": {}}",
                      i ? ", " : "", i, TEXT_ARG(rules.size ? buffer_text(&rules) : TEXT("")));
    }
    buffer_add(into, TEXT("]"));
}

static void write_keys(const Need *need, Buffer *into) {
    buffer_add(into, TEXT(", \"rules\": [{\"match\": \"regex\", \"regex\": \""));
    for (size_t i = 0; i < need->members.count; i++)
        buffer_format(into, "%s%.*s", i ? "|" : "", TEXT_ARG(need->members.items[i].key));
    buffer_add(into, TEXT("\"}]"));
}

static void write_matcher(const Need *need, Text path, Buffer *into) {
    buffer_format(into, "%s\"%.*s\": {\"matchers\": [{\"match\": \"%s\"", into->size ? ", " : "",
                  TEXT_ARG(path), need->matcher);
    if (need->kind == NEED_EACH_LIKE && need->least)
        buffer_format(into, ", \"min\": %ld", need->least);
    if (need->kind == NEED_CONTAINS)
        write_variants(need, into);
    if (need->kind == NEED_EACH_KEY)
        write_keys(need, into);
    if (need->kind == NEED_EACH_VALUE)
        buffer_add(into, TEXT(", \"rules\": [{\"match\": \"type\"}]"));
    buffer_add(into, TEXT("}]}"));
}

static Text member_path(Arena *arena, Text path, const NeedMember *member) {
    return text_format(arena, "%.*s['%.*s']", TEXT_ARG(path), TEXT_ARG(member->key));
}

static Text item_path(Arena *arena, Text path, const Need *need, size_t index) {
    return need->kind == NEED_EACH_LIKE ? text_format(arena, "%.*s[*]", TEXT_ARG(path))
                                        : text_format(arena, "%.*s[%zu]", TEXT_ARG(path), index);
}

void need_write_rules(const Need *need, Text path, Buffer *into) {
    if (need->matcher)
        write_matcher(need, path, into);
    for (size_t i = 0; i < need->members.count; i++)
        need_write_rules(need->members.items[i].need,
                         member_path(into->arena, path, &need->members.items[i]), into);
    for (size_t i = 0; i < need->items.count && need->kind != NEED_CONTAINS; i++)
        need_write_rules(need->items.items[i], item_path(into->arena, path, need, i), into);
}

static void write_generator(const Need *need, Text path, Buffer *into) {
    static const char *const words[] = {
        [GENERATOR_INTEGER] = "RandomInt",
        [GENERATOR_BOOLEAN] = "RandomBoolean",
        [GENERATOR_STRING] = "RandomString",
        [GENERATOR_UUID] = "Uuid",
    };
    buffer_format(into, "%s\"%.*s\": {\"type\": \"%s\"", into->size ? ", " : "", TEXT_ARG(path),
                  words[need->generator]);
    if (need->generator == GENERATOR_INTEGER)
        buffer_format(into, ", \"min\": %ld, \"max\": %ld", need->least, need->most);
    if (need->generator == GENERATOR_STRING)
        buffer_format(into, ", \"size\": %ld", need->most);
    buffer_add(into, TEXT("}"));
}

void need_write_generators(const Need *need, Text path, Buffer *into) {
    if (need->generator)
        write_generator(need, path, into);
    for (size_t i = 0; i < need->members.count; i++)
        need_write_generators(need->members.items[i].need,
                              member_path(into->arena, path, &need->members.items[i]), into);
    for (size_t i = 0; i < need->items.count; i++)
        need_write_generators(need->items.items[i], item_path(into->arena, path, need, i), into);
}

bool need_is_generated(const Need *need) {
    bool generated = need->generator != GENERATOR_NONE;
    for (size_t i = 0; i < need->members.count && !generated; i++)
        generated = need_is_generated(need->members.items[i].need);
    for (size_t i = 0; i < need->items.count && !generated; i++)
        generated = need_is_generated(need->items.items[i]);
    return generated;
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

static bool takes_map(const Need *need, const Value *answer, bool by_kind) {
    for (size_t i = 0; i < answer->members.count; i++) {
        const ValueMember *member = &answer->members.items[i];
        bool taken = false;
        for (size_t j = 0; j < need->members.count && !taken; j++)
            taken = need->kind == NEED_EACH_KEY
                        ? text_equal(need->members.items[j].key, member->key)
                        : need_takes(need->members.items[j].need, member->value, by_kind);
        if (!taken)
            return false;
    }
    return true;
}

static bool finds_items(const Need *need, const Value *answer) {
    for (size_t i = 0; i < need->items.count; i++) {
        bool found = false;
        for (size_t j = 0; j < answer->items.count && !found; j++)
            found = need_takes(need->items.items[i], answer->items.items[j], false);
        if (!found)
            return false;
    }
    return true;
}

bool need_takes(const Need *need, const Value *answer, bool by_kind) {
    if (answer->kind != need->example->kind)
        return false;
    if (need->kind == NEED_EACH_KEY || need->kind == NEED_EACH_VALUE)
        return takes_map(need, answer, by_kind);
    if (need->kind == NEED_CONTAINS) /* what a list holds the state decides */
        return by_kind || finds_items(need, answer);
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
    case NEED_EACH_KEY:
    case NEED_EACH_VALUE:
    case NEED_CONTAINS:
        break;
    }
    return true;
}

/* ---- The provider's state -------------------------------------------------------------------- */

static const Need *need_of_item(const Need *need, size_t index) {
    if (need->kind == NEED_CONTAINS)
        return NULL; /* it may be any of them */
    if (need->kind == NEED_EACH_LIKE)
        index = 0;
    return index < need->items.count ? need->items.items[index] : NULL;
}

bool need_is_of_state(const Need *need, const Value *answer) {
    if (need->kind == NEED_EXACT && is_scalar(need->example))
        return answer->kind == VALUE_NULL || value_equal(need->example, answer);
    if (need->kind == NEED_EACH_KEY)
        return true;
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

static Value *random_text(Arena *arena, Random *random, const char *shape, size_t size) {
    static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    size_t count = shape ? 16 : 36;
    char *text = arena_new_array(arena, size + 1, char);
    for (size_t i = 0; i < size; i++)
        text[i] = shape && shape[i] == '-' ? '-' : letters[random_below(random, (uint32_t)count)];
    return value_string(arena, (Text){text, size});
}

static Value *generate(Arena *arena, Random *random, const Need *need) {
    static const char uuid[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    switch (need->generator) {
    case GENERATOR_INTEGER:
        return value_integer(
            arena,
            need->least + (long)random_below(random, (uint32_t)(need->most - need->least + 1)));
    case GENERATOR_BOOLEAN:
        return value_boolean(arena, chance(random, 50));
    case GENERATOR_STRING:
        return random_text(arena, random, NULL, (size_t)need->most);
    case GENERATOR_UUID:
        return random_text(arena, random, uuid, sizeof uuid - 1);
    case GENERATOR_NONE:
        break;
    }
    return value_copy(arena, need->example);
}

Value *need_vary(Arena *arena, Random *random, const Need *need, const ValueList *values) {
    if (need->generator)
        return generate(arena, random, need);
    if (is_shown_whole(need))
        return value_copy(arena, values && is_scalar(need->example)
                                     ? other_scalar(random, need, values)
                                     : need->example);
    Value *varied = value_new(arena, need->example->kind);
    for (size_t i = 0; i < need->members.count; i++)
        value_set_text(arena, varied, need->members.items[i].key,
                       need_vary(arena, random, need->members.items[i].need, values));
    bool each = need->kind == NEED_EACH_LIKE && need->items.count;
    size_t count = each && values ? 1 + random_below(random, 3) : need->items.count;
    for (size_t i = 0; i < count; i++)
        value_push(arena, varied,
                   need_vary(arena, random, need->items.items[each ? 0 : i], values));
    return varied;
}
