#include "load/reference.h"

#include "load/reference_names.h"
#include "support/map.h"

#include <stdio.h>

/* What is known of one document that references stand in or lead to. */
typedef struct Scope {
    const Document *document;
    Map *targets; /* by the text of a `$ref`; empty where schemas name themselves */
    Map *files;   /* Scopes by the part of a `$ref` before its fragment */
    Names *names; /* NULL before 3.1 */
} Scope;

struct References {
    Arena *arena;
    Diagnostics *diagnostics;
    DocumentSet *set;
    bool identifiers;
    bool dynamic;               /* some document has dynamic anchors */
    bool quiet;                 /* nothing is said of what is not found */
    int depth;                  /* of references within the path of a reference */
    Map *scopes;                /* by the address of the document */
    ARRAY(const Scope *) named; /* those with names of their own */
};

/* The reference being resolved: for what is said of it. */
typedef struct Sought {
    Text keyword, text;
    Place place;
    const Scope *scope; /* in which it stands */
} Sought;

enum { DEPTH_LIMIT = 64 };

References *references_new(Arena *arena, Diagnostics *diagnostics, DocumentSet *set,
                           bool identifiers) {
    References *references = arena_new_object(arena, References);
    references->arena = arena;
    references->diagnostics = diagnostics;
    references->set = set;
    references->identifiers = identifiers;
    references->scopes = map_new(arena);
    return references;
}

const Node *reference_of(const Node *node) {
    const Node *reference = node_member(node, TEXT("$ref"));
    return reference && reference->kind == NODE_STRING ? reference : NULL;
}

bool may_be_reference(Text text) {
    return text_find_byte(text, '#', 0) != SIZE_MAX || text_find_byte(text, '/', 0) != SIZE_MAX ||
           text_find_byte(text, '.', 0) != SIZE_MAX;
}

Text reference_keyword(const Node *reference) {
    static const char *const others[] = {"$dynamicRef", "$recursiveRef"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (node_member(reference->parent, text_from(others[i])) == reference)
            return text_from(others[i]);
    return TEXT("$ref");
}

static Scope *scope_of(References *references, const Document *document) {
    Scope *scope = map_get(references->scopes, &document, sizeof document);
    if (scope)
        return scope;
    scope = arena_new_object(references->arena, Scope);
    scope->document = document;
    scope->targets = map_new(references->arena);
    scope->files = map_new(references->arena);
    map_put(references->scopes, &scope->document, sizeof scope->document, scope);
    if (references->identifiers) {
        scope->names = names_of(references->arena, document);
        if (names_have_resources(scope->names))
            array_push(references->arena, &references->named, scope);
        references->dynamic |= names_have_dynamic_anchors(scope->names);
    }
    return scope;
}

void references_read_names(References *references, const Document *document) {
    scope_of(references, document);
}

const DynamicAnchors *references_next_dynamic_anchors(References *references, const Node **node) {
    const Document *document = references->dynamic && *node ? document_of(*node) : NULL;
    return document ? names_next_dynamic_anchors(scope_of(references, document)->names, node)
                    : NULL;
}

/* ---- JSON pointers --------------------------------------------------------------------------- */

/* RFC 6901 section 4. */
static Text unescape(Arena *arena, Text token) {
    if (text_find_byte(token, '~', 0) == SIZE_MAX)
        return token;
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < token.size; i++) {
        char next = i + 1 < token.size && token.data[i] == '~' ? token.data[i + 1] : 0;
        bool escape = next == '0' || next == '1';
        buffer_add_byte(&out, escape ? (next == '0' ? '~' : '/') : token.data[i]);
        i += escape;
    }
    return buffer_text(&out);
}

/* "; did you mean `User`?" where a member's name is near; costs too much for huge mappings. */
static const char *suggestion(References *references, const Node *node, Text token) {
    enum { MEMBERS = 4096, SAID_ALREADY = 100 };
    Guess guess = {.mistyped = token};
    if (node->kind == NODE_MAPPING && node->count <= MEMBERS &&
        references->diagnostics->list.count <= SAID_ALREADY)
        for (uint32_t i = 0; i < node->count; i++)
            guess_offer(&guess, node->members[i].key);
    return text_suggestion(references->arena, guess.word);
}

