/* Owns what the files of diff/ share: the pair graph under construction, and how a change is noted.
 * Inside diff/ only; diff.h is what other stages see.
 *
 * Pairs are worked off a queue, not by recursion, so that the depth of a description's references
 * is no depth of the stack. Whether a variant without partner is covered by another, and what needs
 * the finished comparison of two schemas in other ways, is put off until the queue is empty.
 */
#ifndef BREAKWATER_DIFF_COMPARE_H
#define BREAKWATER_DIFF_COMPARE_H

#include "diff/diff.h"
#include "document/document.h"
#include "graph/inclusion.h"
#include "support/map.h"

/* A pair of types. `comparison` is first, so that a Pair is found from it. */
typedef struct Pair {
    Comparison comparison;
    Meet *base, *revision;
} Pair;

/* A change as it is noted, with what later passes need. `change` is first, so that a Noted is found
 * from it. */
typedef struct Noted {
    Change change;
    Meet *type; /* of what was removed or added; NULL where that has none */
    Effect effect;
    Change *representative; /* of all that state the same fact; NULL until collected */
} Noted;

static inline Noted *noted_of(Change *change) {
    return (Noted *)change;
}

/* A property added to an open object: by the letter a narrowing, as consumers meet it none. It
 * counts where a schema is not what consumers meet: under `not`, `if`, and in a `oneOf` whose
 * variants overlap. EFFECT_ADDED_TO_ANY: the object took any key in so many words. */
enum {
    EFFECT_ADDED = 8,
    EFFECT_ADDED_TO_ANY = 16,
    EFFECT_ALL = EFFECT_NARROWED | EFFECT_WIDENED | EFFECT_UNPROVEN
};

/* What alternatives without partner have in common: one change. */
typedef struct Leftover {
    Text name;
    const Node *origin;
    const Type *type; /* that no alternative with a partner has; NULL: there is none such */
    size_t count;
    bool named, told;
} Leftover;

/* A variant without partner on the other side. */
typedef struct Unpaired {
    const Alternative *variant;
    const Canonical *others; /* the other side */
    bool removed;            /* it stands in the base; else in the revision */
    Leftover *leftover;
} Unpaired;

typedef ARRAY(const Constraint *) ConstraintList;

/* Constraints of one keyword on both sides. */
typedef struct Constrained {
    const Alternative *base_alternative, *revision_alternative;
    ConstraintList base, revision;
    uint32_t
        unknown_pending; /* such groups of CONSTRAINT_UNKNOWN that are decided after this one */
} Constrained;

/* `patternProperties` of one side alone, with what both sides say of the names that it finds, told
 * apart by what else speaks of them. */
typedef struct Patterned {
    const Alternative *base, *revision;
    const PatternProperty *pattern;
    bool added;
    bool exact; /* such names there are */
    ARRAY(Comparison *) below;
} Patterned;

/* Things of one side by what their partners on the other are found by: a sorted list, since most
 * have few. They are added in their order, then sorted, then found: the first that has the name,
 * SIZE_MAX where none has. */
typedef struct Named {
    Text name;
    size_t index;
} Named;
typedef ARRAY(Named) ByName;
void by_name_add(Arena *arena, ByName *list, Text name);
void by_name_sort(ByName *list);
size_t by_name_find(const ByName *list, Text name);

/* What waits until the pairs below are compared: the newest first, since it lies deepest. */
typedef enum DeferredKind {
    DEFERRED_UNPAIRED,
    DEFERRED_CONSTRAINED,
    DEFERRED_PATTERNED,
    DEFERRED_OVERLAP
} DeferredKind;

typedef struct Deferred {
    DeferredKind kind;
    Comparison *at; /* counted in its `undecided` */
    union {
        Unpaired unpaired;
        Constrained constrained;
        Patterned patterned;
        Pair *overlap; /* both sides have a `oneOf` whose variants overlap */
    };
} Deferred;

/* A question that was settled well on the word of others that were still open. */
typedef struct Suspect {
    Deferred deferred;
    size_t findings; /* of the comparer, when it was settled */
} Suspect;

