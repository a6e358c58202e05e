#include "load/pact_reader.h"

/* The classes of version 4's statusCode matcher. */
static const struct {
    const char *word, *low, *high;
} classes[] = {
    {"info", "100", "199"},        {"success", "200", "299"},     {"redirect", "300", "399"},
    {"clientError", "400", "499"}, {"serverError", "500", "599"}, {"nonError", "100", "399"},
    {"error", "400", "599"},
};

/* RFC 9110 section 15. */
static bool is_status(const Node *node) {
    if ((node->kind != NODE_NUMBER && node->kind != NODE_STRING) || node->text.size != 3)
        return false;
    for (size_t i = 0; i < 3; i++)
        if (node->text.data[i] < '0' || node->text.data[i] > '9')
            return false;
    return node->text.data[0] >= '1';
}

/* The span of the statuses that are listed. */
static bool list_span(const Node *list, Text *low, Text *high) {
    for (uint32_t i = 0; i < list->count; i++)
        if (!is_status(list->items[i]))
            return false;
    for (uint32_t i = 0; i < list->count; i++) {
        Text status = list->items[i]->text;
        if (i == 0 || text_compare(status, *low) < 0)
            *low = status;
        if (i == 0 || text_compare(status, *high) > 0)
            *high = status;
    }
    return list->count > 0;
}

/* False where the matcher says nothing that can be read. */
static bool matcher_span(const Node *matcher, Text *low, Text *high) {
    const Node *status = node_member(matcher, TEXT("status"));
    if (!text_is(matcher_word(matcher), "statusCode") || !status)
        return false;
    if (status->kind == NODE_SEQUENCE)
        return list_span(status, low, high);
    for (size_t i = 0; status->kind == NODE_STRING && i < sizeof classes / sizeof *classes; i++)
        if (text_is(status->text, classes[i].word)) {
            *low = text_from(classes[i].low);
            *high = text_from(classes[i].high);
            return true;
        }
    if (is_status(status))
        *low = *high = status->text;
    return is_status(status);
}

static void widen(PactReader *reader, const MatchingSet *rules) {
    Interaction *interaction = reader->interaction;
    for (size_t i = 0; i < rules->rules.count; i++) {
        const MatchingRule *rule = rules->rules.items[i];
        for (size_t j = 0; j < rule->matchers.count; j++) {
            const Node *matcher = rule->matchers.items[j];
            Text low = {0}, high = {0};
            Text word = matcher_word(matcher);
            if (text_is(word, "equality") || text_is(word, GENERATOR_WORD))
                continue;
            if (!matcher_span(matcher, &low, &high)) {
                pact_residue(reader, rule->place, pact_matcher_text(reader->arena, matcher),
                             matcher);
                continue;
            }
            interaction->status_low = low;
            interaction->status_high = high;
            interaction->statuses.count = 0;
            const Node *list = node_member(matcher, TEXT("status"));
            for (uint32_t k = 0; list->kind == NODE_SEQUENCE && k < list->count; k++)
                array_push(reader->arena, &interaction->statuses, list->items[k]->text);
        }
    }
}

/* Pact's libraries take a missing status for 200. */
bool pact_status(PactReader *reader, const Node *response, const MatchingSet *rules) {
    Interaction *interaction = reader->interaction;
    const Node *status = node_member(response, TEXT("status"));
    interaction->status_origin = status ? status : response;
    interaction->status_low = interaction->status_high = TEXT("200");
    if (status && status->kind != NODE_NULL) {
        if (!is_status(status))
            return diagnose(reader->diagnostics, PACT_STATUS, node_place(status),
                            TEXT_ARG(node_to_json(reader->arena, status, 40)));
        interaction->status_low = interaction->status_high = status->text;
    }
    widen(reader, rules);
    return true;
}
