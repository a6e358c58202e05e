/* `breakwater record-deployment`, `record-undeployment`, `record-release`, `record-support-ended`:
 * what is where. */
#include "cli/store.h"

static const Option deployment_options[] = {
    OPTION_PARTICIPANT("who"),
    OPTION_VERSION_OF,
    {.name = "environment", .value = "ENV", .help = "where"},
    {.name = "application-instance",
     .value = "INSTANCE",
     .help = "which of several installations of the participant there"},
    {.name = "target", .value = "INSTANCE", .help = "the same, as it was called once"},
    OPTION_RECORDED,
    OPTIONS_STORE,
};

static const Option release_options[] = {
    OPTION_PARTICIPANT("who"),
    OPTION_VERSION_OF,
    {.name = "environment", .value = "ENV", .help = "where"},
    OPTION_RECORDED,
    OPTIONS_STORE,
};

static bw_status record(bw_store *store, const Arguments *arguments, bw_event event) {
    const char *instance = arguments_value(arguments, "application-instance");
    return bw_store_record(store, event, arguments_value(arguments, "pacticipant"),
                           arguments_value(arguments, "version"),
                           arguments_value(arguments, "environment"),
                           instance ? instance : arguments_value(arguments, "target"));
}

static bw_status deploy(bw_store *store, const Arguments *arguments) {
    return record(store, arguments, BW_DEPLOYMENT);
}

static bw_status undeploy(bw_store *store, const Arguments *arguments) {
    return record(store, arguments, BW_UNDEPLOYMENT);
}

static bw_status release(bw_store *store, const Arguments *arguments) {
    return record(store, arguments, BW_RELEASE);
}

static bw_status end_support(bw_store *store, const Arguments *arguments) {
    return record(store, arguments, BW_SUPPORT_ENDED);
}

static int run(const Arguments *arguments,
               bw_status (*event)(bw_store *store, const Arguments *arguments)) {
    static const char *const needed[] = {"pacticipant", "environment", "version", NULL};
    static const char *const needed_to_end[] = {"pacticipant", "environment", NULL};
    bool any_version = event == undeploy;
    return need_options(arguments, any_version ? needed_to_end : needed)
               ? record_in_store(arguments, false, event, NULL)
               : wrong_usage(arguments);
}

static int run_deployment(const Arguments *arguments) {
    return run(arguments, deploy);
}

static int run_undeployment(const Arguments *arguments) {
    return run(arguments, undeploy);
}

static int run_release(const Arguments *arguments) {
    return run(arguments, release);
}

static int run_support_ended(const Arguments *arguments) {
    return run(arguments, end_support);
}

static const char *const deployment_examples[] = {
    "breakwater record-deployment --pacticipant UserService --version 2.3.1 --environment "
    "production",
    NULL,
};

static const char *const release_examples[] = {
    "breakwater record-release --pacticipant MobileApp --version 7 --environment production",
    NULL,
};

const Command record_deployment_command = {
    .name = "record-deployment",
    .summary = "Record that a version was deployed to an environment.",
    .description = "It replaces what the participant had deployed there, in the same instance.",
    .options = deployment_options,
    .option_count = sizeof deployment_options / sizeof deployment_options[0],
    .examples = deployment_examples,
    .run = run_deployment,
};

const Command record_undeployment_command = {
    .name = "record-undeployment",
    .summary = "Record that a version is no longer deployed.",
    .description =
        "Ends the deployment in the environment, of the instance that is named; of whatever "
        "version, where none is given.",
    .options = deployment_options,
    .option_count = sizeof deployment_options / sizeof deployment_options[0],
    .examples = deployment_examples,
    .run = run_undeployment,
};

const Command record_release_command = {
    .name = "record-release",
    .summary = "Record that a version was released to an environment.",
    .description = "It stands beside the others that are released there, until its support ends.",
    .options = release_options,
    .option_count = sizeof release_options / sizeof release_options[0],
    .examples = release_examples,
    .run = run_release,
};

const Command record_support_ended_command = {
    .name = "record-support-ended",
    .summary = "Record that a released version is no longer supported.",
    .description = "From then on it has no say in what may be deployed there.",
    .options = release_options,
    .option_count = sizeof release_options / sizeof release_options[0],
    .examples = release_examples,
    .run = run_support_ended,
};
