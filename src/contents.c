#include "contents.h"

#include "load/load.h"

static bool holds(Text bytes, const char *word) {
    return bytes.size && memmem(bytes.data, bytes.size, word, strlen(word));
}

/* Whether a block of YAML has the key at its left margin. */
static bool has_key(Text bytes, const char *key) {
    size_t size = strlen(key);
    for (size_t at = 0; at != SIZE_MAX && at < bytes.size; at = text_find_byte(bytes, '\n', at)) {
        at += bytes.data[at] == '\n';
        size_t quote = at < bytes.size && (bytes.data[at] == '"' || bytes.data[at] == '\'');
        Text rest = text_slice(bytes, at + quote, bytes.size);
        if (text_starts_with(rest, text_from(key)) && rest.size > size + quote &&
            rest.data[size + quote] == ':')
            return true;
    }
    return false;
}

static Contents parsed(Arena *arena, const Source *source) {
    Diagnostics unheard = {.arena = arena};
    const Document *document = document_parse(arena, &unheard, *source);
    if (!document)
        return CONTENTS_OTHER;
    return document_is_openapi(document) ? CONTENTS_DESCRIPTION
           : document_is_pact(document)  ? CONTENTS_PACT
                                         : CONTENTS_OTHER;
}

Contents contents_of(Arena *arena, const Source *source) {
    Text text = text_trim(source->bytes);
    if (text_starts_with(text, TEXT("\xef\xbb\xbf")))
        text = text_slice(text, 3, text.size);
    bool flow = text_starts_with(text, TEXT("{"));
    bool may_describe = holds(text, "openapi") || holds(text, "swagger");
    bool may_record = flow && (holds(text, "\"interactions\"") || holds(text, "\"messages\""));
    if (flow)
        return may_describe || may_record ? parsed(arena, source) : CONTENTS_OTHER;
    bool describes = may_describe && (has_key(text, "openapi") || has_key(text, "swagger"));
    return describes ? CONTENTS_DESCRIPTION : CONTENTS_OTHER;
}

/* A value of YAML or JSON as it is written, up to a fragment. False: it is written in a way that
 * only a parser understands. */
static bool file_of(Text bytes, size_t at, Text *file) {
    char quote = '\0';
    for (; at < bytes.size && strchr("\"': \t\r\n", bytes.data[at]); at++)
        if (bytes.data[at] == '"' || bytes.data[at] == '\'')
            quote = bytes.data[at];
    size_t end = at;
    while (end < bytes.size && bytes.data[end] != '#' && bytes.data[end] != '\n' &&
           (quote ? bytes.data[end] != quote : !strchr(",}", bytes.data[end])))
        end++;
    *file = text_trim(text_slice(bytes, at, end));
    bool comment = !quote && end + 1 < bytes.size && bytes.data[end] == '#' &&
                   (!file->size || end > at + file->size);
    return !comment && (!file->size || !strchr("!&*|>{[?", file->data[0])) &&
           text_find_byte(*file, '\\', 0) == SIZE_MAX;
}

/* The references that stand behind a keyword. */
static bool find_behind(Arena *arena, Text bytes, Text keyword, References *references) {
    for (size_t at = 0; at + keyword.size < bytes.size;) {
        const char *found = memmem(bytes.data + at, bytes.size - at, keyword.data, keyword.size);
        if (!found)
            break;
        at = (size_t)(found - bytes.data) + keyword.size;
        Text file;
        if (!file_of(bytes, at, &file))
            return false;
        if (file.size)
            array_push(arena, references, file);
    }
    return true;
}

/* The end of a value that is a mapping: of a flow where it is closed, of a block where a line
 * stands no further in than the one it starts in. */
static size_t end_of_mapping(Text bytes, size_t at) {
    size_t line = at, value = at;
    while (line > 0 && bytes.data[line - 1] != '\n')
        line--;
    while (value < bytes.size && strchr(" \t\r\n", bytes.data[value]))
        value++;
    if (value < bytes.size && bytes.data[value] == '{')
        return text_find_byte(bytes, '}', value);
    size_t depth = 0;
    while (line + depth < at && strchr(" -", bytes.data[line + depth]))
        depth++;
    while ((at = text_find_byte(bytes, '\n', at)) != SIZE_MAX) {
        size_t next = at++ + 1, within = 0;
        while (next + within < bytes.size && bytes.data[next + within] == ' ')
            within++;
        bool blank = next + within >= bytes.size || strchr("#\r\n", bytes.data[next + within]);
        if (!blank && within <= depth)
            return next;
    }
    return bytes.size;
}

/* What the values of a mapping name, if it is a discriminator's: those that can be no component's
 * name alone. */
static bool find_in_mapping(Arena *arena, Text mapping, References *mapped) {
    for (size_t at = 0; (at = text_find_byte(mapping, ':', at)) != SIZE_MAX; at++) {
        Text file;
        if (at + 1 < mapping.size && !strchr(" \t\r\n\"'", mapping.data[at + 1]))
            continue; /* in a name */
        if (!file_of(mapping, at + 1, &file))
            return false;
        if (text_find_byte(file, '.', 0) != SIZE_MAX || text_find_byte(file, '/', 0) != SIZE_MAX)
            array_push(arena, mapped, file);
    }
    return true;
}

static bool find_mapped(Arena *arena, Text bytes, References *mapped) {
    static const char keyword[] = "mapping";
    bool discriminates = holds(bytes, "discriminator");
    for (size_t at = 0; discriminates && at < bytes.size;) {
        const char *found = memmem(bytes.data + at, bytes.size - at, keyword, sizeof keyword - 1);
        if (!found)
            break;
        at = (size_t)(found - bytes.data) + sizeof keyword - 1;
        at += at < bytes.size && strchr("\"'", bytes.data[at]);
        while (at < bytes.size && strchr(" \t", bytes.data[at]))
            at++;
        if (at >= bytes.size || bytes.data[at] != ':')
            continue; /* a word */
        Text mapping = text_slice(bytes, at + 1, end_of_mapping(bytes, at + 1));
        if (text_starts_with(text_trim(mapping), TEXT("*")) ||
            !find_in_mapping(arena, mapping, mapped))
            return false;
    }
    return true;
}

bool find_references(Arena *arena, Text bytes, References *references, References *mapped) {
    return !holds(bytes, "\\u0024") && !holds(bytes, "\\x24") && /* `$`, in another way */
           find_behind(arena, bytes, TEXT("$ref"), references) &&
           find_behind(arena, bytes, TEXT("$dynamicRef"), references) &&
           find_mapped(arena, bytes, mapped);
}

bool may_refer_out(Arena *arena, Text bytes) {
    References references = {0};
    return !find_references(arena, bytes, &references, &references) || references.count;
}
