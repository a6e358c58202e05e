/* Owns the finished usage view: which operations, parameters and properties of one description the
 * recorded consumers use, and which nobody does. What report/ writes out and adds nothing to: all
 * strings are final, all lists sorted. Knows nothing of output formats.
 */
#ifndef BREAKWATER_IMPACT_USAGE_H
#define BREAKWATER_IMPACT_USAGE_H

#include "impact/verdict.h"

/* A consumer that uses something. `interaction` with its place is the first of its interactions
 * that does. */
typedef struct UsageConsumer {
    Text consumer;
    bool sends, reads;
    size_t interactions;
    Text pact; /* file */
    uint32_t line;
    Text interaction;
} UsageConsumer;

typedef ARRAY(UsageConsumer) UsageConsumers; /* sorted by name; empty: nobody */

typedef enum UsageKind { USAGE_PARAMETER, USAGE_BODY, USAGE_RESPONSE, USAGE_HEADER } UsageKind;

/* What belongs to one operation alone. */
typedef struct UsagePart {
    UsageKind kind;
    Text location; /* "query.limit", "body application/json", "404", "200 header.Location" */
    bool required, deprecated;
    Location description;
    UsageConsumers users;
} UsagePart;

/* A webhook or callback is not among them: recorded requests can't tell who takes it. What a
 * message reads of the webhook of its name counts as a use of the properties. */
typedef struct UsageOperation {
    Text method, path;
    bool deprecated;
    Location description;
    UsageConsumers users;
    ARRAY(UsagePart) parts; /* in the description's order */
} UsageOperation;

/* A property where it is declared: of a component it is one, whatever operations reach it. */
typedef struct UsageProperty {
    Text location; /* "User.address.city"; "GET /users → 200 application/json → body.total" */
    bool required, deprecated;
    bool in_request, in_response; /* where operations reach it */
    Location description;
    UsageConsumers users;
} UsageProperty;

typedef struct UsageCount {
    size_t used, all;
} UsageCount;

typedef struct UsageReport {
    Text source;      /* the description, as the user wrote it */
    Text revision;    /* git's; may be empty */
    bool unused_only; /* lists hold what nobody uses; counts are of all */
    size_t consumers, interactions;
    UsageCount operation_count, parameter_count, property_count;
    ARRAY(UsageOperation) operations;    /* in the description's order */
    ARRAY(UsageProperty) properties;     /* by file and line */
    ARRAY(VerdictInteraction) unmatched; /* interactions that no operation takes */
} UsageReport;

#endif
