/* Gives tests a PostgreSQL of their own: Debian's, in a temporary folder, reached by a socket
 * there. It is started by whoever runs the tests, or by the user `postgres` where that is root, as
 * whom it refuses to run. Where it is not installed postgres_start says so.
 */
#ifndef BREAKWATER_TESTS_POSTGRES_H
#define BREAKWATER_TESTS_POSTGRES_H

#include <glob.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char postgres_folder[] = "/tmp/breakwater-pg-XXXXXX";
static char postgres_programs[256];
static int postgres_schemas;

/* Runs a line of a shell as the right user; its output goes to a log in the folder. */
static inline bool postgres_shell(const char *line) {
    char command[2048];
    const char *user = geteuid() == 0 ? "runuser -u postgres -- " : "";
    snprintf(command, sizeof command, "cd '%s' && %ssh -c '%s' >>'%s/log' 2>&1", postgres_folder,
             user, line, postgres_folder);
    fflush(stdout);
    return system(command) == 0;
}

/* NULL: it runs; else why not. */
static inline const char *postgres_start(void) {
    char line[1024];
    glob_t found;
    if (glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) != 0)
        return "Debian's package postgresql is not installed";
    snprintf(postgres_programs, sizeof postgres_programs, "%.*s",
             (int)(strrchr(found.gl_pathv[found.gl_pathc - 1], '/') -
                   found.gl_pathv[found.gl_pathc - 1]),
             found.gl_pathv[found.gl_pathc - 1]);
    globfree(&found);
    if (!mkdtemp(postgres_folder))
        return "no temporary folder";
    const struct passwd *user = geteuid() == 0 ? getpwnam("postgres") : NULL;
    if (geteuid() == 0 && (!user || chown(postgres_folder, user->pw_uid, user->pw_gid) != 0))
        return "there is no user postgres to run it";
    snprintf(line, sizeof line,
             "%s/initdb -D data -A trust -U test --no-sync -E UTF8 --locale=C && "
             "%s/pg_ctl -D data -w -l server.log -o \"-F -c listen_addresses= -c "
             "max_connections=300 -k %s\" start",
             postgres_programs, postgres_programs, postgres_folder);
    return postgres_shell(line) ? NULL : "it could not be started; see the log in its folder";
}

/* The URL of a schema that nobody used before. */
static inline bool postgres_fresh(char *url, size_t size) {
    char line[512];
    int number = ++postgres_schemas;
    snprintf(line, sizeof line, "%s/psql -q -h %s -U test postgres -c \"CREATE SCHEMA s%d\"",
             postgres_programs, postgres_folder, number);
    snprintf(url, size, "postgresql://test@/postgres?host=%s&options=-c%%20search_path%%3Ds%d",
             postgres_folder, number);
    return postgres_shell(line);
}

/* Runs statements in the newest of these schemas, behind the back of who uses it. */
static inline bool postgres_execute(const char *statements) {
    char line[512];
    snprintf(line, sizeof line, "%s/statements.sql", postgres_folder);
    FILE *file = fopen(line, "w");
    if (!file)
        return false;
    fprintf(file, "SET search_path TO s%d;\n%s;\n", postgres_schemas, statements);
    fclose(file);
    snprintf(line, sizeof line,
             "%s/psql -q -v ON_ERROR_STOP=1 -h %s -U test postgres -f statements.sql",
             postgres_programs, postgres_folder);
    return postgres_shell(line);
}

static inline void postgres_stop(void) {
    char line[512];
    snprintf(line, sizeof line, "%s/pg_ctl -D data -m immediate stop", postgres_programs);
    postgres_shell(line);
    snprintf(line, sizeof line, "rm -rf '%s'", postgres_folder);
    if (system(line) != 0)
        printf("left behind: %s\n", postgres_folder);
}

#endif
