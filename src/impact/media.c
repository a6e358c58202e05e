#include "impact/holding.h"
#include "impact/uri.h"

/* A media type in its parts, blanks apart: RFC 9110 section 8.3.1, suffixes RFC 6839. */
typedef struct MediaParts {
    Text type, subtype, suffix, parameters;
} MediaParts;

static MediaParts media_parts(Text name) {
    size_t semicolon = text_find_byte(name, ';', 0);
    MediaParts parts = {0};
    if (semicolon != SIZE_MAX)
        parts.parameters = text_trim(text_slice(name, semicolon + 1, name.size));
    name = text_trim(text_slice(name, 0, semicolon));
    size_t slash = text_find_byte(name, '/', 0);
    parts.type = text_slice(name, 0, slash);
    if (slash == SIZE_MAX)
        return parts;
    parts.subtype = text_slice(name, slash + 1, name.size);
    parts.suffix = parts.subtype;
    for (size_t plus; (plus = text_find_byte(parts.suffix, '+', 0)) != SIZE_MAX;)
        parts.suffix = text_slice(parts.suffix, plus + 1, parts.suffix.size);
    return parts;
}

enum { FIT_NONE, FIT_SUFFIX, FIT_ANY, FIT_TYPE, FIT_TYPE_SUFFIX, FIT_NAME, FIT_PARAMETERS };

unsigned media_type_fit(Text declared, Text actual) {
    MediaParts ours = media_parts(declared), theirs = media_parts(actual);
    if (text_equal_ignoring_case(ours.type, theirs.type) &&
        text_equal_ignoring_case(ours.subtype, theirs.subtype)) {
        bool same = text_equal_ignoring_case(ours.parameters, theirs.parameters);
        return same ? FIT_PARAMETERS : FIT_NAME;
    }
    if (text_is(ours.type, "*"))
        return FIT_ANY;
    if (text_equal_ignoring_case(ours.type, theirs.type)) {
        if (text_is(ours.subtype, "*"))
            return FIT_TYPE;
        if (text_starts_with(ours.subtype, TEXT("*+")) &&
            text_equal_ignoring_case(ours.suffix, theirs.suffix))
            return FIT_TYPE_SUFFIX;
    }
    return media_type_is_json(declared) && media_type_is_json(actual) ? FIT_SUFFIX : FIT_NONE;
}

bool media_type_is_json(Text name) {
    MediaParts parts = media_parts(name);
    return text_equal_ignoring_case(parts.suffix, TEXT("json"));
}

/* ---- Accept ---------------------------------------------------------------------------------- */

/* `0.5` is 500 thousandths (RFC 9110 section 12.4.2). */
static unsigned thousandths(Text weight) {
    unsigned value = 0, scale = 1000;
    for (size_t i = 0; i < weight.size; i++) {
        char c = weight.data[i];
        if (c >= '0' && c <= '9' && scale) {
            value += (unsigned)(c - '0') * scale;
            scale /= 10;
        }
    }
    return value;
}

/* Takes the weight off a media range. */
static unsigned take_weight(Text *range) {
    for (size_t at = text_find_byte(*range, ';', 0); at != SIZE_MAX;
         at = text_find_byte(*range, ';', at + 1)) {
        Text parameter = text_trim(text_slice(*range, at + 1, range->size));
        if (!text_starts_with(parameter, TEXT("q=")) && !text_starts_with(parameter, TEXT("Q=")))
            continue;
        Text weight = text_slice(parameter, 2, text_find_byte(parameter, ';', 2));
        *range = text_slice(*range, 0, at);
        return thousandths(weight);
    }
    return 1000;
}

unsigned accept_rank(Text accept, Text declared) {
    enum { FITS = 8 };
    unsigned found = 0, best = FIT_NONE;
    for (size_t from = 0; from <= accept.size;) {
        size_t end = text_find_byte(accept, ',', from);
        Text range = text_trim(text_slice(accept, from, end));
        from = end == SIZE_MAX ? accept.size + 1 : end + 1;
        unsigned weight = take_weight(&range);
        unsigned fit = media_type_fit(text_trim(range), declared);
        if (fit == FIT_NONE && media_type_fit(declared, range))
            fit = FIT_ANY; /* the description names a range itself */
        if (fit > best) {
            best = fit;
            found = weight;
        }
    }
    return found ? found * FITS + best : 0;
}

/* Of those that fit alike the first by name: their order in a description means nothing. */
static bool is_chosen_before(const MediaType *chosen, const MediaType *other) {
    return chosen && text_compare(chosen->name, other->name) <= 0;
}

ChosenMediaType choose_media_type(const MediaType *items, size_t count, Text actual) {
    ChosenMediaType chosen = {0};
    unsigned best = FIT_NONE;
    for (size_t i = 0; i < count; i++) {
        bool json = media_type_is_json(items[i].name);
        unsigned fit =
            actual.size ? media_type_fit(items[i].name, actual) : (json ? FIT_NAME : FIT_ANY);
        if (!fit || fit < best || (fit == best && is_chosen_before(chosen.media_type, &items[i])))
            continue;
        best = fit;
        chosen.media_type = &items[i];
    }
    chosen.by_suffix = best == FIT_SUFFIX;
    return chosen;
}

