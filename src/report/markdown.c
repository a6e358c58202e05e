/* Markdown for a comment on a pull request: verdict, whom it breaks, each breaking change with its
 * places folded, what is safe in a folded list. The first line is a comment by which a later run
 * finds what it is to replace. A comment may hold 65,536 characters on GitHub: what does not fit is
 * left out whole and counted, what is safe before what breaks, whichever description it is of.
 */
#include "report/forms.h"
#include "report/markdown_text.h"

enum {
    CONSUMERS_MOST = 50,   /* in the table */
    HITS_MOST = 5,         /* of one consumer there */
    INTERACTIONS_MOST = 3, /* of one hit */
    LISTED_MOST = 20,      /* operations of a change, interactions that it hurts */
    NOTED_MOST = 100,
    OVERVIEW_MOST = COMMENT_MOST / 8
};

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

/* What one change does to one consumer in one way, and the interactions that show it. */
typedef struct Hit {
    const VerdictChange *change;
    ARRAY(const VerdictConsumer *) interactions; /* at least one */
} Hit;

/* A consumer that is hurt, with its hits in the order of the changes. */
typedef struct Hurt {
    Text name;
    size_t interactions;
    ARRAY(Hit) hits;
} Hurt;

typedef ARRAY(Hurt *) HurtConsumers;

static void add_interaction(Arena *arena, Hurt *hurt, const VerdictChange *change,
                            const VerdictConsumer *who) {
    Hit *hit = NULL;
    for (size_t i = hurt->hits.count; !hit && i-- > 0 && hurt->hits.items[i].change == change;)
        if (text_equal(hurt->hits.items[i].interactions.items[0]->reason, who->reason))
            hit = &hurt->hits.items[i];
    if (!hit) {
        array_push(arena, &hurt->hits, (Hit){.change = change});
        hit = &hurt->hits.items[hurt->hits.count - 1];
    }
    array_push(arena, &hit->interactions, who);
    hurt->interactions++;
}

/* In the order in which the changes hurt them. */
static HurtConsumers hurt_consumers(Arena *arena, const VerdictReport *report) {
    HurtConsumers all = {0};
    Map *by_name = map_new(arena);
    for (array_each(const VerdictChange, change, &report->changes))
        for (array_each(const VerdictConsumer, who, &change->consumers)) {
            Hurt *hurt = map_get_text(by_name, who->consumer);
            if (!hurt) {
                hurt = arena_new_object(arena, Hurt);
                hurt->name = who->consumer;
                map_put_text(by_name, hurt->name, hurt);
                array_push(arena, &all, hurt);
            }
            add_interaction(arena, hurt, change, who);
        }
    return all;
}

static void add_pact_line(Buffer *out, const VerdictConsumer *who) {
    markdown_add_code(out, text_format(out->arena, "%.*s:%u", TEXT_ARG(who->pact), who->line));
}

static void add_hit(Buffer *out, const Hit *hit) {
    markdown_add(out, hit->interactions.items[0]->reason);
    buffer_add(out, TEXT(" | "));
    for (size_t i = 0; i < hit->interactions.count && i < INTERACTIONS_MOST; i++) {
        const VerdictConsumer *who = hit->interactions.items[i];
        buffer_add(out, i ? TEXT("<br>") : TEXT(""));
        markdown_add_code(out, who->interaction);
        buffer_add(out, TEXT("<br>"));
        add_pact_line(out, who);
    }
    if (hit->interactions.count > INTERACTIONS_MOST)
        buffer_format(out, "<br>and %zu more", hit->interactions.count - INTERACTIONS_MOST);
    buffer_add(out, TEXT(" | "));
    markdown_add(out, hit->change->message);
    buffer_add(out, hit->change->waived.reason.size ? TEXT(" (waived)") : TEXT(""));
    if (hit->change->operations.count == 1) { /* of several, any may be the one */
        buffer_add(out, TEXT("<br>"));
        markdown_add_code(out, operation_alone_text(out->arena, &hit->change->operations.items[0]));
    }
    buffer_add(out, TEXT(" |\n"));
}

/* The rows of one consumer, of which the first has its name; what does not stand there is counted,
 * and stands with the changes. */
