#include "load/pact_reader.h"

Type *pact_type(PactReader *reader, KindSet kinds, const Node *origin) {
    Type *type = arena_new_object(reader->arena, Type);
    type->id = (*reader->next_type_id)++;
    type->kinds = kinds;
    type->origin = origin;
    return type;
}

Type *pact_constant(PactReader *reader, const Node *value, const Node *origin) {
    Type *type = pact_type(reader, 0, origin);
    type->constant = value;
    return type;
}

/* ---- Joining --------------------------------------------------------------------------------- */

/* Types of the same shape are told by a signature in which each Type below counts as the first one
 * of its shape. So each Type is signed once, however often it is shared. */
static Type *first_alike(PactReader *reader, Type *type);

/* Sizes stand before texts, so that no text can look like what follows it. */
static void sign_text(Buffer *out, char mark, Text text) {
    if (text.data)
        buffer_format(out, "%c%zu:%.*s", mark, text.size, TEXT_ARG(text));
}

static void sign_type(PactReader *reader, Buffer *out, char mark, Type *type) {
    if (type)
        buffer_format(out, "%c%u", mark, first_alike(reader, type)->id);
}

static void sign_array(PactReader *reader, Buffer *out, const ArrayKeywords *array) {
    sign_text(out, 'l', array->min_items.digits);
    sign_text(out, 'm', array->max_items.digits);
    sign_type(reader, out, 'i', array->items);
    sign_type(reader, out, 'c', array->contains);
    for (size_t i = 0; i < array->prefix_items.count; i++)
        sign_type(reader, out, 'p', array->prefix_items.items[i]);
}

/* Properties in their order: to take two orders for different costs a longer message, no more. */
static void sign_object(PactReader *reader, Buffer *out, const ObjectKeywords *object) {
    sign_text(out, 'l', object->min_properties.digits);
    sign_type(reader, out, 'a', object->additional_properties);
    sign_type(reader, out, 'n', object->property_names);
    for (size_t i = 0; i < object->properties.count; i++) {
        sign_text(out, 'k', object->properties.items[i].name);
        sign_type(reader, out, 'v', object->properties.items[i].type);
    }
}

/* Writes what tells two Types of this loader apart: the keywords that it sets, and no others. */
static Text signature(PactReader *reader, const Type *type) {
    Buffer out = {.arena = reader->arena};
    buffer_format(&out, "%x%s%s%s", type->kinds, type->never ? "!" : "", type->generated ? "*" : "",
                  type->given ? "?" : "");
    sign_text(&out, 'f', type->format);
    if (type->constant)
        sign_text(&out, '=', node_to_json(reader->arena, type->constant, SIZE_MAX));
    if (type->number) {
        sign_text(&out, 'l', type->number->minimum.digits);
        sign_text(&out, 'm', type->number->maximum.digits);
        sign_text(&out, 'x', type->number->exclusive_maximum.digits);
    }
    if (type->string) {
        sign_text(&out, 'r', type->string->pattern);
        sign_text(&out, 'l', type->string->min_length.digits);
    }
    if (type->array)
        sign_array(reader, &out, type->array);
    if (type->object)
        sign_object(reader, &out, type->object);
    for (size_t i = 0; type->combinators && i < type->combinators->all_of.count; i++)
        sign_type(reader, &out, '&', type->combinators->all_of.items[i]);
    for (size_t i = 0; type->combinators && i < type->combinators->any_of.count; i++)
        sign_type(reader, &out, '|', type->combinators->any_of.items[i]);
    return buffer_text(&out);
}

static Type *first_alike(PactReader *reader, Type *type) {
    const void *key = &type->id;
    Type *first = map_get(reader->alike, key, sizeof type->id);
    if (first)
        return first;
    Text text = signature(reader, type);
    first = map_get_text(reader->by_signature, text);
    if (!first) {
        first = type;
        map_put_text(reader->by_signature, text, type);
    }
    map_put(reader->alike, key, sizeof type->id, first);
    return first;
}

/* A tree of objects, lists and scalars alone: places in it follow from the example. */
static bool is_plain(const Type *type) {
    if (type->combinators || (type->array && type->array->contains))
        return false;
    const ObjectKeywords *object = type->object;
    if (object && (object->property_names ||
                   (object->additional_properties && !object->additional_properties->never)))
        return false;
    for (size_t i = 0; object && i < object->properties.count; i++)
        if (!is_plain(object->properties.items[i].type))
            return false;
    for (size_t i = 0; type->array && i < type->array->prefix_items.count; i++)
        if (!is_plain(type->array->prefix_items.items[i]))
            return false;
    return !type->array || !type->array->items || is_plain(type->array->items);
}

