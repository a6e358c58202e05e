#include "rules/rules.h"

#include "rules/builtin.h"
#include "rules/layer.h"

/* The layer's rows come before those that were there. */
static void lay_over(RuleSet *set, const Layer *layer) {
    RuleSet whole = {.settings = set->settings};
    for (size_t i = 0; i < layer->rules.count; i++)
        array_push(layer->arena, &whole.rules, layer->rules.items[i]);
    for (size_t i = 0; i < set->rules.count; i++)
        array_push(layer->arena, &whole.rules, set->rules.items[i]);
    for (size_t i = 0; i < layer->retired.count; i++)
        array_push(layer->arena, &whole.retired, layer->retired.items[i].rule);
    for (size_t i = 0; i < set->retired.count; i++)
        array_push(layer->arena, &whole.retired, set->retired.items[i]);
    for (size_t i = 0; i < layer->unruled.count; i++)
        array_push(layer->arena, &whole.unruled, layer->unruled.items[i]);
    for (size_t i = 0; i < set->unruled.count; i++)
        array_push(layer->arena, &whole.unruled, set->unruled.items[i]);
    *set = whole;
}

RuleSet *rules_builtin(Arena *arena, Diagnostics *diagnostics) {
    RuleSet *set = arena_new_object(arena, RuleSet);
    set->settings = (RuleSettings){0, DEPRECATION_DAYS, NOTICE_DAYS};
    Layer layer = {.arena = arena, .diagnostics = diagnostics};
    bool right = true;
    for (size_t i = 0; i < builtin_file_count; i++) {
        const BuiltinFile *file = &builtin_files[i];
        Text name = text_format(arena, "rules/%s", file->name);
        Source source = {.kind = SOURCE_FILE,
                         .name = name,
                         .file = name,
                         .bytes = {(const char *)file->bytes, file->size}};
        right = layer_read(&layer, &source) && right;
    }
    if (!right || !layer_check(&layer, set))
        return NULL;
    lay_over(set, &layer);
    return set;
}

/* Beside rules a folder may hold what tells of them. A file that is named itself is what it is. */
static size_t keep_rules(Text *names, size_t count, Text folder) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (text_equal(names[i], folder) || text_ends_with(names[i], TEXT(".yaml")) ||
            text_ends_with(names[i], TEXT(".yml")))
            names[kept++] = names[i];
    return kept;
}

bool rules_add_folder(Arena *arena, Diagnostics *diagnostics, RuleSet *set, Text folder) {
    Text *names;
    size_t count;
    if (!source_list(arena, diagnostics, folder, (Text){0}, &names, &count))
        return false;
    count = keep_rules(names, count, folder);
    if (count == 0)
        return diagnose(diagnostics, RULES_MISSING, (Place){.file = folder}, TEXT_ARG(folder));
    Layer layer = {.arena = arena, .diagnostics = diagnostics};
    bool right = true;
    for (size_t i = 0; i < count; i++) {
        Source source;
        right = source_read(arena, diagnostics, names[i], &source) && layer_read(&layer, &source) &&
                right;
    }
    if (!right || !layer_check(&layer, set))
        return false;
    for (size_t i = 0; i < layer.rules.count; i++)
        layer.rules.items[i]->own = true;
    lay_over(set, &layer);
    return true;
}

bool rules_example(Arena *arena, Text id, const char *side, Text *name, Text *bytes) {
    Text beginning = text_format(arena, "%.*s/%s.", TEXT_ARG(id), side);
    for (size_t i = 0; i < builtin_example_count; i++) {
        const BuiltinFile *example = &builtin_examples[i];
        *name = text_from(example->name);
        if (!text_starts_with(*name, beginning))
            continue;
        *bytes = (Text){(const char *)example->bytes, example->size};
        return true;
    }
    return false;
}
