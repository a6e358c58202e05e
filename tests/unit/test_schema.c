/* The loading of schemas and references: what each keyword becomes in the graph, where references
 * lead, and what is said of wrong ones. */
#include "openapi_text.h"

#include <unistd.h>

/* The Type of one schema, in a response of 3.1 (or the version given), `S` being its name. */
static Type *schema_in(Arena *arena, const char *version, const char *schema, Loaded **into) {
    Text text = text_format(arena,
                            "{\"openapi\": \"%s\", \"paths\": {\"/a\": {\"get\": {\"responses\": {"
                            "\"200\": {\"content\": {\"application/json\": {\"schema\": "
                            "{\"$ref\": \"#/components/schemas/S\"}}}}}}}},"
                            "\"components\": {\"schemas\": {\"S\": %s}}}",
                            version, schema);
    Loaded *loaded = load(arena, text.data);
    if (into)
        *into = loaded;
    Operation *get = operation(loaded, 0);
    return get->responses.count ? get->responses.items[0].media_types.items[0].type->reference
                                : NULL;
}

static Type *schema(Arena *arena, const char *text) {
    static Type none;
    Type *type = schema_in(arena, "3.1.0", text, NULL);
    CHECK(type != NULL);
    return type ? type : &none;
}

/* What is said of one schema. */
static Text wrong_schema(Arena *arena, const char *text) {
    Loaded *loaded;
    CHECK(!schema_in(arena, "3.1.0", text, &loaded));
    return loaded->diagnostics.list.count ? loaded->diagnostics.list.items[0].message : (Text){0};
}

/* ---- Types ----------------------------------------------------------------------------------- */

static void numbers(Arena *arena) {
    Type *type =
        schema(arena, "{\"type\": \"number\", \"minimum\": 1.50, \"exclusiveMinimum\": true,"
                      "\"maximum\": 9, \"exclusiveMaximum\": false, \"multipleOf\": 0.5}");
    CHECK(type->kinds == KIND_NUMBER);
    CHECK_TEXT(type->number->exclusive_minimum.digits, "1.50");
    CHECK(!type->number->minimum.digits.size && !type->number->exclusive_maximum.digits.size);
    CHECK_TEXT(type->number->maximum.digits, "9");
    type = schema(arena, "{\"minimum\": 1, \"exclusiveMinimum\": 2}");
    CHECK_TEXT(type->number->minimum.digits, "1");
    CHECK_TEXT(type->number->exclusive_minimum.digits, "2");
    CHECK(!type->string && !type->object && !type->array && !type->combinators);
}

static void words_of_other_dialects(Arena *arena) {
    Type *type = schema(arena, "{\"type\": [\"string\", null], \"nullable\": true}");
    CHECK(type->kinds == (KIND_STRING | KIND_NULL) && type->nullable);
    type = schema(arena, "{\"type\": \"file\", \"x-nullable\": true}");
    CHECK(type->kinds == KIND_STRING && type->nullable);
    CHECK_TEXT(type->format, "binary");
    type = schema(arena, "{\"items\": [{}, false], \"additionalItems\": {\"type\": \"null\"}}");
    CHECK(type->array->prefix_items.count == 2 && type->array->prefix_items.items[1]->never);
    CHECK(type->array->items->kinds == KIND_NULL);
    type = schema(arena, "{\"dependencies\": {\"a\": [\"b\"], \"c\": {\"minProperties\": 2}}}");
    CHECK(type->object->dependent_required.count == 1 &&
          type->object->dependent_schemas.count == 1);
    type = schema(arena, "{\"x-extensible-enum\": [\"a\", \"b\"]}");
    CHECK(type->extensible_enum && type->values->count == 2);
    type = schema(arena, "{\"enum\": [null, 1, 1], \"const\": null}");
    CHECK(!type->extensible_enum && type->values->count == 3 && type->constant);
}

static void objects(Arena *arena) {
    Type *type = schema(arena, "{\"type\": \"object\", \"required\": [\"type\", \"$ref\"],"
                               "\"properties\": {\"type\": {\"type\": \"string\"}, \"x-a\": {},"
                               "\"$ref\": {\"enum\": [1]}}, \"additionalProperties\": false,"
                               "\"example\": {\"$ref\": \"#/nowhere\"},"
                               "\"x-note\": {\"$ref\": \"#/nowhere\"}}");
    CHECK_TEXT(type->name, "S");
    CHECK(type->object->properties.count == 3 && type->object->required.count == 2);
    CHECK_TEXT(type->object->properties.items[1].name, "x-a");
    CHECK(type->object->properties.items[2].type->values->count == 1);
    CHECK(type->object->additional_properties->never);
    CHECK(schema(arena, "{\"minProperties\": 1}")->object->additional_properties == NULL);
}

