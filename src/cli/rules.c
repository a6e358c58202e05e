/* `breakwater rules [ID]`: what the rules are and why. */
#include "cli/commands.h"
#include "cli/comparison.h"
#include "cli/edit.h"
#include "cli/output.h"

static void offer_rules(Buffer *out) {
    bw_rules_options builtin = BW_RULES_OPTIONS_INIT;
    bw_rules *rules;
    bw_rule rule;
    if (bw_rules_load(&builtin, &rules) == BW_OK)
        for (size_t i = 0; bw_rules_get(rules, i, &rule); i++)
            buffer_format(out, "%.*s ", (int)rule.id.size, rule.id.data);
    bw_rules_free(rules);
}

static const Operand operands[] = {
    {.name = "ID",
     .help = "a rule, of which all is shown; without it, a list; with --why, the report",
     .offer = offer_rules},
};
static const char *const formats[] = {"text", "json", "markdown", NULL};
static const char *const directions[] = {"request", "response", NULL};
static const char *const compatibilities[] = {"compatible", "conditional", "breaking", NULL};

static const Option options[] = {
    {.name = "format", .value = "FORMAT", .choices = formats, .help = "the form of the output"},
    OPTION_OUTPUT,
    {.name = "direction",
     .value = "WORD",
     .choices = directions,
     .help = "list rules of this direction alone"},
    {.name = "compatibility",
     .value = "WORD",
     .choices = compatibilities,
     .help = "list rules that say this alone"},
    {.name = "search", .value = "TEXT", .help = "list rules in whose words TEXT stands alone"},
    {.name = "why",
     .value = "CHANGE",
     .help = "tell of a change, by its id in the report ID (of --format json), which rule matched, "
             "which nearly did, and what made the verdict"},
    OPTION_RULES,
    OPTIONS_CONFIG,
    OPTIONS_CLOCK,
};

static const char *const examples[] = {
    "breakwater rules",
    "breakwater rules response-property-removed",
    "breakwater rules --direction request --compatibility breaking --search enum",
    "breakwater rules --why t4zpra0yg5 report.json",
    NULL,
};

typedef struct Selection {
    const bw_rules *rules;
    size_t index; /* SIZE_MAX: all */
} Selection;

static bw_status write_rules(const void *subject, const char *format, const bw_layout *layout,
                             bw_sink sink, void *context) {
    const Selection *selection = subject;
    bw_format form = BW_FORMAT_TEXT;
    if (format && strcmp(format, "json") == 0)
        form = BW_FORMAT_JSON;
    if (format && strcmp(format, "markdown") == 0)
        form = BW_FORMAT_MARKDOWN;
    return bw_rules_write(selection->rules, selection->index, form, layout, sink, context);
}

static bool select_rule(const Arguments *arguments, Selection *selection) {
    const char *id = arguments_operand(arguments, 0);
    selection->index = SIZE_MAX;
    if (!id)
        return true;
    selection->index = bw_rules_find(selection->rules, id);
    if (selection->index != SIZE_MAX)
        return true;
    bw_text near = bw_rules_nearest(selection->rules, id);
    return diagnose(arguments->diagnostics, UNKNOWN_RULE, (Place){0}, id,
                    text_suggestion(arguments->arena, (Text){near.data, near.size}));
}

static bool keep_rules(const Arguments *arguments, bw_rules *rules) {
    static const bw_compatibility levels[] = {BW_COMPATIBLE, BW_CONDITIONAL, BW_BREAKING};
    const char *direction = arguments_value(arguments, "direction");
    const char *compatibility = arguments_value(arguments, "compatibility");
    bw_rule_filter filter = BW_RULE_FILTER_INIT;
    filter.in_request = direction && strcmp(direction, "request") == 0;
    filter.in_response = direction && strcmp(direction, "response") == 0;
    filter.text = arguments_value(arguments, "search");
    for (size_t i = 0; compatibility && compatibilities[i]; i++)
        if (strcmp(compatibility, compatibilities[i]) == 0)
            filter.compatibility = &levels[i];
    return bw_rules_keep(rules, &filter) == BW_OK;
}

