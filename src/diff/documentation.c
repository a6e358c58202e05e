#include "diff/compare.h"

/* What is said for readers. It changes nothing that is sent, so it is compared only where it is
 * asked for. */

enum { VALUE_LIMIT = 80 };

static const char *const words_for_readers[] = {
    "title",   "summary",        "description", "$comment", "example", "examples", "externalDocs",
    "contact", "termsOfService", "license",     "version",  "name",    "tags",     "x-summary",
};

Text shown_value(Arena *arena, const Node *value) {
    if (!value)
        return (Text){0};
    Text text = value->kind == NODE_STRING ? value->text : node_to_json(arena, value, VALUE_LIMIT);
    size_t end = text_find_byte(text, '\n', 0);
    text = text_slice(text, 0, end == SIZE_MAX ? text.size : end);
    size_t size = text.size;
    if (size > VALUE_LIMIT)
        for (size = VALUE_LIMIT; size && ((unsigned char)text.data[size] & 0xC0) == 0x80;)
            size--;
    return size < text.size ? text_format(arena, "%.*s…", (int)size, text.data) : text;
}

static bool differ(const Node *from, const Node *to) {
    return from != to && !(from && to && node_equal(from, to));
}

static void note_words(Comparer *comparer, Comparison *at, ChangeKind kind, const char *keyword,
                       const Node *base, const Node *revision) {
    const Node *from = node_member(base, text_from(keyword));
    const Node *to = node_member(revision, text_from(keyword));
    if (!differ(from, to))
        return;
    Change *change = note(comparer, at, kind, EFFECT_NONE, from ? from : base, to ? to : revision);
    change->base_absent = !from;
    change->revision_absent = !to;
    with(comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with(comparer, change, ATTRIBUTE_FROM, shown_value(comparer->arena, from));
    with(comparer, change, ATTRIBUTE_TO, shown_value(comparer->arena, to));
}

/* A parameter's name, an operation's tags and a discriminator's are no words for readers. */
static bool is_meant(const char *word, bool of_api) {
    static const char *const of_api_alone[] = {"contact", "termsOfService", "license",
                                               "version", "name",           "tags"};
    for (size_t i = 0; i < sizeof of_api_alone / sizeof *of_api_alone; i++)
        if (strcmp(word, of_api_alone[i]) == 0)
            return of_api;
    return true;
}

static void compare_words(Comparer *comparer, Comparison *at, const Node *base,
                          const Node *revision, bool of_api) {
    if (!comparer->documentation || !base || !revision || base->kind != NODE_MAPPING ||
        revision->kind != NODE_MAPPING)
        return;
    for (size_t i = 0; i < sizeof words_for_readers / sizeof *words_for_readers; i++)
        if (is_meant(words_for_readers[i], of_api))
            note_words(comparer, at, CHANGE_DOCUMENTATION_CHANGED, words_for_readers[i], base,
                       revision);
}

void compare_documentation(Comparer *comparer, Comparison *at, const Node *base,
                           const Node *revision) {
    compare_words(comparer, at, base, revision, false);
}

void compare_information(Comparer *comparer, Comparison *at, const Api *base, const Api *revision) {
    compare_words(comparer, at, node_member(base->origin, TEXT("info")),
                  node_member(revision->origin, TEXT("info")), true);
    compare_words(comparer, at, base->origin, revision->origin, true);
}

/* ---- types ----------------------------------------------------------------------------------- */

/* A name and a reference to what it names are one. */
static bool map_alike(const Discriminator *base, const Discriminator *revision, const Node *from,
                      const Node *to) {
    bool named = base->default_type && base->default_type->name.size && revision->default_type;
    return !differ(from, to) ||
           (named && text_equal(base->default_type->name, revision->default_type->name));
}

/* From 3.2 on: the alternative of what carries no value, or one that is mapped nowhere. */
static void compare_default_mapping(Comparer *comparer, Comparison *at, const Discriminator *base,
                                    const Discriminator *revision) {
    const Node *from = base ? node_member(base->origin, TEXT("defaultMapping")) : NULL;
    const Node *to = revision ? node_member(revision->origin, TEXT("defaultMapping")) : NULL;
    if (!base || !revision || map_alike(base, revision, from, to))
        return;
    Change *change = note(comparer, at, CHANGE_DISCRIMINATOR_DEFAULT_CHANGED, EFFECT_NONE,
                          from ? from : base->origin, to ? to : revision->origin);
    with(comparer, change, ATTRIBUTE_FROM, shown_value(comparer->arena, from));
    with(comparer, change, ATTRIBUTE_TO, shown_value(comparer->arena, to));
}

/* The schemas of which two types are made are compared one by one, where they are as many. */
void compare_annotations(Comparer *comparer) {
    for (size_t i = 0; i < comparer->nodes.count; i++) {
        Comparison *node = comparer->nodes.items[i];
        if (!node->base_meet || !node->revision_meet || node->base_meet == node->revision_meet)
            continue;
        const Conjunction *base = meet_types(node->base_meet);
        const Conjunction *revision = meet_types(node->revision_meet);
        compare_default_mapping(comparer, node, meet_canonical(node->base_meet)->discriminator,
                                meet_canonical(node->revision_meet)->discriminator);
        if (base->types.count != revision->types.count)
            continue;
        for (size_t j = 0; j < base->types.count; j++) {
            const Node *from = base->types.items[j]->origin;
            const Node *to = revision->types.items[j]->origin;
            compare_documentation(comparer, node, from, to);
        }
    }
}
