#include "diff/compare.h"

#include "graph/servers.h"
#include "support/glob.h"

/* Where an operation can be called. */

/* Servers are compared by the URLs that they stand for: a variable is another spelling of several.
 * Of "https://example.com/v1" and "/users" a part may have moved from the one into the other, so
 * the path belongs to them; where the paths are equal, the URLs alone tell. */
typedef struct Side {
    const Operation *operation;
    ByName templates; /* by server, "*" for all variables */
    ByName urls;      /* all that the servers stand for, "*" for variables that may be anything */
    ARRAY(Text) open; /* those with a "*" */
} Side;

typedef struct Places {
    Comparer *comparer;
    bool same_path;
    Side base, revision;
} Places;

/* Where the host of a URL begins and ends; the URL's size where it has none. */
static size_t host_of(Text url, size_t *end) {
    size_t colon = text_find_byte(url, ':', 0);
    size_t slash = text_find_byte(url, '/', 0);
    size_t start = colon != SIZE_MAX && colon + 1 == slash ? slash + 2 : slash == 0 ? 2 : url.size;
    if (start > url.size || (start < url.size && url.data[start - 1] != '/'))
        start = url.size;
    *end = start < url.size ? text_find_byte(url, '/', start) : SIZE_MAX;
    *end = *end == SIZE_MAX ? url.size : *end;
    return start;
}

/* Names of variables in braces are left as they are. */
static Text lower_outside_braces(Arena *arena, Text text) {
    Buffer out = {.arena = arena};
    Text lower = text_lower(arena, text);
    bool inside = false;
    for (size_t i = 0; i < text.size; i++) {
        inside = text.data[i] == '{' || (inside && text.data[i] != '}');
        buffer_add_byte(&out, inside ? text.data[i] : lower.data[i]);
    }
    return buffer_text(&out);
}

Text normal_url(Arena *arena, Text url) {
    size_t end, start = host_of(url, &end);
    if (start == url.size)
        return url;
    Text front = lower_outside_braces(arena, text_slice(url, 0, end));
    bool plain = text_starts_with(front, TEXT("http:"));
    Text port = plain ? TEXT(":80") : TEXT(":443");
    if ((plain || text_starts_with(front, TEXT("https:"))) && text_ends_with(front, port))
        front.size -= port.size;
    return text_format(arena, "%.*s%.*s", TEXT_ARG(front),
                       TEXT_ARG(text_slice(url, end, url.size)));
}

static Text place_of(const Places *places, const Operation *operation, Text url) {
    Arena *arena = places->comparer->arena;
    Text path = places->same_path ? TEXT("/") : operation->path;
    return server_target(arena, normal_url(arena, url), path);
}

static Text template_place(const Places *places, const Operation *operation, const Server *server) {
    return place_of(places, operation, server_template(places->comparer->arena, server));
}

static Side side_of(const Places *places, const Operation *operation) {
    Arena *arena = places->comparer->arena;
    Side side = {.operation = operation};
    for (size_t i = 0; i < operation->servers.count; i++) {
        const Server *server = &operation->servers.items[i];
        by_name_add(arena, &side.templates, template_place(places, operation, server));
        UrlList urls = server_urls(arena, server, OPEN_AS_STAR);
        for (size_t j = 0; j < urls.count; j++) {
            Text place = place_of(places, operation, urls.items[j]);
            by_name_add(arena, &side.urls, place);
            if (text_find_byte(place, '*', 0) != SIZE_MAX)
                array_push(arena, &side.open, place);
        }
    }
    by_name_sort(&side.templates);
    by_name_sort(&side.urls);
    return side;
}

/* The server that is spelled as one of the other side, but for names of variables. */
static const Server *find_server(const Side *side, Text place) {
    size_t found = by_name_find(&side->templates, place);
    return found == SIZE_MAX ? NULL : &side->operation->servers.items[found];
}

static bool has_url(const Side *side, Text place) {
    bool found = by_name_find(&side->urls, place) != SIZE_MAX;
    for (size_t i = 0; i < side->open.count && !found; i++)
        found = glob_takes(side->open.items[i], place, '\0');
    return found;
}

/* ---- relative URLs --------------------------------------------------------------------------- */

/* What is taken from where the description is served (3.1.1 section 4.8.5.1), which nobody tells
 * us. */
typedef enum Lacking { LACKS_NOTHING, LACKS_SCHEME, LACKS_HOST, LACKS_FOLDER } Lacking;

