#include "store/rows.h"
#include "store/schema.h"
#include "support/digest.h"

#include <time.h>

Store *store_open(Arena *arena, Diagnostics *diagnostics, Text name, bool create) {
    Store *store = arena_new_object(arena, Store);
    *store = (Store){.arena = arena, .diagnostics = diagnostics, .name = name};
    store->sql = postgres_is_url(name) ? postgres_open(arena, diagnostics, name)
                                       : sqlite_open(arena, diagnostics, name, !create);
    return store->sql && schema_migrate(store->sql, diagnostics, name) ? store : NULL;
}

bool store_begin(Store *store) {
    return sql_begin(store->sql);
}

bool store_commit(Store *store) {
    return sql_commit(store->sql);
}

void store_roll_back(Store *store) {
    sql_roll_back(store->sql);
}

bool store_conflicted(const Store *store) {
    return sql_conflicted(store->sql);
}

/* What no database can know: whether each bundle is whole, and each content what it was. */
static bool check_contents(Store *store, Buffer *wrong) {
    SqlRows rows, digests;
    if (!sql_run(store->sql,
                 "SELECT digest FROM bundle WHERE NOT EXISTS "
                 "(SELECT 1 FROM part WHERE part.bundle = bundle.digest) ORDER BY digest",
                 NULL, 0, &rows) ||
        !sql_run(store->sql, "SELECT digest FROM content ORDER BY digest", NULL, 0, &digests))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        buffer_format(wrong, "%.*s has no parts\n", TEXT_ARG(sql_cell(&rows, i, 0)->text));
    for (size_t i = 0; i < digests.count; i++) {
        Text digest = sql_cell(&digests, i, 0)->text;
        if (!run(store, &rows, "SELECT bytes FROM content WHERE digest = $1", sql_text(digest)))
            return false;
        if (rows.count && !text_equal(digest_of(store->arena, sql_cell(&rows, 0, 0)->text), digest))
            buffer_format(wrong, "the content %.*s is not what was stored\n", TEXT_ARG(digest));
    }
    return true;
}

bool store_check(Store *store, Text *wrong) {
    Buffer all = {.arena = store->arena};
    Text damage;
    if (!sql_check(store->sql, &damage))
        return false;
    buffer_add(&all, damage);
    if (!damage.size && !check_contents(store, &all)) /* of a damaged file no more can be asked */
        return false;
    *wrong = buffer_text(&all);
    return true;
}

Text store_now(Store *store) {
    struct timespec now;
    struct tm date;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &date);
    return text_format(store->arena, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", date.tm_year + 1900,
                       date.tm_mon + 1, date.tm_mday, date.tm_hour, date.tm_min, date.tm_sec,
                       (int)(now.tv_nsec / 1000000));
}

StoredVersion row_version(const SqlRows *rows, size_t row, size_t column) {
    return (StoredVersion){
        .id = sql_cell(rows, row, column)->integer,
        .participant = sql_cell(rows, row, column + 1)->integer,
        .name = sql_cell(rows, row, column + 2)->text,
        .number = sql_cell(rows, row, column + 3)->text,
    };
}

static void take_version(const SqlRows *rows, StoredVersion *version) {
    *version = rows->count ? row_version(rows, 0, 0) : (StoredVersion){0};
}

static bool take_names(Store *store, const SqlRows *rows, StoredNames *names) {
    for (size_t i = 0; i < rows->count; i++)
        array_push(store->arena, names, sql_cell(rows, i, 0)->text);
    return true;
}

/* ---- participants ---------------------------------------------------------------------------- */

bool store_find_participant(Store *store, Text name, int64_t *id) {
    SqlRows rows;
    if (!run(store, &rows, "SELECT id FROM participant WHERE name = $1", sql_text(name)))
        return false;
    *id = rows.count ? sql_cell(&rows, 0, 0)->integer : 0;
    return true;
}

bool store_add_participant(Store *store, Text name, int64_t *id) {
    return run(store, NULL, "INSERT INTO participant (name) VALUES ($1) ON CONFLICT DO NOTHING",
               sql_text(name)) &&
           store_find_participant(store, name, id);
}

bool store_set_main_branch(Store *store, Text participant, Text branch) {
    return run(store, NULL, "UPDATE participant SET main_branch = $1 WHERE name = $2",
               sql_text(branch), sql_text(participant));
}

bool store_participants(Store *store, StoredNames *names) {
    SqlRows rows;
    return sql_run(store->sql, "SELECT name FROM participant ORDER BY name", NULL, 0, &rows) &&
           take_names(store, &rows, names);
}

/* ---- versions -------------------------------------------------------------------------------- */

bool store_find_version(Store *store, Text participant, Text number, StoredVersion *version) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT " VERSION_COLUMNS " FROM participant p JOIN version v ON v.participant = p.id "
             "WHERE p.name = $1 AND v.number = $2",
             sql_text(participant), sql_text(number)))
        return false;
    take_version(&rows, version);
    return true;
}

