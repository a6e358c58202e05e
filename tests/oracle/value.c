#include "value.h"

Value *value_new(Arena *arena, ValueKind kind) {
    Value *value = arena_new_object(arena, Value);
    value->kind = kind;
    return value;
}

Value *value_boolean(Arena *arena, bool truth) {
    Value *value = value_new(arena, VALUE_BOOLEAN);
    value->truth = truth;
    return value;
}

Value *value_number(Arena *arena, Text digits) {
    Value *value = value_new(arena, VALUE_NUMBER);
    value->text = digits;
    return value;
}

Value *value_integer(Arena *arena, long number) {
    return value_number(arena, text_format(arena, "%ld", number));
}

Value *value_string(Arena *arena, Text text) {
    Value *value = value_new(arena, VALUE_STRING);
    value->text = text;
    return value;
}

Value *value_copy(Arena *arena, const Value *value) {
    Value *copy = value_new(arena, value->kind);
    value_replace(arena, copy, value);
    return copy;
}

void value_replace(Arena *arena, Value *into, const Value *value) {
    Value made = {.kind = value->kind, .truth = value->truth, .text = value->text};
    for (size_t i = 0; i < value->items.count; i++)
        array_push(arena, &made.items, value_copy(arena, value->items.items[i]));
    for (size_t i = 0; i < value->members.count; i++) {
        ValueMember member = value->members.items[i];
        member.value = value_copy(arena, member.value);
        array_push(arena, &made.members, member);
    }
    *into = made;
}

Value *value_get_text(const Value *object, Text key) {
    for (size_t i = 0; object && i < object->members.count; i++)
        if (text_equal(object->members.items[i].key, key))
            return object->members.items[i].value;
    return NULL;
}

Value *value_get(const Value *object, const char *key) {
    return value_get_text(object, text_from(key));
}

bool value_has(const Value *object, const char *key) {
    return value_get(object, key) != NULL;
}

void value_set_text(Arena *arena, Value *object, Text key, Value *value) {
    for (size_t i = 0; i < object->members.count; i++)
        if (text_equal(object->members.items[i].key, key)) {
            object->members.items[i].value = value;
            return;
        }
    array_push(arena, &object->members, ((ValueMember){key, value}));
}

void value_set(Arena *arena, Value *object, const char *key, Value *value) {
    value_set_text(arena, object, text_from(key), value);
}

void value_remove_at(Value *object, size_t index) {
    for (size_t i = index + 1; i < object->members.count; i++)
        object->members.items[i - 1] = object->members.items[i];
    object->members.count--;
}

void value_remove(Value *object, const char *key) {
    for (size_t i = 0; i < object->members.count; i++)
        if (text_is(object->members.items[i].key, key)) {
            value_remove_at(object, i);
            return;
        }
}

void value_push(Arena *arena, Value *array, Value *item) {
    array_push(arena, &array->items, item);
}

void value_drop(Value *array, size_t index) {
    for (size_t i = index + 1; i < array->items.count; i++)
        array->items.items[i - 1] = array->items.items[i];
    array->items.count--;
}

bool value_is_string(const Value *value, const char *text) {
    return value && value->kind == VALUE_STRING && text_is(value->text, text);
}

static bool objects_equal(const Value *a, const Value *b) {
    if (a->members.count != b->members.count)
        return false;
    for (size_t i = 0; i < a->members.count; i++) {
        const Value *other = value_get_text(b, a->members.items[i].key);
        if (!other || !value_equal(a->members.items[i].value, other))
            return false;
    }
    return true;
}

bool value_equal(const Value *a, const Value *b) {
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case VALUE_NULL:
        return true;
    case VALUE_BOOLEAN:
        return a->truth == b->truth;
    case VALUE_NUMBER:
        return fixed_of(a->text) == fixed_of(b->text);
    case VALUE_STRING:
        return text_equal(a->text, b->text);
    case VALUE_ARRAY:
        if (a->items.count != b->items.count)
            return false;
        for (size_t i = 0; i < a->items.count; i++)
            if (!value_equal(a->items.items[i], b->items.items[i]))
                return false;
        return true;
    case VALUE_OBJECT:
        return objects_equal(a, b);
    }
    return false;
}

