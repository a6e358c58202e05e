/* Owns what the files that prove inclusion share. Inside graph/ only; inclusion.h is what other
 * stages see.
 */
#ifndef BREAKWATER_GRAPH_PROVER_H
#define BREAKWATER_GRAPH_PROVER_H

#include "graph/subject.h"

/* Alternatives of the subject's kind of which any may take a value. */
typedef ARRAY(const Alternative *) Covers;

struct Prover {
    Workshop shop;
    Direction direction;
    struct Map *known;      /* questions about types to their answers */
    ARRAY(uint32_t *) open; /* the questions that are being answered, outermost first */
    size_t leaned_on;       /* the outermost of them that was taken to be answered well */
    size_t steps, all_steps;
    int depth;
    bool exhausted; /* a limit was met: what was not proven may be so */
};

/* Whether each value of a subject is one of the covers. */
bool covered(Prover *prover, const Subject *subject, const Covers *covers);

/* Whether each value of a type is one of those of others, for values within values. */
bool type_within(Prover *prover, Meet *type, Meet *const *others, size_t count);

/* Adds the alternatives of a kind. */
void add_covers(Prover *prover, Covers *covers, Meet *meet, AlternativeKind kind);

/* A list to which something is to be added. */
Covers more_covers(const Covers *covers);

/* Whether each value of the subject that a cover does not take is one of the rest: demand by
 * demand. */
bool demands_covered(Prover *prover, const Subject *subject, const Alternative *cover,
                     const Covers *rest);
bool object_demands_covered(Prover *prover, const Subject *subject, const ObjectFacets *cover,
                            const Covers *rest);
bool array_demands_covered(Prover *prover, const Subject *subject, const ArrayFacets *cover,
                           const Covers *rest);
bool contains_covered(Prover *prover, const Subject *subject, const Constraint *contains,
                      const Covers *rest);

/* Whether the second of two types tells readers of all that the first does. No where there is too
 * much to look at. */
bool meets_declare_alike(Prover *prover, Meet *a, Meet *b);

#endif
