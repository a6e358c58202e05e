/* `breakwater log [RANGE] SPEC`: what each commit changed and broke. */
#include "cli/comparison.h"
#include "cli/edit.h"
#include "report/page.h"

static const Operand operands[] = {
    {"RANGE", "commits, as git names them: v1..v2, a branch, HEAD (the default)"},
    {"SPEC", "the description, as it is called where the range ends"},
};

static const char *const forms[] = {"text", "json", NULL};

static const Option options[] = {
    OPTION_PACTS,
    OPTION_POLICY,
    {.name = "format",
     .value = "FORMAT",
     .choices = forms,
     .help = "lines for people, or for programs the report of each commit"},
    {.name = "all", .help = "list what is compatible, too"},
    OPTION_ALLOW_UNRESOLVED,
    OPTIONS_CLOCK,
};

static const char *const examples[] = {
    "breakwater log openapi.yaml",
    "breakwater log v1.0..HEAD openapi.yaml --pacts pacts/ --format json",
    NULL,
};

typedef struct Showing {
    const Arguments *arguments;
    bool json, all, failed;
    size_t shown;
    int status;
} Showing;

static bool write_text(Showing *showing, Text text) {
    showing->failed = showing->failed || write_standard_output(text) != EXIT_SAFE;
    return !showing->failed;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void put_change(Page *page, const bw_change *change) {
    bool breaking = change->verdict == BW_VERDICT_BREAKING;
    page_put(page, TEXT("  "));
    page_put_styled(page, breaking ? STYLE_BAD : STYLE_GOOD,
                    breaking ? TEXT("breaking:") : TEXT("safe:"));
    page_format(page, " %.*s", TEXT_ARG(change->message));
    if (change->consumer_count)
        page_format(page, " (hurts %zu interaction%s)", change->consumer_count,
                    change->consumer_count == 1 ? "" : "s");
    page_put_styled(page, STYLE_FAINT,
                    text_format(page->out.arena, "  [%.*s %.*s]", TEXT_ARG(change->rule),
                                TEXT_ARG(change->id)));
    page_end_line(page);
}

static Text lines_of(const Showing *showing, const bw_log_entry *entry) {
    bw_layout terminal = terminal_layout();
    TextLayout layout = {.width = terminal.width, .colour = terminal.colour};
    Page page = page_new(showing->arguments->arena, &layout);
    bw_verdict verdict;
    page_put_styled(&page, STYLE_STRONG, (Text){entry->commit.data, entry->commit.size});
    page_format(&page, "  %.*s  %.*s: %.*s", TEXT_ARG(entry->date), TEXT_ARG(entry->author),
                TEXT_ARG(entry->subject));
    page_end_line(&page);
    if (!bw_result_verdict(entry->result, &verdict)) {
        page_put(&page, TEXT("  no verdict: a side of it can't be read"));
        page_end_line(&page);
    }
    bw_change change;
    size_t compatible = 0;
    for (size_t i = 0; bw_result_change(entry->result, i, &change); i++) {
        bool minor = change.verdict == BW_VERDICT_SAFE && change.compatibility == BW_COMPATIBLE;
        compatible += minor;
        if (!minor || showing->all)
            put_change(&page, &change);
    }
    if (compatible && !showing->all) {
        page_format(&page, "  %zu compatible change%s", compatible, compatible == 1 ? "" : "s");
        page_end_line(&page);
    }
    page_end_line(&page);
    return buffer_text(&page.out);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void put_string(Buffer *out, const char *key, bw_text text) {
    buffer_format(out, "      \"%s\": \"", key);
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte < ' ')
            buffer_format(out, "\\u%04x", byte);
        else if (byte == '"' || byte == '\\')
            buffer_format(out, "\\%c", byte);
        else
            buffer_add_byte(out, (char)byte);
    }
    buffer_add(out, TEXT("\",\n"));
}

static Text json_of(const Showing *showing, const bw_log_entry *entry) {
    Buffer out = {.arena = showing->arguments->arena};
    bw_verdict verdict;
    buffer_add(&out, showing->shown ? TEXT(",\n    {\n") : TEXT("    {\n"));
    put_string(&out, "commit", entry->commit);
    put_string(&out, "date", entry->date);
    put_string(&out, "author", entry->author);
    put_string(&out, "subject", entry->subject);
    buffer_add(&out, TEXT("      \"report\": "));
    if (bw_result_verdict(entry->result, &verdict))
        bw_result_write(entry->result, BW_FORMAT_JSON, NULL, into_buffer, &out);
    else
        buffer_add(&out, TEXT("null\n"));
    buffer_add(&out, TEXT("    }"));
    return buffer_text(&out);
}

/* ---- running --------------------------------------------------------------------------------- */

static bool show(const bw_log_entry *entry, void *context) {
    Showing *showing = context;
    bw_verdict verdict;
    bool known = bw_result_verdict(entry->result, &verdict);
    if (arguments_have(showing->arguments, "verbose") || !known)
        tell_diagnostics(bw_result_diagnostics(entry->result), false);
    /* A commit may touch a document that the description does not refer to. */
    if (known && !bw_result_change_count(entry->result) && !showing->all)
        return true;
    bool shown =
        write_text(showing, showing->json ? json_of(showing, entry) : lines_of(showing, entry));
    showing->shown++;
    return shown;
}

static int run(const Arguments *arguments) {
    bw_log_options log_options = BW_LOG_OPTIONS_INIT;
    const char *format = arguments_value(arguments, "format");
    Showing showing = {.arguments = arguments, .all = arguments_have(arguments, "all")};
    showing.json = format && strcmp(format, "json") == 0;
    bool ranged = arguments_operand(arguments, 1) != NULL;
    log_options.spec = arguments_operand(arguments, ranged);
    log_options.range = ranged ? arguments_operand(arguments, 0) : NULL;
    log_options.visit = show;
    log_options.context = &showing;
    if (!comparison_options(arguments, &log_options.every))
        return wrong_usage(arguments);
    log_options.every.config = NULL;
    if (showing.json)
        write_text(&showing, TEXT("{\n  \"breakwater\": 1,\n  \"commits\": [\n"));
    bw_log *log;
    bw_status status = bw_log_run(&log_options, &log);
    if (!log)
        return told_out_of_memory();
    tell_diagnostics(bw_log_diagnostics(log), arguments_have(arguments, "verbose"));
    if (showing.json)
        write_text(&showing, TEXT("\n  ]\n}\n"));
    bw_log_free(log);
    return showing.failed ? EXIT_FAULT : (int)status;
}

const Command log_command = {
    .name = "log",
    .summary = "Show what each commit changed in a description, and what it broke.",
    .description = "Walks the history of SPEC in git, newest first, under whatever name it had. "
                   "Commits that changed nothing of the API are left out, unless --all is given.",
    .operands = operands,
    .operand_count = 2,
    .required = 1,
    .optional_first = true,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
