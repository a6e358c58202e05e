/* A changelog for those who use the API: what was added, changed, deprecated and removed, operation
 * by operation. It says what breaks, but names no consumers: it is made for publication.
 */
#include "report/forms.h"
#include "report/markdown_text.h"

typedef enum Section {
    SECTION_REMOVED,
    SECTION_DEPRECATED,
    SECTION_CHANGED,
    SECTION_ADDED,
    SECTION_COUNT
} Section;

static const char *const headings[] = {
    [SECTION_REMOVED] = "Removed",
    [SECTION_DEPRECATED] = "Deprecated",
    [SECTION_CHANGED] = "Changed",
    [SECTION_ADDED] = "Added",
};

/* By the last word of the kind: "property.removed". A limit that comes or goes is of what was there
 * before, and stays. */
static Section section_of(const VerdictChange *change) {
    ChangeKind kind = change->change->kind;
    if (kind == CHANGE_ENUM_ADDED || kind == CHANGE_ENUM_REMOVED || kind == CHANGE_NULL_ADDED ||
        kind == CHANGE_NULL_REMOVED)
        return SECTION_CHANGED;
    Text word = text_from(change_info(kind)->word);
    if (text_ends_with(word, TEXT(".added")))
        return SECTION_ADDED;
    if (text_ends_with(word, TEXT(".removed")))
        return SECTION_REMOVED;
    return text_ends_with(word, TEXT(".deprecated")) ? SECTION_DEPRECATED : SECTION_CHANGED;
}

/* Operations without their responses. */
static Text operation_of(Arena *arena, const VerdictChange *change) {
    if (!change->operations.count)
        return (Text){0};
    VerdictOperation operation = change->operations.items[0];
    operation.status = operation.media_type = (Text){0};
    return operation_text(arena, &operation);
}

static size_t other_operations(Arena *arena, const VerdictChange *change) {
    Map *seen = map_new(arena);
    for (size_t i = 0; i < change->operations.count; i++) {
        VerdictOperation operation = change->operations.items[i];
        operation.status = operation.media_type = (Text){0};
        map_put_text(seen, operation_text(arena, &operation), seen);
    }
    return map_count(seen) ? map_count(seen) - 1 : 0;
}

static void add_change(Buffer *out, const VerdictChange *change) {
    buffer_add(out, TEXT("  - "));
    if (change->verdict == VERDICT_BREAKING || change->compatibility == BREAKING)
        buffer_add(out, TEXT("**Breaking:** "));
    markdown_add(out, change->message);
    if (change->location.size) {
        buffer_add(out, TEXT(" ("));
        markdown_add_code(out, change->location);
        buffer_add_byte(out, ')');
    }
    size_t others = other_operations(out->arena, change);
    if (others)
        buffer_format(out, ", also in %zu other operation%s", others, plural(others));
    buffer_add(out, TEXT(" · "));
    markdown_add_code(out, change->id);
    if (change->waived.reason.size) {
        buffer_add(out, TEXT(" · waived"));
        buffer_add(out, change->waived.expires.size ? TEXT(" until ") : TEXT(""));
        markdown_add(out, change->waived.expires);
        buffer_add(out, TEXT(": "));
        markdown_add(out, change->waived.reason);
    }
    buffer_add_byte(out, '\n');
}

/* The changes of one section under the operation of their first reach, in the report's order. */
static void add_operation(Buffer *out, const VerdictReport *report, Section section,
                          Text operation) {
    buffer_add(out, TEXT("- "));
    if (operation.size)
        markdown_add_code(out, operation);
    else
        buffer_add(out, TEXT("the whole API"));
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        if (section_of(change) == section &&
            text_equal(operation_of(out->arena, change), operation))
            add_change(out, change);
    }
}

static void add_section(Buffer *out, const VerdictReport *report, Section section) {
    Map *seen = map_new(out->arena);
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        Text operation = operation_of(out->arena, change);
        if (section_of(change) != section || map_get_text(seen, operation))
            continue;
        if (!map_count(seen))
            buffer_format(out, "\n### %s\n\n", headings[section]);
        map_put_text(seen, operation, seen);
        add_operation(out, report, section, operation);
    }
}

static void add_report(Buffer *out, const VerdictReport *report) {
    buffer_add(out, TEXT("\n## From "));
    markdown_add_code(out, report->base_source);
    buffer_add(out, TEXT(" to "));
    markdown_add_code(out, report->revision_source);
    buffer_add_byte(out, '\n');
    if (!report->changes.count)
        buffer_add(out, TEXT("\nNo changes.\n"));
    for (Section section = 0; section < SECTION_COUNT; section++)
        add_section(out, report, section);
}

Text report_changelog(Arena *arena, const Reports *reports, const TextLayout *layout) {
    (void)layout;
    Buffer out = {.arena = arena};
    buffer_add(&out, TEXT("# Changes of the API\n"));
    for (size_t i = 0; i < reports->count; i++)
        add_report(&out, reports->items[i]);
    return buffer_text(&out);
}
