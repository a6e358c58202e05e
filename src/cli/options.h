/* Owns the command line: one table of options for each command, from which parsing, checking and
 * help are made.
 * Gives Arguments. Knows nothing of what a command does.
 *
 * Options follow GNU conventions: anywhere among the operands, `--name VALUE` or `--name=VALUE`,
 * unambiguous beginnings of names, `--no-name` to take an option without a value back, `--` before
 * operands that look like options.
 */
#ifndef BREAKWATER_CLI_OPTIONS_H
#define BREAKWATER_CLI_OPTIONS_H

#include "cli/progress.h"
#include "support/diagnostics.h"

typedef struct Option {
    const char *name;            /* without the dashes */
    char letter;                 /* 'o' for `-o`; 0: none */
    const char *value;           /* what it takes, as help shows it: "FILE"; NULL: nothing */
    const char *const *choices;  /* the words that it takes, NULL behind the last; NULL: any text */
    const char *const *meanings; /* of the choices, shown below the help; may be NULL */
    bool many; /* takes the words that follow, too, as far as no operand needs them */
    const char *help;
} Option;

typedef struct Operand {
    const char *name;
    const char *help;
    const char *const *choices; /* the words that it takes, as of an Option */
    /* Adds what a shell may offer for it, parted by blanks, where it takes other words, too. */
    void (*offer)(Buffer *out);
} Operand;

typedef struct Arguments Arguments;

typedef struct Command {
    const char *name;
    const char *summary;     /* one line */
    const char *description; /* a paragraph or more */
    const Operand *operands;
    size_t operand_count;
    size_t required;       /* of the operands */
    bool optional_first;   /* those that may be missing are the first ones, not the last */
    bool repeated;         /* the last operand may be given more than once */
    const Option *options; /* of its own: command_option has all of them */
    size_t option_count;
    bool plain; /* it judges nothing and reads nothing: --quiet and --verbose mean nothing to it */
    const char *const *examples;            /* NULL behind the last */
    int (*run)(const Arguments *arguments); /* gives the exit status */
} Command;

/* One option or operand, in the order of the command line. */
typedef struct Argument {
    const Option *option; /* NULL: an operand */
    const char *value;    /* NULL: the option takes none */
    const Option *after;  /* of an operand: the option with `many` behind whose values it stands */
} Argument;

struct Arguments {
    Arena *arena;
    Diagnostics *diagnostics;
    const Command *command;
    Progress *progress; /* runs while the command does; to be ended before anything is written */
    ARRAY(Argument) list;
};

typedef struct Strings {
    const char *const *items;
    size_t count;
} Strings;

/* Rows that several commands share. */
#define OPTION_OUTPUT                                                                              \
    {                                                                                              \
        .name = "output", .letter = 'o', .value = "FILE",                                          \
        .help = "write to FILE; belongs to the --format before it, so that a pair of both may be " \
                "given for each output"                                                            \
    }
/* The options of a command: those of its own table, then those of every command. NULL behind the
 * last. */
const Option *command_option(const Command *command, size_t index);

/* NULL where the command has none of that name. */
const Option *command_option_named(const Command *command, const char *name);

/* Parses what stands behind the command's name. `argv[0]` is not looked at. With --help, operands
 * may be missing. False: diagnosed. */
bool arguments_parse(Arguments *arguments, int argc, char **argv);

/* The operand at an index, or NULL. */
const char *arguments_operand(const Arguments *arguments, size_t index);

/* The value that was given last, or NULL. */
const char *arguments_value(const Arguments *arguments, const char *option);

bool arguments_have(const Arguments *arguments, const char *option);

/* All values of an option, in order. */
Strings arguments_values(const Arguments *arguments, const char *option);

/* Whether --provider-base-path, if it is given, is a path. False: diagnosed. */
bool check_base_path(const Arguments *arguments);

/* "text or json" */
Text list_choices(Arena *arena, const char *const *choices);

#endif
