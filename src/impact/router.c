#include "impact/router.h"

#include "impact/holding.h"
#include "impact/nearness.h"
#include "impact/template.h"
#include "support/map.h"

/* Routes stand in a trie, one level a segment. A node tries its literal child first, then its
 * templated ones, the more literal text the earlier; so the earlier segment decides by the order of
 * the search, and a request costs the depth of the trie, not the number of operations. */

typedef struct Route {
    const Operation *operation;
    Template template;
    size_t base; /* its segments that are the base path's */
} Route;

typedef struct RouteNode RouteNode;

typedef struct TemplatedChild {
    TemplateSegment segment;
    RouteNode *node;
} TemplatedChild;

struct RouteNode {
    Map *literals; /* decoded text → RouteNode; NULL: none */
    ARRAY(TemplatedChild) templated;
    ARRAY(Route *) routes; /* that end here */
};

struct Router {
    Arena *arena, *scratch;
    Canonicals *canonicals;
    RouteNode *with_base_path; /* templates behind the base path of one of their servers */
    RouteNode *bare;           /* templates alone, where that is not the same */
    ARRAY(Route *) routes;     /* one an operation */
    ARRAY(Route *) all;        /* those behind base paths too */
    Text given;                /* the base path, where all stand behind one that was given */
    size_t shared;             /* segments that tell no path from another, the base path aside */
    bool reads_query;
    Map *webhooks; /* Operation by plain_name */
    Map *nearest;  /* "METHOD path" → Nearest: a pact asks for the same thing many times */
};

/* ---- Building -------------------------------------------------------------------------------- */

static RouteNode *templated_child(Arena *arena, RouteNode *node, const TemplateSegment *segment) {
    size_t at = 0;
    for (; at < node->templated.count; at++) {
        const TemplateSegment *other = &node->templated.items[at].segment;
        if (text_equal(other->shape, segment->shape))
            return node->templated.items[at].node;
        if (other->literal < segment->literal)
            break;
    }
    TemplatedChild child = {*segment, arena_new_object(arena, RouteNode)};
    array_push(arena, &node->templated, child);
    for (size_t i = node->templated.count - 1; i > at; i--)
        node->templated.items[i] = node->templated.items[i - 1];
    node->templated.items[at] = child;
    return child.node;
}

static RouteNode *literal_child(Arena *arena, RouteNode *node, const TemplateSegment *segment) {
    if (!node->literals)
        node->literals = map_new(arena);
    RouteNode *child = map_get_text(node->literals, segment->shape);
    if (!child) {
        child = arena_new_object(arena, RouteNode);
        map_put_text(node->literals, segment->shape, child);
    }
    return child;
}

static void insert(Arena *arena, RouteNode *node, Route *route) {
    for (array_each(TemplateSegment, segment, &route->template.segments))
        node = segment->templated ? templated_child(arena, node, segment)
                                  : literal_child(arena, node, segment);
    array_push(arena, &node->routes, route);
}

static Route *add_route(Router *router, RouteNode *root, const Operation *operation,
                        Text base_path) {
    Arena *arena = router->arena;
    Route *route = arena_new_object(arena, Route);
    Template base = {0};
    template_parse(arena, base_path, &base);
    template_parse(arena,
                   text_format(arena, "%.*s%.*s", TEXT_ARG(base_path), TEXT_ARG(operation->path)),
                   &route->template);
    route->operation = operation;
    route->base = base.segments.count;
    insert(router->arena, root, route);
    array_push(router->arena, &router->all, route);
    return route;
}

static void add_base_path(Arena *arena, Texts *paths, Text path) {
    for (size_t i = 0; i < paths->count; i++)
        if (text_equal(paths->items[i], path))
            return;
    array_push(arena, paths, path);
}

/* The distinct ones of all servers, with their variables at each listed value. */
static Texts base_paths_of(Arena *arena, const Operation *operation) {
    Texts paths = {0};
    for (size_t i = 0; i < operation->servers.count; i++) {
        const Server *server = &operation->servers.items[i];
        add_base_path(arena, &paths, server->base_path);
        for (size_t j = 0; j < server->other_base_paths.count; j++)
            add_base_path(arena, &paths, server->other_base_paths.items[j]);
    }
    return paths;
}

static void add_below(Router *router, const Operation *operation, Text base_path) {
    Route *route = add_route(router, router->with_base_path, operation, base_path);
    array_push(router->arena, &router->routes, route);
    router->reads_query |= route->template.query.size > 0;
}

