#include "store/driver.h"

#include <errno.h>
#include <sqlite3.h>
#include <time.h>
#include <unistd.h>

enum {
    BUSY_MILLISECONDS = 60000,
    PAUSE_MILLISECONDS = 10,
    PAUSE_NANOSECONDS = PAUSE_MILLISECONDS * 1000000
};

typedef struct Sqlite {
    Sql sql;
    sqlite3 *handle;
} Sqlite;

static sqlite3 *handle_of(Sql *sql) {
    return ((Sqlite *)sql)->handle;
}

static void close_database(void *resource) {
    Sqlite *sqlite = resource;
    sqlite3_stmt *statement;
    while (sqlite->handle && (statement = sqlite3_next_stmt(sqlite->handle, NULL)))
        sqlite3_finalize(statement);
    sqlite3_close(sqlite->handle);
}

static bool failed(Sql *sql) {
    if (sqlite3_errcode(handle_of(sql)) == SQLITE_NOMEM)
        arena_exhausted(sql->arena);
    return diagnose(sql->diagnostics, STORE_FAILED, (Place){.file = sql->name}, TEXT_ARG(sql->name),
                    sqlite3_errmsg(handle_of(sql)));
}

static bool run_script(Sql *sql, const char *statements) {
    return sqlite3_exec(handle_of(sql), statements, NULL, NULL, NULL) == SQLITE_OK || failed(sql);
}

static int bind(sqlite3_stmt *statement, int index, const SqlValue *value) {
    const char *data = value->text.data ? value->text.data : "";
    switch (value->kind) {
    case SQL_NULL:
        return sqlite3_bind_null(statement, index);
    case SQL_INTEGER:
        return sqlite3_bind_int64(statement, index, value->integer);
    case SQL_TEXT:
        return sqlite3_bind_text64(statement, index, data, value->text.size, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case SQL_BYTES:
        return sqlite3_bind_blob64(statement, index, data, value->text.size, SQLITE_STATIC);
    }
    return SQLITE_ERROR;
}

static SqlValue cell_of(Arena *arena, sqlite3_stmt *statement, int column) {
    int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_INTEGER)
        return sql_integer(sqlite3_column_int64(statement, column));
    if (type == SQLITE_NULL)
        return (SqlValue){0};
    const void *data = type == SQLITE_BLOB ? sqlite3_column_blob(statement, column)
                                           : sqlite3_column_text(statement, column);
    Text text = {data, (size_t)sqlite3_column_bytes(statement, column)};
    text = text_copy(arena, text);
    return type == SQLITE_BLOB ? sql_bytes(text) : sql_text(text);
}

static void take_row(Sql *sql, sqlite3_stmt *statement, SqlRows *rows) {
    rows->columns = (size_t)sqlite3_column_count(statement);
    rows->count++;
    for (size_t i = 0; i < rows->columns; i++)
        array_push(sql->arena, &rows->cells, cell_of(sql->arena, statement, (int)i));
}

static bool run(Sql *sql, const char *text, const SqlValue *values, size_t count, SqlRows *rows) {
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(handle_of(sql), text, -1, &statement, NULL);
    for (size_t i = 0; result == SQLITE_OK && i < count; i++)
        result = bind(statement, (int)i + 1, &values[i]);
    if (rows)
        *rows = (SqlRows){0};
    while (result == SQLITE_OK || result == SQLITE_ROW) {
        result = sqlite3_step(statement);
        if (result == SQLITE_ROW && rows)
            take_row(sql, statement, rows);
    }
    bool good = result == SQLITE_DONE || failed(sql);
    sqlite3_finalize(statement);
    return good;
}

static bool begin(Sql *sql) {
    return run_script(sql, "BEGIN IMMEDIATE");
}

static bool commit(Sql *sql) {
    return run_script(sql, "COMMIT");
}

static void roll_back(Sql *sql) {
    if (!sqlite3_get_autocommit(handle_of(sql)))
        sqlite3_exec(handle_of(sql), "ROLLBACK", NULL, NULL, NULL);
}

static bool check(Sql *sql, Text *wrong) {
    SqlRows rows, keys;
    Buffer text = {.arena = sql->arena};
    if (!sql_run(sql, "PRAGMA integrity_check", NULL, 0, &rows) ||
        !sql_run(sql, "PRAGMA foreign_key_check", NULL, 0, &keys))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!text_is(sql_cell(&rows, i, 0)->text, "ok"))
            buffer_format(&text, "%.*s\n", TEXT_ARG(sql_cell(&rows, i, 0)->text));
    for (size_t i = 0; i < keys.count; i++)
        buffer_format(&text, "%.*s refers to a row that is not there\n",
                      TEXT_ARG(sql_cell(&keys, i, 0)->text));
    *wrong = buffer_text(&text);
    return true;
}

static const SqlDriver sqlite_driver = {
    .run = run,
    .script = run_script,
    .begin = begin,
    .commit = commit,
    .roll_back = roll_back,
    .check = check,
    .id = "INTEGER PRIMARY KEY",
    .integer = "INTEGER",
    .bytes = "BLOB",
    .find_table = "SELECT 1 FROM sqlite_master WHERE name = $1",
};

/* Of several that open a new file at once each has read its header and wants to write it: SQLite
 * tells all but one of them SQLITE_BUSY at once, without asking its busy handler, since two that
 * wait for each other's read lock would wait for ever. So the waiting is ours: the lock is let go
 * in between. */
static bool write_ahead(Sql *sql) {
    const struct timespec pause = {0, PAUSE_NANOSECONDS};
    int result = SQLITE_BUSY;
    for (int i = 0; result == SQLITE_BUSY && i < BUSY_MILLISECONDS / PAUSE_MILLISECONDS; i++) {
        if (i)
            nanosleep(&pause, NULL);
        result = sqlite3_exec(handle_of(sql), "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    }
    return result == SQLITE_OK || failed(sql);
}

Sql *sqlite_open(Arena *arena, Diagnostics *diagnostics, Text name, bool must_exist) {
    Sqlite *sqlite = arena_new_object(arena, Sqlite);
    Sql *sql = &sqlite->sql;
    *sql = (Sql){.driver = &sqlite_driver,
                 .arena = arena,
                 .diagnostics = diagnostics,
                 .name = text_copy(arena, name)};
    Place place = {.file = sql->name};
    if (must_exist && !text_is(name, ":memory:") && access(sql->name.data, F_OK) != 0) {
        diagnose(diagnostics, STORE_MISSING, place, TEXT_ARG(name));
        return NULL;
    }
    arena_on_free(arena, close_database, sqlite);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    if (sqlite3_open_v2(sql->name.data, &sqlite->handle, flags, NULL) != SQLITE_OK) {
        if (!sqlite->handle)
            arena_exhausted(arena);
        failed(sql);
        return NULL;
    }
    sqlite3_busy_timeout(sqlite->handle, BUSY_MILLISECONDS);
    /* A commit that was acknowledged outlives a crash: WAL with a full sync. */
    bool set =
        write_ahead(sql) && run_script(sql, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    return set ? sql : NULL;
}
