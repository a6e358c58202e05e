#include "harness.h"

/* testdata/invalid/NAME: `arguments`, a line each, and the exact standard error in expected.txt.
 * Nothing may stand on standard output that could be taken for a verdict. */

static void run_folder(Harness *harness, Text name, Text folder) {
    Arena *arena = harness->arena;
    Names arguments = read_lines(arena, test_path(arena, folder, TEXT("arguments")));
    Names said = read_lines(arena, test_path(arena, folder, TEXT("expected.status")));
    if (!arguments.count) {
        fail(harness, name, "`arguments` is missing");
        return;
    }
    Text status = said.count ? said.items[0] : TEXT("3");
    Run run = run_program(arena, harness->program, folder, arguments.items, arguments.count);
    bool good = matches_expected(harness, name, folder, "expected.txt", run.err);
    if (!text_equal(text_format(arena, "%d", run.status), status)) {
        fail(harness, name, "exit status %d, and %.*s was expected", run.status, TEXT_ARG(status));
        good = false;
    }
    if (run.out.size) {
        fail(harness, name, "standard output is not empty");
        good = false;
    }
    if (good)
        pass(harness);
}

void run_invalid(Harness *harness) {
    Arena *arena = harness->arena;
    Text group = test_path(arena, harness->root, TEXT("testdata/invalid"));
    Names names = list_folder(arena, group);
    for (size_t i = 0; i < names.count; i++) {
        Text name = test_path(arena, TEXT("invalid"), names.items[i]);
        if (wanted(harness, name))
            run_folder(harness, name, test_path(arena, group, names.items[i]));
    }
}
