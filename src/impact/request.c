#include "impact/holding.h"
#include "impact/sent.h"
#include "impact/spot.h"

/* What the consumer sends: parameters, credentials, the body. */

/* ---- Parameters ------------------------------------------------------------------------------ */

const char *field_place_word(ParameterIn in) {
    switch (in) {
    case IN_PATH:
        return "path";
    case IN_QUERY:
        return "query";
    case IN_QUERYSTRING:
        return "querystring";
    case IN_HEADER:
        return "header";
    case IN_COOKIE:
        return "cookie";
    }
    return "query";
}

/* A finding's `need` is here the value that is sent, as JSON; it may be empty. */
static void note_parameter(Holding *holding, ParameterIn in, Text name, Finding finding) {
    Arena *run = holding->run;
    Text location = text_format(run, "%s.%.*s", field_place_word(in), TEXT_ARG(name));
    Trail trail = {NULL, {STEP_PARAMETER, location}};
    finding.place = text_format(run, "request.%.*s", TEXT_ARG(location));
    bool absent = finding.reason == REASON_PARAMETER_ABSENT;
    finding.need =
        text_format(run, "%s %.*s%s%.*s", absent ? "does not send" : "sends", TEXT_ARG(location),
                    finding.need.size ? " as " : "", TEXT_ARG(finding.need));
    finding.message =
        text_format(run, "`%.*s` %.*s", TEXT_ARG(location), TEXT_ARG(finding.message));
    if (!finding.pact_origin)
        finding.pact_origin = holding->interaction->origin;
    note_mismatch(holding, &trail, &finding);
}

/* The three header names that OpenAPI describes elsewhere (3.1 section 4.8.12.2.1). */
static bool is_described_elsewhere(const Parameter *parameter) {
    return parameter->in == IN_HEADER &&
           (text_equal_ignoring_case(parameter->name, TEXT("Accept")) ||
            text_equal_ignoring_case(parameter->name, TEXT("Content-Type")) ||
            text_equal_ignoring_case(parameter->name, TEXT("Authorization")));
}

static Text values_text(Arena *run, const Field *field) {
    enum { WIDTH = 60 };
    Buffer text = {.arena = run};
    for (size_t i = 0; i < field->values.count; i++) {
        Node value = {.kind = NODE_STRING, .text = field->values.items[i]};
        buffer_add(&text, i ? TEXT(", ") : TEXT(""));
        buffer_add(&text, node_to_json(run, &value, WIDTH));
    }
    return buffer_text(&text);
}

/* JSON in a parameter described by `content`; NULL where it is none. */
static const Node *parse_content(Holding *holding, Text text) {
    Diagnostics diagnostics = {.arena = holding->run};
    Source source = {.name = TEXT("parameter"), .file = TEXT("parameter"), .bytes = text};
    const Document *document = document_parse(holding->run, &diagnostics, source);
    return document ? document->root : NULL;
}

static void hold_content(Holding *holding, const Parameter *parameter, Fields *fields) {
    Field *field = fields_find(fields, parameter->name, parameter->in == IN_HEADER);
    Finding finding = {.level = CONTRADICTED, .description_origin = parameter->origin};
    if (!field) {
        finding.reason = REASON_PARAMETER_ABSENT;
        finding.message = TEXT("is required by the description and is not sent");
        if (parameter->required)
            note_parameter(holding, parameter->in, parameter->name, finding);
        return;
    }
    field->used = true;
    if (!media_type_is_json(parameter->content->name) || field->values.count != 1)
        return;
    const Node *value = parse_content(holding, field->values.items[0]);
    Meet *meet = canonicals_meet(holding->canonicals, parameter->content->type);
    if (value && meet_accepts_strictly(meet, value, DIRECTION_REQUEST) != REFUSED)
        return;
    finding.reason = REASON_VALUE;
    finding.message = TEXT("has a value that the description refuses");
    finding.pact_origin = field->origin;
    finding.need = values_text(holding->run, field);
    note_parameter(holding, parameter->in, parameter->name, finding);
}

/* Remembers what took the fields that are used by now. */
static void claim_fields(Holding *holding, ParameterIn in, const Fields *fields,
                         const Parameter *parameter, const Node *value) {
    Outcome *outcome = holding->outcome;
    for (size_t i = 0; i < fields->count; i++) {
        const Field *field = &fields->items[i];
        bool claimed = !field->used;
        for (size_t j = 0; j < outcome->claims.count && !claimed; j++)
            claimed = outcome->claims.items[j].in == in &&
                      text_equal(outcome->claims.items[j].field, field->name);
        if (!claimed)
            array_push(holding->run, &outcome->claims,
                       ((Claim){in, field->name, parameter, value, field->origin}));
    }
}

