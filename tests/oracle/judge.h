/* Owns one question to the program and what is demanded of its answer.
 *
 * A pair of descriptions is put into the request and the response of one operation and compared by
 * the library's public call. The evaluator, which shares nothing with the program, holds sampled
 * values against both sides:
 *
 *   a request breaks if the base takes a value that the revision refuses,
 *   a response breaks if the revision takes (may send) a value that the base refuses.
 *
 * Where such a value was found, at least one change of that direction must be more than compatible.
 *
 * One exemption, as narrow as it can be: an object is compared as consumers meet it, so a property
 * that is declared where the base left the object open is an addition, whatever values an
 * undeclared key of that name had before. A value proves nothing against a request if it has a key
 * that the base does not describe (by `properties`, `patternProperties`, or a schema for additional
 * ones) and that the program says was added: where nothing of the kind is said, it counts.
 */
#ifndef BREAKWATER_ORACLE_JUDGE_H
#define BREAKWATER_ORACLE_JUDGE_H

#include "breakwater.h"
#include "evaluate.h"
#include "random.h"

typedef struct Judge {
    char base[64], revision[64]; /* files that hold the pair at hand */
    unsigned samples;            /* values tried from each side */
} Judge;

typedef struct PairOfSides {
    Description base, revision;
} PairOfSides;

/* What the program says of one direction. */
typedef struct Said {
    size_t changes;
    bw_compatibility worst;
    bool unproven;     /* one of them says that it could not be decided */
    Text words;        /* the changes, one a line */
    ARRAY(Text) added; /* what is said of properties that are new */
} Said;

typedef struct Judgement {
    bool refused;            /* the pair is no valid input */
    bool fault;              /* the library broke down */
    Text diagnostic;         /* where refused */
    const Value *witness[2]; /* by direction; NULL where none was found */
    Said said[2];
} Judgement;

/* False: the files can't be made. */
bool judge_open(Judge *judge);
void judge_close(Judge *judge);

Judgement judge_pair(const Judge *judge, Arena *arena, uint64_t seed, const PairOfSides *pair);

/* A break was proven in a direction, and every change there is called compatible, or there is none.
 */
bool judgement_misses(const Judgement *judgement, int direction);

/* Something is called breaking or conditional. */
bool judgement_alarms(const Judgement *judgement, int direction);

#endif
