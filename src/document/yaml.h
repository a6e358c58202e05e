/* Owns what the YAML reader's parts share: libyaml's parser with the event in hand, and how its
 * marks become places. Internal to document/.
 */
#ifndef BREAKWATER_DOCUMENT_YAML_H
#define BREAKWATER_DOCUMENT_YAML_H

#include "document/tree.h"

#include <yaml.h>

/* libyaml's memory is in the arena's care while ours may run out. */
typedef struct YamlInput {
    yaml_parser_t parser;
    yaml_event_t event;
    bool open;
    Text text;
    size_t *line_starts; /* see yaml_line; NULL if libyaml's own lines are right */
    size_t line_count;
} YamlInput;

/* NULL: diagnosed. */
YamlInput *yaml_input_open(Tree *tree);
void yaml_input_close(YamlInput *input);

/* Line and column of a mark, from 1. */
void yaml_position(const YamlInput *input, yaml_mark_t mark, uint32_t *line, uint32_t *column);

/* Says why libyaml refused the text. Always false; `syntax` as for yaml_parse. */
bool yaml_diagnose(Tree *tree, const YamlInput *input, bool *syntax);

#endif
