/* What makes two contracts or two descriptions the same: their digests, of the content alone. */
#include "seal.h"

#include "support/digest.h"
#include "support/map.h"

#include <stdlib.h>

/* ---- canonical JSON -------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b) {
    return text_compare((*(const Member *const *)a)->key, (*(const Member *const *)b)->key);
}

/* Members by their keys, no spaces; a number as it is written, since 1 and 1.0 are of two types to
 * a matcher. */
static void put_canonical(Buffer *out, const Node *node) {
    if (node->kind == NODE_SEQUENCE) {
        for (uint32_t i = 0; i < node->count; i++) {
            buffer_add_byte(out, i ? ',' : '[');
            put_canonical(out, node->items[i]);
        }
        buffer_add(out, node->count ? TEXT("]") : TEXT("[]"));
        return;
    }
    if (node->kind != NODE_MAPPING) {
        buffer_add(out, node_to_json(out->arena, node, SIZE_MAX));
        return;
    }
    const Member **members = arena_new_array(out->arena, node->count + 1, const Member *);
    for (uint32_t i = 0; i < node->count; i++)
        members[i] = &node->members[i];
    if (node->count > 1)
        qsort(members, node->count, sizeof *members, by_key);
    for (uint32_t i = 0; i < node->count; i++) {
        Node key = {.kind = NODE_STRING, .text = members[i]->key};
        buffer_add_byte(out, i ? ',' : '{');
        buffer_add(out, node_to_json(out->arena, &key, SIZE_MAX));
        buffer_add_byte(out, ':');
        put_canonical(out, members[i]->value);
    }
    buffer_add(out, node->count ? TEXT("}") : TEXT("{}"));
}

static Text canonical(Arena *arena, const Node *node) {
    Buffer out = {.arena = arena};
    if (node)
        put_canonical(&out, node);
    return buffer_text(&out);
}

/* ---- contracts ------------------------------------------------------------------------------- */

typedef struct Sealing {
    Arena *arena;
    Diagnostics *diagnostics;
    Map *interactions; /* by what tells them apart: the line of each */
    ARRAY(Text) lines;
} Sealing;

/* By these a provider is brought into a state and asked. */
static Text identity_of(Arena *arena, const Node *interaction) {
    static const char *const names[] = {"type", "description", "providerState", "provider_state",
                                        "providerStates"};
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        buffer_add(&out, canonical(arena, node_member(interaction, text_from(names[i]))));
        buffer_add_byte(&out, '\n');
    }
    return buffer_text(&out);
}

/* An interaction counts once. Two that can't be told apart and are not the same come of a merge of
 * what does not fit; inside of one pact they are the pact's affair. */
static bool add_interaction(Sealing *sealing, const Node *interaction, Text version, size_t part) {
    Arena *arena = sealing->arena;
    typedef struct Line {
        Text text;
        size_t part;
    } Line;
    Text identity = identity_of(arena, interaction);
    Line *line = arena_new_object(arena, Line),
         *there = map_get_text(sealing->interactions, identity);
    line->text =
        text_format(arena, "%.*s %.*s", TEXT_ARG(version), TEXT_ARG(canonical(arena, interaction)));
    line->part = part;
    if (there && there->part != part && !text_equal(there->text, line->text)) {
        const Node *description = node_member(interaction, TEXT("description"));
        return diagnose(sealing->diagnostics, MERGE_CONFLICT, node_place(interaction),
                        TEXT_ARG(canonical(arena, description)));
    }
    if (!there)
        map_put_text(sealing->interactions, identity, line);
    array_push(arena, &sealing->lines, line->text);
    return true;
}

static Text specification_version(Arena *arena, const Node *pact) {
    static const char *const names[] = {"pactSpecification", "pact-specification"};
    const Node *metadata = node_member(pact, TEXT("metadata"));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const Node *version =
            node_member(node_member(metadata, text_from(names[i])), TEXT("version"));
        if (version)
            return canonical(arena, version);
    }
    return canonical(arena, node_member(metadata, TEXT("pactSpecificationVersion")));
}

static bool add_pact(Sealing *sealing, const Node *pact, size_t index) {
    static const char *const lists[] = {"interactions", "messages"};
    Arena *arena = sealing->arena;
    Text version = specification_version(arena, pact);
    array_push(arena, &sealing->lines,
               text_format(arena, "%.*s %.*s",
                           TEXT_ARG(canonical(arena, node_member(pact, TEXT("consumer")))),
                           TEXT_ARG(canonical(arena, node_member(pact, TEXT("provider"))))));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const Node *list = node_member(pact, text_from(lists[i]));
        for (uint32_t j = 0; list && list->kind == NODE_SEQUENCE && j < list->count; j++)
            if (!add_interaction(sealing, list->items[j], version, index))
                return false;
    }
    return true;
}

static int by_text(const void *a, const void *b) {
    return text_compare(*(const Text *)a, *(const Text *)b);
}

