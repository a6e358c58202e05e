/* Owns the oracle's own evaluator of JSON Schema 2020-12: whether a value satisfies a schema, by
 * plain recursion over the schema as it is written.
 * Gives that one answer, and which members of the value the schema describes. Shares nothing with
 * the program whose answers are held against it: no canonical form, no decimals, no matcher.
 */
#ifndef BREAKWATER_ORACLE_EVALUATE_H
#define BREAKWATER_ORACLE_EVALUATE_H

#include "value.h"

typedef struct Names {
    ARRAY(Text) list;
} Names;

bool names_have(const Names *names, Text name);

/* A schema with the components that its `$ref`s name. */
typedef struct Description {
    Value *schema;
    Value *components; /* an object: name to schema */
    bool in_3_0;       /* written as OpenAPI 3.0 spells things */
    bool dynamic;      /* written with lists whose items `$dynamicRef` names */
} Description;

/* The members of objects within a value that a schema has taken by what it says of them: by
 * `properties`, `patternProperties`, or an `additionalProperties` that is more than `true`. */
typedef struct Described {
    ARRAY(const ValueMember *) members;
} Described;

/* Keywords that hold schemas, and how. */
typedef enum SchemaShape { NO_SCHEMA, ONE_SCHEMA, LIST_OF_SCHEMAS, MAP_OF_SCHEMAS } SchemaShape;
SchemaShape schema_shape(Text keyword);

/* What a `$ref` names, NULL where there is none such. */
Value *description_component(const Description *description, const Value *reference);

/* A schema that leads back to itself through a choice, before any step into the value, means
 * nothing (JSON Schema 2020-12 core 9.4.1). */
typedef enum Answer { TAKEN, NOT_TAKEN, ENDLESS } Answer;

/* `described` is filled where the value is taken. `required` does not count for `hidden` names;
 * NULL: there are none. */
Answer evaluate(Arena *arena, const Description *description, const Value *value,
                const Names *hidden, Described *described);

/* Whether an ECMA-262 pattern of the few that the oracle uses is found in a text. */
bool pattern_found(Arena *arena, Text pattern, Text text);

#endif
