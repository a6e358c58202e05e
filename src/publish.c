/* How pacts and descriptions become contracts and descriptions of a version. */
#include "record.h"
#include "seal.h"

#include "source/gather.h"
#include "support/map.h"

/* The contract between two participants, of one file or several. */
typedef struct Pair {
    Text consumer, provider;
    StoredBundle bundle;
} Pair;

typedef struct Publishing {
    bw_store *store;
    Arena *arena;
    Diagnostics *diagnostics;
    const bw_publication *publication;
    ARRAY(Pair *) pairs;
    StoredBundle description; /* no parts: none is published */
} Publishing;

/* ---- what the files are ---------------------------------------------------------------------- */

static Pair *pair_of(Publishing *publishing, Text consumer, Text provider) {
    for (size_t i = 0; i < publishing->pairs.count; i++) {
        Pair *pair = publishing->pairs.items[i];
        if (text_equal(pair->consumer, consumer) && text_equal(pair->provider, provider))
            return pair;
    }
    Pair *pair = arena_new_object(publishing->arena, Pair);
    pair->consumer = consumer;
    pair->provider = provider;
    array_push(publishing->arena, &publishing->pairs, pair);
    return pair;
}

/* What can't be understood is refused now, and not when somebody wants to deploy. */
static bool take_pact(Publishing *publishing, const Document *pact) {
    uint32_t next_type_id = 0;
    LoadOptions load = {.next_type_id = &next_type_id};
    Expectations expectations = {0};
    if (!load_pact(publishing->arena, publishing->diagnostics, NULL, pact, &load, &expectations))
        return false;
    Pair *pair = pair_of(publishing, pact_party(pact, "consumer"), pact_party(pact, "provider"));
    StoredPart part = {pact->source.file, pact->source.bytes};
    array_push(publishing->arena, &pair->bundle.parts, part);
    return true;
}

static bool take_described(Publishing *publishing, const Source *source) {
    uint32_t next_type_id = 0;
    LoadOptions load = {.next_type_id = &next_type_id};
    Place place = {.file = source->file};
    if (!publishing->publication->participant)
        return diagnose(publishing->diagnostics, PARTICIPANT_MISSING, place,
                        TEXT_ARG(source->file));
    if (publishing->description.parts.count)
        return diagnose(publishing->diagnostics, SECOND_DESCRIPTION, place, TEXT_ARG(source->file));
    DocumentSet *set = document_set_new(publishing->arena, publishing->diagnostics);
    const Document *root = document_set_open_source(set, *source);
    if (!root || !load_openapi(publishing->arena, publishing->diagnostics, set, root, &load))
        return false;
    take_description(publishing->arena, set, &publishing->description);
    return true;
}

static bool take_source(Publishing *publishing, const Source *source, bool itself) {
    const Document *document = document_parse(publishing->arena, publishing->diagnostics, *source);
    if (!document)
        return false;
    if (document_is_pact(document))
        return take_pact(publishing, document);
    if (document_is_openapi(document))
        return take_described(publishing, source);
    if (itself)
        return diagnose(publishing->diagnostics, NOTHING_TO_PUBLISH, (Place){.file = source->file},
                        TEXT_ARG(source->file));
    diagnose(publishing->diagnostics, NO_PACT_PASSED_OVER, (Place){.file = source->file},
             TEXT_ARG(source->file));
    return true;
}

static bool take_files(Publishing *publishing) {
    for (size_t i = 0; i < publishing->publication->file_count; i++) {
        Sources sources = {0};
        bool itself;
        Text name = text_from(publishing->publication->files[i]);
        if (!source_gather(publishing->arena, publishing->diagnostics, name, TEXT(".json"),
                           &sources, &itself))
            return false;
        for (array_each(Source, source, &sources))
            if (!take_source(publishing, source, itself))
                return false;
    }
    return publishing->pairs.count || publishing->description.parts.count ||
           diagnose(publishing->diagnostics, NO_PACTS, (Place){0},
                    TEXT_ARG(text_from(publishing->publication->files[0])));
}

/* ---- what is stored -------------------------------------------------------------------------- */

