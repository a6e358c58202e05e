#include "make.h"

/* An interaction is written as a consumer of the base would record it, as far as that is easily
 * done: it need not be one that the base satisfies. */

typedef struct Recording {
    Maker *maker;
    const Value *description;
    int version; /* of the pact */
    Pool pool;
} Recording;

static Value *string(Recording *recording, Text text) {
    return value_string(recording->maker->arena, text);
}

static Value *sample_of(Recording *recording, Value *schema) {
    Description described = {.schema = schema, .components = recording->maker->components};
    return sample(recording->maker->arena, recording->maker->random, &described, &recording->pool);
}

static Text text_of_scalar(Recording *recording, const Value *value) {
    if (value->kind == VALUE_STRING)
        return value->text;
    return value_text(recording->maker->arena, value);
}

/* ---- parameters ------------------------------------------------------------------------------ */

/* The items or members of a value, with what stands between them. */
static Text joined(Recording *recording, const Value *value, const char *between) {
    Buffer text = {.arena = recording->maker->arena};
    for (size_t i = 0; i < value->items.count; i++) {
        buffer_add(&text, text_from(i ? between : ""));
        buffer_add(&text, text_of_scalar(recording, value->items.items[i]));
    }
    for (size_t i = 0; i < value->members.count; i++) {
        buffer_add(&text, text_from(i ? between : ""));
        buffer_add(&text, value->members.items[i].key);
        buffer_add(&text, text_from(between));
        buffer_add(&text, text_of_scalar(recording, value->members.items[i].value));
    }
    return buffer_text(&text);
}

static bool is_plain(Text text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == ',' || c == '|' || c == '-' || c == '.' || c == '_';
        if (!plain)
            return false;
    }
    return true;
}

static void add_pair(Recording *recording, Value *query, Text name, Text text) {
    Arena *arena = recording->maker->arena;
    Value *values = value_get_text(query, name);
    if (!is_plain(text))
        text = TEXT("a");
    if (!values) {
        values = value_new(arena, VALUE_ARRAY);
        value_set_text(arena, query, name, values);
    }
    value_push(arena, values, string(recording, text));
}

static void add_query(Recording *recording, const Value *parameter, const Value *value,
                      Value *query) {
    Arena *arena = recording->maker->arena;
    Text name = value_get(parameter, "name")->text;
    const Value *style = value_get(parameter, "style"), *explode = value_get(parameter, "explode");
    bool deep = value_is_string(style, "deepObject");
    bool exploded = explode ? explode->truth : !style || value_is_string(style, "form");
    for (size_t i = 0; value->kind == VALUE_ARRAY && exploded && i < value->items.count; i++)
        add_pair(recording, query, name, text_of_scalar(recording, value->items.items[i]));
    for (size_t i = 0;
         value->kind == VALUE_OBJECT && (deep || exploded) && i < value->members.count; i++) {
        Text key = value->members.items[i].key;
        Text field = deep ? text_format(arena, "%.*s[%.*s]", TEXT_ARG(name), TEXT_ARG(key)) : key;
        add_pair(recording, query, field, text_of_scalar(recording, value->members.items[i].value));
    }
    bool composite = value->kind == VALUE_ARRAY || value->kind == VALUE_OBJECT;
    if (!composite)
        add_pair(recording, query, name, text_of_scalar(recording, value));
    else if (!exploded && !deep)
        add_pair(recording, query, name, joined(recording, value, ","));
}

static void add_parameter(Recording *recording, Value *parameter, Value *query, Value *headers,
                          Text *path_value) {
    Arena *arena = recording->maker->arena;
    Value *schema = value_get(parameter, "schema");
    const Value *in = value_get(parameter, "in"), *required = value_get(parameter, "required");
    if (!(required && required->truth) && chance(recording->maker->random, 30))
        return;
    Value *value = schema ? sample_of(recording, schema) : string(recording, TEXT("a"));
    bool composite = value->kind == VALUE_ARRAY || value->kind == VALUE_OBJECT;
    Text text = composite ? joined(recording, value, ",") : text_of_scalar(recording, value);
    if (!is_plain(text) || !text.size)
        text = TEXT("a");
    if (value_is_string(in, "path"))
        *path_value = text;
    else if (value_is_string(in, "query"))
        add_query(recording, parameter, value, query);
    else if (value_is_string(in, "header"))
        value_set_text(arena, headers, value_get(parameter, "name")->text, string(recording, text));
    else
        value_set(arena, headers, "Cookie",
                  string(recording, text_format(arena, "%.*s=%.*s",
                                                TEXT_ARG(value_get(parameter, "name")->text),
                                                TEXT_ARG(text))));
}

