#include "rules_pairs.h"

#include "document/document.h"

#include <stdio.h>

/* rules/README.md: what each field of the specifications can change, and what the rules say of it
 * in a request and in a response. The rows are in rules/specification/fields.yaml; what is said of
 * each is what the rule set itself says of a change with the row's attributes. */

typedef struct Table {
    Harness *harness;
    RuleSet *rules;
    Buffer out;
    bool named[CHANGE_COUNT];
    bool wrong;
} Table;

enum { CELLS = 3, REASON = 3 };

static Text cell(const Node *row, uint32_t index) {
    return index < row->count && row->items[index]->kind == NODE_STRING ? row->items[index]->text
                                                                        : (Text){0};
}

static void complain(Table *table, const Node *row, const char *what, Text which) {
    fail(table->harness, TEXT("rules/specification/fields.yaml"), "line %u: %s: %.*s", row->line,
         what, TEXT_ARG(which));
    table->wrong = true;
}

/* A name, number or path by way of example: no rule that asks for it is meant. */
static bool stands_for_any(AttributeId id, Text value) {
    static const AttributeId ids[] = {ATTRIBUTE_NAME, ATTRIBUTE_VALUE, ATTRIBUTE_FROM, ATTRIBUTE_TO,
                                      ATTRIBUTE_PATH};
    bool carried = false, digits = value.size > 0 && id != ATTRIBUTE_NAME; /* a status is meant */
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        carried = carried || id == ids[i];
    for (size_t i = 0; i < value.size; i++)
        digits = digits && value.data[i] >= '0' && value.data[i] <= '9';
    return carried && (digits || value.size == 1 || text_is(value, "X-A") ||
                       text_starts_with(value, TEXT("/")));
}

/* "bound.changed keyword=maximum from= to=5": the kind, and attributes that it carries. */
static bool read_change(Table *table, const Node *row, Text text, Change *change) {
    size_t at = text_find_byte(text, ' ', 0);
    Text word = text_slice(text, 0, at == SIZE_MAX ? text.size : at);
    change->kind = change_by_word(word);
    if (change->kind == CHANGE_COUNT) {
        complain(table, row, "no kind of change", word);
        return false;
    }
    table->named[change->kind] = true;
    while (at != SIZE_MAX) {
        size_t end = text_find_byte(text, ' ', at + 1);
        Text item = text_slice(text, at + 1, end == SIZE_MAX ? text.size : end);
        size_t equals = text_find_byte(item, '=', 0);
        Text name = text_slice(item, 0, equals == SIZE_MAX ? item.size : equals);
        AttributeId id = attribute_by_word(name);
        if (equals == SIZE_MAX || id == ATTRIBUTE_COUNT ||
            !(change_info(change->kind)->attributes >> id & 1u)) {
            complain(table, row, "no attribute that such a change carries", name);
            return false;
        }
        Text value = text_slice(item, equals + 1, item.size);
        Attribute attribute = {id, stands_for_any(id, value) ? TEXT("\1") : value};
        array_push(table->harness->arena, &change->attributes, attribute);
        at = end;
    }
    return true;
}

static void put_verdict(Table *table, const Rule *rule) {
    static const char *const marks[] = {"", "*", "**"};
    if (!rule) {
        buffer_add(&table->out, TEXT(" none |"));
        table->wrong = true;
        return;
    }
    const char *mark = marks[rule->compatibility];
    buffer_format(&table->out, " %s%s%s `%.*s` |", mark, compatibility_word(rule->compatibility),
                  mark, TEXT_ARG(rule->id));
}

/* A row whose pair of schemas shows something else than the row says is wrong. */
static void check_pair(Table *table, const Node *row, Direction direction, const Rule *wanted) {
    SchemaPair pair = {direction, cell(row, REASON), cell(row, REASON + 1)};
    if (!pair.base.size && !pair.revision.size)
        return;
    Text found = pair_lacks(table->harness, table->rules, &pair, wanted);
    if (found.size)
        complain(table, row,
                 direction == DIRECTION_REQUEST ? "its pair fires, in a request,"
                                                : "its pair fires, in a response,",
                 found);
}

