#include "pairs.h"

#include "closure.h"
#include "contents.h"
#include "document/document.h"
#include "source/path.h"
#include "support/glob.h"
#include "support/map.h"

#include <stdlib.h>

/* ---- what git knows, asked once -------------------------------------------------------------- */

static const PathChanges *ask_changes(PairFinder *finder, bool renames, PathChanges **known) {
    bool found = true;
    if (!*known) {
        *known = arena_new_object(finder->arena, PathChanges);
        found = repository_changes(finder->repository, finder->diagnostics, &finder->base,
                                   &finder->revision, renames, *known);
    }
    return found ? *known : NULL;
}

const PathChanges *changes_of(PairFinder *finder) {
    return ask_changes(finder, false, &finder->changes);
}

static int by_text(const void *a, const void *b) {
    return text_compare(*(const Text *)a, *(const Text *)b);
}

/* The base's paths are those of the index but for what changed, and trees need not be walked.
 * False: diagnosed. */
static bool list_before(PairFinder *finder, Paths *paths) {
    const Paths *now = paths_of(finder, &finder->revision);
    const PathChanges *changes = changes_of(finder);
    Map *added = map_new(finder->arena);
    if (!now || !changes)
        return false;
    for (array_each(const PathChange, change, changes)) {
        if (!change->from.size)
            map_put_text(added, change->to, finder);
        else if (!change->to.size)
            array_push(finder->arena, paths, change->from);
    }
    for (array_each(const Text, path, now))
        if (!map_get_text(added, *path))
            array_push(finder->arena, paths, *path);
    if (paths->count > 1)
        qsort(paths->items, paths->count, sizeof *paths->items, by_text);
    return true;
}

const Paths *paths_of(PairFinder *finder, const Snapshot *snapshot) {
    bool of_base = snapshot == &finder->base;
    Paths **known = of_base ? &finder->base_paths : &finder->revision_paths;
    bool listed = true;
    if (!*known) {
        *known = arena_new_object(finder->arena, Paths);
        bool near =
            of_base && snapshot->kind == SNAPSHOT_COMMIT && finder->revision.kind == SNAPSHOT_INDEX;
        listed = near ? list_before(finder, *known)
                      : repository_list(finder->repository, finder->diagnostics, snapshot, *known);
    }
    return listed ? *known : NULL;
}

bool is_in(const PairFinder *finder, const Snapshot *snapshot, Text path) {
    return !content_id_is_none(repository_content_id(finder->repository, snapshot, path));
}

static bool is_document(Text path) {
    return text_ends_with(path, TEXT(".yaml")) || text_ends_with(path, TEXT(".yml")) ||
           text_ends_with(path, TEXT(".json"));
}

/* What a description is known by under any name and in any spelling. */
typedef struct Likeness {
    Text title;
    ARRAY(Text) paths; /* and names of webhooks */
} Likeness;

static void add_keys(Arena *arena, Likeness *likeness, const Node *object) {
    for (uint32_t i = 0; object && object->kind == NODE_MAPPING && i < object->count; i++)
        array_push(arena, &likeness->paths, object->members[i].key);
}

/* False: the file is none. */
static bool read_likeness(PairFinder *finder, const Snapshot *snapshot, Text path,
                          Likeness *likeness) {
    Source source = {.name = path, .file = path, .path = path};
    Diagnostics unheard = {.arena = finder->arena};
    if (!is_document(path) || !repository_read(finder->repository, snapshot, path, &source.bytes) ||
        contents_of(finder->arena, &source) != CONTENTS_DESCRIPTION)
        return false;
    const Document *document = document_parse(finder->arena, &unheard, source);
    if (!document)
        return false;
    const Node *info = node_member(document->root, TEXT("info"));
    const Node *title = info ? node_member(info, TEXT("title")) : NULL;
    *likeness = (Likeness){0};
    if (title && title->kind == NODE_STRING)
        likeness->title = title->text;
    add_keys(finder->arena, likeness, node_member(document->root, TEXT("paths")));
    add_keys(finder->arena, likeness, node_member(document->root, TEXT("webhooks")));
    return true;
}

