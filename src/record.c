/* The public functions that record who runs what where. */
#include "record.h"

#include "rendering.h"

#include <stdlib.h>
#include <time.h>

/* How often a transaction is done again that another writer stood in the way of. */
enum { ATTEMPTS = 50, PAUSE_NANOSECONDS = 2000000 };

bool in_transaction(bw_store *store, bool (*work)(bw_store *store, const void *context),
                    const void *context) {
    for (unsigned attempt = 0;; attempt++) {
        if (!store_begin(store->store))
            return false;
        if (work(store, context) && store_commit(store->store))
            return true;
        bool conflict = store_conflicted(store->store);
        store_roll_back(store->store);
        if (!conflict)
            return false;
        if (attempt == ATTEMPTS)
            return diagnose(&store->diagnostics.all, STORE_BUSY, (Place){0}, ATTEMPTS);
        struct timespec pause = {0, (long)(attempt + 1) * PAUSE_NANOSECONDS};
        nanosleep(&pause, NULL);
    }
}

void tell_unused(bw_store *store, const char *value, const char *option) {
    if (value && store->store && !setjmp(store->escape.point))
        diagnose(&store->diagnostics.all, OPTION_OF_BROKER, (Place){0}, option);
}

typedef bool (*Work)(bw_store *store, const void *context);

/* What is done on a record and with a broker in its place. */
typedef struct Task {
    const char *name;
    Work on_record;
    Work at_broker;      /* NULL: it can't be done there */
    const char *instead; /* what does it there; NULL: the broker's client */
} Task;

/* Everything of a store that may run out of memory leads back here. */
static bw_status guarded(bw_store *store, const Task *task, const void *context) {
    if (!store->store && !store->broker)
        return BW_INVALID_INPUT;
    if (setjmp(store->escape.point)) {
        if (store->store)
            store_roll_back(store->store);
        return BW_FAULT;
    }
    if (store->broker && task->at_broker)
        return task->at_broker(store, context) ? BW_OK : BW_INVALID_INPUT;
    if (store->broker) {
        diagnose(&store->diagnostics.all, BROKER_CANT, (Place){0}, task->name,
                 task->instead ? task->instead : "use its own client");
        return BW_INVALID_INPUT;
    }
    return in_transaction(store, task->on_record, context) ? BW_OK : BW_INVALID_INPUT;
}

static bw_store *new_store(void) {
    bw_store *store = calloc(1, sizeof *store);
    if (store)
        store->arena = arena_new(&store->escape);
    if (!store || !store->arena) {
        bw_store_close(store);
        return NULL;
    }
    store->diagnostics.all.arena = store->arena;
    return store;
}

bw_status bw_store_open(const char *name, bool create, bw_store **store) {
    *store = NULL;
    bw_store *opened = new_store();
    if (!opened)
        return BW_FAULT;
    if (setjmp(opened->escape.point)) {
        bw_store_close(opened);
        return BW_FAULT;
    }
    opened->store = store_open(opened->arena, &opened->diagnostics.all, text_from(name), create);
    *store = opened;
    return opened->store ? BW_OK : BW_INVALID_INPUT;
}

bw_status bw_store_open_broker(const bw_broker *given, bw_store **store) {
    *store = NULL;
    if (given->version != BW_BROKER_VERSION || !given->url)
        return BW_WRONG_USAGE;
    bw_store *opened = new_store();
    if (!opened)
        return BW_FAULT;
    if (setjmp(opened->escape.point)) {
        bw_store_close(opened);
        return BW_FAULT;
    }
    BrokerOptions options = broker_options_of(given);
    bw_broker *asked = arena_new_object(opened->arena, bw_broker);
    *asked = *given;
    opened->asked = asked;
    opened->broker = broker_new(opened->arena, &opened->diagnostics.all, &options);
    *store = opened;
    return opened->broker ? BW_OK : BW_INVALID_INPUT;
}

const bw_diagnostics *bw_store_diagnostics(const bw_store *store) {
    return &store->diagnostics;
}

void bw_store_close(bw_store *store) {
    if (!store)
        return;
    arena_free(store->arena);
    free(store);
}

/* ---- participants and versions ----------------------------------------------------------------
 */

static bool set_participant(bw_store *store, const void *context) {
    const bw_participant *given = context;
    Text name = text_from(given->name);
    int64_t id;
    return store_add_participant(store->store, name, &id) &&
           (!given->main_branch ||
            store_set_main_branch(store->store, name, text_from(given->main_branch)));
}

