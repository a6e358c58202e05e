#include "impact/holding.h"

/* The body that the consumer sends. */

static void note_body(Holding *holding, Satisfaction level, ReasonId reason, Text message,
                      Text need, const Node *description_origin) {
    const ExpectedBody *body = &holding->interaction->request_body;
    Trail trail = {NULL, {STEP_REQUEST_BODY, TEXT("")}};
    Finding finding = {
        .level = level,
        .place = TEXT("request.body"),
        .reason = reason,
        .message = message,
        .need = need,
        .pact_origin = body->origin ? body->origin : holding->interaction->origin,
        .description_origin = description_origin,
    };
    note_mismatch(holding, &trail, &finding);
}

/* ---- Media types ----------------------------------------------------------------------------- */

static void hold_media_type(Holding *holding, const MediaType *media_type) {
    const ExpectedBody *body = &holding->interaction->request_body;
    Trail above = {NULL, {STEP_REQUEST_BODY, TEXT("")}};
    Trail trail = {&above, {STEP_MEDIA_TYPE, media_type->name}};
    Text actual = body->content_type.size ? body->content_type : media_type->name;
    bool json = media_type_is_json(actual) || (!body->content_type.size && body->type);
    if (body->fields.count && media_type->type)
        hold_form(holding, &trail, body, media_type, DIRECTION_REQUEST);
    else if (json && body->type && media_type->type)
        hold_types(holding, &trail, TEXT("request.body"), body->type, media_type->type,
                   body->example, DIRECTION_REQUEST);
    else if (body->type)
        hold_text(holding, &trail, TEXT("request.body"), body, media_type->type, DIRECTION_REQUEST);
}

/* `step` is the media type whose changes explain it. */
static void note_media_type(Holding *holding, Satisfaction level, Text sent, Text step) {
    Arena *run = holding->run;
    const ExpectedBody *body = &holding->interaction->request_body;
    Trail above = {NULL, {STEP_REQUEST_BODY, TEXT("")}};
    Trail trail = {&above, {STEP_MEDIA_TYPE, step}};
    Finding finding = {
        .level = level,
        .place = TEXT("request.header.Content-Type"),
        .reason = REASON_MEDIA_TYPE_UNDECLARED,
        .message = text_format(run, "the description takes no `%.*s` here", TEXT_ARG(sent)),
        .need = text_format(run, "sends %.*s", TEXT_ARG(sent)),
        .pact_origin = body->origin ? body->origin : holding->interaction->origin,
        .description_origin = holding->operation->request_body->origin,
    };
    note_mismatch(holding, &trail, &finding);
}

/* The media types that a rule allows beside the one that is sent. */
static void hold_rule(Holding *holding, const Body *described) {
    const ExpectedField *header = sent_header(holding->interaction, TEXT("Content-Type"));
    Buffer pattern = {.arena = holding->run};
    add_media_types(&pattern, described->media_types.items, described->media_types.count);
    Text names = buffer_text(&pattern), witness;
    if (rule_goes_beyond(holding, header, text_format(holding->run, "^(?:%.*s)", TEXT_ARG(names)),
                         &witness))
        note_media_type(holding, NOT_GUARANTEED, witness, TEXT("*"));
}

/* Where a body may be left out, null is none: libraries write it so. Where one must be there, it is
 * JSON's null. */
static bool sends_body(const ExpectedBody *body, const Body *described) {
    bool null = body->example && body->example->kind == NODE_NULL;
    return body->state == BODY_PRESENT && (!null || (described && described->required));
}

/* Whoever reads the null that may be none as JSON's finds it refused, which counts only where it
 * was taken: was_taken_as_null() in worse.c. */
static void hold_null(Holding *holding, const Body *described) {
    const ExpectedBody *body = &holding->interaction->request_body;
    ChosenMediaType chosen = choose_media_type(described->media_types.items,
                                               described->media_types.count, body->content_type);
    const MediaType *media_type = chosen.media_type;
    if (!body->example || !media_type || !media_type->type || chosen.by_suffix)
        return;
    holding->outcome->request_media = media_type;
    Meet *meet = canonicals_meet(holding->canonicals, media_type->type);
    if (meet_canonical(meet)->kinds & KIND_NULL)
        return;
    Trail above = {NULL, {STEP_REQUEST_BODY, TEXT("")}};
    Trail trail = {&above, {STEP_MEDIA_TYPE, media_type->name}};
    Finding finding = {
        .level = NOT_GUARANTEED,
        .by_state = true,
        .place = TEXT("request.body"),
        .reason = REASON_NULL_VALUE,
        .message = TEXT("`body` can't be null in the description"),
        .need = TEXT("sends body as null"),
        .pact_origin = body->origin ? body->origin : holding->interaction->origin,
        .description_origin = media_type->origin,
    };
    note_mismatch(holding, &trail, &finding);
}

void hold_request_body(Holding *holding) {
    const ExpectedBody *body = &holding->interaction->request_body;
    const Body *described = holding->operation->request_body;
    if (!sends_body(body, described)) {
        if (described && body->state == BODY_PRESENT)
            hold_null(holding, described);
        if (described && described->required)
            note_body(holding, CONTRADICTED, REASON_BODY_ABSENT,
                      TEXT("the description requires a request body"), TEXT("sends no body"),
                      described->origin);
        return;
    }
    if (!described) {
        note_body(holding, NOT_GUARANTEED, REASON_BODY_UNDECLARED,
                  TEXT("the description has no request body"), TEXT("sends a body"),
                  holding->operation->origin);
        return;
    }
    ChosenMediaType chosen = choose_media_type(described->media_types.items,
                                               described->media_types.count, body->content_type);
    if (!described->media_types.count)
        return;
    holding->outcome->request_media = chosen.media_type;
    if (chosen.media_type && !chosen.by_suffix) {
        hold_rule(holding, described);
        hold_media_type(holding, chosen.media_type);
        return;
    }
    note_media_type(holding, chosen.media_type ? NOT_GUARANTEED : CONTRADICTED, body->content_type,
                    body->content_type);
    if (chosen.media_type)
        hold_media_type(holding, chosen.media_type);
}
