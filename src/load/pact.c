#include "load/pact_shape.h"

/* ---- The file -------------------------------------------------------------------------------- */

static bool is_sequence(const Node *node) {
    return node && node->kind == NODE_SEQUENCE;
}

bool document_is_pact(const Document *document) {
    const Node *root = document->root;
    if (!root || root->kind != NODE_MAPPING)
        return false;
    if (is_sequence(node_member(root, TEXT("interactions"))))
        return true;
    /* What names both parties is meant as one, and passing it over would lose a consumer. */
    const Node *consumer = node_member(root, TEXT("consumer"));
    const Node *provider = node_member(root, TEXT("provider"));
    if (consumer && provider && consumer->kind == NODE_MAPPING && provider->kind == NODE_MAPPING)
        return true;
    /* `messages` is a common word: a pact also names a party. */
    return is_sequence(node_member(root, TEXT("messages"))) &&
           (node_member(root, TEXT("consumer")) || node_member(root, TEXT("provider")));
}

/* "3.0.0" is 300, "1.1" is 101. */
static unsigned version_of_text(Text text) {
    unsigned parts[2] = {0}, part = 0;
    for (size_t i = 0; i < text.size && part < 2; i++) {
        char c = text.data[i];
        if (c == '.')
            part++;
        else if (c < '0' || c > '9')
            break;
        else if (parts[part] < 100)
            parts[part] = parts[part] * 10 + (unsigned)(c - '0');
    }
    return parts[0] * 100 + (parts[1] < 100 ? parts[1] : 99);
}

/* Libraries have spelled it in three ways. */
static unsigned version_of(PactReader *reader, const Node *root) {
    const Node *metadata = node_member(root, TEXT("metadata"));
    static const char *const keys[] = {"pactSpecification", "pact-specification",
                                       "pactSpecificationVersion"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const Node *found = node_member(metadata, text_from(keys[i]));
        if (found && found->kind == NODE_MAPPING)
            found = node_member(found, TEXT("version"));
        if (!found || (found->kind != NODE_STRING && found->kind != NODE_NUMBER))
            continue;
        unsigned version = version_of_text(found->text);
        if (version >= PACT_1 && version < PACT_5)
            return version;
        diagnose(reader->diagnostics, PACT_VERSION_UNKNOWN, node_place(found),
                 TEXT_ARG(found->text));
        return PACT_4;
    }
    return PACT_UNSAID;
}

static bool read_party(PactReader *reader, const Node *root, const char *party, Text *name) {
    const Node *node = node_member(root, text_from(party));
    const Node *named = node_member(node, TEXT("name"));
    if (!named || named->kind != NODE_STRING || !named->text.size)
        return diagnose(reader->diagnostics, PACT_PARTY_MISSING,
                        node_place(named  ? named
                                   : node ? node
                                          : root),
                        party, party);
    *name = named->text;
    return true;
}

/* ---- Interactions ---------------------------------------------------------------------------- */

static bool wrong_kind(PactReader *reader, const Node *node, const char *what, const char *wanted) {
    return diagnose(reader->diagnostics, PACT_KIND, node_place(node), what, wanted,
                    node_kind_name(node->kind));
}

/* A text that may be missing or null. */
static bool read_text(PactReader *reader, const Node *mapping, const char *key, const char *what,
                      Text *text) {
    const Node *node = node_member(mapping, text_from(key));
    if (!node || node->kind == NODE_NULL)
        return true;
    if (node->kind != NODE_STRING)
        return wrong_kind(reader, node, what, "a string");
    *text = node->text;
    return true;
}

static bool read_member(PactReader *reader, const Node *node, const char *key,
                        const Node **member) {
    *member = node_member(node, text_from(key));
    if (!*member)
        return diagnose(reader->diagnostics, PACT_MEMBER_MISSING, node_place(node),
                        "the interaction", key);
    Text what = text_format(reader->arena, "`%s`", key);
    return (*member)->kind == NODE_MAPPING || wrong_kind(reader, *member, what.data, "a mapping");
}

