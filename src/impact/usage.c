#include "impact/declared.h"
#include "impact/holding.h"
#include "impact/router.h"
#include "impact/sent.h"
#include "impact/users.h"

#include <stdlib.h>

typedef struct Usage {
    Arena *run;
    const Router *router;
    Canonicals *canonicals;
    Users users;
    UsageReport *report;
} Usage;

/* ---- what an interaction uses ---------------------------------------------------------------- */

static void use_parameter(Usage *usage, const Parameter *parameter, Sent *sent,
                          const Interaction *interaction) {
    Fields *fields = sent_fields(sent, parameter->in);
    const Node *origin, *value = NULL;
    bool given = false;
    if (parameter->content) {
        given = parameter->in == IN_QUERYSTRING
                    ? fields->count > 0
                    : fields_find(fields, parameter->name, parameter->in == IN_HEADER) != NULL;
    } else {
        Meet *meet = canonicals_meet(usage->canonicals, parameter->type);
        value = value_of_parameter(usage->run, parameter, meet, fields, &origin);
        given = value != NULL;
    }
    if (given)
        users_add(&usage->users, parameter, interaction, DIRECTION_REQUEST);
    users_add_value(&usage->users, usage->canonicals, parameter->type, value, NULL, interaction,
                    DIRECTION_REQUEST);
}

/* The value that a body stands for; NULL where it has no members to be told apart. */
static const Node *value_of_body(Usage *usage, const ExpectedBody *body, const MediaType *type) {
    if (!body->fields.count || !type->type)
        return body->example;
    Fields fields = {0};
    for (size_t i = 0; i < body->fields.count; i++)
        for (size_t j = 0; j < body->fields.items[i].values.count; j++)
            fields_add(usage->run, &fields, body->fields.items[i].name,
                       body->fields.items[i].values.items[j], body->origin);
    return value_of_form(usage->run, &fields, canonicals_meet(usage->canonicals, type->type));
}

/* Gives the media type that carries the body, NULL where none does; `type` is one that is known to.
 */
static const MediaType *use_body(Usage *usage, const MediaType *type, const MediaType *items,
                                 size_t count, const ExpectedBody *body,
                                 const Interaction *interaction, Direction direction) {
    if (body->state != BODY_PRESENT)
        return NULL;
    if (!type)
        type = choose_media_type(items, count, body->content_type).media_type;
    if (!type)
        type = choose_media_type(items, count, (Text){0}).media_type;
    if (type)
        users_add_value(&usage->users, usage->canonicals, type->type,
                        value_of_body(usage, body, type), body->type, interaction, direction);
    return type;
}

static void use_response(Usage *usage, const Operation *operation, const Interaction *interaction) {
    const Response *response =
        interaction->status_low.size ? find_response(operation, interaction) : NULL;
    if (!response)
        return;
    users_add(&usage->users, response, interaction, DIRECTION_RESPONSE);
    for (size_t i = 0; i < response->headers.count; i++)
        for (size_t j = 0; j < interaction->response_headers.count; j++)
            if (text_equal_ignoring_case(response->headers.items[i].name,
                                         interaction->response_headers.items[j].name))
                users_add(&usage->users, &response->headers.items[i], interaction,
                          DIRECTION_RESPONSE);
    use_body(usage, accepted_media_type(usage->run, response, interaction),
             response->media_types.items, response->media_types.count, &interaction->response_body,
             interaction, DIRECTION_RESPONSE);
}

static void note_unmatched(Usage *usage, const Interaction *interaction) {
    Place place = interaction_place(interaction);
    VerdictInteraction unmatched = {
        .who = {.consumer = interaction->consumer,
                .pact = place.file,
                .line = place.line,
                .interaction = interaction->description,
                .reason = text_format(usage->run, "calls %.*s %.*s", TEXT_ARG(interaction->method),
                                      TEXT_ARG(interaction->path))},
    };
    array_push(usage->run, &usage->report->unmatched, unmatched);
}

static void use_interaction(Usage *usage, const Interaction *interaction) {
    Captures captures = {0};
    Text path = request_path(usage->run, usage->router, interaction);
    const Operation *operation = router_take(usage->router, interaction, path, &captures);
    if (!operation) {
        note_unmatched(usage, interaction);
        return;
    }
    users_add(&usage->users, operation, interaction, DIRECTION_REQUEST);
    Sent sent = {0};
    read_sent(usage->run, interaction, &captures, &sent);
    for (size_t i = 0; i < operation->parameters.count; i++)
        use_parameter(usage, &operation->parameters.items[i], &sent, interaction);
    const Body *body = operation->request_body;
    const MediaType *type =
        body ? use_body(usage, NULL, body->media_types.items, body->media_types.count,
                        &interaction->request_body, interaction, DIRECTION_REQUEST)
             : NULL;
    if (type)
        users_add(&usage->users, type, interaction, DIRECTION_REQUEST);
    use_response(usage, operation, interaction);
}

/* A message reads what the webhook of its name writes; one without is out of reach. */
static bool use_message(Usage *usage, const Interaction *interaction) {
    const Operation *webhook = interaction->kind == INTERACTION_ASYNCHRONOUS_MESSAGE
                                   ? router_webhook(usage->router, interaction->description)
                                   : NULL;
    const Body *body = webhook ? webhook->request_body : NULL;
    if (body)
        use_body(usage, NULL, body->media_types.items, body->media_types.count,
                 &interaction->response_body, interaction, DIRECTION_RESPONSE);
    return webhook != NULL;
}

