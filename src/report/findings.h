/* Owns the flat view of what is reported: a list of findings, each with a place, a level and a few
 * lines, which is all that forms for other programs know (SARIF, JUnit, annotations, code quality).
 * Gives it for comparisons and for a verification alike.
 */
#ifndef BREAKWATER_REPORT_FINDINGS_H
#define BREAKWATER_REPORT_FINDINGS_H

#include "report/fired.h"

typedef enum Level { LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR } Level;

typedef struct RelatedPlace {
    Text label; /* "the base", "OrderService reads body.userId as a string" */
    Location location;
} RelatedPlace;

typedef struct Finding {
    Text id;          /* by which it is asked for and waived */
    Text fingerprint; /* unique in the list; the same when lines move or other files change */
    const Rule *rule;
    Level level;
    Text group; /* what it is told under: "GET /users/{id}", a consumer */
    Text message;
    ARRAY(Text) lines; /* what else is to be said */
    Location at;       /* in the revision where it has a place, else in the base */
    ARRAY(RelatedPlace) related;
    Text suppressed; /* the reason why it is let pass; empty: it is not */
} Finding;

typedef struct Findings {
    ARRAY(Finding) list;
    FiredRules rules;
    Text summary; /* one line */
    bool failed;  /* the verdict */
} Findings;

/* Errors and warnings as the verification has them; what is satisfied is a note. */
Findings *findings_of_verification(Arena *arena, const VerificationReport *report);

/* Errors are what breaks; warnings what has a remark; the rest are notes. */
Findings *findings_of_reports(Arena *arena, const Reports *reports);

#endif
