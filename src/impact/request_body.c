#include "impact/holding.h"
#include "impact/sent.h"

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

/* ---- Forms and parts ------------------------------------------------------------------------- */

typedef struct FormBody {
    Holding *holding;
    const Trail *trail; /* the media type */
    const MediaType *media_type;
    const Alternative *object; /* NULL: the description has no object here */
    size_t *misfits;           /* where not NULL, findings are counted and not noted */
} FormBody;

/* A finding's `need` is here the value that is sent, as JSON; it may be empty. */
static void note_field(const FormBody *form, Text name, Finding finding) {
    Arena *run = form->holding->run;
    const ExpectedBody *body = &form->holding->interaction->request_body;
    Trail trail = {form->trail, {STEP_PROPERTY, name}};
    if (form->misfits) {
        *form->misfits += finding.level == CONTRADICTED;
        return;
    }
    bool absent = finding.reason == REASON_PROPERTY_ABSENT;
    finding.place = text_format(run, "request.body.%.*s", TEXT_ARG(name));
    finding.message =
        text_format(run, "`body.%.*s` %.*s", TEXT_ARG(name), TEXT_ARG(finding.message));
    finding.need =
        text_format(run, "%s body.%.*s%s%.*s", absent ? "does not send" : "sends", TEXT_ARG(name),
                    finding.need.size ? " as " : "", TEXT_ARG(finding.need));
    finding.pact_origin = body->origin;
    if (!finding.description_origin)
        finding.description_origin = form->media_type->origin;
    note_mismatch(form->holding, &trail, &finding);
}

static void hold_undeclared(const FormBody *form, const ExpectedField *field) {
    AdditionalProperties additional =
        form->object ? form->object->object.additional : ADDITIONAL_ALLOWED;
    bool closed = additional == ADDITIONAL_FORBIDDEN;
    bool open = additional == ADDITIONAL_ALLOWED || additional == ADDITIONAL_DESCRIBED ||
                (form->object && !form->object->object.properties.count);
    if (open && !closed)
        return;
    note_field(form, field->name,
               (Finding){
                   .level = closed ? CONTRADICTED : NOT_GUARANTEED,
                   .reason = REASON_PROPERTY_UNDECLARED,
                   .message = closed ? TEXT("is refused by the description")
                                     : TEXT("is not declared in the description"),
               });
}

/* What one string of a field stands for: where an object or a list is wanted, it is JSON
 * (OpenAPI 3.1 section 4.8.15.1), or else a list of one. */
static const Node *field_node(const FormBody *form, const ExpectedField *field, Meet *meet) {
    enum { NESTED = KIND_OBJECT | KIND_ARRAY };
    Arena *run = form->holding->run;
    KindSet kinds = meet_canonical(meet)->kinds;
    Text text = field->values.count == 1 ? field->values.items[0] : TEXT("");
    if (text.size && (kinds & NESTED) && (text.data[0] == '{' || text.data[0] == '[')) {
        Diagnostics unsaid = {.arena = run};
        Source source = {.name = TEXT("field"), .file = TEXT("field"), .bytes = text};
        const Document *document = document_parse(run, &unsaid, source);
        if (document && document->root)
            return document->root;
    }
    Field strings = {.name = field->name};
    for (size_t i = 0; i < field->values.count; i++)
        array_push(run, &strings.values, field->values.items[i]);
    return value_of_field(run, &strings, meet);
}

static void hold_field_shape(const FormBody *form, const ExpectedField *expected, Meet *meet) {
    Arena *run = form->holding->run;
    Field field = {.name = expected->name, .origin = expected->origin};
    for (size_t i = 0; i < expected->values.count; i++)
        array_push(run, &field.values, expected->values.items[i]);
    field.as_text = expected->as_text;
    field.as_value = expected->as_value;
    Trail trail = {form->trail, {STEP_PROPERTY, expected->name}};
    Text place = text_format(run, "request.body.%.*s", TEXT_ARG(expected->name));
    hold_shape(form->holding, &(TextPlace){DIRECTION_REQUEST, &trail, place}, &field, meet);
}