bw_status bw_store_set_participant(bw_store *store, const bw_participant *participant) {
    static const Task task = {"create-or-update-pacticipant", set_participant, NULL, NULL};
    if (participant->version != BW_PARTICIPANT_VERSION || !participant->name || !*participant->name)
        return BW_WRONG_USAGE;
    tell_unused(store, participant->display_name, "display-name");
    tell_unused(store, participant->repository_url, "repository-url");
    return guarded(store, &task, participant);
}

static bool set_version(bw_store *store, const void *context) {
    const bw_version_properties *given = context;
    Text participant = text_from(given->participant), number = text_from(given->number);
    StoredVersion version;
    bool found = given->must_exist ? store_find_version(store->store, participant, number, &version)
                                   : store_add_version(store->store, participant, number, &version);
    if (!found)
        return false;
    if (!version.id)
        return tell_unknown_version(store, participant, number);
    if (given->branch && !store_add_branch(store->store, &version, text_from(given->branch)))
        return false;
    for (size_t i = 0; i < given->tag_count; i++)
        if (!store_add_tag(store->store, &version, text_from(given->tags[i])))
            return false;
    return true;
}

bw_status bw_store_set_version(bw_store *store, const bw_version_properties *properties) {
    if (properties->version != BW_VERSION_PROPERTIES_VERSION || !properties->participant ||
        !*properties->participant || !properties->number || !*properties->number)
        return BW_WRONG_USAGE;
    static const Task task = {"adding to a version alone", set_version, NULL, NULL};
    return guarded(store, &task, properties);
}

/* ---- environments ---------------------------------------------------------------------------- */

static bool add_environment(bw_store *store, const void *context) {
    const bw_environment *given = context;
    StoredEnvironment environment = {.name = text_from(given->name),
                                     .display_name = text_from(given->display_name),
                                     .production = given->production};
    StoredEnvironment there;
    if (!store_find_environment(store->store, environment.name, &there))
        return false;
    if (there.id)
        return diagnose(&store->diagnostics.all, ENVIRONMENT_EXISTS, (Place){0},
                        TEXT_ARG(environment.name));
    return store_add_environment(store->store, &environment);
}

bw_status bw_store_add_environment(bw_store *store, const bw_environment *given) {
    static const Task task = {"create-environment", add_environment, add_broker_environment, NULL};
    if (given->version != BW_ENVIRONMENT_VERSION || !given->name || !*given->name)
        return BW_WRONG_USAGE;
    bw_environment environment = *given;
    if (!environment.display_name)
        environment.display_name = environment.name;
    tell_unused(store, given->contact_name, "contact-name");
    tell_unused(store, given->contact_email, "contact-email-address");
    return guarded(store, &task, &environment);
}

static Text render_environments(Arena *arena, const Rendering *rendering) {
    const StoredEnvironments *environments = rendering->subject;
    return rendering->index ? environments_json(arena, environments)
                            : environments_text(arena, environments, &rendering->layout);
}

bw_status bw_store_write_environments(bw_store *store, bool json, const bw_layout *layout,
                                      bw_sink sink, void *context) {
    StoredEnvironments environments = {0};
    if (!store->store && !store->broker)
        return BW_INVALID_INPUT;
    if (setjmp(store->escape.point))
        return BW_FAULT;
    bool listed = store->broker ? list_broker_environments(store, &environments)
                                : store_environments(store->store, &environments);
    if (!listed)
        return BW_INVALID_INPUT;
    Rendering rendering = {render_environments, &environments, json, {0}};
    if (!set_layout(&rendering, layout))
        return BW_WRONG_USAGE;
    return write_rendering(&rendering, sink, context);
}

/* ---- events ---------------------------------------------------------------------------------- */

/* "`blue`, `green`": where it is deployed instead. False: diagnosed. */
static bool instances_of(bw_store *store, const Event *event, Text *instances) {
    StoredPresences present = {0};
    Buffer out = {.arena = store->arena};
    if (store->store && !store_present(store->store, event->environment, &present))
        return false;
    for (array_each(StoredPresence, presence, &present))
        if (!presence->released && text_equal(presence->version.name, event->participant) &&
            (!event->number.size || text_equal(presence->version.number, event->number)))
            buffer_format(&out, presence->instance.size ? "%s`%.*s`" : "%sone without a name%.*s",
                          out.size ? ", " : "", TEXT_ARG(presence->instance));
    *instances = buffer_text(&out);
    return true;
}

