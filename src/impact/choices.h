/* Owns which alternatives of a description an expectation speaks of. Gives the alternatives of a
 * type, those among them that extend it included, and the property by which an expectation says
 * that it does not mean one of them: a tag, whose value the provider's state decides. Inside
 * impact/ only. Knows nothing of what is wrong with an alternative.
 */
#ifndef BREAKWATER_IMPACT_CHOICES_H
#define BREAKWATER_IMPACT_CHOICES_H

#include "graph/canonical.h"

/* One alternative of a type, with the discriminator's values that mean it. */
typedef struct Choice {
    const Alternative *alternative;
    Tags tags;
    Tags others; /* of the choices beside it, where `tags` are otherwise any */
    Text name;   /* of a schema that extends the type; may be empty */
    const struct Node *origin;
    const Discriminator *extended; /* what tells those apart that extend it; NULL: none do */
} Choice;

typedef ARRAY(Choice) Choices;

/* The alternatives of one kind, and of objects also the schemas that extend a discriminator's. Who
 * writes a request may call each by its name as well. */
void choices_of(Arena *run, Meet *meet, AlternativeKind kind, Direction direction,
                Choices *choices);

/* Whether an expectation fixes values or a pattern, and not all of a kind. */
bool chooses_values(Meet *expected);

/* The property that an expectation's alternative fixes to values which a description's alternative
 * never has there: exact values, or a pattern where the description lists values or has a
 * discriminator. NULL: there is none, and the expectation may mean the alternative. */
const CanonicalProperty *telling_property(const Alternative *expected, const Choice *provided);

#endif
