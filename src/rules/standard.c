#include "rules/rules.h"

/* Addresses of the standards that rules name as "NAME VERSION SECTION". */

/* Sections of OpenAPI 3.1.1, each of which describes an object and is addressed by its name. */
static const struct {
    const char *section, *anchor;
} openapi_sections[] = {
    {"4.8.1", "openapi-object"},
    {"4.8.2", "info-object"},
    {"4.8.3", "contact-object"},
    {"4.8.4", "license-object"},
    {"4.8.5", "server-object"},
    {"4.8.6", "server-variable-object"},
    {"4.8.7", "components-object"},
    {"4.8.8", "paths-object"},
    {"4.8.9", "path-item-object"},
    {"4.8.10", "operation-object"},
    {"4.8.11", "external-documentation-object"},
    {"4.8.12", "parameter-object"},
    {"4.8.12.1", "parameter-locations"},
    {"4.8.12.2", "parameter-object"},
    {"4.8.12.3", "style-values"},
    {"4.8.13", "request-body-object"},
    {"4.8.14", "media-type-object"},
    {"4.8.15", "encoding-object"},
    {"4.8.16", "responses-object"},
    {"4.8.17", "response-object"},
    {"4.8.18", "callback-object"},
    {"4.8.19", "example-object"},
    {"4.8.20", "link-object"},
    {"4.8.21", "header-object"},
    {"4.8.22", "tag-object"},
    {"4.8.23", "reference-object"},
    {"4.8.24", "schema-object"},
    {"4.8.25", "discriminator-object"},
    {"4.8.26", "xml-object"},
    {"4.8.27", "security-scheme-object"},
    {"4.8.28", "oauth-flows-object"},
    {"4.8.29", "oauth-flow-object"},
    {"4.8.30", "security-requirement-object"},
    {"4.9", "specification-extensions"},
};

/* Cuts `prefix` off; what is left is the section. */
static bool names(Text standard, const char *prefix, Text *section) {
    if (!text_starts_with(standard, text_from(prefix)))
        return false;
    *section = text_trim(text_slice(standard, strlen(prefix), standard.size));
    return true;
}

static Text rfc_link(Arena *arena, Text rest) {
    size_t space = text_find_byte(rest, ' ', 0);
    Text number = text_slice(rest, 0, space == SIZE_MAX ? rest.size : space);
    Text section = text_trim(text_slice(rest, number.size, rest.size));
    const char *hash = section.size ? "#section-" : "";
    return text_format(arena, "https://www.rfc-editor.org/rfc/rfc%.*s.html%s%.*s", TEXT_ARG(number),
                       hash, TEXT_ARG(section));
}

Text rules_standard_link(Arena *arena, Text standard) {
    Text section;
    if (names(standard, "RFC ", &section))
        return rfc_link(arena, section);
    if (names(standard, "JSON Schema 2020-12 validation", &section))
        return text_format(arena,
                           "https://json-schema.org/draft/2020-12/json-schema-validation"
                           "#section-%.*s",
                           TEXT_ARG(section));
    if (names(standard, "JSON Schema 2020-12 core", &section))
        return text_format(arena,
                           "https://json-schema.org/draft/2020-12/json-schema-core#section-%.*s",
                           TEXT_ARG(section));
    if (names(standard, "OpenAPI 3.2.0 ", &section)) /* named by the object itself */
        return text_format(arena, "https://spec.openapis.org/oas/v3.2.0.html#%.*s",
                           TEXT_ARG(section));
    if (names(standard, "OpenAPI 2.0 ", &section))
        return text_format(arena, "https://spec.openapis.org/oas/v2.0.html#%.*s",
                           TEXT_ARG(section));
    if (!names(standard, "OpenAPI 3.1.1", &section))
        return (Text){0};
    for (size_t i = 0; i < sizeof openapi_sections / sizeof *openapi_sections; i++)
        if (text_is(section, openapi_sections[i].section))
            return text_format(arena, "https://spec.openapis.org/oas/v3.1.1.html#%s",
                               openapi_sections[i].anchor);
    return TEXT("https://spec.openapis.org/oas/v3.1.1.html");
}

/* Whether the next word is one of the list, up to a NULL. */
static bool next_is_one_of(Text rest, const char *const *words) {
    Text word = text_slice(rest, 0, text_find_byte(rest, ' ', 0));
    for (size_t i = 0; words[i]; i++)
        if (text_is(word, words[i]))
            return true;
    return false;
}

bool rules_standard_is_known(Text standard) {
    static const char *const openapi[] = {"2.0",   "3.0.0", "3.0.1", "3.0.2", "3.0.3", "3.0.4",
                                          "3.1.0", "3.1.1", "3.1.2", "3.2.0", NULL};
    static const char *const schema[] = {"2020-12", NULL};
    Text rest;
    if (names(standard, "OpenAPI ", &rest))
        return next_is_one_of(rest, openapi);
    if (names(standard, "JSON Schema ", &rest))
        return next_is_one_of(rest, schema);
    if (names(standard, "RFC ", &rest))
        return rest.size && rest.data[0] >= '1' && rest.data[0] <= '9';
    return true;
}
