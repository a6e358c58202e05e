/* Holds the forms of a report that other programs read to what those expect. */
#ifndef BREAKWATER_TESTS_HARNESS_FORMS_H
#define BREAKWATER_TESTS_HARNESS_FORMS_H

#include "harness.h"

/* What is wrong with a report in a form ("sarif"), empty where nothing is or where the form is for
 * people alone. */
Text form_violation(Harness *harness, const char *form, Text text);

#endif
