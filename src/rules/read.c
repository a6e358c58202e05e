#include "rules/layer.h"

/* The words of the rule language (DESIGN.md section 4), each list up to a NULL. */
static const char *const keys[] = {"id",   "purpose",       "change",  "direction",
                                   "when", "compatibility", "message", "why",
                                   "help", "standard",      "since",   NULL};
static const char *const retired_keys[] = {"id", "successor", NULL};
static const char *const unruled_keys[] = {"change", "direction", "why", NULL};
static const char *const directions[] = {"request", "response", NULL};
static const char *const compatibilities[] = {"compatible", "conditional", "breaking", NULL};
static const char *const change_words[] = {
#define CHANGE(id, word, attributes, meaning) word,
#include "diff/change.def"
#undef CHANGE
    NULL,
};
static const char *const attribute_list[] = {
#define ATTRIBUTE(id, word, type, meaning) word,
#include "diff/attribute.def"
#undef ATTRIBUTE
    NULL,
};

const char *const *attribute_words(AttributeId id) {
    static const char *const truth[] = {"true", "false", NULL};
    static const char *const places[] = {"path", "query", "header", "cookie", "querystring", NULL};
    static const char *const effects[] = {"narrowed", "widened", "changed", "unproven", NULL};
    if (attribute_info(id)->type == ATTRIBUTE_TRUTH)
        return truth;
    if (id == ATTRIBUTE_IN)
        return places;
    return id == ATTRIBUTE_EFFECT ? effects : NULL;
}

/* ---- values ---------------------------------------------------------------------------------- */

bool rule_wrong_kind(Layer *layer, const Node *value, const char *key, const char *expected) {
    return diagnose(layer->diagnostics, RULE_WRONG_KIND, node_place(value), key, expected,
                    node_kind_name(value->kind));
}

/* What `make rule` leaves to people. */
bool rule_filled_in(Layer *layer, const Node *value, const char *key) {
    return !text_starts_with(text_trim(value->text), TEXT("FILL-IN")) ||
           diagnose(layer->diagnostics, RULE_NOT_FILLED_IN, node_place(value), key);
}

static bool read_text(Layer *layer, const Node *value, const char *key, Text *text) {
    if (value->kind != NODE_STRING)
        return rule_wrong_kind(layer, value, key, "a string");
    *text = text_trim(value->text);
    if (!text->size)
        return diagnose(layer->diagnostics, RULE_EMPTY, node_place(value), key);
    return rule_filled_in(layer, value, key);
}

size_t word_index(Text word, const char *const *words) {
    size_t index = 0;
    while (words[index] && !text_is(word, words[index]))
        index++;
    return index;
}

/* "`name`, `required` and `closed`" */
static Text word_list(Arena *arena, const char *const *words, size_t count, const char *last) {
    Buffer list = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        if (i)
            buffer_format(&list, "%s%s ", i + 1 < count ? "," : " ", i + 1 < count ? "" : last);
        buffer_format(&list, "`%s`", words[i]);
    }
    return buffer_text(&list);
}

/* The end of a message on a word that is none of the list: the nearest, or all if they are few. */
static const char *instead(Arena *arena, Text word, const char *const *words) {
    enum { FEW = 4 };
    const char *near = text_did_you_mean(arena, word, words);
    size_t count = 0;
    while (words[count])
        count++;
    if (*near || count > FEW)
        return near;
    return text_format(arena, "; it is %.*s", TEXT_ARG(word_list(arena, words, count, "or"))).data;
}

static bool read_word(Layer *layer, const Node *value, const char *key, const char *what,
                      const char *const *words, size_t *index) {
    Text word;
    if (!read_text(layer, value, key, &word))
        return false;
    *index = word_index(word, words);
    if (words[*index])
        return true;
    const char *near = instead(layer->arena, word, words);
    return diagnose(layer->diagnostics, RULE_UNKNOWN_WORD, node_place(value), TEXT_ARG(word), what,
                    near);
}

/* Lower-case words of letters and digits, with one `-` between. */
static bool is_kebab_case(Text id) {
    char before = '-';
    for (size_t i = 0; i < id.size; before = id.data[i++]) {
        char c = id.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (i && c >= '0' && c <= '9');
        if (!plain && (c != '-' || before == '-'))
            return false;
    }
    return before != '-';
}

static bool read_id(Layer *layer, const Node *value, Text *id) {
    if (!read_text(layer, value, "id", id))
        return false;
    return is_kebab_case(*id) ||
           diagnose(layer->diagnostics, RULE_ID_SPELLING, node_place(value), TEXT_ARG(*id));
}

/* ---- attributes ------------------------------------------------------------------------------ */

static bool carries(ChangeKind kind, AttributeId id) {
    return change_info(kind)->attributes >> id & 1u;
}

static Text carried_list(Arena *arena, ChangeKind kind) {
    ARRAY(const char *) words = {0};
    for (unsigned id = 0; id < ATTRIBUTE_COUNT; id++)
        if (carries(kind, (AttributeId)id))
            array_push(arena, &words, attribute_list[id]);
    return words.count ? word_list(arena, words.items, words.count, "and") : TEXT("no attributes");
}

