/* Gives the parts of a change in the report for people: its places, with what stands there, and the
 * consumers that it hurts. Knows nothing of verdicts and of what stands around a change.
 */
#ifndef BREAKWATER_REPORT_TEXT_PARTS_H
#define BREAKWATER_REPORT_TEXT_PARTS_H

#include "report/page.h"

enum { TEXT_INDENT = 3, TEXT_ROW_INDENT = 5, TEXT_GAP = 3 };

/* Where it stands and stood, with the operations that it reaches and an excerpt of both. */
void text_places(Page *page, const VerdictReport *report, const VerdictChange *change);

/* In one line. */
void text_place_alone(Page *page, const VerdictChange *change);

/* Whom it breaks, and how many of all. */
void text_consumers(Page *page, const VerdictReport *report, const VerdictChange *change);

/* A row for each. */
void text_interactions(Page *page, const VerdictInteraction *interactions, size_t count);

#endif
