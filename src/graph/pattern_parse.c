#include "graph/pattern_parse.h"

/* ECMA-262 22.2.1 and, of its annex B.1.2, what no flag changes and every engine reads alike. The
 * rest is not supported: a letter or digit after a backslash that means nothing (`\A`, `\h`),
 * groups that set flags, POSIX classes, quantifiers that take without giving back. */

enum { NESTING_MOST = 100, PATTERN_MOST = 4000 };
#define NO_CHARACTER UINT32_MAX

typedef struct Parser {
    Regexes *regexes;
    Arena *arena;
    Text pattern;
    size_t at;
    int nesting;
} Parser;

static bool at_end(const Parser *parser) {
    return parser->at >= parser->pattern.size;
}

/* The byte `ahead` of the next one; 0 behind the end. */
static char peek(const Parser *parser, size_t ahead) {
    size_t at = parser->at + ahead;
    return at < parser->pattern.size ? parser->pattern.data[at] : '\0';
}

static bool take(Parser *parser, const char *token) {
    Text rest = text_slice(parser->pattern, parser->at, parser->pattern.size);
    if (!text_starts_with(rest, text_from(token)))
        return false;
    parser->at += strlen(token);
    return true;
}

static uint32_t take_code_point(Parser *parser) {
    return text_take_code_point(parser->pattern, &parser->at);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* ---- escapes --------------------------------------------------------------------------------- */

static uint32_t hex_value(char c) {
    if (is_digit(c))
        return (uint32_t)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (uint32_t)(c - 'a' + 10);
    return c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10) : NO_CHARACTER;
}

static uint32_t take_hex(Parser *parser, size_t digits) {
    uint32_t value = 0;
    for (size_t i = 0; i < digits; i++) {
        uint32_t digit = hex_value(peek(parser, i));
        if (digit == NO_CHARACTER)
            return NO_CHARACTER;
        value = value << 4 | digit;
    }
    parser->at += digits;
    return value;
}

/* Behind `\u`: four digits, two times four for a surrogate pair, or braces. */
static uint32_t take_unicode(Parser *parser) {
    if (take(parser, "{")) {
        uint32_t value = 0;
        size_t digits = 0;
        for (; hex_value(peek(parser, 0)) != NO_CHARACTER && digits < 8; digits++)
            value = value << 4 | hex_value(parser->pattern.data[parser->at++]);
        bool good = digits && take(parser, "}") && value <= CODE_POINT_LAST;
        return good ? value : NO_CHARACTER;
    }
    uint32_t value = take_hex(parser, 4);
    bool high = value >= SURROGATE_FIRST && value < 0xDC00;
    if (!high || !take(parser, "\\u"))
        return value;
    uint32_t low = take_hex(parser, 4);
    bool pair = low >= 0xDC00 && low <= SURROGATE_LAST;
    return pair ? 0x10000 + ((value - SURROGATE_FIRST) << 10) + (low - 0xDC00) : NO_CHARACTER;
}

/* The character that an escape stands for, behind its backslash; NO_CHARACTER: not supported. */
static uint32_t take_escaped_character(Parser *parser) {
    if (at_end(parser))
        return NO_CHARACTER;
    uint32_t c = take_code_point(parser);
    switch (c) {
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'v':
        return '\v';
    case 'f':
        return '\f';
    case 'r':
        return '\r';
    case '0':
        return is_digit(peek(parser, 0)) ? NO_CHARACTER : 0;
    case 'x':
        return take_hex(parser, 2);
    case 'u':
        c = take_unicode(parser);
        return c >= SURROGATE_FIRST && c <= SURROGATE_LAST ? NO_CHARACTER : c;
    }
    bool meaningful = c > 0x7F || is_digit((char)c) || (c >= 'a' && c <= 'z') ||
                      (c >= 'A' && c <= 'Z') || c == '_' || c < ' ';
    return meaningful ? NO_CHARACTER : c;
}