AttributeId attribute_carried(Layer *layer, Text word, ChangeKind kind, Place place) {
    AttributeId id = attribute_by_word(word);
    if (id != ATTRIBUTE_COUNT && carries(kind, id))
        return id;
    const char *near =
        id == ATTRIBUTE_COUNT ? text_did_you_mean(layer->arena, word, attribute_list) : "";
    if (*near) {
        diagnose(layer->diagnostics, RULE_UNKNOWN_WORD, place, TEXT_ARG(word),
                 "attribute of changes", near);
        return ATTRIBUTE_COUNT;
    }
    Text list = carried_list(layer->arena, kind);
    diagnose(layer->diagnostics, RULE_ATTRIBUTE_NOT_CARRIED, place, change_info(kind)->word,
             TEXT_ARG(word), TEXT_ARG(list));
    return ATTRIBUTE_COUNT;
}

/* Where a word in braces stands within a string; where that begins, if the word is spelled by
 * escapes. */
static Place template_place(Arena *arena, const Node *value, Text word) {
    Place place = node_place(value);
    const Document *document = document_of(value);
    Text braced = text_format(arena, "{%.*s}", TEXT_ARG(word));
    Text bytes = document ? document->source.bytes : (Text){0};
    size_t at = 0;
    for (uint32_t line = 1; line < place.line; line++)
        at = text_find_byte(bytes, '\n', at) + 1;
    const char *start = at < bytes.size ? bytes.data + at : NULL;
    const char *found = start ? memmem(start, bytes.size - at, braced.data, braced.size) : NULL;
    if (!found)
        return place;
    uint32_t line = place.line, column = 1;
    for (const char *c = start; c <= found; c++) {
        line += *c == '\n';
        column = *c == '\n' ? 1 : column + (((unsigned char)*c & 0xC0u) != 0x80u);
    }
    place.line = line;
    place.column = column;
    return place;
}

static bool read_template(Layer *layer, const Node *value, const char *key, ChangeKind kind,
                          Text *template) {
    if (!read_text(layer, value, key, template))
        return false;
    TemplatePiece piece;
    bool right = true;
    for (size_t at = 0; template_next(*template, &at, &piece);) {
        if (piece.wrong)
            return diagnose(layer->diagnostics, RULE_TEMPLATE_BRACE, node_place(value), key);
        if (!piece.word.size)
            continue;
        Place place = template_place(layer->arena, value, piece.word);
        right = attribute_carried(layer, piece.word, kind, place) != ATTRIBUTE_COUNT && right;
    }
    return right;
}

/* ---- rules ----------------------------------------------------------------------------------- */

static bool check_keys(Layer *layer, const Node *mapping, const char *what,
                       const char *const *known) {
    bool right = true;
    for (size_t i = 0; i < mapping->count; i++) {
        Text key = mapping->members[i].key;
        if (known[word_index(key, known)])
            continue;
        const char *near = text_did_you_mean(layer->arena, key, known);
        right = diagnose(layer->diagnostics, RULE_UNKNOWN_WORD,
                         node_key_place(mapping->members[i].value), TEXT_ARG(key), what, near);
    }
    return right;
}

/* The member, which must be there; NULL: diagnosed. */
static const Node *needed(Layer *layer, const Node *mapping, const char *key) {
    const Node *value = node_member(mapping, text_from(key));
    if (!value)
        diagnose(layer->diagnostics, RULE_KEY_MISSING, node_place(mapping), key);
    return value;
}

static bool read_needed_text(Layer *layer, const Node *mapping, const char *key, Text *text) {
    const Node *value = needed(layer, mapping, key);
    return value && read_text(layer, value, key, text);
}

static bool read_direction(Layer *layer, const Node *mapping, bool *in_request, bool *in_response) {
    const Node *value = node_member(mapping, TEXT("direction"));
    size_t direction = 0;
    *in_request = *in_response = true;
    if (!value)
        return true;
    if (!read_word(layer, value, "direction", "direction", directions, &direction))
        return false;
    *in_request = direction == 0;
    *in_response = direction == 1;
    return true;
}

static bool read_change(Layer *layer, const Node *mapping, ChangeKind *change) {
    const Node *value = needed(layer, mapping, "change");
    size_t kind = CHANGE_COUNT;
    if (!value || !read_word(layer, value, "change", "kind of change", change_words, &kind))
        return false;
    *change = (ChangeKind)kind;
    return true;
}

static bool read_compatibility(Layer *layer, const Node *mapping, Rule *rule) {
    const Node *value = needed(layer, mapping, "compatibility");
    size_t index = 0;
    if (!value ||
        !read_word(layer, value, "compatibility", "compatibility", compatibilities, &index))
        return false;
    rule->compatibility = (Compatibility)index;
    return true;
}

