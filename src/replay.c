/* How results of verifications that were made elsewhere are recorded: the JSON of `verify`, a
 * result as Pact verifiers publish it, or what they write to a file.
 */
#include "replay.h"

bool refuse_import(Importing *importing, const char *why) {
    return diagnose(&importing->store->diagnostics.all, NO_VERIFICATION, importing->place,
                    TEXT_ARG(importing->place.file), why);
}

static Text member_text(const Node *node, const char *name) {
    const Node *member = node_member(node, text_from(name));
    return member && member->kind == NODE_STRING ? member->text : (Text){0};
}

static bool is_boolean(const Node *node, bool value) {
    return node && node->kind == NODE_BOOLEAN && node->boolean == value;
}

static const Node *list_member(const Node *node, const char *name) {
    const Node *list = node_member(node, text_from(name));
    return list && list->kind == NODE_SEQUENCE ? list : NULL;
}

static void add_mismatch(Importing *importing, Text interaction, Text place, Text message) {
    GateDetail detail = {interaction, place, message};
    array_push(importing->arena, &importing->row.details, detail);
}

/* ---- whose contract -------------------------------------------------------------------------- */

static size_t count_of(const StoredNames *names, Text name) {
    size_t count = 0;
    for (array_each(Text, one, names))
        count += text_equal(*one, name);
    return count;
}

static bool contract_names(Importing *importing, Text contract, StoredNames *names) {
    static const char *const lists[] = {"interactions", "messages"};
    Diagnostics unheard = {.arena = importing->arena};
    StoredBundle bundle;
    if (!store_bundle(importing->store->store, contract, &bundle))
        return false;
    for (array_each(StoredPart, part, &bundle.parts)) {
        Source source = {.name = part->name, .file = part->name, .bytes = part->bytes};
        const Document *document = document_parse(importing->arena, &unheard, source);
        for (size_t i = 0; document && i < 2; i++) {
            const Node *list = list_member(document->root, lists[i]);
            for (uint32_t j = 0; list && j < list->count; j++)
                array_push(importing->arena, names, member_text(list->items[j], "description"));
        }
    }
    return true;
}

/* "Verifying a pact between Web and Users Given Ann a user with GET /users/1 returns …": whether it
 * is of this interaction. */
static size_t place_in_sentence(Arena *arena, Text sentence, Text description) {
    Text wanted = text_format(arena, " %.*s with ", TEXT_ARG(description));
    for (size_t i = 0; description.size && i < sentence.size; i++)
        if (text_starts_with(text_slice(sentence, i, sentence.size), wanted))
            return i + 1;
    return 0;
}

/* The interaction that the file means: the one of that name, or the longest that a sentence has.
 * Empty: none of the contract. */
static Text meant(Importing *importing, const StoredNames *there, Text said) {
    Text found = {0};
    for (array_each(Text, name, there))
        if (importing->sentences
                ? name->size > found.size && place_in_sentence(importing->arena, said, *name)
                : text_equal(*name, said))
            found = *name;
    return found;
}

/* Whether the result can be one of this contract: by what its interactions are called. */
static bool fits(Importing *importing, Text contract, bool *yes) {
    StoredNames there = {0};
    if (!contract_names(importing, contract, &there))
        return false;
    *yes = true;
    for (array_each(Text, name, &importing->names))
        *yes = *yes && meant(importing, &there, *name).size;
    return true;
}

/* What of the contract did not succeed by name. Of several interactions of one name each must be
 * named, and where one may be named several times none of them can be told. */
static bool find_unverified(Importing *importing, Text contract, StoredNames *unverified,
                            size_t *all) {
    StoredNames there = {0}, succeeded = {0};
    if (!contract_names(importing, contract, &there))
        return false;
    for (array_each(Text, said, &importing->verified))
        array_push(importing->arena, &succeeded, meant(importing, &there, *said));
    for (array_each(Text, name, &there)) {
        size_t wanted = count_of(&there, *name), given = count_of(&succeeded, *name);
        if (given < wanted || !name->size || (wanted > 1 && importing->many_tests))
            array_push(importing->arena, unverified, *name);
    }
    *all = there.count;
    return true;
}