static bool missing(References *references, const Sought *sought, const Node *within, Text pointer,
                    Text token) {
    if (references->quiet)
        return false;
    const Document *document = document_of(within);
    Text where =
        pointer.size ? text_format(references->arena, "`#%.*s`", TEXT_ARG(pointer)) : (Text){0};
    if (document != sought->scope->document || !pointer.size)
        where = text_format(references->arena, "%.*s%s`%.*s`", TEXT_ARG(where),
                            pointer.size ? " of " : "", TEXT_ARG(document->source.file));
    return diagnose(references->diagnostics, REFERENCE_UNRESOLVED, sought->place,
                    TEXT_ARG(sought->keyword), TEXT_ARG(sought->text), TEXT_ARG(where),
                    TEXT_ARG(token), suggestion(references, within, token));
}

static bool names_components(Text holder) {
    return text_is(holder, "schemas") || text_is(holder, "definitions") || text_is(holder, "$defs");
}

/* Where a path leads through a node that is itself a reference, it goes on behind that. */
static const Node *step(References *references, const Node *node, Text token) {
    for (int hops = 0; node && hops < DEPTH_LIMIT; hops++) {
        const Node *next =
            node->kind == NODE_SEQUENCE ? node_item(node, token) : node_member(node, token);
        const Node *reference = next ? NULL : reference_of(node);
        if (!reference)
            return next;
        Target through;
        if (references->depth >= DEPTH_LIMIT ||
            !references_resolve(references, reference, &through))
            return NULL;
        node = through.node;
    }
    return NULL;
}

static bool walk_pointer(References *references, const Sought *sought, const Node *node,
                         Text pointer, Target *target) {
    Text holder = {0}, token = {0};
    size_t tokens = 0;
    references->depth++;
    for (size_t at = 0; at < pointer.size; tokens++) {
        size_t slash = text_find_byte(pointer, '/', at + 1);
        size_t end = slash == SIZE_MAX ? pointer.size : slash;
        holder = token;
        token = unescape(references->arena, text_slice(pointer, at + 1, end));
        size_t said = references->diagnostics->list.count;
        const Node *next = step(references, node, token);
        if (!next) {
            references->depth--;
            bool diagnosed = references->diagnostics->list.count > said;
            return !diagnosed &&
                   missing(references, sought, node, text_slice(pointer, 0, at), token);
        }
        node = next;
        at = end;
    }
    references->depth--;
    bool component = names_components(holder) || tokens == 1;
    *target = (Target){node, component ? token : (Text){0}};
    return true;
}

/* ---- Files, resources and anchors ------------------------------------------------------------ */

static bool open_file(References *references, const Sought *sought, Text file, Scope **into) {
    Scope *scope = map_get_text(sought->scope->files, file);
    if (!scope) {
        const Document *document = document_set_open_relative(
            references->set, sought->scope->document, file, sought->place);
        if (!document)
            return false;
        scope = scope_of(references, document);
        map_put_text(sought->scope->files, file, scope);
    }
    *into = scope;
    return true;
}

/* "models/droplet.yml" gives "droplet": a schema that is a file of its own has its name. */
static Text base_name(Text file) {
    size_t from = 0, to = file.size;
    for (size_t i = 0; i < file.size; i++)
        if (file.data[i] == '/')
            from = i + 1;
    for (size_t i = file.size; i > from + 1; i--)
        if (file.data[i - 1] == '.') {
            to = i - 1;
            break;
        }
    return text_slice(file, from, to);
}

static const Resource *find_resource(const References *references, const Scope *scope, Text uri) {
    const Resource *found = scope->names ? names_resource(scope->names, uri) : NULL;
    for (size_t i = 0; !found && i < references->named.count; i++)
        found = names_resource(references->named.items[i]->names, uri);
    return found;
}

static bool find_anchor(References *references, const Sought *sought, const Resource *resource,
                        Text anchor, Target *target) {
    const Scope *scope = scope_of(references, document_of(resource->node));
    const Resource *found =
        scope->names ? names_anchor(references->arena, scope->names, resource->uri, anchor) : NULL;
    if (found) {
        *target = (Target){found->node, found->name};
        return true;
    }
    if (references->quiet)
        return false;
    return diagnose(references->diagnostics, REFERENCE_WITHOUT_ANCHOR, sought->place,
                    TEXT_ARG(sought->keyword), TEXT_ARG(sought->text), TEXT_ARG(anchor),
                    TEXT_ARG(anchor));
}

/* By the letter a pointer starts at the innermost resource; descriptions whose components have an
 * `$id` write it from the document's root all the same. */
