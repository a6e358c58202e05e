/* `breakwater completion SHELL`: what shells complete, made from the tables of the commands. */
#include "cli/commands.h"
#include "cli/output.h"

static const char *const shell_names[] = {"bash", "zsh", "fish", NULL};

static const Operand operands[] = {
    {.name = "SHELL", .help = "bash, zsh or fish", .choices = shell_names}};

static const char *const examples[] = {
    "breakwater completion bash > ~/.local/share/bash-completion/completions/breakwater",
    "breakwater completion zsh > ~/.zfunc/_breakwater",
    "breakwater completion fish > ~/.config/fish/completions/breakwater.fish",
    NULL,
};

static void put_choices(Buffer *out, const char *const *choices) {
    for (size_t i = 0; choices[i]; i++)
        buffer_format(out, "%s%s", i ? " " : "", choices[i]);
}

/* What may stand behind the command's name. Files are offered beside it, unless it takes a few
 * words alone. Empty: files. */
static Text first_words(Arena *arena, const Command *command) {
    Buffer words = {.arena = arena};
    const Operand *first = command->operand_count ? &command->operands[0] : NULL;
    if (first && first->choices)
        put_choices(&words, first->choices);
    else if (first && first->offer)
        first->offer(&words);
    return text_trim(buffer_text(&words));
}

static bool takes_folder(const Option *option) {
    return option->value && strcmp(option->value, "DIR") == 0;
}

/* Help as one short line in single quotes, without the signs that zsh gives a meaning there. */
static void put_help(Buffer *out, const char *help) {
    enum { MOST = 70 };
    Text text = text_from(help);
    text = text_trim(text_slice(text, 0, strcspn(help, ";:(")));
    bool cut = text.size > MOST;
    if (cut) {
        text.size = MOST;
        while (text.size && text.data[text.size - 1] != ' ')
            text.size--;
        text = text_trim(text);
    }
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '\'')
            buffer_add(out, TEXT("'\\''"));
        else
            buffer_add_byte(out, strchr("[]\\", text.data[i]) ? ' ' : text.data[i]);
    buffer_add(out, cut ? TEXT(" ...") : TEXT(""));
}

/* ---- bash ------------------------------------------------------------------------------------ */

static void put_bash_command(Buffer *out, const Command *command) {
    const Option *option;
    buffer_format(out, "    %s)\n        case $previous in\n", command->name);
    for (size_t i = 0; (option = command_option(command, i)); i++) {
        if (!option->choices && !takes_folder(option))
            continue;
        buffer_format(out, "        --%s", option->name);
        if (option->letter)
            buffer_format(out, "|-%c", option->letter);
        if (!option->choices) {
            buffer_add(out, TEXT(") folders=1 ;;\n"));
            continue;
        }
        buffer_add(out, TEXT(") words='"));
        put_choices(out, option->choices);
        buffer_add(out, TEXT("' ;;\n"));
    }
    buffer_add(out, TEXT("        *) words='"));
    for (size_t i = 0; (option = command_option(command, i)); i++)
        buffer_format(out, "%s--%s", i ? " " : "", option->name);
    Text first = first_words(out->arena, command);
    buffer_add(out, TEXT("'; options=1"));
    if (first.size)
        buffer_format(out, "; first='%.*s'", TEXT_ARG(first));
    buffer_add(out, TEXT(" ;;\n        esac ;;\n"));
}

