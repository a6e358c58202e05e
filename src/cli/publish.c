/* `breakwater publish FILE… --version V`: contracts and a description of a version. */
#include "cli/store.h"

static const Option options[] = {
    {.name = "file",
     .letter = 'f',
     .value = "FILE",
     .many = true,
     .help = "pacts (files, folders, patterns, REF:path, tar archives) and an OpenAPI description"},
    {.name = "participant",
     .letter = 'a',
     .value = "NAME",
     .help = "whose description it is; pacts name their consumer themselves"},
    OPTION_VERSION_OF,
    {.name = "branch", .letter = 'r', .value = "BRANCH", .help = "the branch it was built from"},
    {.name = "tag", .letter = 't', .value = "TAG", .help = "a tag; may be given more than once"},
    OPTION_STORE,
};

static const Operand operands[] = {
    {"FILE", "a pact, a folder of pacts, or an OpenAPI description"},
};

static const char *const examples[] = {
    "breakwater publish pacts/ --version 1.4.0 --branch main",
    "breakwater publish openapi.yaml --participant UserService --version 2.3.1",
    NULL,
};

static int run(const Arguments *arguments) {
    static const char *const needed[] = {"version", NULL};
    Strings more = arguments_values(arguments, "file");
    Strings tags = arguments_values(arguments, "tag");
    const char **files = arena_new_array(arguments->arena, more.count + 1, const char *);
    size_t count = 0;
    if (arguments_operand(arguments, 0))
        files[count++] = arguments_operand(arguments, 0);
    for (size_t i = 0; i < more.count; i++)
        files[count++] = more.items[i];
    if (!count)
        diagnose(arguments->diagnostics, MISSING_OPERAND, (Place){0}, "FILE");
    if (!count || !need_options(arguments, needed))
        return wrong_usage(arguments);
    bw_publication publication = BW_PUBLICATION_INIT;
    publication.files = files;
    publication.file_count = count;
    publication.participant = arguments_value(arguments, "participant");
    publication.number = arguments_value(arguments, "version");
    publication.branch = arguments_value(arguments, "branch");
    publication.tags = tags.items;
    publication.tag_count = tags.count;
    int status;
    bw_store *store = open_store(arguments, true, &status);
    return store ? close_store(arguments, store, bw_store_publish(store, &publication)) : status;
}

const Command publish_command = {
    .name = "publish",
    .summary = "Record the contracts and the description of a version.",
    .description =
        "Stores pacts as the contracts of their consumer's version, and an OpenAPI description as "
        "that of a participant's version, all of it or nothing. The same content again changes "
        "nothing; a version that has other content already is refused.",
    .operands = operands,
    .operand_count = 1,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
