/* The way back: a verification from the JSON that verification_json.c wrote. */
#include "report/reader.h"
#include "report/report.h"

static const char *const results[] = {"satisfied", "not-guaranteed", "contradicted"};

static bool read_result(Reader *reader, const Node *object, const char *key, Satisfaction *result) {
    size_t index;
    if (!read_word(reader, object, key, results, 3, &index))
        return false;
    *result = (Satisfaction)index;
    return true;
}

static bool read_mismatch(Reader *reader, const Node *object, VerifiedInteraction *interaction) {
    static const char *const levels[] = {"warning", "error"};
    VerificationMismatch mismatch = {0};
    size_t level;
    bool absent;
    if (!read_is_object(reader, object, "mismatches") ||
        !read_result(reader, object, "result", &mismatch.result) ||
        !read_word(reader, object, "level", levels, 2, &level) ||
        !read_text(reader, object, "place", &mismatch.place) ||
        !read_text(reader, object, "message", &mismatch.message) ||
        !read_text(reader, object, "need", &mismatch.need) ||
        !read_location(reader, object, "pact", &mismatch.pact, &absent) ||
        !read_location(reader, object, "description", &mismatch.description, &absent))
        return false;
    mismatch.error = level == 1;
    interaction->error = interaction->error || mismatch.error;
    array_push(reader->arena, &interaction->mismatches, mismatch);
    return true;
}

static bool read_residue(Reader *reader, const Node *object, VerifiedInteraction *interaction) {
    VerificationResidue residue = {0};
    bool absent;
    if (!read_is_object(reader, object, "residues") ||
        !read_text(reader, object, "place", &residue.place) ||
        !read_text(reader, object, "matcher", &residue.matcher) ||
        !read_location(reader, object, "pact", &residue.pact, &absent))
        return false;
    array_push(reader->arena, &interaction->residues, residue);
    return true;
}

static bool read_operation(Reader *reader, const Node *object, VerdictOperation *operation) {
    const Node *found = read_member(reader, object, "operation");
    if (!found || found->kind == NODE_NULL)
        return found != NULL;
    operation->webhook = read_is_true(found, "webhook");
    return read_is_object(reader, found, "operation") &&
           read_text(reader, found, "method", &operation->method) &&
           read_text(reader, found, "path", &operation->path);
}

static bool read_interaction(Reader *reader, const Node *object, VerifiedInteraction *interaction) {
    if (!read_is_object(reader, object, "interactions") ||
        !read_text(reader, object, "consumer", &interaction->consumer) ||
        !read_text(reader, object, "pact", &interaction->pact) ||
        !read_number(reader, object, "line", &interaction->line) ||
        !read_count(reader, object, "index", &interaction->index) ||
        !read_text(reader, object, "interaction", &interaction->interaction) ||
        !read_operation(reader, object, &interaction->operation) ||
        !read_result(reader, object, "result", &interaction->result))
        return false;
    interaction->pending = read_is_true(object, "pending");
    const Node *mismatches = read_array(reader, object, "mismatches");
    for (uint32_t i = 0; mismatches && i < mismatches->count; i++)
        if (!read_mismatch(reader, mismatches->items[i], interaction))
            return false;
    const Node *residues = read_array(reader, object, "residues");
    for (uint32_t i = 0; residues && i < residues->count; i++)
        if (!read_residue(reader, residues->items[i], interaction))
            return false;
    return mismatches && residues;
}

static bool read_interactions(Reader *reader, const Node *root, VerificationReport *report) {
    const Node *list = read_array(reader, root, "interactions");
    for (uint32_t i = 0; list && i < list->count; i++) {
        VerifiedInteraction interaction = {0};
        if (!read_interaction(reader, list->items[i], &interaction))
            return false;
        array_push(reader->arena, &report->interactions, interaction);
    }
    return list != NULL;
}

static bool read_unreached(Reader *reader, const Node *root, VerificationReport *report) {
    const Node *list = read_array(reader, root, "unreached");
    for (uint32_t i = 0; list && i < list->count; i++) {
        UnreachedInteraction found = {0};
        const Node *object = list->items[i];
        if (!read_is_object(reader, object, "unreached") ||
            !read_text(reader, object, "consumer", &found.consumer) ||
            !read_text(reader, object, "pact", &found.pact) ||
            !read_number(reader, object, "line", &found.line) ||
            !read_count(reader, object, "index", &found.index) ||
            !read_text(reader, object, "interaction", &found.interaction) ||
            !read_text(reader, object, "reason", &found.reason))
            return false;
        array_push(reader->arena, &report->unreached, found);
    }
    return list != NULL;
}

static bool read_contracts(Reader *reader, const Node *root, VerificationReport *report) {
    if (!node_member(root, TEXT("contracts"))) /* it is of before they were named */
        return true;
    const Node *list = read_array(reader, root, "contracts");
    for (uint32_t i = 0; list && i < list->count; i++) {
        VerifiedContract contract = {0};
        const Node *object = list->items[i];
        if (!read_is_object(reader, object, "contracts") ||
            !read_text(reader, object, "consumer", &contract.consumer) ||
            !read_text(reader, object, "provider", &contract.provider) ||
            !read_optional_text(reader, object, "digest", &contract.digest))
            return false;
        array_push(reader->arena, &report->contracts, contract);
    }
    return list != NULL;
}

static bool read_summary(Reader *reader, const Node *root, VerificationReport *report) {
    const Node *summary = read_object(reader, root, "summary");
    return summary && read_count(reader, summary, "satisfied", &report->satisfied) &&
           read_count(reader, summary, "not_guaranteed", &report->not_guaranteed) &&
           read_count(reader, summary, "contradicted", &report->contradicted) &&
           read_count(reader, summary, "consumers", &report->consumers) &&
           read_names(reader, summary, "consumers_failed", &report->consumers_failed.items,
                      &report->consumers_failed.count);
}

const VerificationReport *verification_read(Arena *arena, Diagnostics *diagnostics,
                                            const Document *document) {
    Reader reader = {.arena = arena, .diagnostics = diagnostics};
    const Node *root = document->root;
    VerificationReport *report = arena_new_object(arena, VerificationReport);
    report->folder = TEXT("");
    if (!stored_version_known(diagnostics, document))
        return NULL;
    const Node *spec = read_object(&reader, root, "spec");
    if (!spec || !read_text(&reader, spec, "source", &report->source) ||
        !read_optional_text(&reader, spec, "digest", &report->digest) ||
        !read_optional_text(&reader, spec, "ref", &report->revision) ||
        !read_optional_text(&reader, root, "folder", &report->folder) ||
        !read_result(&reader, root, "verdict", &report->verdict) ||
        !read_contracts(&reader, root, report) || !read_summary(&reader, root, report) ||
        !read_interactions(&reader, root, report) || !read_unreached(&reader, root, report))
        return NULL;
    report->strict = read_is_true(root, "strict");
    return report;
}