enum { ALIKE = 50, SAME_TITLE = 50 };

/* In hundredths: the share of the paths that both have, and that the titles are the same. */
static size_t likeness_of(Arena *arena, const Likeness *a, const Likeness *b) {
    size_t shared = 0, all = a->paths.count + b->paths.count;
    Map *paths = map_new(arena);
    for (size_t i = 0; i < a->paths.count; i++)
        map_put_text(paths, a->paths.items[i], paths);
    for (size_t i = 0; i < b->paths.count; i++)
        shared += map_get_text(paths, b->paths.items[i]) != NULL;
    bool same = a->title.size && text_equal(a->title, b->title);
    return (all ? 200 * shared / all : 0) + (same ? SAME_TITLE : 0);
}

/* Of the files that are gone (or, else, that came), the one that is most like a description; empty
 * where none is, or several are. */
static Text most_alike(PairFinder *finder, const PathChanges *changes, const Likeness *wanted,
                       bool gone) {
    const Snapshot *snapshot = gone ? &finder->base : &finder->revision;
    Text found = {0};
    size_t best = ALIKE - 1;
    for (size_t i = 0; i < changes->count; i++) {
        const PathChange *change = &changes->items[i];
        Text path = gone ? change->from : change->to;
        Likeness likeness;
        if ((gone ? change->to : change->from).size ||
            !read_likeness(finder, snapshot, path, &likeness))
            continue;
        size_t alike = likeness_of(finder->arena, wanted, &likeness);
        if (alike >= ALIKE && alike == best)
            found = (Text){0};
        if (alike <= best)
            continue;
        best = alike;
        found = path;
    }
    return found;
}

/* Written anew (as JSON, say, where it was YAML), a description may have no line in common with
 * what it was: it is known by its title and its paths, where each of the two is the one most like
 * the other. */
static Text rewritten(PairFinder *finder, const PathChanges *changes, Text path, bool from_base) {
    Likeness likeness;
    const Snapshot *here = from_base ? &finder->base : &finder->revision;
    const Snapshot *there = from_base ? &finder->revision : &finder->base;
    if (!read_likeness(finder, here, path, &likeness))
        return (Text){0};
    Text other = most_alike(finder, changes, &likeness, !from_base);
    if (!other.size || !read_likeness(finder, there, other, &likeness) ||
        !text_equal(most_alike(finder, changes, &likeness, from_base), path))
        return (Text){0};
    return other;
}

