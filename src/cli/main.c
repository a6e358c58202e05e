/* The program: an arena, and the way out where memory is gone. */
#include "cli/commands.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static int run(Progress *progress, int argc, char **argv) {
    MemoryEscape escape;
    Arena *volatile arena = NULL;
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is seen where it is written to */
    if (setjmp(escape.point)) {
        progress_end(progress);
        fputs("error: out of memory\n", stderr);
        arena_free(arena);
        return EXIT_FAULT;
    }
    arena = arena_new(&escape);
    if (!arena)
        longjmp(escape.point, 1);
    int status = run_program(arena, progress, argc, argv);
    arena_free(arena);
    return status;
}

int main(int argc, char **argv) {
    Progress progress = {0};
    return run(&progress, argc, argv);
}
