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

static void add_reasons(Asking *asking, GateResult result) {
    GateAnswer *answer = asking->answer;
    for (size_t i = 0; i < answer->rows.count; i++)
        if (answer->rows.items[i].result == result && !answer->rows.items[i].ignored)
            array_push(asking->arena, &answer->reasons, answer->rows.items[i].reason);
}

static void count(GateAnswer *answer) {
    size_t number = 0;
    for (size_t i = 0; i < answer->rows.count; i++) {
        GateRow *row = &answer->rows.items[i];
        row->number = row->replayed || row->compared ? ++number : 0;
        if (row->ignored)
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
    if (answer->result != GATE_YES)
        return;
    array_push(asking->arena, &answer->reasons,
               answer->success ? TEXT("all required verifications succeeded")
                               : TEXT("there is nothing to check: no dependency is missing"));
}
