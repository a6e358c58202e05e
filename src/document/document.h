/* Owns the tree of nodes that YAML (libyaml's events) and JSON (jansson, with a walk in step) both
 * become, each node with its line and column.
 * Gives Document, Node and look-ups. Knows nothing of OpenAPI or pacts.
 *
 * YAML follows the 1.2 core schema (YAML 1.2.2 section 10.3); a mapping's key is its text, whatever
 * it looks like (`200`, `on`, `1.10`). Aliases share the anchor's node; merge keys (`<<`) are
 * merged. Limits: nesting NESTING_LIMIT, expansion of aliases ALIAS_EXPANSION_LIMIT nodes a
 * document.
 */
#ifndef BREAKWATER_DOCUMENT_DOCUMENT_H
#define BREAKWATER_DOCUMENT_DOCUMENT_H

#include "source/source.h"

enum { NESTING_LIMIT = 512, ALIAS_EXPANSION_LIMIT = 1000000, REMOTE_DOCUMENT_LIMIT = 1000 };

typedef enum NodeKind {
    NODE_NULL,
    NODE_BOOLEAN,
    NODE_NUMBER,
    NODE_STRING,
    NODE_SEQUENCE,
    NODE_MAPPING
} NodeKind;

typedef struct Node Node;
typedef struct Document Document;

typedef struct Member {
    Text key;
    uint32_t line; /* of the key */
    uint32_t column;
    Node *value;
} Member;

/* 40 bytes: a large description has a million of these. A scalar's text is what was written: for a
 * number its digits (those of a hexadecimal or octal one in decimal), for a boolean or null its
 * word; for a string its value. `.inf` and `.nan`, which JSON lacks, are strings.
 *
 * Other stages may make values of their own, zeroed but for kind, value and children: line 0 says
 * that such a node stands in no document. */
struct Node {
    NodeKind kind;
    uint32_t line;
    uint32_t column;
    union {
        uint32_t count; /* of members, items */
        bool boolean;   /* of a NODE_BOOLEAN, beside its text */
    };
    const Node *parent; /* NULL at the root; for an aliased node, where the anchor stands */
    union {
        Text text;
        Member *members; /* in the document's order; merged ones (`<<`) after its own */
        Node **items;
    };
};

struct Document {
    Source source;
    Node *root;
    bool shares; /* has aliases: a node may be a child in several places */
};

/* Whether a pointer of Git LFS stands in place of the file. */
bool is_lfs_pointer(Text bytes);

/* The documents of one side: its root and whatever it refers to, each read and parsed once. */
typedef struct DocumentSet DocumentSet;

DocumentSet *document_set_new(Arena *arena, Diagnostics *diagnostics);

/* URLs are fetched by `http` from now on, which must live as long as the set. */
void document_set_allow_remote(DocumentSet *set, struct Http *http);

/* Reads and parses the file that starts the side. NULL: diagnosed. */
const Document *document_set_open(DocumentSet *set, Text name);

/* The same for bytes that are to be taken as those of another file, which need not be there: places
 * show its path, and references count from it. */
const Document *document_set_open_as(DocumentSet *set, Text name, Text shown);

/* The same of a source that was read already. */
const Document *document_set_open_source(DocumentSet *set, Source source);

/* Visits the documents in the order in which they were first opened. */
void document_set_each(const DocumentSet *set,
                       void (*visit)(const Document *document, void *context), void *context);

/* The document that a reference (no fragment) names from within another. NULL: diagnosed. */
const Document *document_set_open_relative(DocumentSet *set, const Document *from, Text reference,
                                           Place place);

/* Parses bytes that were read already (rules, cases of tests). NULL: diagnosed. */
const Document *document_parse(Arena *arena, Diagnostics *diagnostics, Source source);

/* The document in which a node stands; NULL for a value made by hand. */
const Document *document_of(const Node *node);

/* NULL where the node is no mapping, is NULL, or lacks the key. Takes logarithmic time in a large
 * mapping, whatever its keys: a hash table's time would be the sender's to choose. */
const Node *node_member(const Node *mapping, Text key);

/* The item whose index a token of a JSON pointer gives (RFC 6901 section 4); NULL: none. */
const Node *node_item(const Node *sequence, Text token);

/* The node at a JSON pointer (RFC 6901, "" is the root), percent-decoded by the caller; NULL where
 * there is none. */
const Node *node_at(const Node *root, Text pointer);

/* The JSON pointer of a node from its document's root. */
Text node_pointer(Arena *arena, const Node *node);

/* Where the node begins; where its key begins if it is a mapping's member, else the node itself. */
Place node_place(const Node *node);
Place node_key_place(const Node *node);

/* Equality as JSON has it: numbers by value, mappings whatever their order. */
bool node_equal(const Node *a, const Node *b);

/* An order of all values in which those that node_equal finds equal, and only those, are at 0. */
int node_compare(const Node *a, const Node *b);

/* The value in compact JSON, cut with "…" beyond `limit` bytes. */
Text node_to_json(Arena *arena, const Node *node, size_t limit);

/* "a string", "a mapping": for messages. */
const char *node_kind_name(NodeKind kind);

#endif
