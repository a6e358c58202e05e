#include "load/openapi.h"

/* Parameters, request bodies and media types. */

static const char *const places[] = {"path",        "query",    "header", "cookie",
                                     "querystring", "formData", "body"};
enum { PLACES_OF_3 = 5, PLACES_OF_2 = 7 };

static const char *const styles[] = {"simple",         "label",         "matrix",     "form",
                                     "spaceDelimited", "pipeDelimited", "deepObject", "cookie"};
enum { STYLES = sizeof styles / sizeof *styles };

/* ---- What a parameter is known by ------------------------------------------------------------ */

/* OpenAPI 3.1.1 section 4.8.12.1: these headers are described elsewhere. */
static bool is_ignored_header(const Loader *loader, Text name) {
    return loader->dialect != DIALECT_SWAGGER_2_0 &&
           (text_equal_ignoring_case(name, TEXT("Accept")) ||
            text_equal_ignoring_case(name, TEXT("Content-Type")) ||
            text_equal_ignoring_case(name, TEXT("Authorization")));
}

static bool missing_member(Loader *loader, const Node *node, const char *member) {
    return reader_diagnose(&loader->reader, MEMBER_MISSING, node_place(node), "a parameter",
                           member);
}

static const ParameterKey *key_of(Loader *loader, const Node *item) {
    const Node *node = reader_object(&loader->reader, item, "a parameter");
    if (!node)
        return NULL;
    ParameterKey *key = loaded_get(loader->parameter_keys, node);
    if (key)
        return key;
    key = arena_new_object(loader->arena, ParameterKey);
    loaded_put(loader->arena, loader->parameter_keys, node, key);
    bool swagger = loader->dialect == DIALECT_SWAGGER_2_0;
    key->name = reader_text(&loader->reader, node, "name");
    int in = reader_word(&loader->reader, node, "in", places, swagger ? PLACES_OF_2 : PLACES_OF_3);
    if (!node_member(node, TEXT("name")))
        missing_member(loader, node, "`name`");
    if (!node_member(node, TEXT("in")))
        missing_member(loader, node, "`in`: where it stands (path, query, header or cookie)");
    if (in < 0 || !key->name.size || (in == IN_HEADER && is_ignored_header(loader, key->name)))
        return key;
    key->in = text_from(places[in]);
    if (text_is(key->in, "body"))
        key->name = (Text){0}; /* there is one, whatever its name */
    key->node = node;
    return key;
}

enum { LINEAR_LIMIT = 16 };

static Text key_text(Arena *arena, const ParameterKey *key) {
    return text_format(arena, "%.*s %.*s", TEXT_ARG(key->in), TEXT_ARG(key->name));
}

/* Where a parameter of the same key stands among `keys`. Long lists are searched by a map, so that
 * time stays in proportion to the description. */
static const ParameterKey **find_key(Arena *arena, ParameterKeys *keys, Map **by_key,
                                     const ParameterKey *key) {
    if (keys->count < LINEAR_LIMIT) {
        for (size_t i = 0; i < keys->count; i++)
            if (text_equal(keys->items[i]->name, key->name) &&
                text_equal(keys->items[i]->in, key->in))
                return &keys->items[i];
        return NULL;
    }
    if (!*by_key) {
        *by_key = map_new(arena);
        for (size_t i = 0; i < keys->count; i++)
            map_put_text(*by_key, key_text(arena, keys->items[i]), (void *)(uintptr_t)(i + 1));
    }
    Text text = key_text(arena, key);
    size_t index = (size_t)(uintptr_t)map_get_text(*by_key, text);
    if (index)
        return &keys->items[index - 1];
    map_put_text(*by_key, text, (void *)(uintptr_t)(keys->count + 1));
    return NULL;
}

/* Section 4.8.10: a list must not have two of one name and place. */
static void tell_twice(Loader *loader, const Node *item, const ParameterKey *key) {
    if (!loaded_get(loader->reader.told, item))
        reader_warn(&loader->reader, PARAMETER_TWICE, node_place(item), TEXT_ARG(key->in),
                    TEXT_ARG(key->name));
    loaded_put(loader->arena, loader->reader.told, item, loader);
}

