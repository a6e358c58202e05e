#include "graph/pattern_match.h"

#include "graph/pattern_parse.h"
#include "support/map.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* A pattern that is a regular language is matched by its automaton, in time by the text's length.
 * What is left to PCRE2 goes back and forth, and all of a run's are held to these limits: the first
 * may take many steps each, those after them few. */
enum {
    AUTOMATON_WORK = 20000,
    AUTOMATA_WORK = 1000000,
    GENEROUS_MATCHES = 100,
    GENEROUS_LIMIT = 200000,
    STRICT_LIMIT = 2000,
    DEPTH_LIMIT = 10000
};

typedef struct Matcher {
    Arena *arena;     /* of the automaton */
    Regexes *regexes; /* NULL: PCRE2 has it */
    const Regex *texts;
    pcre2_code *code; /* NULL: not compiled, or it can't be */
    bool compiled;
} Matcher;

struct Matchers {
    Arena *arena;
    Map *by_pattern;
    size_t automata_work;
    size_t matches; /* by PCRE2 */
};

Matchers *matchers_new(Arena *arena) {
    Matchers *matchers = arena_new_object(arena, Matchers);
    matchers->arena = arena;
    matchers->by_pattern = map_new(arena);
    return matchers;
}

/* ---- PCRE2 ----------------------------------------------------------------------------------- */

/* ALT_BSUX reads \u and \x as ECMA-262 does; ALLOW_EMPTY_CLASS, MATCH_UNSET_BACKREF and
 * DOLLAR_ENDONLY are the other differences that patterns in descriptions meet. */
static pcre2_code *compile(Text pattern, int *error) {
    PCRE2_SIZE offset;
    uint32_t options = PCRE2_UTF | PCRE2_ALT_BSUX | PCRE2_ALLOW_EMPTY_CLASS |
                       PCRE2_MATCH_UNSET_BACKREF | PCRE2_DOLLAR_ENDONLY | PCRE2_NO_UTF_CHECK;
    return pcre2_compile((PCRE2_SPTR)pattern.data, pattern.size, options, error, &offset, NULL);
}

static Acceptance match(const pcre2_code *code, Text text, uint32_t limit) {
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    Acceptance acceptance = ACCEPTANCE_UNPROVEN;
    if (context && data) {
        pcre2_set_match_limit(context, limit);
        pcre2_set_depth_limit(context, DEPTH_LIMIT);
        PCRE2_SPTR subject = (PCRE2_SPTR)(text.data ? text.data : "");
        int result = pcre2_match(code, subject, text.size, 0, PCRE2_NO_UTF_CHECK, data, context);
        if (result >= 0)
            acceptance = ACCEPTED;
        else if (result == PCRE2_ERROR_NOMATCH)
            acceptance = REFUSED;
    }
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    return acceptance;
}

Acceptance pattern_accepts(Text pattern, Text subject) {
    int error;
    pcre2_code *code = compile(pattern, &error);
    if (!code)
        return ACCEPTANCE_UNPROVEN;
    Acceptance acceptance = match(code, subject, GENEROUS_LIMIT);
    pcre2_code_free(code);
    return acceptance;
}

/* What no dialect has; PCRE2 refuses more of what ECMA-262 allows. */
static bool is_refused_by_all(int error) {
    static const int errors[] = {PCRE2_ERROR_END_BACKSLASH, PCRE2_ERROR_MISSING_SQUARE_BRACKET,
                                 PCRE2_ERROR_QUANTIFIER_INVALID,
                                 PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS,
                                 PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i] == error)
            return true;
    return false;
}

Acceptance pattern_is_well_formed(Text pattern) {
    int error;
    pcre2_code *code = compile(pattern, &error);
    if (!code)
        return is_refused_by_all(error) ? REFUSED : ACCEPTANCE_UNPROVEN;
    pcre2_code_free(code);
    return ACCEPTED;
}

static void release(void *code) {
    pcre2_code_free(code);
}

static Acceptance match_by_pcre2(Matchers *matchers, Matcher *matcher, Text pattern, Text text) {
    if (!matcher->compiled) {
        matcher->compiled = true;
        int error;
        matcher->code = compile(pattern, &error);
        if (matcher->code)
            arena_on_free(matchers->arena, release, matcher->code);
    }
    if (!matcher->code)
        return ACCEPTANCE_UNPROVEN;
    bool generous = matchers->matches++ < GENEROUS_MATCHES;
    return match(matcher->code, text, generous ? GENEROUS_LIMIT : STRICT_LIMIT);
}

/* ---- automata -------------------------------------------------------------------------------- */

static Matcher *matcher_of(Matchers *matchers, Text pattern) {
    Matcher *matcher = map_get_text(matchers->by_pattern, pattern);
    if (matcher)
        return matcher;
    matcher = arena_new_object(matchers->arena, Matcher);
    pattern = text_copy(matchers->arena, pattern); /* who asks may be gone before the matchers */
    map_put_text(matchers->by_pattern, pattern, matcher);
    if (matchers->automata_work >= AUTOMATA_WORK)
        return matcher;
    matcher->arena = arena_scratch(matchers->arena);
    Regexes *regexes = regexes_new(matcher->arena, AUTOMATON_WORK);
    matcher->texts = pattern_texts(regexes, matcher->arena, pattern);
    matcher->regexes = matcher->texts ? regexes : NULL;
    matchers->automata_work += regexes_work(regexes);
    return matcher;
}

Acceptance matchers_accept(Matchers *matchers, Text pattern, Text text) {
    Matcher *matcher = matcher_of(matchers, pattern);
    if (!matcher->regexes)
        return match_by_pcre2(matchers, matcher, pattern, text);
    size_t before = regexes_work(matcher->regexes);
    bool found = regex_has_text(matcher->regexes, matcher->texts, text);
    matchers->automata_work += regexes_work(matcher->regexes) - before;
    if (!regexes_exhausted(matcher->regexes))
        return found ? ACCEPTED : REFUSED;
    matcher->regexes = NULL;
    arena_clear(matcher->arena);
    return match_by_pcre2(matchers, matcher, pattern, text);
}
