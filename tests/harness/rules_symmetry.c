#include "harness.h"

#include "document/document.h"
#include "rules/rules.h"

/* Whether the rules ask the same of a kind of change in both directions. Where they do not,
 * rules/specification/asymmetries.yaml has the reason; a reason that nothing needs any more fails.
 */

typedef struct Asked {
    Names texts;
} Asked;

static Text replaced(Arena *arena, Text text, Text from, Text to) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < text.size;) {
        if (text_starts_with(text_slice(text, i, text.size), from)) {
            buffer_add(&out, to);
            i += from.size;
        } else {
            buffer_add_byte(&out, text.data[i++]);
        }
    }
    return buffer_text(&out);
}

/* What a consumer sends is narrowed where what it reads is widened. */
static Text mirrored(Arena *arena, Text text) {
    Text held = replaced(arena, text, TEXT("narrowed"), TEXT("\1"));
    held = replaced(arena, held, TEXT("widened"), TEXT("narrowed"));
    return replaced(arena, held, TEXT("\1"), TEXT("widened"));
}

static Asked asked_of(Arena *arena, const RuleSet *rules, ChangeKind kind, bool request,
                      bool mirror) {
    Asked asked = {0};
    for (size_t i = 0; i < rules->rules.count; i++) {
        const Rule *rule = rules->rules.items[i];
        if (rule->change != kind || !(request ? rule->in_request : rule->in_response))
            continue;
        Text text = rules_conditions_text(arena, &rule->when);
        array_push(arena, &asked.texts, mirror ? mirrored(arena, text) : text);
    }
    return asked;
}

static bool within(const Asked *some, const Asked *all) {
    for (size_t i = 0; i < some->texts.count; i++) {
        bool found = false;
        for (size_t j = 0; j < all->texts.count && !found; j++)
            found = text_equal(some->texts.items[i], all->texts.items[j]);
        if (!found)
            return false;
    }
    return true;
}

static const Node *reason_for(const Node *list, Text word) {
    for (uint32_t i = 0; list && list->kind == NODE_SEQUENCE && i < list->count; i++)
        if (list->items[i]->kind == NODE_SEQUENCE && list->items[i]->count == 2 &&
            text_equal(list->items[i]->items[0]->text, word))
            return list->items[i]->items[1];
    return NULL;
}

static void check_kind(Harness *harness, const RuleSet *rules, const Node *reasons,
                       ChangeKind kind) {
    Text word = text_from(change_info(kind)->word);
    Asked request = asked_of(harness->arena, rules, kind, true, false);
    bool symmetric = false;
    for (unsigned mirror = 0; mirror < 2 && !symmetric; mirror++) {
        Asked response = asked_of(harness->arena, rules, kind, false, mirror);
        symmetric = within(&request, &response) && within(&response, &request);
    }
    const Node *reason = reason_for(reasons, word);
    if (!symmetric && !reason)
        fail(harness, word,
             "the rules ask other things of it in a request than in a response, and "
             "rules/specification/asymmetries.yaml has no reason");
    else if (symmetric && reason)
        fail(harness, word, "rules/specification/asymmetries.yaml has a reason, which is stale");
    else
        pass(harness);
}

static void check_words(Harness *harness, const Node *reasons) {
    for (uint32_t i = 0; i < reasons->count; i++) {
        const Node *row = reasons->items[i];
        bool right = row->kind == NODE_SEQUENCE && row->count == 2 &&
                     change_by_word(row->items[0]->text) != CHANGE_COUNT;
        if (!right)
            fail(harness, TEXT("rules/specification/asymmetries.yaml"),
                 "line %u is no [kind of change, reason]", row->line);
    }
}

void run_rules_symmetry(Harness *harness) {
    Arena *arena = harness->arena;
    if (harness->filter.size)
        return;
    Diagnostics diagnostics = {.arena = arena};
    Source source = {.name = TEXT("asymmetries.yaml"), .file = TEXT("asymmetries.yaml")};
    source.bytes = test_read_file(
        arena, test_path(arena, harness->root, TEXT("rules/specification/asymmetries.yaml")));
    const Document *document =
        source.bytes.data ? document_parse(arena, &diagnostics, source) : NULL;
    const RuleSet *rules = rules_builtin(arena, &diagnostics);
    if (!document || document->root->kind != NODE_SEQUENCE || !rules) {
        fail(harness, TEXT("rules/specification/asymmetries.yaml"), "can't be read");
        return;
    }
    check_words(harness, document->root);
    for (unsigned kind = 0; kind < CHANGE_COUNT; kind++)
        check_kind(harness, rules, document->root, (ChangeKind)kind);
}
