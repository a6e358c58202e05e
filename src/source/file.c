#include "source/file.h"
#include "source/source.h"

#include "source/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const size_t SIZE_LIMIT = (size_t)SOURCE_SIZE_LIMIT_MIB * 1024 * 1024;

enum { FOLDERS_UP_MOST = 64 };

/* An open file in the arena's care: memory may run out while it is read. */
typedef struct Handle {
    int descriptor;
} Handle;

static void close_handle(void *resource) {
    Handle *handle = resource;
    if (handle->descriptor > STDERR_FILENO)
        close(handle->descriptor);
    handle->descriptor = -1;
}

/* What is read, and where it is told that it can't be. */
typedef struct Reading {
    Arena *arena;
    Diagnostics *diagnostics;
    Text shown;
    Place place;
} Reading;

static void close_listing(void *listing) {
    closedir(listing);
}

/* Of a file that is not there, what in its folder has nearly its name, of which what many files end
 * in is no part. */
static const char *suggestion(const Reading *reading) {
    Text folder = path_folder(reading->shown);
    Guess guess = {.mistyped = path_name(reading->shown)};
    DIR *listing = opendir(folder.size ? text_copy(reading->arena, folder).data : ".");
    if (listing)
        arena_on_free(reading->arena, close_listing, listing);
    for (struct dirent *entry; listing && (entry = readdir(listing));)
        if (entry->d_name[0] != '.')
            guess_offer(&guess, text_copy(reading->arena, text_from(entry->d_name)));
    size_t dot = text_find_byte(guess.mistyped, '.', 0);
    if (guess.distance * 3 > (dot == SIZE_MAX ? guess.mistyped.size : dot))
        return "";
    return text_suggestion(reading->arena, guess.word.size && folder.size
                                               ? path_join(reading->arena, folder, guess.word)
                                               : guess.word);
}

static bool unreadable(const Reading *reading) {
    int error = errno;
    const char *says = strerror(error);
    if (error == ENOENT)
        says = text_format(reading->arena, "%s%s", says, suggestion(reading)).data;
    return diagnose(reading->diagnostics, FILE_UNREADABLE, reading->place, TEXT_ARG(reading->shown),
                    says);
}

static bool too_large(const Reading *reading) {
    return diagnose(reading->diagnostics, FILE_TOO_LARGE, reading->place, TEXT_ARG(reading->shown),
                    SOURCE_SIZE_LIMIT_MIB);
}

/* Fills the block unless the file ends before. -1: errno says why. */
static ssize_t read_fully(int descriptor, char *block, size_t size) {
    size_t filled = 0;
    while (filled < size) {
        ssize_t count = read(descriptor, block + filled, size - filled);
        if (count == 0)
            break;
        if (count < 0 && errno != EINTR)
            return -1;
        filled += count > 0 ? (size_t)count : 0;
    }
    return (ssize_t)filled;
}

static bool read_known_size(const Reading *reading, int descriptor, size_t size, Text *bytes) {
    char *block = arena_alloc(reading->arena, size + 1);
    ssize_t count = read_fully(descriptor, block, size);
    if (count < 0)
        return unreadable(reading);
    *bytes = (Text){block, (size_t)count};
    return true;
}

/* A pipe, or a file whose size the system does not know beforehand. */
static bool read_stream(const Reading *reading, int descriptor, Text *bytes) {
    enum { BLOCK = 64 * 1024 };
    Buffer read = {.arena = reading->arena};
    char *block = arena_alloc(reading->arena, BLOCK);
    ssize_t count = 0;
    do {
        count = read_fully(descriptor, block, BLOCK);
        if (count < 0)
            return unreadable(reading);
        buffer_add(&read, (Text){block, (size_t)count});
        if (read.size > SIZE_LIMIT)
            return too_large(reading);
    } while (count == BLOCK);
    buffer_add_byte(&read, '\0');
    *bytes = (Text){read.data, read.size - 1};
    return true;
}

static bool read_descriptor(const Reading *reading, int descriptor, FileWanted wanted,
                            Text *bytes) {
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return unreadable(reading);
    if (S_ISDIR(status.st_mode))
        return diagnose(reading->diagnostics, FILE_IS_FOLDER, reading->place,
                        TEXT_ARG(reading->shown));
    if (wanted == FILE_REGULAR && !S_ISREG(status.st_mode))
        return diagnose(reading->diagnostics, FILE_NOT_REGULAR, reading->place,
                        TEXT_ARG(reading->shown));
    if (!S_ISREG(status.st_mode) || status.st_size == 0)
        return read_stream(reading, descriptor, bytes);
    if ((uintmax_t)status.st_size > SIZE_LIMIT)
        return too_large(reading);
    return read_known_size(reading, descriptor, (size_t)status.st_size, bytes);
}

bool file_read(Arena *arena, Diagnostics *diagnostics, Text path, FileWanted wanted, Text shown,
               Place place, Text *bytes) {
    const Reading reading = {arena, diagnostics, shown, place};
    const char *name = text_copy(arena, path).data;
    Handle *handle = arena_new_object(arena, Handle);
    handle->descriptor = -1;
    arena_on_free(arena, close_handle, handle);
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY;
    handle->descriptor = open(name, wanted == FILE_REGULAR ? flags | O_NONBLOCK : flags);
    if (handle->descriptor < 0)
        return unreadable(&reading);
    bool read = read_descriptor(&reading, handle->descriptor, wanted, bytes);
    close_handle(handle);
    return read;
}

bool file_read_standard_input(Arena *arena, Diagnostics *diagnostics, Place place, Text *bytes) {
    const Reading reading = {arena, diagnostics, place.file, place};
    return read_descriptor(&reading, STDIN_FILENO, FILE_ANY, bytes);
}

bool file_exists(Arena *arena, Text path) {
    struct stat status;
    return stat(text_copy(arena, path).data, &status) == 0;
}

/* Takes over what the C library allocated. */
static Text take(Arena *arena, char *allocated) {
    if (!allocated) {
        if (errno == ENOMEM)
            arena_exhausted(arena);
        return (Text){0};
    }
    arena_on_free(arena, free, allocated);
    return text_from(allocated);
}

Text file_real_path(Arena *arena, Text path) {
    const char *name = text_copy(arena, path).data;
    return take(arena, realpath(name, NULL));
}

Text source_find_upwards(Arena *arena, Text name) {
    Buffer up = {.arena = arena};
    for (int level = 0; level < FOLDERS_UP_MOST; level++, buffer_add(&up, TEXT("../"))) {
        Text folder = buffer_text(&up);
        Text file = text_format(arena, "%.*s%.*s", TEXT_ARG(folder), TEXT_ARG(name));
        if (file_exists(arena, file))
            return file;
        Text here = file_real_path(arena, folder.size ? folder : TEXT("."));
        if (here.size <= 1 || file_exists(arena, text_format(arena, "%.*s.git", TEXT_ARG(folder))))
            break;
    }
    return (Text){0};
}

Text file_working_folder(Arena *arena) {
    return take(arena, realpath(".", NULL));
}
