#include "check.h"

#include "cli/options.h"
#include "cli/output.h"

static const Operand operands[] = {{.name = "BASE", .help = ""}, {.name = "REVISION", .help = ""}};
static const char *const formats[] = {"text", "json", NULL};
static const Option options[] = {
    {.name = "pacts", .value = "PATH", .many = true, .help = ""},
    {.name = "policy", .value = "POLICY", .help = ""},
    {.name = "format", .value = "FORMAT", .choices = formats, .help = ""},
    OPTION_OUTPUT,
};
static const Command command = {
    .name = "diff",
    .operands = operands,
    .operand_count = 2,
    .required = 2,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
};

enum { WORDS_MOST = 20 };

/* Parses a line of words parted by single spaces. */
static bool parse(Arena *arena, const char *line, Arguments *arguments) {
    char *words[WORDS_MOST] = {"diff"};
    int count = 1;
    Text text = text_from(line);
    for (size_t from = 0; from < text.size && count < WORDS_MOST - 1;) {
        size_t end = text_find_byte(text, ' ', from);
        Text word = text_slice(text, from, end);
        words[count++] = arena_copy(arena, word.data, word.size);
        from += word.size + 1;
    }
    Diagnostics *diagnostics = arena_new_object(arena, Diagnostics);
    diagnostics->arena = arena;
    *arguments = (Arguments){.arena = arena, .diagnostics = diagnostics, .command = &command};
    return arguments_parse(arguments, count, words);
}

static Text first_message(const Arguments *arguments) {
    return arguments->diagnostics->list.count ? arguments->diagnostics->list.items[0].message
                                              : (Text){0};
}

/* "BASE REVISION | PACT PACT" */
static Text understood(Arena *arena, const char *line) {
    Arguments arguments;
    if (!parse(arena, line, &arguments))
        return first_message(&arguments);
    Strings pacts = arguments_values(&arguments, "pacts");
    Buffer out = {.arena = arena};
    buffer_format(&out, "%s %s |", arguments_operand(&arguments, 0),
                  arguments_operand(&arguments, 1));
    for (size_t i = 0; i < pacts.count; i++)
        buffer_format(&out, " %s", pacts.items[i]);
    return buffer_text(&out);
}

static void operands_and_options_mix(Arena *arena) {
    CHECK_TEXT(understood(arena, "a b"), "a b |");
    CHECK_TEXT(understood(arena, "a --policy x b"), "a b |");
    CHECK_TEXT(understood(arena, "-v a -- -b"), "a -b |");
    CHECK_TEXT(understood(arena, "- main:b"), "- main:b |");
    CHECK_TEXT(understood(arena, "--pol=x a b"), "a b |");
}

static void several_paths_behind_pacts(Arena *arena) {
    CHECK_TEXT(understood(arena, "a b --pacts p"), "a b | p");
    CHECK_TEXT(understood(arena, "a b --pacts p q r"), "a b | p q r");
    CHECK_TEXT(understood(arena, "--pacts p a b"), "a b | p");
    CHECK_TEXT(understood(arena, "--pacts p q a b"), "a b | p q");
    CHECK_TEXT(understood(arena, "a --pacts p q b"), "a b | p q");
    CHECK_TEXT(understood(arena, "a b --pacts=p --pacts q r"), "a b | p q r");
    CHECK_TEXT(understood(arena, "--pacts p q -v a b"), "a b | p q");
    CHECK_TEXT(understood(arena, "--pacts p -- a b"), "a b | p");
}

static void options_are_taken_back(Arena *arena) {
    Arguments arguments;
    CHECK(parse(arena, "a b --verbose --no-verbose", &arguments));
    CHECK(!arguments_have(&arguments, "verbose"));
    CHECK(parse(arena, "a --no-verbose b --verbose", &arguments));
    CHECK(arguments_have(&arguments, "verbose"));
    CHECK_TEXT(understood(arena, "a b --no-policy"),
               "`--no-policy` is no option of `diff`; did you mean `--policy`?");
}

