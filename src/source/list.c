#include "source/file.h"
#include "source/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A walk through folders. The one that is open is in the arena's care: memory may run out. */
typedef struct Listing {
    Arena *arena;
    Text suffix;
    DIR *open;
    ARRAY(Text) folders; /* still to be read */
    ARRAY(Text) names;
} Listing;

static void close_folder(void *resource) {
    Listing *listing = resource;
    if (listing->open)
        closedir(listing->open);
    listing->open = NULL;
}

/* A symbolic link to a file counts as the file; one to a folder is not followed, for it may lead in
 * a circle. */
static void take_entry(Listing *listing, Text folder, Text entry) {
    bool slash = text_ends_with(folder, TEXT("/"));
    Text name = text_format(listing->arena, "%.*s%s%.*s", TEXT_ARG(folder), slash ? "" : "/",
                            TEXT_ARG(entry));
    struct stat status;
    if (lstat(name.data, &status) != 0)
        return;
    if (S_ISDIR(status.st_mode)) {
        array_push(listing->arena, &listing->folders, name);
    } else if (text_ends_with(entry, listing->suffix)) {
        if (S_ISLNK(status.st_mode) && stat(name.data, &status) != 0)
            return;
        if (S_ISREG(status.st_mode))
            array_push(listing->arena, &listing->names, name);
    }
}

static bool read_folder(Listing *listing, Diagnostics *diagnostics, Text folder) {
    Place place = {.file = folder};
    listing->open = opendir(folder.data);
    if (!listing->open)
        return diagnose(diagnostics, FILE_UNREADABLE, place, TEXT_ARG(folder), strerror(errno));
    struct dirent *entry;
    while (errno = 0, (entry = readdir(listing->open)) != NULL)
        if (entry->d_name[0] != '.')
            take_entry(listing, folder, text_from(entry->d_name));
    int failed = errno;
    close_folder(listing);
    return !failed ||
           diagnose(diagnostics, FILE_UNREADABLE, place, TEXT_ARG(folder), strerror(failed));
}

static int by_name(const void *a, const void *b) {
    return text_compare(*(const Text *)a, *(const Text *)b);
}

bool source_list(Arena *arena, Diagnostics *diagnostics, Text path, Text suffix, Text **names,
                 size_t *count) {
    Listing *listing = arena_new_object(arena, Listing);
    listing->arena = arena;
    listing->suffix = suffix;
    arena_on_free(arena, close_folder, listing);
    path = text_copy(arena, path);
    struct stat status;
    if (stat(path.data, &status) == 0 && S_ISDIR(status.st_mode))
        array_push(arena, &listing->folders, path);
    else
        array_push(arena, &listing->names, path); /* source_read tells what is wrong with it */
    while (listing->folders.count) {
        Text folder = listing->folders.items[--listing->folders.count];
        if (!read_folder(listing, diagnostics, folder))
            return false;
    }
    if (listing->names.count)
        qsort(listing->names.items, listing->names.count, sizeof(Text), by_name);
    *names = listing->names.items;
    *count = listing->names.count;
    return true;
}
