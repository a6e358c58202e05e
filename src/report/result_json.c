/* A verification as Pact verifiers publish it to a broker: of one pact, by one version of the
 * provider. */
#include "report/json_writer.h"
#include "report/report.h"

static json_t *verifier_json(const TextLayout *layout) {
    json_t *object = json_object();
    json_put(&object, "implementation", json_string("breakwater"));
    json_put(&object, "version", json_string(layout->version ? layout->version : "unknown"));
    return object;
}

static json_t *test_json(const VerifiedInteraction *interaction) {
    json_t *object = json_object(), *mismatches = json_array();
    for (size_t i = 0; i < interaction->mismatches.count; i++) {
        const VerificationMismatch *mismatch = &interaction->mismatches.items[i];
        if (!mismatch->error)
            continue;
        json_t *item = json_object();
        json_put(&item, "attribute", json_from_text(mismatch->place));
        json_put(&item, "description", json_from_text(mismatch->message));
        json_append(&mismatches, item);
    }
    json_put(&object, "interactionDescription", json_from_text(interaction->interaction));
    json_put(&object, "success", json_boolean(!interaction->error));
    json_put(&object, "mismatches", mismatches);
    return object;
}

Text verification_result(Arena *arena, const VerificationReport *report, Text number,
                         const TextLayout *layout) {
    JsonWriter *writer = json_writer_new(arena);
    json_write_member(writer, "success", json_boolean(report->verdict == SATISFIED));
    json_write_member(writer, "providerApplicationVersion", json_from_text(number));
    json_write_member(writer, "verifiedBy", verifier_json(layout));
    json_begin_array(writer, "testResults");
    for (size_t i = 0; i < report->interactions.count; i++)
        json_write_item(writer, test_json(&report->interactions.items[i]));
    json_end_array(writer);
    return json_finish(writer);
}
