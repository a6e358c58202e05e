/* Owns the paths of files as CI systems know them: from the root of the repository, where a report
 * has them as seen from the working directory. Gives copies of what is reported.
 */
#ifndef BREAKWATER_REPORT_ROOTED_H
#define BREAKWATER_REPORT_ROOTED_H

#include "report/report.h"

/* `folder` is what the paths count from; empty where it is the root: then nothing is copied. */
const Reports *reports_from_root(Arena *arena, const Reports *reports, Text folder);
const VerificationReport *verification_from_root(Arena *arena, const VerificationReport *report,
                                                 Text folder);

#endif
