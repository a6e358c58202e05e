#include "diff/diff.h"
#include "load/load.h"

#include "check.h"

#include <unistd.h>

/* Descriptions made to take long or to take much: each must be compared in a moment, and what is
 * not gone through must be unproven. An alarm ends what does not end. */

enum { SECONDS = 120 };

typedef struct Pair {
    Arena *arena;
    Buffer sides[2]; /* schemas under `components`, of which `Root` is compared */
} Pair;

static const Type *root_of(Pair *pair, int side, uint32_t *next_type_id) {
    Arena *arena = pair->arena;
    Diagnostics diagnostics = {.arena = arena};
    Source source = {.file = TEXT("hostile"), .name = TEXT("hostile"), .path = TEXT("hostile")};
    source.bytes = text_format(
        arena,
        "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"t\", \"version\": \"1\"}, \"paths\": "
        "{\"/x\": "
        "{\"get\": {\"responses\": {\"200\": {\"description\": \"d\", \"content\": "
        "{\"application/json\": {\"schema\": {\"$ref\": \"#/components/schemas/Root\"}}}}}}}}, "
        "\"components\": {\"schemas\": {%.*s}}}",
        TEXT_ARG(buffer_text(&pair->sides[side])));
    const Document *document = document_parse(arena, &diagnostics, source);
    LoadOptions options = {.next_type_id = next_type_id};
    DocumentSet *set = document_set_new(arena, &diagnostics);
    const Api *api = document ? load_openapi(arena, &diagnostics, set, document, &options) : NULL;
    if (!api)
        printf("%.*s\n", TEXT_ARG(diagnostics.list.items[0].message));
    CHECK(api);
    return api ? api->operations.items[0]->responses.items[0].media_types.items[0].type : NULL;
}

static Effect relation(Pair *pair) {
    uint32_t next_type_id = 0;
    const Type *base = root_of(pair, 0, &next_type_id), *revision = root_of(pair, 1, &next_type_id);
    Comparer *comparer = comparer_new(pair->arena);
    return comparison_relation(comparer,
                               compare_types(comparer, base, revision, DIRECTION_RESPONSE));
}

static Pair pair_in(Arena *arena) {
    return (Pair){arena, {{.arena = arena}, {.arena = arena}}};
}

#define EACH_SIDE(side, out)                                                                       \
    for (int side = 0; side < 2; side++)                                                           \
        for (Buffer *out = &pair.sides[side]; out; out = NULL)

static void long_enums(Arena *arena) {
    for (int sort = 0; sort < 4; sort++) {
        Pair pair = pair_in(arena);
        enum { COUNT = 30000 };
        EACH_SIDE(side, out) {
            buffer_add(out, TEXT("\"Root\": {\"enum\": ["));
            for (int i = 0; i < COUNT; i++) {
                int number = side ? COUNT - 1 - i : i;
                buffer_add(out, i ? TEXT(", ") : TEXT(""));
                if (sort == 0)
                    buffer_format(out, "%d", number);
                else if (sort == 1)
                    buffer_format(out, "\"v%d\"", number);
                else if (sort == 2)
                    buffer_format(out, "[%d]", number);
                else
                    buffer_format(out, "{\"a\": [%d], \"b\": 1}", number);
            }
            buffer_add(out, TEXT("]}"));
        }
        CHECK(relation(&pair) == EFFECT_NONE);
    }
}

static void many_properties(Arena *arena) {
    Pair pair = pair_in(arena);
    EACH_SIDE(side, out) {
        buffer_add(out, TEXT("\"Root\": {\"type\": \"object\", \"properties\": {"));
        for (int i = 0; i < 30000; i++)
            buffer_format(out, "%s\"p%d\": {\"type\": \"%s\"}", i ? ", " : "", i,
                          side && i == 7 ? "integer" : "string");
        buffer_add(out, TEXT("}}"));
    }
    CHECK(relation(&pair) == (EFFECT_NARROWED | EFFECT_WIDENED));
}

/* 2^200 ways lead to the leaf. */
static void diamonds(Arena *arena) {
    enum { LEVELS = 200 };
    for (int sort = 0; sort < 2; sort++) {
        const char *keyword = sort ? "anyOf" : "allOf";
        Pair pair = pair_in(arena);
        EACH_SIDE(side, out) {
            buffer_add(out, TEXT("\"Root\": {\"$ref\": \"#/components/schemas/A0\"}"));
            for (int i = 0; i < LEVELS; i++)
                for (int letter = 'A'; letter <= 'B'; letter++)
                    buffer_format(out,
                                  ", \"%c%d\": {\"%s\": [{\"$ref\": \"#/components/schemas/A%d\"}, "
                                  "{\"$ref\": \"#/components/schemas/B%d\"}]}",
                                  letter, i, keyword, i + 1, i + 1);
            buffer_format(
                out,
                ", \"A%d\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"%s\"}}}, "
                "\"B%d\": {\"type\": \"object\"}",
                LEVELS, side ? "integer" : "string", LEVELS);
        }
        Effect effect = relation(&pair);
        CHECK(sort ? effect != EFFECT_NONE : effect == (EFFECT_NARROWED | EFFECT_WIDENED));
    }
}

