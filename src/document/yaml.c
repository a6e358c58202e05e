#include "document/yaml.h"
#include "document/scalar.h"
#include "support/map.h"

/* What an alias may refer to. */
typedef struct Anchor {
    Node *node;
    uint64_t size;   /* nodes, with the aliases inside expanded */
    uint32_t height; /* levels of sequences and mappings, likewise */
    bool open;       /* its end is still to come */
} Anchor;

/* A sequence or mapping whose end is still to come. */
typedef struct Frame {
    Node *node;
    Anchor *anchor; /* NULL if it has none */
    size_t first;   /* its first member or item among those of the reader */
    uint64_t size;
    uint32_t height;
    bool awaits_value; /* the key was read */
    bool merges;       /* and was `<<` */
    bool merged_alias; /* what `<<` was given is an alias */
    Member merge;      /* `<<` itself, with what it was given; no value: not there */
} Frame;

typedef struct Reader {
    Tree *tree;
    YamlInput *input;
    Map *anchors; /* made with the first */
    uint64_t expanded;
    /* Children of all open frames, innermost last; a frame's end takes its own away. */
    ARRAY(Frame) frames;
    ARRAY(Member) members;
    ARRAY(Node *) items;
} Reader;

static Frame *top(Reader *reader) {
    return reader->frames.count ? &reader->frames.items[reader->frames.count - 1] : NULL;
}

static bool expects_key(Reader *reader) {
    const Frame *frame = top(reader);
    return frame && frame->node->kind == NODE_MAPPING && !frame->awaits_value;
}

static Place event_place(const Reader *reader) {
    uint32_t line, column;
    yaml_position(reader->input, reader->input->event.start_mark, &line, &column);
    return tree_place(reader->tree, line, column);
}

static Node *new_node(Reader *reader, NodeKind kind) {
    const Frame *frame = top(reader);
    uint32_t line, column;
    yaml_position(reader->input, reader->input->event.start_mark, &line, &column);
    return tree_node(reader->tree, kind, frame ? frame->node : NULL, line, column);
}

static Anchor *new_anchor(Reader *reader, const yaml_char_t *name, Node *node, bool open) {
    if (!name)
        return NULL;
    if (!reader->anchors)
        reader->anchors = map_new(reader->tree->arena);
    Anchor *anchor = arena_new_object(reader->tree->arena, Anchor);
    *anchor = (Anchor){.node = node, .size = 1, .open = open};
    size_t size = strlen((const char *)name);
    map_put_text(reader->anchors, tree_text(reader->tree, (const char *)name, size), anchor);
    return anchor;
}

static bool twice(Reader *reader, const Member *first, const Member *second) {
    Tree *tree = reader->tree;
    diagnose(tree->diagnostics, DUPLICATE_KEY, tree_place(tree, second->line, second->column),
             TEXT_ARG(second->key));
    return tree_first_given(tree, tree_place(tree, first->line, first->column));
}

/* JSON's reader takes no such key either: the two spellings of a document are one. */
static bool check_key(Reader *reader, Text key) {
    return text_find_byte(key, '\0', 0) == SIZE_MAX ||
           diagnose(reader->tree->diagnostics, KEY_HOLDS_NUL, event_place(reader), "\\0");
}

/* A second `<<` in one mapping is a duplicate key as any other. */
static bool add_key(Reader *reader, Text key, bool merges) {
    if (!check_key(reader, key))
        return false;
    Place place = event_place(reader);
    Member member = {.key = key, .line = place.line, .column = place.column};
    Frame *frame = top(reader);
    frame->awaits_value = true;
    frame->merges = merges;
    if (!merges)
        array_push(reader->tree->arena, &reader->members, member);
    else if (frame->merge.value)
        return twice(reader, &frame->merge, &member);
    else
        frame->merge = member;
    return true;
}

/* Gives the innermost open frame its next item, or the value that its key awaits. */
static void add_value(Reader *reader, Node *node, uint64_t size, uint32_t height) {
    Frame *frame = top(reader);
    if (!frame)
        return;
    frame->size += size;
    if (frame->height < height + 1)
        frame->height = height + 1;
    if (frame->node->kind == NODE_SEQUENCE) {
        array_push(reader->tree->arena, &reader->items, node);
        return;
    }
    frame->awaits_value = false;
    if (frame->merges)
        frame->merge.value = node;
    else
        reader->members.items[reader->members.count - 1].value = node;
}

