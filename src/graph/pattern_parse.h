/* Gives the expression that a pattern of JSON Schema is. Inside graph/ only. */
#ifndef BREAKWATER_GRAPH_PATTERN_PARSE_H
#define BREAKWATER_GRAPH_PATTERN_PARSE_H

#include "graph/regex.h"

/* Not yet followed by anything; NULL where something of it is not supported. */
const Regex *pattern_parse(Regexes *regexes, Arena *scratch, Text pattern);

/* The texts that a pattern is found in; NULL where something of it is not supported. */
const Regex *pattern_texts(Regexes *regexes, Arena *scratch, Text pattern);

#endif