/* ---- what the description declares ----------------------------------------------------------- */

static bool is_listed(const Usage *usage, const UsageConsumers *users) {
    return !usage->report->unused_only || !users->count;
}

static void add_part(Usage *usage, UsageOperation *into, UsagePart part, const void *thing,
                     const Node *origin) {
    part.description = origin_location(usage->run, NULL, origin);
    part.users = users_of(&usage->users, thing);
    if (is_listed(usage, &part.users))
        array_push(usage->run, &into->parts, part);
    if (part.kind != USAGE_PARAMETER)
        return;
    usage->report->parameter_count.all++;
    usage->report->parameter_count.used += part.users.count > 0;
}

static void add_response(Usage *usage, UsageOperation *into, const Response *response) {
    UsagePart part = {.kind = USAGE_RESPONSE, .location = response->status};
    add_part(usage, into, part, response, response->origin);
    for (size_t i = 0; i < response->headers.count; i++) {
        const Parameter *header = &response->headers.items[i];
        UsagePart of_header = {
            .kind = USAGE_HEADER,
            .location = text_format(usage->run, "%.*s header.%.*s", TEXT_ARG(response->status),
                                    TEXT_ARG(header->name)),
            .required = header->required,
            .deprecated = header->deprecated,
        };
        add_part(usage, into, of_header, header, header->origin);
    }
}

static void add_operation(Usage *usage, const Operation *operation) {
    UsageOperation added = {
        .method = operation->method,
        .path = operation->path,
        .deprecated = operation->deprecated,
        .description = origin_location(usage->run, NULL, operation->origin),
        .users = users_of(&usage->users, operation),
    };
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const Parameter *parameter = &operation->parameters.items[i];
        UsagePart part = {
            .kind = USAGE_PARAMETER,
            .location = parameter_location(usage->run, parameter),
            .required = parameter->required,
            .deprecated = parameter->deprecated,
        };
        add_part(usage, &added, part, parameter, parameter->origin);
    }
    const Body *body = operation->request_body;
    for (size_t i = 0; body && i < body->media_types.count; i++) {
        const MediaType *type = &body->media_types.items[i];
        UsagePart part = {
            .kind = USAGE_BODY,
            .location = text_format(usage->run, "body %.*s", TEXT_ARG(type->name)),
            .required = body->required,
        };
        add_part(usage, &added, part, type, type->origin);
    }
    for (size_t i = 0; i < operation->responses.count; i++)
        add_response(usage, &added, &operation->responses.items[i]);
    if (is_listed(usage, &added.users) || added.parts.count)
        array_push(usage->run, &usage->report->operations, added);
    usage->report->operation_count.all++;
    usage->report->operation_count.used += added.users.count > 0;
}

static int by_place(const void *a, const void *b) {
    const UsageProperty *first = a, *second = b;
    const Place *one = &first->description.place, *other = &second->description.place;
    int order = text_compare(one->file, other->file);
    if (!order)
        order = (one->line > other->line) - (one->line < other->line);
    if (!order)
        order = (one->column > other->column) - (one->column < other->column);
    return order ? order : text_compare(first->location, second->location);
}

static void add_properties(Usage *usage, const Api *api) {
    UsageReport *report = usage->report;
    DeclaredProperties declared = {0};
    declared_properties(usage->run, api, &declared);
    for (array_each(DeclaredProperty, property, &declared)) {
        UsageProperty added = {
            .location = property->location,
            .required = property->required,
            .deprecated = property->property->type && property->property->type->deprecated,
            .in_request = property->in_request,
            .in_response = property->in_response,
            .description = origin_location(usage->run, NULL, property->property->origin),
            .users = users_of(&usage->users, property->property->origin),
        };
        if (is_listed(usage, &added.users))
            array_push(usage->run, &report->properties, added);
        report->property_count.used += added.users.count > 0;
    }
    report->property_count.all = declared.count;
    if (report->properties.count > 1)
        qsort(report->properties.items, report->properties.count, sizeof *report->properties.items,
              by_place);
}

UsageReport *usage_of(Arena *run, const Api *api, const Expectations *expectations,
                      const UsageOptions *options) {
    Usage usage = {
        .run = run,
        .router = router_new(run, api, options->provider_base_path),
        .users = {run, map_new(run)},
        .report = arena_new_object(run, UsageReport),
    };
    usage.report->unused_only = options->unused_only;
    usage.canonicals = router_canonicals(usage.router);
    Map *consumers = map_new(run);
    for (size_t i = 0; i < expectations->interactions.count; i++) {
        const Interaction *interaction = expectations->interactions.items[i];
        if (interaction->kind == INTERACTION_HTTP)
            use_interaction(&usage, interaction);
        else if (!use_message(&usage, interaction))
            continue;
        map_put_text(consumers, interaction->consumer, consumers);
        usage.report->interactions++;
    }
    usage.report->consumers = map_count(consumers);
    for (size_t i = 0; i < api->operations.count; i++)
        if (!api->operations.items[i]->webhook)
            add_operation(&usage, api->operations.items[i]);
    add_properties(&usage, api);
    return usage.report;
}