struct Comparer {
    Arena *arena;
    Canonicals *canonicals;
    Prover *prover;
    bool no_renames;
    bool documentation; /* words for readers are compared, too */
    Map *pairs;         /* key: ids of both Meets and the direction */
    Map *prefixes;      /* of the paths of operations that moved */
    const Api *base, *revision;
    Map *entries;              /* of the base's operations, by operation */
    ARRAY(Comparison *) nodes; /* by id */
    ARRAY(Pair *) queue;
    size_t queue_done;
    ARRAY(Deferred) deferred;
    ARRAY(Suspect) suspects;
    ARRAY(Change *) doubts; /* of a `oneOf` whose variants overlap, and the pairs of types */
    ARRAY(Comparison *) doubtful;
    bool relied;              /* what was asked last took a question that is open as settled well */
    size_t findings;          /* effects noted so far */
    int trial_depth;          /* trials within trials */
    size_t trials;            /* comparisons made to see whether a variant is covered */
    uint32_t walks;           /* numbers walks over the graph, so that none has to clear marks */
    size_t walked;            /* nodes that all walks came by */
    ARRAY(Comparison *) walk; /* what the present walk has reached */
};

/* Nodes that walks may come by in a run before what only makes a report better is asked no more:
 * whether a variant is covered, whether types that may be one renamed agree. */
enum { WALK_LIMIT = 5000000 };

Comparison *comparison_new(Comparer *comparer, Direction direction);

/* The node of a pair, queued if it is new. */
Comparison *pair_of(Comparer *comparer, Meet *base, Meet *revision, Direction direction);

/* Works off the queue, and what was put off until it is empty. */
void comparer_settle(Comparer *comparer);

/* Puts a question off until the pairs below are compared. While it is open it is taken to be
 * settled well, as a pair met again on its own path is taken to be equal (coinduction); what was
 * settled on such a word is asked again once something was found. */
void defer(Comparer *comparer, Deferred deferred);

/* As comparison_relation, with EFFECT_ADDED. */
Effect comparison_by_letter(Comparer *comparer, const Comparison *comparison);

/* Whether a schema that stands beside a comparison speaks of a property that was added there, or
 * takes any. */
bool additions_meet(Comparer *comparer, const Comparison *comparison, Meet *beside);

/* By id of a node: whether some change can be reached from it. */
bool *find_dirty(Comparer *comparer);

/* What stands below a node that has places which are not named has such, too: so do its changes. */
void spread_more_places(Comparer *comparer);

void add_edge(Comparer *comparer, Comparison *from, StepKind kind, Text name, Comparison *to);

/* Notes a change at a node. Attributes follow by `with`. */
Change *note(Comparer *comparer, Comparison *at, ChangeKind kind, Effect effect,
             const Node *base_origin, const Node *revision_origin);
void with(Comparer *comparer, Change *change, AttributeId id, Text text);
void with_truth(Comparer *comparer, Change *change, AttributeId id, bool truth);
void with_effect(Comparer *comparer, Change *change, Effect effect);

/* The type of what the change removed or added, for telling renames. */
void with_type(Change *change, Meet *type);

/* Where a keyword of a branch is written: its member in the first Type that has it, else NULL. */
const Node *keyword_origin(const Conjunction *from, const char *keyword);

/* The compared contents of a pair, and of two alternatives of one kind. */
void compare_pair(Comparer *comparer, Pair *pair);
void compare_alternatives(Comparer *comparer, Comparison *at, const Alternative *base,
                          const Alternative *revision);

/* As compare_alternatives, for two that were chosen among several of their kind. */
void compare_chosen(Comparer *comparer, Comparison *at, const Alternative *base,
                    const Alternative *revision);

/* Notes that the kinds of value are others. */
typedef struct Kinds {
    KindSet from, to;
    Effect effect;
} Kinds;
void note_kinds(Comparer *comparer, Comparison *at, Kinds kinds, const Node *base_origin,
                const Node *revision_origin);

/* Notes that a keyword changed whose effect can't be decided. */
void note_unproven(Comparer *comparer, Comparison *at, const char *keyword, const Node *base_origin,
                   const Node *revision_origin);

