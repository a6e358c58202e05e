/* `breakwater publish FILE… --version V`: contracts and a description of a version. */
#include "cli/build.h"
#include "cli/store.h"

static const Option options[] = {
    {.name = "file",
     .letter = 'f',
     .value = "FILE",
     .many = true,
     .help = "a file more, as if it were an operand"},
    {.name = "participant",
     .value = "NAME",
     .help = "whose description it is; pacts name their consumer themselves"},
    OPTION_VERSION_OF,
    {.name = "consumer-app-version",
     .letter = 'a',
     .value = "VERSION",
     .help = "as --version, as the Pact Broker's client has it"},
    {.name = "branch", .letter = 'h', .value = "BRANCH", .help = "the branch it was built from"},
    {.name = "auto-detect-version-properties",
     .letter = 'r',
     .help = "take the branch, and the commit as the version where none is given, from the "
             "variables of the CI system or from git"},
    {.name = "tag", .letter = 't', .value = "TAG", .help = "a tag; may be given more than once"},
    {.name = "tag-with-git-branch", .letter = 'g', .help = "a tag with the name of that branch"},
    {.name = "build-url",
     .value = "URL",
     .help = "the build, for a Pact Broker; another store has no place for it"},
    {.name = "merge",
     .help = "add the pacts to those that the version has, as builds side by side need it"},
    OPTION_RECORDED,
    OPTIONS_STORE,
};

static const Operand operands[] = {
    {.name = "FILE",
     .help = "pacts (files, folders, patterns, REF:path, tar archives) and an OpenAPI description"},
};

static const char *const examples[] = {
    "breakwater publish pacts/ --version 1.4.0 --branch main",
    "breakwater publish openapi.yaml --participant UserService --version 2.3.1",
    "breakwater publish pacts/*.json -a 1.4.0 --auto-detect-version-properties",
    NULL,
};

static Strings files_of(const Arguments *arguments) {
    const char **files = arena_new_array(arguments->arena, arguments->list.count + 1, const char *);
    size_t count = 0;
    for (size_t i = 0; i < arguments->list.count; i++) {
        const Argument *argument = &arguments->list.items[i];
        if (!argument->option || strcmp(argument->option->name, "file") == 0)
            files[count++] = argument->value;
    }
    return (Strings){files, count};
}

/* The tags that are given, and the branch as one where that is wanted. */
static Strings tags_of(const Arguments *arguments, const char *branch) {
    Strings given = arguments_values(arguments, "tag");
    if (!arguments_have(arguments, "tag-with-git-branch"))
        return given;
    const char **tags = arena_new_array(arguments->arena, given.count + 1, const char *);
    for (size_t i = 0; i < given.count; i++)
        tags[i] = given.items[i];
    tags[given.count] = branch;
    return (Strings){tags, given.count + 1};
}

/* False: diagnosed. */
static bool read_version(const Arguments *arguments, bw_publication *publication) {
    bool detects = arguments_have(arguments, "auto-detect-version-properties");
    bool tags = arguments_have(arguments, "tag-with-git-branch");
    Build build = {0};
    if ((detects || tags) && !build_find(arguments, &build))
        return false;
    publication->number = arguments_value(arguments, "version");
    if (!publication->number)
        publication->number = arguments_value(arguments, "consumer-app-version");
    if (!publication->number && detects)
        publication->number = build.commit;
    publication->branch = arguments_value(arguments, "branch");
    if (!publication->branch && detects)
        publication->branch = build.branch;
    Strings all = tags_of(arguments, build.branch);
    publication->tags = all.items;
    publication->tag_count = all.count;
    return publication->number ||
           diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "version", "VERSION");
}

static bw_status publish(bw_store *store, const Arguments *arguments) {
    Strings files = files_of(arguments);
    bw_publication publication = BW_PUBLICATION_INIT;
    if (!read_version(arguments, &publication))
        return BW_WRONG_USAGE;
    publication.files = files.items;
    publication.file_count = files.count;
    publication.participant = arguments_value(arguments, "participant");
    publication.build_url = arguments_value(arguments, "build-url");
    publication.merge = arguments_have(arguments, "merge");
    return bw_store_publish(store, &publication);
}

static void add_text(const Arguments *arguments, RecordedMembers *recorded, const char *name,
                     const char *const *text) {
    if (*text)
        add_recorded(arguments, recorded, name, (Strings){text, 1});
}

static int run(const Arguments *arguments) {
    bw_publication version = BW_PUBLICATION_INIT;
    Strings files = files_of(arguments);
    RecordedMembers recorded = {0};
    if (!files.count)
        diagnose(arguments->diagnostics, MISSING_OPERAND, (Place){0}, "FILE");
    if (!files.count || !read_version(arguments, &version))
        return wrong_usage(arguments);
    version.participant = arguments_value(arguments, "participant");
    add_text(arguments, &recorded, "participant", &version.participant);
    add_text(arguments, &recorded, "version", &version.number);
    add_text(arguments, &recorded, "branch", &version.branch);
    add_recorded(arguments, &recorded, "tag", (Strings){version.tags, version.tag_count});
    add_recorded(arguments, &recorded, "file", files);
    return record_in_store(arguments, true, publish, &recorded);
}

const Command publish_command = {
    .name = "publish",
    .summary = "Record the contracts and the description of a version.",
    .description =
        "Stores pacts as the contracts of their consumer's version, and an OpenAPI description as "
        "that of a participant's version, all of it or nothing. The same content again changes "
        "nothing, whatever its spaces and the order of its keys and interactions; a version that "
        "has other content already is refused, unless --merge adds to it.",
    .operands = operands,
    .operand_count = 1,
    .repeated = true,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