static void wrong_operands_are_told(Arena *arena) {
    CHECK_TEXT(understood(arena, ""), "BASE is missing");
    CHECK_TEXT(understood(arena, "a"), "REVISION is missing");
    CHECK_TEXT(understood(arena, "a b c"), "`c` is one operand too many");
    CHECK_TEXT(understood(arena, "a b --pacts p -v c"), "`c` is one operand too many");
}

static void wrong_options_are_told(Arena *arena) {
    CHECK_TEXT(understood(arena, "a b --pact"), "`--pact` needs a value: PATH");
    CHECK_TEXT(understood(arena, "a b --polici x"),
               "`--polici` is no option of `diff`; did you mean `--policy`?");
    CHECK_TEXT(understood(arena, "a b --p x"),
               "`--p` could be several options of `diff`: --pacts, --policy");
    CHECK_TEXT(understood(arena, "a b --xyzzy"), "`--xyzzy` is no option of `diff`");
    CHECK_TEXT(understood(arena, "a b -x"), "`-x` is no option of `diff`");
    CHECK_TEXT(understood(arena, "a b -vx"), "`-x` is no option of `diff`");
    CHECK_TEXT(understood(arena, "a b --verbose=1"), "`--verbose` takes no value");
    CHECK_TEXT(understood(arena, "a b -o"), "`-o` needs a value: FILE");
    CHECK_TEXT(understood(arena, "a b --format jsn"),
               "`jsn` is no value of `--format`; it takes text or json; did you mean `json`?");
}

static void help_needs_no_operands(Arena *arena) {
    Arguments arguments;
    CHECK(parse(arena, "--help", &arguments));
    CHECK(arguments_have(&arguments, "help"));
    CHECK(parse(arena, "a b c -h", &arguments));
}

static void the_last_value_counts(Arena *arena) {
    Arguments arguments;
    CHECK(parse(arena, "a b --policy x --policy=y", &arguments));
    CHECK_TEXT(text_from(arguments_value(&arguments, "policy")), "y");
    CHECK(!arguments_value(&arguments, "output"));
    CHECK(!arguments_have(&arguments, "verbose"));
}

/* "FORMAT>FILE …", with - for what is not given. */
static Text outputs(Arena *arena, const char *line) {
    Arguments arguments;
    Outputs pairs = {0};
    if (!parse(arena, line, &arguments) || !outputs_pair(&arguments, &pairs))
        return first_message(&arguments);
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < pairs.list.count; i++)
        buffer_format(&out, "%s%s>%s", i ? " " : "",
                      pairs.list.items[i].format ? pairs.list.items[i].format : "-",
                      pairs.list.items[i].file ? pairs.list.items[i].file : "-");
    return buffer_text(&out);
}

static void outputs_are_paired(Arena *arena) {
    CHECK_TEXT(outputs(arena, "a b"), "->-");
    CHECK_TEXT(outputs(arena, "a b -o f"), "->f");
    CHECK_TEXT(outputs(arena, "a b --format json"), "json>-");
    CHECK_TEXT(outputs(arena, "a b --format json -o f --format text"), "json>f text>-");
    CHECK_TEXT(outputs(arena, "a b --format json --output=f --format text -og"), "json>f text>g");
    CHECK_TEXT(outputs(arena, "a b --format json -o -"), "json>-");
    CHECK_TEXT(outputs(arena, "-o f a b --format json"), "json>f");
    CHECK_TEXT(outputs(arena, "-o f a b --format json --format text"), "json>f text>-");
}

static void colliding_outputs_are_told(Arena *arena) {
    CHECK_TEXT(outputs(arena, "a b --format json --format text"),
               "two outputs go to standard output: give each --format an -o of its own");
    CHECK_TEXT(outputs(arena, "a b --format json -o f --format text -o f"),
               "two outputs go to f: give each --format an -o of its own");
    CHECK_TEXT(outputs(arena, "a b -o f -o g"), "`-o g`: the --format before it has an -o already");
}

int main(void) {
    RUN(operands_and_options_mix);
    RUN(several_paths_behind_pacts);
    RUN(options_are_taken_back);
    RUN(wrong_operands_are_told);
    RUN(wrong_options_are_told);
    RUN(help_needs_no_operands);
    RUN(the_last_value_counts);
    RUN(outputs_are_paired);
    RUN(colliding_outputs_are_told);
    return check_finish();
}
