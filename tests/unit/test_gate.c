/* The gate's semantics: the situations of testdata/gate/situations.txt, each in a store of its own.
 * A situation is a line of prose, then indented lines:
 *
 *   environment ENV
 *   contract CONSUMER VERSION PROVIDER CONTENT  a contract of a consumer's version; CONTENT: a word
 *   describe PROVIDER VERSION CONTENT           a description
 *   compare CONTRACT DESCRIPTION yes|no [PLACE…]  what our comparison of the two comes to, and what
 *                                               is not guaranteed; `unreached`: an interaction of
 *                                               which the description says nothing
 *   verify PROVIDER VERSION CONTRACT yes|no [INTERACTION…] [-INTERACTION…]  a replay by the
 *                                               provider: what it left out, and what failed;
 *                                               `a_user` is what a comparison speaks of; `old` for
 *                                               these: as an older version recorded it
 *   version NAME VERSION, branch NAME VERSION BRANCH, tag NAME VERSION TAG, main NAME BRANCH
 *   deploy NAME VERSION ENV [INSTANCE], undeploy …, release NAME VERSION ENV, end …
 *   ignore NAME [VERSION]
 *   ask NAME WHICH [NAME WHICH] -> ENV          WHICH: a version, latest, main, branch:B, tag:T;
 *                                               ENV: an environment, main, tag:T or nowhere
 *   matrix BRANCH [NAME [BRANCH NAME]]          asks for the matrix of a branch, - for none
 *   explained                                   from here on changes are told: one where a contract
 *                                               was satisfied and is not any more
 *   since VERSION|none                          what some row counts its changes from, or that none
 *                                               does
 *   = yes|no|unknown ROWS                       the answer, and how many rows have a say or are
 *                                               ignored
 *   says TEXT                                   stands in a reason, a warning or a row's reason
 *   shows VERIFIED COMPARED                     yes, no or none: what some row has of both
 *
 * What is asked later in a situation is asked of what was recorded until then. */
#include "gate/gate.h"

#include "check.h"
#include "postgres.h"

static const char FILE_NAME[] = "testdata/gate/situations.txt";
enum { WORDS = 10, PAIRS = 32 };

typedef struct Known {
    Text contract, description; /* digests */
    bool success;
    Text report;
} Known;

typedef struct Situation {
    Arena *arena;
    Diagnostics diagnostics;
    Store *store;
    Known known[PAIRS];
    size_t known_count, comparisons;
    bool explained;
    GateQuestion question;
    GateAnswer *answer;
    const char *line;
    int failures;
} Situation;

static Text digest_of_word(Situation *situation, const char *word, StoredBundle *bundle) {
    StoredPart part = {TEXT("part"), text_copy(situation->arena, text_from(word))};
    *bundle = (StoredBundle){0};
    array_push(situation->arena, &bundle->parts, part);
    bundle_seal(situation->arena, bundle);
    return bundle->digest;
}

static bool compare_known(void *context, Text contract, Text description,
                          StoredVerification *verification) {
    Situation *situation = context;
    situation->comparisons++;
    for (size_t i = 0; i < situation->known_count; i++)
        if (text_equal(situation->known[i].contract, contract) &&
            text_equal(situation->known[i].description, description)) {
            verification->success = situation->known[i].success;
            verification->report = situation->known[i].report;
            return true;
        }
    return diagnose(&situation->diagnostics, STORE_FAILED, (Place){0}, 4, "test",
                    "the situation does not say what a comparison comes to");
}

static bool explain_known(void *context, Text contract, Text before, Text after, GateRow *row) {
    Situation *situation = context;
    StoredVerification was, is;
    bool good = compare_known(context, contract, before, &was) &&
                compare_known(context, contract, after, &is);
    if (good && was.success && !is.success)
        array_push(situation->arena, &row->changes, TEXT("it went"));
    return good;
}

/* ---- what is recorded ------------------------------------------------------------------------ */

static bool record_contract(Situation *situation, char **word) {
    StoredBundle bundle;
    StoredVersion version;
    Text other;
    digest_of_word(situation, word[4], &bundle);
    return store_add_version(situation->store, text_from(word[1]), text_from(word[2]), &version) &&
           store_add_bundle(situation->store, &bundle) &&
           store_add_contract(situation->store, &version, text_from(word[3]), bundle.digest,
                              &other);
}

static bool record_description(Situation *situation, char **word) {
    StoredBundle bundle;
    StoredVersion version;
    Text other;
    digest_of_word(situation, word[3], &bundle);
    return store_add_version(situation->store, text_from(word[1]), text_from(word[2]), &version) &&
           store_add_bundle(situation->store, &bundle) &&
           store_add_description(situation->store, &version, bundle.digest, &other);
}

