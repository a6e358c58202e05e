/* Gives the phrases that several forms for people have, so that all say the same in the same words.
 * Knows nothing of layout and escaping.
 */
#ifndef BREAKWATER_REPORT_PHRASES_H
#define BREAKWATER_REPORT_PHRASES_H

#include "report/report.h"

/* "s" unless it is one. */
const char *plural(size_t count);

/* The attributes that changes of a kind carry: "name, required". Empty: none. */
Text carried_attributes(Arena *arena, ChangeKind kind);

/* The text, cut to so many letters, of which the last is an ellipsis then. */
Text first_letters(Arena *arena, Text text, size_t letters);

/* "openapi.yaml:41:13"; the file alone where there is no line, empty where there is no file. */
Text place_text(Arena *arena, Place place);

/* What a report among several is about. */
Text report_subject(const VerdictReport *report);

/* What a report among several stands under: its revision, or "COMMIT DATE SUBJECT" in a history. */
Text report_heading(Arena *arena, const Reports *reports, size_t index);

/* "2 of 5 descriptions break", "1 of 7 commits breaks" */
Text several_text(Arena *arena, const Reports *reports);

/* "GET /users/{id} → 200 application/json", "webhook POST paid" */
Text operation_text(Arena *arena, const VerdictOperation *operation);

/* The same without its response. */
Text operation_alone_text(Arena *arena, const VerdictOperation *operation);

/* The first operation, with the location in it, and how many more there are: "GET /users/{id} → 200
 * application/json → body.user_id (and 2 more)". */
Text change_path_text(Arena *arena, const VerdictChange *change);

/* "and 14 more places", of those where the change stands; "and more than 303 more places" where not
 * all are named. Empty: there may be one alone for each of its operations. */
Text further_places_text(Arena *arena, const VerdictChange *change);

/* Behind an operation: " → body.user_id (and 14 more places)". */
Text located_text(Arena *arena, const VerdictChange *change);

/* All places but the first: "also at body.a, body.b". */
Text also_at_text(Arena *arena, const VerdictChange *change);

/* "waived until 2027-01-31 for Web", "waived in part, for Web", "not in need of its waiver": what a
 * waiver's reason stands behind. */
Text waiver_label(Arena *arena, const VerdictChange *change, const ChangeWaiver *waiver);

/* "breaking", "safe" */
const char *verdict_word(Verdict verdict);

/* "1 breaking change, 0 safe; breaks 3 of 4 recorded consumers (A, B, C)" */
Text summary_text(Arena *arena, const VerdictReport *report);

/* A phrase as a sentence: "No changes." */
Text sentence_text(Arena *arena, Text phrase);

/* "3 interactions of 2 consumers: 2 satisfied, 0 not guaranteed, 1 contradicted; fails A" */
Text verification_summary_text(Arena *arena, const VerificationReport *report);

/* The first characters of a text, cut behind a whole one, with "…" where it is cut. */
Text text_cut(Arena *arena, Text text, size_t bytes);

#endif
