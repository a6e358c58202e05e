/* Owns the way from the strings of a request (path captures, query, headers, cookies, form bodies)
 * to the values that they stand for, read as their Type and style say (OpenAPI 3.1
 * section 4.8.12.3). Gives nodes that no document holds. Knows nothing of operations and
 * mismatches.
 */
#ifndef BREAKWATER_IMPACT_VALUE_H
#define BREAKWATER_IMPACT_VALUE_H

#include "document/document.h"
#include "graph/canonical.h"
#include "impact/uri.h"

/* One name with all its strings, decoded. */
typedef struct Field {
    Text name;
    Texts values;
    const Node *origin; /* in the pact; NULL where the path holds it */
    /* What else may be sent, by the pact's matchers, as texts and as values; NULL: unknown. */
    const Type *as_text, *as_value;
    bool generated; /* the value is one of those that a generator makes */
    bool used;      /* a parameter or credential took it */
    bool reserved;  /* another parameter or credential has its name */
    bool counted;   /* a rule says how many values there may be: least, most */
    Bound least, most;
} Field;
typedef ARRAY(Field) Fields;

/* NULL where no field has the name. Names of headers are compared ignoring case. */
Field *fields_find(const Fields *fields, Text name, bool ignoring_case);

/* Adds a value under its name, in order. */
void fields_add(Arena *arena, Fields *fields, Text name, Text value, const Node *origin);

/* The value that one string stands for: a number, a boolean or null where the Meet takes it so,
 * else a string. */
const Node *value_of_text(Arena *arena, Text text, Meet *meet);

/* The value of a parameter of Type `meet`; NULL where the request lacks it. Fields that make it up
 * are marked as used; *origin is where the first of them stands. */
const Node *value_of_parameter(Arena *arena, const Parameter *parameter, Meet *meet, Fields *fields,
                               const Node **origin);

/* A form's or an object's field: several strings make an array, one makes what its Type says.
 * `meet` NULL: a string. */
const Node *value_of_field(Arena *arena, const Field *field, Meet *meet);

/* The object that the fields of a form make up (application/x-www-form-urlencoded). */
const Node *value_of_form(Arena *arena, const Fields *fields, Meet *meet);

/* NULL where the object names no such property. */
const CanonicalProperty *find_property(const Alternative *object, Text name);

#endif