/* 12^30 ways to choose one of each. */
static void a_product_of_choices(Arena *arena) {
    Pair pair = pair_in(arena);
    EACH_SIDE(side, out) {
        buffer_add(out, TEXT("\"Root\": {\"allOf\": ["));
        for (int i = 0; i < 30; i++) {
            buffer_format(out, "%s{\"anyOf\": [", i ? ", " : "");
            for (int j = 0; j < 12; j++)
                buffer_format(out,
                              "%s{\"type\": \"object\", \"required\": [\"p%d\"], \"properties\": "
                              "{\"p%d\": {\"const\": %d}}}",
                              j ? ", " : "", i, i, side && i == 29 && j == 11 ? 99 : j);
            buffer_add(out, TEXT("]}"));
        }
        buffer_add(out, TEXT("]}"));
    }
    CHECK(relation(&pair) != EFFECT_NONE);
}

/* Each of many parts speaks of each of many properties. */
static void parts_that_speak_of_all(Arena *arena) {
    Pair pair = pair_in(arena);
    EACH_SIDE(side, out) {
        buffer_add(out, TEXT("\"Root\": {\"allOf\": ["));
        for (int i = 0; i < 5000; i++)
            buffer_format(
                out,
                "%s{\"type\": \"object\", \"properties\": {\"p%d\": {\"type\": \"string\"}}, "
                "\"additionalProperties\": {\"maxLength\": %d}}",
                i ? ", " : "", i, i + side);
        buffer_add(out, TEXT("]}"));
    }
    CHECK(relation(&pair) & EFFECT_UNPROVEN);
}

/* Values that make a matcher go back and forth, and patterns whose automata are large. */
static void patterns_that_take_long(Arena *arena) {
    static const char *const patterns[] = {"^(a+)+$", "^((a+)+)\\\\1$", "^(a|aa)*[ab]{40}$",
                                           "^((((a{1,99}){1,99}){1,99}){1,99}){1,99}$"};
    for (size_t sort = 0; sort < sizeof patterns / sizeof *patterns; sort++) {
        Pair pair = pair_in(arena);
        EACH_SIDE(side, out) {
            buffer_add(out, TEXT("\"Root\": {\"type\": \"string\", "));
            if (side)
                buffer_format(out, "\"pattern\": \"%s\"}", patterns[sort]);
            for (int i = 0; !side && i < 3000; i++)
                buffer_format(out, "%s\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!%d\"",
                              i ? ", " : "\"enum\": [", i);
            buffer_add(out, side ? TEXT("") : TEXT("]}"));
        }
        Effect effect = relation(&pair);
        CHECK(effect & (EFFECT_NARROWED | EFFECT_UNPROVEN));
    }
}

/* Many patterns for many names. */
static void patterns_of_many_names(Arena *arena) {
    Pair pair = pair_in(arena);
    EACH_SIDE(side, out) {
        buffer_add(out, TEXT("\"Root\": {\"type\": \"object\", \"properties\": {"));
        for (int i = 0; i < 5000; i++)
            buffer_format(out, "%s\"name%d\": {\"type\": \"string\"}", i ? ", " : "", i);
        buffer_add(out, TEXT("}, \"patternProperties\": {"));
        for (int i = 0; i < 1000; i++)
            buffer_format(out, "%s\"^(x|y)+%d.*$\": {\"type\": \"%s\"}", i ? ", " : "", i,
                          side && i == 999 ? "integer" : "string");
        buffer_add(out, TEXT("}}"));
    }
    CHECK(relation(&pair) != EFFECT_NONE);
}

static void deep_references(Arena *arena) {
    Pair pair = pair_in(arena);
    EACH_SIDE(side, out) {
        buffer_add(out, TEXT("\"Root\": {\"$ref\": \"#/components/schemas/S0\"}"));
        for (int i = 0; i < 20000; i++)
            buffer_format(out,
                          ", \"S%d\": {\"type\": \"object\", \"properties\": {\"next\": {\"$ref\": "
                          "\"#/components/schemas/S%d\"}}}",
                          i, i + 1);
        buffer_format(out, ", \"S20000\": {\"type\": \"%s\"}", side ? "integer" : "number");
    }
    CHECK(relation(&pair) == EFFECT_NARROWED);
}

int main(void) {
    alarm(SECONDS);
    RUN(long_enums);
    RUN(many_properties);
    RUN(diamonds);
    RUN(a_product_of_choices);
    RUN(parts_that_speak_of_all);
    RUN(patterns_that_take_long);
    RUN(patterns_of_many_names);
    RUN(deep_references);
    return check_finish();
}
