#include "document/tree.h"
#include "support/decimal.h"

const Document *document_of(const Node *node) {
    while (node->parent)
        node = node->parent;
    return node->line ? ((const RootNode *)node)->document : NULL;
}

/* A mapping made by hand has no index. */
static const Member *find_unindexed(const Node *mapping, Text key) {
    for (uint32_t i = 0; i < mapping->count; i++)
        if (text_equal(mapping->members[i].key, key))
            return &mapping->members[i];
    return NULL;
}

const Node *node_member(const Node *mapping, Text key) {
    if (!mapping || mapping->kind != NODE_MAPPING)
        return NULL;
    const Member *member = mapping->line ? members_find(mapping->members, mapping->count, key)
                                         : find_unindexed(mapping, key);
    return member ? member->value : NULL;
}

/* Whether a key is what a pointer's token means: `~1` is `/`, `~0` is `~` (RFC 6901 section 4). */
static bool token_means(Text token, Text key) {
    size_t at = 0;
    for (size_t i = 0; i < token.size; i++, at++) {
        char c = token.data[i];
        if (c == '~') {
            if (++i == token.size || (token.data[i] != '0' && token.data[i] != '1'))
                return false;
            c = token.data[i] == '0' ? '~' : '/';
        }
        if (at == key.size || key.data[at] != c)
            return false;
    }
    return at == key.size;
}

static const Node *member_at(const Node *mapping, Text token) {
    if (text_find_byte(token, '~', 0) == SIZE_MAX)
        return node_member(mapping, token);
    for (uint32_t i = 0; i < mapping->count; i++)
        if (token_means(token, mapping->members[i].key))
            return mapping->members[i].value;
    return NULL;
}

const Node *node_item(const Node *sequence, Text token) {
    if (!token.size || token.size > 10 || (token.size > 1 && token.data[0] == '0'))
        return NULL;
    uint64_t index = 0;
    for (size_t i = 0; i < token.size; i++) {
        if (token.data[i] < '0' || token.data[i] > '9')
            return NULL;
        index = index * 10 + (uint64_t)(token.data[i] - '0');
    }
    return index < sequence->count ? sequence->items[index] : NULL;
}

const Node *node_at(const Node *root, Text pointer) {
    if (pointer.size && pointer.data[0] != '/')
        return NULL;
    const Node *node = root;
    for (size_t from = 1; from <= pointer.size && node;) {
        size_t end = text_find_byte(pointer, '/', from);
        if (end == SIZE_MAX)
            end = pointer.size;
        Text token = text_slice(pointer, from, end);
        if (node->kind == NODE_MAPPING)
            node = member_at(node, token);
        else
            node = node->kind == NODE_SEQUENCE ? node_item(node, token) : NULL;
        from = end + 1;
    }
    return node;
}

static const Node *child(const Node *parent, uint32_t index) {
    return parent->kind == NODE_MAPPING ? parent->members[index].value : parent->items[index];
}

/* Whether a child begins before a node or where it does: a mapping's with its key. */
static bool begins_by(const Node *parent, uint32_t index, const Node *node) {
    bool mapping = parent->kind == NODE_MAPPING;
    uint32_t line = mapping ? parent->members[index].line : parent->items[index]->line;
    uint32_t column = mapping ? parent->members[index].column : parent->items[index]->column;
    return line != node->line ? line < node->line : column <= node->column;
}

/* Where the node is first among the children; `parent->count` where it is none of them. They are
 * searched in the order of the document, which merged members and the items of a list that are
 * aliases do not keep. */
static uint32_t index_of(const Node *parent, const Node *node) {
    const Document *document = document_of(parent);
    bool ordered = parent->kind == NODE_MAPPING || (document && !document->shares);
    uint32_t low = 0, high = ordered ? parent->count : 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (begins_by(parent, middle, node))
            low = middle + 1;
        else
            high = middle;
    }
    if (low && child(parent, low - 1) == node)
        return low - 1;
    for (low = 0; low < parent->count && child(parent, low) != node; low++)
        continue;
    return low;
}

/* The member of a mapping that has the node as its value; NULL for what a merge overrode. */
static const Member *member_of(const Node *mapping, const Node *value) {
    uint32_t index = index_of(mapping, value);
    return index < mapping->count ? &mapping->members[index] : NULL;
}

static void add_token(Buffer *out, Text key) {
    for (size_t i = 0; i < key.size; i++) {
        if (key.data[i] == '~')
            buffer_add(out, TEXT("~0"));
        else if (key.data[i] == '/')
            buffer_add(out, TEXT("~1"));
        else
            buffer_add_byte(out, key.data[i]);
    }
}

