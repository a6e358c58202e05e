/* `breakwater log [RANGE] SPEC`: what each commit changed and broke. */
#include "cli/comparison.h"
#include "cli/forms.h"
#include "report/printable.h"

static const Operand operands[] = {
    {.name = "RANGE", .help = "commits, as git names them: v1..v2, a branch, HEAD (the default)"},
    {.name = "SPEC", .help = "the description, as it is called where the range ends"},
};

static const Option options[] = {
    OPTION_PACTS,
    OPTION_POLICY,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_FAIL_ON,
    {.name = "all", .help = "as text, list commits and changes that are compatible, too"},
    OPTION_ALLOW_UNRESOLVED,
    OPTIONS_CONFIG,
    OPTIONS_FILTER,
    OPTIONS_PATHS,
    OPTION_RULES,
    OPTION_NO_RENAMES,
    OPTIONS_CLOCK,
    OPTIONS_BROKER_ACCESS,
};

static const char *const examples[] = {
    "breakwater log openapi.yaml",
    "breakwater log v1.0..HEAD openapi.yaml --pacts pacts/ --format html -o history.html",
    NULL,
};

/* The history in the forms that are asked for. Text on standard output is shown as it comes; all
 * else is made of it as if it had been stored as JSON. */
typedef struct Showing {
    const Arguments *arguments;
    bool streams; /* text goes to standard output at once */
    bool stored;  /* something else is asked for, too */
    bool all, failed, breaking, fails, unreadable;
    size_t shown;
    Buffer json;
} Showing;

/* ---- JSON ------------------------------------------------------------------------------------ */

static void put_string(Buffer *out, const char *key, bw_text text) {
    Text clean = text_printable(out->arena, (Text){text.data, text.size}, false);
    buffer_format(out, "      \"%s\": \"", key);
    for (size_t i = 0; i < clean.size; i++) {
        if (clean.data[i] == '"' || clean.data[i] == '\\')
            buffer_add_byte(out, '\\');
        buffer_add_byte(out, clean.data[i]);
    }
    buffer_add(out, TEXT("\",\n"));
}

static void put_commit(Showing *showing, const bw_log_entry *entry, bool known) {
    Buffer *out = &showing->json;
    buffer_add(out, out->size ? TEXT(",\n    {\n") : TEXT("    {\n"));
    put_string(out, "commit", entry->commit);
    put_string(out, "date", entry->date);
    put_string(out, "author", entry->author);
    put_string(out, "subject", entry->subject);
    if (entry->release.size)
        put_string(out, "release", entry->release);
    buffer_add(out, TEXT("      \"report\": "));
    if (known)
        bw_result_write(entry->result, BW_FORMAT_JSON, NULL, into_buffer, out);
    else
        buffer_add(out, TEXT("null\n"));
    buffer_add(out, TEXT("    }"));
}

/* ---- running --------------------------------------------------------------------------------- */

/* A commit may touch a document that the description does not refer to. */
static bool is_left_out(const Showing *showing, const bw_result *result) {
    return !showing->all && bw_result_verdict(result, &(bw_verdict){0}) &&
           !bw_result_change_count(result);
}

static bool show_entry(Showing *showing, const bw_log_entry *entry) {
    bw_verdict verdict;
    bool known = bw_result_verdict(entry->result, &verdict);
    showing->breaking = showing->breaking || (known && verdict == BW_VERDICT_BREAKING);
    showing->fails = showing->fails || bw_result_fails(entry->result);
    showing->unreadable = showing->unreadable || !known;
    if (arguments_have(showing->arguments, "verbose") || !known)
        tell_diagnostics(bw_result_diagnostics(entry->result), false);
    if (is_left_out(showing, entry->result))
        return true;
    if (showing->stored)
        put_commit(showing, entry, known);
    if (!showing->streams)
        return true;
    Buffer text = {.arena = showing->arguments->arena};
    bw_layout layout = terminal_layout();
    layout.all = showing->all;
    layout.places = arguments_have(showing->arguments, "verbose");
    bw_log_entry_write(entry, &layout, into_buffer, &text);
    showing->failed = write_standard_output(buffer_text(&text)) != EXIT_SAFE;
    return !showing->failed;
}

