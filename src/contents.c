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

bool may_refer_out(Text bytes) {
    static const char word[] = "$ref";
    for (size_t at = 0; at + sizeof word < bytes.size;) {
        const char *found = memmem(bytes.data + at, bytes.size - at, word, sizeof word - 1);
        if (!found)
            return false;
        at = (size_t)(found - bytes.data) + sizeof word - 1;
        size_t value = at;
        while (value < bytes.size && strchr("\"': \t\r\n", bytes.data[value]))
            value++;
        if (value < bytes.size && bytes.data[value] != '#')
            return true;
    }
    return false;
}
