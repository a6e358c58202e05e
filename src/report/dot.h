/* Gives text as Graphviz takes it. Knows nothing of what is drawn. Internal to report/. */
#ifndef BREAKWATER_REPORT_DOT_H
#define BREAKWATER_REPORT_DOT_H

#include "support/text.h"

/* Adds a quoted string of DOT: made printable (printable.h), quotes and backslashes escaped. */
void dot_add_string(Buffer *out, Text text);

#endif
