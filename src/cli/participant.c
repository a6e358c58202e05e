/* What the Pact Broker's client has for participants and their versions alone:
 * `breakwater create-or-update-pacticipant`, `create-or-update-version`, `create-version-tag`. */
#include "cli/build.h"
#include "cli/store.h"

static const Option participant_options[] = {
    {.name = "name", .value = "NAME", .help = "the participant"},
    {.name = "main-branch", .value = "BRANCH", .help = "its main branch"},
    {.name = "display-name", .value = "TEXT", .help = "for a Pact Broker: how it is shown"},
    {.name = "repository-url", .value = "URL", .help = "for a Pact Broker: where its code is"},
    OPTION_RECORDED,
    OPTIONS_STORE,
};

static const Option version_options[] = {
    OPTION_PARTICIPANT("who"),
    OPTION_VERSION_OF,
    {.name = "branch", .value = "BRANCH", .help = "the branch it was built from"},
    {.name = "tag", .letter = 't', .value = "TAG", .help = "a tag; may be given more than once"},
    OPTION_RECORDED,
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
    OPTION_RECORDED,
    OPTIONS_STORE,
};

static bw_status set_participant(bw_store *store, const Arguments *arguments) {
    bw_participant participant = BW_PARTICIPANT_INIT;
    participant.name = arguments_value(arguments, "name");
    participant.main_branch = arguments_value(arguments, "main-branch");
    participant.display_name = arguments_value(arguments, "display-name");
    participant.repository_url = arguments_value(arguments, "repository-url");
    return bw_store_set_participant(store, &participant);
}

static int run_participant(const Arguments *arguments) {
    static const char *const needed[] = {"name", NULL};
    return need_options(arguments, needed) ? record_in_store(arguments, true, set_participant, NULL)
                                           : wrong_usage(arguments);
}

static bw_status set_version(bw_store *store, const Arguments *arguments, const Strings *tags,
                             bool create) {
    bw_version_properties properties = BW_VERSION_PROPERTIES_INIT;
    properties.participant = arguments_value(arguments, "pacticipant");
    properties.number = arguments_value(arguments, "version");
    properties.branch = arguments_value(arguments, "branch");
    properties.tags = tags->items;
    properties.tag_count = tags->count;
    properties.must_exist = !create;
    return bw_store_set_version(store, &properties);
}

static bw_status make_version(bw_store *store, const Arguments *arguments) {
    Strings tags = arguments_values(arguments, "tag");
    return set_version(store, arguments, &tags, true);
}

static int run_version(const Arguments *arguments) {
    static const char *const needed[] = {"pacticipant", "version", NULL};
    return need_options(arguments, needed) ? record_in_store(arguments, true, make_version, NULL)
                                           : wrong_usage(arguments);
}

/* The tags that are given, or the branch as one. False: diagnosed. */
static bool find_tags(const Arguments *arguments, const char **branch, Strings *tags) {
    Build build;
    *tags = arguments_values(arguments, "tag");
    if (!arguments_have(arguments, "tag-with-git-branch"))
        return tags->count ||
               diagnose(arguments->diagnostics, MISSING_OPTION, (Place){0}, "tag", "TAG");
    if (!build_find(arguments, &build))
        return false;
    *branch = build.branch;
    *tags = (Strings){branch, 1};
    return true;
}

static bw_status add_tags(bw_store *store, const Arguments *arguments) {
    const char *branch;
    Strings tags;
    return find_tags(arguments, &branch, &tags)
               ? set_version(store, arguments, &tags,
                             arguments_have(arguments, "auto-create-version"))
               : BW_WRONG_USAGE;
}

static int run_tag(const Arguments *arguments) {
    static const char *const needed[] = {"pacticipant", "version", NULL};
    const char *branch;
    Strings tags;
    RecordedMembers recorded = {0};
    if (!need_options(arguments, needed) || !find_tags(arguments, &branch, &tags))
        return wrong_usage(arguments);
    add_recorded(arguments, &recorded, "pacticipant", arguments_values(arguments, "pacticipant"));
    add_recorded(arguments, &recorded, "version", arguments_values(arguments, "version"));
    add_recorded(arguments, &recorded, "tag", tags);
    return record_in_store(arguments, arguments_have(arguments, "auto-create-version"), add_tags,
                           &recorded);
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