static void note_value(Holding *holding, const Parameter *parameter, const Node *value,
                       const Node *origin, Acceptance acceptance) {
    enum { WIDTH = 60 };
    bool refused = acceptance == REFUSED;
    Text text = node_to_json(holding->run, value, WIDTH);
    note_parameter(
        holding, parameter->in, parameter->name,
        (Finding){
            .level = refused ? CONTRADICTED : NOT_GUARANTEED,
            .reason = refused ? REASON_VALUE : REASON_UNPROVEN,
            .message = text_format(holding->run, "%s %.*s in the description",
                                   refused ? "does not take" : "may not take", TEXT_ARG(text)),
            .need = text,
            .pact_origin = origin,
            .description_origin = parameter->origin,
        });
}

/* A member of an object's that is refused, or that it lacks; false: it is none of them. */
static bool note_members(Holding *holding, const Parameter *parameter, Meet *meet,
                         const Node *value, const Node *origin) {
    enum { WIDTH = 60 };
    Arena *run = holding->run;
    const Alternative *object = only_alternative(meet, NULL, ALTERNATIVE_OBJECT);
    bool noted = false;
    for (size_t i = 0; object && value->kind == NODE_MAPPING && i < object->object.properties.count;
         i++) {
        const CanonicalProperty *property = &object->object.properties.items[i];
        const Node *member = node_member(value, property->name);
        bool refused =
            member && meet_accepts_strictly(property->type, member, DIRECTION_REQUEST) == REFUSED;
        if (!refused && (member || !property->required || property->read_only))
            continue;
        Text location =
            text_format(run, "%s.%.*s", field_place_word(parameter->in), TEXT_ARG(parameter->name));
        Trail above = {NULL, {STEP_PARAMETER, location}};
        Trail trail = {&above, {STEP_PROPERTY, property->name}};
        location = text_format(run, "%.*s.%.*s", TEXT_ARG(location), TEXT_ARG(property->name));
        Text text = member ? node_to_json(run, member, WIDTH) : TEXT("");
        Finding finding = {
            .level = CONTRADICTED,
            .place = text_format(run, "request.%.*s", TEXT_ARG(location)),
            .reason = member ? REASON_VALUE : REASON_PROPERTY_ABSENT,
            .message = member ? text_format(run, "`%.*s` does not take %.*s in the description",
                                            TEXT_ARG(location), TEXT_ARG(text))
                              : text_format(run,
                                            "`%.*s` is required by the description and is "
                                            "not sent",
                                            TEXT_ARG(location)),
            .need = member
                        ? text_format(run, "sends %.*s as %.*s", TEXT_ARG(location), TEXT_ARG(text))
                        : text_format(run, "does not send %.*s", TEXT_ARG(location)),
            .pact_origin = origin ? origin : holding->interaction->origin,
            .description_origin = property->origin,
        };
        note_mismatch(holding, &trail, &finding);
        noted = true;
    }
    return noted;
}

static bool is_empty_and_may_be(const Parameter *parameter, const Fields *fields) {
    const Field *field = fields_find(fields, parameter->name, false);
    return parameter->allow_empty_value && field && field->values.count == 1 &&
           !field->values.items[0].size;
}

/* Whether the strings were clearly written in another style than the parameter's
 * (3.1.1 section 4.8.12.2): repeated where one string holds all items, without the prefix of a path
 * style or the name that matrix puts there, or with a prefix that no style puts. */
static bool is_written_otherwise(Arena *run, const Parameter *parameter, const Field *field,
                                 Meet *meet) {
    KindSet kinds = meet_canonical(meet)->kinds;
    bool delimited = parameter->style == STYLE_SPACE_DELIMITED ||
                     parameter->style == STYLE_PIPE_DELIMITED ||
                     parameter->style == STYLE_TAB_DELIMITED || parameter->style == STYLE_FORM;
    if (parameter->in == IN_QUERY)
        return field->values.count > 1 && (kinds & KIND_ARRAY) && delimited && !parameter->explode;
    if (parameter->in != IN_PATH || !field->values.count || !field->values.items[0].size)
        return false;
    Text text = field->values.items[0];
    if (parameter->style == STYLE_MATRIX) {
        Text named = text_format(run, ";%.*s", TEXT_ARG(parameter->name));
        if (parameter->explode && (kinds & KIND_OBJECT))
            return text.data[0] != ';';
        return !text_starts_with(text, named) ||
               (text.size > named.size && text.data[named.size] != '=');
    }
    return parameter->style == STYLE_LABEL ? text.data[0] != '.' : text.data[0] == ';';
}

