/* Owns the making of nodes: where they and their texts lie in the arena, and the index of a large
 * mapping. Knows nothing of YAML or JSON. Internal to document/.
 */
#ifndef BREAKWATER_DOCUMENT_TREE_H
#define BREAKWATER_DOCUMENT_TREE_H

#include "document/document.h"

/* Nodes and texts are cut from blocks, since the arena pads each allocation to 16 bytes. */
typedef struct Tree {
    Arena *arena;
    Diagnostics *diagnostics;
    Document *document;
    Node *nodes; /* free ones */
    size_t node_count;
    size_t node_block;
    char *texts; /* free bytes */
    size_t text_size;
} Tree;

/* A document's first node, by which any other of it finds the document. */
typedef struct RootNode {
    Node node;
    const Document *document;
} RootNode;

Tree tree_new(Arena *arena, Diagnostics *diagnostics, Source source);

/* With `parent` NULL it becomes the document's root. */
Node *tree_node(Tree *tree, NodeKind kind, const Node *parent, uint32_t line, uint32_t column);

/* A copy. */
Text tree_text(Tree *tree, const char *data, size_t size);

/* Up to here a mapping has no index: a look through it is as quick. */
enum { SMALL_MAPPING = 16 };

/* Room for the members of a mapping and, where there are many, for their index behind them. */
Member *tree_members(Tree *tree, size_t count);

/* To be called once the members are in place. */
void members_index(Member *members, size_t count);

/* Whether a key of indexed members is given twice, and which two have it. */
bool members_find_twice(const Member *members, size_t count, size_t *first, size_t *second);

/* NULL where the key is not there. */
Member *members_find(const Member *members, size_t count, Text key);

/* Fills `order` with the indexes of the members, sorted by key, equal ones as they stand. */
void members_sort(const Member *members, size_t count, uint32_t *order);

Place tree_place(const Tree *tree, uint32_t line, uint32_t column);

/* The place of a byte of the document. */
Place tree_place_at(const Tree *tree, size_t offset);

/* Adds "first given here" to the newest diagnostic. Always false. */
bool tree_first_given(const Tree *tree, Place first);

/* The two formats. False: diagnosed. `syntax` tells whether the failure was one of the format, so
 * that another may be tried. */
bool yaml_parse(Tree *tree, bool *syntax);
bool json_parse(Tree *tree, bool *syntax);

#endif