static bool add_version(Publishing *publishing, Text participant, StoredVersion *version) {
    const bw_publication *publication = publishing->publication;
    Store *store = publishing->store->store;
    if (!store_add_version(store, participant, text_from(publication->number), version))
        return false;
    if (publication->branch && !store_add_branch(store, version, text_from(publication->branch)))
        return false;
    for (size_t i = 0; i < publication->tag_count; i++)
        if (!store_add_tag(store, version, text_from(publication->tags[i])))
            return false;
    return true;
}

static bool tell_conflict(Publishing *publishing, const StoredVersion *version, const char *what,
                          Text digest, Text other) {
    return diagnose(publishing->diagnostics, PUBLISHED_OTHERWISE, (Place){0},
                    TEXT_ARG(version->number), TEXT_ARG(version->name), what, TEXT_ARG(other),
                    TEXT_ARG(digest));
}

static bool has_part(const StoredBundle *bundle, const StoredPart *part) {
    for (size_t i = 0; i < bundle->parts.count; i++)
        if (text_equal(bundle->parts.items[i].bytes, part->bytes))
            return true;
    return false;
}

/* What the version has and what is new, as one contract. */
static bool merge(Publishing *publishing, const Pair *pair, const StoredVersion *version,
                  const StoredBundle *there) {
    Store *store = publishing->store->store;
    StoredBundle both = {0};
    int64_t provider;
    for (size_t i = 0; i < there->parts.count; i++)
        array_push(publishing->arena, &both.parts, there->parts.items[i]);
    for (size_t i = 0; i < pair->bundle.parts.count; i++)
        if (!has_part(there, &pair->bundle.parts.items[i]))
            array_push(publishing->arena, &both.parts, pair->bundle.parts.items[i]);
    return seal_contract(publishing->arena, publishing->diagnostics, &both) &&
           store_add_bundle(store, &both) &&
           store_find_participant(store, pair->provider, &provider) &&
           store_replace_contract(store, version, provider, both.digest);
}

/* A contract that was stored by an older program has another digest, though it be the same. */
static bool meet_contract(Publishing *publishing, const Pair *pair, const StoredVersion *version,
                          Text other) {
    StoredBundle there;
    if (!store_bundle(publishing->store->store, other, &there) ||
        !seal_contract(publishing->arena, publishing->diagnostics, &there))
        return false;
    if (text_equal(there.digest, pair->bundle.digest))
        return true;
    if (publishing->publication->merge)
        return merge(publishing, pair, version, &there);
    return tell_conflict(publishing, version, "another contract", pair->bundle.digest, other);
}

static bool store_pair(Publishing *publishing, Pair *pair) {
    Store *store = publishing->store->store;
    StoredVersion version;
    Text other;
    return seal_contract(publishing->arena, publishing->diagnostics, &pair->bundle) &&
           add_version(publishing, pair->consumer, &version) &&
           store_add_bundle(store, &pair->bundle) &&
           store_add_contract(store, &version, pair->provider, pair->bundle.digest, &other) &&
           (!other.size || meet_contract(publishing, pair, &version, other));
}

static bool meet_description(Publishing *publishing, const StoredVersion *version, Text other) {
    const StoredBundle *bundle = &publishing->description;
    StoredBundle there;
    if (!store_bundle(publishing->store->store, other, &there))
        return false;
    seal_description(publishing->arena, &there);
    return text_equal(there.digest, bundle->digest) ||
           tell_conflict(publishing, version, "another description", bundle->digest, other);
}

static bool store_description(Publishing *publishing) {
    Store *store = publishing->store->store;
    StoredBundle *bundle = &publishing->description;
    StoredVersion version;
    Text other;
    seal_description(publishing->arena, bundle);
    return add_version(publishing, text_from(publishing->publication->participant), &version) &&
           store_add_bundle(store, bundle) &&
           store_add_description(store, &version, bundle->digest, &other) &&
           (!other.size || meet_description(publishing, &version, other));
}

