/* How the pacts of a run are loaded: from the names that were given, and from a broker. */
#include "flow.h"

#include "source/gather.h"
#include "support/map.h"

/* What is named itself must be a pact; what a folder holds besides is passed over. */
static void load_source(Side *side, const Source *source, bool named_itself, size_t *taken) {
    const Document *document = document_parse(side->arena, &side->diagnostics, *source);
    if (!document)
        return;
    Place place = {.file = source->file};
    if (document_is_pact(document)) {
        ++*taken;
        array_push(side->arena, &side->pacts, document);
        load_pact(side->arena, &side->diagnostics, NULL, document, &side->load,
                  &side->expectations);
    } else if (named_itself) {
        diagnose(&side->diagnostics, NOT_A_PACT, place, TEXT_ARG(source->name),
                 document_is_openapi(document) ? ": it is an OpenAPI description" : "");
    } else {
        diagnose(&side->diagnostics, NO_PACT_PASSED_OVER, place, TEXT_ARG(source->name));
    }
}

static void load_names(Side *side) {
    Map *seen = map_new(side->arena); /* a file that is named twice is one record */
    for (size_t i = 0; i < side->name_count; i++) {
        Text name = text_from(side->names[i]);
        Sources sources = {0};
        size_t taken = 0, errors = side->diagnostics.errors;
        bool itself;
        source_gather(side->arena, &side->diagnostics, name, TEXT(".json"), &sources, &itself);
        for (array_each(Source, source, &sources)) {
            if (map_get_text(seen, source->name)) {
                taken++;
                continue;
            }
            map_put_text(seen, source->name, seen);
            load_source(side, source, itself, &taken);
        }
        if (!taken && side->diagnostics.errors == errors)
            diagnose(&side->diagnostics, NO_PACTS, (Place){.file = name}, TEXT_ARG(name));
    }
}

/* ---- a broker -------------------------------------------------------------------------------- */

void broker_selectors_of(Arena *arena, const bw_broker *given, BrokerSelectors *selectors) {
    selectors->main_branch = given->main_branch;
    selectors->deployed_or_released = given->deployed_or_released;
    for (size_t i = 0; i < given->environment_count; i++)
        array_push(arena, &selectors->environments, text_from(given->environments[i]));
    for (size_t i = 0; i < given->branch_count; i++)
        array_push(arena, &selectors->branches, text_from(given->branches[i]));
    selectors->provider_branch = text_from(given->provider_branch);
}

/* All of a pending pact's interactions are pending, whatever the pact itself says of them. */
static void load_broker_pact(Side *side, const BrokerPact *pact) {
    size_t before = side->expectations.interactions.count, taken = 0;
    load_source(side, &pact->source, true, &taken);
    for (size_t i = before; pact->pending && i < side->expectations.interactions.count; i++)
        side->expectations.interactions.items[i]->pending = true;
}

BrokerOptions broker_options_of(const bw_broker *given) {
    return (BrokerOptions){
        .url = text_from(given->url),
        .token = text_from(given->token),
        .username = text_from(given->username),
        .password = text_from(given->password),
        .ca_file = text_from(given->ca_file),
        .cache_folder = text_from(given->cache),
        .offline = given->offline,
        .timeout_seconds = given->timeout_seconds,
    };
}

static void load_broker(Side *side, const bw_broker *given) {
    BrokerOptions options = broker_options_of(given);
    Broker *broker = broker_new(side->arena, &side->diagnostics, &options);
    BrokerSelectors selectors = {0};
    BrokerPacts pacts = {0};
    Text provider = text_from(given->provider);
    broker_selectors_of(side->arena, given, &selectors);
    if (!broker || !broker_pacts(broker, provider, &selectors, &pacts))
        return;
    for (array_each(BrokerPact, pact, &pacts))
        load_broker_pact(side, pact);
}

/* The providers of all interactions, each once, but for the one that is looked for. */
static Text other_providers(const Side *side, size_t *count) {
    Map *seen = map_new(side->arena);
    Buffer names = {.arena = side->arena};
    *count = 0;
    for (size_t i = 0; i < side->expectations.interactions.count; i++) {
        Text name = side->expectations.interactions.items[i]->provider;
        if (text_equal(name, side->provider) || map_get_text(seen, name))
            continue;
        map_put_text(seen, name, seen);
        buffer_format(&names, "%s`%.*s`", ++*count > 1 ? ", " : "", TEXT_ARG(name));
    }
    return buffer_text(&names);
}

/* Pacts of several providers may lie in one folder. */
static void keep_provider(Side *side) {
    Expectations *all = &side->expectations;
    size_t kept = 0, before = all->interactions.count, count;
    Text others = other_providers(side, &count);
    Place nowhere = {0};
    if (!side->provider.size) {
        if (count > 1)
            diagnose(&side->diagnostics, PACTS_OF_SEVERAL, nowhere, TEXT_ARG(others));
        return;
    }
    for (size_t i = 0; i < before; i++)
        if (text_equal(all->interactions.items[i]->provider, side->provider))
            all->interactions.items[kept++] = all->interactions.items[i];
    all->interactions.count = kept;
    if (before && !kept)
        diagnose(&side->diagnostics, NO_PACTS_OF_PROVIDER, nowhere, TEXT_ARG(side->provider),
                 TEXT_ARG(others));
    else if (kept < before)
        diagnose(&side->diagnostics, PACTS_OF_OTHERS, nowhere, before - kept, before,
                 TEXT_ARG(side->provider), TEXT_ARG(others));
}

static void load_bundles(Side *side) {
    size_t taken = 0;
    for (size_t i = 0; i < side->bundle_count; i++)
        for (size_t j = 0; j < side->bundles[i].parts.count; j++) {
            Source source = source_of_bundle(side->arena, &side->bundles[i], j);
            load_source(side, &source, true, &taken);
        }
}

void load_pacts(Side *side) {
    load_bundles(side);
    load_names(side);
    if (side->broker) /* the provider's name is then the broker's, and pacts may call it otherwise
                       */
        load_broker(side, side->broker);
    else
        keep_provider(side);
}