/* One text up to version 2, a list of `{name, params}` since; the parameters are the provider's. */
static bool read_states(PactReader *reader, const Node *node) {
    static const char *const keys[] = {"providerStates", "providerState", "provider_state"};
    const Node *states = NULL;
    for (size_t i = 0; !states && i < sizeof keys / sizeof *keys; i++)
        states = node_member(node, text_from(keys[i]));
    if (!states || states->kind == NODE_NULL)
        return true;
    bool list = states->kind == NODE_SEQUENCE;
    if (!list && states->kind != NODE_STRING)
        return wrong_kind(reader, states, "a provider state", "a string or a sequence");
    for (uint32_t i = 0; i < (list ? states->count : 1); i++) {
        const Node *state = list ? states->items[i] : states;
        const Node *name = state->kind == NODE_MAPPING ? node_member(state, TEXT("name")) : state;
        if (!name || name->kind != NODE_STRING)
            return wrong_kind(reader, name ? name : state, "a provider state",
                              "a string or a mapping with a `name`");
        array_push(reader->arena, &reader->interaction->provider_states, name->text);
    }
    return true;
}

/* Begins one side: what follows is read in its direction. */
static bool read_rules(PactReader *reader, const Node *message, Direction direction,
                       MatchingRules *rules) {
    reader->direction = direction;
    Text side = direction == DIRECTION_REQUEST ? TEXT("request") : TEXT("response");
    if (reader->interaction->kind != INTERACTION_HTTP)
        side = TEXT("message");
    const Node *mapping = node_member(message, TEXT("matchingRules"));
    const Node *generators = node_member(message, TEXT("generators"));
    if (!matching_rules_read(reader->arena, reader->diagnostics, mapping, side, rules) ||
        !generators_read(reader->arena, reader->diagnostics, generators, side, rules))
        return false;
    for (size_t i = 0; i < rules->others.count; i++)
        pact_rule_residues(reader, rules->others.items[i]);
    const MatchingSet *const sets[] = {&rules->path, &rules->status, &rules->query, &rules->header,
                                       &rules->body};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        pact_unread_rules(reader, sets[i]);
    return true;
}

/* What rules the path says of its segments, if that can be told; what can't is kept by name. */
static void read_path_rule(PactReader *reader, const Node *path, const MatchingRule *rule) {
    const Node *matcher = rule->matchers.items[0];
    const Node *regex =
        text_is(matcher_word(matcher), "regex") ? node_member(matcher, TEXT("regex")) : NULL;
    bool alone = rule->matchers.count == 1;
    if (alone && text_is(matcher_word(matcher), "equality"))
        return;
    if (!alone || !regex || regex->kind != NODE_STRING ||
        !pact_path_segments(reader, path, regex->text))
        pact_rule_residues(reader, rule);
}

/* `/users?name=x` in a path is a query in its place. */
static const Node *query_in_path(PactReader *reader, const Node **path) {
    size_t mark = text_find_byte((*path)->text, '?', 0);
    if (mark == SIZE_MAX)
        return NULL;
    const Node *whole = *path;
    Text query = text_slice(whole->text, mark, whole->text.size);
    if (pact_is_news(reader, whole->text, node_place(whole)))
        diagnose(reader->diagnostics, PACT_PATH_WITH_QUERY, node_place(whole),
                 TEXT_ARG(whole->text));
    *path = pact_string_node(reader->arena, text_slice(whole->text, 0, mark), whole);
    return pact_string_node(reader->arena, query, whole);
}

static bool read_path(PactReader *reader, const Node *request, const MatchingSet *rules,
                      const Node **query) {
    Interaction *interaction = reader->interaction;
    const Node *path = node_member(request, TEXT("path"));
    if (!path)
        return diagnose(reader->diagnostics, PACT_MEMBER_MISSING, node_place(request),
                        "the request", "path");
    if (path->kind != NODE_STRING)
        return wrong_kind(reader, path, "`path`", "a string");
    *query = query_in_path(reader, &path);
    interaction->path = path->text;
    Standing root = standing_at_root(reader->arena, rules);
    interaction->path_generated = rules->generated;
    const MatchingRule *rule = root.winner.rule;
    if (rule)
        interaction->path_type = spot_type(reader, spot_new(reader, root, path));
    if (root.generator)
        pact_path_generated(reader, path, root.generator);
    else if (rule && !rule->fault)
        read_path_rule(reader, path, rule);
    return true;
}

