#include "source/tarball.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

static const size_t SIZE_LIMIT = (size_t)SOURCE_SIZE_LIMIT_MIB * 1024 * 1024;

/* libarchive's reader in the arena's care: memory may run out while it reads. */
typedef struct Tarball {
    Arena *arena;
    Diagnostics *diagnostics;
    struct archive *archive;
    Text path, suffix;
    Place place;
    size_t taken; /* bytes */
    Sources *into;
} Tarball;

bool tarball_is_named(Text path) {
    static const char *const endings[] = {".tar",  ".tar.gz", ".tgz", ".tar.bz2", ".tbz",
                                          ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        Text ending = text_from(endings[i]);
        size_t start = path.size > ending.size ? path.size - ending.size : 0;
        if (text_equal_ignoring_case(text_slice(path, start, path.size), ending))
            return true;
    }
    return false;
}

static void release(void *resource) {
    Tarball *tarball = resource;
    archive_read_free(tarball->archive);
    tarball->archive = NULL;
}

static bool failed(Tarball *tarball) {
    if (archive_errno(tarball->archive) == ENOMEM)
        arena_exhausted(tarball->arena);
    const char *why = archive_error_string(tarball->archive);
    return diagnose(tarball->diagnostics, TARBALL_UNREADABLE, tarball->place,
                    TEXT_ARG(tarball->path), why ? why : "unknown failure");
}

static bool is_hidden(Text name) {
    for (size_t i = 0; i < name.size; i++) {
        bool begins = i == 0 || name.data[i - 1] == '/';
        size_t end = text_find_byte(name, '/', i);
        Text segment = text_slice(name, i, end == SIZE_MAX ? name.size : end);
        if (begins && name.data[i] == '.' && !text_is(segment, ".") && !text_is(segment, ".."))
            return true;
    }
    return false;
}

static bool read_content(Tarball *tarball, Text *bytes) {
    enum { BLOCK = 64 * 1024 };
    Buffer content = {.arena = tarball->arena};
    char *block = arena_alloc(tarball->arena, BLOCK);
    la_ssize_t count;
    while ((count = archive_read_data(tarball->archive, block, BLOCK)) > 0) {
        tarball->taken += (size_t)count;
        if (tarball->taken > SIZE_LIMIT)
            return diagnose(tarball->diagnostics, TARBALL_TOO_LARGE, tarball->place,
                            TEXT_ARG(tarball->path), SOURCE_SIZE_LIMIT_MIB);
        buffer_add(&content, (Text){block, (size_t)count});
    }
    *bytes = buffer_text(&content);
    return count == 0 || failed(tarball);
}

static bool take_entry(Tarball *tarball, struct archive_entry *entry) {
    const char *given = archive_entry_pathname_utf8(entry);
    Text name = text_from(given ? given : archive_entry_pathname(entry));
    if (archive_entry_filetype(entry) != AE_IFREG || is_hidden(name) ||
        !text_ends_with(name, tarball->suffix))
        return true;
    if (text_starts_with(name, TEXT("./")))
        name = text_slice(name, 2, name.size);
    Source source = {.kind = SOURCE_TARBALL};
    source.name = text_format(tarball->arena, "%.*s:%.*s", TEXT_ARG(tarball->path), TEXT_ARG(name));
    source.file = source.path = source.name;
    if (!read_content(tarball, &source.bytes))
        return false;
    array_push(tarball->arena, tarball->into, source);
    return true;
}

/* A member of another compressed program would be unpacked by running it; these are built in. */
static bool open_archive(Tarball *tarball) {
    enum { BLOCK = 64 * 1024 };
    tarball->archive = archive_read_new();
    if (!tarball->archive)
        arena_exhausted(tarball->arena);
    archive_read_support_format_tar(tarball->archive);
    archive_read_support_filter_gzip(tarball->archive);
    archive_read_support_filter_bzip2(tarball->archive);
    archive_read_support_filter_xz(tarball->archive);
    archive_read_support_filter_zstd(tarball->archive);
    return archive_read_open_filename(tarball->archive, tarball->path.data, BLOCK) == ARCHIVE_OK ||
           failed(tarball);
}

bool tarball_read(Arena *arena, Diagnostics *diagnostics, Text path, Text suffix, Sources *into) {
    Tarball *tarball = arena_new_object(arena, Tarball);
    *tarball = (Tarball){.arena = arena,
                         .diagnostics = diagnostics,
                         .path = text_copy(arena, path),
                         .suffix = suffix,
                         .into = into};
    tarball->place.file = tarball->path;
    arena_on_free(arena, release, tarball);
    if (!open_archive(tarball))
        return false;
    struct archive_entry *entry;
    int result;
    while ((result = archive_read_next_header(tarball->archive, &entry)) == ARCHIVE_OK ||
           result == ARCHIVE_WARN)
        if (!take_entry(tarball, entry))
            return false;
    bool read = result == ARCHIVE_EOF || failed(tarball);
    release(tarball);
    return read;
}