/* One Type a schema: recursion closes a circle. */
static void recursion(Arena *arena) {
    Type *type =
        schema(arena, "{\"properties\": {\"next\": {\"$ref\": \"#/components/schemas/S\"},"
                      "\"first\": {\"allOf\": [{\"$ref\": \"#/components/schemas/S\"}]}}}");
    CHECK(type->object->properties.items[0].type->reference == type);
    type = schema(arena, "{\"allOf\": [{\"$ref\": \"#/components/schemas/S\"}]}");
    CHECK(type->combinators->all_of.items[0]->reference == type);
}

static void siblings_of_references(Arena *arena) {
    const char *text = "{\"$ref\": \"#/components/schemas/S/$defs/T\", \"type\": \"object\","
                       "\"readOnly\": true, \"nullable\": true,"
                       "\"$defs\": {\"T\": {\"type\": \"string\"}}}";
    Type *newer = schema_in(arena, "3.1.0", text, NULL);
    Type *older = schema_in(arena, "3.0.3", text, NULL);
    CHECK(newer->kinds == KIND_OBJECT && newer->reference->kinds == KIND_STRING);
    CHECK_TEXT(newer->reference->name, "T");
    CHECK(older->kinds == 0 && older->reference->kinds == KIND_STRING);
    CHECK(older->read_only && older->nullable);
}

static void discriminators(Arena *arena) {
    Type *type = schema(arena, "{\"oneOf\": [{\"$ref\": \"#/components/schemas/S/$defs/Cat\"}],"
                               "\"discriminator\": {\"propertyName\": \"kind\", \"mapping\": {"
                               "\"cat\": \"#/components/schemas/S/$defs/Cat\", \"self\": \"S\","
                               "\"gone\": \"#/components/schemas/Gone\", \"lost\": \"Lost\"}},"
                               "\"$defs\": {\"Cat\": {\"type\": \"object\"}}}");
    const Discriminator *discriminator = type->combinators->discriminator;
    CHECK_TEXT(discriminator->property, "kind");
    CHECK(discriminator->mapping.items[0].type == type->combinators->one_of.items[0]->reference);
    CHECK(discriminator->mapping.items[1].type == type);
    CHECK(!discriminator->mapping.items[2].type && !discriminator->mapping.items[3].type);
}

static void wrong_keywords(Arena *arena) {
    CHECK_TEXT(wrong_schema(arena, "{\"required\": \"yes\"}"),
               "`required` must be a list of names, not a string");
    CHECK_TEXT(wrong_schema(arena, "{\"required\": true}"),
               "`required` must be a list of names, not a boolean");
    CHECK_TEXT(wrong_schema(arena, "{\"required\": [\"a\", {}]}"),
               "`required` must be a list of names, and this is a mapping");
    CHECK_TEXT(wrong_schema(arena, "{\"properties\": [1]}"),
               "`properties` must be a mapping of schemas, not a sequence");
    CHECK_TEXT(wrong_schema(arena, "{\"properties\": {\"a\": \"string\"}}"),
               "`a` must be a schema (a mapping, `true` or `false`), not a string");
    CHECK_TEXT(wrong_schema(arena, "{\"type\": \"strng\"}"),
               "`type` can't be `strng`: did you mean `string`?");
    CHECK_TEXT(wrong_schema(arena, "{\"type\": \"date\"}"),
               "`type` can't be `date`: it is one of `string`, `integer`, `number`, `boolean`, "
               "`object`, `array`, `null`");
    CHECK_TEXT(wrong_schema(arena, "{\"enum\": \"a\"}"),
               "`enum` must be a list of values, not a string");
    CHECK_TEXT(wrong_schema(arena, "{\"minimum\": \"1\"}"),
               "`minimum` must be a number, not a string");
    CHECK_TEXT(wrong_schema(arena, "{\"minLength\": -1}"),
               "`minLength` must be a whole number from 0 on, not `-1`");
    CHECK_TEXT(wrong_schema(arena, "{\"allOf\": {}}"),
               "`allOf` must be a list of schemas, not a mapping");
    CHECK_TEXT(wrong_schema(arena, "{\"nullable\": \"true\"}"),
               "`nullable` must be `true` or `false`, not a string");
    CHECK_TEXT(wrong_schema(arena, "{\"discriminator\": {}}"),
               "`discriminator` needs `propertyName`");
    CHECK_TEXT(wrong_schema(arena, "{\"items\": {\"$ref\": \"#/openapi\"}}"),
               "`$ref` to `#/openapi` leads to a string, where a schema is needed");
    CHECK_TEXT(wrong_schema(arena, "{\"$ref\": 1}"), "`$ref` must be a string, not a number");
}

/* ---- References ------------------------------------------------------------------------------ */

