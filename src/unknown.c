/* What is said of names that the store does not have. */
#include "record.h"

bool tell_unknown_participant(bw_store *store, Text name) {
    Text nearest;
    return gate_nearest(store->store, GATE_PARTICIPANT, (Text){0}, name, &nearest) &&
           diagnose(&store->diagnostics.all, PARTICIPANT_UNKNOWN, (Place){0}, TEXT_ARG(name),
                    text_suggestion(store->arena, nearest));
}

bool tell_unknown_version(bw_store *store, Text participant, Text number) {
    Text nearest;
    StoredVersion newest;
    int64_t id;
    if (!store_find_participant(store->store, participant, &id))
        return false;
    if (!id)
        return tell_unknown_participant(store, participant);
    if (!gate_nearest(store->store, GATE_VERSION, participant, number, &nearest) ||
        !store_latest_version(store->store, participant, (Text){0}, (Text){0}, &newest))
        return false;
    const char *help =
        nearest.size ? text_suggestion(store->arena, nearest)
        : newest.id
            ? text_format(store->arena, "; its newest is `%.*s`", TEXT_ARG(newest.number)).data
            : ": `breakwater publish` makes one";
    return diagnose(&store->diagnostics.all, VERSION_UNKNOWN, (Place){0}, TEXT_ARG(number),
                    TEXT_ARG(participant), help);
}

bool tell_unknown_environment(bw_store *store, Text name) {
    Text nearest;
    return gate_nearest(store->store, GATE_ENVIRONMENT, (Text){0}, name, &nearest) &&
           diagnose(&store->diagnostics.all, ENVIRONMENT_UNKNOWN, (Place){0}, TEXT_ARG(name),
                    nearest.size ? text_suggestion(store->arena, nearest)
                                 : ": `breakwater environment create` makes one");
}

bool tell_unknown_branch(bw_store *store, Text name) {
    Text nearest;
    return gate_nearest(store->store, GATE_BRANCH, (Text){0}, name, &nearest) &&
           diagnose(&store->diagnostics.all, BRANCH_UNKNOWN, (Place){0}, TEXT_ARG(name),
                    text_suggestion(store->arena, nearest));
}
