/* Owns what is said about an input that can't be used: one Diagnostic, with its place, for each
 * failure. Gives the table of all of them (diagnostic.def), a list to add to, and their rendering.
 *
 * The error discipline of the program: a function that can meet bad input returns bool or a
 * pointer, and false or NULL means that it has been said here. Nothing is printed before the end.
 * Knows nothing of documents: a Place carries what a rendering needs.
 */
#ifndef BREAKWATER_SUPPORT_DIAGNOSTICS_H
#define BREAKWATER_SUPPORT_DIAGNOSTICS_H

#include "support/array.h"
#include "support/text.h"

/* Lines and columns count from 1, columns in code points; line 0 means the file as a whole. */
typedef struct Place {
    Text file;    /* as shown to the user */
    Text content; /* the file's text, for the excerpt; may be empty */
    uint32_t line;
    uint32_t column;
} Place;

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE } Severity;

typedef enum DiagnosticId {
#define DIAGNOSTIC(id, severity, format) DIAGNOSTIC_##id,
#include "support/diagnostic.def"
#undef DIAGNOSTIC
    DIAGNOSTIC_COUNT
} DiagnosticId;

/* The formats as constants of their own, so that the compiler checks each call's arguments. */
#define DIAGNOSTIC(id, severity, format)                                                           \
    __attribute__((unused)) static const char DIAGNOSTIC_FORMAT_##id[] = format;
#include "support/diagnostic.def"
#undef DIAGNOSTIC

typedef struct Diagnostic {
    DiagnosticId id;
    Severity severity;
    Text message;
    Place place;
    Text second_label; /* "first given here"; empty where there is no second place */
    Place second_place;
} Diagnostic;

typedef struct Diagnostics {
    Arena *arena;
    ARRAY(Diagnostic) list;
    size_t errors;
} Diagnostics;

/* diagnose(diagnostics, UNRESOLVED_REFERENCE, place, TEXT_ARG(reference)): adds a row of
 * diagnostic.def and returns false, so that `return diagnose(…)` reads as it should. */
#define diagnose(diagnostics, id, place, ...)                                                      \
    diagnostics_add((diagnostics), DIAGNOSTIC_##id, (place), DIAGNOSTIC_FORMAT_##id, ##__VA_ARGS__)

bool diagnostics_add(Diagnostics *diagnostics, DiagnosticId id, Place place, const char *format,
                     ...) __attribute__((format(printf, 4, 5)));

/* Adds the second place ("first given here") to the newest diagnostic. */
void diagnostics_second_place(Diagnostics *diagnostics, const char *label, Place place);

/* "error: message\n  --> file:line:column\n" with the line quoted and a caret under the place. */
void diagnostic_render(const Diagnostic *diagnostic, Buffer *out);

#endif
