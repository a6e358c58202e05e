#include "store/driver.h"

bool sql_run(Sql *sql, const char *statement, const SqlValue *values, size_t count, SqlRows *rows) {
    sql->conflict = false;
    return sql->driver->run(sql, statement, values, count, rows);
}

/* `{id}`, `{integer}` and `{bytes}` replaced by the database's own types. */
static Text with_types(Sql *sql, const char *statements) {
    const struct {
        Text word;
        const char *type;
    } words[] = {
        {TEXT("{id}"), sql->driver->id},
        {TEXT("{integer}"), sql->driver->integer},
        {TEXT("{bytes}"), sql->driver->bytes},
    };
    Buffer out = {.arena = sql->arena};
    Text rest = text_from(statements);
    while (rest.size) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof words / sizeof *words && !skip; i++)
            if (text_starts_with(rest, words[i].word)) {
                buffer_add(&out, text_from(words[i].type));
                skip = words[i].word.size;
            }
        if (!skip)
            buffer_add_byte(&out, rest.data[0]);
        rest = text_slice(rest, skip ? skip : 1, rest.size);
    }
    buffer_add_byte(&out, '\0');
    return buffer_text(&out);
}

bool sql_script(Sql *sql, const char *statements) {
    sql->conflict = false;
    return sql->driver->script(sql, with_types(sql, statements).data);
}

bool sql_has_table(Sql *sql, const char *name, bool *has) {
    SqlRows rows;
    SqlValue value = sql_text(text_from(name));
    if (!sql_run(sql, sql->driver->find_table, &value, 1, &rows))
        return false;
    *has = rows.count > 0;
    return true;
}

bool sql_begin(Sql *sql) {
    sql->conflict = false;
    return sql->driver->begin(sql);
}

bool sql_commit(Sql *sql) {
    sql->conflict = false;
    return sql->driver->commit(sql);
}

void sql_roll_back(Sql *sql) {
    sql->driver->roll_back(sql);
}

bool sql_conflicted(const Sql *sql) {
    return sql->conflict;
}

bool sql_check(Sql *sql, Text *wrong) {
    return sql->driver->check(sql, wrong);
}

void sql_tell(Sql *sql, Diagnostics *diagnostics) {
    sql->diagnostics = diagnostics;
}
