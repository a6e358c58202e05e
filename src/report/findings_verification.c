#include "report/findings.h"

#include "report/phrases.h"

#include <stdio.h>

static const Rule contradicted = {
    .id = {"interaction-contradicted", 24},
    .purpose = {"The description refuses a recorded request, or declares no answer that the "
                "consumer can take.",
                94},
};

static const Rule not_guaranteed = {
    .id = {"interaction-not-guaranteed", 26},
    .purpose = {"The description also allows an answer that the consumer can't take.", 67},
};

static const Rule satisfied = {
    .id = {"interaction-satisfied", 21},
    .purpose = {"Whatever the provider may answer fits what the consumer reads.", 62},
};

/* The same when lines move; what would be alike is numbered. */
static Text id_of(Arena *arena, Map *taken, const VerifiedInteraction *interaction,
                  const VerificationMismatch *mismatch) {
    Text place = mismatch ? mismatch->place : (Text){0};
    Text message = mismatch ? mismatch->message : (Text){0};
    Text key =
        text_format(arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s %.*s", TEXT_ARG(interaction->consumer),
                    TEXT_ARG(interaction->interaction), TEXT_ARG(place), TEXT_ARG(message),
                    TEXT_ARG(interaction->operation.method), TEXT_ARG(interaction->operation.path));
    Text id = text_format(arena, "%016llx", (unsigned long long)text_hash(key));
    for (unsigned next = 2; map_get_text(taken, id); next++)
        id = text_format(arena, "%016llx-%u", (unsigned long long)text_hash(key), next);
    map_put_text(taken, id, taken);
    return id;
}

static void add_related(Arena *arena, Finding *finding, Text label, Location location) {
    RelatedPlace place = {label, location};
    if (location.place.file.size)
        array_push(arena, &finding->related, place);
}

static Finding base_finding(Arena *arena, const VerifiedInteraction *interaction) {
    Finding finding = {.group = interaction->consumer, .rule = &satisfied, .level = LEVEL_NOTE};
    Location at = {.place = {.file = interaction->pact, .line = interaction->line, .column = 1}};
    finding.at = at;
    Text operation = TEXT("no operation takes the request");
    if (interaction->operation.method.size)
        operation = operation_text(arena, &interaction->operation);
    array_push(arena, &finding.lines, operation);
    Text line =
        text_format(arena, "%.*s (%.*s:%u): \"%.*s\"%s", TEXT_ARG(interaction->consumer),
                    TEXT_ARG(interaction->pact), interaction->line,
                    TEXT_ARG(interaction->interaction), interaction->pending ? " (pending)" : "");
    array_push(arena, &finding.lines, line);
    return finding;
}

static Finding mismatch_finding(Arena *arena, const VerifiedInteraction *interaction,
                                const VerificationMismatch *mismatch) {
    Finding finding = base_finding(arena, interaction);
    finding.rule = mismatch->result == CONTRADICTED ? &contradicted : &not_guaranteed;
    finding.level = mismatch->error ? LEVEL_ERROR : LEVEL_WARNING;
    finding.message = mismatch->message;
    if (mismatch->need.size)
        array_push(arena, &finding.lines, mismatch->need);
    if (mismatch->description.place.file.size)
        finding.at = mismatch->description;
    add_related(arena, &finding, TEXT("in the description"), mismatch->description);
    add_related(arena, &finding, TEXT("in the pact"), mismatch->pact);
    return finding;
}

static void add(Arena *arena, Findings *findings, Finding finding, Text id) {
    finding.id = finding.fingerprint = id;
    array_push(arena, &findings->list, finding);
    fired_rules_add_one(arena, &findings->rules, finding.rule);
}

static void add_interaction(Arena *arena, Findings *findings, Map *taken,
                            const VerifiedInteraction *interaction) {
    for (size_t i = 0; i < interaction->mismatches.count; i++) {
        const VerificationMismatch *mismatch = &interaction->mismatches.items[i];
        add(arena, findings, mismatch_finding(arena, interaction, mismatch),
            id_of(arena, taken, interaction, mismatch));
    }
    if (interaction->mismatches.count)
        return;
    Finding finding = base_finding(arena, interaction);
    finding.message =
        text_format(arena, "\"%.*s\" is satisfied", TEXT_ARG(interaction->interaction));
    add(arena, findings, finding, id_of(arena, taken, interaction, NULL));
}

Findings *findings_of_verification(Arena *arena, const VerificationReport *report) {
    Findings *findings = arena_new_object(arena, Findings);
    Map *taken = map_new(arena);
    for (size_t i = 0; i < report->interactions.count; i++)
        add_interaction(arena, findings, taken, &report->interactions.items[i]);
    findings->failed = report->verdict != SATISFIED;
    findings->summary = text_format(arena, "%s: %.*s", satisfaction_word(report->verdict),
                                    TEXT_ARG(verification_summary_text(arena, report)));
    return findings;
}