static void add_operation(Router *router, const Operation *operation) {
    bool at_root = !operation->servers.count;
    Texts paths = base_paths_of(router->arena, operation);
    for (size_t i = 0; i < paths.count; i++) {
        Text base = paths.items[i];
        if (!base.size)
            at_root = true;
        else
            add_route(router, router->with_base_path, operation, base);
    }
    Route *route =
        add_route(router, at_root ? router->with_base_path : router->bare, operation, TEXT(""));
    array_push(router->arena, &router->routes, route);
    router->reads_query |= route->template.query.size > 0;
}

/* Whether the paths all have this segment, a literal, and go on with a literal. */
static bool is_shared(const Router *router, size_t index) {
    Text shape = {0};
    for (size_t i = 0; i < router->routes.count; i++) {
        const Template *template = &router->routes.items[i]->template;
        size_t at = router->routes.items[i]->base + index;
        if (template->segments.count <= at + 1 || template->segments.items[at].templated ||
            template->segments.items[at + 1].templated)
            return false;
        if (shape.data && !text_equal(shape, template->segments.items[at].shape))
            return false;
        shape = template->segments.items[at].shape;
    }
    return shape.data != NULL;
}

/* A message and a webhook are spelled by people: by letters and digits alone they are compared. */
static Text plain_name(Arena *arena, Text name) {
    Buffer plain = {.arena = arena};
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
        if (letter || (c >= '0' && c <= '9'))
            buffer_add_byte(&plain, c);
    }
    return text_lower(arena, buffer_text(&plain));
}

static void add_webhook(Router *router, const Operation *operation) {
    Text name = plain_name(router->arena, operation->path);
    if (name.size && !map_get_text(router->webhooks, name))
        map_put_text(router->webhooks, name, (void *)(uintptr_t)operation);
}

Router *router_new(Arena *run, const Api *api, Text base_path) {
    Router *router = arena_new_object(run, Router);
    router->arena = run;
    router->scratch = arena_scratch(run);
    router->canonicals = canonicals_new(run);
    router->with_base_path = arena_new_object(run, RouteNode);
    router->bare = arena_new_object(run, RouteNode);
    router->webhooks = map_new(run);
    router->nearest = map_new(run);
    bool given = base_path.data != NULL;
    if (text_ends_with(base_path, TEXT("/")))
        base_path.size--;
    router->given = base_path;
    for (size_t i = 0; i < api->operations.count; i++) {
        const Operation *operation = api->operations.items[i];
        if (operation->webhook)
            add_webhook(router, operation);
        else if (given)
            add_below(router, operation, base_path);
        else
            add_operation(router, operation);
    }
    while (is_shared(router, router->shared))
        router->shared++;
    return router;
}

Canonicals *router_canonicals(const Router *router) {
    return router->canonicals;
}

const Operation *router_webhook(const Router *router, Text name) {
    Text plain = plain_name(router->arena, name);
    return plain.size ? map_get_text(router->webhooks, plain) : NULL;
}

bool router_reads_query(const Router *router) {
    return router->reads_query;
}

/* ---- Finding --------------------------------------------------------------------------------- */

typedef struct Request {
    const Router *router;
    Arena *arena;   /* of what is read of it */
    Text method;    /* empty: any */
    Texts segments; /* decoded */
    UriPairs query;
    bool trailing_slash;
    const Interaction *interaction; /* NULL: method and path alone are known */
} Request;

static void read_request(const Router *router, Text method, Text path, Request *request) {
    Arena *arena = request->arena;
    *request = (Request){.router = router, .arena = arena, .method = method};
    path = text_slice(path, 0, text_find_byte(path, '#', 0));
    size_t query = text_find_byte(path, '?', 0);
    if (query != SIZE_MAX && router->reads_query)
        uri_pairs(arena, text_slice(path, query + 1, path.size), '&', &request->query);
    path = text_slice(path, 0, query);
    request->trailing_slash = path.size > 1 && path.data[path.size - 1] == '/';
    if (path.size && path.data[0] == '/')
        path = text_slice(path, 1, path.size);
    if (path.size && path.data[path.size - 1] == '/')
        path = text_slice(path, 0, path.size - 1);
    if (!path.size)
        return;
    text_split(arena, path, '/', &request->segments);
    for (size_t i = 0; i < request->segments.count; i++)
        request->segments.items[i] = text_percent_decode(arena, request->segments.items[i]);
}

