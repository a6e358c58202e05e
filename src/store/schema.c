#include "store/schema.h"

/* One script a version, applied in order. What is out stays as it is: a change is a script more.
 *
 * Contents are kept under their digests: a bundle is a contract or description, its parts the files
 * it is made of. Versions count in the order of their ids. What ended has an end, so that history
 * stays. */
static const char *const migrations[] = {
    "CREATE TABLE participant ("
    "  id {id}, name TEXT NOT NULL UNIQUE, main_branch TEXT);"
    "CREATE TABLE version ("
    "  id {id}, participant {integer} NOT NULL REFERENCES participant (id),"
    "  number TEXT NOT NULL, created TEXT NOT NULL, UNIQUE (participant, number));"
    "CREATE TABLE branch ("
    "  version {integer} NOT NULL REFERENCES version (id), name TEXT NOT NULL,"
    "  PRIMARY KEY (version, name));"
    "CREATE TABLE tag ("
    "  version {integer} NOT NULL REFERENCES version (id), name TEXT NOT NULL,"
    "  PRIMARY KEY (version, name));"
    "CREATE TABLE environment ("
    "  id {id}, name TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL,"
    "  production {integer} NOT NULL);"
    "CREATE TABLE content (digest TEXT PRIMARY KEY, bytes {bytes} NOT NULL);"
    "CREATE TABLE bundle (digest TEXT PRIMARY KEY);"
    "CREATE TABLE part ("
    "  bundle TEXT NOT NULL REFERENCES bundle (digest), position {integer} NOT NULL,"
    "  name TEXT NOT NULL, content TEXT NOT NULL REFERENCES content (digest),"
    "  PRIMARY KEY (bundle, position));"
    "CREATE TABLE contract ("
    "  version {integer} NOT NULL REFERENCES version (id),"
    "  provider {integer} NOT NULL REFERENCES participant (id),"
    "  bundle TEXT NOT NULL REFERENCES bundle (digest), PRIMARY KEY (version, provider));"
    "CREATE INDEX contract_by_provider ON contract (provider, version);"
    "CREATE TABLE description ("
    "  version {integer} PRIMARY KEY REFERENCES version (id),"
    "  bundle TEXT NOT NULL REFERENCES bundle (digest));"
    "CREATE TABLE presence ("
    "  id {id}, kind TEXT NOT NULL,"
    "  version {integer} NOT NULL REFERENCES version (id),"
    "  environment {integer} NOT NULL REFERENCES environment (id),"
    "  instance TEXT NOT NULL, since TEXT NOT NULL, ended TEXT);"
    "CREATE INDEX presence_by_environment ON presence (environment, ended);"
    "CREATE INDEX presence_by_version ON presence (version);"
    "CREATE TABLE replay ("
    "  id {id}, contract TEXT NOT NULL REFERENCES bundle (digest),"
    "  provider_version {integer} NOT NULL REFERENCES version (id),"
    "  success {integer} NOT NULL, verified TEXT NOT NULL, verifier TEXT NOT NULL,"
    "  report TEXT NOT NULL);"
    "CREATE INDEX replay_by_pair ON replay (contract, provider_version);"
    "CREATE TABLE comparison ("
    "  contract TEXT NOT NULL REFERENCES bundle (digest),"
    "  description TEXT NOT NULL REFERENCES bundle (digest),"
    "  verifier TEXT NOT NULL, success {integer} NOT NULL, report TEXT NOT NULL,"
    "  PRIMARY KEY (contract, description, verifier));",
    "CREATE INDEX description_by_bundle ON description (bundle);",
};

enum { NEWEST = sizeof migrations / sizeof *migrations };

static bool current_version(Sql *sql, int64_t *version) {
    SqlRows rows;
    if (!sql_script(sql,
                    "CREATE TABLE IF NOT EXISTS schema_version (version {integer} NOT NULL)") ||
        !sql_run(sql, "SELECT version FROM schema_version", NULL, 0, &rows))
        return false;
    *version = rows.count ? sql_cell(&rows, 0, 0)->integer : 0;
    return rows.count || sql_script(sql, "INSERT INTO schema_version VALUES (0)");
}

static bool apply(Sql *sql, Diagnostics *diagnostics, Text name) {
    int64_t version;
    if (!current_version(sql, &version))
        return false;
    if (version > NEWEST)
        return diagnose(diagnostics, STORE_TOO_NEW, (Place){.file = name}, TEXT_ARG(name),
                        (int)version, (int)NEWEST);
    for (; version < NEWEST; version++) {
        SqlValue next = sql_integer(version + 1);
        if (!sql_script(sql, migrations[version]) ||
            !sql_run(sql, "UPDATE schema_version SET version = $1", &next, 1, NULL))
            return false;
    }
    return true;
}

/* Whether nothing is to be done, found out without a lock. */
static bool is_newest(Sql *sql, bool *newest) {
    SqlRows rows;
    bool has;
    *newest = false;
    if (!sql_has_table(sql, "schema_version", &has))
        return false;
    if (!has)
        return true;
    if (!sql_run(sql, "SELECT version FROM schema_version", NULL, 0, &rows))
        return false;
    *newest = rows.count && sql_cell(&rows, 0, 0)->integer == NEWEST;
    return true;
}

static bool migrate(Sql *sql, Diagnostics *diagnostics, Text name) {
    bool newest;
    if (!is_newest(sql, &newest))
        return false;
    if (newest)
        return true;
    if (!sql_begin(sql))
        return false;
    bool applied = apply(sql, diagnostics, name) && sql_commit(sql);
    if (!applied)
        sql_roll_back(sql);
    return applied;
}

bool schema_migrate(Sql *sql, Diagnostics *diagnostics, Text name) {
    bool newest;
    if (!is_newest(sql, &newest))
        return false;
    if (newest)
        return true;
    if (!sql_lock(sql, true))
        return false;
    bool migrated = migrate(sql, diagnostics, name);
    return sql_lock(sql, false) && migrated;
}