static void add_credentials(Recording *recording, Value *query, Value *headers) {
    Random *random = recording->maker->random;
    if (chance(random, 30))
        add_pair(recording, query, TEXT("key"), TEXT("1"));
    if (chance(random, 30))
        value_set(recording->maker->arena, headers, "X-Key", string(recording, TEXT("1")));
    if (chance(random, 40))
        value_set(recording->maker->arena, headers, "Authorization",
                  string(recording, TEXT("Bearer x")));
}

/* ---- matching rules -------------------------------------------------------------------------- */

typedef struct Rules {
    Value *flat;    /* of version 2: by the whole path */
    Value *grouped; /* of later versions, of one category */
} Rules;

static Value *matcher_of(Recording *recording, const Value *value) {
    static const char *const any[] = {"{\"match\":\"type\"}", "{\"match\":\"type\"}"};
    static const char *const texts[] = {
        "{\"match\":\"type\"}", "{\"match\":\"regex\",\"regex\":\"[a-z]+\"}",
        "{\"match\":\"regex\",\"regex\":\"a|ab\"}", "{\"match\":\"regex\",\"regex\":\".*\"}"};
    static const char *const lists[] = {"{\"match\":\"type\"}", "{\"match\":\"type\",\"min\":1}",
                                        "{\"match\":\"type\",\"max\":4}"};
    static const char *const late_texts[] = {"{\"match\":\"date\",\"date\":\"yyyy-MM-dd\"}",
                                             "{\"match\":\"include\",\"value\":\"a\"}",
                                             "{\"match\":\"equality\"}"};
    static const char *const late_numbers[] = {"{\"match\":\"integer\"}", "{\"match\":\"number\"}",
                                               "{\"match\":\"decimal\"}"};
    static const char *const latest_lists[] = {
        "{\"match\":\"arrayContains\",\"variants\":[{\"index\":0,\"rules\":{\"$\":{\"matchers\":[{"
        "\"match\":\"type\"}]}}}]}",
        "{\"match\":\"notEmpty\"}"};
    static const char *const latest_maps[] = {
        "{\"match\":\"eachKey\",\"rules\":[{\"match\":\"regex\",\"regex\":\"[a-z]+\"}]}",
        "{\"match\":\"eachValue\",\"rules\":[{\"match\":\"type\"}]}", "{\"match\":\"values\"}"};
    Random *random = recording->maker->random;
    const char *text = random_of(random, any);
    bool late = recording->version >= 3 && chance(random, 30);
    bool latest = recording->version >= 4 && chance(random, 35);
    if (value->kind == VALUE_STRING)
        text = late ? random_of(random, late_texts) : random_of(random, texts);
    else if (value->kind == VALUE_NUMBER && late)
        text = random_of(random, late_numbers);
    else if (value->kind == VALUE_ARRAY)
        text = latest ? random_of(random, latest_lists) : random_of(random, lists);
    else if (value->kind == VALUE_OBJECT && latest)
        text = random_of(random, latest_maps);
    return value_from(recording->maker->arena, "%s", text);
}

static void add_rule(Recording *recording, const Rules *rules, Text path, const Value *value) {
    Arena *arena = recording->maker->arena;
    Value *matcher = matcher_of(recording, value);
    value_set_text(arena, rules->flat, text_format(arena, "$.body%.*s", TEXT_ARG(path)), matcher);
    Value *list = value_from(arena, "{\"matchers\":[]}");
    value_push(arena, value_get(list, "matchers"), matcher);
    value_set_text(arena, rules->grouped, text_format(arena, "$%.*s", TEXT_ARG(path)), list);
}

static void add_rules(Recording *recording, const Rules *rules, Text path, const Value *value,
                      unsigned percent) {
    Arena *arena = recording->maker->arena;
    if (chance(recording->maker->random, percent))
        add_rule(recording, rules, path, value);
    for (size_t i = 0; i < value->members.count; i++) {
        Text key = value->members.items[i].key;
        Text below = text_format(arena, "%.*s['%.*s']", TEXT_ARG(path), TEXT_ARG(key));
        add_rules(recording, rules, below, value->members.items[i].value, percent);
    }
    bool each = chance(recording->maker->random, 70);
    for (size_t i = 0; i < value->items.count; i++) {
        Text below = each ? text_format(arena, "%.*s[*]", TEXT_ARG(path))
                          : text_format(arena, "%.*s[%zu]", TEXT_ARG(path), i);
        add_rules(recording, rules, below, value->items.items[i], percent);
        if (each && chance(recording->maker->random, 60))
            return;
    }
}

