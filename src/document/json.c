#include "document/json.h"

/* jansson says what the text means; this walk over the same text, which is valid by then, goes in
 * step with its tree (whose objects keep the text's order) and says where each value stands and how
 * each number is written. There is no error to be met on the way. */
typedef struct Walk {
    Tree *tree;
    const char *at;
    const char *end;
    const char *line_start;
    uint32_t line;
    size_t extra; /* bytes of the line so far that begin no code point; strings alone have them */
} Walk;

static Node *walk_value(Walk *walk, const json_t *value, const Node *parent);

static uint32_t column(const Walk *walk) {
    return (uint32_t)((size_t)(walk->at - walk->line_start) - walk->extra) + 1;
}

/* To the next token, past what only separates values. */
static void skip_separators(Walk *walk) {
    for (; walk->at < walk->end; walk->at++) {
        char c = *walk->at;
        if (c == '\n') {
            walk->line++;
            walk->line_start = walk->at + 1;
            walk->extra = 0;
        } else if (c != ' ' && c != ',' && c != ':' && c != '\t' && c != '\r') {
            return;
        }
    }
}

/* Past a string; gives what is between its quotes and whether it is more than it looks. */
static Text skip_string(Walk *walk, bool *escaped) {
    const char *start = ++walk->at;
    *escaped = false;
    for (; walk->at < walk->end && *walk->at != '"'; walk->at++) {
        walk->extra += ((unsigned char)*walk->at & 0xc0) == 0x80;
        if (*walk->at == '\\') {
            *escaped = true;
            walk->at++;
        }
    }
    return (Text){start, (size_t)(walk->at++ - start)};
}

/* A number or word. */
static Text skip_word(Walk *walk) {
    const char *start = walk->at;
    while (walk->at < walk->end && !memchr(" ,]}\t\r\n", *walk->at, 7))
        walk->at++;
    return (Text){start, (size_t)(walk->at - start)};
}

static void walk_string(Walk *walk, const json_t *value, Node *node) {
    bool escaped;
    node->text = skip_string(walk, &escaped);
    if (escaped)
        node->text = tree_text(walk->tree, json_string_value(value), json_string_length(value));
}

static void walk_array(Walk *walk, const json_t *array, Node *node) {
    size_t count = json_array_size(array);
    node->count = (uint32_t)count;
    node->items = arena_new_array(walk->tree->arena, count, Node *);
    walk->at++;
    for (size_t i = 0; i < count; i++)
        node->items[i] = walk_value(walk, json_array_get(array, i), node);
    skip_separators(walk);
    walk->at++;
}

static void walk_object(Walk *walk, json_t *object, Node *node) {
    size_t count = json_object_size(object), i = 0;
    node->count = (uint32_t)count;
    node->members = tree_members(walk->tree, count);
    walk->at++;
    for (void *iter = json_object_iter(object); iter; iter = json_object_iter_next(object, iter)) {
        Member *member = &node->members[i++];
        bool escaped;
        skip_separators(walk);
        member->line = walk->line;
        member->column = column(walk);
        member->key = skip_string(walk, &escaped);
        if (escaped)
            member->key =
                tree_text(walk->tree, json_object_iter_key(iter), json_object_iter_key_len(iter));
        member->value = walk_value(walk, json_object_iter_value(iter), node);
    }
    members_index(node->members, count);
    skip_separators(walk);
    walk->at++;
}

static NodeKind kind_of(const json_t *value) {
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return NODE_MAPPING;
    case JSON_ARRAY:
        return NODE_SEQUENCE;
    case JSON_STRING:
        return NODE_STRING;
    case JSON_INTEGER:
    case JSON_REAL:
        return NODE_NUMBER;
    case JSON_TRUE:
    case JSON_FALSE:
        return NODE_BOOLEAN;
    default:
        return NODE_NULL;
    }
}

/* Recursion is bounded by NESTING_LIMIT, which was checked before jansson saw the text. */
static Node *walk_value(Walk *walk, const json_t *value, const Node *parent) {
    skip_separators(walk);
    NodeKind kind = kind_of(value);
    Node *node = tree_node(walk->tree, kind, parent, walk->line, column(walk));
    if (kind == NODE_MAPPING) {
        walk_object(walk, (json_t *)(uintptr_t)value, node);
    } else if (kind == NODE_SEQUENCE) {
        walk_array(walk, value, node);
    } else if (kind == NODE_STRING) {
        walk_string(walk, value, node);
    } else {
        node->text = skip_word(walk);
        node->boolean = json_is_true(value);
    }
    return node;
}

/* jansson's tree, in the arena's care while memory may run out. */
typedef struct Loaded {
    json_t *root;
} Loaded;

static void release(void *resource) {
    Loaded *loaded = resource;
    json_decref(loaded->root);
    loaded->root = NULL;
}

bool json_parse(Tree *tree, bool *syntax) {
    Text text = tree->document->source.bytes;
    *syntax = false;
    size_t deep = json_find_too_deep(text);
    if (deep != SIZE_MAX)
        return diagnose(tree->diagnostics, NESTING_TOO_DEEP, tree_place_at(tree, deep),
                        NESTING_LIMIT);
    Loaded *loaded = arena_new_object(tree->arena, Loaded);
    arena_on_free(tree->arena, release, loaded);
    json_error_t error = {0};
    loaded->root = json_loadb(text.data, text.size, JSON_FLAGS, &error);
    if (!loaded->root && json_error_code(&error) == json_error_numeric_overflow) {
        Text blanked = json_blank_numbers(tree->arena, text);
        loaded->root = json_loadb(blanked.data, blanked.size, JSON_FLAGS, &error);
    }
    if (!loaded->root)
        return json_diagnose(tree, &error, syntax);
    Walk walk = {.tree = tree, .at = text.data, .end = text.data + text.size, .line = 1};
    walk.line_start = walk.at;
    walk_value(&walk, loaded->root, NULL);
    release(loaded);
    return true;
}
