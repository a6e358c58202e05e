/* Owns what the two files of expressions share: how one is laid out, and how one is made.
 * Inside graph/ only, for regex.c and regex_search.c.
 */
#ifndef BREAKWATER_GRAPH_REGEX_PARTS_H
#define BREAKWATER_GRAPH_REGEX_PARTS_H

#include "graph/regex.h"
#include "support/map.h"

typedef enum RegexKind {
    REGEX_NOTHING,
    REGEX_EMPTY,
    REGEX_CHARACTER,
    REGEX_START,
    REGEX_END,
    REGEX_LOOK,     /* body, negative */
    REGEX_SEQUENCE, /* first, rest; first is no sequence */
    REGEX_EITHER,   /* items, none of them an either; sorted by id */
    REGEX_BOTH,     /* items, none of them a both; sorted by id */
    REGEX_NOT,      /* body */
    REGEX_REPEAT    /* body, least, most */
} RegexKind;

/* A character set with the classes that make it up, known once all sets of the question are. */
typedef struct RegexSet {
    CharacterSet characters;
    uint64_t classes[REGEX_CLASS_LIMIT / 64];
} RegexSet;

typedef struct RegexItems {
    const Regex **list;
    size_t count;
} RegexItems;

/* Where a text matches without a further character; a set of these bits. */
enum {
    EMPTY_WITHIN = 1,
    EMPTY_AT_START = 2,
    EMPTY_AT_END = 4,
    EMPTY_AS_WHOLE = 8,
    EMPTY_ALWAYS = 15
};

struct Regex {
    RegexKind kind;
    uint32_t id;
    uint8_t empty; /* EMPTY_* */
    bool asserts;  /* holds a start or an end */
    bool looks;    /* holds a lookahead */
    bool negative; /* of a look */
    uint32_t least, most;
    union {
        const RegexSet *set;
        const Regex *body;
        struct {
            const Regex *first, *rest;
        };
        RegexItems items;
    };
    const Regex **derivatives; /* by class, not at the start; NULL until asked for */
    const Regex *reached_from; /* of a search */
    uint32_t reached_by;       /* the class */
    uint32_t reached;          /* number of the search that came here last */
};

struct Regexes {
    Arena *arena;
    Map *interned;
    Map *set_index; /* by ranges */
    ARRAY(RegexSet *) sets;
    uint32_t count;
    size_t work, work_limit;
    bool exhausted;
    const Regex *nothing, *empty, *anything, *start, *end;
    ARRAY(uint32_t) classes; /* a character of each */
    ARRAY(uint32_t) borders; /* where another class may begin, sorted */
    uint8_t *border_classes;
    uint32_t searches;
};

/* Counts a step of work. False: exhausted. */
bool regexes_step(Regexes *regexes);

#endif
