/* The way back: a verdict from the JSON that json.c wrote. Members that are not known are passed
 * over, since a later breakwater may say more under the same version.
 */
#include "report/reader.h"
#include "report/report.h"

/* ---- parts of a change ----------------------------------------------------------------------- */

static bool read_operation(Reader *reader, const Node *object, VerdictOperation *operation) {
    operation->webhook = read_is_true(object, "webhook");
    return read_is_object(reader, object, "operations") &&
           read_text(reader, object, "method", &operation->method) &&
           read_text(reader, object, "path", &operation->path) &&
           read_text_or_null(reader, object, "status", &operation->status) &&
           read_text_or_null(reader, object, "media_type", &operation->media_type) &&
           read_optional_text(reader, object, "callback_of", &operation->callback_of);
}

static bool read_consumer(Reader *reader, const Node *object, VerdictConsumer *who) {
    return read_is_object(reader, object, "consumers") &&
           read_text(reader, object, "consumer", &who->consumer) &&
           read_text(reader, object, "pact", &who->pact) &&
           read_number(reader, object, "line", &who->line) &&
           read_text(reader, object, "interaction", &who->interaction) &&
           read_text(reader, object, "reason", &who->reason);
}

static bool read_operations(Reader *reader, const Node *object, VerdictChange *change) {
    const Node *list = read_array(reader, object, "operations");
    for (uint32_t i = 0; list && i < list->count; i++) {
        VerdictOperation operation = {0};
        if (!read_operation(reader, list->items[i], &operation))
            return false;
        array_push(reader->arena, &change->operations, operation);
    }
    return list != NULL;
}

static bool read_consumers(Reader *reader, const Node *object, VerdictChange *change) {
    const Node *list = read_array(reader, object, "consumers");
    for (uint32_t i = 0; list && i < list->count; i++) {
        VerdictConsumer who = {0};
        if (!read_consumer(reader, list->items[i], &who))
            return false;
        array_push(reader->arena, &change->consumers, who);
    }
    return list != NULL;
}

/* ---- changes --------------------------------------------------------------------------------- */

static const char *const verdicts[] = {"safe", "breaking"};

static bool read_verdict(Reader *reader, const Node *object, Verdict *verdict) {
    size_t index;
    if (!read_word(reader, object, "verdict", verdicts, 2, &index))
        return false;
    *verdict = index ? VERDICT_BREAKING : VERDICT_SAFE;
    return true;
}

static bool read_fact(Reader *reader, const Node *object, Change *fact) {
    static const char *const directions[] = {"request", "response"};
    Text word;
    size_t direction;
    if (!read_text(reader, object, "change", &word) ||
        !read_word(reader, object, "direction", directions, 2, &direction))
        return false;
    fact->direction = direction ? DIRECTION_RESPONSE : DIRECTION_REQUEST;
    fact->kind = change_by_word(word);
    if (fact->kind != CHANGE_COUNT)
        return true;
    return diagnose(reader->diagnostics, REPORT_UNKNOWN_WORD,
                    node_place(node_member(object, TEXT("change"))), "change", TEXT_ARG(word));
}

/* Attributes that are not known are passed over, like members. */
static bool read_attributes(Reader *reader, const Node *object, Change *fact) {
    const Node *attributes = read_object(reader, object, "attributes");
    for (uint32_t i = 0; attributes && i < attributes->count; i++) {
        const Member *member = &attributes->members[i];
        Attribute attribute = {attribute_by_word(member->key), member->value->text};
        if (member->value->kind != NODE_STRING)
            return read_wrong_kind(reader, member->value, "attributes", "a string");
        if (attribute.id != ATTRIBUTE_COUNT)
            array_push(reader->arena, &fact->attributes, attribute);
    }
    return attributes != NULL;
}

/* A rule that the report does not describe is known by its id alone. */
static bool read_rule_of(Reader *reader, const Node *object, const Rule **found) {
    Text id;
    if (!read_text(reader, object, "rule", &id))
        return false;
    *found = map_get_text(reader->rules, id);
    if (*found)
        return true;
    Rule *rule = arena_new_object(reader->arena, Rule);
    rule->id = id;
    map_put_text(reader->rules, id, rule);
    *found = rule;
    return true;
}

static bool read_waived(Reader *reader, const Node *object, Waived *waived) {
    const Node *found = node_member(object, TEXT("waived"));
    return !found || (read_is_object(reader, found, "waived") &&
                      read_text(reader, found, "reason", &waived->reason) &&
                      read_text_or_null(reader, found, "expires", &waived->expires));
}