typedef struct Why {
    const bw_result *result;
    const bw_rules *rules;
    const char *change;
} Why;

static bw_status write_why(const void *subject, const char *format, const bw_layout *layout,
                           bw_sink sink, void *context) {
    (void)format; /* it is told to people alone */
    const Why *why = subject;
    return bw_result_explain(why->result, why->rules, why->change, layout, sink, context);
}

static bool refuse_byte(const char *data, size_t size, void *context) {
    (void)data, (void)size, (void)context;
    return false;
}

/* Of a change of the report that the operand names. */
static int show_why(const Arguments *arguments, const Outputs *outputs, const bw_rules *rules) {
    const char *report = arguments_operand(arguments, 0);
    Why why = {.rules = rules, .change = arguments_value(arguments, "why")};
    if (!report) {
        diagnose(arguments->diagnostics, MISSING_OPERAND, (Place){0}, "the report");
        return wrong_usage(arguments);
    }
    const char *format = arguments_value(arguments, "format");
    if (format && strcmp(format, "text") != 0) {
        diagnose(arguments->diagnostics, WHY_IS_TEXT, (Place){0}, format);
        return wrong_usage(arguments);
    }
    bw_result *result;
    bw_status status = bw_report_read(report, &result);
    if (!result)
        return told_out_of_memory();
    why.result = result;
    int exit_status = (int)status;
    if (status != BW_OK) {
        tell_diagnostics(bw_result_diagnostics(result), arguments_have(arguments, "verbose"));
    } else if (bw_result_explain(result, rules, why.change, NULL, refuse_byte, NULL) ==
               BW_WRONG_USAGE) {
        diagnose(arguments->diagnostics, UNKNOWN_CHANGE, (Place){0}, why.change);
        tell_usage(arguments->diagnostics, arguments->command);
        exit_status = EXIT_INPUT;
    } else {
        exit_status = outputs_write(outputs, write_why, &why, EXIT_SAFE);
    }
    bw_result_free(result);
    return exit_status;
}

static int show(const Arguments *arguments, const Outputs *outputs, bw_rules *rules) {
    Selection selection = {.rules = rules};
    if (arguments_value(arguments, "why"))
        return show_why(arguments, outputs, rules);
    if (!arguments_operand(arguments, 0) && !keep_rules(arguments, rules))
        return told_out_of_memory();
    if (select_rule(arguments, &selection))
        return outputs_write(outputs, write_rules, &selection, EXIT_SAFE);
    return wrong_usage(arguments);
}

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    bw_compare_options clock = BW_COMPARE_OPTIONS_INIT;
    if (!clock_options(arguments, &clock) || !outputs_pair(arguments, &outputs))
        return wrong_usage(arguments);
    Strings folders = arguments_values(arguments, "rules");
    bw_rules_options which = BW_RULES_OPTIONS_INIT;
    which.folders = folders.items;
    which.folder_count = folders.count;
    which.config = config_option(arguments);
    which.today = clock.today;
    which.deprecation_days = clock.deprecation_days;
    which.notice_days = clock.notice_days;
    bw_rules *rules;
    bw_status status = bw_rules_load(&which, &rules);
    progress_end(arguments->progress);
    if (!rules)
        return told_out_of_memory();
    tell_diagnostics(bw_rules_diagnostics(rules), arguments_have(arguments, "verbose"));
    int exit_status = status == BW_OK ? show(arguments, &outputs, rules) : (int)status;
    bw_rules_free(rules);
    return exit_status;
}

const Command rules_command = {
    .name = "rules",
    .summary = "List the rules, or show what one says and why.",
    .description = "Rules are tried in the order of the list, and the first that matches a change "
                   "says what it means: breaking, conditional or compatible. Those of the config's "
                   "`rules` folders are among them.",
    .operands = operands,
    .operand_count = 1,
    .required = 0,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
