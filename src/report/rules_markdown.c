/* The rules as a table of Markdown, and one of them as a page. */
#include "report/markdown_text.h"
#include "report/report.h"

static void put_cell(Buffer *out, Text text) {
    buffer_add(out, TEXT("| "));
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '|')
            buffer_add_byte(out, '\\');
        buffer_add_byte(out, text.data[i] == '\n' ? ' ' : text.data[i]);
    }
    buffer_add_byte(out, ' ');
}

static Text direction(const Rule *rule) {
    return rule->in_request && rule->in_response ? TEXT("both")
           : rule->in_request                    ? TEXT("request")
                                                 : TEXT("response");
}

Text rules_markdown(Arena *arena, const RuleSet *rules) {
    Buffer out = {.arena = arena};
    buffer_add(&out, TEXT("| rule | change | direction | compatibility | purpose | standard |\n"
                          "|---|---|---|---|---|---|\n"));
    for (size_t i = 0; i < rules->rules.count; i++) {
        const Rule *rule = rules->rules.items[i];
        put_cell(&out, text_format(arena, "`%.*s`", TEXT_ARG(rule->id)));
        put_cell(&out, text_format(arena, "`%s`", change_info(rule->change)->word));
        put_cell(&out, direction(rule));
        put_cell(&out, text_from(compatibility_word(rule->compatibility)));
        put_cell(&out, rule->own ? text_format(arena, "%.*s (own: %.*s)", TEXT_ARG(rule->purpose),
                                               TEXT_ARG(rule->place.file))
                                 : rule->purpose);
        put_cell(&out, rule->standard);
        buffer_add(&out, TEXT("|\n"));
    }
    return buffer_text(&out);
}

static void put_field(Buffer *out, const char *label, Text text) {
    if (!text.size)
        return;
    buffer_format(out, "- **%s**: ", label);
    markdown_add(out, text);
    buffer_add_byte(out, '\n');
}

static void put_part(Buffer *out, const char *label, const char *language, Text lines) {
    buffer_format(out, "\n%s\n\n", label);
    markdown_add_block(out, language, lines);
}

static void put_standard(Buffer *out, const Rule *rule) {
    Text link = rules_standard_link(out->arena, rule->standard);
    if (!link.size) {
        put_field(out, "standard", rule->standard);
        return;
    }
    buffer_format(out, "- **standard**: [%.*s](%.*s)\n", TEXT_ARG(rule->standard), TEXT_ARG(link));
}

Text rule_markdown(Arena *arena, const Rule *rule, const RuleExample *example) {
    Buffer out = {.arena = arena};
    const ChangeInfo *change = change_info(rule->change);
    buffer_format(&out, "## %.*s\n\n", TEXT_ARG(rule->id));
    markdown_add(&out, rule->purpose);
    buffer_add(&out, TEXT("\n\n"));
    put_field(&out, "compatibility", text_from(compatibility_word(rule->compatibility)));
    put_field(&out, "change", text_format(arena, "`%s` (%s)", change->word, change->meaning));
    put_field(&out, "direction", direction(rule));
    put_field(&out, "when", rules_conditions_text(arena, &rule->when));
    put_field(&out, "message", rule->message);
    put_field(&out, "why", rule->why);
    put_field(&out, "help", rule->help);
    put_standard(&out, rule);
    put_field(&out, "since", rule->since);
    if (rule->own)
        put_field(&out, "own",
                  text_format(arena, "`%.*s:%u`", TEXT_ARG(rule->place.file), rule->place.line));
    if (example->before.size) {
        put_part(&out, "Before:", "yaml", example->before);
        put_part(&out, "After:", "yaml", example->after);
        put_part(&out, "What is reported:", "", example->reported);
    }
    return buffer_text(&out);
}
