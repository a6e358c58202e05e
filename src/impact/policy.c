#include "impact/policy.h"

#include "support/glob.h"

const char *policy_word(Policy policy) {
    return policy == POLICY_ANY_CONSUMER ? "any-consumer" : "recorded-consumers";
}

/* ---- policy ---------------------------------------------------------------------------------- */

bool policies_include(const Policies *policies, const Reach *reach) {
    bool included = !policies->included.count || selectors_take(&policies->included, reach);
    return included && !selectors_take(&policies->excluded, reach);
}

typedef struct Ruling {
    Policy policy;
    bool fail_on_conditional;
} Ruling;

static Ruling ruling_for(const Decider *decider, const Reach *reach) {
    for (size_t i = 0; i < decider->policies->rows.count; i++) {
        const PolicyRow *row = &decider->policies->rows.items[i];
        if (selectors_take(&row->where, reach))
            return (Ruling){decider->has_consumers ? row->policy : POLICY_ANY_CONSUMER,
                            row->fail_on_conditional};
    }
    return (Ruling){decider->policy, decider->fail_on_conditional};
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
    Ruling whole = {decider->policy, decider->fail_on_conditional};
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

/* Wherever one of its operations has it. */
static bool takes_location(Text glob, const VerdictChange *change) {
    bool takes = glob_takes(glob, change->location, '.');
    for (size_t i = 0; i < change->change->locations.count && !takes; i++)
        takes = glob_takes(glob, change->change->locations.items[i], '.');
    return takes;
}

static bool takes_change(const Waiver *waiver, const VerdictChange *change) {
    if (waiver->rule.size && !glob_takes(waiver->rule, change->rule->id, '/'))
        return false;
    if (waiver->location.size && !takes_location(waiver->location, change))
        return false;
    for (size_t i = 0; i < waiver->when.count; i++) {
        const WaiverCondition *condition = &waiver->when.items[i];
        if (!text_equal(change_attribute(change->change, condition->attribute), condition->value))
            return false;
    }
    return true;
}

/* What a change does, as far as waivers go: to each of the consumers whom it hurts (an empty name
 * stands for those that nobody has recorded), by each way on which it reaches them. */
typedef struct Harm {
    const Policies *policies;
    const VerdictChange *change;
    const Reach *const *reaches;
    size_t reach_count;
    ARRAY(Text) consumers;
} Harm;

static Harm harm_of(Arena *run, const Decider *decider, const VerdictChange *change,
                    Ruling ruling) {
    static const Reach *const nowhere[] = {NULL};
    const Change *fact = change->change;
    Harm harm = {decider->policies, change, fact->reaches.items, fact->reaches.count, {0}};
    if (!harm.reach_count) {
        harm.reaches = nowhere;
        harm.reach_count = 1;
    }
    for (size_t i = 0; i < change->consumers.count; i++) { /* sorted by name */
        Text name = change->consumers.items[i].consumer;
        size_t count = harm.consumers.count;
        if (ruling.policy == POLICY_RECORDED_CONSUMERS &&
            (!count || !text_equal(harm.consumers.items[count - 1], name)))
            array_push(run, &harm.consumers, name);
    }
    if (!harm.consumers.count)
        array_push(run, &harm.consumers, (Text){0});
    return harm;
}

static bool counts(const Harm *harm, size_t reach) {
    return !harm->reaches[reach] || policies_include(harm->policies, harm->reaches[reach]);
}

static bool covers_reach(const Waiver *waiver, const Reach *reach) {
    return !waiver->operations.count || (reach && selectors_take(&waiver->operations, reach));
}

static bool covers_consumer(const Waiver *waiver, Text consumer) {
    return !waiver->consumer.size || text_equal(waiver->consumer, consumer);
}

/* How much of the harm a waiver takes that takes the change. */
typedef enum Share { SHARE_NONE, SHARE_PART, SHARE_ALL } Share;

static Share share_of_reaches(const Harm *harm, const Waiver *waiver) {
    bool some = false, all = true;
    for (size_t i = 0; i < harm->reach_count; i++) {
        bool takes = covers_reach(waiver, harm->reaches[i]);
        if (counts(harm, i)) {
            some = some || takes;
            all = all && takes;
        }
    }
    return !some ? SHARE_NONE : all ? SHARE_ALL : SHARE_PART;
}

static bool covers_any_consumer(const Harm *harm, const Waiver *waiver) {
    for (size_t i = 0; i < harm->consumers.count; i++)
        if (covers_consumer(waiver, harm->consumers.items[i]))
            return true;
    return false;
}

static Text covers_text(Arena *run, const Waiver *waiver, Share reaches) {
    Buffer out = {.arena = run};
    if (waiver->consumer.size)
        buffer_format(&out, "for %.*s", TEXT_ARG(waiver->consumer));
    for (size_t i = 0; i < waiver->operations.count && reaches == SHARE_PART; i++)
        buffer_format(&out, "%s%.*s",
                      i          ? ", "
                      : out.size ? " at "
                                 : "at ",
                      TEXT_ARG(waiver->operations.items[i].written));
    return buffer_text(&out);
}

static bool is_waived_at(const Harm *harm, size_t reach, Text consumer) {
    for (size_t i = 0; i < harm->policies->waivers.count; i++) {
        const Waiver *waiver = harm->policies->waivers.items[i];
        if (takes_change(waiver, harm->change) && covers_reach(waiver, harm->reaches[reach]) &&
            covers_consumer(waiver, consumer))
            return true;
    }
    return false;
}

static bool is_waived(const Harm *harm) {
    for (size_t i = 0; i < harm->reach_count; i++)
        for (size_t j = 0; j < harm->consumers.count; j++)
            if (counts(harm, i) && !is_waived_at(harm, i, harm->consumers.items[j]))
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

/* Notes the waivers that speak of the change; where together they take all that it does, it passes.
 * Of what would pass anyhow only those are told that somebody took for breaking. */
static void waive(Arena *run, const Decider *decider, VerdictChange *change, Ruling ruling) {
    const Policies *policies = decider->policies;
    bool breaking = change->verdict == VERDICT_BREAKING;
    if (!policies->waivers.count || (!breaking && change->compatibility == COMPATIBLE))
        return;
    Harm harm = harm_of(run, decider, change, ruling);
    for (size_t i = 0; i < policies->waivers.count; i++) {
        Waiver *waiver = policies->waivers.items[i];
        Share reaches = share_of_reaches(&harm, waiver);
        if (reaches == SHARE_NONE || !takes_change(waiver, change))
            continue;
        if (breaking && !covers_any_consumer(&harm, waiver))
            continue;
        waiver->used = waiver->used || breaking;
        waiver->needless = waiver->needless || !breaking;
        ChangeWaiver told = {waiver->waived.reason, waiver->waived.expires,
                             covers_text(run, waiver, reaches)};
        array_push(run, &change->waivers, told);
    }
    if (!breaking || !change->waivers.count || !is_waived(&harm))
        return;
    change->waived = together(run, change);
    change->verdict = VERDICT_SAFE;
}

/* ---- the decision ---------------------------------------------------------------------------- */

static const Override *override_of(const Policies *policies, const Rule *rule) {
    for (size_t i = 0; i < policies->overrides.count; i++)
        if (text_equal(policies->overrides.items[i].rule, rule->id))
            return &policies->overrides.items[i];
    return NULL;
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
    return TEXT("a consumer written with care survives it");
}

/* What the config has to do with it. */
static Text remark_on_config(Arena *run, const Decider *decider, const VerdictChange *change) {
    Compatibility stated = change->rule->compatibility;
    if (change->compatibility != stated)
        return text_format(run, "so by the config; the rule says %s", compatibility_word(stated));
    if (change->policy != decider->policy && change->verdict == VERDICT_BREAKING)
        return text_format(run, "the config puts it under the policy %s",
                           policy_word(change->policy));
    return (Text){0};
}

static bool belongs(const Policies *policies, const Change *fact) {
    bool filtered = policies->included.count || policies->excluded.count;
    for (size_t i = 0; i < fact->reaches.count && filtered; i++)
        if (policies_include(policies, fact->reaches.items[i]))
            return true;
    return !filtered || (!fact->reaches.count && !policies->included.count);
}

/* How rules say it. What the consumers make breaking is theirs to help with. */
#define NOTHING_TO_DO "nothing needs to be done"

bool decide(Arena *run, const Decider *decider, VerdictChange *change) {
    const Override *override = override_of(decider->policies, change->rule);
    bool off = override && override->off && !change->consumers.count;
    if (off || !belongs(decider->policies, change->change))
        return false;
    change->compatibility =
        override && !override->off ? override->compatibility : change->rule->compatibility;
    Ruling ruling = strictest(decider, change);
    bool breaking = is_breaking(change, ruling);
    change->policy = ruling.policy;
    change->verdict = breaking ? VERDICT_BREAKING : VERDICT_SAFE;
    change->remark = remark_on_config(run, decider, change);
    if (!breaking && !change->remark.size)
        change->remark = remark_on_safe(change, ruling);
    if (breaking && change->compatibility == COMPATIBLE &&
        text_equal(change->help, TEXT(NOTHING_TO_DO)))
        change->help =
            TEXT("change these consumers first, or wait until none of them relies on it");
    waive(run, decider, change, ruling);
    return true;
}
