/* Owns the evaluator's answers as lines of JSON, for other validators to be held against. */
#ifndef BREAKWATER_ORACLE_PRINT_H
#define BREAKWATER_ORACLE_PRINT_H

#include "support/text.h"

/* Some values for the hard description of a seed, each with whether it is taken. */
void print_answers(Arena *arena, uint64_t seed);

#endif
