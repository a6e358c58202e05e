/* `breakwater completion SHELL`: what shells complete, made from the tables of the commands. */
#include "cli/commands.h"
#include "cli/output.h"

static const Operand operands[] = {{"SHELL", "bash, zsh or fish"}};

static const char *const examples[] = {
    "breakwater completion bash > ~/.local/share/bash-completion/completions/breakwater",
    "breakwater completion zsh > ~/.zfunc/_breakwater",
    "breakwater completion fish > ~/.config/fish/completions/breakwater.fish",
    NULL,
};

static void put_choices(Buffer *out, const Option *option) {
    for (size_t i = 0; option->choices[i]; i++)
        buffer_format(out, "%s%s", i ? " " : "", option->choices[i]);
}

/* Help as one short line without the signs that shells give a meaning. */
static void put_help(Buffer *out, const char *help) {
    enum { MOST = 70 };
    Text text = text_from(help);
    size_t end = 0;
    while (end < text.size && text.data[end] != ';' && text.data[end] != ':' &&
           text.data[end] != '(')
        end++;
    text = text_trim(text_slice(text, 0, end));
    for (size_t i = 0; i < text.size && i < MOST; i++)
        buffer_add_byte(out, strchr("'\"[]`$\\", text.data[i]) ? ' ' : text.data[i]);
}

/* ---- bash ------------------------------------------------------------------------------------ */

static void put_bash_command(Buffer *out, const Command *command) {
    const Option *option;
    buffer_format(out, "    %s)\n        case $previous in\n", command->name);
    for (size_t i = 0; (option = command_option(command, i)); i++) {
        if (!option->choices)
            continue;
        buffer_format(out, "        --%s) words='", option->name);
        put_choices(out, option);
        buffer_add(out, TEXT("' ;;\n"));
    }
    buffer_add(out, TEXT("        *) words='"));
    for (size_t i = 0; (option = command_option(command, i)); i++)
        buffer_format(out, "%s--%s", i ? " " : "", option->name);
    buffer_add(out, TEXT("'; options=1 ;;\n        esac ;;\n"));
}

static void put_bash(Buffer *out) {
    buffer_add(out, TEXT("# bash completion of breakwater; made by `breakwater completion bash`\n"
                         "_breakwater() {\n"
                         "    local current=${COMP_WORDS[COMP_CWORD]} words= options=\n"
                         "    local previous=${COMP_WORDS[COMP_CWORD-1]}\n"
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
    buffer_add(out, TEXT("    esac\n"
                         "    if [ -n \"$options\" ] && [ \"${current#-}\" = \"$current\" ]; then\n"
                         "        COMPREPLY=($(compgen -f -- \"$current\"))\n"
                         "    else\n"
                         "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                         "    fi\n"
                         "}\n"
                         "complete -o filenames -F _breakwater breakwater\n"));
}

/* ---- zsh ------------------------------------------------------------------------------------- */

static void put_zsh_option(Buffer *out, const Option *option) {
    buffer_format(out, " \\\n            '*--%s%s[", option->name, option->value ? "=" : "");
    put_help(out, option->help);
    buffer_add_byte(out, ']');
    if (option->choices) {
        buffer_format(out, ":%s:(", option->value);
        put_choices(out, option);
        buffer_add_byte(out, ')');
    } else if (option->value) {
        buffer_format(out, ":%s:_files", option->value);
    }
    buffer_add_byte(out, '\'');
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
        buffer_format(out, "        %s) _arguments", commands[i]->name);
        const Option *option;
        for (size_t j = 0; (option = command_option(commands[i], j)); j++)
            put_zsh_option(out, option);
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
        put_choices(out, option);
        buffer_add_byte(out, '\'');
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
        const Option *option;
        for (size_t j = 0; (option = command_option(commands[i], j)); j++)
            put_fish_option(out, commands[i], option);
    }
}

/* ---- running --------------------------------------------------------------------------------- */

static int run(const Arguments *arguments) {
    static const struct {
        const char *name;
        void (*put)(Buffer *out);
    } shells[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};
    const char *shell = arguments_operand(arguments, 0);
    Buffer out = {.arena = arguments->arena};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shell, shells[i].name) == 0) {
            shells[i].put(&out);
            return write_standard_output(buffer_text(&out));
        }
    diagnose(arguments->diagnostics, UNKNOWN_SHELL, (Place){0}, shell);
    return wrong_usage(arguments);
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
