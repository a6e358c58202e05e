#include "source/history.h"

#include "source/ancestry.h"
#include "source/repository_inside.h"
#include "source/tree.h"
#include "support/map.h"

#include <time.h>

/* The entries, by index, whose parent has the file as the next commit that changed it left it. */
typedef ARRAY(size_t) Waiting;

/* What a commit is told by its children. */
typedef struct Told {
    Text path;    /* what the file is called in it */
    Text release; /* the oldest tag that has it */
    Waiting waiting;
} Told;

/* The walk goes from children to parents. */
typedef struct Walk {
    Repository *repository;
    Diagnostics *diagnostics;
    Map *told; /* Told by id of the commit */
    Map *tags; /* Text, the name of a tag, by id of the commit */
    Text tip_path;
    bool references;
    const HistoryNames *names;
    History *history;
} Walk;

/* What is open while one commit is looked at. */
typedef struct Step {
    git_commit *commit;
    git_tree *tree;
    Text path, release;
    ContentId content;
} Step;

/* Says that git lacks what it should have, of which the first is enough. */
static void fail(Walk *walk) {
    if (!walk->repository->has_failed)
        repository_failed(walk->repository, walk->diagnostics);
}

static ContentId content_in(Walk *walk, git_tree *tree, Text path) {
    ContentId content = {{0}};
    const TreeView view = {.repository = walk->repository->handle, .tree = tree};
    TreeEntry entry;
    Text target;
    if (!path.size)
        return content;
    int result = tree_follow(walk->repository->arena, &view, &path, &entry, &target);
    if (result == 0 || result == GIT_EINVALIDSPEC)
        memcpy(content.bytes, entry.id.id, sizeof content.bytes);
    else if (result != GIT_ENOTFOUND)
        fail(walk);
    return content;
}

static git_diff *diff_trees(Walk *walk, git_tree *from, git_tree *to) {
    git_diff *diff = NULL;
    if (git_diff_tree_to_tree(&diff, walk->repository->handle, from, to, NULL) == 0)
        return diff;
    fail(walk);
    return NULL;
}

/* What the file was called before; empty: it is new. */
static Text name_before(Walk *walk, git_tree *before, const Step *step) {
    git_diff *diff = diff_trees(walk, before, step->tree);
    Text name = {0};
    if (diff && git_diff_find_similar(diff, NULL) == 0)
        for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
            const git_diff_delta *delta = git_diff_get_delta(diff, i);
            if (delta->status == GIT_DELTA_RENAMED && text_is(step->path, delta->new_file.path))
                name = text_copy(walk->repository->arena, text_from(delta->old_file.path));
        }
    git_diff_free(diff);
    return name;
}

static Text short_name(Walk *walk, const git_oid *id) {
    enum { DIGITS = 10 };
    char digits[DIGITS + 1];
    git_oid_tostr(digits, sizeof digits, id);
    return text_copy(walk->repository->arena, text_from(digits));
}

static Text line_of(Arena *arena, const char *text) {
    return text ? text_copy(arena, text_from(text)) : (Text){0};
}

static HistoryEntry entry_of(Walk *walk, const Step *step) {
    Arena *arena = walk->repository->arena;
    const git_signature *author = git_commit_author(step->commit);
    time_t moment = (time_t)author->when.time + author->when.offset * 60;
    struct tm day;
    char date[sizeof "2027-01-31"] = "";
    if (gmtime_r(&moment, &day))
        strftime(date, sizeof date, "%Y-%m-%d", &day);
    return (HistoryEntry){
        .commit = short_name(walk, git_commit_id(step->commit)),
        .date = line_of(arena, date),
        .author = line_of(arena, author->name),
        .subject = line_of(arena, git_commit_summary(step->commit)),
        .release = step->release,
        .path = content_id_is_none(step->content) ? (Text){0} : step->path,
        .content = step->content,
        .previous = HISTORY_BEGINS,
    };
}

/* The first child that is looked at says what the file is called. */
static void tell(Walk *walk, const git_oid *id, Text path, Text release) {
    Arena *arena = walk->repository->arena;
    if (map_get(walk->told, id->id, sizeof id->id))
        return;
    Told *told = arena_new_object(arena, Told);
    *told = (Told){.path = path, .release = release};
    map_put(walk->told, arena_copy(arena, id->id, sizeof id->id), sizeof id->id, told);
}

/* Those that wait have met the commit before theirs, or go on waiting with the first parent. */
static void pass_on(Walk *walk, const Step *step, const Waiting *waiting, const HistoryEntry *met) {
    Arena *arena = walk->repository->arena;
    const git_oid *first = git_commit_parent_id(step->commit, 0);
    Told *told = first ? map_get(walk->told, first->id, sizeof first->id) : NULL;
    size_t index = walk->history->count;
    for (size_t i = 0; i < waiting->count; i++)
        if (met)
            walk->history->items[waiting->items[i]].previous = index;
        else if (told)
            array_push(arena, &told->waiting, waiting->items[i]);
    if (!met)
        return;
    array_push(arena, walk->history, *met);
    if (told)
        array_push(arena, &told->waiting, index);
}

