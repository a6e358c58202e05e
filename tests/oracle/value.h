/* Owns the JSON values of the oracle: schemas and instances alike, made and changed in place.
 * Gives making, copying, comparing and writing them, and exact arithmetic on their numbers. Knows
 * nothing of JSON Schema, and shares nothing with the document tree of the program.
 */
#ifndef BREAKWATER_ORACLE_VALUE_H
#define BREAKWATER_ORACLE_VALUE_H

#include "support/array.h"
#include "support/text.h"

typedef enum ValueKind {
    VALUE_NULL,
    VALUE_BOOLEAN,
    VALUE_NUMBER,
    VALUE_STRING,
    VALUE_ARRAY,
    VALUE_OBJECT
} ValueKind;

typedef struct Value Value;

typedef struct ValueMember {
    Text key;
    Value *value;
} ValueMember;

struct Value {
    ValueKind kind;
    bool truth; /* of a boolean */
    Text text;  /* of a string; of a number its digits as written */
    ARRAY(Value *) items;
    ARRAY(ValueMember) members;
};

Value *value_new(Arena *arena, ValueKind kind);
Value *value_boolean(Arena *arena, bool truth);
Value *value_number(Arena *arena, Text digits);
Value *value_integer(Arena *arena, long number);
Value *value_string(Arena *arena, Text text);
Value *value_copy(Arena *arena, const Value *value);

/* Makes `into` another value where it stands. */
void value_replace(Arena *arena, Value *into, const Value *value);

/* NULL where `object` is none or lacks the key. */
Value *value_get(const Value *object, const char *key);
Value *value_get_text(const Value *object, Text key);
bool value_has(const Value *object, const char *key);
void value_set(Arena *arena, Value *object, const char *key, Value *value);
void value_set_text(Arena *arena, Value *object, Text key, Value *value);
void value_remove(Value *object, const char *key);
void value_remove_at(Value *object, size_t index);
void value_push(Arena *arena, Value *array, Value *item);
void value_drop(Value *array, size_t index);

bool value_is_string(const Value *value, const char *text);

/* As JSON has it: numbers by value, objects whatever their order. */
bool value_equal(const Value *a, const Value *b);

void value_write(const Value *value, Buffer *into);

/* Numbers in fixed point, FIXED_DIGITS behind it: what the oracle generates never needs more. */
__extension__ typedef __int128 Fixed;
enum { FIXED_DIGITS = 9 };

Fixed fixed_of(Text digits);
Fixed fixed_from(long number);
Text fixed_write(Arena *arena, Fixed number);
bool fixed_is_integer(Fixed number);

#endif
