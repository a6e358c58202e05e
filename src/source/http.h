/* Owns the one way to the network (libcurl): a request and what is answered, with timeouts,
 * retries, limits of size and redirects, and credentials that go to one origin alone. Gives any
 * answer, whatever its status. Knows nothing of what is asked for.
 */
#ifndef BREAKWATER_SOURCE_HTTP_H
#define BREAKWATER_SOURCE_HTTP_H

#include "support/diagnostics.h"

enum {
    HTTP_TIMEOUT_SECONDS = 30,
    HTTP_ATTEMPTS = 4,
    HTTP_BACKOFF_MILLISECONDS =
        200, /* before the second attempt, doubled before each further one */
    HTTP_REDIRECT_LIMIT = 5
};

/* Whom to tell who we are. A token goes before a name and password. */
typedef struct HttpCredentials {
    Text origin; /* any URL there: scheme, host and port count */
    Text token;
    Text username, password;
} HttpCredentials;

typedef struct HttpOptions {
    HttpCredentials credentials;
    Text ca_file;             /* certificates to trust; empty: the system's */
    unsigned timeout_seconds; /* for each attempt; 0: HTTP_TIMEOUT_SECONDS */
    size_t size_limit;        /* bytes of an answer; 0: that of a file */
} HttpOptions;

/* Open connections, used again from request to request. The arena closes them. */
typedef struct Http Http;

Http *http_new(Arena *arena, const HttpOptions *options);

typedef struct HttpRequest {
    const char *method; /* "GET", "POST", "PUT" */
    Text url;           /* http or https */
    Text accept;
    Text content_type;
    Text body;
} HttpRequest;

typedef struct HttpAnswer {
    long status;
    Text url; /* where it came from, after redirects */
    Text content_type;
    Text body;
} HttpAnswer;

/* Asks, again after 429, 500, 502, 503, 504 and failures of the network. False: no answer could be
 * had, which is diagnosed at `place`. */
bool http_send(Http *http, Diagnostics *diagnostics, Place place, const HttpRequest *request,
               HttpAnswer *answer);

/* Whether two URLs have the same scheme, host and port. */
bool http_same_origin(Arena *arena, Text a, Text b);

/* Takes a name and password out of a URL, decoded; both empty where there are none. */
void http_take_credentials(Arena *arena, Text *url, Text *username, Text *password);

/* A reference (RFC 3986) as seen from a URL; empty where it can't be one of http or https. */
Text http_resolve(Arena *arena, Text base, Text reference);

/* One segment of a path, percent-encoded. */
void http_encode(Buffer *out, Text segment);

#endif
