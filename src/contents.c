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

bool find_references(Arena *arena, Text bytes, References *references) {
    return !holds(bytes, "\\u0024") && !holds(bytes, "\\x24") && /* `$`, in another way */
           find_behind(arena, bytes, TEXT("$ref"), references) &&
           find_behind(arena, bytes, TEXT("$dynamicRef"), references);
}

bool may_refer_out(Arena *arena, Text bytes) {
    References references = {0};
    return !find_references(arena, bytes, &references) || references.count;
}
