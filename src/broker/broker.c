#include "broker/hal.h"
#include "support/map.h"

enum { PAGE_LIMIT = 1000 };

/* A credential becomes a line of the request, so it may hold no end of line. */
static bool check_credential(Diagnostics *diagnostics, Text *credential, const char *what) {
    *credential = text_trim(*credential);
    for (size_t i = 0; i < credential->size; i++)
        if ((unsigned char)credential->data[i] < ' ' || credential->data[i] == 0x7f)
            return diagnose(diagnostics, BROKER_BAD_CREDENTIAL, (Place){0}, what);
    return true;
}

/* A name and password in the URL are none of it: they would be shown wherever it is named, and
 * would not go along with its links. */
static void take_credentials(Arena *arena, BrokerOptions *options) {
    Text username, password;
    http_take_credentials(arena, &options->url, &username, &password);
    if (options->token.size || options->username.size)
        return;
    options->username = username;
    options->password = password;
}

Broker *broker_new(Arena *arena, Diagnostics *diagnostics, const BrokerOptions *options) {
    Broker *broker = arena_new_object(arena, Broker);
    *broker = (Broker){.arena = arena, .diagnostics = diagnostics, .options = *options};
    BrokerOptions *own = &broker->options;
    take_credentials(arena, own);
    bool good = check_credential(diagnostics, &own->token, "token") &&
                check_credential(diagnostics, &own->username, "user name") &&
                check_credential(diagnostics, &own->password, "password");
    if (good && own->offline && !own->cache_folder.size)
        good = diagnose(diagnostics, OFFLINE_WITHOUT_CACHE, (Place){0}, "--offline");
    if (!good)
        return NULL;
    HttpOptions http = {
        .credentials = {own->url, own->token, own->username, own->password},
        .ca_file = own->ca_file,
        .timeout_seconds = own->timeout_seconds,
    };
    broker->http = http_new(arena, &http);
    return broker;
}

/* ---- which pacts ----------------------------------------------------------------------------- */

static json_t *text_selector(const char *key, Text value, bool latest) {
    return latest ? json_pack("{s:s%, s:b}", key, value.data, (int)value.size, "latest", 1)
                  : json_pack("{s:s%}", key, value.data, (int)value.size);
}

/* NULL where memory is gone. */
static json_t *selectors_json(const BrokerSelectors *selectors) {
    json_t *list = json_array();
    int failed = 0;
    if (selectors->main_branch)
        failed |= json_array_append_new(list, json_pack("{s:b}", "mainBranch", 1));
    if (selectors->deployed_or_released)
        failed |= json_array_append_new(list, json_pack("{s:b}", "deployedOrReleased", 1));
    for (size_t i = 0; i < selectors->environments.count; i++)
        failed |= json_array_append_new(
            list, text_selector("environment", selectors->environments.items[i], false));
    for (size_t i = 0; i < selectors->branches.count; i++)
        failed |= json_array_append_new(
            list, text_selector("branch", selectors->branches.items[i], true));
    if (!failed)
        return list;
    json_decref(list);
    return NULL;
}

static Text question(Arena *arena, const BrokerSelectors *selectors) {
    json_t *list = selectors_json(selectors);
    Text branch = selectors->provider_branch;
    return hal_json(arena, branch.size
                               ? json_pack("{s:o, s:b, s:s%}", "consumerVersionSelectors", list,
                                           "includePendingStatus", 1, "providerVersionBranch",
                                           branch.data, (int)branch.size)
                               : json_pack("{s:o}", "consumerVersionSelectors", list));
}

/* ---- the pacts ------------------------------------------------------------------------------- */

/* One that several selectors find may be listed for each of them. */
static bool add_pact(Broker *broker, const Document *page, const Node *item, Map *seen,
                     BrokerPacts *into) {
    Text url = hal_link(broker, page, item, "self", NULL, (Text){0});
    if (!url.size)
        return diagnose(broker->diagnostics, BROKER_LINK_MISSING,
                        (Place){.file = page->source.file}, TEXT_ARG(page->source.name), "self");
    if (map_get_text(seen, url))
        return true;
    map_put_text(seen, url, seen);
    const Document *document = hal_get(broker, url);
    if (!document)
        return false;
    const Node *properties = node_member(item, TEXT("verificationProperties"));
    const Node *pending = node_member(properties, TEXT("pending"));
    hal_tell_notices(broker, url, properties);
    BrokerPact pact = {document->source,
                       pending && pending->kind == NODE_BOOLEAN && pending->boolean,
                       hal_link(broker, document, document->root, "pb:publish-verification-results",
                                NULL, (Text){0})};
    array_push(broker->arena, into, pact);
    return true;
}

/* A page that links to one that was seen would never end. */
static bool next_page(Broker *broker, Map *seen, const Document **page) {
    Text next = hal_link(broker, *page, (*page)->root, "next", NULL, (Text){0});
    if (!next.size) {
        *page = NULL;
        return true;
    }
    if (map_get_text(seen, next) || map_count(seen) == PAGE_LIMIT)
        return diagnose(broker->diagnostics, BROKER_ENDLESS_PAGES, (Place){.file = next},
                        TEXT_ARG(next));
    map_put_text(seen, next, seen);
    *page = hal_get(broker, next);
    return *page != NULL;
}

bool broker_pacts(Broker *broker, Text provider, const BrokerSelectors *selectors,
                  BrokerPacts *into) {
    Text url = hal_index_link(broker, "pb:provider-pacts-for-verification", "provider", provider);
    if (!url.size)
        return false;
    const Document *page = hal_ask(broker, url, question(broker->arena, selectors));
    Map *pages = map_new(broker->arena), *pacts = map_new(broker->arena);
    if (!page)
        return false;
    while (page) {
        const Node *list = hal_embedded(page->root, "pacts");
        for (uint32_t i = 0; list && i < list->count; i++)
            if (!add_pact(broker, page, list->items[i], pacts, into))
                return false;
        if (!next_page(broker, pages, &page))
            return false;
    }
    Text root = broker->options.url;
    return into->count || diagnose(broker->diagnostics, BROKER_HAS_NO_PACTS, (Place){.file = root},
                                   TEXT_ARG(root), TEXT_ARG(provider));
}
