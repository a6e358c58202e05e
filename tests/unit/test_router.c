/* Which operation takes a request: literal before templated, base paths, decoding, likeness. */
#include "impact/impact.h"
#include "impact/router.h"
#include "unit/check.h"

static Operation *add(Arena *arena, Api *api, const char *method, const char *path) {
    Operation *operation = arena_new_object(arena, Operation);
    operation->method = text_from(method);
    operation->path = text_from(path);
    array_push(arena, &api->operations, operation);
    return operation;
}

static void add_server(Arena *arena, Operation *operation, const char *base_path) {
    Server server = {.url = text_from(base_path), .base_path = text_from(base_path)};
    array_push(arena, &operation->servers, server);
}

static Text find(const Router *router, const char *method, const char *path) {
    const Operation *operation =
        router_find(router, text_from(method), text_from(path), NULL, NULL);
    return operation ? operation->path : TEXT("none");
}

static Text captured(Arena *arena, const Router *router, const char *path) {
    Captures captures = {0};
    Buffer text = {.arena = arena};
    if (!router_find(router, TEXT("GET"), text_from(path), &captures, NULL))
        return TEXT("none");
    for (array_each(Capture, capture, &captures))
        buffer_format(&text, "%.*s=%.*s ", TEXT_ARG(capture->name), TEXT_ARG(capture->value));
    return text_trim(buffer_text(&text));
}

static void literal_segments_win(Arena *arena) {
    Api api = {0};
    add(arena, &api, "GET", "/{kind}/new");
    add(arena, &api, "GET", "/users/{id}");
    add(arena, &api, "GET", "/users/me");
    add(arena, &api, "GET", "/");
    const Router *router = router_new(arena, &api, (Text){0});
    CHECK_TEXT(find(router, "GET", "/users/me"), "/users/me");
    CHECK_TEXT(find(router, "GET", "/users/123"), "/users/{id}");
    CHECK_TEXT(find(router, "GET", "/users/new"), "/users/{id}");
    CHECK_TEXT(find(router, "GET", "/cars/new"), "/{kind}/new");
    CHECK_TEXT(find(router, "GET", "/cars/old"), "none");
    CHECK_TEXT(find(router, "GET", "/"), "/");
    CHECK_TEXT(find(router, "GET", "/users/"), "none");
}

static void search_turns_back(Arena *arena) {
    Api api = {0};
    add(arena, &api, "GET", "/a/b/c");
    add(arena, &api, "GET", "/{x}/b/d");
    add(arena, &api, "POST", "/a/{y}/c");
    const Router *router = router_new(arena, &api, (Text){0});
    CHECK_TEXT(find(router, "GET", "/a/b/d"), "/{x}/b/d");
    CHECK_TEXT(find(router, "POST", "/a/b/c"), "/a/{y}/c");
}

static void segments_of_several_parts(Arena *arena) {
    Api api = {0};
    add(arena, &api, "GET", "/compare/{base}...{head}");
    add(arena, &api, "GET", "/compare/{basehead}");
    add(arena, &api, "GET", "/files/{name}.json");
    add(arena, &api, "GET", "/files/{name}");
    add(arena, &api, "GET", "/files/v{major}.{minor}.json");
    const Router *router = router_new(arena, &api, (Text){0});
    CHECK_TEXT(captured(arena, router, "/compare/main...topic"), "base=main head=topic");
    CHECK_TEXT(captured(arena, router, "/compare/main..topic"), "basehead=main..topic");
    CHECK_TEXT(captured(arena, router, "/files/a.b.json"), "name=a.b");
    CHECK_TEXT(captured(arena, router, "/files/v1.2.json"), "major=1 minor=2");
    CHECK_TEXT(captured(arena, router, "/files/.json"), "name=.json");
    CHECK_TEXT(captured(arena, router, "/files/v1.json"), "name=v1");
}

static void values_are_decoded(Arena *arena) {
    Api api = {0};
    add(arena, &api, "GET", "/files/{path}/meta data");
    add(arena, &api, "GET", "/foo:bar");
    const Router *router = router_new(arena, &api, (Text){0});
    CHECK_TEXT(captured(arena, router, "/files/a%2Fb%C3%A9/meta%20data"), "path=a/b\xc3\xa9");
    CHECK_TEXT(captured(arena, router, "/files/100%/meta%20data?x=1#y"), "path=100%");
    CHECK_TEXT(find(router, "GET", "/foo:bar"), "/foo:bar");
    CHECK_TEXT(find(router, "GET", "/foo%3Abar/"), "/foo:bar");
}

