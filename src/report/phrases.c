#include "report/phrases.h"

#include "report/printable.h"

enum { CONSUMERS_NAMED = 10 };

const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

Text carried_attributes(Arena *arena, ChangeKind kind) {
    Buffer out = {.arena = arena};
    for (unsigned id = 0; id < ATTRIBUTE_COUNT; id++)
        if (change_info(kind)->attributes >> id & 1u)
            buffer_format(&out, "%s%s", out.size ? ", " : "",
                          attribute_info((AttributeId)id)->word);
    return buffer_text(&out);
}

const char *verdict_word(Verdict verdict) {
    return verdict == VERDICT_BREAKING ? "breaking" : "safe";
}

Text first_letters(Arena *arena, Text text, size_t letters) {
    if (text_length(text) <= letters)
        return text;
    size_t end = 0;
    for (size_t count = 0; end < text.size; end++) {
        bool starts = ((unsigned char)text.data[end] & 0xc0) != 0x80;
        if (starts && count++ == letters - 1)
            break;
    }
    return text_format(arena, "%.*s…", (int)end, text.data);
}

Text place_text(Arena *arena, Place place) {
    if (!place.file.size || !place.line)
        return place.file;
    return text_format(arena, "%.*s:%u:%u", TEXT_ARG(place.file), place.line, place.column);
}

/* What is gone is called what it was. */
Text report_subject(const VerdictReport *report) {
    return text_is(report->revision_source, "/dev/null") ? report->base_source
                                                         : report->revision_source;
}

/* Where one revision is compared with several bases, its name alone does not tell which. */
static bool shares_revision(const Reports *reports, size_t index) {
    Text subject = report_subject(reports->items[index]);
    for (size_t i = 0; i < reports->count; i++)
        if (i != index && text_equal(report_subject(reports->items[i]), subject))
            return true;
    return false;
}

Text report_heading(Arena *arena, const Reports *reports, size_t index) {
    const VerdictReport *report = reports->items[index];
    if (!reports->commits && shares_revision(reports, index))
        return text_format(arena, "%.*s, where %.*s is", TEXT_ARG(report->revision_source),
                           TEXT_ARG(report->base_source));
    if (!reports->commits)
        return report_subject(report);
    const CommitInfo *info = &reports->commits[index];
    return text_format(arena, "%.*s %.*s %.*s", TEXT_ARG(info->commit), TEXT_ARG(info->date),
                       TEXT_ARG(info->subject));
}

Text several_text(Arena *arena, const Reports *reports) {
    size_t breaking = 0;
    for (size_t i = 0; i < reports->count; i++)
        breaking += reports->items[i]->verdict == VERDICT_BREAKING;
    return text_format(arena, "%zu of %zu %s%s break%s", breaking, reports->count,
                       reports->commits ? "commit" : "description", plural(reports->count),
                       breaking == 1 ? "s" : "");
}

Text operation_text(Arena *arena, const VerdictOperation *operation) {
    Buffer out = {.arena = arena};
    const char *sort = operation->callback_of.size ? "callback " : "webhook ";
    buffer_format(&out, "%s%.*s %.*s", operation->webhook ? sort : "", TEXT_ARG(operation->method),
                  TEXT_ARG(operation->path));
    if (operation->callback_of.size)
        buffer_format(&out, " of %.*s", TEXT_ARG(operation->callback_of));
    if (operation->status.size || operation->media_type.size)
        buffer_add(&out, TEXT(" →"));
    if (operation->status.size)
        buffer_format(&out, " %.*s", TEXT_ARG(operation->status));
    if (operation->media_type.size)
        buffer_format(&out, " %.*s", TEXT_ARG(operation->media_type));
    return buffer_text(&out);
}

Text operation_alone_text(Arena *arena, const VerdictOperation *operation) {
    VerdictOperation alone = *operation;
    alone.status = alone.media_type = (Text){0};
    return operation_text(arena, &alone);
}

Text change_path_text(Arena *arena, const VerdictChange *change) {
    Buffer out = {.arena = arena};
    size_t count = change->operations.count;
    if (count)
        buffer_add(&out, operation_text(arena, &change->operations.items[0]));
    if (change->location.size)
        buffer_format(&out, "%s%.*s", count ? " → " : "", TEXT_ARG(change->location));
    if (count > 1)
        buffer_format(&out, " (and %zu more)", count - 1);
    return buffer_text(&out);
}

Text further_places_text(Arena *arena, const VerdictChange *change) {
    size_t count = change->further_locations.count;
    if (!count || count < change->operations.count)
        return (Text){0};
    return text_format(arena, "and %s%zu more place%s",
                       change->change->more_places ? "more than " : "", count, plural(count));
}

