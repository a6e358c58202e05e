#include "harness.h"

#include <stdio.h>
#include <unistd.h>

/* Unit programs say themselves how many of their tests passed and failed, last. */

/* "SKIP what: why" */
static void tell_skips(const Harness *harness, Text out) {
    for (size_t at = 0; at < out.size;) {
        size_t end = text_find_byte(out, '\n', at);
        Text line = text_slice(out, at, end == SIZE_MAX ? out.size : end);
        if (text_starts_with(line, TEXT("SKIP ")))
            printf("%s\n", text_copy(harness->arena, line).data);
        at = end == SIZE_MAX ? out.size : end + 1;
    }
}

static void run_unit(Harness *harness, Text name, Text program) {
    Run run = run_program(harness->arena, program, harness->root, NULL, 0);
    size_t start = 0;
    for (size_t at = 0; (at = text_find_byte(run.out, '\n', at)) != SIZE_MAX; at++)
        start = at + 1 < run.out.size ? at + 1 : start;
    Text last = text_copy(harness->arena, text_slice(run.out, start, run.out.size));
    int passed, failed, skipped = 0;
    if (sscanf(last.data, "%d passed, %d failed, %d skipped", &passed, &failed, &skipped) < 2) {
        fail(harness, name, "ended with status %d and no count\n%.*s%.*s", run.status,
             TEXT_ARG(run.out), TEXT_ARG(run.err));
        return;
    }
    harness->passed += passed;
    harness->skipped += skipped;
    if (skipped)
        tell_skips(harness, run.out);
    if (failed || run.status)
        fail(harness, name, "%d failed, status %d\n%.*s%.*s", failed, run.status, TEXT_ARG(run.out),
             TEXT_ARG(run.err));
}

void run_units(Harness *harness) {
    if (!harness->units.size)
        return;
    Names names = list_folder(harness->arena, harness->units);
    for (size_t i = 0; i < names.count; i++) {
        Text program = test_path(harness->arena, harness->units, names.items[i]);
        Text name = test_path(harness->arena, TEXT("unit"), names.items[i]);
        bool is_program = text_find_byte(names.items[i], '.', 0) == SIZE_MAX;
        if (is_program && access(program.data, X_OK) == 0 && wanted(harness, name))
            run_unit(harness, name, program);
    }
}
