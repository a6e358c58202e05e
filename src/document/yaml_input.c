#include "document/yaml.h"

enum { KEY_LIMIT = 1024 }; /* libyaml's, in characters */

static void release(void *resource) {
    YamlInput *input = resource;
    if (!input->open)
        return;
    yaml_event_delete(&input->event);
    yaml_parser_delete(&input->parser);
    input->open = false;
}

void yaml_input_close(YamlInput *input) {
    release(input);
}

/* Whether `part` is in the text; its first byte is rare, and memmem does not use that. */
static bool contains(Text text, Text part) {
    for (size_t i = 0; (i = text_find_byte(text, part.data[0], i)) != SIZE_MAX; i++)
        if (text_equal(text_slice(text, i, i + part.size), part))
            return true;
    return false;
}

/* libyaml follows YAML 1.1, where U+0085, U+2028 and U+2029 end a line, and like YAML 1.2 it has a
 * lone CR end one. Editors, and the excerpts in our messages, have LF alone. */
static bool has_other_breaks(Text text) {
    for (size_t i = 0; (i = text_find_byte(text, '\r', i)) != SIZE_MAX; i++)
        if (i + 1 == text.size || text.data[i + 1] != '\n')
            return true;
    return contains(text, TEXT("\xC2\x85")) || contains(text, TEXT("\xE2\x80\xA8")) ||
           contains(text, TEXT("\xE2\x80\xA9"));
}

/* The index, in code points, at which each line starts. */
static void find_line_starts(Arena *arena, YamlInput *input) {
    size_t count = 1, index = 0;
    for (size_t i = 0; (i = text_find_byte(input->text, '\n', i)) != SIZE_MAX; i++)
        count++;
    input->line_starts = arena_new_array(arena, count, size_t);
    input->line_count = 1;
    for (size_t i = 0; i < input->text.size; i++) {
        index += ((unsigned char)input->text.data[i] & 0xc0) != 0x80;
        if (input->text.data[i] == '\n')
            input->line_starts[input->line_count++] = index;
    }
}

/* libyaml compares each %TAG directive with all before it, by the square of their number. */
static bool check_directives(const Tree *tree) {
    enum { DIRECTIVE_LIMIT = 1000 };
    Text text = tree->document->source.bytes;
    size_t count = 0, at = 0;
    for (; (at = text_find_byte(text, '%', at)) != SIZE_MAX; at++)
        if (text_equal(text_slice(text, at, at + 4), TEXT("%TAG")) && ++count > DIRECTIVE_LIMIT)
            return diagnose(tree->diagnostics, TOO_MANY_DIRECTIVES, tree_place_at(tree, at),
                            DIRECTIVE_LIMIT);
    return true;
}

YamlInput *yaml_input_open(Tree *tree) {
    if (!check_directives(tree))
        return NULL;
    YamlInput *input = arena_new_object(tree->arena, YamlInput);
    input->text = tree->document->source.bytes;
    if (has_other_breaks(input->text))
        find_line_starts(tree->arena, input);
    arena_on_free(tree->arena, release, input);
    if (!yaml_parser_initialize(&input->parser))
        arena_exhausted(tree->arena);
    input->open = true;
    yaml_parser_set_encoding(&input->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&input->parser, (const unsigned char *)input->text.data,
                                 input->text.size);
    return input;
}

void yaml_position(const YamlInput *input, yaml_mark_t mark, uint32_t *line, uint32_t *column) {
    *line = (uint32_t)mark.line + 1;
    *column = (uint32_t)mark.column + 1;
    if (!input->line_starts)
        return;
    size_t from = 0, to = input->line_count;
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        if (input->line_starts[middle] <= mark.index)
            from = middle;
        else
            to = middle;
    }
    *line = (uint32_t)from + 1;
    *column = (uint32_t)(mark.index - input->line_starts[from]) + 1;
}

static Place place_of(const Tree *tree, const YamlInput *input, yaml_mark_t mark) {
    uint32_t line, column;
    yaml_position(input, mark, &line, &column);
    return tree_place(tree, line, column);
}

/* The text of the line up to the mark. */
static Text line_before(Text text, Place place) {
    size_t start = 0;
    for (uint32_t line = 1; line < place.line; line++)
        start = text_find_byte(text, '\n', start) + 1;
    size_t end = start;
    for (uint32_t column = 1; end < text.size && text.data[end] != '\n'; end++) {
        bool begins = ((unsigned char)text.data[end] & 0xc0) != 0x80;
        if (begins && column++ == place.column)
            break;
    }
    return text_slice(text, start, end);
}

/* Whether the text ends in what could be a key of more than 1024 characters: libyaml gives up on
 * one there and then stumbles over its `:`. */
static bool ends_in_long_key(Text line) {
    size_t end = line.size;
    while (end > 0 && (line.data[end - 1] == ' ' || line.data[end - 1] == '\t'))
        end--;
    char quote = end ? line.data[end - 1] : '\0';
    bool quoted = quote == '"' || quote == '\'';
    size_t start = quoted ? end - 1 : end;
    for (; start > 0; start--) {
        char before = line.data[start - 1];
        if (quoted ? before == quote : before == '{' || before == '[' || before == ',')
            break;
        if (!quoted && before == ' ' && start > 1 && line.data[start - 2] == ':')
            return false; /* a value, where no key may begin */
    }
    return text_length(text_slice(line, start, end)) > KEY_LIMIT;
}

/* A key that libyaml gave up on is either told of at its start, or at the `:` behind it. */
static bool is_long_key(const YamlInput *input, Place place) {
    const yaml_parser_t *parser = &input->parser;
    if (parser->context && strcmp(parser->context, "while scanning a simple key") == 0)
        return parser->mark.index - parser->context_mark.index > KEY_LIMIT;
    return place.line && ends_in_long_key(line_before(input->text, place));
}

bool yaml_diagnose(Tree *tree, const YamlInput *input, bool *syntax) {
    const yaml_parser_t *parser = &input->parser;
    *syntax = true;
    if (parser->error == YAML_MEMORY_ERROR)
        arena_exhausted(tree->arena);
    const char *problem = parser->problem ? parser->problem : "it can't be read";
    if (parser->error == YAML_READER_ERROR)
        return diagnose(tree->diagnostics, NOT_YAML, tree_place_at(tree, parser->problem_offset),
                        problem);
    Place place = place_of(tree, input, parser->problem_mark);
    if (is_long_key(input, place)) {
        *syntax = false;
        if (parser->context && strcmp(parser->context, "while scanning a simple key") == 0)
            place = place_of(tree, input, parser->context_mark);
        return diagnose(tree->diagnostics, KEY_TOO_LONG, place, KEY_LIMIT);
    }
    diagnose(tree->diagnostics, NOT_YAML, place, problem);
    bool elsewhere = parser->context_mark.index != parser->problem_mark.index;
    if (parser->context && elsewhere)
        diagnostics_second_place(tree->diagnostics, parser->context,
                                 place_of(tree, input, parser->context_mark));
    return false;
}
