#include "diff/compare.h"

/* Alternatives are told apart by the names of their schemes; one without needs is anonymous access.
 */

static Text schemes_name(Arena *arena, const SecurityRequirement *requirement) {
    Buffer name = {.arena = arena};
    for (size_t i = 0; i < requirement->needs.count; i++) {
        buffer_add(&name, i ? TEXT(" and ") : TEXT(""));
        buffer_add(&name, requirement->needs.items[i].scheme->name);
    }
    return name.size ? buffer_text(&name) : TEXT("anonymous access");
}

/* Names of headers know no case (RFC 9110 section 5.1). */
static bool same_key(const SecurityScheme *a, const SecurityScheme *b) {
    return a->in == b->in &&
           (a->in == IN_HEADER ? text_equal_ignoring_case(a->parameter, b->parameter)
                               : text_equal(a->parameter, b->parameter));
}

static Text scheme_description(Arena *arena, const SecurityScheme *scheme) {
    static const char *const kinds[] = {
        [SECURITY_API_KEY] = "apiKey",
        [SECURITY_HTTP] = "http",
        [SECURITY_MUTUAL_TLS] = "mutualTLS",
        [SECURITY_OAUTH2] = "oauth2",
        [SECURITY_OPEN_ID_CONNECT] = "openIdConnect",
        [SECURITY_UNKNOWN] = "undeclared",
    };
    static const char *const places[] = {"path", "query", "header", "cookie", "querystring"};
    if (scheme->kind == SECURITY_HTTP)
        return text_format(arena, "http %.*s", TEXT_ARG(scheme->scheme));
    if (scheme->kind == SECURITY_API_KEY)
        return text_format(arena, "apiKey `%.*s` in %s", TEXT_ARG(scheme->parameter),
                           places[scheme->in]);
    return text_from(kinds[scheme->kind]);
}

/* A scheme is the same under its name, or under another name where it asks for the same thing on
 * the wire: what a component is called is not sent. OAuth 2 and OpenID Connect say too little for
 * that. */
static bool same_scheme(const SecurityScheme *a, const SecurityScheme *b) {
    if (text_equal(a->name, b->name))
        return true;
    if (a->kind != b->kind)
        return false;
    if (a->kind == SECURITY_HTTP)
        return text_equal(a->scheme, b->scheme);
    return a->kind == SECURITY_API_KEY && same_key(a, b);
}

static const SecurityNeed *find_need(const SecurityRequirement *requirement,
                                     const SecurityScheme *scheme) {
    for (size_t i = 0; i < requirement->needs.count; i++)
        if (same_scheme(requirement->needs.items[i].scheme, scheme))
            return &requirement->needs.items[i];
    return NULL;
}

static bool same_schemes(const SecurityRequirement *a, const SecurityRequirement *b) {
    if (a->needs.count != b->needs.count)
        return false;
    for (size_t i = 0; i < a->needs.count; i++)
        if (!find_need(b, a->needs.items[i].scheme))
            return false;
    return true;
}

static bool has_scope(const SecurityNeed *need, Text scope) {
    for (size_t i = 0; i < need->scopes.count; i++)
        if (text_equal(need->scopes.items[i], scope))
            return true;
    return false;
}

static bool scopes_within(const SecurityNeed *need, const SecurityNeed *other) {
    for (size_t i = 0; i < need->scopes.count; i++)
        if (!has_scope(other, need->scopes.items[i]))
            return false;
    return true;
}

/* Whether credentials that satisfy `held` satisfy `asked`, too. */
static bool suffices(const SecurityRequirement *held, const SecurityRequirement *asked) {
    for (size_t i = 0; i < asked->needs.count; i++) {
        const SecurityNeed *need = find_need(held, asked->needs.items[i].scheme);
        if (!need || !scopes_within(&asked->needs.items[i], need))
            return false;
    }
    return true;
}

/* Whether credentials that satisfy the requirement satisfy one of an operation. */
static bool is_taken_by(const SecurityRequirement *requirement, const Operation *operation) {
    for (size_t i = 0; i < operation->security.count; i++)
        if (suffices(requirement, &operation->security.items[i]))
            return true;
    return false;
}

static const Node *security_place(const Operation *operation) {
    return operation->security_origin ? operation->security_origin : operation->origin;
}

static bool is_anonymous(const Operation *operation) {
    for (size_t i = 0; i < operation->security.count; i++)
        if (!operation->security.items[i].needs.count)
            return true;
    return operation->security.count == 0;
}

static Text all_names(Arena *arena, const Operation *operation) {
    Buffer names = {.arena = arena};
    for (size_t i = 0; i < operation->security.count; i++) {
        if (!operation->security.items[i].needs.count)
            continue;
        buffer_add(&names, names.size ? TEXT(" or ") : TEXT(""));
        buffer_add(&names, schemes_name(arena, &operation->security.items[i]));
    }
    return buffer_text(&names);
}

