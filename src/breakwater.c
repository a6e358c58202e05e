/* The whole flow is one function, `compare` at the end: load, load, diff, judge. Before it stands
 * how the sides are loaded at the same time.
 */
#include "flow.h"
#include "settings.h"

#include "diff/diff.h"
#include "impact/impact.h"
#include "source/gather.h"
#include "support/map.h"

#include <pthread.h>

void load_description(Side *side) {
    DocumentSet *set = document_set_new(side->arena, &side->diagnostics);
    side->root = document_set_open(set, text_from(side->names[0]));
    if (side->root)
        side->api = load_openapi(side->arena, &side->diagnostics, set, side->root, &side->load);
}

/* Adds one source's interactions. What a folder holds besides pacts is passed over; what was named
 * itself must be a pact. */
static void load_pact_source(Side *side, const Source *source, bool named_itself, size_t *taken) {
    const Document *document = document_parse(side->arena, &side->diagnostics, *source);
    if (!document)
        return;
    Place place = {.file = source->file};
    if (document_is_pact(document)) {
        ++*taken;
        load_pact(side->arena, &side->diagnostics, NULL, document, &side->load,
                  &side->expectations);
    } else if (named_itself) {
        diagnose(&side->diagnostics, NOT_A_PACT, place, TEXT_ARG(source->name),
                 document_is_openapi(document) ? ": it is an OpenAPI description" : "");
    } else {
        diagnose(&side->diagnostics, NO_PACT_PASSED_OVER, place, TEXT_ARG(source->name));
    }
}

void load_pacts(Side *side) {
    Map *seen = map_new(side->arena); /* a file that is named twice is one record */
    for (size_t i = 0; i < side->name_count; i++) {
        Text name = text_from(side->names[i]);
        Sources sources = {0};
        size_t taken = 0, errors = side->diagnostics.errors;
        bool itself;
        source_gather(side->arena, &side->diagnostics, name, TEXT(".json"), &sources, &itself);
        for (array_each(Source, source, &sources)) {
            if (map_get_text(seen, source->name)) {
                taken++;
                continue;
            }
            map_put_text(seen, source->name, seen);
            load_pact_source(side, source, itself, &taken);
        }
        if (!taken && side->diagnostics.errors == errors)
            diagnose(&side->diagnostics, NO_PACTS, (Place){.file = name}, TEXT_ARG(name));
    }
}

void load_side(Side *side, void (*load)(Side *side)) {
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
    if (result->pacts.name_count)
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

static bool says_the_same(const Diagnostic *a, const Diagnostic *b) {
    return a->id == b->id && a->place.line == b->place.line && a->place.column == b->place.column &&
           text_equal(a->place.file, b->place.file) && text_equal(a->message, b->message);
}

/* What was said before of the same file: both sides may be one, or refer to one. */
static bool was_said(const Diagnostics *before, size_t count, const Diagnostic *diagnostic) {
    for (size_t i = 0; i < count; i++)
        if (says_the_same(&before->list.items[i], diagnostic))
            return true;
    return false;
}

void gather_diagnostics(bw_diagnostics *diagnostics, const Side *side) {
    Diagnostics *all = &diagnostics->all;
    size_t before = all->list.count;
    for (size_t i = 0; i < side->diagnostics.list.count; i++)
        if (!was_said(all, before, &side->diagnostics.list.items[i]))
            array_push(all->arena, &all->list, side->diagnostics.list.items[i]);
    all->errors += side->diagnostics.errors;
}

void compare(bw_result *result, const bw_compare_options *options) {
    Side *base = &result->base, *revision = &result->revision, *pacts = &result->pacts;
    Diagnostics *diagnostics = &result->diagnostics.all;
    if (!open_config(result, options))
        return;
    load_sides(result);
    if (base->exhausted || revision->exhausted || pacts->exhausted)
        arena_exhausted(result->run);
    gather_diagnostics(&result->diagnostics, base);
    gather_diagnostics(&result->diagnostics, revision);
    gather_diagnostics(&result->diagnostics, pacts);
    Settings settings;
    if (!settle(result, options, &settings) || diagnostics->errors)
        return;
    DiffOptions diff_options = {.no_renames = options->no_renames};
    Diff *diff = diff_apis(result->run, base->api, revision->api, &diff_options);
    VerdictReport *report =
        judge(result->run, base->api, revision->api, diff, settings.rules,
              pacts->name_count ? &pacts->expectations : NULL, &settings.judging);
    if (result->config && !result->spec)
        config_tell_unused(result->config, diagnostics, false);
    report->base_source = base->root->source.name;
    report->revision_source = revision->root->source.name;
    report->base_revision = base->root->source.revision;
    report->revision_revision = revision->root->source.revision;
    result->report = report;
}
