#include "impact/holding.h"
#include "impact/router.h"
#include "impact/sent.h"

static Text reason_key(Arena *run, const Mismatch *mismatch) {
    return text_format(run, "%.*s\n%d %.*s", TEXT_ARG(mismatch->place), mismatch->reason,
                       TEXT_ARG(mismatch->detail));
}

size_t find_reason(const Outcome *outcome, const Mismatch *mismatch) {
    for (size_t i = 0; i < outcome->mismatches.count; i++) {
        const Mismatch *other = &outcome->mismatches.items[i];
        if (other->reason == mismatch->reason && text_equal(other->place, mismatch->place) &&
            text_equal(other->detail, mismatch->detail))
            return i + 1;
    }
    return 0;
}

/* A few are looked through; from many on there is a table. */
static size_t known_reason(Holding *holding, const Mismatch *mismatch) {
    enum { MANY = 16 };
    Arena *run = holding->run;
    const Outcome *outcome = holding->outcome;
    size_t count = outcome->mismatches.count;
    if (count < MANY)
        return find_reason(outcome, mismatch);
    if (!holding->known)
        holding->known = map_new(run);
    for (; holding->tabled < count; holding->tabled++) {
        const Mismatch *other = &outcome->mismatches.items[holding->tabled];
        map_put_text(holding->known, reason_key(run, other),
                     (void *)(uintptr_t)(holding->tabled + 1));
    }
    return (size_t)(uintptr_t)map_get_text(holding->known, reason_key(run, mismatch));
}

static void add_provided(Arena *run, Mismatch *mismatch, Meet *provided) {
    for (size_t i = 0; i < mismatch->provided.count; i++)
        if (mismatch->provided.items[i] == provided)
            return;
    array_push(run, &mismatch->provided, provided);
}

void keep_mismatch(Holding *holding, const Mismatch *mismatch) {
    Arena *run = holding->run;
    Outcome *outcome = holding->outcome;
    size_t known = known_reason(holding, mismatch);
    if (!known) {
        array_push(run, &outcome->mismatches, *mismatch);
        return;
    }
    Mismatch *before = &outcome->mismatches.items[known - 1], worse = *before;
    if (mismatch->level > before->level) {
        worse = *mismatch;
        worse.variants = before->variants;
        worse.provided = before->provided;
    }
    for (size_t i = 0; i < mismatch->provided.count; i++)
        add_provided(run, &worse, mismatch->provided.items[i]);
    worse.by_state = before->by_state && mismatch->by_state;
    worse.elsewhere = before->elsewhere && mismatch->elsewhere;
    for (size_t i = 0; i < mismatch->variants.count; i++)
        array_push(run, &worse.variants, mismatch->variants.items[i]);
    *before = worse;
}

void note_mismatch(Holding *holding, const Trail *trail, const Finding *finding) {
    Arena *run = holding->run;
    Mismatch mismatch = {
        .level = finding->level,
        .place = finding->place,
        .direction = finding->direction,
        .reason = finding->reason,
        .detail = finding->detail,
        .difference = finding->difference,
        .message = finding->message,
        .need = finding->need,
        .by_state = finding->by_state,
        .expected = finding->expected,
        .pact_origin = finding->pact_origin,
        .description_origin = finding->description_origin,
    };
    if (finding->provided)
        add_provided(run, &mismatch, finding->provided);
    size_t depth = 0;
    for (const Trail *step = trail; step; step = step->above)
        depth++;
    mismatch.steps.items = arena_new_array(run, depth, Step);
    mismatch.steps.count = mismatch.steps.capacity = depth;
    for (const Trail *step = trail; step; step = step->above)
        mismatch.steps.items[--depth] = step->step;
    keep_mismatch(holding, &mismatch);
}

