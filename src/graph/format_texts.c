#include "graph/format_texts.h"

#include "graph/formats.h"
#include "graph/pattern_match.h"

#include "support/day.h"
#include "support/decimal.h"

/* Each format is the grammar of its standard as a pattern, beside it a wider one where readers in
 * wide use take more than the standard has. What no pattern says is asked in format_accepts. */

typedef struct Grammar {
    const char *format;
    const char *texts; /* of the standard */
    const char *wide;  /* of its readers, all of `texts` among them; NULL: no more */
} Grammar;

#define INTEGER "^[+-]?[0-9]+$"

/* RFC 3339 section 5.6. The letters may be small, and a space may separate the two. */
#define DATE   "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
#define CLOCK  "(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?"
#define OFFSET "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
/* ISO 8601 has offsets without a colon and without minutes; that one must stand is often forgotten.
 */
#define ANY_OFFSET "(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?"

/* RFC 3339 appendix A; ISO 8601 has signs, fractions, and leaves out what is none. */
#define DAYS     "(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)"
#define HOURS    "T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
#define ONE(of)  "[+-]?[0-9]+(?:[.,][0-9]+)?" of
#define SOME(of) "(?:" ONE(of) ")?"
#define ANY_DAYS                                                                                   \
    "(?:" ONE("Y") SOME("M") SOME("W") SOME("D") "|" ONE("M") SOME("W") SOME("D") "|" ONE("W")     \
        SOME("D") "|" ONE("D") ")"
#define ANY_HOURS "T(?:" ONE("H") SOME("M") SOME("S") "|" ONE("M") SOME("S") "|" ONE("S") ")"

/* RFC 1123 section 2.1 and RFC 1035 section 2.3.1. */
#define LABEL  "[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?"
#define DOMAIN LABEL "(?:\\." LABEL ")*"

/* RFC 5321 section 4.1.2. */
#define ATOM      "[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+"
#define QUOTED    "\"(?:[ !#-[\\]-~]|\\\\[ -~])*\""
#define SUBDOMAIN "[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?"
#define MAILBOX                                                                                    \
    "(?:" ATOM "(?:\\." ATOM ")*|" QUOTED ")@(?:" SUBDOMAIN "(?:\\." SUBDOMAIN ")*"                \
    "|\\[[0-9A-Za-z.:-]+\\])"

/* RFC 2673 section 3.2 and RFC 4291 section 2.2: octets may not begin with a 0 that means eight. */
#define OCTET  "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
#define IPV4   OCTET "\\." OCTET "\\." OCTET "\\." OCTET
#define PADDED "(?:" OCTET "|0[0-9]{1,2})"
#define OCTETS PADDED "\\." PADDED "\\." PADDED "\\." PADDED
#define H16    "[0-9A-Fa-f]{1,4}"
#define LS32   "(?:" H16 ":" H16 "|" IPV4 ")"
#define IPV6                                                                                       \
    "(?:(?:" H16 ":){6}" LS32 "|::(?:" H16 ":){5}" LS32 "|(?:" H16 ")?::(?:" H16 ":){4}" LS32      \
    "|(?:(?:" H16 ":){0,1}" H16 ")?::(?:" H16 ":){3}" LS32 "|(?:(?:" H16 ":){0,2}" H16             \
    ")?::(?:" H16 ":){2}" LS32 "|(?:(?:" H16 ":){0,3}" H16 ")?::" H16 ":" LS32 "|(?:(?:" H16       \
    ":){0,4}" H16 ")?::" LS32 "|(?:(?:" H16 ":){0,5}" H16 ")?::" H16 "|(?:(?:" H16 ":){0,6}" H16   \
    ")?::)"

/* RFC 3986 appendix A and RFC 3987: brackets stand in an authority alone, which many forget. */
#define SCHEME   "[A-Za-z][0-9A-Za-z+.-]*:"
#define URI_PART "(?:[0-9A-Za-z._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
#define URI_REST                                                                                   \
    "(?://(?:[0-9A-Za-z._~!$&'()*+,;=:%-]*@)?\\[[0-9A-Za-z.:]+\\](?![^:/?#]))?" URI_PART           \
    "(?:#" URI_PART ")?"
#define IRI_REST  "[^\\u0000-\\u0020<>\"\\\\^`{|}]*"
#define NO_SCHEME "(?![^/?#]*:)"

/* RFC 6570 section 2. */
#define VARIABLE                                                                                   \
    "(?:[0-9A-Za-z_]|%[0-9A-Fa-f]{2})(?:\\.?(?:[0-9A-Za-z_]|%[0-9A-Fa-f]{2}))*"                    \
    "(?::[1-9][0-9]{0,3}|\\*)?"
#define TEMPLATE                                                                                   \
    "(?:[^\\u0000-\\u0020\"%<>\\\\^`{|}]|%[0-9A-Fa-f]{2}|\\{[+#./;?&=,!@|]?" VARIABLE              \
    "(?:," VARIABLE ")*\\})*"

/* RFC 6901 section 3. */
#define POINTER "(?:/(?:[^~/]|~[01])*)*"

/* RFC 4648 sections 4 and 5; MIME (RFC 2045 section 6.8) breaks lines. */
#define BASE64        "[0-9A-Za-z+/]"
#define BROKEN_BASE64 "[0-9A-Za-z+/][\\r\\n]*"
#define BASE64_URL    "[0-9A-Za-z_-]"

/* RFC 9110 section 5.6.7. */
#define MONTH     "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
#define DAY_NAME  "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
#define LONG_NAME "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
#define SECONDS   "[0-2][0-9]:[0-5][0-9]:[0-6][0-9]"

