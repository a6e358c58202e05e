#include "load/openapi.h"

/* Security schemes, and the requirements in force. */

typedef struct SecurityList {
    ARRAY(SecurityRequirement) list;
} SecurityList;

static const char *const scheme_words[] = {"apiKey", "http",          "mutualTLS",
                                           "oauth2", "openIdConnect", "basic"};
enum { SCHEMES_OF_3 = 5, SCHEME_BASIC = 5, SCHEME_WORDS = 6 };

static const char *const key_places[] = {"query", "header", "cookie"};
static const ParameterIn key_ins[] = {IN_QUERY, IN_HEADER, IN_COOKIE};

static void needs_member(Loader *loader, const Node *node, const char *what, const char *key) {
    if (!node_member(node, text_from(key)))
        reader_diagnose(&loader->reader, MEMBER_MISSING, node_place(node), what, key);
}

static void read_api_key(Loader *loader, const Node *node, SecurityScheme *scheme) {
    needs_member(loader, node, "a security scheme of the type `apiKey`", "name");
    needs_member(loader, node, "a security scheme of the type `apiKey`", "in");
    scheme->parameter = reader_text(&loader->reader, node, "name");
    int in = reader_word(&loader->reader, node, "in", key_places, 3);
    scheme->in = in < 0 ? IN_HEADER : key_ins[in];
}

static void read_flow(Loader *loader, const Node *node, Text name, SecurityScheme *scheme) {
    Reader *reader = &loader->reader;
    SecurityFlow flow = {.name = name, .origin = node};
    flow.authorization_url = reader_text(reader, node, "authorizationUrl");
    flow.token_url = reader_text(reader, node, "tokenUrl");
    flow.refresh_url = reader_text(reader, node, "refreshUrl");
    flow.device_authorization_url = reader_text(reader, node, "deviceAuthorizationUrl");
    const Node *scopes = reader_mapping(reader, node, "scopes");
    for (uint32_t i = 0; scopes && i < scopes->count; i++)
        if (!is_extension(scopes->members[i].key))
            array_push(loader->arena, &flow.scopes, scopes->members[i].key);
    array_push(loader->arena, &scheme->flows, flow);
}

/* Swagger 2.0 has one flow a scheme, by another name. */
static void read_flows(Loader *loader, const Node *node, SecurityScheme *scheme) {
    static const char *const names[][2] = {{"accessCode", "authorizationCode"},
                                           {"application", "clientCredentials"},
                                           {"implicit", "implicit"},
                                           {"password", "password"}};
    Reader *reader = &loader->reader;
    Text flow = reader_text(reader, node, "flow");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (flow.size && text_is(flow, names[i][0]))
            read_flow(loader, node, text_from(names[i][1]), scheme);
    const Node *flows = reader_mapping(reader, node, "flows");
    for (uint32_t i = 0; flows && i < flows->count; i++) {
        const Member *member = &flows->members[i];
        const Node *object =
            is_extension(member->key) ? NULL : reader_object(reader, member->value, "a flow");
        if (object)
            read_flow(loader, object, member->key, scheme);
    }
}

/* Swagger 2.0's `basic` is `http` with the scheme "basic". */
static void read_scheme(Loader *loader, const Node *node, SecurityScheme *scheme) {
    needs_member(loader, node, "a security scheme", "type");
    int word = reader_word(&loader->reader, node, "type", scheme_words, SCHEME_WORDS);
    scheme->origin = node;
    scheme->deprecated = reader_flag(&loader->reader, node, "deprecated", false);
    if (word == SCHEME_BASIC) {
        scheme->kind = SECURITY_HTTP;
        scheme->scheme = TEXT("basic");
    } else if (word >= 0) {
        scheme->kind = (SecurityKind)word;
    }
    if (word == SECURITY_API_KEY)
        read_api_key(loader, node, scheme);
    if (word == SECURITY_HTTP) {
        needs_member(loader, node, "a security scheme of the type `http`", "scheme");
        scheme->scheme = text_lower(loader->arena, reader_text(&loader->reader, node, "scheme"));
        scheme->bearer_format = reader_text(&loader->reader, node, "bearerFormat");
    }
    if (word == SECURITY_OAUTH2) {
        scheme->metadata_url = reader_text(&loader->reader, node, "oauth2MetadataUrl");
        read_flows(loader, node, scheme);
    }
    if (word == SECURITY_OPEN_ID_CONNECT)
        scheme->connect_url = reader_text(&loader->reader, node, "openIdConnectUrl");
}

