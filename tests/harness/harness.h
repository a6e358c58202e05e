/* Owns the test run: what the kinds of cases share. Each file beside this one runs one kind of case
 * that it finds by itself.
 */
#ifndef BREAKWATER_TESTS_HARNESS_H
#define BREAKWATER_TESTS_HARNESS_H

#include "support/array.h"
#include "support/text.h"

#include <jansson.h>

typedef struct Harness {
    Arena *arena;
    Text root;    /* of the project, absolute */
    Text program; /* absolute */
    Text units;   /* folder of unit programs; empty: none */
    Text filter;  /* cases below this path of testdata alone; empty: all */
    int passed, failed, skipped;
} Harness;

/* Counts, and prints the failures and skips alone. */
void pass(Harness *harness);
void fail(Harness *harness, Text name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void skip(Harness *harness, Text name, const char *reason);

/* Whether the filter takes a case such as "diff/rename". */
bool wanted(const Harness *harness, Text name);

/* ---- files ----------------------------------------------------------------------------------- */

bool test_file_exists(Text path);

/* data NULL where there is no such file. */
Text test_read_file(Arena *arena, Text path);
void test_write_file(Text path, Text content);
Text test_path(Arena *arena, Text folder, Text name);

/* NULL: it is no JSON. */
json_t *test_parse_json(Text text);

/* A member's text; empty where it is none. */
const char *member_text(const json_t *object, const char *name);

/* Names in a folder, sorted, hidden ones left out; none where it is absent. */
typedef ARRAY(Text) Names;
Names list_folder(Arena *arena, Text folder);

/* A line each, blank ones left out. */
Names read_lines(Arena *arena, Text path);

/* base.yaml or base.json; data NULL where neither is there. */
Text find_document(Arena *arena, Text folder, const char *stem);

/* Compares with the file beside the case; a mismatch is written as FILE.new. */
bool matches_expected(Harness *harness, Text name, Text folder, const char *file, Text actual);

/* ---- running --------------------------------------------------------------------------------- */

typedef struct Run {
    int status; /* of exit; 128 + signal */
    Text out, err;
    double milliseconds;
    long peak_kilobytes;
} Run;

enum { TIME_LIMIT_SECONDS = 90 };

/* Runs a program in a folder with arguments (its name apart), standard input empty. */
Run run_program(Arena *arena, Text program, Text folder, const Text *arguments, size_t count);

/* ---- kinds of cases -------------------------------------------------------------------------- */

void run_comparisons(Harness *harness);
void run_verifications(Harness *harness);
void run_usages(Harness *harness);
void run_sessions(Harness *harness);
void run_pact_cases(Harness *harness);
void run_comparator(Harness *harness);
void run_history(Harness *harness);
void run_invalid(Harness *harness);
void run_types(Harness *harness);
void run_expectations(Harness *harness);
void run_judgements(Harness *harness);
void run_units(Harness *harness);
void run_rules_index(Harness *harness);
void run_rules_table(Harness *harness);
void run_rules_symmetry(Harness *harness);
void run_corpus(Harness *harness);

/* What rules/README.md must be; data NULL: failed, and counted. */
Text rules_table(Harness *harness);

/* Checks a JSON value against a schema in the keywords that the report's schema uses; a keyword
 * that is not known fails. Returns an empty text, or what is wrong and where. */
Text schema_violation(Arena *arena, const json_t *schema, const json_t *value);

#endif
