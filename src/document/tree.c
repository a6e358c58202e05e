#include "document/tree.h"

#include <stdlib.h>

enum { FIRST_NODE_BLOCK = 16, LAST_NODE_BLOCK = 1024, TEXT_BLOCK = 64 * 1024 };

Tree tree_new(Arena *arena, Diagnostics *diagnostics, Source source) {
    Document *document = arena_new_object(arena, Document);
    document->source = source;
    return (Tree){.arena = arena, .diagnostics = diagnostics, .document = document};
}

static Node *take_node(Tree *tree) {
    if (!tree->node_count) {
        tree->node_block = tree->node_block ? tree->node_block * 2 : FIRST_NODE_BLOCK;
        if (tree->node_block > LAST_NODE_BLOCK)
            tree->node_block = LAST_NODE_BLOCK;
        tree->node_count = tree->node_block;
        tree->nodes = arena_new_array(tree->arena, tree->node_block, Node);
    }
    tree->node_count--;
    return tree->nodes++;
}

static Node *make_root(Tree *tree) {
    RootNode *root = arena_new_object(tree->arena, RootNode);
    root->document = tree->document;
    return tree->document->root = &root->node;
}

Node *tree_node(Tree *tree, NodeKind kind, const Node *parent, uint32_t line, uint32_t column) {
    Node *node = parent ? take_node(tree) : make_root(tree);
    node->kind = kind;
    node->line = line;
    node->column = column;
    node->parent = parent;
    return node;
}

Text tree_text(Tree *tree, const char *data, size_t size) {
    if (size > tree->text_size) {
        size_t block = tree->document->source.bytes.size;
        if (block > TEXT_BLOCK)
            block = TEXT_BLOCK;
        if (size > block / 2)
            return (Text){arena_copy(tree->arena, data, size), size};
        tree->texts = arena_alloc(tree->arena, block);
        tree->text_size = block;
    }
    Text text = {tree->texts, size};
    if (size)
        memcpy(tree->texts, data, size);
    tree->texts += size;
    tree->text_size -= size;
    return text;
}

Member *tree_members(Tree *tree, size_t count) {
    size_t index = count > SMALL_MAPPING ? count * sizeof(uint32_t) : 0;
    if (count > (SIZE_MAX - index) / sizeof(Member))
        arena_exhausted(tree->arena);
    return arena_alloc(tree->arena, count * sizeof(Member) + index);
}

/* Members sorted by key, those of one key by position. */
static int by_key(const void *a, const void *b, void *members) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    const Member *all = members;
    int order = text_compare(all[left].key, all[right].key);
    return order ? order : (left > right) - (left < right);
}

void members_sort(const Member *members, size_t count, uint32_t *order) {
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    if (count)
        qsort_r(order, count, sizeof *order, by_key, (void *)(uintptr_t)members);
}

void members_index(Member *members, size_t count) {
    if (count > SMALL_MAPPING)
        members_sort(members, count, (uint32_t *)(members + count));
}

bool members_find_twice(const Member *members, size_t count, size_t *first, size_t *second) {
    if (count > SMALL_MAPPING) {
        const uint32_t *order = (const uint32_t *)(members + count);
        for (size_t i = 1; i < count; i++) {
            *first = order[i - 1];
            *second = order[i];
            if (text_equal(members[*first].key, members[*second].key))
                return true;
        }
        return false;
    }
    for (*second = 1; *second < count; ++*second)
        for (*first = 0; *first < *second; ++*first)
            if (text_equal(members[*first].key, members[*second].key))
                return true;
    return false;
}

Member *members_find(const Member *members, size_t count, Text key) {
    if (count <= SMALL_MAPPING) {
        for (size_t i = 0; i < count; i++)
            if (text_equal(members[i].key, key))
                return (Member *)(uintptr_t)&members[i];
        return NULL;
    }
    const uint32_t *order = (const uint32_t *)(members + count);
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int side = text_compare(members[order[middle]].key, key);
        if (side == 0)
            return (Member *)(uintptr_t)&members[order[middle]];
        if (side < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

Place tree_place(const Tree *tree, uint32_t line, uint32_t column) {
    const Source *source = &tree->document->source;
    return (Place){.file = source->file, .content = source->bytes, .line = line, .column = column};
}

Place tree_place_at(const Tree *tree, size_t offset) {
    Text before = text_slice(tree->document->source.bytes, 0, offset);
    uint32_t line = 1;
    size_t start = 0;
    for (size_t end; (end = text_find_byte(before, '\n', start)) != SIZE_MAX; line++)
        start = end + 1;
    size_t column = text_length(text_slice(before, start, before.size)) + 1;
    return tree_place(tree, line, (uint32_t)column);
}

bool tree_first_given(const Tree *tree, Place first) {
    diagnostics_second_place(tree->diagnostics, "first given here", first);
    return false;
}
