#include "source/http_url.h"

#include <curl/curl.h>

/* libcurl's parsed URL and a part of it, in the arena's care. */
typedef struct Parsed {
    CURLU *url;
    char *part;
} Parsed;

static void release(void *resource) {
    Parsed *parsed = resource;
    curl_free(parsed->part);
    curl_url_cleanup(parsed->url);
    *parsed = (Parsed){0};
}

/* NULL: no URL of http or https. */
static Parsed *parse(Arena *arena, Text text) {
    Parsed *parsed = arena_new_object(arena, Parsed);
    arena_on_free(arena, release, parsed);
    if (!http_is_url(text) || memchr(text.data, '\0', text.size))
        return NULL;
    parsed->url = curl_url();
    if (!parsed->url)
        arena_exhausted(arena);
    CURLUcode code = curl_url_set(parsed->url, CURLUPART_URL, text_copy(arena, text).data, 0);
    if (code == CURLUE_OUT_OF_MEMORY)
        arena_exhausted(arena);
    return code == CURLUE_OK ? parsed : NULL;
}

static Text part_of(Arena *arena, Parsed *parsed, CURLUPart part) {
    curl_free(parsed->part);
    parsed->part = NULL;
    CURLUcode code = curl_url_get(parsed->url, part, &parsed->part, CURLU_DEFAULT_PORT);
    if (code == CURLUE_OUT_OF_MEMORY)
        arena_exhausted(arena);
    return code == CURLUE_OK ? text_copy(arena, text_from(parsed->part)) : (Text){0};
}

bool http_is_url(Text url) {
    size_t scheme = text_find_byte(url, ':', 0);
    if (scheme == SIZE_MAX || !text_starts_with(text_slice(url, scheme, url.size), TEXT("://")))
        return false;
    Text name = text_slice(url, 0, scheme);
    return text_equal_ignoring_case(name, TEXT("http")) ||
           text_equal_ignoring_case(name, TEXT("https"));
}

bool http_same_origin(Arena *arena, Text a, Text b) {
    static const CURLUPart parts[] = {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT};
    Parsed *one = parse(arena, a), *other = parse(arena, b);
    bool same = one && other;
    for (size_t i = 0; same && i < sizeof parts / sizeof *parts; i++)
        same = text_equal_ignoring_case(part_of(arena, one, parts[i]),
                                        part_of(arena, other, parts[i]));
    return same;
}

/* A part that is taken out of the URL; empty where there is none. */
static Text take_part(Arena *arena, Parsed *parsed, CURLUPart part) {
    Text taken = {0};
    CURLUcode code = curl_url_get(parsed->url, part, &parsed->part, CURLU_URLDECODE);
    if (code == CURLUE_OK) {
        taken = text_copy(arena, text_from(parsed->part));
        code = curl_url_set(parsed->url, part, NULL, 0);
    }
    if (code == CURLUE_OUT_OF_MEMORY)
        arena_exhausted(arena);
    curl_free(parsed->part);
    parsed->part = NULL;
    return taken;
}

void http_take_credentials(Arena *arena, Text *url, Text *username, Text *password) {
    Parsed *parsed = parse(arena, *url);
    *username = *password = (Text){0};
    if (!parsed)
        return;
    *username = take_part(arena, parsed, CURLUPART_USER);
    *password = take_part(arena, parsed, CURLUPART_PASSWORD);
    if (!username->size && !password->size)
        return;
    CURLUcode code = curl_url_get(parsed->url, CURLUPART_URL, &parsed->part, 0);
    if (code == CURLUE_OUT_OF_MEMORY)
        arena_exhausted(arena);
    *url = text_copy(arena, text_from(parsed->part));
}

Text http_resolve(Arena *arena, Text base, Text reference) {
    Parsed *parsed = parse(arena, base);
    if (!parsed || !reference.size || memchr(reference.data, '\0', reference.size))
        return (Text){0};
    CURLUcode code = curl_url_set(parsed->url, CURLUPART_URL, text_copy(arena, reference).data, 0);
    if (code == CURLUE_OUT_OF_MEMORY)
        arena_exhausted(arena);
    if (code != CURLUE_OK)
        return (Text){0};
    parsed->part = NULL;
    char *whole = NULL;
    if (curl_url_get(parsed->url, CURLUPART_URL, &whole, 0) != CURLUE_OK)
        return (Text){0};
    parsed->part = whole;
    Text resolved = text_copy(arena, text_from(whole));
    return http_is_url(resolved) ? resolved : (Text){0};
}

void http_encode(Buffer *out, Text segment) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < segment.size; i++) {
        unsigned char c = (unsigned char)segment.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            buffer_add_byte(out, (char)c);
            continue;
        }
        buffer_add_byte(out, '%');
        buffer_add_byte(out, digits[c >> 4]);
        buffer_add_byte(out, digits[c & 15]);
    }
}
