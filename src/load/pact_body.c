#include "load/pact_shape.h"

/* ---- Media types ----------------------------------------------------------------------------- */

Text pact_essence(Arena *arena, Text media_type) {
    size_t end = text_find_byte(media_type, ';', 0);
    return text_lower(arena, text_trim(text_slice(media_type, 0, end)));
}

bool pact_is_json(Arena *arena, Text media_type) {
    Text essence = pact_essence(arena, media_type);
    return text_is(essence, "application/json") || text_is(essence, "text/json") ||
           text_ends_with(essence, TEXT("+json"));
}

static bool is_form(Arena *arena, Text media_type) {
    return text_is(pact_essence(arena, media_type), "application/x-www-form-urlencoded");
}

static bool is_multipart(Arena *arena, Text media_type) {
    return text_starts_with(pact_essence(arena, media_type), TEXT("multipart/"));
}

/* What is one string to a description: XML has a structure of its own. */
static bool is_text(Arena *arena, Text media_type) {
    Text essence = pact_essence(arena, media_type);
    return text_starts_with(essence, TEXT("text/")) && !text_is(essence, "text/xml") &&
           !text_ends_with(essence, TEXT("+xml"));
}

/* By the content where neither body nor headers say: what is no text is JSON. */
static Text guessed_media_type(const Node *content) {
    if (content->kind != NODE_STRING)
        return TEXT("application/json");
    return text_starts_with(text_trim(content->text), TEXT("<")) ? TEXT("application/xml")
                                                                 : TEXT("text/plain");
}

/* What a rule on the whole body says. */
static Text ruled_media_type(const MatchingSet *rules) {
    const MatchingRule *rule = rules->root.rule;
    for (size_t i = 0; rule && i < rule->matchers.count; i++) {
        const Node *value = node_member(rule->matchers.items[i], TEXT("value"));
        if (text_is(matcher_word(rule->matchers.items[i]), "contentType") && value &&
            value->kind == NODE_STRING)
            return text_trim(value->text);
    }
    return (Text){0};
}

Text pact_media_type(const ExpectedFields *headers) {
    for (array_each(ExpectedField, field, headers))
        if (text_equal_ignoring_case(field->name, TEXT("Content-Type")) && field->values.count)
            return text_trim(field->values.items[0]);
    return (Text){0};
}

/* ---- Content --------------------------------------------------------------------------------- */

/* A body as the file holds it, whatever the version. */
typedef struct Content {
    const Node *node;  /* NULL: none */
    Text content_type; /* the body's own; empty: none */
    Text text;         /* of a node that is a string: decoded */
    bool embedded;     /* the text was encoded, so JSON in it is yet to be parsed */
    bool undecodable;
} Content;

/* Nodes parsed from a text inside the pact stand where that text stands. */
static void move_to(Node *node, const Node *at) {
    node->line = at->line;
    node->column = at->column;
    for (uint32_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++)
        move_to(node->items[i], at);
    for (uint32_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        node->members[i].line = at->line;
        node->members[i].column = at->column;
        move_to(node->members[i].value, at);
    }
}

/* RFC 8259 section 2: what a JSON text may begin with. The parser would take YAML as well. */
static bool begins_as_json(Text text) {
    text = text_trim(text);
    return text.size && text.data[0] && strchr("{[\"-0123456789tfn", text.data[0]);
}

const Node *pact_json(PactReader *reader, Text text, const Node *at) {
    if (!begins_as_json(text))
        return NULL;
    Diagnostics unsaid = {.arena = reader->arena};
    Source source = document_of(at)->source;
    source.file = source.path = source.name = TEXT("content.json");
    source.bytes = text;
    const Document *document = document_parse(reader->arena, &unsaid, source);
    if (!document || !document->root)
        return NULL;
    move_to(document->root, at);
    document->root->parent = at;
    return document->root;
}

static bool is_version_4_body(const PactReader *reader, const Node *body) {
    if (reader->version < PACT_4 || body->kind != NODE_MAPPING)
        return false;
    return node_member(body, TEXT("content")) || node_member(body, TEXT("contentType")) ||
           node_member(body, TEXT("encoded"));
}