static void unresolved_references(Arena *arena) {
    Loaded *loaded;
    CHECK(!schema_in(arena, "3.0.0", "{\"$ref\": \"#/components/schemas/T\"}", &loaded));
    CHECK_TEXT(loaded->diagnostics.list.items[0].message,
               "`$ref` to `#/components/schemas/T` leads nowhere: `#/components/schemas` has no "
               "`T`; did you mean `S`?");
    CHECK_TEXT(wrong_schema(arena, "{\"$ref\": \"#/definitions/Missing\"}"),
               "`$ref` to `#/definitions/Missing` leads nowhere: `api.yaml` has no `definitions`");
    CHECK_TEXT(wrong_schema(arena, "{\"$ref\": \"#S\"}"),
               "`$ref` to `#S` leads nowhere: no schema has the `$anchor` `S`; a path begins with "
               "`/`: `#/S`");
    CHECK_TEXT(wrong_schema(arena, "{\"$dynamicRef\": \"#/gone\"}"),
               "`$dynamicRef` to `#/gone` leads nowhere: `api.yaml` has no `gone`");
    Text text = TEXT("openapi: 3.0.0\n"
                     "paths:\n"
                     "  /a: {get: {responses: {200: {content: {a/b: {schema:\n"
                     "    {$ref: '#/gone'}}}}}}}\n");
    loaded = load_with(arena, text.data, true);
    CHECK_LOADED(loaded);
    CHECK(operation(loaded, 0)->responses.items[0].media_types.items[0].type->unknown);
    CHECK(loaded->diagnostics.list.items[0].severity == SEVERITY_WARNING);
    CHECK_TEXT(said(arena, load(arena, text.data), 0),
               "4:12 `$ref` to `#/gone` leads nowhere: `api.yaml` has no `gone`");
    loaded =
        load_with(arena, "openapi: 3.0.0\npaths: {/a: {get: {parameters: [{$ref: '#/p'}]}}}", true);
    CHECK(!loaded->api);
}

static void endless_references(Arena *arena) {
    CHECK_TEXT(wrong_schema(arena, "{\"$ref\": \"#/components/schemas/S\"}"),
               "`$ref` to `#/components/schemas/S` only leads back to itself: it never reaches a "
               "schema");
    CHECK_TEXT(wrong_schema(arena,
                            "{\"$ref\": \"#/components/schemas/S/$defs/T\", \"$defs\": {\"T\": "
                            "{\"$ref\": \"#/components/schemas/S\", \"title\": \"t\"}}}"),
               "`$ref` to `#/components/schemas/S/$defs/T` only leads back to itself: it never "
               "reaches a schema");
    CHECK_TEXT(
        wrong_schema(arena, "{\"$ref\": \"#/components/schemas/S/a\"}"),
        "`$ref` to `#/components/schemas/S/a` leads nowhere: `#/components/schemas/S` has no "
        "`a`");
    Loaded *loaded = load(arena, "openapi: 3.0.0\n"
                                 "paths: {/a: {get: {responses: {200: {$ref: '#/x'}}}}}\n"
                                 "x: {$ref: '#/y'}\n"
                                 "y: {$ref: '#/z'}\n"
                                 "z: {$ref: '#/y'}\n");
    CHECK_TEXT(said(arena, loaded, 0),
               "5:11 `$ref` to `#/y` only leads back to itself: it never reaches a response");
}

static void pointers(Arena *arena) {
    Loaded *loaded =
        load(arena, "openapi: 3.0.0\n"
                    "paths:\n"
                    "  /a/{b}:\n"
                    "    get: {responses: {200: {content: {application/json: {schema:\n"
                    "      {items: {$ref: '#/paths/~1c~0/get/parameters/0/schema'}}}}}}}\n"
                    "  /c~:\n"
                    "    get: {parameters: [{name: p, in: query, schema: {$ref:\n"
                    "      '#/components/schemas/A%20B/properties/c/properties/d'}}]}\n"
                    "components:\n"
                    "  schemas:\n"
                    "    A B: {properties: {c: {$ref: '#/components/schemas/C'}}}\n"
                    "    C: {properties: {d: {type: string}}}\n");
    CHECK_LOADED(loaded);
    Type *list = operation(loaded, 0)->responses.items[0].media_types.items[0].type;
    Type *parameter = operation(loaded, 1)->parameters.items[0].type;
    CHECK(list->array->items->reference == parameter);
    CHECK(parameter->reference->kinds == KIND_STRING);
}

