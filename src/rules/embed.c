/* The build's own program that turns files into C: `embed FILE…` writes to standard output a C file
 * that defines what builtin.h declares. It runs while building and is no part of the library or the
 * program:
 *
 *     embed rules/?*.yaml > builtin_rules.c
 *     embed --examples FILE... > builtin_examples.c
 *
 * The rules are read and checked first, by the code that reads those of others, so that a mistake
 * in one, a template that names what its change does not carry among them, stops the build with its
 * place. Bytes are written as numbers, since a string literal need not hold more than 4095
 * characters (C17 5.2.4.1).
 */
#include "rules/layer.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES_A_LINE = 20 };

/* The last one or two names of a path: those that say which file it is. */
static int names_kept = 1;

static const char *short_name(const char *path) {
    const char *name = path + strlen(path);
    for (int left = names_kept; name > path; name--)
        if (name[-1] == '/' && --left == 0)
            break;
    return name;
}

static int by_short_name(const void *a, const void *b) {
    return strcmp(short_name(*(char *const *)a), short_name(*(char *const *)b));
}

/* Writes the file's bytes as an array and gives how many there are; -1: could not be read. */
static long write_bytes(const char *path, int index) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    printf("static const unsigned char bytes_%d[] = {", index);
    long count = 0;
    for (int byte; (byte = getc(file)) != EOF; count++)
        printf(count % BYTES_A_LINE ? "%d," : "\n    %d,", byte);
    if (count == 0)
        printf("0");
    printf("\n};\n\n");
    int failed = ferror(file);
    fclose(file);
    return failed ? -1 : count;
}

/* ---- the check ------------------------------------------------------------------------------- */

/* Whether the files are a rule set. False: it has been said. */
static bool check_rules(char *const *files, int file_count) {
    MemoryEscape escape;
    if (setjmp(escape.point)) {
        fprintf(stderr, "embed: out of memory\n");
        return false;
    }
    Arena *arena = arena_new(&escape);
    if (!arena) {
        fprintf(stderr, "embed: out of memory\n");
        return false;
    }
    Diagnostics diagnostics = {.arena = arena};
    Layer layer = {.arena = arena, .diagnostics = &diagnostics};
    static const RuleSet nothing = {0};
    for (int i = 0; i < file_count; i++) {
        Source source;
        if (source_read(arena, &diagnostics, text_from(files[i]), &source))
            layer_read(&layer, &source);
    }
    if (!diagnostics.errors && layer_check(&layer, &nothing))
        layer_check_complete(&layer);
    Buffer told = {.arena = arena};
    for (size_t i = 0; i < diagnostics.list.count; i++)
        diagnostic_render(&diagnostics.list.items[i], &told);
    Text text = buffer_text(&told);
    fprintf(stderr, "%.*s", TEXT_ARG(text));
    bool right = !diagnostics.errors;
    arena_free(arena);
    return right;
}

int main(int argc, char **argv) {
    bool examples = argc > 1 && strcmp(argv[1], "--examples") == 0;
    int file_count = argc - 1 - examples;
    char **files = argv + 1 + examples;
    const char *what = examples ? "example" : "file";
    names_kept = examples ? 2 : 1;
    long *sizes = calloc((size_t)argc, sizeof *sizes);
    if (!sizes || file_count == 0) {
        fprintf(stderr, "usage: embed [--examples] FILE...\n");
        free(sizes);
        return 2;
    }
    if (!examples && !check_rules(files, file_count)) {
        free(sizes);
        return 1;
    }
    qsort(files, (size_t)file_count, sizeof *files, by_short_name);
    printf("/* Made by src/rules/embed.c. */\n#include \"rules/builtin.h\"\n\n");
    for (int i = 0; i < file_count; i++) {
        sizes[i] = write_bytes(files[i], i);
        if (sizes[i] < 0) {
            fprintf(stderr, "embed: can't read %s: %s\n", files[i], strerror(errno));
            free(sizes);
            return 1;
        }
    }
    printf("const BuiltinFile builtin_%ss[] = {\n", what);
    for (int i = 0; i < file_count; i++)
        printf("    {\"%s\", bytes_%d, %ld},\n", short_name(files[i]), i, sizes[i]);
    printf("};\nconst size_t builtin_%s_count = %d;\n", what, file_count);
    free(sizes);
    return fflush(stdout) == 0 ? 0 : 1;
}
