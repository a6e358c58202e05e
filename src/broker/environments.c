#include "broker/hal.h"

/* ---- environments ---------------------------------------------------------------------------- */

static const Document *environments(Broker *broker, Text *url) {
    *url = hal_index_link(broker, "pb:environments", NULL, (Text){0});
    return url->size ? hal_get(broker, *url) : NULL;
}

static BrokerEnvironment read_environment(const Node *item) {
    const Node *production = node_member(item, TEXT("production"));
    return (BrokerEnvironment){
        .name = hal_text(item, "name"),
        .display_name = hal_text(item, "displayName"),
        .production = production && production->kind == NODE_BOOLEAN && production->boolean,
    };
}

bool broker_environments(Broker *broker, BrokerEnvironments *into) {
    Text url;
    const Document *document = environments(broker, &url);
    const Node *list = document ? hal_embedded(document->root, "environments") : NULL;
    for (uint32_t i = 0; list && i < list->count; i++) {
        BrokerEnvironment environment = read_environment(list->items[i]);
        array_push(broker->arena, into, environment);
    }
    return document != NULL;
}

static json_t *contacts(const BrokerEnvironment *environment) {
    json_t *list = json_array(), *contact = json_object(), *details = json_object();
    if (environment->contact_name.size)
        hal_put(&contact, "name", hal_json_text(environment->contact_name));
    if (environment->contact_email.size)
        hal_put(&details, "emailAddress", hal_json_text(environment->contact_email));
    hal_put(&contact, "details", details);
    if (!list || json_array_append_new(list, contact) != 0) { /* exhausted, as hal_put tells it */
        json_decref(list);
        return NULL;
    }
    return list;
}

bool broker_add_environment(Broker *broker, const BrokerEnvironment *environment) {
    Text url = hal_index_link(broker, "pb:environments", NULL, (Text){0});
    if (!url.size)
        return false;
    json_t *object = json_object();
    hal_put(&object, "name", hal_json_text(environment->name));
    hal_put(&object, "displayName", hal_json_text(environment->display_name));
    hal_put(&object, "production", json_boolean(environment->production));
    if (environment->contact_name.size || environment->contact_email.size)
        hal_put(&object, "contacts", contacts(environment));
    const Document *answer = hal_post(broker, url, hal_json(broker->arena, object));
    if (answer)
        hal_tell_notices(broker, url, answer->root);
    return answer != NULL;
}

/* ---- what begins ----------------------------------------------------------------------------- */

static bool environment_missing(Broker *broker, Text name) {
    return diagnose(broker->diagnostics, BROKER_NO_ENVIRONMENT, (Place){0}, TEXT_ARG(name));
}

/* A version's resource has a link for each environment that it may go to. */
static bool begin(Broker *broker, const BrokerPresence *presence) {
    const char *relation = presence->released ? "pb:record-release" : "pb:record-deployment";
    const Document *index = hal_index(broker);
    if (!index)
        return false;
    HalVariable variables[] = {
        {"pacticipant", presence->participant}, {"version", presence->number}, {0}};
    Text url = hal_template(broker, index, index->root, "pb:pacticipant-version", variables);
    if (!url.size)
        return diagnose(broker->diagnostics, BROKER_LINK_MISSING,
                        (Place){.file = index->source.file}, TEXT_ARG(index->source.name),
                        "pb:pacticipant-version");
    const Document *version = hal_get(broker, url);
    if (!version)
        return false;
    Text target = hal_named_link(broker, version, version->root, relation, presence->environment);
    if (!target.size)
        return environment_missing(broker, presence->environment);
    json_t *object = json_object();
    if (presence->instance.size)
        hal_put(&object, "applicationInstance", hal_json_text(presence->instance));
    const Document *answer = hal_post(broker, target, hal_json(broker->arena, object));
    if (answer)
        hal_tell_notices(broker, target, answer->root);
    return answer != NULL;
}

/* ---- what ends ------------------------------------------------------------------------------- */

/* The environment's own resource; not found: diagnosed. */
static const Document *environment_of(Broker *broker, Text name) {
    Text url;
    const Document *document = environments(broker, &url);
    const Node *list = document ? hal_embedded(document->root, "environments") : NULL;
    for (uint32_t i = 0; list && i < list->count; i++) {
        if (!text_equal(hal_text(list->items[i], "name"), name))
            continue;
        Text self = hal_link(broker, document, list->items[i], "self", NULL, (Text){0});
        if (self.size)
            return hal_get(broker, self);
        diagnose(broker->diagnostics, BROKER_LINK_MISSING, (Place){.file = url}, TEXT_ARG(url),
                 "self");
        return NULL;
    }
    if (document)
        environment_missing(broker, name);
    return NULL;
}

/* What a resource is of: embedded in it, else by the name of a link. */
static bool is_of(const Node *item, const char *embedded, const char *member, const char *relation,
                  Text wanted) {
    const Node *inside = node_member(node_member(item, TEXT("_embedded")), text_from(embedded));
    const Node *link = node_member(node_member(item, TEXT("_links")), text_from(relation));
    return text_equal(inside ? hal_text(inside, member) : hal_text(link, "name"), wanted);
}

static bool is_meant(const Node *item, const BrokerPresence *presence) {
    return is_of(item, "pacticipant", "name", "pb:pacticipant", presence->participant) &&
           (!presence->number.size ||
            is_of(item, "version", "number", "pb:version", presence->number)) &&
           (presence->released ||
            text_equal(hal_text(item, "applicationInstance"), presence->instance));
}

static bool end(Broker *broker, const BrokerPresence *presence, size_t *ended) {
    const char *relation = presence->released ? "pb:currently-supported-released-versions"
                                              : "pb:currently-deployed-deployed-versions";
    const Document *environment = environment_of(broker, presence->environment);
    if (!environment)
        return false;
    Text url = hal_link(broker, environment, environment->root, relation, NULL, (Text){0});
    if (!url.size)
        return diagnose(broker->diagnostics, BROKER_LINK_MISSING,
                        (Place){.file = environment->source.file},
                        TEXT_ARG(environment->source.name), relation);
    const Document *there = hal_get(broker, url);
    const Node *list = there ? hal_embedded(there->root, presence->released ? "releasedVersions"
                                                                            : "deployedVersions")
                             : NULL;
    for (uint32_t i = 0; list && i < list->count; i++) {
        Text self = hal_link(broker, there, list->items[i], "self", NULL, (Text){0});
        if (!is_meant(list->items[i], presence))
            continue;
        if (!hal_patch(broker, self,
                       presence->released ? TEXT("{\"currentlySupported\":false}")
                                          : TEXT("{\"currentlyDeployed\":false}")))
            return false;
        ++*ended;
    }
    return there != NULL;
}

bool broker_record(Broker *broker, const BrokerPresence *presence, size_t *ended) {
    return presence->ends ? end(broker, presence, ended) : begin(broker, presence);
}
