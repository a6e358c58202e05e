#include "store/rows.h"

/* ---- environments ---------------------------------------------------------------------------- */

static StoredEnvironment row_environment(const SqlRows *rows, size_t row) {
    return (StoredEnvironment){
        .id = sql_cell(rows, row, 0)->integer,
        .name = sql_cell(rows, row, 1)->text,
        .display_name = sql_cell(rows, row, 2)->text,
        .production = sql_cell(rows, row, 3)->integer != 0,
    };
}

bool store_find_environment(Store *store, Text name, StoredEnvironment *environment) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT id, name, display_name, production FROM environment WHERE name = $1",
             sql_text(name)))
        return false;
    *environment = rows.count ? row_environment(&rows, 0) : (StoredEnvironment){0};
    return true;
}

bool store_add_environment(Store *store, const StoredEnvironment *environment) {
    return run(store, NULL,
               "INSERT INTO environment (name, display_name, production) VALUES ($1, $2, $3)",
               sql_text(environment->name), sql_text(environment->display_name),
               sql_integer(environment->production));
}

bool store_environments(Store *store, StoredEnvironments *environments) {
    SqlRows rows;
    if (!sql_run(store->sql,
                 "SELECT id, name, display_name, production FROM environment ORDER BY name", NULL,
                 0, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        array_push(store->arena, environments, row_environment(&rows, i));
    return true;
}

/* ---- what is where --------------------------------------------------------------------------- */

bool store_present(Store *store, Text environment, StoredPresences *presences) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT " VERSION_COLUMNS ", x.id, x.kind, x.instance, e.name, x.since "
             "FROM presence x JOIN environment e ON e.id = x.environment "
             "JOIN version v ON v.id = x.version JOIN participant p ON p.id = v.participant "
             "WHERE x.ended IS NULL AND ($1 = '' OR e.name = $1) ORDER BY p.name, x.id",
             sql_text(environment)))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        StoredPresence presence = {
            .version = row_version(&rows, i, 0),
            .id = sql_cell(&rows, i, 4)->integer,
            .released = text_is(sql_cell(&rows, i, 5)->text, "release"),
            .instance = sql_cell(&rows, i, 6)->text,
            .environment = sql_cell(&rows, i, 7)->text,
            .since = sql_cell(&rows, i, 8)->text,
        };
        array_push(store->arena, presences, presence);
    }
    return true;
}

static bool add_presence(Store *store, const char *kind, const StoredVersion *version,
                         const StoredEnvironment *environment, Text instance) {
    return run(store, NULL,
               "INSERT INTO presence (kind, version, environment, instance, since) "
               "VALUES ($1, $2, $3, $4, $5)",
               sql_text(text_from(kind)), sql_integer(version->id), sql_integer(environment->id),
               sql_text(instance), sql_text(store_now(store)));
}

bool store_deploy(Store *store, const StoredVersion *version, const StoredEnvironment *environment,
                  Text instance) {
    return run(store, NULL,
               "UPDATE presence SET ended = $1 WHERE ended IS NULL AND kind = 'deployment' "
               "AND environment = $2 AND instance = $3 "
               "AND version IN (SELECT id FROM version WHERE participant = $4)",
               sql_text(store_now(store)), sql_integer(environment->id), sql_text(instance),
               sql_integer(version->participant)) &&
           add_presence(store, "deployment", version, environment, instance);
}

bool store_release(Store *store, const StoredVersion *version,
                   const StoredEnvironment *environment) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT 1 FROM presence WHERE ended IS NULL AND kind = 'release' "
             "AND environment = $1 AND version = $2",
             sql_integer(environment->id), sql_integer(version->id)))
        return false;
    return rows.count || add_presence(store, "release", version, environment, (Text){0});
}

static bool end_presence(Store *store, const char *kind, const StoredVersion *version,
                         const StoredEnvironment *environment, Text instance, size_t *ended) {
    SqlRows rows;
    if (!run(store, &rows,
             "UPDATE presence SET ended = $1 WHERE ended IS NULL AND kind = $2 "
             "AND environment = $3 AND instance = $4 AND version IN "
             "(SELECT id FROM version WHERE participant = $5 AND (id = $6 OR $6 = 0)) RETURNING id",
             sql_text(store_now(store)), sql_text(text_from(kind)), sql_integer(environment->id),
             sql_text(instance), sql_integer(version->participant), sql_integer(version->id)))
        return false;
    *ended = rows.count;
    return true;
}

bool store_undeploy(Store *store, const StoredVersion *version,
                    const StoredEnvironment *environment, Text instance, size_t *ended) {
    return end_presence(store, "deployment", version, environment, instance, ended);
}

bool store_end_support(Store *store, const StoredVersion *version,
                       const StoredEnvironment *environment, size_t *ended) {
    return end_presence(store, "release", version, environment, (Text){0}, ended);
}