/* `{content, contentType, encoded: false | "base64" | "JSON"}`. */
static void unwrap(PactReader *reader, const Node *body, Content *content) {
    const Node *type = node_member(body, TEXT("contentType"));
    if (type && type->kind == NODE_STRING)
        content->content_type = text_trim(type->text);
    content->node = node_member(body, TEXT("content"));
    const Node *encoded = node_member(body, TEXT("encoded"));
    if (!content->node || content->node->kind != NODE_STRING)
        return;
    content->text = content->node->text;
    bool is_word = encoded && encoded->kind == NODE_STRING;
    if (!encoded || (encoded->kind == NODE_BOOLEAN && !encoded->boolean))
        return;
    content->embedded = true;
    if (is_word && text_equal_ignoring_case(encoded->text, TEXT("JSON")))
        return;
    content->undecodable = !pact_base64(reader->arena, content->node->text, &content->text);
}

static Content content_of(PactReader *reader, const Node *body) {
    Content content = {.node = body};
    if (is_version_4_body(reader, body))
        unwrap(reader, body, &content);
    else if (body->kind == NODE_STRING)
        content.text = body->text;
    return content;
}

/* ---- The body -------------------------------------------------------------------------------- */

static Text side_place(const PactReader *reader) {
    if (reader->interaction->kind != INTERACTION_HTTP)
        return TEXT("message.body");
    return reader->direction == DIRECTION_REQUEST ? TEXT("request.body") : TEXT("response.body");
}

/* The rules of what has no structure that a Type could hold: XML, bytes. */
static void keep_rules(PactReader *reader, const MatchingSet *rules) {
    for (size_t i = 0; i < rules->rules.count; i++) {
        const MatchingRule *rule = rules->rules.items[i];
        bool own = rule == rules->root.rule && rule->matchers.count == 1 &&
                   pact_is_own_content_type(reader, rule->matchers.items[0]);
        if (!own)
            pact_rule_residues(reader, rule);
    }
}

bool pact_is_own_content_type(const PactReader *reader, const Node *matcher) {
    const Node *value = node_member(matcher, TEXT("value"));
    return text_is(matcher_word(matcher), "contentType") && value && value->kind == NODE_STRING &&
           text_equal(pact_essence(reader->arena, value->text),
                      pact_essence(reader->arena, reader->content_type));
}

static Type *structured(PactReader *reader, const Node *example, const MatchingSet *rules) {
    Standing root = standing_at_root(reader->arena, rules);
    return spot_type(reader, spot_new(reader, root, example));
}

/* The next rule from *at on that leads to nothing; NULL: no further one. */
static const MatchingRule *next_unmet(const MatchingSet *rules, size_t *at) {
    while (*at < rules->rules.count) {
        const MatchingRule *rule = rules->rules.items[(*at)++];
        if (!rule->met && !rule->generator)
            return rule;
    }
    return NULL;
}

/* Such a rule says nothing of what the consumer needs; often its expression is mistaken. Told once
 * a place, and as a note it takes no warning's room. */
static void tell_unmet(PactReader *reader, const MatchingSet *rules, const Node *example) {
    const MatchingRule *rule;
    size_t at = 0;
    if (!next_unmet(rules, &at))
        return;
    matching_meet(reader->arena, rules, example);
    for (at = 0; (rule = next_unmet(rules, &at));) {
        if (map_get_text(reader->warned, rule->place))
            continue;
        map_put_text(reader->warned, rule->place, reader);
        diagnose(reader->diagnostics, PACT_RULE_MEETS_NOTHING, node_place(rule->origin),
                 TEXT_ARG(rule->place));
    }
}

static bool is_xml(Text essence) {
    return text_is(essence, "application/xml") || text_is(essence, "text/xml") ||
           text_ends_with(essence, TEXT("+xml"));
}

/* Said once a type, since a comparison says nothing of residues. */
static void warn_of_unread(PactReader *reader, const Node *content, Text essence) {
    if (!pact_is_news(reader, essence, node_place(content)))
        return;
    if (is_xml(essence))
        diagnose(reader->diagnostics, PACT_XML_UNREAD, node_place(content), TEXT_ARG(essence));
    else
        diagnose(reader->diagnostics, PACT_BYTES_UNREAD, node_place(content), TEXT_ARG(essence));
}

