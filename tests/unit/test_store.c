/* The store under bad luck: processes that are killed while they publish, several that publish at
 * once, a store of a newer program, damage. */
#include "store/store.h"

#include "check.h"
#include "postgres.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PUBLISHES = 1000, WRITERS = 4, PUBLISHES_OF_A_WRITER = 50 };

static char folder[] = "/tmp/breakwater-store-XXXXXX";
static char file[512];
static bool on_postgres;

static void fresh_file(const char *name) {
    snprintf(file, sizeof file, "%s/%s", folder, name);
    if (on_postgres && !postgres_fresh(file, sizeof file))
        exit(1);
}

static void remove_files(void) {
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        printf("left behind: %s\n", folder);
}

static Store *open_file(Arena *arena, Diagnostics *diagnostics) {
    *diagnostics = (Diagnostics){.arena = arena};
    Store *store = store_open(arena, diagnostics, text_from(file), true);
    if (!store)
        printf("  %.*s\n", TEXT_ARG(diagnostics->list.items[0].message));
    return store;
}

static Text content_of(Arena *arena, int number, int part) {
    return text_format(arena,
                       "content %d of version %d, which is long enough to fill a page: %0500d",
                       part, number, number);
}

static StoredBundle bundle_of(Arena *arena, int number) {
    StoredBundle bundle = {0};
    for (int i = 0; i < 3; i++) {
        StoredPart part = {text_format(arena, "part-%d.json", i), content_of(arena, number, i)};
        array_push(arena, &bundle.parts, part);
    }
    bundle_seal(arena, &bundle);
    return bundle;
}

static bool add(Arena *arena, Store *store, const char *consumer, int number) {
    StoredBundle bundle = bundle_of(arena, number);
    StoredVersion version;
    Text other;
    return store_add_version(store, text_from(consumer), text_format(arena, "%d", number),
                             &version) &&
           store_add_branch(store, &version, TEXT("main")) && store_add_bundle(store, &bundle) &&
           store_add_contract(store, &version, TEXT("Provider"), bundle.digest, &other) &&
           !other.size;
}

static bool publish(Arena *arena, Store *store, const char *consumer, int number) {
    for (int attempt = 0; attempt < 100; attempt++) {
        if (!store_begin(store))
            return false;
        if (add(arena, store, consumer, number) && store_commit(store))
            return true;
        bool conflict = store_conflicted(store);
        store_roll_back(store);
        if (!conflict)
            return false;
        usleep((unsigned)(attempt * 1000));
    }
    return false;
}

/* Whether a version and all that was published with it is there. */
static bool is_whole(Arena *arena, Store *store, const char *consumer, int number) {
    StoredVersion version;
    StoredContracts contracts = {0};
    StoredBundle bundle;
    StoredNames branches = {0};
    if (!store_find_version(store, text_from(consumer), text_format(arena, "%d", number),
                            &version) ||
        !version.id || !store_contracts_of(store, &version, &contracts) || contracts.count != 1 ||
        !store_branches_of(store, &version, &branches) || branches.count != 1 ||
        !store_bundle(store, contracts.items[0].digest, &bundle) || bundle.parts.count != 3)
        return false;
    for (int i = 0; i < 3; i++)
        if (!text_equal(bundle.parts.items[i].bytes, content_of(arena, number, i)))
            return false;
    return true;
}

static bool is_sound(Store *store) {
    Text wrong;
    bool checked = store_check(store, &wrong);
    if (checked && wrong.size)
        printf("  %.*s\n", TEXT_ARG(wrong));
    return checked && !wrong.size;
}

/* ---- killed ---------------------------------------------------------------------------------- */

