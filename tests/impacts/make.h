/* Owns the making of whole descriptions and pacts at random: operations, parameters and how they
 * are written, bodies, headers, security, servers; changes of every kind; and pacts of versions 2
 * to 4 that a consumer of the base may have recorded.
 * Gives the oracle's Values. Knows nothing of what the program says of them.
 */
#ifndef BREAKWATER_IMPACTS_MAKE_H
#define BREAKWATER_IMPACTS_MAKE_H

#include "oracle/generate.h"
#include "oracle/sample.h"

typedef struct Maker {
    Arena *arena;
    Random *random;
    Value *components; /* the schemas of the description at hand */
} Maker;

/* JSON text as a Value. */
Value *value_of_json(Arena *arena, Text text);
Value *value_from(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
Text value_text(Arena *arena, const Value *value);

Value *make_description(Maker *maker);

/* Parts that change.c wants, too. */
Value *make_schema(Maker *maker, int depth);
Value *make_parameter(Maker *maker, const char *in, const char *name);
Value *make_content(Maker *maker);
Value *make_header(Maker *maker);
Value *make_security(Maker *maker);

/* Changes a description in one to three places. */
void change_description(Maker *maker, Value *description);

/* What means the same: another order, another spelling of one schema. */
void respell_description(Maker *maker, Value *description);

/* A pact of interactions with the base. */
Value *make_pact(Maker *maker, const Value *base);

#endif
