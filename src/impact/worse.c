#include "impact/evidence.h"
#include "impact/holding.h"

/* Reasons are compared place by place. A reason of the base covers one of the revision where it
 * left the same open already: the same reason; any value where one more is possible; and, for all
 * that is below its place, what was unknown there. */

typedef struct PlaceReasons {
    Satisfaction worst, counted; /* of all, and without what the provider's state decides */
    ARRAY(const Mismatch *) list;
} PlaceReasons;

static bool begins(Text place, const char *with) {
    return text_starts_with(place, text_from(with));
}

/* What is wrong with another alternative says nothing of those that the pact has. */
static bool may_cover(const Mismatch *base, const Mismatch *mismatch) {
    return base->level >= mismatch->level && (!base->elsewhere || mismatch->elsewhere);
}

/* Where nothing serves, another value, kind or credential that does not either is no more reason.
 */
static bool fails_alike(const Mismatch *base, const Mismatch *mismatch) {
    bool alike = mismatch->reason == REASON_KIND || mismatch->reason == REASON_FURTHER_VALUE ||
                 mismatch->reason == REASON_CREDENTIALS;
    return alike && base->reason == mismatch->reason && base->level == CONTRADICTED;
}

static bool covers(const Mismatch *base, const Mismatch *mismatch) {
    bool same = text_equal(base->detail, mismatch->detail) || fails_alike(base, mismatch);
    return may_cover(base, mismatch) && reason_covers(base->reason, mismatch->reason, same);
}

/* What lies below was not compared, or nothing was said of it. */
static bool is_opaque(const Mismatch *mismatch) {
    return mismatch->level == CONTRADICTED || reason_is_opaque(mismatch->reason);
}

