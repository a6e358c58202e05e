/* Owns where output goes: standard output or files, several at once, whole or not at all.
 * Knows nothing of what is written.
 */
#ifndef BREAKWATER_CLI_OUTPUT_H
#define BREAKWATER_CLI_OUTPUT_H

#include "cli/commands.h"

/* One --format with its -o. */
typedef struct Output {
    const char *format; /* NULL: the command's first choice */
    const char *file;   /* NULL: standard output */
} Output;

typedef struct Outputs {
    ARRAY(Output) list;
    bool quiet;        /* nothing goes to standard output where nothing is breaking */
    bool names_folder; /* bw_layout's folder is found where a format says it */
    bool all, places;  /* as of bw_layout */
} Outputs;

/* Pairs each -o with the --format before it, one that comes first with the first --format. False:
 * diagnosed. */
bool outputs_pair(const Arguments *arguments, Outputs *outputs);

/* Writes `subject` in an output's format by bw_…_write. */
typedef bw_status (*OutputWriter)(const void *subject, const char *format, const bw_layout *layout,
                                  bw_sink sink, void *context);

/* Writes all outputs; a file appears when it is complete (by a temporary file beside it, renamed),
 * unless it is a device or pipe. What goes wrong is told on standard error. Gives the exit status:
 * `status` (EXIT_SAFE or EXIT_BREAKING) where all went well, EXIT_INPUT where a file can't be made,
 * EXIT_FAULT where writing fails. */
int outputs_write(const Outputs *outputs, OutputWriter write, const void *subject, int status);

/* A bw_sink that adds to the Buffer `context`. */
bool into_buffer(const char *data, size_t size, void *context);

/* Writes to standard output and makes sure that it arrived. Gives the exit status. */
int write_standard_output(Text text);

/* Text on standard output: as wide as the terminal, with colour where one is wanted (NO_COLOR,
 * TERM); off a terminal, as BW_LAYOUT_INIT. */
bw_layout terminal_layout(void);

#endif
