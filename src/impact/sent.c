#include "impact/sent.h"

#include "impact/router.h"

static void add_expected(Arena *run, Fields *fields, const ExpectedField *field) {
    for (size_t i = 0; i < field->values.count; i++) {
        const Node *origin = i < field->origins.count ? field->origins.items[i] : NULL;
        fields_add(run, fields, field->name, field->values.items[i],
                   origin ? origin : field->origin);
    }
    Field *added = fields_find(fields, field->name, false);
    if (added) {
        added->as_text = field->as_text;
        added->as_value = field->as_value;
        added->generated = field->generated;
        added->counted = field->counted;
        added->least = field->least;
        added->most = field->most;
    }
}

static void read_cookies(Arena *run, const Field *header, Fields *cookies) {
    for (size_t i = 0; header && i < header->values.count; i++) {
        UriPairs pairs = {0};
        uri_pairs(run, header->values.items[i], ';', &pairs);
        for (array_each(UriPair, pair, &pairs))
            fields_add(run, cookies, pair->name, pair->value, header->origin);
    }
}

/* The shape of the segment that a path parameter was read of; NULL: it is not known. */
static const Type *shape_of_capture(const Interaction *interaction, const Capture *capture) {
    size_t index = capture->segment + text_starts_with(interaction->path, TEXT("/"));
    bool known = capture->whole && index < interaction->path_segments.count;
    return known ? interaction->path_segments.items[index] : NULL;
}

void read_sent(Arena *run, const Interaction *interaction, const Captures *captures, Sent *sent) {
    for (size_t i = 0; i < captures->count; i++) {
        fields_add(run, &sent->path, captures->items[i].name, captures->items[i].value, NULL);
        Field *field = fields_find(&sent->path, captures->items[i].name, false);
        const Type *shape = shape_of_capture(interaction, &captures->items[i]);
        field->as_text = field->as_value = shape;
        field->generated = interaction->path_generated && (!shape || shape->generated);
    }
    for (size_t i = 0; i < interaction->query.count; i++)
        add_expected(run, &sent->query, &interaction->query.items[i]);
    for (size_t i = 0; i < interaction->request_headers.count; i++)
        add_expected(run, &sent->headers, &interaction->request_headers.items[i]);
    read_cookies(run, fields_find(&sent->headers, TEXT("Cookie"), true), &sent->cookies);
}

Fields *sent_fields(Sent *sent, ParameterIn in) {
    switch (in) {
    case IN_PATH:
        return &sent->path;
    case IN_HEADER:
        return &sent->headers;
    case IN_COOKIE:
        return &sent->cookies;
    case IN_QUERY:
    case IN_QUERYSTRING:
        return &sent->query;
    }
    return &sent->query;
}

static Text path_with_query(Arena *run, const Interaction *interaction) {
    Buffer path = {.arena = run};
    buffer_add(&path, interaction->path);
    char separator = '?';
    for (size_t i = 0; i < interaction->query.count; i++) {
        const ExpectedField *field = &interaction->query.items[i];
        for (size_t j = 0; j < field->values.count; j++) {
            buffer_add_byte(&path, separator);
            uri_encode_query(&path, field->name);
            buffer_add_byte(&path, '=');
            uri_encode_query(&path, field->values.items[j]);
            separator = '&';
        }
    }
    return buffer_text(&path);
}

Text request_path(Arena *run, const Router *router, const Interaction *interaction) {
    return router_reads_query(router) ? path_with_query(run, interaction) : interaction->path;
}
