#include "impact/policy.h"

#include "support/glob.h"

const char *policy_word(Policy policy) {
    return policy == POLICY_ANY_CONSUMER ? "any-consumer" : "recorded-consumers";
}

/* ---- policy ---------------------------------------------------------------------------------- */

/* What moves to where nobody looks is looked at as it goes: the base decides, where it has the
 * operation. */
static bool is_excluded(const Policies *policies, const Reach *reach) {
    const Reach seen = {.base = reach->base, .revision = reach->base ? NULL : reach->revision};
    return selectors_take(&policies->excluded, &seen);
}

bool policies_include(const Policies *policies, const Reach *reach) {
    bool included = !policies->included.count || selectors_take(&policies->included, reach);
    return included && !is_excluded(policies, reach);
}

static bool include_some(const Policies *policies, const ReachList *reaches) {
    for (size_t i = 0; i < reaches->count; i++)
        if (policies_include(policies, reaches->items[i]))
            return true;
    return false;
}

bool policies_include_place(const Policies *policies, const ChangePlace *place) {
    for (size_t i = 0; i < place->reaches.count; i++)
        if (include_some(policies, place->reaches.items[i]))
            return true;
    return false;
}

/* Who decides of an operation, and why. */
typedef struct Ruling {
    Policy policy;
    bool fail_on_conditional;
    const Selector *selector; /* of the row that says so; NULL: none does */
    const Operation *operation;
} Ruling;

static Ruling ruling_by_default(const Decider *decider) {
    return (Ruling){.policy = decider->policy, .fail_on_conditional = decider->fail_on_conditional};
}

static Ruling ruling_for(const Decider *decider, const Reach *reach) {
    for (size_t i = 0; reach && i < decider->policies->rows.count; i++) {
        const PolicyRow *row = &decider->policies->rows.items[i];
        const Selector *selector = selectors_find(&row->where, reach);
        if (selector)
            return (Ruling){decider->has_consumers ? row->policy : POLICY_ANY_CONSUMER,
                            row->fail_on_conditional, selector,
                            reach->revision ? reach->revision : reach->base};
    }
    return ruling_by_default(decider);
}

static bool is_breaking(const VerdictChange *change, Ruling ruling) {
    if (ruling.policy == POLICY_RECORDED_CONSUMERS)
        return change->consumers.count > 0;
    return change->compatibility == BREAKING ||
           (change->compatibility == CONDITIONAL && ruling.fail_on_conditional);
}

/* Of all operations that the change reaches, the one with the strictest ruling: a change in a
 * shared component is breaking if it is so for one of them. */
static Ruling strictest(const Decider *decider, const VerdictChange *change) {
    const Change *fact = change->change;
    Ruling whole = ruling_by_default(decider);
    bool first = true;
    if (!decider->policies->rows.count)
        return whole;
    for (size_t i = 0; i < fact->reaches.count; i++) {
        if (!policies_include(decider->policies, fact->reaches.items[i]))
            continue;
        Ruling ruling = ruling_for(decider, fact->reaches.items[i]);
        if (first || (!is_breaking(change, whole) && is_breaking(change, ruling)))
            whole = ruling;
        first = false;
    }
    return whole;
}

/* ---- waivers --------------------------------------------------------------------------------- */

static bool takes_change(const Waiver *waiver, const VerdictChange *change) {
    if (waiver->rule.size && !glob_takes(waiver->rule, change->rule->id, '/'))
        return false;
    for (size_t i = 0; i < waiver->when.count; i++) {
        const WaiverCondition *condition = &waiver->when.items[i];
        Text value = change_attribute(change->change, condition->attribute);
        bool any_case = attribute_names_header(change->change->kind, condition->attribute,
                                               change_attribute(change->change, ATTRIBUTE_IN));
        if (any_case ? !text_equal_ignoring_case(value, condition->value)
                     : !text_equal(value, condition->value))
            return false;
    }
    return true;
}

/* What stands at places that are not named is taken by what takes any place alone. */
static bool takes_any_location(Text glob, const Reach *reach) {
    return text_is(glob, "**") || (reach && reach->media_type.size && text_is(glob, "body**"));
}

static bool takes_operation(const Waiver *waiver, const Reach *reach) {
    return !waiver->operations.count || (reach && selectors_take(&waiver->operations, reach));
}

/* What a change does, as far as waivers go: at each place where it does harm, to each consumer whom
 * it hurts if these decide there, else to those that nobody has recorded. */
