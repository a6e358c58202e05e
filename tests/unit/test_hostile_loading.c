/* Descriptions and pacts that are small and would take long to load: each must be loaded, or
 * refused, in a moment. An alarm ends what does not end. */
#include "openapi_text.h"

#include <unistd.h>

enum { SECONDS = 60 };

static void begin(Buffer *out) {
    buffer_add(out, TEXT("{\"openapi\": \"3.1.0\", \"paths\": {\"/x\": {\"get\": {\"responses\": {"
                         "\"200\": {\"description\": \"d\", \"content\": {\"a/b\": {\"schema\": "
                         "{\"$ref\": \"#/components/schemas/S0\"}}}}}}}}, "
                         "\"components\": {\"schemas\": {"));
}

static Loaded *load_built(Arena *arena, Buffer *out) {
    buffer_add(out, TEXT("}}}"));
    buffer_add_byte(out, '\0');
    return load(arena, buffer_text(out).data);
}

/* Each name is in the scope of each schema. */
static void many_dynamic_anchors(Arena *arena) {
    enum { COUNT = 3000 };
    Buffer out = {.arena = arena};
    begin(&out);
    for (int i = 0; i < COUNT; i++)
        buffer_format(&out,
                      "%s\"S%d\": {\"$dynamicAnchor\": \"a%d\", \"properties\": {\"n\": {\"$ref\": "
                      "\"#/components/schemas/S%d\"}}}",
                      i ? ", " : "", i, i, (i + 1) % COUNT);
    CHECK_LOADED(load_built(arena, &out));
}

/* Each of a line of descent tells all below it apart. */
static Loaded *line_of_descent(Arena *arena, int length) {
    Buffer out = {.arena = arena};
    begin(&out);
    buffer_add(&out, TEXT("\"S0\": {\"discriminator\": {\"propertyName\": \"t\"}}"));
    for (int i = 1; i < length; i++)
        buffer_format(&out,
                      ", \"S%d\": {\"allOf\": [{\"$ref\": \"#/components/schemas/S%d\"}], "
                      "\"discriminator\": {\"propertyName\": \"t\"}}",
                      i, i - 1);
    return load_built(arena, &out);
}

static void many_discriminators(Arena *arena) {
    CHECK_LOADED(line_of_descent(arena, 400));
    Loaded *refused = line_of_descent(arena, 5000);
    CHECK(!refused->api && refused->diagnostics.list.count == 1);
    CHECK(text_ends_with(said(arena, refused, 0), TEXT("and more is not supported")));
}

/* As many warnings as operations. */
static void many_warnings(Arena *arena) {
    Buffer out = {.arena = arena};
    buffer_add(&out, TEXT("{\"openapi\": \"3.1.0\", \"paths\": {\"/\": {}"));
    for (int i = 0; i < 1000; i++)
        buffer_format(&out, ", \"/x%d\": {\"get\": {\"x-sunset\": \"soon\", \"f%d\": 1}}", i, i);
    buffer_add(&out, TEXT("}}"));
    buffer_add_byte(&out, '\0');
    Loaded *loaded = load(arena, buffer_text(&out).data);
    CHECK_LOADED(loaded);
    CHECK(loaded->api->operations.count == 1000);
    CHECK(loaded->diagnostics.list.count == 2 * (LOAD_REMARK_LIMIT + 1));
    CHECK(text_ends_with(said(arena, loaded, 99), TEXT("nothing can be due by it")));
    CHECK(text_ends_with(said(arena, loaded, 100), TEXT("those from here on are left out")));
    CHECK_TEXT(said(arena, loaded, 101), "nothing");
}

/* Of a reference that leads nowhere, allowed, likewise. */
static void many_unresolved(Arena *arena) {
    Buffer out = {.arena = arena};
    begin(&out);
    buffer_add(&out, TEXT("\"S0\": {\"anyOf\": [true"));
    for (int i = 0; i < 1000; i++)
        buffer_format(&out, ", {\"$ref\": \"#/components/schemas/gone%d\"}", i);
    buffer_add(&out, TEXT("]}}}}"));
    buffer_add_byte(&out, '\0');
    Loaded *loaded = load_with(arena, buffer_text(&out).data, true);
    CHECK_LOADED(loaded);
    CHECK(loaded->diagnostics.list.count == LOAD_REMARK_LIMIT + 1 && !loaded->diagnostics.errors);
    CHECK(text_ends_with(said(arena, loaded, 100), TEXT("those from here on are left out")));
}

/* A pact of many interactions that are wrong, or of kinds that nobody knows. */
static Diagnostics load_pact_of(Arena *arena, const char *interaction) {
    enum { COUNT = 1000 };
    Buffer out = {.arena = arena};
    Diagnostics diagnostics = {.arena = arena};
    buffer_add(&out, TEXT("{\"consumer\": {\"name\": \"c\"}, \"provider\": {\"name\": \"p\"}, "
                          "\"interactions\": ["));
    for (int i = 0; i < COUNT; i++)
        buffer_format(&out, "%s%s", i ? ", " : "", interaction);
    buffer_add(&out, TEXT("]}"));
    Source source = {.file = TEXT("p.json"), .name = TEXT("p.json"), .bytes = buffer_text(&out)};
    const Document *document = document_parse(arena, &diagnostics, source);
    uint32_t next_type_id = 0;
    LoadOptions options = {.next_type_id = &next_type_id};
    Expectations expectations = {0};
    CHECK(document);
    if (document)
        load_pact(arena, &diagnostics, NULL, document, &options, &expectations);
    return diagnostics;
}

static void many_wrong_interactions(Arena *arena) {
    Diagnostics wrong = load_pact_of(arena, "null");
    CHECK(wrong.errors == LOAD_ERROR_LIMIT && wrong.list.count == LOAD_ERROR_LIMIT);
    Diagnostics unknown = load_pact_of(arena, "{\"type\": \"x\"}");
    CHECK(!unknown.errors && unknown.list.count == LOAD_REMARK_LIMIT + 1);
    CHECK(unknown.list.items[LOAD_REMARK_LIMIT].id == DIAGNOSTIC_WARNINGS_LEFT_OUT);
}

int main(void) {
    alarm(SECONDS);
    RUN(many_dynamic_anchors);
    RUN(many_discriminators);
    RUN(many_warnings);
    RUN(many_unresolved);
    RUN(many_wrong_interactions);
    return check_finish();
}
