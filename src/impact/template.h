/* Owns the segment of a path template: literal text and parameters in any order
 * (`users`, `{id}`, `{base}...{head}`, `{id}.json`).
 * Knows nothing of operations and of what comes before or behind the segment.
 */
#ifndef BREAKWATER_IMPACT_TEMPLATE_H
#define BREAKWATER_IMPACT_TEMPLATE_H

#include "impact/impact.h"

typedef struct TemplatePart {
    bool parameter;
    Text text; /* the literal, percent-decoded, or the parameter's name */
} TemplatePart;

typedef struct TemplateSegment {
    ARRAY(TemplatePart) parts;
    Text shape;     /* the text with every name left out: "{}...{}"; equal shapes take the same */
    size_t literal; /* bytes of literal text: the more, the more specific */
    bool templated;
} TemplateSegment;

/* One path template in its parts. The query of a key such as `/x?action=add` must be in the
 * request; its fragment only tells keys apart. */
typedef struct Template {
    ARRAY(TemplateSegment) segments;
    Text query;
    bool trailing_slash;
} Template;

void template_parse(Arena *arena, Text path, Template *into);

/* Whether the segment takes a decoded text; adds the values to `captures` unless it is NULL. A
 * parameter takes at least one byte; where several splits are possible the first ones are short. */
bool template_segment_takes(Arena *arena, const TemplateSegment *segment, Text text,
                            Captures *captures);

#endif
