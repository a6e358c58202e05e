/* Why a change was judged as it was: the rules that speak of its kind, in the order in which they
 * are tried, and how policy and consumers made the verdict of what the rule said.
 */
#include "report/page.h"
#include "report/phrases.h"

enum { INDENT = 2, LABEL_WIDTH = 12 };

static void put_label(Page *page, const char *label) {
    page_put_styled(page, STYLE_FAINT, text_from(label));
    page_fill(page, LABEL_WIDTH, 1);
}

static void put_change(Page *page, const VerdictChange *change) {
    const Change *fact = change->change;
    page_put_styled(page, STYLE_STRONG, change->message);
    page_end_line(page);
    put_label(page, "change");
    page_format(page, "%s in a %s", change_info(fact->kind)->word,
                fact->direction == DIRECTION_REQUEST ? "request" : "response");
    page_end_line(page);
    for (size_t i = 0; i < fact->attributes.count; i++) {
        const Attribute *attribute = &fact->attributes.items[i];
        put_label(page, i ? "" : "attributes");
        page_format(page, "%s: %.*s", attribute_info(attribute->id)->word,
                    TEXT_ARG(attribute->text.size ? attribute->text : TEXT("(empty)")));
        page_end_line(page);
    }
}

/* What of a rule that does not match stands in the way. */
static void put_unmet(Page *page, const Text *unmet, size_t count) {
    for (size_t i = 0; i < count; i++) {
        page_fill(page, INDENT + INDENT, 0);
        page_put(page, TEXT("fails on "));
        page_wrap(page, INDENT + INDENT, unmet[i]);
        page_end_line(page);
    }
}

static void put_rule(Page *page, const RuleSet *rules, const Rule *rule,
                     const VerdictChange *change, bool decided) {
    Text *unmet, when = rules_conditions_text(page->out.arena, &rule->when);
    size_t missing = rules_unmet(page->out.arena, rules, rule, change->change, &unmet);
    bool decides = text_equal(rule->id, change->rule->id);
    const char *sign = decides ? missing ? "matched, on another day" : "matches"
                       : missing
                           ? missing == 1 && rule->when.count > 1 ? "nearly matches" : "no match"
                       : decided ? "would match, too"
                                 : "matches now, and was not asked when the report was made";
    page_fill(page, INDENT, 0);
    page_put_styled(page, decides ? STYLE_STRONG : STYLE_FAINT, rule->id);
    page_format(page, "  %s", sign);
    if (rule->own)
        page_format(page, "  (own: %.*s:%u)", TEXT_ARG(rule->place.file), rule->place.line);
    page_end_line(page);
    page_fill(page, INDENT + INDENT, 0);
    page_put(page, when.size ? TEXT("when ") : TEXT("without conditions"));
    page_wrap(page, INDENT + INDENT, when);
    page_format(page, ": %s", compatibility_word(rule->compatibility));
    page_end_line(page);
    put_unmet(page, unmet, missing);
}

/* By what day, and by how many days, those rules are tried that ask for them. */
static void put_day(Page *page, const RuleSettings *settings) {
    put_label(page, "today");
    page_format(page, "%.*s; deprecation-days is %d, notice-days is %d",
                TEXT_ARG(day_text(page->out.arena, settings->today)), settings->deprecation_days,
                settings->notice_days);
    page_end_line(page);
}

static bool speaks_of(const Rule *rule, const VerdictChange *change) {
    bool request = change->change->direction == DIRECTION_REQUEST;
    return rule->change == change->change->kind && (request ? rule->in_request : rule->in_response);
}

static void put_rules(Page *page, const RuleSet *rules, const VerdictChange *change) {
    bool decided = false, found = false, by_day = false;
    for (size_t i = 0; i < rules->rules.count; i++) {
        const Rule *rule = rules->rules.items[i];
        by_day = by_day || (speaks_of(rule, change) && rules_ask_the_day(rule));
    }
    if (by_day)
        put_day(page, &rules->settings);
    page_end_line(page);
    page_put(page, TEXT("Rules of this kind of change, in the order in which they are tried:"));
    page_end_line(page);
    for (size_t i = 0; i < rules->rules.count; i++) {
        const Rule *rule = rules->rules.items[i];
        if (!speaks_of(rule, change))
            continue;
        put_rule(page, rules, rule, change, decided);
        decided = decided || text_equal(rule->id, change->rule->id);
        found = true;
    }
    if (found && !rules_find(rules, change->rule->id)) {
        page_fill(page, INDENT, 0);
        page_format(page, "%.*s, which decided, is not among them: name its folder by --rules",
                    TEXT_ARG(change->rule->id));
        page_end_line(page);
    }
    if (!found) {
        page_fill(page, INDENT, 0);
        page_put(page, TEXT("none: the report was made with other rules"));
        page_end_line(page);
    }
}

