#include "graph/pattern.h"
#include "impact/spot.h"

/* Where a pact asks something of the names of an object's keys (`eachKey`): those that the
 * description declares are asked one by one, what it says of all others is compared. */

typedef struct Names {
    const Spot *spot;
    const Alternative *expected, *provided; /* objects */
} Names;

static Acceptance takes_name(const Names *names, Text name) {
    Node node = {.kind = NODE_STRING, .text = name};
    return meet_accepts_strictly(names->expected->object.names, &node, DIRECTION_RESPONSE);
}

/* Whether the names that the description leaves free are others than the pact takes, or fewer than
 * it may send. */
static bool others_hurt(const Names *names) {
    const Comparison *node = names->spot->node;
    for (size_t i = 0; i < node->edges.count; i++) {
        const Comparison *below = node->edges.items[i].to;
        if (node->edges.items[i].step.kind != STEP_KEYWORD)
            continue;
        for (size_t j = 0; j < below->changes.count; j++)
            if (effect_hurts(below->changes.items[j]))
                return true;
    }
    return false;
}

/* Names that match a pattern of the description's may be others than the pact takes. */
static bool patterns_hurt(const Names *names) {
    const ObjectFacets *provided = &names->provided->object;
    const Alternative *wanted =
        only_alternative(names->expected->object.names, NULL, ALTERNATIVE_STRING);
    for (size_t i = 0; i < provided->pattern_properties.count; i++) {
        StringFacets texts = {0};
        Text pattern = provided->pattern_properties.items[i].pattern;
        array_push(names->spot->holding->run, &texts.patterns, pattern);
        for (size_t j = 0; wanted && j < wanted->string.patterns.count; j++)
            if (texts_match(wanted->string.known, &texts, wanted->string.patterns.items[j], NULL) !=
                INCLUDED)
                return true;
    }
    return false;
}

static void note_all(const Names *names, const char *message) {
    note_here(names->spot,
              difference_at(names->spot, CHANGE_ADDITIONAL_PROPERTIES_CHANGED, (Text){0},
                            names->expected->origin, names->provided->origin),
              (Reason){NOT_GUARANTEED, false, REASON_NAMES, {0}, say_of(names->spot, message)});
}

static void read_declared(const Names *names, const CanonicalProperty *property) {
    if (!property->declared || property->write_only || takes_name(names, property->name) != REFUSED)
        return;
    note_at_property(names->spot,
                     difference_at(names->spot, CHANGE_PROPERTY_ADDED, property->name,
                                   names->expected->origin, property->origin),
                     (Reason){property->required ? CONTRADICTED : NOT_GUARANTEED,
                              false,
                              REASON_NAMES,
                              {0},
                              TEXT("has a name that the pact does not take")});
}

static bool is_open(const ObjectFacets *object) {
    return object->additional == ADDITIONAL_ALLOWED || object->additional == ADDITIONAL_DESCRIBED ||
           (object->additional == ADDITIONAL_UNSAID && !object->properties.count &&
            !object->pattern_properties.count);
}

void read_keys(const Spot *spot) {
    Names names = {
        .spot = spot,
        .expected = only_alternative(spot->expected, spot->expected_variant, ALTERNATIVE_OBJECT),
        .provided = only_alternative(spot->provided, spot->provided_variant, ALTERNATIVE_OBJECT),
    };
    if (!names.expected || !names.provided || !names.expected->object.names || spot->accepted)
        return;
    const ObjectFacets *provided = &names.provided->object;
    if (!is_response(spot)) {
        if (provided->additional == ADDITIONAL_FORBIDDEN && !provided->pattern_properties.count)
            note_all(&names, "takes no other names than those in the description");
        else if (others_hurt(&names))
            note_all(&names, "does not take all names that the pact allows");
        return;
    }
    for (size_t i = 0; i < provided->properties.count; i++)
        read_declared(&names, &provided->properties.items[i]);
    if (is_open(provided) ? others_hurt(&names) : patterns_hurt(&names))
        note_all(&names, "may have names in the description that the pact does not take");
}