typedef struct HarmPlace {
    const Reach *reach; /* NULL: the description itself */
    Text location;
    bool unnamed; /* where the change has more places than it names */
    bool consumers_decide;
} HarmPlace;

typedef struct Harm {
    const Policies *policies;
    const VerdictChange *change;
    ARRAY(HarmPlace) places;
    ARRAY(Text) consumers;
} Harm;

static bool takes_location(const Waiver *waiver, const HarmPlace *place) {
    for (size_t i = 0; i < waiver->locations.count; i++)
        if (place->unnamed ? takes_any_location(waiver->locations.items[i], place->reach)
                           : glob_takes(waiver->locations.items[i], place->location, '.'))
            return true;
    return !waiver->locations.count;
}

static bool takes_place(const Waiver *waiver, const HarmPlace *place) {
    return takes_operation(waiver, place->reach) && takes_location(waiver, place);
}

static void add_place(Arena *run, const Decider *decider, Harm *harm, HarmPlace place) {
    Ruling ruling = ruling_for(decider, place.reach);
    place.consumers_decide = ruling.policy == POLICY_RECORDED_CONSUMERS;
    if (place.reach && !policies_include(decider->policies, place.reach))
        return;
    if (harm->change->verdict == VERDICT_SAFE || is_breaking(harm->change, ruling))
        array_push(run, &harm->places, place);
}

static void add_reached(Arena *run, const Decider *decider, Harm *harm, const ChangePlace *place) {
    for (size_t i = 0; i < place->reaches.count; i++)
        for (size_t j = 0; j < place->reaches.items[i]->count; j++)
            add_place(run, decider, harm,
                      (HarmPlace){.reach = place->reaches.items[i]->items[j],
                                  .location = place->location});
}

static Harm harm_of(Arena *run, const Decider *decider, const VerdictChange *change) {
    const Change *fact = change->change;
    Harm harm = {.policies = decider->policies, .change = change};
    for (size_t i = 0; i < fact->places.count; i++)
        add_reached(run, decider, &harm, fact->places.items[i]);
    for (size_t i = 0; fact->more_places && i < fact->reaches.count; i++)
        add_place(run, decider, &harm,
                  (HarmPlace){.reach = fact->reaches.items[i], .unnamed = true});
    if (!fact->places.count)
        add_place(run, decider, &harm, (HarmPlace){.location = change->location});
    for (size_t i = 0; i < change->consumers.count; i++) { /* sorted by name */
        Text name = change->consumers.items[i].consumer;
        size_t count = harm.consumers.count;
        if (!count || !text_equal(harm.consumers.items[count - 1], name))
            array_push(run, &harm.consumers, name);
    }
    return harm;
}

/* Whether it is for anybody whom the place hurts. */
static bool covers_some(const Waiver *waiver, const Harm *harm, const HarmPlace *place) {
    bool some = !waiver->consumer.size;
    for (size_t i = 0; i < harm->consumers.count && place->consumers_decide && !some; i++)
        some = text_equal(waiver->consumer, harm->consumers.items[i]);
    return some;
}

/* How much of the harm a waiver takes that takes the change. */
typedef struct Share {
    bool some, all_operations, all_locations;
} Share;

static Share share_of(const Harm *harm, const Waiver *waiver) {
    Share share = {.all_operations = true, .all_locations = true};
    bool breaking = harm->change->verdict == VERDICT_BREAKING;
    for (size_t i = 0; i < harm->places.count; i++) {
        const HarmPlace *place = &harm->places.items[i];
        bool here = takes_operation(waiver, place->reach);
        bool there = takes_location(waiver, place);
        bool hurts = !breaking || covers_some(waiver, harm, place);
        share.some = share.some || (here && there && hurts);
        share.all_operations = share.all_operations && here;
        share.all_locations = share.all_locations && there;
    }
    return share;
}

static Text covers_text(Arena *run, const Harm *harm, const Waiver *waiver, Share share) {
    Buffer out = {.arena = run};
    if (waiver->consumer.size)
        buffer_format(&out, "for %.*s", TEXT_ARG(waiver->consumer));
    const char *before = out.size ? " at " : "at ";
    for (size_t i = 0; i < waiver->operations.count && !share.all_operations; i++) {
        buffer_format(&out, "%s%.*s", before, TEXT_ARG(waiver->operations.items[i].written));
        before = ", ";
    }
    before = share.all_operations ? before : " in ";
    for (size_t i = 0; i < waiver->locations.count && !share.all_locations; i++) {
        buffer_format(&out, "%s%.*s", before, TEXT_ARG(waiver->locations.items[i]));
        before = ", ";
    }
    if (waiver->locations.count && !share.all_locations && harm->change->change->more_places)
        buffer_add(&out, TEXT(" (of more places than are named: `**` takes them all)"));
    return buffer_text(&out);
}

