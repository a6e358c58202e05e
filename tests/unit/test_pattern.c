#include "graph/pattern.h"
#include "graph/pattern_parse.h"

#include "check.h"

/* ---- hand-made questions --------------------------------------------------------------------- */

static StringFacets matching(Arena *arena, const char *pattern) {
    StringFacets texts = {0};
    array_push(arena, &texts.patterns, text_from(pattern));
    return texts;
}

static bool shown(const char *a, const char *b, Inclusion actual, const char *expected) {
    static const char *const words[] = {"included", "not included", "unproven"};
    if (strcmp(words[actual], expected) == 0)
        return true;
    printf("%s in %s: %s, not %s\n", a, b, words[actual], expected);
    return false;
}

#define CHECK_INCLUSION(a, b, expected)                                                            \
    do {                                                                                           \
        StringFacets texts = matching(arena, (a));                                                 \
        CHECK(shown((a), (b), texts_match(patterns_new(arena), &texts, text_from(b), NULL),        \
                    (expected)));                                                                  \
    } while (0)

static void a_pattern_is_found_anywhere(Arena *arena) {
    CHECK_INCLUSION("abc", "b", "included");
    CHECK_INCLUSION("b", "abc", "not included");
    CHECK_INCLUSION("^abc$", "^a", "included");
    CHECK_INCLUSION("^a", "^abc$", "not included");
    CHECK_INCLUSION("a.c", "a", "included");
    CHECK_INCLUSION("", "a?", "included");
    CHECK_INCLUSION("a", "", "included");
}

static void anchors_stand_anywhere(Arena *arena) {
    CHECK_INCLUSION("^(a|b)$", "^a|b$", "included");
    CHECK_INCLUSION("^a|b$", "^(a|b)$", "not included");
    CHECK_INCLUSION("(^a|b$)", "a|b", "included");
    CHECK_INCLUSION("a^b", "x", "included"); /* matches nothing */
    CHECK_INCLUSION("a$b", "x", "included");
    CHECK_INCLUSION("^^a$$", "^a$", "included");
    CHECK_INCLUSION("^a$", "(?:^)(a)(?:$)", "included");
    CHECK_INCLUSION("(^|,)a(,|$)", "a", "included");
    CHECK_INCLUSION("^a(,a)*$", "(^|,)a(,|$)", "included");
    CHECK_INCLUSION("^$", "^a*$", "included");
    CHECK_INCLUSION("(?:^a)+", "^a", "included");
    CHECK_INCLUSION("^a", "(?:^a)*^a", "included");
    CHECK_INCLUSION("^a$", "(?:^|a){2}$", "included");
    CHECK_INCLUSION("(?:^a|b){2}c", "^abc|bbc", "included");
}

static void classes_are_sets(Arena *arena) {
    CHECK_INCLUSION("^[a-f]$", "^[a-z]$", "included");
    CHECK_INCLUSION("^[a-z]$", "^[a-f]$", "not included");
    CHECK_INCLUSION("^\\d$", "^[0-9]$", "included");
    CHECK_INCLUSION("^[0-9]$", "^\\d$", "included");
    CHECK_INCLUSION("^\\w+$", "^[A-Za-z0-9_]+$", "included");
    CHECK_INCLUSION("^[A-Za-z0-9_]+$", "^\\w+$", "included");
    CHECK_INCLUSION("^[^a]$", "^.$", "not included"); /* a line end */
    CHECK_INCLUSION("^.$", "^[^\\n]$", "included");
    CHECK_INCLUSION("^[^\\n]$", "^.$", "not included"); /* a carriage return */
    CHECK_INCLUSION("^[^\\W\\d_]+$", "^[a-zA-Z]+$", "included");
    CHECK_INCLUSION("^[a-zA-Z]+$", "^[^\\W\\d_]+$", "included");
    CHECK_INCLUSION("^[\\u0041-\\u005a]$", "^[A-Z]$", "included");
    CHECK_INCLUSION("^\\x41$", "^A$", "included");
    CHECK_INCLUSION("^\xC3\xA4$", "^\\u00e4$", "included");
    CHECK_INCLUSION("^\\uD83D\\uDE00$", "^\\u{1F600}$", "included");
    CHECK_INCLUSION("^[]$", "^a$", "included");
    CHECK_INCLUSION("^a$", "^[^]$", "included");
    CHECK_INCLUSION("^[\\d-]$", "^[0-9\\-]$", "included");
    CHECK_INCLUSION("^[\\s]$",
                    "^[\\u00a0\\t\\n\\v\\f\\r \\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f"
                    "\\u205f\\u3000\\ufeff]$",
                    "included");
}

