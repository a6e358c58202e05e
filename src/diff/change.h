/* Owns the vocabulary of changes, made from change.def and attribute.def, and the Change itself:
 * one fact about two graphs. Knows nothing of rules and consumers: a change carries no judgement.
 */
#ifndef BREAKWATER_DIFF_CHANGE_H
#define BREAKWATER_DIFF_CHANGE_H

#include "graph/graph.h"

typedef enum AttributeId {
#define ATTRIBUTE(id, word, type, meaning) ATTRIBUTE_##id,
#include "diff/attribute.def"
#undef ATTRIBUTE
    ATTRIBUTE_COUNT
} AttributeId;

typedef enum ChangeKind {
#define CHANGE(id, word, attributes, meaning) CHANGE_##id,
#include "diff/change.def"
#undef CHANGE
    CHANGE_COUNT
} ChangeKind;

typedef enum AttributeType { ATTRIBUTE_TEXT, ATTRIBUTE_TRUTH, ATTRIBUTE_DATE } AttributeType;

typedef struct AttributeInfo {
    const char *word;
    AttributeType type;
    const char *meaning;
} AttributeInfo;

typedef struct ChangeInfo {
    const char *word;
    uint32_t attributes; /* bit per AttributeId */
    const char *meaning;
} ChangeInfo;

const AttributeInfo *attribute_info(AttributeId id);
const ChangeInfo *change_info(ChangeKind kind);

/* COUNT where the word is none of the vocabulary. */
AttributeId attribute_by_word(Text word);
ChangeKind change_by_word(Text word);

/* What ATTRIBUTE_KEYWORD of such a change can be, up to a NULL; NULL where the documents name it.
 */
const char *const *change_keywords(ChangeKind kind);

/* TRUTH attributes have the text "true" or "false"; DATE attributes the text of the description,
 * which may be no date. */
typedef struct Attribute {
    AttributeId id;
    Text text;
} Attribute;

/* One way by which a consumer meets changes; shared by all changes met that way. */
typedef struct Reach {
    const Operation *base;     /* NULL where the operation is new */
    const Operation *revision; /* NULL where it is gone */
    Text status;               /* of the response; empty in a request */
    Text media_type;           /* empty outside bodies */
} Reach;

typedef ARRAY(const Reach *) ReachList;

/* Where a change is met, "body.user_id", and what meets it there. */
typedef struct ChangePlace {
    Text location;
    ARRAY(const ReachList *) reaches; /* shared by all changes that are met together */
} ChangePlace;

typedef struct Change {
    ChangeKind kind;
    Direction direction;
    ARRAY(Attribute) attributes;
    /* The thing itself where it stands, else (base_absent, revision_absent) the nearest parent that
     * there is on that side; NULL where there is not even that. */
    const struct Node *base_origin, *revision_origin;
    bool base_absent, revision_absent;
    bool answered; /* a doubt whether values fit, where other changes show that some don't */
    Text location; /* by the first reach: "body.user_id", "query.limit", "header.Location"; empty:
                      the operation itself */
    ReachList reaches;           /* sorted: path, method, status, media type */
    ARRAY(ChangePlace *) places; /* in the order of their first reaches, which may have several */
    bool more_places;            /* it is met at others, too, of which there are too many to name */
    uint32_t id;                 /* its place in the finished list */
} Change;

/* The attribute's text, empty where the change does not carry it. */
Text change_attribute(const Change *change, AttributeId id);

/* Whether the attribute of such a change is the name of a header, which knows no case (RFC 9110
 * section 5.1). `in` is the place of the parameter that the change is of, if it is of one. */
bool attribute_names_header(ChangeKind kind, AttributeId id, Text in);
bool change_attribute_is_true(const Change *change, AttributeId id);

#endif