/* What it does to one consumer (an empty name: to any that nobody has recorded). */
static bool is_waived_for(const Harm *harm, const HarmPlace *place, Text consumer) {
    for (size_t i = 0; i < harm->policies->waivers.count; i++) {
        const Waiver *waiver = harm->policies->waivers.items[i];
        if ((!waiver->consumer.size || text_equal(waiver->consumer, consumer)) &&
            takes_change(waiver, harm->change) && takes_place(waiver, place))
            return true;
    }
    return false;
}

static bool is_waived_at(const Harm *harm, const HarmPlace *place) {
    if (!place->consumers_decide)
        return is_waived_for(harm, place, (Text){0});
    for (size_t i = 0; i < harm->consumers.count; i++)
        if (!is_waived_for(harm, place, harm->consumers.items[i]))
            return false;
    return true;
}

static bool is_waived(const Harm *harm) {
    for (size_t i = 0; i < harm->places.count; i++)
        if (!is_waived_at(harm, &harm->places.items[i]))
            return false;
    return true;
}

/* All reasons, and the day on which the first of them ends. */
static Waived together(Arena *run, const VerdictChange *change) {
    Waived waived = {0};
    Buffer reasons = {.arena = run};
    for (array_each(const ChangeWaiver, waiver, &change->waivers)) {
        buffer_format(&reasons, "%s%.*s", reasons.size ? "; " : "", TEXT_ARG(waiver->reason));
        if (waiver->expires.size &&
            (!waived.expires.size || text_compare(waiver->expires, waived.expires) < 0))
            waived.expires = waiver->expires;
    }
    waived.reason = buffer_text(&reasons);
    return waived;
}

/* It speaks of the change, but for the place. */
static void note_near_miss(Waiver *waiver, const Harm *harm) {
    for (size_t i = 0; i < harm->places.count && waiver->locations.count; i++) {
        const HarmPlace *place = &harm->places.items[i];
        if (!takes_operation(waiver, place->reach) || takes_location(waiver, place))
            continue;
        waiver->misplaced = true;
        waiver->location_guess.mistyped = waiver->locations.items[0];
        guess_offer(&waiver->location_guess, place->location);
    }
}

/* Notes the waivers that speak of the change; where together they take all that it does, it passes.
 * Of what would pass anyhow only those are told that somebody took for breaking. */
static void waive(Arena *run, const Decider *decider, VerdictChange *change) {
    const Policies *policies = decider->policies;
    bool breaking = change->verdict == VERDICT_BREAKING;
    bool harmless = !breaking && change->compatibility == COMPATIBLE;
    if (!policies->waivers.count)
        return;
    Harm harm = harm_of(run, decider, change);
    for (size_t i = 0; i < policies->waivers.count; i++) {
        Waiver *waiver = policies->waivers.items[i];
        if (!takes_change(waiver, change))
            continue;
        Share share = share_of(&harm, waiver);
        if (!share.some) {
            if (!harmless)
                note_near_miss(waiver, &harm);
            continue;
        }
        waiver->used = waiver->used || breaking;
        waiver->needless = waiver->needless || !breaking;
        if (harmless)
            continue;
        ChangeWaiver told = {waiver->waived.reason, waiver->waived.expires,
                             covers_text(run, &harm, waiver, share)};
        array_push(run, &change->waivers, told);
    }
    if (!breaking || !change->waivers.count || !is_waived(&harm))
        return;
    change->waived = together(run, change);
    change->verdict = VERDICT_SAFE;
}

/* ---- the decision ---------------------------------------------------------------------------- */

/* The rule by its own id goes before globs, and of these the first counts. */
static const Override *override_of(const Policies *policies, const Rule *rule) {
    const Override *found = NULL;
    for (size_t i = 0; i < policies->overrides.count; i++) {
        const Override *override = &policies->overrides.items[i];
        if (text_equal(override->rule, rule->id))
            return override;
        if (!found && glob_takes(override->rule, rule->id, '/'))
            found = override;
    }
    return found;
}

