/* Owns how a run is set up: what the caller asks for, then what the config says, then what holds by
 * default. Gives the rules and how they are applied to the flow (breakwater.c).
 */
#ifndef BREAKWATER_SETTINGS_H
#define BREAKWATER_SETTINGS_H

#include "flow.h"
#include "impact/impact.h"

typedef struct Settings {
    RuleSet *rules;
    JudgeOptions judging;
    bool fails_never; /* by the config: what is breaking is told, and fails nothing */
} Settings;

/* The built-in rules, before them those that the config names (NULL: there is none), and before all
 * those of the folders. NULL: diagnosed. */
RuleSet *load_rules(Arena *arena, Diagnostics *diagnostics, const Config *config,
                    const char *const *folders, size_t count);

/* The same, where the config must know whatever rules it speaks of. */
RuleSet *settled_rules(Arena *arena, Diagnostics *diagnostics, const Config *config,
                       const bw_compare_options *options);

/* Days that are given (above 0) go before what the config says. */
void set_days(RuleSettings *rules, const Config *config, int deprecation_days, int notice_days);

/* What a spec says beside what the caller does, whose words go first. */
void set_spec(Arena *arena, const ConfigSpec *spec, bw_compare_options *compare);

/* Asks the caller's broker for the pacts that a spec wants of it, and for none where it wants none.
 * False: diagnosed, for no broker is named. */
bool set_spec_broker(Arena *arena, Diagnostics *diagnostics, const ConfigSpec *spec,
                     bw_compare_options *compare);

/* The day that a caller names, or the clock's. False: diagnosed. */
bool read_today(Diagnostics *diagnostics, const char *today, Day *day);

/* Reads the config that the options name, unless the result has one, its rules, and what of it
 * concerns the loading of the sides. False: diagnosed. */
bool open_config(bw_result *result, const bw_compare_options *options, Settings *settings);

/* Tells what of the config had no part in a comparison that is not one of several. */
void tell_of_config(bw_result *result, const bw_compare_options *options);

/* Sets up what is needed once the sides are loaded. False: diagnosed. */
bool settle(bw_result *result, const bw_compare_options *options, Settings *settings);

/* Tells of each selector of the caller that names no operation in any of several results, and of
 * each prefix that fits no path there. */
void tell_callers_unmet(Arena *arena, Diagnostics *diagnostics, const bw_compare_options *options,
                        bw_result *const *results, size_t count);

#endif
