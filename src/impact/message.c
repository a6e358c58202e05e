#include "impact/holding.h"

/* A message that a consumer takes, held against the webhook of its name: there the provider writes
 * the request, so its body is read as an answer's is. */

static void note(Holding *holding, const Trail *trail, Text place, ReasonId reason, Text message,
                 const Node *description_origin) {
    const ExpectedBody *body = &holding->interaction->response_body;
    Finding finding = {
        .level = CONTRADICTED,
        .place = place,
        .direction = DIRECTION_RESPONSE,
        .reason = reason,
        .message = message,
        .need = TEXT("reads a body"),
        .pact_origin = body->origin ? body->origin : holding->interaction->origin,
        .description_origin = description_origin,
    };
    note_mismatch(holding, trail, &finding);
}

void hold_message(Holding *holding) {
    const ExpectedBody *body = &holding->interaction->response_body;
    const Body *described = holding->operation->request_body;
    Trail trail = {NULL, {STEP_REQUEST_BODY, TEXT("")}};
    if (body->state != BODY_PRESENT || !body->type)
        return;
    if (!described || !described->media_types.count) {
        note(holding, &trail, TEXT("message.body"), REASON_BODY_UNDECLARED,
             TEXT("the webhook has no body"), holding->operation->origin);
        return;
    }
    ChosenMediaType chosen = choose_media_type(described->media_types.items,
                                               described->media_types.count, body->content_type);
    if (!chosen.media_type) {
        note(holding, &trail, TEXT("message.body"), REASON_MEDIA_TYPE_UNDECLARED,
             text_format(holding->run, "the webhook sends no `%.*s`", TEXT_ARG(body->content_type)),
             described->origin);
        return;
    }
    Answered answered = {.media_type = chosen.media_type};
    array_push(holding->run, &holding->outcome->answers, answered);
    Trail below = {&trail, {STEP_MEDIA_TYPE, chosen.media_type->name}};
    bool json =
        media_type_is_json(body->content_type.size ? body->content_type : chosen.media_type->name);
    if (json)
        hold_types(holding, &below, TEXT("message.body"), body->type, chosen.media_type->type,
                   body->example, DIRECTION_RESPONSE);
    else
        hold_text(holding, &below, TEXT("message.body"), body, chosen.media_type->type,
                  DIRECTION_RESPONSE);
}
