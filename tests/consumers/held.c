#include "held.h"

static const Document *parse(const Reader *reader, const char *file, Text text) {
    Source source = {.name = text_from(file), .file = text_from(file), .bytes = text};
    return document_parse(reader->arena, reader->diagnostics, source);
}

Api *read_description(const Reader *reader, Text schema, Text components) {
    Text text = text_format(
        reader->arena,
        "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"t\", \"version\": \"1\"},\n"
        "\"paths\": {\"/x\": {\"get\": {\"responses\": {\"200\": {\"description\": \"d\",\n"
        "\"content\": {\"application/json\": {\"schema\":\n%.*s}}}}},\n"
        "\"post\": {\"requestBody\": {\"content\": {\"application/json\": {\"schema\":\n%.*s}}},\n"
        "\"responses\": {\"204\": {\"description\": \"d\"}}}}},\n"
        "\"components\": {\"schemas\":\n%.*s}}\n",
        TEXT_ARG(schema), TEXT_ARG(schema), TEXT_ARG(components));
    DocumentSet *set = document_set_new(reader->arena, reader->diagnostics);
    LoadOptions options = {.next_type_id = reader->next_type_id};
    const Document *document = parse(reader, "openapi.json", text);
    return document ? load_openapi(reader->arena, reader->diagnostics, set, document, &options)
                    : NULL;
}

bool read_pact(const Reader *reader, Text pact, Expectations *expectations) {
    LoadOptions options = {.next_type_id = reader->next_type_id};
    const Document *document = parse(reader, "pact.json", pact);
    return document &&
           load_pact(reader->arena, reader->diagnostics, NULL, document, &options, expectations);
}

Outcome *hold_one(const Reader *reader, const Api *api, const Interaction *interaction) {
    return satisfaction(reader->arena, comparer_new(reader->arena),
                        router_new(reader->arena, api, (Text){0}), interaction);
}

const VerdictReport *judge_both(const Reader *reader, const Api *base, const Api *revision,
                                const Expectations *expectations) {
    static const RuleSet no_rules;
    JudgeOptions options = {.policy = POLICY_RECORDED_CONSUMERS};
    DiffOptions diffing = {0};
    const Diff *diff = diff_apis(reader->arena, base, revision, &diffing);
    return judge(reader->arena, base, revision, diff, &no_rules, expectations, &options);
}
