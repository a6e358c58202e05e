/* The manual page breakwater(1), made from the tables of the commands. */
#include "cli/manual.h"

#include "cli/commands.h"
#include "report/printable.h"

/* Text of roff: a dash is a dash, no line begins with a request, and what is not ASCII has a name
 * that any roff knows. */
static void put(Buffer *out, const char *given) {
    Text text = text_from(given);
    if (*given == '.' || *given == '\'')
        buffer_add(out, TEXT("\\&"));
    for (size_t at = 0; at < text.size;) {
        size_t from = at;
        uint32_t point = utf8_next(text, &at);
        if (point == '\\')
            buffer_add(out, TEXT("\\e"));
        else if (point == '-')
            buffer_add(out, TEXT("\\-"));
        else if (point > 0x7f)
            buffer_format(out, "\\[u%04X]", point);
        else
            buffer_add(out, text_slice(text, from, at));
    }
}

static void put_line(Buffer *out, const char *text) {
    put(out, text);
    buffer_add_byte(out, '\n');
}

/* Words on lines that are no longer than an editor shows; the lines of the page are roff's. */
static void put_words(Buffer *out, const char *text) {
    enum { LINE_MOST = 80 };
    size_t begin = out->size;
    for (const char *word = text; *word;) {
        size_t size = strcspn(word, " ");
        Buffer escaped = {.arena = out->arena};
        put(&escaped, text_copy(out->arena, (Text){word, size}).data);
        if (out->size > begin) {
            bool fits = out->size - begin + 1 + escaped.size <= LINE_MOST;
            buffer_add_byte(out, fits ? ' ' : '\n');
            begin = fits ? begin : out->size;
        }
        buffer_add(out, buffer_text(&escaped));
        word += size + strspn(word + size, " ");
    }
    buffer_add_byte(out, '\n');
}

static void put_option(Buffer *out, const Option *option) {
    buffer_add(out, TEXT(".TP\n.B "));
    if (option->letter)
        buffer_format(out, "\\-%c, ", option->letter);
    buffer_add(out, TEXT("\\-\\-"));
    put(out, option->name);
    if (option->value)
        buffer_format(out, " \\fI%s\\fR", option->value);
    buffer_add_byte(out, '\n');
    if (option->choices)
        buffer_format(out, "%.*s:\n", TEXT_ARG(list_choices(out->arena, option->choices)));
    put_words(out, option->help);
}

static void put_command(Buffer *out, const Command *command) {
    buffer_add(out, TEXT(".SS breakwater "));
    put(out, command->name);
    for (size_t i = 0; i < command->operand_count; i++) {
        bool optional = command->optional_first ? i + command->required < command->operand_count
                                                : i >= command->required;
        buffer_format(out, optional ? " [%s%s]" : " %s%s", command->operands[i].name,
                      command->repeated && i + 1 == command->operand_count ? "..." : "");
    }
    buffer_add_byte(out, '\n');
    put_words(out, command->description);
    for (size_t i = 0; i < command->operand_count; i++) {
        buffer_format(out, ".TP\n.I %s\n", command->operands[i].name);
        put_words(out, command->operands[i].help);
    }
    const Option *option;
    for (size_t i = 0; (option = command_option(command, i)); i++)
        put_option(out, option);
    buffer_add(out, TEXT(".PP\nExamples:\n.PP\n.nf\n"));
    for (size_t i = 0; command->examples[i]; i++)
        put_line(out, command->examples[i]);
    buffer_add(out, TEXT(".fi\n"));
}

Text manual_page(Arena *arena) {
    Buffer out = {.arena = arena};
    buffer_format(&out, ".TH BREAKWATER 1 %s \"breakwater %s\" \"User Commands\"\n",
                  BW_VERSION_DATE, bw_version());
    buffer_add(&out,
               TEXT(".SH NAME\nbreakwater \\- which consumer a revision of an API description "
                    "breaks,\nwhere, and why\n.SH SYNOPSIS\n.B breakwater\n.I COMMAND\n"
                    "[\\fIOPERAND\\fR...] [\\fIOPTION\\fR...]\n.SH COMMANDS\n"));
    for (size_t i = 0; commands[i]; i++)
        put_command(&out, commands[i]);
    buffer_add(&out, TEXT(".SH EXIT STATUS\n"));
    for (size_t i = 0; exit_statuses[i].status; i++) {
        buffer_format(&out, ".TP\n.B %s\n", exit_statuses[i].status);
        put_line(&out, exit_statuses[i].meaning);
    }
    buffer_add(&out,
               TEXT(".SH FILES\n.TP\n.I .breakwater.yaml\nThe config of breakwater check, looked "
                    "for in the working directory\nand the folders above it.\n"));
    return buffer_text(&out);
}