static void put_row(Table *table, const Node *row, Text section) {
    Text field = cell(row, 0), event = cell(row, 1), what = cell(row, 2), why = cell(row, REASON);
    Change change = {0};
    if (!field.size || !event.size || !what.size || (text_is(what, "-") && !why.size)) {
        complain(table, row,
                 "a row is [field, event, change], [field, event, change, base, revision] or "
                 "[field, event, -, why]",
                 field);
        return;
    }
    buffer_format(&table->out, "| %.*s | %.*s |", TEXT_ARG(field), TEXT_ARG(event));
    if (text_is(what, "-")) {
        buffer_format(&table->out, " none: %.*s | | | %.*s |\n", TEXT_ARG(why), TEXT_ARG(section));
        return;
    }
    if (!read_change(table, row, what, &change))
        return;
    buffer_format(&table->out, " `%s` |", change_info(change.kind)->word);
    static const Direction both[] = {DIRECTION_REQUEST, DIRECTION_RESPONSE};
    for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
        change.direction = both[i];
        const Rule *rule = rules_match(table->rules, &change);
        put_verdict(table, rule);
        check_pair(table, row, both[i], rule);
    }
    buffer_format(&table->out, " %.*s |\n", TEXT_ARG(section));
}

/* ---- what the specifications name --------------------------------------------------------------
 */

static bool is_part_of_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '$' || c == '-';
}

static bool has_word(Text text, Text word) {
    for (size_t i = 0; i + word.size <= text.size; i++) {
        bool begins = i == 0 || !is_part_of_name(text.data[i - 1]);
        bool ends = i + word.size == text.size || !is_part_of_name(text.data[i + word.size]);
        if (begins && ends && memcmp(text.data + i, word.data, word.size) == 0)
            return true;
    }
    return false;
}

static bool has_row_of(const Node *objects, Text object, Text name) {
    for (uint32_t i = 0; i < objects->count; i++) {
        const Node *title = node_member(objects->items[i], TEXT("object"));
        const Node *rows = node_member(objects->items[i], TEXT("rows"));
        if (!title || !rows || !text_starts_with(title->text, object))
            continue;
        for (uint32_t j = 0; j < rows->count; j++)
            if (has_word(cell(rows->items[j], 0), name))
                return true;
    }
    return false;
}

static void check_names(Table *table, const Node *lists, const Node *objects) {
    for (uint32_t i = 0; i < lists->count; i++) {
        const Node *list = lists->items[i];
        if (list->kind != NODE_SEQUENCE || list->count != 2) {
            complain(table, list, "an entry of names.yaml is [object, [names]]", TEXT(""));
            continue;
        }
        for (uint32_t j = 0; j < list->items[1]->count; j++) {
            Text name = list->items[1]->items[j]->text;
            if (!has_row_of(objects, list->items[0]->text, name))
                complain(table, list, "named in names.yaml, and no row has it", name);
        }
    }
}

/* "4.8.1" of "OpenAPI 3.1.1 4.8.1". */
static Text section_of(Text standard) {
    size_t start = standard.size;
    while (start && standard.data[start - 1] != ' ')
        start--;
    return text_slice(standard, start, standard.size);
}

/* Whether 3.2 brought all fields that the row is of: "prefixEncoding, itemEncoding (of a form)". */
static bool is_of_3_2(const Node *names, Text field) {
    size_t end = text_find_byte(field, '(', 0);
    Text list = text_slice(field, 0, end == SIZE_MAX ? field.size : end);
    bool all = names != NULL;
    for (size_t at = 0; all && at < list.size;) {
        size_t comma = text_find_byte(list, ',', at);
        size_t stop = comma == SIZE_MAX ? list.size : comma;
        Text name = text_trim(text_slice(list, at, stop));
        bool found = false;
        for (uint32_t i = 0; i < names->count && !found; i++)
            found = text_equal(names->items[i]->text, name);
        all = found;
        at = stop + 1;
    }
    return all;
}

