#include "impact/holding.h"
#include "impact/reading.h"
#include "impact/sent.h"

/* What the consumer reads: the status, headers, the body. */

typedef struct Answer {
    Holding *holding;
    const Response *response;
    const Trail *trail;          /* the status */
    const MediaType *media_type; /* that the body was held against; NULL: none */
} Answer;

static const ExpectedField *expected_header(const Interaction *interaction, Text name) {
    for (size_t i = 0; i < interaction->response_headers.count; i++)
        if (text_equal_ignoring_case(interaction->response_headers.items[i].name, name))
            return &interaction->response_headers.items[i];
    return NULL;
}

static Text statuses(Arena *run, const Operation *operation) {
    Buffer text = {.arena = run};
    for (size_t i = 0; i < operation->responses.count; i++)
        buffer_format(&text, "%s%.*s", i ? ", " : "",
                      TEXT_ARG(operation->responses.items[i].status));
    return text.size ? buffer_text(&text) : TEXT("none");
}

/* `default` covers every status that is not declared (OpenAPI 3.1 section 4.8.16.1); beside a
 * declared success it tells of what goes wrong, so that another success is not guaranteed. */
static void note_status(Holding *holding) {
    Arena *run = holding->run;
    const Interaction *interaction = holding->interaction;
    const Operation *operation = holding->operation;
    Text status = interaction->status_low, declared = statuses(run, operation);
    for (size_t i = 1; i < interaction->statuses.count; i++)
        status = text_format(run, "%.*s%s%.*s", TEXT_ARG(status),
                             i + 1 < interaction->statuses.count ? ", " : " or ",
                             TEXT_ARG(interaction->statuses.items[i]));
    if (!interaction->statuses.count && !text_equal(status, interaction->status_high))
        status = text_format(run, "%.*s to %.*s", TEXT_ARG(interaction->status_low),
                             TEXT_ARG(interaction->status_high));
    Trail trail = {NULL, {STEP_STATUS, interaction->status_low}};
    const char *say = declares_default(operation) ? "declared by `default` alone" : "not declared";
    Finding finding = {
        .level = declares_default(operation) ? NOT_GUARANTEED : CONTRADICTED,
        .place = TEXT("response.status"),
        .direction = DIRECTION_RESPONSE,
        .reason = REASON_STATUS_UNDECLARED,
        .message = text_format(run, "status %.*s is %s in the description (%.*s)", TEXT_ARG(status),
                               say, TEXT_ARG(declared)),
        .need = text_format(run, "expects status %.*s", TEXT_ARG(status)),
        .pact_origin =
            interaction->status_origin ? interaction->status_origin : interaction->origin,
        .description_origin = operation->origin,
    };
    note_mismatch(holding, &trail, &finding);
}

/* ---- Headers --------------------------------------------------------------------------------- */

static const Parameter *declared_header(const Response *response, Text name) {
    for (size_t i = 0; i < response->headers.count; i++)
        if (text_equal_ignoring_case(response->headers.items[i].name, name))
            return &response->headers.items[i];
    return NULL;
}

static Text header_need(Arena *run, const ExpectedField *field, ReasonId reason) {
    enum { WIDTH = 60 };
    if (!reason_is_of_values(reason) || !field->values.count)
        return text_format(run, "reads header.%.*s", TEXT_ARG(field->name));
    Node value = {.kind = NODE_STRING, .text = field->values.items[0]};
    return text_format(run, "reads header.%.*s as %.*s", TEXT_ARG(field->name),
                       TEXT_ARG(node_to_json(run, &value, WIDTH)));
}

static void note_header(const Answer *answer, const ExpectedField *field, const Parameter *declared,
                        Satisfaction level, ReasonId reason, const char *message) {
    Arena *run = answer->holding->run;
    Text name = declared ? declared->name : field->name;
    Trail trail = {answer->trail, {STEP_HEADER, name}};
    Finding finding = {
        .level = level,
        .place = text_format(run, "response.header.%.*s", TEXT_ARG(field->name)),
        .direction = DIRECTION_RESPONSE,
        .reason = reason,
        .message = text_format(run, "`header.%.*s` %s", TEXT_ARG(field->name), message),
        .need = header_need(run, field, reason),
        .pact_origin = field->origin,
        .description_origin = declared ? declared->origin : answer->response->origin,
    };
    note_mismatch(answer->holding, &trail, &finding);
}

