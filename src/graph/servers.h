/* Owns the URLs that a server stands for, with its variables filled in. Knows nothing of comparing.
 */
#ifndef BREAKWATER_GRAPH_SERVERS_H
#define BREAKWATER_GRAPH_SERVERS_H

#include "graph/graph.h"

typedef ARRAY(Text) UrlList;

/* What stands for a variable without `enum`, which may be anything. */
typedef enum OpenVariables {
    OPEN_AT_DEFAULT, /* its default; in braces as written, where there is none */
    OPEN_AS_STAR     /* "*" */
} OpenVariables;

enum { SERVER_URLS_LIMIT = 64 };

/* The URLs with each variable at each value listed for it and at its default. Where they are more
 * than SERVER_URLS_LIMIT: the first of them, or one with "*" for all variables. */
UrlList server_urls(Arena *arena, const Server *server, OpenVariables open);

/* The URL with "*" for all variables, whose names are never sent. */
Text server_template(Arena *arena, const Server *server);

/* Whether the variable may have that value: any, where none are listed. */
bool server_variable_takes(const ServerVariable *variable, Text value);

/* The variable of that name; NULL: none is declared. */
const ServerVariable *server_variable(const Server *server, Text name);

/* The name of the variable in braces that begins at `at`; false: none does. */
bool server_variable_at(Text url, size_t at, Text *name);

#endif