/* The contracts that the result can be of: of one version, where it is named, else of any. */
static bool find_contracts(Importing *importing, Text consumer, StoredNames *found,
                           StoredVersions *whose, bool *any) {
    Store *store = importing->store->store;
    const char *number = importing->replay->consumer_number;
    StoredVersions versions = {0};
    if (!store_versions(store, consumer, &versions))
        return false;
    for (size_t i = versions.count; i-- > 0;) {
        Text contract;
        bool fitting;
        if (number && !text_is(versions.items[i].number, number))
            continue;
        if (!store_contract_with(store, &versions.items[i], importing->provider.participant,
                                 &contract))
            return false;
        if (!contract.size || count_of(found, contract))
            continue;
        *any = true;
        if (!fits(importing, contract, &fitting))
            return false;
        if (!fitting)
            continue;
        array_push(importing->arena, found, contract);
        array_push(importing->arena, whose, versions.items[i]);
    }
    return true;
}

/* "1, 2 and 4": the newest version with each of the contracts. */
static bool tell_several(Importing *importing, const StoredVersions *whose) {
    Buffer numbers = {.arena = importing->arena};
    for (size_t i = whose->count; i-- > 0;)
        buffer_format(&numbers, "%.*s%s", TEXT_ARG(whose->items[i].number),
                      i > 1 ? ", "
                      : i   ? " and "
                            : "");
    Text all = buffer_text(&numbers);
    return diagnose(&importing->store->diagnostics.all, CONTRACT_SEVERAL, importing->place,
                    TEXT_ARG(whose->items[0].name), TEXT_ARG(all),
                    TEXT_ARG(whose->items[0].number));
}

/* What failed by name, in the contract's words; nothing where not all of it can be told so. */
static bool find_failed(Importing *importing, Text contract, StoredNames *failed) {
    StoredNames there = {0}, said = importing->failed;
    if (!contract_names(importing, contract, &there))
        return false;
    for (array_each(GateDetail, detail, &importing->row.details))
        array_push(importing->arena, &said, detail->interaction);
    for (array_each(Text, one, &said)) {
        Text name = meant(importing, &there, *one);
        if (!name.size) {
            *failed = (StoredNames){0};
            break;
        }
        array_push(importing->arena, failed, name);
    }
    return true;
}

/* A failure is one of what it names, where it names all that failed, and else of the whole. */
static bool limit_failure(Importing *importing, Text contract, StoredNames *failed) {
    StoredNames left = {0};
    size_t all;
    if (!find_failed(importing, contract, failed) ||
        !find_unverified(importing, contract, &left, &all))
        return false;
    for (array_each(Text, name, &left))
        if (failed->count && !count_of(failed, *name))
            array_push(importing->arena, &importing->row.unverified, *name);
    return true;
}

/* A success is one of what it names; the rest stays with what else is known of it. */
static bool limit_success(Importing *importing, Text consumer, Text contract) {
    StoredNames unverified = {0};
    size_t all;
    if (!find_unverified(importing, contract, &unverified, &all))
        return false;
    if (unverified.count == all)
        return refuse_import(importing, "no interaction of the contract is named in it as one that "
                                        "succeeded");
    for (array_each(Text, name, &unverified))
        array_push(importing->arena, &importing->row.unverified, *name);
    if (unverified.count)
        diagnose(&importing->store->diagnostics.all, VERIFIED_IN_PART, importing->place,
                 all - unverified.count, all, TEXT_ARG(consumer));
    return true;
}

static bool store_result(Importing *importing, Text consumer, bool success, Text verifier) {
    Diagnostics *diagnostics = &importing->store->diagnostics.all;
    StoredNames contracts = {0};
    StoredVersions whose = {0};
    bool any = false;
    if (!find_contracts(importing, consumer, &contracts, &whose, &any))
        return false;
    if (!any)
        return diagnose(diagnostics, CONTRACT_UNKNOWN, importing->place, TEXT_ARG(consumer),
                        TEXT_ARG(importing->provider.name));
    if (!contracts.count)
        return diagnose(diagnostics, CONTRACT_OTHER, importing->place, TEXT_ARG(consumer),
                        TEXT_ARG(importing->provider.name));
    if (contracts.count > 1)
        return tell_several(importing, &whose);
    Text contract = contracts.items[0];
    StoredNames failed = {0};
    if (success ? !limit_success(importing, consumer, contract)
                : !limit_failure(importing, contract, &failed))
        return false;
    StoredVerification result = {.success = success,
                                 .verifier = verifier,
                                 .report =
                                     details_json(importing->arena, &importing->row, &failed)};
    return store_add_replay(importing->store->store, contract, &importing->provider, &result);
}

