#include "load/schema_keywords.h"

#include "graph/values.h"
#include "support/decimal.h"

/* Readers of keywords whose values are no schemas. */

void keyword_flag(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                  void *field) {
    (void)type, (void)schema;
    bool *flag = field;
    if (member->value->kind == NODE_BOOLEAN)
        *flag |= member->value->boolean;
    else
        reader_wrong_kind(schemas->reader, member->value, member->key, "`true` or `false`");
}

void keyword_text(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                  void *field) {
    (void)type, (void)schema;
    Text *text = field;
    if (member->value->kind == NODE_STRING)
        *text = member->value->text;
    else
        reader_wrong_kind(schemas->reader, member->value, member->key, "a string");
}

void keyword_date(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                  void *field) {
    (void)type, (void)schema;
    if (member->value->kind != NODE_NULL)
        *(Text *)field = reader_date_of(schemas->reader, member->value, member->key);
}

void keyword_node(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                  void *field) {
    (void)schemas, (void)type, (void)schema;
    const Node **node = field;
    *node = member->value;
}

/* YAML has numbers that are no decimals: `.inf`, `.nan`, `0x1f`. */
static bool is_decimal(const Node *node) {
    if (node->kind != NODE_NUMBER || !node->text.size)
        return false;
    for (size_t i = 0; i < node->text.size; i++) {
        char c = node->text.data[i];
        if (!((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E'))
            return false;
    }
    return node->text.size > 1 || node->text.data[0] != '.';
}

static void set_bound(Schemas *schemas, const Node *value, Text keyword, Bound *bound) {
    if (is_decimal(value))
        bound->digits = value->text;
    else
        reader_wrong_kind(schemas->reader, value, keyword, "a number");
}

void keyword_bound(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                   void *field) {
    (void)type, (void)schema;
    set_bound(schemas, member->value, member->key, field);
}

/* JSON Schema 2020-12 validation 6.3.1 and its like: a non-negative integer. */
void keyword_count(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                   void *field) {
    (void)type, (void)schema;
    const Node *value = member->value;
    Bound *bound = field;
    if (is_decimal(value) && decimal_is_integer(value->text) &&
        decimal_compare(value->text, TEXT("0")) >= 0)
        bound->digits = value->text;
    else if (value->kind == NODE_NUMBER)
        reader_diagnose(schemas->reader, WRONG_COUNT, node_place(value), TEXT_ARG(member->key),
                        TEXT_ARG(value->text));
    else
        reader_wrong_kind(schemas->reader, value, member->key, "a number");
}

static bool is_true(const Node *schema, Text key) {
    const Node *value = node_member(schema, key);
    return value && value->kind == NODE_BOOLEAN && value->boolean;
}

/* In 3.0 and 2.0 (JSON Schema draft 4) `exclusiveMinimum: true` says what kind of bound `minimum`
 * is; from 3.1 on it is a bound itself. */
void keyword_minimum(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                     void *field) {
    bool exclusive = is_true(schema, TEXT("exclusiveMinimum"));
    set_bound(schemas, member->value, member->key,
              exclusive ? &type->number->exclusive_minimum : field);
}

void keyword_maximum(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                     void *field) {
    bool exclusive = is_true(schema, TEXT("exclusiveMaximum"));
    set_bound(schemas, member->value, member->key,
              exclusive ? &type->number->exclusive_maximum : field);
}

static void exclusive_bound(Schemas *schemas, const Member *member, Bound *bound) {
    if (member->value->kind != NODE_BOOLEAN)
        set_bound(schemas, member->value, member->key, bound);
}

void keyword_exclusive_minimum(Schemas *schemas, Type *type, const Node *schema,
                               const Member *member, void *field) {
    (void)type, (void)schema;
    exclusive_bound(schemas, member, field);
}

void keyword_exclusive_maximum(Schemas *schemas, Type *type, const Node *schema,
                               const Member *member, void *field) {
    (void)type, (void)schema;
    exclusive_bound(schemas, member, field);
}

/* ---- type ------------------------------------------------------------------------------------ */

static const char *const kind_words[] = {"string", "integer", "number", "boolean",
                                         "object", "array",   "null",   "file"};
static const KindSet kind_sets[] = {KIND_STRING, KIND_INTEGER, KIND_NUMBER, KIND_BOOLEAN,
                                    KIND_OBJECT, KIND_ARRAY,   KIND_NULL,   KIND_STRING};
enum { KIND_WORDS = sizeof kind_words / sizeof *kind_words, KIND_FILE = KIND_WORDS - 1 };

/* `file` is Swagger 2.0's way to say a string of bytes. */
static KindSet kind_of(Schemas *schemas, Type *type, const Node *value, Text keyword) {
    if (value->kind != NODE_STRING) {
        reader_wrong_kind(schemas->reader, value, keyword,
                          "the name of a type (null has the name `\"null\"`) or a list of them");
        return 0;
    }
    for (size_t i = 0; i < KIND_WORDS; i++)
        if (text_is(value->text, kind_words[i])) {
            if (i == KIND_FILE && !type->format.size)
                type->format = TEXT("binary");
            return kind_sets[i];
        }
    reader_wrong_word(schemas->reader, value, keyword, value->text, kind_words, KIND_FILE);
    return 0;
}

void keyword_type(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                  void *field) {
    (void)schema;
    KindSet *kinds = field;
    const Node *value = member->value;
    if (value->kind != NODE_SEQUENCE) {
        *kinds = kind_of(schemas, type, value, member->key);
        return;
    }
    /* `[string, null]` without quotes can mean nothing else in YAML. */
    for (uint32_t i = 0; i < value->count; i++)
        *kinds |= value->items[i]->kind == NODE_NULL
                      ? (KindSet)KIND_NULL
                      : kind_of(schemas, type, value->items[i], member->key);
}

/* ---- enum ------------------------------------------------------------------------------------ */

static Values *values_of(Arena *arena, const Node *list) {
    Values *values = arena_new_object(arena, Values);
    array_reserve(arena, values, list->count);
    for (uint32_t i = 0; i < list->count; i++)
        array_push(arena, values, list->items[i]);
    values_index(arena, values);
    return values;
}

void keyword_enum(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                  void *field) {
    (void)type, (void)schema;
    Values **values = field;
    if (member->value->kind == NODE_SEQUENCE)
        *values = values_of(schemas->reader->arena, member->value);
    else
        reader_wrong_kind(schemas->reader, member->value, member->key, "a list of values");
}

/* A list of values of its own, or a remark on the `enum` beside it. */
void keyword_extensible_enum(Schemas *schemas, Type *type, const Node *schema, const Member *member,
                             void *field) {
    Values **values = field;
    const Node *value = member->value;
    bool beside_enum = node_member(schema, TEXT("enum")) != NULL;
    if (value->kind == NODE_SEQUENCE && !beside_enum) {
        *values = values_of(schemas->reader->arena, value);
        type->extensible_enum = true;
    } else if (value->kind == NODE_BOOLEAN && beside_enum)
        type->extensible_enum = value->boolean;
    else if (value->kind != NODE_NULL)
        reader_extension_unread(schemas->reader, value, member->key,
                                beside_enum ? "`true` or `false`, beside an `enum`,"
                                            : "a list of values, where no `enum` stands,");
}
