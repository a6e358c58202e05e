#include "load/pact_shape.h"

/* Multipart bodies (RFC 2046 section 5.1), as a pact holds them: header lines, an empty line, the
 * content; lines may end without a carriage return. */

typedef struct Part {
    Text name; /* of Content-Disposition; empty: none */
    Text content_type, content;
    bool file; /* it has a file name */
} Part;

static size_t find_text(Text text, Text wanted, size_t from) {
    for (size_t at = from; at + wanted.size <= text.size; at++)
        if (memcmp(text.data + at, wanted.data, wanted.size) == 0)
            return at;
    return SIZE_MAX;
}

/* The value of a parameter such as `boundary=x` or `name="x"` behind a semicolon. */
static Text parameter_of(Text header, Text name) {
    for (size_t at = text_find_byte(header, ';', 0); at != SIZE_MAX;) {
        size_t end = text_find_byte(header, ';', at + 1);
        Text piece = text_trim(text_slice(header, at + 1, end));
        size_t equals = text_find_byte(piece, '=', 0);
        at = end;
        if (equals == SIZE_MAX ||
            !text_equal_ignoring_case(text_trim(text_slice(piece, 0, equals)), name))
            continue;
        Text value = text_trim(text_slice(piece, equals + 1, piece.size));
        bool quoted = value.size >= 2 && value.data[0] == '"' && value.data[value.size - 1] == '"';
        return quoted ? text_slice(value, 1, value.size - 1) : value;
    }
    return (Text){0};
}

static void read_header(Text line, Part *part) {
    size_t colon = text_find_byte(line, ':', 0);
    Text name = text_trim(text_slice(line, 0, colon));
    if (colon == SIZE_MAX)
        return;
    Text value = text_trim(text_slice(line, colon + 1, line.size));
    if (text_equal_ignoring_case(name, TEXT("Content-Type")))
        part->content_type = value;
    if (!text_equal_ignoring_case(name, TEXT("Content-Disposition")))
        return;
    part->name = parameter_of(value, TEXT("name"));
    part->file = parameter_of(value, TEXT("filename")).data != NULL;
}

/* What stands between two boundaries, without the line ends next to them. */
static Part read_part(Text text) {
    Part part = {0};
    for (size_t from = 0; from < text.size;) {
        size_t end = text_find_byte(text, '\n', from);
        Text line = text_slice(text, from, end);
        from = end == SIZE_MAX ? text.size : end + 1;
        if (!text_trim(line).size) {
            part.content = text_slice(text, from, text.size);
            break;
        }
        read_header(line, &part);
    }
    return part;
}

/* By the content type's parameter, else by the first line. */
static Text boundary_of(PactReader *reader, Text content_type, Text text) {
    Text given = parameter_of(content_type, TEXT("boundary"));
    if (given.size)
        return text_format(reader->arena, "--%.*s", TEXT_ARG(given));
    Text line = text_trim(text_slice(text, 0, text_find_byte(text, '\n', 0)));
    return text_starts_with(line, TEXT("--")) ? line : (Text){0};
}

static Text without_line_end(Text text) {
    if (text_ends_with(text, TEXT("\n")))
        text.size--;
    if (text_ends_with(text, TEXT("\r")))
        text.size--;
    return text;
}

/* Of what rules a file only its own content type is held. */
static void keep_file_rule(PactReader *reader, const Part *part, const MatchingRule *rule) {
    Text own = pact_essence(reader->arena, part->content_type);
    for (size_t i = 0; rule && !rule->fault && i < rule->matchers.count; i++) {
        const Node *matcher = rule->matchers.items[i], *value = node_member(matcher, TEXT("value"));
        bool held = text_is(matcher_word(matcher), "contentType") && value &&
                    value->kind == NODE_STRING &&
                    text_equal(pact_essence(reader->arena, value->text), own);
        if (!held)
            pact_residue(reader, rule->place, pact_matcher_text(reader->arena, matcher), matcher);
    }
}

/* A part that is JSON is ruled as a body is, at `$.name`; of a file only its being there counts. */
static Type *part_type(PactReader *reader, const Part *part, const Node *at,
                       const MatchingSet *rules) {
    bool text = !part->content_type.size ||
                text_starts_with(pact_essence(reader->arena, part->content_type), TEXT("text/"));
    Standing root = standing_at_root(reader->arena, rules);
    Standing named = standing_below(reader->arena, &root, part->name, false);
    if (pact_is_json(reader->arena, part->content_type)) {
        const Node *json = pact_json(reader, part->content, at);
        if (json)
            return spot_type(reader, spot_new(reader, named, json));
    }
    if (text && !part->file && text_is_utf8(part->content, NULL))
        return NULL;
    if (named.own)
        keep_file_rule(reader, part, named.winner.rule);
    Type *type = pact_type(reader, KIND_STRING, at);
    type->format = TEXT("binary");
    return type;
}

/* A name that several parts have is an array of them. */
static void add_part(PactReader *reader, ExpectedFields *fields, const Part *part, const Node *at,
                     const MatchingSet *rules) {
    Arena *arena = reader->arena;
    ExpectedField *field = NULL;
    for (size_t i = 0; i < fields->count && !field; i++)
        if (text_equal(fields->items[i].name, part->name))
            field = &fields->items[i];
    Type *type = part_type(reader, part, at, rules);
    if (!field) {
        ExpectedField added = {.name = part->name, .type = type, .origin = at};
        array_push(arena, fields, added);
        field = &fields->items[fields->count - 1];
    } else if (field->type && !field->type->array) {
        Type *list = pact_type(reader, KIND_ARRAY, at);
        list->array = arena_new_object(arena, ArrayKeywords);
        list->array->items = field->type;
        field->type = list;
    }
    array_push(arena, &field->values, part->content);
    array_push(arena, &field->origins, at);
}

bool pact_multipart(PactReader *reader, const Node *content, Text text, const MatchingSet *rules,
                    ExpectedBody *body) {
    Text boundary = boundary_of(reader, body->content_type, text);
    size_t from = boundary.size ? find_text(text, boundary, 0) : SIZE_MAX;
    ExpectedFields fields = {0};
    while (from != SIZE_MAX) {
        size_t begin = from + boundary.size, end = find_text(text, boundary, begin);
        size_t line = text_find_byte(text, '\n', begin);
        from = end;
        if (end == SIZE_MAX || line >= end)
            continue;
        Part part = read_part(without_line_end(text_slice(text, line + 1, end)));
        if (part.name.size)
            add_part(reader, &fields, &part, content, rules);
    }
    if (!fields.count)
        return false;
    body->type = pact_fields_type(reader, content, &fields, rules);
    for (array_each(ExpectedField, field, &fields))
        array_push(reader->arena, &body->fields, *field);
    return true;
}
