/* Owns the question whether an answer exists that the provider may send and the consumer can take.
 * Inside impact/ only.
 */
#ifndef BREAKWATER_IMPACT_COMMON_H
#define BREAKWATER_IMPACT_COMMON_H

#include "graph/canonical.h"

/* Whether a constraint that is not resolved may speak of properties and items beside those that are
 * declared: `if`, `dependentSchemas`, `unevaluatedProperties` and their like. `variant` NULL: in
 * any alternative. */
bool may_declare_more(const Canonical *canonical, const Alternative *variant);

/* The property as an alternative beside `variant` declares it of which a value may be one as well
 * (`anyOf`); NULL: none does. */
const CanonicalProperty *property_beside(const Canonical *canonical, const Alternative *variant,
                                         Text name);

/* Whether an answer that shows an item of a list at all shows this one: index SIZE_MAX for those
 * behind all prefixes. An empty list shows nothing of its items. */
bool item_is_certain(const ArrayFacets *expected, const ArrayFacets *provided, size_t index);

/* False only where no answer is in both. `expected` is a finite tree. */
bool types_in_common(Meet *expected, Meet *provided);

/* The items of a list among which one is that an expectation takes: those behind all prefixes, else
 * the first prefix that has one in common with it. NULL: none is. */
Meet *items_in_common(Meet *expected, const ArrayFacets *provided);

#endif
