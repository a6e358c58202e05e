#include "load/pact_reader.h"

#include <stdlib.h>

/* Generators: what is made anew each time a request is sent, within its whole range. */

typedef struct Generator {
    PactReader *reader;
    const Node *node;
    const Node *example; /* NULL: none is given */
} Generator;

/* A member that is a number which is no negative one; `otherwise` where there is none. */
static Text number_of(const Generator *generator, const char *name, const char *otherwise) {
    const Node *member = node_member(generator->node, text_from(name));
    return member && member->kind == NODE_NUMBER ? member->text : text_from(otherwise);
}

static size_t count_of(const Generator *generator, const char *name) {
    enum { USUAL = 10, MOST = 10000 };
    size_t count = 0;
    Text digits = number_of(generator, name, "");
    for (size_t i = 0; i < digits.size; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9' || count > MOST)
            return USUAL;
        count = count * 10 + (size_t)(digits.data[i] - '0');
    }
    return digits.size ? count : USUAL;
}

static Type *type_of(const Generator *generator, KindSet kinds) {
    return pact_type(generator->reader, kinds, generator->example);
}

static Type *pattern_type(const Generator *generator, Text pattern) {
    Type *type = type_of(generator, KIND_STRING);
    type->string = arena_new_object(generator->reader->arena, StringKeywords);
    type->string->pattern = pattern;
    return type;
}

static Type *make_integer(const Generator *generator) {
    Type *type = type_of(generator, KIND_INTEGER);
    type->number = arena_new_object(generator->reader->arena, NumberKeywords);
    type->number->minimum.digits = number_of(generator, "min", "0");
    type->number->maximum.digits = number_of(generator, "max", "2147483647");
    return type;
}

/* So many digits, of which one at least is behind the point, and one before it. */
static Type *make_decimal(const Generator *generator) {
    size_t digits = count_of(generator, "digits");
    Type *type = type_of(generator, digits > 1 ? KIND_FRACTION : KIND_INTEGER);
    type->number = arena_new_object(generator->reader->arena, NumberKeywords);
    type->number->minimum.digits = TEXT("0");
    type->number->exclusive_maximum.digits =
        text_format(generator->reader->arena, "1e%zu", digits > 1 ? digits - 1 : 1);
    return type;
}

static Type *make_hexadecimal(const Generator *generator) {
    return pattern_type(generator, text_format(generator->reader->arena, "^[0-9a-fA-F]{%zu}$",
                                               count_of(generator, "digits")));
}

static Type *make_string(const Generator *generator) {
    return pattern_type(generator, text_format(generator->reader->arena, "^[0-9A-Za-z]{%zu}$",
                                               count_of(generator, "size")));
}

/* NULL: none is given. */
static Type *make_regex(const Generator *generator) {
    const Node *regex = node_member(generator->node, TEXT("regex"));
    if (!regex || regex->kind != NODE_STRING)
        return NULL;
    return pattern_type(generator,
                        text_format(generator->reader->arena, "^(?:%.*s)$", TEXT_ARG(regex->text)));
}

static Type *make_uuid(const Generator *generator) {
    static const struct {
        const char *word, *pattern;
    } spellings[] = {
        {"simple", "^[0-9a-f]{32}$"},
        {"lower-case-hyphenated", "^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
        {"upper-case-hyphenated", "^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$"},
        {"URN", "^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
    };
    const Node *format = node_member(generator->node, TEXT("format"));
    size_t at = 1;
    for (size_t i = 0; format && i < sizeof spellings / sizeof *spellings; i++)
        if (text_is(format->text, spellings[i].word))
            at = i;
    Type *type = pattern_type(generator, text_from(spellings[at].pattern));
    if (at == 1 || at == 2)
        type->format = TEXT("uuid");
    return type;
}

/* NULL: its pattern can't be read. */
static Type *time_type(const Generator *generator, const char *otherwise) {
    const Node *format = node_member(generator->node, TEXT("format"));
    bool whole;
    Text written = format && format->kind == NODE_STRING ? format->text : text_from(otherwise);
    Text standard = pact_time_format(written, &whole);
    Text pattern = pact_time_pattern(generator->reader->arena, written);
    if (standard.size && whole) {
        Type *type = type_of(generator, KIND_STRING);
        type->format = standard;
        return type;
    }
    return pattern.data ? pattern_type(generator, pattern) : NULL;
}

static Type *make_date(const Generator *generator) {
    return time_type(generator, "yyyy-MM-dd");
}

static Type *make_time(const Generator *generator) {
    return time_type(generator, "HH:mm:ss");
}

static Type *make_date_time(const Generator *generator) {
    return time_type(generator, "yyyy-MM-dd'T'HH:mm:ss");
}

static Type *make_boolean(const Generator *generator) {
    return type_of(generator, KIND_BOOLEAN);
}

/* What the provider's state or the place of a mock server decides: `dataType` says its kind, or the
 * example does. */
static Type *make_given(const Generator *generator) {
    static const struct {
        const char *word;
        KindSet kinds;
    } words[] = {
        {"STRING", KIND_STRING}, {"INTEGER", KIND_INTEGER}, {"DECIMAL", KIND_NUMBER},
        {"FLOAT", KIND_NUMBER},  {"BOOLEAN", KIND_BOOLEAN},
    };
    static const KindSet kinds[] = {
        [NODE_NULL] = KIND_ANY,      [NODE_BOOLEAN] = KIND_BOOLEAN, [NODE_NUMBER] = KIND_NUMBER,
        [NODE_STRING] = KIND_STRING, [NODE_SEQUENCE] = KIND_ARRAY,  [NODE_MAPPING] = KIND_OBJECT,
    };
    const Node *said = node_member(generator->node, TEXT("dataType"));
    KindSet found = generator->example ? kinds[generator->example->kind] : KIND_ANY;
    if (generator->example && generator->example->kind == NODE_NUMBER)
        found = KIND_INTEGER; /* whether it has a fraction the provider knows */
    for (size_t i = 0; said && said->kind == NODE_STRING && i < sizeof words / sizeof *words; i++)
        if (text_equal_ignoring_case(said->text, text_from(words[i].word)))
            found = words[i].kinds;
    Type *type = type_of(generator, found);
    type->given = true;
    return type;
}

static const struct {
    const char *word;
    Type *(*make)(const Generator *generator);
} makers[] = {
    {"RandomInt", make_integer},
    {"RandomDecimal", make_decimal},
    {"RandomHexadecimal", make_hexadecimal},
    {"RandomString", make_string},
    {"RandomBoolean", make_boolean},
    {"Regex", make_regex},
    {"Uuid", make_uuid},
    {"Date", make_date},
    {"Time", make_time},
    {"DateTime", make_date_time},
    {"ProviderState", make_given},
    {"MockServerURL", make_given},
};

Type *pact_generated(PactReader *reader, const Node *node, const Node *example) {
    const Node *word = node_member(node, TEXT("type"));
    Generator generator = {reader, node, example};
    for (size_t i = 0; word && word->kind == NODE_STRING && i < sizeof makers / sizeof *makers; i++)
        if (text_is(word->text, makers[i].word)) {
            Type *type = makers[i].make(&generator);
            if (type)
                type->generated = true;
            return type;
        }
    return NULL;
}
