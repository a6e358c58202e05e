#include "load/openapi.h"

/* What Swagger 2.0 says in its own way, in the shape that 3.x gave it. */

/* ---- collectionFormat ------------------------------------------------------------------------ */

static const char *const formats[] = {"csv", "ssv", "tsv", "pipes", "multi"};
enum { CSV, SSV, TSV, PIPES, MULTI, FORMATS };

static bool is_array(const Node *node) {
    const Node *type = node_member(node, TEXT("type"));
    return node_member(node, TEXT("items")) ||
           (type && type->kind == NODE_STRING && text_is(type->text, "array"));
}

/* Swagger 2.0, Parameter Object: `csv` where nothing is written. What is no array has no format. */
static bool read_format(Loader *loader, const Node *node, ParameterIn in, ParameterStyle *style,
                        bool *explode) {
    int format = reader_word(&loader->reader, node, "collectionFormat", formats, FORMATS);
    if (!is_array(node))
        return false;
    static const ParameterStyle by_format[FORMATS] = {
        [CSV] = STYLE_FORM,          [SSV] = STYLE_SPACE_DELIMITED,
        [TSV] = STYLE_TAB_DELIMITED, [PIPES] = STYLE_PIPE_DELIMITED,
        [MULTI] = STYLE_FORM,
    };
    bool comma = format < 0 || format == CSV;
    *style = comma && (in == IN_PATH || in == IN_HEADER) ? STYLE_SIMPLE
                                                         : by_format[comma ? CSV : format];
    *explode = format == MULTI;
    return true;
}

void swagger_collection_format(Loader *loader, const Node *node, Parameter *parameter) {
    read_format(loader, node, parameter->in, &parameter->style, &parameter->explode);
}

/* ---- Bodies ---------------------------------------------------------------------------------- */

/* The operation's list of media types, else the description's. NULL: neither has one. */
static const Node *media_type_names(Loader *loader, const Node *operation, const char *key) {
    const Node *list = reader_list(&loader->reader, operation, key);
    if (!list && !node_member(operation, text_from(key)))
        list = reader_list(&loader->reader, loader->root, key);
    return list && list->count ? list : NULL;
}

static void add_media_type(Loader *loader, MediaTypeList *list, Text name, Type *type,
                           const Node *origin) {
    MediaType media_type = {.name = name, .type = type, .origin = origin};
    array_push(loader->arena, list, media_type);
}

/* One media type for each name; JSON where nothing is said, as everybody means it. */
static MediaTypeList media_types_of(Loader *loader, const Node *names, Text keyword, Type *type,
                                    const Node *origin) {
    MediaTypeList list = {0};
    for (uint32_t i = 0; names && i < names->count; i++) {
        Text name;
        if (reader_name(&loader->reader, names->items[i], keyword, &name))
            add_media_type(loader, &list, name, type, names->items[i]);
    }
    if (!list.count)
        add_media_type(loader, &list, TEXT("application/json"), type, origin);
    return list;
}

MediaTypeList swagger_content(Loader *loader, const Node *operation, const Node *response) {
    Type *type = schema_load(loader, response, "schema");
    if (!type)
        return (MediaTypeList){0};
    return media_types_of(loader, media_type_names(loader, operation, "produces"), TEXT("produces"),
                          type, type->origin);
}

static const Body *json_like_body(Loader *loader, const Node *operation, const Node *parameter) {
    Body *body = arena_new_object(loader->arena, Body);
    body->origin = parameter;
    body->required = reader_flag(&loader->reader, parameter, "required", false);
    Type *type = schema_load(loader, parameter, "schema");
    MediaTypeList list = media_types_of(loader, media_type_names(loader, operation, "consumes"),
                                        TEXT("consumes"), type, parameter);
    array_share(&body->media_types, &list);
    return body;
}

/* ---- Forms ----------------------------------------------------------------------------------- */

static const char FORM[] = "application/x-www-form-urlencoded";
static const char MULTIPART[] = "multipart/form-data";

typedef struct Form {
    Type *type;
    bool required, has_file;
    ARRAY(Encoding) encodings;
    const Node *origin; /* the first field; NULL: no form */
} Form;

