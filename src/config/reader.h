/* Owns what the files of config/ share: reading values of a YAML tree with every mistake told.
 * Inside config/ only; config.h is what other stages see.
 */
#ifndef BREAKWATER_CONFIG_READER_H
#define BREAKWATER_CONFIG_READER_H

#include "config/config.h"

typedef struct ConfigReader {
    Arena *arena;
    Diagnostics *diagnostics;
    Config *config;
    Day today;
} ConfigReader;

/* A key of a mapping, and what reads its value `into` something. */
typedef struct ConfigKey {
    const char *name;
    bool (*read)(ConfigReader *reader, const char *key, const Node *value, void *into);
} ConfigKey;

enum { CONFIG_KEYS_MOST = 16 };

/* Reads a mapping by its keys, a NULL name behind the last; `what` is "the config", "a waiver". All
 * mistakes are told. The functions below give false likewise where something is wrong. */
bool config_read_mapping(ConfigReader *reader, const char *what, const ConfigKey *keys,
                         const Node *mapping, void *into);

/* Reads each item by `read`, and a value that is no sequence as the only one. */
bool config_read_list(ConfigReader *reader, const char *key, const Node *value, void *into,
                      bool (*read)(ConfigReader *, const char *, const Node *, void *));

/* A string that is not empty; numbers and dates are taken as they are written. */
bool config_read_text(ConfigReader *reader, const char *key, const Node *value, void *text);

/* Adds a string to a ConfigTexts. */
bool config_read_texts(ConfigReader *reader, const char *key, const Node *value, void *texts);

/* The same for paths from the config's folder, which become paths from the working directory. */
bool config_read_paths(ConfigReader *reader, const char *key, const Node *value, void *texts);

bool config_read_flag(ConfigReader *reader, const char *key, const Node *value, void *flag);

/* The index of the value in a list of words up to a NULL. */
bool config_read_word(ConfigReader *reader, const char *key, const Node *value,
                      const char *const *words, size_t *index);

/* Adds one selector, or a list of them, to Selectors. */
bool config_read_selectors(ConfigReader *reader, const char *key, const Node *value,
                           void *selectors);

/* Adds one waiver to the Policies. */
bool config_read_waiver(ConfigReader *reader, const char *key, const Node *value, void *policies);

/* Sets `policy` or `fail-on` of a ConfigRuling. */
bool config_read_policy(ConfigReader *reader, const char *key, const Node *value, void *ruling);
bool config_read_fail_on(ConfigReader *reader, const char *key, const Node *value, void *ruling);

#endif
