/* The whole flow is one function, `compare` at the end: load, load, diff, judge. Before it stands
 * how the sides are loaded at the same time.
 */
#include "flow.h"
#include "settings.h"

#include "diff/diff.h"
#include "impact/impact.h"
#include "support/map.h"

#include <pthread.h>

void load_side(Side *side, void (*load)(Side *side)) {
    if (side->borrowed)
        return;
    side->load.next_type_id = &side->next_type_id;
    if (setjmp(side->escape.point)) {
        side->exhausted = true;
        return;
    }
    side->arena = arena_new(&side->escape);
    side->exhausted = !side->arena;
    side->diagnostics.arena = side->arena;
    if (side->arena)
        load(side);
}

static void *description_thread(void *side) {
    load_side(side, load_description);
    return NULL;
}

/* All three at the same time; in turn where the system gives no thread. */
static void load_sides(bw_result *result) {
    pthread_t base, revision;
    bool base_runs = pthread_create(&base, NULL, description_thread, &result->base) == 0;
    bool revision_runs =
        pthread_create(&revision, NULL, description_thread, &result->revision) == 0;
    if (side_has_pacts(&result->pacts))
        load_side(&result->pacts, load_pacts);
    if (base_runs)
        pthread_join(base, NULL);
    else
        load_side(&result->base, load_description);
    if (revision_runs)
        pthread_join(revision, NULL);
    else
        load_side(&result->revision, load_description);
}

/* By which it is known again. */
static Text said_text(Arena *arena, const Diagnostic *diagnostic) {
    const Place *place = &diagnostic->place;
    return text_format(arena, "%d %u:%u %.*s %.*s", (int)diagnostic->id, place->line, place->column,
                       TEXT_ARG(place->file), TEXT_ARG(diagnostic->message));
}

/* What was said before of the same file is left out: both sides may be one, or refer to one. */
void gather_diagnostics(bw_diagnostics *diagnostics, const Side *side) {
    Diagnostics *all = &diagnostics->all;
    Arena *arena = all->arena;
    size_t before = side->diagnostics.list.count ? all->list.count : 0;
    Map *said = before ? map_new(arena) : NULL;
    for (size_t i = 0; i < before; i++)
        map_put_text(said, said_text(arena, &all->list.items[i]), all);
    for (array_each(const Diagnostic, diagnostic, &side->diagnostics.list))
        if (!said || !map_get_text(said, said_text(arena, diagnostic)))
            array_push(arena, &all->list, *diagnostic);
    all->errors += side->diagnostics.errors;
}

/* What a report calls the side, and the git revision that it is of. What was read for another
 * comparison may have come by another commit there. */
static Text side_source(const Side *side, const char *name, Text *revision) {
    *revision = side->root ? side->root->source.revision : (Text){0};
    if (!side->borrowed || !revision->size)
        return side->root ? side->root->source.name : text_from(side->names[0]);
    *revision = text_slice(text_from(name), 0, text_find_byte(text_from(name), ':', 0));
    return text_from(name);
}

/* Of several comparisons with what the caller takes off, each tells of its own alone. */
static void tell_of_prefixes(bw_result *result, size_t given) {
    const Side *sides[] = {&result->base, &result->revision};
    size_t own = result->spec ? result->spec->strip_prefixes.count : given;
    tell_unmet_prefixes(sides, 2, given - own, given, &result->diagnostics.all);
}

VerdictReport *compare(bw_result *result, const bw_compare_options *options) {
    Side *base = &result->base, *revision = &result->revision, *pacts = &result->pacts;
    Diagnostics *diagnostics = &result->diagnostics.all;
    Settings settings;
    if (!open_config(result, options, &settings))
        return NULL;
    load_sides(result);
    if (base->exhausted || revision->exhausted || pacts->exhausted)
        arena_exhausted(result->run);
    gather_diagnostics(&result->diagnostics, base);
    gather_diagnostics(&result->diagnostics, revision);
    gather_diagnostics(&result->diagnostics, pacts);
    if (!settle(result, options, &settings) || diagnostics->errors)
        return NULL;
    tell_of_prefixes(result, options->strip_prefix_count);
    DiffOptions diff_options = {.no_renames = options->no_renames,
                                .documentation = options->documentation};
    Diff *diff = diff_apis(result->run, base->api, revision->api, &diff_options);
    VerdictReport *report =
        judge(result->run, base->api, revision->api, diff, settings.rules,
              side_has_pacts(pacts) ? &pacts->expectations : NULL, &settings.judging);
    if (result->config && !result->spec)
        tell_of_config(result, options);
    report->base_source = side_source(base, options->base, &report->base_revision);
    report->revision_source = side_source(revision, options->revision, &report->revision_revision);
    report->fails_never = settings.fails_never;
    result->report = report;
    return report;
}
