#include "config/reader.h"

#include "source/path.h"

static bool wrong_kind(ConfigReader *reader, const Node *value, const char *key,
                       const char *expected) {
    return diagnose(reader->diagnostics, CONFIG_WRONG_KIND, node_place(value), key, expected,
                    node_kind_name(value->kind));
}

static bool unknown_key(ConfigReader *reader, const char *what, const ConfigKey *keys,
                        const Member *member) {
    const char *names[CONFIG_KEYS_MOST + 1] = {0};
    for (size_t i = 0; keys[i].name; i++)
        names[i] = keys[i].name;
    return diagnose(reader->diagnostics, CONFIG_UNKNOWN_KEY, node_key_place(member->value),
                    TEXT_ARG(member->key), what,
                    text_did_you_mean(reader->arena, member->key, names));
}

bool config_read_mapping(ConfigReader *reader, const char *what, const ConfigKey *keys,
                         const Node *mapping, void *into) {
    if (mapping->kind != NODE_MAPPING)
        return wrong_kind(reader, mapping, what, "a mapping");
    bool right = true;
    for (size_t i = 0; i < mapping->count; i++) {
        const Member *member = &mapping->members[i];
        const ConfigKey *key = keys;
        while (key->name && !text_is(member->key, key->name))
            key++;
        bool read = key->name ? key->read(reader, key->name, member->value, into)
                              : unknown_key(reader, what, keys, member);
        right = read && right;
    }
    return right;
}

bool config_read_list(ConfigReader *reader, const char *key, const Node *value, void *into,
                      bool (*read)(ConfigReader *, const char *, const Node *, void *)) {
    if (value->kind == NODE_NULL)
        return true; /* a key whose items are all commented out */
    if (value->kind != NODE_SEQUENCE)
        return read(reader, key, value, into);
    bool right = true;
    for (size_t i = 0; i < value->count; i++)
        right = read(reader, key, value->items[i], into) && right;
    return right;
}

bool config_read_text(ConfigReader *reader, const char *key, const Node *value, void *text) {
    if (value->kind != NODE_STRING && value->kind != NODE_NUMBER)
        return wrong_kind(reader, value, key, "a string");
    Text trimmed = text_trim(value->text);
    if (!trimmed.size)
        return diagnose(reader->diagnostics, CONFIG_EMPTY, node_place(value), key);
    *(Text *)text = trimmed;
    return true;
}

static bool read_one_text(ConfigReader *reader, const char *key, const Node *value, void *into) {
    ConfigTexts *texts = into;
    Text text;
    if (!config_read_text(reader, key, value, &text))
        return false;
    array_push(reader->arena, texts, text);
    return true;
}

bool config_read_texts(ConfigReader *reader, const char *key, const Node *value, void *texts) {
    return config_read_list(reader, key, value, texts, read_one_text);
}

static bool read_one_path(ConfigReader *reader, const char *key, const Node *value, void *into) {
    ConfigTexts *texts = into;
    Text text;
    if (!config_read_text(reader, key, value, &text))
        return false;
    Text plain = path_join(reader->arena, (Text){0}, text);
    if (text_starts_with(text, TEXT("/")) || !plain.size)
        return diagnose(reader->diagnostics, CONFIG_LEAVES_FOLDER, node_place(value),
                        TEXT_ARG(text));
    Text path = path_join(reader->arena, reader->config->folder, plain);
    array_push(reader->arena, texts, path);
    return true;
}

bool config_read_paths(ConfigReader *reader, const char *key, const Node *value, void *texts) {
    return config_read_list(reader, key, value, texts, read_one_path);
}

bool config_read_flag(ConfigReader *reader, const char *key, const Node *value, void *flag) {
    if (value->kind != NODE_BOOLEAN)
        return wrong_kind(reader, value, key, "true or false");
    *(bool *)flag = value->boolean;
    return true;
}

/* "`a`, `b` or `c`" */
static Text list_words(Arena *arena, const char *const *words) {
    Buffer list = {.arena = arena};
    for (size_t i = 0; words[i]; i++)
        buffer_format(&list, "%s`%s`", !i ? "" : words[i + 1] ? ", " : " or ", words[i]);
    return buffer_text(&list);
}