static Lacking lacking_of(Text place) {
    size_t end, start = host_of(place, &end);
    if (start == place.size)
        return text_starts_with(place, TEXT("/")) ? LACKS_HOST : LACKS_FOLDER;
    return start == 2 ? LACKS_SCHEME : LACKS_NOTHING;
}

static Text without(Text place, Lacking lacking) {
    size_t end, start = host_of(place, &end);
    if (lacking == LACKS_SCHEME)
        return text_slice(place, start < 2 ? 0 : start - 2, place.size);
    if (start < place.size)
        return text_slice(place, end, place.size);
    while (text_starts_with(place, TEXT("./")) || text_starts_with(place, TEXT("../")))
        place = text_slice(place, text_find_byte(place, '/', 0) + 1, place.size);
    return place;
}

/* Whether two may be the same, as far as both are written. */
static bool may_be_same(Text a, Text b) {
    Lacking own = lacking_of(a), other = lacking_of(b);
    Lacking more = own > other ? own : other;
    if (own == other)
        return false;
    Text left = without(a, more), right = without(b, more);
    if (more != LACKS_FOLDER)
        return text_equal(left, right);
    return own == LACKS_FOLDER ? text_ends_with(right, left) : text_ends_with(left, right);
}

static bool may_have_url(const Side *side, Text place) {
    for (size_t i = 0; i < side->urls.count; i++)
        if (may_be_same(side->urls.items[i].name, place))
            return true;
    return false;
}

/* Where a path has moved as a whole, that is told of the operation. */
static bool compares_urls(Arena *arena, const Operation *base, const Operation *revision) {
    if (!base->servers.count || !revision->servers.count ||
        path_templates_equal(base->path, revision->path))
        return true;
    Text from = server_target(arena, base->servers.items[0].base_path, base->path);
    Text to = server_target(arena, revision->servers.items[0].base_path, revision->path);
    return !text_equal(from, to);
}

static const Node *servers_place(const Operation *operation) {
    return operation->servers.count && operation->servers.items[0].origin
               ? operation->servers.items[0].origin
               : operation->origin;
}

/* `effect` is that of a server which is gone. */
static void note_server(const Places *places, Comparison *at, ChangeKind kind, Text url,
                        const Node *origin, Effect effect) {
    bool added = kind == CHANGE_SERVER_ADDED;
    const Node *base = added ? servers_place(places->base.operation) : origin;
    const Node *revision = added ? origin : servers_place(places->revision.operation);
    Change *change = note(places->comparer, at, kind, EFFECT_NONE, base, revision);
    change->base_absent = added;
    change->revision_absent = !added;
    with(places->comparer, change, ATTRIBUTE_NAME, url);
    if (!added && effect == EFFECT_UNPROVEN)
        with_effect(places->comparer, change, effect);
}

/* ---- variables ------------------------------------------------------------------------------- */

/* Whether the other side has all URLs of a server with its variable at that value. */
static bool has_all_with(const Places *places, const Side *own, const Server *server,
                         const ServerVariable *variable, const Text *value) {
    Arena *arena = places->comparer->arena;
    const Side *other = own == &places->base ? &places->revision : &places->base;
    Server chosen = *server;
    ServerVariable *variables = arena_new_array(arena, server->variables.count, ServerVariable);
    chosen.variables.items = variables;
    for (size_t i = 0; i < server->variables.count; i++) {
        variables[i] = server->variables.items[i];
        if (&server->variables.items[i] == variable)
            variables[i] = (ServerVariable){.name = variable->name};
        if (&server->variables.items[i] == variable && value)
            array_push(arena, &variables[i].values, *value);
    }
    UrlList urls = server_urls(arena, &chosen, OPEN_AS_STAR);
    for (size_t i = 0; i < urls.count; i++)
        if (!has_url(other, place_of(places, own->operation, urls.items[i])))
            return false;
    return true;
}

/* A variable of a server, and the one at the same place of its partner. */
typedef struct Variables {
    const Places *places;
    Comparison *at;
    const Server *base_server, *revision_server;
    const ServerVariable *base, *revision;
} Variables;

static void note_value(const Variables *variables, bool removed, const Text *value) {
    const Places *places = variables->places;
    const ServerVariable *having = removed ? variables->base : variables->revision;
    if (has_all_with(places, removed ? &places->base : &places->revision,
                     removed ? variables->base_server : variables->revision_server, having, value))
        return;
    Change *change = note(places->comparer, variables->at,
                          removed ? CHANGE_SERVER_VALUE_REMOVED : CHANGE_SERVER_VALUE_ADDED,
                          EFFECT_NONE, variables->base->origin, variables->revision->origin);
    with(places->comparer, change, ATTRIBUTE_NAME, having->name);
    with(places->comparer, change, ATTRIBUTE_VALUE, value ? *value : TEXT("any other"));
}

