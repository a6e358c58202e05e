#include "impact/identity.h"

#include "document/document.h"
#include "support/map.h"

/* 50 bits in ten digits of base 32, those of Crockford: none is taken for another one. */
enum { ID_DIGITS = 10, ID_DIGIT_BITS = 5 };
static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

static Text id_of_key(Arena *run, Text key) {
    uint64_t hash = text_hash(key);
    hash ^= hash >> 32; /* the lower bits, which are all that is shown, feel the upper ones */
    char id[ID_DIGITS];
    for (size_t i = 0; i < ID_DIGITS; i++, hash >>= ID_DIGIT_BITS)
        id[i] = digits[hash & 31];
    return text_copy(run, (Text){id, ID_DIGITS});
}

static void add_part(Buffer *key, Text part) {
    buffer_add(key, part);
    buffer_add_byte(key, '\0');
}

/* "/users/{id}" counts as "/users/{}": the names of path parameters are never sent. */
static void add_path(Buffer *key, Text path) {
    bool inside = false;
    for (size_t i = 0; i < path.size; i++) {
        inside = inside && path.data[i] != '}';
        if (!inside)
            buffer_add_byte(key, path.data[i]);
        inside = inside || path.data[i] == '{';
    }
    buffer_add_byte(key, '\0');
}

/* ---- the place --------------------------------------------------------------------------------
 */

/* What stands inside of an operation is named by that operation and the place in its request or
 * response. What operations share is named by where it stands in the description, since which of
 * them is reached first depends on which others there are. */

static bool is_within(const Node *node, const Node *whole) {
    while (node && node != whole)
        node = node->parent;
    return node != NULL;
}

/* The reach whose operation the change stands in; NULL: none, or there is no reach. */
static const Reach *owner_of(const Change *change) {
    const Reach *first = change->reaches.count ? change->reaches.items[0] : NULL;
    if (!first || (!first->base && !first->revision))
        return NULL;
    bool in_base = change->base_origin && !change->base_absent;
    const Node *thing = in_base ? change->base_origin : change->revision_origin;
    const Operation *operation = in_base ? first->base : first->revision;
    return thing && operation && is_within(thing, operation->origin) ? first : NULL;
}

static void add_operation(Buffer *key, const Reach *reach) {
    const Operation *operation = reach->revision ? reach->revision : reach->base;
    add_part(key, operation->webhook ? TEXT("webhook") : TEXT(""));
    add_part(key, operation->method);
    add_path(key, operation->path);
    add_part(key, reach->status);
    add_part(key, reach->media_type);
}

/* Where an item stands among others is no matter; a parameter has a name all the same. */
static void add_item(Buffer *key, const Node *item) {
    const Node *name = node_member(item, TEXT("name")), *in = node_member(item, TEXT("in"));
    bool named = name && in && name->kind == NODE_STRING && in->kind == NODE_STRING;
    add_part(key, named ? in->text : TEXT("-"));
    add_part(key, named ? name->text : TEXT(""));
}

static void add_pointer(Buffer *key, const Node *node) {
    const Node *parent = node->parent;
    if (!parent)
        return;
    add_pointer(key, parent);
    if (parent->kind == NODE_SEQUENCE) {
        add_item(key, node);
        return;
    }
    for (uint32_t i = 0; i < parent->count; i++)
        if (parent->members[i].value == node)
            add_path(key, parent->members[i].key);
}

/* Of a file that the description refers to: its name alone, since folders are moved. */
static void add_file_name(Buffer *key, Text path) {
    size_t start = path.size;
    while (start && path.data[start - 1] != '/')
        start--;
    add_part(key, text_slice(path, start, path.size));
}

/* The side by which the thing is known; of one that is in neither, nothing. */
static void add_place(Buffer *key, const Change *change, const Api *base, const Api *revision) {
    bool in_base = change->base_origin && !change->base_absent;
    const Node *thing = in_base ? change->base_origin : change->revision_origin;
    const Api *side = in_base ? base : revision;
    add_part(key, change->direction == DIRECTION_REQUEST ? TEXT("request") : TEXT("response"));
    if (!thing)
        return;
    const Document *document = document_of(thing);
    if (document && document != document_of(side->origin))
        add_file_name(key, document->source.path);
    add_pointer(key, thing);
}

/* ---- ids ------------------------------------------------------------------------------------- */

/* What tells changes at one place apart. Whether a thing is required or deprecated does not, nor a
 * witness, which another engine may choose otherwise; the operation stands in the key already. */
static void add_attributes(Buffer *key, const Change *change) {
    static const AttributeId telling[] = {ATTRIBUTE_NAME,  ATTRIBUTE_IN,    ATTRIBUTE_FROM,
                                          ATTRIBUTE_TO,    ATTRIBUTE_VALUE, ATTRIBUTE_KEYWORD,
                                          ATTRIBUTE_EFFECT};
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        Text text = change_attribute(change, telling[i]);
        if (!text.size)
            continue;
        add_part(key, text_from(attribute_info(telling[i])->word));
        add_part(key, text);
    }
}

typedef struct Identities {
    Arena *run;
    const Api *base, *revision;
    Map *taken;
    Buffer key;
} Identities;

static void identify(Identities *identities, VerdictChange *change) {
    Arena *run = identities->run;
    Map *taken = identities->taken;
    Buffer *key = &identities->key;
    key->size = 0;
    add_part(key, change->rule->id);
    const Reach *owner = owner_of(change->change);
    if (owner) {
        add_operation(key, owner);
        add_part(key, change->location);
    } else {
        add_place(key, change->change, identities->base, identities->revision);
    }
    add_attributes(key, change->change);
    size_t size = key->size;
    change->id = id_of_key(run, buffer_text(key));
    for (unsigned next = 2; map_get_text(taken, change->id); next++) {
        key->size = size;
        buffer_format(key, "#%u", next);
        change->id = id_of_key(run, buffer_text(key));
    }
    map_put_text(taken, change->id, change);
}

void identify_changes(Arena *run, const Api *base, const Api *revision, VerdictReport *report) {
    Identities identities = {run, base, revision, map_new(run), {.arena = run}};
    for (size_t i = 0; i < report->changes.count; i++)
        identify(&identities, &report->changes.items[i]);
}
