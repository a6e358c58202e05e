#include "gate/asking.h"

bool is_ignored(const Asking *asking, Text participant, Text version) {
    for (size_t i = 0; i < asking->question->ignored.count; i++) {
        const GateSelector *ignored = &asking->question->ignored.items[i];
        if (text_equal(ignored->participant, participant) &&
            (!ignored->version.size || text_equal(ignored->version, version)))
            return true;
    }
    return false;
}

/* ---- what is known of a pair ----------------------------------------------------------------- */

bool gate_comparison(Store *store, const GateComparer *comparer, Text contract, Text description,
                     StoredVerification *found, bool *is_new) {
    *is_new = false;
    if (!store_comparison(store, contract, description, comparer->name, found))
        return false;
    if (found->id || !comparer->compare)
        return true;
    found->verifier = comparer->name;
    if (!comparer->compare(comparer->context, contract, description, found))
        return false;
    found->id = 1;
    *is_new = true;
    return true;
}

bool find_comparison(Asking *asking, Text contract, Text description, StoredVerification *found) {
    bool is_new;
    *found = (StoredVerification){0};
    if (!asking->comparer || !description.size)
        return true;
    if (!gate_comparison(asking->store, asking->comparer, contract, description, found, &is_new))
        return false;
    if (!is_new)
        return true;
    bool stored = store_begin(asking->store) &&
                  store_add_comparison(asking->store, contract, description, found) &&
                  store_commit(asking->store);
    bool conflict = !stored && store_conflicted(asking->store);
    if (!stored)
        store_roll_back(asking->store);
    return stored || conflict; /* somebody else found the same just now */
}

static bool is_partial(const GateRow *row) {
    return row->replayed && row->replay_success && row->unverified.count;
}

static Text why_text(const Asking *asking, const GateRow *row, bool ever_replayed, bool described) {
    bool partial = is_partial(row), by_replay = row->replayed && !partial;
    switch (row->result) {
    case GATE_YES:
        return partial         ? TEXT("verified by the provider in part; the description satisfies "
                                              "the rest of the contract")
               : row->replayed ? TEXT("verified by the provider")
                               : TEXT("the description satisfies the contract");
    case GATE_NO:
        if (by_replay ? row->replay_success : row->compare_success)
            return text_format(asking->arena,
                               "the description guarantees less than what is in %.*s",
                               TEXT_ARG(asking->question->environment));
        return by_replay ? TEXT("the provider's verification failed")
                         : TEXT("the description does not satisfy the contract");
    case GATE_UNKNOWN:
        if (partial && !row->compared)
            return text_format(asking->arena, "the rest of the contract was not verified by %.*s%s",
                               TEXT_ARG(row->provider),
                               described ? "" : ", of which no description is published");
        if (row->compared || row->replayed)
            return TEXT("the description says nothing of the contract's interactions");
        break;
    }
    return text_format(asking->arena, "%s%.*s%s",
                       ever_replayed ? "not verified by this version of " : "never verified by ",
                       TEXT_ARG(row->provider),
                       described ? "" : ", of which no description is published");
}

static void give_reason(Asking *asking, GateRow *row, bool ever_replayed, bool described) {
    row->why = why_text(asking, row, ever_replayed, described);
    row->reason =
        text_format(asking->arena, "%.*s %.*s and %.*s %.*s: %.*s", TEXT_ARG(row->consumer),
                    TEXT_ARG(row->consumer_version), TEXT_ARG(row->provider),
                    TEXT_ARG(row->provider_version), TEXT_ARG(row->why));
}

bool find_known(Asking *asking, const StoredVersion *provider, Text contract, Known *known) {
    return find_replays(asking, provider, contract, &known->replays) &&
           store_description_of(asking->store, provider, &known->description) &&
           find_comparison(asking, contract, known->description, &known->comparison);
}

static bool is_unverified(const GateRow *row, Text interaction) {
    for (array_each(Text, name, &row->unverified))
        if (text_equal(*name, interaction))
            return true;
    return false;
}