static void hold_header_value(const Answer *answer, const ExpectedField *field,
                              const Parameter *declared) {
    enum { WIDTH = 60 };
    Holding *holding = answer->holding;
    if (!declared->type || !field->values.count)
        return;
    Meet *meet = canonicals_meet(holding->canonicals, declared->type);
    Fields fields = {0};
    for (size_t i = 0; i < field->values.count; i++)
        fields_add(holding->run, &fields, declared->name, field->values.items[i], field->origin);
    const Node *origin;
    const Node *value = value_of_parameter(holding->run, declared, meet, &fields, &origin);
    if (value && meet_accepts_strictly(meet, value, DIRECTION_RESPONSE) == REFUSED) {
        Node sent = {.kind = NODE_STRING, .text = field->values.items[0]};
        Text text = node_to_json(holding->run, &sent, WIDTH);
        Text say = text_format(holding->run, "is never %.*s in the description", TEXT_ARG(text));
        note_header(answer, field, declared, CONTRADICTED, REASON_VALUE, say.data);
        return;
    }
    Trail trail = {answer->trail, {STEP_HEADER, declared->name}};
    Text place = text_format(holding->run, "response.header.%.*s", TEXT_ARG(field->name));
    Field *read = &fields.items[0];
    read->as_text = field->as_text;
    read->as_value = field->as_value;
    TextPlace at = {DIRECTION_RESPONSE, &trail, place};
    if (meet_canonical(meet)->kinds & (KIND_ARRAY | KIND_OBJECT))
        hold_items(holding, &at, read, meet, value); /* what is ruled is the text of the whole */
    else
        hold_shape(holding, &at, read, meet);
}

/* As with keys: where headers are declared, one that is not does not come, unless
 * HTTP itself has it. */
static void hold_headers(const Answer *answer) {
    const Interaction *interaction = answer->holding->interaction;
    for (size_t i = 0; i < interaction->response_headers.count; i++) {
        const ExpectedField *field = &interaction->response_headers.items[i];
        if (text_equal_ignoring_case(field->name, TEXT("Content-Type")))
            continue;
        const Parameter *declared = declared_header(answer->response, field->name);
        if (!declared) {
            bool never = answer->response->headers.count && !is_standard_field(field->name);
            note_header(answer, field, NULL, never ? CONTRADICTED : NOT_GUARANTEED,
                        REASON_HEADER_UNDECLARED, "is not declared in the description");
            continue;
        }
        if (!declared->required)
            note_header(answer, field, declared, NOT_GUARANTEED, REASON_HEADER_OPTIONAL,
                        "is optional in the description");
        hold_header_value(answer, field, declared);
    }
}

/* ---- Body ------------------------------------------------------------------------------------ */

static void note_body(const Answer *answer, Satisfaction level, ReasonId reason, Text message,
                      Text need) {
    const ExpectedBody *body = &answer->holding->interaction->response_body;
    Finding finding = {
        .level = level,
        .place = TEXT("response.body"),
        .direction = DIRECTION_RESPONSE,
        .reason = reason,
        .message = message,
        .need = need,
        .pact_origin = body->origin ? body->origin : answer->holding->interaction->origin,
        .description_origin = answer->response->origin,
    };
    Trail trail = {answer->trail, {STEP_MEDIA_TYPE, (Text){0}}};
    note_mismatch(answer->holding, &trail, &finding);
}

