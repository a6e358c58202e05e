#include "document/document.h"
#include "impact/evidence.h"
#include "impact/holding.h"

/* What each side takes, and reads as another value: `x,y` is two items, or one. */

static bool is_alike(const Node *one, const Node *other) {
    if (one->kind != other->kind)
        return true; /* as what it is read its Type decides */
    if (one->kind == NODE_STRING)
        return text_equal(one->text, other->text);
    if (one->kind != NODE_SEQUENCE && one->kind != NODE_MAPPING)
        return true;
    bool alike = one->count == other->count;
    for (uint32_t i = 0; i < one->count && alike; i++) {
        bool items = one->kind == NODE_SEQUENCE;
        const Node *value = items ? one->items[i] : one->members[i].value;
        const Node *beside = items ? other->items[i] : node_member(other, one->members[i].key);
        alike = beside && is_alike(value, beside);
    }
    return alike;
}

static const Claim *same_claim(const Outcome *outcome, const Claim *claim) {
    for (size_t i = 0; i < outcome->claims.count; i++) {
        const Claim *found = &outcome->claims.items[i];
        if (found->in == claim->in && text_equal(found->field, claim->field))
            return found;
    }
    return NULL;
}

static bool is_read_otherwise(const Claim *was, const Claim *now) {
    bool read = was && was->value && now->value;
    return read &&
           (was->parameter->style != now->parameter->style ||
            was->parameter->explode != now->parameter->explode) &&
           !is_alike(was->value, now->value);
}

static bool has_place(const Outcome *outcome, Text place) {
    for (size_t i = 0; i < outcome->mismatches.count; i++)
        if (text_equal(outcome->mismatches.items[i].place, place))
            return true;
    return false;
}

static Mismatch *mismatch_of(Arena *run, const Claim *was, const Claim *now, Text location) {
    enum { WIDTH = 60 };
    Text sent = now->origin ? node_to_json(run, now->origin, WIDTH) : TEXT("a text");
    Mismatch *mismatch = arena_new_object(run, Mismatch);
    *mismatch = (Mismatch){
        .level = NOT_GUARANTEED,
        .direction = DIRECTION_REQUEST,
        .reason = REASON_PARAMETER_STYLE,
        .place = text_format(run, "request.%.*s", TEXT_ARG(location)),
        .message = text_format(run, "`%.*s` is read as %.*s in the description", TEXT_ARG(location),
                               TEXT_ARG(node_to_json(run, now->value, WIDTH))),
        .need = text_format(run, "sends %.*s as %.*s, read as %.*s so far", TEXT_ARG(location),
                            TEXT_ARG(sent), TEXT_ARG(node_to_json(run, was->value, WIDTH))),
        .pact_origin = now->origin,
        .description_origin = now->parameter->origin,
    };
    array_push(run, &mismatch->steps, ((Step){STEP_PARAMETER, location}));
    return mismatch;
}

void find_read_otherwise(Arena *run, const Outcome *base, const Outcome *revision, Reasons *worse) {
    const Parameter *last = NULL;
    for (size_t i = 0; i < revision->claims.count; i++) {
        const Claim *now = &revision->claims.items[i], *was = same_claim(base, now);
        if (!is_read_otherwise(was, now) || now->parameter == last)
            continue;
        last = now->parameter;
        Text location =
            text_format(run, "%s.%.*s", field_place_word(now->in), TEXT_ARG(last->name));
        Worse found = {.mismatch = mismatch_of(run, was, now, location), .step_down = true};
        if (!has_place(revision, found.mismatch->place))
            array_push(run, worse, found);
    }
}