/* A report of before there were several has the one waiver that let the change pass. */
static bool read_waivers(Reader *reader, const Node *object, VerdictChange *change) {
    const Node *list = node_member(object, TEXT("waivers"));
    if (!list && change->waived.reason.size) {
        ChangeWaiver only = {change->waived.reason, change->waived.expires, {0}};
        array_push(reader->arena, &change->waivers, only);
    }
    if (list && !(list = read_array(reader, object, "waivers")))
        return false;
    for (uint32_t i = 0; list && i < list->count; i++) {
        ChangeWaiver waiver = {0};
        const Node *item = list->items[i];
        if (!read_is_object(reader, item, "waivers") ||
            !read_text(reader, item, "reason", &waiver.reason) ||
            !read_text_or_null(reader, item, "expires", &waiver.expires) ||
            !read_text(reader, item, "covers", &waiver.covers))
            return false;
        array_push(reader->arena, &change->waivers, waiver);
    }
    return true;
}

static bool read_further_locations(Reader *reader, const Node *object, VerdictChange *change,
                                   Change *fact) {
    fact->more_places = read_is_true(object, "more_places");
    if (!node_member(object, TEXT("further_locations")))
        return true;
    return read_names(reader, object, "further_locations", &change->further_locations.items,
                      &change->further_locations.count);
}

/* Of what says nothing of it the report's policy decides. */
static bool read_ruling(Reader *reader, const Node *object, const VerdictReport *report,
                        VerdictRuling *ruling) {
    static const char *const policies[] = {"any-consumer", "recorded-consumers"};
    static const char *const fail_on[] = {"breaking", "conditional"};
    const Node *told = node_member(object, TEXT("ruling"));
    size_t policy = report->policy == POLICY_RECORDED_CONSUMERS, conditional = 0;
    if (told && (!(told = read_object(reader, object, "ruling")) ||
                 !read_word(reader, told, "policy", policies, 2, &policy) ||
                 !read_word(reader, told, "fail_on", fail_on, 2, &conditional) ||
                 !read_text_or_null(reader, told, "for", &ruling->selector) ||
                 !read_text_or_null(reader, told, "operation", &ruling->operation)))
        return false;
    ruling->policy = policy ? POLICY_RECORDED_CONSUMERS : POLICY_ANY_CONSUMER;
    ruling->fail_on_conditional = conditional;
    ruling->consumers_decide = policy || (told && read_is_true(told, "consumers_decide"));
    return true;
}

/* Where the change is met, as far as rules ask for it. */
static void place_fact(Arena *arena, const VerdictChange *change, Change *fact) {
    fact->location = change->location;
    for (array_each(const VerdictOperation, told, &change->operations)) {
        Operation *operation = arena_new_object(arena, Operation);
        Reach *reach = arena_new_object(arena, Reach);
        *operation = (Operation){.method = told->method, .path = told->path};
        *reach =
            (Reach){.revision = operation, .status = told->status, .media_type = told->media_type};
        array_push(arena, &fact->reaches, reach);
    }
    for (size_t i = 0; i <= change->further_locations.count; i++) {
        ChangePlace *place = arena_new_object(arena, ChangePlace);
        place->location = i ? change->further_locations.items[i - 1] : change->location;
        array_push(arena, &fact->places, place);
    }
}

static bool read_change(Reader *reader, const Node *object, const VerdictReport *report,
                        VerdictChange *change) {
    static const char *const compatibilities[] = {"compatible", "conditional", "breaking"};
    size_t compatibility;
    Change *fact = arena_new_object(reader->arena, Change);
    change->change = fact;
    if (!read_is_object(reader, object, "changes") ||
        !read_text(reader, object, "id", &change->id) ||
        !read_rule_of(reader, object, &change->rule) || !read_fact(reader, object, fact) ||
        !read_attributes(reader, object, fact) ||
        !read_word(reader, object, "compatibility", compatibilities, 3, &compatibility) ||
        !read_verdict(reader, object, &change->verdict) ||
        !read_waived(reader, object, &change->waived) || !read_waivers(reader, object, change) ||
        !read_text(reader, object, "message", &change->message) ||
        !read_text(reader, object, "help", &change->help) ||
        !read_text(reader, object, "remark", &change->remark) ||
        !read_text(reader, object, "location", &change->location) ||
        !read_further_locations(reader, object, change, fact) ||
        !read_ruling(reader, object, report, &change->ruling) ||
        !read_location(reader, object, "base", &change->base, &fact->base_absent) ||
        !read_location(reader, object, "revision", &change->revision, &fact->revision_absent))
        return false;
    change->compatibility = (Compatibility)compatibility;
    if (!read_operations(reader, object, change) || !read_consumers(reader, object, change))
        return false;
    place_fact(reader->arena, change, fact);
    return true;
}

