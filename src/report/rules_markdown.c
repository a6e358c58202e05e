/* The rules as a table of Markdown. */
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

Text rules_markdown(Arena *arena, const RuleSet *rules) {
    Buffer out = {.arena = arena};
    buffer_add(&out, TEXT("| rule | change | direction | compatibility | purpose | standard |\n"
                          "|---|---|---|---|---|---|\n"));
    for (size_t i = 0; i < rules->rules.count; i++) {
        const Rule *rule = rules->rules.items[i];
        put_cell(&out, text_format(arena, "`%.*s`", TEXT_ARG(rule->id)));
        put_cell(&out, text_format(arena, "`%s`", change_info(rule->change)->word));
        put_cell(&out, rule->in_request && rule->in_response ? TEXT("both")
                       : rule->in_request                    ? TEXT("request")
                                                             : TEXT("response"));
        put_cell(&out, text_from(compatibility_word(rule->compatibility)));
        put_cell(&out, rule->own ? text_format(arena, "%.*s (own: %.*s)", TEXT_ARG(rule->purpose),
                                               TEXT_ARG(rule->place.file))
                                 : rule->purpose);
        put_cell(&out, rule->standard);
        buffer_add(&out, TEXT("|\n"));
    }
    return buffer_text(&out);
}