/* Whether anything is written of it now. */
static bool writes(const Showing *showing, const bw_log_entry *entry) {
    return arguments_have(showing->arguments, "verbose") ||
           !bw_result_verdict(entry->result, &(bw_verdict){0}) ||
           (showing->streams && !is_left_out(showing, entry->result));
}

static bool show(const bw_log_entry *entry, void *context) {
    Showing *showing = context;
    Progress *progress = showing->arguments->progress;
    bool paused = writes(showing, entry) && progress_pause(progress);
    bool on = show_entry(showing, entry);
    progress_resume(progress, paused);
    return on;
}

static bw_status write_history(const void *history, const char *format, const bw_layout *layout,
                               bw_sink sink, void *context) {
    return bw_result_write(history, form_of(format), layout, sink, context);
}

/* Text on standard output is written while the history is walked, and taken from the others. */
static bool take_stream(Outputs *outputs) {
    for (size_t i = 0; i < outputs->list.count; i++) {
        if (outputs->list.items[i].file || form_of(outputs->list.items[i].format) != BW_FORMAT_TEXT)
            continue;
        outputs->list.items[i] = outputs->list.items[--outputs->list.count];
        return true;
    }
    return false;
}

static bool parse_history(Showing *showing, bw_result **history) {
    Buffer whole = {.arena = showing->arguments->arena};
    buffer_format(&whole, "{\n  \"breakwater\": 1,\n  \"verdict\": \"%s\",\n  \"commits\": [\n",
                  showing->breaking ? "breaking" : "safe");
    buffer_add(&whole, buffer_text(&showing->json));
    buffer_add(&whole, showing->json.size ? TEXT("\n  ]\n}\n") : TEXT("  ]\n}\n"));
    showing->json = whole;
    return bw_report_parse(whole.data, whole.size, history) == BW_OK;
}

/* Where some states can't be read, the history has no verdict as a whole. */
static int finish(Showing *showing, const Outputs *outputs) {
    bw_result *history = NULL;
    if (showing->stored && !parse_history(showing, &history)) {
        bw_result_free(history);
        return told_out_of_memory();
    }
    int exit_status = finish_verdict(showing->arguments, outputs, write_history, history,
                                     showing->breaking, showing->fails);
    bw_result_free(history);
    return showing->unreadable && exit_status < EXIT_INPUT ? EXIT_INPUT : exit_status;
}

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    bw_log_options log_options = BW_LOG_OPTIONS_INIT;
    Showing showing = {
        .arguments = arguments,
        .all = arguments_have(arguments, "all"),
        .json = {.arena = arguments->arena},
    };
    bool ranged = arguments_operand(arguments, 1) != NULL;
    log_options.spec = arguments_operand(arguments, ranged);
    log_options.range = ranged ? arguments_operand(arguments, 0) : NULL;
    log_options.visit = show;
    log_options.context = &showing;
    bw_broker broker;
    if (!comparison_options(arguments, &log_options.every) || !broker_access(arguments, &broker) ||
        !outputs_pair(arguments, &outputs))
        return wrong_usage(arguments);
    log_options.every.broker = &broker;
    log_options.every.configured = !arguments_have(arguments, "no-config");
    showing.streams = !outputs.quiet && take_stream(&outputs);
    showing.stored = outputs.list.count > 0;
    bw_log *log;
    bw_status status = bw_log_run(&log_options, &log);
    progress_end(arguments->progress);
    if (!log)
        return told_out_of_memory();
    tell_diagnostics(bw_log_diagnostics(log), arguments_have(arguments, "verbose"));
    bw_log_free(log);
    if (showing.failed || status != BW_OK)
        return showing.failed ? EXIT_FAULT : (int)status;
    return finish(&showing, &outputs);
}

const Command log_command = {
    .name = "log",
    .summary = "Show what each commit changed in a description, and what it broke.",
    .description =
        "Walks the history of SPEC in git, newest first, under whatever name it had. "
        "Commits that changed nothing of the API are left out, unless --all is given. The exit "
        "status is 1 where a commit of the range breaks something, and 3 where the "
        "description of one can't be read.",
    .operands = operands,
    .operand_count = 2,
    .required = 1,
    .optional_first = true,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
