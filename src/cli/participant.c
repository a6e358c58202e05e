/* What the Pact Broker's client has for participants and their versions alone:
 * `breakwater create-or-update-pacticipant`, `create-or-update-version`, `create-version-tag`. */
#include "cli/build.h"
#include "cli/store.h"

static const Option participant_options[] = {
    {.name = "name", .value = "NAME", .help = "the participant"},
    {.name = "main-branch", .value = "BRANCH", .help = "its main branch"},
    OPTION_TEXT_OUTPUT,
    OPTIONS_STORE,
};

static const Option version_options[] = {
    OPTION_PARTICIPANT("who"),
    OPTION_VERSION_OF,
    {.name = "branch", .value = "BRANCH", .help = "the branch it was built from"},
    {.name = "tag", .letter = 't', .value = "TAG", .help = "a tag; may be given more than once"},
    OPTION_TEXT_OUTPUT,
    OPTIONS_STORE,
};

static const Option tag_options[] = {
    OPTION_PARTICIPANT("who"),
    OPTION_VERSION_OF,
    {.name = "tag", .letter = 't', .value = "TAG", .help = "a tag; may be given more than once"},
    {.name = "tag-with-git-branch",
     .letter = 'g',
     .help = "a tag with the name of the branch, from the variables of the CI system or from git"},
    {.name = "auto-create-version", .help = "make the version where there is none"},
    OPTION_TEXT_OUTPUT,
    OPTIONS_STORE,
};

static int run_participant(const Arguments *arguments) {
    static const char *const needed[] = {"name", NULL};
    if (!need_options(arguments, needed))
        return wrong_usage(arguments);
    int status;
    bw_store *store = open_store(arguments, true, &status);
    if (!store)
        return status;
    return close_store(arguments, store,
                       bw_store_set_participant(store, arguments_value(arguments, "name"),
                                                arguments_value(arguments, "main-branch")));
}

static int set_version(const Arguments *arguments, const Strings *tags, bool create) {
    int status;
    bw_store *store = open_store(arguments, create, &status);
    if (!store)
        return status;
    bw_version_properties properties = BW_VERSION_PROPERTIES_INIT;
    properties.participant = arguments_value(arguments, "pacticipant");
    properties.number = arguments_value(arguments, "version");
    properties.branch = arguments_value(arguments, "branch");
    properties.tags = tags->items;
    properties.tag_count = tags->count;
    properties.must_exist = !create;
    return close_store(arguments, store, bw_store_set_version(store, &properties));
}

static int run_version(const Arguments *arguments) {
    static const char *const needed[] = {"pacticipant", "version", NULL};
    Strings tags = arguments_values(arguments, "tag");
    return need_options(arguments, needed) ? set_version(arguments, &tags, true)
                                           : wrong_usage(arguments);
}

static int run_tag(const Arguments *arguments) {
    static const char *const needed[] = {"pacticipant", "version", NULL};
    Strings tags = arguments_values(arguments, "tag");
    Build build;
    if (!need_options(arguments, needed))
        return wrong_usage(arguments);
    if (arguments_have(arguments, "tag-with-git-branch")) {
        if (!build_find(arguments, &build))
            return wrong_usage(arguments);
        tags = (Strings){&build.branch, 1};
    }
    if (!tags.count) {
        diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "tag", "TAG");
        return wrong_usage(arguments);
    }
    return set_version(arguments, &tags, arguments_have(arguments, "auto-create-version"));
}

static const char *const participant_examples[] = {
    "breakwater create-or-update-pacticipant --name UserService --main-branch trunk",
    NULL,
};

static const char *const version_examples[] = {
    "breakwater create-or-update-version --pacticipant UserService --version 2.3.1 --branch main",
    NULL,
};

static const char *const tag_examples[] = {
    "breakwater create-version-tag --pacticipant UserService --version 2.3.1 --tag candidate",
    NULL,
};

const Command create_participant_command = {
    .name = "create-or-update-pacticipant",
    .summary = "Make a participant, or say which its main branch is.",
    .description = "Without a main branch that was said, it is `main`, else `master`.",
    .options = participant_options,
    .option_count = sizeof participant_options / sizeof participant_options[0],
    .examples = participant_examples,
    .run = run_participant,
};

const Command create_version_command = {
    .name = "create-or-update-version",
    .summary = "Make a version, or add a branch and tags to one.",
    .description = "A version is made by what is published for it, too; this is for one that "
                   "neither has a contract nor a description.",
    .options = version_options,
    .option_count = sizeof version_options / sizeof version_options[0],
    .examples = version_examples,
    .run = run_version,
};

const Command create_tag_command = {
    .name = "create-version-tag",
    .summary = "Add tags to a version.",
    .description = "The version must be there, unless --auto-create-version is given.",
    .options = tag_options,
    .option_count = sizeof tag_options / sizeof tag_options[0],
    .examples = tag_examples,
    .run = run_tag,
};
