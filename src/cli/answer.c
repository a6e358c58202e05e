#include "cli/answer.h"

const char *const answer_forms[] = {"text", "table", "json", "markdown", "html", "dot", NULL};

static bw_answer_format form_of(const char *name) {
    static const struct {
        const char *name;
        bw_answer_format format;
    } rows[] = {{"json", BW_ANSWER_JSON},
                {"markdown", BW_ANSWER_MARKDOWN},
                {"html", BW_ANSWER_HTML},
                {"dot", BW_ANSWER_DOT}};
    for (size_t i = 0; name && i < sizeof rows / sizeof *rows; i++)
        if (strcmp(name, rows[i].name) == 0)
            return rows[i].format;
    return BW_ANSWER_TEXT;
}

static bw_status write(const void *answer, const char *form, const bw_layout *layout, bw_sink sink,
                       void *context) {
    return bw_answer_write(answer, form_of(form), layout, sink, context);
}

int write_answer(const Arguments *arguments, const bw_answer *answer, int status) {
    progress_end(arguments->progress);
    const char *format = arguments_value(arguments, "format");
    Output output = {.format = format ? format : arguments_value(arguments, "output")};
    Outputs outputs = {.list = {&output, 1, 1}, .quiet = arguments_have(arguments, "quiet")};
    return outputs_write(&outputs, write, answer, status);
}