static const Node *declaration(Loader *loader, Text name) {
    Reader *reader = &loader->reader;
    const Node *declared;
    if (loader->dialect == DIALECT_SWAGGER_2_0)
        declared = reader_mapping(reader, loader->root, "securityDefinitions");
    else
        declared = reader_mapping(reader, reader_mapping(reader, loader->root, "components"),
                                  "securitySchemes");
    return node_member(declared, name);
}

/* "#/components/securitySchemes/a" gives "a", in whatever file it stands; other URIs are their own
 * names. */
static Text name_in_uri(Text uri) {
    Text folder = TEXT("#/components/securitySchemes/");
    size_t mark = text_find_byte(uri, '#', 0);
    Text pointer = mark == SIZE_MAX ? (Text){0} : text_slice(uri, mark, uri.size);
    return text_starts_with(pointer, folder) ? text_slice(pointer, folder.size, pointer.size) : uri;
}

/* From 3.2 on a requirement may name a scheme by its URI, too; the name of a component comes first
 * (3.2.0 section 4.30). */
static Target declared_scheme(Loader *loader, const Member *need) {
    Target target = {declaration(loader, need->key), need->key}, found;
    if (!target.node && loader->dialect >= DIALECT_3_2 && may_be_reference(need->key) &&
        references_find(loader->reader.references, need->value, need->key, &found))
        target = (Target){found.node, name_in_uri(need->key)};
    return target;
}

static const SecurityScheme *scheme_of(Loader *loader, const Member *need) {
    Target declared = declared_scheme(loader, need);
    SecurityScheme *scheme = declared.node ? loaded_get(loader->schemes, declared.node) : NULL;
    if (scheme)
        return scheme;
    scheme = arena_new_object(loader->arena, SecurityScheme);
    scheme->name = declared.name;
    scheme->kind = SECURITY_UNKNOWN;
    if (!declared.node)
        return scheme;
    loaded_put(loader->arena, loader->schemes, declared.node, scheme);
    const Node *node = reader_object(&loader->reader, declared.node, "a security scheme");
    if (node) {
        read_scheme(loader, node, scheme);
        array_push(loader->arena, &loader->api->security_schemes, scheme);
    }
    return scheme;
}

/* `api_key:` without a list is taken as one without scopes. */
static void read_need(Loader *loader, const Member *member, SecurityRequirement *requirement) {
    Reader *reader = &loader->reader;
    SecurityNeed need = {.scheme = scheme_of(loader, member)};
    const Node *scopes = member->value;
    if (scopes->kind != NODE_SEQUENCE && scopes->kind != NODE_NULL) {
        reader_wrong_kind(reader, scopes, member->key, "a list of scopes");
        return;
    }
    for (uint32_t i = 0; scopes->kind == NODE_SEQUENCE && i < scopes->count; i++) {
        Text scope;
        if (reader_name(reader, scopes->items[i], member->key, &scope))
            array_push(loader->arena, &need.scopes, scope);
    }
    array_push(loader->arena, &requirement->needs, need);
}

static SecurityList *read_requirements(Loader *loader, const Node *list) {
    Reader *reader = &loader->reader;
    SecurityList *requirements = arena_new_object(loader->arena, SecurityList);
    if (list->kind != NODE_SEQUENCE)
        reader_wrong_kind(reader, list, TEXT("security"), "a list of security requirements");
    for (uint32_t i = 0; list->kind == NODE_SEQUENCE && i < list->count; i++) {
        const Node *node = list->items[i];
        if (node->kind != NODE_MAPPING) {
            reader_diagnose(reader, WRONG_OBJECT, node_place(node), "a security requirement",
                            node_kind_name(node->kind));
            continue;
        }
        SecurityRequirement requirement = {.origin = node};
        for (uint32_t j = 0; j < node->count; j++)
            read_need(loader, &node->members[j], &requirement);
        array_push(loader->arena, &requirements->list, requirement);
    }
    return requirements;
}

void security_load(Loader *loader, const Node *operation, Operation *into) {
    const Node *security = node_member(operation, TEXT("security"));
    if (!security)
        security = node_member(loader->root, TEXT("security"));
    if (!security)
        return;
    SecurityList *requirements = loaded_get(loader->requirements, security);
    if (!requirements) {
        requirements = read_requirements(loader, security);
        loaded_put(loader->arena, loader->requirements, security, requirements);
    }
    array_share(&into->security, &requirements->list);
    into->security_origin = security;
}
