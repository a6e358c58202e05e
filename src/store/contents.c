#include "store/rows.h"
#include "support/digest.h"

/* ---- bundles --------------------------------------------------------------------------------- */

void bundle_seal(Arena *arena, StoredBundle *bundle) {
    Buffer all = {.arena = arena};
    Text first = {0};
    for (size_t i = 0; i < bundle->parts.count; i++) {
        const StoredPart *part = &bundle->parts.items[i];
        Text digest = digest_of(arena, part->bytes);
        first = i ? first : digest;
        buffer_format(&all, "%.*s %.*s\n", TEXT_ARG(digest), TEXT_ARG(part->name));
    }
    bundle->digest = bundle->parts.count == 1 ? first : digest_of(arena, buffer_text(&all));
}

bool store_add_bundle(Store *store, const StoredBundle *bundle) {
    SqlRows known;
    if (!run(store, &known, "SELECT 1 FROM bundle WHERE digest = $1", sql_text(bundle->digest)))
        return false;
    if (known.count)
        return true;
    if (!run(store, NULL, "INSERT INTO bundle (digest) VALUES ($1)", sql_text(bundle->digest)))
        return false;
    for (size_t i = 0; i < bundle->parts.count; i++) {
        const StoredPart *part = &bundle->parts.items[i];
        Text digest = digest_of(store->arena, part->bytes);
        if (!run(store, NULL,
                 "INSERT INTO content (digest, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                 sql_text(digest), sql_bytes(part->bytes)) ||
            !run(store, NULL,
                 "INSERT INTO part (bundle, position, name, content) VALUES ($1, $2, $3, $4)",
                 sql_text(bundle->digest), sql_integer((int64_t)i), sql_text(part->name),
                 sql_text(digest)))
            return false;
    }
    return true;
}

/* What is read is answered by, so what was changed behind the store's back is no answer. */
static bool is_as_stored(Store *store, Text bytes, Text digest) {
    if (text_equal(digest_of(store->arena, bytes), digest))
        return true;
    Text wrong =
        text_format(store->arena, "the content %.*s is not what was stored", TEXT_ARG(digest));
    return diagnose(store->diagnostics, STORE_UNSOUND, (Place){0}, TEXT_ARG(wrong));
}

bool store_bundle(Store *store, Text digest, StoredBundle *bundle) {
    SqlRows rows;
    *bundle = (StoredBundle){.digest = digest};
    if (!run(store, &rows,
             "SELECT part.name, content.bytes, content.digest FROM part JOIN content ON "
             "content.digest = part.content WHERE part.bundle = $1 ORDER BY part.position",
             sql_text(digest)))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        StoredPart part = {sql_cell(&rows, i, 0)->text, sql_cell(&rows, i, 1)->text};
        if (!is_as_stored(store, part.bytes, sql_cell(&rows, i, 2)->text))
            return false;
        array_push(store->arena, &bundle->parts, part);
    }
    return true;
}

/* ---- contracts ------------------------------------------------------------------------------- */

bool store_add_contract(Store *store, const StoredVersion *consumer, Text provider, Text digest,
                        Text *other) {
    int64_t id;
    SqlRows rows;
    *other = (Text){0};
    if (!store_add_participant(store, provider, &id) ||
        !run(store, &rows, "SELECT bundle FROM contract WHERE version = $1 AND provider = $2",
             sql_integer(consumer->id), sql_integer(id)))
        return false;
    if (!rows.count)
        return run(store, NULL,
                   "INSERT INTO contract (version, provider, bundle) VALUES ($1, $2, $3)",
                   sql_integer(consumer->id), sql_integer(id), sql_text(digest));
    Text there = sql_cell(&rows, 0, 0)->text;
    if (!text_equal(there, digest))
        *other = there;
    return true;
}

bool store_contracts_of(Store *store, const StoredVersion *consumer, StoredContracts *contracts) {
    SqlRows rows;
    if (!run(store, &rows,
             "SELECT p.name, c.bundle FROM contract c JOIN participant p ON p.id = c.provider "
             "WHERE c.version = $1 ORDER BY p.name",
             sql_integer(consumer->id)))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        StoredContract contract = {*consumer, sql_cell(&rows, i, 0)->text,
                                   sql_cell(&rows, i, 1)->text};
        array_push(store->arena, contracts, contract);
    }
    return true;
}

bool store_contract_with(Store *store, const StoredVersion *consumer, int64_t provider,
                         Text *digest) {
    SqlRows rows;
    if (!run(store, &rows, "SELECT bundle FROM contract WHERE version = $1 AND provider = $2",
             sql_integer(consumer->id), sql_integer(provider)))
        return false;
    *digest = rows.count ? sql_cell(&rows, 0, 0)->text : (Text){0};
    return true;
}

bool store_replace_contract(Store *store, const StoredVersion *consumer, int64_t provider,
                            Text digest) {
    return run(store, NULL, "UPDATE contract SET bundle = $1 WHERE version = $2 AND provider = $3",
               sql_text(digest), sql_integer(consumer->id), sql_integer(provider));
}

/* ---- descriptions ---------------------------------------------------------------------------- */

bool store_description_of(Store *store, const StoredVersion *version, Text *digest) {
    SqlRows rows;
    if (!run(store, &rows, "SELECT bundle FROM description WHERE version = $1",
             sql_integer(version->id)))
        return false;
    *digest = rows.count ? sql_cell(&rows, 0, 0)->text : (Text){0};
    return true;
}

bool store_add_description(Store *store, const StoredVersion *version, Text digest, Text *other) {
    Text there;
    *other = (Text){0};
    if (!store_description_of(store, version, &there))
        return false;
    if (!there.size)
        return run(store, NULL, "INSERT INTO description (version, bundle) VALUES ($1, $2)",
                   sql_integer(version->id), sql_text(digest));
    if (!text_equal(there, digest))
        *other = there;
    return true;
}