static bool find_pointer(References *references, const Sought *sought, const Resource *resource,
                         Text pointer, Target *target) {
    const Node *root = document_of(resource->node)->root;
    if (resource->node != root) {
        bool quiet = references->quiet;
        references->quiet = true;
        bool found = walk_pointer(references, sought, resource->node, pointer, target);
        references->quiet = quiet;
        if (found)
            return true;
    }
    return walk_pointer(references, sought, root, pointer, target);
}

static bool find_resource_of(References *references, const Sought *sought, const Node *from,
                             Text file, Resource *resource) {
    const Scope *scope = sought->scope;
    *resource = (Resource){.node = scope->document->root};
    if (scope->names)
        *resource = *names_resource_around(scope->names, from);
    if (!file.size)
        return true;
    if (scope->names) {
        Text uri = uri_resolve(references->arena, resource->uri, file);
        const Resource *named = find_resource(references, scope, uri);
        if (named) {
            *resource = *named;
            return true;
        }
    }
    Scope *other;
    if (!open_file(references, sought, file, &other))
        return false;
    *resource = (Resource){.node = other->document->root};
    if (other->names)
        *resource = *names_resource_around(other->names, resource->node);
    resource->name = base_name(file);
    return true;
}

static bool find(References *references, const Node *from, const Sought *sought, Target *target) {
    size_t hash = text_find_byte(sought->text, '#', 0);
    Text file = text_slice(sought->text, 0, hash);
    Text fragment = {0};
    if (hash != SIZE_MAX)
        fragment = text_percent_decode(references->arena,
                                       text_slice(sought->text, hash + 1, sought->text.size));
    Resource resource;
    if (!find_resource_of(references, sought, from, file, &resource))
        return false;
    bool whole =
        !fragment.size || (text_is(fragment, "/") && !node_member(resource.node, TEXT("")));
    if (whole) {
        *target = (Target){resource.node, resource.name};
        return true;
    }
    if (fragment.data[0] == '/')
        return find_pointer(references, sought, &resource, fragment, target);
    return find_anchor(references, sought, &resource, fragment, target);
}

static bool resolve_text(References *references, const Node *from, Text text, Target *target) {
    Scope *scope = scope_of(references, document_of(from));
    bool by_text = !scope->names || !names_have_resources(scope->names);
    const Target *known = by_text ? map_get_text(scope->targets, text) : NULL;
    if (known) {
        *target = *known;
        return true;
    }
    Sought sought = {reference_keyword(from), text, node_place(from), scope};
    if (!find(references, from, &sought, target))
        return false;
    if (by_text) {
        Target *kept = arena_new_object(references->arena, Target);
        *kept = *target;
        map_put_text(scope->targets, text, kept);
    }
    return true;
}

/* A file that can't be parsed is told of once, and that may have been taken back or excused. */
bool references_resolve(References *references, const Node *reference, Target *target) {
    Diagnostics *diagnostics = references->diagnostics;
    size_t said = diagnostics->list.count;
    if (resolve_text(references, reference, reference->text, target))
        return true;
    if (!references->quiet && diagnostics->list.count == said)
        diagnose(diagnostics, REFERENCE_UNREADABLE, node_place(reference),
                 TEXT_ARG(reference_keyword(reference)), TEXT_ARG(reference->text));
    return false;
}

/* What opening a file said is taken back: here a text that names nothing is no mistake. */
bool references_find(References *references, const Node *from, Text reference, Target *target) {
    Diagnostics *diagnostics = references->diagnostics;
    size_t said = diagnostics->list.count, errors = diagnostics->errors;
    references->quiet = true;
    bool found = resolve_text(references, from, reference, target);
    references->quiet = false;
    diagnostics->list.count = said;
    diagnostics->errors = errors;
    return found;
}

/* The slow follower meets the fast one where the chain is a circle (Floyd). */
const Node *references_follow(References *references, const Node *node, const char *what) {
    const Node *slow = node;
    bool slow_turn = false;
    for (const Node *reference; (reference = reference_of(node));) {
        Target target;
        if (!references_resolve(references, reference, &target))
            return NULL;
        node = target.node;
        if (node == slow) {
            diagnose(references->diagnostics, REFERENCE_ENDLESS, node_place(reference),
                     TEXT_ARG(reference_keyword(reference)), TEXT_ARG(reference->text), what);
            return NULL;
        }
        if (slow_turn) {
            references_resolve(references, reference_of(slow), &target);
            slow = target.node;
        }
        slow_turn = !slow_turn;
    }
    return node;
}