void parameters_merge(Loader *loader, const Node *list, ParameterKeys *keys) {
    Map *by_key = NULL;
    size_t inherited = keys->count;
    for (uint32_t i = 0; list && i < list->count && !reader_full(&loader->reader); i++) {
        const ParameterKey *key = key_of(loader, list->items[i]);
        if (!key || !key->node)
            continue;
        const ParameterKey **same = find_key(loader->arena, keys, &by_key, key);
        if (same && (size_t)(same - keys->items) >= inherited)
            tell_twice(loader, list->items[i], key);
        if (same)
            *same = key;
        else
            array_push(loader->arena, keys, key);
    }
}

/* ---- Parameters ------------------------------------------------------------------------------ */

/* Section 4.8.12.2: what a parameter's place implies where nothing is written. */
static ParameterStyle default_style(ParameterIn in) {
    return in == IN_PATH || in == IN_HEADER ? STYLE_SIMPLE : STYLE_FORM;
}

static bool default_explode(ParameterStyle style) {
    return style == STYLE_FORM || style == STYLE_COOKIE;
}

static void read_style(Loader *loader, const Node *node, ParameterStyle otherwise,
                       ParameterStyle *style, bool *explode) {
    int written = reader_word(&loader->reader, node, "style", styles, STYLES);
    *style = written < 0 ? otherwise : (ParameterStyle)written;
    *explode = reader_flag(&loader->reader, node, "explode", default_explode(*style));
}

/* The one entry of `content`, which describes a value that is itself a document. */
static MediaType *only_content(Loader *loader, const Node *content) {
    if (content->count > 1)
        reader_diagnose(&loader->reader, CONTENT_NOT_ONE, node_place(content), "a parameter",
                        content->count);
    return content_load(loader, content).items;
}

/* Swagger 2.0 describes a value by keywords of the parameter itself, and some 3.x files do so too.
 */
static bool has_own_type(const Node *node) {
    return node_member(node, TEXT("type")) || node_member(node, TEXT("enum")) ||
           node_member(node, TEXT("items")) || node_member(node, TEXT("format"));
}

static void read_value(Loader *loader, const Node *node, Parameter *parameter) {
    parameter->type = schema_load(loader, node, "schema");
    if (parameter->type)
        return;
    const Node *content = reader_mapping(&loader->reader, node, "content");
    if (content)
        parameter->content = only_content(loader, content);
    else if (has_own_type(node))
        parameter->type = schemas_parameter_type(loader->schemas, node);
}

static Parameter *read_parameter(Loader *loader, const Node *node, Text name, ParameterIn in) {
    Reader *reader = &loader->reader;
    Parameter *parameter = arena_new_object(loader->arena, Parameter);
    parameter->name = name;
    parameter->in = in;
    parameter->origin = node;
    parameter->required = reader_flag(reader, node, "required", false) || in == IN_PATH;
    parameter->deprecated = reader_flag(reader, node, "deprecated", false);
    parameter->allow_reserved = reader_flag(reader, node, "allowReserved", false);
    parameter->allow_empty_value = reader_flag(reader, node, "allowEmptyValue", false);
    parameter->sunset = reader_date(reader, node, "x-sunset");
    parameter->deprecated_since = reader_date(reader, node, "x-deprecated-since");
    read_style(loader, node, default_style(in), &parameter->style, &parameter->explode);
    if (loader->dialect == DIALECT_SWAGGER_2_0)
        swagger_collection_format(loader, node, parameter);
    read_value(loader, node, parameter);
    return parameter;
}

const Parameter *parameter_load(Loader *loader, const ParameterKey *key) {
    Parameter *parameter = loaded_get(loader->parameters, key->node);
    if (parameter)
        return parameter;
    ParameterIn in = IN_PATH;
    for (int i = 0; i < PLACES_OF_3; i++)
        if (text_is(key->in, places[i]))
            in = (ParameterIn)i;
    parameter = read_parameter(loader, key->node, key->name, in);
    loaded_put(loader->arena, loader->parameters, key->node, parameter);
    return parameter;
}