static void hold_style(Holding *holding, const Parameter *parameter, const Fields *fields,
                       Meet *meet) {
    const Field *field = fields_find(fields, parameter->name, parameter->in == IN_HEADER);
    if (field && is_written_otherwise(holding->run, parameter, field, meet))
        note_parameter(holding, parameter->in, parameter->name,
                       (Finding){
                           .level = NOT_GUARANTEED,
                           .reason = REASON_PARAMETER_STYLE,
                           .message = TEXT("is written in another style in the description"),
                           .need = values_text(holding->run, field),
                           .pact_origin = field->origin,
                           .description_origin = parameter->origin,
                       });
}

/* A member of an object that the description does not know, as in a body. */
static void hold_members(Holding *holding, const Parameter *parameter, Meet *meet,
                         const Node *value, const Node *origin) {
    const Canonical *canonical = meet_canonical(meet);
    const Alternative *object =
        canonical->alternatives.count == 1 ? canonical->alternatives.items[0] : NULL;
    bool reads_names = parameter->in == IN_QUERY && object && object->kind == ALTERNATIVE_OBJECT &&
                       !object->values && object->object.additional == ADDITIONAL_UNSAID &&
                       object->object.properties.count && !object->object.pattern_properties.count;
    for (size_t i = 0; reads_names && value->kind == NODE_MAPPING && i < value->count; i++) {
        Text name = value->members[i].key;
        Text location = text_format(holding->run, "%s.%.*s", field_place_word(parameter->in),
                                    TEXT_ARG(parameter->name));
        Trail above = {NULL, {STEP_PARAMETER, location}};
        Trail trail = {&above, {STEP_PROPERTY, name}};
        if (find_property(object, name))
            continue;
        Finding finding = {
            .level = NOT_GUARANTEED,
            .place =
                text_format(holding->run, "request.%.*s.%.*s", TEXT_ARG(location), TEXT_ARG(name)),
            .reason = REASON_PROPERTY_UNDECLARED,
            .message = text_format(holding->run, "`%.*s.%.*s` is not declared in the description",
                                   TEXT_ARG(location), TEXT_ARG(name)),
            .need =
                text_format(holding->run, "sends %.*s.%.*s", TEXT_ARG(location), TEXT_ARG(name)),
            .pact_origin = origin ? origin : holding->interaction->origin,
            .description_origin = parameter->origin,
        };
        note_mismatch(holding, &trail, &finding);
    }
}

static void hold_parameter_shape(Holding *holding, const Parameter *parameter, const Field *field,
                                 Meet *meet) {
    Text location = text_format(holding->run, "%s.%.*s", field_place_word(parameter->in),
                                TEXT_ARG(parameter->name));
    Trail trail = {NULL, {STEP_PARAMETER, location}};
    Text place = text_format(holding->run, "request.%.*s", TEXT_ARG(location));
    hold_shape(holding, &(TextPlace){DIRECTION_REQUEST, &trail, place}, field, meet);
}

/* What is read of the fields, where that is taken; else NULL. */
static const Node *hold_parameter(Holding *holding, const Parameter *parameter, Fields *fields) {
    if (parameter->content) {
        hold_content(holding, parameter, fields);
        return NULL;
    }
    Meet *meet = canonicals_meet(holding->canonicals, parameter->type);
    const Node *origin;
    const Node *value = value_of_parameter(holding->run, parameter, meet, fields, &origin);
    if (!value) {
        if (parameter->required)
            note_parameter(holding, parameter->in, parameter->name,
                           (Finding){
                               .level = CONTRADICTED,
                               .reason = REASON_PARAMETER_ABSENT,
                               .message = TEXT("is required by the description and is not sent"),
                               .description_origin = parameter->origin,
                           });
        return NULL;
    }
    const Field *field = fields_find(fields, parameter->name, parameter->in == IN_HEADER);
    Acceptance acceptance = meet_accepts_strictly(meet, value, DIRECTION_REQUEST);
    if (field && field->generated) { /* another value is sent */
        hold_parameter_shape(holding, parameter, field, meet);
        return NULL;
    }
    bool noted = acceptance == REFUSED && note_members(holding, parameter, meet, value, origin);
    if (acceptance != ACCEPTED && !noted && !is_empty_and_may_be(parameter, fields))
        note_value(holding, parameter, value, origin, acceptance);
    if (acceptance == ACCEPTED)
        hold_parameter_shape(holding, parameter, field, meet);
    if (acceptance != REFUSED) {
        hold_style(holding, parameter, fields, meet);
        hold_members(holding, parameter, meet, value, origin);
    }
    return acceptance == REFUSED ? NULL : value;
}