static void note_content_type(const Answer *answer, Satisfaction level, Text expected) {
    Arena *run = answer->holding->run;
    const Interaction *interaction = answer->holding->interaction;
    const ExpectedField *header = expected_header(interaction, TEXT("Content-Type"));
    Trail trail = {answer->trail, {STEP_MEDIA_TYPE, expected}};
    Finding finding = {
        .level = level,
        .place = TEXT("response.header.Content-Type"),
        .direction = DIRECTION_RESPONSE,
        .reason = REASON_MEDIA_TYPE_UNDECLARED,
        .message =
            text_format(run, "the description answers with no `%.*s` here", TEXT_ARG(expected)),
        .need = text_format(run, "reads %.*s", TEXT_ARG(expected)),
        .pact_origin = header                              ? header->origin
                       : interaction->response_body.origin ? interaction->response_body.origin
                                                           : interaction->origin,
        .description_origin = answer->response->origin,
    };
    note_mismatch(answer->holding, &trail, &finding);
}

/* JSON's null, where nothing else is described, is no body at all. */
static bool reads_body(const Response *response, const ExpectedBody *body) {
    bool null = body->example && body->example->kind == NODE_NULL;
    return body->state == BODY_PRESENT && (!null || response->media_types.count);
}

static void hold_type(const Answer *answer, const MediaType *media_type, Text content_type) {
    Holding *holding = answer->holding;
    const ExpectedBody *body = &holding->interaction->response_body;
    bool json = media_type_is_json(content_type.size ? content_type : media_type->name) ||
                (!content_type.size && body->type);
    if (!reads_body(answer->response, body) || !body->type ||
        (!media_type->type && media_type->item_type))
        return;
    Trail trail = {answer->trail, {STEP_MEDIA_TYPE, media_type->name}};
    if (body->fields.count) {
        if (media_type->type)
            hold_form(holding, &trail, body, media_type, DIRECTION_RESPONSE);
        return;
    }
    if (!json) {
        hold_text(holding, &trail, TEXT("response.body"), body, media_type->type,
                  DIRECTION_RESPONSE);
        return;
    }
    hold_types(holding, &trail, TEXT("response.body"), body->type, media_type->type, body->example,
               DIRECTION_RESPONSE);
}

/* All values of an Accept header, NULL for none, as one. */
static Text accept_of(Arena *run, const ExpectedField *header) {
    Buffer accept = {.arena = run};
    for (size_t i = 0; header && i < header->values.count; i++)
        buffer_format(&accept, "%s%.*s", i ? ", " : "", TEXT_ARG(header->values.items[i]));
    return buffer_text(&accept);
}

/* Of what is declared, what the consumer wants most of all that can be the body. */
static ChosenMediaType choose_accepted(const Response *response, Text accept, Text content_type) {
    enum { FITS = 16 };
    ChosenMediaType chosen = {0};
    unsigned best = 0;
    for (size_t i = 0; i < response->media_types.count; i++) {
        Text name = response->media_types.items[i].name;
        unsigned fit = content_type.size ? media_type_fit(name, content_type) : 1;
        unsigned rank = fit ? accept_rank(accept, name) * FITS : 0;
        if (rank && rank + fit > best) {
            best = rank + fit;
            chosen.media_type = &response->media_types.items[i];
        }
    }
    return chosen;
}

/* An object or a list can only be JSON, and none is answered with. */
static bool lacks_json(const Response *response, const ExpectedBody *body) {
    bool structured = body->example &&
                      (body->example->kind == NODE_MAPPING || body->example->kind == NODE_SEQUENCE);
    for (size_t i = 0; structured && i < response->media_types.count; i++) {
        Text name = response->media_types.items[i].name;
        if (media_type_is_json(name) || text_find_byte(name, '*', 0) != SIZE_MAX ||
            media_type_fit(name, body->content_type))
            return false;
    }
    return structured;
}

/* The first declared one that a regex for Content-Type takes; NULL: none, or there is no regex. */
static const MediaType *ruled_media_type(const Answer *answer, const ExpectedField *header) {
    if (!header || !header->type || !header->type->string || !header->type->string->pattern.data)
        return NULL;
    Meet *meet = canonicals_meet(answer->holding->canonicals, header->type);
    const Response *response = answer->response;
    for (size_t i = 0; i < response->media_types.count; i++) {
        Node name = {.kind = NODE_STRING, .text = response->media_types.items[i].name};
        if (meet_accepts_strictly(meet, &name, DIRECTION_RESPONSE) == ACCEPTED)
            return &response->media_types.items[i];
    }
    return NULL;
}

