#include "cli/output.h"

#include "source/path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NARROWEST = 40, FOLDER_SIZE = 1024 };

/* ---- which outputs --------------------------------------------------------------------------- */

/* However they are spelled; of files that are not there yet, by their folders. */
static bool same_file(Arena *arena, Text a, Text b) {
    struct stat first, second;
    if (text_equal(a, b))
        return true;
    if (stat(a.data, &first) == 0 || stat(b.data, &second) == 0)
        return stat(a.data, &first) == 0 && stat(b.data, &second) == 0 &&
               first.st_dev == second.st_dev && first.st_ino == second.st_ino;
    Text folder_a = path_folder(a), folder_b = path_folder(b);
    return text_equal(path_name(a), path_name(b)) &&
           stat(folder_a.size ? text_copy(arena, folder_a).data : ".", &first) == 0 &&
           stat(folder_b.size ? text_copy(arena, folder_b).data : ".", &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static bool same_target(Arena *arena, const char *a, const char *b) {
    return a && b ? same_file(arena, text_from(a), text_from(b)) : a == b;
}

static bool check_collisions(const Arguments *arguments, const Outputs *outputs) {
    for (size_t i = 0; i < outputs->list.count; i++)
        for (size_t j = 0; j < i; j++)
            if (same_target(arguments->arena, outputs->list.items[i].file,
                            outputs->list.items[j].file))
                return diagnose(arguments->diagnostics, OUTPUTS_COLLIDE, (Place){0},
                                outputs->list.items[i].file ? outputs->list.items[i].file
                                                            : "standard output");
    return true;
}

static void add_output(const Arguments *arguments, Outputs *outputs) {
    Output output = {0};
    array_push(arguments->arena, &outputs->list, output);
}

bool outputs_pair(const Arguments *arguments, Outputs *outputs) {
    bool has_format = false, has_file = false; /* the newest output */
    outputs->names_folder = true;
    outputs->quiet = arguments_have(arguments, "quiet");
    outputs->all = arguments_have(arguments, "all");
    outputs->places = arguments_have(arguments, "verbose");
    for (size_t i = 0; i < arguments->list.count; i++) {
        const Argument *argument = &arguments->list.items[i];
        const char *name = argument->option ? argument->option->name : "";
        bool is_format = strcmp(name, "format") == 0;
        if (!is_format && strcmp(name, "output") != 0)
            continue;
        if (!is_format && has_file)
            return diagnose(arguments->diagnostics, OUTPUT_WITHOUT_FORMAT, (Place){0},
                            argument->value);
        if (!outputs->list.count || (is_format && has_format)) {
            add_output(arguments, outputs);
            has_format = has_file = false;
        }
        Output *newest = &outputs->list.items[outputs->list.count - 1];
        if (is_format)
            newest->format = argument->value;
        else
            newest->file = strcmp(argument->value, "-") == 0 ? NULL : argument->value;
        has_format = has_format || is_format;
        has_file = has_file || !is_format;
    }
    if (!outputs->list.count)
        add_output(arguments, outputs);
    return check_collisions(arguments, outputs);
}

/* ---- standard output ------------------------------------------------------------------------- */

static int tell(const char *name, int error, int status) {
    fprintf(stderr, "error: can't write %s: %s\n", name, strerror(error));
    return status;
}

static int flush_standard_output(bool written) {
    if (written && fflush(stdout) == 0)
        return EXIT_SAFE;
    if (errno == EPIPE) /* a reader such as `head` has seen enough; the verdict stands */
        return EXIT_SAFE;
    return tell("standard output", errno, EXIT_FAULT);
}

bool into_buffer(const char *data, size_t size, void *context) {
    buffer_add(context, (Text){data, size});
    return true;
}

int write_standard_output(Text text) {
    return flush_standard_output(bw_to_file(text.data, text.size, stdout));
}

bw_layout terminal_layout(void) {
    bw_layout layout = BW_LAYOUT_INIT;
    if (!isatty(STDOUT_FILENO))
        return layout;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    layout.colour = !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= NARROWEST) {
        layout.width = size.ws_col;
        layout.folds = true;
    }
    return layout;
}

/* ---- files ----------------------------------------------------------------------------------- */

typedef struct Writing {
    OutputWriter write;
    const void *subject;
    const char *format;
    const Outputs *outputs;
    const char *folder; /* as of bw_layout */
} Writing;

static bool write_by(const Writing *writing, bw_layout layout, FILE *file) {
    layout.folder = writing->folder;
    layout.all = writing->outputs->all;
    layout.places = writing->outputs->places;
    return writing->write(writing->subject, writing->format, &layout, bw_to_file, file) == BW_OK;
}

/* Closes the file; false with errno where anything failed. */
static bool write_and_close(const Writing *writing, FILE *file, bool *memory_gone) {
    bw_layout layout = BW_LAYOUT_INIT;
    bool written = write_by(writing, layout, file);
    bool failed = ferror(file) || fflush(file) != 0;
    int error = errno;
    *memory_gone = !written && !failed;
    if (fclose(file) != 0 && !failed) {
        error = errno;
        failed = true;
    }
    errno = error;
    return !failed && !*memory_gone;
}

static int tell_failure(const char *name, bool memory_gone, int error) {
    return memory_gone ? told_out_of_memory() : tell(name, error, EXIT_FAULT);
}

/* A device or a pipe is written as it stands. */
static int write_in_place(const Writing *writing, const char *name) {
    FILE *file = fopen(name, "w");
    if (!file)
        return tell(name, errno, EXIT_INPUT);
    bool memory_gone = false;
    if (write_and_close(writing, file, &memory_gone))
        return EXIT_SAFE;
    return tell_failure(name, memory_gone, errno);
}

/* A new file gets the mode that the umask leaves, one that is replaced keeps its own. */
static mode_t mode_of(const char *name) {
    struct stat status;
    if (stat(name, &status) == 0)
        return status.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static int write_beside(const Writing *writing, const char *name, char *temporary) {
    int descriptor = mkstemp(temporary);
    if (descriptor < 0)
        return tell(name, errno, EXIT_INPUT);
    FILE *file = fdopen(descriptor, "w");
    if (!file)
        close(descriptor);
    bool memory_gone = !file;
    bool written = file && fchmod(descriptor, mode_of(name)) == 0;
    if (file && !written)
        fclose(file);
    else if (file)
        written = write_and_close(writing, file, &memory_gone);
    if (written && rename(temporary, name) == 0)
        return EXIT_SAFE;
    int error = errno;
    unlink(temporary);
    return tell_failure(name, memory_gone, error);
}

static int write_file(const Writing *writing, const char *name) {
    struct stat status;
    bool exists = stat(name, &status) == 0;
    if (exists && !S_ISREG(status.st_mode))
        return write_in_place(writing, name);
    if (exists && access(name, W_OK) != 0) /* which renaming would not ask for */
        return tell(name, errno, EXIT_INPUT);
    char *target = realpath(name, NULL); /* a symbolic link stays one */
    const char *where = target ? target : name;
    size_t size = strlen(where) + sizeof ".XXXXXX";
    char *temporary = malloc(size);
    int result = EXIT_FAULT;
    if (temporary) {
        snprintf(temporary, size, "%s.XXXXXX", where);
        result = write_beside(writing, where, temporary);
    } else {
        tell_failure(name, true, 0);
    }
    free(temporary);
    free(target);
    return result;
}

static int write_to_standard_output(const Writing *writing) {
    bool written = write_by(writing, terminal_layout(), stdout);
    if (!written && !ferror(stdout))
        return tell_failure("", true, 0);
    return flush_standard_output(written);
}

/* To ask git is dear, and no text for people says it. */
static bool wants_folder(const Outputs *outputs, const Output *output) {
    return outputs->names_folder && output->format && strcmp(output->format, "text") != 0;
}

int outputs_write(const Outputs *outputs, OutputWriter write, const void *subject, int status) {
    char folder[FOLDER_SIZE];
    int worst = status;
    for (size_t i = 0; i < outputs->list.count; i++) {
        const Output *output = &outputs->list.items[i];
        Writing writing = {write, subject, output->format, outputs, NULL};
        const char *file = output->file;
        if (!file && outputs->quiet && status == EXIT_SAFE)
            continue;
        if (wants_folder(outputs, output) && bw_folder_find(folder, sizeof folder))
            writing.folder = folder;
        int written = file ? write_file(&writing, file) : write_to_standard_output(&writing);
        worst = written > worst ? written : worst;
    }
    return worst;
}