Text name_on_other_side(PairFinder *finder, Text path, bool from_base) {
    const PathChanges *changes = ask_changes(finder, true, &finder->renames);
    for (size_t i = 0; changes && i < changes->count; i++) {
        const PathChange *change = &changes->items[i];
        Text known = from_base ? change->from : change->to;
        Text other = from_base ? change->to : change->from;
        if (text_equal(known, path) && other.size && !text_equal(other, path))
            return other;
    }
    return changes ? rewritten(finder, changes, path, from_base) : (Text){0};
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static void add_pair(PairFinder *finder, Pairs *pairs, Text base, Text revision) {
    Pair pair = {base, revision};
    array_push(finder->arena, pairs, pair);
    if (base.size)
        map_put_text(finder->judged, base, finder);
    if (revision.size)
        map_put_text(finder->judged, revision, finder);
}

/* The same commit of a submodule on both sides is as it stood, wherever its files are. */
static bool can_be_read(PairFinder *finder, const ConfigSpec *spec, Text path, ContentId before,
                        ContentId now) {
    if (content_ids_equal(before, now) ||
        (repository_submodule_is_here(finder->repository, &finder->base, path) &&
         repository_submodule_is_here(finder->repository, &finder->revision, path)))
        return true;
    Text submodule = repository_submodule_of(finder->repository, path);
    return diagnose(finder->diagnostics, CONFIG_SPEC_IN_SUBMODULE, spec->place, TEXT_ARG(path),
                    TEXT_ARG(submodule), TEXT_ARG(submodule));
}

static bool pair_file(PairFinder *finder, const ConfigSpec *spec, Text path, Pairs *pairs) {
    ContentId id_before = repository_content_id(finder->repository, &finder->base, path);
    ContentId id_now = repository_content_id(finder->repository, &finder->revision, path);
    bool before = !content_id_is_none(id_before), now = !content_id_is_none(id_now);
    if (repository_has_failed(finder->repository) ||
        !can_be_read(finder, spec, path, id_before, id_now))
        return false;
    if (!now) {
        Text name = name_on_other_side(finder, path, true);
        if (name.size)
            return diagnose(finder->diagnostics, CONFIG_SPEC_RENAMED, spec->place, TEXT_ARG(path),
                            TEXT_ARG(name));
    }
    if (!before && !now) {
        Text base = finder->base.revision.size ? finder->base.revision : TEXT("git");
        return diagnose(finder->diagnostics, CONFIG_NO_SUCH_SPEC, spec->place, TEXT_ARG(path),
                        TEXT_ARG(base));
    }
    add_pair(finder, pairs, before ? path : name_on_other_side(finder, path, false),
             now ? path : (Text){0});
    return true;
}

static bool is_description(PairFinder *finder, const Snapshot *snapshot, Text path) {
    Source source = {.name = path, .file = path, .path = path};
    return repository_read(finder->repository, snapshot, path, &source.bytes) &&
           (contents_of(finder->arena, &source) == CONTENTS_DESCRIPTION ||
            is_lfs_pointer(source.bytes)); /* which it is can't be told, so it is read */
}

/* As with a shell's globs, what is hidden must be named; and what a glob takes beside descriptions
 * (the parts of one, say) is passed over. */
static bool glob_takes_file(PairFinder *finder, const Snapshot *snapshot, Text glob, Text path) {
    bool hidden = text_starts_with(path, TEXT(".")) || memmem(path.data, path.size, "/.", 2);
    return !hidden && glob_takes(glob, path, '/') && is_description(finder, snapshot, path);
}

/* What a glob takes on either side. A file that came by its new name into the glob was in it; one
 * that left it must be named by another path. */
static bool pair_glob(PairFinder *finder, const ConfigSpec *spec, Text glob, Pairs *pairs) {
    const Paths *base = paths_of(finder, &finder->base);
    const Paths *revision = paths_of(finder, &finder->revision);
    if (!base || !revision)
        return false;
    Map *before = map_new(finder->arena), *taken = map_new(finder->arena);
    for (size_t i = 0; i < base->count; i++)
        map_put_text(before, base->items[i], finder);
    for (size_t i = 0; i < revision->count; i++) {
        Text path = revision->items[i];
        if (!glob_takes_file(finder, &finder->revision, glob, path))
            continue;
        Text from = map_get_text(before, path) ? path : name_on_other_side(finder, path, false);
        add_pair(finder, pairs, from, path);
        map_put_text(taken, from, finder);
    }
    for (size_t i = 0; i < base->count; i++) {
        Text path = base->items[i];
        if (map_get_text(taken, path) || !glob_takes_file(finder, &finder->base, glob, path))
            continue;
        Text now = name_on_other_side(finder, path, true);
        Left left = {spec, {path, now}};
        if (now.size)
            array_push(finder->arena, &finder->left, left);
        else
            add_pair(finder, pairs, path, now);
    }
    return true;
}

bool find_pairs(PairFinder *finder, const ConfigSpec *spec, Pairs *pairs) {
    bool right = true;
    size_t left = finder->left.count;
    for (size_t i = 0; i < spec->paths.count; i++) {
        Text given = spec->paths.items[i];
        Text path = repository_path(finder->arena, finder->repository, given);
        if (!path.data)
            right =
                diagnose(finder->diagnostics, CONFIG_SPEC_OUTSIDE, spec->place, TEXT_ARG(given));
        else
            right = (glob_is_plain(path) ? pair_file(finder, spec, path, pairs)
                                         : pair_glob(finder, spec, path, pairs)) &&
                    right;
    }
    if (right && !pairs->count && left == finder->left.count)
        right = diagnose(finder->diagnostics, CONFIG_NO_SUCH_SPEC, spec->place,
                         TEXT_ARG(spec->paths.items[0]), TEXT_ARG(finder->base.revision));
    return right && !repository_has_failed(finder->repository);
}

bool find_left(PairFinder *finder) {
    bool right = true;
    for (array_each(Left, left, &finder->left))
        if (!map_get_text(finder->judged, left->pair.revision))
            right = diagnose(finder->diagnostics, CONFIG_SPEC_LEFT, left->spec->place,
                             TEXT_ARG(left->pair.base), TEXT_ARG(left->pair.revision));
    finder->left.count = 0;
    return right;
}

/* ---- what no config names any more ----------------------------------------------------------- */

static void pair_dropped(PairFinder *finder, Text path, Pairs *dropped) {
    if (map_get_text(finder->judged, path))
        return;
    Text now =
        is_in(finder, &finder->revision, path) ? path : name_on_other_side(finder, path, true);
    if (!map_get_text(finder->judged, now))
        add_pair(finder, dropped, path, now);
}

void find_dropped(PairFinder *finder, const ConfigSpec *spec, Pairs *dropped) {
    for (size_t i = 0; i < spec->paths.count; i++) {
        Text path = repository_path(finder->arena, finder->repository, spec->paths.items[i]);
        if (path.data && glob_is_plain(path) && is_in(finder, &finder->base, path))
            pair_dropped(finder, path, dropped);
        if (!path.data || glob_is_plain(path))
            continue;
        const Paths *base = paths_of(finder, &finder->base);
        for (size_t j = 0; base && j < base->count; j++)
            if (glob_takes_file(finder, &finder->base, path, base->items[j]))
                pair_dropped(finder, base->items[j], dropped);
    }
}

/* ---- what need not be read ------------------------------------------------------------------- */

enum { NAMES_MOST = 64 };

/* Whether a document that was changed may be referred to by other keywords than `$ref`, by its name
 * alone; any other file, of any name, matters where `$ref` leads to it. */
static bool may_name_changed(PairFinder *finder, const PathChanges *changes, Text path) {
    size_t names = 0;
    for (array_each(const PathChange, change, changes)) {
        const Text ends[] = {change->from, change->to};
        for (size_t i = 0; i < 2; i++) {
            if (!is_document(ends[i]) || (i && text_equal(ends[0], ends[1])))
                continue;
            if (++names > NAMES_MOST ||
                closures_name(finder->closures, &finder->base, path, path_name(ends[i])))
                return true;
        }
    }
    return false;
}

bool pair_is_unchanged(PairFinder *finder, const Pair *pair) {
    const PathChanges *changes = changes_of(finder);
    if (!changes || !text_equal(pair->base, pair->revision))
        return false;
    ContentId before = repository_content_id(finder->repository, &finder->base, pair->base);
    ContentId now = repository_content_id(finder->repository, &finder->revision, pair->base);
    if (!content_ids_equal(before, now))
        return false;
    bool here = repository_submodule_is_here(finder->repository, &finder->base, pair->base);
    if (!changes->count || !here)
        return true;
    if (!finder->closures)
        finder->closures = closures_new(finder->arena, finder->repository);
    return closures_equal(finder->closures, &finder->base, &finder->revision, pair->base) &&
           !may_name_changed(finder, changes, pair->base);
}

Text source_name(const PairFinder *finder, const Snapshot *snapshot, Text path) {
    return repository_source_name(finder->repository, snapshot, path);
}