/* ---- the report ------------------------------------------------------------------------------ */

static bool read_rules(Reader *reader, const Node *object) {
    const Node *list = read_array(reader, object, "rules");
    for (uint32_t i = 0; list && i < list->count; i++) {
        const Node *item = list->items[i];
        Rule *rule = arena_new_object(reader->arena, Rule);
        if (!read_is_object(reader, item, "rules") || !read_text(reader, item, "id", &rule->id) ||
            !read_text(reader, item, "purpose", &rule->purpose) ||
            !read_text(reader, item, "why", &rule->why) ||
            !read_text(reader, item, "help", &rule->help) ||
            !read_text(reader, item, "standard", &rule->standard))
            return false;
        map_put_text(reader->rules, rule->id, rule);
    }
    return list != NULL;
}

static bool read_summary(Reader *reader, const Node *object, VerdictReport *report) {
    const Node *summary = read_object(reader, object, "summary");
    return summary && read_count(reader, summary, "breaking", &report->breaking) &&
           read_count(reader, summary, "safe", &report->safe) &&
           read_count(reader, summary, "waived", &report->waived) &&
           read_count(reader, summary, "consumers", &report->consumers) &&
           read_count(reader, summary, "interactions", &report->interactions) &&
           read_names(reader, summary, "consumers_broken", &report->consumers_broken.items,
                      &report->consumers_broken.count) &&
           read_names(reader, summary, "consumers_recorded", &report->consumers_recorded.items,
                      &report->consumers_recorded.count);
}

static bool read_side(Reader *reader, const Node *object, const char *key, Text *source,
                      Text *ref) {
    const Node *side = read_object(reader, object, key);
    return side && read_text(reader, side, "source", source) &&
           read_optional_text(reader, side, "ref", ref);
}

static bool read_changes(Reader *reader, const Node *object, VerdictReport *report) {
    const Node *list = read_array(reader, object, "changes");
    if (!list)
        return false;
    report->changes.items = arena_new_array(reader->arena, list->count, VerdictChange);
    report->changes.count = list->count;
    for (uint32_t i = 0; i < list->count; i++)
        if (!read_change(reader, list->items[i], report, &report->changes.items[i]))
            return false;
    return true;
}

static bool read_interactions(Reader *reader, const Node *object, const char *key,
                              VerdictInteraction **interactions, size_t *count) {
    const Node *list = read_array(reader, object, key);
    if (!list)
        return false;
    *interactions = arena_new_array(reader->arena, list->count, VerdictInteraction);
    *count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        VerdictInteraction *interaction = &(*interactions)[i];
        if (!read_consumer(reader, list->items[i], &interaction->who) ||
            !read_text_or_null(reader, list->items[i], "operation", &interaction->operation))
            return false;
    }
    return true;
}

static const VerdictReport *read_report(Reader *reader, const Node *object) {
    static const char *const policies[] = {"any-consumer", "recorded-consumers"};
    static const char *const thresholds[] = {"never"};
    size_t policy, threshold;
    VerdictReport *report = arena_new_object(reader->arena, VerdictReport);
    reader->rules = map_new(reader->arena);
    if (!read_is_object(reader, object, "reports") || !read_rules(reader, object) ||
        !read_side(reader, object, "base", &report->base_source, &report->base_revision) ||
        !read_side(reader, object, "revision", &report->revision_source,
                   &report->revision_revision) ||
        !read_word(reader, object, "policy", policies, 2, &policy) ||
        !read_verdict(reader, object, &report->verdict) || !read_summary(reader, object, report))
        return NULL;
    report->policy = policy ? POLICY_RECORDED_CONSUMERS : POLICY_ANY_CONSUMER;
    report->fails_never = node_member(object, TEXT("fail_on")) != NULL;
    if (report->fails_never && !read_word(reader, object, "fail_on", thresholds, 1, &threshold))
        return NULL;
    if (!read_changes(reader, object, report) ||
        !read_interactions(reader, object, "orphans", &report->orphans.items,
                           &report->orphans.count) ||
        !read_interactions(reader, object, "failing_before", &report->failing_before.items,
                           &report->failing_before.count))
        return NULL;
    if (node_member(object, TEXT("pending")) &&
        !read_interactions(reader, object, "pending", &report->pending.items,
                           &report->pending.count))
        return NULL;
    if (node_member(object, TEXT("not_held")) &&
        !read_interactions(reader, object, "not_held", &report->not_held.items,
                           &report->not_held.count))
        return NULL;
    return report;
}