/* ---- writing --------------------------------------------------------------------------------- */

static void write_string(Text text, Buffer *into) {
    buffer_add_byte(into, '"');
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '"' || c == '\\')
            buffer_add_byte(into, '\\');
        buffer_add_byte(into, c);
    }
    buffer_add_byte(into, '"');
}

static void write_array(const Value *array, Buffer *into) {
    buffer_add_byte(into, '[');
    for (size_t i = 0; i < array->items.count; i++) {
        buffer_add(into, i ? TEXT(", ") : TEXT(""));
        value_write(array->items.items[i], into);
    }
    buffer_add_byte(into, ']');
}

static void write_object(const Value *object, Buffer *into) {
    buffer_add_byte(into, '{');
    for (size_t i = 0; i < object->members.count; i++) {
        buffer_add(into, i ? TEXT(", ") : TEXT(""));
        write_string(object->members.items[i].key, into);
        buffer_add(into, TEXT(": "));
        value_write(object->members.items[i].value, into);
    }
    buffer_add_byte(into, '}');
}

void value_write(const Value *value, Buffer *into) {
    switch (value->kind) {
    case VALUE_NULL:
        buffer_add(into, TEXT("null"));
        return;
    case VALUE_BOOLEAN:
        buffer_add(into, value->truth ? TEXT("true") : TEXT("false"));
        return;
    case VALUE_NUMBER:
        buffer_add(into, value->text);
        return;
    case VALUE_STRING:
        write_string(value->text, into);
        return;
    case VALUE_ARRAY:
        write_array(value, into);
        return;
    case VALUE_OBJECT:
        write_object(value, into);
        return;
    }
}

/* ---- numbers --------------------------------------------------------------------------------- */

static Fixed one(void) {
    Fixed power = 1;
    for (int i = 0; i < FIXED_DIGITS; i++)
        power *= 10;
    return power;
}

static long exponent_of(Text digits, size_t at) {
    long exponent = 0;
    bool negative = at < digits.size && digits.data[at] == '-';
    for (size_t i = at; i < digits.size; i++)
        if (digits.data[i] >= '0' && digits.data[i] <= '9')
            exponent = exponent * 10 + (digits.data[i] - '0');
    return negative ? -exponent : exponent;
}

Fixed fixed_of(Text digits) {
    Fixed number = 0;
    long places = FIXED_DIGITS;
    bool behind_point = false;
    size_t i = digits.size && digits.data[0] == '-';
    for (; i < digits.size && digits.data[i] != 'e'; i++) {
        if (digits.data[i] == '.') {
            behind_point = true;
            continue;
        }
        number = number * 10 + (digits.data[i] - '0');
        places -= behind_point;
    }
    if (i < digits.size)
        places += exponent_of(digits, i + 1);
    for (; places > 0; places--)
        number *= 10;
    for (; places < 0; places++)
        number /= 10;
    return digits.size && digits.data[0] == '-' ? -number : number;
}

Fixed fixed_from(long number) {
    return number * one();
}

bool fixed_is_integer(Fixed number) {
    return number % one() == 0;
}

Text fixed_write(Arena *arena, Fixed number) {
    char digits[64];
    size_t at = sizeof digits;
    bool negative = number < 0;
    Fixed rest = negative ? -number : number;
    bool started = false;
    for (int place = 0; place <= FIXED_DIGITS || rest; place++) {
        if (place == FIXED_DIGITS && started)
            digits[--at] = '.';
        started |= rest % 10 != 0 || place >= FIXED_DIGITS;
        if (started)
            digits[--at] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    if (negative)
        digits[--at] = '-';
    return text_copy(arena, (Text){digits + at, sizeof digits - at});
}
