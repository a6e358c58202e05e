#include "cli/options.h"

#include <getopt.h>

/* getopt_long gives an option by its place in the table. */
enum { FIRST_LONG = 256, OPERAND = 1 };

static const Option common_options[] = {
    {.name = "help", .letter = 'h', .help = "show this help"},
    {.name = "verbose",
     .letter = 'v',
     .help = "show notes about the input, too; of a comparison also changes of descriptions, "
             "examples and the like, and all places of each change"},
    {.name = "quiet",
     .letter = 'q',
     .help = "write nothing to standard output where nothing is breaking"},
};

/* Where the command has `-h` for something else, as the Pact Broker's client has. */
static const Option help_without_letter = {.name = "help", .help = "show this help"};

static bool has_letter(const Command *command, char letter) {
    for (size_t i = 0; i < command->option_count; i++)
        if (command->options[i].letter == letter)
            return true;
    return false;
}

const Option *command_option(const Command *command, size_t index) {
    size_t common = command->plain ? 1 : sizeof common_options / sizeof *common_options;
    if (index < command->option_count)
        return &command->options[index];
    index -= command->option_count;
    if (index == 0 && has_letter(command, 'h'))
        return &help_without_letter;
    return index < common ? &common_options[index] : NULL;
}

const Option *command_option_named(const Command *command, const char *name) {
    const Option *option;
    for (size_t i = 0; (option = command_option(command, i)); i++)
        if (strcmp(option->name, name) == 0)
            return option;
    return NULL;
}

/* ---- what getopt_long refuses ---------------------------------------------------------------- */

static bool unknown_option(const Arguments *arguments, const char *word) {
    Arena *arena = arguments->arena;
    const Command *command = arguments->command;
    Text given = text_from(word);
    if (!text_starts_with(given, TEXT("--"))) {
        const char *letter = text_format(arena, "-%c", optopt).data;
        return diagnose(arguments->diagnostics, UNKNOWN_OPTION, (Place){0}, letter, command->name,
                        "");
    }
    size_t end = text_find_byte(given, '=', 0);
    const char *name = text_copy(arena, text_slice(given, 2, end)).data;
    const Option *option;
    Guess guess = {.mistyped = text_from(name)};
    Buffer alike = {.arena = arena};
    bool several = false;
    for (size_t i = 0; (option = command_option(command, i)); i++) {
        guess_offer(&guess, text_from(option->name));
        if (!text_starts_with(text_from(option->name), guess.mistyped))
            continue;
        several = alike.size > 0;
        buffer_format(&alike, "%s--%s", several ? ", " : "", option->name);
    }
    const char *shown = text_format(arena, "--%s", name).data;
    if (several)
        return diagnose(arguments->diagnostics, AMBIGUOUS_OPTION, (Place){0}, shown, command->name,
                        TEXT_ARG(buffer_text(&alike)));
    Text meant = guess.word;
    if (meant.size)
        meant = text_format(arena, "--%.*s", TEXT_ARG(meant));
    return diagnose(arguments->diagnostics, UNKNOWN_OPTION, (Place){0}, shown, command->name,
                    text_suggestion(arena, meant));
}

static const Option *option_of(const Command *command, int code) {
    if (code >= FIRST_LONG)
        return command_option(command, (size_t)code - FIRST_LONG);
    const Option *option;
    for (size_t i = 0; code && (option = command_option(command, i)); i++)
        if (option->letter == code)
            return option;
    return NULL;
}

static bool refuse(const Arguments *arguments, int code, const char *word) {
    const Option *option = option_of(arguments->command, optopt);
    if (code == ':')
        return diagnose(arguments->diagnostics, OPTION_NEEDS_VALUE, (Place){0}, word,
                        option->value);
    if (option)
        return diagnose(arguments->diagnostics, OPTION_TAKES_NO_VALUE, (Place){0}, option->name);
    return unknown_option(arguments, word);
}

/* ---- parsing --------------------------------------------------------------------------------- */

static struct option *fill_tables(const Arguments *arguments, Buffer *letters) {
    const Option *option;
    ARRAY(struct option) longs = {0};
    buffer_add(letters, TEXT("-:")); /* operands in their order; a missing value gives ':' */
    for (size_t i = 0; (option = command_option(arguments->command, i)); i++) {
        struct option row = {
            .name = option->name,
            .has_arg = option->value ? required_argument : no_argument,
            .val = FIRST_LONG + (int)i,
        };
        array_push(arguments->arena, &longs, row);
        if (option->letter)
            buffer_format(letters, "%c%s", option->letter, option->value ? ":" : "");
    }
    buffer_add_byte(letters, '\0');
    array_push(arguments->arena, &longs, (struct option){0});
    return longs.items;
}

Text list_choices(Arena *arena, const char *const *choices) {
    Buffer list = {.arena = arena};
    for (size_t i = 0; choices[i]; i++) {
        const char *joint = !i ? "" : choices[i + 1] ? ", " : " or ";
        buffer_format(&list, "%s%s", joint, choices[i]);
    }
    return buffer_text(&list);
}

static bool is_choice(const char *const *choices, const char *value) {
    for (size_t i = 0; choices[i]; i++)
        if (strcmp(choices[i], value) == 0)
            return true;
    return false;
}

static bool check_choice(const Arguments *arguments, const Option *option, const char *value) {
    Arena *arena = arguments->arena;
    return is_choice(option->choices, value) ||
           diagnose(arguments->diagnostics, NOT_A_CHOICE, (Place){0}, value, option->name,
                    TEXT_ARG(list_choices(arena, option->choices)),
                    text_did_you_mean(arena, text_from(value), option->choices));
}

