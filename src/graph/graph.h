/* Owns the graph that descriptions and pacts become: Api, Operation, Parameter, Body, Type, and the
 * Interaction with its expectation.
 * Gives plain structs, filled by load/ and read by all below. Knows nothing of files and text
 * formats: an `origin` is where a thing was written, carried along and never looked into.
 *
 * One Type for each schema object. `$ref` is an edge, never a copy, and cycles are ordinary.
 * What a dialect spells in its own way is spelled here as JSON Schema 2020-12 has it: boolean
 * `exclusiveMinimum` becomes a bound, `const` stays apart from `enum`, `nullable` is a flag.
 */
#ifndef BREAKWATER_GRAPH_GRAPH_H
#define BREAKWATER_GRAPH_GRAPH_H

#include "support/array.h"
#include "support/text.h"

struct Node; /* of document/: an origin */

typedef struct Type Type;
typedef struct Operation Operation;
typedef struct Parameter Parameter;

/* Who writes: in a request the consumer, in a response the provider. */
typedef enum Direction { DIRECTION_REQUEST, DIRECTION_RESPONSE } Direction;

/* ---- Type ------------------------------------------------------------------------------------ */

/* Sets of JSON's kinds of value. NUMBER includes INTEGER; FRACTION without it occurs in
 * expectations alone: a decimal, which is written with a fraction. */
typedef unsigned KindSet;
enum {
    KIND_NULL = 1,
    KIND_BOOLEAN = 2,
    KIND_INTEGER = 4,
    KIND_FRACTION = 8,
    KIND_NUMBER = KIND_FRACTION | KIND_INTEGER,
    KIND_STRING = 16,
    KIND_ARRAY = 32,
    KIND_OBJECT = 64,
    KIND_ANY = 127
};

/* A numeric keyword's value: its digits as written. No digits: the keyword is absent. */
typedef struct Bound {
    Text digits;
} Bound;

typedef struct NumberKeywords {
    Bound minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of;
} NumberKeywords;

typedef struct StringKeywords {
    Bound min_length, max_length;
    Text pattern; /* data NULL: absent; an ECMA-262 regular expression, unanchored */
    Text content_encoding, content_media_type;
    Type *content_schema; /* of what the text holds; NULL: anything */
} StringKeywords;

typedef struct ArrayKeywords {
    Bound min_items, max_items, min_contains, max_contains;
    Type *items; /* of what `prefix_items` leaves; NULL: anything */
    ARRAY(Type *) prefix_items;
    Type *contains, *unevaluated_items;
    bool unique_items;
} ArrayKeywords;

typedef struct Property {
    Text name; /* of a pattern property: the pattern */
    Type *type;
    const struct Node *origin;
} Property;

typedef struct Required {
    Text name;
    const struct Node *origin;
} Required;

typedef struct DependentRequired {
    Text name;
    ARRAY(Text) required;
} DependentRequired;

typedef struct ObjectKeywords {
    ARRAY(Property) properties, pattern_properties, dependent_schemas;
    ARRAY(Required) required;
    ARRAY(DependentRequired) dependent_required;
    Type *additional_properties; /* NULL: nothing said; `false` is the Type with `never` */
    Type *property_names, *unevaluated_properties;
    Bound min_properties, max_properties;
} ObjectKeywords;

typedef struct DiscriminatorMapping {
    Text value;
    Type *type; /* NULL where the mapping names nothing that can be found */
} DiscriminatorMapping;

/* Beside `oneOf` or `anyOf` it tells their variants apart. Where there are none it tells the
 * schemas apart that are made of its own by `allOf`: each stands in `mapping`, by its name if not
 * by a value that is written. */
typedef struct Discriminator {
    Text property;
    ARRAY(DiscriminatorMapping) mapping;
    bool of_children;
    Type *default_type; /* 3.2's `defaultMapping`; NULL: none that can be found */
    const struct Node *origin;
} Discriminator;

typedef struct Combinators {
    ARRAY(Type *) all_of, any_of, one_of;
    Type *not_type, *if_type, *then_type, *else_type;
    Discriminator *discriminator;
} Combinators;

typedef struct Values {
    const struct Node **items;
    size_t count, capacity;
    const struct Node **sorted; /* of a long list, see values.h; NULL else */
    size_t sorted_count;        /* `count` unless something was added since */
} Values;

/* The keywords of one kind of value stand in a part of their own, NULL where none is written: most
 * schemas of a real description have one part or none, and there are a hundred thousand of them.
 * `id` is unique in a run and grows in the order of loading, so that sorting by it is stable. */
struct Type {
    uint32_t id;
    KindSet kinds; /* 0: `type` is absent */
    bool never;    /* the schema `false` */
    bool unknown;  /* an unresolved `$ref` that was allowed: nothing is known of it */
    bool nullable, read_only, write_only, deprecated;
    bool extensible_enum; /* `x-extensible-enum`: values may be added at any time */
    bool generated : 1;   /* in expectations: the value is made anew each time it is sent */
    bool given : 1;       /* likewise by the provider: only its kind is the consumer's matter */
    Text name;            /* of the component; empty for an inline schema */
    Text format;
    const struct Node *origin;
    Type *reference;             /* target of `$ref` */
    Values *values;              /* `enum`; NULL where absent */
    const struct Node *constant; /* `const`; NULL where absent */
    const struct Node *default_value;
    Text sunset, deprecated_since; /* `x-sunset`, `x-deprecated-since`: dates */
    NumberKeywords *number;
    StringKeywords *string;
    ArrayKeywords *array;
    ObjectKeywords *object;
    Combinators *combinators;
};

