/* Gives what http.c needs of URLs beside http.h. Internal to source/. */
#ifndef BREAKWATER_SOURCE_HTTP_URL_H
#define BREAKWATER_SOURCE_HTTP_URL_H

#include "source/http.h"

/* Whether it is an absolute URL of http or https. */
bool http_is_url(Text url);

#endif
