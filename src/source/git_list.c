#include "source/git_handle.h"
#include "source/path.h"

/* Trees are in the arena's care: memory may run out while one is walked. */
typedef struct Listing {
    Arena *arena;
    const Git *git;
    Text suffix;
    git_tree *open;
    ARRAY(Text) folders; /* still to be read; "" is the root */
    GitNames *names;
} Listing;

static void close_tree(void *resource) {
    Listing *listing = resource;
    git_tree_free(listing->open);
    listing->open = NULL;
}

static bool is_file(git_filemode_t mode) {
    return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

static void take_entry(Listing *listing, Text folder, const git_tree_entry *entry) {
    Text name = text_from(git_tree_entry_name(entry));
    git_filemode_t mode = git_tree_entry_filemode(entry);
    if (text_starts_with(name, TEXT(".")))
        return;
    Text path = path_join(listing->arena, folder, name);
    if (mode == GIT_FILEMODE_TREE)
        array_push(listing->arena, &listing->folders, path);
    else if (is_file(mode) && text_ends_with(name, listing->suffix))
        array_push(listing->arena, listing->names, path);
}

/* False: there is no such folder. */
static bool open_tree(Listing *listing, Text folder) {
    if (!folder.size)
        return git_tree_dup(&listing->open, listing->git->view.tree) == 0;
    git_tree_entry *entry = NULL;
    bool found = git_tree_entry_bypath(&entry, listing->git->view.tree, folder.data) == 0 &&
                 git_tree_entry_filemode(entry) == GIT_FILEMODE_TREE &&
                 git_tree_lookup(&listing->open, listing->git->view.repository,
                                 git_tree_entry_id(entry)) == 0;
    git_tree_entry_free(entry);
    return found;
}

static bool list_tree(Listing *listing, Text folder) {
    array_push(listing->arena, &listing->folders, folder);
    bool found = false;
    while (listing->folders.count) {
        Text next = listing->folders.items[--listing->folders.count];
        if (!open_tree(listing, next))
            continue;
        found = true;
        for (size_t i = 0; i < git_tree_entrycount(listing->open); i++)
            take_entry(listing, next, git_tree_entry_byindex(listing->open, i));
        close_tree(listing);
    }
    return found;
}

static bool is_hidden(Text path) {
    for (size_t at = 0; at != SIZE_MAX && at < path.size;) {
        if (path.data[at] == '.')
            return true;
        size_t slash = text_find_byte(path, '/', at);
        at = slash == SIZE_MAX ? slash : slash + 1;
    }
    return false;
}

/* The index has no folders of its own: one is there where a file lies in it. */
static bool list_index(Listing *listing, Text folder) {
    bool found = false;
    for (size_t i = 0; i < git_index_entrycount(listing->git->view.index); i++) {
        const git_index_entry *entry = git_index_get_byindex(listing->git->view.index, i);
        Text path = text_from(entry->path);
        if (folder.size && !path_is_beneath(path, folder))
            continue;
        found = true;
        Text below = text_slice(path, folder.size ? folder.size + 1 : 0, path.size);
        bool staged = git_index_entry_stage(entry) == listing->git->view.stage;
        if (staged && is_file((git_filemode_t)entry->mode) && !is_hidden(below) &&
            text_ends_with(path, listing->suffix))
            array_push(listing->arena, listing->names, text_copy(listing->arena, path));
    }
    return found;
}

bool git_list(Arena *arena, const Git *git, Text path, Text suffix, GitNames *names) {
    Listing *listing = arena_new_object(arena, Listing);
    *listing = (Listing){.arena = arena, .git = git, .suffix = suffix, .names = names};
    arena_on_free(arena, close_tree, listing);
    path = path_join(arena, (Text){0}, path);
    return git->view.index ? list_index(listing, path) : list_tree(listing, path);
}