/* ---- Api ------------------------------------------------------------------------------------- */

typedef enum ParameterIn {
    IN_PATH,
    IN_QUERY,
    IN_HEADER,
    IN_COOKIE,
    IN_QUERYSTRING /* 3.2: the whole query as one value */
} ParameterIn;

typedef enum ParameterStyle {
    STYLE_SIMPLE,
    STYLE_LABEL,
    STYLE_MATRIX,
    STYLE_FORM,
    STYLE_SPACE_DELIMITED,
    STYLE_PIPE_DELIMITED,
    STYLE_DEEP_OBJECT,
    STYLE_COOKIE,       /* 3.2 */
    STYLE_TAB_DELIMITED /* Swagger 2.0's `collectionFormat: tsv` */
} ParameterStyle;

typedef struct Encoding {
    Text property; /* 3.2: "[0]", "[*]" of `prefixEncoding` and `itemEncoding` */
    Text content_type;
    ParameterStyle style;
    bool explode, allow_reserved;
    bool styled;              /* one of `style`, `explode` and `allowReserved` is written */
    ARRAY(Parameter) headers; /* of the part */
    const struct Node *origin;
} Encoding;

typedef struct MediaType {
    Text name;       /* as written: "application/json; charset=utf-8" */
    Type *type;      /* NULL: nothing said */
    Type *item_type; /* 3.2 `itemSchema`; NULL: absent */
    ARRAY(Encoding) encodings;
    const struct Node *origin;
} MediaType;

/* A parameter or, with IN_HEADER, a response's header. */
struct Parameter {
    Text name;
    ParameterIn in;
    ParameterStyle style;
    bool explode, required, deprecated, allow_reserved, allow_empty_value;
    Text sunset, deprecated_since;
    Type *type;         /* NULL: nothing said, or `content` is used */
    MediaType *content; /* the one entry of `content`; NULL where `schema` is used */
    const struct Node *origin;
};

/* A request body, or what a response carries. */
typedef struct Body {
    bool required;
    ARRAY(MediaType) media_types;
    const struct Node *origin;
} Body;

typedef struct Link {
    Text name;
    const struct Node *origin;
} Link;

typedef struct Response {
    Text status; /* "200", "2XX" (upper case), "default" */
    ARRAY(Parameter) headers;
    ARRAY(MediaType) media_types;
    ARRAY(Link) links;
    const struct Node *origin;
} Response;

typedef enum SecurityKind {
    SECURITY_API_KEY,
    SECURITY_HTTP,
    SECURITY_MUTUAL_TLS,
    SECURITY_OAUTH2,
    SECURITY_OPEN_ID_CONNECT,
    SECURITY_UNKNOWN /* named by a requirement, declared nowhere */
} SecurityKind;

/* One way to get a token of OAuth 2 (RFC 6749 section 1.3, RFC 8628). */
typedef struct SecurityFlow {
    Text name; /* "authorizationCode" */
    Text authorization_url, token_url, refresh_url, device_authorization_url;
    ARRAY(Text) scopes;
    const struct Node *origin;
} SecurityFlow;

typedef struct SecurityScheme {
    Text name; /* of the component */
    SecurityKind kind;
    Text scheme;        /* of HTTP: "basic", "bearer" (lower case) */
    Text bearer_format; /* of HTTP bearer: a hint, "JWT" */
    Text parameter;     /* of an API key: the parameter's name */
    ParameterIn in;     /* of an API key */
    ARRAY(SecurityFlow) flows;
    Text metadata_url; /* of OAuth 2, from 3.2 on */
    Text connect_url;  /* of OpenID Connect */
    bool deprecated;
    const struct Node *origin;
} SecurityScheme;

typedef struct SecurityNeed {
    const SecurityScheme *scheme;
    ARRAY(Text) scopes;
} SecurityNeed;

/* One alternative: all of its needs together. No needs: anonymous access. */
typedef struct SecurityRequirement {
    ARRAY(SecurityNeed) needs;
    const struct Node *origin;
} SecurityRequirement;

typedef struct ServerVariable {
    Text name, otherwise; /* `default` */
    ARRAY(Text) values;   /* `enum`; empty: any */
    const struct Node *origin;
} ServerVariable;

typedef struct Server {
    Text url; /* as written */
    ARRAY(ServerVariable) variables;
    Text base_path; /* its path with variables at their defaults, without a trailing slash */
    ARRAY(Text) other_base_paths; /* with variables at their other listed values */
    bool implied; /* none is written, which means "/" (3.1.1 section 4.8.1); `origin` is the root */
    const struct Node *origin;
} Server;