/* Beside a description the participant is the one that it is of. */
static bool check_participant(Publishing *publishing) {
    const char *participant = publishing->publication->participant;
    if (publishing->description.parts.count)
        return true;
    for (size_t i = 0; participant && i < publishing->pairs.count; i++) {
        Text consumer = publishing->pairs.items[i]->consumer;
        if (!text_is(consumer, participant))
            return diagnose(publishing->diagnostics, OTHER_CONSUMER, (Place){0}, TEXT_ARG(consumer),
                            participant);
    }
    return true;
}

/* ---- to a broker ----------------------------------------------------------------------------- */

static bool check_description_for_broker(const Publishing *publishing) {
    const StoredBundle *description = &publishing->description;
    bool takes = false;
    if (!description->parts.count)
        return true;
    Text name = description->parts.items[0].name;
    if (!broker_takes_descriptions(publishing->store->broker, &takes))
        return false;
    if (!takes)
        return diagnose(publishing->diagnostics, BROKER_NO_DESCRIPTION, (Place){0}, TEXT_ARG(name));
    return description->parts.count == 1 ||
           diagnose(publishing->diagnostics, BROKER_ONE_FILE, (Place){0}, TEXT_ARG(name),
                    description->parts.count);
}

static bool check_for_broker(const Publishing *publishing) {
    if (publishing->publication->merge)
        return diagnose(publishing->diagnostics, BROKER_CANT, (Place){0}, "--merge",
                        "merge the files first");
    for (size_t i = 0; i < publishing->pairs.count; i++) {
        const Pair *pair = publishing->pairs.items[i];
        if (pair->bundle.parts.count > 1)
            return diagnose(publishing->diagnostics, BROKER_SEVERAL_FILES, (Place){0},
                            TEXT_ARG(pair->consumer), TEXT_ARG(pair->provider),
                            pair->bundle.parts.count);
    }
    return check_description_for_broker(publishing);
}

static BrokerPublication broker_publication(const Publishing *publishing, Text participant) {
    const bw_publication *given = publishing->publication;
    BrokerPublication publication = {.participant = participant,
                                     .number = text_from(given->number),
                                     .branch = text_from(given->branch),
                                     .build_url = text_from(given->build_url)};
    for (size_t i = 0; i < given->tag_count; i++)
        array_push(publishing->arena, &publication.tags, text_from(given->tags[i]));
    return publication;
}

/* All contracts of one consumer together: the broker takes or refuses them as a whole. */
static bool publish_consumer(const Publishing *publishing, size_t first) {
    BrokerPublication publication =
        broker_publication(publishing, publishing->pairs.items[first]->consumer);
    for (size_t i = 0; i < first; i++)
        if (text_equal(publishing->pairs.items[i]->consumer, publication.participant))
            return true; /* among those of the first */
    for (size_t i = first; i < publishing->pairs.count; i++) {
        const Pair *pair = publishing->pairs.items[i];
        BrokerContract contract = {pair->provider, pair->bundle.parts.items[0].bytes};
        if (text_equal(pair->consumer, publication.participant))
            array_push(publishing->arena, &publication.contracts, contract);
    }
    return broker_publish(publishing->store->broker, &publication);
}

static bool publish_to_broker(const Publishing *publishing) {
    if (!check_for_broker(publishing))
        return false;
    for (size_t i = 0; i < publishing->pairs.count; i++)
        if (!publish_consumer(publishing, i))
            return false;
    if (!publishing->description.parts.count)
        return true;
    BrokerPublication publication =
        broker_publication(publishing, text_from(publishing->publication->participant));
    publication.description = publishing->description.parts.items[0].bytes;
    return broker_publish_description(publishing->store->broker, &publication);
}

bool publish(bw_store *store, const void *publication) {
    Publishing publishing = {
        .store = store,
        .arena = store->arena,
        .diagnostics = &store->diagnostics.all,
        .publication = publication,
    };
    if (!take_files(&publishing) || !check_participant(&publishing))
        return false;
    if (store->broker)
        return publish_to_broker(&publishing);
    tell_unused(store, publishing.publication->build_url, "build-url");
    for (size_t i = 0; i < publishing.pairs.count; i++)
        if (!store_pair(&publishing, publishing.pairs.items[i]))
            return false;
    return !publishing.description.parts.count || store_description(&publishing);
}