bool config_read_word(ConfigReader *reader, const char *key, const Node *value,
                      const char *const *words, size_t *index) {
    Text word;
    if (value->kind == NODE_BOOLEAN)
        word = value->text;
    else if (!config_read_text(reader, key, value, &word))
        return false;
    for (*index = 0; words[*index]; ++*index)
        if (text_is(word, words[*index]))
            return true;
    return diagnose(reader->diagnostics, CONFIG_UNKNOWN_WORD, node_place(value), key,
                    TEXT_ARG(word), TEXT_ARG(list_words(reader->arena, words)),
                    text_did_you_mean(reader->arena, word, words));
}

/* What a text that names no operations is likely meant to be. Empty: nothing is near. */
static Text near_selector(Arena *arena, Text text) {
    static const char *const prefixes[] = {"tag", "id", "operationId", NULL};
    Selector selector;
    size_t colon = text_find_byte(text, ':', 0), space = text_find_byte(text, ' ', 0);
    Text meant = {0};
    if (colon != SIZE_MAX) {
        Guess guess = {.mistyped = text_slice(text, 0, colon)};
        for (size_t i = 0; prefixes[i]; i++)
            guess_offer(&guess, text_from(prefixes[i]));
        bool tag = text_is(guess.word, "tag");
        Text name = text_trim(text_slice(text, colon + 1, text.size));
        if (guess.word.size)
            meant = text_format(arena, "%s:%.*s", tag ? "tag" : "id", TEXT_ARG(name));
    } else if (space != SIZE_MAX) {
        Text path = text_trim(text_slice(text, space, text.size));
        meant = text_format(arena, "%.*s %s%.*s", TEXT_ARG(text_slice(text, 0, space)),
                            text_starts_with(path, TEXT("/")) ? "" : "/", TEXT_ARG(path));
        char *bytes = (char *)(uintptr_t)meant.data; /* made just now */
        for (size_t i = 0; i < space; i++)
            if (bytes[i] >= 'a' && bytes[i] <= 'z')
                bytes[i] = (char)(bytes[i] - ('a' - 'A'));
    } else {
        meant = text_format(arena, "/%.*s", TEXT_ARG(text));
    }
    return meant.size && selector_parse(arena, meant, &selector) ? meant : (Text){0};
}

static bool read_one_selector(ConfigReader *reader, const char *key, const Node *value,
                              void *into) {
    Selectors *selectors = into;
    Selector selector;
    Text text;
    if (!config_read_text(reader, key, value, &text))
        return false;
    if (!selector_parse(reader->arena, text, &selector))
        return diagnose(reader->diagnostics, CONFIG_NO_SELECTOR, node_place(value), TEXT_ARG(text),
                        text_suggestion(reader->arena, near_selector(reader->arena, text)));
    selector.place = node_place(value);
    array_push(reader->arena, selectors, selector);
    return true;
}

bool config_read_selectors(ConfigReader *reader, const char *key, const Node *value,
                           void *selectors) {
    return config_read_list(reader, key, value, selectors, read_one_selector);
}

bool config_read_policy(ConfigReader *reader, const char *key, const Node *value, void *into) {
    static const char *const words[] = {"any-consumer", "recorded-consumers", NULL};
    ConfigRuling *ruling = into;
    size_t index;
    if (!config_read_word(reader, key, value, words, &index))
        return false;
    ruling->has_policy = true;
    ruling->policy = index ? POLICY_RECORDED_CONSUMERS : POLICY_ANY_CONSUMER;
    return true;
}

bool config_read_fail_on(ConfigReader *reader, const char *key, const Node *value, void *into) {
    static const char *const words[] = {"breaking", "conditional", "never", NULL};
    ConfigRuling *ruling = into;
    size_t index;
    if (!config_read_word(reader, key, value, words, &index))
        return false;
    ruling->has_fail_on = true;
    ruling->fail_on_conditional = index == 1;
    ruling->fail_never = index == 2;
    return true;
}
