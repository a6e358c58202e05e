#include "impact/nearness.h"

/* The two lists of segments are laid side by side so that most of them agree, as words of two texts
 * are: a segment meets one of the template, is one too many, or is missing. A literal that agrees
 * says most; a parameter takes whatever comes, so it says little. */

enum {
    SEGMENTS_LIMIT = 24,
    SAME = 16,
    ALIKE = 12,
    OTHER_VERSION = 10,
    TAKEN = 2,
    DIFFERENT = -9,
    TOO_MANY = -8,
    MISSING_LITERAL = -11,
    MISSING_PARAMETER = -4,
    /* of what stands before that which tells paths apart: a base path forgotten or doubled */
    SAME_BASE = 2,
    DIFFERENT_BASE = -4,
    TOO_MANY_BEFORE = -4,
    MISSING_BASE = -2,
};

typedef struct Fit {
    int score;
    unsigned agreeing, differing; /* literals */
} Fit;

static void improve(Fit *best, Fit by) {
    if (by.score > best->score || (by.score == best->score && by.agreeing > best->agreeing))
        *best = by;
}

static Fit scored(Fit fit, int score) {
    fit.score += score;
    return fit;
}

static bool is_version(Text segment) {
    bool digit = false;
    if (segment.size < 2 || (segment.data[0] != 'v' && segment.data[0] != 'V'))
        return false;
    for (size_t i = 1; i < segment.size; i++) {
        digit = segment.data[i] >= '0' && segment.data[i] <= '9';
        if (!digit && segment.data[i] != '.')
            return false;
    }
    return digit;
}

/* "categories" for "category". */
static bool is_plural(Text one, Text many) {
    size_t stem = one.size - 1;
    return one.size > 2 && one.data[stem] == 'y' && many.size == stem + 3 &&
           text_starts_with(many, text_slice(one, 0, stem)) && text_ends_with(many, TEXT("ies"));
}

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Asked for every pair of segments, so without an arena. */
static Text in_small(Text text, char *buffer, size_t size) {
    size_t length = text.size < size ? text.size : size;
    for (size_t i = 0; i < length; i++)
        buffer[i] = small(text.data[i]);
    return (Text){buffer, length};
}

/* Letters small or not, one or many, one wrong letter of four, which is not the first. */
static bool is_alike(Text literal, Text text) {
    Text longer = literal.size > text.size ? literal : text;
    Text shorter = literal.size > text.size ? text : literal;
    if (!shorter.size || small(longer.data[0]) != small(shorter.data[0]) ||
        longer.size - shorter.size > longer.size / 4 + 1)
        return false;
    char buffers[2][64]; /* as far as text_distance looks */
    Text a = in_small(longer, buffers[0], sizeof buffers[0]);
    Text b = in_small(shorter, buffers[1], sizeof buffers[1]);
    return is_plural(b, a) || text_distance(a, b) * 4 <= a.size;
}

static Fit miss(Fit fit, const TemplateSegment *segment, bool base) {
    return scored(fit, base                 ? MISSING_BASE
                       : segment->templated ? MISSING_PARAMETER
                                            : MISSING_LITERAL);
}

static Fit meet(Arena *arena, Fit fit, const TemplateSegment *segment, Text text, bool base) {
    bool taken = template_segment_takes(arena, segment, text, NULL);
    if (base)
        return scored(fit, taken ? SAME_BASE : DIFFERENT_BASE);
    if (taken && !segment->literal)
        return scored(fit, TAKEN);
    if (is_version(segment->shape) && is_version(text))
        return scored(fit, taken ? SAME : OTHER_VERSION);
    bool alike = taken || (!segment->templated && is_alike(segment->shape, text));
    fit.agreeing += alike;
    fit.differing += !alike;
    return scored(fit, taken ? SAME : alike ? ALIKE : DIFFERENT);
}

/* As much as literals that agree somewhere could give, in whatever order: it costs less than to lay
 * side by side what can't come near. 0: none agrees. */
static int most_possible(const Texts *segments, const Template *template, size_t base) {
    int most = 0;
    bool agreeing = false;
    for (size_t i = 0; i < template->segments.count; i++) {
        const TemplateSegment *segment = &template->segments.items[i];
        bool literal = i >= base && segment->literal;
        bool alike = literal && (segment->templated || is_version(segment->shape));
        agreeing |= literal && segment->templated;
        for (size_t j = 0; literal && !alike && j < segments->count; j++) {
            alike = is_alike(segment->shape, segments->items[j]);
            agreeing |= alike;
        }
        most += alike ? SAME : literal ? DIFFERENT : TAKEN;
    }
    size_t count = template->segments.count;
    if (segments->count > count)
        most += (int)(segments->count - count) * TOO_MANY_BEFORE;
    return agreeing ? most : 0;
}

size_t nearness(Arena *arena, const Texts *segments, const Template *template, size_t base,
                size_t least) {
    size_t count = template->segments.count;
    if (count > SEGMENTS_LIMIT || segments->count > SEGMENTS_LIMIT ||
        most_possible(segments, template, base) <= (int)least)
        return 0;
    Fit rows[2][SEGMENTS_LIMIT + 1] = {0};
    Fit *above = rows[0], *row = rows[1];
    for (size_t i = 0; i <= segments->count; i++) {
        for (size_t j = 0; j <= count; j++) {
            Fit best = {.score = i || j ? -1000 : 0};
            if (i)
                improve(&best, scored(above[j], j <= base ? TOO_MANY_BEFORE : TOO_MANY));
            if (j)
                improve(&best, miss(row[j - 1], &template->segments.items[j - 1], j <= base));
            if (i && j)
                improve(&best, meet(arena, above[j - 1], &template->segments.items[j - 1],
                                    segments->items[i - 1], j <= base));
            row[j] = best;
        }
        Fit *spare = above;
        above = row;
        row = spare;
    }
    Fit fit = above[count];
    bool near = fit.score > 0 && fit.agreeing && fit.differing <= fit.agreeing;
    return near ? (size_t)fit.score : 0;
}