/* ---- bodies ---------------------------------------------------------------------------------- */

static Text form_of(Recording *recording, const Value *value) {
    Buffer text = {.arena = recording->maker->arena};
    for (size_t i = 0; i < value->members.count; i++) {
        Text field = text_of_scalar(recording, value->members.items[i].value);
        buffer_format(&text, "%s%.*s=%.*s", i ? "&" : "", TEXT_ARG(value->members.items[i].key),
                      TEXT_ARG((is_plain(field) ? field : TEXT("a"))));
    }
    return text.size ? buffer_text(&text) : TEXT("a=1");
}

static void set_body(Recording *recording, Value *part, Value *body, Text media_type, bool json) {
    Arena *arena = recording->maker->arena;
    if (recording->version < 4) {
        value_set(arena, part, "body", body);
        return;
    }
    Value *content = value_new(arena, VALUE_OBJECT);
    value_set(arena, content, "content", body);
    value_set(arena, content, "contentType",
              string(recording, json ? TEXT("application/json") : media_type));
    value_set(arena, content, "encoded", value_boolean(arena, false));
    value_set(arena, part, "body", content);
}

static void add_body(Recording *recording, Value *part, const Value *content, Value *headers) {
    Arena *arena = recording->maker->arena;
    Random *random = recording->maker->random;
    if (!content || !content->members.count || chance(random, 15))
        return;
    const ValueMember *member =
        &content->members.items[random_below(random, content->members.count)];
    Text name = member->key;
    Value *schema = value_get(member->value, "schema");
    Value *value = schema ? sample_of(recording, schema) : value_from(arena, "{\"id\":1}");
    bool form = text_is(name, "application/x-www-form-urlencoded");
    bool range = text_find_byte(name, '*', 0) != SIZE_MAX;
    bool json = range || text_starts_with(name, TEXT("application/json")) ||
                text_ends_with(name, TEXT("+json"));
    if (range)
        name = TEXT("application/json");
    if (value->kind == VALUE_NULL)
        return;
    if (!json)
        value = string(recording, form ? form_of(recording, value) : TEXT("abc"));
    if (!json || chance(random, 50))
        value_set(arena, headers, "Content-Type", string(recording, name));
    set_body(recording, part, value, name, json);
    if (!json || chance(random, 25))
        return;
    Rules rules = {value_new(arena, VALUE_OBJECT), value_new(arena, VALUE_OBJECT)};
    add_rules(recording, &rules, TEXT(""), value, (unsigned)(10 + random_below(random, 80)));
    if (recording->version < 3) {
        value_set(arena, part, "matchingRules", rules.flat);
        return;
    }
    Value *categories = value_new(arena, VALUE_OBJECT);
    value_set(arena, categories, "body", rules.grouped);
    value_set(arena, part, "matchingRules", categories);
}

/* ---- interactions ---------------------------------------------------------------------------- */

static Value *query_of(Recording *recording, const Value *query) {
    Buffer text = {.arena = recording->maker->arena};
    if (recording->version >= 3)
        return value_copy(recording->maker->arena, query);
    for (size_t i = 0; i < query->members.count; i++)
        for (size_t j = 0; j < query->members.items[i].value->items.count; j++)
            buffer_format(&text, "%s%.*s=%.*s", text.size ? "&" : "",
                          TEXT_ARG(query->members.items[i].key),
                          TEXT_ARG(query->members.items[i].value->items.items[j]->text));
    return string(recording, buffer_text(&text));
}

static Text base_path(const Value *description) {
    const Value *servers = value_get(description, "servers");
    if (!servers || !servers->items.count)
        return TEXT("");
    Text url = value_get(servers->items.items[0], "url")->text;
    if (text_is(url, "https://h/{v}"))
        return TEXT("/v1");
    return text_starts_with(url, TEXT("/")) ? url : TEXT("");
}

static Text fill(Recording *recording, Text template, Text path_value) {
    Buffer path = {.arena = recording->maker->arena};
    size_t open = text_find_byte(template, '{', 0);
    buffer_add(&path, base_path(recording->description));
    buffer_add(&path, text_slice(template, 0, open));
    if (open != SIZE_MAX) {
        size_t close = text_find_byte(template, '}', open);
        buffer_add(&path, path_value);
        buffer_add(&path, text_slice(template, close + 1, template.size));
    }
    return buffer_text(&path);
}

