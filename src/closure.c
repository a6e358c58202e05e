#include "closure.h"

#include "contents.h"
#include "source/path.h"
#include "support/map.h"

struct Closures {
    Arena *arena;
    Repository *repository;
    Map *known; /* Known by content */
};

typedef struct Known {
    bool understood;
    Text bytes;
    References references, mapped;
} Known;

Closures *closures_new(Arena *arena, Repository *repository) {
    Closures *closures = arena_new_object(arena, Closures);
    *closures = (Closures){arena, repository, map_new(arena)};
    return closures;
}

static const Known *references_of(Closures *closures, const Snapshot *snapshot, Text path,
                                  ContentId content) {
    Arena *arena = closures->arena;
    const Known *before = map_get(closures->known, content.bytes, sizeof content.bytes);
    if (before)
        return before;
    Known *known = arena_new_object(arena, Known);
    known->understood = repository_read(closures->repository, snapshot, path, &known->bytes) &&
                        find_references(arena, known->bytes, &known->references, &known->mapped);
    char *key = arena_copy(arena, content.bytes, sizeof content.bytes);
    map_put(closures->known, key, sizeof content.bytes, known);
    return known;
}

/* The path that a reference names; empty: none of the repository. */
static Text path_of(Arena *arena, Text from, Text reference) {
    if (path_is_url(reference) || text_starts_with(reference, TEXT("/")))
        return (Text){0};
    Text path = path_join(arena, path_folder(from), text_percent_decode(arena, reference));
    return path_leads_up(path) ? (Text){0} : path;
}

/* The files that are reached from one, each once, in the order in which they are met. */
typedef struct Walk {
    Closures *closures;
    const Snapshot *snapshot;
    Paths paths;
    Map *met;
    size_t next;
} Walk;

static void meet(Walk *walk, Text path) {
    if (map_get_text(walk->met, path))
        return;
    map_put_text(walk->met, path, walk);
    array_push(walk->closures->arena, &walk->paths, path);
}

static Walk walk_from(Closures *closures, const Snapshot *snapshot, Text path) {
    Walk walk = {.closures = closures, .snapshot = snapshot, .met = map_new(closures->arena)};
    meet(&walk, path);
    return walk;
}

/* Meets what a file refers to. False: that can't be told, or is no file of the repository. */
static bool follow(Walk *walk, Text path, ContentId content) {
    const Known *known = references_of(walk->closures, walk->snapshot, path, content);
    bool whole = known->understood;
    for (size_t i = 0; known->understood && i < known->references.count; i++) {
        Text named = path_of(walk->closures->arena, path, known->references.items[i]);
        whole = whole && named.size;
        if (named.size)
            meet(walk, named);
    }
    /* A mapping's value that names no file is a component's name. */
    for (size_t i = 0; known->understood && i < known->mapped.count; i++) {
        Text named = path_of(walk->closures->arena, path, known->mapped.items[i]);
        if (named.size && !content_id_is_none(repository_content_id(walk->closures->repository,
                                                                    walk->snapshot, named)))
            meet(walk, named);
    }
    return whole;
}

bool closures_equal(Closures *closures, const Snapshot *a, const Snapshot *b, Text path) {
    Walk walk = walk_from(closures, a, path);
    while (walk.next < walk.paths.count) {
        Text next = walk.paths.items[walk.next++];
        ContentId content = repository_content_id(closures->repository, a, next);
        if (content_id_is_none(content) ||
            !content_ids_equal(content, repository_content_id(closures->repository, b, next)))
            return false;
        /* The same commit of a submodule that is not here: its files are as they stood. */
        if (repository_submodule_is_here(closures->repository, a, next) &&
            !follow(&walk, next, content))
            return false;
    }
    return true;
}

static bool holds(Text bytes, Text part) {
    return bytes.size && memmem(bytes.data, bytes.size, part.data, part.size);
}

static bool is_named(Arena *arena, Text bytes, Text name) {
    return holds(bytes, name) || holds(bytes, TEXT("\\u")) || holds(bytes, TEXT("\\x")) ||
           (holds(bytes, TEXT("%")) && holds(text_percent_decode(arena, bytes), name));
}

bool closures_name(Closures *closures, const Snapshot *snapshot, Text path, Text name) {
    Walk walk = walk_from(closures, snapshot, path);
    while (walk.next < walk.paths.count) {
        Text next = walk.paths.items[walk.next++];
        ContentId content = repository_content_id(closures->repository, snapshot, next);
        if (content_id_is_none(content))
            continue;
        const Known *known = references_of(closures, snapshot, next, content);
        if (!follow(&walk, next, content) || is_named(closures->arena, known->bytes, name))
            return true;
    }
    return false;
}

void closures_files(Closures *closures, const Snapshot *snapshot, Text path, Paths *files) {
    Walk walk = walk_from(closures, snapshot, path);
    while (walk.next < walk.paths.count) {
        Text next = walk.paths.items[walk.next++];
        ContentId content = repository_content_id(closures->repository, snapshot, next);
        if (!content_id_is_none(content))
            follow(&walk, next, content);
        array_push(closures->arena, files, next);
    }
}