/* Empty: none is expected. */
static Text expected_content_type(const Response *response, const Interaction *interaction) {
    const ExpectedField *header = expected_header(interaction, TEXT("Content-Type"));
    const ExpectedBody *body = &interaction->response_body;
    if (header && header->values.count && header->values.items[0].size)
        return header->values.items[0];
    return reads_body(response, body) && !body->guessed ? body->content_type : TEXT("");
}

const MediaType *accepted_media_type(Arena *run, const Response *response,
                                     const Interaction *interaction) {
    Text accept = accept_of(run, sent_header(interaction, TEXT("Accept")));
    Text expected = expected_content_type(response, interaction);
    return !expected.size && accept.size
               ? choose_accepted(response, accept, interaction->response_body.content_type)
                     .media_type
               : NULL;
}

/* A content type that only was guessed is no expectation: where it is not declared, whatever is
 * declared answers, unless it can't be. */
static void hold_body(Answer *answer) {
    const Interaction *interaction = answer->holding->interaction;
    const Response *response = answer->response;
    const ExpectedBody *body = &interaction->response_body;
    const ExpectedField *header = expected_header(interaction, TEXT("Content-Type"));
    Text expected = expected_content_type(response, interaction);
    Text content_type = expected.size ? expected : body->content_type;
    if (!response->media_types.count) {
        if (reads_body(response, body))
            note_body(answer, CONTRADICTED, REASON_BODY_UNDECLARED,
                      TEXT("the description has no body here"), TEXT("reads a body"));
        else if (expected.size)
            note_content_type(answer, NOT_GUARANTEED, expected);
        return;
    }
    if (body->state == BODY_EMPTY)
        note_body(answer, NOT_GUARANTEED, REASON_BODY_PRESENT,
                  TEXT("the description has a body here"), TEXT("expects an empty body"));
    ChosenMediaType chosen = {.media_type =
                                  accepted_media_type(answer->holding->run, response, interaction)};
    if (!chosen.media_type)
        chosen = choose_media_type(response->media_types.items, response->media_types.count,
                                   content_type);
    const MediaType *ruled = ruled_media_type(answer, header);
    if (ruled && (!chosen.media_type || chosen.by_suffix))
        chosen = (ChosenMediaType){.media_type = ruled};
    if (expected.size && (!chosen.media_type || chosen.by_suffix))
        note_content_type(answer, chosen.media_type ? NOT_GUARANTEED : CONTRADICTED, expected);
    if (!chosen.media_type && !expected.size && lacks_json(response, body))
        note_content_type(answer, CONTRADICTED, TEXT("application/json"));
    else if (!chosen.media_type && !expected.size)
        chosen =
            choose_media_type(response->media_types.items, response->media_types.count, TEXT(""));
    answer->media_type = chosen.media_type;
    if (chosen.media_type)
        hold_type(answer, chosen.media_type, content_type);
}

/* ---- What the consumer accepts --------------------------------------------------------------- */

/* Whether one of the media ranges of an Accept header (RFC 9110 section 12.5.1) is declared for any
 * status. True where nothing is declared. */
static bool accepts_any(const Operation *operation, Text accept) {
    bool declared = false;
    for (size_t i = 0; i < operation->responses.count; i++)
        for (size_t j = 0; j < operation->responses.items[i].media_types.count; j++) {
            Text name = operation->responses.items[i].media_types.items[j].name;
            declared = true;
            if (accept_rank(accept, name))
                return true;
        }
    return !declared;
}

/* What asks for any answer of the operation, whatever its status. */
static Text answers_pattern(const Holding *holding) {
    Buffer pattern = {.arena = holding->run};
    for (size_t i = 0; i < holding->operation->responses.count; i++) {
        const Response *response = &holding->operation->responses.items[i];
        add_media_ranges(&pattern, response->media_types.items, response->media_types.count);
    }
    return buffer_text(&pattern);
}

