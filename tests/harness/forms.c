#include "forms.h"

#include "document/document.h"

static Text json_violation(Harness *harness, const char *form, Text text) {
    Text name = text_format(harness->arena, "tests/schemas/%s.schema.json", form);
    Text source = test_read_file(harness->arena, test_path(harness->arena, harness->root, name));
    json_t *schema = test_parse_json(source);
    json_t *value = test_parse_json(text);
    Text wrong = TEXT("it is no JSON, or its schema is none");
    if (schema && value)
        wrong = schema_violation(harness->arena, schema, value);
    json_decref(schema);
    json_decref(value);
    return wrong;
}

json_t *read_value(Arena *arena, Text path) {
    Diagnostics unheard = {.arena = arena};
    Source source = {.name = path, .file = path, .bytes = test_read_file(arena, path)};
    const Document *document = document_parse(arena, &unheard, source);
    Text json = document ? node_to_json(arena, document->root, SIZE_MAX) : (Text){0};
    return json.size ? json_loadb(json.data, json.size, JSON_DECODE_ANY, NULL) : NULL;
}

Text file_violation(Arena *arena, Text schema_path, Text value_path) {
    json_t *schema = json_load_file(text_copy(arena, schema_path).data, 0, NULL);
    json_t *value = read_value(arena, value_path);
    Text wrong = schema && value ? schema_violation(arena, schema, value)
                                 : TEXT("schema or value can't be read");
    json_decref(schema);
    json_decref(value);
    return wrong;
}

Text config_violation(Harness *harness, Text folder) {
    Arena *arena = harness->arena;
    Text config = test_path(arena, folder, TEXT(".breakwater.yaml"));
    Text schema = test_path(arena, harness->root, TEXT("include/breakwater-config.schema.json"));
    return test_file_exists(config) ? file_violation(arena, schema, config) : (Text){0};
}

/* Every line is one command, its data on the same line. */
static Text github_violation(Arena *arena, Text text) {
    for (size_t from = 0; from < text.size;) {
        size_t end = text_find_byte(text, '\n', from);
        Text line = text_slice(text, from, end);
        bool known = text_starts_with(line, TEXT("::error ")) ||
                     text_starts_with(line, TEXT("::warning ")) ||
                     text_starts_with(line, TEXT("::notice "));
        if (!known)
            return text_format(arena, "no command: %.*s", TEXT_ARG(line));
        if (end == SIZE_MAX)
            return TEXT("the last line has no end");
        from = end + 1;
    }
    return text.size ? (Text){0} : TEXT("nothing is said");
}

/* Elements nest, and attributes are quoted: what of XML is written. */
static Text xml_violation(Arena *arena, Text text) {
    ARRAY(Text) open = {0};
    size_t from = text_find_byte(text, '\n', 0); /* behind the declaration */
    for (size_t at; (at = text_find_byte(text, '<', from)) != SIZE_MAX;) {
        size_t end = text_find_byte(text, '>', at), space = at + 1;
        if (end == SIZE_MAX)
            return TEXT("a tag has no end");
        bool closing = text.data[at + 1] == '/', empty = text.data[end - 1] == '/';
        while (space < end && text.data[space] != ' ' &&
               (space == at + 1 || text.data[space] != '/'))
            space++;
        Text name = text_slice(text, at + 1 + closing, space);
        if (closing && (!open.count || !text_equal(open.items[open.count - 1], name)))
            return text_format(arena, "</%.*s> closes nothing", TEXT_ARG(name));
        if (closing)
            open.count--;
        else if (!empty)
            array_push(arena, &open, name);
        size_t quotes = 0;
        for (size_t i = at; i < end; i++)
            quotes += text.data[i] == '"';
        if (quotes % 2)
            return text_format(arena, "a quote is open in <%.*s>", TEXT_ARG(name));
        from = end + 1;
    }
    return open.count ? TEXT("an element is open at the end") : (Text){0};
}

static Text comment_violation(Text text) {
    if (!text_starts_with(text, TEXT("<!-- breakwater -->\n")))
        return TEXT("the marker is not the first line");
    return text.size > 65536 ? TEXT("too long for a comment") : (Text){0};
}

Text form_violation(Harness *harness, const char *form, Text text) {
    if (strcmp(form, "sarif") == 0 || strcmp(form, "gitlab") == 0)
        return json_violation(harness, form, text);
    if (strcmp(form, "github") == 0)
        return github_violation(harness->arena, text);
    if (strcmp(form, "junit") == 0)
        return xml_violation(harness->arena, text);
    return strcmp(form, "markdown") == 0 ? comment_violation(text) : (Text){0};
}