static bool read_scalar(Reader *reader) {
    Tree *tree = reader->tree;
    const yaml_event_t *event = &reader->input->event;
    Text text = tree_text(tree, (const char *)event->data.scalar.value, event->data.scalar.length);
    Text tag = text_from((const char *)event->data.scalar.tag);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    bool is_key = expects_key(reader);
    if (is_key && !event->data.scalar.anchor)
        return add_key(reader, text, scalar_is_merge(text, plain, tag));
    NodeKind kind;
    const char *wanted = scalar_tagged_kind(text, plain, tag, &kind);
    if (wanted)
        return diagnose(tree->diagnostics, TAG_MISMATCH, event_place(reader), TEXT_ARG(text),
                        wanted);
    Node *node = new_node(reader, kind);
    node->text = kind == NODE_NUMBER ? scalar_decimal(tree->arena, text) : text;
    if (kind == NODE_BOOLEAN)
        node->boolean = scalar_is_true(text);
    new_anchor(reader, event->data.scalar.anchor, node, false);
    if (is_key)
        return add_key(reader, text, false);
    add_value(reader, node, 1, 0);
    return true;
}

static bool too_deep(Reader *reader) {
    return diagnose(reader->tree->diagnostics, NESTING_TOO_DEEP, event_place(reader),
                    NESTING_LIMIT);
}

static bool read_alias(Reader *reader) {
    Diagnostics *diagnostics = reader->tree->diagnostics;
    Text name = text_from((const char *)reader->input->event.data.alias.anchor);
    Anchor *anchor = reader->anchors ? map_get_text(reader->anchors, name) : NULL;
    if (!anchor)
        return diagnose(diagnostics, UNDEFINED_ALIAS, event_place(reader), TEXT_ARG(name),
                        TEXT_ARG(name));
    if (anchor->open) {
        diagnose(diagnostics, CYCLIC_ALIAS, event_place(reader), TEXT_ARG(name));
        diagnostics_second_place(diagnostics, "its anchor stands here", node_place(anchor->node));
        return false;
    }
    if (reader->frames.count + anchor->height > NESTING_LIMIT)
        return too_deep(reader);
    reader->tree->document->shares = true;
    reader->expanded += anchor->size;
    if (reader->expanded > ALIAS_EXPANSION_LIMIT)
        return diagnose(diagnostics, ALIAS_EXPANSION, event_place(reader), ALIAS_EXPANSION_LIMIT);
    if (!expects_key(reader)) {
        top(reader)->merged_alias = top(reader)->merges;
        add_value(reader, anchor->node, anchor->size, anchor->height);
        return true;
    }
    if (anchor->node->kind == NODE_MAPPING || anchor->node->kind == NODE_SEQUENCE)
        return diagnose(diagnostics, KEY_NOT_SCALAR, event_place(reader),
                        node_kind_name(anchor->node->kind));
    return add_key(reader, anchor->node->text, false);
}

static bool begin(Reader *reader, NodeKind kind, const yaml_char_t *anchor) {
    if (expects_key(reader))
        return diagnose(reader->tree->diagnostics, KEY_NOT_SCALAR, event_place(reader),
                        node_kind_name(kind));
    if (reader->frames.count == NESTING_LIMIT)
        return too_deep(reader);
    Frame frame = {.node = new_node(reader, kind), .size = 1, .height = 1};
    frame.anchor = new_anchor(reader, anchor, frame.node, true);
    frame.first = kind == NODE_MAPPING ? reader->members.count : reader->items.count;
    array_push(reader->tree->arena, &reader->frames, frame);
    return true;
}

/* Takes the innermost frame, whose children are in place, and gives it to the one around it. */
static void end(Reader *reader) {
    Frame frame = *top(reader);
    reader->frames.count--;
    if (frame.anchor) {
        frame.anchor->open = false;
        frame.anchor->size = frame.size;
        frame.anchor->height = frame.height;
    }
    add_value(reader, frame.node, frame.size, frame.height);
}

static void end_sequence(Reader *reader) {
    const Frame *frame = top(reader);
    size_t count = reader->items.count - frame->first;
    frame->node->count = (uint32_t)count;
    frame->node->items = arena_new_array(reader->tree->arena, count, Node *);
    if (count)
        memcpy(frame->node->items, reader->items.items + frame->first, count * sizeof(Node *));
    reader->items.count = frame->first;
    end(reader);
}

