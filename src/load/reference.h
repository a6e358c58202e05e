/* Owns what a `$ref` leads to: JSON pointers within a file and across files, and the names that
 * schemas give themselves from OpenAPI 3.1 on (`$id`, `$anchor`).
 * Gives the node that a reference names. Knows nothing of what a node of OpenAPI means.
 */
#ifndef BREAKWATER_LOAD_REFERENCE_H
#define BREAKWATER_LOAD_REFERENCE_H

#include "document/document.h"
#include "load/reference_names.h"

typedef struct References References;

typedef struct Target {
    const Node *node;
    Text name; /* of the component, or of the file where all of it is meant; may be empty */
} Target;

/* `identifiers`: whether `$id`, `$anchor` and `$self` count, as they do from 3.1 on. */
References *references_new(Arena *arena, Diagnostics *diagnostics, DocumentSet *set,
                           bool identifiers);

/* Reads the names that schemas of a document give themselves, which is else done when they are
 * first needed. */
void references_read_names(References *references, const Document *document);

/* As names_next_dynamic_anchors, in whatever document the node stands (JSON Schema 2020-12 core
 * 7.1). */
const DynamicAnchors *references_next_dynamic_anchors(References *references, const Node **node);

/* The string of a node's `$ref`; NULL where the node is no reference. A `$ref` that is not a string
 * is a property of that name, or a mistake: the caller knows which. */
const Node *reference_of(const Node *node);

/* Whether a text that may be a component's name can be a reference as well. */
bool may_be_reference(Text text);

/* The keyword under which a reference stands: `$ref`, `$dynamicRef`, `$recursiveRef`. */
Text reference_keyword(const Node *reference);

/* Finds what a `$ref`'s string names: one step, so the target may hold a `$ref` again.
 * False: diagnosed, with the part that is missing. */
bool references_resolve(References *references, const Node *reference, Target *target);

/* As references_resolve for a text that may or may not be a reference, as seen from the document
 * and schema in which `from` stands. False: nothing is said. */
bool references_find(References *references, const Node *from, Text reference, Target *target);

/* What a node stands for: itself, or what lies at the end of its chain of `$ref`s. `what` names the
 * kind of object ("a parameter"). NULL: diagnosed. */
const Node *references_follow(References *references, const Node *node, const char *what);

#endif