static bool read_request(PactReader *reader, const Node *request) {
    Interaction *interaction = reader->interaction;
    MatchingRules rules;
    if (!read_rules(reader, request, DIRECTION_REQUEST, &rules))
        return false;
    Text method = {0};
    if (!read_text(reader, request, "method", "`method`", &method))
        return false;
    if (!method.size)
        return diagnose(reader->diagnostics, PACT_MEMBER_MISSING, node_place(request),
                        "the request", "method");
    interaction->method = method_of(method);
    for (size_t i = 0; i < rules.status.rules.count; i++)
        pact_rule_residues(reader, rules.status.rules.items[i]);
    ExpectedFields query = {0}, headers = {0};
    const Node *in_path = NULL;
    if (!read_path(reader, request, &rules.path, &in_path) ||
        !pact_query(reader, in_path, node_member(request, TEXT("query")), &rules.query, &query) ||
        !pact_headers(reader, node_member(request, TEXT("headers")), &rules.header, &headers) ||
        !pact_body(reader, request, "body", pact_media_type(&headers), &rules.body,
                   &interaction->request_body))
        return false;
    for (array_each(ExpectedField, field, &query))
        array_push(reader->arena, &interaction->query, *field);
    for (array_each(ExpectedField, field, &headers))
        array_push(reader->arena, &interaction->request_headers, *field);
    return true;
}

static bool read_response(PactReader *reader, const Node *response) {
    Interaction *interaction = reader->interaction;
    MatchingRules rules;
    ExpectedFields headers = {0};
    if (!read_rules(reader, response, DIRECTION_RESPONSE, &rules) ||
        !pact_status(reader, response, &rules.status) ||
        !pact_headers(reader, node_member(response, TEXT("headers")), &rules.header, &headers) ||
        !pact_body(reader, response, "body", pact_media_type(&headers), &rules.body,
                   &interaction->response_body))
        return false;
    for (array_each(ExpectedField, field, &headers))
        array_push(reader->arena, &interaction->response_headers, *field);
    return true;
}

/* A message is what the provider writes: its contents stand as the body of an answer. Its metadata
 * belong to the transport, of which only the content type is read. */
static bool read_message(PactReader *reader, const Node *node) {
    static const char *const keys[] = {"metadata", "metaData"};
    static const char *const names[] = {"contentType", "content-type", "Content-Type"};
    Text media_type = {0};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        for (size_t j = 0; !media_type.size && j < sizeof names / sizeof *names; j++) {
            const Node *found =
                node_member(node_member(node, text_from(keys[i])), text_from(names[j]));
            if (found && found->kind == NODE_STRING)
                media_type = text_trim(found->text);
        }
    MatchingRules rules;
    return read_rules(reader, node, DIRECTION_RESPONSE, &rules) &&
           pact_body(reader, node, "contents", media_type, &rules.body,
                     &reader->interaction->response_body);
}

/* False where the kind is none that is known: said as a warning, and the interaction left out. */
static bool read_kind(PactReader *reader, const Node *node, InteractionKind *kind) {
    static const struct {
        const char *word;
        InteractionKind kind;
    } kinds[] = {
        {"Synchronous/HTTP", INTERACTION_HTTP},
        {"Asynchronous/Messages", INTERACTION_ASYNCHRONOUS_MESSAGE},
        {"Synchronous/Messages", INTERACTION_SYNCHRONOUS_MESSAGE},
    };
    const Node *type = node_member(node, TEXT("type"));
    *kind = INTERACTION_HTTP;
    if (!type || type->kind == NODE_NULL)
        return true;
    for (size_t i = 0; type->kind == NODE_STRING && i < sizeof kinds / sizeof *kinds; i++)
        if (text_is(type->text, kinds[i].word)) {
            *kind = kinds[i].kind;
            return true;
        }
    return pact_may_warn(reader, node_place(type)) &&
           diagnose(reader->diagnostics, PACT_INTERACTION_TYPE, node_place(type),
                    TEXT_ARG(node_to_json(reader->arena, type, 80)));
}

