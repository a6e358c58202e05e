#include "graph/meet.h"

/* `dependentRequired`, and `dependentSchemas` whose schemas only list required properties, which
 * say the same. */

static void add_dependent(Arena *arena, ObjectFacets *facets, Text name, Text required) {
    DependentRequired *dependent = NULL;
    for (size_t i = 0; i < facets->dependent_required.count && !dependent; i++)
        if (text_equal(facets->dependent_required.items[i].name, name))
            dependent = &facets->dependent_required.items[i];
    if (!dependent) {
        array_push(arena, &facets->dependent_required, ((DependentRequired){.name = name}));
        dependent = &facets->dependent_required.items[facets->dependent_required.count - 1];
    }
    for (size_t i = 0; i < dependent->required.count; i++)
        if (text_equal(dependent->required.items[i], required))
            return;
    array_push(arena, &dependent->required, required);
}

void gather_dependents(Arena *arena, const ObjectKeywords *object, ObjectFacets *facets) {
    for (size_t i = 0; i < object->dependent_required.count; i++) {
        const DependentRequired *dependent = &object->dependent_required.items[i];
        for (size_t j = 0; j < dependent->required.count; j++)
            add_dependent(arena, facets, dependent->name, dependent->required.items[j]);
    }
    for (size_t i = 0; i < object->dependent_schemas.count; i++) {
        const Property *dependent = &object->dependent_schemas.items[i];
        const ObjectKeywords *called = type_only_requires(dependent->type);
        for (size_t j = 0; called && j < called->required.count; j++)
            add_dependent(arena, facets, dependent->name, called->required.items[j].name);
    }
}
