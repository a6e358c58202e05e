/* `breakwater help`, and all help: made from the tables of the commands. */
#include "cli/commands.h"
#include "cli/manual.h"
#include "cli/output.h"
#include "report/page.h"

enum { OPTION_INDENT = 2, TEXT_COLUMN = 26, NAME_COLUMN = 12, CHOICE_WIDTH = 11, HELP_WIDTH = 80 };

const ExitStatus exit_statuses[] = {
    {"0", "nothing breaking"},
    {"1", "breaking"},
    {"2", "wrong usage"},
    {"3", "an input can't be read or is invalid"},
    {"4", "an internal limit or fault"},
    {NULL, NULL},
};

static void put_line(Page *page, Text text) {
    page_wrap(page, 0, text);
    page_end_line(page);
}

/* A word in the left column and what it means in the right one. */
static void put_row(Page *page, Text word, size_t column, const char *meaning) {
    page_fill(page, OPTION_INDENT, 0);
    page_put(page, word);
    if (page->column + 2 > column)
        page_end_line(page);
    page_fill(page, column, 0);
    page_wrap(page, column, text_from(meaning));
    page_end_line(page);
}

static void put_heading(Page *page, const char *heading) {
    page_end_line(page);
    put_line(page, text_from(heading));
}

static Text option_spelling(Arena *arena, const Option *option) {
    Buffer out = {.arena = arena};
    if (option->letter)
        buffer_format(&out, "-%c, ", option->letter);
    else
        buffer_add(&out, TEXT("    "));
    buffer_format(&out, "--%s", option->name);
    if (option->value)
        buffer_format(&out, " %s%s", option->value, option->many ? "…" : "");
    return buffer_text(&out);
}

static const char *option_help(Arena *arena, const Option *option) {
    if (!option->choices || option->meanings)
        return option->help;
    Text choices = list_choices(arena, option->choices);
    return text_format(arena, "%.*s: %s", TEXT_ARG(choices), option->help).data;
}

/* The words that an option takes, each with its meaning. */
static void put_meanings(Page *page, const Option *option) {
    for (size_t i = 0; option->meanings && option->meanings[i]; i++) {
        page_fill(page, TEXT_COLUMN, 0);
        page_put(page, text_from(option->choices[i]));
        page_fill(page, TEXT_COLUMN + CHOICE_WIDTH, 1);
        page_wrap(page, TEXT_COLUMN + CHOICE_WIDTH, text_from(option->meanings[i]));
        page_end_line(page);
    }
}

static void put_usage(Page *page, const Command *command) {
    page_format(page, "Usage: breakwater %s", command->name);
    for (size_t i = 0; i < command->operand_count; i++) {
        bool optional = command->optional_first ? i + command->required < command->operand_count
                                                : i >= command->required;
        page_format(page, optional ? " [%s%s]" : " %s%s", command->operands[i].name,
                    command->repeated && i + 1 == command->operand_count ? "…" : "");
    }
    page_put(page, TEXT(" [OPTION]…"));
    page_end_line(page);
}

static void put_command(Page *page, const Command *command) {
    put_usage(page, command);
    put_line(page, text_from(command->summary));
    page_end_line(page);
    put_line(page, text_from(command->description));
    if (command->operand_count)
        page_end_line(page);
    for (size_t i = 0; i < command->operand_count; i++)
        put_row(page, text_from(command->operands[i].name), NAME_COLUMN, command->operands[i].help);
    put_heading(page, "Options:");
    const Option *option;
    for (size_t i = 0; (option = command_option(command, i)); i++) {
        put_row(page, option_spelling(page->out.arena, option), TEXT_COLUMN,
                option_help(page->out.arena, option));
        put_meanings(page, option);
    }
    put_heading(page, "Exit status:");
    for (size_t i = 0; exit_statuses[i].status; i++)
        put_row(page, text_from(exit_statuses[i].status), OPTION_INDENT + 3,
                exit_statuses[i].meaning);
    put_heading(page, "Examples:");
    for (size_t i = 0; command->examples[i]; i++) {
        page_format(page, "  %s", command->examples[i]);
        page_end_line(page);
    }
}

static void put_program(Page *page) {
    put_line(page, TEXT("Usage: breakwater COMMAND …"));
    put_line(page, TEXT("If this revision of the API description goes out, which consumer breaks, "
                        "where, and why?"));
    put_heading(page, "Commands:");
    for (size_t i = 0; commands[i]; i++)
        put_row(page, text_from(commands[i]->name), NAME_COLUMN, commands[i]->summary);
    put_heading(page, "Options:");
    put_row(page, TEXT("-h, --help"), TEXT_COLUMN, "show this help; of a command: help on it");
    put_row(page, TEXT("    --version"), TEXT_COLUMN, "show the version");
}

int show_help(Arena *arena, const Command *command) {
    bw_layout terminal = terminal_layout();
    size_t width = terminal.width < HELP_WIDTH ? terminal.width : HELP_WIDTH;
    Page page = page_new(arena, &(TextLayout){.width = width});
    if (command)
        put_command(&page, command);
    else
        put_program(&page);
    return write_standard_output(buffer_text(&page.out));
}

static int run(const Arguments *arguments) {
    const char *name = arguments_operand(arguments, 0);
    if (arguments_have(arguments, "man"))
        return write_standard_output(manual_page(arguments->arena));
    const Command *command = name ? command_find(name) : NULL;
    if (!name || command)
        return show_help(arguments->arena, command);
    diagnose(arguments->diagnostics, UNKNOWN_COMMAND, (Place){0}, name,
             command_did_you_mean(arguments->arena, name));
    tell_usage(arguments->diagnostics, NULL);
    return EXIT_USAGE;
}

static void offer_commands(Buffer *out) {
    for (size_t i = 0; commands[i]; i++)
        buffer_format(out, "%s ", commands[i]->name);
}

static const Operand operands[] = {
    {.name = "COMMAND",
     .help = "one of the commands; without it, the list of all",
     .offer = offer_commands},
};
static const Option options[] = {
    {.name = "man", .help = "write the manual page breakwater(1), for man -l"},
};
static const char *const examples[] = {"breakwater help diff", NULL};

const Command help_command = {
    .name = "help",
    .summary = "Show how a command is used.",
    .description = "The same as COMMAND --help.",
    .operands = operands,
    .operand_count = 1,
    .required = 0,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .plain = true,
    .examples = examples,
    .run = run,
};
