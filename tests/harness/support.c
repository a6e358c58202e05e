#include "harness.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void pass(Harness *harness) {
    harness->passed++;
}

void fail(Harness *harness, Text name, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Text message = text_vformat(harness->arena, format, arguments);
    va_end(arguments);
    harness->failed++;
    printf("FAIL %.*s: %.*s\n", TEXT_ARG(name), TEXT_ARG(message));
}

void skip(Harness *harness, Text name, const char *reason) {
    harness->skipped++;
    printf("SKIP %.*s: %s\n", TEXT_ARG(name), reason);
}

bool wanted(const Harness *harness, Text name) {
    return text_starts_with(name, harness->filter);
}

/* ---- files ----------------------------------------------------------------------------------- */

bool test_file_exists(Text path) {
    return access(path.data, F_OK) == 0;
}

Text test_read_file(Arena *arena, Text path) {
    FILE *file = fopen(path.data, "rb");
    if (!file)
        return (Text){0};
    Buffer content = {.arena = arena};
    char block[65536];
    size_t size;
    while ((size = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&content, (Text){block, size});
    fclose(file);
    return content.size ? buffer_text(&content) : TEXT("");
}

void test_write_file(Text path, Text content) {
    FILE *file = fopen(path.data, "wb");
    if (!file || fwrite(content.data, 1, content.size, file) != content.size || fclose(file)) {
        printf("can't write %.*s: %s\n", TEXT_ARG(path), strerror(errno));
        exit(2);
    }
}

Text test_path(Arena *arena, Text folder, Text name) {
    return text_format(arena, "%.*s/%.*s", TEXT_ARG(folder), TEXT_ARG(name));
}

json_t *test_parse_json(Text text) {
    return json_loadb(text.data ? text.data : "", text.size, 0, NULL);
}

const char *member_text(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static int by_text(const void *a, const void *b) {
    const Text *left = a, *right = b;
    return text_compare(*left, *right);
}

Names list_folder(Arena *arena, Text folder) {
    Names names = {0};
    DIR *open = opendir(folder.data);
    for (struct dirent *entry; open && (entry = readdir(open));)
        if (entry->d_name[0] != '.')
            array_push(arena, &names, text_copy(arena, text_from(entry->d_name)));
    if (open)
        closedir(open);
    if (names.count > 1)
        qsort(names.items, names.count, sizeof(Text), by_text);
    return names;
}

Names read_lines(Arena *arena, Text path) {
    Names lines = {0};
    Text content = test_read_file(arena, path);
    for (size_t at = 0; at < content.size;) {
        size_t end = text_find_byte(content, '\n', at);
        Text line = text_slice(content, at, end == SIZE_MAX ? content.size : end);
        if (text_trim(line).size)
            array_push(arena, &lines, text_copy(arena, text_trim(line)));
        at = end == SIZE_MAX ? content.size : end + 1;
    }
    return lines;
}

Text find_document(Arena *arena, Text folder, const char *stem) {
    static const char *const endings[] = {"yaml", "json"};
    for (size_t i = 0; i < 2; i++) {
        Text name = text_format(arena, "%s.%s", stem, endings[i]);
        if (test_file_exists(test_path(arena, folder, name)))
            return name;
    }
    return (Text){0};
}

static void show_difference(Text expected, Text actual) {
    size_t at = 0, line = 1, start = 0;
    while (at < expected.size && at < actual.size && expected.data[at] == actual.data[at]) {
        if (expected.data[at++] == '\n') {
            line++;
            start = at;
        }
    }
    size_t expected_end = text_find_byte(expected, '\n', start);
    size_t actual_end = text_find_byte(actual, '\n', start);
    Text wanted_line = text_slice(expected, start, expected_end);
    Text actual_line = text_slice(actual, start, actual_end);
    printf("  line %zu\n  - %.*s\n  + %.*s\n", line, TEXT_ARG(wanted_line), TEXT_ARG(actual_line));
}

bool matches_expected(Harness *harness, Text name, Text folder, const char *file, Text actual) {
    Text path = test_path(harness->arena, folder, text_from(file));
    Text new_path = text_format(harness->arena, "%.*s.new", TEXT_ARG(path));
    Text expected = test_read_file(harness->arena, path);
    if (expected.data && text_equal(expected, actual)) {
        remove(new_path.data);
        return true;
    }
    test_write_file(new_path, actual);
    fail(harness, name, "%s %s; what came is in %s.new", file,
         expected.data ? "differs" : "is missing", file);
    if (expected.data)
        show_difference(expected, actual);
    return false;
}

/* ---- running --------------------------------------------------------------------------------- */

static int temporary_file(void) {
    char name[] = "/tmp/breakwater-test-XXXXXX";
    int file = mkstemp(name);
    if (file < 0) {
        perror("mkstemp");
        exit(2);
    }
    unlink(name);
    return file;
}

static Text file_content(Arena *arena, int file) {
    off_t size = lseek(file, 0, SEEK_END);
    char *data = arena_alloc(arena, (size_t)size + 1);
    ssize_t got = pread(file, data, (size_t)size, 0);
    close(file);
    return (Text){data, got > 0 ? (size_t)got : 0};
}

static _Noreturn void become(Text program, Text folder, char *const *arguments, int out, int err) {
    int nothing = open("/dev/null", O_RDONLY);
    bool ready = nothing >= 0 && dup2(nothing, 0) >= 0 && dup2(out, 1) >= 0 && dup2(err, 2) >= 0 &&
                 chdir(folder.data) == 0;
    alarm(TIME_LIMIT_SECONDS);
    if (ready)
        execv(program.data, arguments);
    _exit(127);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

Run run_program(Arena *arena, Text program, Text folder, const Text *arguments, size_t count) {
    char **vector = arena_new_array(arena, count + 2, char *);
    vector[0] = arena_copy(arena, program.data, program.size);
    for (size_t i = 0; i < count; i++)
        vector[i + 1] = arena_copy(arena, arguments[i].data, arguments[i].size);
    int out = temporary_file(), err = temporary_file();
    fflush(stdout);
    double start = seconds();
    pid_t child = fork();
    if (child == 0)
        become(program, folder, vector, out, err);
    int state = 0;
    struct rusage usage = {0};
    if (child < 0 || wait4(child, &state, 0, &usage) < 0) {
        perror("fork");
        exit(2);
    }
    return (Run){
        .status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state),
        .out = file_content(arena, out),
        .err = file_content(arena, err),
        .milliseconds = (seconds() - start) * 1000,
        .peak_kilobytes = usage.ru_maxrss,
    };
}
