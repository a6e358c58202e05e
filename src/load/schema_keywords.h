/* Owns the table of JSON Schema's keywords and what each means for a Type.
 * Gives the reading of one keyword. Knows nothing of which schemas there are.
 */
#ifndef BREAKWATER_LOAD_SCHEMA_KEYWORDS_H
#define BREAKWATER_LOAD_SCHEMA_KEYWORDS_H

#include "load/schema.h"

struct Schemas {
    Reader *reader;
    SchemaOptions options;
    struct DynamicScope *scope; /* of what is being read */
    ARRAY(struct DynamicScope *) scopes;
    uint32_t first_id;
    uint32_t count;
    struct Pending *pending;
    ARRAY(Type *) referring; /* those with a `reference`, in order of loading */
    Map *children;           /* of schema_discriminator.c; NULL until asked for */
    size_t mapped_children;  /* by all discriminators together */
};

/* Bits. */
enum {
    USE_ANYWHERE = 0,
    USE_ANNOTATION = 1, /* kept beside a `$ref` in 3.0 and 2.0, where other siblings are ignored */
    USE_IN_SCHEMA_ONLY = 2, /* on a parameter of 2.0 it is the parameter's own */
    USE_NULL = 4, /* null is a value, or a mistake; elsewhere writers mean by it what is not set */
};

typedef struct Keyword Keyword;

/* One keyword's value goes into its field: `field` is the Type, or the part of it that the row
 * names, at the row's offset. */
typedef void KeywordReader(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                           void *field);

typedef enum TypePart {
    PART_ITSELF,
    PART_NUMBER,
    PART_STRING,
    PART_ARRAY,
    PART_OBJECT,
    PART_COMBINATORS
} TypePart;

struct Keyword {
    const char *name;
    unsigned use;
    TypePart part;
    size_t offset;
    KeywordReader *read;
};

/* NULL where the name is no keyword that says anything of values. */
const Keyword *keyword_named(Text name);

/* Offers all keywords for what a misspelt one was likely meant to be. */
void keywords_offer(Guess *guess);

void keyword_read(Schemas *schemas, const Keyword *keyword, Type *type, const Node *schema,
                  const Member *member);

/* Whether a node can be a schema by its kind. */
bool is_schema(const Node *node);

/* The Type of a schema found by reference, which gets the component's name; its
 * node is one that can be a schema. */
Type *schemas_component(Schemas *schemas, Target target);

/* The readers, one a shape of value. */
KeywordReader keyword_schema, keyword_all_of, keyword_any_of, keyword_one_of, keyword_prefix_items,
    keyword_items, keyword_properties, keyword_pattern_properties, keyword_dependent_schemas,
    keyword_dependent_required, keyword_dependencies, keyword_required, keyword_discriminator;
KeywordReader keyword_flag, keyword_text, keyword_date, keyword_node, keyword_bound, keyword_count,
    keyword_minimum, keyword_maximum, keyword_exclusive_minimum, keyword_exclusive_maximum,
    keyword_type, keyword_enum, keyword_extensible_enum;

#endif