/* ---- a verifier's result --------------------------------------------------------------------- */

static bool test_failed(const Node *test) {
    return is_boolean(node_member(test, TEXT("success")), false) ||
           text_is(member_text(test, "status"), "failed");
}

typedef enum TestOutcome { NEITHER, SUCCEEDED, FAILED } TestOutcome;

static TestOutcome test_outcome(const Node *test) {
    if (test_failed(test))
        return FAILED;
    return is_boolean(node_member(test, TEXT("success")), true) ||
                   text_is(member_text(test, "status"), "passed")
               ? SUCCEEDED
               : NEITHER;
}

static void add_test(Importing *importing, const Node *test) {
    const Node *mismatches = list_member(test, "mismatches");
    Text interaction = member_text(test, "interactionDescription");
    if (!interaction.size)
        interaction = member_text(test, "testDescription");
    for (uint32_t i = 0; mismatches && i < mismatches->count; i++) {
        const Node *mismatch = mismatches->items[i];
        Text message = member_text(mismatch, "description");
        if (!message.size)
            message = member_text(mismatch, "mismatch");
        add_mismatch(importing, interaction, member_text(mismatch, "attribute"), message);
    }
    if ((!mismatches || !mismatches->count) && test_failed(test))
        add_mismatch(importing, interaction, (Text){0}, TEXT("failed"));
}

static void add_name(Importing *importing, Text name, TestOutcome outcome) {
    if (!name.size)
        return;
    array_push(importing->arena, &importing->names, name);
    if (outcome == SUCCEEDED)
        array_push(importing->arena, &importing->verified, name);
    if (outcome == FAILED)
        array_push(importing->arena, &importing->failed, name);
}

static bool import_result(Importing *importing, bool success) {
    const Node *tests = node_member(importing->root, TEXT("testResults"));
    const Node *list = tests && tests->kind == NODE_MAPPING ? list_member(tests, "tests") : tests;
    Text verifier = member_text(node_member(importing->root, TEXT("verifiedBy")), "implementation");
    importing->many_tests = list != tests;
    for (uint32_t i = 0; list && list->kind == NODE_SEQUENCE && i < list->count; i++) {
        add_test(importing, list->items[i]);
        success = success && !test_failed(list->items[i]);
        add_name(importing, member_text(list->items[i], "interactionDescription"),
                 test_outcome(list->items[i]));
    }
    return store_result(importing, text_from(importing->replay->consumer), success,
                        verifier.size ? verifier : TEXT("a Pact verifier"));
}

/* ---- what a verifier writes to a file -------------------------------------------------------- */

/* An item of `errors`: the interaction, and a message or a list of mismatches. */
static void add_error(Importing *importing, const Node *item) {
    const Node *mismatch = node_member(item, TEXT("mismatch"));
    Text interaction = member_text(item, "interaction"), message = member_text(mismatch, "message");
    const Node *list = list_member(mismatch, "mismatches");
    for (uint32_t i = 0; list && i < list->count; i++) {
        Text one = member_text(list->items[i], "description");
        if (!one.size)
            one = member_text(list->items[i], "mismatch");
        add_mismatch(importing, interaction, member_text(list->items[i], "path"),
                     one.size ? one : TEXT("failed"));
    }
    if (!list || !list->count)
        add_mismatch(importing, interaction, (Text){0}, message.size ? message : TEXT("failed"));
}

/* `pact_verifier_cli --json`. */
static bool import_execution(Importing *importing, bool success) {
    const Node *errors = list_member(importing->root, "errors");
    const Node *results = list_member(importing->root, "interactionResults");
    if (results && !results->count)
        return refuse_import(importing, "no interaction is in it");
    for (uint32_t i = 0; errors && i < errors->count; i++)
        add_error(importing, errors->items[i]);
    for (uint32_t i = 0; results && i < results->count; i++) {
        const Node *one = results->items[i];
        add_name(importing, member_text(one, "interactionDescription"),
                 text_equal_ignoring_case(member_text(one, "result"), TEXT("OK")) ? SUCCEEDED
                                                                                  : FAILED);
    }
    return store_result(importing, text_from(importing->replay->consumer),
                        success && !(errors && errors->count), TEXT("pact_verifier_cli"));
}