static void put_bash(Buffer *out) {
    buffer_add(out,
               TEXT("# bash completion of breakwater; made by `breakwater completion bash`\n"
                    "_breakwater() {\n"
                    "    local current=${COMP_WORDS[COMP_CWORD]} words= options= first= folders=\n"
                    "    local previous=${COMP_WORDS[COMP_CWORD-1]}\n"
                    "    [ \"$current\" != = ] || current=\n"
                    "    [ \"$previous\" != = ] || previous=${COMP_WORDS[COMP_CWORD-2]}\n"
                    "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                    "        COMPREPLY=($(compgen -W '"));
    for (size_t i = 0; commands[i]; i++)
        buffer_format(out, "%s ", commands[i]->name);
    buffer_add(out, TEXT("--help --version' -- \"$current\"))\n"
                         "        return\n"
                         "    fi\n"
                         "    case ${COMP_WORDS[1]} in\n"));
    for (size_t i = 0; commands[i]; i++)
        put_bash_command(out, commands[i]);
    buffer_add(out,
               TEXT("    esac\n"
                    "    if [ -n \"$first\" ] && [ \"$COMP_CWORD\" -eq 2 ] && [ "
                    "\"${current#-}\" = \"$current\" ]; then\n"
                    "        COMPREPLY=($(compgen -W \"$first\" -- \"$current\"))\n"
                    "    elif [ -n \"$folders\" ]; then\n"
                    "        COMPREPLY=($(compgen -d -- \"$current\"))\n"
                    "    elif [ -n \"$options\" ] && [ \"${current#-}\" = \"$current\" ]; then\n"
                    "        COMPREPLY=($(compgen -f -- \"$current\"))\n"
                    "    else\n"
                    "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                    "    fi\n"
                    "}\n"
                    "complete -o filenames -F _breakwater breakwater\n"));
}

/* ---- zsh ------------------------------------------------------------------------------------- */

static void put_zsh_spelling(Buffer *out, const Option *option, const char *spelling) {
    buffer_format(out, " \\\n            '*%s[", spelling);
    put_help(out, option->help);
    buffer_add_byte(out, ']');
    if (option->choices) {
        buffer_format(out, ":%s:(", option->value);
        put_choices(out, option->choices);
        buffer_add_byte(out, ')');
    } else if (option->value) {
        buffer_format(out, ":%s:_files%s", option->value, takes_folder(option) ? " -/" : "");
    }
    buffer_add_byte(out, '\'');
}

static void put_zsh_option(Buffer *out, const Option *option) {
    Text name = text_format(out->arena, "--%s%s", option->name, option->value ? "=" : "");
    put_zsh_spelling(out, option, name.data);
    if (option->letter)
        put_zsh_spelling(
            out, option,
            text_format(out->arena, "-%c%s", option->letter, option->value ? "+" : "").data);
}

static void put_zsh(Buffer *out) {
    buffer_add(out, TEXT("#compdef breakwater\n"
                         "# zsh completion of breakwater; made by `breakwater completion zsh`\n"
                         "_breakwater() {\n"
                         "    local -a commands\n"
                         "    commands=(\n"));
    for (size_t i = 0; commands[i]; i++) {
        buffer_format(out, "        '%s:", commands[i]->name);
        put_help(out, commands[i]->summary);
        buffer_add(out, TEXT("'\n"));
    }
    buffer_add(out, TEXT("    )\n"
                         "    if (( CURRENT == 2 )); then\n"
                         "        _describe command commands\n"
                         "        return\n"
                         "    fi\n"
                         "    case $words[2] in\n"));
    for (size_t i = 0; commands[i]; i++) {
        /* The command's name itself is no operand. */
        buffer_format(out, "        %s) shift words; (( CURRENT-- )); _arguments",
                      commands[i]->name);
        const Option *option;
        for (size_t j = 0; (option = command_option(commands[i], j)); j++)
            put_zsh_option(out, option);
        Text first = first_words(out->arena, commands[i]);
        if (first.size)
            buffer_format(out, " \\\n            '1:%s:(%.*s)'", commands[i]->operands[0].name,
                          TEXT_ARG(first));
        buffer_add(out, TEXT(" \\\n            '*:file:_files' ;;\n"));
    }
    buffer_add(out, TEXT("    esac\n}\n_breakwater \"$@\"\n"));
}

/* ---- fish ------------------------------------------------------------------------------------ */

static void put_fish_option(Buffer *out, const Command *command, const Option *option) {
    buffer_format(out, "complete -c breakwater -n '__fish_seen_subcommand_from %s' -l %s",
                  command->name, option->name);
    if (option->letter)
        buffer_format(out, " -s %c", option->letter);
    if (option->choices) {
        buffer_add(out, TEXT(" -x -a '"));
        put_choices(out, option->choices);
        buffer_add_byte(out, '\'');
    } else if (takes_folder(option)) {
        buffer_add(out, TEXT(" -x -a '(__fish_complete_directories)'"));
    } else if (option->value) {
        buffer_add(out, TEXT(" -r"));
    }
    buffer_add(out, TEXT(" -d '"));
    put_help(out, option->help);
    buffer_add(out, TEXT("'\n"));
}

static void put_fish(Buffer *out) {
    buffer_add(out,
               TEXT("# fish completion of breakwater; made by `breakwater completion fish`\n"));
    for (size_t i = 0; commands[i]; i++) {
        buffer_format(out, "complete -c breakwater -n __fish_use_subcommand -x -a %s -d '",
                      commands[i]->name);
        put_help(out, commands[i]->summary);
        buffer_add(out, TEXT("'\n"));
        Text first = first_words(out->arena, commands[i]);
        if (first.size)
            buffer_format(
                out, "complete -c breakwater -n '__fish_seen_subcommand_from %s' -f -a '%.*s'\n",
                commands[i]->name, TEXT_ARG(first));
        const Option *option;
        for (size_t j = 0; (option = command_option(commands[i], j)); j++)
            put_fish_option(out, commands[i], option);
    }
}

/* ---- running --------------------------------------------------------------------------------- */

static int run(const Arguments *arguments) {
    static void (*const put[])(Buffer * out) = {put_bash, put_zsh, put_fish};
    const char *shell = arguments_operand(arguments, 0);
    Buffer out = {.arena = arguments->arena};
    for (size_t i = 0; shell_names[i]; i++)
        if (strcmp(shell, shell_names[i]) == 0)
            put[i](&out);
    return write_standard_output(buffer_text(&out));
}

const Command completion_command = {
    .name = "completion",
    .summary = "Write what a shell needs to complete commands and options.",
    .description = "Writes a script for bash, zsh or fish, made from the same tables as --help.",
    .operands = operands,
    .operand_count = 1,
    .required = 1,
    .plain = true,
    .examples = examples,
    .run = run,
};