/* Publishes from `first` on and says each number once it is acknowledged. */
static _Noreturn void publish_until_killed(int out, int first) {
    MemoryEscape escape;
    if (setjmp(escape.point))
        _exit(1);
    Arena *arena = arena_new(&escape);
    Diagnostics diagnostics;
    Store *store = open_file(arena, &diagnostics);
    for (int i = first; store && i < PUBLISHES; i++)
        if (!publish(arena, store, "Consumer", i) || write(out, &i, sizeof i) != sizeof i)
            _exit(1);
    _exit(store ? 0 : 1);
}

/* Lets a child publish for a random while; gives the number of those acknowledged. */
static int publish_and_kill(int first, unsigned *random) {
    int pipes[2], last = first - 1, said;
    if (pipe(pipes) != 0)
        exit(1);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
        publish_until_killed(pipes[1], first);
    close(pipes[1]);
    *random = *random * 1103515245u + 12345u;
    int after = (int)(*random >> 16) % 60;
    for (int i = 0; i < after && read(pipes[0], &said, sizeof said) == sizeof said; i++)
        last = said;
    *random = *random * 1103515245u + 12345u;
    usleep((*random >> 16) % 3000);
    kill(child, SIGKILL);
    while (read(pipes[0], &said, sizeof said) == sizeof said)
        last = said;
    waitpid(child, NULL, 0);
    close(pipes[0]);
    return last + 1;
}

static void killed_writers_lose_nothing(Arena *arena) {
    fresh_file("killed.sqlite");
    unsigned random = 7;
    int done = 0, kills = 0, lost = 0;
    for (; done < PUBLISHES && kills < 10 * PUBLISHES; kills++)
        done = publish_and_kill(done, &random);
    Diagnostics diagnostics;
    Store *store = open_file(arena, &diagnostics);
    CHECK(store && is_sound(store));
    StoredVersions versions = {0};
    CHECK(store && store_versions(store, TEXT("Consumer"), &versions));
    for (int i = 0; store && i < done; i++)
        lost += !is_whole(arena, store, "Consumer", i);
    CHECK(lost == 0 && done == PUBLISHES && kills > 10);
    CHECK(versions.count == PUBLISHES);
    printf("%d kills in %d publishes\n", kills, done);
}

/* ---- at once --------------------------------------------------------------------------------- */

static _Noreturn void publish_some(int writer) {
    MemoryEscape escape;
    char consumer[16];
    if (setjmp(escape.point))
        _exit(1);
    Arena *arena = arena_new(&escape);
    Diagnostics diagnostics;
    Store *store = open_file(arena, &diagnostics);
    snprintf(consumer, sizeof consumer, "C%d", writer % 2); /* two write to the same participant */
    for (int i = 0; store && i < PUBLISHES_OF_A_WRITER; i++)
        if (!publish(arena, store, consumer, writer * 1000 + i))
            _exit(1);
    _exit(store ? 0 : 1);
}

static void writers_at_once_lose_nothing(Arena *arena) {
    fresh_file("several.sqlite");
    pid_t children[WRITERS];
    int failed = 0, lost = 0, status;
    fflush(stdout);
    for (int i = 0; i < WRITERS; i++)
        if ((children[i] = fork()) == 0)
            publish_some(i);
    for (int i = 0; i < WRITERS; i++)
        failed += waitpid(children[i], &status, 0) < 0 || status != 0;
    Diagnostics diagnostics;
    Store *store = open_file(arena, &diagnostics);
    CHECK(store && is_sound(store));
    for (int i = 0; store && i < WRITERS; i++)
        for (int j = 0; j < PUBLISHES_OF_A_WRITER; j++)
            lost += !is_whole(arena, store, i % 2 ? "C1" : "C0", i * 1000 + j);
    CHECK(failed == 0 && lost == 0);
}

/* ---- what is no store of ours ---------------------------------------------------------------- */

