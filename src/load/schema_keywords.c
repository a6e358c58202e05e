#include "load/schema_keywords.h"

/* clang-format off */
#define ITSELF(member)      PART_ITSELF, offsetof(Type, member)
#define NUMBER(member)      PART_NUMBER, offsetof(NumberKeywords, member)
#define STRING(member)      PART_STRING, offsetof(StringKeywords, member)
#define ARRAYS(member)      PART_ARRAY, offsetof(ArrayKeywords, member)
#define OBJECT(member)      PART_OBJECT, offsetof(ObjectKeywords, member)
#define COMBINATORS(member) PART_COMBINATORS, offsetof(Combinators, member)

/* Every dialect's keywords, sorted by name. One of another dialect means here what it means there:
 * `nullable` in 3.1, a list of types in 2.0, `const` in 3.0. */
static const Keyword keywords[] = {
    {"additionalProperties",  USE_ANYWHERE,                           OBJECT(additional_properties), keyword_schema},
    {"allOf",                 USE_ANYWHERE,                           COMBINATORS(all_of),           keyword_all_of},
    {"anyOf",                 USE_ANYWHERE,                           COMBINATORS(any_of),           keyword_any_of},
    {"const",                 USE_NULL,                               ITSELF(constant),              keyword_node},
    {"contains",              USE_ANYWHERE,                           ARRAYS(contains),              keyword_schema},
    {"contentEncoding",       USE_ANYWHERE,                           STRING(content_encoding),      keyword_text},
    {"contentMediaType",      USE_ANYWHERE,                           STRING(content_media_type),    keyword_text},
    {"contentSchema",         USE_ANYWHERE,                           STRING(content_schema),        keyword_schema},
    {"default",               USE_ANNOTATION | USE_NULL,              ITSELF(default_value),         keyword_node},
    {"dependencies",          USE_ANYWHERE,                           OBJECT(dependent_schemas),     keyword_dependencies},
    {"dependentRequired",     USE_ANYWHERE,                           OBJECT(dependent_required),    keyword_dependent_required},
    {"dependentSchemas",      USE_ANYWHERE,                           OBJECT(dependent_schemas),     keyword_dependent_schemas},
    {"deprecated",            USE_ANNOTATION | USE_IN_SCHEMA_ONLY,    ITSELF(deprecated),            keyword_flag},
    {"discriminator",         USE_ANYWHERE,                           COMBINATORS(discriminator),    keyword_discriminator},
    {"else",                  USE_ANYWHERE,                           COMBINATORS(else_type),        keyword_schema},
    {"enum",                  USE_ANYWHERE,                           ITSELF(values),                keyword_enum},
    {"exclusiveMaximum",      USE_ANYWHERE,                           NUMBER(exclusive_maximum),     keyword_exclusive_maximum},
    {"exclusiveMinimum",      USE_ANYWHERE,                           NUMBER(exclusive_minimum),     keyword_exclusive_minimum},
    {"format",                USE_ANYWHERE,                           ITSELF(format),                keyword_text},
    {"if",                    USE_ANYWHERE,                           COMBINATORS(if_type),          keyword_schema},
    {"items",                 USE_ANYWHERE,                           ARRAYS(items),                 keyword_items},
    {"maxContains",           USE_ANYWHERE,                           ARRAYS(max_contains),          keyword_count},
    {"maxItems",              USE_ANYWHERE,                           ARRAYS(max_items),             keyword_count},
    {"maxLength",             USE_ANYWHERE,                           STRING(max_length),            keyword_count},
    {"maxProperties",         USE_ANYWHERE,                           OBJECT(max_properties),        keyword_count},
    {"maximum",               USE_ANYWHERE,                           NUMBER(maximum),               keyword_maximum},
    {"minContains",           USE_ANYWHERE,                           ARRAYS(min_contains),          keyword_count},
    {"minItems",              USE_ANYWHERE,                           ARRAYS(min_items),             keyword_count},
    {"minLength",             USE_ANYWHERE,                           STRING(min_length),            keyword_count},
    {"minProperties",         USE_ANYWHERE,                           OBJECT(min_properties),        keyword_count},
    {"minimum",               USE_ANYWHERE,                           NUMBER(minimum),               keyword_minimum},
    {"multipleOf",            USE_ANYWHERE,                           NUMBER(multiple_of),           keyword_bound},
    {"not",                   USE_ANYWHERE,                           COMBINATORS(not_type),         keyword_schema},
    {"nullable",              USE_ANNOTATION,                         ITSELF(nullable),              keyword_flag},
    {"oneOf",                 USE_ANYWHERE,                           COMBINATORS(one_of),           keyword_one_of},
    {"pattern",               USE_ANYWHERE,                           STRING(pattern),               keyword_text},
    {"patternProperties",     USE_ANYWHERE,                           OBJECT(pattern_properties),    keyword_pattern_properties},
    {"prefixItems",           USE_ANYWHERE,                           ARRAYS(prefix_items),          keyword_prefix_items},
    {"properties",            USE_ANYWHERE,                           OBJECT(properties),            keyword_properties},
    {"propertyNames",         USE_ANYWHERE,                           OBJECT(property_names),        keyword_schema},
    {"readOnly",              USE_ANNOTATION,                         ITSELF(read_only),             keyword_flag},
    {"required",              USE_IN_SCHEMA_ONLY,                     OBJECT(required),              keyword_required},
    {"then",                  USE_ANYWHERE,                           COMBINATORS(then_type),        keyword_schema},
    {"type",                  USE_NULL,                               ITSELF(kinds),                 keyword_type},
    {"unevaluatedItems",      USE_ANYWHERE,                           ARRAYS(unevaluated_items),     keyword_schema},
    {"unevaluatedProperties", USE_ANYWHERE,                           OBJECT(unevaluated_properties),keyword_schema},
    {"uniqueItems",           USE_ANYWHERE,                           ARRAYS(unique_items),          keyword_flag},
    {"writeOnly",             USE_ANNOTATION,                         ITSELF(write_only),            keyword_flag},
    {"x-deprecated-since",    USE_ANNOTATION | USE_IN_SCHEMA_ONLY,    ITSELF(deprecated_since),      keyword_date},
    {"x-extensible-enum",     USE_ANYWHERE,                           ITSELF(values),                keyword_extensible_enum},
    {"x-nullable",            USE_ANNOTATION,                         ITSELF(nullable),              keyword_flag},
    {"x-sunset",              USE_ANNOTATION | USE_IN_SCHEMA_ONLY,    ITSELF(sunset),                keyword_date},
};
/* clang-format on */

