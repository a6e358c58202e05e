/* Owns a list of where we say otherwise than others do, each row with its argument:
 * `subject | … | argument`, in a file of tests/. A difference without a row fails, and so does a
 * row that nothing needs. Knows nothing of what is compared.
 */
#ifndef BREAKWATER_TESTS_HARNESS_ARGUED_H
#define BREAKWATER_TESTS_HARNESS_ARGUED_H

#include "harness.h"

enum { ARGUED_COLUMNS_MOST = 4 };

typedef struct ArguedRow {
    Text columns[ARGUED_COLUMNS_MOST]; /* the last one is the argument */
    bool used;
} ArguedRow;

typedef struct Argued {
    Harness *harness;
    Text name;        /* of the cases */
    const char *file; /* "tests/history.txt" */
    size_t columns;
    ARRAY(ArguedRow) rows;
} Argued;

/* `shape` names the columns, as a row that lacks some is told. */
Argued argued_read(Harness *harness, Text name, const char *file, size_t columns,
                   const char *shape);

/* Whether a row is of such a difference, told by all columns but the last; in the first, `*` of the
 * row stands for anything. */
bool argued_has(Argued *argued, const Text *difference);

/* Fails for each row that was not asked for. */
void argued_check_used(const Argued *argued);

#endif