static bool record_replay(Situation *situation, char **word) {
    StoredBundle bundle;
    StoredVersion version;
    StoredVerification replay = {.success = !strcmp(word[4], "yes"), .verifier = TEXT("test")};
    Buffer lists[2] = {{.arena = situation->arena}, {.arena = situation->arena}};
    for (size_t i = 5; word[i]; i++) {
        bool failed = word[i][0] == '-';
        Buffer *list = &lists[failed];
        const char *name = word[i] + failed;
        buffer_format(list, "%s\"%s\"", list->size ? ", " : "",
                      strcmp(name, "a_user") != 0 ? name : "a user");
    }
    replay.report = text_format(situation->arena, "{\"unverified\": [%.*s], \"failed\": [%.*s]}",
                                TEXT_ARG(buffer_text(&lists[0])), TEXT_ARG(buffer_text(&lists[1])));
    if (word[5] && !strcmp(word[5], "old"))
        replay.report = TEXT("{\"mismatches\": []}");
    digest_of_word(situation, word[3], &bundle);
    return store_add_version(situation->store, text_from(word[1]), text_from(word[2]), &version) &&
           store_add_bundle(situation->store, &bundle) &&
           store_add_replay(situation->store, bundle.digest, &version, &replay);
}

/* As the program's own comparer gives it. */
static Text comparison_report(Arena *arena, char **word) {
    Buffer doubts = {.arena = arena};
    int unreached = 0;
    for (size_t i = 4; word[i]; i++)
        if (!strcmp(word[i], "unreached"))
            unreached++;
        else
            buffer_format(&doubts,
                          "%s{\"interaction\": \"a user\", \"place\": \"%s\", \"message\": \"`%s` "
                          "is optional\"}",
                          doubts.size ? ", " : "", word[i], word[i]);
    bool fails = !strcmp(word[3], "no") && !unreached;
    return text_format(arena,
                       "{\"mismatches\": [%s], \"not_guaranteed\": [%.*s], \"unreached\": %d}",
                       fails ? "{\"interaction\": \"a user\", \"place\": \"operation\", "
                               "\"message\": \"no operation takes it\"}"
                             : "",
                       TEXT_ARG(buffer_text(&doubts)), unreached);
}

static bool know(Situation *situation, char **word) {
    StoredBundle bundle;
    Known *known = &situation->known[situation->known_count++];
    known->contract = digest_of_word(situation, word[1], &bundle);
    known->description = digest_of_word(situation, word[2], &bundle);
    known->success = !strcmp(word[3], "yes");
    known->report = comparison_report(situation->arena, word);
    return true;
}

static bool record_presence(Situation *situation, char **word) {
    StoredEnvironment environment;
    StoredVersion version;
    Text instance = text_from(word[4]);
    size_t ended = 1;
    bool good =
        store_find_environment(situation->store, text_from(word[3]), &environment) &&
        store_find_version(situation->store, text_from(word[1]), text_from(word[2]), &version) &&
        environment.id && version.id;
    if (good && !strcmp(word[0], "deploy"))
        good = store_deploy(situation->store, &version, &environment, instance);
    else if (good && !strcmp(word[0], "release"))
        good = store_release(situation->store, &version, &environment);
    else if (good && !strcmp(word[0], "undeploy"))
        good = store_undeploy(situation->store, &version, &environment, instance, &ended);
    else if (good)
        good = store_end_support(situation->store, &version, &environment, &ended);
    return good && ended == 1;
}

static bool record_name(Situation *situation, char **word) {
    StoredVersion version;
    if (!strcmp(word[0], "main"))
        return store_set_main_branch(situation->store, text_from(word[1]), text_from(word[2]));
    if (!store_add_version(situation->store, text_from(word[1]), text_from(word[2]), &version))
        return false;
    if (!strcmp(word[0], "branch"))
        return store_add_branch(situation->store, &version, text_from(word[3]));
    return !strcmp(word[0], "version") ||
           store_add_tag(situation->store, &version, text_from(word[3]));
}

static bool record_environment(Situation *situation, char **word) {
    StoredEnvironment environment = {.name = text_from(word[1]), .display_name = TEXT("")};
    return store_add_environment(situation->store, &environment);
}

/* ---- what is asked --------------------------------------------------------------------------- */

static void select_version(Situation *situation, const char *name, const char *which) {
    GateSelector selector = {.participant = text_from(name)};
    if (!strncmp(which, "branch:", 7))
        selector.branch = text_from(which + 7);
    else if (!strncmp(which, "tag:", 4))
        selector.tag = text_from(which + 4);
    else if (!strcmp(which, "main"))
        selector.main_branch = true;
    else if (strcmp(which, "latest") != 0)
        selector.version = text_from(which);
    array_push(situation->arena, &situation->question.selectors, selector);
}

