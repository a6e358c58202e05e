/* Owns what the readers of changes share: what a spot says, and how a reason at it is noted.
 * Inside impact/ only.
 */
#ifndef BREAKWATER_IMPACT_SPOT_H
#define BREAKWATER_IMPACT_SPOT_H

#include "impact/reading.h"

enum { VALUE_WIDTH = 60 }; /* bytes of a value in a message */

typedef struct Reason {
    Satisfaction level;
    bool by_state;
    ReasonId id;
    Text detail, message;
} Reason;

/* The single value that the expectation fixes here; NULL where it takes several. */
const Node *exact_value(const Spot *spot);
bool is_exact(const Spot *spot);

/* Whether an expectation fixes a value throughout: nothing is left to matchers. */
bool fixes_value(Meet *expected);

/* Whether the expectation is of texts that match a pattern. */
bool expects_pattern(const Spot *spot);

/* Whether the value that is sent is made anew each time. */
bool is_generated(const Spot *spot);

/* Whether the provider gives the value that is sent. */
bool is_given(const Spot *spot);

Acceptance provider_accepts(const Spot *spot, const Node *value);

/* Whether the pact's own value is among those that the description refuses. */
bool example_refused(const Spot *spot);

/* The best that the description says of any value that the expectation lists. */
Acceptance listed_acceptance(const Spot *spot);

bool is_response(const Spot *spot);

/* NULL where the node is no mapping, or lacks the name. */
const Node *member_named(const Node *mapping, Text name);

/* The only alternative of a kind that a Meet has, or `variant` where it is that; NULL: none,
 * several, or listed values. */
const Alternative *only_alternative(Meet *meet, const Alternative *variant, AlternativeKind kind);

/* A difference between pact and description that no comparison has noted; `name` may be empty. */
const Change *difference_at(const Spot *spot, ChangeKind kind, Text name, const Node *base_origin,
                            const Node *revision_origin);

/* Notes a reason at the spot itself, or at the property of it that the change names: there the
 * message stands without the place. */
void note_here(const Spot *spot, const Change *change, Reason reason);
void note_at_property(const Spot *spot, const Change *change, Reason reason);

/* "`body.userId` TEXT" */
Text say_of(const Spot *spot, const char *text);

/* Whether the change makes more values possible in a response, or fewer acceptable in a request, or
 * may do so. */
bool effect_hurts(const Change *change);

/* Notes what is wrong with a pair of one alternative on each side, and with all below it. */
void read_pair(const Spot *spot, size_t depth);

/* Notes what is wrong below a step of the spot. */
void read_step(const Spot *spot, Step step, const Comparison *to, size_t depth);

/* ---- alternatives (alternatives.c; their readers: reading.c) --------------------------------- */

/* Notes what is wrong where a side has several alternatives of a kind. False: none has. */
bool read_alternatives(const Spot *spot, size_t depth);

/* That the provider may answer another alternative than those that the pact has, the how many'th.
 */
void note_further_variant(const Spot *spot, Text name, size_t ordinal);

/* That no alternative has the discriminator's value that the pact has. */
void note_no_such_tag(const Spot *spot, const CanonicalProperty *expected, const Node *origin);

/* That what the pact sends as the discriminator's value may be none of those. */
void note_other_tags(const Spot *spot, const CanonicalProperty *expected, const Node *origin);

/* The values of the discriminator's property are those that mean the alternative. False: `name` is
 * another property, or it is not read as one of them. */
bool read_tags(const Spot *spot, Text name);

/* What the pact asks of the names of an object's keys (names.c). */
void read_keys(const Spot *spot);

/* ---- readers of values (reading_values.c) ---------------------------------------------------- */

void read_kinds_received(const Spot *spot, const Change *change);
void read_kinds_sent(const Spot *spot, const Change *change);
void read_null_received(const Spot *spot, const Change *change);
void read_null_sent(const Spot *spot, const Change *change);
void read_free_values(const Spot *spot, const Change *change);
void read_further_value(const Spot *spot, const Change *change);
void read_missing_value(const Spot *spot, const Change *change);
void read_listed_values(const Spot *spot, const Change *change);
void read_facet(const Spot *spot, const Change *change);
void read_bound(const Spot *spot, const Change *change);
void read_unique(const Spot *spot, const Change *change);

/* The first pattern that the pact has for the text of a number or boolean; data NULL: none. */
Text ruled_text(const Spot *spot);
void read_written(const Spot *spot);

#endif