bool stored_version_known(Diagnostics *diagnostics, const Document *document) {
    const Node *version = node_member(document->root, TEXT("breakwater"));
    Place start = {.file = document->source.file};
    if (!version)
        return diagnose(diagnostics, NOT_A_REPORT, start, TEXT_ARG(start.file));
    if (version->kind == NODE_NUMBER && text_is(version->text, "1"))
        return true;
    return diagnose(diagnostics, REPORT_VERSION_UNKNOWN, node_place(version),
                    TEXT_ARG(version->kind == NODE_NUMBER ? version->text : TEXT("?")),
                    STORED_VERSION);
}

bool stored_is_verification(const Document *document) {
    return node_member(document->root, TEXT("breakwater")) &&
           node_member(document->root, TEXT("interactions")) != NULL;
}

/* A commit without a verdict has null for a report. */
static bool read_commit(Reader *reader, const Node *object, CommitInfo *info,
                        const VerdictReport **report) {
    if (!read_is_object(reader, object, "commits") ||
        !read_text(reader, object, "commit", &info->commit) ||
        !read_text(reader, object, "date", &info->date) ||
        !read_text(reader, object, "author", &info->author) ||
        !read_text(reader, object, "subject", &info->subject) ||
        (node_member(object, TEXT("release")) &&
         !read_text_or_null(reader, object, "release", &info->release)))
        return false;
    const Node *stored = read_member(reader, object, "report");
    if (stored && stored->kind != NODE_NULL)
        *report = read_report(reader, stored);
    return stored && (stored->kind == NODE_NULL || *report);
}

static bool read_commits(Reader *reader, const Node *root, Reports *reports) {
    const Node *list = read_array(reader, root, "commits");
    if (!list)
        return false;
    const VerdictReport **items =
        arena_new_array(reader->arena, list->count + 1, const VerdictReport *);
    CommitInfo *commits = arena_new_array(reader->arena, list->count + 1, CommitInfo);
    UnreadCommit *unread = arena_new_array(reader->arena, list->count + 1, UnreadCommit);
    *reports = (Reports){.items = items, .commits = commits, .unread = unread};
    for (uint32_t i = 0; i < list->count; i++) {
        CommitInfo info = {0};
        const VerdictReport *report = NULL;
        if (!read_commit(reader, list->items[i], &info, &report))
            return false;
        if (report) {
            commits[reports->count] = info;
            items[reports->count++] = report;
        } else {
            unread[reports->unread_count++] = (UnreadCommit){info, reports->count};
        }
    }
    return true;
}

bool reports_read(Arena *arena, Diagnostics *diagnostics, const Document *document,
                  Reports *reports) {
    Reader reader = {.arena = arena, .diagnostics = diagnostics};
    if (!stored_version_known(diagnostics, document))
        return false;
    const Node *root = document->root;
    Text folder = TEXT("");
    if (!read_optional_text(&reader, root, "folder", &folder))
        return false;
    if (node_member(root, TEXT("commits"))) {
        bool read = read_commits(&reader, root, reports);
        reports->folder = folder;
        return read;
    }
    const Node *list = node_member(root, TEXT("reports"));
    if (list && list->kind != NODE_SEQUENCE)
        return read_wrong_kind(&reader, list, "reports", "a sequence");
    size_t count = list ? list->count : 1;
    const VerdictReport **items = arena_new_array(arena, count, const VerdictReport *);
    for (size_t i = 0; i < count; i++) {
        items[i] = read_report(&reader, list ? list->items[i] : root);
        if (!items[i])
            return false;
    }
    if (!count)
        return diagnose(diagnostics, REPORT_WRONG_KIND, node_place(list), "reports",
                        "a sequence that is not empty", "an empty one");
    *reports = (Reports){.items = items, .count = count, .folder = folder};
    return true;
}
