/* Owns the question by which configs a run of check judges: one that is named, the nearest, or all
 * of the repository; each as it stands in the state that is judged. Gives names to check.c. Knows
 * nothing of what a config says.
 */
#ifndef BREAKWATER_CONFIGS_H
#define BREAKWATER_CONFIGS_H

#include "breakwater.h"
#include "pairs.h"

typedef struct ConfigFile {
    Text path; /* from the repository's root; data NULL: it lies outside */
    Text name; /* to read it by; empty: it is gone, and the base still has it */
} ConfigFile;

typedef ARRAY(ConfigFile) ConfigFiles;

/* Lists them, sorted. What is gone is listed where all are asked for and the finder's base is
 * known. False: diagnosed. */
bool find_config_files(const bw_check_options *options, PairFinder *finder, ConfigFiles *files);

#endif
