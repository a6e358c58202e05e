/* Owns the end of commands that write a file which the library made. Knows nothing of what is in
 * it.
 */
#ifndef BREAKWATER_CLI_EDIT_H
#define BREAKWATER_CLI_EDIT_H

#include "cli/output.h"

/* Tells an edit's diagnostics, writes it to the file where it was made, and frees it. It may be
 * NULL (out of memory). Gives the exit status. */
int finish_edit(const Arguments *arguments, bw_status status, bw_edit *edit, const char *file);

/* Says that memory is gone. Gives the exit status. */
int told_out_of_memory(void);

#endif
