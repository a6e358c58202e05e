/* `breakwater git-diff-driver`: what git calls instead of its own diff for descriptions. */
#include "cli/comparison.h"
#include "cli/forms.h"
#include "cli/script.h"
#include "report/printable.h"
#include "source/patch.h"

#include <stdio.h>

/* gitattributes(5), "Defining an external diff driver". */
static const Operand operands[] = {
    {.name = "PATH", .help = "the path in the repository"},
    {.name = "OLD-FILE", .help = "a file with the old contents, or /dev/null"},
    {.name = "OLD-HEX", .help = "its object id"},
    {.name = "OLD-MODE", .help = "its mode"},
    {.name = "NEW-FILE", .help = "a file with the new contents, or /dev/null"},
    {.name = "NEW-HEX", .help = "its object id"},
    {.name = "NEW-MODE", .help = "its mode"},
    {.name = "NEW-PATH", .help = "what a renamed file is called now"},
    {.name = "SIMILARITY", .help = "how alike the two are"},
};

static const char *const examples[] = {
    "breakwater hook install --diff-driver && git diff",
    "git log -p --ext-diff openapi.yaml",
    NULL,
};

/* Git takes any other status than 0 for a crash, so what is wrong with a file is a part of what is
 * shown, too. */
static int show(const bw_result *result) {
    const bw_diagnostics *diagnostics = bw_result_diagnostics(result);
    bw_layout layout = terminal_layout();
    bw_verdict verdict;
    for (size_t i = 0; i < bw_diagnostics_count(diagnostics); i++) {
        bw_diagnostic diagnostic;
        bw_diagnostics_get(diagnostics, i, &diagnostic);
        if (diagnostic.severity == BW_ERROR)
            bw_diagnostics_write(diagnostics, i, bw_to_file, stdout);
    }
    if (bw_result_verdict(result, &verdict))
        bw_result_write(result, BW_FORMAT_TEXT, &layout, bw_to_file, stdout);
    return write_standard_output((Text){"\n", 1});
}

static size_t count_lines(Text patch, char sign) {
    size_t count = 0;
    for (size_t at = 0; at < patch.size;) {
        size_t end = text_find_byte(patch, '\n', at);
        Text line = text_slice(patch, at, end);
        bool heading = text_starts_with(line, TEXT("--- ")) || text_starts_with(line, TEXT("+++ "));
        count += line.size && line.data[0] == sign && !heading;
        at = end == SIZE_MAX ? patch.size : end + 1;
    }
    return count;
}

/* A change that is none of the API (a comment, a component that nobody refers to), or that can't be
 * judged, must not be hidden: alone its lines are shown, as git would, and beside changes of the
 * API it is told how many there are in all. */
static int show_lines(const Arguments *arguments, const bw_compare_options *compare, bool alone) {
    Arena *arena = arguments->arena;
    Buffer out = {.arena = arena};
    patch_add(&out, text_from(compare->base_shown), script_read(arena, compare->base),
              text_from(compare->revision_shown), script_read(arena, compare->revision));
    Text patch = buffer_text(&out);
    if (alone)
        return write_standard_output(text_printable(arena, patch, true));
    return write_standard_output(
        text_format(arena, "lines: %zu added, %zu removed; git diff --no-ext-diff shows them\n\n",
                    count_lines(patch, '+'), count_lines(patch, '-')));
}

/* What is said in words alone is best shown line by line. */
static bool changes_words_alone(const bw_result *result) {
    bw_change change;
    for (size_t i = 0; bw_result_change(result, i, &change); i++)
        if (strcmp(change.change, "documentation.changed") != 0)
            return false;
    return bw_result_change_count(result) > 0;
}

/* *result may be NULL. */
static void compare_all(bw_compare_options *compare, bw_result **result) {
    compare->documentation = true;
    bw_compare(compare, result);
    if (!*result || !changes_words_alone(*result))
        return;
    bw_result_free(*result);
    compare->documentation = false;
    bw_compare(compare, result);
}

/* ---- descriptions in several files ----------------------------------------------------------- */

/* Of the texts of bw_git_change_read, the next. */
static const char *next_text(bw_text *texts) {
    const char *text = texts->data;
    size_t size = strlen(text) + 1;
    texts->data += size;
    texts->size -= size;
    return text;
}

