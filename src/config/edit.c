#include "config/config.h"

/* The config belongs to people, who comment it: what is new is put between its lines, and nothing
 * is written anew. */

/* ---- YAML ------------------------------------------------------------------------------------ */

static bool is_plain_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr(" _/.{}[]*-(),'+@", c));
}

/* Whether a text, written as it is, is read back as the same string. */
static bool is_plain(Text text) {
    static const char *const words[] = {"null", "true", "false", "yes", "no", "on", "off", NULL};
    for (size_t i = 0; i < text.size; i++)
        if (!is_plain_byte(text.data[i]))
            return false;
    for (size_t i = 0; words[i]; i++)
        if (text_equal_ignoring_case(text, text_from(words[i])))
            return false;
    char first = text.size ? text.data[0] : ' ';
    bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '/';
    return letter && text.data[text.size - 1] != ' ';
}

static void put_scalar(Buffer *out, Text text) {
    Node string = {.kind = NODE_STRING, .text = text};
    buffer_add(out, is_plain(text) ? text : node_to_json(out->arena, &string, SIZE_MAX));
}

static void put_line(Buffer *out, size_t indent, const char *key, Text value) {
    buffer_format(out, "%*s%s: ", (int)indent, "", key);
    put_scalar(out, value);
    buffer_add_byte(out, '\n');
}

/* One text, or a list of them. */
static void put_texts(Buffer *out, size_t indent, const char *key, const ConfigTexts *texts) {
    if (texts->count == 1)
        put_line(out, indent, key, texts->items[0]);
    if (texts->count < 2)
        return;
    buffer_format(out, "%*s%s:\n", (int)indent, "", key);
    for (size_t i = 0; i < texts->count; i++) {
        buffer_format(out, "%*s- ", (int)indent + 2, "");
        put_scalar(out, texts->items[i]);
        buffer_add_byte(out, '\n');
    }
}

/* The waiver as an item whose dash stands behind `indent` spaces. */
static Text waiver_item(Arena *arena, const NewWaiver *waiver, size_t indent) {
    Buffer out = {.arena = arena};
    size_t inner = indent + 2;
    buffer_format(&out, "%*s- rule: ", (int)indent, "");
    put_scalar(&out, waiver->rule);
    buffer_add_byte(&out, '\n');
    put_texts(&out, inner, "operation", &waiver->operations);
    put_texts(&out, inner, "location", &waiver->locations);
    if (waiver->when.count)
        buffer_format(&out, "%*swhen:\n", (int)inner, "");
    for (size_t i = 0; i < waiver->when.count; i++)
        put_line(&out, inner + 2, attribute_info(waiver->when.items[i].attribute)->word,
                 waiver->when.items[i].value);
    if (waiver->consumer.size)
        put_line(&out, inner, "consumer", waiver->consumer);
    put_line(&out, inner, "reason", waiver->reason);
    if (waiver->expires.size)
        buffer_format(&out, "%*sexpires: %.*s\n", (int)inner, "", TEXT_ARG(waiver->expires));
    return buffer_text(&out);
}

/* ---- lines ----------------------------------------------------------------------------------- */

/* Where a line begins, counted from 1; the size where there are fewer. */
static size_t start_of_line(Text content, uint32_t line) {
    size_t at = 0;
    for (uint32_t i = 1; i < line && at < content.size; i++) {
        size_t end = text_find_byte(content, '\n', at);
        at = end == SIZE_MAX ? content.size : end + 1;
    }
    return at;
}

static Text line_at(Text content, size_t start) {
    size_t end = text_find_byte(content, '\n', start);
    return text_slice(content, start, end == SIZE_MAX ? content.size : end);
}

static size_t indent_of(Text line) {
    size_t indent = 0;
    while (indent < line.size && line.data[indent] == ' ')
        indent++;
    return indent;
}

/* Blank lines and comments in front of what comes next belong to that. */
static size_t skip_back(Text content, size_t end, size_t indent) {
    while (end > 0) {
        size_t start = end - 1;
        while (start > 0 && content.data[start - 1] != '\n')
            start--;
        Text line = line_at(content, start);
        bool comment = text_starts_with(text_trim(line), TEXT("#")) && indent_of(line) <= indent;
        if (text_trim(line).size && !comment)
            return end;
        end = start;
    }
    return end;
}

static Text put_in(Arena *arena, Text content, size_t from, size_t to, Text item) {
    Buffer out = {.arena = arena};
    buffer_add(&out, text_slice(content, 0, from));
    if (out.size && out.data[out.size - 1] != '\n')
        buffer_add_byte(&out, '\n');
    buffer_add(&out, item);
    buffer_add(&out, text_slice(content, to, content.size));
    return buffer_text(&out);
}

