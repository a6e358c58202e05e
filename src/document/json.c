#include "document/json.h"

/* jansson says what the text means; this walk over the same text, which is valid by then, goes in
 * step with its tree (whose objects keep the text's order) and says where each value stands and how
 * each number is written. There is no error to be met on the way.
 *
 * jansson's tree takes four times the text's size, so it is given the text in pieces: what lies
 * OUTER_LEVELS below the root, one after the other, each freed once it was walked. The levels above
 * are read here, and where anything about them or about a piece is not as it should be, the whole
 * text goes to jansson, which knows what to say of it. */
enum { OUTER_LEVELS = 3 };

typedef struct Walk {
    Tree *tree;
    const char *at;
    const char *end;
    const char *line_start;
    uint32_t line;
    size_t extra; /* bytes of the line so far that begin no code point; strings alone have them */
    struct Loaded *loaded;
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

/* ---- in pieces ------------------------------------------------------------------------------- */

static Node *walk_outer(Walk *walk, const Node *parent, int level);

static void skip_blanks(Walk *walk) {
    for (; walk->at < walk->end; walk->at++) {
        char c = *walk->at;
        if (c == '\n') {
            walk->line++;
            walk->line_start = walk->at + 1;
            walk->extra = 0;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            return;
        }
    }
}

static bool take(Walk *walk, char c) {
    skip_blanks(walk);
    if (walk->at == walk->end || *walk->at != c)
        return false;
    walk->at++;
    return true;
}

/* jansson's tree of the value with which a text begins, and its size; NULL: not as it should be. */
static json_t *load_piece(Arena *arena, Text text, size_t *size) {
    json_error_t error = {0};
    json_t *piece = json_loadb(text.data, text.size,
                               JSON_FLAGS | JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &error);
    *size = (size_t)error.position;
    if (piece || json_error_code(&error) != json_error_numeric_overflow)
        return piece;
    *size = json_value_size(text);
    Text blanked = json_blank_numbers(arena, text_slice(text, 0, *size));
    return json_loadb(blanked.data, blanked.size, JSON_FLAGS | JSON_DECODE_ANY, &error);
}

static Node *walk_piece(Walk *walk, const Node *parent) {
    const char *start = walk->at;
    size_t size;
    walk->loaded->root =
        load_piece(walk->tree->arena, (Text){start, (size_t)(walk->end - start)}, &size);
    if (!walk->loaded->root)
        return NULL;
    Node *node = walk_value(walk, walk->loaded->root, parent);
    release(walk->loaded);
    return (size_t)(walk->at - start) == size ? node : NULL; /* else a word runs on: `12x` */
}

/* A key of plain characters; others are left to jansson. */
static bool take_key(Walk *walk, Member *member) {
    skip_blanks(walk);
    if (walk->at == walk->end || *walk->at != '"')
        return false;
    member->line = walk->line;
    member->column = column(walk);
    bool escaped;
    member->key = skip_string(walk, &escaped);
    for (size_t i = 0; i < member->key.size; i++)
        if ((unsigned char)member->key.data[i] < ' ')
            return false;
    return !escaped && walk->at <= walk->end && take(walk, ':');
}

static bool walk_outer_object(Walk *walk, Node *node, int level) {
    ARRAY(Member) members = {0};
    Arena *arena = walk->tree->arena;
    walk->at++;
    for (bool more = !take(walk, '}'); more; more = !take(walk, '}')) {
        Member member = {0};
        if ((members.count && !take(walk, ',')) || !take_key(walk, &member))
            return false;
        member.value = walk_outer(walk, node, level + 1);
        if (!member.value)
            return false;
        array_push(arena, &members, member);
    }
    node->count = (uint32_t)members.count;
    node->members = tree_members(walk->tree, members.count);
    if (members.count)
        memcpy(node->members, members.items, members.count * sizeof(Member));
    members_index(node->members, members.count);
    size_t first, second;
    return !members_find_twice(node->members, members.count, &first, &second);
}

static bool walk_outer_array(Walk *walk, Node *node, int level) {
    ARRAY(Node *) items = {0};
    walk->at++;
    for (bool more = !take(walk, ']'); more; more = !take(walk, ']')) {
        if (items.count && !take(walk, ','))
            return false;
        Node *item = walk_outer(walk, node, level + 1);
        if (!item)
            return false;
        array_push(walk->tree->arena, &items, item);
    }
    node->count = (uint32_t)items.count;
    node->items = items.items;
    return true;
}

/* NULL: the text is not as it should be, or not so simple. */
static Node *walk_outer(Walk *walk, const Node *parent, int level) {
    skip_blanks(walk);
    char c = walk->at < walk->end ? *walk->at : '\0';
    bool object = c == '{', array = c == '[';
    if (level == OUTER_LEVELS || !(object || array))
        return walk_piece(walk, parent);
    Node *node = tree_node(walk->tree, object ? NODE_MAPPING : NODE_SEQUENCE, parent, walk->line,
                           column(walk));
    bool walked =
        object ? walk_outer_object(walk, node, level) : walk_outer_array(walk, node, level);
    return walked ? node : NULL;
}

static Walk walk_of(Tree *tree, Loaded *loaded) {
    Text text = tree->document->source.bytes;
    return (Walk){.tree = tree,
                  .at = text.data,
                  .end = text.data + text.size,
                  .line_start = text.data,
                  .line = 1,
                  .loaded = loaded};
}

static bool parse_in_pieces(Tree *tree, Loaded *loaded) {
    Walk walk = walk_of(tree, loaded);
    bool walked = walk_outer(&walk, NULL, 0) != NULL;
    skip_blanks(&walk);
    if (walked && walk.at == walk.end)
        return true;
    tree->document->root = NULL;
    return false;
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
    if (parse_in_pieces(tree, loaded))
        return true;
    json_error_t error = {0};
    loaded->root = json_loadb(text.data, text.size, JSON_FLAGS, &error);
    if (!loaded->root && json_error_code(&error) == json_error_numeric_overflow) {
        Text blanked = json_blank_numbers(tree->arena, text);
        loaded->root = json_loadb(blanked.data, blanked.size, JSON_FLAGS, &error);
    }
    if (!loaded->root)
        return json_diagnose(tree, &error, syntax);
    Walk walk = walk_of(tree, loaded);
    walk_value(&walk, loaded->root, NULL);
    release(loaded);
    return true;
}
