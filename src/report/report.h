/* Owns the outward forms of what is finished: a verdict (in all the forms of format.def), a
 * verification, the rules, a graph; and the way back from a verdict's JSON. Gives a Text in the
 * caller's arena. Knows nothing of deciding, sorting and wording: strings come final and lists
 * sorted. Where it goes (a terminal, a file) is the caller's business.
 */
#ifndef BREAKWATER_REPORT_REPORT_H
#define BREAKWATER_REPORT_REPORT_H

#include "gate/answer.h"
#include "impact/usage.h"
#include "impact/verdict.h"
#include "impact/verification.h"
#include "store/store.h"

/* Of text for people; the other formats have one form only. */
typedef struct TextLayout {
    size_t width;        /* columns to fill */
    bool colour;         /* with ANSI escapes */
    const char *version; /* the program's, for forms that say what made them */
    bool all;            /* of a history: what is compatible is listed, too */
    bool places;         /* of each change all are listed */
    bool folds;          /* what does not fit the width goes on in the line below */
    Text folder;         /* what the paths of files count from, from the root of the repository */
} TextLayout;

/* Where in a history a comparison stands. */
typedef struct CommitInfo {
    Text commit, date, author, subject;
    Text release; /* the first that has it; empty: none has it yet */
} CommitInfo;

/* A commit of which a side can't be read. */
typedef struct UnreadCommit {
    CommitInfo info;
    size_t before; /* the comparison that it stands before, by index, or their count */
} UnreadCommit;

/* What is shown together: one comparison, those of several descriptions, or a history. */
typedef struct Reports {
    const VerdictReport *const *items;
    size_t count;
    const CommitInfo *commits; /* of a history: one for each of the items; else NULL */
    const UnreadCommit *unread;
    size_t unread_count;
    Text folder; /* of what was stored: as in TextLayout, when it was; data NULL: now it is made */
} Reports;

/* Breaking where one of them is. */
Verdict reports_verdict(const Reports *reports);

typedef struct ReportFormat {
    const char *name, *purpose; /* NULL: there is no such format */
    bool of_verifications;      /* it can show a verification, too */
} ReportFormat;

/* The row of format.def at an index. */
ReportFormat report_format(size_t index);

/* In the format at an index of format.def, which there must be. */
Text reports_write(Arena *arena, const Reports *reports, size_t format, const TextLayout *layout);
Text verification_write(Arena *arena, const VerificationReport *report, size_t format,
                        const TextLayout *layout);

/* One commit of a history, as text. `report` NULL: a side of it can't be read. */
Text commit_text(Arena *arena, const CommitInfo *info, const VerdictReport *report,
                 const TextLayout *layout);

/* The version of the JSON that is written and read. */
enum { STORED_VERSION = 1 };

/* Whether the document is a stored verification and no stored comparison. */
bool stored_is_verification(const Document *document);

/* Whether the document is a stored report of the version that can be read. False: diagnosed. */
bool stored_version_known(Diagnostics *diagnostics, const Document *document);

/* Reads back what the format json wrote of a verification. NULL: diagnosed. */
const VerificationReport *verification_read(Arena *arena, Diagnostics *diagnostics,
                                            const Document *document);

/* Reads back what the format json wrote: a document of one report, or of several. False: diagnosed.
 */
bool reports_read(Arena *arena, Diagnostics *diagnostics, const Document *document,
                  Reports *reports);

/* The gate's answer; the environments of a store. */
Text answer_text(Arena *arena, const GateAnswer *answer, const TextLayout *layout);
Text answer_json(Arena *arena, const GateAnswer *answer);
Text answer_markdown(Arena *arena, const GateAnswer *answer);
Text answer_html(Arena *arena, const GateAnswer *answer, const TextLayout *layout);
Text answer_dot(Arena *arena, const GateAnswer *answer);

/* What a store keeps of a failure, as gate_read_report reads it. */
Text details_json(Arena *arena, const GateRow *row, const StoredNames *failed);

/* As Pact verifiers publish a result: `number` is the provider's version. */
Text verification_result(Arena *arena, const VerificationReport *report, Text number,
                         const TextLayout *layout);

Text environments_text(Arena *arena, const StoredEnvironments *environments,
                       const TextLayout *layout);
Text environments_json(Arena *arena, const StoredEnvironments *environments);

/* What a command recorded, as it was told. */
typedef struct RecordedMember {
    Text name;
    const char *const *values; /* none: that it is so */
    size_t count;
    bool many; /* there may be more than one */
} RecordedMember;
typedef ARRAY(RecordedMember) RecordedMembers;
Text recorded_json(Arena *arena, const RecordedMembers *members);

/* Why there is no answer, and nothing was recorded. */
typedef struct ToldError {
    Text id, message; /* as of a diagnostic */
    Place place;
} ToldError;
typedef ARRAY(ToldError) ToldErrors;
Text errors_json(Arena *arena, const ToldErrors *errors);

/* Who uses what of a description. */
Text usage_text(Arena *arena, const UsageReport *report, const TextLayout *layout);
Text usage_json(Arena *arena, const UsageReport *report);
Text usage_markdown(Arena *arena, const UsageReport *report);

/* What shows a rule: the lines of both sides where they differ, and what is reported of them. */
typedef struct RuleExample {
    Text before, after, reported;
} RuleExample;

/* The list of all rules, or one rule with all that is known of it. */
Text rules_text(Arena *arena, const RuleSet *rules, const TextLayout *layout);
Text rule_text(Arena *arena, const Rule *rule, const RuleExample *example,
               const TextLayout *layout);
Text rules_json(Arena *arena, const RuleSet *rules);
Text rule_json(Arena *arena, const Rule *rule, const RuleExample *example);
Text rules_markdown(Arena *arena, const RuleSet *rules);
Text rule_markdown(Arena *arena, const Rule *rule, const RuleExample *example);

/* Which rule matched a change of a report, which others speak of its kind, and what made the
 * verdict.
 */
Text why_text(Arena *arena, const RuleSet *rules, const VerdictReport *report,
              const VerdictChange *change, const TextLayout *layout);

/* What was understood of a description. JSON is complete: operations, and types by id with their
 * edges. DOT (Graphviz) shows operations and the components that they use. */
Text graph_json(Arena *arena, const Api *api);
Text graph_dot(Arena *arena, const Api *api);

#endif
