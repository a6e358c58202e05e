/* `breakwater verification import FILE` and `publish SPEC`. */
#include "cli/comparison.h"
#include "cli/store.h"

static const char *const actions[] = {"import", "publish", NULL};

static const Operand verification_operands[] = {
    {.name = "ACTION",
     .help = "import a result into a store, or publish one to a Pact Broker",
     .choices = actions},
    {.name = "FILE",
     .help = "to import: the JSON of breakwater verify, a result as Pact verifiers publish it, or "
             "what they "
             "write to a file; to publish: the description"},
};

static const Option verification_options[] = {
    OPTIONS_BROKER,
    {.name = "provider-version",
     .value = "VERSION",
     .help = "which version of it; to import: else the one that the file names"},
    {.name = "consumer", .value = "NAME", .help = "whose contract; else all that the file names"},
    {.name = "consumer-version",
     .value = "VERSION",
     .help = "of which version the contract is; else that whose interactions the file names"},
    OPTION_BASE_PATH,
    OPTIONS_STORE,
};

static int import(const Arguments *arguments) {
    bw_replay replay = BW_REPLAY_INIT;
    replay.file = arguments_operand(arguments, 1);
    replay.provider = arguments_value(arguments, "provider");
    replay.provider_number = arguments_value(arguments, "provider-version");
    replay.consumer = arguments_value(arguments, "consumer");
    replay.consumer_number = arguments_value(arguments, "consumer-version");
    int status;
    bw_store *store = open_store(arguments, false, &status);
    return store ? close_store(arguments, store, bw_store_import_verification(store, &replay))
                 : status;
}

static int publish(const Arguments *arguments) {
    bw_broker broker;
    bool asked, satisfied = false;
    if (!broker_options(arguments, &broker, &asked) || !check_base_path(arguments))
        return wrong_usage(arguments);
    bw_verdict_publication publication = BW_VERDICT_PUBLICATION_INIT;
    publication.spec = arguments_operand(arguments, 1);
    publication.number = arguments_value(arguments, "provider-version");
    publication.provider_base_path = arguments_value(arguments, "provider-base-path");
    bw_store *store;
    bw_status status = bw_store_open_broker(&broker, &store);
    if (status == BW_OK)
        status = bw_publish_verification(store, &broker, &publication, &satisfied);
    int exit_status = close_store(arguments, store, status);
    return exit_status == EXIT_SAFE && !satisfied ? EXIT_BREAKING : exit_status;
}

static int run_verification(const Arguments *arguments) {
    static const char *const to_publish[] = {"provider", "provider-version", NULL};
    static const char *const to_import[] = {"provider", NULL};
    const char *action = arguments_operand(arguments, 0);
    bool publishes = strcmp(action, "publish") == 0;
    if (!need_options(arguments, publishes ? to_publish : to_import))
        return wrong_usage(arguments);
    return publishes ? publish(arguments) : import(arguments);
}

static const char *const verification_examples[] = {
    "breakwater verification import result.json --provider UserService --provider-version 2.3.1",
    "breakwater verification publish openapi.yaml --provider UserService --provider-version 2.3.1 "
    "--broker https://broker.example.com",
    NULL,
};

const Command verification_command = {
    .name = "verification",
    .summary = "Record a verification that was made elsewhere, or publish ours.",
    .description = "What a provider found by replaying a contract outranks our comparison of the "
                   "contract with its description. The JSON of verify is such a comparison "
                   "itself, of the description and contracts that it names by digests. Published "
                   "to a Pact Broker is what verify says "
                   "of each pact that it has for verification; the exit status is 1 where one "
                   "that is not pending is not satisfied.",
    .operands = verification_operands,
    .operand_count = 2,
    .required = 2,
    .options = verification_options,
    .option_count = sizeof verification_options / sizeof verification_options[0],
    .examples = verification_examples,
    .run = run_verification,
};