static void quantifiers_count(Arena *arena) {
    CHECK_INCLUSION("^a{2,3}$", "^a{1,5}$", "included");
    CHECK_INCLUSION("^a{1,5}$", "^a{2,3}$", "not included");
    CHECK_INCLUSION("^(aa)*$", "^a*$", "included");
    CHECK_INCLUSION("^a*$", "^(aa)*$", "not included");
    CHECK_INCLUSION("^a+?$", "^aa*$", "included");
    CHECK_INCLUSION("^(a?){3}$", "^a{0,3}$", "included");
    CHECK_INCLUSION("^a{0,3}$", "^(a?){3}$", "included");
    CHECK_INCLUSION("^.*a.{0,200}$", "a", "included");
    CHECK_INCLUSION("^x{$", "^x\\{$", "included");
    CHECK_INCLUSION("^(a|ab)(c|bcd)$", "^(ac|abc|abcd|abbcd)$", "included");
    CHECK_INCLUSION("^[0-9]{1,2000}$", "^[0-9a-f]{1,2000}$", "included");
}

static void lookahead_is_a_meeting(Arena *arena) {
    CHECK_INCLUSION("^(?=.*[A-Z])(?=.*\\d).{8,}$", "\\d", "included");
    CHECK_INCLUSION("^(?=.*[A-Z])(?=.*\\d).{8,}$", "[a-z]", "not included");
    CHECK_INCLUSION("^(?!admin$)[a-z]+$", "^[a-z]+$", "included");
    CHECK_INCLUSION("^[a-z]+$", "^(?!admin$)[a-z]+$", "not included");
    CHECK_INCLUSION("^(?!.*--)[a-z-]+$", "^[a-z]+(-[a-z]*)*-?$|^-", "included");
}

static void what_is_not_regular_is_not_decided(Arena *arena) {
    static const char *const patterns[] = {"^(a)\\1$",  "^(?<x>a)\\k<x>$",
                                           "(?<=a)b",   "(?<!a)b",
                                           "\\bb",      "^\\p{L}+$",
                                           "\\Ab",      "(?i)b",
                                           "^b++$",     "^[[:alpha:]b]$",
                                           "^(?>b)$",   "b{3,2}",
                                           "^b*+",      "(?:^b){20}",
                                           "((?=b)b)+", "b{70000}",
                                           "\\cA",      "[z-a]",
                                           "(b",        "b)",
                                           "[b",        "*b",
                                           "^*b",       "b**",
                                           "[\\d-z]",   "\\07",
                                           "b{,3}",     "\\u12"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        Regexes *regexes = regexes_new(arena_scratch(arena), 10000);
        if (pattern_parse(regexes, arena, text_from(patterns[i])))
            printf("parsed: %s\n", patterns[i]);
        CHECK(!pattern_parse(regexes, arena, text_from(patterns[i])));
    }
    CHECK_INCLUSION("^(a|b)\\1$", "^[ab]+$", "unproven");
    CHECK_INCLUSION("^[ab]+$", "^(a|b)\\1$", "not included"); /* its shortest text is none */
}