static void anchors_and_ids(Arena *arena) {
    Type *type =
        schema(arena, "{\"$id\": \"https://h/base/s\", \"prefixItems\": ["
                      "{\"$ref\": \"#here\"}, {\"$ref\": \"#/$defs/A\"},"
                      "{\"$ref\": \"other\"}, {\"$ref\": \"../base/other#in\"},"
                      "{\"$ref\": \"#/components/schemas/S/$defs/A\"}],"
                      "\"$defs\": {\"A\": {\"$anchor\": \"here\"}, \"B\": {\"$id\": \"other\","
                      "\"$defs\": {\"I\": {\"$anchor\": \"in\", \"type\": \"null\"}}}}}");
    CHECK(type->array && type->array->prefix_items.count == 5);
    Type *const *items = type->array->prefix_items.items;
    CHECK_TEXT(items[0]->reference->name, "A");
    CHECK(items[0]->reference == items[1]->reference && items[4]->reference == items[0]->reference);
    CHECK_TEXT(items[2]->reference->name, "B");
    CHECK(items[3]->reference->kinds == KIND_NULL);
    type = schema(arena, "{\"$recursiveAnchor\": true, \"items\": {\"$recursiveRef\": \"#\"}}");
    CHECK(type->array->items->reference == type);
    type = schema(arena, "{\"$dynamicAnchor\": \"n\", \"items\": {\"$dynamicRef\": \"#n\"}}");
    CHECK(type->array->items->reference == type);
}

static void write_file(const char *folder, const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    if (!file)
        return;
    fputs(text, file);
    fclose(file);
}

static void remove_file(const char *folder, const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

static void files(Arena *arena) {
    char folder[] = P_tmpdir "/test-schema-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    write_file(folder, "api.yaml",
               "openapi: 3.0.0\n"
               "paths: {/a: {get: {$ref: get.yaml}}}\n");
    write_file(folder, "get.yaml",
               "responses:\n"
               "  200: {content: {a/b: {schema: {properties:\n"
               "    {a: {$ref: pet.yaml}, b: {$ref: 'all.yaml#/Dog'},\n"
               "     c: {$ref: 'all.yaml#/Pet/properties/me'}}}}}}\n");
    write_file(folder, "pet.yaml", "properties: {me: {$ref: pet.yaml}}\n");
    write_file(folder, "all.yaml",
               "Dog: {allOf: [{$ref: '#/Pet'}]}\n"
               "Pet: {$ref: './pet.yaml#'}\n"
               "Unused: {$ref: gone.yaml}\n");
    Diagnostics diagnostics = {.arena = arena};
    DocumentSet *set = document_set_new(arena, &diagnostics);
    const Document *root = document_set_open(set, text_format(arena, "%s/api.yaml", folder));
    uint32_t id = 0;
    LoadOptions options = {false, &id};
    Api *api = root ? load_openapi(arena, &diagnostics, set, root, &options) : NULL;
    CHECK(api && diagnostics.errors == 0);
    if (api) {
        Type *type = api->operations.items[0]->responses.items[0].media_types.items[0].type;
        const Property *properties = type->object->properties.items;
        Type *pet = properties[0].type->reference;
        CHECK_TEXT(pet->name, "pet");
        CHECK_TEXT(properties[1].type->reference->name, "Dog");
        CHECK(properties[1].type->reference->combinators->all_of.items[0]->reference->reference ==
              pet);
        CHECK(properties[2].type->reference == pet->object->properties.items[0].type);
    }
    static const char *const names[] = {"api.yaml", "get.yaml", "pet.yaml", "all.yaml"};
    for (size_t i = 0; i < 4; i++)
        remove_file(folder, names[i]);
    rmdir(folder);
}

static void chain_of_references(Arena *arena) {
    enum { LENGTH = 100000 };
    Buffer text = {.arena = arena};
    buffer_format(&text,
                  "{\"openapi\": \"3.0.0\", \"paths\": {\"/a\": {\"get\": {\"parameters\": [{"
                  "\"name\": \"p\", \"in\": \"query\", \"schema\": {\"$ref\": \"#/d/0\"}}]}}},"
                  "\"d\": [");
    for (int i = 1; i <= LENGTH; i++)
        buffer_format(&text, "{\"items\": {\"$ref\": \"#/d/%d\"}},\n", i);
    buffer_format(&text, "{\"type\": \"string\"}]}%c", 0);
    Loaded *loaded = load(arena, text.data);
    CHECK_LOADED(loaded);
    CHECK(loaded->api->type_count == 2 * LENGTH + 2 && loaded->next_id == 2 * LENGTH + 2);
}

int main(void) {
    RUN(numbers);
    RUN(words_of_other_dialects);
    RUN(objects);
    RUN(recursion);
    RUN(siblings_of_references);
    RUN(discriminators);
    RUN(wrong_keywords);
    RUN(unresolved_references);
    RUN(endless_references);
    RUN(pointers);
    RUN(anchors_and_ids);
    RUN(files);
    RUN(chain_of_references);
    return check_finish();
}
