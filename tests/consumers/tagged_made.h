/* Owns what a made-up answer of several alternatives is, and its consumer.
 * Gives them as a description and a pact, in a spelling that chance decides. Knows nothing of what
 * is right.
 */
#ifndef BREAKWATER_CONSUMERS_TAGGED_MADE_H
#define BREAKWATER_CONSUMERS_TAGGED_MADE_H

#include "held.h"
#include "oracle/random.h"

enum { PARTS = 4, TAGS = 6, VARIANTS = 4 };

typedef enum PartKind { PART_STRING, PART_INTEGER, PART_BOOLEAN, PART_LIST, PART_KINDS } PartKind;

typedef struct Part {
    bool declared, required, nullable, filled; /* filled: `minItems` */
    PartKind kind;
} Part;

typedef struct Variant {
    Part parts[PARTS];
    unsigned tags; /* bits: "a", "b", … */
    bool tag_required;
} Variant;

typedef enum Where { AT_ROOT, IN_PROPERTY, IN_ITEMS, WHERES } Where;

typedef struct Answer {
    Variant variants[VARIANTS];
    size_t count;
    bool mapped; /* told apart by a discriminator's mapping alone */
    bool or_null;
} Answer;

typedef enum TagNeed { TAG_UNREAD, TAG_BY_TYPE, TAG_BY_VALUE, TAG_BY_REGEX, TAG_NEEDS } TagNeed;

typedef struct Reads {
    bool parts[PARTS];
    PartKind kinds[PARTS];
    TagNeed tag;
    unsigned tags; /* that the consumer takes */
} Reads;

typedef struct Made {
    Random random;
    Where where;
    Answer base, revision;
    Reads reads;
    bool same; /* the revision is the base in another spelling */
} Made;

/* `text` receives what was written. */
const Api *write_api(const Reader *reader, Made *made, const Answer *answer, Text *text);

Text write_pact(const Reader *reader, const Made *made);

#endif