static void note_values(const Variables *variables, bool removed) {
    const ServerVariable *having = removed ? variables->base : variables->revision;
    const ServerVariable *lacking = removed ? variables->revision : variables->base;
    for (size_t i = 0; i < having->values.count; i++)
        if (!server_variable_takes(lacking, having->values.items[i]))
            note_value(variables, removed, &having->values.items[i]);
    if (!having->values.count && lacking->values.count)
        note_value(variables, removed, NULL);
}

static void compare_variable(const Variables *variables) {
    note_values(variables, true);
    note_values(variables, false);
    Text from = variables->base->otherwise, to = variables->revision->otherwise;
    if (text_equal(from, to))
        return;
    Comparer *comparer = variables->places->comparer;
    Change *change = note(comparer, variables->at, CHANGE_SERVER_DEFAULT_CHANGED, EFFECT_NONE,
                          variables->base->origin, variables->revision->origin);
    with(comparer, change, ATTRIBUTE_NAME, variables->revision->name);
    with(comparer, change, ATTRIBUTE_FROM, from);
    with(comparer, change, ATTRIBUTE_TO, to);
}

/* The first variable at or behind `*at` of a URL; moves `*at` behind it. NULL: none is declared. */
static bool next_variable(const Server *server, size_t *at, const ServerVariable **found) {
    Text name;
    for (; *at < server->url.size; (*at)++)
        if (server_variable_at(server->url, *at, &name)) {
            *at += name.size + 2;
            *found = server_variable(server, name);
            return true;
        }
    return false;
}

/* Variables are known by their place in the URL: their names are never sent. */
static void compare_variables(const Places *places, Comparison *at, const Server *from,
                              const Server *to) {
    Variables variables = {places, at, from, to, NULL, NULL};
    size_t i = 0, j = 0;
    while (next_variable(from, &i, &variables.base) && next_variable(to, &j, &variables.revision))
        if (variables.base && variables.revision)
            compare_variable(&variables);
}

/* ---- all of an operation --------------------------------------------------------------------- */

/* A server that is spelled like none of the other side: which of its URLs are not there, either. */
static void note_missing(const Places *places, Comparison *at, const Side *own,
                         const Server *server) {
    bool removed = own == &places->base;
    const Side *other = removed ? &places->revision : &places->base;
    ChangeKind kind = removed ? CHANGE_SERVER_REMOVED : CHANGE_SERVER_ADDED;
    UrlList urls = server_urls(places->comparer->arena, server, OPEN_AS_STAR), missing = {0};
    Effect effect = EFFECT_UNPROVEN;
    for (size_t i = 0; i < urls.count; i++) {
        Text place = place_of(places, own->operation, urls.items[i]);
        if (has_url(other, place))
            continue;
        array_push(places->comparer->arena, &missing, urls.items[i]);
        if (!may_have_url(other, place))
            effect = EFFECT_NARROWED;
    }
    if (missing.count == urls.count)
        note_server(places, at, kind, server->url, server->origin, effect);
    for (size_t i = 0; i < missing.count && missing.count < urls.count; i++)
        note_server(places, at, kind, missing.items[i], server->origin, effect);
}

void compare_servers(Comparer *comparer, Comparison *at, const Operation *base,
                     const Operation *revision) {
    Places places = {.comparer = comparer,
                     .same_path = compares_urls(comparer->arena, base, revision)};
    places.base = side_of(&places, base);
    places.revision = side_of(&places, revision);
    for (size_t i = 0; i < base->servers.count; i++) {
        const Server *from = &base->servers.items[i];
        const Server *to = find_server(&places.revision, template_place(&places, base, from));
        if (!to) {
            note_missing(&places, at, &places.base, from);
            continue;
        }
        compare_variables(&places, at, from, to);
        if (!from->implied && !to->implied)
            compare_documentation(comparer, at, from->origin, to->origin);
    }
    for (size_t i = 0; i < revision->servers.count; i++) {
        const Server *to = &revision->servers.items[i];
        if (!find_server(&places.base, template_place(&places, revision, to)))
            note_missing(&places, at, &places.revision, to);
    }
}
