/* The participants for Graphviz: an edge from each consumer to each provider it has a contract
 * with, in the colour of the worst that is known of the pair.
 */
#include "report/dot.h"
#include "report/report.h"

static bool same_pair(const GateRow *a, const GateRow *b) {
    return text_equal(a->consumer, b->consumer) && text_equal(a->provider, b->provider);
}

Text answer_dot(Arena *arena, const GateAnswer *answer) {
    static const char *const colours[] = {
        [GATE_YES] = "darkgreen", [GATE_UNKNOWN] = "orange", [GATE_NO] = "red"};
    Buffer out = {.arena = arena};
    buffer_add(&out, TEXT("digraph participants {\n  rankdir=LR;\n  node [shape=box];\n"));
    /* Rows stand by consumer and provider, so those of a pair follow each other. */
    for (size_t i = 0, next; i < answer->rows.count; i = next) {
        const GateRow *row = &answer->rows.items[i];
        GateResult worst = GATE_YES;
        for (next = i; next < answer->rows.count && same_pair(row, &answer->rows.items[next]);
             next++)
            if (answer->rows.items[next].result > worst)
                worst = answer->rows.items[next].result;
        buffer_add(&out, TEXT("  "));
        dot_add_string(&out, row->consumer);
        buffer_add(&out, TEXT(" -> "));
        dot_add_string(&out, row->provider);
        buffer_format(&out, " [color=%s, label=\"%zu\"];\n", colours[worst], next - i);
    }
    buffer_add(&out, TEXT("}\n"));
    return buffer_text(&out);
}
