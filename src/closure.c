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
    References references;
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
    Diagnostics unheard = {.arena = arena};
    Source source;
    Text name = repository_source_name(closures->repository, snapshot, path);
    known->understood = source_read(arena, &unheard, name, &source) &&
                        find_references(arena, source.bytes, &known->references);
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

bool closures_equal(Closures *closures, const Snapshot *a, const Snapshot *b, Text path) {
    Arena *arena = closures->arena;
    Map *met = map_new(arena);
    ARRAY(Text) paths = {0};
    array_push(arena, &paths, path);
    for (size_t i = 0; i < paths.count; i++) {
        Text next = paths.items[i];
        ContentId content = repository_content_id(closures->repository, a, next);
        if (content_id_is_none(content) ||
            !content_ids_equal(content, repository_content_id(closures->repository, b, next)))
            return false;
        /* The same commit of a submodule that is not here: its files are as they stood. */
        if (!repository_submodule_is_here(closures->repository, a, next))
            continue;
        const Known *known = references_of(closures, a, next, content);
        if (!known->understood)
            return false;
        for (size_t j = 0; j < known->references.count; j++) {
            Text named = path_of(arena, next, known->references.items[j]);
            if (!named.size)
                return false;
            if (map_get_text(met, named))
                continue;
            map_put_text(met, named, closures);
            array_push(arena, &paths, named);
        }
    }
    return true;
}
