/* Owns the outward forms of what is finished: a verdict, the rules, a graph, as text, JSON and DOT.
 * Gives a Text in the caller's arena. Knows nothing of deciding, sorting and wording: strings come
 * final and lists sorted. Where it goes (a terminal, a file) is the caller's business.
 */
#ifndef BREAKWATER_REPORT_REPORT_H
#define BREAKWATER_REPORT_REPORT_H

#include "impact/usage.h"
#include "impact/verdict.h"
#include "impact/verification.h"

/* Of text for people; the other formats have one form only. */
typedef struct TextLayout {
    size_t width; /* columns to fill */
    bool colour;  /* with ANSI escapes */
} TextLayout;

/* The report as a compiler would print it: breaking changes, safe ones, one line of summary. */
Text report_text(Arena *arena, const VerdictReport *report, const TextLayout *layout);

/* By include/breakwater-report.schema.json. */
Text report_json(Arena *arena, const VerdictReport *report);

/* How each interaction fares: a table by consumer; by include/breakwater-verification.schema.json.
 */
Text verification_text(Arena *arena, const VerificationReport *report, const TextLayout *layout);
Text verification_json(Arena *arena, const VerificationReport *report);

/* Who uses what of a description. */
Text usage_text(Arena *arena, const UsageReport *report, const TextLayout *layout);
Text usage_json(Arena *arena, const UsageReport *report);
Text usage_markdown(Arena *arena, const UsageReport *report);

/* The list of all rules, or one rule with all that is known of it. */
Text rules_text(Arena *arena, const RuleSet *rules, const TextLayout *layout);
Text rule_text(Arena *arena, const Rule *rule, const TextLayout *layout);
Text rules_json(Arena *arena, const RuleSet *rules);
Text rule_json(Arena *arena, const Rule *rule);

/* What was understood of a description. JSON is complete: operations, and types by id with their
 * edges. DOT (Graphviz) shows operations and the components that they use. */
Text graph_json(Arena *arena, const Api *api);
Text graph_dot(Arena *arena, const Api *api);

#endif