static bool covers_below(const PlaceReasons *above, const Mismatch *mismatch) {
    for (size_t i = 0; above && i < above->list.count; i++) {
        const Mismatch *base = above->list.items[i];
        if (is_opaque(base) && may_cover(base, mismatch))
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
    return !mismatch->by_state || reason_is_one_more(mismatch->reason);
}

/* What the provider's state decided alone was no worse than satisfied. */
static Satisfaction counted_level(const Mismatch *mismatch) {
    return mismatch->by_state && mismatch->level != CONTRADICTED ? SATISFIED : mismatch->level;
}

/* What was not declared is now, and as what the consumer can't take. */
static bool is_declared_wrongly(const PlaceReasons *before, const Mismatch *mismatch) {
    if (mismatch->level != CONTRADICTED)
        return false;
    for (size_t i = 0; before && i < before->list.count; i++)
        if (before->list.items[i]->reason == REASON_PROPERTY_UNDECLARED ||
            before->list.items[i]->reason == REASON_HEADER_UNDECLARED)
            return true;
    return false;
}

/* ---- Where the same reason is of more values --------------------------------------------------
 */

/* Whether a reason of the base is that of this very value. */
static bool is_same_value(const Mismatch *base, const Mismatch *mismatch) {
    bool one = mismatch->reason == REASON_FURTHER_VALUE ||
               mismatch->reason == REASON_NO_SUCH_VALUE || mismatch->reason == REASON_NO_SUCH_TAG;
    return one && base->reason == mismatch->reason && text_equal(base->detail, mismatch->detail);
}

typedef ARRAY(Meet *) Meets;

/* Whether the description says more values than it did in any of its alternatives; fewer, of those
 * that it takes. */
static bool is_hurt_relation(Comparer *comparer, const Meets *was, Meet *now, Direction direction) {
    Effect hurts = direction == DIRECTION_RESPONSE ? EFFECT_WIDENED : EFFECT_NARROWED;
    for (size_t i = 0; i < was->count; i++) {
        const Comparison *pair = compare_meets(comparer, was->items[i], now, direction);
        if (!(comparison_relation(comparer, pair) & hurts))
            return false;
    }
    return was->count > 0;
}

/* What the provider sends now it sent before, or the consumer takes it. */
static bool is_within_answers(Arena *run, Prover *prover, const Meets *was,
                              const Mismatch *mismatch, Meet *now) {
    Meets outer = {0};
    for (size_t i = 0; i < was->count; i++)
        array_push(run, &outer, was->items[i]);
    if (mismatch->expected)
        array_push(run, &outer, mismatch->expected);
    return prove_within_any(prover, now, outer.items, outer.count, DIRECTION_RESPONSE);
}

/* A type alone says nothing of values, so none is lost to it. */
static bool is_type_alone(Comparer *comparer, Meet *expected) {
    Canonicals *canonicals = comparer_canonicals(comparer);
    Meet *all = canonicals_of_kinds(canonicals, canonicals_meet(canonicals, NULL),
                                    meet_canonical(expected)->kinds);
    return prove_within(comparer_prover(comparer), all, expected, DIRECTION_REQUEST);
}

/* What was taken of that which the consumer sends is taken still. */
static bool is_within_requests(Comparer *comparer, const Meets *was, const Mismatch *mismatch) {
    if (mismatch->expected && is_type_alone(comparer, mismatch->expected))
        return true;
    for (size_t i = 0; i < was->count; i++) {
        Meet *taken = was->items[i];
        if (mismatch->expected)
            taken = canonicals_meet_both(comparer_canonicals(comparer), taken, mismatch->expected);
        if (!prove_within_any(comparer_prover(comparer), taken, mismatch->provided.items,
                              mismatch->provided.count, DIRECTION_REQUEST))
            return false;
    }
    return true;
}

/* A place may be open already and be opened further: by values that the base did not have there,
 * and that the consumer does not take. */
static bool is_opened_further(Arena *run, Comparer *comparer, const PlaceReasons *before,
                              const Mismatch *mismatch) {
    if (mismatch->level == CONTRADICTED || mismatch->by_state)
        return false;
    Meets was = {0};
    for (size_t i = 0; i < before->list.count; i++) {
        const Mismatch *base = before->list.items[i];
        if (is_same_value(base, mismatch))
            return false;
        for (size_t j = 0; covers(base, mismatch) && j < base->provided.count; j++)
            array_push(run, &was, base->provided.items[j]);
    }
    for (size_t i = 0; i < mismatch->provided.count; i++) {
        Meet *now = mismatch->provided.items[i];
        if (!is_hurt_relation(comparer, &was, now, mismatch->direction))
            continue;
        bool within = mismatch->direction == DIRECTION_RESPONSE
                          ? is_within_answers(run, comparer_prover(comparer), &was, mismatch, now)
                          : is_within_requests(comparer, &was, mismatch);
        if (!within)
            return true;
    }
    return false;
}

/* ---- What is new ------------------------------------------------------------------------------
 */

/* Reasons of values, and a lesser one of kinds, are of what was never there before; one that is not
 * of values is one more where the place fails as it did. */
static bool is_one_more_aspect(const Mismatch *mismatch, const PlaceReasons *before,
                               const PlaceReasons *now) {
    for (size_t i = 0; i < before->list.count; i++)
        if (reason_is_opaque(before->list.items[i]->reason))
            return false;
    return now->worst >= before->worst && !reason_is_of_values(mismatch->reason) &&
           mismatch->reason != REASON_KIND;
}

typedef struct Sides {
    Arena *run;
    Comparer *comparer;
    const Map *base, *revision; /* PlaceReasons by place */
} Sides;

static bool is_new(const Sides *sides, Worse *found) {
    const Mismatch *mismatch = found->mismatch;
    if (covered_from_above(sides->base, mismatch))
        return false;
    const PlaceReasons *before = map_get_text(sides->base, mismatch->place);
    for (size_t i = 0; before && i < before->list.count; i++)
        if (covers(before->list.items[i], mismatch))
            return is_opened_further(sides->run, sides->comparer, before, mismatch);
    if (before && mismatch->level < before->worst &&
        !is_one_more_aspect(mismatch, before, map_get_text(sides->revision, mismatch->place)))
        return false;
    found->step_down = !before || counted_level(mismatch) > before->counted ||
                       is_declared_wrongly(before, mismatch);
    bool counts = mismatch->level == CONTRADICTED || counts_at_equal_level(mismatch);
    found->by_list = !counts && mismatch->reason == REASON_ANY_VALUE;
    return counts || found->by_list;
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
        if (counted_level(mismatch) > at->counted)
            at->counted = counted_level(mismatch);
        array_push(run, &at->list, mismatch);
    }
    return places;
}

