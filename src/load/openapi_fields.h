/* Owns which fields the objects of a description have, in all dialects together: a field of another
 * dialect means there what its author meant.
 * Gives a note on each field that is not known: kept, never fatal, and perhaps misspelt. Knows
 * nothing of what the fields mean.
 */
#ifndef BREAKWATER_LOAD_OPENAPI_FIELDS_H
#define BREAKWATER_LOAD_OPENAPI_FIELDS_H

#include "load/openapi_read.h"

/* `what` names the kind of object as in messages ("an operation"); one without a table may have any
 * field. A field is told once for each kind of object. */
void fields_check(Reader *reader, const Node *object, const char *what);

/* As fields_check for one keyword of a schema that the table of keywords lacks. */
void fields_check_keyword(Reader *reader, const Member *member);

#endif