static void base_paths_are_taken_off(Arena *arena) {
    Api api = {0};
    Operation *users = add(arena, &api, "GET", "/users");
    add_server(arena, users, "/v1");
    add_server(arena, users, "/api/v2");
    Operation *item = add(arena, &api, "GET", "/{version}/{id}");
    add_server(arena, item, "/v1");
    const Router *router = router_new(arena, &api, (Text){0});
    CHECK_TEXT(find(router, "GET", "/v1/users"), "/users");
    CHECK_TEXT(find(router, "GET", "/api/v2/users"), "/users");
    CHECK_TEXT(find(router, "GET", "/users"), "/users");
    CHECK_TEXT(find(router, "GET", "/v3/users"), "/{version}/{id}");
}

static void keys_with_query_and_fragment(Arena *arena) {
    Api api = {0};
    add(arena, &api, "POST", "/queue");
    add(arena, &api, "POST", "/queue?action=add");
    add(arena, &api, "POST", "/queue?action=drop");
    add(arena, &api, "GET", "/queue#list");
    const Router *router = router_new(arena, &api, (Text){0});
    CHECK(router_reads_query(router));
    CHECK_TEXT(find(router, "POST", "/queue?x=1&action=drop"), "/queue?action=drop");
    CHECK_TEXT(find(router, "POST", "/queue?action=add"), "/queue?action=add");
    CHECK_TEXT(find(router, "POST", "/queue"), "/queue");
    CHECK_TEXT(find(router, "GET", "/queue"), "/queue#list");
}

static void trailing_slashes(Arena *arena) {
    Api api = {0};
    add(arena, &api, "GET", "/api");
    add(arena, &api, "GET", "/api/");
    add(arena, &api, "GET", "/things/");
    const Router *router = router_new(arena, &api, (Text){0});
    CHECK_TEXT(find(router, "GET", "/api"), "/api");
    CHECK_TEXT(find(router, "GET", "/api/"), "/api/");
    CHECK_TEXT(find(router, "GET", "/things"), "/things/");
}

static Parameter path_parameter(const char *name, Type *type) {
    return (Parameter){.name = text_from(name), .in = IN_PATH, .required = true, .type = type};
}

static void templates_of_one_shape(Arena *arena) {
    Api api = {0};
    Type integer = {.id = 1, .kinds = KIND_INTEGER};
    Type string = {.id = 2, .kinds = KIND_STRING};
    Operation *by_id = add(arena, &api, "GET", "/users/{id}");
    Operation *by_name = add(arena, &api, "GET", "/users/{name}");
    array_push(arena, &by_id->parameters, path_parameter("id", &integer));
    array_push(arena, &by_name->parameters, path_parameter("name", &string));
    const Router *router = router_new(arena, &api, (Text){0});
    CHECK_TEXT(find(router, "GET", "/users/12"), "/users/{id}");
    CHECK_TEXT(find(router, "GET", "/users/ann"), "/users/{name}");
}

static void add_media_type(Arena *arena, Body *body, const char *name) {
    MediaType media_type = {.name = text_from(name)};
    array_push(arena, &body->media_types, media_type);
}

static void content_decides_among_equals(Arena *arena) {
    Api api = {0};
    Operation *json = add(arena, &api, "POST", "/users/{id}");
    Operation *form = add(arena, &api, "POST", "/users/{name}");
    Operation *text = add(arena, &api, "POST", "/users/{nick}");
    Body bodies[2] = {0};
    add_media_type(arena, &bodies[0], "application/json");
    add_media_type(arena, &bodies[1], "application/x-www-form-urlencoded");
    json->request_body = text->request_body = &bodies[0];
    form->request_body = &bodies[1];
    Response answer = {.status = TEXT("200")};
    MediaType plain = {.name = TEXT("text/plain")};
    array_push(arena, &answer.media_types, plain);
    array_push(arena, &text->responses, answer);
    const Router *router = router_new(arena, &api, (Text){0});
    Interaction interaction = {.method = TEXT("POST"), .path = TEXT("/users/ann")};
    Captures captures = {0};
    CHECK(router_take(router, &interaction, interaction.path, &captures) == json);
    interaction.request_body.content_type = TEXT("application/x-www-form-urlencoded");
    CHECK(router_take(router, &interaction, interaction.path, &captures) == form);
    interaction.request_body.content_type = TEXT("application/json; charset=utf-8");
    CHECK(router_take(router, &interaction, interaction.path, &captures) == json);
    ExpectedField accept = {.name = TEXT("accept")};
    array_push(arena, &accept.values, TEXT("text/*"));
    array_push(arena, &interaction.request_headers, accept);
    CHECK(router_take(router, &interaction, interaction.path, &captures) == text);
}

