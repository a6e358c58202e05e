#include "forms.h"
#include "harness.h"

#include "server.h"

#include <stdlib.h>
#include <unistd.h>

/* testdata/sessions/NAME: a folder with `session`, what a terminal would show:
 *
 *   %% a remark
 *   $ breakwater usage spec.yaml --pacts pacts
 *   what it prints, standard error among it
 *   [1]                                       its exit status, where it is not 0
 *   % schema breakwater-usage.schema.json out.json
 *   valid
 *
 * In it git knows nothing of the user and of the clock, and no CI system runs.
 *
 * Each line goes to a shell of its own, in a copy of the folder that they share. The copy's path is
 * `$HOME`, and shown as that. With a file `server` (see server.h) there is a server at `$SERVER`
 * and
 * `$OTHER`, shown as http://server and http://other. */

typedef struct Session {
    Harness *harness;
    Text name, folder, copy;
    Buffer shown;
    Server *server; /* NULL: none */
} Session;

static const char environment[] =
    "unset XDG_CACHE_HOME PACT_BROKER_BASE_URL PACT_BROKER_TOKEN PACT_BROKER_USERNAME "
    "PACT_BROKER_PASSWORD GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE GITHUB_BASE_REF "
    "CI_COMMIT_TARGET_BRANCH CI_MERGE_REQUEST_TARGET_BRANCH_SHA CI_MERGE_REQUEST_DIFF_BASE_SHA "
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME CHANGE_TARGET BITBUCKET_PR_DESTINATION_BRANCH "
    "BUILDKITE_PULL_REQUEST_BASE_BRANCH SYSTEM_PULLREQUEST_TARGETBRANCH CODEBUILD_WEBHOOK_BASE_REF "
    "CIRRUS_BASE_BRANCH BITRISEIO_GIT_BRANCH_DEST DRONE_BUILD_EVENT TRAVIS_PULL_REQUEST "
    "APPVEYOR_PULL_REQUEST_NUMBER SEMAPHORE_GIT_REF_TYPE\n"
    "export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=A "
    "GIT_AUTHOR_EMAIL=a@a "
    "GIT_COMMITTER_NAME=C GIT_COMMITTER_EMAIL=c@c GIT_AUTHOR_DATE='2026-01-01T12:00:00Z' "
    "GIT_COMMITTER_DATE='2026-01-01T12:00:00Z' GIT_CONFIG_COUNT=1 "
    "GIT_CONFIG_KEY_0=init.defaultBranch GIT_CONFIG_VALUE_0=main\n";

static Run shell(const Session *session, Text command) {
    Harness *harness = session->harness;
    Arena *arena = harness->arena;
    size_t slash = harness->program.size;
    while (slash > 0 && harness->program.data[slash - 1] != '/')
        slash--;
    Text script = text_format(
        arena,
        "exec 2>&1; export PATH='%.*s':\"$PATH\" HOME='%.*s' ROOT='%.*s' NO_COLOR=1 SERVER=%s "
        "OTHER=%s\n%s%.*s",
        (int)slash, harness->program.data, TEXT_ARG(session->copy), TEXT_ARG(harness->root),
        session->server ? server_origin(session->server) : "",
        session->server ? server_other_origin(session->server) : "", environment,
        TEXT_ARG(command));
    Text arguments[] = {TEXT("-c"), script};
    return run_program(arena, TEXT("/bin/sh"), session->copy, arguments, 2);
}

