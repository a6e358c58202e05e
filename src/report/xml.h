/* Gives text as XML and HTML take it. Knows nothing of what is written. */
#ifndef BREAKWATER_REPORT_XML_H
#define BREAKWATER_REPORT_XML_H

#include "support/text.h"

/* Adds text from outside: made printable (printable.h), with `&`, `<`, `>` and both quotes as
 * references, so that it fits elements and quoted attributes alike. What XML 1.0 can't hold at all
 * becomes U+FFFD. */
void xml_add(Buffer *out, Text text);

#endif