static void hold_accept(Holding *holding, const Response *response) {
    const ExpectedField *header = sent_header(holding->interaction, TEXT("Accept"));
    Text accept = accept_of(holding->run, header);
    Satisfaction level = CONTRADICTED;
    if (!accept.size)
        return;
    if (accepts_any(holding->operation, accept)) {
        if (!rule_goes_beyond(holding, header, answers_pattern(holding), &accept))
            return;
        level = NOT_GUARANTEED;
    }
    Finding finding = {
        .level = level,
        .place = TEXT("response.accept"),
        .direction = DIRECTION_RESPONSE,
        .reason = REASON_NOT_ACCEPTED,
        .message = text_format(holding->run, "the description answers with nothing of `%.*s`",
                               TEXT_ARG(accept)),
        .need = text_format(holding->run, "accepts %.*s", TEXT_ARG(accept)),
        .pact_origin = header->origin,
        .description_origin = response->origin,
    };
    Trail any_status = {NULL, {STEP_STATUS, TEXT("*")}};
    Trail any_media_type = {&any_status, {STEP_MEDIA_TYPE, TEXT("*")}};
    note_mismatch(holding, &any_media_type, &finding);
}

/* Alone `default` stands for success and failure alike, which is a custom and left in peace; beside
 * declared failures it may be but one more of them. */
static void note_default(Holding *holding, const Response *response) {
    const Interaction *interaction = holding->interaction;
    if (!text_is(response->status, "default") || expects_refusal(interaction))
        return;
    Text status = interaction->status_low;
    Trail trail = {NULL, {STEP_STATUS, status}};
    Finding finding = {
        .level = NOT_GUARANTEED,
        .by_state = holding->operation->responses.count == 1,
        .place = TEXT("response.status"),
        .direction = DIRECTION_RESPONSE,
        .reason = REASON_STATUS_BY_DEFAULT,
        .message =
            text_format(holding->run, "status %.*s is but one of `default`", TEXT_ARG(status)),
        .need = text_format(holding->run, "expects status %.*s", TEXT_ARG(status)),
        .pact_origin =
            interaction->status_origin ? interaction->status_origin : interaction->origin,
        .description_origin = response->origin,
    };
    note_mismatch(holding, &trail, &finding);
}

static void hold_answer(Holding *holding, const Response *response) {
    Trail trail = {NULL, {STEP_STATUS, response->status}};
    Answer answer = {.holding = holding, .response = response, .trail = &trail};
    note_default(holding, response);
    hold_headers(&answer);
    hold_body(&answer);
    Answered answered = {response, answer.media_type};
    array_push(holding->run, &holding->outcome->answers, answered);
}

/* Where a rule takes several statuses, the provider may answer any that is declared: what is wrong
 * with one of them is no contradiction while another one serves. The same reason with two of them
 * is two, as each is of another part of the description. */
static void hold_answers(Holding *holding, const Responses *responses) {
    Arena *run = holding->run;
    Outcome *outcome = holding->outcome;
    size_t first = outcome->mismatches.count;
    bool one_serves = false;
    for (size_t i = 0; i < responses->count; i++) {
        Outcome own = {.readings = outcome->readings};
        Holding apart = *holding;
        apart.outcome = &own;
        apart.known = NULL;
        apart.tabled = 0;
        hold_answer(&apart, responses->items[i]);
        outcome->readings = own.readings;
        one_serves |= result_of(&own) != CONTRADICTED;
        for (size_t j = 0; j < own.mismatches.count; j++)
            array_push(run, &outcome->mismatches, own.mismatches.items[j]);
        array_push(run, &outcome->answers, own.answers.items[0]);
    }
    for (size_t i = first; one_serves && i < outcome->mismatches.count; i++)
        outcome->mismatches.items[i].level = NOT_GUARANTEED;
}

void hold_response(Holding *holding) {
    const Interaction *interaction = holding->interaction;
    Responses responses = {0};
    if (!interaction->status_low.size)
        return;
    find_responses(holding->run, holding->operation, interaction, &responses);
    if (!responses.count) {
        note_status(holding);
        return;
    }
    if (!expects_refusal(interaction))
        hold_accept(holding, responses.items[0]);
    if (responses.count == 1)
        hold_answer(holding, responses.items[0]);
    else
        hold_answers(holding, &responses);
}
