#include "impact/sent.h"

/* Forms and multipart bodies, whose fields are carried as text. */

typedef struct FormBody {
    Holding *holding;
    const Trail *trail; /* the media type */
    const ExpectedBody *body;
    const MediaType *media_type;
    Direction direction;
    const Alternative *object; /* NULL: the description has no object here */
    size_t *misfits;           /* where not NULL, findings are counted and not noted */
} FormBody;

static bool is_read(const FormBody *form) {
    return form->direction == DIRECTION_RESPONSE;
}

static Text field_place(const FormBody *form, Text name) {
    return text_format(form->holding->run, "%s.body.%.*s", is_read(form) ? "response" : "request",
                       TEXT_ARG(name));
}

/* A finding's `need` is here the value that is sent, as JSON; it may be empty. */
static void note_field(const FormBody *form, Text name, Finding finding) {
    Arena *run = form->holding->run;
    Trail trail = {form->trail, {STEP_PROPERTY, name}};
    if (form->misfits) {
        *form->misfits += finding.level == CONTRADICTED;
        return;
    }
    const char *verb = is_read(form)                              ? "reads"
                       : finding.reason == REASON_PROPERTY_ABSENT ? "does not send"
                                                                  : "sends";
    finding.direction = form->direction;
    finding.place = field_place(form, name);
    finding.message =
        text_format(run, "`body.%.*s` %.*s", TEXT_ARG(name), TEXT_ARG(finding.message));
    finding.need = text_format(run, "%s body.%.*s%s%.*s", verb, TEXT_ARG(name),
                               finding.need.size ? " as " : "", TEXT_ARG(finding.need));
    finding.pact_origin = form->body->origin;
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
    if (open && !closed && !is_read(form))
        return;
    if (is_read(form)) {
        note_field(form, field->name,
                   (Finding){
                       .level = open ? NOT_GUARANTEED : CONTRADICTED,
                       .reason = REASON_PROPERTY_UNDECLARED,
                       .message = TEXT("is not declared in the description"),
                   });
        return;
    }
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
    field.generated = expected->generated;
    field.counted = expected->counted;
    field.least = expected->least;
    field.most = expected->most;
    Trail trail = {form->trail, {STEP_PROPERTY, expected->name}};
    TextPlace at = {form->direction, &trail, field_place(form, expected->name)};
    hold_shape(form->holding, &at, &field, meet);
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
    if (is_read(form) && !property->required)
        note_field(form, field->name,
                   (Finding){
                       .level = NOT_GUARANTEED,
                       .reason = REASON_PROPERTY_OPTIONAL,
                       .message = TEXT("is optional in the description"),
                       .description_origin = property->origin,
                   });
    if (field->type && text_is(field->type->format, "binary"))
        return;             /* a file's content is no value */
    if (field->generated) { /* another value is sent */
        if (!form->misfits)
            hold_field_shape(form, field, property->type);
        return;
    }
    const Node *value = field_node(form, field, property->type);
    Acceptance acceptance = meet_accepts_strictly(property->type, value, form->direction);
    if (acceptance == ACCEPTED && !form->misfits)
        hold_field_shape(form, field, property->type);
    if (acceptance != REFUSED)
        return;
    note_field(form, field->name,
               (Finding){
                   .level = CONTRADICTED,
                   .reason = REASON_VALUE,
                   .message = text_format(holding->run, "%s %.*s in the description",
                                          is_read(form) ? "is never" : "does not take",
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
    const ExpectedBody *body = form->body;
    for (size_t i = 0; i < body->fields.count; i++)
        hold_field(form, &body->fields.items[i]);
    for (size_t i = 0; !is_read(form) && form->object && i < form->object->object.properties.count;
         i++) {
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
void hold_form(Holding *holding, const Trail *trail, const ExpectedBody *body,
               const MediaType *media_type, Direction direction) {
    const Canonical *canonical =
        meet_canonical(canonicals_meet(holding->canonicals, media_type->type));
    FormBody best = {.holding = holding,
                     .trail = trail,
                     .body = body,
                     .media_type = media_type,
                     .direction = direction};
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        size_t misfits = 0;
        FormBody form = best;
        form.object = canonical->alternatives.items[i];
        form.misfits = &misfits;
        if (form.object->kind != ALTERNATIVE_OBJECT)
            continue;
        hold_fields(&form);
        if (misfits < least)
            best.object = form.object;
        least = misfits < least ? misfits : least;
    }
    hold_fields(&best);
}
