/* Owns what commands that write a report have in common: the forms as choices of an option, and the
 * end of a run. Knows nothing of how a report came about.
 */
#ifndef BREAKWATER_CLI_FORMS_H
#define BREAKWATER_CLI_FORMS_H

#include "cli/output.h"

/* The names of all forms and what each is for, NULL behind the last. */
extern const char *const form_names[], *const form_purposes[];

/* Those of a verification. */
extern const char *const verification_form_names[], *const verification_form_purposes[];

/* The form of a name; text where it is NULL. */
bw_format form_of(const char *name);

/* The row of an option table. */
#define OPTION_FORMAT                                                                              \
    {                                                                                              \
        .name = "format", .value = "FORMAT", .choices = form_names, .meanings = form_purposes,     \
        .help = "the form of the report; may be given more than once"                              \
    }

/* Writes the report of a `bw_result` (or of several, a Results) in the form of a name: for
 * outputs_write. */
bw_status write_result(const void *result, const char *form, const bw_layout *layout, bw_sink sink,
                       void *context);

typedef struct Results {
    const bw_result *const *items;
    size_t count;
} Results;

bw_status write_results(const void *results, const char *form, const bw_layout *layout,
                        bw_sink sink, void *context);

/* Writes the outputs of a verdict and gives the exit status, of which --fail-on moves the line
 * between 0 and 1; without it `fails` says whether what is breaking counts. */
int finish_verdict(const Arguments *arguments, const Outputs *outputs, OutputWriter write,
                   const void *subject, bool breaking, bool fails);

/* The exit status of a finished result, which may be NULL (out of memory): tells its diagnostics,
 * writes the outputs where there is a verdict, and moves the line between 0 and 1 by --fail-on. */
int finish_result(const Arguments *arguments, const Outputs *outputs, bw_status status,
                  const bw_result *result);

/* A verification can't be shown in every form. False: diagnosed. */
bool check_forms_of(const Arguments *arguments, const Outputs *outputs, const bw_result *result);

#endif