/* \d \w \s and their negations, behind the backslash. */
static bool take_class_escape(Parser *parser, CharacterSet *set) {
    char letter = peek(parser, 0);
    switch (letter | 0x20) {
    case 'd':
        *set = characters_digits(parser->arena);
        break;
    case 'w':
        *set = characters_words(parser->arena);
        break;
    case 's':
        *set = characters_spaces(parser->arena);
        break;
    default:
        return false;
    }
    parser->at++;
    if (letter < 'a')
        *set = characters_negated(parser->arena, set);
    return true;
}

/* ---- classes --------------------------------------------------------------------------------- */

/* One character or escape of a class: a set of several has *single NO_CHARACTER. */
static bool take_class_atom(Parser *parser, uint32_t *single, CharacterSet *set) {
    *single = NO_CHARACTER;
    if (peek(parser, 0) != '\\') {
        *single = take_code_point(parser);
        char next = peek(parser, 0);
        return *single != '[' || (next != ':' && next != '.' && next != '='); /* POSIX */
    }
    parser->at++;
    if (take_class_escape(parser, set))
        return true;
    *single = take(parser, "b") ? '\b' : take_escaped_character(parser);
    return *single != NO_CHARACTER;
}

static bool take_class_part(Parser *parser, CharacterSet *set) {
    uint32_t first, last;
    CharacterSet several = {0};
    if (!take_class_atom(parser, &first, &several))
        return false;
    bool range = peek(parser, 0) == '-' && peek(parser, 1) != ']' && peek(parser, 1);
    if (first == NO_CHARACTER) {
        characters_add_all(parser->arena, set, &several);
        return !range;
    }
    last = first;
    if (range) {
        parser->at++;
        if (!take_class_atom(parser, &last, &several) || last == NO_CHARACTER)
            return false;
    }
    characters_add(parser->arena, set, first, last);
    return first <= last;
}

/* Behind the opening bracket. */
static const Regex *parse_class(Parser *parser) {
    CharacterSet set = {0};
    bool negated = take(parser, "^");
    while (!at_end(parser) && peek(parser, 0) != ']')
        if (!take_class_part(parser, &set))
            return NULL;
    if (!take(parser, "]"))
        return NULL;
    characters_settle(&set);
    if (negated)
        set = characters_negated(parser->arena, &set);
    return regex_character(parser->regexes, &set);
}

/* ---- atoms ----------------------------------------------------------------------------------- */

static const Regex *one_character(Parser *parser, uint32_t c) {
    CharacterSet set = {0};
    characters_add(parser->arena, &set, c, c);
    return regex_character(parser->regexes, &set);
}

static const Regex *parse_escape(Parser *parser) {
    CharacterSet set = {0};
    if (take_class_escape(parser, &set))
        return regex_character(parser->regexes, &set);
    uint32_t c = take_escaped_character(parser);
    return c == NO_CHARACTER ? NULL : one_character(parser, c);
}

static const Regex *parse_alternatives(Parser *parser);

static bool take_group_name(Parser *parser) {
    while (!at_end(parser) && peek(parser, 0) != '>')
        parser->at++;
    return take(parser, ">");
}

/* Behind the opening parenthesis. */
static const Regex *parse_group(Parser *parser) {
    bool negative = take(parser, "?!"), look = negative || take(parser, "?=");
    bool lookbehind = take(parser, "?<=") || take(parser, "?<!");
    if (lookbehind || parser->nesting == NESTING_MOST)
        return NULL;
    if (!look && !take(parser, "?:") && peek(parser, 0) == '?' &&
        !(take(parser, "?<") && take_group_name(parser)))
        return NULL;
    parser->nesting++;
    const Regex *body = parse_alternatives(parser);
    parser->nesting--;
    if (!body || !take(parser, ")"))
        return NULL;
    return look ? regex_look(parser->regexes, body, negative) : body;
}

static const Regex *parse_atom(Parser *parser) {
    if (take(parser, "("))
        return parse_group(parser);
    if (take(parser, "["))
        return parse_class(parser);
    if (take(parser, "\\"))
        return parse_escape(parser);
    if (take(parser, "^"))
        return regex_start(parser->regexes);
    if (take(parser, "$"))
        return regex_end(parser->regexes);
    if (take(parser, ".")) {
        CharacterSet line_ends = characters_line_ends(parser->arena);
        CharacterSet set = characters_negated(parser->arena, &line_ends);
        return regex_character(parser->regexes, &set);
    }
    return one_character(parser, take_code_point(parser));
}