static bool check_operands(const Arguments *arguments) {
    const Command *command = arguments->command;
    Arena *arena = arguments->arena;
    for (size_t i = 0; i < command->operand_count; i++) {
        const Operand *operand = &command->operands[i];
        const char *value = arguments_operand(arguments, i);
        if (value && operand->choices && !is_choice(operand->choices, value))
            return diagnose(arguments->diagnostics, NO_SUCH_OPERAND, (Place){0}, value,
                            operand->name, TEXT_ARG(list_choices(arena, operand->choices)),
                            text_did_you_mean(arena, text_from(value), operand->choices));
    }
    return true;
}

static void add_operand(Arguments *arguments, const char *word, const Option *after) {
    Argument argument = {NULL, word, after};
    array_push(arguments->arena, &arguments->list, argument);
}

/* `--no-merge` takes `--merge` back: whether it was an option that takes no value. */
static bool take_back(Arguments *arguments, const char *word) {
    static const char no[] = "--no-";
    bool negative = strncmp(word, no, sizeof no - 1) == 0;
    const Option *option =
        negative ? command_option_named(arguments->command, word + sizeof no - 1) : NULL;
    size_t kept = 0;
    if (!option || option->value)
        return false;
    for (size_t i = 0; i < arguments->list.count; i++)
        if (arguments->list.items[i].option != option)
            arguments->list.items[kept++] = arguments->list.items[i];
    arguments->list.count = kept;
    return true;
}

static bool read_words(Arguments *arguments, int argc, char **argv) {
    Buffer letters = {.arena = arguments->arena};
    struct option *longs = fill_tables(arguments, &letters);
    const Option *many = NULL;
    optind = 0; /* begins anew, with glibc and musl */
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, letters.data, longs, NULL)) != -1;) {
        if (code == '?' && take_back(arguments, argv[optind - 1]))
            continue;
        if (code == '?' || code == ':')
            return refuse(arguments, code, argv[optind - 1]);
        if (code == OPERAND) {
            add_operand(arguments, optarg, many);
            continue;
        }
        const Option *option = option_of(arguments->command, code);
        if (option->choices && !check_choice(arguments, option, optarg))
            return false;
        Argument argument = {option, option->value ? optarg : NULL, NULL};
        array_push(arguments->arena, &arguments->list, argument);
        many = option->many ? option : NULL;
    }
    while (optind < argc)
        add_operand(arguments, argv[optind++], NULL);
    return true;
}

static size_t count_operands(const Arguments *arguments) {
    size_t count = 0;
    for (size_t i = 0; i < arguments->list.count; i++)
        count += !arguments->list.items[i].option;
    return count;
}

/* `diff --pacts A B BASE REVISION` and `diff BASE REVISION --pacts A B` mean the same: words behind
 * the values of an option with `many` are its values too, the first ones first, as long as enough
 * are left for the operands. */
static void give_words_to_options(Arguments *arguments) {
    size_t count = count_operands(arguments), wanted = arguments->command->operand_count;
    for (size_t i = 0; i < arguments->list.count && count > wanted; i++) {
        Argument *argument = &arguments->list.items[i];
        if (argument->option || !argument->after)
            continue;
        argument->option = argument->after;
        count--;
    }
}

bool arguments_parse(Arguments *arguments, int argc, char **argv) {
    const Command *command = arguments->command;
    if (!read_words(arguments, argc, argv))
        return false;
    if (arguments_have(arguments, "help"))
        return true;
    give_words_to_options(arguments);
    size_t count = count_operands(arguments);
    if (count < command->required)
        return diagnose(
            arguments->diagnostics, MISSING_OPERAND, (Place){0},
            command->operands[command->optional_first ? command->operand_count - 1 : count].name);
    if (count > command->operand_count && !command->repeated)
        return diagnose(arguments->diagnostics, UNEXPECTED_OPERAND, (Place){0},
                        arguments_operand(arguments, command->operand_count));
    return check_operands(arguments);
}

/* ---- look-ups -------------------------------------------------------------------------------- */

const char *arguments_operand(const Arguments *arguments, size_t index) {
    for (size_t i = 0; i < arguments->list.count; i++)
        if (!arguments->list.items[i].option && index-- == 0)
            return arguments->list.items[i].value;
    return NULL;
}

static bool is_option(const Argument *argument, const char *option) {
    return argument->option && strcmp(argument->option->name, option) == 0;
}

const char *arguments_value(const Arguments *arguments, const char *option) {
    for (size_t i = arguments->list.count; i-- > 0;)
        if (is_option(&arguments->list.items[i], option))
            return arguments->list.items[i].value;
    return NULL;
}

bool arguments_have(const Arguments *arguments, const char *option) {
    for (size_t i = 0; i < arguments->list.count; i++)
        if (is_option(&arguments->list.items[i], option))
            return true;
    return false;
}

Strings arguments_values(const Arguments *arguments, const char *option) {
    const char **items = arena_new_array(arguments->arena, arguments->list.count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < arguments->list.count; i++)
        if (is_option(&arguments->list.items[i], option))
            items[count++] = arguments->list.items[i].value;
    return (Strings){items, count};
}

bool check_base_path(const Arguments *arguments) {
    const char *path = arguments_value(arguments, "provider-base-path");
    return !path || path[0] == '/' ||
           diagnose(arguments->diagnostics, NOT_A_BASE_PATH, (Place){0}, path);
}
