/* Gives the oracle's chances: the same from the same seed on every machine. */
#ifndef BREAKWATER_ORACLE_RANDOM_H
#define BREAKWATER_ORACLE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Random {
    uint64_t state;
} Random;

/* splitmix64 */
static inline uint64_t random_next(Random *random) {
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline size_t random_below(Random *random, size_t limit) {
    return limit ? (size_t)(random_next(random) % limit) : 0;
}

static inline bool chance(Random *random, unsigned percent) {
    return random_below(random, 100) < percent;
}

#define random_of(random, array) ((array)[random_below((random), sizeof(array) / sizeof *(array))])

#endif
