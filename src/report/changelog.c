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

typedef struct Changelog {
    Buffer out;
    Map *others; /* size_t by the list of operations: many changes have one list */
} Changelog;

/* What stands under one operation in a section; no operation: the whole API. */
typedef struct Group {
    Text operation;
    ARRAY(const VerdictChange *) changes;
} Group;

static size_t other_operations(Changelog *changelog, const VerdictChange *change) {
    Arena *arena = changelog->out.arena;
    const VerdictOperation **key = arena_new_object(arena, const VerdictOperation *);
    *key = change->operations.items;
    const size_t *known = map_get(changelog->others, key, sizeof *key);
    if (known)
        return *known;
    Map *seen = map_new(arena);
    for (size_t i = 0; i < change->operations.count; i++)
        map_put_text(seen, operation_alone_text(arena, &change->operations.items[i]), seen);
    size_t *others = arena_new_object(arena, size_t);
    *others = map_count(seen) ? map_count(seen) - 1 : 0;
    map_put(changelog->others, key, sizeof *key, others);
    return *others;
}

static void add_change(Changelog *changelog, const VerdictChange *change) {
    Buffer *out = &changelog->out;
    buffer_add(out, TEXT("  - "));
    bool waived = change->waived.reason.size && change->compatibility == BREAKING;
    if (change->verdict == VERDICT_BREAKING || waived)
        buffer_add(out, TEXT("**Breaking:** "));
    markdown_add(out, change->message);
    if (change->location.size) {
        buffer_add(out, TEXT(" ("));
        markdown_add_code(out, change->location);
        buffer_add_byte(out, ')');
    }
    size_t others = other_operations(changelog, change);
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

static void add_group(Changelog *changelog, const Group *group) {
    Buffer *out = &changelog->out;
    buffer_add(out, TEXT("- "));
    if (group->operation.size)
        markdown_add_code(out, group->operation);
    else
        buffer_add(out, TEXT("the whole API"));
    buffer_add_byte(out, '\n');
    for (size_t i = 0; i < group->changes.count; i++)
        add_change(changelog, group->changes.items[i]);
}

/* Each change under the operation that it reaches first, all in the report's order. */
static void add_section(Changelog *changelog, const VerdictReport *report, Section section) {
    Arena *arena = changelog->out.arena;
    ARRAY(Group *) groups = {0};
    Map *by_operation = map_new(arena);
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        if (section_of(change) != section)
            continue;
        Text operation = {0};
        if (change->operations.count)
            operation = operation_alone_text(arena, &change->operations.items[0]);
        Group *group = map_get_text(by_operation, operation);
        if (!group) {
            group = arena_new_object(arena, Group);
            group->operation = operation;
            map_put_text(by_operation, operation, group);
            array_push(arena, &groups, group);
        }
        array_push(arena, &group->changes, change);
    }
    if (groups.count)
        buffer_format(&changelog->out, "\n### %s\n\n", headings[section]);
    for (size_t i = 0; i < groups.count; i++)
        add_group(changelog, groups.items[i]);
}

/* A commit of a history by its day, subject and tag, as the other forms have it. */
static void add_commit(Buffer *out, const CommitInfo *info) {
    markdown_add(out, info->date);
    buffer_add(out, TEXT(" · "));
    markdown_add(out, info->subject);
    if (info->release.size) {
        buffer_add(out, TEXT(" · "));
        markdown_add(out, info->release);
    }
    buffer_add(out, TEXT(" · "));
    markdown_add_code(out, info->commit);
}

static void add_heading(Buffer *out, const Reports *reports, size_t index) {
    const VerdictReport *report = reports->items[index];
    buffer_add(out, TEXT("\n## "));
    if (reports->commits) {
        add_commit(out, &reports->commits[index]);
    } else {
        buffer_add(out, TEXT("From "));
        markdown_add_code(out, report->base_source);
        buffer_add(out, TEXT(" to "));
        markdown_add_code(out, report->revision_source);
    }
    buffer_add_byte(out, '\n');
}

static void add_report(Changelog *changelog, const Reports *reports, size_t index) {
    const VerdictReport *report = reports->items[index];
    Buffer *out = &changelog->out;
    add_heading(out, reports, index);
    if (!report->changes.count)
        buffer_add(out, TEXT("\nNo changes.\n"));
    for (Section section = 0; section < SECTION_COUNT; section++)
        add_section(changelog, report, section);
}

Text report_changelog(Arena *arena, const Reports *reports, const TextLayout *layout) {
    (void)layout;
    Changelog changelog = {{.arena = arena}, map_new(arena)};
    buffer_add(&changelog.out, TEXT("# Changes of the API\n"));
    for (size_t i = 0; i < reports->count; i++)
        add_report(&changelog, reports, i);
    return buffer_text(&changelog.out);
}