/* RSpec's JSON, of the older verifier: each example is one thing that was held against an answer.
 */
static bool import_examples(Importing *importing, const Node *examples) {
    bool success = true;
    size_t verified = 0;
    importing->sentences = importing->many_tests = true;
    for (uint32_t i = 0; i < examples->count; i++) {
        const Node *example = examples->items[i];
        Text status = member_text(example, "status");
        if (text_is(status, "pending"))
            continue;
        Text sentence = member_text(example, "full_description");
        verified++;
        add_name(importing, sentence, text_is(status, "passed") ? SUCCEEDED : FAILED);
        if (text_is(status, "passed"))
            continue;
        if (!text_is(status, "failed"))
            return diagnose(&importing->store->diagnostics.all, NO_VERIFICATION,
                            node_place(example), TEXT_ARG(importing->place.file),
                            "an example's `status` is none of passed, failed and pending");
        Text message = member_text(node_member(example, TEXT("exception")), "message");
        success = false;
        add_mismatch(importing, sentence, (Text){0}, message.size ? message : TEXT("failed"));
    }
    if (!verified)
        return refuse_import(importing, "no example in it passed or failed");
    return store_result(importing, text_from(importing->replay->consumer), success,
                        TEXT("pact-provider-verifier"));
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Which build of the provider answered: the file may say so, too. */
static bool find_number(Importing *importing) {
    Text said = member_text(importing->root, "providerApplicationVersion");
    Text given = text_from(importing->replay->provider_number);
    importing->number = given.size ? given : said;
    if (!importing->number.size)
        return refuse_import(importing, "it does not say which version of the provider was "
                                        "verified: --provider-version does");
    return !said.size || text_equal(said, importing->number) ||
           diagnose(&importing->store->diagnostics.all, VERIFIED_OTHER, importing->place,
                    TEXT_ARG(said), TEXT_ARG(given));
}

/* A version that is mistyped would be one of which nobody asks: it is made here only of a provider
 * that publishes no descriptions, of which nothing else is known. */
static bool find_provider(Importing *importing) {
    Store *store = importing->store->store;
    Text name = text_from(importing->replay->provider);
    Text number = importing->number;
    StoredNames descriptions = {0};
    int64_t participant;
    if (!store_find_version(store, name, number, &importing->provider) ||
        !store_find_participant(store, name, &participant))
        return false;
    if (importing->provider.id)
        return true;
    if (!participant)
        return tell_unknown_participant(importing->store, name);
    if (!store_unverified_descriptions(store, (Text){0}, participant, &descriptions))
        return false;
    if (!descriptions.count)
        return store_add_version(store, name, number, &importing->provider);
    return tell_unknown_version(importing->store, name, number);
}

static bool import_verifiers(Importing *importing) {
    const Node *success = node_member(importing->root, TEXT("success"));
    const Node *result = node_member(importing->root, TEXT("result"));
    const Node *examples = list_member(importing->root, "examples");
    bool succeeds = success && success->kind == NODE_BOOLEAN;
    bool executes = result && result->kind == NODE_BOOLEAN;
    if (!succeeds && !executes && !examples)
        return refuse_import(importing,
                             "it has none of `interactions`, `success`, `result`, `examples`");
    if (!importing->replay->consumer)
        return refuse_import(importing, "--consumer tells whose contract was verified");
    if (succeeds)
        return import_result(importing, success->boolean);
    return executes ? import_execution(importing, result->boolean)
                    : import_examples(importing, examples);
}

bool import_verification(bw_store *store, const void *context) {
    const bw_replay *replay = context;
    Diagnostics *diagnostics = &store->diagnostics.all;
    Importing *importing = arena_new_object(store->arena, Importing);
    *importing = (Importing){.store = store, .arena = store->arena, .replay = replay};
    DocumentSet *set = document_set_new(store->arena, diagnostics);
    const Document *document = document_set_open(set, text_from(replay->file));
    if (!document)
        return false;
    importing->root = document->root;
    importing->place = (Place){.file = document->source.file};
    if (!find_number(importing) || !find_provider(importing))
        return false;
    if (!stored_is_verification(document))
        return import_verifiers(importing);
    const VerificationReport *report = verification_read(store->arena, diagnostics, document);
    return report && import_report(importing, report);
}