/* A field that 3.2 brought needs a row of its own, which leads there. */
static void check_rows_of_3_2(Table *table, const Node *names, const Node *rows) {
    for (uint32_t i = 0; names && i < names->count; i++) {
        bool found = false;
        for (uint32_t j = 0; j < rows->count && !found; j++)
            found = is_of_3_2(names, cell(rows->items[j], 0)) &&
                    has_word(cell(rows->items[j], 0), names->items[i]->text);
        if (!found)
            complain(table, names->items[i], "no row is of fields of 3.2 alone",
                     names->items[i]->text);
    }
}

static void put_object(Table *table, const Node *object) {
    Arena *arena = table->harness->arena;
    const Node *of_3_2 = node_member(object, TEXT("of-3.2"));
    const Node *name = node_member(object, TEXT("object"));
    const Node *standard = node_member(object, TEXT("standard"));
    const Node *rows = node_member(object, TEXT("rows"));
    if (!name || !standard || !rows || rows->kind != NODE_SEQUENCE) {
        complain(table, object, "an entry has object, standard and rows", TEXT(""));
        return;
    }
    Text link = rules_standard_link(arena, standard->text);
    buffer_format(&table->out, "\n### %.*s\n\n[%.*s](%.*s)\n\n", TEXT_ARG(name->text),
                  TEXT_ARG(standard->text), TEXT_ARG(link));
    buffer_add(&table->out,
               TEXT("| field | what happens | change | in a request | in a response | section |\n"
                    "|---|---|---|---|---|---|\n"));
    Text section =
        text_format(arena, "[%.*s](%.*s)", TEXT_ARG(section_of(standard->text)), TEXT_ARG(link));
    size_t hash = text_find_byte(link, '#', 0);
    Text anchor = hash == SIZE_MAX ? (Text){0} : text_slice(link, hash + 1, link.size);
    Text newer =
        rules_standard_link(arena, text_format(arena, "OpenAPI 3.2.0 %.*s", TEXT_ARG(anchor)));
    Text section_of_3_2 = text_format(arena, "[3.2.0](%.*s)", TEXT_ARG(newer));
    check_rows_of_3_2(table, of_3_2, rows);
    for (uint32_t i = 0; i < rows->count; i++)
        put_row(table, rows->items[i],
                is_of_3_2(of_3_2, cell(rows->items[i], 0)) ? section_of_3_2 : section);
}

/* ---- all rules, by kind of change -------------------------------------------------------------
 */

static void put_attributes(Table *table, ChangeKind kind) {
    bool any = false;
    for (unsigned id = 0; id < ATTRIBUTE_COUNT; id++)
        if (change_info(kind)->attributes >> id & 1u) {
            buffer_format(&table->out, "%s`%s`", any ? ", " : "; carries ",
                          attribute_info((AttributeId)id)->word);
            any = true;
        }
}

static const char *directions(const Rule *rule) {
    if (rule->in_request && rule->in_response)
        return "both";
    return rule->in_request ? "request" : "response";
}

static void put_kind(Table *table, ChangeKind kind) {
    Arena *arena = table->harness->arena;
    buffer_format(&table->out, "\n**`%s`**: %s", change_info(kind)->word,
                  change_info(kind)->meaning);
    put_attributes(table, kind);
    buffer_add(&table->out, TEXT("\n\n"));
    for (size_t i = 0; i < table->rules->rules.count; i++) {
        const Rule *rule = table->rules->rules.items[i];
        if (rule->change != kind)
            continue;
        Text when = rules_conditions_text(arena, &rule->when);
        buffer_format(&table->out, "- `%.*s`: %s, %s%s%.*s\n", TEXT_ARG(rule->id), directions(rule),
                      compatibility_word(rule->compatibility), when.size ? ", where " : "",
                      TEXT_ARG(when));
    }
    if (!table->named[kind]) {
        fail(table->harness, TEXT("rules/specification/fields.yaml"), "no row leads to %s",
             change_info(kind)->word);
        table->wrong = true;
    }
}

