#include "impact/holding.h"

#include "graph/pattern.h"

/* A rule on a request's Content-Type or Accept lets the consumer send more than its example, which
 * chose the media type. Many a rule ends in `.*` for the sake of parameters, so what goes on behind
 * a declared name is taken for one of its. */

static void add_letter(Buffer *pattern, char c) {
    bool small = c >= 'a' && c <= 'z', letter = small || (c >= 'A' && c <= 'Z');
    bool digit = c >= '0' && c <= '9';
    if (letter)
        buffer_format(pattern, "[%c%c]", small ? c : c + 'a' - 'A', small ? c - 'a' + 'A' : c);
    else if (c == '*')
        buffer_add(pattern, TEXT("[^/;,]*"));
    else
        buffer_format(pattern, digit ? "%c" : "\\%c", c);
}

static void add_name(Buffer *pattern, Text name) {
    name = text_trim(text_slice(name, 0, text_find_byte(name, ';', 0)));
    buffer_add(pattern, pattern->size ? TEXT("|") : TEXT(""));
    for (size_t i = 0; i < name.size; i++)
        add_letter(pattern, name.data[i]);
}

void add_media_types(Buffer *pattern, const MediaType *items, size_t count) {
    for (size_t i = 0; i < count; i++)
        add_name(pattern, items[i].name);
}

void add_media_ranges(Buffer *pattern, const MediaType *items, size_t count) {
    add_media_types(pattern, items, count);
    for (size_t i = 0; i < count; i++) {
        Text name = items[i].name;
        add_name(pattern, text_slice(name, 0, text_find_byte(name, '/', 0)));
        buffer_add(pattern, TEXT("/\\*"));
    }
    if (count)
        buffer_add(pattern, TEXT("|\\*/\\*"));
}

bool rule_goes_beyond(Holding *holding, const ExpectedField *header, Text pattern, Text *witness) {
    if (!header || !header->type)
        return false;
    const Canonical *canonical = meet_canonical(canonicals_meet(holding->canonicals, header->type));
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind != ALTERNATIVE_STRING || alternative->values ||
            !alternative->string.patterns.count)
            continue;
        StringFacets texts = alternative->string;
        texts.patterns.capacity = texts.patterns.count; /* the alternative's own stay as they are */
        array_push(holding->run, &texts.patterns, TEXT("^[A-Za-z*]+/[A-Za-z*]"));
        if (texts_match(texts.known, &texts, pattern, witness) == NOT_INCLUDED)
            return true;
    }
    return false;
}