Type *pact_interned(PactReader *reader, Type *type) {
    return is_plain(type) ? first_alike(reader, type) : type;
}

static Types distinct(PactReader *reader, const Types *types) {
    Types kept = {0};
    Map *seen = map_new(reader->arena);
    for (size_t i = 0; i < types->count; i++) {
        const Type *first = first_alike(reader, types->items[i]);
        if (map_get(seen, &first->id, sizeof first->id))
            continue;
        map_put(seen, &first->id, sizeof first->id, types->items[i]);
        array_push(reader->arena, &kept, types->items[i]);
    }
    return kept;
}

Type *pact_join(PactReader *reader, const Types *types, bool any, const Node *origin) {
    if (types->count < 2)
        return types->count ? types->items[0] : NULL;
    Types kept = distinct(reader, types);
    if (kept.count == 1)
        return kept.items[0];
    Type *type = pact_type(reader, 0, origin);
    type->combinators = arena_new_object(reader->arena, Combinators);
    for (size_t i = 0; i < kept.count; i++)
        if (any)
            array_push(reader->arena, &type->combinators->any_of, kept.items[i]);
        else
            array_push(reader->arena, &type->combinators->all_of, kept.items[i]);
    return type;
}

/* ---- Warnings ------------------------------------------------------------------------------- */

bool pact_may_warn(PactReader *reader, Place place) {
    if (reader->warnings++ == LOAD_REMARK_LIMIT)
        diagnose(reader->diagnostics, WARNINGS_LEFT_OUT, place, LOAD_REMARK_LIMIT);
    return reader->warnings <= LOAD_REMARK_LIMIT;
}

bool pact_is_news(PactReader *reader, Text text, Place place) {
    if (map_get_text(reader->warned, text))
        return false;
    map_put_text(reader->warned, text_copy(reader->arena, text), reader);
    return pact_may_warn(reader, place);
}

/* ---- Residues -------------------------------------------------------------------------------- */

void pact_residue(PactReader *reader, Text place, Text matcher, const Node *origin) {
    const Node **key = arena_new_object(reader->arena, const Node *);
    *key = origin;
    if (map_get(reader->told, key, sizeof *key))
        return;
    map_put(reader->told, key, sizeof *key, reader);
    Residue residue = {place, matcher, origin};
    array_push(reader->arena, &reader->interaction->residues, residue);
}

const Node *pact_matcher_format(const Node *matcher) {
    const Node *format = node_member(matcher, TEXT("format"));
    static const char *const older[] = {"date", "time", "timestamp", "datetime"};
    for (size_t i = 0; !format && i < sizeof older / sizeof *older; i++)
        format = node_member(matcher, text_from(older[i]));
    return format && format->kind == NODE_STRING && format->text.size ? format : NULL;
}

Text pact_matcher_text(Arena *arena, const Node *matcher) {
    Text word = matcher_word(matcher);
    if (!word.size)
        return TEXT("a rule without match");
    const Node *detail = pact_matcher_format(matcher);
    if (text_is(word, "regex"))
        detail = node_member(matcher, TEXT("regex"));
    else if (text_is(word, "contentType") || text_is(word, "include"))
        detail = node_member(matcher, TEXT("value"));
    if (!detail || detail->kind != NODE_STRING)
        return word;
    return text_format(arena, "%.*s %.*s", TEXT_ARG(word), TEXT_ARG(detail->text));
}

void pact_rule_residues(PactReader *reader, const MatchingRule *rule) {
    for (size_t i = 0; i < rule->matchers.count; i++) {
        const Node *matcher = rule->matchers.items[i];
        pact_residue(reader, rule->place, pact_matcher_text(reader->arena, matcher), matcher);
    }
}

void pact_unread_rules(PactReader *reader, const MatchingSet *rules) {
    for (size_t i = 0; i < rules->unread.count; i++) {
        const MatchingRule *rule = rules->unread.items[i];
        Place place = node_key_place(rule->origin);
        if (pact_is_news(reader, rule->expression, place))
            diagnose(reader->diagnostics, PACT_RULE_PATH, place, TEXT_ARG(rule->expression),
                     rule->fault);
        for (size_t j = 0; j < rule->matchers.count; j++) {
            const Node *matcher = rule->matchers.items[j];
            pact_residue(reader, rule->place, pact_matcher_text(reader->arena, matcher), matcher);
        }
    }
}