/* What the base took as credentials is none of its parameters: to go on sending them hurts nobody.
 */
static bool was_credentials(const Outcome *base, const Mismatch *mismatch) {
    if (mismatch->reason != REASON_PARAMETER_UNDECLARED)
        return false;
    const Claim *claim = find_claim(base, mismatch);
    return claim && !claim->parameter;
}

/* Where the value that the pact has never comes, it is no matter which others may. */
static bool is_outdone(const Map *places, const Mismatch *mismatch) {
    const PlaceReasons *at = map_get_text(places, mismatch->place);
    return mismatch->level == NOT_GUARANTEED && at->worst == CONTRADICTED &&
           reason_is_of_values(mismatch->reason);
}

/* What any request may have is lost where the base declared it. */
static bool was_declared(const Outcome *base, const Mismatch *mismatch) {
    if (mismatch->reason != REASON_PARAMETER_UNDECLARED || !mismatch->by_state)
        return false;
    const Claim *claim = find_claim(base, mismatch);
    return claim && claim->parameter;
}

/* A null that may be no body is lost where the base took it as JSON's. */
static bool was_taken_as_null(Comparer *comparer, const Outcome *base, const Mismatch *mismatch) {
    const MediaType *media_type = base->request_media;
    if (mismatch->reason != REASON_NULL_VALUE || !mismatch->by_state || !media_type)
        return false;
    Meet *meet = canonicals_meet(comparer_canonicals(comparer), media_type->type);
    return text_is(mismatch->place, "request.body") && meet_canonical(meet)->kinds & KIND_NULL;
}

/* Where `default` alone takes the place of what was declared, it says the same; where it told of
 * what goes wrong beside a success, none is left. */
static bool is_custom(const Outcome *base, const Mismatch *mismatch) {
    if (mismatch->reason != REASON_STATUS_BY_DEFAULT || !mismatch->by_state)
        return false;
    return !declares_default(base->operation);
}

static bool is_at_or_below(Text place, Text above) {
    bool below = place.size > above.size && text_starts_with(place, above) &&
                 (place.data[above.size] == '.' || place.data[above.size] == '[');
    return below || text_equal(place, above);
}

static bool is_contradicted_within(const Outcome *outcome, Text place) {
    for (size_t i = 0; i < outcome->mismatches.count; i++)
        if (outcome->mismatches.items[i].level == CONTRADICTED &&
            is_at_or_below(outcome->mismatches.items[i].place, place))
            return true;
    return false;
}

/* What never came and may come now, or never was taken and may be: the place fares better. */
static bool fares_better(const Outcome *base, const Outcome *revision, const Mismatch *mismatch) {
    return mismatch->level == NOT_GUARANTEED && is_contradicted_within(base, mismatch->place) &&
           !is_contradicted_within(revision, mismatch->place);
}

void find_worse(Arena *run, Comparer *comparer, const Outcome *base, const Outcome *revision,
                Reasons *worse) {
    if (!base->operation)
        return;
    find_read_otherwise(run, base, revision, worse);
    if (!revision->mismatches.count)
        return;
    Map *now = reasons_by_place(run, revision);
    Sides sides = {run, comparer, reasons_by_place(run, base), now};
    for (size_t i = 0; i < revision->mismatches.count; i++) {
        Worse found = {.mismatch = &revision->mismatches.items[i]};
        bool new = is_new(&sides, &found);
        bool lost = new || was_declared(base, found.mismatch) ||
                    was_taken_as_null(comparer, base, found.mismatch);
        if (lost && !was_credentials(base, found.mismatch) && !is_outdone(now, found.mismatch) &&
            !is_custom(base, found.mismatch) && !fares_better(base, revision, found.mismatch))
            array_push(run, worse, found);
    }
}
