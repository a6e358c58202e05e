#include "store/schema.h"

#include <time.h>

/* One script a version, applied in order. What is out stays as it is: a change is a script more.
 * Not every database takes tables back with the transaction that made them, so what is there
 * already is passed over.
 *
 * Contents are kept under their digests: a bundle is a contract or description, its parts the files
 * it is made of. Versions count in the order of their ids. What ended has an end, so that history
 * stays. */
static const char *const migrations[] = {
    "CREATE TABLE IF NOT EXISTS participant ("
    "  id {id}, name TEXT NOT NULL UNIQUE, main_branch TEXT);"
    "CREATE TABLE IF NOT EXISTS version ("
    "  id {id}, participant {integer} NOT NULL REFERENCES participant (id),"
    "  number TEXT NOT NULL, created TEXT NOT NULL, UNIQUE (participant, number));"
    "CREATE TABLE IF NOT EXISTS branch ("
    "  version {integer} NOT NULL REFERENCES version (id), name TEXT NOT NULL,"
    "  PRIMARY KEY (version, name));"
    "CREATE TABLE IF NOT EXISTS tag ("
    "  version {integer} NOT NULL REFERENCES version (id), name TEXT NOT NULL,"
    "  PRIMARY KEY (version, name));"
    "CREATE TABLE IF NOT EXISTS environment ("
    "  id {id}, name TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL,"
    "  production {integer} NOT NULL);"
    "CREATE TABLE IF NOT EXISTS content (digest TEXT PRIMARY KEY, bytes {bytes} NOT NULL);"
    "CREATE TABLE IF NOT EXISTS bundle (digest TEXT PRIMARY KEY);"
    "CREATE TABLE IF NOT EXISTS part ("
    "  bundle TEXT NOT NULL REFERENCES bundle (digest), position {integer} NOT NULL,"
    "  name TEXT NOT NULL, content TEXT NOT NULL REFERENCES content (digest),"
    "  PRIMARY KEY (bundle, position));"
    "CREATE TABLE IF NOT EXISTS contract ("
    "  version {integer} NOT NULL REFERENCES version (id),"
    "  provider {integer} NOT NULL REFERENCES participant (id),"
    "  bundle TEXT NOT NULL REFERENCES bundle (digest), PRIMARY KEY (version, provider));"
    "CREATE INDEX IF NOT EXISTS contract_by_provider ON contract (provider, version);"
    "CREATE TABLE IF NOT EXISTS description ("
    "  version {integer} PRIMARY KEY REFERENCES version (id),"
    "  bundle TEXT NOT NULL REFERENCES bundle (digest));"
    "CREATE TABLE IF NOT EXISTS presence ("
    "  id {id}, kind TEXT NOT NULL,"
    "  version {integer} NOT NULL REFERENCES version (id),"
    "  environment {integer} NOT NULL REFERENCES environment (id),"
    "  instance TEXT NOT NULL, since TEXT NOT NULL, ended TEXT);"
    "CREATE INDEX IF NOT EXISTS presence_by_environment ON presence (environment, ended);"
    "CREATE INDEX IF NOT EXISTS presence_by_version ON presence (version);"
    "CREATE TABLE IF NOT EXISTS replay ("
    "  id {id}, contract TEXT NOT NULL REFERENCES bundle (digest),"
    "  provider_version {integer} NOT NULL REFERENCES version (id),"
    "  success {integer} NOT NULL, verified TEXT NOT NULL, verifier TEXT NOT NULL,"
    "  report TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS replay_by_pair ON replay (contract, provider_version);"
    "CREATE TABLE IF NOT EXISTS comparison ("
    "  contract TEXT NOT NULL REFERENCES bundle (digest),"
    "  description TEXT NOT NULL REFERENCES bundle (digest),"
    "  verifier TEXT NOT NULL, success {integer} NOT NULL, report TEXT NOT NULL,"
    "  PRIMARY KEY (contract, description, verifier));",
    "CREATE INDEX IF NOT EXISTS description_by_bundle ON description (bundle);",
};

enum {
    NEWEST = sizeof migrations / sizeof *migrations,
    ATTEMPTS = 12,
    PAUSE_NANOSECONDS = 20000000
};

static bool current_version(Sql *sql, int64_t *version) {
    SqlRows rows;
    if (!sql_script(sql,
                    "CREATE TABLE IF NOT EXISTS schema_version (version {integer} NOT NULL)") ||
        !sql_run(sql, "SELECT version FROM schema_version", NULL, 0, &rows))
        return false;
    *version = rows.count ? sql_cell(&rows, 0, 0)->integer : 0;
    return rows.count || sql_script(sql, "INSERT INTO schema_version VALUES (0)");
}

static bool apply(Sql *sql) {
    int64_t version;
    if (!current_version(sql, &version))
        return false;
    for (; version < NEWEST; version++) {
        SqlValue next = sql_integer(version + 1);
        if (!sql_script(sql, migrations[version]) ||
            !sql_run(sql, "UPDATE schema_version SET version = $1", &next, 1, NULL))
            return false;
    }
    return true;
}

/* Whether nothing is to be done. False: diagnosed. */
static bool is_newest(Sql *sql, Diagnostics *diagnostics, Text name, bool *newest) {
    SqlRows rows;
    bool has;
    *newest = false;
    if (!sql_has_table(sql, "schema_version", &has))
        return false;
    if (!has)
        return true;
    if (!sql_run(sql, "SELECT version FROM schema_version", NULL, 0, &rows))
        return false;
    int64_t version = rows.count ? sql_cell(&rows, 0, 0)->integer : 0;
    *newest = version == NEWEST;
    return version <= NEWEST || diagnose(diagnostics, STORE_TOO_NEW, (Place){.file = name},
                                         TEXT_ARG(name), (int)version, (int)NEWEST);
}

static bool migrate(Sql *sql) {
    if (!sql_begin(sql))
        return false;
    bool applied = apply(sql) && sql_commit(sql);
    if (!applied)
        sql_roll_back(sql);
    return applied;
}

/* Others may migrate at the same time, and how a database says that they were faster differs (a
 * conflict, a table that is there, a catalogue that changed): whatever failed is looked at again,
 * and what fails to the last is said. */
bool schema_migrate(Sql *sql, Diagnostics *diagnostics, Text name) {
    for (int attempt = 1;; attempt++) {
        bool newest;
        if (!is_newest(sql, diagnostics, name, &newest))
            return false;
        if (newest)
            return true;
        if (attempt == ATTEMPTS) {
            bool migrated = migrate(sql);
            return migrated || !sql_conflicted(sql)
                       ? migrated
                       : diagnose(diagnostics, STORE_BUSY, (Place){0}, (int)ATTEMPTS);
        }
        Diagnostics unheard = {.arena = diagnostics->arena};
        sql_tell(sql, &unheard);
        bool migrated = migrate(sql);
        sql_tell(sql, diagnostics);
        struct timespec pause = {0, attempt * PAUSE_NANOSECONDS};
        if (!migrated)
            nanosleep(&pause, NULL);
    }
}
