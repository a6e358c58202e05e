/* The library as a program outside would use it: through include/breakwater.h alone. */
#include "check.h"

#include "breakwater.h"
#include "breakwater_store.h"

#include <unistd.h>

static const char base_text[] = "openapi: 3.1.0\n"
                                "info: {title: T, version: '1'}\n"
                                "paths:\n"
                                "  /users:\n"
                                "    get:\n"
                                "      responses:\n"
                                "        '200':\n"
                                "          description: all\n"
                                "  /teams:\n"
                                "    get:\n"
                                "      responses:\n"
                                "        '200':\n"
                                "          description: all\n";

static const char *file_of(Arena *arena, const char *text, size_t size) {
    Text template = TEXT(P_tmpdir "/bw-library-XXXXXX");
    char *path = arena_copy(arena, template.data, template.size);
    int descriptor = mkstemp(path);
    CHECK(descriptor >= 0);
    CHECK(write(descriptor, text, size) == (ssize_t)size);
    close(descriptor);
    return path;
}

/* Both teams and users, and then only users. */
static bw_compare_options two_revisions(Arena *arena) {
    bw_compare_options options = BW_COMPARE_OPTIONS_INIT;
    size_t half = (size_t)(strstr(base_text, "  /teams") - base_text);
    options.base = file_of(arena, base_text, sizeof base_text - 1);
    options.revision = file_of(arena, base_text, half);
    return options;
}

static void remove_files(const bw_compare_options *options) {
    unlink(options->base);
    unlink(options->revision);
}

static bool collect(const char *data, size_t size, void *context) {
    buffer_add(context, (Text){data, size});
    return true;
}

static bool refuse(const char *data, size_t size, void *context) {
    (void)data, (void)size, (void)context;
    return false;
}

static void a_removed_operation_breaks(Arena *arena) {
    bw_compare_options options = two_revisions(arena);
    bw_result *result;
    CHECK(bw_compare(&options, &result) == BW_OK);
    bw_verdict verdict;
    bw_change change;
    bw_operation operation;
    bw_consumer consumer;
    CHECK(bw_result_verdict(result, &verdict) && verdict == BW_VERDICT_BREAKING);
    CHECK(bw_result_change_count(result) == 1);
    CHECK(bw_result_change(result, 0, &change) && !bw_result_change(result, 1, &change));
    CHECK(strcmp(change.change, "operation.removed") == 0);
    CHECK(change.compatibility == BW_BREAKING && change.base.line == 10);
    CHECK(change.operation_count == 1 && change.consumer_count == 0);
    CHECK(bw_result_operation(result, 0, 0, &operation));
    CHECK_TEXT(((Text){operation.path.data, operation.path.size}), "/teams");
    CHECK(!bw_result_operation(result, 0, 1, &operation));
    CHECK(!bw_result_consumer(result, 0, 0, &consumer));
    Buffer text = {.arena = arena}, again = {.arena = arena};
    CHECK(bw_result_write(result, BW_FORMAT_JSON, NULL, collect, &text) == BW_OK);
    CHECK(bw_result_write(result, BW_FORMAT_JSON, NULL, collect, &again) == BW_OK);
    CHECK(text_equal(buffer_text(&text), buffer_text(&again)) && text.size > 0);
    CHECK(bw_result_write(result, BW_FORMAT_TEXT, NULL, refuse, NULL) == BW_FAULT);
    bw_result_free(result);
    remove_files(&options);
}

static void invalid_input_leaves_diagnostics(Arena *arena) {
    bw_compare_options options = two_revisions(arena);
    const char *revision = options.revision;
    options.revision = P_tmpdir "/bw-library-absent.yaml";
    bw_result *result;
    bw_verdict verdict;
    bw_diagnostic diagnostic;
    CHECK(bw_compare(&options, &result) == BW_INVALID_INPUT);
    CHECK(!bw_result_verdict(result, &verdict) && bw_result_change_count(result) == 0);
    CHECK(bw_result_write(result, BW_FORMAT_TEXT, NULL, refuse, NULL) == BW_INVALID_INPUT);
    const bw_diagnostics *diagnostics = bw_result_diagnostics(result);
    CHECK(bw_diagnostics_count(diagnostics) == 1);
    CHECK(bw_diagnostics_get(diagnostics, 0, &diagnostic) && diagnostic.severity == BW_ERROR);
    CHECK(strcmp(diagnostic.id, "FILE_UNREADABLE") == 0);
    CHECK(!bw_diagnostics_get(diagnostics, 1, &diagnostic));
    Buffer text = {.arena = arena};
    CHECK(bw_diagnostics_write(diagnostics, 0, collect, &text) == BW_OK);
    CHECK(text_starts_with(buffer_text(&text), TEXT("error: ")));
    bw_result_free(result);
    options.revision = revision;
    remove_files(&options);
}

static void wrong_usage_is_refused(Arena *arena) {
    (void)arena;
    bw_compare_options options = BW_COMPARE_OPTIONS_INIT;
    bw_result *result;
    CHECK(bw_compare(&options, &result) == BW_WRONG_USAGE && !result);
    options.base = options.revision = "-";
    CHECK(bw_compare(&options, &result) == BW_WRONG_USAGE && result);
    CHECK(bw_diagnostics_count(bw_result_diagnostics(result)) == 1);
    bw_result_free(result);
    options.version = 99;
    CHECK(bw_compare(&options, &result) == BW_WRONG_USAGE && !result);
    bw_result_free(NULL);
    bw_rules_free(NULL);
    bw_graph_free(NULL);
}

