#include "impact/identity.h"

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

/* The first one that the change reaches, whether or not the report is about it. */
static void add_operation(Buffer *key, const Reach *reach) {
    const Operation *operation = reach->revision ? reach->revision : reach->base;
    if (!operation)
        return;
    add_part(key, operation->webhook ? TEXT("webhook") : TEXT(""));
    add_part(key, operation->method);
    add_path(key, operation->path);
    add_part(key, reach->status);
    add_part(key, reach->media_type);
}

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

static void identify(Arena *run, Buffer *key, Map *taken, VerdictChange *change) {
    key->size = 0;
    add_part(key, change->rule->id);
    if (change->change->reaches.count)
        add_operation(key, change->change->reaches.items[0]);
    add_part(key, change->location);
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

void identify_changes(Arena *run, VerdictReport *report) {
    Buffer key = {.arena = run};
    Map *taken = map_new(run);
    for (size_t i = 0; i < report->changes.count; i++)
        identify(run, &key, taken, &report->changes.items[i]);
}
