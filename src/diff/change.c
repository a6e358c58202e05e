#include "diff/change.h"

static const AttributeInfo attributes[] = {
#define ATTRIBUTE(id, word, type, meaning) {word, ATTRIBUTE_##type, meaning},
#include "diff/attribute.def"
#undef ATTRIBUTE
};

_Static_assert(ATTRIBUTE_COUNT <= 32, "ChangeInfo.attributes has a bit for each attribute");

#define A(id) | (UINT32_C(1) << ATTRIBUTE_##id)
static const ChangeInfo changes[] = {
#define CHANGE(id, word, attributes, meaning) {word, UINT32_C(0) attributes, meaning},
#include "diff/change.def"
#undef CHANGE
};
#undef A

const AttributeInfo *attribute_info(AttributeId id) {
    return &attributes[id];
}

const ChangeInfo *change_info(ChangeKind kind) {
    return &changes[kind];
}

AttributeId attribute_by_word(Text word) {
    unsigned id = 0;
    while (id < ATTRIBUTE_COUNT && !text_is(word, attributes[id].word))
        id++;
    return (AttributeId)id;
}

ChangeKind change_by_word(Text word) {
    unsigned kind = 0;
    while (kind < CHANGE_COUNT && !text_is(word, changes[kind].word))
        kind++;
    return (ChangeKind)kind;
}

Text change_attribute(const Change *change, AttributeId id) {
    for (size_t i = 0; i < change->attributes.count; i++)
        if (change->attributes.items[i].id == id)
            return change->attributes.items[i].text;
    return (Text){0};
}

bool change_attribute_is_true(const Change *change, AttributeId id) {
    return text_is(change_attribute(change, id), "true");
}

bool attribute_names_header(ChangeKind kind, AttributeId id, Text in) {
    Text word = text_from(changes[kind].word);
    bool renamed = kind == CHANGE_HEADER_RENAMED || kind == CHANGE_PARAMETER_RENAMED;
    bool named = id == ATTRIBUTE_NAME || (renamed && (id == ATTRIBUTE_FROM || id == ATTRIBUTE_TO));
    bool of_parameter = text_starts_with(word, TEXT("parameter.")) && text_is(in, "header");
    return named && (of_parameter || text_starts_with(word, TEXT("header.")));
}

/* clang-format off */
#define APPLICATORS "$ref", "allOf", "anyOf", "oneOf", "not", "if", "contains", "dependentSchemas", \
                    "propertyNames", "patternProperties", "unevaluatedItems", "unevaluatedProperties"
#define STYLES      "style", "explode", "allowReserved", "allowEmptyValue", "content"

static const struct {
    ChangeKind kind;
    const char *words[16];
} keywords[] = {
    {CHANGE_BOUND_CHANGED,           {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
                                      "minItems", "maxItems", "minProperties", "maxProperties"}},
    {CHANGE_CONSTRAINT_CHANGED,      {APPLICATORS}},
    {CHANGE_TYPE_UNPROVEN,           {APPLICATORS}},
    {CHANGE_CONTENT_CHANGED,         {"contentEncoding", "contentMediaType", "contentSchema"}},
    {CHANGE_PROPERTY_ACCESS_CHANGED, {"readOnly", "writeOnly"}},
    {CHANGE_PARAMETER_SERIALISED,    {STYLES}},
    {CHANGE_HEADER_SERIALISED,       {STYLES}},
    {CHANGE_ENCODING_CHANGED,        {"contentType", "style", "explode", "allowReserved", "headers", "encoding", "prefixEncoding", "itemEncoding"}},
    {CHANGE_LINK_CHANGED,            {"operationId", "operationRef", "parameters", "requestBody", "server"}},
    {CHANGE_XML_CHANGED,             {"name", "namespace", "prefix", "attribute", "wrapped", "nodeType", "component"}},
    {CHANGE_SECURITY_URL_CHANGED,    {"authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl", "oauth2MetadataUrl", "openIdConnectUrl"}},
    {CHANGE_SECURITY_TOKEN_CHANGED,  {"bearerFormat"}},
    {CHANGE_DOCUMENTATION_CHANGED,   {"title", "summary", "description", "$comment", "example", "examples", "externalDocs", "contact",
                                      "termsOfService", "license", "version", "name", "tags", "x-summary"}},
};
/* clang-format on */

const char *const *change_keywords(ChangeKind kind) {
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (keywords[i].kind == kind)
            return keywords[i].words;
    return NULL;
}