static bool query_is_there(const Request *request, const Route *route) {
    UriPairs needed = {0};
    uri_pairs(request->arena, route->template.query, '&', &needed);
    for (array_each(UriPair, pair, &needed)) {
        bool found = false;
        for (size_t i = 0; i < request->query.count && !found; i++)
            found = text_equal(request->query.items[i].name, pair->name) &&
                    (!pair->value.size || text_equal(request->query.items[i].value, pair->value));
        if (!found)
            return false;
    }
    return true;
}

static void capture(const Request *request, const Route *route, Captures *captures) {
    for (size_t i = 0; i < route->template.segments.count; i++) {
        const TemplateSegment *segment = &route->template.segments.items[i];
        size_t before = captures->count;
        template_segment_takes(request->arena, segment, request->segments.items[i], captures);
        for (size_t j = before; j < captures->count; j++) {
            captures->items[j].segment = i;
            captures->items[j].whole = segment->parts.count == 1;
        }
    }
}

/* Whether the path parameters of an operation accept what the path says. */
static bool captures_accepted(const Request *request, const Route *route) {
    const Router *router = request->router;
    Captures captures = {0};
    capture(request, route, &captures);
    Fields fields = {0};
    for (array_each(Capture, one, &captures))
        fields_add(request->arena, &fields, one->name, one->value, NULL);
    for (size_t i = 0; i < route->operation->parameters.count; i++) {
        const Parameter *parameter = &route->operation->parameters.items[i];
        if (parameter->in != IN_PATH || !parameter->type)
            continue;
        Meet *meet = canonicals_meet(router->canonicals, parameter->type);
        const Node *origin;
        const Node *value = value_of_parameter(request->arena, parameter, meet, &fields, &origin);
        if (value && meet_accepts_strictly(meet, value, DIRECTION_REQUEST) == REFUSED)
            return false;
    }
    return true;
}

static bool content_type_fits(const Request *request, const Operation *operation) {
    const Body *body = operation->request_body;
    Text sent = request->interaction ? request->interaction->request_body.content_type : (Text){0};
    return sent.size && body &&
           choose_media_type(body->media_types.items, body->media_types.count, sent).media_type;
}

static bool answers_accepted(const Request *request, const Operation *operation) {
    const ExpectedField *header =
        request->interaction ? sent_header(request->interaction, TEXT("Accept")) : NULL;
    Text accept = header && header->values.count ? header->values.items[0] : (Text){0};
    for (size_t i = 0; accept.size && i < operation->responses.count; i++) {
        const Response *response = &operation->responses.items[i];
        for (size_t j = 0; j < response->media_types.count; j++)
            if (accept_rank(accept, response->media_types.items[j].name))
                return true;
    }
    return false;
}

/* Of routes that end at one node the better: a query that is there, the same trailing slash, values
 * accepted, the content type taken, an answer accepted, in this order; else the first. */
static unsigned preference(const Request *request, const Route *route, bool alone) {
    bool same_slash = request->trailing_slash == route->template.trailing_slash;
    unsigned sure = (route->template.query.size ? 16u : 0) + (same_slash ? 8u : 0);
    if (alone)
        return sure;
    return sure + (captures_accepted(request, route) ? 4u : 0) +
           (content_type_fits(request, route->operation) ? 2u : 0) +
           (answers_accepted(request, route->operation) ? 1u : 0);
}

static const Route *route_at(const Request *request, const RouteNode *node) {
    ARRAY(const Route *) fitting = {0};
    for (size_t i = 0; i < node->routes.count; i++) {
        const Route *route = node->routes.items[i];
        bool method =
            !request->method.size || text_equal(route->operation->method, request->method);
        if (method && query_is_there(request, route))
            array_push(request->arena, &fitting, route);
    }
    const Route *best = fitting.count ? fitting.items[0] : NULL;
    unsigned most = best ? preference(request, best, fitting.count == 1) : 0;
    for (size_t i = 1; i < fitting.count; i++) {
        unsigned found = preference(request, fitting.items[i], false);
        if (found > most) {
            best = fitting.items[i];
            most = found;
        }
    }
    return best;
}

/* Whether neither template is the more specific one: each has a literal where the other has none.
 */
static bool are_ambiguous(const Route *one, const Route *other) {
    bool closer[2] = {false, false};
    for (size_t i = 0; i < one->template.segments.count; i++) {
        bool first = one->template.segments.items[i].templated;
        bool second = other->template.segments.items[i].templated;
        closer[0] |= !first && second;
        closer[1] |= first && !second;
    }
    return closer[0] && closer[1];
}

