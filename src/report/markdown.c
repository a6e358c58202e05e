/* Markdown for a comment on a pull request: verdict, whom it breaks, each breaking change with its
 * places folded, what is safe in a folded list. The first line is a comment by which a later run
 * finds what it is to replace. A comment may hold 65,536 characters on GitHub: what does not fit is
 * left out whole and counted, what is safe before what breaks, whichever description it is of.
 */
#include "report/forms.h"
#include "report/markdown_text.h"

enum { CONSUMER_ROWS_MOST = 100, OPERATIONS_MOST = 20, OVERVIEW_MOST = COMMENT_MOST / 8 };

/* In the order of what a comment is to hold first, of all descriptions. */
typedef enum Part { PART_HEAD, PART_BREAKING, PART_SAFE, PART_NOTES, PART_COUNT } Part;

/* What is told of one comparison, each part under construction for itself. */
typedef struct Section {
    const VerdictReport *report;
    Text heading;
    Buffer parts[PART_COUNT];
} Section;

typedef struct Comment {
    size_t size;     /* of all that has been added */
    size_t left_out; /* changes */
    bool full;
} Comment;

static void add_always(Comment *comment, Buffer *part, const Buffer *block) {
    buffer_add(part, buffer_text(block));
    comment->size += block->size;
}

/* Adds a block if it fits with `behind` bytes to come; once one does not, none does. */
static bool add_block(Comment *comment, Buffer *part, const Buffer *block, size_t behind) {
    if (comment->full || comment->size + block->size + behind + COMMENT_TAIL > COMMENT_MOST) {
        comment->full = true;
        return false;
    }
    add_always(comment, part, block);
    return true;
}

/* ---- consumers ------------------------------------------------------------------------------- */

static void add_consumer_row(Buffer *out, const VerdictChange *change, const VerdictConsumer *who) {
    buffer_add(out, TEXT("| **"));
    markdown_add_code(out, who->consumer);
    buffer_add(out, TEXT("** | "));
    markdown_add(out, who->reason);
    buffer_add(out, TEXT(" | "));
    markdown_add_code(out, who->interaction);
    buffer_add(out, TEXT("<br>"));
    markdown_add_code(out, text_format(out->arena, "%.*s:%u", TEXT_ARG(who->pact), who->line));
    buffer_add(out, TEXT(" | "));
    markdown_add(out, change->message);
    buffer_add(out, TEXT(" |\n"));
}

/* Half of the comment at most, so that the changes have room. */
static void add_consumers(Comment *comment, Section *section) {
    Buffer *part = &section->parts[PART_HEAD], rest = {.arena = part->arena};
    const VerdictReport *report = section->report;
    size_t rows = 0, more = 0;
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        for (size_t j = 0; j < change->consumers.count; j++) {
            Buffer row = {.arena = part->arena};
            if (!rows)
                buffer_add(&row,
                           TEXT("\n| consumer | what it does | interaction | what breaks it |\n"
                                "|---|---|---|---|\n"));
            add_consumer_row(&row, change, &change->consumers.items[j]);
            bool fits =
                !more && rows < CONSUMER_ROWS_MOST && comment->size + row.size < COMMENT_MOST / 2;
            if (fits && add_block(comment, part, &row, 0))
                rows++;
            else
                more++;
        }
    }
    if (!more)
        return;
    buffer_format(&rest, "\n… and %zu more interaction%s.\n", more, plural(more));
    add_block(comment, part, &rest, 0);
}

/* ---- changes --------------------------------------------------------------------------------- */

static void add_operations(Buffer *out, const VerdictChange *change) {
    for (size_t i = 0; i < change->operations.count && i < OPERATIONS_MOST; i++) {
        buffer_add(out, TEXT("\n- "));
        markdown_add_code(out, operation_text(out->arena, &change->operations.items[i]));
        if (i == 0 && change->location.size) {
            buffer_add(out, TEXT(" → "));
            markdown_add_code(out, change->location);
            Text further = further_places_text(out->arena, change);
            if (further.size)
                buffer_format(out, " (%.*s)", TEXT_ARG(further));
        }
    }
    if (change->operations.count > OPERATIONS_MOST)
        buffer_format(out, "\n- and %zu more operations",
                      change->operations.count - OPERATIONS_MOST);
    if (change->operations.count)
        buffer_add_byte(out, '\n');
}

static void add_line(Buffer *lines, char sign, const Location *location) {
    Text line = excerpt_line(&location->excerpt, location->place.line);
    if (line.size)
        buffer_format(lines, "%c%.*s\n", sign, TEXT_ARG(line));
}

static void add_place(Buffer *out, const char *label, const Location *location, bool absent) {
    if (!location->place.file.size)
        return;
    buffer_format(out, "\n%s: ", label);
    markdown_add_code(out, place_text(out->arena, location->place));
    if (absent)
        buffer_add(out, TEXT(" (where it is missing)"));
    buffer_add_byte(out, '\n');
}

