/* The usage view as Markdown (GitHub's, for its tables). */
#include "report/markdown_text.h"
#include "report/report.h"

static void put_users(Buffer *out, const UsageConsumers *users, bool both_ways) {
    static const char *const ways[] = {"", " (reads)", " (sends)", " (sends and reads)"};
    if (!users->count)
        buffer_add(out, TEXT("**nobody**"));
    for (size_t i = 0; i < users->count; i++) {
        const UsageConsumer *user = &users->items[i];
        buffer_add(out, i ? TEXT(", ") : TEXT(""));
        markdown_add_code(out, user->consumer);
        if (both_ways)
            buffer_add(out, text_from(ways[(user->reads ? 1 : 0) + (user->sends ? 2 : 0)]));
    }
}

static void put_row(Buffer *out, Text what, const UsageConsumers *users, bool both_ways,
                    const Location *description) {
    buffer_add(out, TEXT("| "));
    markdown_add_code(out, what);
    buffer_add(out, TEXT(" | "));
    put_users(out, users, both_ways);
    buffer_add(out, TEXT(" | "));
    markdown_add_code(out, text_format(out->arena, "%.*s:%u", TEXT_ARG(description->place.file),
                                       description->place.line));
    buffer_add(out, TEXT(" |\n"));
}

static void put_heading(Buffer *out, const char *title, const char *what) {
    buffer_format(out, "## %s\n\n| %s | Used by | Declared at |\n|---|---|---|\n", title, what);
}

static void put_operations(Buffer *out, const UsageReport *report) {
    put_heading(out, "Operations", "Operation");
    for (size_t i = 0; i < report->operations.count; i++) {
        const UsageOperation *operation = &report->operations.items[i];
        Text name = text_format(out->arena, "%.*s %.*s", TEXT_ARG(operation->method),
                                TEXT_ARG(operation->path));
        put_row(out, name, &operation->users, false, &operation->description);
        for (size_t j = 0; operation->users.count && j < operation->parts.count; j++) {
            const UsagePart *part = &operation->parts.items[j];
            Text full =
                text_format(out->arena, "%.*s → %.*s", TEXT_ARG(name), TEXT_ARG(part->location));
            put_row(out, full, &part->users, false, &part->description);
        }
    }
    buffer_add_byte(out, '\n');
}

static void put_properties(Buffer *out, const UsageReport *report) {
    put_heading(out, "Properties", "Property");
    for (size_t i = 0; i < report->properties.count; i++) {
        const UsageProperty *property = &report->properties.items[i];
        put_row(out, property->location, &property->users,
                property->in_request && property->in_response, &property->description);
    }
    buffer_add_byte(out, '\n');
}

static void put_unmatched(Buffer *out, const UsageReport *report) {
    buffer_add(out,
               TEXT("## Interactions that no operation takes\n\n"
                    "| Consumer | Interaction | Request | Recorded at |\n|---|---|---|---|\n"));
    for (size_t i = 0; i < report->unmatched.count; i++) {
        const VerdictConsumer *who = &report->unmatched.items[i].who;
        buffer_add(out, TEXT("| "));
        markdown_add_code(out, who->consumer);
        buffer_add(out, TEXT(" | "));
        markdown_add_code(out, who->interaction);
        buffer_add(out, TEXT(" | "));
        markdown_add_code(out, who->reason);
        buffer_add(out, TEXT(" | "));
        markdown_add_code(out, text_format(out->arena, "%.*s:%u", TEXT_ARG(who->pact), who->line));
        buffer_add(out, TEXT(" |\n"));
    }
    buffer_add_byte(out, '\n');
}

Text usage_markdown(Arena *arena, const UsageReport *report) {
    Buffer out = {.arena = arena};
    buffer_add(&out, TEXT("# Usage of "));
    markdown_add_code(&out, report->source);
    buffer_format(&out,
                  "\n\n%zu of %zu operations, %zu of %zu parameters and %zu of %zu properties are "
                  "used (%zu consumer%s, %zu interaction%s).\n\n",
                  report->operation_count.used, report->operation_count.all,
                  report->parameter_count.used, report->parameter_count.all,
                  report->property_count.used, report->property_count.all, report->consumers,
                  report->consumers == 1 ? "" : "s", report->interactions,
                  report->interactions == 1 ? "" : "s");
    if (report->operations.count)
        put_operations(&out, report);
    if (report->properties.count)
        put_properties(&out, report);
    if (report->unmatched.count)
        put_unmatched(&out, report);
    return text_slice(buffer_text(&out), 0, out.size - 1);
}
