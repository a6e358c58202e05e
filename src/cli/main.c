/* The program: an arena, and the way out where memory is gone. */
#include "cli/commands.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    MemoryEscape escape;
    Arena *volatile arena = NULL;
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is seen where it is written to */
    if (setjmp(escape.point)) {
        fputs("error: out of memory\n", stderr);
        arena_free(arena);
        return EXIT_FAULT;
    }
    arena = arena_new(&escape);
    if (!arena)
        longjmp(escape.point, 1);
    int status = run_program(arena, argc, argv);
    arena_free(arena);
    return status;
}