Text located_text(Arena *arena, const VerdictChange *change) {
    Text further = further_places_text(arena, change);
    Buffer out = {.arena = arena};
    if (change->location.size)
        buffer_format(&out, " → %.*s", TEXT_ARG(change->location));
    if (further.size)
        buffer_format(&out, " (%.*s)", TEXT_ARG(further));
    return buffer_text(&out);
}

Text also_at_text(Arena *arena, const VerdictChange *change) {
    Buffer list = {.arena = arena};
    for (size_t i = 0; i < change->further_locations.count; i++)
        buffer_format(&list, "%s%.*s", i ? ", " : "also at ",
                      TEXT_ARG(change->further_locations.items[i]));
    if (change->change->more_places)
        buffer_add(&list, TEXT(" and more, which are too many to name"));
    return buffer_text(&list);
}

Text waiver_label(Arena *arena, const VerdictChange *change, const ChangeWaiver *waiver) {
    Buffer out = {.arena = arena};
    bool whole = change->waived.reason.size > 0;
    if (!whole && change->verdict == VERDICT_SAFE)
        return TEXT("not in need of its waiver");
    buffer_add(&out, whole ? TEXT("waived") : TEXT("waived in part"));
    if (waiver->expires.size)
        buffer_format(&out, " until %.*s", TEXT_ARG(waiver->expires));
    if (waiver->covers.size)
        buffer_format(&out, " %.*s", TEXT_ARG(waiver->covers));
    return buffer_text(&out);
}

static void add_consumers(Buffer *out, const VerdictReport *report) {
    size_t broken = report->consumers_broken.count;
    if (!report->consumers)
        return;
    if (!broken) {
        buffer_format(out, "; breaks none of %zu recorded consumer%s", report->consumers,
                      plural(report->consumers));
        return;
    }
    bool said = report->verdict == VERDICT_BREAKING || report->waived;
    buffer_format(out, "; %s %zu of %zu recorded consumer%s (",
                  said ? "breaks" : "by the policy, although it hurts", broken, report->consumers,
                  plural(report->consumers));
    for (size_t i = 0; i < broken && i < CONSUMERS_NAMED; i++)
        buffer_format(out, "%s%.*s", i ? ", " : "", TEXT_ARG(report->consumers_broken.items[i]));
    if (broken > CONSUMERS_NAMED)
        buffer_format(out, " and %zu more", broken - CONSUMERS_NAMED);
    buffer_add_byte(out, ')');
}

Text summary_text(Arena *arena, const VerdictReport *report) {
    Buffer out = {.arena = arena};
    if (report->breaking)
        buffer_format(&out, "%zu breaking change%s, %zu safe", report->breaking,
                      plural(report->breaking), report->safe);
    else if (report->safe)
        buffer_format(&out, "%zu safe change%s", report->safe, plural(report->safe));
    else
        buffer_add(&out, TEXT("no changes"));
    if (report->waived)
        buffer_format(&out, ", %zu of them waived", report->waived);
    add_consumers(&out, report);
    return buffer_text(&out);
}

Text sentence_text(Arena *arena, Text phrase) {
    Buffer out = {.arena = arena};
    buffer_add(&out, phrase);
    buffer_add_byte(&out, '.');
    if (phrase.size && phrase.data[0] >= 'a' && phrase.data[0] <= 'z')
        out.data[0] = (char)(phrase.data[0] - 'a' + 'A');
    return buffer_text(&out);
}

Text verification_summary_text(Arena *arena, const VerificationReport *report) {
    size_t failed = report->consumers_failed.count;
    Buffer out = {.arena = arena};
    buffer_format(&out,
                  "%zu interaction%s of %zu consumer%s: %zu satisfied, %zu not guaranteed, "
                  "%zu contradicted",
                  report->interactions.count, plural(report->interactions.count), report->consumers,
                  plural(report->consumers), report->satisfied, report->not_guaranteed,
                  report->contradicted);
    if (report->unreached.count)
        buffer_format(&out, "; %zu message%s out of reach", report->unreached.count,
                      plural(report->unreached.count));
    for (size_t i = 0; i < failed && i < CONSUMERS_NAMED; i++)
        buffer_format(&out, "%s%.*s", i ? ", " : "; fails ",
                      TEXT_ARG(report->consumers_failed.items[i]));
    if (failed > CONSUMERS_NAMED)
        buffer_format(&out, " and %zu more", failed - CONSUMERS_NAMED);
    return buffer_text(&out);
}

Text text_cut(Arena *arena, Text text, size_t bytes) {
    if (text.size <= bytes)
        return text;
    size_t end = 0;
    for (size_t next = 0; next < text.size && next + strlen("…") <= bytes; end = next)
        utf8_next(text, &next);
    while (end + strlen("…") > bytes && end > 0)
        end--;
    while (end > 0 && ((unsigned char)text.data[end] & 0xc0) == 0x80)
        end--;
    return text_format(arena, "%.*s…", (int)end, text.data);
}
