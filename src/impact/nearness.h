/* Owns how near the path of a request comes to a template that does not take it: what a person
 * would say was meant. Inside impact/ only. Knows nothing of methods and of where templates come
 * from.
 */
#ifndef BREAKWATER_IMPACT_NEARNESS_H
#define BREAKWATER_IMPACT_NEARNESS_H

#include "impact/template.h"
#include "impact/uri.h"

/* How near decoded segments come to a template whose first `base` segments tell it from no other;
 * 0: not at all, or no nearer than `least`. */
size_t nearness(Arena *arena, const Texts *segments, const Template *template, size_t base,
                size_t least);

#endif
