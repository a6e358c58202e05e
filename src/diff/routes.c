#include "diff/compare.h"

/* Which template takes a call where no literal path does. */

/* The end of the segment at `from`. */
static size_t segment_end(Text path, size_t from) {
    size_t end = text_find_byte(path, '/', from);
    return end == SIZE_MAX ? path.size : end;
}

static bool parameter_takes(Comparer *comparer, const Operation *operation, Text name, Text word) {
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const Parameter *parameter = &operation->parameters.items[i];
        if (parameter->in != IN_PATH || !text_equal(parameter->name, name))
            continue;
        bool plain = parameter->style == STYLE_SIMPLE && !parameter->content;
        Meet *type = canonicals_meet(comparer->canonicals, parameter->type);
        return !plain || meet_canonical(type)->kinds & (KIND_ARRAY | KIND_OBJECT) ||
               takes_text(meet_canonical(type), word, DIRECTION_REQUEST);
    }
    return true;
}

/* It has a parameter where this has a word, and the word wins where both are there (3.1.1 section
 * 4.8.8.2). */
static bool takes_path(Comparer *comparer, Text path, const Operation *taking) {
    Text template = taking->path;
    bool differs = false;
    size_t i = 0, j = 0;
    while (i < path.size && j < template.size) {
        size_t end = segment_end(path, i + 1), other = segment_end(template, j + 1);
        Text own = text_slice(path, i, end), part = text_slice(template, j, other);
        bool word = text_find_byte(own, '{', 0) == SIZE_MAX;
        if (word && text_starts_with(part, TEXT("/{")) && text_ends_with(part, TEXT("}"))) {
            differs = true;
            if (!parameter_takes(comparer, taking, text_slice(part, 2, part.size - 1),
                                 text_slice(own, 1, own.size)))
                return false;
        } else if (!path_templates_equal(own, part)) {
            return false;
        }
        i = end;
        j = other;
    }
    return differs && i == path.size && j == template.size;
}

bool takes_calls_of(Comparer *comparer, const Operation *operation, const Operation *template) {
    return !operation->webhook && !template->webhook && !operation->caller && !template->caller &&
           text_equal(operation->method, template->method) &&
           takes_path(comparer, operation->path, template);
}

const Operation *template_of(Comparer *comparer, const Operation *operation, const Api *other) {
    for (size_t i = 0; i < other->operations.count; i++)
        if (takes_calls_of(comparer, operation, other->operations.items[i]))
            return other->operations.items[i];
    return NULL;
}

/* The texts of the parameter that stands between the braces. */
static bool texts_of_parameter(Comparer *comparer, const Operation *operation, Text name,
                               Texts *texts) {
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const Parameter *parameter = &operation->parameters.items[i];
        if (parameter->in != IN_PATH || !text_equal(parameter->name, name))
            continue;
        Meet *type = canonicals_meet(comparer->canonicals, parameter->type);
        return parameter->style == STYLE_SIMPLE && !parameter->content &&
               count_texts(comparer->arena, meet_canonical(type), texts);
    }
    return false;
}

static const Operation *literal_of(const Operation *operation, Text path, const Api *other) {
    for (size_t i = 0; i < other->operations.count; i++) {
        const Operation *candidate = other->operations.items[i];
        if (!candidate->webhook && text_equal(candidate->method, operation->method) &&
            text_equal(candidate->path, path))
            return candidate;
    }
    return NULL;
}

bool literals_for(Comparer *comparer, const Operation *operation, const Api *other,
                  Operations *literals) {
    Text path = operation->path;
    size_t open = text_find_byte(path, '{', 0);
    size_t close = open == SIZE_MAX ? SIZE_MAX : text_find_byte(path, '}', open);
    Texts texts = {0};
    if (operation->webhook || operation->caller || close == SIZE_MAX ||
        text_find_byte(path, '{', close) != SIZE_MAX ||
        !texts_of_parameter(comparer, operation, text_slice(path, open + 1, close), &texts))
        return false;
    Text before = text_slice(path, 0, open), behind = text_slice(path, close + 1, path.size);
    for (size_t i = 0; i < texts.count; i++) {
        Text literal = text_format(comparer->arena, "%.*s%.*s%.*s", TEXT_ARG(before),
                                   TEXT_ARG(texts.items[i]), TEXT_ARG(behind));
        const Operation *taking = literal_of(operation, literal, other);
        if (!taking)
            return false;
        array_push(comparer->arena, literals, taking);
    }
    return texts.count > 0;
}