static void add_places(Buffer *out, const VerdictChange *change) {
    Buffer lines = {.arena = out->arena};
    if (!change->change->base_absent)
        add_line(&lines, '-', &change->base);
    if (!change->change->revision_absent)
        add_line(&lines, '+', &change->revision);
    add_place(out, "base", &change->base, change->change->base_absent);
    add_place(out, "revision", &change->revision, change->change->revision_absent);
    if (lines.size) {
        buffer_add_byte(out, '\n');
        markdown_add_block(out, "diff", buffer_text(&lines));
    }
}

static void add_waivers(Buffer *out, const VerdictChange *change, const char *before,
                        const char *behind) {
    for (array_each(const ChangeWaiver, waiver, &change->waivers)) {
        buffer_add(out, text_from(before));
        markdown_add(out, waiver_label(out->arena, change, waiver));
        buffer_add(out, TEXT(": "));
        markdown_add(out, waiver->reason);
        buffer_add(out, text_from(behind));
    }
}

/* A change with all that is known of it, folded below its message. */
static void add_change(Buffer *out, const VerdictChange *change) {
    buffer_add(out, TEXT("\n<details><summary>"));
    markdown_add_html(out, change->message);
    if (change->operations.count) {
        buffer_add(out, TEXT(" · "));
        markdown_add_html(out, operation_text(out->arena, &change->operations.items[0]));
    }
    if (change->operations.count > 1)
        buffer_format(out, " and %zu more", change->operations.count - 1);
    buffer_add(out, TEXT("</summary>\n"));
    add_operations(out, change);
    add_places(out, change);
    if (change->help.size) {
        buffer_add(out, TEXT("\n**What to do:** "));
        markdown_add(out, change->help);
        buffer_add_byte(out, '\n');
    }
    if (change->remark.size) {
        buffer_format(out, "\n%s by the rules: ", compatibility_word(change->compatibility));
        markdown_add(out, change->remark);
        buffer_add_byte(out, '\n');
    }
    add_waivers(out, change, "\n", "\n");
    buffer_add(out, TEXT("\nRule "));
    markdown_add_code(out, change->rule->id);
    buffer_add(out, TEXT(", change "));
    markdown_add_code(out, change->id);
    buffer_add(out, TEXT("\n\n</details>\n"));
}

static void add_brief(Buffer *out, const VerdictChange *change) {
    buffer_add(out, TEXT("- "));
    markdown_add(out, change->message);
    Text where = change_path_text(out->arena, change);
    if (where.size) {
        buffer_add(out, TEXT(" — "));
        markdown_add_code(out, where);
    }
    if (change->remark.size) {
        buffer_add(out, TEXT(" — "));
        markdown_add(out, change->remark);
    }
    add_waivers(out, change, " — ", "");
    buffer_add(out, TEXT(" — "));
    markdown_add_code(out, change->id);
    buffer_add_byte(out, '\n');
}

static void add_breaking(Comment *comment, Section *section) {
    const VerdictReport *report = section->report;
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        if (change->verdict != VERDICT_BREAKING)
            continue;
        Buffer *part = &section->parts[PART_BREAKING], block = {.arena = part->arena};
        if (i == 0)
            buffer_add(&block, TEXT("\n### What breaks\n"));
        add_change(&block, change);
        comment->left_out += !add_block(comment, part, &block, 0);
    }
}

static void add_safe(Comment *comment, Section *section) {
    static const char closing[] = "\n</details>\n";
    const VerdictReport *report = section->report;
    Buffer *part = &section->parts[PART_SAFE];
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        if (change->verdict == VERDICT_BREAKING)
            continue;
        Buffer block = {.arena = part->arena};
        if (!part->size)
            buffer_format(&block, "\n<details><summary>%zu safe change%s</summary>\n\n",
                          report->safe, plural(report->safe));
        add_brief(&block, change);
        comment->left_out += !add_block(comment, part, &block, sizeof closing);
    }
    if (!part->size)
        return;
    Buffer end = {.arena = part->arena};
    buffer_add(&end, text_from(closing));
    add_always(comment, part, &end);
}

/* ---- interactions ---------------------------------------------------------------------------- */

static void add_interactions(Comment *comment, Buffer *part, const char *heading,
                             const VerdictInteraction *interactions, size_t count) {
    if (!count)
        return;
    Buffer block = {.arena = part->arena};
    buffer_format(&block, "\n<details><summary>%zu interaction%s</summary>\n\n", count, heading);
    for (size_t i = 0; i < count && i < CONSUMER_ROWS_MOST; i++) {
        const VerdictConsumer *who = &interactions[i].who;
        buffer_add(&block, TEXT("- "));
        markdown_add_code(&block, who->consumer);
        buffer_add(&block, TEXT(": "));
        markdown_add_code(&block, who->interaction);
        buffer_add(&block, TEXT(" — "));
        markdown_add(&block, who->reason);
        buffer_add_byte(&block, '\n');
    }
    if (count > CONSUMER_ROWS_MOST)
        buffer_format(&block, "- and %zu more\n", count - CONSUMER_ROWS_MOST);
    buffer_add(&block, TEXT("\n</details>\n"));
    add_block(comment, part, &block, 0);
}

