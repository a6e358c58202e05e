/* Owns what the names of formats ask of a text (JSON Schema 2020-12 validation 7.3). Inside graph/
 * only. Knows nothing of schemas.
 */
#ifndef BREAKWATER_GRAPH_FORMAT_TEXTS_H
#define BREAKWATER_GRAPH_FORMAT_TEXTS_H

#include "support/text.h"

/* Whether a text is clearly none of the format. False for formats that are not known. */
bool format_is_violated(Text format, Text text);

#endif
