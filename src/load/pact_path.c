#include "load/pact_reader.h"

#include "graph/canonical.h"

/* A regular expression for a whole path tells what each segment may be where it can be taken apart
 * at its slashes. */

typedef struct Pieces {
    ARRAY(Text) list;
    size_t depth; /* of groups */
    bool class;   /* in brackets */
    Buffer piece;
} Pieces;

static void end_piece(Arena *arena, Pieces *pieces) {
    array_push(arena, &pieces->list, text_copy(arena, buffer_text(&pieces->piece)));
    pieces->piece.size = 0;
}

/* One character, or one that is escaped. False: alternatives reach over slashes. */
static bool take(Arena *arena, Pieces *pieces, Text unit) {
    char c = unit.data[0];
    bool slash = text_is(unit, "/") || text_is(unit, "\\/");
    if (slash && !pieces->depth && !pieces->class) {
        end_piece(arena, pieces);
        return true;
    }
    if (unit.size == 1 && c == '[')
        pieces->class = true;
    else if (unit.size == 1 && c == ']')
        pieces->class = false;
    else if (unit.size == 1 && c == '(' && !pieces->class)
        pieces->depth++;
    else if (unit.size == 1 && c == ')' && !pieces->class && pieces->depth)
        pieces->depth--;
    if (c == '|' && !pieces->depth && !pieces->class)
        return false;
    buffer_add(&pieces->piece, unit);
    return !slash || pieces->class;
}

static bool take_apart(Arena *arena, Text regex, Pieces *pieces) {
    if (text_starts_with(regex, TEXT("^")))
        regex = text_slice(regex, 1, regex.size);
    if (text_ends_with(regex, TEXT("$")) && !text_ends_with(regex, TEXT("\\$")))
        regex.size--;
    pieces->piece.arena = arena;
    for (size_t at = 0; at < regex.size;) {
        size_t end = regex.data[at] == '\\' && at + 1 < regex.size ? at + 2 : at + 1;
        if (!take(arena, pieces, text_slice(regex, at, end)))
            return false;
        at = end;
    }
    end_piece(arena, pieces);
    return !pieces->depth && !pieces->class;
}

bool pact_path_segments(PactReader *reader, const Node *path, Text regex) {
    Arena *arena = reader->arena;
    Interaction *interaction = reader->interaction;
    Pieces pieces = {0};
    if (!take_apart(arena, regex, &pieces))
        return false;
    size_t from = 0;
    for (size_t i = 0; i < pieces.list.count; i++) {
        size_t end = text_find_byte(path->text, '/', from);
        bool last = i + 1 == pieces.list.count;
        Text pattern = text_format(arena, "^(?:%.*s)$", TEXT_ARG(pieces.list.items[i]));
        Text segment = from > path->text.size ? (Text){0} : text_slice(path->text, from, end);
        from = end == SIZE_MAX ? path->text.size + 1 : end + 1;
        if (last != (end == SIZE_MAX) || pattern_accepts(pattern, segment) != ACCEPTED) {
            interaction->path_segments.count = 0;
            return false;
        }
        Type *type = pact_type(reader, KIND_STRING, path);
        type->string = arena_new_object(arena, StringKeywords);
        type->string->pattern = pattern;
        type->generated = interaction->path_generated;
        array_push(arena, &interaction->path_segments, type);
    }
    return true;
}

/* The segments of an expression that fills `${…}` in: the others are sent as they stand. */
static void read_expression(PactReader *reader, const Node *path, Text expression) {
    Arena *arena = reader->arena;
    Interaction *interaction = reader->interaction;
    for (size_t from = 0, in = 0; from <= path->text.size;) {
        size_t end = text_find_byte(path->text, '/', from);
        size_t out = text_find_byte(expression, '/', in);
        if ((end == SIZE_MAX) != (out == SIZE_MAX)) {
            interaction->path_segments.count = 0;
            return;
        }
        Text segment = text_slice(path->text, from, end);
        bool filled = text_find_byte(text_slice(expression, in, out), '$', 0) != SIZE_MAX;
        Type *type = filled ? pact_type(reader, KIND_STRING, path)
                            : pact_constant(reader, pact_string_node(arena, segment, path), path);
        type->generated = type->given = filled;
        array_push(arena, &interaction->path_segments, type);
        from = end == SIZE_MAX ? path->text.size + 1 : end + 1;
        in = out == SIZE_MAX ? expression.size : out + 1;
    }
}

void pact_path_generated(PactReader *reader, const Node *path, const Node *generator) {
    const Node *regex = node_member(generator, TEXT("regex"));
    const Node *expression = node_member(generator, TEXT("expression"));
    if (regex && regex->kind == NODE_STRING)
        pact_path_segments(reader, path, regex->text);
    else if (expression && expression->kind == NODE_STRING)
        read_expression(reader, path, expression->text);
}
