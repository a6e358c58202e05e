/* Owns what a made-up consumer needs of an answer: an example with matchers, as a tree.
 * Gives its pact, and whether an answer is one that the consumer can take, by an evaluator of the
 * matchers written apart from the program's: it never makes a Type.
 */
#ifndef BREAKWATER_CONSUMERS_NEED_H
#define BREAKWATER_CONSUMERS_NEED_H

#include "oracle/random.h"
#include "oracle/value.h"

typedef enum NeedKind {
    NEED_EXACT, /* no matcher, or equality */
    NEED_TYPE,  /* of the example's kind */
    NEED_INTEGER,
    NEED_NUMBER,
    NEED_EACH_LIKE,  /* an array of any length from `least` on, its items like the one below */
    NEED_EACH_KEY,   /* an object with keys among those of the members, and any values */
    NEED_EACH_VALUE, /* an object with any keys, each value as that of one of the members */
    NEED_CONTAINS    /* an array that has, among other items, one for each of those below */
} NeedKind;

/* Who sends a value may have it made anew each time. */
typedef enum NeedGenerator {
    GENERATOR_NONE,
    GENERATOR_INTEGER, /* from `least` to `most` */
    GENERATOR_BOOLEAN,
    GENERATOR_STRING, /* of `most` characters */
    GENERATOR_UUID
} NeedGenerator;

typedef struct Need Need;

typedef struct NeedMember {
    Text key;
    Need *need;
} NeedMember;

struct Need {
    NeedKind kind;
    const char *matcher; /* what the pact says here; NULL: nothing, the kind follows from above */
    const Value *example;
    bool whole; /* nothing is said of what is in it: a member of a map */
    NeedGenerator generator;
    long least, most;
    ARRAY(Need *) items;
    ARRAY(NeedMember) members;
};

/* The needs of a consumer that was written against an answer: it reads some of it, by matchers. */
Need *need_of(Arena *arena, Random *random, const Value *answer);

/* The example that stands in the pact. */
Value *need_example(Arena *arena, const Need *need);

/* The body's matching rules, version 3. */
void need_write_rules(const Need *need, Text path, Buffer *into);

/* The body's generators, which its matching rules stand beside. */
void need_write_generators(const Need *need, Text path, Buffer *into);
bool need_is_generated(const Need *need);

/* What the consumer may send where the need is its own body: another value that the matchers allow.
 * `values` are scalars to choose from; NULL: the body as it is recorded, what is generated made
 * anew. */
typedef ARRAY(Value *) ValueList;
Value *need_vary(Arena *arena, Random *random, const Need *need, const ValueList *values);

/* Whether an answer is of the state that exact values tell: none of them is another one there. */
bool need_is_of_state(const Need *need, const Value *answer);

/* The answer with the exact values, wherever it has any there. */
Value *need_impose(Arena *arena, const Need *need, const Value *answer);

/* Whether the consumer takes an answer. `by_kind`: where the pact has exact values, any of the same
 * kind will do, and lists may have other lengths, since the provider's state decides them.
 * Otherwise a list whose items are read has one: an empty one shows nothing. */
bool need_takes(const Need *need, const Value *answer, bool by_kind);

#endif
