#include "graph/meet.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* A pattern from a pull request must not be able to keep the matcher busy for ever. */
enum { MATCH_LIMIT = 200000, DEPTH_LIMIT = 10000 };

/* PCRE2 with ALT_BSUX reads \u and \x as ECMA-262 does; MATCH_UNSET_BACKREF and DOLLAR_ENDONLY are
 * the other differences that patterns in descriptions meet. */
static pcre2_code *compile(Text pattern) {
    int error;
    PCRE2_SIZE offset;
    uint32_t options = PCRE2_UTF | PCRE2_ALT_BSUX | PCRE2_MATCH_UNSET_BACKREF |
                       PCRE2_DOLLAR_ENDONLY | PCRE2_NO_UTF_CHECK;
    return pcre2_compile((PCRE2_SPTR)pattern.data, pattern.size, options, &error, &offset, NULL);
}

static Acceptance run(const pcre2_code *code, Text subject) {
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    Acceptance acceptance = ACCEPTANCE_UNPROVEN;
    if (context && data) {
        pcre2_set_match_limit(context, MATCH_LIMIT);
        pcre2_set_depth_limit(context, DEPTH_LIMIT);
        PCRE2_SPTR text = (PCRE2_SPTR)(subject.data ? subject.data : "");
        int result = pcre2_match(code, text, subject.size, 0, PCRE2_NO_UTF_CHECK, data, context);
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
    pcre2_code *code = compile(pattern);
    if (!code)
        return ACCEPTANCE_UNPROVEN;
    Acceptance acceptance = run(code, subject);
    pcre2_code_free(code);
    return acceptance;
}