bool tell_not_there(bw_store *store, const Event *event) {
    Text instances = {0};
    if (event->kind == BW_UNDEPLOYMENT && !instances_of(store, event, &instances))
        return false;
    return diagnose(
        &store->diagnostics.all, NOT_THERE, (Place){0}, TEXT_ARG(event->participant),
        event->number.size ? " " : "", TEXT_ARG(event->number),
        event->kind == BW_SUPPORT_ENDED ? "released" : "deployed", TEXT_ARG(event->environment),
        instances.size ? (event->instance.size ? " as that instance; its instances there: "
                                               : " without an instance; its instances there: ")
                       : "",
        TEXT_ARG(instances));
}

static bool end(bw_store *store, const Event *event, const StoredVersion *version,
                const StoredEnvironment *environment) {
    size_t ended;
    bool released = event->kind == BW_SUPPORT_ENDED;
    bool done = released
                    ? store_end_support(store->store, version, environment, &ended)
                    : store_undeploy(store->store, version, environment, event->instance, &ended);
    return done && (ended || tell_not_there(store, event));
}

/* The version; of an event that names none, its participant alone. False: diagnosed. */
static bool find_who(bw_store *store, const Event *event, StoredVersion *version) {
    if (event->number.size) {
        if (!store_find_version(store->store, event->participant, event->number, version))
            return false;
        return version->id || tell_unknown_version(store, event->participant, event->number);
    }
    *version = (StoredVersion){.name = event->participant};
    if (!store_find_participant(store->store, event->participant, &version->participant))
        return false;
    return version->participant || tell_unknown_participant(store, event->participant);
}

static bool record(bw_store *store, const void *context) {
    const Event *event = context;
    StoredVersion version;
    StoredEnvironment environment;
    if (!find_who(store, event, &version) ||
        !store_find_environment(store->store, event->environment, &environment))
        return false;
    if (!environment.id)
        return tell_unknown_environment(store, event->environment);
    switch (event->kind) {
    case BW_DEPLOYMENT:
        return store_deploy(store->store, &version, &environment, event->instance);
    case BW_RELEASE:
        return store_release(store->store, &version, &environment);
    case BW_UNDEPLOYMENT:
    case BW_SUPPORT_ENDED:
        return end(store, event, &version, &environment);
    }
    return false;
}

bw_status bw_store_record(bw_store *store, bw_event kind, const char *participant,
                          const char *number, const char *environment, const char *instance) {
    Event event = {kind, text_from(participant), text_from(number), text_from(environment),
                   text_from(instance)};
    static const Task task = {"recording", record, record_at_broker, NULL};
    bool named = event.number.size || kind == BW_UNDEPLOYMENT;
    return event.participant.size && event.environment.size && named ? guarded(store, &task, &event)
                                                                     : BW_WRONG_USAGE;
}

/* ---- publishing ------------------------------------------------------------------------------ */

bw_status bw_store_publish(bw_store *store, const bw_publication *publication) {
    if (publication->version != BW_PUBLICATION_VERSION || !publication->number ||
        !*publication->number || !publication->file_count ||
        (publication->participant && !*publication->participant))
        return BW_WRONG_USAGE;
    static const Task task = {"publish", publish, publish, NULL};
    return guarded(store, &task, publication);
}

bw_status bw_store_import_verification(bw_store *store, const bw_replay *replay) {
    if (replay->version != BW_REPLAY_VERSION || !replay->file || !replay->provider)
        return BW_WRONG_USAGE;
    static const Task task = {"verification import", import_verification, NULL,
                              "a verifier publishes what a replay came to by itself, and "
                              "`breakwater verification publish SPEC` what our comparison does"};
    return guarded(store, &task, replay);
}

static bool check(bw_store *store, const void *context) {
    (void)context;
    Text wrong;
    if (!store_check(store->store, &wrong))
        return false;
    return !wrong.size ||
           diagnose(&store->diagnostics.all, STORE_UNSOUND, (Place){0}, TEXT_ARG(text_trim(wrong)));
}

bw_status bw_store_check(bw_store *store) {
    static const Task task = {"matrix --check", check, NULL,
                              "what it has stored is its own affair"};
    return guarded(store, &task, NULL);
}