/* ---- the edit -------------------------------------------------------------------------------- */

/* Where the member behind a key begins; the end of the content for the last. */
static size_t end_of_member(const Node *root, Text content, const Node *value) {
    uint32_t line = node_key_place(value).line, next = 0;
    for (size_t i = 0; i < root->count; i++) {
        uint32_t other = root->members[i].line;
        if (other > line && (!next || other < next))
            next = other;
    }
    return next ? start_of_line(content, next) : content.size;
}

/* Why the item can't be put in; NULL: it was. */
static const char *insert(Arena *arena, const Node *root, Text content, const NewWaiver *waiver,
                          Text *edited) {
    const Node *list = root ? node_member(root, TEXT("waivers")) : NULL;
    if (root && (root->kind != NODE_MAPPING ||
                 content.data[start_of_line(content, root->line) + root->column - 1] == '{'))
        return "the config is not written as a block of lines";
    if (!list) {
        Text head = text_format(arena, "%swaivers:\n%.*s", content.size ? "\n" : "",
                                TEXT_ARG(waiver_item(arena, waiver, 2)));
        *edited = put_in(arena, content, content.size, content.size, head);
        return NULL;
    }
    size_t key = start_of_line(content, node_key_place(list).line);
    size_t behind_key = key + line_at(content, key).size;
    bool empty = list->kind == NODE_NULL || (list->kind == NODE_SEQUENCE && !list->count);
    if (empty) {
        Text item = text_format(arena, "waivers:\n%.*s", TEXT_ARG(waiver_item(arena, waiver, 2)));
        size_t end = behind_key < content.size ? behind_key + 1 : behind_key;
        bool plain = text_is(text_trim(line_at(content, key)), "waivers:");
        *edited = plain ? put_in(arena, content, end, end, waiver_item(arena, waiver, 2))
                        : put_in(arena, content, key, end, item);
        return NULL;
    }
    if (list->kind != NODE_SEQUENCE)
        return "`waivers` is no list";
    Text first = line_at(content, start_of_line(content, list->items[0]->line));
    if (!text_starts_with(text_trim(first), TEXT("-")))
        return "the list is not written as a block of lines";
    size_t indent = indent_of(first);
    size_t end = skip_back(content, end_of_member(root, content, list), indent);
    *edited = put_in(arena, content, end, end, waiver_item(arena, waiver, indent));
    return NULL;
}

static size_t count_waivers(const Node *root) {
    const Node *list = root ? node_member(root, TEXT("waivers")) : NULL;
    return list && list->kind == NODE_SEQUENCE ? list->count : 0;
}

/* Whether two waivers let the same pass, whatever the reason. */
static bool waive_the_same(const Node *a, const Node *b) {
    static const char *const keys[] = {"rule", "operation", "location", "when", "consumer"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const Node *left = node_member(a, text_from(keys[i]));
        const Node *right = node_member(b, text_from(keys[i]));
        if (!left != !right || (left && !node_equal(left, right)))
            return false;
    }
    return true;
}

/* The waiver that was there before the last one and lets the same pass; NULL: none does. */
static const Node *find_twin(const Node *root) {
    const Node *list = node_member(root, TEXT("waivers"));
    const Node *last = list->items[list->count - 1];
    for (uint32_t i = 0; i + 1 < list->count; i++)
        if (waive_the_same(list->items[i], last))
            return list->items[i];
    return NULL;
}

bool config_add_waiver(Arena *arena, Diagnostics *diagnostics, Text file, Text content,
                       const NewWaiver *waiver, Text *edited) {
    Source source = {.kind = SOURCE_FILE, .name = file, .file = file, .path = file};
    source.bytes = content;
    const Node *root = NULL;
    if (!config_is_blank(content)) {
        const Document *document = document_parse(arena, diagnostics, source);
        if (!document)
            return false;
        root = document->root;
    }
    Place place = {.file = file};
    const char *wrong = insert(arena, root, content, waiver, edited);
    if (!wrong) {
        source.bytes = *edited = text_copy(arena, *edited);
        const Document *again = document_parse(arena, diagnostics, source);
        if (again && count_waivers(again->root) == count_waivers(root) + 1) {
            const Node *twin = find_twin(again->root);
            return !twin ||
                   diagnose(diagnostics, WAIVER_TWICE, node_place(twin), TEXT_ARG(waiver->rule));
        }
        wrong = "its layout is not understood";
    }
    return diagnose(diagnostics, CONFIG_CHANGED, place, wrong,
                    TEXT_ARG(waiver_item(arena, waiver, 2)));
}
