/* Holds the forms of a report that other programs read to what those expect. */
#ifndef BREAKWATER_TESTS_HARNESS_FORMS_H
#define BREAKWATER_TESTS_HARNESS_FORMS_H

#include "harness.h"

/* What is wrong with a report in a form ("sarif"), empty where nothing is or where the form is for
 * people alone. */
Text form_violation(Harness *harness, const char *form, Text text);

/* A document (YAML, of which JSON is a part) as JSON; NULL: it can't be read. */
json_t *read_value(Arena *arena, Text path);

/* What is wrong with a document (YAML or JSON) by a schema; empty: nothing. */
Text file_violation(Arena *arena, Text schema_path, Text value_path);

/* The same of the config in a folder, if there is one, by our own schema. */
Text config_violation(Harness *harness, Text folder);

#endif