static void add_hurt(Buffer *out, const Hurt *hurt) {
    size_t told = 0;
    for (size_t i = 0; i < hurt->hits.count && i < HITS_MOST; i++) {
        if (i == 0) {
            buffer_add(out, TEXT("| **"));
            markdown_add_code(out, hurt->name);
            buffer_add(out, TEXT("** | "));
        } else {
            buffer_add(out, TEXT("| | "));
        }
        add_hit(out, &hurt->hits.items[i]);
        told += hurt->hits.items[i].interactions.count;
    }
    size_t more = hurt->interactions - told;
    if (more)
        buffer_format(out, "| | … and %zu more interaction%s, told below | | |\n", more,
                      plural(more));
}

/* Half of the comment at most, so that the changes have room. */
static void add_consumers(Comment *comment, Section *section) {
    Buffer *part = &section->parts[PART_HEAD], rest = {.arena = part->arena};
    HurtConsumers all = hurt_consumers(part->arena, section->report);
    size_t shown = 0;
    for (; shown < all.count && shown < CONSUMERS_MOST; shown++) {
        Buffer rows = {.arena = part->arena};
        if (!shown)
            buffer_add(&rows, TEXT("\n| consumer | what it does | interaction | what breaks it |\n"
                                   "|---|---|---|---|\n"));
        add_hurt(&rows, all.items[shown]);
        if (comment->size + rows.size >= COMMENT_MOST / 2 || !add_block(comment, part, &rows, 0))
            break;
    }
    if (shown == all.count)
        return;
    buffer_format(&rest, "\n… and %zu more consumer%s.\n", all.count - shown,
                  plural(all.count - shown));
    add_block(comment, part, &rest, 0);
}

/* Whom a change hurts, and by what, in its fold. */
static void add_hurt_by(Buffer *out, const VerdictChange *change) {
    for (size_t i = 0; i < change->consumers.count && i < LISTED_MOST; i++) {
        const VerdictConsumer *who = &change->consumers.items[i];
        buffer_add(out, i ? TEXT("- ") : TEXT("\nBreaks:\n\n- "));
        markdown_add_code(out, who->consumer);
        buffer_add_byte(out, ' ');
        markdown_add(out, who->reason);
        buffer_add(out, TEXT(": "));
        markdown_add_code(out, who->interaction);
        buffer_add(out, TEXT(" ("));
        add_pact_line(out, who);
        buffer_add(out, TEXT(")\n"));
    }
    if (change->consumers.count > LISTED_MOST)
        buffer_format(out, "- and %zu more interactions\n", change->consumers.count - LISTED_MOST);
}

/* ---- changes --------------------------------------------------------------------------------- */

static void add_operations(Buffer *out, const VerdictChange *change) {
    for (size_t i = 0; i < change->operations.count && i < LISTED_MOST; i++) {
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
    if (change->operations.count > LISTED_MOST)
        buffer_format(out, "\n- and %zu more operations", change->operations.count - LISTED_MOST);
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
    add_hurt_by(out, change);
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
    for (size_t i = 0; i < count && i < NOTED_MOST; i++) {
        const VerdictConsumer *who = &interactions[i].who;
        buffer_add(&block, TEXT("- "));
        markdown_add_code(&block, who->consumer);
        buffer_add(&block, TEXT(": "));
        markdown_add_code(&block, who->interaction);
        buffer_add(&block, TEXT(" — "));
        markdown_add(&block, who->reason);
        buffer_add_byte(&block, '\n');
    }
    if (count > NOTED_MOST)
        buffer_format(&block, "- and %zu more\n", count - NOTED_MOST);
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
    markdown_add(&head, sentence_text(head.arena, summary_text(head.arena, report)));
    buffer_add(&head, TEXT("\n\n<sub>"));
    markdown_add_code(&head, report->base_source);
    buffer_add(&head, TEXT(" → "));
    markdown_add_code(&head, report->revision_source);
    if (report->changes.count) /* else nothing was judged by it */
        buffer_format(&head, ", policy %s", policy_word(report->policy));
    buffer_add(&head, TEXT("</sub>\n"));
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

static void add_cut(Buffer *out, const Comment *comment) {
    buffer_add(out, TEXT("\n> [!NOTE]\n> "));
    if (comment->left_out)
        buffer_format(out, "%zu change%s", comment->left_out,
                      comment->left_out == 1 ? " is" : "s are");
    else
        buffer_add(out, TEXT("Interactions are"));
    buffer_format(out,
                  " left out here: a comment may hold %d characters. The other forms of this "
                  "report (`breakwater report`) have all.\n",
                  COMMENT_MOST);
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
        add_cut(&out, &comment);
    return buffer_text(&out);
}