/* Notes that a keyword which no facet carries takes other values than before. */
void note_constraint(Comparer *comparer, Comparison *at, const char *keyword, Effect effect,
                     const Node *base_origin, const Node *revision_origin);

/* Constraints of two alternatives; of one that lists its values alone. */
void compare_constraints(Comparer *comparer, Comparison *at, const Alternative *base,
                         const Alternative *revision);
void compare_listed_constraints(Comparer *comparer, Comparison *at, const Alternative *listed,
                                const Alternative *base, const Alternative *revision);

/* What was put off: each notes a change unless there is none. */
void decide_constrained(Comparer *comparer, Comparison *at, const Constrained *constrained);
void decide_patterned(Comparer *comparer, Comparison *at, const Patterned *patterned);
void decide_overlap(Comparer *comparer, Pair *pair);

/* What is doubted of a `oneOf` is no news where other changes show that it fails. */
void answer_doubts(Comparer *comparer);

/* Queues the pairs of variants that the decision will ask for. */
void queue_overlap(Comparer *comparer, Pair *pair);

/* Properties by their names alone. */
void compare_pattern_properties(Comparer *comparer, Comparison *at, const Alternative *base,
                                const Alternative *revision);
void compare_property_names(Comparer *comparer, Comparison *at, const Alternative *base,
                            const Alternative *revision);

/* All alternatives of one kind on both sides: paired, compared, and what is left over put off. */
typedef struct Slice {
    Alternative *const *items;
    size_t count;
} Slice;
void compare_variants(Comparer *comparer, Comparison *at, Slice base, Slice revision,
                      const Canonical *base_type, const Canonical *revision_type);

/* One alternative that takes what all of a side take; NULL where there is none such. */
const Alternative *merged_variants(Comparer *comparer, const Comparison *at, Slice side);

/* A value of a discriminator that is new or gone. */
void note_tag(Comparer *comparer, Comparison *at, bool added, Text tag, const Node *base_origin,
              const Node *revision_origin);

/* The values that mean one variant among those of its kind. */
typedef struct Variant {
    Slice side;
    size_t index;
} Variant;
void compare_variant_tags(Comparer *comparer, Comparison *at, Variant base, Variant revision);

/* Those of a side that have no partner. */
void put_off_unpaired(Comparer *comparer, Comparison *at, Slice side, const bool *taken,
                      const Canonical *others, bool removed);

void compare_number_facets(Comparer *comparer, Comparison *at, const Alternative *base,
                           const Alternative *revision);
void compare_string_facets(Comparer *comparer, Comparison *at, const Alternative *base,
                           const Alternative *revision);
void compare_array_facets(Comparer *comparer, Comparison *at, const Alternative *base,
                          const Alternative *revision);
void compare_object_facets(Comparer *comparer, Comparison *at, const Alternative *base,
                           const Alternative *revision);

/* Upper and lower limits of lengths and counts; both have a keyword and are inclusive. */
typedef enum LimitKind { LOWER_LIMIT, UPPER_LIMIT } LimitKind;
void compare_limit(Comparer *comparer, Comparison *at, const Alternative *base,
                   const Alternative *revision, const char *keyword, LimitKind kind, Bound from,
                   Bound to);

/* A default value that a property or parameter has. */
bool same_default(const Node *from, const Node *to);
void compare_defaults(Comparer *comparer, Comparison *at, const Node *from, const Node *to,
                      const Node *base_origin, const Node *revision_origin);

/* What is said beside the values of a type that is no property and no parameter. */
typedef struct Aside {
    const Annotations *annotations;
    const Node *origin;
} Aside;
void note_asides(Comparer *comparer, Comparison *at, Aside base, Aside revision);
void compare_asides(Comparer *comparer, Comparison *from, StepKind kind, Text name, Aside base,
                    Aside revision);
void compare_variant_asides(Comparer *comparer, const Comparison *type, Comparison *at,
                            const Alternative *from, const Alternative *to);

/* The pair of two types below a node, with what is said beside their values. */
void add_types(Comparer *comparer, Comparison *from, StepKind kind, Text name, Meet *base,
               Meet *revision);

