#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* harness --program PROGRAM [--units FOLDER] [--corpus] [CASE] | --rules-table: runs all cases, or
 * those whose path below testdata begins with CASE. Started from the project's root. */

static Text absolute(Arena *arena, Text root, const char *path) {
    return path[0] == '/' ? text_from(path) : text_format(arena, "%.*s/%s", TEXT_ARG(root), path);
}

static bool read_arguments(Harness *harness, int count, char **arguments, bool *corpus_only,
                           bool *table_only) {
    for (int i = 1; i < count; i++) {
        if (!strcmp(arguments[i], "--program") && i + 1 < count)
            harness->program = absolute(harness->arena, harness->root, arguments[++i]);
        else if (!strcmp(arguments[i], "--units") && i + 1 < count)
            harness->units = absolute(harness->arena, harness->root, arguments[++i]);
        else if (!strcmp(arguments[i], "--corpus"))
            *corpus_only = true;
        else if (!strcmp(arguments[i], "--rules-table"))
            *table_only = true;
        else if (arguments[i][0] != '-')
            harness->filter = text_from(arguments[i]);
        else
            return false;
    }
    return harness->program.size > 0 || *table_only;
}

int main(int count, char **arguments) {
    MemoryEscape escape;
    if (setjmp(escape.point)) {
        printf("out of memory\n");
        return 2;
    }
    Harness harness = {.arena = arena_new(&escape)};
    char folder[4096];
    bool corpus_only = false, table_only = false;
    if (!harness.arena || !getcwd(folder, sizeof folder))
        return 2;
    harness.root = text_from(folder);
    if (!read_arguments(&harness, count, arguments, &corpus_only, &table_only)) {
        printf("usage: harness --program PROGRAM [--units FOLDER] [--corpus] [CASE] | "
               "--rules-table\n");
        return 2;
    }
    if (table_only) { /* rules/README.md goes to standard output */
        Text table = rules_table(&harness);
        bool made = table.data && !harness.failed;
        if (made)
            fwrite(table.data, 1, table.size, stdout);
        return made ? 0 : 1;
    }
    setenv("SOURCE_DATE_EPOCH", "1767225600", 1); /* 2026-01-01, the day of all cases */
    /* The cases lie in no repository, wherever this one came from. */
    setenv("GIT_CEILING_DIRECTORIES", text_format(harness.arena, "%s/testdata", folder).data, 1);
    if (!corpus_only) {
        run_units(&harness);
        run_types(&harness);
        run_expectations(&harness);
        run_judgements(&harness);
        run_comparisons(&harness);
        run_verifications(&harness);
        run_usages(&harness);
        run_sessions(&harness);
        run_pact_cases(&harness);
        run_comparator(&harness);
        run_history(&harness);
        run_invalid(&harness);
        run_rules_index(&harness);
        run_rules_table(&harness);
        run_rules_symmetry(&harness);
    }
    run_corpus(&harness);
    printf("%d passed, %d failed", harness.passed, harness.failed);
    if (harness.skipped)
        printf(", %d skipped", harness.skipped);
    printf("\n");
    bool found = harness.passed + harness.failed + harness.skipped > 0;
    if (!found)
        printf("no case begins with %.*s\n", TEXT_ARG(harness.filter));
    int status = harness.failed || !found ? 1 : 0;
    arena_free(harness.arena);
    return status;
}
