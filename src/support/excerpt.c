#include "support/excerpt.h"

#include "support/map.h"

/* Of a file's lines only some are remembered: there are half a million in the largest. */
enum { LINES_APART = 64, COLUMNS_APART = 1024 };

enum { LINES_BEFORE = 2, LINES_BEHIND = 4, COLUMNS = 120, COLUMNS_BEFORE = 40 };

/* Where lines 1, 1 + LINES_APART, … of one file begin, as far as was looked; and in one line, since
 * a whole file may be one, columns 1, 1 + COLUMNS_APART, … */
typedef struct LineStarts {
    ARRAY(size_t) offsets;
    size_t marked; /* the line; 0: none */
    ARRAY(size_t) columns;
} LineStarts;

struct Excerpts {
    Arena *arena;
    Map *files; /* LineStarts by the pointer to the content */
};

Excerpts *excerpts_new(Arena *arena) {
    Excerpts *excerpts = arena_new_object(arena, Excerpts);
    excerpts->arena = arena;
    excerpts->files = map_new(arena);
    return excerpts;
}

static LineStarts *starts_of(Excerpts *excerpts, Text content) {
    LineStarts *starts = map_get(excerpts->files, &content.data, sizeof content.data);
    if (starts)
        return starts;
    starts = arena_new_object(excerpts->arena, LineStarts);
    array_push(excerpts->arena, &starts->offsets, 0);
    const char **key = arena_new_object(excerpts->arena, const char *);
    *key = content.data;
    map_put(excerpts->files, key, sizeof *key, starts);
    return starts;
}

/* Where the line after the one at `offset` begins; SIZE_MAX where there is none. */
static size_t next_line(Text content, size_t offset) {
    size_t feed = text_find_byte(content, '\n', offset);
    return feed == SIZE_MAX ? SIZE_MAX : feed + 1;
}

/* Where a line begins, which the content may lack: SIZE_MAX. */
static size_t line_start(Excerpts *excerpts, LineStarts *starts, Text content, size_t line) {
    size_t known = (line - 1) / LINES_APART;
    known = known < starts->offsets.count ? known : starts->offsets.count - 1;
    size_t offset = starts->offsets.items[known];
    for (size_t at = known * LINES_APART + 1; at < line && offset != SIZE_MAX; at++) {
        offset = next_line(content, offset);
        if (offset != SIZE_MAX && at / LINES_APART == starts->offsets.count)
            array_push(excerpts->arena, &starts->offsets, offset);
    }
    return offset;
}

/* Past a code point, but not past the end of the line. */
static size_t next_column(Text content, size_t offset) {
    if (offset >= content.size || content.data[offset] == '\n')
        return offset;
    for (offset++; offset < content.size && ((unsigned char)content.data[offset] & 0xc0) == 0x80;)
        offset++;
    return offset;
}

/* Where a column of the line that starts at an offset begins; the line's end where it has none. */
static size_t column_start(Excerpts *excerpts, LineStarts *starts, Text content, size_t line,
                           size_t offset, uint32_t column) {
    if (starts->marked != line) {
        starts->marked = line;
        starts->columns.count = 0;
        array_push(excerpts->arena, &starts->columns, offset);
    }
    size_t known = (column - 1) / COLUMNS_APART;
    known = known < starts->columns.count ? known : starts->columns.count - 1;
    offset = starts->columns.items[known];
    for (size_t at = known * COLUMNS_APART + 1; at < column; at++) {
        size_t next = next_column(content, offset);
        if (next == offset)
            break;
        offset = next;
        if (at / COLUMNS_APART == starts->columns.count)
            array_push(excerpts->arena, &starts->columns, offset);
    }
    return offset;
}

static Text columns_from(Text content, size_t from) {
    size_t to = from;
    for (int i = 0; i < COLUMNS; i++)
        to = next_column(content, to);
    bool returns = to > from && content.data[to - 1] == '\r' &&
                   (to == content.size || content.data[to] == '\n');
    return text_slice(content, from, returns ? to - 1 : to);
}

/* The byte at which a column begins; the text's size where it has no such column. */
static size_t offset_of_column(Text line, uint32_t first, uint32_t column) {
    uint32_t at = first - 1;
    for (size_t i = 0; i < line.size; i++) {
        at += ((unsigned char)line.data[i] & 0xc0) != 0x80;
        if (at == column)
            return i;
    }
    return line.size;
}

Excerpt excerpt_at(Excerpts *excerpts, Place place) {
    if (!place.line || !place.content.size)
        return (Excerpt){0};
    LineStarts *starts = starts_of(excerpts, place.content);
    Excerpt excerpt = {.line = place.line > LINES_BEFORE ? place.line - LINES_BEFORE : 1};
    bool far = place.column > COLUMNS - COLUMNS_BEFORE;
    excerpt.column = far ? place.column - COLUMNS_BEFORE : 1;
    size_t offset = line_start(excerpts, starts, place.content, excerpt.line),
           number = excerpt.line;
    for (; offset != SIZE_MAX && number <= (size_t)place.line + LINES_BEHIND; number++) {
        size_t from = column_start(excerpts, starts, place.content, number, offset, excerpt.column);
        if (offset < place.content.size)
            array_push(excerpts->arena, &excerpt.lines, columns_from(place.content, from));
        offset = next_line(place.content, from);
    }
    if (number <= place.line)
        return (Excerpt){0};
    return excerpt;
}

Text excerpt_line(const Excerpt *excerpt, uint32_t line) {
    bool held = excerpt->line && line >= excerpt->line &&
                line - excerpt->line < (uint32_t)excerpt->lines.count;
    return held ? excerpt->lines.items[line - excerpt->line] : (Text){0};
}

static size_t end_of_quoted(Text line, size_t from) {
    for (size_t i = from + 1; i < line.size; i++) {
        if (line.data[i] == '\\' && line.data[from] == '"')
            i++;
        else if (line.data[i] == line.data[from])
            return i + 1;
    }
    return line.size;
}

static bool ends_word(Text line, size_t at) {
    char byte = line.data[at];
    bool last = at + 1 == line.size;
    return byte == ',' || byte == '\t' || (byte == ' ') ||
           (byte == ':' && (last || line.data[at + 1] == ' '));
}

bool excerpt_word(const Excerpt *excerpt, Place place, size_t *from, size_t *to) {
    Text line = excerpt_line(excerpt, place.line);
    if (!line.size || place.column < excerpt->column)
        return false;
    *from = offset_of_column(line, excerpt->column, place.column);
    if (*from == line.size)
        return false;
    *to = *from + 1;
    if (line.data[*from] == '"' || line.data[*from] == '\'') {
        *to = end_of_quoted(line, *from);
        return true;
    }
    while (*to < line.size && !ends_word(line, *to))
        ++*to;
    return true;
}
