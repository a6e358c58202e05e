#include "impact/holding.h"

#include <stdlib.h>

const char *satisfaction_word(Satisfaction satisfaction) {
    static const char *const words[] = {"satisfied", "not guaranteed", "contradicted"};
    return words[satisfaction];
}

const char *satisfaction_id(Satisfaction satisfaction) {
    static const char *const ids[] = {"satisfied", "not-guaranteed", "contradicted"};
    return ids[satisfaction];
}

typedef struct Verifier {
    Arena *run;
    Arena *scratch; /* of the interaction in hand */
    Comparer *comparer;
    const Router *router;
    const VerifyOptions *options;
    VerificationReport *report;
    Excerpts *excerpts;
    Map *consumers, *failed; /* names */
} Verifier;

/* ---- One interaction ------------------------------------------------------------------------- */

static void add_mismatch(const Verifier *verifier, const Mismatch *mismatch,
                         VerifiedInteraction *into) {
    /* What the provider's state decides is its business, unless it can't. */
    if (mismatch->by_state && mismatch->level != CONTRADICTED)
        return;
    bool grave = mismatch->level == CONTRADICTED || verifier->options->strict;
    VerificationMismatch found = {
        .result = mismatch->level,
        .error = grave && !into->pending,
        .place = text_copy(verifier->run, mismatch->place),
        .message = text_copy(verifier->run, mismatch->message),
        .need = text_copy(verifier->run, mismatch->need),
        .pact = origin_location(verifier->run, verifier->excerpts, mismatch->pact_origin),
        .description =
            origin_location(verifier->run, verifier->excerpts, mismatch->description_origin),
    };
    into->error |= found.error;
    array_push(verifier->run, &into->mismatches, found);
}

static int by_gravity(const void *a, const void *b) {
    const VerificationMismatch *left = a, *right = b;
    if (left->result != right->result)
        return left->result > right->result ? -1 : 1;
    int order = text_compare(left->place, right->place);
    return order ? order : text_compare(left->message, right->message);
}

/* What is one thing to a reader may be several reasons: each kind that a value must not be. */
static void drop_repeated(VerifiedInteraction *interaction) {
    size_t kept = 0;
    for (size_t i = 0; i < interaction->mismatches.count; i++) {
        const VerificationMismatch *mismatch = &interaction->mismatches.items[i];
        const VerificationMismatch *last = kept ? &interaction->mismatches.items[kept - 1] : NULL;
        if (!last || by_gravity(last, mismatch) != 0)
            interaction->mismatches.items[kept++] = *mismatch;
    }
    interaction->mismatches.count = kept;
}

static int by_place(const void *a, const void *b) {
    const VerificationResidue *left = a, *right = b;
    int order = text_compare(left->place, right->place);
    return order ? order : text_compare(left->matcher, right->matcher);
}

#define sort(array, order)                                                                         \
    do {                                                                                           \
        if ((array)->count > 1)                                                                    \
            qsort((array)->items, (array)->count, sizeof *(array)->items, (order));                \
    } while (0)

static void add_unreached(Verifier *verifier, const Interaction *interaction) {
    Place place = interaction_place(interaction);
    UnreachedInteraction found = {
        .consumer = interaction->consumer,
        .pact = place.file,
        .line = place.line,
        .index = interaction->index,
        .interaction = interaction->description,
        .reason = interaction->kind == INTERACTION_SYNCHRONOUS_MESSAGE
                      ? TEXT("messages back and forth, which HTTP has none of")
                      : TEXT("a message, and no webhook has its name"),
    };
    map_put_text(verifier->consumers, found.consumer, verifier);
    array_push(verifier->run, &verifier->report->unreached, found);
}

static void add_interaction(Verifier *verifier, const Interaction *interaction) {
    Arena *run = verifier->run;
    VerificationReport *report = verifier->report;
    arena_clear(verifier->scratch);
    Outcome *outcome =
        satisfaction(verifier->scratch, verifier->comparer, verifier->router, interaction);
    if (interaction->kind != INTERACTION_HTTP && !outcome->operation) {
        add_unreached(verifier, interaction);
        return;
    }
    Place place = interaction_place(interaction);
    VerifiedInteraction found = {
        .consumer = interaction->consumer,
        .pact = place.file,
        .line = place.line,
        .index = interaction->index,
        .interaction = interaction->description,
        .result = outcome->result,
        .pending = interaction->pending,
    };
    if (outcome->operation) {
        found.operation.method = outcome->operation->method;
        found.operation.path = outcome->operation->path;
        found.operation.webhook = outcome->operation->webhook;
    }
    for (size_t i = 0; i < outcome->mismatches.count; i++)
        add_mismatch(verifier, &outcome->mismatches.items[i], &found);
    for (size_t i = 0; i < interaction->residues.count; i++) {
        const Residue *residue = &interaction->residues.items[i];
        VerificationResidue kept = {residue->place, residue->matcher,
                                    origin_location(run, verifier->excerpts, residue->origin)};
        array_push(run, &found.residues, kept);
    }
    sort(&found.mismatches, by_gravity);
    drop_repeated(&found);
    sort(&found.residues, by_place);
    size_t *counts[] = {&report->satisfied, &report->not_guaranteed, &report->contradicted};
    ++*counts[found.result];
    map_put_text(verifier->consumers, found.consumer, verifier);
    if (found.error)
        map_put_text(verifier->failed, found.consumer, verifier);
    array_push(run, &report->interactions, found);
}

/* ---- The report ------------------------------------------------------------------------------ */

static int by_source(Text consumer, Text other_consumer, Text pact, Text other_pact) {
    int order = text_compare(consumer, other_consumer);
    return order ? order : text_compare(pact, other_pact);
}

static int by_interaction(const void *a, const void *b) {
    const VerifiedInteraction *left = a, *right = b;
    int order = by_source(left->consumer, right->consumer, left->pact, right->pact);
    return order ? order : (left->index > right->index) - (left->index < right->index);
}

/* A pact may hold interactions and messages, each counted from 0. */
static int by_message(const void *a, const void *b) {
    const UnreachedInteraction *left = a, *right = b;
    int order = by_source(left->consumer, right->consumer, left->pact, right->pact);
    order = order ? order : (left->index > right->index) - (left->index < right->index);
    return order ? order : (left->line > right->line) - (left->line < right->line);
}

static void add_name(Text name, void *value, void *context) {
    (void)value;
    Verifier *verifier = context;
    array_push(verifier->run, &verifier->report->consumers_failed, name);
}

static int by_text(const void *a, const void *b) {
    return text_compare(*(const Text *)a, *(const Text *)b);
}

VerificationReport *verify_api(Arena *run, const Api *api, const Expectations *expectations,
                               const VerifyOptions *options) {
    VerificationReport *report = arena_new_object(run, VerificationReport);
    Verifier verifier = {
        .run = run,
        .scratch = arena_scratch(run),
        .comparer = comparer_new(run),
        .router = router_new(run, api, options->provider_base_path),
        .options = options,
        .report = report,
        .excerpts = excerpts_new(run),
        .consumers = map_new(run),
        .failed = map_new(run),
    };
    for (size_t i = 0; i < expectations->interactions.count; i++)
        add_interaction(&verifier, expectations->interactions.items[i]);
    map_each(verifier.failed, add_name, &verifier);
    report->strict = options->strict;
    report->consumers = map_count(verifier.consumers);
    report->verdict = report->consumers_failed.count ? CONTRADICTED : SATISFIED;
    sort(&report->consumers_failed, by_text);
    sort(&report->interactions, by_interaction);
    sort(&report->unreached, by_message);
    return report;
}