/* What the schema of a parameter or header says beside its values. */
Annotations field_annotations(const Parameter *field);

/* What a description says of how long a thing will be there. */
typedef struct Lifetime {
    bool deprecated;
    Text sunset, since; /* dates as written, or empty */
    const Node *origin;
} Lifetime;
Lifetime operation_lifetime(const Operation *operation);
Lifetime field_lifetime(const Parameter *field);
Lifetime property_lifetime(const CanonicalProperty *property);

/* Of a thing that is gone: whether that was announced. */
void with_lifetime(Comparer *comparer, Change *change, Lifetime lifetime);

/* The dates of a thing that both sides call deprecated. `name` is for messages. */
void compare_sunsets(Comparer *comparer, Comparison *at, Lifetime base, Lifetime revision,
                     Text name);

/* How stable an operation is ("stable" where nothing is written), and for whom it is. */
Text stability_of(const Operation *operation);
void compare_promises(Comparer *comparer, Comparison *at, const Operation *base,
                      const Operation *revision);

/* An operation of one side with what it is known by. */
typedef struct Entry {
    const Operation *operation, *partner; /* the other side's; NULL: none */
    Text exact, shape, target;
    bool moved; /* the partner stands under another path */
} Entry;
typedef ARRAY(Entry) Entries;

/* Pairs operations that went under one path and came under another. */
void pair_moved(Comparer *comparer, Entries *base, Entries *revision);

bool entry_is_renamed(const Entry *entry);

/* The revision's operation that an operation of the base is compared with; NULL: none. */
const Operation *operation_partner(const Comparer *comparer, const Operation *base);

/* Beginnings of paths that several renamed operations have in common; each such operation says so
 * by the same change. False: it is alone. */
void count_prefixes(Comparer *comparer, const Entries *base);
bool note_prefix(Comparer *comparer, Comparison *node, const Entry *entry);

/* Where an operation's path leads under one of its servers, parameter names aside. */
Text server_target(Arena *arena, Text base, Text path);

/* The type of a parameter or header, which is written as text: `explode` tells whether the items of
 * a list stand apart. */
typedef struct WrittenType {
    Meet *type;
    bool explode;
    const MediaType *form; /* whose properties are texts; NULL: it is of a parameter or header */
} WrittenType;

typedef struct WrittenPair {
    Meet *base, *revision;
} WrittenPair;

/* Notes how the texts differ where types that differ as JSON values take the same texts. `below` is
 * set where something is left to compare. False: compare the types as they are. */
bool compare_written_types(Comparer *comparer, Comparison *at, const WrittenType *base,
                           const WrittenType *revision, WrittenPair *below);

/* Whether a type that is written as text, as parameters are, takes that text. */
bool takes_text(const Canonical *type, Text text, Direction direction);

/* Whether it takes all that the values of another are written as. */
bool takes_all_texts(Arena *arena, const Canonical *taking, const Canonical *written,
                     Direction direction);

typedef ARRAY(Text) Texts;

/* All that the values of a type are written as; false where these are too many, or not known. */
bool count_texts(Arena *arena, const Canonical *type, Texts *texts);

/* The type of a parameter or header, which may stand in `content`. */
const Type *field_type(const Parameter *field);

/* Whether both are forms, or plain texts: there values are written as text, as parameters are. */
bool is_written_text(Comparer *comparer, const MediaType *base, const MediaType *revision);

/* Whether a media type's values are bytes, of which neither side says more. */
bool both_are_bytes(Comparer *comparer, Text media_type, const Type *base, const Type *revision);

/* What two objects of a description say to their readers. */
void compare_documentation(Comparer *comparer, Comparison *at, const Node *base,
                           const Node *revision);
void compare_information(Comparer *comparer, Comparison *at, const Api *base, const Api *revision);

/* Of all pairs of types: the same. */
void compare_annotations(Comparer *comparer);

/* The beginning of a value as it is shown to readers; empty for NULL. */
Text shown_value(Arena *arena, const Node *value);

/* Of all pairs of types: how their values are written in XML. */
void compare_xml(Comparer *comparer);
bool is_xml(Text media_type);