static void execute(const char *statements) {
    sqlite3 *handle;
    if (on_postgres && !postgres_execute(statements)) {
        printf("PostgreSQL does not take it: %s\n", statements);
        exit(1);
    }
    if (on_postgres)
        return;
    if (sqlite3_open(file, &handle) != SQLITE_OK ||
        sqlite3_exec(handle, statements, NULL, NULL, NULL) != SQLITE_OK) {
        printf("%s\n", sqlite3_errmsg(handle));
        exit(1);
    }
    sqlite3_close(handle);
}

static void newer_stores_are_refused(Arena *arena) {
    fresh_file("newer.sqlite");
    Diagnostics diagnostics;
    CHECK(open_file(arena, &diagnostics) != NULL);
    execute("UPDATE schema_version SET version = 1000");
    diagnostics = (Diagnostics){.arena = arena};
    CHECK(!store_open(arena, &diagnostics, text_from(file), true));
    CHECK(diagnostics.errors == 1 && diagnostics.list.items[0].id == DIAGNOSTIC_STORE_TOO_NEW);
}

static void damage_is_found(Arena *arena) {
    fresh_file("damaged.sqlite");
    Diagnostics diagnostics;
    Text wrong;
    Store *store = open_file(arena, &diagnostics);
    CHECK(store && publish(arena, store, "Consumer", 1) && is_sound(store));
    execute("PRAGMA foreign_keys = OFF; DELETE FROM content");
    CHECK(store && store_check(store, &wrong) && wrong.size);
    CHECK_TEXT(text_slice(wrong, 0, text_find_byte(wrong, '\n', 0)),
               "part refers to a row that is not there");
}

/* A content under a digest that is not its own, and a bundle of nothing. */
static void changed_contents_are_found(Arena *arena) {
    fresh_file("changed.sqlite");
    Diagnostics diagnostics;
    Text wrong;
    StoredBundle bundle;
    Store *store = open_file(arena, &diagnostics);
    CHECK(store && publish(arena, store, "Consumer", 1) && is_sound(store));
    execute("UPDATE content SET bytes = 'other' WHERE digest = (SELECT min(digest) FROM content)");
    CHECK(store && store_check(store, &wrong) && wrong.size);
    CHECK(text_starts_with(wrong, TEXT("the content ")));
    execute("UPDATE content SET bytes = 'other'");
    CHECK(store && !store_bundle(store, bundle_of(arena, 1).digest, &bundle));
    CHECK(diagnostics.errors == 1);
    execute("INSERT INTO bundle (digest) VALUES ('0')");
    CHECK(store && store_check(store, &wrong) && text_starts_with(wrong, TEXT("0 has no parts")));
}

/* What is rolled back leaves no trace. */
static void what_is_rolled_back_is_gone(Arena *arena) {
    fresh_file("rolled.sqlite");
    Diagnostics diagnostics;
    StoredVersion version;
    StoredNames names = {0};
    Store *store = open_file(arena, &diagnostics);
    CHECK(store && store_begin(store) &&
          store_add_version(store, TEXT("Consumer"), TEXT("1"), &version) && version.id);
    store_roll_back(store);
    CHECK(store_find_version(store, TEXT("Consumer"), TEXT("1"), &version) && !version.id);
    CHECK(store_participants(store, &names) && !names.count);
}

int main(void) {
    if (!mkdtemp(folder)) {
        perror("mkdtemp");
        return 1;
    }
    RUN(killed_writers_lose_nothing);
    RUN(writers_at_once_lose_nothing);
    RUN(newer_stores_are_refused);
    RUN(damage_is_found);
    RUN(changed_contents_are_found);
    RUN(what_is_rolled_back_is_gone);
    remove_files();
    const char *why = postgres_start();
    on_postgres = true;
    if (why) {
        check_skip("the store on PostgreSQL", why);
        return check_finish();
    }
    RUN(killed_writers_lose_nothing);
    RUN(writers_at_once_lose_nothing);
    RUN(newer_stores_are_refused);
    RUN(changed_contents_are_found);
    RUN(what_is_rolled_back_is_gone);
    postgres_stop();
    return check_finish();
}
