#include "store/driver.h"

#include <libpq-fe.h>
#include <stdlib.h>

/* Types of columns, by PostgreSQL's fixed numbers (pg_type.dat). */
enum { TYPE_BYTEA = 17, TYPE_INT8 = 20, TYPE_INT2 = 21, TYPE_INT4 = 23 };

enum { RETRIES = 20 };

typedef struct Postgres {
    Sql sql;
    PGconn *connection;
    PGresult *result;         /* in hand: freed with the arena where memory runs out meanwhile */
    unsigned char *unescaped; /* likewise */
    bool in_transaction;
} Postgres;

static Postgres *postgres_of(Sql *sql) {
    return (Postgres *)sql;
}

static void drop_result(Postgres *postgres) {
    PQclear(postgres->result);
    PQfreemem(postgres->unescaped);
    postgres->result = NULL;
    postgres->unescaped = NULL;
}

static void close_connection(void *resource) {
    Postgres *postgres = resource;
    drop_result(postgres);
    PQfinish(postgres->connection);
}

static void hear_nothing(void *context, const char *notice) {
    (void)context;
    (void)notice;
}

bool postgres_is_url(Text name) {
    return text_starts_with(name, TEXT("postgresql://")) ||
           text_starts_with(name, TEXT("postgres://"));
}

/* libpq ends its messages in a line feed. */
static bool say(Postgres *postgres, const char *message) {
    Text text = text_trim(text_from(message));
    text = text_copy(postgres->sql.arena, text);
    return diagnose(postgres->sql.diagnostics, STORE_FAILED, (Place){0},
                    TEXT_ARG(postgres->sql.name), text.data);
}

/* Another writer was faster: a serialisation failure, a deadlock, or a key that is there now though
 * it was looked for before, which not all databases tell as the first. */
static bool is_conflict(const PGresult *result) {
    static const char *const states[] = {"40001", "40P01", "23505"};
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    for (size_t i = 0; state && i < sizeof states / sizeof *states; i++)
        if (strcmp(state, states[i]) == 0)
            return true;
    return false;
}

