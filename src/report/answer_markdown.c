/* The gate's answer as Markdown. */
#include "report/markdown_text.h"
#include "report/report.h"

static void put_row(Buffer *out, const GateRow *row) {
    static const char *const words[] = {
        [GATE_YES] = "yes", [GATE_UNKNOWN] = "unknown", [GATE_NO] = "**no**"};
    buffer_add(out, TEXT("| "));
    markdown_add_code(out, row->consumer);
    buffer_add(out, TEXT(" | "));
    markdown_add_code(out, row->consumer_version);
    buffer_add(out, TEXT(" | "));
    markdown_add_code(out, row->provider);
    buffer_add(out, TEXT(" | "));
    markdown_add_code(out, row->provider_version.size ? row->provider_version : TEXT("none"));
    buffer_format(out, " | %s", words[row->result]);
    if (row->replayed && row->compared)
        buffer_format(out, " (compared: %s)", row->compare_success ? "yes" : "no");
    buffer_format(out, "%s%s |\n", row->ignored ? " (ignored)" : "",
                  row->pending ? " (pending)" : "");
}

static void put_failure(Buffer *out, const GateRow *row) {
    buffer_add(out, TEXT("- "));
    markdown_add(out, row->reason);
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < row->details.count; i++) {
        const GateDetail *detail = &row->details.items[i];
        buffer_add(out, TEXT("  - "));
        markdown_add(out, detail->interaction);
        if (detail->place.size) {
            buffer_add_byte(out, ' ');
            markdown_add_code(out, detail->place);
        }
        buffer_add(out, TEXT(": "));
        markdown_add(out, detail->message);
        buffer_add_byte(out, '\n');
    }
    for (size_t i = 0; i < row->changes.count; i++) {
        buffer_add(out, TEXT("  - since "));
        markdown_add(out, row->provider);
        buffer_add_byte(out, ' ');
        markdown_add(out, row->since);
        buffer_add(out, TEXT(": "));
        markdown_add(out, row->changes.items[i]);
        buffer_add_byte(out, '\n');
    }
}

static void put_list(Buffer *out, const Text *texts, size_t count, const char *before) {
    for (size_t i = 0; i < count; i++) {
        buffer_format(out, "- %s", before);
        markdown_add(out, texts[i]);
        buffer_add_byte(out, '\n');
    }
}

Text answer_markdown(Arena *arena, const GateAnswer *answer) {
    static const char *const words[] = {
        [GATE_YES] = "Yes", [GATE_UNKNOWN] = "Unknown", [GATE_NO] = "No"};
    Buffer out = {.arena = arena};
    if (answer->question.size) {
        buffer_format(&out, "**%s:** ", words[answer->result]);
        markdown_add(&out, answer->question);
        buffer_add(&out, TEXT("\n\n"));
    }
    put_list(&out, answer->reasons.items, answer->reasons.count, "");
    put_list(&out, answer->warnings.items, answer->warnings.count, "warning: ");
    if (!answer->rows.count && !answer->question.size)
        buffer_add(&out, TEXT("No pairs.\n"));
    if (!answer->rows.count)
        return buffer_text(&out);
    if (out.size)
        buffer_add_byte(&out, '\n');
    buffer_add(&out, TEXT("| Consumer | Version | Provider | Version | Success |\n"
                          "|---|---|---|---|---|\n"));
    for (size_t i = 0; i < answer->rows.count; i++)
        put_row(&out, &answer->rows.items[i]);
    buffer_add_byte(&out, '\n');
    for (size_t i = 0; i < answer->rows.count; i++)
        if (answer->rows.items[i].result == GATE_NO)
            put_failure(&out, &answer->rows.items[i]);
    return buffer_text(&out);
}