/* Tells the parent what its file is called. Gives whether the commit's differs from it. */
static bool look_at_parent(Walk *walk, const Step *step, git_commit *parent, HistoryEntry *entry) {
    git_tree *tree = NULL;
    const git_oid *id = git_commit_id(parent);
    if (git_commit_tree(&tree, parent) != 0) {
        fail(walk);
        return false;
    }
    Text path = step->path;
    ContentId content = content_in(walk, tree, path);
    if (content_id_is_none(content) && !content_id_is_none(step->content)) {
        /* A file that is new may still have been there before: deleted, and restored by this. */
        Text before = name_before(walk, tree, step);
        if (!before.size)
            before = walk->names->before(walk->names->context, short_name(walk, id),
                                         short_name(walk, git_commit_id(step->commit)), path);
        path = before.size ? before : path;
        content = content_in(walk, tree, path);
    }
    bool differs =
        !content_ids_equal(content, step->content) || !text_equal(path, step->path) ||

        (walk->references && path.size &&
         walk->names->refers_to_others(walk->names->context, short_name(walk, id),
                                       short_name(walk, git_commit_id(step->commit)), path));
    tell(walk, id, path, step->release);
    HistoryState state = {short_name(walk, id), path, content};
    if (content_id_is_none(content))
        state.path = (Text){0};
    if (entry->parent.size) {
        array_push(walk->repository->arena, &entry->merged, state);
    } else {
        entry->parent = state.commit;
        entry->parent_path = state.path;
        entry->parent_content = content;
    }
    git_tree_free(tree);
    return differs;
}

static bool look_at(Walk *walk, const git_oid *id) {
    Step step = {0};
    if (git_commit_lookup(&step.commit, walk->repository->handle, id) != 0)
        return repository_failed(walk->repository, walk->diagnostics);
    const Told *told = map_get(walk->told, id->id, sizeof id->id);
    const Text *tag = map_get(walk->tags, id->id, sizeof id->id);
    step.path = told ? told->path : walk->tip_path;
    step.release = tag ? *tag : told ? told->release : (Text){0};
    bool read = git_commit_tree(&step.tree, step.commit) == 0;
    if (read) {
        step.content = content_in(walk, step.tree, step.path);
        HistoryEntry entry = entry_of(walk, &step);
        bool differs = true;
        unsigned parents = git_commit_parentcount(step.commit);
        for (unsigned i = 0; i < parents; i++) {
            git_commit *parent = NULL;
            /* In a shallow clone a parent may be missing: history begins here, then. */
            if (git_commit_parent(&parent, step.commit, i) == 0)
                differs = look_at_parent(walk, &step, parent, &entry) && differs;
            git_commit_free(parent);
        }
        if (!entry.parent.size)
            differs = !content_id_is_none(step.content);
        bool there = !content_id_is_none(step.content) || !content_id_is_none(entry.parent_content);
        pass_on(walk, &step, told ? &told->waiting : &(Waiting){0},
                differs && there ? &entry : NULL);
    }
    git_tree_free(step.tree);
    git_commit_free(step.commit);
    if (!read)
        fail(walk);
    return !walk->repository->has_failed;
}

/* By name, the last of several at one commit: the highest of `v1.0.0-rc1` and `v1.0.0`, mostly. */
static bool find_tags(Walk *walk) {
    Arena *arena = walk->repository->arena;
    git_strarray names = {0};
    walk->tags = map_new(arena);
    if (git_tag_list(&names, walk->repository->handle) != 0)
        return repository_failed(walk->repository, walk->diagnostics);
    for (size_t i = 0; i < names.count; i++) {
        git_object *object = NULL, *commit = NULL;
        Text reference = text_format(arena, "refs/tags/%s", names.strings[i]);
        if (git_revparse_single(&object, walk->repository->handle, reference.data) == 0 &&
            git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0) {
            const git_oid *id = git_object_id(commit);
            Text *name = arena_new_object(arena, Text);
            *name = text_copy(arena, text_from(names.strings[i]));
            map_put(walk->tags, arena_copy(arena, id->id, sizeof id->id), sizeof id->id, name);
        }
        git_object_free(commit);
        git_object_free(object);
    }
    git_strarray_dispose(&names);
    return true;
}

/* `A...B`: what is on either side, but not on both. */
static int push_symmetric(git_revwalk *commits, Repository *repository, const git_revspec *range) {
    git_oid shared;
    const git_oid *from = git_object_id(range->from), *to = git_object_id(range->to);
    int result = git_revwalk_push(commits, from);
    if (result == 0)
        result = git_revwalk_push(commits, to);
    if (result == 0 && git_merge_base(&shared, repository->handle, from, to) == 0)
        result = git_revwalk_hide(commits, &shared);
    return result;
}