/* Where nothing describes it, an interaction is called by its request. */
static void name_interaction(PactReader *reader) {
    Interaction *interaction = reader->interaction;
    if (interaction->description.size)
        return;
    interaction->description =
        interaction->kind == INTERACTION_HTTP
            ? text_format(reader->arena, "%.*s %.*s", TEXT_ARG(interaction->method),
                          TEXT_ARG(interaction->path))
            : text_format(reader->arena, "message %zu", interaction->index);
}

static bool read_http(PactReader *reader, const Node *node) {
    const Node *request, *response;
    bool both = read_member(reader, node, "request", &request);
    both = read_member(reader, node, "response", &response) && both;
    if (!both)
        return false;
    bool read = read_request(reader, request);
    return read_response(reader, response) && read;
}

/* False: diagnosed, or of a kind that is left out. */
static bool read_interaction(PactReader *reader, const Node *node, size_t index, bool message) {
    InteractionKind kind = INTERACTION_ASYNCHRONOUS_MESSAGE;
    if (node->kind != NODE_MAPPING)
        return wrong_kind(reader, node, "an interaction", "a mapping");
    if (!message && !read_kind(reader, node, &kind))
        return false;
    Interaction *interaction = arena_new_object(reader->arena, Interaction);
    *interaction = (Interaction){.kind = kind,
                                 .consumer = reader->consumer,
                                 .provider = reader->provider,
                                 .index = index,
                                 .origin = node};
    reader->interaction = interaction;
    reader->told = map_new(reader->arena);
    const Node *pending = node_member(node, TEXT("pending"));
    interaction->pending = pending && pending->kind == NODE_BOOLEAN && pending->boolean;
    if (!read_text(reader, node, "description", "`description`", &interaction->description) ||
        !read_states(reader, node))
        return false;
    if (kind == INTERACTION_HTTP && !read_http(reader, node))
        return false;
    if (kind == INTERACTION_ASYNCHRONOUS_MESSAGE && !read_message(reader, node))
        return false;
    name_interaction(reader);
    return true;
}

static void read_list(PactReader *reader, const Node *root, const char *key, bool messages,
                      Expectations *expectations) {
    const Node *list = node_member(root, text_from(key));
    if (!list || list->kind == NODE_NULL)
        return;
    if (list->kind != NODE_SEQUENCE) {
        wrong_kind(reader, list, messages ? "`messages`" : "`interactions`", "a sequence");
        return;
    }
    size_t before = reader->diagnostics->errors;
    for (uint32_t i = 0; i < list->count && reader->diagnostics->errors - before < LOAD_ERROR_LIMIT;
         i++)
        if (read_interaction(reader, list->items[i], i, messages))
            array_push(reader->arena, &expectations->interactions, reader->interaction);
}

bool load_pact(Arena *arena, Diagnostics *diagnostics, DocumentSet *set, const Document *pact,
               const LoadOptions *options, Expectations *expectations) {
    (void)set; /* a pact is one file and refers to no other */
    const Node *root = pact->root;
    size_t errors = diagnostics->errors;
    PactReader reader = {
        .arena = arena,
        .diagnostics = diagnostics,
        .next_type_id = options->next_type_id,
        .by_signature = map_new(arena),
        .alike = map_new(arena),
        .readable = map_new(arena),
        .warned = map_new(arena),
    };
    if (!node_member(root, TEXT("interactions")) && !node_member(root, TEXT("messages")))
        return diagnose(diagnostics, PACT_WITHOUT_INTERACTIONS, (Place){.file = pact->source.file},
                        TEXT_ARG(pact->source.file));
    reader.version = version_of(&reader, root);
    bool named = read_party(&reader, root, "consumer", &reader.consumer);
    named = read_party(&reader, root, "provider", &reader.provider) && named;
    reader.never = pact_type(&reader, 0, root);
    reader.never->never = true;
    read_list(&reader, root, "interactions", false, expectations);
    read_list(&reader, root, "messages", true, expectations);
    return named && diagnostics->errors == errors;
}