/* One comparison as git's two states have it. Gives whether anything changes. */
static bool show_compared(const Arguments *arguments, const bw_compare_options *file,
                          const char *part_of, bw_text *texts) {
    bw_compare_options compare = *file;
    compare.base = next_text(texts);
    compare.revision = next_text(texts);
    compare.base_shown = compare.revision_shown = NULL;
    const char *with = next_text(texts);
    if (*with) {
        write_standard_output(text_format(arguments->arena,
                                          "part of %s: what it changes there is shown with %s\n",
                                          part_of, with));
        return false;
    }
    bw_result *result;
    compare_all(&compare, &result);
    bool changes = result && bw_result_change_count(result);
    if (*part_of)
        write_standard_output(text_format(arguments->arena, "part of %s%s\n", part_of,
                                          changes ? "" : ", which it does not change"));
    if (result && (changes || !*part_of))
        show(result);
    bw_result_free(result);
    return changes;
}

static int show_states(const Arguments *arguments, const bw_compare_options *file, bw_text texts) {
    const char *base = next_text(&texts), *revision = next_text(&texts);
    bool changes = false;
    bool both = *base && *revision;
    if (texts.size)
        write_standard_output(text_format(arguments->arena, "as %s%s%s %s it\n", base,
                                          both ? " and " : "", revision, both ? "have" : "has"));
    while (texts.size) {
        const char *part_of = next_text(&texts);
        changes = show_compared(arguments, file, part_of, &texts) || changes;
    }
    return show_lines(arguments, file, !changes);
}

/* ---- running --------------------------------------------------------------------------------- */

/* Its bytes tell all. */
static int show_alone(const Arguments *arguments, bw_compare_options *compare) {
    bw_result *result;
    compare_all(compare, &result);
    if (!result)
        return EXIT_FAULT;
    int status = show(result);
    if (status == EXIT_SAFE)
        status = show_lines(arguments, compare, !bw_result_change_count(result));
    bw_result_free(result);
    return status;
}

static int show_file(const Arguments *arguments, bw_compare_options *compare) {
    const bw_git_change change = {
        .base_path = compare->base_shown,
        .base_file = compare->base,
        .base_id = arguments_operand(arguments, 2),
        .revision_path = compare->revision_shown,
        .revision_file = compare->revision,
        .revision_id = arguments_operand(arguments, 5),
    };
    bw_edit *edit;
    bw_status status = bw_git_change_read(&change, &edit);
    if (!edit)
        return EXIT_FAULT;
    int shown = EXIT_SAFE;
    if (status != BW_OK) {
        shown = write_standard_output(
            TEXT("no verdict: which state of the other files belongs to these contents can't be "
                 "told\n"));
        shown = shown == EXIT_SAFE ? show_lines(arguments, compare, true) : shown;
    } else if (bw_edit_text(edit).size) {
        shown = show_states(arguments, compare, bw_edit_text(edit));
    } else {
        shown = show_alone(arguments, compare);
    }
    bw_edit_free(edit);
    return shown;
}

static int run(const Arguments *arguments) {
    bw_compare_options compare = BW_COMPARE_OPTIONS_INIT;
    const char *path = arguments_operand(arguments, 0), *renamed = arguments_operand(arguments, 7);
    if (!arguments_operand(arguments, 1)) /* while a conflict is open; as git itself says it */
        return write_standard_output(text_format(arguments->arena, "* Unmerged path %s\n", path));
    if (!arguments_operand(arguments, 6)) {
        diagnose(arguments->diagnostics, MISSING_OPERAND, (Place){0}, "NEW-MODE");
        return wrong_usage(arguments);
    }
    compare.base = arguments_operand(arguments, 1);
    compare.revision = arguments_operand(arguments, 4);
    compare.base_shown = path;
    compare.revision_shown = renamed ? renamed : path;
    compare.allow_unresolved = true;
    compare.configured = true;
    Text line = text_format(arguments->arena, "diff breakwater %s%s%s\n", path, renamed ? " " : "",
                            renamed ? renamed : "");
    if (write_standard_output(line) != EXIT_SAFE)
        return EXIT_FAULT;
    return show_file(arguments, &compare);
}

const Command diff_driver_command = {
    .name = "git-diff-driver",
    .summary = "Show how a description changed, as git's external diff.",
    .description =
        "Git calls this with the files to compare once breakwater hook install --diff-driver has "
        "set it up. They are judged by the .breakwater.yaml that names them, as it lies in the "
        "working tree. Where no change of the API is found, or a file can't be read as a "
        "description, the lines that differ are shown, too. References to other files are followed "
        "in the state of the repository that git compares; where it can't be told which that is, "
        "there is no verdict. Of a file that holds a part of a description, what it changes there "
        "is shown.",
    .operands = operands,
    .operand_count = 9,
    .required = 1,
    .plain = true,
    .examples = examples,
    .run = run,
};