static int push_span(git_revwalk *commits, Repository *repository, const char *name) {
    git_revspec range = {0};
    int result = git_revparse(&range, repository->handle, name);
    if (result == 0 && (range.flags & GIT_REVSPEC_MERGE_BASE))
        result = push_symmetric(commits, repository, &range);
    else if (result == 0)
        result = git_revwalk_push_range(commits, name);
    git_object_free(range.from);
    git_object_free(range.to);
    return result;
}

static int push_range(git_revwalk *commits, Walk *walk, Text range) {
    Arena *arena = walk->repository->arena;
    const char *name = text_copy(arena, range).data;
    git_object *object = NULL, *commit = NULL;
    if (!range.size)
        return git_revwalk_push_head(commits);
    if (memmem(range.data, range.size, "..", 2))
        return push_span(commits, walk->repository, name);
    int result = git_revparse_single(&object, walk->repository->handle, name);
    if (result == 0)
        result = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
    if (result == 0)
        result = git_revwalk_push(commits, git_object_id(commit));
    git_object_free(commit);
    git_object_free(object);
    return result;
}

static bool commit_of(git_object *object, git_oid *id) {
    git_object *commit = NULL;
    bool found = object && git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0;
    if (found)
        *id = *git_object_id(commit);
    git_object_free(commit);
    return found;
}

/* The commits of a range in a shallow clone, as far as they are here. False: it is none whose ends
 * are. */
static bool list_shallow(Walk *walk, Text range, CommitIds *commits) {
    Arena *arena = walk->repository->arena;
    git_repository *handle = walk->repository->handle;
    const char *name = range.size ? text_copy(arena, range).data : "HEAD";
    git_revspec spec = {0};
    git_oid from = {{0}}, to = {{0}}, shared;
    bool found = git_revparse(&spec, handle, name) == 0 && commit_of(spec.from, &from) &&
                 (!spec.to || commit_of(spec.to, &to));
    bool span = spec.to, symmetric = spec.flags & GIT_REVSPEC_MERGE_BASE;
    git_object_free(spec.from);
    git_object_free(spec.to);
    const git_oid tips[] = {span ? to : from, from};
    const git_oid *hidden = span ? &from : NULL;
    if (found && symmetric)
        hidden = ancestry_merge_base(arena, handle, &from, &to, &shared) ? &shared : NULL;
    if (found)
        ancestry_list(arena, handle, tips, symmetric ? 2 : 1, hidden, commits);
    return found;
}

/* Whether the commit is one behind which a shallow clone has nothing. */
static bool lacks_parent(Walk *walk, const git_oid *id) {
    git_commit *commit = NULL, *parent = NULL;
    bool lacks = git_commit_lookup(&commit, walk->repository->handle, id) == 0 &&
                 git_commit_parentcount(commit) > 0 && git_commit_parent(&parent, commit, 0) != 0;
    git_commit_free(parent);
    git_commit_free(commit);
    return lacks;
}

/* What a shallow clone has of a range; where that begins before what is here, a commit has no
 * parent to be compared with, and more must be fetched. */
static bool look_at_shallow(Walk *walk, Text range, Text path) {
    CommitIds commits = {0};
    if (!list_shallow(walk, range, &commits))
        return diagnose(walk->diagnostics, GIT_UNKNOWN_RANGE, (Place){0}, TEXT_ARG(range),
                        ", which is a shallow clone: fetch it first (`git fetch --unshallow`; in "
                        "CI, clone with a fetch depth of 0)");
    for (size_t i = 0; i < commits.count; i++) {
        if (lacks_parent(walk, &commits.items[i]))
            return diagnose(walk->diagnostics, GIT_SHALLOW_HISTORY, (Place){0}, TEXT_ARG(path));
        if (!look_at(walk, &commits.items[i]))
            return false;
    }
    return true;
}

bool repository_history(Repository *repository, Diagnostics *diagnostics, Text range, Text path,
                        bool references, const HistoryNames *names, History *history) {
    Walk walk = {
        .repository = repository,
        .diagnostics = diagnostics,
        .told = map_new(repository->arena),
        .tip_path = path,
        .references = references,
        .names = names,
        .history = history,
    };
    git_revwalk *commits = NULL;
    git_oid id;
    if (!range.size && repository_head(repository).kind == SNAPSHOT_NOTHING)
        return diagnose(diagnostics, GIT_NO_COMMITS, (Place){0}, "log");
    if (!find_tags(&walk))
        return false;
    if (git_repository_is_shallow(repository->handle) == 1)
        return look_at_shallow(&walk, range, path);
    if (git_revwalk_new(&commits, repository->handle) != 0)
        return repository_failed(repository, diagnostics);
    git_revwalk_sorting(commits, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
    bool good = push_range(commits, &walk, range) == 0;
    if (!good)
        diagnose(diagnostics, GIT_UNKNOWN_RANGE, (Place){0}, TEXT_ARG(range), "");
    int next = 0;
    while (good && (next = git_revwalk_next(&id, commits)) == 0)
        good = look_at(&walk, &id);
    git_revwalk_free(commits);
    if (good && next != GIT_ITEROVER)
        good = repository_failed(repository, diagnostics);
    return good;
}