const Keyword *keyword_named(Text name) {
    size_t from = 0, to = sizeof keywords / sizeof *keywords;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = text_compare(name, text_from(keywords[middle].name));
        if (order == 0)
            return &keywords[middle];
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

void keywords_offer(Guess *guess) {
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        guess_offer(guess, text_from(keywords[i].name));
}

#define PART(arena, member, Part) ((member) ? (member) : ((member) = arena_new_object(arena, Part)))

static void *part_of(Arena *arena, Type *type, TypePart part) {
    switch (part) {
    case PART_ITSELF:
        return type;
    case PART_NUMBER:
        return PART(arena, type->number, NumberKeywords);
    case PART_STRING:
        return PART(arena, type->string, StringKeywords);
    case PART_ARRAY:
        return PART(arena, type->array, ArrayKeywords);
    case PART_OBJECT:
        return PART(arena, type->object, ObjectKeywords);
    case PART_COMBINATORS:
        return PART(arena, type->combinators, Combinators);
    }
    return NULL;
}

void keyword_read(Schemas *schemas, const Keyword *keyword, Type *type, const Node *schema,
                  const Member *member) {
    char *part = part_of(schemas->reader->arena, type, keyword->part);
    keyword->read(schemas, type, schema, member, part + keyword->offset);
}
