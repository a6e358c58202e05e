#include "diff/compare.h"

/* Operations that went and came under another path: one operation that moved, where that can hardly
 * be otherwise. Each way of telling gives operations a key; a key that one operation of the base
 * and one of the revision have, and no other, makes them candidates, and their shape decides. */

typedef enum Way {
    BY_ID,      /* the operationId, which names one operation of a description */
    BY_VERSION, /* all but a segment that is a version: "/v1/users", "/v2/users" */
    BY_SEGMENT, /* all but one segment, whose names are alike: "/user", "/users" */
    BY_END,     /* all but segments before the others: "/users", "/api/users" */
    BY_WORDS,   /* webhooks: the letters of the name */
    WAYS
} Way;

typedef struct Bucket {
    Entry *base, *revision; /* NULL: none */
    bool crowded;           /* several on a side */
} Bucket;

typedef struct Moves {
    Comparer *comparer;
    Arena *arena;
    Way way;
    Map *buckets;
    ARRAY(Bucket *) order; /* as met, so that no address decides */
} Moves;

/* ---- segments -------------------------------------------------------------------------------- */

enum { SEGMENTS_LIMIT = 32, PREFIX_LIMIT = 2 };

typedef struct Segments {
    Text items[SEGMENTS_LIMIT];
    size_t count; /* 0: too many, or none */
} Segments;

static Segments segments_of(Text path) {
    Segments segments = {.count = 0};
    for (size_t at = 0; at < path.size;) {
        size_t end = text_find_byte(path, '/', at + 1);
        end = end == SIZE_MAX ? path.size : end;
        if (segments.count == SEGMENTS_LIMIT)
            return (Segments){.count = 0};
        segments.items[segments.count++] = text_slice(path, at + 1, end);
        at = end;
    }
    return segments;
}

static bool is_template(Text segment) {
    return text_find_byte(segment, '{', 0) != SIZE_MAX;
}

/* "v1", "v2.1", "v1beta2", "2024-06-01". */
static bool is_version(Text segment) {
    bool v = segment.size > 1 && (segment.data[0] == 'v' || segment.data[0] == 'V');
    bool digit = false;
    for (size_t i = v; i < segment.size; i++) {
        char c = segment.data[i];
        digit = digit || (c >= '0' && c <= '9');
        if (i == (size_t)v && !digit)
            return false;
        bool letter = v && c >= 'a' && c <= 'z';
        if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '-')
            return false;
    }
    return digit && (v || segment.size >= 8);
}

/* The segments from `from` on, that at `masked` left open. */
static Text masked_path(Arena *arena, const Segments *segments, size_t from, size_t masked) {
    Buffer path = {.arena = arena};
    for (size_t i = from; i < segments->count; i++) {
        Text segment = segments->items[i];
        buffer_add_byte(&path, '/');
        if (i == masked)
            buffer_add_byte(&path, '*');
        else
            buffer_add(&path, is_template(segment) ? TEXT("{}") : segment);
    }
    return buffer_text(&path);
}

/* ---- shape ----------------------------------------------------------------------------------- */

static bool has_parameter(const Operation *operation, const Parameter *parameter) {
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const Parameter *other = &operation->parameters.items[i];
        if (other->in == parameter->in &&
            (other->in == IN_PATH || text_equal(other->name, parameter->name)))
            return true;
    }
    return false;
}

static bool has_status(const Operation *operation, Text status) {
    for (size_t i = 0; i < operation->responses.count; i++)
        if (text_equal(operation->responses.items[i].status, status))
            return true;
    return false;
}

static bool has_all_of(const Operation *having, const Operation *other) {
    for (size_t i = 0; i < other->parameters.count; i++)
        if (!has_parameter(having, &other->parameters.items[i]))
            return false;
    for (size_t i = 0; i < other->responses.count; i++)
        if (!has_status(having, other->responses.items[i].status))
            return false;
    return true;
}

/* The same parameters, body or none, and statuses. */
static bool same_shape(const Operation *a, const Operation *b) {
    return !a->request_body == !b->request_body && has_all_of(a, b) && has_all_of(b, a);
}

static bool types_agree(Comparer *comparer, const MediaType *a, const MediaType *b) {
    if (comparer->walked > WALK_LIMIT)
        return false;
    Comparison *pair = pair_of(comparer, canonicals_meet(comparer->canonicals, a->type),
                               canonicals_meet(comparer->canonicals, b->type), DIRECTION_RESPONSE);
    comparer_settle(comparer);
    return comparison_relation(comparer, pair) == EFFECT_NONE;
}

bool contents_agree(Comparer *comparer, MediaTypes a, MediaTypes b) {
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (!text_equal_ignoring_case(a.items[i].name, b.items[i].name) ||
            !types_agree(comparer, &a.items[i], &b.items[i]))
            return false;
    return true;
}

/* What goes to and fro is the same, and is something: a pair of operations without any content has
 * nothing by which it could be known. */
