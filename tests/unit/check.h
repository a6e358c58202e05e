/* The few lines that unit tests need. A test program has tests as functions, runs each by
 * RUN(function), and ends with `return check_finish();`, which prints "N passed, N failed".
 */
#ifndef BREAKWATER_TESTS_CHECK_H
#define BREAKWATER_TESTS_CHECK_H

#include "support/arena.h"
#include "support/text.h"

#include <stdio.h>
#include <stdlib.h>

static int check_failures, check_passed, check_failed, check_skipped;
static MemoryEscape check_escape;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            check_failures++;                                                                      \
            printf("%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);                       \
        }                                                                                          \
    } while (0)

#define CHECK_TEXT(actual, expected)                                                               \
    do {                                                                                           \
        Text check_actual = (actual);                                                              \
        if (!text_is(check_actual, (expected))) {                                                  \
            check_failures++;                                                                      \
            printf("%s:%d: %s\n  expected: %s\n  actual:   %.*s\n", __FILE__, __LINE__, #actual,   \
                   (expected), TEXT_ARG(check_actual));                                            \
        }                                                                                          \
    } while (0)

/* Each test gets an arena of its own. */
#define RUN(test)                                                                                  \
    do {                                                                                           \
        check_failures = 0;                                                                        \
        if (setjmp(check_escape.point)) {                                                          \
            printf("%s: out of memory\n", #test);                                                  \
            exit(1);                                                                               \
        }                                                                                          \
        Arena *check_arena = arena_new(&check_escape);                                             \
        test(check_arena);                                                                         \
        arena_free(check_arena);                                                                   \
        if (check_failures)                                                                        \
            check_failed++;                                                                        \
        else                                                                                       \
            check_passed++;                                                                        \
        printf("%s %s\n", check_failures ? "FAIL" : "ok  ", #test);                                \
    } while (0)

/* Says by name what is not tested, and why. */
static inline void check_skip(const char *name, const char *why) {
    printf("SKIP %s: %s\n", name, why);
    check_skipped++;
}

static inline int check_finish(void) {
    printf("%d passed, %d failed", check_passed, check_failed);
    if (check_skipped)
        printf(", %d skipped", check_skipped);
    printf("\n");
    return check_failed ? 1 : 0;
}

#endif