static bool seal_pacts(Arena *arena, Diagnostics *diagnostics, const Document *const *pacts,
                       size_t count, Text *digest) {
    Sealing sealing = {.arena = arena, .diagnostics = diagnostics, .interactions = map_new(arena)};
    Buffer all = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        if (!add_pact(&sealing, pacts[i]->root, i))
            return false;
    qsort(sealing.lines.items, sealing.lines.count, sizeof(Text), by_text);
    for (size_t i = 0; i < sealing.lines.count; i++)
        if (!i || !text_equal(sealing.lines.items[i], sealing.lines.items[i - 1]))
            buffer_format(&all, "%.*s\n", TEXT_ARG(sealing.lines.items[i]));
    *digest = digest_of(arena, buffer_text(&all));
    return true;
}

bool seal_contract(Arena *arena, Diagnostics *diagnostics, StoredBundle *bundle) {
    Documents pacts = {0};
    for (array_each(StoredPart, part, &bundle->parts)) {
        Source source = {
            .name = part->name, .file = part->name, .path = part->name, .bytes = part->bytes};
        const Document *pact = document_parse(arena, diagnostics, source);
        if (!pact)
            return false;
        array_push(arena, &pacts, pact);
    }
    return seal_pacts(arena, diagnostics, pacts.items, pacts.count, &bundle->digest);
}

/* ---- descriptions ---------------------------------------------------------------------------- */

static bool is_remote(Text name) {
    return text_starts_with(name, TEXT("http://")) || text_starts_with(name, TEXT("https://"));
}

/* The size of what all names have in common up to their last slash. */
static size_t common_folder(const StoredBundle *bundle) {
    Text first = {0};
    size_t common = 0;
    for (size_t i = 0; i < bundle->parts.count; i++) {
        Text name = bundle->parts.items[i].name;
        size_t same = 0;
        if (is_remote(name))
            continue;
        if (!first.size) {
            first = name;
            common = name.size;
        }
        while (same < common && same < name.size && name.data[same] == first.data[same])
            same++;
        while (same && first.data[same - 1] != '/')
            same--;
        common = same;
    }
    return common;
}

void seal_description(Arena *arena, StoredBundle *bundle) {
    size_t folder = common_folder(bundle);
    for (size_t i = 0; i < bundle->parts.count && bundle->parts.count > 1; i++) {
        Text *name = &bundle->parts.items[i].name;
        if (!is_remote(*name))
            *name = text_slice(*name, folder, name->size);
    }
    bundle_seal(arena, bundle);
}

/* The name of a document of a description: its path from the folder that references may not leave,
 * or its URL. */
static Text part_name(const Document *document) {
    const Source *source = &document->source;
    bool below = source->kind == SOURCE_FILE && source->root.size &&
                 text_starts_with(source->path, source->root);
    size_t from = below ? source->root.size : 0;
    while (below && from < source->path.size && source->path.data[from] == '/')
        from++;
    return text_slice(source->path, from, source->path.size);
}

typedef struct Taking {
    Arena *arena;
    StoredBundle *bundle;
} Taking;

static void take_part(const Document *document, void *context) {
    Taking *taking = context;
    StoredPart part = {part_name(document), document->source.bytes};
    array_push(taking->arena, &taking->bundle->parts, part);
}

void take_description(Arena *arena, const DocumentSet *documents, StoredBundle *bundle) {
    Taking taking = {arena, bundle};
    document_set_each(documents, take_part, &taking);
}

/* ---- what a run has read --------------------------------------------------------------------- */

Text pact_party(const Document *pact, const char *role) {
    const Node *name = node_member(node_member(pact->root, text_from(role)), TEXT("name"));
    return name && name->kind == NODE_STRING ? name->text : (Text){0};
}

static bool is_of(const VerifiedContract *contract, const Document *pact) {
    return text_equal(contract->consumer, pact_party(pact, "consumer")) &&
           text_equal(contract->provider, pact_party(pact, "provider"));
}

static bool is_named(const VerificationReport *report, const Document *pact) {
    for (array_each(VerifiedContract, contract, &report->contracts))
        if (is_of(contract, pact))
            return true;
    return false;
}

static int by_parties(const void *a, const void *b) {
    const VerifiedContract *one = a, *other = b;
    int order = text_compare(one->consumer, other->consumer);
    return order ? order : text_compare(one->provider, other->provider);
}

void name_contents(Arena *arena, const Side *description, const Side *pacts,
                   VerificationReport *report) {
    Diagnostics unheard = {.arena = arena};
    StoredBundle bundle = {0};
    take_description(arena, description->documents, &bundle);
    seal_description(arena, &bundle);
    report->digest = bundle.digest;
    for (size_t i = 0; i < pacts->pacts.count; i++) {
        const Document *first = pacts->pacts.items[i];
        VerifiedContract contract = {
            pact_party(first, "consumer"), pact_party(first, "provider"), {0}};
        Documents files = {0};
        bool wanted = !pacts->provider.size || pacts->broker ||
                      text_equal(pacts->provider, contract.provider);
        if (!wanted || is_named(report, first))
            continue;
        for (size_t j = i; j < pacts->pacts.count; j++)
            if (is_of(&contract, pacts->pacts.items[j]))
                array_push(arena, &files, pacts->pacts.items[j]);
        if (!seal_pacts(arena, &unheard, files.items, files.count, &contract.digest))
            contract.digest = (Text){0};
        array_push(arena, &report->contracts, contract);
    }
    if (report->contracts.count > 1)
        qsort(report->contracts.items, report->contracts.count, sizeof(VerifiedContract),
              by_parties);
}