/* What was not proven either way. */
static bool is_undecided(const Change *fact) {
    return fact->kind == CHANGE_TYPE_UNPROVEN ||
           text_is(change_attribute(fact, ATTRIBUTE_EFFECT), "unproven");
}

static Text remark_on_safe(const VerdictChange *change, Ruling ruling) {
    bool hurts = change->consumers.count > 0;
    if (change->compatibility == COMPATIBLE && !hurts)
        return (Text){0};
    if (ruling.policy == POLICY_RECORDED_CONSUMERS && change->partly_held)
        return TEXT("no recorded consumer is seen to depend on it, but not all that they ask for "
                    "here could be held against the description");
    if (ruling.policy == POLICY_RECORDED_CONSUMERS)
        return TEXT("no recorded consumer depends on it");
    if (hurts)
        return TEXT("recorded consumers are hurt, but the policy leaves it to the rules");
    if (is_undecided(change->change))
        return TEXT("whether a consumer survives it is not decided");
    return TEXT("a consumer written with care survives it");
}

/* What the config has to do with it. */
static Text remark_on_config(Arena *run, const Decider *decider, const VerdictChange *change) {
    Compatibility stated = change->rule->compatibility;
    bool hurts = change->ruling.policy == POLICY_RECORDED_CONSUMERS && change->consumers.count;
    if (change->compatibility != stated && hurts)
        return text_format(run, REMARK_OF_CONFIG "; the rule says %s, and the consumers decide",
                           compatibility_word(stated));
    if (change->compatibility != stated)
        return text_format(run, REMARK_OF_CONFIG "; the rule says %s", compatibility_word(stated));
    if (change->ruling.policy != decider->policy && change->verdict == VERDICT_BREAKING)
        return text_format(run, "the config puts it under the policy %s",
                           policy_word(change->ruling.policy));
    return (Text){0};
}

static bool consumers_decide(const Decider *decider, const Change *fact, Ruling ruling) {
    bool decide = ruling.policy == POLICY_RECORDED_CONSUMERS;
    for (size_t i = 0; i < fact->reaches.count && decider->policies->rows.count && !decide; i++)
        decide = policies_include(decider->policies, fact->reaches.items[i]) &&
                 ruling_for(decider, fact->reaches.items[i]).policy == POLICY_RECORDED_CONSUMERS;
    return decide;
}

static VerdictRuling told_ruling(Arena *run, const Decider *decider, const VerdictChange *change,
                                 Ruling ruling) {
    VerdictRuling told = {
        .policy = ruling.policy,
        .fail_on_conditional = ruling.fail_on_conditional,
        .consumers_decide = consumers_decide(decider, change->change, ruling),
    };
    if (ruling.selector) {
        told.selector = ruling.selector->written;
        told.operation = text_format(run, "%.*s %.*s", TEXT_ARG(ruling.operation->method),
                                     TEXT_ARG(ruling.operation->path));
    }
    return told;
}

static bool belongs(const Policies *policies, const Change *fact) {
    bool filtered = policies->included.count || policies->excluded.count;
    if (filtered && include_some(policies, &fact->reaches))
        return true;
    return !filtered || (!fact->reaches.count && !policies->included.count);
}

/* How rules say it. What the consumers make breaking is theirs to help with. */
#define NOTHING_TO_DO "nothing needs to be done"

bool decide(Arena *run, const Decider *decider, VerdictChange *change) {
    const Override *override = override_of(decider->policies, change->rule);
    bool unwanted = change->rule->silent || (override && override->off) || change->change->answered;
    bool off = unwanted && !change->consumers.count;
    if (off || !belongs(decider->policies, change->change))
        return false;
    change->compatibility =
        override && !override->off ? override->compatibility : change->rule->compatibility;
    Ruling ruling = strictest(decider, change);
    bool breaking = is_breaking(change, ruling);
    change->ruling = told_ruling(run, decider, change, ruling);
    change->verdict = breaking ? VERDICT_BREAKING : VERDICT_SAFE;
    change->remark = remark_on_config(run, decider, change);
    if (!breaking && !change->remark.size)
        change->remark = remark_on_safe(change, ruling);
    if (breaking && change->compatibility == COMPATIBLE &&
        text_equal(change->help, TEXT(NOTHING_TO_DO)))
        change->help =
            TEXT("change these consumers first, or wait until none of them relies on it");
    waive(run, decider, change);
    return true;
}
