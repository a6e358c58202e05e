#include "graph/format_texts.h"
#include "graph/meet.h"
#include "graph/pattern.h"
#include "graph/pattern_match.h"
#include "graph/pattern_parse.h"

#include "support/decimal.h"
#include "support/map.h"

/* Every question is put as a language of which a text is sought: those of the set that are outside.
 * What a set says that is not supported is left out at first, which makes the set larger: where
 * nothing is outside, that is proof, and a text that is found counts only if the rest takes it. */

enum { QUESTION_WORK = 100000, RUN_WORK = 4000000, TEXTS_LIMIT = 500 };

typedef struct Answer {
    Inclusion inclusion;
    Text witness;
} Answer;

struct Patterns {
    Arena *arena, *scratch;
    Map *answers;
    Matchers *matchers;
    size_t work_left;
};

Patterns *patterns_new(Arena *arena) {
    Patterns *patterns = arena_new_object(arena, Patterns);
    patterns->arena = arena;
    patterns->scratch = arena_scratch(arena);
    patterns->answers = map_new(arena);
    patterns->matchers = matchers_new(arena);
    patterns->work_left = RUN_WORK;
    return patterns;
}

Acceptance patterns_accept(Patterns *patterns, Text pattern, Text text) {
    return matchers_accept(patterns->matchers, pattern, text);
}

/* ---- languages ------------------------------------------------------------------------------- */

static const Regex *any_character(Regexes *regexes, Arena *scratch) {
    CharacterSet none = {0}, all = characters_negated(scratch, &none);
    return regex_character(regexes, &all);
}

/* False: a count that is no number of characters a search could go through. */
static bool count_of(Bound bound, uint32_t absent, uint32_t *count) {
    *count = absent;
    if (!bound.digits.size)
        return true;
    *count = 0;
    for (size_t i = 0; i < bound.digits.size; i++) {
        char digit = bound.digits.data[i];
        if (digit < '0' || digit > '9' || *count > REPEAT_LIMIT)
            return false;
        *count = *count * 10 + (uint32_t)(digit - '0');
    }
    return true;
}

static const Regex *texts_of_length(Regexes *regexes, Arena *scratch, Bound least, Bound most) {
    uint32_t from, to;
    if (!count_of(least, 0, &from) || !count_of(most, REPEAT_FOREVER, &to) || from > to)
        return NULL;
    return regex_repeat(regexes, any_character(regexes, scratch), from, to);
}

static const Regex *text_alone(Regexes *regexes, Arena *scratch, Text text) {
    ARRAY(const Regex *) characters = {0};
    for (size_t at = 0; at < text.size;) {
        uint32_t c = text_take_code_point(text, &at);
        CharacterSet set = {0};
        characters_add(scratch, &set, c, c);
        array_push(scratch, &characters, regex_character(regexes, &set));
    }
    const Regex *sequence = regex_empty(regexes);
    while (characters.count)
        sequence = regex_sequence(regexes, characters.items[--characters.count], sequence);
    return sequence;
}

/* ---- a question ------------------------------------------------------------------------------ */

typedef struct Question {
    Patterns *patterns;
    Arena *scratch;
    Regexes *regexes;
    const StringFacets *texts;
    const Regex *language; /* of the supported patterns */
    const Regex *lengths;  /* NULL where they are no limit, or beyond what can be searched */
} Question;

static Question ask(Patterns *patterns, const StringFacets *texts) {
    size_t work = patterns->work_left < QUESTION_WORK ? patterns->work_left : QUESTION_WORK;
    Arena *scratch = patterns->scratch;
    arena_clear(scratch);
    Regexes *regexes = regexes_new(scratch, work);
    Question question = {.patterns = patterns,
                         .scratch = scratch,
                         .regexes = regexes,
                         .texts = texts,
                         .language = regex_anything(regexes)};
    for (size_t i = 0; i < texts->patterns.count; i++) {
        const Regex *regex = pattern_texts(regexes, scratch, texts->patterns.items[i]);
        if (regex)
            question.language = regex_both(regexes, question.language, regex);
    }
    if (texts->min_length.digits.size || texts->max_length.digits.size)
        question.lengths = texts_of_length(regexes, scratch, texts->min_length, texts->max_length);
    return question;
}

/* Whether a text that matches the supported patterns is in the set. */
static bool takes(Patterns *patterns, const StringFacets *texts, Text text) {
    if (!count_is_within(text_length(text), texts->min_length, texts->max_length))
        return false;
    for (size_t i = 0; i < texts->patterns.count; i++)
        if (patterns_accept(patterns, texts->patterns.items[i], text) != ACCEPTED)
            return false;
    return true;
}

/* Lengths make an automaton large, so they come in only where a text is found without them. */
static Answer find_outside(Question *question, const Regex *outside) {
    Patterns *patterns = question->patterns;
    Regexes *regexes = question->regexes;
    Answer answer = {INCLUSION_UNPROVEN, {0}};
    const Regex *sought = regex_both(regexes, question->language, outside);
    for (int with_lengths = 0; with_lengths < 2; with_lengths++) {
        if (with_lengths)
            sought = regex_both(regexes, sought, question->lengths);
        if (regex_find_text(regexes, sought, patterns->arena, &answer.witness)) {
            if (takes(patterns, question->texts, answer.witness))
                answer.inclusion = NOT_INCLUDED;
        } else if (!regexes_exhausted(regexes)) {
            answer.inclusion = INCLUDED;
        }
        if (answer.inclusion != INCLUSION_UNPROVEN || !question->lengths)
            break;
    }
    size_t work = regexes_work(regexes);
    patterns->work_left -= work < patterns->work_left ? work : patterns->work_left;
    return answer;
}