/* 3.2: one parameter is the whole query, mostly written as a form. */
static void hold_querystring(Holding *holding, const Parameter *parameter, Fields *query) {
    bool form = parameter->content &&
                media_type_fit(TEXT("application/x-www-form-urlencoded"), parameter->content->name);
    for (size_t i = 0; i < query->count; i++)
        query->items[i].used = true;
    if (query->count && form) {
        Meet *meet = canonicals_meet(holding->canonicals, parameter->content->type);
        const Node *origin = query->items[0].origin;
        const Node *value = value_of_form(holding->run, query, meet);
        Acceptance acceptance = meet_accepts_strictly(meet, value, DIRECTION_REQUEST);
        if (acceptance != ACCEPTED)
            note_value(holding, parameter, value, origin, acceptance);
    }
    if (!query->count && parameter->required)
        note_parameter(holding, IN_QUERYSTRING, parameter->name,
                       (Finding){
                           .level = CONTRADICTED,
                           .reason = REASON_PARAMETER_ABSENT,
                           .message = TEXT("is required by the description and is not sent"),
                           .description_origin = parameter->origin,
                       });
}

/* Names that others ask for are none of an object's that takes any. */
static void reserve_names(const Operation *operation, Fields *query) {
    for (size_t i = 0; i < query->count; i++) {
        Field *field = &query->items[i];
        Text name = text_slice(field->name, 0, text_find_byte(field->name, '[', 0));
        for (size_t j = 0; j < operation->parameters.count; j++)
            field->reserved |= operation->parameters.items[j].in == IN_QUERY &&
                               (text_equal(operation->parameters.items[j].name, field->name) ||
                                text_equal(operation->parameters.items[j].name, name));
        for (size_t j = 0; j < operation->security.count; j++)
            for (array_each(SecurityNeed, need, &operation->security.items[j].needs))
                field->reserved |= need->scheme->in == IN_QUERY &&
                                   text_equal(need->scheme->parameter, field->name);
    }
}

static void hold_parameters(Holding *holding, Sent *sent) {
    reserve_names(holding->operation, &sent->query);
    for (size_t i = 0; i < holding->operation->parameters.count; i++) {
        const Parameter *parameter = &holding->operation->parameters.items[i];
        if (is_described_elsewhere(parameter))
            continue;
        Fields *fields = sent_fields(sent, parameter->in);
        const Node *value = NULL;
        if (parameter->in == IN_QUERYSTRING)
            hold_querystring(holding, parameter, fields);
        else
            value = hold_parameter(holding, parameter, fields);
        claim_fields(holding, parameter->in, fields, parameter, value);
    }
}

/* Whether the path key itself asks for the query parameter (`/x?action=add`). */
static bool is_in_path_key(const Operation *operation, Text name) {
    size_t query = text_find_byte(operation->path, '?', 0);
    if (query == SIZE_MAX)
        return false;
    Text rest = text_slice(operation->path, query + 1, operation->path.size);
    for (size_t at = 0; at < rest.size; at++) {
        bool begins = at == 0 || rest.data[at - 1] == '&';
        Text here = text_slice(rest, at, rest.size);
        if (begins && text_starts_with(here, name) &&
            (here.size == name.size || here.data[name.size] == '=' || here.data[name.size] == '&'))
            return true;
    }
    return false;
}

/* `unasked`: any request may have it, and it counts only where the description once had it. */
static void note_unknown(Holding *holding, ParameterIn in, const Field *field, bool unasked) {
    note_parameter(holding, in, field->name,
                   (Finding){
                       .level = NOT_GUARANTEED,
                       .by_state = unasked,
                       .reason = REASON_PARAMETER_UNDECLARED,
                       .message = TEXT("is not declared in the description"),
                       .need = values_text(holding->run, field),
                       .pact_origin = field->origin,
                       .description_origin = holding->operation->origin,
                   });
}

static bool is_named_elsewhere(Text header) {
    static const char *const names[] = {"Accept", "Content-Type", "Authorization", "Cookie"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_ignoring_case(header, text_from(names[i])))
            return true;
    return false;
}

/* Fields that any HTTP request may have need no declaration, and a cookie jar sends what it holds.
 */
