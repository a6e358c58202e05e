/* Declares the writer of each form of format.def. */
#ifndef BREAKWATER_REPORT_FORMS_H
#define BREAKWATER_REPORT_FORMS_H

#include "report/findings.h"
#include "report/phrases.h"

#define REPORT_WRITER(name)                                                                        \
    Text name(Arena *arena, const Reports *reports, const TextLayout *layout)
#define VERIFICATION_WRITER(name)                                                                  \
    Text name(Arena *arena, const VerificationReport *report, const TextLayout *layout)
#define FINDINGS_WRITER(name)                                                                      \
    Text name(Arena *arena, const Findings *findings, const TextLayout *layout)

#define FORMAT(id, name, report, verification, purpose)                                            \
    REPORT_WRITER(report);                                                                         \
    VERIFICATION_WRITER(verification);
#define FINDINGS_FORMAT(id, name, findings, purpose) FINDINGS_WRITER(findings);
#define CHANGES_FORMAT(id, name, report, purpose)    REPORT_WRITER(report);
#include "report/format.def"

#endif