/* RFC 9110 section 5.6.2 and 12.5.1. */
#define TOKEN  "[0-9A-Za-z!#$%&'*+.^_`|~-]+"
#define SPACES "[ \\t]*"

/* clang-format off */
static const Grammar grammars[] = {
    {"date", "^" DATE "$", NULL},
    {"date-time", "^" DATE "[Tt ]" CLOCK OFFSET "$", "^" DATE "[Tt ]" CLOCK ANY_OFFSET "$"},
    {"date-time-local", "^" DATE "[Tt ]" CLOCK "$", "^" DATE "[Tt ]" CLOCK ANY_OFFSET "$"},
    {"time", "^" CLOCK OFFSET "$", "^" CLOCK ANY_OFFSET "$"},
    {"time-local", "^" CLOCK "$", "^" CLOCK ANY_OFFSET "$"},
    {"duration", "^P(?:" DAYS "(?:" HOURS ")?|" HOURS "|[0-9]+W)$",
     "^[+-]?P(?:" ANY_DAYS "(?:" ANY_HOURS ")?|" ANY_HOURS ")$"},
    {"http-date", "^(?:" DAY_NAME ", [0-3][0-9] " MONTH " [0-9]{4} " SECONDS " GMT"
                  "|" LONG_NAME ", [0-3][0-9]-" MONTH "-[0-9]{2} " SECONDS " GMT"
                  "|" DAY_NAME " " MONTH " [ 1-3][0-9] " SECONDS " [0-9]{4})$", NULL},
    {"email", "^" MAILBOX "$", NULL},
    {"idn-email", "^(?:[^\\s@\"]+|\".*\")@[^\\s@]+$", NULL},
    {"hostname", "^" DOMAIN "$", "^" DOMAIN "\\.?$"},
    {"idn-hostname", "^[^\\s/?#@:]+$", NULL},
    {"ipv4", "^" IPV4 "$", "^" OCTETS "$"},
    {"ipv6", "^" IPV6 "$", "^" IPV6 "(?:%[^\\s%/]+)?$"}, /* a zone is no part (RFC 4007 section 11) */
    {"uri", "^" SCHEME URI_REST "$", "^" SCHEME IRI_REST "$"},
    {"uri-reference", "^(?:" SCHEME "|" NO_SCHEME ")" URI_REST "$", "^" IRI_REST "$"},
    {"iri", "^" SCHEME IRI_REST "$", NULL},
    {"iri-reference", "^" IRI_REST "$", NULL},
    {"uri-template", "^" TEMPLATE "$", NULL},
    {"uuid", "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$", NULL}, /* RFC 4122 section 3 */
    {"json-pointer", "^" POINTER "$", NULL},
    {"relative-json-pointer", "^(?:0|[1-9][0-9]*)(?:[+-][1-9][0-9]*)?(?:#|" POINTER ")$", NULL},
    {"byte", "^(?:" BASE64 "{4})*(?:" BASE64 "{2}==|" BASE64 "{3}=)?$",
     "^(?:(?:" BROKEN_BASE64 "){4})*(?:(?:" BROKEN_BASE64 "){2}=[\\r\\n]*=[\\r\\n]*"
     "|(?:" BROKEN_BASE64 "){3}=[\\r\\n]*)?$"},
    {"base64url", "^(?:" BASE64_URL "{4})*(?:" BASE64_URL "{2}(?:==)?|" BASE64_URL "{3}=?)?$", NULL},
    {"media-range", "^(?:\\*/\\*|" TOKEN "/" TOKEN ")"
                    "(?:" SPACES ";" SPACES TOKEN "=(?:" TOKEN "|\"(?:[^\"\\\\]|\\\\[^])*\"))*$", NULL},
    {"char", "^[^]$", NULL},
};
/* clang-format on */

static const Grammar *find(Text format) {
    for (size_t i = 0; i < sizeof grammars / sizeof *grammars; i++)
        if (text_is(format, grammars[i].format))
            return &grammars[i];
    return NULL;
}

Text format_pattern(Text format) {
    Text least, greatest;
    if (format_range(format, &least, &greatest)) /* an integer that is written as a string */
        return TEXT(INTEGER);
    const Grammar *grammar = find(format);
    return !grammar ? (Text){0} : text_from(grammar->wide ? grammar->wide : grammar->texts);
}

/* 30 February is a text of the pattern. */
static bool is_of_calendar(Text format, Text text) {
    bool dated = text_starts_with(format, TEXT("date"));
    Day day;
    return !dated || day_parse(text, &day);
}

Acceptance format_accepts_number(Text format, Text digits) {
    Text least, greatest;
    if (!format_range(format, &least, &greatest))
        return ACCEPTED;
    bool within = decimal_is_integer(digits) && decimal_compare(digits, least) >= 0 &&
                  decimal_compare(digits, greatest) <= 0;
    return within ? ACCEPTED : REFUSED;
}

Acceptance format_accepts(Patterns *patterns, Text format, Text text) {
    if (text_is(format, "regex"))
        return pattern_is_well_formed(text);
    Text wide = format_pattern(format);
    if (!wide.size)
        return ACCEPTED;
    if (patterns_accept(patterns, wide, text) == REFUSED || !is_of_calendar(format, text))
        return REFUSED;
    const Grammar *grammar = find(format);
    if (!grammar)
        return format_accepts_number(format, text);
    return patterns_accept(patterns, text_from(grammar->texts), text) == ACCEPTED
               ? ACCEPTED
               : ACCEPTANCE_UNPROVEN;
}