const Parameter *header_load(Loader *loader, const Node *item, Text name) {
    const Node *node = reader_object(&loader->reader, item, "a header");
    if (!node)
        return NULL;
    Parameter *header = loaded_get(loader->headers, node);
    if (!header) {
        header = read_parameter(loader, node, name, IN_HEADER);
        loaded_put(loader->arena, loader->headers, node, header);
    }
    return header;
}

/* ---- Media types and bodies ------------------------------------------------------------------ */

static void read_encoding(Loader *loader, const Node *node, Text property, MediaType *media_type) {
    const Node *object = reader_object(&loader->reader, node, "an encoding");
    if (!object)
        return;
    Encoding encoding = {.property = property, .origin = object};
    encoding.content_type = reader_text(&loader->reader, object, "contentType");
    encoding.allow_reserved = reader_flag(&loader->reader, object, "allowReserved", false);
    read_style(loader, object, STYLE_FORM, &encoding.style, &encoding.explode);
    encoding.styled = node_member(object, TEXT("style")) || node_member(object, TEXT("explode")) ||
                      node_member(object, TEXT("allowReserved"));
    HeaderList headers = headers_load(loader, object);
    array_share(&encoding.headers, &headers);
    array_push(loader->arena, &media_type->encodings, encoding);
}

/* By property; by place from 3.2 on. */
static void read_encodings(Loader *loader, const Node *node, MediaType *media_type) {
    Reader *reader = &loader->reader;
    const Node *encodings = reader_mapping(reader, node, "encoding");
    for (uint32_t i = 0; encodings && i < encodings->count; i++)
        read_encoding(loader, encodings->members[i].value, encodings->members[i].key, media_type);
    const Node *prefix = reader_list(reader, node, "prefixEncoding");
    for (uint32_t i = 0; prefix && i < prefix->count; i++)
        read_encoding(loader, prefix->items[i], text_format(loader->arena, "[%u]", i), media_type);
    const Node *item = reader_mapping(reader, node, "itemEncoding");
    if (item)
        read_encoding(loader, item, TEXT("[*]"), media_type);
}

Type *schema_load(Loader *loader, const Node *node, const char *key) {
    const Node *schema = node_member(node, text_from(key));
    return schema && schema->kind != NODE_NULL
               ? schemas_type(loader->schemas, schema, text_from(key))
               : NULL;
}

MediaTypeList content_load(Loader *loader, const Node *content) {
    MediaTypeList media_types = {0};
    if (content)
        array_reserve(loader->arena, &media_types, content->count);
    for (uint32_t i = 0; content && i < content->count && !reader_full(&loader->reader); i++) {
        const Member *member = &content->members[i];
        if (is_extension(member->key) && text_find_byte(member->key, '/', 0) == SIZE_MAX)
            continue;
        MediaType media_type = {.name = member->key, .origin = member->value};
        if (member->value->kind != NODE_NULL) {
            const Node *node = reader_object(&loader->reader, member->value, "a media type");
            if (!node)
                continue;
            media_type.origin = node;
            media_type.type = schema_load(loader, node, "schema");
            media_type.item_type = schema_load(loader, node, "itemSchema");
            read_encodings(loader, node, &media_type);
        }
        array_push(loader->arena, &media_types, media_type);
    }
    return media_types;
}

const Body *body_load(Loader *loader, const Node *node) {
    const Node *object = reader_object(&loader->reader, node, "a request body");
    if (!object)
        return NULL;
    Body *body = loaded_get(loader->bodies, object);
    if (body)
        return body;
    body = arena_new_object(loader->arena, Body);
    loaded_put(loader->arena, loader->bodies, object, body);
    body->origin = object;
    body->required = reader_flag(&loader->reader, object, "required", false);
    MediaTypeList media_types =
        content_load(loader, reader_mapping(&loader->reader, object, "content"));
    array_share(&body->media_types, &media_types);
    return body;
}