static Value *make_request(Recording *recording, Text template, Text method,
                           const Value *operation) {
    Arena *arena = recording->maker->arena;
    Value *request = value_new(arena, VALUE_OBJECT), *headers = value_new(arena, VALUE_OBJECT);
    Value *query = value_new(arena, VALUE_OBJECT);
    const Value *parameters = value_get(operation, "parameters");
    Text path_value = TEXT("a");
    for (size_t i = 0; parameters && i < parameters->items.count; i++)
        add_parameter(recording, parameters->items.items[i], query, headers, &path_value);
    add_credentials(recording, query, headers);
    Buffer upper = {.arena = arena};
    for (size_t i = 0; i < method.size; i++)
        buffer_add_byte(&upper, (char)(method.data[i] - 'a' + 'A'));
    value_set(arena, request, "method", string(recording, buffer_text(&upper)));
    value_set(arena, request, "path", string(recording, fill(recording, template, path_value)));
    if (query->members.count)
        value_set(arena, request, "query", query_of(recording, query));
    add_body(recording, request, value_get(value_get(operation, "requestBody"), "content"),
             headers);
    if (chance(recording->maker->random, 25))
        value_set(arena, headers, "Accept", string(recording, TEXT("application/json")));
    if (headers->members.count)
        value_set(arena, request, "headers", headers);
    return request;
}

static Value *make_answer(Recording *recording, const Value *operation) {
    Arena *arena = recording->maker->arena;
    Random *random = recording->maker->random;
    const Value *responses = value_get(operation, "responses");
    const ValueMember *member =
        &responses->members.items[random_below(random, responses->members.count)];
    Value *answer = value_new(arena, VALUE_OBJECT), *headers = value_new(arena, VALUE_OBJECT);
    bool range = text_is(member->key, "2XX") || text_is(member->key, "default");
    value_set(arena, answer, "status", value_number(arena, range ? TEXT("202") : member->key));
    const Value *declared = value_get(member->value, "headers");
    for (size_t i = 0; declared && i < declared->members.count; i++) {
        Value *schema = value_get(declared->members.items[i].value, "schema");
        Text text = text_of_scalar(recording, sample_of(recording, schema));
        value_set_text(arena, headers, declared->members.items[i].key, string(recording, text));
    }
    if (chance(random, 10))
        value_set(arena, headers, "X-Page", string(recording, TEXT("abc")));
    add_body(recording, answer, value_get(member->value, "content"), headers);
    if (headers->members.count)
        value_set(arena, answer, "headers", headers);
    return answer;
}

static Value *make_interaction(Recording *recording, size_t index) {
    Arena *arena = recording->maker->arena;
    Random *random = recording->maker->random;
    const Value *paths = value_get(recording->description, "paths");
    const ValueMember *path = &paths->members.items[random_below(random, paths->members.count)];
    const ValueMember *method =
        &path->value->members.items[random_below(random, path->value->members.count)];
    Value *interaction = value_new(arena, VALUE_OBJECT);
    value_set(arena, interaction, "description",
              string(recording, text_format(arena, "%zu %.*s %.*s", index, TEXT_ARG(method->key),
                                            TEXT_ARG(path->key))));
    if (recording->version == 4)
        value_set(arena, interaction, "type", string(recording, TEXT("Synchronous/HTTP")));
    value_set(arena, interaction, "request",
              make_request(recording, path->key, method->key, method->value));
    value_set(arena, interaction, "response", make_answer(recording, method->value));
    return interaction;
}

Value *make_pact(Maker *maker, const Value *base) {
    static const int versions[] = {2, 2, 3, 4};
    Recording recording = {.maker = maker, .description = base};
    recording.version = random_of(maker->random, versions);
    maker->components = value_get(value_get(base, "components"), "schemas");
    Description pooled = {.schema = value_boolean(maker->arena, true),
                          .components = maker->components};
    pool_fill(maker->arena, &pooled, &recording.pool);
    Value *pact = value_from(
        maker->arena,
        "{\"consumer\":{\"name\":\"C\"},\"provider\":{\"name\":\"P\"},\"interactions\":[],"
        "\"metadata\":{\"pactSpecification\":{\"version\":\"%d.0.0\"}}}",
        recording.version);
    for (size_t i = 0; i < 1 + random_below(maker->random, 3); i++)
        value_push(maker->arena, value_get(pact, "interactions"), make_interaction(&recording, i));
    return pact;
}