static void a_given_base_path_is_the_only_one(Arena *arena) {
    Api api = {0};
    add_server(arena, add(arena, &api, "GET", "/users"), "/v1");
    const Router *router = router_new(arena, &api, TEXT("/api/"));
    CHECK_TEXT(find(router, "GET", "/api/users"), "/users");
    CHECK_TEXT(find(router, "GET", "/v1/users"), "none");
    CHECK_TEXT(find(router, "GET", "/users"), "none");
}

static void webhooks_go_by_name(Arena *arena) {
    Api api = {0};
    Operation *hook = add(arena, &api, "POST", "userCreated");
    hook->webhook = true;
    const Router *router = router_new(arena, &api, (Text){0});
    CHECK(router_webhook(router, TEXT("userCreated")) == hook);
    CHECK(router_webhook(router, TEXT("user created")) == hook);
    CHECK(router_webhook(router, TEXT("user deleted")) == NULL);
    CHECK(router_webhook(router, TEXT("!")) == NULL);
}

static void webhooks_take_no_request(Arena *arena) {
    Api api = {0};
    add(arena, &api, "POST", "/hook")->webhook = true;
    const Router *router = router_new(arena, &api, (Text){0});
    CHECK_TEXT(find(router, "POST", "/hook"), "none");
}

static void what_comes_near(Arena *arena) {
    Api api = {0};
    add(arena, &api, "GET", "/users/{id}");
    add(arena, &api, "POST", "/users/{id}");
    add(arena, &api, "GET", "/orders/{id}/items");
    Operation *behind = add(arena, &api, "GET", "/invoices");
    add_server(arena, behind, "/v1");
    const Router *router = router_new(arena, &api, (Text){0});
    Text nearest;
    CHECK(!router_find(router, TEXT("DELETE"), TEXT("/users/1"), NULL, &nearest));
    CHECK_TEXT(nearest, "/users/{id}");
    CHECK_TEXT(router_nearest(router, TEXT("DELETE"), TEXT("/users/1")).methods, "GET, POST");
    CHECK(!router_find(router, TEXT("GET"), TEXT("/user/1"), NULL, &nearest));
    CHECK_TEXT(nearest, "/users/{id}");
    CHECK(!router_find(router, TEXT("GET"), TEXT("/orders/1/lines"), NULL, &nearest));
    CHECK_TEXT(nearest, "/orders/{id}/items");
    CHECK(!router_find(router, TEXT("GET"), TEXT("/v1/invoice"), NULL, &nearest));
    CHECK_TEXT(nearest, "/invoices");
    CHECK(!router_find(router, TEXT("GET"), TEXT("/x/y/z/w"), NULL, &nearest));
    CHECK_TEXT(nearest, "");
}

/* One description, requests that it does not take, and what a person would say was meant. */
static const struct {
    const char *method, *path;
} described[] = {
    {"GET", "/v1/users"},
    {"POST", "/v1/users"},
    {"GET", "/v1/users/{id}"},
    {"PUT", "/v1/users/{id}"},
    {"GET", "/v1/users/{id}/orders"},
    {"GET", "/v1/users/{id}/orders/{order}"},
    {"GET", "/v1/users/{id}/orders/{order}/items"},
    {"GET", "/v1/categories"},
    {"GET", "/v1/categories/{name}/products"},
    {"POST", "/v1/payment-methods"},
    {"GET", "/v1/compare/{base}...{head}"},
    {"GET", "/v1/reports/daily"},
    {"GET", "/v1/reports/monthly"},
    {"POST", "/v1/search"},
};