static GateComparer comparer_of(Situation *situation) {
    return (GateComparer){TEXT("test"), compare_known, situation->explained ? explain_known : NULL,
                          situation};
}

static bool ask_matrix(Situation *situation, char **word) {
    GateComparer comparer = comparer_of(situation);
    MatrixFilter filter = {0};
    for (size_t i = 0; i < 2 && word[1 + 2 * i]; i++) {
        Text branch = text_from(word[1 + 2 * i]);
        filter.sides[i].branch = text_is(branch, "-") ? (Text){0} : branch;
        filter.sides[i].participant = text_from(word[2 + 2 * i]);
    }
    situation->answer = gate_matrix(situation->arena, &situation->diagnostics, situation->store,
                                    &filter, &comparer);
    return situation->answer != NULL;
}

static bool begin_to_explain(Situation *situation, char **word) {
    (void)word;
    return situation->explained = true;
}

static bool is_since(Situation *situation, char **word) {
    bool none = !strcmp(word[1], "none"), found = false;
    for (array_each(GateRow, row, &situation->answer->rows))
        found = found || (none ? row->since.size > 0 : text_is(row->since, word[1]));
    return found != none;
}

static bool ask(Situation *situation, char **word) {
    GateComparer comparer = comparer_of(situation);
    GateQuestion *question = &situation->question;
    size_t i = 1;
    question->selectors.count = 0;
    for (; word[i] && strcmp(word[i], "->") != 0; i += 2)
        select_version(situation, word[i], word[i + 1]);
    const char *where = word[i + 1];
    question->to_main = !strcmp(where, "main");
    question->to_tag = strncmp(where, "tag:", 4) ? (Text){0} : text_from(where + 4);
    bool named = !question->to_main && !question->to_tag.size && strcmp(where, "nowhere") != 0;
    question->environment = named ? text_from(where) : (Text){0};
    situation->answer =
        gate_ask(situation->arena, &situation->diagnostics, situation->store, question, &comparer);
    return situation->answer != NULL;
}

static bool ignore(Situation *situation, char **word) {
    GateSelector ignored = {.participant = text_from(word[1]), .version = text_from(word[2])};
    array_push(situation->arena, &situation->question.ignored, ignored);
    return true;
}

static bool is_answer(Situation *situation, char **word) {
    static const char *const words[] = {
        [GATE_YES] = "yes", [GATE_UNKNOWN] = "unknown", [GATE_NO] = "no"};
    const char *actual = words[situation->answer->result];
    int rows = (int)situation->answer->rows.count;
    if (!strcmp(actual, word[1]) && rows == atoi(word[2]))
        return true;
    printf("  the answer is %s with %d rows\n", actual, rows);
    return false;
}

static bool stands_in(Text text, const char *wanted) {
    for (size_t i = 0; i < text.size; i++)
        if (text_starts_with(text_slice(text, i, text.size), text_from(wanted)))
            return true;
    return false;
}

static bool says(Situation *situation, const char *wanted) {
    const GateAnswer *answer = situation->answer;
    for (size_t i = 0; i < answer->reasons.count; i++)
        if (stands_in(answer->reasons.items[i], wanted))
            return true;
    for (size_t i = 0; i < answer->warnings.count; i++)
        if (stands_in(answer->warnings.items[i], wanted))
            return true;
    for (size_t i = 0; i < answer->rows.count; i++)
        if (stands_in(answer->rows.items[i].reason, wanted))
            return true;
    for (size_t i = 0; i < answer->reasons.count; i++)
        printf("  said: %.*s\n", TEXT_ARG(answer->reasons.items[i]));
    return false;
}

static bool is_shown(const char *word, bool known, bool success) {
    return !strcmp(word, !known ? "none" : success ? "yes" : "no");
}

static bool shows(Situation *situation, char **word) {
    for (array_each(GateRow, row, &situation->answer->rows))
        if (is_shown(word[1], row->replayed, row->replay_success) &&
            is_shown(word[2], row->compared, row->compare_success))
            return true;
    return false;
}

/* ---- the file -------------------------------------------------------------------------------- */

static bool run_line(Situation *situation, char *line) {
    static const struct {
        const char *word;
        size_t least;
        bool (*run)(Situation *situation, char **word);
    } rows[] = {
        {"environment", 2, record_environment},
        {"contract", 5, record_contract},
        {"describe", 4, record_description},
        {"compare", 4, know},
        {"verify", 5, record_replay},
        {"version", 3, record_name},
        {"branch", 4, record_name},
        {"tag", 4, record_name},
        {"main", 3, record_name},
        {"deploy", 4, record_presence},
        {"undeploy", 4, record_presence},
        {"release", 4, record_presence},
        {"end", 4, record_presence},
        {"ignore", 2, ignore},
        {"ask", 4, ask},
        {"matrix", 2, ask_matrix},
        {"explained", 1, begin_to_explain},
        {"since", 2, is_since},
        {"=", 3, is_answer},
        {"shows", 3, shows},
    };
    if (!strncmp(line, "says ", 5))
        return situation->answer && says(situation, line + 5);
    char *word[WORDS + 2] = {0}, *rest = line;
    size_t count = 0;
    for (char *next; (next = strsep(&rest, " ")) && count < WORDS;)
        if (*next)
            word[count++] = next;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(word[0], rows[i].word) && count >= rows[i].least)
            return rows[i].run(situation, word);
    printf("  not understood\n");
    return false;
}