/* What differs from run to run is shown by its name. */
static void show(Session *session, Text out) {
    const struct {
        Text found, shown;
    } names[] = {
        {session->copy, TEXT("$HOME")},
        {text_from(session->server ? server_origin(session->server) : NULL), TEXT("http://server")},
        {text_from(session->server ? server_other_origin(session->server) : NULL),
         TEXT("http://other")},
    };
    for (size_t at = 0; at < out.size;) {
        Text rest = text_slice(out, at, out.size);
        size_t which = 0, count = sizeof names / sizeof *names;
        while (which < count &&
               !(names[which].found.size && text_starts_with(rest, names[which].found)))
            which++;
        if (which < count)
            buffer_add(&session->shown, names[which].shown);
        else
            buffer_add_byte(&session->shown, out.data[at]);
        at += which < count ? names[which].found.size : 1;
    }
    if (out.size && out.data[out.size - 1] != '\n')
        buffer_add(&session->shown, TEXT("\n"));
}

static Text validate(const Session *session, Text arguments) {
    Arena *arena = session->harness->arena;
    size_t space = text_find_byte(arguments, ' ', 0);
    if (space == SIZE_MAX)
        return TEXT("usage: % schema SCHEMA FILE");
    Text schema_path = text_format(arena, "%.*s/include/%.*s", TEXT_ARG(session->harness->root),
                                   TEXT_ARG(text_slice(arguments, 0, space)));
    Text value_path =
        test_path(arena, session->copy, text_slice(arguments, space + 1, arguments.size));
    Text wrong = file_violation(arena, schema_path, value_path);
    return wrong.size ? wrong : TEXT("valid");
}

static void run_line(Session *session, Text line) {
    buffer_add(&session->shown, line);
    buffer_add(&session->shown, TEXT("\n"));
    if (text_starts_with(line, TEXT("% schema "))) {
        show(session, validate(session, text_slice(line, strlen("% schema "), line.size)));
        return;
    }
    if (!text_starts_with(line, TEXT("$ ")))
        return;
    Run run = shell(session, text_slice(line, 2, line.size));
    show(session, run.out);
    if (run.status)
        buffer_format(&session->shown, "[%d]\n", run.status);
}

static void run_lines(Session *session) {
    Arena *arena = session->harness->arena;
    Names lines = read_lines(arena, test_path(arena, session->folder, TEXT("session")));
    for (size_t i = 0; i < lines.count; i++)
        if (text_starts_with(lines.items[i], TEXT("$ ")) ||
            text_starts_with(lines.items[i], TEXT("%")))
            run_line(session, lines.items[i]);
    if (matches_expected(session->harness, session->name, session->folder, "session",
                         buffer_text(&session->shown)))
        pass(session->harness);
}

static bool start_server(Session *session) {
    Text script = test_path(session->harness->arena, session->copy, TEXT("server"));
    if (!test_file_exists(script))
        return true;
    session->server = server_start(session->copy.data, script.data);
    if (!session->server)
        fail(session->harness, session->name, "no server can be started");
    return session->server != NULL;
}

static void run_session(Harness *harness, Text name, Text folder) {
    Arena *arena = harness->arena;
    char copy[] = "/tmp/breakwater-session-XXXXXX";
    if (!mkdtemp(copy)) {
        fail(harness, name, "no temporary folder");
        return;
    }
    Session session = {harness, name, folder, text_from(copy), {.arena = arena}, NULL};
    Text copying[] = {TEXT("-R"), text_format(arena, "%.*s/.", TEXT_ARG(folder)), session.copy};
    Text removing[] = {TEXT("-rf"), session.copy};
    if (run_program(arena, TEXT("/bin/cp"), harness->root, copying, 3).status)
        fail(harness, name, "the folder can't be copied");
    else if (start_server(&session))
        run_lines(&session);
    if (session.server)
        server_stop(session.server);
    run_program(arena, TEXT("/bin/rm"), harness->root, removing, 2);
}

void run_sessions(Harness *harness) {
    Arena *arena = harness->arena;
    Text folder = test_path(arena, harness->root, TEXT("testdata/sessions"));
    Names names = list_folder(arena, folder);
    for (size_t i = 0; i < names.count; i++) {
        Text name = test_path(arena, TEXT("sessions"), names.items[i]);
        if (wanted(harness, name))
            run_session(harness, name, test_path(arena, folder, names.items[i]));
    }
}
