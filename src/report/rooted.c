#include "report/rooted.h"

/* What has no path in the repository (an absolute one, a URL, a file of git, standard input) stays
 * as it is. */
static Text from_root(Arena *arena, Text file, Text folder) {
    if (!file.size || text_is(file, "-") || text_starts_with(file, TEXT("/")) ||
        text_starts_with(file, TEXT("<")) || memmem(file.data, file.size, "://", 3))
        return file;
    while (text_starts_with(file, TEXT("./")))
        file = text_slice(file, strlen("./"), file.size);
    while (folder.size && text_starts_with(file, TEXT("../"))) {
        size_t end = folder.size;
        while (end > 0 && folder.data[end - 1] != '/')
            end--;
        folder = text_slice(folder, 0, end ? end - 1 : 0);
        file = text_slice(file, strlen("../"), file.size);
    }
    return folder.size ? text_format(arena, "%.*s/%.*s", TEXT_ARG(folder), TEXT_ARG(file)) : file;
}

static void *copy_of(Arena *arena, const void *items, size_t size) {
    return arena_copy(arena, items, size);
}

static void root_location(Arena *arena, Location *location, Text folder) {
    location->place.file = from_root(arena, location->place.file, folder);
}

/* ---- comparisons ----------------------------------------------------------------------------- */

/* The name of a side that is of git counts from the root already. */
static void root_source(Arena *arena, Text *source, Text revision, Text folder) {
    bool of_git = revision.size > 0 || text_starts_with(*source, TEXT(":"));
    if (!of_git)
        *source = from_root(arena, *source, folder);
}

static VerdictConsumer *root_consumers(Arena *arena, const VerdictConsumer *consumers, size_t count,
                                       Text folder) {
    VerdictConsumer *copy = copy_of(arena, consumers, count * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i].pact = from_root(arena, copy[i].pact, folder);
    return copy;
}

static VerdictInteraction *root_interactions(Arena *arena, const VerdictInteraction *interactions,
                                             size_t count, Text folder) {
    VerdictInteraction *copy = copy_of(arena, interactions, count * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i].who.pact = from_root(arena, copy[i].who.pact, folder);
    return copy;
}

static VerdictChange *root_changes(Arena *arena, const VerdictReport *report, Text folder) {
    size_t count = report->changes.count;
    VerdictChange *copy = copy_of(arena, report->changes.items, count * sizeof *copy);
    for (size_t i = 0; i < count; i++) {
        VerdictChange *change = &copy[i];
        root_location(arena, &change->base, folder);
        root_location(arena, &change->revision, folder);
        change->consumers.items =
            root_consumers(arena, change->consumers.items, change->consumers.count, folder);
    }
    return copy;
}

static const VerdictReport *root_report(Arena *arena, const VerdictReport *report, Text folder) {
    VerdictReport *copy = copy_of(arena, report, sizeof *report);
    root_source(arena, &copy->base_source, copy->base_revision, folder);
    root_source(arena, &copy->revision_source, copy->revision_revision, folder);
    copy->changes.items = root_changes(arena, report, folder);
    copy->orphans.items =
        root_interactions(arena, copy->orphans.items, copy->orphans.count, folder);
    copy->failing_before.items =
        root_interactions(arena, copy->failing_before.items, copy->failing_before.count, folder);
    copy->pending.items =
        root_interactions(arena, copy->pending.items, copy->pending.count, folder);
    copy->not_held.items =
        root_interactions(arena, copy->not_held.items, copy->not_held.count, folder);
    return copy;
}

const Reports *reports_from_root(Arena *arena, const Reports *reports, Text folder) {
    if (!folder.size)
        return reports;
    Reports *copy = copy_of(arena, reports, sizeof *reports);
    const VerdictReport **items = arena_new_array(arena, reports->count, const VerdictReport *);
    for (size_t i = 0; i < reports->count; i++)
        items[i] = root_report(arena, reports->items[i], folder);
    copy->items = items;
    return copy;
}

/* ---- verifications --------------------------------------------------------------------------- */

static void root_interaction(Arena *arena, VerifiedInteraction *interaction, Text folder) {
    interaction->pact = from_root(arena, interaction->pact, folder);
    size_t size = interaction->mismatches.count * sizeof *interaction->mismatches.items;
    interaction->mismatches.items = copy_of(arena, interaction->mismatches.items, size);
    for (array_each(VerificationMismatch, mismatch, &interaction->mismatches)) {
        root_location(arena, &mismatch->pact, folder);
        root_location(arena, &mismatch->description, folder);
    }
    size = interaction->residues.count * sizeof *interaction->residues.items;
    interaction->residues.items = copy_of(arena, interaction->residues.items, size);
    for (array_each(VerificationResidue, residue, &interaction->residues))
        root_location(arena, &residue->pact, folder);
}

const VerificationReport *verification_from_root(Arena *arena, const VerificationReport *report,
                                                 Text folder) {
    if (!folder.size)
        return report;
    VerificationReport *copy = copy_of(arena, report, sizeof *report);
    root_source(arena, &copy->source, copy->revision, folder);
    size_t size = copy->interactions.count * sizeof *copy->interactions.items;
    copy->interactions.items = copy_of(arena, copy->interactions.items, size);
    for (array_each(VerifiedInteraction, interaction, &copy->interactions))
        root_interaction(arena, interaction, folder);
    size = copy->unreached.count * sizeof *copy->unreached.items;
    copy->unreached.items = copy_of(arena, copy->unreached.items, size);
    for (array_each(UnreachedInteraction, unreached, &copy->unreached))
        unreached->pact = from_root(arena, unreached->pact, folder);
    return copy;
}