static bool on_postgres;

static void begin(Situation *situation, Arena *arena) {
    char url[512] = ":memory:";
    *situation = (Situation){.arena = arena, .diagnostics = {.arena = arena}};
    if (!on_postgres || postgres_fresh(url, sizeof url))
        situation->store =
            store_open(arena, &situation->diagnostics, text_copy(arena, text_from(url)), true);
    if (situation->store)
        return;
    if (situation->diagnostics.list.count)
        printf("%.*s\n", TEXT_ARG(situation->diagnostics.list.items[0].message));
    exit(1);
}

static void situations_are_answered(Arena *arena) {
    FILE *file = fopen(FILE_NAME, "r");
    char buffer[512];
    Situation situation;
    int number = 0, count = 0;
    CHECK(file != NULL);
    begin(&situation, arena);
    while (file && fgets(buffer, sizeof buffer, file)) {
        number++;
        buffer[strcspn(buffer, "\n")] = '\0';
        if (!buffer[0] || buffer[0] == '#')
            continue;
        if (buffer[0] != ' ') {
            begin(&situation, arena);
            count++;
            continue;
        }
        char *line = arena_copy(arena, buffer, strlen(buffer));
        line += strspn(line, " ");
        const char *shown = arena_copy(arena, line, strlen(line));
        size_t said = situation.diagnostics.list.count;
        if (run_line(&situation, line))
            continue;
        printf("%s:%d: %s\n", FILE_NAME, number, shown);
        for (size_t i = said; i < situation.diagnostics.list.count; i++)
            printf("  %.*s\n", TEXT_ARG(situation.diagnostics.list.items[i].message));
        check_failures++;
    }
    if (file)
        fclose(file);
    printf("%d situations\n", count);
    CHECK(count >= 100);
}

/* A pair of digests is compared once, whoever has it. */
static void comparisons_are_kept(Arena *arena) {
    static const char *const lines[] = {
        "environment test",    "contract Web 1 Users A", "contract Web 2 Users A",
        "describe Users 1 D",  "describe Users 2 D",     "compare A D yes",
        "deploy Users 1 test", "ask Web 1 -> test",      "ask Web 2 -> test",
        "deploy Users 2 test", "ask Web 2 -> test",
    };
    Situation situation;
    begin(&situation, arena);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        CHECK(run_line(&situation, arena_copy(arena, lines[i], strlen(lines[i]))));
    CHECK(situation.comparisons == 1);
    CHECK(situation.answer && situation.answer->result == GATE_YES);
}

/* What other sources found is there under their name, and is found anew. */
static void comparisons_of_another_build_are_not_believed(Arena *arena) {
    static const char *const lines[] = {"environment test", "contract Web 1 Users A",
                                        "describe Users 1 D", "compare A D no",
                                        "deploy Users 1 test"};
    Situation situation;
    StoredBundle contract, description;
    StoredVerification old = {
        .success = true, .verifier = TEXT("older"), .report = TEXT("{\"mismatches\": []}")};
    begin(&situation, arena);
    digest_of_word(&situation, "A", &contract);
    digest_of_word(&situation, "D", &description);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        CHECK(run_line(&situation, arena_copy(arena, lines[i], strlen(lines[i]))));
    CHECK(store_add_comparison(situation.store, contract.digest, description.digest, &old));
    CHECK(run_line(&situation, arena_copy(arena, "ask Web 1 -> test", 17)));
    CHECK(situation.comparisons == 1);
    CHECK(situation.answer && situation.answer->result == GATE_NO);
    CHECK(run_line(&situation, arena_copy(arena, "ask Web 1 -> test", 17)));
    CHECK(situation.comparisons == 1);
}

int main(void) {
    RUN(situations_are_answered);
    RUN(comparisons_are_kept);
    RUN(comparisons_of_another_build_are_not_believed);
    const char *why = postgres_start();
    on_postgres = true;
    if (why) {
        check_skip("the gate on PostgreSQL", why);
        return check_finish();
    }
    RUN(situations_are_answered);
    RUN(comparisons_are_kept);
    RUN(comparisons_of_another_build_are_not_believed);
    postgres_stop();
    return check_finish();
}
