#include "load/matching_path.h"

bool matching_path_is_index(Text text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0;
}

static bool path_fault(PathReader *reader, const char *fault) {
    reader->fault = fault;
    return false;
}

/* `.name` or `.*`: a name goes on to the next point or bracket. */
static bool read_dotted(PathReader *reader, PathStep *step) {
    size_t from = ++reader->at;
    while (reader->at < reader->text.size && reader->text.data[reader->at] != '.' &&
           reader->text.data[reader->at] != '[')
        reader->at++;
    step->key = text_slice(reader->text, from, reader->at);
    step->kind = text_is(step->key, "*") ? PATH_EACH : PATH_NAME;
    return step->key.size || path_fault(reader, "a name is missing after `.`");
}

/* `['name']` or `["name"]`, with a backslash before a quote that belongs to the name. */
static bool read_quoted(PathReader *reader, PathStep *step) {
    char quote = reader->text.data[reader->at++];
    Buffer name = {.arena = reader->arena};
    for (; reader->at < reader->text.size; reader->at++) {
        char c = reader->text.data[reader->at];
        if (c == quote)
            break;
        if (c == '\\' && reader->at + 1 < reader->text.size)
            c = reader->text.data[++reader->at];
        buffer_add_byte(&name, c);
    }
    if (reader->at >= reader->text.size)
        return path_fault(reader, "a quote is not closed");
    reader->at++;
    *step = (PathStep){PATH_NAME, buffer_text(&name)};
    return true;
}

static bool read_bracket(PathReader *reader, PathStep *step) {
    size_t from = ++reader->at;
    char first = from < reader->text.size ? reader->text.data[from] : '\0';
    if (first == '\'' || first == '"') {
        if (!read_quoted(reader, step))
            return false;
    } else {
        size_t to = text_find_byte(reader->text, ']', from);
        step->key = text_slice(reader->text, from, to);
        step->kind = text_is(step->key, "*") ? PATH_EACH_INDEX : PATH_INDEX;
        if (step->kind == PATH_INDEX && !matching_path_is_index(step->key))
            return path_fault(reader, "brackets hold an index, `*` or a quoted name");
        reader->at = from + step->key.size;
    }
    if (reader->at >= reader->text.size || reader->text.data[reader->at] != ']')
        return path_fault(reader, "a `]` is missing");
    reader->at++;
    return true;
}

static bool read_step(PathReader *reader, PathStep *step) {
    char c = reader->text.data[reader->at];
    if (c == '.')
        return read_dotted(reader, step);
    if (c == '[')
        return read_bracket(reader, step);
    return path_fault(reader, "a step begins with `.` or `[`");
}

bool matching_path_step(PathReader *reader, PathStep *step) {
    size_t from = reader->at;
    if (from >= reader->text.size)
        return false;
    bool read = read_step(reader, step);
    if (!read)
        reader->at = from;
    return read;
}

/* ---- What can't be read ---------------------------------------------------------------------- */

static char byte_at(const PathReader *reader, size_t at) {
    return at < reader->text.size ? reader->text.data[at] : '\0';
}

static bool is_quote(char c) {
    return c == '\'' || c == '"';
}

static void skip_spaces(PathReader *reader) {
    while (byte_at(reader, reader->at) == ' ')
        reader->at++;
}

/* `['a', 'b']`: whatever follows, it is below one of these. */
static void reach_names(PathReader *reader, PathReach *reach) {
    do {
        PathStep step;
        reader->at++;
        skip_spaces(reader);
        if (!is_quote(byte_at(reader, reader->at)) || !read_quoted(reader, &step)) {
            reach->steps.count = 0;
            return;
        }
        array_push(reader->arena, &reach->steps, step);
        skip_spaces(reader);
    } while (byte_at(reader, reader->at) == ',');
}

/* Indexes, slices and sets of them are of arrays; anything else may choose among members, too. */
static PathStep any_in_brackets(const PathReader *reader) {
    static const char digits[] = "0123456789-:, ";
    for (size_t at = reader->at + 1; at < reader->text.size && byte_at(reader, at) != ']'; at++)
        if (!memchr(digits, byte_at(reader, at), sizeof digits - 1))
            return (PathStep){.kind = PATH_EACH};
    return (PathStep){.kind = PATH_EACH_INDEX};
}

PathReach matching_path_reach(const PathReader *failed) {
    PathReader reader = {failed->arena, failed->text, failed->at, NULL};
    PathReach reach = {0};
    char first = byte_at(&reader, reader.at), second = byte_at(&reader, reader.at + 1);
    if (first == '.' && second == '.') {
        PathStep step;
        reader.at += byte_at(&reader, reader.at + 2) == '[' ? 2 : 1;
        reach.anywhere = reader.at < reader.text.size && read_step(&reader, &step);
        if (reach.anywhere)
            array_push(reader.arena, &reach.steps, step);
    } else if (first == '[' && is_quote(second)) {
        reach_names(&reader, &reach);
    } else if (first == '[') {
        PathStep step = any_in_brackets(&reader);
        array_push(reader.arena, &reach.steps, step);
    }
    return reach;
}
