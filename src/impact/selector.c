#include "impact/policy.h"

/* ---- those that name nothing ----------------------------------------------------------------- */

/* "/users" of "GET /users" */
static Text written_path(const Selector *selector) {
    size_t space = selector->method.size ? text_find_byte(selector->written, ' ', 0) : 0;
    return text_trim(text_slice(selector->written, space, selector->written.size));
}

static void offer_near(Guess *guess, Text word) {
    if (word.size)
        guess_offer(guess, word);
}

/* Of the operations that were offered the nearest; the path goes before the method. */
static void come_near(Selector *selector, const Operation *operation) {
    Guess guess = {.distance = SIZE_MAX};
    if (selector->operation_id.size) {
        guess.mistyped = selector->operation_id;
        offer_near(&guess, operation->operation_id);
    } else if (selector->tag.size) {
        guess.mistyped = selector->tag;
        for (size_t i = 0; i < operation->tags.count; i++)
            offer_near(&guess, operation->tags.items[i].name);
    } else {
        guess.mistyped = written_path(selector);
        offer_near(&guess, operation->path);
    }
    bool method = !selector->method.size || text_equal(selector->method, operation->method);
    size_t distance =
        guess.word.size ? 2 * text_distance(guess.mistyped, guess.word) + !method : SIZE_MAX;
    if (guess.word.size && (!selector->near || distance < selector->distance)) {
        selector->near = operation;
        selector->distance = distance;
    }
}

Text selector_guess(Arena *arena, const Selector *selector) {
    const Operation *near = selector->near;
    if (!near)
        return (Text){0};
    if (selector->operation_id.size)
        return text_format(arena, "id:%.*s", TEXT_ARG(near->operation_id));
    if (selector->method.size)
        return text_format(arena, "%.*s %.*s", TEXT_ARG(near->method), TEXT_ARG(near->path));
    if (!selector->tag.size)
        return near->path;
    Guess guess = {.mistyped = selector->tag};
    for (size_t i = 0; i < near->tags.count; i++)
        guess_offer(&guess, near->tags.items[i].name);
    return text_format(arena, "tag:%.*s", TEXT_ARG(guess.word));
}

void policies_meet_consumers(Policies *policies, const Expectations *expectations) {
    for (size_t i = 0; i < policies->waivers.count; i++) {
        Waiver *waiver = policies->waivers.items[i];
        waiver->has_consumers = true;
        waiver->consumer_guess.mistyped = waiver->consumer;
        for (size_t j = 0; j < expectations->interactions.count && waiver->consumer.size; j++) {
            Text name = expectations->interactions.items[j]->consumer;
            waiver->consumer_met = waiver->consumer_met || text_equal(name, waiver->consumer);
            guess_offer(&waiver->consumer_guess, name);
        }
    }
}

/* ---- those that do --------------------------------------------------------------------------- */

static void meet(Selectors *selectors, const Operation *operation) {
    for (array_each(Selector, selector, selectors)) {
        selector->met = selector->met || selector_takes(selector, operation);
        if (!selector->met)
            come_near(selector, operation);
    }
}

static void meet_operation(Policies *policies, const Operation *operation) {
    meet(&policies->included, operation);
    meet(&policies->excluded, operation);
    for (array_each(PolicyRow, row, &policies->rows))
        meet(&row->where, operation);
    for (size_t i = 0; i < policies->waivers.count; i++)
        meet(&policies->waivers.items[i]->operations, operation);
    for (size_t i = 0; i < operation->callbacks.count; i++)
        meet_operation(policies, operation->callbacks.items[i]);
}

void policies_meet(Policies *policies, const Api *api) {
    for (size_t i = 0; i < api->operations.count; i++)
        meet_operation(policies, api->operations.items[i]);
}
