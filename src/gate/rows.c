#include "gate/asking.h"

#include "document/document.h"

#include <stdlib.h>

bool is_ignored(const Asking *asking, Text participant) {
    for (size_t i = 0; asking->question && i < asking->question->ignored.count; i++)
        if (text_equal(asking->question->ignored.items[i], participant))
            return true;
    return false;
}

static Text member_text(const Node *node, const char *name) {
    const Node *member = node_member(node, text_from(name));
    return member && member->kind == NODE_STRING ? member->text : (Text){0};
}

void gate_read_report(Arena *arena, Text report, GateRow *row) {
    Diagnostics unheard = {.arena = arena};
    Source source = {.name = TEXT("report"), .file = TEXT("report.json"), .bytes = report};
    const Document *document = document_parse(arena, &unheard, source);
    const Node *list = document ? node_member(document->root, TEXT("mismatches")) : NULL;
    for (uint32_t i = 0; list && list->kind == NODE_SEQUENCE && i < list->count; i++) {
        const Node *item = list->items[i];
        GateDetail detail = {member_text(item, "interaction"), member_text(item, "place"),
                             member_text(item, "message")};
        array_push(arena, &row->details, detail);
    }
}

/* ---- what is known of a pair ----------------------------------------------------------------- */

/* Our comparison, made and stored where it is not there yet. */
static bool find_comparison(Asking *asking, Text contract, Text description,
                            StoredVerification *found) {
    const GateComparer *comparer = asking->comparer;
    *found = (StoredVerification){0};
    if (!comparer || !description.size)
        return true;
    if (!store_comparison(asking->store, contract, description, comparer->name, found))
        return false;
    if (found->id || !comparer->compare)
        return true;
    found->verifier = comparer->name;
    if (!comparer->compare(comparer->context, contract, description, found))
        return false;
    found->id = 1;
    bool stored = store_begin(asking->store) &&
                  store_add_comparison(asking->store, contract, description, found) &&
                  store_commit(asking->store);
    bool conflict = !stored && store_conflicted(asking->store);
    if (!stored)
        store_roll_back(asking->store);
    return stored || conflict; /* somebody else found the same just now */
}

static Text pair_text(const Asking *asking, const GateRow *row) {
    return text_format(asking->arena, "%.*s %.*s and %.*s %.*s", TEXT_ARG(row->consumer),
                       TEXT_ARG(row->consumer_version), TEXT_ARG(row->provider),
                       TEXT_ARG(row->provider_version));
}

static void give_reason(Asking *asking, GateRow *row, bool ever_replayed, bool described) {
    Text pair = pair_text(asking, row);
    const char *by = row->replayed ? "the provider's verification" : "the description";
    switch (row->result) {
    case GATE_YES:
        row->reason = text_format(asking->arena, "%.*s: %s", TEXT_ARG(pair),
                                  row->replayed ? "verified by the provider"
                                                : "the description satisfies the contract");
        return;
    case GATE_NO:
        row->reason = text_format(asking->arena, "%.*s: %s failed", TEXT_ARG(pair), by);
        if (!row->replayed)
            row->reason =
                text_format(asking->arena, "%.*s: the description does not satisfy the contract",
                            TEXT_ARG(pair));
        return;
    case GATE_UNKNOWN:
        row->reason = text_format(
            asking->arena, "%.*s: %s%.*s%s", TEXT_ARG(pair),
            ever_replayed ? "not verified by this version of " : "never verified by ",
            TEXT_ARG(row->provider), described ? "" : ", of which no description is published");
        return;
    }
}

/* A replay outranks a comparison: the provider itself answered. */
static bool judge_row(Asking *asking, const StoredVersion *provider, Text contract, GateRow *row) {
    StoredVerification replay, comparison;
    Text description;
    bool ever;
    if (!store_replay(asking->store, contract, provider, &replay) ||
        !store_was_replayed(asking->store, contract, row->provider, &ever) ||
        !store_description_of(asking->store, provider, &description) ||
        !find_comparison(asking, contract, description, &comparison))
        return false;
    row->replayed = replay.id != 0;
    row->replay_success = replay.success;
    row->compared = comparison.id != 0;
    row->compare_success = comparison.success;
    bool known = row->replayed || row->compared;
    bool success = row->replayed ? replay.success : comparison.success;
    row->result = !known ? GATE_UNKNOWN : success ? GATE_YES : GATE_NO;
    if (row->result == GATE_NO)
        gate_read_report(asking->arena, row->replayed ? replay.report : comparison.report, row);
    give_reason(asking, row, ever, description.size > 0);
    return true;
}

/* The change since what is deployed, where that satisfied the contract. */
static bool explain_row(Asking *asking, const StoredVersion *provider, Text contract,
                        GateRow *row) {
    const GateComparer *comparer = asking->comparer;
    Text after, before;
    if (row->result != GATE_NO || !comparer || !comparer->explain ||
        !store_description_of(asking->store, provider, &after))
        return row->result != GATE_NO || !comparer || !comparer->explain;
    for (size_t i = asking->present.count; after.size && i-- > 0;) {
        const StoredVersion *there = &asking->present.items[i].version;
        if (there->participant != provider->participant || there->id == provider->id)
            continue;
        if (!store_description_of(asking->store, there, &before))
            return false;
        return !before.size || text_equal(before, after) ||
               comparer->explain(comparer->context, contract, before, after, row);
    }
    return true;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static bool is_there(const Asking *asking, const GateRow *row) {
    for (size_t i = 0; i < asking->answer->rows.count; i++) {
        GateRow *other = &asking->answer->rows.items[i];
        if (text_equal(other->consumer, row->consumer) &&
            text_equal(other->consumer_version, row->consumer_version) &&
            text_equal(other->provider, row->provider) &&
            text_equal(other->provider_version, row->provider_version)) {
            other->required |= row->required;
            return true;
        }
    }
    return false;
}

bool add_row(Asking *asking, const StoredVersion *consumer, const StoredVersion *provider,
             Text contract, bool needed) {
    GateRow row = {
        .consumer = consumer->name,
        .consumer_version = consumer->number,
        .provider = provider->name,
        .provider_version = provider->number,
        .required = needed,
        .ignored = is_ignored(asking, consumer->name) || is_ignored(asking, provider->name),
    };
    if (is_there(asking, &row))
        return true;
    if (!judge_row(asking, provider, contract, &row) ||
        !explain_row(asking, provider, contract, &row))
        return false;
    array_push(asking->arena, &asking->answer->rows, row);
    return true;
}

void add_missing_row(Asking *asking, const StoredVersion *consumer, Text provider, Text contract) {
    const GateQuestion *question = asking->question;
    (void)contract;
    GateRow row = {
        .consumer = consumer->name,
        .consumer_version = consumer->number,
        .provider = provider,
        .required = true,
        .ignored = is_ignored(asking, consumer->name) || is_ignored(asking, provider),
        .result = GATE_UNKNOWN,
    };
    Text where = question->environment.size
                     ? text_format(asking->arena, "is in %.*s", TEXT_ARG(question->environment))
                 : question->to_main ? TEXT("is on its main branch")
                                     : TEXT("is known");
    row.reason = text_format(asking->arena, "%.*s %.*s needs %.*s, of which no version %.*s",
                             TEXT_ARG(consumer->name), TEXT_ARG(consumer->number),
                             TEXT_ARG(provider), TEXT_ARG(where));
    array_push(asking->arena, &asking->answer->rows, row);
}