/* What has no rule on purpose. */
static void put_unruled(Table *table) {
    buffer_add(
        &table->out,
        TEXT("\n## Deliberately without a rule\n\n"
             "The build fails where a kind of change has no rule for all of it in a direction, and "
             "`rules/unruled.yaml` does not say why.\nIt names:\n\n"));
    for (array_each(const UnruledKind, entry, &table->rules->unruled))
        buffer_format(&table->out, "- `%s`, %s: %.*s\n", change_info(entry->change)->word,
                      entry->in_request && entry->in_response ? "both"
                      : entry->in_request                     ? "request"
                                                              : "response",
                      TEXT_ARG(entry->why));
    if (!table->rules->unruled.count)
        buffer_add(&table->out,
                   TEXT("- none: whatever is noticed is told, if only as compatible.\n"));
    buffer_add(&table->out,
               TEXT("\nWhat is not noticed, since it means nothing for a consumer or shows "
                    "elsewhere, has `none` and the reason in the tables above.\n"));
}

static void put_vocabulary(Table *table) {
    buffer_add(&table->out, TEXT("\n## All rules\n\nBy kind of change, in the order in which they "
                                 "are tried. The first that matches wins.\n"));
    for (unsigned kind = 0; kind < CHANGE_COUNT; kind++)
        put_kind(table, (ChangeKind)kind);
    buffer_add(&table->out, TEXT("\n## Attributes\n\n| attribute | kind | meaning |\n"
                                 "|---|---|---|\n"));
    static const char *const types[] = {"text", "true or false", "date"};
    for (unsigned id = 0; id < ATTRIBUTE_COUNT; id++) {
        const AttributeInfo *info = attribute_info((AttributeId)id);
        buffer_format(&table->out, "| `%s` | %s | %s |\n", info->word, types[info->type],
                      info->meaning);
    }
}

static const Document *read_names(Arena *arena, Diagnostics *diagnostics, Text folder) {
    Source source = {.name = TEXT("names.yaml"), .file = TEXT("names.yaml")};
    source.bytes = test_read_file(arena, test_path(arena, folder, TEXT("names.yaml")));
    return source.bytes.data ? document_parse(arena, diagnostics, source) : NULL;
}

/* data NULL: something was wrong, and has been said. */
Text rules_table(Harness *harness) {
    Arena *arena = harness->arena;
    Diagnostics diagnostics = {.arena = arena};
    Text folder = test_path(arena, harness->root, TEXT("rules/specification"));
    Source source = {.name = TEXT("fields.yaml"), .file = TEXT("fields.yaml")};
    source.bytes = test_read_file(arena, test_path(arena, folder, TEXT("fields.yaml")));
    const Document *document =
        source.bytes.data ? document_parse(arena, &diagnostics, source) : NULL;
    Table table = {.harness = harness, .rules = rules_builtin(arena, &diagnostics)};
    table.out.arena = arena;
    if (!document || !table.rules || document->root->kind != NODE_SEQUENCE) {
        fail(harness, TEXT("rules/specification/fields.yaml"), "can't be read");
        return (Text){0};
    }
    day_parse(TEXT("2026-01-01"), &table.rules->settings.today);
    const Document *names = read_names(arena, &diagnostics, folder);
    if (!names || names->root->kind != NODE_SEQUENCE) {
        fail(harness, TEXT("rules/specification/names.yaml"), "can't be read");
        return (Text){0};
    }
    check_names(&table, names->root, document->root);
    buffer_add(&table.out, test_read_file(arena, test_path(arena, folder, TEXT("preface.md"))));
    for (uint32_t i = 0; i < document->root->count; i++)
        put_object(&table, document->root->items[i]);
    put_unruled(&table);
    put_vocabulary(&table);
    return table.wrong ? (Text){0} : buffer_text(&table.out);
}

void run_rules_table(Harness *harness) {
    if (!wanted(harness, TEXT("rules-table")) && harness->filter.size)
        return;
    Text table = rules_table(harness);
    Text folder = test_path(harness->arena, harness->root, TEXT("rules"));
    if (table.data && matches_expected(harness, TEXT("rules/README.md (make rules-table)"), folder,
                                       "README.md", table))
        pass(harness);
}