/* The operation that takes the calls of a path whose words the other has parameters for, and whose
 * types take them; NULL: none does. */
const Operation *template_of(Comparer *comparer, const Operation *operation, const Api *other);

typedef ARRAY(const Operation *) Operations;

/* The operations of the literal paths that take all calls of a template between them, one for each
 * text of its one parameter; false: some call is left. */
bool literals_for(Comparer *comparer, const Operation *operation, const Api *other,
                  Operations *literals);
bool takes_calls_of(Comparer *comparer, const Operation *operation, const Operation *template);

/* Parts of an operation; `direction` is that of a request of the operation. */
void compare_operation(Comparer *comparer, Comparison *at, const Operation *base,
                       const Operation *revision);
/* What is sent and answered alone. */
void compare_traffic(Comparer *comparer, Comparison *at, const Operation *base,
                     const Operation *revision);
void compare_parameters(Comparer *comparer, Comparison *at, const Operation *base,
                        const Operation *revision, Direction direction);
/* The URL with scheme and host in lower case and without the port that is the scheme's own (RFC
 * 3986 sections 6.2.2.1 and 6.2.3). */
Text normal_url(Arena *arena, Text url);

void compare_headers(Comparer *comparer, Comparison *at, const Response *base,
                     const Response *revision);
void compare_request_body(Comparer *comparer, Comparison *at, const Operation *base,
                          const Operation *revision, Direction direction);
void compare_responses(Comparer *comparer, Comparison *at, const Operation *base,
                       const Operation *revision, Direction direction);
void compare_security(Comparer *comparer, Comparison *at, const Operation *base,
                      const Operation *revision);
void compare_schemes(Comparer *comparer, Comparison *at, const SecurityScheme *base,
                     const SecurityScheme *revision);
void compare_servers(Comparer *comparer, Comparison *at, const Operation *base,
                     const Operation *revision);
void compare_links(Comparer *comparer, Comparison *at, const Response *base,
                   const Response *revision);

/* A style as OpenAPI spells it. */
const char *style_word(ParameterStyle style);

/* Encodings of what a media type's value is made of. */
void compare_encodings(Comparer *comparer, Comparison *at, const MediaType *base,
                       const MediaType *revision);

/* The one entry of `content`, or two lists of them. */
typedef struct MediaTypes {
    const MediaType *items;
    size_t count;
} MediaTypes;
void compare_media_types(Comparer *comparer, Comparison *at, MediaTypes base, MediaTypes revision,
                         Direction direction, const Node *base_parent, const Node *revision_parent,
                         bool error);

/* The same media types, and of each the same values. */
bool contents_agree(Comparer *comparer, MediaTypes a, MediaTypes b);

/* How alike two names are, 0 for not at all; the more the surer. */
enum {
    LIKENESS_WITHIN = 40,  /* one has further words: "id", "user_id" */
    LIKENESS_VARIANT = 60, /* a word is another's plural, abbreviation or misspelling */
    LIKENESS_SAME = 80     /* the same letters: "userId", "user_id" */
};
unsigned name_likeness(Arena *arena, Text from, Text to);

/* Turns removals and additions at one node that are one rename into one change. */
void find_renames(Comparer *comparer);

/* Turns the removal of a property from one object, and its addition to another, into one change. */
void find_relocations(Comparer *comparer);
void remove_change(Comparison *node, const Change *change);
bool types_are_same(Comparer *comparer, Meet *base, Meet *revision, Direction direction);
void with_lifetime_of(Comparer *comparer, Change *change, const Change *gone);

/* Whether the one whole type takes a value and the other refuses it: in a request only the base may
 * take it, in a response only the revision. */
bool shows_difference(const Comparison *at, const Node *value);

/* A short value, as JSON, that does; empty where none is found. */
Text witness_of(Comparer *comparer, const Comparison *at, const Change *change);

/* Reads the list of changes off the graph: reaches, one change for one fact, order. */
void collect_changes(Comparer *comparer, Diff *diff);

static inline Direction opposite(Direction direction) {
    return direction == DIRECTION_REQUEST ? DIRECTION_RESPONSE : DIRECTION_REQUEST;
}

#endif
