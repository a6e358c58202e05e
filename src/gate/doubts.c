#include "gate/asking.h"

/* ---- what is worse than what is there -------------------------------------------------------- */

static bool is_within(Text place, Text outer) {
    return text_equal(place, outer) ||
           (text_starts_with(place, outer) && strchr(".[", place.data[outer.size]));
}

/* Whether what is there fails in the same, or in something that the place lies in. */
static bool was_there(const GateRow *there, const GateDetail *doubt) {
    for (array_each(GateDetail, failure, &there->details))
        if (text_equal(failure->interaction, doubt->interaction) &&
            (text_is(failure->place, "operation") || is_within(doubt->place, failure->place)))
            return true;
    for (array_each(GateDetail, old, &there->doubts))
        if (text_equal(old->interaction, doubt->interaction) &&
            text_equal(old->place, doubt->place) && text_equal(old->message, doubt->message))
            return true;
    return false;
}

static bool is_told(const GateRow *row, const GateDetail *doubt) {
    for (array_each(GateDetail, detail, &row->details))
        if (text_equal(detail->interaction, doubt->interaction) &&
            text_equal(detail->place, doubt->place) && text_equal(detail->message, doubt->message))
            return true;
    return false;
}

/* By its places a doubt may be new and nothing worse for that: the comparison of the descriptions
 * tells, the one behind what-breaks. */
static bool is_worse_by_changes(Asking *asking, const StoredVersion *provider,
                                const StoredVersion *there, Text contract, Text description,
                                GateRow *row, bool *is_worse) {
    GateRow changed = {0};
    if (!asking->comparer->explain)
        return true;
    if (!explain_since(asking, there, contract, description, &changed))
        return false;
    *is_worse = changed.changes.count > 0;
    if (!*is_worse || row->changes.count || there->id > provider->id)
        return true;
    row->since = changed.since;
    for (array_each(Text, change, &changed.changes))
        array_push(asking->arena, &row->changes, *change);
    return true;
}

static bool judge_against(Asking *asking, const StoredVersion *provider, const StoredVersion *there,
                          Text contract, Text description, GateRow *row) {
    Known known;
    GateRow before = {0};
    if (!find_known(asking, there, contract, &known))
        return false;
    if (!known.comparison.id)
        return true;
    gate_read_report(asking->arena, known.comparison.report, &before);
    bool reached = known.comparison.success || before.details.count, is_worse = false;
    for (array_each(GateDetail, doubt, &row->doubts))
        is_worse = is_worse || (reached && !was_there(&before, doubt));
    if (is_worse &&
        !is_worse_by_changes(asking, provider, there, contract, description, row, &is_worse))
        return false;
    for (array_each(GateDetail, doubt, &row->doubts))
        if (is_worse && !was_there(&before, doubt) && !is_told(row, doubt))
            array_push(asking->arena, &row->details, *doubt);
    return true;
}

bool judge_doubts(Asking *asking, const StoredVersion *provider, Text contract, Text description,
                  GateRow *row) {
    StoredVersions there = {0};
    if (row->result != GATE_YES || !row->doubts.count || !asking->question->environment.size)
        return true;
    if (!standing_versions(asking, provider->name, &there))
        return false;
    for (array_each(StoredVersion, version, &there))
        if (version->id == provider->id) /* it stands already: nothing gets worse */
            return true;
    for (array_each(StoredVersion, version, &there))
        if (!judge_against(asking, provider, version, contract, description, row))
            return false;
    row->result = row->details.count ? GATE_NO : GATE_YES;
    return true;
}

/* ---- what is said of the others -------------------------------------------------------------- */

static void warn_of_row(Asking *asking, const GateRow *row) {
    Arena *arena = asking->arena;
    Text pair = text_format(arena, "%.*s %.*s and %.*s %.*s", TEXT_ARG(row->consumer),
                            TEXT_ARG(row->consumer_version), TEXT_ARG(row->provider),
                            TEXT_ARG(row->provider_version));
    if (row->doubts.count) {
        const GateDetail *doubt = &row->doubts.items[0];
        Text more = row->doubts.count == 1
                        ? (Text){0}
                        : text_format(arena, ", and %zu more", row->doubts.count - 1);
        array_push(arena, &asking->answer->warnings,
                   text_format(arena, "%.*s: not guaranteed: \"%.*s\" %.*s: %.*s%.*s",
                               TEXT_ARG(pair), TEXT_ARG(doubt->interaction), TEXT_ARG(doubt->place),
                               TEXT_ARG(doubt->message), TEXT_ARG(more)));
    }
    if (row->unverified.count)
        array_push(arena, &asking->answer->warnings,
                   text_format(arena,
                               "%.*s: the provider's verification leaves out %zu interaction%s of "
                               "the contract: the comparison with the description counts there",
                               TEXT_ARG(pair), row->unverified.count,
                               row->unverified.count == 1 ? "" : "s"));
    if (row->unreached)
        array_push(arena, &asking->answer->warnings,
                   text_format(arena,
                               "%.*s: %zu interaction%s not compared: the description says "
                               "nothing of %s",
                               TEXT_ARG(pair), row->unreached,
                               row->unreached == 1 ? " was" : "s were",
                               row->unreached == 1 ? "it" : "them"));
}

void warn_of_doubts(Asking *asking) {
    for (array_each(GateRow, row, &asking->answer->rows))
        if (row->result == GATE_YES && !row->ignored)
            warn_of_row(asking, row);
}
