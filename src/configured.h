/* Owns what the configs of the working tree say of one file: which of them names it, and as which
 * description. Gives that to a comparison of two states of the file. Knows nothing of where those
 * come from.
 */
#ifndef BREAKWATER_CONFIGURED_H
#define BREAKWATER_CONFIGURED_H

#include "flow.h"
#include "source/repository.h"

/* What the config says of the description of a path from the repository's root; NULL: nothing. */
const ConfigSpec *spec_of_path(Arena *arena, const Config *config, const Repository *repository,
                               Text path);

/* The same for a path as it is where a range of commits ends: what it is called now counts, too. */
const ConfigSpec *spec_of_past_path(Arena *arena, const Config *config, Repository *repository,
                                    Text range, Text path);

/* The nearest config above a file in HEAD of a bare repository, which has no files. Empty: there is
 * none, or the repository has a working tree. */
Text config_in_head(Arena *arena, Repository *repository, Text path);

/* The pacts of a spec, from files. */
void set_spec_pacts(Arena *arena, const ConfigSpec *spec, bw_compare_options *compare);

/* Finds the config that names the file as the options show it, in its folder or the nearest above
 * (if none does, the nearest), and takes over what it says of it, but for the pacts of a broker,
 * who is not asked. False: diagnosed. */
bool configure(bw_result *result, bw_compare_options *compare);

#endif