static bool contents_same(Comparer *comparer, const Operation *a, const Operation *b) {
    bool something = false;
    if (a->request_body) {
        MediaTypes left = {a->request_body->media_types.items, a->request_body->media_types.count};
        MediaTypes right = {b->request_body->media_types.items, b->request_body->media_types.count};
        something = left.count > 0;
        if (!contents_agree(comparer, left, right))
            return false;
    }
    for (size_t i = 0; i < a->responses.count; i++)
        for (size_t j = 0; j < b->responses.count; j++) {
            const Response *from = &a->responses.items[i], *to = &b->responses.items[j];
            if (!text_equal(from->status, to->status))
                continue;
            MediaTypes left = {from->media_types.items, from->media_types.count};
            MediaTypes right = {to->media_types.items, to->media_types.count};
            something = something || left.count > 0;
            if (!contents_agree(comparer, left, right))
                return false;
        }
    return something;
}

static bool differing_segments_alike(Arena *arena, Text a, Text b) {
    Segments left = segments_of(a), right = segments_of(b);
    for (size_t i = 0; i < left.count && i < right.count; i++)
        if (!text_equal(left.items[i], right.items[i]) &&
            !(is_template(left.items[i]) && is_template(right.items[i])))
            return name_likeness(arena, left.items[i], right.items[i]) >= LIKENESS_VARIANT;
    return false;
}

static bool is_move(const Moves *moves, const Operation *base, const Operation *revision) {
    switch (moves->way) {
    case BY_ID:
        return !base->request_body == !revision->request_body;
    case BY_VERSION:
    case BY_WORDS:
        return same_shape(base, revision);
    case BY_SEGMENT:
        return same_shape(base, revision) &&
               differing_segments_alike(moves->arena, base->path, revision->path) &&
               contents_same(moves->comparer, base, revision);
    default:
        return same_shape(base, revision) && contents_same(moves->comparer, base, revision);
    }
}

/* ---- candidates ------------------------------------------------------------------------------ */

static void put(Moves *moves, Entry *entry, bool revision, Text text) {
    Text key = text_format(moves->arena, "%s%.*s %.*s", entry->operation->webhook ? "webhook " : "",
                           TEXT_ARG(entry->operation->method), TEXT_ARG(text));
    Bucket *bucket = map_get_text(moves->buckets, key);
    if (!bucket) {
        bucket = arena_new_object(moves->arena, Bucket);
        map_put_text(moves->buckets, key, bucket);
        array_push(moves->arena, &moves->order, bucket);
    }
    Entry **side = revision ? &bucket->revision : &bucket->base;
    bucket->crowded = bucket->crowded || (*side && *side != entry);
    *side = entry;
}

/* Names of webhooks are compared by their words: "petAdded", "pet.added". */
static void put_words(Moves *moves, Entry *entry, bool revision) {
    Text name = entry->operation->path;
    Buffer words = {.arena = moves->arena};
    for (size_t i = 0; i < name.size; i++)
        if (strchr("_-. /:", name.data[i]) == NULL)
            buffer_add_byte(&words, name.data[i]);
    put(moves, entry, revision, text_lower(moves->arena, buffer_text(&words)));
}

static void put_segments(Moves *moves, Entry *entry, bool revision) {
    Segments segments = segments_of(entry->operation->path);
    for (size_t i = 0; i < segments.count; i++) {
        bool wanted = moves->way == BY_VERSION ? is_version(segments.items[i])
                                               : !is_template(segments.items[i]);
        if (wanted)
            put(moves, entry, revision, masked_path(moves->arena, &segments, 0, i));
    }
}

/* With none, one and two of the segments in front left out. */
static void put_ends(Moves *moves, Entry *entry, bool revision) {
    Segments segments = segments_of(entry->operation->path);
    for (size_t i = 0; i <= PREFIX_LIMIT && i < segments.count; i++) {
        if (i && is_template(segments.items[i - 1]))
            return;
        put(moves, entry, revision, masked_path(moves->arena, &segments, i, SIZE_MAX));
    }
}

static void put_all(Moves *moves, Entries *entries, bool revision) {
    for (size_t i = 0; i < entries->count; i++) {
        Entry *entry = &entries->items[i];
        const Operation *operation = entry->operation;
        /* An operationId is one's only where no operation at all shares it. */
        if (operation->caller)
            continue;
        if (moves->way == BY_ID && operation->operation_id.size)
            put(moves, entry, revision, operation->operation_id);
        if (moves->way == BY_ID || entry->partner || operation->webhook != (moves->way == BY_WORDS))
            continue;
        if (moves->way == BY_WORDS)
            put_words(moves, entry, revision);
        else if (moves->way == BY_END)
            put_ends(moves, entry, revision);
        else
            put_segments(moves, entry, revision);
    }
}

static void take(const Bucket *bucket) {
    bucket->base->partner = bucket->revision->operation;
    bucket->revision->partner = bucket->base->operation;
    bucket->base->moved = true;
}

void pair_moved(Comparer *comparer, Entries *base, Entries *revision) {
    for (unsigned way = BY_ID; way < WAYS; way++) {
        Moves moves = {.comparer = comparer, .arena = comparer->arena, .way = (Way)way};
        moves.buckets = map_new(comparer->arena);
        put_all(&moves, base, false);
        put_all(&moves, revision, true);
        for (size_t i = 0; i < moves.order.count; i++) {
            const Bucket *bucket = moves.order.items[i];
            bool candidates = bucket->base && bucket->revision && !bucket->crowded &&
                              !bucket->base->partner && !bucket->revision->partner;
            if (candidates && is_move(&moves, bucket->base->operation, bucket->revision->operation))
                take(bucket);
        }
    }
}
