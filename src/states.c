#include "states.h"

/* The state that was found for a side, as long as others that hold the file are the same. */
typedef struct Found {
    Snapshot snapshot; /* SNAPSHOT_NOTHING: none yet */
    bool whole;        /* nothing is missing that the file refers to */
    bool several;      /* another one is as good, and not the same */
} Found;

/* Of a commit and its parent. */
typedef struct Pair {
    Snapshot base, revision;
    bool found, whole, several;
} Pair;

typedef struct Search {
    Repository *repository;
    Closures *closures;
    const FileState *base, *revision;
    Pair pair;
    Found single_base, single_revision;
} Search;

static bool holds(const Search *search, const Snapshot *snapshot, const FileState *file) {
    if (snapshot->kind == SNAPSHOT_NOTHING || file->as_it_lies)
        return false;
    return content_ids_equal(repository_content_id(search->repository, snapshot, file->path),
                             file->content);
}

static bool is_whole(const Search *search, const Snapshot *snapshot, const FileState *file) {
    Paths files = {0};
    if (content_id_is_none(file->content) && !file->as_it_lies)
        return true;
    closures_files(search->closures, snapshot, file->path, &files);
    for (array_each(const Text, path, &files))
        if (content_id_is_none(repository_content_id(search->repository, snapshot, *path)))
            return false;
    return true;
}

static bool is_same(const Search *search, const Snapshot *a, const Snapshot *b,
                    const FileState *file) {
    return content_id_is_none(file->content) || closures_equal(search->closures, a, b, file->path);
}

static bool is_found(const Found *found, const FileState *file) {
    return found->snapshot.kind != SNAPSHOT_NOTHING || content_id_is_none(file->content);
}

/* Takes a state that holds the file. */
static void take(const Search *search, const Snapshot *snapshot, const FileState *file,
                 Found *found) {
    bool first = found->snapshot.kind == SNAPSHOT_NOTHING;
    if (!first && is_same(search, &found->snapshot, snapshot, file))
        return;
    bool whole = is_whole(search, snapshot, file);
    if (first || (whole && !found->whole))
        *found = (Found){*snapshot, whole, false};
    else if (whole == found->whole)
        found->several = true;
}

/* ---- commits --------------------------------------------------------------------------------- */

static void take_pair(Search *search, const Snapshot *base, const Snapshot *revision) {
    Pair *pair = &search->pair;
    if (pair->found && is_same(search, &pair->base, base, search->base) &&
        is_same(search, &pair->revision, revision, search->revision))
        return;
    bool whole =
        is_whole(search, base, search->base) && is_whole(search, revision, search->revision);
    if (!pair->found || (whole && !pair->whole))
        *pair = (Pair){*base, *revision, true, whole, false};
    else if (whole == pair->whole)
        pair->several = true;
}

static bool look_at(Text commit, const Paths *parents, void *context) {
    Search *search = context;
    const Snapshot here = {SNAPSHOT_COMMIT, commit};
    bool is_revision = holds(search, &here, search->revision);
    bool is_base = holds(search, &here, search->base);
    if (is_revision)
        take(search, &here, search->revision, &search->single_revision);
    if (is_base)
        take(search, &here, search->base, &search->single_base);
    for (size_t i = 0; i < parents->count; i++) {
        const Snapshot parent = {SNAPSHOT_COMMIT, parents->items[i]};
        if (is_revision && holds(search, &parent, search->base))
            take_pair(search, &parent, &here);
        else if (is_base && holds(search, &parent, search->revision))
            take_pair(search, &here, &parent);
    }
    const Snapshot nothing = {0};
    if (!parents->count && is_revision && content_id_is_none(search->base->content))
        take_pair(search, &nothing, &here);
    return true;
}

/* ---- the order of what is likely ------------------------------------------------------------- */

/* What git compares the working tree with. */
static bool find_with_files(Search *search, Snapshot *base_in, Snapshot *revision_in) {
    const Snapshot index = {.kind = SNAPSHOT_INDEX}, head = repository_head(search->repository);
    bool reversed = search->base->as_it_lies; /* git diff -R */
    const FileState *other = reversed ? search->revision : search->base;
    Found found = {0};
    if (other->as_it_lies)
        return false;
    if (holds(search, &index, other))
        take(search, &index, other, &found);
    if (holds(search, &head, other))
        take(search, &head, other, &found);
    if (!is_found(&found, other)) {
        repository_commits(search->repository, STATES_COMMIT_LIMIT, look_at, search);
        found = reversed ? search->single_revision : search->single_base;
    }
    *(reversed ? revision_in : base_in) = found.snapshot;
    *(reversed ? base_in : revision_in) = (Snapshot){.kind = SNAPSHOT_FILES};
    return is_found(&found, other) && !found.several;
}

/* What is staged, compared with HEAD; the other way around with `git diff -R`. */
static bool find_staged(const Search *search, Snapshot *base_in, Snapshot *revision_in) {
    const Snapshot index = {.kind = SNAPSHOT_INDEX}, head = repository_head(search->repository);
    bool forward = holds(search, &head, search->base) && holds(search, &index, search->revision);
    *base_in = forward ? head : index;
    *revision_in = forward ? index : head;
    return forward ||
           (holds(search, &index, search->base) && holds(search, &head, search->revision));
}

/* A commit with what is staged, or two that are no neighbours. */
static bool find_apart(Search *search, Snapshot *base_in, Snapshot *revision_in) {
    const Snapshot index = {.kind = SNAPSHOT_INDEX};
    Found *base = &search->single_base, *revision = &search->single_revision;
    if (holds(search, &index, search->base))
        take(search, &index, search->base, base);
    if (holds(search, &index, search->revision))
        take(search, &index, search->revision, revision);
    *base_in = base->snapshot;
    *revision_in = revision->snapshot;
    return is_found(base, search->base) && is_found(revision, search->revision) && !base->several &&
           !revision->several;
}

bool states_find(Repository *repository, Closures *closures, const FileState *base,
                 const FileState *revision, Snapshot *base_in, Snapshot *revision_in) {
    Search search = {
        .repository = repository, .closures = closures, .base = base, .revision = revision};
    if (base->as_it_lies || revision->as_it_lies)
        return find_with_files(&search, base_in, revision_in);
    if (find_staged(&search, base_in, revision_in))
        return true;
    repository_commits(repository, STATES_COMMIT_LIMIT, look_at, &search);
    if (!search.pair.found)
        return find_apart(&search, base_in, revision_in);
    *base_in = search.pair.base;
    *revision_in = search.pair.revision;
    return !search.pair.several;
}
