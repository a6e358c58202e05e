/* Owns `.breakwater.yaml`: where it is found, what it says, and how a waiver is written into it.
 * Gives a Config whose every mistake is told with its place. Knows nothing of comparing: what the
 * settings do is the business of those that they are handed to.
 */
#ifndef BREAKWATER_CONFIG_CONFIG_H
#define BREAKWATER_CONFIG_CONFIG_H

#include "impact/policy.h"

#define CONFIG_NAME ".breakwater.yaml"

/* What may be said for all, and for one description otherwise. */
typedef struct ConfigRuling {
    bool has_policy, has_fail_on;
    Policy policy;
    bool fail_on_conditional;
    bool fail_never; /* what is breaking is told, and fails nothing */
} ConfigRuling;

typedef PolicyTexts ConfigTexts;

/* One API, or several where globs say so. */
typedef struct ConfigSpec {
    ConfigTexts paths; /* paths or globs, from the config's folder */
    bool compose;      /* all of them form one API */
    Text provider;     /* whose pacts count; empty: all */
    ConfigTexts pacts;
    bool asks_broker; /* for the pacts of these: */
    ConfigTexts environments, branches;
    bool main_branch, deployed_or_released;
    Selectors included, excluded; /* beside those of the config */
    ConfigRuling ruling;
    ConfigTexts strip_prefixes; /* the first that fits is taken off a path */
    Text add_prefix;
    Place place;
} ConfigSpec;

/* All paths in it are from the working directory. */
typedef struct Config {
    Text file;
    Text folder; /* "" for the working directory itself */
    ConfigRuling ruling;
    Text against; /* empty: the default branch */
    bool allow_unresolved;
    int deprecation_days, notice_days; /* 0: as the rules have them */
    ConfigTexts rule_folders;
    Policies policies;
    ARRAY(ConfigSpec) specs;
    const Document *document;
} Config;

/* The config in the working directory or the nearest folder above it, not beyond the root of a git
 * working tree. Empty: there is none. */
Text config_find(Arena *arena);

/* Whether nothing but comments is in it: no document to YAML, to people an empty config. */
bool config_is_blank(Text content);

/* Reads a config. A waiver that has expired by `today` is an error. NULL: diagnosed. */
Config *config_read(Arena *arena, Diagnostics *diagnostics, Text file, Day today);

/* Whether it names rules, or folders of them. */
bool config_speaks_of_rules(const Config *config);

/* Whether the rules that it speaks of are there. False: diagnosed. */
bool config_check_rules(const Config *config, const RuleSet *rules, Diagnostics *diagnostics);

/* How much of what the config is about has been compared. */
typedef enum ConfigScope {
    CONFIG_SCOPE_PART,
    CONFIG_SCOPE_ONE, /* a comparison, of the only description that the config names or of others */
    CONFIG_SCOPE_ALL
} ConfigScope;

/* The scope of a single comparison. */
ConfigScope config_scope_of_one(const Config *config);

/* Tells of each waiver that had no part in a verdict; of what it names and what is not there only
 * where all descriptions have been read. */
void config_tell_unused(const Config *config, Diagnostics *diagnostics, ConfigScope scope,
                        bool all_read);

/* Tells of each selector that names no operation of the descriptions that were compared, unless
 * there are others that it may be meant for. */
void config_tell_unmet(const Config *config, Diagnostics *diagnostics, ConfigScope scope);

/* The same for one list of selectors. */
void tell_unmet_selectors(const Selectors *selectors, Diagnostics *diagnostics);

/* What `breakwater waive` writes. */
typedef struct NewWaiver {
    Text rule;
    ConfigTexts operations; /* "GET /users/{id}"; none: all */
    ConfigTexts locations;
    ARRAY(WaiverCondition) when;
    Text consumer, reason, expires; /* may be empty, but for the reason */
} NewWaiver;

/* The text of the config with the waiver added to it, all else left as it stands; one that lets
 * just the same pass is renewed instead, with the new reason and day. `content` may be empty.
 * False: diagnosed, with what is to be added by hand. */
bool config_add_waiver(Arena *arena, Diagnostics *diagnostics, Text file, Text content,
                       const NewWaiver *waiver, Text *edited, bool *renewed);

#endif