static void add_pointer(Buffer *out, const Node *node) {
    const Node *parent = node->parent;
    if (!parent)
        return;
    add_pointer(out, parent);
    buffer_add_byte(out, '/');
    if (parent->kind == NODE_MAPPING) {
        const Member *member = member_of(parent, node);
        add_token(out, member ? member->key : TEXT("<<"));
        return;
    }
    buffer_format(out, "%u", index_of(parent, node));
}

Text node_pointer(Arena *arena, const Node *node) {
    Buffer out = {.arena = arena};
    add_pointer(&out, node);
    return buffer_text(&out);
}

static Place place_in(const Document *document, uint32_t line, uint32_t column) {
    if (!document)
        return (Place){0};
    return (Place){.file = document->source.file,
                   .content = document->source.bytes,
                   .line = line,
                   .column = column};
}

Place node_place(const Node *node) {
    return place_in(document_of(node), node->line, node->column);
}

Place node_key_place(const Node *node) {
    const Node *parent = node->parent;
    const Member *member = parent && parent->kind == NODE_MAPPING ? member_of(parent, node) : NULL;
    return member ? place_in(document_of(node), member->line, member->column) : node_place(node);
}

static bool items_equal(const Node *a, const Node *b) {
    for (uint32_t i = 0; i < a->count; i++)
        if (!node_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool members_equal(const Node *a, const Node *b) {
    for (uint32_t i = 0; i < a->count; i++) {
        const Node *other = node_member(b, a->members[i].key);
        if (!other || !node_equal(a->members[i].value, other))
            return false;
    }
    return true;
}

bool node_equal(const Node *a, const Node *b) {
    if (a == b)
        return true;
    if (!a || !b || a->kind != b->kind)
        return false;
    switch (a->kind) {
    case NODE_NULL:
        return true;
    case NODE_BOOLEAN:
        return a->boolean == b->boolean;
    case NODE_NUMBER:
        return decimal_compare(a->text, b->text) == 0;
    case NODE_STRING:
        return text_equal(a->text, b->text);
    case NODE_SEQUENCE:
        return a->count == b->count && items_equal(a, b);
    case NODE_MAPPING:
        return a->count == b->count && members_equal(a, b);
    }
    return false;
}

/* Members in the order of their keys: the index behind many of a document, else sorted here. */
typedef struct KeyOrder {
    uint32_t few[SMALL_MAPPING];
    const uint32_t *order;
} KeyOrder;

static void order_keys(const Node *mapping, KeyOrder *keys) {
    if (mapping->count > SMALL_MAPPING) {
        keys->order = (const uint32_t *)(mapping->members + mapping->count);
        return;
    }
    for (uint32_t i = 0; i < mapping->count; i++) {
        uint32_t at = i;
        for (; at &&
               text_compare(mapping->members[keys->few[at - 1]].key, mapping->members[i].key) > 0;
             at--)
            keys->few[at] = keys->few[at - 1];
        keys->few[at] = i;
    }
    keys->order = keys->few;
}

static int compare_members(const Node *a, const Node *b) {
    KeyOrder left, right;
    order_keys(a, &left);
    order_keys(b, &right);
    for (uint32_t i = 0; i < a->count; i++) {
        const Member *x = &a->members[left.order[i]], *y = &b->members[right.order[i]];
        int order = text_compare(x->key, y->key);
        order = order ? order : node_compare(x->value, y->value);
        if (order)
            return order;
    }
    return 0;
}

static int compare_items(const Node *a, const Node *b) {
    int order = 0;
    for (uint32_t i = 0; i < a->count && !order; i++)
        order = node_compare(a->items[i], b->items[i]);
    return order;
}

int node_compare(const Node *a, const Node *b) {
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    switch (a->kind) {
    case NODE_NULL:
        return 0;
    case NODE_BOOLEAN:
        return (int)a->boolean - (int)b->boolean;
    case NODE_NUMBER:
        return decimal_compare(a->text, b->text);
    case NODE_STRING:
        return text_compare(a->text, b->text);
    case NODE_SEQUENCE:
    case NODE_MAPPING:
        break;
    }
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    return a->kind == NODE_SEQUENCE ? compare_items(a, b) : compare_members(a, b);
}

const char *node_kind_name(NodeKind kind) {
    static const char *const names[] = {
        [NODE_NULL] = "null",       [NODE_BOOLEAN] = "a boolean",   [NODE_NUMBER] = "a number",
        [NODE_STRING] = "a string", [NODE_SEQUENCE] = "a sequence", [NODE_MAPPING] = "a mapping"};
    return names[kind];
}