/* Puts the members of a mapping behind those of the innermost frame. Where it stands in the merge
 * itself, its values become children of the frame's mapping: nowhere else would they be found. */
static bool merge_mapping(Reader *reader, Node *from, bool inlined) {
    Frame *frame = top(reader);
    if (from->kind != NODE_MAPPING)
        return diagnose(reader->tree->diagnostics, MERGE_NEEDS_MAPPING,
                        tree_place(reader->tree, frame->merge.line, frame->merge.column),
                        node_kind_name(from->kind));
    for (uint32_t i = 0; i < from->count; i++) {
        Member member = from->members[i];
        if (inlined && member.value->parent == from)
            member.value->parent = frame->node;
        array_push(reader->tree->arena, &reader->members, member);
    }
    return true;
}

static bool merge_all(Reader *reader) {
    Frame frame = *top(reader);
    Node *from = frame.merge.value;
    bool inlined = !frame.merged_alias;
    if (from->kind != NODE_SEQUENCE)
        return merge_mapping(reader, from, inlined);
    for (uint32_t i = 0; i < from->count; i++)
        if (!merge_mapping(reader, from->items[i], inlined && from->items[i]->parent == from))
            return false;
    return true;
}

/* Drops the merged members whose key is given before them: by the mapping itself (its first `own`
 * members), or by an earlier mapping of the merge. */
static bool drop_overridden(Reader *reader, Member *members, size_t *count, size_t own) {
    uint32_t *order = arena_new_array(reader->tree->arena, *count, uint32_t);
    members_sort(members, *count, order);
    for (size_t i = 1, winner = 0; i < *count; i++) {
        if (!text_equal(members[order[i]].key, members[order[winner]].key))
            winner = i;
        else if (order[i] < own)
            return twice(reader, &members[order[winner]], &members[order[i]]);
        else
            members[order[i]].value = NULL;
    }
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (members[i].value)
            members[kept++] = members[i];
    *count = kept;
    return true;
}

static bool end_mapping(Reader *reader) {
    const Frame *frame = top(reader);
    Node *node = frame->node;
    size_t first = frame->first, own = reader->members.count - first;
    bool merges = frame->merge.value != NULL;
    if (merges && !merge_all(reader))
        return false;
    size_t count = reader->members.count - first;
    if (merges && !drop_overridden(reader, reader->members.items + first, &count, own))
        return false;
    node->members = tree_members(reader->tree, count);
    node->count = (uint32_t)count;
    if (count)
        memcpy(node->members, reader->members.items + first, count * sizeof(Member));
    reader->members.count = first;
    members_index(node->members, count);
    size_t once, again;
    if (members_find_twice(node->members, count, &once, &again))
        return twice(reader, &node->members[once], &node->members[again]);
    end(reader);
    return true;
}

static bool take_event(Reader *reader) {
    const yaml_event_t *event = &reader->input->event;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return !reader->tree->document->root ||
               diagnose(reader->tree->diagnostics, SECOND_DOCUMENT, event_place(reader),
                        TEXT_ARG(reader->tree->document->source.file));
    case YAML_ALIAS_EVENT:
        return read_alias(reader);
    case YAML_SCALAR_EVENT:
        return read_scalar(reader);
    case YAML_SEQUENCE_START_EVENT:
        return begin(reader, NODE_SEQUENCE, event->data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT:
        return begin(reader, NODE_MAPPING, event->data.mapping_start.anchor);
    case YAML_SEQUENCE_END_EVENT:
        end_sequence(reader);
        return true;
    case YAML_MAPPING_END_EVENT:
        return end_mapping(reader);
    default:
        return true;
    }
}

bool yaml_parse(Tree *tree, bool *syntax) {
    *syntax = false;
    YamlInput *input = yaml_input_open(tree);
    if (!input)
        return false;
    Reader reader = {.tree = tree, .input = input};
    bool good = true, more = true;
    while (good && more) {
        if (!yaml_parser_parse(&input->parser, &input->event)) {
            good = yaml_diagnose(tree, input, syntax);
        } else {
            more = input->event.type != YAML_STREAM_END_EVENT;
            good = take_event(&reader);
            yaml_event_delete(&input->event);
        }
    }
    yaml_input_close(input);
    if (good && !tree->document->root)
        return diagnose(tree->diagnostics, EMPTY_DOCUMENT, tree_place(tree, 0, 0),
                        TEXT_ARG(tree->document->source.file));
    return good;
}