static void hold_field(const FormBody *form, const ExpectedField *field) {
    enum { WIDTH = 60 };
    Holding *holding = form->holding;
    const CanonicalProperty *property =
        form->object ? find_property(form->object, field->name) : NULL;
    if (!property || !property->declared) {
        hold_undeclared(form, field);
        return;
    }
    if (field->generated || (field->type && text_is(field->type->format, "binary")))
        return; /* another value is sent; a file's content is none */
    const Node *value = field_node(form, field, property->type);
    Acceptance acceptance = meet_accepts(property->type, value, DIRECTION_REQUEST);
    if (acceptance == ACCEPTED && !form->misfits)
        hold_field_shape(form, field, property->type);
    if (acceptance != REFUSED)
        return;
    note_field(form, field->name,
               (Finding){
                   .level = CONTRADICTED,
                   .reason = REASON_VALUE,
                   .message = text_format(holding->run, "does not take %.*s in the description",
                                          TEXT_ARG(node_to_json(holding->run, value, WIDTH))),
                   .need = node_to_json(holding->run, value, WIDTH),
                   .description_origin = property->origin,
               });
}

static bool sends_field(const ExpectedBody *body, Text name) {
    for (size_t i = 0; i < body->fields.count; i++)
        if (text_equal(body->fields.items[i].name, name))
            return true;
    return false;
}

static void hold_fields(const FormBody *form) {
    const ExpectedBody *body = &form->holding->interaction->request_body;
    for (size_t i = 0; i < body->fields.count; i++)
        hold_field(form, &body->fields.items[i]);
    for (size_t i = 0; form->object && i < form->object->object.properties.count; i++) {
        const CanonicalProperty *property = &form->object->object.properties.items[i];
        if (!property->required || property->read_only || sends_field(body, property->name))
            continue;
        note_field(form, property->name,
                   (Finding){
                       .level = CONTRADICTED,
                       .reason = REASON_PROPERTY_ABSENT,
                       .message = TEXT("is required by the description and is not sent"),
                       .description_origin = property->origin,
                   });
    }
}

/* A form, or a multipart body: an object whose properties are the fields. Of several alternatives
 * the one that they fit best. */
static void hold_form(Holding *holding, const Trail *trail, const MediaType *media_type) {
    const Canonical *canonical =
        meet_canonical(canonicals_meet(holding->canonicals, media_type->type));
    FormBody best = {.holding = holding, .trail = trail, .media_type = media_type};
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        size_t misfits = 0;
        FormBody form = {holding, trail, media_type, canonical->alternatives.items[i], &misfits};
        if (form.object->kind != ALTERNATIVE_OBJECT)
            continue;
        hold_fields(&form);
        if (misfits < least)
            best.object = form.object;
        least = misfits < least ? misfits : least;
    }
    hold_fields(&best);
}

/* ---- Media types ----------------------------------------------------------------------------- */

static void hold_media_type(Holding *holding, const MediaType *media_type) {
    const ExpectedBody *body = &holding->interaction->request_body;
    Trail above = {NULL, {STEP_REQUEST_BODY, TEXT("")}};
    Trail trail = {&above, {STEP_MEDIA_TYPE, media_type->name}};
    Text actual = body->content_type.size ? body->content_type : media_type->name;
    bool json = media_type_is_json(actual) || (!body->content_type.size && body->type);
    if (body->fields.count && media_type->type)
        hold_form(holding, &trail, media_type);
    else if (json && body->type && media_type->type)
        hold_types(holding, &trail, TEXT("request.body"), body->type, media_type->type,
                   body->example, DIRECTION_REQUEST);
    else if (body->type)
        hold_text(holding, &trail, TEXT("request.body"), body, media_type->type, DIRECTION_REQUEST);
}

static bool sends_body(const ExpectedBody *body) {
    return body->state == BODY_PRESENT && !(body->example && body->example->kind == NODE_NULL);
}

void hold_request_body(Holding *holding) {
    Arena *run = holding->run;
    const ExpectedBody *body = &holding->interaction->request_body;
    const Body *described = holding->operation->request_body;
    if (!sends_body(body)) {
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
        hold_media_type(holding, chosen.media_type);
        return;
    }
    Trail above = {NULL, {STEP_REQUEST_BODY, TEXT("")}};
    Trail trail = {&above, {STEP_MEDIA_TYPE, body->content_type}};
    Finding finding = {
        .level = chosen.media_type ? NOT_GUARANTEED : CONTRADICTED,
        .place = TEXT("request.header.Content-Type"),
        .reason = REASON_MEDIA_TYPE_UNDECLARED,
        .message =
            text_format(run, "the description takes no `%.*s` here", TEXT_ARG(body->content_type)),
        .need = text_format(run, "sends %.*s", TEXT_ARG(body->content_type)),
        .pact_origin = body->origin ? body->origin : holding->interaction->origin,
        .description_origin = described->origin,
    };
    note_mismatch(holding, &trail, &finding);
    if (chosen.media_type)
        hold_media_type(holding, chosen.media_type);
}