typedef struct Tag {
    Text name;
} Tag;

struct Operation {
    Text method; /* as it is sent */
    Text path;   /* the template as written; a webhook's name; a callback's "NAME EXPRESSION" */
    Text operation_id;
    bool webhook; /* a webhook or callback: the provider calls, so directions turn round */
    bool deprecated;
    bool internal;                 /* `x-internal` */
    Text sunset, deprecated_since; /* `x-sunset`, `x-deprecated-since` */
    Text stability;                /* `x-stability-level`; empty: none is written */
    ARRAY(Tag) tags;
    ARRAY(Parameter) parameters; /* the path's and its own, its own winning */
    Body *request_body;          /* NULL: none */
    ARRAY(Response) responses;
    ARRAY(SecurityRequirement) security; /* the alternatives in force; empty: none is asked for */
    ARRAY(Server) servers;               /* those in force: operation's, path's or the Api's */
    ARRAY(Operation *) callbacks;
    const Operation *caller; /* whose callback it is; NULL: none's */
    const struct Node *origin;
    const struct Node *security_origin; /* of the `security` in force; NULL: none */
};

typedef enum Dialect { DIALECT_SWAGGER_2_0, DIALECT_3_0, DIALECT_3_1, DIALECT_3_2 } Dialect;

typedef struct Api {
    Dialect dialect;
    Text title, version;
    ARRAY(Operation *) operations; /* in the document's order; webhooks behind them */
    ARRAY(Server) servers;
    ARRAY(SecurityScheme *) security_schemes;
    uint32_t type_count;
    const struct Node *origin;
    const struct Node *paths_origin; /* NULL where there is no `paths` */
} Api;

/* ---- Interaction ----------------------------------------------------------------------------- */

typedef enum InteractionKind {
    INTERACTION_HTTP,
    INTERACTION_ASYNCHRONOUS_MESSAGE,
    INTERACTION_SYNCHRONOUS_MESSAGE
} InteractionKind;

/* What a matching rule means that no Type can carry: kept by name, never dropped. */
typedef struct Residue {
    Text place;   /* "body.id", "header.Date" */
    Text matcher; /* "semver" */
    const struct Node *origin;
} Residue;

/* One header, or one query parameter, with all its values. */
typedef struct ExpectedField {
    Text name;
    ARRAY(Text) values;                 /* the example, decoded */
    ARRAY(const struct Node *) origins; /* of each value */
    Type *type;     /* the shape of one value: a const without a rule; of a file: format `binary` */
    Type *as_text;  /* the same, of the texts that its numbers and booleans are written as */
    Type *as_value; /* the same, of the numbers and booleans that its exact texts stand for */
    bool generated; /* the values are made anew each time: the example may be none of them */
    bool counted;   /* a rule says how many values there may be: least, most */
    Bound least, most;
    const struct Node *origin;
} ExpectedField;

typedef enum ExpectedBodyState {
    BODY_UNSPECIFIED, /* absent: no expectation */
    BODY_EMPTY,       /* must be empty */
    BODY_PRESENT
} ExpectedBodyState;

typedef struct ExpectedBody {
    ExpectedBodyState state;
    Text content_type; /* of the body, the Content-Type header, or guessed; empty: unknown */
    bool guessed;      /* the content type is, by the content */
    Type *type;        /* shape that the consumer needs; NULL where the content is not structured */
    const struct Node *example;  /* the content */
    bool generated;              /* a generator makes some of it: the example may not be sent */
    ARRAY(ExpectedField) fields; /* of a form, or the parts of a multipart body; else none */
    const struct Node *origin;
} ExpectedBody;

/* One request/response pair (or message) of a pact: what it needs of the provider, as a graph.
 *
 * The shape of a body is built by the Pact matching rules: `like` fixes a type, a regex a pattern
 * (anchored as Pact matches whole values), an exact value is a `const`; every key named is
 * required, and extra keys are welcome in a response (no `additional_properties`) and forbidden in
 * a request (the consumer sends none); `eachLike` gives `items` and `min_items`. */
typedef struct Interaction {
    InteractionKind kind;
    Text consumer, provider;
    Text description;
    ARRAY(Text) provider_states;
    size_t index; /* its place in the pact's list, from 0 */
    bool pending;
    Text method;         /* as it is sent */
    Text path;           /* as recorded, still percent-encoded */
    Type *path_type;     /* from a rule on the path; NULL: exactly `path` */
    bool path_generated; /* as of a field */
    ARRAY(Type *)
    path_segments; /* the shapes of its segments, of a rule that tells them; or none */
    ARRAY(ExpectedField) query, request_headers, response_headers;
    ExpectedBody request_body, response_body;
    Text status_low, status_high; /* "200".."200"; a v4 class rule widens: "200".."299" */
    ARRAY(Text) statuses;         /* of a v4 list, those between them; empty: all */
    const struct Node *status_origin;
    ARRAY(Residue) residues;
    const struct Node *origin;
} Interaction;

typedef struct Expectations {
    ARRAY(Interaction *) interactions;
} Expectations;

#endif
