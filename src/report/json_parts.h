/* Gives the parts that the JSON of several reports has, so that each is spelled in one way.
 * Internal to report/. */
#ifndef BREAKWATER_REPORT_JSON_PARTS_H
#define BREAKWATER_REPORT_JSON_PARTS_H

#include "impact/verdict.h"
#include "report/json_writer.h"

/* A place as json_from_place has it, with the lines around it. */
json_t *json_from_location(const Location *location);

/* {"consumer", "pact", "line", "interaction", "reason"} */
json_t *json_from_consumer(const VerdictConsumer *who);

/* A list of strings. */
json_t *json_from_names(const Text *names, size_t count);

#endif
