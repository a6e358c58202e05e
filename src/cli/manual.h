/* Owns the manual page. Gives it as roff. Knows nothing of where it is put. */
#ifndef BREAKWATER_CLI_MANUAL_H
#define BREAKWATER_CLI_MANUAL_H

#include "support/text.h"

Text manual_page(Arena *arena);

#endif