/* What has no Type is kept by name, with its rules: XML, bytes, and what can't be decoded. */
static void keep_unread(PactReader *reader, const Content *content, const MatchingSet *rules,
                        const ExpectedBody *body) {
    bool wrong = content->undecodable || pact_is_json(reader->arena, body->content_type);
    Text what = wrong ? TEXT("content that can't be decoded")
                      : text_format(reader->arena, "content of the type %.*s",
                                    TEXT_ARG(pact_essence(reader->arena, body->content_type)));
    if (!wrong)
        warn_of_unread(reader, content->node, pact_essence(reader->arena, body->content_type));
    pact_residue(reader, side_place(reader), what, content->node);
    keep_rules(reader, rules);
}

/* Content that is a string, or was decoded from one, by its media type. */
static bool read_string(PactReader *reader, const Content *content, const MatchingSet *rules,
                        ExpectedBody *body) {
    Arena *arena = reader->arena;
    if (content->undecodable || !content->text.data)
        return false;
    if (is_form(arena, body->content_type))
        return pact_form(reader, content->node, content->text, rules, body);
    if (is_multipart(arena, body->content_type))
        return pact_multipart(reader, content->node, content->text, rules, body);
    if (!is_text(arena, body->content_type) || !text_is_utf8(content->text, NULL))
        return false;
    body->example = pact_string_node(arena, content->text, content->node);
    body->type = structured(reader, body->example, rules);
    return true;
}

/* Some libraries write JSON as the text that is sent: an object or a list in it is no string. */
static bool is_written_as_text(const Content *content) {
    Text text = text_trim(content->text);
    return text.size && (text.data[0] == '{' || text.data[0] == '[');
}

/* What was encoded holds JSON only if it can be parsed. */
static void read_present(PactReader *reader, const Content *content, const MatchingSet *rules,
                         ExpectedBody *body) {
    const Node *json = content->node;
    if (json->kind == NODE_STRING && !pact_is_json(reader->arena, body->content_type))
        json = NULL;
    else if (!content->embedded && json->kind == NODE_STRING && is_written_as_text(content))
        json = pact_json(reader, content->text, content->node);
    else if (content->embedded)
        json = content->undecodable ? NULL : pact_json(reader, content->text, content->node);
    if (!json && !content->embedded && pact_is_json(reader->arena, body->content_type))
        json = content->node; /* it only looked like JSON */
    if (json) {
        body->example = json;
        body->type = pact_interned(reader, structured(reader, json, rules));
        tell_unmet(reader, rules, json);
        return;
    }
    if (!read_string(reader, content, rules, body))
        keep_unread(reader, content, rules, body);
}

/* Before version 1.1 a null was no statement; in version 4 it stands for the missing content of a
 * message without one, where `{content: null}` is JSON's null. */
static ExpectedBodyState state_of(const PactReader *reader, const Node *body,
                                  const Content *content) {
    if (!content->node)
        return BODY_UNSPECIFIED;
    if (body->kind == NODE_NULL && reader->version < PACT_1_1)
        return BODY_UNSPECIFIED;
    if (body->kind == NODE_NULL && reader->version >= PACT_4)
        return BODY_EMPTY;
    if (content->node->kind == NODE_STRING && !content->node->text.size)
        return BODY_EMPTY;
    return BODY_PRESENT;
}

bool pact_body(PactReader *reader, const Node *message, const char *key, Text media_type,
               const MatchingSet *rules, ExpectedBody *expected) {
    const Node *body = node_member(message, text_from(key));
    *expected = (ExpectedBody){.origin = message, .generated = rules->generated};
    if (!body)
        return true;
    Content content = content_of(reader, body);
    expected->state = state_of(reader, body, &content);
    expected->origin = body;
    expected->example = expected->state == BODY_UNSPECIFIED ? NULL : content.node;
    expected->content_type = content.content_type;
    if (!expected->content_type.size)
        expected->content_type = media_type;
    if (expected->state != BODY_PRESENT) {
        keep_rules(reader, rules);
        return true;
    }
    if (!expected->content_type.size)
        expected->content_type = ruled_media_type(rules);
    expected->guessed = !expected->content_type.size;
    if (expected->guessed)
        expected->content_type = guessed_media_type(content.node);
    reader->content_type = expected->content_type;
    read_present(reader, &content, rules, expected);
    return true;
}
