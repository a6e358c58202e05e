/* Owns the forms in which the gate's answers are written. Knows nothing of what was asked. */
#ifndef BREAKWATER_CLI_ANSWER_H
#define BREAKWATER_CLI_ANSWER_H

#include "cli/store.h"

extern const char *const answer_forms[];

#define OPTIONS_ANSWER_FORM                                                                        \
    {.name = "output",                                                                             \
     .letter = 'o',                                                                                \
     .value = "FORMAT",                                                                            \
     .choices = answer_forms,                                                                      \
     .help = "as --format, as the Pact Broker's client has it"},                                   \
    {                                                                                              \
        .name = "format", .value = "FORMAT", .choices = answer_forms,                              \
        .help = "the form of the answer"                                                           \
    }

/* Writes to standard output in the form that the options name. Gives the exit status: `status`,
 * unless it can't be written. */
int write_answer(const Arguments *arguments, const bw_answer *answer, int status);

#endif