static void note_scopes(Comparer *comparer, Comparison *at, ChangeKind kind,
                        const SecurityNeed *with_scopes, const SecurityNeed *without,
                        const SecurityRequirement *from, const SecurityRequirement *to) {
    for (size_t i = 0; i < with_scopes->scopes.count; i++) {
        Text scope = with_scopes->scopes.items[i];
        if (has_scope(without, scope))
            continue;
        Change *change = note(comparer, at, kind, EFFECT_NONE, from->origin, to->origin);
        with(comparer, change, ATTRIBUTE_NAME, with_scopes->scheme->name);
        with(comparer, change, ATTRIBUTE_VALUE, scope);
    }
}

static void compare_scheme(Comparer *comparer, Comparison *at, const SecurityRequirement *from,
                           const SecurityRequirement *to, const SecurityScheme *base,
                           const SecurityScheme *revision) {
    Text before = scheme_description(comparer->arena, base);
    Text after = scheme_description(comparer->arena, revision);
    bool one_key = base->kind == SECURITY_API_KEY && revision->kind == SECURITY_API_KEY &&
                   same_key(base, revision);
    if (one_key || text_equal(before, after)) {
        compare_schemes(comparer, at, base, revision);
        return;
    }
    Change *change = note(comparer, at, CHANGE_SECURITY_SCHEME_CHANGED, EFFECT_NONE,
                          base->origin ? base->origin : from->origin,
                          revision->origin ? revision->origin : to->origin);
    with(comparer, change, ATTRIBUTE_NAME, base->name);
    with(comparer, change, ATTRIBUTE_FROM, before);
    with(comparer, change, ATTRIBUTE_TO, after);
}

static void compare_needs(Comparer *comparer, Comparison *at, const SecurityRequirement *from,
                          const SecurityRequirement *to) {
    for (size_t i = 0; i < from->needs.count; i++) {
        const SecurityNeed *base = &from->needs.items[i];
        const SecurityNeed *revision = find_need(to, base->scheme);
        if (!revision)
            continue;
        note_scopes(comparer, at, CHANGE_SECURITY_SCOPE_ADDED, revision, base, from, to);
        note_scopes(comparer, at, CHANGE_SECURITY_SCOPE_REMOVED, base, revision, from, to);
        compare_scheme(comparer, at, from, to, base->scheme, revision->scheme);
    }
}

static void note_alternative(Comparer *comparer, Comparison *at, ChangeKind kind, Text name,
                             const Node *base_origin, const Node *revision_origin) {
    Change *change = note(comparer, at, kind, EFFECT_NONE, base_origin, revision_origin);
    with(comparer, change, ATTRIBUTE_NAME, name);
}

/* Which alternative of the other side is the same one: all scopes equal, or, of what is left, the
 * schemes alone. */
typedef struct Partners {
    const Operation *base, *revision;
    size_t *of_base; /* index + 1 in the revision; 0: none */
    bool *taken;     /* of the revision's */
} Partners;

static void find_partners(Partners *partners, bool scopes_equal) {
    for (size_t i = 0; i < partners->base->security.count; i++)
        for (size_t j = 0; j < partners->revision->security.count && !partners->of_base[i]; j++) {
            const SecurityRequirement *from = &partners->base->security.items[i];
            const SecurityRequirement *to = &partners->revision->security.items[j];
            bool same = !partners->taken[j] && same_schemes(from, to);
            if (!same || (scopes_equal && !(suffices(from, to) && suffices(to, from))))
                continue;
            partners->of_base[i] = j + 1;
            partners->taken[j] = true;
        }
}

static void compare_alternative(Comparer *comparer, Comparison *at, const Partners *partners,
                                size_t index) {
    const SecurityRequirement *from = &partners->base->security.items[index];
    size_t partner = partners->of_base[index];
    if (partner)
        compare_needs(comparer, at, from, &partners->revision->security.items[partner - 1]);
    else if (from->needs.count && !is_taken_by(from, partners->revision))
        note_alternative(comparer, at, CHANGE_SECURITY_ALTERNATIVE_REMOVED,
                         schemes_name(comparer->arena, from), from->origin,
                         security_place(partners->revision));
}

void compare_security(Comparer *comparer, Comparison *at, const Operation *base,
                      const Operation *revision) {
    Arena *arena = comparer->arena;
    bool was_open = is_anonymous(base), is_open = is_anonymous(revision);
    if (was_open != is_open)
        note_alternative(comparer, at,
                         was_open ? CHANGE_SECURITY_REQUIRED : CHANGE_SECURITY_DROPPED,
                         all_names(arena, was_open ? revision : base), security_place(base),
                         security_place(revision));
    if (was_open || is_open)
        return;
    Partners partners = {base, revision, arena_new_array(arena, base->security.count, size_t),
                         arena_new_array(arena, revision->security.count, bool)};
    find_partners(&partners, true);
    find_partners(&partners, false);
    for (size_t i = 0; i < base->security.count; i++)
        compare_alternative(comparer, at, &partners, i);
    for (size_t j = 0; j < revision->security.count; j++)
        if (!partners.taken[j] && !is_taken_by(&revision->security.items[j], base))
            note_alternative(comparer, at, CHANGE_SECURITY_ALTERNATIVE_ADDED,
                             schemes_name(arena, &revision->security.items[j]),
                             security_place(base), revision->security.items[j].origin);
}