bool store_add_version(Store *store, Text participant, Text number, StoredVersion *version) {
    int64_t id;
    return store_add_participant(store, participant, &id) &&
           run(store, NULL,
               "INSERT INTO version (participant, number, created) VALUES ($1, $2, $3) "
               "ON CONFLICT DO NOTHING",
               sql_integer(id), sql_text(number), sql_text(store_now(store))) &&
           store_find_version(store, participant, number, version);
}

bool store_latest_version(Store *store, Text participant, Text branch, Text tag,
                          StoredVersion *version) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT " VERSION_COLUMNS " FROM participant p JOIN version v ON v.participant = p.id "
             "WHERE p.name = $1 "
             "AND ($2 = '' OR EXISTS (SELECT 1 FROM branch b WHERE b.version = v.id AND "
             "b.name = $2)) "
             "AND ($3 = '' OR EXISTS (SELECT 1 FROM tag t WHERE t.version = v.id AND t.name = $3)) "
             "ORDER BY v.id DESC LIMIT 1",
             sql_text(participant), sql_text(branch), sql_text(tag)))
        return false;
    take_version(&rows, version);
    return true;
}

bool store_versions_before(Store *store, const StoredVersion *version, Text branch,
                           StoredVersions *before) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT " VERSION_COLUMNS " FROM participant p JOIN version v ON v.participant = p.id "
             "JOIN description d ON d.version = v.id WHERE p.id = $1 AND v.id < $2 "
             "AND ($3 = '' OR EXISTS (SELECT 1 FROM branch b WHERE b.version = v.id AND "
             "b.name = $3)) ORDER BY v.id DESC LIMIT 50",
             sql_integer(version->participant), sql_integer(version->id), sql_text(branch)))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        array_push(store->arena, before, row_version(&rows, i, 0));
    return true;
}

bool store_main_branch(Store *store, Text participant, Text *branch) {
    SqlRows rows;
    static const char *const usual[] = {"main", "master"};
    if (!run(store, &rows, "SELECT main_branch FROM participant WHERE name = $1",
             sql_text(participant)))
        return false;
    *branch = rows.count ? sql_cell(&rows, 0, 0)->text : (Text){0};
    for (size_t i = 0; !branch->size && i < 2; i++) {
        StoredVersion version;
        if (!store_latest_version(store, participant, text_from(usual[i]), (Text){0}, &version))
            return false;
        *branch = version.id ? text_from(usual[i]) : (Text){0};
    }
    return true;
}

bool store_main_version(Store *store, Text participant, StoredVersion *version) {
    Text branch;
    *version = (StoredVersion){0};
    return store_main_branch(store, participant, &branch) &&
           (!branch.size || store_latest_version(store, participant, branch, (Text){0}, version));
}

bool store_add_branch(Store *store, const StoredVersion *version, Text branch) {
    return run(store, NULL,
               "INSERT INTO branch (version, name) VALUES ($1, $2) ON CONFLICT DO NOTHING",
               sql_integer(version->id), sql_text(branch));
}

bool store_add_tag(Store *store, const StoredVersion *version, Text tag) {
    return run(store, NULL,
               "INSERT INTO tag (version, name) VALUES ($1, $2) ON CONFLICT DO NOTHING",
               sql_integer(version->id), sql_text(tag));
}

bool store_versions(Store *store, Text participant, StoredVersions *versions) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT " VERSION_COLUMNS " FROM participant p JOIN version v ON v.participant = p.id "
             "WHERE $1 = '' OR p.name = $1 ORDER BY v.id",
             sql_text(participant)))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        array_push(store->arena, versions, row_version(&rows, i, 0));
    return true;
}

bool store_branches_of(Store *store, const StoredVersion *version, StoredNames *names) {
    SqlRows rows;
    return run(store, &rows, "SELECT name FROM branch WHERE version = $1 ORDER BY name",
               sql_integer(version->id)) &&
           take_names(store, &rows, names);
}

/* Names of versions, in a table that has one a row. */
#define NAMES_IN(table)                                                                            \
    "SELECT DISTINCT t.name FROM " table " t JOIN version v ON v.id = t.version "                  \
    "JOIN participant p ON p.id = v.participant WHERE $1 = '' OR p.name = $1 ORDER BY t.name"

bool store_branches(Store *store, Text participant, StoredNames *names) {
    SqlRows rows;
    return run(store, &rows, NAMES_IN("branch"), sql_text(participant)) &&
           take_names(store, &rows, names);
}

bool store_tags(Store *store, Text participant, StoredNames *names) {
    SqlRows rows;
    return run(store, &rows, NAMES_IN("tag"), sql_text(participant)) &&
           take_names(store, &rows, names);
}
