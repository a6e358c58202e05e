#include "report/findings.h"

#include "report/phrases.h"
#include "report/printable.h"

static Level level_of(const VerdictChange *change) {
    if (change->verdict == VERDICT_BREAKING)
        return LEVEL_ERROR;
    return change->remark.size && !change->waived.reason.size ? LEVEL_WARNING : LEVEL_NOTE;
}

static void add_line(Arena *arena, Finding *finding, Text line) {
    if (line.size)
        array_push(arena, &finding->lines, line);
}

static void add_related(Arena *arena, Finding *finding, Text label, Location location) {
    RelatedPlace place = {label, location};
    array_push(arena, &finding->related, place);
}

static void add_consumer(Arena *arena, Finding *finding, const VerdictConsumer *who) {
    Text line = text_format(arena, "breaks %.*s (%.*s:%u, \"%.*s\"): %.*s", TEXT_ARG(who->consumer),
                            TEXT_ARG(who->pact), who->line, TEXT_ARG(who->interaction),
                            TEXT_ARG(who->reason));
    add_line(arena, finding, line);
    Location pact = {.place = {.file = who->pact, .line = who->line, .column = who->line ? 1 : 0}};
    Text label = text_format(arena, "%.*s %.*s", TEXT_ARG(who->consumer), TEXT_ARG(who->reason));
    add_related(arena, finding, label, pact);
}

static Text group_of(Arena *arena, const VerdictChange *change) {
    return change->operations.count ? operation_alone_text(arena, &change->operations.items[0])
                                    : TEXT("the whole description");
}

static void add_places(Arena *arena, const VerdictChange *change, Finding *finding) {
    bool in_revision = change->revision.place.file.size > 0;
    finding->at = in_revision ? change->revision : change->base;
    if (change->base.place.file.size)
        add_related(arena, finding,
                    change->change->base_absent ? TEXT("where it is missing in the base")
                                                : TEXT("in the base"),
                    change->base);
    if (in_revision)
        add_related(arena, finding,
                    change->change->revision_absent ? TEXT("where it is missing in the revision")
                                                    : TEXT("in the revision"),
                    change->revision);
}

static Finding finding_of(Arena *arena, const VerdictChange *change) {
    Finding finding = {
        .id = change->id,
        .rule = change->rule,
        .level = level_of(change),
        .group = group_of(arena, change),
        .message = change->message,
        .suppressed = change->waived.reason,
    };
    add_places(arena, change, &finding);
    add_line(arena, &finding, change_path_text(arena, change));
    add_line(arena, &finding, change->remark);
    for (size_t i = 0; i < change->consumers.count; i++)
        add_consumer(arena, &finding, &change->consumers.items[i]);
    if (change->help.size)
        add_line(arena, &finding, text_format(arena, "help: %.*s", TEXT_ARG(change->help)));
    for (array_each(const ChangeWaiver, waiver, &change->waivers)) {
        Text label = waiver_label(arena, change, waiver);
        add_line(arena, &finding,
                 text_format(arena, "%.*s: %.*s", TEXT_ARG(label), TEXT_ARG(waiver->reason)));
    }
    return finding;
}

/* A defect of the program, which is never silent. */
static void add_orphans(Arena *arena, const VerdictReport *report, Findings *findings) {
    static const Rule unexplained = {
        .id = {"unexplained-impact", 18},
        .purpose = {"No change explains why an interaction fares worse.", 50},
        .why = {"This is a defect of breakwater.", 31},
        .help = {"Its verdict on this interaction is not to be trusted.", 53},
    };
    for (size_t i = 0; i < report->orphans.count; i++) {
        const VerdictInteraction *orphan = &report->orphans.items[i];
        Finding finding = {
            .id = text_format(arena, "unexplained-%zu", i + 1),
            .rule = &unexplained,
            .level = LEVEL_ERROR,
            .group = orphan->operation,
            .message = text_format(arena, "no change explains why \"%.*s\" fares worse",
                                   TEXT_ARG(orphan->who.interaction)),
            .at = {.place = {.file = orphan->who.pact, .line = orphan->who.line, .column = 1}},
        };
        add_consumer(arena, &finding, &orphan->who);
        add_line(arena, &finding, unexplained.why);
        array_push(arena, &findings->list, finding);
        fired_rules_add_one(arena, &findings->rules, &unexplained);
    }
}

/* The path of what a report is about, without the revision of git that it is of: a fingerprint is
 * the same on every branch. */
static Text path_of(const VerdictReport *report) {
    bool gone = text_is(report->revision_source, "/dev/null");
    Text source = report_subject(report);
    Text revision = gone ? report->base_revision : report->revision_revision;
    size_t colon = revision.size;
    if (text_starts_with(source, TEXT(":")) ||
        (text_starts_with(source, revision) && colon < source.size && source.data[colon] == ':'))
        source =
            text_slice(source, text_starts_with(source, TEXT(":")) ? 1 : colon + 1, source.size);
    return text_starts_with(source, TEXT("./")) ? text_slice(source, 2, source.size) : source;
}

/* The id of a change is unique in a report only, so the path of its description is always a part of
 * its fingerprint, whatever else is reported; in a history its commit is, too. What is found
 * against several bases is numbered. */
static void set_fingerprints(Arena *arena, const Reports *reports, size_t index, Finding *findings,
                             size_t count, Map *seen) {
    Text path = text_printable(arena, path_of(reports->items[index]), false);
    for (size_t i = 0; i < count; i++) {
        Text id = text_format(arena, "%.*s-%.*s", TEXT_ARG(findings[i].id), TEXT_ARG(path));
        if (reports->commits)
            id = text_format(arena, "%.*s-%.*s", TEXT_ARG(id),
                             TEXT_ARG(reports->commits[index].commit));
        size_t *times = map_get_text(seen, id);
        if (!times) {
            times = arena_new_object(arena, size_t);
            map_put_text(seen, id, times);
        }
        findings[i].fingerprint =
            ++*times > 1 ? text_format(arena, "%.*s-%zu", TEXT_ARG(id), *times) : id;
    }
}

Findings *findings_of_reports(Arena *arena, const Reports *reports) {
    Findings *findings = arena_new_object(arena, Findings);
    Map *seen = map_new(arena);
    Buffer summary = {.arena = arena};
    for (size_t i = 0; i < reports->count; i++) {
        const VerdictReport *report = reports->items[i];
        size_t before = findings->list.count;
        for (size_t j = 0; j < report->changes.count; j++) {
            Finding finding = finding_of(arena, &report->changes.items[j]);
            array_push(arena, &findings->list, finding);
        }
        fired_rules_add(arena, &findings->rules, report);
        add_orphans(arena, report, findings);
        set_fingerprints(arena, reports, i, findings->list.items + before,
                         findings->list.count - before, seen);
        if (reports->count > 1)
            buffer_format(&summary, "%s%.*s: ", i ? "; " : "",
                          TEXT_ARG(report_heading(arena, reports, i)));
        buffer_format(&summary, "%s: ", verdict_word(report->verdict));
        buffer_add(&summary, summary_text(arena, report));
    }
    if (!reports->count)
        buffer_add(&summary, several_text(arena, reports));
    findings->failed = reports_verdict(reports) == VERDICT_BREAKING;
    findings->summary = buffer_text(&summary);
    return findings;
}
