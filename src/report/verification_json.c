/* The verification for programs: include/breakwater-verification.schema.json says the same in JSON
 * Schema. */
#include "report/forms.h"
#include "report/json_parts.h"

enum { VERIFICATION_VERSION = 1 };

static json_t *operation_json(const VerdictOperation *operation) {
    if (!operation->method.size)
        return json_null();
    json_t *object = json_object();
    json_put(&object, "method", json_from_text(operation->method));
    json_put(&object, "path", json_from_text(operation->path));
    if (operation->webhook)
        json_put(&object, "webhook", json_true());
    return object;
}

static json_t *mismatches_json(const VerifiedInteraction *interaction) {
    json_t *list = json_array();
    for (size_t i = 0; i < interaction->mismatches.count; i++) {
        const VerificationMismatch *mismatch = &interaction->mismatches.items[i];
        json_t *object = json_object();
        json_put(&object, "result", json_string(satisfaction_id(mismatch->result)));
        json_put(&object, "level", json_string(mismatch->error ? "error" : "warning"));
        json_put(&object, "place", json_from_text(mismatch->place));
        json_put(&object, "message", json_from_text(mismatch->message));
        json_put(&object, "need", json_from_text(mismatch->need));
        json_put(&object, "pact", json_from_location(&mismatch->pact));
        json_put(&object, "description", json_from_location(&mismatch->description));
        json_append(&list, object);
    }
    return list;
}

static json_t *residues_json(const VerifiedInteraction *interaction) {
    json_t *list = json_array();
    for (size_t i = 0; i < interaction->residues.count; i++) {
        const VerificationResidue *residue = &interaction->residues.items[i];
        json_t *object = json_object();
        json_put(&object, "place", json_from_text(residue->place));
        json_put(&object, "matcher", json_from_text(residue->matcher));
        json_put(&object, "pact", json_from_location(&residue->pact));
        json_append(&list, object);
    }
    return list;
}

static json_t *interaction_json(const VerifiedInteraction *interaction) {
    json_t *object = json_object();
    json_put(&object, "consumer", json_from_text(interaction->consumer));
    json_put(&object, "pact", json_from_text(interaction->pact));
    json_put(&object, "line", json_integer(interaction->line));
    json_put(&object, "index", json_from_count(interaction->index));
    json_put(&object, "interaction", json_from_text(interaction->interaction));
    json_put(&object, "operation", operation_json(&interaction->operation));
    json_put(&object, "result", json_string(satisfaction_id(interaction->result)));
    json_put(&object, "pending", json_boolean(interaction->pending));
    json_put(&object, "mismatches", mismatches_json(interaction));
    json_put(&object, "residues", residues_json(interaction));
    return object;
}

static json_t *unreached_json(const UnreachedInteraction *interaction) {
    json_t *object = json_object();
    json_put(&object, "consumer", json_from_text(interaction->consumer));
    json_put(&object, "pact", json_from_text(interaction->pact));
    json_put(&object, "line", json_integer(interaction->line));
    json_put(&object, "index", json_from_count(interaction->index));
    json_put(&object, "interaction", json_from_text(interaction->interaction));
    json_put(&object, "reason", json_from_text(interaction->reason));
    return object;
}

static json_t *summary_json(const VerificationReport *report) {
    json_t *object = json_object();
    json_put(&object, "interactions", json_from_count(report->interactions.count));
    json_put(&object, "satisfied", json_from_count(report->satisfied));
    json_put(&object, "not_guaranteed", json_from_count(report->not_guaranteed));
    json_put(&object, "contradicted", json_from_count(report->contradicted));
    json_put(&object, "unreached", json_from_count(report->unreached.count));
    json_put(&object, "consumers", json_from_count(report->consumers));
    json_put(&object, "consumers_failed",
             json_from_names(report->consumers_failed.items, report->consumers_failed.count));
    return object;
}

/* The digests by which a store knows what was compared. */
static json_t *contract_json(const VerifiedContract *contract) {
    json_t *object = json_object();
    json_put(&object, "consumer", json_from_text(contract->consumer));
    json_put(&object, "provider", json_from_text(contract->provider));
    if (contract->digest.size)
        json_put(&object, "digest", json_from_text(contract->digest));
    return object;
}

Text verification_json(Arena *arena, const VerificationReport *report, const TextLayout *layout) {
    JsonWriter *writer = json_writer_new(arena);
    json_t *spec = json_object();
    json_put(&spec, "source", json_from_text(report->source));
    if (report->digest.size)
        json_put(&spec, "digest", json_from_text(report->digest));
    if (report->revision.size)
        json_put(&spec, "ref", json_from_text(report->revision));
    json_write_member(writer, "breakwater", json_integer(VERIFICATION_VERSION));
    if (layout->folder.size)
        json_write_member(writer, "folder", json_from_text(layout->folder));
    json_write_member(writer, "spec", spec);
    json_write_member(writer, "strict", json_boolean(report->strict));
    json_write_member(writer, "verdict", json_string(satisfaction_id(report->verdict)));
    json_write_member(writer, "summary", summary_json(report));
    if (report->digest.size) {
        json_begin_array(writer, "contracts");
        for (array_each(VerifiedContract, contract, &report->contracts))
            json_write_item(writer, contract_json(contract));
        json_end_array(writer);
    }
    json_begin_array(writer, "interactions");
    for (size_t i = 0; i < report->interactions.count; i++)
        json_write_item(writer, interaction_json(&report->interactions.items[i]));
    json_end_array(writer);
    json_begin_array(writer, "unreached");
    for (size_t i = 0; i < report->unreached.count; i++)
        json_write_item(writer, unreached_json(&report->unreached.items[i]));
    json_end_array(writer);
    return json_finish(writer);
}
