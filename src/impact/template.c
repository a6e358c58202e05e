#include "impact/template.h"

#include "impact/uri.h"

static void parse_segment(Arena *arena, Text text, TemplateSegment *segment) {
    Buffer shape = {.arena = arena};
    size_t at = 0;
    while (at < text.size) {
        size_t open = text_find_byte(text, '{', at);
        size_t close = open == SIZE_MAX ? SIZE_MAX : text_find_byte(text, '}', open);
        if (close == SIZE_MAX)
            open = text.size;
        if (open > at) {
            Text literal = text_percent_decode(arena, text_slice(text, at, open));
            TemplatePart part = {.text = literal};
            array_push(arena, &segment->parts, part);
            segment->literal += literal.size;
            buffer_add(&shape, literal);
        }
        if (close == SIZE_MAX)
            break;
        TemplatePart part = {.parameter = true, .text = text_slice(text, open + 1, close)};
        array_push(arena, &segment->parts, part);
        buffer_add(&shape, TEXT("{}"));
        segment->templated = true;
        at = close + 1;
    }
    segment->shape = buffer_text(&shape);
}

void template_parse(Arena *arena, Text path, Template *into) {
    *into = (Template){0};
    path = text_slice(path, 0, text_find_byte(path, '#', 0));
    size_t query = text_find_byte(path, '?', 0);
    if (query != SIZE_MAX)
        into->query = text_slice(path, query + 1, path.size);
    path = text_slice(path, 0, query);
    into->trailing_slash = path.size > 1 && path.data[path.size - 1] == '/';
    Texts segments = {0};
    text_split(arena, path, '/', &segments);
    for (size_t i = 0; i < segments.count; i++) {
        bool edge = i == 0 || i + 1 == segments.count;
        if (edge && !segments.items[i].size)
            continue;
        TemplateSegment segment = {0};
        parse_segment(arena, segments.items[i], &segment);
        array_push(arena, &into->segments, segment);
    }
}

static size_t find_literal(Text text, Text literal, size_t from) {
    for (size_t at = from; at + literal.size <= text.size; at++)
        if (text_equal(text_slice(text, at, at + literal.size), literal))
            return at;
    return SIZE_MAX;
}

/* Where a part's literal begins, not before `from`; the last one must end the text. */
static size_t place_literal(const TemplateSegment *segment, size_t index, Text text, size_t from) {
    Text literal = segment->parts.items[index].text;
    if (index + 1 < segment->parts.count)
        return find_literal(text, literal, from);
    bool fits = text.size >= from + literal.size && text_ends_with(text, literal);
    return fits ? text.size - literal.size : SIZE_MAX;
}

bool template_segment_takes(Arena *arena, const TemplateSegment *segment, Text text,
                            Captures *captures) {
    if (!segment->templated)
        return segment->parts.count ? text_equal(text, segment->parts.items[0].text) : !text.size;
    size_t at = 0;
    for (size_t i = 0; i < segment->parts.count; i++) {
        const TemplatePart *part = &segment->parts.items[i];
        if (!part->parameter) {
            /* Only a first part is met here: behind a parameter the parameter looks for it. */
            if (!text_starts_with(text, part->text))
                return false;
            at = part->text.size;
            continue;
        }
        bool last = i + 1 == segment->parts.count;
        bool next_is_parameter = !last && segment->parts.items[i + 1].parameter;
        size_t end = last                ? text.size
                     : next_is_parameter ? at + 1
                                         : place_literal(segment, i + 1, text, at + 1);
        if (end == SIZE_MAX || end <= at || end > text.size)
            return false;
        if (captures) {
            Capture capture = {.name = part->text, .value = text_slice(text, at, end)};
            array_push(arena, captures, capture);
        }
        at = end;
        if (!last && !next_is_parameter)
            at += segment->parts.items[++i].text.size;
    }
    return at == text.size;
}