static void hold_unknown(Holding *holding, const Sent *sent) {
    for (size_t i = 0; i < sent->query.count; i++) {
        const Field *field = &sent->query.items[i];
        if (!field->used && !is_in_path_key(holding->operation, field->name))
            note_unknown(holding, IN_QUERY, field, false);
    }
    for (size_t i = 0; i < sent->headers.count; i++) {
        const Field *field = &sent->headers.items[i];
        if (!field->used && !is_named_elsewhere(field->name))
            note_unknown(holding, IN_HEADER, field, is_standard_field(field->name));
    }
    for (size_t i = 0; i < sent->cookies.count; i++)
        if (!sent->cookies.items[i].used)
            note_unknown(holding, IN_COOKIE, &sent->cookies.items[i], true);
}

/* ---- Credentials ----------------------------------------------------------------------------- */

static bool has_authorization(const Sent *sent, Text scheme) {
    const Field *field = fields_find(&sent->headers, TEXT("Authorization"), true);
    if (!field || !field->values.count)
        return false;
    Text value = text_trim(field->values.items[0]);
    Text given = text_slice(value, 0, text_find_byte(value, ' ', 0));
    return !scheme.size || text_equal_ignoring_case(given, scheme);
}

/* What can't be seen in a request (certificates, a scheme that is declared nowhere) is given. */
static bool need_is_met(Sent *sent, const SecurityScheme *scheme) {
    Fields *fields = &sent->headers;
    switch (scheme->kind) {
    case SECURITY_HTTP:
        return has_authorization(sent, scheme->scheme);
    case SECURITY_OAUTH2:
    case SECURITY_OPEN_ID_CONNECT:
        return has_authorization(sent, TEXT("Bearer"));
    case SECURITY_API_KEY:
        if (scheme->in == IN_QUERY)
            fields = &sent->query;
        else if (scheme->in == IN_COOKIE)
            fields = &sent->cookies;
        Field *field = fields_find(fields, scheme->parameter, scheme->in == IN_HEADER);
        if (field)
            field->used = true;
        return field != NULL;
    case SECURITY_MUTUAL_TLS:
    case SECURITY_UNKNOWN:
        return true;
    }
    return true;
}

static bool requirement_is_met(Sent *sent, const SecurityRequirement *requirement) {
    bool met = true;
    for (size_t i = 0; i < requirement->needs.count; i++)
        met = need_is_met(sent, requirement->needs.items[i].scheme) && met;
    return met;
}

static Text requirements_text(Arena *run, const Operation *operation) {
    Buffer text = {.arena = run};
    for (size_t i = 0; i < operation->security.count; i++) {
        const SecurityRequirement *requirement = &operation->security.items[i];
        buffer_add(&text, i ? TEXT(", or ") : TEXT(""));
        for (size_t j = 0; j < requirement->needs.count; j++)
            buffer_format(&text, "%s`%.*s`", j ? " and " : "",
                          TEXT_ARG(requirement->needs.items[j].scheme->name));
    }
    return buffer_text(&text);
}

/* The key names what is asked for: other credentials are another reason. */
static void hold_security(Holding *holding, Sent *sent) {
    const Operation *operation = holding->operation;
    bool met = !operation->security.count;
    for (size_t i = 0; i < operation->security.count; i++)
        met |= requirement_is_met(sent, &operation->security.items[i]);
    if (met)
        return;
    Text asked = requirements_text(holding->run, operation);
    Finding finding = {
        .level = CONTRADICTED,
        .place = TEXT("request.security"),
        .reason = REASON_CREDENTIALS,
        .detail = asked,
        .message = text_format(holding->run, "the description asks for %.*s", TEXT_ARG(asked)),
        .need = TEXT("sends no such credentials"),
        .pact_origin = holding->interaction->origin,
        .description_origin =
            operation->security_origin ? operation->security_origin : operation->origin,
    };
    note_mismatch(holding, NULL, &finding);
}

void hold_request(Holding *holding, const Captures *captures) {
    Sent sent = {0};
    read_sent(holding->run, holding->interaction, captures, &sent);
    hold_parameters(holding, &sent);
    hold_security(holding, &sent);
    claim_fields(holding, IN_QUERY, &sent.query, NULL, NULL);
    claim_fields(holding, IN_HEADER, &sent.headers, NULL, NULL);
    claim_fields(holding, IN_COOKIE, &sent.cookies, NULL, NULL);
    hold_unknown(holding, &sent);
    hold_request_body(holding);
}
