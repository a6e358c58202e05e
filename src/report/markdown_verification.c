/* The verification as a comment: which interactions are not satisfied, and why; the rest counted.
 */
#include "report/forms.h"
#include "report/markdown_text.h"

static void add_mismatch(Buffer *out, const VerificationMismatch *mismatch) {
    buffer_format(out, "<br>%s: ", mismatch->error ? "error" : "warning");
    markdown_add(out, mismatch->message);
    Text place = place_text(out->arena, mismatch->description.place);
    if (place.size) {
        buffer_add(out, TEXT(" ("));
        markdown_add_code(out, place);
        buffer_add_byte(out, ')');
    }
    if (mismatch->need.size) {
        buffer_add(out, TEXT("; it "));
        markdown_add(out, mismatch->need);
    }
}

static void add_row(Buffer *out, const VerifiedInteraction *interaction) {
    buffer_add(out, TEXT("| **"));
    markdown_add_code(out, interaction->consumer);
    buffer_format(out, "** | %s%s | ", satisfaction_word(interaction->result),
                  interaction->pending ? " (pending)" : "");
    markdown_add_code(out, interaction->interaction);
    buffer_add(out, TEXT("<br>"));
    markdown_add_code(
        out, text_format(out->arena, "%.*s:%u", TEXT_ARG(interaction->pact), interaction->line));
    buffer_add(out, TEXT(" | "));
    if (interaction->operation.method.size)
        markdown_add_code(out, operation_text(out->arena, &interaction->operation));
    else
        buffer_add(out, TEXT("no operation"));
    for (size_t i = 0; i < interaction->mismatches.count; i++)
        add_mismatch(out, &interaction->mismatches.items[i]);
    buffer_add(out, TEXT(" |\n"));
}

/* Rows of one kind; gives how many did not fit. */
static size_t add_rows(Buffer *out, const VerificationReport *report, bool satisfied) {
    size_t rows = 0, left_out = 0;
    for (size_t i = 0; i < report->interactions.count; i++) {
        const VerifiedInteraction *interaction = &report->interactions.items[i];
        if ((interaction->result == SATISFIED) != satisfied)
            continue;
        Buffer row = {.arena = out->arena};
        if (!rows)
            buffer_add(&row, TEXT("\n| consumer | result | interaction | operation |\n"
                                  "|---|---|---|---|\n"));
        add_row(&row, interaction);
        if (left_out || out->size + row.size + COMMENT_TAIL > COMMENT_MOST) {
            left_out++;
            continue;
        }
        buffer_add(out, buffer_text(&row));
        rows++;
    }
    return left_out;
}

Text verification_markdown(Arena *arena, const VerificationReport *report,
                           const TextLayout *layout) {
    (void)layout;
    Buffer out = {.arena = arena};
    buffer_format(&out, "<!-- breakwater -->\n# breakwater verify: %s\n\n",
                  satisfaction_word(report->verdict));
    markdown_add(&out, verification_summary_text(arena, report));
    buffer_add(&out, TEXT(".\n\n<sub>"));
    markdown_add_code(&out, report->source);
    buffer_add(&out, TEXT("</sub>\n"));
    size_t left_out = add_rows(&out, report, false);
    if (report->satisfied && !left_out) {
        buffer_format(&out, "\n<details><summary>%zu satisfied</summary>\n", report->satisfied);
        left_out = add_rows(&out, report, true);
        buffer_add(&out, TEXT("\n</details>\n"));
    } else if (left_out) {
        left_out += report->satisfied;
    }
    if (left_out)
        buffer_format(&out,
                      "\n> [!NOTE]\n> %zu interaction%s left out here: a comment may hold %d "
                      "characters. The other forms of this report have all.\n",
                      left_out, left_out == 1 ? " is" : "s are", COMMENT_MOST);
    return buffer_text(&out);
}