static void add_field(Loader *loader, Form *form, const ParameterKey *key) {
    const Node *node = key->node;
    if (!form->origin) {
        form->origin = node;
        form->type = schemas_made_type(loader->schemas, node, KIND_OBJECT);
        form->type->object = arena_new_object(loader->arena, ObjectKeywords);
    }
    ObjectKeywords *object = form->type->object;
    Property property = {key->name, schemas_parameter_type(loader->schemas, node), node};
    array_push(loader->arena, &object->properties, property);
    if (reader_flag(&loader->reader, node, "required", false)) {
        Required required = {key->name, node};
        array_push(loader->arena, &object->required, required);
        form->required = true;
    }
    Encoding encoding = {.property = key->name, .origin = node};
    if (read_format(loader, node, IN_QUERY, &encoding.style, &encoding.explode))
        array_push(loader->arena, &form->encodings, encoding);
    const Node *type = node_member(node, TEXT("type"));
    form->has_file |= type && type->kind == NODE_STRING && text_is(type->text, "file");
}

static bool is_form(Text name) {
    Text essence = text_trim(text_slice(name, 0, text_find_byte(name, ';', 0)));
    return text_equal_ignoring_case(essence, text_from(FORM)) ||
           text_equal_ignoring_case(essence, text_from(MULTIPART));
}

/* Of `consumes` only the two types that can carry a form count: a description often says JSON once
 * for all operations. */
static const Body *form_body(Loader *loader, const Node *operation, const Form *form) {
    Body *body = arena_new_object(loader->arena, Body);
    body->origin = form->origin;
    body->required = form->required;
    MediaTypeList list = {0};
    const Node *names = media_type_names(loader, operation, "consumes");
    for (uint32_t i = 0; names && i < names->count; i++) {
        Text name;
        if (reader_name(&loader->reader, names->items[i], TEXT("consumes"), &name) && is_form(name))
            add_media_type(loader, &list, name, form->type, names->items[i]);
    }
    if (!list.count)
        add_media_type(loader, &list, text_from(form->has_file ? MULTIPART : FORM), form->type,
                       form->origin);
    for (size_t i = 0; i < list.count; i++)
        array_share(&list.items[i].encodings, &form->encodings);
    array_share(&body->media_types, &list);
    return body;
}

const Body *swagger_body(Loader *loader, const Node *operation, const ParameterKeys *keys) {
    Form form = {0};
    for (size_t i = 0; i < keys->count; i++) {
        const ParameterKey *key = keys->items[i];
        if (text_is(key->in, "body"))
            return json_like_body(loader, operation, key->node);
        if (text_is(key->in, "formData"))
            add_field(loader, &form, key);
    }
    return form.origin ? form_body(loader, operation, &form) : NULL;
}

/* ---- Servers --------------------------------------------------------------------------------- */

bool swagger_servers(Loader *loader, const Node *owner, ServerList *servers) {
    Reader *reader = &loader->reader;
    const Node *schemes = reader_list(reader, owner, "schemes");
    if (owner != loader->root && !schemes)
        return false;
    Text host = reader_text(reader, loader->root, "host");
    Text base = base_path_of(loader->arena, reader_text(reader, loader->root, "basePath"));
    const Node *origin = node_member(loader->root, TEXT("basePath"));
    if (!origin)
        origin = node_member(loader->root, TEXT("host"));
    if (!origin)
        return false;
    for (uint32_t i = 0; host.size && schemes && i < schemes->count; i++) {
        Text scheme;
        if (!reader_name(reader, schemes->items[i], TEXT("schemes"), &scheme))
            continue;
        Text url = text_format(loader->arena, "%.*s://%.*s%.*s", TEXT_ARG(scheme), TEXT_ARG(host),
                               TEXT_ARG(base));
        array_push(loader->arena, servers,
                   ((Server){.url = url, .base_path = base, .origin = origin}));
    }
    if (!servers->count) {
        Text url = text_format(loader->arena, "%s%.*s%.*s", host.size ? "//" : "", TEXT_ARG(host),
                               TEXT_ARG(base));
        array_push(
            loader->arena, servers,
            ((Server){.url = url.size ? url : TEXT("/"), .base_path = base, .origin = origin}));
    }
    return true;
}
