#include "impact/merge.h"

/* The id alone would not do: it holds what stood before, which each parent may have otherwise. */
static bool is_same_change(const VerdictChange *a, const VerdictChange *b) {
    if (text_equal(a->id, b->id))
        return true;
    return text_equal(a->rule->id, b->rule->id) && a->revision.place.file.size &&
           text_equal(a->revision.place.file, b->revision.place.file) &&
           text_equal(a->revision.pointer, b->revision.pointer) &&
           text_equal(a->location, b->location);
}

static bool has_change(const VerdictReport *report, const VerdictChange *wanted) {
    for (array_each(VerdictChange, change, &report->changes))
        if (is_same_change(change, wanted))
            return true;
    return false;
}

static bool is_same_interaction(const VerdictConsumer *a, const VerdictConsumer *b) {
    return text_equal(a->consumer, b->consumer) && text_equal(a->pact, b->pact) &&
           a->line == b->line && text_equal(a->interaction, b->interaction);
}

static bool has_orphan(const VerdictReport *report, const VerdictInteraction *wanted) {
    for (array_each(VerdictInteraction, orphan, &report->orphans))
        if (is_same_interaction(&orphan->who, &wanted->who))
            return true;
    return false;
}

static bool is_hurt(const VerdictReport *report, Text consumer) {
    for (array_each(VerdictChange, change, &report->changes))
        for (array_each(VerdictConsumer, hurt, &change->consumers))
            if (text_equal(hurt->consumer, consumer))
                return true;
    for (array_each(VerdictInteraction, orphan, &report->orphans))
        if (text_equal(orphan->who.consumer, consumer))
            return true;
    return false;
}

void keep_common(VerdictReport *report, const VerdictReport *other) {
    size_t changes = 0, orphans = 0, broken = 0;
    report->breaking = report->waived = 0;
    for (array_each(VerdictChange, change, &report->changes)) {
        if (!has_change(other, change))
            continue;
        report->breaking += change->verdict == VERDICT_BREAKING;
        report->waived += change->waived.reason.size > 0;
        report->changes.items[changes++] = *change;
    }
    for (array_each(VerdictInteraction, orphan, &report->orphans))
        if (has_orphan(other, orphan))
            report->orphans.items[orphans++] = *orphan;
    report->changes.count = changes;
    report->orphans.count = orphans;
    report->safe = changes - report->breaking;
    report->verdict = report->breaking || orphans ? VERDICT_BREAKING : VERDICT_SAFE;
    for (size_t i = 0; i < report->consumers_broken.count; i++)
        if (is_hurt(report, report->consumers_broken.items[i]))
            report->consumers_broken.items[broken++] = report->consumers_broken.items[i];
    report->consumers_broken.count = broken;
}