Location origin_location(Arena *run, Excerpts *excerpts, const Node *origin) {
    if (!origin || !document_of(origin))
        return (Location){0};
    Place place = node_key_place(origin);
    Excerpt excerpt = excerpts ? excerpt_at(excerpts, place) : (Excerpt){0};
    return (Location){place, node_pointer(run, origin), excerpt};
}

Place interaction_place(const Interaction *interaction) {
    const Node *description = node_member(interaction->origin, TEXT("description"));
    return description ? node_key_place(description) : node_place(interaction->origin);
}

static void note_no_operation(Holding *holding, const Router *router, Text path) {
    Arena *run = holding->run;
    const Interaction *interaction = holding->interaction;
    Nearest nearest = router_nearest(router, interaction->method, path);
    Text hint = TEXT("");
    if (nearest.methods.size)
        hint = text_format(run, "; `%.*s` takes %.*s", TEXT_ARG(nearest.path),
                           TEXT_ARG(nearest.methods));
    else if (nearest.path.size)
        hint = text_format(run, "; `%.*s` comes nearest", TEXT_ARG(nearest.path));
    Finding finding = {
        .level = CONTRADICTED,
        .place = TEXT("operation"),
        .reason = REASON_NO_OPERATION,
        .message =
            text_format(run, "no operation takes %.*s %.*s%.*s", TEXT_ARG(interaction->method),
                        TEXT_ARG(interaction->path), TEXT_ARG(hint)),
        .need = text_format(run, "calls %.*s %.*s", TEXT_ARG(interaction->method),
                            TEXT_ARG(interaction->path)),
        .pact_origin = interaction->origin,
    };
    note_mismatch(holding, NULL, &finding);
}

static bool counts(const Mismatch *mismatch) {
    return mismatch->level == CONTRADICTED || !mismatch->by_state;
}

Satisfaction result_of(const Outcome *outcome) {
    Satisfaction result = SATISFIED;
    for (size_t i = 0; i < outcome->mismatches.count; i++) {
        const Mismatch *mismatch = &outcome->mismatches.items[i];
        if (counts(mismatch) && mismatch->level > result)
            result = mismatch->level;
    }
    return result;
}

static void hold_http(Holding *holding, const Router *router) {
    const Interaction *interaction = holding->interaction;
    Text path = request_path(holding->run, router, interaction);
    Captures captures = {0};
    holding->operation = router_take(router, interaction, path, &captures);
    if (!holding->operation) {
        note_no_operation(holding, router, path);
        return;
    }
    if (!expects_refusal(interaction))
        hold_request(holding, &captures);
    hold_response(holding);
}

static void note_no_webhook(Holding *holding) {
    const Interaction *interaction = holding->interaction;
    Text name = interaction->description;
    Finding finding = {
        .level = CONTRADICTED,
        .place = TEXT("operation"),
        .reason = REASON_NO_OPERATION,
        .message = text_format(holding->run, "no webhook has the name `%.*s`", TEXT_ARG(name)),
        .need = text_format(holding->run, "receives the message `%.*s`", TEXT_ARG(name)),
        .pact_origin = interaction->origin,
    };
    note_mismatch(holding, NULL, &finding);
}

Outcome *satisfaction(Arena *run, Comparer *comparer, const Router *router,
                      const Interaction *interaction) {
    Outcome *outcome = arena_new_object(run, Outcome);
    Holding holding = {
        .run = run,
        .comparer = comparer,
        .canonicals = comparer_canonicals(comparer),
        .interaction = interaction,
        .outcome = outcome,
    };
    if (interaction->kind == INTERACTION_HTTP) {
        hold_http(&holding, router);
    } else {
        if (interaction->kind == INTERACTION_ASYNCHRONOUS_MESSAGE)
            holding.operation = router_webhook(router, interaction->description);
        if (holding.operation)
            hold_message(&holding);
        else
            note_no_webhook(&holding);
    }
    outcome->operation = holding.operation;
    outcome->result = result_of(outcome);
    return outcome;
}
