/* gate BREAKWATER FOLDER: the time of can-i-deploy, of the matrix of an environment and of a start
 * of the program alone, as the store grows; the median of some runs. Each participant has as many
 * versions as the others, each version contracts with ten of them, verified by the provider's
 * version of the same number; all are deployed. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 11, PROVIDERS = 10 };

static void run(const char *program, char *const *arguments) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(127);
        execv(program, arguments);
        _exit(127);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) < 0 || !WIFEXITED(status) ||
        WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s %s: status %d\n", program, arguments[1], status);
        exit(1);
    }
}

static double milliseconds(const char *program, char *const *arguments) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    run(program, arguments);
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6;
}

static int by_time(const void *a, const void *b) {
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static double median(const char *program, char *const *arguments) {
    double times[RUNS];
    for (int i = 0; i < RUNS; i++)
        times[i] = milliseconds(program, arguments);
    qsort(times, RUNS, sizeof *times, by_time);
    return times[RUNS / 2];
}

static void fill(const char *file, int participants, int versions) {
    static const char statements[] =
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
        "CREATE TEMP TABLE n (i INTEGER PRIMARY KEY);"
        "WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 9999)"
        " INSERT INTO n SELECT i FROM c;"
        "INSERT INTO participant (id, name) SELECT i, 'P' || i FROM n WHERE i < %1$d;"
        "INSERT INTO version (id, participant, number, created)"
        " SELECT k.i * %1$d + p.i, p.i, '' || k.i, '2026-01-01' FROM n k, n p"
        " WHERE p.i < %1$d AND k.i < %2$d;"
        "INSERT INTO branch SELECT id, 'main' FROM version;"
        "INSERT INTO bundle SELECT DISTINCT 'B' || p.i || '-' || j.i || '-' || k.i"
        " FROM n p, n j, n k WHERE p.i < %1$d AND j.i < %3$d AND k.i <= %2$d / 10;"
        "INSERT INTO contract SELECT v.id, (v.participant + j.i + 1) %% %1$d,"
        " 'B' || v.participant || '-' || j.i || '-' || (v.id / %1$d / 10)"
        " FROM version v, n j WHERE j.i < %3$d;"
        "INSERT INTO replay (contract, provider_version, success, verified, verifier, report)"
        " SELECT c.bundle, v.id / %1$d * %1$d + c.provider, 1, '2026-01-01', 'bench', '{}'"
        " FROM contract c JOIN version v ON v.id = c.version;"
        "INSERT INTO presence (kind, version, environment, instance, since)"
        " SELECT 'deployment', (%2$d - 2) * %1$d + i, 1, '', '2026-01-01' FROM n WHERE i < %1$d;"
        "COMMIT;";
    char text[8192], *error = NULL;
    sqlite3 *handle;
    snprintf(text, sizeof text, statements, participants, versions, PROVIDERS);
    if (sqlite3_open(file, &handle) != SQLITE_OK ||
        sqlite3_exec(handle, text, NULL, NULL, &error) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", file, error ? error : "can't be opened");
        exit(1);
    }
    sqlite3_close(handle);
}

static void measure(const char *program, const char *folder, int participants, int versions) {
    char file[512], number[16];
    struct stat status;
    snprintf(file, sizeof file, "%s/gate-%d.sqlite", folder, participants);
    snprintf(number, sizeof number, "%d", versions - 1);
    unlink(file);
    char *creating[] = {"breakwater", "environment", "create", "production", "--store", file, NULL};
    char *asking[] = {"breakwater", "can-i-deploy",     "--pacticipant", "P7",      "--version",
                      number,       "--to-environment", "production",    "--store", file,
                      NULL};
    char *starting[] = {"breakwater", "--version", NULL};
    run(program, creating);
    fill(file, participants, versions);
    char *showing[] = {"breakwater", "matrix",   "--environment", "production", "--store",
                       file,         "--format", "json",          NULL};
    printf("%12d %9d %9d %9.0f %12.1f %9.1f %9.1f\n", participants, participants * versions,
           participants * versions * PROVIDERS,
           stat(file, &status) == 0 ? (double)status.st_size / (1 << 20) : 0,
           median(program, asking), median(program, showing), median(program, starting));
    unlink(file);
}

int main(int count, char **arguments) {
    if (count != 3)
        return 2;
    printf("%12s %9s %9s %9s %12s %9s %9s\n", "participants", "versions", "pairs", "store MiB",
           "can-i-deploy", "matrix", "--version");
    measure(arguments[1], arguments[2], 20, 25);
    measure(arguments[1], arguments[2], 20, 250);
    measure(arguments[1], arguments[2], 200, 250);
    return 0;
}
