/* The rules for people: a table of all, or a page on one. */
#include "report/page.h"
#include "report/phrases.h"

enum { GAP = 2, LABEL_WIDTH = 15 };

static Text directions(const Rule *rule) {
    if (rule->in_request && rule->in_response)
        return TEXT("both");
    return rule->in_request ? TEXT("request") : TEXT("response");
}

static Style compatibility_style(Compatibility compatibility) {
    static const Style styles[] = {STYLE_GOOD, STYLE_DOUBTFUL, STYLE_BAD};
    return styles[compatibility];
}

static size_t widest_id(Page *page, const RuleSet *rules) {
    size_t widest = 0;
    for (size_t i = 0; i < rules->rules.count; i++) {
        size_t width = page_width(page, rules->rules.items[i]->id);
        widest = width > widest ? width : widest;
    }
    return widest;
}

Text rules_text(Arena *arena, const RuleSet *rules, const TextLayout *layout) {
    Page page = page_new(arena, layout);
    size_t compatibility = widest_id(&page, rules) + GAP;
    size_t direction = compatibility + strlen("conditional") + GAP;
    size_t purpose = direction + strlen("response") + GAP;
    for (size_t i = 0; i < rules->rules.count; i++) {
        const Rule *rule = rules->rules.items[i];
        page_put_styled(&page, STYLE_STRONG, rule->id);
        page_fill(&page, compatibility, 1);
        page_put_styled(&page, compatibility_style(rule->compatibility),
                        text_from(compatibility_word(rule->compatibility)));
        page_fill(&page, direction, 1);
        page_put(&page, directions(rule));
        page_fill(&page, purpose, 1);
        page_put(&page, rule->purpose);
        if (rule->own)
            page_format(&page, "  (own: %.*s:%u)", TEXT_ARG(rule->place.file), rule->place.line);
        page_end_line(&page);
    }
    return buffer_text(&page.out);
}

static void put_field(Page *page, const char *label, Text text) {
    if (!text.size)
        return;
    page_put_styled(page, STYLE_FAINT, text_from(label));
    page_fill(page, LABEL_WIDTH, 1);
    page_wrap(page, LABEL_WIDTH, text);
    page_end_line(page);
}

static void put_lines(Page *page, const char *label, Text text) {
    buffer_format(&page->out, "\n%s\n", label);
    for (size_t from = 0; from < text.size;) {
        size_t end = text_find_byte(text, '\n', from);
        Text line = text_slice(text, from, end == SIZE_MAX ? text.size : end);
        buffer_format(&page->out, "    %.*s\n", TEXT_ARG(line));
        from += line.size + 1;
    }
}

Text rule_text(Arena *arena, const Rule *rule, const RuleExample *example,
               const TextLayout *layout) {
    Page page = page_new(arena, layout);
    page_put_styled(&page, STYLE_STRONG, rule->id);
    page_end_line(&page);
    page_wrap(&page, 0, rule->purpose);
    page_end_line(&page);
    page_end_line(&page);
    put_field(&page, "compatibility", text_from(compatibility_word(rule->compatibility)));
    const ChangeInfo *change = change_info(rule->change);
    put_field(&page, "change", text_format(arena, "%s (%s)", change->word, change->meaning));
    put_field(&page, "attributes", carried_attributes(arena, rule->change));
    put_field(&page, "direction", directions(rule));
    put_field(&page, "when", rules_conditions_text(arena, &rule->when));
    put_field(&page, "message", rule->message);
    put_field(&page, "why", rule->why);
    put_field(&page, "help", rule->help);
    put_field(&page, "standard", rule->standard);
    put_field(&page, "read", rules_standard_link(arena, rule->standard));
    put_field(&page, "since", rule->since);
    if (rule->own)
        put_field(&page, "own",
                  text_format(arena, "%.*s:%u", TEXT_ARG(rule->place.file), rule->place.line));
    if (example->before.size) {
        put_lines(&page, "before:", example->before);
        put_lines(&page, "after:", example->after);
        buffer_format(&page.out, "\nwhat is reported:\n\n%.*s", TEXT_ARG(example->reported));
    }
    return buffer_text(&page.out);
}
