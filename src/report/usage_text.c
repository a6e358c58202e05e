/* The usage view for people: a table of the operations with what belongs to each, a table of the
 * properties, and a line of counts. What belongs to an operation that nobody calls is not listed.
 */
#include "report/page.h"

enum { INDENT = 2, GAP = 2, COLUMN_MOST = 64 };

static Text users_text(Arena *arena, const UsageConsumers *users, bool readers, bool senders) {
    Buffer text = {.arena = arena};
    for (size_t i = 0; i < users->count; i++) {
        const UsageConsumer *user = &users->items[i];
        if ((readers && user->reads) || (senders && user->sends))
            buffer_format(&text, "%s%.*s", text.size ? ", " : "", TEXT_ARG(user->consumer));
    }
    return buffer_text(&text);
}

static void put_users(Page *page, size_t column, const UsageConsumers *users, bool both_ways,
                      const Location *description) {
    Arena *arena = page->out.arena;
    page_fill(page, column, GAP);
    if (!users->count) {
        page_put_styled(page, STYLE_DOUBTFUL, TEXT("nobody"));
        page_fill(page, 0, GAP);
        page_format(page, "%.*s:%u:%u", TEXT_ARG(description->place.file), description->place.line,
                    description->place.column);
        page_end_line(page);
        return;
    }
    Text names = users_text(arena, users, true, true);
    Text readers = users_text(arena, users, true, false);
    Text senders = users_text(arena, users, false, true);
    if (both_ways && !senders.size)
        names = text_format(arena, "read by %.*s", TEXT_ARG(readers));
    else if (both_ways && !readers.size)
        names = text_format(arena, "sent by %.*s", TEXT_ARG(senders));
    else if (both_ways)
        names =
            text_format(arena, "read by %.*s; sent by %.*s", TEXT_ARG(readers), TEXT_ARG(senders));
    page_wrap(page, column, names);
    page_end_line(page);
}

static size_t widest(size_t most, size_t width) {
    return width > most && width <= COLUMN_MOST ? width : most;
}

static size_t users_column(Page *page, const UsageReport *report) {
    size_t most = strlen("OPERATION");
    for (size_t i = 0; i < report->operations.count; i++) {
        const UsageOperation *operation = &report->operations.items[i];
        most = widest(most,
                      page_width(page, operation->method) + 1 + page_width(page, operation->path));
        for (size_t j = 0; j < operation->parts.count; j++)
            most = widest(most, INDENT + page_width(page, operation->parts.items[j].location));
    }
    for (size_t i = 0; i < report->properties.count; i++)
        most = widest(most, page_width(page, report->properties.items[i].location));
    return most + GAP;
}

static void put_heading(Page *page, size_t column, const char *what) {
    page_put_styled(page, STYLE_STRONG, text_from(what));
    page_fill(page, column, GAP);
    page_put_styled(page, STYLE_STRONG, TEXT("USED BY"));
    page_end_line(page);
}

static void put_operation(Page *page, size_t column, const UsageOperation *operation) {
    page_format(page, "%.*s %.*s", TEXT_ARG(operation->method), TEXT_ARG(operation->path));
    put_users(page, column, &operation->users, false, &operation->description);
    for (size_t i = 0; operation->users.count && i < operation->parts.count; i++) {
        const UsagePart *part = &operation->parts.items[i];
        page_fill(page, INDENT, 0);
        page_put(page, part->location);
        put_users(page, column, &part->users, false, &part->description);
    }
}

static void put_unmatched(Page *page, const UsageReport *report) {
    page_put_styled(page, STYLE_STRONG, TEXT("NO OPERATION TAKES"));
    page_end_line(page);
    for (size_t i = 0; i < report->unmatched.count; i++) {
        const VerdictConsumer *who = &report->unmatched.items[i].who;
        page_format(page, "%.*s  %.*s:%u  \"%.*s\"  %.*s", TEXT_ARG(who->consumer),
                    TEXT_ARG(who->pact), who->line, TEXT_ARG(who->interaction),
                    TEXT_ARG(who->reason));
        page_end_line(page);
    }
    page_end_line(page);
}

Text usage_text(Arena *arena, const UsageReport *report, const TextLayout *layout) {
    Page page = page_new(arena, layout);
    size_t column = users_column(&page, report);
    if (report->operations.count) {
        put_heading(&page, column, "OPERATION");
        for (size_t i = 0; i < report->operations.count; i++)
            put_operation(&page, column, &report->operations.items[i]);
        page_end_line(&page);
    }
    if (report->properties.count) {
        put_heading(&page, column, "PROPERTY");
        for (size_t i = 0; i < report->properties.count; i++) {
            const UsageProperty *property = &report->properties.items[i];
            page_put(&page, property->location);
            put_users(&page, column, &property->users,
                      property->in_request && property->in_response, &property->description);
        }
        page_end_line(&page);
    }
    if (report->unmatched.count)
        put_unmatched(&page, report);
    page_format(&page,
                "%zu of %zu operations, %zu of %zu parameters and %zu of %zu properties are used "
                "(%zu consumer%s, %zu interaction%s)",
                report->operation_count.used, report->operation_count.all,
                report->parameter_count.used, report->parameter_count.all,
                report->property_count.used, report->property_count.all, report->consumers,
                report->consumers == 1 ? "" : "s", report->interactions,
                report->interactions == 1 ? "" : "s");
    page_end_line(&page);
    return buffer_text(&page.out);
}