static void put_ruling(Page *page, const VerdictRuling *ruling) {
    put_label(page, "policy");
    page_put(page, text_from(policy_word(ruling->policy)));
    if (ruling->policy == POLICY_RECORDED_CONSUMERS)
        page_put(page, TEXT(": a change that hurts a recorded consumer is breaking"));
    else if (ruling->fail_on_conditional)
        page_put(page, TEXT(": the rules decide, and what is conditional fails, too (fail-on)"));
    else
        page_put(page, TEXT(": the rules decide"));
    page_end_line(page);
    if (!ruling->selector.size)
        return;
    put_label(page, "");
    page_format(page, "by the config's row for `%.*s`, which takes %.*s",
                TEXT_ARG(ruling->selector), TEXT_ARG(ruling->operation));
    page_end_line(page);
}

/* Whether the config says something else of its compatibility than the rule. */
static bool is_overridden(const VerdictChange *change) {
    return text_starts_with(change->remark, TEXT(REMARK_OF_CONFIG));
}

/* What the rule says, or the config in its place. */
static void put_counts_as(Page *page, const RuleSet *rules, const VerdictChange *change) {
    const Rule *rule = rules_find(rules, change->rule->id);
    put_label(page, "counts as");
    page_put(page, text_from(compatibility_word(change->compatibility)));
    if (is_overridden(change) && rule)
        page_format(page, ": the config says so, under `compatibility`; the rule says %s",
                    compatibility_word(rule->compatibility));
    page_end_line(page);
}

static void put_verdict(Page *page, const RuleSet *rules, const VerdictReport *report,
                        const VerdictChange *change) {
    page_end_line(page);
    put_label(page, "rule");
    page_format(page, "%.*s", TEXT_ARG(change->rule->id));
    page_end_line(page);
    put_counts_as(page, rules, change);
    put_ruling(page, &change->ruling);
    for (size_t i = 0; i < change->consumers.count; i++) {
        const VerdictConsumer *who = &change->consumers.items[i];
        put_label(page, i ? "" : "hurts");
        page_format(page, "%.*s: \"%.*s\" %.*s", TEXT_ARG(who->consumer),
                    TEXT_ARG(who->interaction), TEXT_ARG(who->reason));
        page_end_line(page);
    }
    if (!change->consumers.count && report->consumers) {
        put_label(page, "hurts");
        page_format(page, "none of %zu recorded consumer%s", report->consumers,
                    plural(report->consumers));
        page_end_line(page);
    }
    put_label(page, "verdict");
    page_put_styled(page, change->verdict == VERDICT_BREAKING ? STYLE_BAD : STYLE_GOOD,
                    change->verdict == VERDICT_BREAKING ? TEXT("breaking") : TEXT("safe"));
    if (change->waived.reason.size)
        page_put(page, TEXT(", waived"));
    else if (change->remark.size && !is_overridden(change))
        page_format(page, ": %.*s", TEXT_ARG(change->remark));
    page_end_line(page);
    for (array_each(const ChangeWaiver, waiver, &change->waivers)) {
        Text label = waiver_label(page->out.arena, change, waiver);
        put_label(page, "waiver");
        page_format(page, "%.*s: %.*s", TEXT_ARG(label), TEXT_ARG(waiver->reason));
        page_end_line(page);
    }
}

Text why_text(Arena *arena, const RuleSet *rules, const VerdictReport *report,
              const VerdictChange *change, const TextLayout *layout) {
    Page page = page_new(arena, layout);
    put_change(&page, change);
    put_rules(&page, rules, change);
    put_verdict(&page, rules, report, change);
    return buffer_text(&page.out);
}