static void a_witness_is_the_shortest_text_outside(Arena *arena) {
    Patterns *patterns = patterns_new(arena);
    StringFacets texts = matching(arena, "^[a-z0-9]{2,5}$");
    Text witness;
    CHECK(texts_match(patterns, &texts, TEXT("^[a-z]+$"), &witness) == NOT_INCLUDED);
    CHECK_TEXT(witness, "a0");
    CHECK(texts_match(patterns, &texts, TEXT("^[a-z]+$"), &witness) == NOT_INCLUDED);
    CHECK_TEXT(witness, "a0"); /* remembered */
    CHECK(texts_within(patterns, &texts, (Bound){TEXT("3")}, (Bound){{0}}, &witness) ==
          NOT_INCLUDED);
    CHECK_TEXT(witness, "aa");
}

static void lengths_and_patterns_meet(Arena *arena) {
    Patterns *patterns = patterns_new(arena);
    StringFacets texts = matching(arena, "^[a-z]{1,5}$");
    CHECK(texts_within(patterns, &texts, (Bound){TEXT("1")}, (Bound){TEXT("5")}, NULL) == INCLUDED);
    CHECK(texts_within(patterns, &texts, (Bound){TEXT("1")}, (Bound){TEXT("4")}, NULL) ==
          NOT_INCLUDED);
    StringFacets plus = matching(arena, "^[a-z]+$");
    plus.max_length = (Bound){TEXT("5")};
    CHECK(texts_match(patterns, &plus, TEXT("^[a-z]{1,5}$"), NULL) == INCLUDED);
    CHECK(texts_match(patterns, &plus, TEXT("^[a-z]{1,4}$"), NULL) == NOT_INCLUDED);
    StringFacets many = matching(arena, "^[a-z]+$");
    array_push(arena, &many.patterns, TEXT("^.{3}$"));
    CHECK(texts_match(patterns, &many, TEXT("^[a-z]{3}$"), NULL) == INCLUDED);
    CHECK(!texts_are_none(patterns, &many));
    array_push(arena, &many.patterns, TEXT("\\d"));
    CHECK(texts_are_none(patterns, &many));
    StringFacets a = matching(arena, "^a"), b = matching(arena, "^b"), c = matching(arena, "c$");
    CHECK(texts_are_apart(patterns, &a, &b));
    CHECK(!texts_are_apart(patterns, &a, &c));
}

/* ---- against PCRE2 --------------------------------------------------------------------------- */

/* Patterns made at random of what both read alike, over a small alphabet. */
typedef struct Maker {
    uint64_t state;
    Buffer out;
} Maker;

static unsigned roll(Maker *maker, unsigned sides) {
    maker->state = maker->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(maker->state >> 33) % sides;
}

static void make_alternatives(Maker *maker, int depth);

static void make_atom(Maker *maker, int depth) {
    static const char *const atoms[] = {"a",     "b",       "0",     "-",     ".",      "\\d",
                                        "\\w",   "[ab]",    "[^a]",  "[a-c]", "\\W",    "[^\\d-]",
                                        "[\\w]", "\\u0061", "\\x62", "\\D",   "[0-9b]", "\\-"};
    unsigned kind = roll(maker, depth > 0 ? 5 : 3);
    if (kind < 3) {
        buffer_add(&maker->out, text_from(atoms[roll(maker, sizeof atoms / sizeof *atoms)]));
        return;
    }
    buffer_add(&maker->out, roll(maker, 2) ? TEXT("(?:") : TEXT("("));
    make_alternatives(maker, depth - 1);
    buffer_add(&maker->out, TEXT(")"));
}

static void make_sequence(Maker *maker, int depth) {
    static const char *const quantifiers[] = {"*", "+", "?", "{2}", "{1,2}", "{0,3}", "+?", "{2,}"};
    if (!roll(maker, 3))
        buffer_add(&maker->out, TEXT("^"));
    for (unsigned left = roll(maker, 4); left; left--) {
        if (!roll(maker, 40))
            buffer_add(&maker->out, roll(maker, 2) ? TEXT("(?=") : TEXT("(?!"));
        else {
            make_atom(maker, depth);
            if (!roll(maker, 2))
                buffer_add(
                    &maker->out,
                    text_from(quantifiers[roll(maker, sizeof quantifiers / sizeof *quantifiers)]));
            continue;
        }
        make_alternatives(maker, depth - 1);
        buffer_add(&maker->out, TEXT(")"));
    }
    if (!roll(maker, 3))
        buffer_add(&maker->out, TEXT("$"));
}

