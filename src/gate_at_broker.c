/* What a Pact Broker in a store's place is asked and told: its own answers as ours, environments,
 * what is where.
 */
#include "record.h"

/* ---- its answers ----------------------------------------------------------------------------- */

static const char *result_phrase(GateResult result) {
    static const char *const phrases[] = {
        [GATE_YES] = "verified by the provider",
        [GATE_NO] = "the provider's verification failed",
        [GATE_UNKNOWN] = "not verified",
    };
    return phrases[result];
}

static GateRow row_of(bw_store *store, const BrokerRow *from, const BrokerQuestion *question) {
    GateRow row = {
        .consumer = from->consumer,
        .consumer_version = from->consumer_version,
        .provider = from->provider,
        .provider_version = from->provider_version,
        .result = !from->known    ? GATE_UNKNOWN
                  : from->success ? GATE_YES
                                  : GATE_NO,
        .replayed = from->known,
        .replay_success = from->success,
    };
    for (size_t i = 0; i < question->ignored.count; i++) {
        const BrokerSelector *one = &question->ignored.items[i];
        bool consumes = text_equal(one->participant, row.consumer) &&
                        (!one->number.size || text_equal(one->number, row.consumer_version));
        bool provides = text_equal(one->participant, row.provider) &&
                        (!one->number.size || text_equal(one->number, row.provider_version));
        row.ignored = row.ignored || consumes || provides;
    }
    row.reason = text_format(store->arena, "%.*s %.*s and %.*s %.*s: %s", TEXT_ARG(row.consumer),
                             TEXT_ARG(row.consumer_version), TEXT_ARG(row.provider),
                             TEXT_ARG(row.provider_version), result_phrase(row.result));
    return row;
}

static GateAnswer *ask(bw_store *store, const BrokerQuestion *question, Text shown) {
    BrokerAnswer given = {0};
    if (!broker_ask(store->broker, question, &given))
        return NULL;
    GateAnswer *answer = arena_new_object(store->arena, GateAnswer);
    answer->question = shown;
    answer->result = !given.known ? GATE_UNKNOWN : given.deployable ? GATE_YES : GATE_NO;
    if (given.reason.size && shown.size)
        array_push(store->arena, &answer->reasons, given.reason);
    for (size_t i = 0; i < given.rows.count; i++) {
        GateRow row = row_of(store, &given.rows.items[i], question);
        array_push(store->arena, &answer->rows, row);
    }
    gate_finish(answer);
    return answer;
}

static BrokerSelector selector_of(const bw_selector *given) {
    return (BrokerSelector){text_from(given->participant), text_from(given->number),
                            text_from(given->branch), text_from(given->tag), given->main_branch};
}

GateAnswer *ask_broker(bw_store *store, const void *context) {
    const bw_question *given = context;
    BrokerQuestion question = {.environment = text_from(given->environment),
                               .to_main = given->to_main,
                               .to_tag = text_from(given->to_tag)};
    Buffer shown = {.arena = store->arena};
    for (size_t i = 0; i < given->selector_count; i++) {
        BrokerSelector selector = selector_of(&given->selectors[i]);
        array_push(store->arena, &question.selectors, selector);
        buffer_format(&shown, "%s%.*s%s%.*s", i ? ", " : "", TEXT_ARG(selector.participant),
                      selector.number.size ? " " : "", TEXT_ARG(selector.number));
    }
    for (size_t i = 0; i < given->ignored_count; i++) {
        BrokerSelector selector = selector_of(&given->ignored[i]);
        array_push(store->arena, &question.ignored, selector);
    }
    if (question.environment.size)
        buffer_format(&shown, " to %.*s", TEXT_ARG(question.environment));
    if (question.to_tag.size)
        buffer_format(&shown, " to the tag %.*s", TEXT_ARG(question.to_tag));
    if (question.to_main)
        buffer_add(&shown, TEXT(" to the main branch"));
    return ask(store, &question, buffer_text(&shown));
}

GateAnswer *ask_broker_matrix(bw_store *store, const void *context) {
    const bw_matrix_filter *given = context;
    BrokerQuestion question = {.environment = text_from(given->environment), .all = true};
    BrokerSelector selector = {.participant = text_from(given->participant),
                               .number = text_from(given->number),
                               .branch = text_from(given->branch)};
    if (!given->participant) {
        diagnose(&store->diagnostics.all, BROKER_MATRIX, (Place){0}, "pacticipant", "NAME");
        return NULL;
    }
    array_push(store->arena, &question.selectors, selector);
    selector = (BrokerSelector){.participant = text_from(given->other),
                                .number = text_from(given->other_number),
                                .branch = text_from(given->other_branch)};
    if (given->other)
        array_push(store->arena, &question.selectors, selector);
    return ask(store, &question, (Text){0});
}

/* ---- environments ---------------------------------------------------------------------------- */

bool add_broker_environment(bw_store *store, const void *context) {
    const bw_environment *given = context;
    BrokerEnvironment environment = {
        .name = text_from(given->name),
        .display_name = text_from(given->display_name),
        .production = given->production,
        .contact_name = text_from(given->contact_name),
        .contact_email = text_from(given->contact_email),
    };
    return broker_add_environment(store->broker, &environment);
}

bool list_broker_environments(bw_store *store, StoredEnvironments *environments) {
    BrokerEnvironments given = {0};
    if (!broker_environments(store->broker, &given))
        return false;
    for (size_t i = 0; i < given.count; i++) {
        const BrokerEnvironment *from = &given.items[i];
        StoredEnvironment environment = {
            .name = from->name, .display_name = from->display_name, .production = from->production};
        array_push(store->arena, environments, environment);
    }
    return true;
}

/* ---- what is where --------------------------------------------------------------------------- */

bool record_at_broker(bw_store *store, const void *context) {
    const Event *event = context;
    BrokerPresence presence = {
        .participant = event->participant,
        .number = event->number,
        .environment = event->environment,
        .instance = event->instance,
        .released = event->kind == BW_RELEASE || event->kind == BW_SUPPORT_ENDED,
        .ends = event->kind == BW_UNDEPLOYMENT || event->kind == BW_SUPPORT_ENDED,
    };
    size_t ended = 0;
    return broker_record(store->broker, &presence, &ended) &&
           (!presence.ends || ended || tell_not_there(store, event));
}
