#include "diff/compare.h"

/* How alike two names are. A wrong rename is worse than none, so names are alike only where one is
 * the other spelled in another way, or says more or less of the same: "min_price" and "max_price"
 * differ by two letters and mean different things. */

enum { WORDS_LIMIT = 16 };

typedef struct Words {
    Text items[WORDS_LIMIT];
    size_t count;
} Words;

static bool is_separator(char c) {
    return c == '_' || c == '-' || c == '.' || c == ' ' || c == '$' || c == '/';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Whether a word begins at `i`: "userId", "HTTPServer", "line2". */
static bool begins_word(Text name, size_t i) {
    char c = name.data[i], before = name.data[i - 1];
    bool hump = is_upper(c) && (!is_upper(before) ||
                                (i + 1 < name.size && !is_upper(name.data[i + 1]) &&
                                 !is_separator(name.data[i + 1]) && !is_digit(name.data[i + 1])));
    return is_separator(before) || hump || (is_digit(c) && !is_digit(before));
}

/* In lower case; what is beyond the limit stays in the last word. */
static Words words_of(Arena *arena, Text name) {
    Words words = {.count = 0};
    Text lower = text_lower(arena, name);
    size_t start = 0;
    for (size_t i = 0; i <= name.size; i++) {
        bool ends = i == name.size || is_separator(name.data[i]) ||
                    (i && words.count + 1 < WORDS_LIMIT && begins_word(name, i));
        if (!ends)
            continue;
        if (i > start && words.count < WORDS_LIMIT)
            words.items[words.count++] = text_slice(lower, start, i);
        start = i < name.size && is_separator(name.data[i]) ? i + 1 : i;
    }
    /* "X-" says that a header is no standard's, and tells none apart (RFC 6648). */
    if (words.count > 1 && text_is(words.items[0], "x")) {
        words.count--;
        memmove(words.items, words.items + 1, words.count * sizeof(Text));
    }
    return words;
}

static Text letters_of(Arena *arena, const Words *words) {
    Buffer letters = {.arena = arena};
    for (size_t i = 0; i < words->count; i++)
        buffer_add(&letters, words->items[i]);
    return buffer_text(&letters);
}

/* ---- one word -------------------------------------------------------------------------------- */

static bool is_plural(Text one, Text many) {
    if (!text_starts_with(many, one))
        return text_ends_with(one, TEXT("y")) && text_ends_with(many, TEXT("ies")) &&
               text_equal(text_slice(one, 0, one.size - 1), text_slice(many, 0, many.size - 3));
    Text rest = text_slice(many, one.size, many.size);
    return text_is(rest, "s") || text_is(rest, "es");
}

/* That one word begins another proves nothing ("user", "username"), so these are listed. */
static bool is_abbreviation(Text brief, Text full) {
    static const char *const known[][2] = {
        {"acct", "account"},       {"addr", "address"},
        {"amt", "amount"},         {"app", "application"},
        {"attr", "attribute"},     {"auth", "authorization"},
        {"avg", "average"},        {"cat", "category"},
        {"conf", "configuration"}, {"config", "configuration"},
        {"cnt", "count"},          {"curr", "currency"},
        {"cust", "customer"},      {"db", "database"},
        {"dept", "department"},    {"desc", "description"},
        {"dest", "destination"},   {"dir", "directory"},
        {"doc", "document"},       {"docs", "documents"},
        {"env", "environment"},    {"err", "error"},
        {"exp", "expiration"},     {"id", "identifier"},
        {"ids", "identifiers"},    {"img", "image"},
        {"info", "information"},   {"lang", "language"},
        {"lat", "latitude"},       {"lng", "longitude"},
        {"loc", "location"},       {"lon", "longitude"},
        {"max", "maximum"},        {"min", "minimum"},
        {"msg", "message"},        {"no", "number"},
        {"num", "number"},         {"org", "organisation"},
        {"org", "organization"},   {"param", "parameter"},
        {"params", "parameters"},  {"pkg", "package"},
        {"pos", "position"},       {"prev", "previous"},
        {"prod", "product"},       {"pwd", "password"},
        {"qty", "quantity"},       {"ref", "reference"},
        {"refs", "references"},    {"repo", "repository"},
        {"req", "request"},        {"res", "response"},
        {"resp", "response"},      {"seq", "sequence"},
        {"spec", "specification"}, {"src", "source"},
        {"svc", "service"},        {"tel", "telephone"},
        {"temp", "temperature"},   {"ts", "timestamp"},
        {"tx", "transaction"},     {"txn", "transaction"},
        {"usr", "user"},           {"val", "value"},
        {"ver", "version"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_is(brief, known[i][0]) && text_is(full, known[i][1]))
            return true;
    return false;
}

/* One letter of a long word was wrong, missing or one too many, but the first: "colour". Another
 * digit is another thing. */
static bool is_misspelt(Text a, Text b) {
    size_t shorter = a.size < b.size ? a.size : b.size;
    if (shorter < 5 || a.data[0] != b.data[0] || text_distance(a, b) > 1)
        return false;
    return !is_digit(a.data[a.size - 1]) && !is_digit(b.data[b.size - 1]);
}

static bool is_variant(Text a, Text b) {
    return is_plural(a, b) || is_plural(b, a) || is_abbreviation(a, b) || is_abbreviation(b, a) ||
           is_misspelt(a, b);
}

/* ---- two names ------------------------------------------------------------------------------- */

static bool has_word(const Words *words, Text word) {
    for (size_t i = 0; i < words->count; i++)
        if (text_equal(words->items[i], word))
            return true;
    return false;
}

/* The same words in their order, but for one that is a variant of the other's. */
static bool differ_by_variant(const Words *a, const Words *b) {
    size_t variants = 0;
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!text_equal(a->items[i], b->items[i])) {
            if (!is_variant(a->items[i], b->items[i]))
                return false;
            variants++;
        }
    return variants == 1;
}

/* Words of `few` that are all in `many`, which has one other, or half as many. */
static bool is_within(const Words *few, const Words *many) {
    for (size_t i = 0; i < few->count; i++)
        if (!has_word(many, few->items[i]))
            return false;
    size_t further = few->count > 3 ? few->count / 2 : 1;
    return few->count && many->count <= few->count + further;
}

/* Words that turn what they stand before into its contrary, or into another moment of it. */
static bool turns_meaning(const Words *few, const Words *many) {
    static const char *const turning[] = {
        "not",   "non", "no",    "old",  "new", "previous", "next", "min", "max",  "from", "to",
        "start", "end", "first", "last", "is",  "has",      "un",   "pre", "post", "total"};
    for (size_t i = 0; i < many->count; i++) {
        if (has_word(few, many->items[i]))
            continue;
        if (is_digit(many->items[i].data[0]))
            return true;
        for (size_t j = 0; j < sizeof turning / sizeof *turning; j++)
            if (text_is(many->items[i], turning[j]))
                return true;
    }
    return false;
}

unsigned name_likeness(Arena *arena, Text from, Text to) {
    Words a = words_of(arena, from), b = words_of(arena, to);
    Text letters = letters_of(arena, &a);
    if (!letters.size)
        return 0;
    if (text_equal(letters, letters_of(arena, &b)))
        return LIKENESS_SAME;
    if (differ_by_variant(&a, &b))
        return LIKENESS_VARIANT;
    const Words *few = a.count <= b.count ? &a : &b, *many = few == &a ? &b : &a;
    return is_within(few, many) && !turns_meaning(few, many) ? LIKENESS_WITHIN : 0;
}
