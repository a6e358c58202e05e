/* Owns what a database must be able to do for sql.h. Inside store/ only; one file each implements
 * it.
 */
#ifndef BREAKWATER_STORE_DRIVER_H
#define BREAKWATER_STORE_DRIVER_H

#include "store/sql.h"

typedef struct SqlDriver {
    bool (*run)(Sql *sql, const char *statement, const SqlValue *values, size_t count,
                SqlRows *rows);
    bool (*script)(Sql *sql, const char *statements);
    bool (*begin)(Sql *sql);
    bool (*commit)(Sql *sql);
    void (*roll_back)(Sql *sql);
    bool (*check)(Sql *sql, Text *wrong);
    const char *id, *integer, *bytes; /* types of columns: `{id}`, `{integer}`, `{bytes}` */
    const char *find_table;           /* finds a table by name ($1) */
} SqlDriver;

/* The beginning of each driver's connection. */
struct Sql {
    const SqlDriver *driver;
    Arena *arena;
    Diagnostics *diagnostics;
    Text name;
    bool conflict; /* the last failure was another writer's doing; nothing was said of it */
};

#endif