static bool is_good(const PGresult *result) {
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* Takes the result over. False: diagnosed, or a conflict. */
static bool accept(Postgres *postgres, PGresult *result) {
    drop_result(postgres);
    postgres->result = result;
    if (!result)
        return say(postgres, PQerrorMessage(postgres->connection));
    if (is_good(result))
        return true;
    postgres->sql.conflict = is_conflict(result);
    return !postgres->sql.conflict && say(postgres, PQresultErrorMessage(result));
}

static bool run_script(Sql *sql, const char *statements) {
    Postgres *postgres = postgres_of(sql);
    bool good = accept(postgres, PQexec(postgres->connection, statements));
    drop_result(postgres);
    return good;
}

/* ---- one statement --------------------------------------------------------------------------- */

static SqlValue cell_of(Postgres *postgres, int row, int column) {
    Arena *arena = postgres->sql.arena;
    const PGresult *result = postgres->result;
    if (PQgetisnull(result, row, column))
        return (SqlValue){0};
    const char *data = PQgetvalue(result, row, column);
    size_t size = (size_t)PQgetlength(result, row, column);
    switch (PQftype(result, column)) {
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
        return sql_integer(strtoll(data, NULL, 10));
    case TYPE_BYTEA:
        postgres->unescaped = PQunescapeBytea((const unsigned char *)data, &size);
        if (!postgres->unescaped)
            arena_exhausted(arena);
        Text bytes = text_copy(arena, (Text){(const char *)postgres->unescaped, size});
        PQfreemem(postgres->unescaped);
        postgres->unescaped = NULL;
        return sql_bytes(bytes);
    default:
        return sql_text(text_copy(arena, (Text){data, size}));
    }
}

static void take_rows(Postgres *postgres, SqlRows *rows) {
    *rows = (SqlRows){.columns = (size_t)PQnfields(postgres->result),
                      .count = (size_t)PQntuples(postgres->result)};
    for (size_t i = 0; i < rows->count; i++)
        for (size_t j = 0; j < rows->columns; j++)
            array_push(postgres->sql.arena, &rows->cells, cell_of(postgres, (int)i, (int)j));
}

typedef struct Parameters {
    const char **values;
    int *lengths, *formats;
} Parameters;

/* Bytes go as they are, the rest as text. */
static Parameters parameters_of(Arena *arena, const SqlValue *values, size_t count) {
    Parameters parameters = {arena_new_array(arena, count + 1, const char *),
                             arena_new_array(arena, count + 1, int),
                             arena_new_array(arena, count + 1, int)};
    for (size_t i = 0; i < count; i++) {
        Text text = values[i].text;
        if (values[i].kind == SQL_INTEGER)
            text = text_format(arena, "%lld", (long long)values[i].integer);
        else if (values[i].kind == SQL_TEXT)
            text = text_copy(arena, text);
        parameters.values[i] = values[i].kind == SQL_NULL ? NULL : text.data ? text.data : "";
        parameters.lengths[i] = (int)text.size;
        parameters.formats[i] = values[i].kind == SQL_BYTES;
    }
    return parameters;
}

/* Outside of a transaction a statement that met a conflict is simply run again. */
static bool run(Sql *sql, const char *statement, const SqlValue *values, size_t count,
                SqlRows *rows) {
    Postgres *postgres = postgres_of(sql);
    Parameters parameters = parameters_of(sql->arena, values, count);
    bool good = false;
    for (int i = 0; i < RETRIES && !good; i++) {
        sql->conflict = false;
        good = accept(postgres,
                      PQexecParams(postgres->connection, statement, (int)count, NULL,
                                   parameters.values, parameters.lengths, parameters.formats, 0));
        if (!sql->conflict || postgres->in_transaction)
            break;
    }
    if (good && rows)
        take_rows(postgres, rows);
    drop_result(postgres);
    return good;
}

/* ---- transactions ---------------------------------------------------------------------------- */

static bool begin(Sql *sql) {
    bool begun = run_script(sql, "BEGIN ISOLATION LEVEL SERIALIZABLE");
    postgres_of(sql)->in_transaction = begun;
    return begun;
}

static bool commit(Sql *sql) {
    bool done = run_script(sql, "COMMIT");
    postgres_of(sql)->in_transaction = !done;
    return done;
}

static void roll_back(Sql *sql) {
    Postgres *postgres = postgres_of(sql);
    if (postgres->in_transaction)
        PQclear(PQexec(postgres->connection, "ROLLBACK"));
    postgres->in_transaction = false;
}

/* The server holds the references together and checks its pages itself. */
static bool check(Sql *sql, Text *wrong) {
    (void)sql;
    *wrong = (Text){0};
    return true;
}

static const SqlDriver postgres_driver = {
    .run = run,
    .script = run_script,
    .begin = begin,
    .commit = commit,
    .roll_back = roll_back,
    .check = check,
    .id = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
    .integer = "BIGINT",
    .bytes = "BYTEA",
    .find_table = "SELECT 1 FROM information_schema.tables WHERE table_name = $1 "
                  "AND table_schema = current_schema()",
};

/* A password in a URL is not for messages. */
static Text shown_name(Arena *arena, Text url) {
    size_t at = text_find_byte(url, '@', 0), slashes = text_find_byte(url, '/', 0) + 2;
    if (at == SIZE_MAX)
        return text_copy(arena, url);
    Text rest = text_slice(url, at, url.size);
    return text_format(arena, "%.*s…%.*s", (int)slashes, url.data, TEXT_ARG(rest));
}

Sql *postgres_open(Arena *arena, Diagnostics *diagnostics, Text url) {
    Postgres *postgres = arena_new_object(arena, Postgres);
    postgres->sql = (Sql){.driver = &postgres_driver,
                          .arena = arena,
                          .diagnostics = diagnostics,
                          .name = shown_name(arena, url)};
    arena_on_free(arena, close_connection, postgres);
    postgres->connection = PQconnectdb(text_copy(arena, url).data);
    if (!postgres->connection)
        arena_exhausted(arena);
    if (PQstatus(postgres->connection) != CONNECTION_OK) {
        say(postgres, PQerrorMessage(postgres->connection));
        return NULL;
    }
    PQsetNoticeProcessor(postgres->connection, hear_nothing, NULL);
    return run_script(&postgres->sql, "SET client_encoding = 'UTF8'") ? &postgres->sql : NULL;
}