static void pacts_must_be_pacts(Arena *arena) {
    bw_compare_options options = two_revisions(arena);
    options.pacts = &options.base;
    options.pact_count = 1;
    bw_result *result;
    bw_diagnostic diagnostic;
    CHECK(bw_compare(&options, &result) == BW_INVALID_INPUT);
    CHECK(bw_diagnostics_get(bw_result_diagnostics(result), 0, &diagnostic));
    CHECK(strcmp(diagnostic.id, "NOT_A_PACT") == 0);
    bw_result_free(result);
    remove_files(&options);
}

static void rules_can_be_listed(Arena *arena) {
    bw_rules *rules;
    bw_rules_options options = BW_RULES_OPTIONS_INIT;
    CHECK(bw_rules_load(&options, &rules) == BW_OK);
    size_t index = bw_rules_find(rules, "operation-removed");
    bw_rule rule;
    CHECK(index < bw_rules_count(rules) && bw_rules_get(rules, index, &rule));
    CHECK(!bw_rules_get(rules, bw_rules_count(rules), &rule));
    CHECK(bw_rules_find(rules, "no-such-rule") == SIZE_MAX);
    bw_text near = bw_rules_nearest(rules, "operation-remved");
    CHECK_TEXT(((Text){near.data, near.size}), "operation-removed");
    Buffer list = {.arena = arena}, one = {.arena = arena};
    CHECK(bw_rules_write(rules, SIZE_MAX, BW_FORMAT_TEXT, NULL, collect, &list) == BW_OK);
    CHECK(bw_rules_write(rules, index, BW_FORMAT_JSON, NULL, collect, &one) == BW_OK);
    CHECK(list.size > one.size);
    CHECK(bw_rules_write(rules, 100000, BW_FORMAT_TEXT, NULL, refuse, NULL) == BW_WRONG_USAGE);
    bw_rules_free(rules);
}

static void a_graph_can_be_written(Arena *arena) {
    bw_compare_options files = two_revisions(arena);
    bw_graph_options options = BW_GRAPH_OPTIONS_INIT;
    options.spec = files.base;
    bw_graph *graph;
    Buffer text = {.arena = arena};
    CHECK(bw_graph_load(&options, &graph) == BW_OK);
    CHECK(bw_diagnostics_count(bw_graph_diagnostics(graph)) == 0);
    CHECK(bw_graph_write(graph, BW_GRAPH_DOT, collect, &text) == BW_OK);
    CHECK_TEXT(buffer_text(&text), "digraph api {\n"
                                   "  rankdir=LR;\n"
                                   "  o0 [shape=box, label=\"GET /users\"];\n"
                                   "  o1 [shape=box, label=\"GET /teams\"];\n"
                                   "}\n");
    bw_graph_free(graph);
    remove_files(&files);
}

/* The gate from an empty store to an answer; names that are empty are refused at each call. */
static void a_store_answers(Arena *arena) {
    bw_compare_options files = two_revisions(arena);
    bw_store *store;
    bw_publication publication = BW_PUBLICATION_INIT;
    bw_version_properties properties = BW_VERSION_PROPERTIES_INIT;
    bw_question question = BW_QUESTION_INIT;
    bw_selector selector = {.participant = "Users", .latest = true};
    const bw_answer *answer;
    CHECK(bw_store_open(":memory:", true, &store) == BW_OK);
    publication.files = (const char *const[]){files.base};
    publication.file_count = 1;
    publication.number = "";
    publication.participant = "Users";
    CHECK(bw_store_publish(store, &publication) == BW_WRONG_USAGE);
    publication.number = "1";
    CHECK(bw_store_publish(store, &publication) == BW_OK);
    bw_environment environment = BW_ENVIRONMENT_INIT;
    environment.name = "";
    CHECK(bw_store_add_environment(store, &environment) == BW_WRONG_USAGE);
    environment.name = "production";
    environment.production = true;
    CHECK(bw_store_add_environment(store, &environment) == BW_OK);
    CHECK(bw_store_record(store, BW_DEPLOYMENT, "Users", "", "production", NULL) == BW_WRONG_USAGE);
    CHECK(bw_store_record(store, BW_DEPLOYMENT, "Users", "1", "production", NULL) == BW_OK);
    CHECK(bw_store_record(store, BW_UNDEPLOYMENT, "Users", NULL, "production", NULL) == BW_OK);
    bw_participant participant = BW_PARTICIPANT_INIT;
    participant.name = "";
    CHECK(bw_store_set_participant(store, &participant) == BW_WRONG_USAGE);
    CHECK(bw_store_set_version(store, &properties) == BW_WRONG_USAGE);
    question.selectors = &selector;
    question.selector_count = 1;
    question.environment = "production";
    CHECK(bw_can_deploy(store, &question, &answer) == BW_OK);
    CHECK(bw_answer_deployable(answer) == BW_DEPLOYABLE);
    bw_store_close(store);
    remove_files(&files);
}

int main(void) {
    RUN(a_removed_operation_breaks);
    RUN(invalid_input_leaves_diagnostics);
    RUN(wrong_usage_is_refused);
    RUN(pacts_must_be_pacts);
    RUN(rules_can_be_listed);
    RUN(a_graph_can_be_written);
    RUN(a_store_answers);
    return check_finish();
}