static bool read_standard(Layer *layer, const Node *value, Text *standard) {
    return read_text(layer, value, "standard", standard) &&
           (rules_standard_is_known(*standard) ||
            diagnose(layer->diagnostics, RULE_NO_STANDARD, node_place(value), TEXT_ARG(*standard)));
}

/* "0.1" or "0.1.2", as text or as the number that YAML takes it for. */
static bool read_since(Layer *layer, const Node *mapping, Rule *rule) {
    const Node *value = node_member(mapping, TEXT("since"));
    if (!value)
        return true;
    if (value->kind != NODE_STRING && value->kind != NODE_NUMBER)
        return rule_wrong_kind(layer, value, "since", "a version");
    rule->since = value->text;
    bool right = value->text.size > 0, digit = false;
    for (size_t i = 0; i < value->text.size && right; i++) {
        char c = value->text.data[i];
        right = c == '.' ? digit : c >= '0' && c <= '9';
        digit = c != '.';
    }
    return (right && digit) ||
           diagnose(layer->diagnostics, RULE_NO_VERSION, node_place(value), TEXT_ARG(value->text));
}

/* What can only be read once the kind of change is known. */
static bool read_by_change(Layer *layer, const Node *mapping, Rule *rule) {
    if (!read_change(layer, mapping, &rule->change))
        return false;
    const Node *value, *when = node_member(mapping, TEXT("when"));
    bool right = !when || conditions_read(layer, when, rule->change, &rule->when);
    struct {
        const char *key;
        Text *text;
    } templates[] = {{"message", &rule->message}, {"why", &rule->why}, {"help", &rule->help}};
    for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
        value = needed(layer, mapping, templates[i].key);
        right = value &&
                read_template(layer, value, templates[i].key, rule->change, templates[i].text) &&
                right;
    }
    return right;
}

static bool read_rule(Layer *layer, const Node *node) {
    if (node->kind != NODE_MAPPING)
        return rule_wrong_kind(layer, node, "a rule", "a mapping");
    Rule *rule = arena_new_object(layer->arena, Rule);
    const Node *id = needed(layer, node, "id");
    const Node *standard = node_member(node, TEXT("standard"));
    bool right = check_keys(layer, node, "key of a rule", keys);
    right = id && read_id(layer, id, &rule->id) && right;
    right = read_needed_text(layer, node, "purpose", &rule->purpose) && right;
    right = (!standard || read_standard(layer, standard, &rule->standard)) && right;
    right = read_since(layer, node, rule) && right;
    right = read_direction(layer, node, &rule->in_request, &rule->in_response) && right;
    right = read_compatibility(layer, node, rule) && right;
    right = read_by_change(layer, node, rule) && right;
    rule->place = node_place(id ? id : node);
    if (right)
        array_push(layer->arena, &layer->rules, rule);
    return right;
}

static bool read_retired(Layer *layer, const Node *node) {
    if (node->kind != NODE_MAPPING)
        return rule_wrong_kind(layer, node, "a retired rule", "a mapping");
    RetiredEntry entry = {0};
    const Node *id = needed(layer, node, "id");
    const Node *successor = node_member(node, TEXT("successor"));
    bool right = check_keys(layer, node, "key of a retired rule", retired_keys);
    right = id && read_id(layer, id, &entry.rule.id) && right;
    right =
        (!successor || read_text(layer, successor, "successor", &entry.rule.successor)) && right;
    entry.place = node_place(id ? id : node);
    entry.successor_place = node_place(successor ? successor : node);
    if (right)
        array_push(layer->arena, &layer->retired, entry);
    return right;
}

static bool read_unruled(Layer *layer, const Node *node) {
    if (node->kind != NODE_MAPPING)
        return rule_wrong_kind(layer, node, "a kind of change without a rule", "a mapping");
    UnruledKind entry = {.place = node_place(node)};
    bool right = check_keys(layer, node, "key of a kind of change without a rule", unruled_keys);
    right = read_change(layer, node, &entry.change) && right;
    right = read_direction(layer, node, &entry.in_request, &entry.in_response) && right;
    right = read_needed_text(layer, node, "why", &entry.why) && right;
    if (right)
        array_push(layer->arena, &layer->unruled, entry);
    return right;
}

static bool is_named(Text file, const char *name) {
    size_t slash = file.size;
    while (slash && file.data[slash - 1] != '/')
        slash--;
    return text_is(text_slice(file, slash, file.size), name);
}

bool layer_read(Layer *layer, const Source *source) {
    const Document *document = document_parse(layer->arena, layer->diagnostics, *source);
    if (!document)
        return false;
    const Node *root = document->root;
    if (root->kind != NODE_SEQUENCE)
        return rule_wrong_kind(layer, root, "a file of rules", "a sequence");
    bool (*read)(Layer *, const Node *) = is_named(source->file, "retired.yaml")   ? read_retired
                                          : is_named(source->file, "unruled.yaml") ? read_unruled
                                                                                   : read_rule;
    bool right = true;
    for (size_t i = 0; i < root->count; i++)
        right = read(layer, root->items[i]) && right;
    return right;
}
