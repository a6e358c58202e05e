#include "store/rows.h"

bool store_replay(Store *store, Text contract, const StoredVersion *provider, int64_t before,
                  StoredVerification *verification) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT id, success, verifier, verified, report FROM replay "
             "WHERE contract = $1 AND provider_version = $2 AND id < $3 ORDER BY id DESC LIMIT 1",
             sql_text(contract), sql_integer(provider->id), sql_integer(before)))
        return false;
    *verification = (StoredVerification){0};
    if (rows.count)
        *verification = (StoredVerification){
            .id = sql_cell(&rows, 0, 0)->integer,
            .success = sql_cell(&rows, 0, 1)->integer != 0,
            .verifier = sql_cell(&rows, 0, 2)->text,
            .verified = sql_cell(&rows, 0, 3)->text,
            .report = sql_cell(&rows, 0, 4)->text,
        };
    return true;
}

bool store_was_replayed(Store *store, Text contract, Text provider, bool *was) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT 1 FROM replay r JOIN version v ON v.id = r.provider_version "
             "JOIN participant p ON p.id = v.participant WHERE r.contract = $1 AND p.name = $2 "
             "LIMIT 1",
             sql_text(contract), sql_text(provider)))
        return false;
    *was = rows.count > 0;
    return true;
}

bool store_was_verified(Store *store, Text contract, int64_t provider, bool *was) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT 1 FROM replay r JOIN version v ON v.id = r.provider_version "
             "WHERE r.contract = $1 AND v.participant = $2 AND r.success = 1 LIMIT 1",
             sql_text(contract), sql_integer(provider)))
        return false;
    *was = rows.count > 0;
    return true;
}

bool store_unverified_descriptions(Store *store, Text contract, int64_t provider,
                                   StoredNames *digests) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT d.bundle FROM version v JOIN description d ON d.version = v.id "
             "WHERE v.participant = $1 AND NOT EXISTS (SELECT 1 FROM replay r "
             "WHERE r.provider_version = v.id AND r.contract = $2) "
             "GROUP BY d.bundle ORDER BY MAX(v.id) DESC LIMIT 200",
             sql_integer(provider), sql_text(contract)))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        array_push(store->arena, digests, sql_cell(&rows, i, 0)->text);
    return true;
}

bool store_add_replay(Store *store, Text contract, const StoredVersion *provider,
                      const StoredVerification *verification) {
    return run(store, NULL,
               "INSERT INTO replay (contract, provider_version, success, verified, verifier, "
               "report) VALUES ($1, $2, $3, $4, $5, $6)",
               sql_text(contract), sql_integer(provider->id), sql_integer(verification->success),
               sql_text(store_now(store)), sql_text(verification->verifier),
               sql_text(verification->report));
}

bool store_comparison(Store *store, Text contract, Text description, Text verifier,
                      StoredVerification *verification) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT success, report FROM comparison WHERE contract = $1 AND description = $2 "
             "AND verifier = $3",
             sql_text(contract), sql_text(description), sql_text(verifier)))
        return false;
    *verification = (StoredVerification){0};
    if (rows.count)
        *verification = (StoredVerification){
            .id = 1,
            .success = sql_cell(&rows, 0, 0)->integer != 0,
            .verifier = verifier,
            .report = sql_cell(&rows, 0, 1)->text,
        };
    return true;
}

bool store_add_comparison(Store *store, Text contract, Text description,
                          const StoredVerification *verification) {
    return run(store, NULL,
               "INSERT INTO comparison (contract, description, verifier, success, report) "
               "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
               sql_text(contract), sql_text(description), sql_text(verification->verifier),
               sql_integer(verification->success), sql_text(verification->report));
}
