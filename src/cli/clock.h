/* Owns the options by which a run is told what time it is, and how long notice and deprecation have
 * to be, so that verdicts about dates can be had again.
 * Gives the rows of an option table and their reading. Knows nothing of rules.
 */
#ifndef BREAKWATER_CLI_CLOCK_H
#define BREAKWATER_CLI_CLOCK_H

#include "breakwater.h"
#include "cli/options.h"

#define OPTIONS_CLOCK                                                                              \
    {.name = "today",                                                                              \
     .value = "DATE",                                                                              \
     .help = "hold dates such as x-sunset against DATE (default: SOURCE_DATE_EPOCH of the "        \
             "environment, else the clock, in UTC)"},                                              \
        {.name = "deprecation-days",                                                               \
         .value = "DAYS",                                                                          \
         .help =                                                                                   \
             "how long what says since when it is deprecated must have been so to be removed as "  \
             "compatible (default: 180)"},                                                         \
    {                                                                                              \
        .name = "notice-days", .value = "DAYS",                                                    \
        .help = "how long before its date a removal must be announced (default: 30)"               \
    }

/* False: diagnosed. */
bool clock_options(const Arguments *arguments, bw_compare_options *compare);

#endif