/* ---- Fields ---------------------------------------------------------------------------------- */

/* RFC 9110, 9111, 9112; RFC 6265; RFC 6797; RFC 7239; RFC 7240; Fetch; W3C Trace Context. */
static const char *const standard_fields[] = {
    "Accept",
    "Accept-Charset",
    "Accept-Datetime",
    "Accept-Encoding",
    "Accept-Language",
    "Accept-Patch",
    "Accept-Post",
    "Accept-Ranges",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Access-Control-Request-Headers",
    "Access-Control-Request-Method",
    "Age",
    "Allow",
    "Authentication-Info",
    "Authorization",
    "Cache-Control",
    "Connection",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Location",
    "Content-MD5",
    "Content-Range",
    "Content-Security-Policy",
    "Content-Type",
    "Cookie",
    "Date",
    "DNT",
    "ETag",
    "Expect",
    "Expires",
    "Forwarded",
    "From",
    "Host",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Keep-Alive",
    "Last-Modified",
    "Link",
    "Location",
    "Max-Forwards",
    "Origin",
    "Pragma",
    "Prefer",
    "Preference-Applied",
    "Proxy-Authenticate",
    "Proxy-Authorization",
    "Range",
    "Referer",
    "Retry-After",
    "Server",
    "Set-Cookie",
    "Strict-Transport-Security",
    "TE",
    "traceparent",
    "tracestate",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "User-Agent",
    "Vary",
    "Via",
    "Warning",
    "WWW-Authenticate",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Requested-With",
};

bool is_standard_field(Text name) {
    for (size_t i = 0; i < sizeof standard_fields / sizeof *standard_fields; i++)
        if (text_equal_ignoring_case(name, text_from(standard_fields[i])))
            return true;
    return false;
}

const ExpectedField *sent_header(const Interaction *interaction, Text name) {
    for (size_t i = 0; i < interaction->request_headers.count; i++)
        if (text_equal_ignoring_case(interaction->request_headers.items[i].name, name))
            return &interaction->request_headers.items[i];
    return NULL;
}

/* ---- Statuses -------------------------------------------------------------------------------- */

static unsigned status_number(Text status) {
    unsigned number = 0;
    for (size_t i = 0; i < status.size && i < 4; i++) {
        if (status.data[i] < '0' || status.data[i] > '9')
            return 0;
        number = number * 10 + (unsigned)(status.data[i] - '0');
    }
    return number;
}

static bool is_range_of(Text declared, unsigned status) {
    return declared.size == 3 && text_equal_ignoring_case(text_slice(declared, 1, 3), TEXT("XX")) &&
           (unsigned)(declared.data[0] - '0') == status / 100;
}

static bool is_expected(const Interaction *interaction, unsigned status) {
    for (size_t i = 0; i < interaction->statuses.count; i++)
        if (status_number(interaction->statuses.items[i]) == status)
            return true;
    return !interaction->statuses.count && status >= status_number(interaction->status_low) &&
           status <= status_number(interaction->status_high);
}

/* Beside a declared success `default` tells of what goes wrong. */
static bool default_answers(const Operation *operation, const Interaction *interaction,
                            unsigned status) {
    unsigned lowest = status_number(interaction->status_low);
    bool succeeds = false;
    for (size_t i = 0; i < operation->responses.count; i++)
        succeeds |= operation->responses.items[i].status.data[0] == '2';
    return !succeeds || lowest >= 300 || status >= 400;
}

static const Response *response_of(const Operation *operation, const Interaction *interaction,
                                   unsigned status) {
    const Response *range = NULL, *rest = NULL;
    for (size_t i = 0; i < operation->responses.count; i++) {
        const Response *response = &operation->responses.items[i];
        if (status_number(response->status) == status)
            return response;
        if (!range && is_range_of(response->status, status))
            range = response;
        if (text_is(response->status, "default"))
            rest = response;
    }
    if (range || !rest)
        return range;
    return default_answers(operation, interaction, status) ? rest : NULL;
}

static bool answers_any(const Operation *operation, const Interaction *interaction,
                        const Response *response) {
    enum { LEAST = 100, END = 600 };
    bool one = text_equal(interaction->status_low, interaction->status_high);
    unsigned only =
        !interaction->statuses.count && one ? status_number(interaction->status_low) : 0;
    if (only)
        return response_of(operation, interaction, only) == response;
    for (unsigned status = LEAST; status < END; status++)
        if (is_expected(interaction, status) &&
            response_of(operation, interaction, status) == response)
            return true;
    return false;
}

void find_responses(Arena *run, const Operation *operation, const Interaction *interaction,
                    Responses *responses) {
    for (size_t i = 0; i < operation->responses.count; i++)
        if (answers_any(operation, interaction, &operation->responses.items[i]))
            array_push(run, responses, &operation->responses.items[i]);
}

bool declares_default(const Operation *operation) {
    for (size_t i = 0; i < operation->responses.count; i++)
        if (text_is(operation->responses.items[i].status, "default"))
            return true;
    return false;
}

bool expects_refusal(const Interaction *interaction) {
    return status_number(interaction->status_low) >= 400;
}
