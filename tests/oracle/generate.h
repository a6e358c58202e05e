/* Owns the making of random schemas, weighted towards what descriptions really use, and the random
 * changes of them whose meaning nobody knows.
 * Gives Descriptions. Knows nothing of what the program says of them.
 */
#ifndef BREAKWATER_ORACLE_GENERATE_H
#define BREAKWATER_ORACLE_GENERATE_H

#include "evaluate.h"
#include "random.h"

typedef struct Generator {
    Arena *arena;
    Random *random;
    Value *components; /* what a `$ref` may name */
    bool rare;         /* what descriptions seldom use is used often */
    bool mixed;        /* combinators stand beside all else, and within each other */
} Generator;

/* A pattern and what it takes and refuses, for generator and sampler alike. */
typedef struct PatternSample {
    const char *pattern;
    const char *texts[4]; /* those found first, then one that is not */
} PatternSample;

enum { PATTERN_SAMPLES = 8 };
extern const PatternSample pattern_samples[PATTERN_SAMPLES];

/* Names of properties, few so that they meet. */
enum { PROPERTY_NAMES = 8 };
extern const char *const property_names[PROPERTY_NAMES];

Description generate_description(Arena *arena, Random *random);

/* The same with what is seldom written and hard to compare. */
Description generate_hard_description(Arena *arena, Random *random);

Value *generate_schema(Generator *generator, int depth);
Value *generate_mixed(Generator *generator, int depth);

/* One keyword with a value, for a schema that may lack it; put into `schema`. */
void generate_keyword(Generator *generator, Value *schema, int depth);

Description description_copy(Arena *arena, const Description *description);

/* All schemas of a description, in the order in which they are written. */
typedef struct SchemaList {
    ARRAY(Value *) schemas;
} SchemaList;
SchemaList schemas_of(Arena *arena, const Description *description);

/* Changes a description in some places. */
void mutate(Generator *generator, Description *description);

/* Changes one keyword of one schema. */
void nudge(Generator *generator, Description *description);

/* Whether a schema leads back to itself without a step into a value: then it means nothing. */
bool description_is_circular(const Description *description);

#endif