static const struct {
    const char *method, *path, *nearest;
} asked[] = {
    /* too many segments, or too few */
    {"GET", "/api/v1/users/1/orders/2/items/3", "/v1/users/{id}/orders/{order}/items"},
    {"GET", "/api/v1/users/1/avatar", "/v1/users/{id}"},
    {"GET", "/api/v1/users/1/orders/2/lines", "/v1/users/{id}/orders/{order}"},
    {"GET", "/api/v1/orders/2/items", "/v1/users/{id}/orders/{order}/items"},
    {"GET", "/api/v1/orders", "/v1/users/{id}/orders"},
    {"GET", "/api/v1/categories/books", "/v1/categories"},
    {"GET", "/api/v1/search/users/1", "/v1/users/{id}"},
    {"GET", "/api/v1/categories/products", "/v1/categories/{name}/products"},
    /* the base path */
    {"GET", "/api/api/v1/users/1", "/v1/users/{id}"},
    {"GET", "/v1/v1/users/1", "/v1/users/{id}"},
    {"GET", "/api/users/1", "/v1/users/{id}"},
    {"GET", "/users/1", "/v1/users/{id}"},
    {"GET", "/users", "/v1/users"},
    {"GET", "/gateway/shop/v1/users/1/orders", "/v1/users/{id}/orders"},
    {"GET", "/rest/v1/reports/daily", "/v1/reports/daily"},
    /* spelling */
    {"GET", "/api/v1/user/1", "/v1/users/{id}"},
    {"GET", "/api/v1/Users/1", "/v1/users/{id}"},
    {"GET", "/api/v1/category", "/v1/categories"},
    {"GET", "/api/v1/user/1/order/2", "/v1/users/{id}/orders/{order}"},
    {"GET", "/api/v1/usres", "/v1/users"},
    {"POST", "/api/v1/paymentMethods", "/v1/payment-methods"},
    {"POST", "/api/v1/payment_methods", "/v1/payment-methods"},
    {"GET", "/api/v1/report/daily", "/v1/reports/daily"},
    {"GET", "/api/v1/reports/weekly", "/v1/reports/daily"},
    {"GET", "/api/v1/users/1/order", "/v1/users/{id}/orders"},
    {"GET", "/api/v1/user/", "/v1/users"},
    /* the version */
    {"GET", "/api/v2/users/1", "/v1/users/{id}"},
    {"GET", "/v2/users/1/orders/2", "/v1/users/{id}/orders/{order}"},
    {"POST", "/api/v3/search", "/v1/search"},
    /* the method */
    {"DELETE", "/api/v1/users/1", "/v1/users/{id}"},
    {"GET", "/api/v1/payment-methods", "/v1/payment-methods"},
    {"PATCH", "/api/v1/users/1/", "/v1/users/{id}"},
    {"POST", "/api/v1/user", "/v1/users"},
    /* nothing */
    {"GET", "/", ""},
    {"GET", "/api/v1", ""},
    {"GET", "/api/v1/invoices", ""},
    {"GET", "/api/v1/invoices/1", ""},
    {"GET", "/health", ""},
    {"GET", "/a/b/c/d", ""},
    {"GET", "/v1/1/2", ""},
};

static void what_a_person_would_name(Arena *arena) {
    Api api = {0};
    for (size_t i = 0; i < sizeof described / sizeof *described; i++)
        add_server(arena, add(arena, &api, described[i].method, described[i].path), "/api");
    const Router *router = router_new(arena, &api, (Text){0});
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        Text nearest;
        const Operation *taken = router_find(router, text_from(asked[i].method),
                                             text_from(asked[i].path), NULL, &nearest);
        CHECK(!taken);
        if (!text_is(nearest, asked[i].nearest))
            printf("%s %s\n", asked[i].method, asked[i].path);
        CHECK_TEXT(nearest, asked[i].nearest);
    }
}

int main(void) {
    RUN(literal_segments_win);
    RUN(search_turns_back);
    RUN(segments_of_several_parts);
    RUN(values_are_decoded);
    RUN(base_paths_are_taken_off);
    RUN(keys_with_query_and_fragment);
    RUN(trailing_slashes);
    RUN(templates_of_one_shape);
    RUN(content_decides_among_equals);
    RUN(a_given_base_path_is_the_only_one);
    RUN(webhooks_take_no_request);
    RUN(webhooks_go_by_name);
    RUN(what_comes_near);
    RUN(what_a_person_would_name);
    return check_finish();
}