/* ---- the comment ----------------------------------------------------------------------------- */

static void add_head(Comment *comment, Section *section) {
    const VerdictReport *report = section->report;
    Buffer *part = &section->parts[PART_HEAD], head = {.arena = part->arena};
    if (section->heading.size) {
        buffer_add(&head, TEXT("\n## "));
        markdown_add_code(&head, section->heading);
        buffer_format(&head, ": %s\n", verdict_word(report->verdict));
    }
    buffer_add(&head, TEXT("\n"));
    markdown_add(&head, summary_text(head.arena, report));
    buffer_add(&head, TEXT(".\n\n<sub>"));
    markdown_add_code(&head, report->base_source);
    buffer_add(&head, TEXT(" → "));
    markdown_add_code(&head, report->revision_source);
    buffer_format(&head, ", policy %s</sub>\n",
                  report->policy == POLICY_ANY_CONSUMER ? "any-consumer" : "recorded-consumers");
    add_block(comment, part, &head, 0);
    add_interactions(comment, part,
                     report->orphans.count == 1
                         ? " fares worse, and no change explains why: a defect of breakwater"
                         : "s fare worse, and no change explains why: a defect of breakwater",
                     report->orphans.items, report->orphans.count);
    add_consumers(comment, section);
}

static void add_notes(Comment *comment, Section *section) {
    const VerdictReport *report = section->report;
    Buffer *part = &section->parts[PART_NOTES];
    add_interactions(comment, part,
                     report->failing_before.count == 1 ? " failed before, for the same reason"
                                                       : "s failed before, for the same reason",
                     report->failing_before.items, report->failing_before.count);
    add_interactions(comment, part,
                     report->pending.count == 1 ? " is pending and fares worse"
                                                : "s are pending and fare worse",
                     report->pending.items, report->pending.count);
    add_interactions(comment, part,
                     report->not_held.count == 1
                         ? " rules what could not be held against the descriptions"
                         : "s rule what could not be held against the descriptions",
                     report->not_held.items, report->not_held.count);
}

/* The verdict on each of several descriptions, whatever of them is left out below. */
static void add_overview(Comment *comment, Buffer *out, const Section *sections, size_t count) {
    Buffer rows = {.arena = out->arena};
    size_t shown = 0;
    buffer_add(&rows, TEXT("\n| description | verdict | changes |\n|---|---|---|\n"));
    for (; shown < count && rows.size < OVERVIEW_MOST; shown++) {
        const VerdictReport *report = sections[shown].report;
        bool breaks = report->verdict == VERDICT_BREAKING;
        buffer_add(&rows, TEXT("| "));
        markdown_add_code(&rows, sections[shown].heading);
        buffer_format(&rows, " | %s%s%s | ", breaks ? "**" : "", verdict_word(report->verdict),
                      breaks ? "**" : "");
        markdown_add(&rows, summary_text(rows.arena, report));
        buffer_add(&rows, TEXT(" |\n"));
    }
    if (shown < count)
        buffer_format(&rows, "\n… and %zu more.\n", count - shown);
    add_always(comment, out, &rows);
}

static void add_sections(Comment *comment, Section *sections, size_t count) {
    static void (*const writers[])(Comment * comment, Section * section) = {
        [PART_HEAD] = add_head,
        [PART_BREAKING] = add_breaking,
        [PART_SAFE] = add_safe,
        [PART_NOTES] = add_notes,
    };
    for (Part part = 0; part < PART_COUNT; part++)
        for (size_t i = 0; i < count; i++)
            writers[part](comment, &sections[i]);
}

Text report_markdown(Arena *arena, const Reports *reports, const TextLayout *layout) {
    (void)layout;
    Comment comment = {0};
    Buffer out = {.arena = arena}, begin = {.arena = arena};
    bool several = reports->count > 1 || reports->commits;
    Section *sections = arena_new_array(arena, reports->count, Section);
    for (size_t i = 0; i < reports->count; i++) {
        sections[i].report = reports->items[i];
        sections[i].heading = several ? report_heading(arena, reports, i) : (Text){0};
        for (Part part = 0; part < PART_COUNT; part++)
            sections[i].parts[part] = (Buffer){.arena = arena};
    }
    buffer_format(&begin, "<!-- breakwater -->\n# breakwater: %s\n",
                  verdict_word(reports_verdict(reports)));
    add_always(&comment, &out, &begin);
    if (reports->count > 1 && !reports->commits)
        add_overview(&comment, &out, sections, reports->count);
    add_sections(&comment, sections, reports->count);
    for (size_t i = 0; i < reports->count; i++)
        for (Part part = 0; part < PART_COUNT; part++)
            buffer_add(&out, buffer_text(&sections[i].parts[part]));
    if (comment.full)
        buffer_format(
            &out,
            "\n> [!NOTE]\n> %zu change%s left out here: a comment may hold %d "
            "characters. The other forms of this report (`breakwater report`) have all.\n",
            comment.left_out, comment.left_out == 1 ? " is" : "s are", COMMENT_MOST);
    return buffer_text(&out);
}
