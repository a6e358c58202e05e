#include "print.h"

#include "sample.h"

#include <stdio.h>

void print_answers(Arena *arena, uint64_t seed) {
    enum { VALUES = 12 };
    Random random = {seed};
    Description description = generate_hard_description(arena, &random);
    Pool pool = {0};
    pool_fill(arena, &description, &pool);
    for (int i = 0; i < VALUES; i++) {
        Value *value = sample(arena, &random, &description, &pool);
        Described described = {0};
        Answer answer = evaluate(arena, &description, value, NULL, &described);
        if (answer == ENDLESS)
            continue;
        Buffer line = {.arena = arena};
        buffer_format(&line,
                      "{\"seed\": %llu, \"taken\": %s, \"components\": ", (unsigned long long)seed,
                      answer == TAKEN ? "true" : "false");
        value_write(description.components, &line);
        buffer_add(&line, TEXT(", \"schema\": "));
        value_write(description.schema, &line);
        buffer_add(&line, TEXT(", \"value\": "));
        value_write(value, &line);
        printf("%.*s}\n", TEXT_ARG(buffer_text(&line)));
    }
}
