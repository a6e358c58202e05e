#include "impact/evidence.h"

/* Reasons are compared place by place. A reason of the base covers one of the revision where it
 * left the same open already: the same key; any value where one more is possible; and, for all that
 * is below its place, what was unknown there. */

typedef struct PlaceReasons {
    Satisfaction worst;
    ARRAY(const Mismatch *) list;
} PlaceReasons;

static bool begins(Text key, const char *with) {
    return text_starts_with(key, text_from(with));
}

/* At the same place and level. */
static bool key_covers(Text base, Text key) {
    if (text_equal(base, key) || text_is(base, "anything"))
        return true;
    if (text_is(base, "undeclared"))
        return text_is(key, "optional");
    bool of_values = begins(key, "value:") || begins(key, "pattern:") || begins(key, "format:") ||
                     begins(key, "bound:");
    return text_is(base, "any") && of_values;
}

/* What lies below was not compared, or nothing was said of it. */
static bool is_opaque(const Mismatch *mismatch) {
    return mismatch->level == CONTRADICTED || text_is(mismatch->key, "anything") ||
           text_is(mismatch->key, "undeclared");
}

static bool covers_below(const PlaceReasons *above, const Mismatch *mismatch) {
    for (size_t i = 0; above && i < above->list.count; i++) {
        const Mismatch *base = above->list.items[i];
        if (is_opaque(base) && base->level >= mismatch->level)
            return true;
    }
    return false;
}

/* Where the status or the content type is contradicted, nothing behind it was compared. */
static bool covered_by_envelope(const Map *places, const Mismatch *mismatch) {
    static const struct {
        const char *place, *behind;
    } envelopes[] = {
        {"response.status", "response."},
        {"response.header.Content-Type", "response.body"},
        {"request.header.Content-Type", "request.body"},
    };
    for (size_t i = 0; i < sizeof envelopes / sizeof *envelopes; i++) {
        const PlaceReasons *at = map_get_text(places, text_from(envelopes[i].place));
        bool behind = begins(mismatch->place, envelopes[i].behind) &&
                      !text_is(mismatch->place, envelopes[i].place);
        if (at && behind && at->worst == CONTRADICTED)
            return true;
    }
    return false;
}

static bool covered_from_above(const Map *places, const Mismatch *mismatch) {
    Text place = mismatch->place;
    for (size_t end = 1; end < place.size; end++) {
        if (place.data[end] != '.' && place.data[end] != '[')
            continue;
        if (covers_below(map_get_text(places, text_slice(place, 0, end)), mismatch))
            return true;
    }
    return covered_by_envelope(places, mismatch);
}

/* What the provider's state decides is one more reason only where it is one more value. */
static bool counts_at_equal_level(const Mismatch *mismatch) {
    return !mismatch->by_state || begins(mismatch->key, "value:") ||
           begins(mismatch->key, "variant:");
}

static bool is_new(const Map *places, const Mismatch *mismatch, bool *step_down) {
    *step_down = false;
    if (covered_from_above(places, mismatch))
        return false;
    const PlaceReasons *before = map_get_text(places, mismatch->place);
    *step_down = !before || mismatch->level > before->worst;
    if (!before)
        return mismatch->level == CONTRADICTED || counts_at_equal_level(mismatch);
    if (mismatch->level != before->worst)
        return *step_down;
    for (size_t i = 0; i < before->list.count; i++)
        if (key_covers(before->list.items[i]->key, mismatch->key))
            return false;
    return counts_at_equal_level(mismatch);
}

static Map *reasons_by_place(Arena *run, const Outcome *outcome) {
    Map *places = map_new(run);
    for (size_t i = 0; i < outcome->mismatches.count; i++) {
        const Mismatch *mismatch = &outcome->mismatches.items[i];
        PlaceReasons *at = map_get_text(places, mismatch->place);
        if (!at) {
            at = arena_new_object(run, PlaceReasons);
            map_put_text(places, mismatch->place, at);
        }
        if (mismatch->level > at->worst)
            at->worst = mismatch->level;
        array_push(run, &at->list, mismatch);
    }
    return places;
}

void find_worse(Arena *run, const Outcome *base, const Outcome *revision, Reasons *worse) {
    if (!base->operation || !revision->mismatches.count)
        return;
    Map *places = reasons_by_place(run, base);
    for (size_t i = 0; i < revision->mismatches.count; i++) {
        Worse found = {.mismatch = &revision->mismatches.items[i]};
        if (is_new(places, found.mismatch, &found.step_down))
            array_push(run, worse, found);
    }
}