/* ---- quantifiers ----------------------------------------------------------------------------- */

typedef struct Quantifier {
    uint32_t least, most;
} Quantifier;

static bool take_count(Parser *parser, uint32_t *count) {
    *count = 0;
    if (!is_digit(peek(parser, 0)))
        return false;
    while (is_digit(peek(parser, 0))) {
        *count = *count * 10 + (uint32_t)(parser->pattern.data[parser->at++] - '0');
        if (*count > REPEAT_LIMIT)
            return false;
    }
    return true;
}

/* False with *found: the pattern is not supported. A brace that begins no count stands for itself.
 */
static bool take_quantifier(Parser *parser, Quantifier *quantifier, bool *found) {
    *found = true;
    if (take(parser, "*")) {
        *quantifier = (Quantifier){0, REPEAT_FOREVER};
    } else if (take(parser, "+")) {
        *quantifier = (Quantifier){1, REPEAT_FOREVER};
    } else if (take(parser, "?")) {
        *quantifier = (Quantifier){0, 1};
    } else if (peek(parser, 0) == '{' && (is_digit(peek(parser, 1)) || peek(parser, 1) == ',')) {
        parser->at++;
        if (!take_count(parser, &quantifier->least))
            return false;
        quantifier->most = quantifier->least;
        if (take(parser, ",") && !take_count(parser, &quantifier->most)) {
            if (peek(parser, 0) != '}')
                return false;
            quantifier->most = REPEAT_FOREVER;
        }
        if (!take(parser, "}") || quantifier->least > quantifier->most)
            return false;
    } else {
        *found = false;
        return true;
    }
    take(parser, "?"); /* lazy: the same language */
    return peek(parser, 0) != '+';
}

static const Regex *parse_term(Parser *parser) {
    char c = peek(parser, 0);
    if (c == '*' || c == '+' || c == '?')
        return NULL;
    size_t before = parser->at;
    const Regex *atom = parse_atom(parser);
    bool group = parser->pattern.data[before] == '(';
    Quantifier quantifier;
    bool found;
    if (!atom || !take_quantifier(parser, &quantifier, &found))
        return NULL;
    if (!found)
        return atom;
    if (regex_is_assertion(atom) && !group)
        return NULL;
    return regex_repeat(parser->regexes, atom, quantifier.least, quantifier.most);
}

static bool at_end_of_alternative(const Parser *parser) {
    return at_end(parser) || peek(parser, 0) == '|' || peek(parser, 0) == ')';
}

/* Terms are joined from the last to the first, which is how sequences are laid out. */
static const Regex *parse_sequence(Parser *parser) {
    ARRAY(const Regex *) terms = {0};
    while (!at_end_of_alternative(parser)) {
        const Regex *term = parse_term(parser);
        if (!term)
            return NULL;
        array_push(parser->arena, &terms, term);
    }
    const Regex *sequence = regex_empty(parser->regexes);
    while (terms.count)
        sequence = regex_sequence(parser->regexes, terms.items[--terms.count], sequence);
    return sequence;
}

static const Regex *parse_alternatives(Parser *parser) {
    const Regex *either = parse_sequence(parser);
    while (either && take(parser, "|")) {
        const Regex *next = parse_sequence(parser);
        either = next ? regex_either(parser->regexes, either, next) : NULL;
    }
    return either;
}

const Regex *pattern_parse(Regexes *regexes, Arena *scratch, Text pattern) {
    if (pattern.size > PATTERN_MOST)
        return NULL;
    Parser parser = {.regexes = regexes, .arena = scratch, .pattern = pattern};
    const Regex *regex = parse_alternatives(&parser);
    return regex && at_end(&parser) && !regexes_exhausted(regexes) ? regex : NULL;
}

const Regex *pattern_texts(Regexes *regexes, Arena *scratch, Text pattern) {
    const Regex *found = pattern_parse(regexes, scratch, pattern);
    if (!found)
        return NULL;
    const Regex *anything = regex_anything(regexes);
    return regex_followed_by(regexes, regex_sequence(regexes, anything, found), anything);
}
