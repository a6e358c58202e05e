#include "impact/spot.h"
#include "impact/writing.h"

/* Numbers and booleans of which the pact rules the text: what a regex on `7` asks for. */

enum { WRITTEN = KIND_NUMBER | KIND_BOOLEAN };

/* The patterns that the pact has for the text of the one kind of value that it takes; none: it does
 * not rule it. */
static StringFacets ruled_texts(const Spot *spot) {
    Canonicals *canonicals = spot->holding->canonicals;
    StringFacets texts = {.known = canonicals_patterns(canonicals)};
    const Canonical *canonical = spot->expected ? meet_canonical(spot->expected) : NULL;
    const Alternative *only =
        canonical && canonical->alternatives.count == 1 ? canonical->alternatives.items[0] : NULL;
    if (!only || !(canonical->kinds & WRITTEN) || canonical->kinds & ~(KindSet)WRITTEN)
        return texts;
    for (size_t i = 0; i < only->from->types.count; i++) {
        const Type *type = only->from->types.items[i];
        if (type->string && type->string->pattern.data)
            array_push(spot->holding->run, &texts.patterns, type->string->pattern);
    }
    return texts;
}

Text ruled_text(const Spot *spot) {
    StringFacets texts = ruled_texts(spot);
    return texts.patterns.count ? texts.patterns.items[0] : (Text){0};
}

static bool allows(const StringFacets *texts, Text text) {
    for (size_t i = 0; i < texts->patterns.count; i++)
        if (patterns_accept(texts->known, texts->patterns.items[i], text) == REFUSED)
            return false;
    return true;
}

/* Each listed value that is written otherwise is a reason. False: there is no list. */
static bool read_list(const Spot *spot, const StringFacets *texts, const Canonical *provided,
                      const Change *change) {
    Arena *run = spot->holding->run;
    size_t listed = 0, allowed = 0;
    for (size_t i = 0; i < provided->alternatives.count; i++) {
        const Values *values = provided->alternatives.items[i]->values;
        if (!values)
            return false;
        for (size_t j = 0; j < values->count; j++)
            allowed += allows(texts, node_to_json(run, values->items[j], SIZE_MAX));
        listed += values->count;
    }
    for (size_t i = 0; i < provided->alternatives.count && allowed < listed; i++) {
        const Values *values = provided->alternatives.items[i]->values;
        for (size_t j = 0; j < values->count; j++) {
            Text value = node_to_json(run, values->items[j], VALUE_WIDTH);
            if (allows(texts, node_to_json(run, values->items[j], SIZE_MAX)))
                continue;
            note_here(
                spot, change,
                (Reason){allowed ? NOT_GUARANTEED : CONTRADICTED, false, REASON_FURTHER_VALUE,
                         value,
                         text_format(run, "`%.*s` may be %.*s in the description",
                                     TEXT_ARG(place_location(spot->place)), TEXT_ARG(value))});
        }
    }
    return true;
}

static void read_received(const Spot *spot, const StringFacets *texts, Meet *part,
                          const Change *change) {
    Arena *run = spot->holding->run;
    if (read_list(spot, texts, meet_canonical(part), change))
        return;
    Writing writing = writing_of(run, part, DIRECTION_RESPONSE);
    if (writing_is_apart(run, texts, &writing))
        note_here(spot, change,
                  (Reason){CONTRADICTED,
                           false,
                           REASON_NO_SUCH_VALUE,
                           {0},
                           say_of(spot, "is never written as the pact expects")});
    else if (writing_exceeds(run, texts, &writing))
        note_here(spot, change,
                  (Reason){NOT_GUARANTEED,
                           false,
                           REASON_ANY_VALUE,
                           {0},
                           say_of(spot, "may be written otherwise than the pact allows")});
}

static void read_sent_text(const Spot *spot, const StringFacets *texts, Meet *part,
                           const Change *change) {
    Writing writing = writing_of(spot->holding->run, part, DIRECTION_REQUEST);
    bool refused = example_refused(spot);
    if (refused || writing_lacks(texts, &writing))
        note_here(spot, change,
                  (Reason){refused ? CONTRADICTED : NOT_GUARANTEED,
                           false,
                           REASON_VALUE,
                           {0},
                           say_of(spot, refused ? "does not take what the pact sends"
                                                : "may not take all that the pact sends")});
}

void read_written(const Spot *spot) {
    Canonicals *canonicals = spot->holding->canonicals;
    StringFacets texts = ruled_texts(spot);
    KindSet kinds = meet_canonical(spot->expected)->kinds & meet_canonical(spot->provided)->kinds;
    if (!kinds)
        return; /* the kind is the reason */
    Meet *part = canonicals_of_kinds(canonicals, spot->provided,
                                     kinds & KIND_FRACTION ? KIND_NUMBER : kinds);
    const Change *change = difference_at(spot, CHANGE_PATTERN_CHANGED, (Text){0},
                                         meet_canonical(spot->expected)->origin,
                                         meet_canonical(spot->provided)->origin);
    if (is_response(spot))
        read_received(spot, &texts, part, change);
    else
        read_sent_text(spot, &texts, part, change);
}
