#include "gate/asking.h"

#include <stdlib.h>

static int by_names(const void *a, const void *b) {
    const GateRow *one = a, *other = b;
    int order = text_compare(one->consumer, other->consumer);
    if (!order)
        order = text_compare(one->provider, other->provider);
    if (!order)
        order = text_compare(one->consumer_version, other->consumer_version);
    return order ? order : text_compare(one->provider_version, other->provider_version);
}

static bool has_say(const GateRow *row) {
    return !row->ignored && !row->pending;
}

/* What is known of a row, with the first of its interactions and the first change that made it so:
 * a reason stands for itself, in a message of a chat, say. */
static Text full_reason(Arena *arena, const GateRow *row) {
    Buffer out = {.arena = arena};
    buffer_add(&out, row->reason);
    if (row->details.count) {
        const GateDetail *detail = &row->details.items[0];
        buffer_format(&out, ": \"%.*s\" %.*s%s%.*s", TEXT_ARG(detail->interaction),
                      TEXT_ARG(detail->place), detail->place.size ? ": " : "",
                      TEXT_ARG(detail->message));
        if (row->details.count > 1)
            buffer_format(&out, ", and %zu more", row->details.count - 1);
    }
    if (row->changes.count) {
        buffer_format(&out, "; since %.*s %.*s: %.*s", TEXT_ARG(row->provider),
                      TEXT_ARG(row->since), TEXT_ARG(row->changes.items[0]));
        if (row->changes.count > 1)
            buffer_format(&out, ", and %zu more", row->changes.count - 1);
    }
    return buffer_text(&out);
}

static void add_reasons(Asking *asking, GateResult result) {
    GateAnswer *answer = asking->answer;
    for (size_t i = 0; i < answer->rows.count; i++)
        if (answer->rows.items[i].result == result && has_say(&answer->rows.items[i]))
            array_push(asking->arena, &answer->reasons,
                       full_reason(asking->arena, &answer->rows.items[i]));
}

static void warn_of_pending(Asking *asking) {
    GateAnswer *answer = asking->answer;
    for (size_t i = 0; i < answer->rows.count; i++) {
        const GateRow *row = &answer->rows.items[i];
        if (row->pending)
            array_push(asking->arena, &answer->warnings,
                       text_format(asking->arena,
                                   "the contract of %.*s %.*s is pending: no version of %.*s ever "
                                   "satisfied it",
                                   TEXT_ARG(row->consumer), TEXT_ARG(row->consumer_version),
                                   TEXT_ARG(row->provider)));
    }
}

static void count(GateAnswer *answer) {
    size_t number = 0;
    for (size_t i = 0; i < answer->rows.count; i++) {
        GateRow *row = &answer->rows.items[i];
        row->number = row->replayed || row->compared ? ++number : 0;
        if (!has_say(row))
            continue;
        answer->success += row->result == GATE_YES;
        answer->failed += row->result == GATE_NO;
        answer->unknown += row->result == GATE_UNKNOWN;
    }
}

static void show_present(Asking *asking) {
    for (size_t i = 0; i < asking->present.count; i++) {
        const StoredPresence *stored = &asking->present.items[i];
        GatePresence presence = {stored->version.name, stored->version.number, stored->environment,
                                 stored->instance, stored->released};
        array_push(asking->arena, &asking->answer->present, presence);
    }
}

void gate_finish(GateAnswer *answer) {
    if (answer->rows.count > 1)
        qsort(answer->rows.items, answer->rows.count, sizeof *answer->rows.items, by_names);
    count(answer);
    bool matrix = !answer->question.size;
    if (matrix)
        answer->result = answer->failed ? GATE_NO : answer->unknown ? GATE_UNKNOWN : GATE_YES;
}

void sort_rows(Asking *asking) {
    show_present(asking);
    gate_finish(asking->answer);
}

/* A version that does not exist has decided already. */
void conclude(Asking *asking) {
    GateAnswer *answer = asking->answer;
    sort_rows(asking);
    if (answer->failed)
        answer->result = GATE_NO;
    else if (answer->unknown && answer->result != GATE_NO)
        answer->result = GATE_UNKNOWN;
    add_reasons(asking, GATE_NO);
    add_reasons(asking, GATE_UNKNOWN);
    warn_of_pending(asking);
    warn_of_doubts(asking);
    if (answer->result != GATE_YES)
        return;
    array_push(asking->arena, &answer->reasons,
               answer->success ? TEXT("all required verifications succeeded")
                               : TEXT("there is nothing to check: no dependency is missing"));
}