/* Which of two ambiguous templates is meant is left to the tools (OpenAPI 3.1 section 4.8.8.2): the
 * first, unless it refuses the values and the other takes them. */
typedef struct Refusal {
    const Route *first; /* that refuses; NULL: none yet */
} Refusal;

static const Route *route_taking(const Request *request, const RouteNode *node, Refusal *refusal) {
    const Route *found = route_at(request, node);
    if (!found || !request->interaction ||
        (refusal->first && !are_ambiguous(refusal->first, found)))
        return refusal->first ? NULL : found;
    if (captures_accepted(request, found))
        return found;
    refusal->first = refusal->first ? refusal->first : found;
    return NULL;
}

/* Recursion is as deep as the templates are long. */
static const Route *search(const Request *request, const RouteNode *node, size_t depth,
                           Refusal *refusal) {
    if (depth == request->segments.count)
        return route_taking(request, node, refusal);
    Text segment = request->segments.items[depth];
    const RouteNode *literal = node->literals ? map_get_text(node->literals, segment) : NULL;
    const Route *found = literal ? search(request, literal, depth + 1, refusal) : NULL;
    for (size_t i = 0; !found && i < node->templated.count; i++) {
        const TemplatedChild *child = &node->templated.items[i];
        if (template_segment_takes(request->arena, &child->segment, segment, NULL))
            found = search(request, child->node, depth + 1, refusal);
    }
    return found;
}

static const Route *search_both(const Request *request) {
    const RouteNode *roots[] = {request->router->with_base_path, request->router->bare};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        Refusal refusal = {0};
        const Route *found = search(request, roots[i], 0, &refusal);
        if (found || refusal.first)
            return found ? found : refusal.first;
    }
    return NULL;
}

const Operation *router_find(const Router *router, Text method, Text path, Captures *captures,
                             Text *nearest) {
    Request request = {.arena = router->arena};
    read_request(router, method, path, &request);
    const Route *route = search_both(&request);
    if (nearest)
        *nearest = route ? TEXT("") : router_nearest(router, method, path).path;
    if (!route)
        return NULL;
    if (captures)
        capture(&request, route, captures);
    return route->operation;
}

const Operation *router_take(const Router *router, const Interaction *interaction, Text path,
                             Captures *captures) {
    arena_clear(router->scratch); /* what one request was read into, captures included */
    *captures = (Captures){0};
    Request request = {.arena = router->scratch};
    read_request(router, interaction->method, path, &request);
    request.interaction = interaction;
    const Route *route = search_both(&request);
    if (route)
        capture(&request, route, captures);
    return route ? route->operation : NULL;
}

/* ---- What comes near ------------------------------------------------------------------------- */

/* The methods under which a template stands, in the document's order. */
static Text methods_of(const Router *router, const Operation *operation) {
    Buffer methods = {.arena = router->arena};
    for (size_t i = 0; i < router->routes.count; i++) {
        const Operation *other = router->routes.items[i]->operation;
        if (text_equal(other->path, operation->path))
            buffer_format(&methods, "%s%.*s", methods.size ? ", " : "", TEXT_ARG(other->method));
    }
    return buffer_text(&methods);
}

static Text path_of(const Router *router, const Route *route) {
    return text_format(router->arena, "%.*s%.*s", TEXT_ARG(router->given),
                       TEXT_ARG(route->operation->path));
}

static Nearest find_nearest(const Router *router, Text method, Text path) {
    Request request = {.arena = router->arena};
    read_request(router, (Text){0}, path, &request);
    const Route *other = search_both(&request);
    if (other)
        return (Nearest){path_of(router, other), methods_of(router, other->operation)};
    const Route *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < router->all.count; i++) {
        const Route *route = router->all.items[i];
        size_t base = route->base + router->shared;
        size_t least = most ? most / 2 - 1 : 0; /* the method may decide between equals */
        size_t score =
            nearness(request.arena, &request.segments, &route->template, base, least) * 2;
        score += score && text_equal(route->operation->method, method);
        if (score > most) {
            best = route;
            most = score;
        }
    }
    return (Nearest){.path = best ? path_of(router, best) : TEXT("")};
}

Nearest router_nearest(const Router *router, Text method, Text path) {
    Text key = text_format(router->arena, "%.*s %.*s", TEXT_ARG(method), TEXT_ARG(path));
    Nearest *known = map_get_text(router->nearest, key);
    if (!known) {
        known = arena_new_object(router->arena, Nearest);
        *known = find_nearest(router, method, path);
        map_put_text(router->nearest, key, known);
    }
    return *known;
}