/* A pattern that is not supported is tried on one text of the set. */
static Answer try_pattern(Question *question, Text pattern) {
    Answer found = find_outside(question, regex_anything(question->regexes));
    if (found.inclusion != NOT_INCLUDED)
        return found;
    bool refused = patterns_accept(question->patterns, pattern, found.witness) == REFUSED;
    return (Answer){refused ? NOT_INCLUDED : INCLUSION_UNPROVEN, found.witness};
}

/* ---- answers are remembered ------------------------------------------------------------------ */

static void add_key(Buffer *key, Text text) {
    buffer_format(key, "%zu:", text.size);
    buffer_add(key, text);
}

static Text key_of(Arena *arena, Text question, const StringFacets *texts) {
    Buffer key = {.arena = arena};
    add_key(&key, question);
    add_key(&key, texts->min_length.digits);
    add_key(&key, texts->max_length.digits);
    for (size_t i = 0; i < texts->patterns.count; i++)
        add_key(&key, texts->patterns.items[i]);
    return buffer_text(&key);
}

static Inclusion remember(Patterns *patterns, Text key, Answer answer, Text *witness) {
    Answer *kept = arena_new_object(patterns->arena, Answer);
    *kept = answer;
    map_put_text(patterns->answers, key, kept);
    if (witness)
        *witness = answer.witness;
    return answer.inclusion;
}

static bool recall(const Patterns *patterns, Text key, Inclusion *inclusion, Text *witness) {
    const Answer *known = map_get_text(patterns->answers, key);
    if (!known)
        return false;
    if (witness)
        *witness = known->witness;
    *inclusion = known->inclusion;
    return true;
}

Inclusion texts_match(Patterns *patterns, const StringFacets *texts, Text pattern, Text *witness) {
    for (size_t i = 0; i < texts->patterns.count; i++)
        if (text_equal(texts->patterns.items[i], pattern))
            return INCLUDED;
    Buffer asked = {.arena = patterns->arena};
    buffer_add(&asked, TEXT("match "));
    buffer_add(&asked, pattern);
    Text key = key_of(patterns->arena, buffer_text(&asked), texts);
    Inclusion known;
    if (recall(patterns, key, &known, witness))
        return known;
    Question question = ask(patterns, texts);
    const Regex *wanted = pattern_texts(question.regexes, question.scratch, pattern);
    Answer answer = wanted ? find_outside(&question, regex_not(question.regexes, wanted))
                           : try_pattern(&question, pattern);
    return remember(patterns, key, answer, witness);
}

Inclusion texts_within(Patterns *patterns, const StringFacets *texts, Bound min_length,
                       Bound max_length, Text *witness) {
    Text asked = text_format(patterns->arena, "within %.*s..%.*s", TEXT_ARG(min_length.digits),
                             TEXT_ARG(max_length.digits));
    Text key = key_of(patterns->arena, asked, texts);
    Inclusion known;
    if (recall(patterns, key, &known, witness))
        return known;
    Question question = ask(patterns, texts);
    const Regex *wanted =
        texts_of_length(question.regexes, question.scratch, min_length, max_length);
    Answer answer = {INCLUSION_UNPROVEN, {0}};
    if (wanted)
        answer = find_outside(&question, regex_not(question.regexes, wanted));
    return remember(patterns, key, answer, witness);
}

Inclusion texts_among(Patterns *patterns, const StringFacets *texts, const Values *values,
                      Text *witness) {
    if (values->count > TEXTS_LIMIT)
        return INCLUSION_UNPROVEN;
    Question question = ask(patterns, texts);
    const Regex *listed = regex_nothing(question.regexes);
    for (size_t i = 0; i < values->count; i++)
        if (values->items[i]->kind == NODE_STRING)
            listed = regex_either(
                question.regexes, listed,
                text_alone(question.regexes, question.scratch, values->items[i]->text));
    Answer answer = find_outside(&question, regex_not(question.regexes, listed));
    if (witness)
        *witness = answer.witness;
    return answer.inclusion;
}

StringFacets texts_with_formats(Patterns *patterns, const StringFacets *texts) {
    StringFacets all = *texts;
    all.patterns.capacity = all.patterns.count; /* what is pushed leaves those of the set alone */
    for (size_t i = 0; i < texts->formats.count; i++) {
        Text pattern = format_pattern(texts->formats.items[i]);
        if (pattern.size)
            array_push(patterns->arena, &all.patterns, pattern);
    }
    return all;
}

bool texts_are_none(Patterns *patterns, const StringFacets *texts) {
    Text key = key_of(patterns->arena, TEXT("none"), texts);
    Inclusion known;
    if (recall(patterns, key, &known, NULL))
        return known == INCLUDED;
    Question question = ask(patterns, texts);
    Answer answer = find_outside(&question, regex_anything(question.regexes));
    return remember(patterns, key, answer, NULL) == INCLUDED;
}

bool texts_are_apart(Patterns *patterns, const StringFacets *a, const StringFacets *b) {
    Arena *arena = patterns->arena;
    StringFacets both = {.min_length = a->min_length, .max_length = a->max_length};
    if (b->min_length.digits.size &&
        (!both.min_length.digits.size ||
         decimal_compare(b->min_length.digits, both.min_length.digits) > 0))
        both.min_length = b->min_length;
    if (b->max_length.digits.size &&
        (!both.max_length.digits.size ||
         decimal_compare(b->max_length.digits, both.max_length.digits) < 0))
        both.max_length = b->max_length;
    for (size_t i = 0; i < a->patterns.count; i++)
        array_push(arena, &both.patterns, a->patterns.items[i]);
    for (size_t i = 0; i < b->patterns.count; i++)
        array_push(arena, &both.patterns, b->patterns.items[i]);
    return texts_are_none(patterns, &both);
}
