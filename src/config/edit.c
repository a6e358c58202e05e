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

/* Lines end as those that are there do. */
static void add_lines(Buffer *out, Text content, Text lines) {
    size_t end = text_find_byte(content, '\n', 0);
    bool returns = end != SIZE_MAX && end && content.data[end - 1] == '\r';
    for (size_t i = 0; i < lines.size; i++) {
        if (lines.data[i] == '\n' && returns)
            buffer_add_byte(out, '\r');
        buffer_add_byte(out, lines.data[i]);
    }
}

static Text put_in(Arena *arena, Text content, size_t from, size_t to, Text item) {
    Buffer out = {.arena = arena};
    buffer_add(&out, text_slice(content, 0, from));
    if (out.size && out.data[out.size - 1] != '\n')
        add_lines(&out, content, TEXT("\n"));
    add_lines(&out, content, item);
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

/* ---- the renewal ----------------------------------------------------------------------------- */

/* What stands from one byte to another gives way to a text. */
typedef struct Swap {
    size_t from, to;
    Text text;
} Swap;

/* Where a scalar stands, quotes and all. False: not within one line. */
static bool find_scalar(Text content, const Node *value, Swap *swap) {
    size_t line = start_of_line(content, value->line), end = line + line_at(content, line).size;
    size_t from = line + value->column - 1, to = from;
    char quote = from < end ? content.data[from] : 0;
    if (quote == '"' || quote == '\'') {
        for (to++; to < end && content.data[to] != quote; to++)
            to += quote == '"' && content.data[to] == '\\';
        to++;
    } else {
        to += value->text.size;
    }
    *swap = (Swap){.from = from, .to = to};
    return to <= end && (quote == '"' || quote == '\'' ||
                         text_equal(text_slice(content, from, to), value->text));
}

static Text with_swap(Arena *arena, Text content, Swap swap) {
    Buffer out = {.arena = arena};
    buffer_add(&out, text_slice(content, 0, swap.from));
    buffer_add(&out, swap.text);
    buffer_add(&out, text_slice(content, swap.to, content.size));
    return buffer_text(&out);
}

/* The waiver's own day is to be another one, or none. */
static bool swap_expiry(Arena *arena, Text content, const Node *twin, Swap reason, Text expires,
                        Swap *swap) {
    const Node *there = node_member(twin, TEXT("expires")),
               *said = node_member(twin, TEXT("reason"));
    bool flow = content.data[start_of_line(content, twin->line) + twin->column - 1] == '{';
    *swap = (Swap){.from = reason.to, .to = reason.to};
    if (there && expires.size) {
        bool found = find_scalar(content, there, swap);
        swap->text = expires;
        return found;
    }
    if (there) {
        size_t line = start_of_line(content, node_key_place(there).line);
        Text whole = line_at(content, line);
        *swap = (Swap){.from = line, .to = line + whole.size + (line + whole.size < content.size)};
        return text_starts_with(text_trim(whole), TEXT("expires:"));
    }
    Buffer out = {.arena = arena};
    if (expires.size && flow)
        buffer_format(&out, ", expires: %.*s", TEXT_ARG(expires));
    if (expires.size && !flow) {
        size_t line = start_of_line(content, said->line);
        swap->from = swap->to = line + line_at(content, line).size;
        swap->from = swap->to -= swap->to && content.data[swap->to - 1] == '\r';
        add_lines(&out, content, TEXT("\n"));
        buffer_format(&out, "%*sexpires: %.*s", (int)node_key_place(said).column - 1, "",
                      TEXT_ARG(expires));
    }
    swap->text = buffer_text(&out);
    return true;
}

/* The reason and the day of the waiver that is there give way to the new ones. False: it is written
 * in a way that is not understood. */
static bool renew(Arena *arena, Text content, const Node *twin, const NewWaiver *waiver,
                  Text *edited) {
    const Node *said = node_member(twin, TEXT("reason"));
    Swap reason, expiry;
    Node string = {.kind = NODE_STRING, .text = waiver->reason};
    if (!said || !find_scalar(content, said, &reason) ||
        !swap_expiry(arena, content, twin, reason, waiver->expires, &expiry))
        return false;
    bool flow = false; /* what has a meaning between braces is quoted there */
    for (size_t i = 0; i < waiver->reason.size; i++)
        flow = flow || strchr(",{}[]", waiver->reason.data[i]);
    reason.text =
        is_plain(waiver->reason) && !flow ? waiver->reason : node_to_json(arena, &string, SIZE_MAX);
    bool reason_first = reason.from < expiry.from; /* what stands later is swapped first */
    *edited = with_swap(arena, content, reason_first ? expiry : reason);
    *edited = with_swap(arena, *edited, reason_first ? reason : expiry);
    return true;
}

static bool has_text(const Node *mapping, const char *key, Text text) {
    const Node *value = node_member(mapping, text_from(key));
    return text_equal(value ? value->text : (Text){0}, text);
}

static bool says(const Node *there, const NewWaiver *waiver) {
    return has_text(there, "reason", waiver->reason) && has_text(there, "expires", waiver->expires);
}

/* `twin` is of the content with the new waiver at the end of the list, where what stands before is
 * as it was. False: diagnosed. */
static bool renew_twin(Arena *arena, Diagnostics *diagnostics, Source source, const Node *twin,
                       const NewWaiver *waiver, Text *edited) {
    size_t index = 0;
    while (twin->parent->items[index] != twin)
        index++;
    if (says(twin, waiver))
        return diagnose(diagnostics, WAIVER_TWICE, node_place(twin), TEXT_ARG(waiver->rule));
    if (renew(arena, source.bytes, twin, waiver, edited)) {
        size_t count = twin->parent->count - 1;
        source.bytes = *edited;
        Diagnostics unheard = {.arena = arena};
        const Document *again = document_parse(arena, &unheard, source);
        const Node *list = again ? node_member(again->root, TEXT("waivers")) : NULL;
        if (count_waivers(again ? again->root : NULL) == count &&
            says(list->items[index], waiver) && waive_the_same(list->items[index], twin))
            return true;
    }
    return diagnose(diagnostics, WAIVER_NOT_RENEWED, node_place(twin), TEXT_ARG(waiver->rule));
}

bool config_add_waiver(Arena *arena, Diagnostics *diagnostics, Text file, Text content,
                       const NewWaiver *waiver, Text *edited, bool *renewed) {
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
            source.bytes = content;
            *renewed = twin != NULL;
            return !twin || renew_twin(arena, diagnostics, source, twin, waiver, edited);
        }
        wrong = "its layout is not understood";
    }
    return diagnose(diagnostics, CONFIG_CHANGED, place, wrong,
                    TEXT_ARG(waiver_item(arena, waiver, 2)));
}
