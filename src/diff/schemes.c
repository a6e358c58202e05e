#include "diff/compare.h"

/* What a security scheme asks for, where it is still of the same sort. */

typedef struct Schemes {
    Comparer *comparer;
    Comparison *at;
    const SecurityScheme *base, *revision;
} Schemes;

static Change *note_scheme(const Schemes *schemes, ChangeKind kind, const Node *base,
                           const Node *revision) {
    Change *change =
        note(schemes->comparer, schemes->at, kind, EFFECT_NONE, base ? base : schemes->base->origin,
             revision ? revision : schemes->revision->origin);
    with(schemes->comparer, change, ATTRIBUTE_NAME, schemes->base->name);
    return change;
}

static void compare_text(const Schemes *schemes, ChangeKind kind, const char *keyword, Text from,
                         Text to, const Node *base, const Node *revision) {
    Arena *arena = schemes->comparer->arena;
    if (text_equal(from, to) || (kind == CHANGE_SECURITY_URL_CHANGED &&
                                 text_equal(normal_url(arena, from), normal_url(arena, to))))
        return;
    Change *change = note_scheme(schemes, kind, base, revision);
    with(schemes->comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with(schemes->comparer, change, ATTRIBUTE_FROM, from);
    with(schemes->comparer, change, ATTRIBUTE_TO, to);
}

static const SecurityFlow *find_flow(const SecurityScheme *scheme, Text name) {
    for (size_t i = 0; i < scheme->flows.count; i++)
        if (text_equal(scheme->flows.items[i].name, name))
            return &scheme->flows.items[i];
    return NULL;
}

static bool offers(const SecurityFlow *flow, Text scope) {
    for (size_t i = 0; i < flow->scopes.count; i++)
        if (text_equal(flow->scopes.items[i], scope))
            return true;
    return false;
}

static void note_scope(const Schemes *schemes, ChangeKind kind, const SecurityFlow *from,
                       const SecurityFlow *to, Text scope) {
    Change *change = note_scheme(schemes, kind, from->origin, to->origin);
    with(schemes->comparer, change, ATTRIBUTE_KEYWORD, from->name);
    with(schemes->comparer, change, ATTRIBUTE_VALUE, scope);
}

static void compare_flow(const Schemes *schemes, const SecurityFlow *from, const SecurityFlow *to) {
    const struct {
        const char *keyword;
        Text from, to;
    } urls[] = {
        {"authorizationUrl", from->authorization_url, to->authorization_url},
        {"tokenUrl", from->token_url, to->token_url},
        {"refreshUrl", from->refresh_url, to->refresh_url},
        {"deviceAuthorizationUrl", from->device_authorization_url, to->device_authorization_url},
    };
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
        compare_text(schemes, CHANGE_SECURITY_URL_CHANGED, urls[i].keyword, urls[i].from,
                     urls[i].to, from->origin, to->origin);
    for (size_t i = 0; i < from->scopes.count; i++)
        if (!offers(to, from->scopes.items[i]))
            note_scope(schemes, CHANGE_SECURITY_SCOPE_WITHDRAWN, from, to, from->scopes.items[i]);
    for (size_t i = 0; i < to->scopes.count; i++)
        if (!offers(from, to->scopes.items[i]))
            note_scope(schemes, CHANGE_SECURITY_SCOPE_OFFERED, from, to, to->scopes.items[i]);
}

static void compare_flows(const Schemes *schemes) {
    const SecurityScheme *base = schemes->base, *revision = schemes->revision;
    for (size_t i = 0; i < base->flows.count; i++) {
        const SecurityFlow *from = &base->flows.items[i], *to = find_flow(revision, from->name);
        if (to) {
            compare_flow(schemes, from, to);
            continue;
        }
        Change *change =
            note_scheme(schemes, CHANGE_SECURITY_FLOW_REMOVED, from->origin, revision->origin);
        change->revision_absent = true;
        with(schemes->comparer, change, ATTRIBUTE_VALUE, from->name);
    }
    for (size_t i = 0; i < revision->flows.count; i++) {
        const SecurityFlow *to = &revision->flows.items[i];
        if (find_flow(base, to->name))
            continue;
        Change *change = note_scheme(schemes, CHANGE_SECURITY_FLOW_ADDED, base->origin, to->origin);
        change->base_absent = true;
        with(schemes->comparer, change, ATTRIBUTE_VALUE, to->name);
    }
}

void compare_schemes(Comparer *comparer, Comparison *at, const SecurityScheme *base,
                     const SecurityScheme *revision) {
    Schemes schemes = {comparer, at, base, revision};
    compare_flows(&schemes);
    compare_documentation(comparer, at, base->origin, revision->origin);
    compare_text(&schemes, CHANGE_SECURITY_URL_CHANGED, "oauth2MetadataUrl", base->metadata_url,
                 revision->metadata_url, NULL, NULL);
    compare_text(&schemes, CHANGE_SECURITY_URL_CHANGED, "openIdConnectUrl", base->connect_url,
                 revision->connect_url, NULL, NULL);
    compare_text(&schemes, CHANGE_SECURITY_TOKEN_CHANGED, "bearerFormat", base->bearer_format,
                 revision->bearer_format, NULL, NULL);
    if (base->deprecated != revision->deprecated)
        note_scheme(&schemes,
                    revision->deprecated ? CHANGE_SECURITY_SCHEME_DEPRECATED
                                         : CHANGE_SECURITY_SCHEME_REACTIVATED,
                    NULL, NULL);
}
