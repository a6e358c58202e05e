/* `breakwater rules [ID]`: what the rules are and why. */
#include "cli/commands.h"
#include "cli/output.h"

#include <stdio.h>

static const Operand operands[] = {{"ID", "a rule, of which all is shown; without it, a list"}};
static const char *const formats[] = {"text", "json", NULL};

static const Option options[] = {
    {.name = "format", .value = "FORMAT", .choices = formats, .help = "the form of the output"},
    OPTION_OUTPUT,
    {.name = "rules",
     .value = "DIR",
     .help = "lay the rules in the *.yaml files of DIR before the built-in ones; may be given "
             "more than once"},
    OPTION_VERBOSE,
    OPTION_HELP,
};

static const char *const examples[] = {
    "breakwater rules",
    "breakwater rules response-property-removed",
    NULL,
};

typedef struct Selection {
    const bw_rules *rules;
    size_t index; /* SIZE_MAX: all */
} Selection;

static bw_status write_rules(const void *subject, const char *format, const bw_layout *layout,
                             bw_sink sink, void *context) {
    const Selection *selection = subject;
    bool json = format && strcmp(format, "json") == 0;
    return bw_rules_write(selection->rules, selection->index,
                          json ? BW_FORMAT_JSON : BW_FORMAT_TEXT, layout, sink, context);
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
    const char *suggestion = "";
    if (near.size)
        suggestion = text_format(arguments->arena, "; did you mean `%.*s`?", TEXT_ARG(near)).data;
    return diagnose(arguments->diagnostics, UNKNOWN_RULE, (Place){0}, id, suggestion);
}

static int show(const Arguments *arguments, const Outputs *outputs, const bw_rules *rules) {
    Selection selection = {.rules = rules};
    if (select_rule(arguments, &selection))
        return outputs_write(outputs, write_rules, &selection);
    tell_usage(arguments->diagnostics, arguments->command);
    return EXIT_USAGE;
}

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    if (!outputs_pair(arguments, &outputs)) {
        tell_usage(arguments->diagnostics, arguments->command);
        return EXIT_USAGE;
    }
    Strings folders = arguments_values(arguments, "rules");
    bw_rules *rules;
    bw_status status = bw_rules_load(folders.items, folders.count, &rules);
    if (!rules) {
        fputs("error: out of memory\n", stderr);
        return EXIT_FAULT;
    }
    tell_diagnostics(bw_rules_diagnostics(rules), arguments_have(arguments, "verbose"));
    int exit_status = status == BW_OK ? show(arguments, &outputs, rules) : (int)status;
    bw_rules_free(rules);
    return exit_status;
}

const Command rules_command = {
    .name = "rules",
    .summary = "List the rules, or show what one says and why.",
    .description = "Rules are tried in the order of the list, and the first that matches a change "
                   "says what it means: breaking, conditional or compatible.",
    .operands = operands,
    .operand_count = 1,
    .required = 0,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
