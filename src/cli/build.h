/* Owns what can be known of the build that runs: the branch and the commit, from the variables that
 * CI systems set, else from git. Knows nothing of what they are for.
 */
#ifndef BREAKWATER_CLI_BUILD_H
#define BREAKWATER_CLI_BUILD_H

#include "cli/commands.h"

typedef struct Build {
    const char *branch;
    const char *commit; /* NULL: nothing was committed yet */
} Build;

/* False: no branch can be told, which is diagnosed. */
bool build_find(const Arguments *arguments, Build *build);

#endif
