#include "broker/cache.h"

#include "support/diagnostics.h"
#include "support/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Private to the user, as the broker's answers may be. */
enum { FOLDER_MODE = 0700 };

static Text path_in(Arena *arena, Text folder, const char *kind, Text name) {
    return text_format(arena, "%.*s/%s/%.*s", TEXT_ARG(folder), kind, TEXT_ARG(name));
}

/* Makes the folders above a file. */
static bool make_folders(Arena *arena, Text path) {
    char *partial = arena_copy(arena, path.data, path.size);
    for (size_t i = 1; i < path.size; i++) {
        if (partial[i] != '/')
            continue;
        partial[i] = '\0';
        if (mkdir(partial, FOLDER_MODE) != 0 && errno != EEXIST)
            return false;
        partial[i] = '/';
    }
    return true;
}

static bool write_fully(int descriptor, Text content) {
    for (size_t done = 0; done < content.size;) {
        ssize_t count = write(descriptor, content.data + done, content.size - done);
        if (count < 0 && errno != EINTR)
            return false;
        done += count > 0 ? (size_t)count : 0;
    }
    return true;
}

static bool write_file(Arena *arena, Text path, Text content) {
    char *temporary =
        arena_copy(arena, text_format(arena, "%.*s.XXXXXX", TEXT_ARG(path)).data, path.size + 7);
    if (!make_folders(arena, path))
        return false;
    int descriptor = mkstemp(temporary);
    if (descriptor < 0)
        return false;
    bool written = write_fully(descriptor, content);
    written = close(descriptor) == 0 && written;
    if (written && rename(temporary, path.data) == 0)
        return true;
    int error = errno;
    unlink(temporary);
    errno = error;
    return false;
}

static bool read_file(Arena *arena, Text path, Text *content) {
    int descriptor = open(path.data, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0)
        return false;
    bool known = fstat(descriptor, &status) == 0 && status.st_size >= 0 &&
                 status.st_size <= (off_t)256 * 1024 * 1024;
    size_t size = known ? (size_t)status.st_size : 0;
    char *data = known ? arena_alloc(arena, size + 1) : NULL;
    ssize_t count = known ? read(descriptor, data, size) : -1;
    close(descriptor);
    *content = (Text){data, size};
    return count >= 0 && (size_t)count == size;
}

static Text next_line(Text text, size_t *at) {
    size_t from = *at, end = text_find_byte(text, '\n', from);
    *at = end == SIZE_MAX ? text.size : end + 1;
    return text_slice(text, from, end == SIZE_MAX ? text.size : end);
}

bool cache_find(Arena *arena, Text folder, Text question, StoredAnswer *answer) {
    Text entry;
    if (!read_file(arena, path_in(arena, folder, "answers", digest_of(arena, question)), &entry))
        return false;
    size_t at = 0;
    Text digest = next_line(entry, &at);
    answer->content_type = next_line(entry, &at);
    answer->date = next_line(entry, &at);
    answer->url = next_line(entry, &at);
    return digest.size &&
           read_file(arena, path_in(arena, folder, "contents", digest), &answer->body) &&
           text_equal(digest_of(arena, answer->body), digest);
}

static Text now(Arena *arena) {
    time_t seconds = time(NULL);
    struct tm date;
    gmtime_r(&seconds, &date);
    return text_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", date.tm_year + 1900,
                       date.tm_mon + 1, date.tm_mday, date.tm_hour, date.tm_min, date.tm_sec);
}

bool cache_put(Arena *arena, Text folder, Text question, const StoredAnswer *answer) {
    Text digest = digest_of(arena, answer->body), date = now(arena);
    Text entry = text_format(arena, "%.*s\n%.*s\n%.*s\n%.*s\n", TEXT_ARG(digest),
                             TEXT_ARG(answer->content_type), TEXT_ARG(date), TEXT_ARG(answer->url));
    return write_file(arena, path_in(arena, folder, "contents", digest), answer->body) &&
           write_file(arena, path_in(arena, folder, "answers", digest_of(arena, question)), entry);
}
