/* Owns the store itself and how rows become structs. Inside store/ only. */
#ifndef BREAKWATER_STORE_ROWS_H
#define BREAKWATER_STORE_ROWS_H

#include "store/sql.h"
#include "store/store.h"

struct Store {
    Arena *arena;
    Diagnostics *diagnostics;
    Text name;
    Sql *sql;
};

/* The columns of a StoredVersion, from `version v JOIN participant p`. */
#define VERSION_COLUMNS "v.id, p.id, p.name, v.number"

StoredVersion row_version(const SqlRows *rows, size_t row, size_t column);

/* sql_run with the values as further arguments. */
#define run(store, rows, statement, ...)                                                           \
    sql_run((store)->sql, (statement), (const SqlValue[]){__VA_ARGS__},                            \
            sizeof((const SqlValue[]){__VA_ARGS__}) / sizeof(SqlValue), (rows))

/* "2026-11-25T15:30:00.123Z": the clock's, UTC. */
Text store_now(Store *store);

#endif
