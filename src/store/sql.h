/* Owns a connection to a database that speaks SQL: SQLite or PostgreSQL. One statement at a time,
 * all of its rows at once. Inside store/ only. Knows nothing of what is stored.
 *
 * Statements keep to the SQL that SQLite and PostgreSQL have in common; parameters are `$1`, `$2`,
 * …, first named in this order.
 */
#ifndef BREAKWATER_STORE_SQL_H
#define BREAKWATER_STORE_SQL_H

#include "support/diagnostics.h"

typedef enum SqlKind { SQL_NULL, SQL_INTEGER, SQL_TEXT, SQL_BYTES } SqlKind;

typedef struct SqlValue {
    SqlKind kind;
    int64_t integer;
    Text text; /* of text and bytes */
} SqlValue;

static inline SqlValue sql_integer(int64_t integer) {
    return (SqlValue){SQL_INTEGER, integer, {0}};
}

static inline SqlValue sql_text(Text text) {
    return (SqlValue){SQL_TEXT, 0, text};
}

static inline SqlValue sql_bytes(Text bytes) {
    return (SqlValue){SQL_BYTES, 0, bytes};
}

/* Rows one after the other, each of `columns` cells. */
typedef struct SqlRows {
    ARRAY(SqlValue) cells;
    size_t columns, count;
} SqlRows;

static inline const SqlValue *sql_cell(const SqlRows *rows, size_t row, size_t column) {
    return &rows->cells.items[row * rows->columns + column];
}

typedef struct Sql Sql;

/* `name` is a file, which is made unless `must_exist`. NULL: diagnosed. The arena closes it. */
Sql *sqlite_open(Arena *arena, Diagnostics *diagnostics, Text name, bool must_exist);

/* `url` begins with postgresql:// or postgres://. NULL: diagnosed. The arena closes it. */
Sql *postgres_open(Arena *arena, Diagnostics *diagnostics, Text url);
bool postgres_is_url(Text name);

/* Runs one statement; `rows` may be NULL. False: diagnosed. */
bool sql_run(Sql *sql, const char *statement, const SqlValue *values, size_t count, SqlRows *rows);

/* Whether the last failure was another writer's doing, of which nothing was said: then what stood
 * in the transaction is to be done again. */
bool sql_conflicted(const Sql *sql);

bool sql_has_table(Sql *sql, const char *name, bool *has);

/* Runs several statements without parameters; `{id}`, `{integer}` and `{bytes}` are types of
 * columns. False: diagnosed. */
bool sql_script(Sql *sql, const char *statements);

/* Begins to write: whoever else wants to waits. False: diagnosed. */
bool sql_begin(Sql *sql);
bool sql_commit(Sql *sql);
void sql_roll_back(Sql *sql);

/* Where what goes wrong is said from now on. */
void sql_tell(Sql *sql, Diagnostics *diagnostics);

/* What a full check of the database finds wrong, a line each; empty: nothing. False: diagnosed. */
bool sql_check(Sql *sql, Text *wrong);

#endif
