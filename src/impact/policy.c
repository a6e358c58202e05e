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

static bool takes_change(const Waiver *waiver, const VerdictChange *change) {
    if (waiver->rule.size && !glob_takes(waiver->rule, change->rule->id, '/'))
        return false;
    if (waiver->location.size && !glob_takes(waiver->location, change->location, '.'))
        return false;
    for (size_t i = 0; i < waiver->when.count; i++) {
        const WaiverCondition *condition = &waiver->when.items[i];
        if (!text_equal(change_attribute(change->change, condition->attribute), condition->value))
            return false;
    }
    return true;
}

/* Whether the waivers together take everything that the change reaches, as far as it hurts the
 * consumer; an empty name stands for consumers that nobody has recorded. */
static const Waiver *waiver_for(const Decider *decider, const VerdictChange *change,
                                Text consumer) {
    const Policies *policies = decider->policies;
    const Waiver *first = NULL;
    size_t reaches = change->change->reaches.count;
    for (size_t i = 0; i < reaches || (!reaches && i == 0); i++) {
        const Reach *reach = reaches ? change->change->reaches.items[i] : NULL;
        const Waiver *found = NULL;
        if (reach && !policies_include(policies, reach))
            continue;
        for (size_t j = 0; j < policies->waivers.count && !found; j++) {
            Waiver *waiver = policies->waivers.items[j];
            bool takes = takes_change(waiver, change) &&
                         (!waiver->consumer.size || text_equal(waiver->consumer, consumer)) &&
                         (!waiver->operations.count ||
                          (reach && selectors_take(&waiver->operations, reach)));
            found = takes ? waiver : NULL;
        }
        if (!found)
            return NULL;
        first = first ? first : found;
    }
    return first;
}

/* Marks the waivers that had a part in it. */
static void mark_used(const Policies *policies, const VerdictChange *change) {
    for (size_t i = 0; i < policies->waivers.count; i++) {
        Waiver *waiver = policies->waivers.items[i];
        bool used = takes_change(waiver, change) && !waiver->operations.count;
        for (size_t j = 0; j < change->change->reaches.count && !used; j++)
            used = takes_change(waiver, change) &&
                   selectors_take(&waiver->operations, change->change->reaches.items[j]);
        bool hurts = !waiver->consumer.size;
        for (size_t j = 0; j < change->consumers.count && !hurts; j++)
            hurts = text_equal(change->consumers.items[j].consumer, waiver->consumer);
        waiver->used = waiver->used || (used && hurts);
    }
}

/* The waiver that lets the change pass; NULL: none does. One for single consumers counts where they
 * alone make the change breaking. */
static const Waiver *find_waiver(const Decider *decider, const VerdictChange *change,
                                 Ruling ruling) {
    if (ruling.policy != POLICY_RECORDED_CONSUMERS)
        return waiver_for(decider, change, (Text){0});
    const Waiver *first = NULL;
    for (size_t i = 0; i < change->consumers.count; i++) {
        const Waiver *found = waiver_for(decider, change, change->consumers.items[i].consumer);
        if (!found)
            return NULL;
        first = first ? first : found;
    }
    return first;
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
    if (breaking && text_is(change->help, NOTHING_TO_DO))
        change->help =
            TEXT("change these consumers first, or wait until none of them relies on it");
    const Waiver *waiver = breaking ? find_waiver(decider, change, ruling) : NULL;
    if (!waiver)
        return true;
    mark_used(decider->policies, change);
    change->waived = waiver->waived;
    change->verdict = VERDICT_SAFE;
    return true;
}
