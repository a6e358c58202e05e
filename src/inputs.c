#include "inputs.h"

#include <pthread.h>

/* Ids of Types are unique in a run although the sides are loaded at the same time. */
enum { TYPE_IDS_OF_A_SIDE = 1 << 30 };

static void *description_thread(void *side) {
    load_side(side, load_description);
    return NULL;
}

/* Both at the same time; in turn where the system gives no thread. */
static void load_sides(Inputs *inputs) {
    pthread_t thread;
    bool runs = pthread_create(&thread, NULL, description_thread, &inputs->description) == 0;
    load_side(&inputs->pacts, load_pacts);
    if (runs)
        pthread_join(thread, NULL);
    else
        load_side(&inputs->description, load_description);
}

/* Standard input can be read once. */
static bool names_input_twice(const Inputs *inputs) {
    int count = strcmp(inputs->description.names[0], "-") == 0;
    for (size_t i = 0; i < inputs->pacts.name_count; i++)
        count += strcmp(inputs->pacts.names[i], "-") == 0;
    return count > 1;
}

bool recorded_is_named(const bw_recorded *recorded) {
    return recorded->spec && (recorded->pact_count || recorded->broker);
}

void inputs_name(Inputs *inputs, const bw_recorded *recorded) {
    inputs->description = (Side){.names = &recorded->spec,
                                 .name_count = 1,
                                 .load = {.allow_unresolved = recorded->allow_unresolved},
                                 .allow_remote = recorded->allow_remote};
    inputs->pacts = (Side){.names = recorded->pacts,
                           .name_count = recorded->pact_count,
                           .broker = recorded->broker,
                           .provider = text_from(recorded->provider)};
}

bw_status inputs_load(Inputs *inputs) {
    inputs->run = arena_new(&inputs->escape);
    if (!inputs->run)
        longjmp(inputs->escape.point, 1);
    Diagnostics *diagnostics = &inputs->diagnostics.all;
    diagnostics->arena = inputs->run;
    if (names_input_twice(inputs)) {
        diagnose(diagnostics, INPUT_TWICE, (Place){0}, "-");
        return BW_WRONG_USAGE;
    }
    inputs->pacts.next_type_id = TYPE_IDS_OF_A_SIDE;
    load_sides(inputs);
    if (inputs->description.exhausted || inputs->pacts.exhausted)
        arena_exhausted(inputs->run);
    gather_diagnostics(&inputs->diagnostics, &inputs->description);
    gather_diagnostics(&inputs->diagnostics, &inputs->pacts);
    return diagnostics->errors || !inputs->description.api ? BW_INVALID_INPUT : BW_OK;
}

void inputs_free(Inputs *inputs) {
    arena_free(inputs->run);
    arena_free(inputs->pacts.arena);
    arena_free(inputs->description.arena);
}
