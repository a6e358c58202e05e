/* Owns answers of several alternatives that a tag tells apart, consumers that read them with their
 * tag by value, regex, type or not at all, and revisions. They are so simple that what is right can
 * be told exactly, alternative by alternative; written in many spellings, they hold the program to
 * it in both directions.
 */
#ifndef BREAKWATER_CONSUMERS_TAGGED_H
#define BREAKWATER_CONSUMERS_TAGGED_H

#include "held.h"

typedef struct TaggedFigures {
    size_t pairs, results[3], named, wrong;
} TaggedFigures;

void check_tagged(const Reader *reader, uint64_t seed, TaggedFigures *figures);

#endif