static void make_alternatives(Maker *maker, int depth) {
    make_sequence(maker, depth);
    while (!roll(maker, 3)) {
        buffer_add(&maker->out, TEXT("|"));
        make_sequence(maker, depth);
    }
}

/* The number'th text over the alphabet, shortest first. */
static Text sample(unsigned number, char *bytes) {
    static const char alphabet[] = "a0b-c\n";
    size_t size = 0;
    for (; number; number = (number - 1) / (sizeof alphabet - 1))
        bytes[size++] = alphabet[(number - 1) % (sizeof alphabet - 1)];
    return (Text){bytes, size};
}

enum { FUZZ_PAIRS = 1500, FUZZ_TEXTS = 300 };

typedef struct Tally {
    unsigned included, outside, unproven, faults;
} Tally;

static void check_pair(Arena *arena, Text a, Text b, Tally *tally) {
    Text witness = {0};
    StringFacets texts = {0};
    array_push(arena, &texts.patterns, a);
    Inclusion inclusion = texts_match(patterns_new(arena), &texts, b, &witness);
    bool fault = false;
    char bytes[16];
    if (inclusion == NOT_INCLUDED)
        fault = pattern_accepts(a, witness) == REFUSED || pattern_accepts(b, witness) == ACCEPTED;
    for (unsigned i = 0; inclusion == INCLUDED && !fault && i < FUZZ_TEXTS; i++) {
        witness = sample(i, bytes);
        fault = pattern_accepts(a, witness) == ACCEPTED && pattern_accepts(b, witness) == REFUSED;
    }
    if (fault)
        printf("%.*s in %.*s: said %d, text \"%.*s\"\n", TEXT_ARG(a), TEXT_ARG(b), inclusion,
               TEXT_ARG(witness));
    tally->faults += fault;
    tally->included += inclusion == INCLUDED;
    tally->outside += inclusion == NOT_INCLUDED;
    tally->unproven += inclusion == INCLUSION_UNPROVEN;
}

static Text make_pattern(Maker *maker, Arena *arena) {
    maker->out = (Buffer){.arena = arena};
    make_alternatives(maker, 2);
    return text_copy(arena, buffer_text(&maker->out));
}

/* PATTERN_PAIRS and PATTERN_SEED make it a longer search. */
static void answers_agree_with_pcre2(Arena *arena) {
    (void)arena;
    const char *pairs = getenv("PATTERN_PAIRS"), *seed = getenv("PATTERN_SEED");
    Maker maker = {.state = seed ? strtoull(seed, NULL, 10) : 1};
    Tally tally = {0};
    for (unsigned i = pairs ? (unsigned)atoi(pairs) : FUZZ_PAIRS; i; i--) {
        Arena *once = arena_new(&check_escape);
        Text a = make_pattern(&maker, once), b = make_pattern(&maker, once);
        check_pair(once, a, b, &tally);
        Text wider = text_format(once, "%.*s|%.*s", TEXT_ARG(a), TEXT_ARG(b));
        check_pair(once, a, wider, &tally);
        arena_free(once);
    }
    printf("%u included, %u outside, %u unproven\n", tally.included, tally.outside, tally.unproven);
    CHECK(tally.faults == 0);
    CHECK(tally.unproven * 10 < tally.included + tally.outside);
}

int main(void) {
    RUN(a_pattern_is_found_anywhere);
    RUN(anchors_stand_anywhere);
    RUN(classes_are_sets);
    RUN(quantifiers_count);
    RUN(lookahead_is_a_meeting);
    RUN(what_is_not_regular_is_not_decided);
    RUN(a_witness_is_the_shortest_text_outside);
    RUN(lengths_and_patterns_meet);
    RUN(answers_agree_with_pcre2);
    return check_finish();
}
