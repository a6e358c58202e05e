#include "source/ancestry.h"

#include "support/map.h"

typedef struct Ancestor {
    git_oid id;
    git_time_t time;
    size_t children; /* that were not listed yet */
    ARRAY(struct Ancestor *) parents;
} Ancestor;

typedef struct Ancestry {
    Arena *arena;
    git_repository *repository;
    Map *known; /* Ancestor by id */
    ARRAY(Ancestor *) all;
} Ancestry;

/* The commit, to be looked at if it was not met before; NULL: it is not here. */
static Ancestor *meet(Ancestry *ancestry, const git_oid *id) {
    Ancestor *met = map_get(ancestry->known, id->id, sizeof id->id);
    git_commit *commit = NULL;
    if (met || git_commit_lookup(&commit, ancestry->repository, id) != 0)
        return met;
    git_time_t time = git_commit_time(commit);
    git_commit_free(commit);
    met = arena_new_object(ancestry->arena, Ancestor);
    *met = (Ancestor){.id = *id, .time = time};
    map_put(ancestry->known, met->id.id, sizeof met->id.id, met);
    array_push(ancestry->arena, &ancestry->all, met);
    return met;
}

static void meet_parents(Ancestry *ancestry, Ancestor *ancestor) {
    enum { PARENT_LIMIT = 64 };
    git_oid ids[PARENT_LIMIT];
    git_commit *commit = NULL;
    unsigned count = 0;
    if (git_commit_lookup(&commit, ancestry->repository, &ancestor->id) == 0)
        count = git_commit_parentcount(commit);
    count = count < PARENT_LIMIT ? count : PARENT_LIMIT;
    for (unsigned i = 0; i < count; i++)
        ids[i] = *git_commit_parent_id(commit, i);
    git_commit_free(commit);
    for (unsigned i = 0; i < count; i++) {
        Ancestor *parent = meet(ancestry, &ids[i]);
        if (!parent)
            continue;
        parent->children++;
        array_push(ancestry->arena, &ancestor->parents, parent);
    }
}

static Ancestry *ancestry_of(Arena *arena, git_repository *repository, const git_oid *tips,
                             size_t count) {
    Ancestry *ancestry = arena_new_object(arena, Ancestry);
    *ancestry = (Ancestry){.arena = arena, .repository = repository, .known = map_new(arena)};
    for (size_t i = 0; i < count; i++)
        meet(ancestry, &tips[i]);
    for (size_t i = 0; i < ancestry->all.count; i++)
        meet_parents(ancestry, ancestry->all.items[i]);
    return ancestry;
}

bool ancestry_merge_base(Arena *arena, git_repository *repository, const git_oid *a,
                         const git_oid *b, git_oid *base) {
    const Ancestry *ours = ancestry_of(arena, repository, a, 1);
    const Ancestry *theirs = ancestry_of(arena, repository, b, 1);
    const Ancestor *best = NULL;
    for (size_t i = 0; i < theirs->all.count; i++) {
        const Ancestor *shared = theirs->all.items[i];
        if (map_get(ours->known, shared->id.id, sizeof shared->id.id) &&
            (!best || shared->time > best->time))
            best = shared;
    }
    if (best)
        *base = best->id;
    return best;
}

void ancestry_list(Arena *arena, git_repository *repository, const git_oid *tips, size_t count,
                   const git_oid *hidden, CommitIds *commits) {
    Ancestry *ancestry = ancestry_of(arena, repository, tips, count);
    const Ancestry *without = ancestry_of(arena, repository, hidden, hidden ? 1 : 0);
    ARRAY(Ancestor *) ready = {0};
    for (size_t i = 0; i < count && i < ancestry->all.count; i++)
        if (!ancestry->all.items[i]->children) /* one tip may be reached from another */
            array_push(arena, &ready, ancestry->all.items[i]);
    while (ready.count) {
        size_t newest = 0;
        for (size_t i = 1; i < ready.count; i++)
            if (ready.items[i]->time > ready.items[newest]->time)
                newest = i;
        Ancestor *next = ready.items[newest];
        ready.items[newest] = ready.items[--ready.count];
        if (!map_get(without->known, next->id.id, sizeof next->id.id))
            array_push(arena, commits, next->id);
        for (size_t i = 0; i < next->parents.count; i++)
            if (--next->parents.items[i]->children == 0)
                array_push(arena, &ready, next->parents.items[i]);
    }
}