/* Of what replays with success left out the comparison decides. */
static void judge_rest(Asking *asking, const Known *known, GateRow *row) {
    GateRow compared = {0};
    gate_read_report(asking->arena, known->comparison.report, &compared);
    for (array_each(GateDetail, detail, &compared.details))
        if (is_unverified(row, detail->interaction))
            array_push(asking->arena, &row->details, *detail);
    for (array_each(GateDetail, doubt, &compared.doubts))
        if (is_unverified(row, doubt->interaction))
            array_push(asking->arena, &row->doubts, *doubt);
    row->unreached = compared.unreached;
    bool fails = row->details.count || (!row->compare_success && !compared.details.count);
    row->result = !row->compared ? GATE_UNKNOWN : fails ? GATE_NO : GATE_YES;
}

/* A replay outranks a comparison: the provider itself answered. */
void judge_known(Asking *asking, const Known *known, GateRow *row) {
    const Replays *replays = &known->replays;
    const StoredVerification *comparison = &known->comparison;
    row->replayed = replays->any;
    row->replay_success = replays->any && replays->success;
    row->compared = comparison->id != 0;
    row->compare_success = comparison->success;
    bool success = row->replayed ? replays->success : comparison->success;
    row->result = !row->replayed && !row->compared ? GATE_UNKNOWN : success ? GATE_YES : GATE_NO;
    row->details = replays->details;
    row->unverified = replays->unverified;
    if (!row->replayed)
        gate_read_report(asking->arena, comparison->report, row);
    if (is_partial(row))
        judge_rest(asking, known, row);
    if (row->result == GATE_NO && row->unreached && !row->details.count)
        row->result = GATE_UNKNOWN;
}

static bool judge_row(Asking *asking, const StoredVersion *provider, Text contract, GateRow *row) {
    Known known;
    bool ever;
    if (!find_known(asking, provider, contract, &known) ||
        !store_was_replayed(asking->store, contract, row->provider, &ever))
        return false;
    judge_known(asking, &known, row);
    if (!judge_doubts(asking, provider, contract, known.description, row))
        return false;
    give_reason(asking, row, ever, known.description.size > 0);
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
        .ignored = is_ignored(asking, consumer->name, consumer->number) ||
                   is_ignored(asking, provider->name, provider->number),
    };
    if (is_there(asking, &row))
        return true;
    if (!judge_row(asking, provider, contract, &row) ||
        !explain_row(asking, provider, contract, &row))
        return false;
    bool doubtful = !needed && row.result != GATE_YES;
    if (doubtful && !is_pending(asking, consumer, provider, contract, &row.pending))
        return false;
    array_push(asking->arena, &asking->answer->rows, row);
    return true;
}

/* Where a version of the provider was looked for. */
static Text where_text(const Asking *asking) {
    const GateQuestion *question = asking->question;
    if (question->environment.size)
        return text_format(asking->arena, "is in %.*s", TEXT_ARG(question->environment));
    if (question->to_tag.size)
        return text_format(asking->arena, "has the tag %.*s", TEXT_ARG(question->to_tag));
    return question->to_main ? TEXT("is on its main branch") : TEXT("is known");
}

void add_missing_row(Asking *asking, const StoredVersion *consumer, Text provider) {
    GateRow row = {
        .consumer = consumer->name,
        .consumer_version = consumer->number,
        .provider = provider,
        .required = true,
        .ignored = is_ignored(asking, consumer->name, consumer->number) ||
                   is_ignored(asking, provider, (Text){0}),
        .result = GATE_UNKNOWN,
    };
    row.why = text_format(asking->arena, "needs %.*s, of which no version %.*s", TEXT_ARG(provider),
                          TEXT_ARG(where_text(asking)));
    row.reason = text_format(asking->arena, "%.*s %.*s %.*s", TEXT_ARG(consumer->name),
                             TEXT_ARG(consumer->number), TEXT_ARG(row.why));
    array_push(asking->arena, &asking->answer->rows, row);
}
