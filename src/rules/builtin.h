/* Owns the name of what the build makes of the files in rules/: their bytes, compiled in.
 * Inside rules/ only. Knows nothing of what the bytes say.
 *
 * The definitions are written by the build's own program, embed.c.
 */
#ifndef BREAKWATER_RULES_BUILTIN_H
#define BREAKWATER_RULES_BUILTIN_H

#include <stddef.h>

typedef struct BuiltinFile {
    const char *name; /* "operations.yaml" */
    const unsigned char *bytes;
    size_t size;
} BuiltinFile;

/* Sorted by name. */
extern const BuiltinFile builtin_files[];
extern const size_t builtin_file_count;

/* What shows a rule: "ID/base.yaml" and "ID/revision.yaml" of the rule's case. Sorted by name. */
extern const BuiltinFile builtin_examples[];
extern const size_t builtin_example_count;

#endif
