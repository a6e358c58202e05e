#include "gate/asking.h"

#include "document/document.h"

static Text member_text(const Node *node, const char *name) {
    const Node *member = node_member(node, text_from(name));
    return member && member->kind == NODE_STRING ? member->text : (Text){0};
}

static size_t member_count(const Node *node, const char *name) {
    const Node *member = node ? node_member(node, text_from(name)) : NULL;
    size_t count = 0;
    for (size_t i = 0; member && member->kind == NODE_NUMBER && i < member->text.size; i++)
        count = count * 10 + (size_t)(member->text.data[i] - '0');
    return count;
}

static void read_details(Arena *arena, const Document *document, const char *name,
                         GateDetails *details) {
    const Node *list = document ? node_member(document->root, text_from(name)) : NULL;
    for (uint32_t i = 0; list && list->kind == NODE_SEQUENCE && i < list->count; i++) {
        const Node *item = list->items[i];
        GateDetail detail = {member_text(item, "interaction"), member_text(item, "place"),
                             member_text(item, "message")};
        array_push(arena, details, detail);
    }
}

/* False: there is no such list. */
static bool read_names(Arena *arena, const Document *document, const char *name,
                       StoredNames *names) {
    const Node *list = document ? node_member(document->root, text_from(name)) : NULL;
    bool there = list && list->kind == NODE_SEQUENCE;
    for (uint32_t i = 0; there && i < list->count; i++)
        array_push(arena, names, list->items[i]->text);
    return there;
}

static const Document *parse(Arena *arena, Text report) {
    Diagnostics unheard = {.arena = arena};
    Source source = {.name = TEXT("report"), .file = TEXT("report.json"), .bytes = report};
    return report.size ? document_parse(arena, &unheard, source) : NULL;
}

void gate_read_report(Arena *arena, Text report, GateRow *row) {
    const Document *document = parse(arena, report);
    read_details(arena, document, "mismatches", &row->details);
    read_details(arena, document, "not_guaranteed", &row->doubts);
    read_names(arena, document, "unverified", &row->unverified);
    row->unreached = document ? member_count(document->root, "unreached") : 0;
}

/* ---- several replays ------------------------------------------------------------------------- */

/* Interactions of which newer replays say nothing. */
typedef struct Open {
    bool all; /* there is no newer one */
    StoredNames names;
} Open;

static bool is_among(const StoredNames *names, Text name) {
    for (array_each(Text, one, names))
        if (text_equal(*one, name))
            return true;
    return false;
}

static bool is_open(const Open *open, Text name) {
    return open->all || is_among(&open->names, name);
}

/* A failure that is of no interaction in particular is one of the whole contract. */
static bool still_fails(const StoredNames *failed, const Open *open) {
    for (array_each(Text, name, failed))
        if (is_open(open, *name))
            return true;
    return !failed->count;
}

static void add_failure(Arena *arena, const Document *document, const Open *open,
                        Replays *replays) {
    StoredNames failed = {0};
    GateDetails details = {0};
    read_names(arena, document, "failed", &failed);
    if (!still_fails(&failed, open))
        return;
    replays->success = false;
    read_details(arena, document, "mismatches", &details);
    for (array_each(GateDetail, detail, &details))
        if (!is_among(&failed, detail->interaction) || is_open(open, detail->interaction))
            array_push(arena, &replays->details, *detail);
}

/* Leaves open what this replay leaves out, too. */
static void narrow(Arena *arena, const StoredNames *unverified, Open *open) {
    StoredNames left = {0};
    for (array_each(Text, name, unverified))
        if (is_open(open, *name))
            array_push(arena, &left, *name);
    *open = (Open){.names = left};
}

/* A success that does not say what it left out, as older versions recorded it, is none. */
bool find_replays(Asking *asking, const StoredVersion *provider, Text contract, Replays *replays) {
    Arena *arena = asking->arena;
    StoredVerification replay = {.id = INT64_MAX};
    Open open = {.all = true};
    *replays = (Replays){.success = true};
    while (open.all || open.names.count) {
        if (!store_replay(asking->store, contract, provider, replay.id, &replay))
            return false;
        if (!replay.id)
            break;
        StoredNames unverified = {0};
        const Document *document = parse(arena, replay.report);
        bool is_limited = read_names(arena, document, "unverified", &unverified);
        if (replay.success && !is_limited)
            continue;
        replays->any = true;
        if (!replay.success)
            add_failure(arena, document, &open, replays);
        narrow(arena, &unverified, &open);
    }
    if (replays->success)
        replays->unverified = open.names;
    return true;
}
