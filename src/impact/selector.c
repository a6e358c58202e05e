#include "impact/policy.h"

#include "support/glob.h"

/* "/users/{id}" becomes "/users/{*}": names of path parameters are never sent. */
static Text any_names(Arena *arena, Text path) {
    Buffer out = {.arena = arena};
    for (size_t i = 0; i < path.size; i++) {
        size_t close = path.data[i] == '{' ? text_find_byte(path, '}', i) : SIZE_MAX;
        if (close == SIZE_MAX) {
            buffer_add_byte(&out, path.data[i]);
        } else {
            buffer_add(&out, TEXT("{*}"));
            i = close;
        }
    }
    return buffer_text(&out);
}

static bool is_method(Text text) {
    for (size_t i = 0; i < text.size; i++)
        if (!(text.data[i] >= 'A' && text.data[i] <= 'Z') && text.data[i] != '*' &&
            text.data[i] != '-')
            return false;
    return text.size > 0;
}

bool selector_parse(Arena *arena, Text text, Selector *selector) {
    text = text_copy(arena, text_trim(text));
    *selector = (Selector){.written = text};
    Text *prefixed = text_starts_with(text, TEXT("tag:"))  ? &selector->tag
                     : text_starts_with(text, TEXT("id:")) ? &selector->operation_id
                                                           : NULL;
    if (prefixed) {
        *prefixed = text_trim(text_slice(text, text_find_byte(text, ':', 0) + 1, text.size));
        return prefixed->size > 0;
    }
    size_t space = text_find_byte(text, ' ', 0);
    if (space != SIZE_MAX) {
        selector->method = text_slice(text, 0, space);
        text = text_trim(text_slice(text, space, text.size));
        if (!is_method(selector->method))
            return false;
    }
    bool path = text_starts_with(text, TEXT("/")) || text_starts_with(text, TEXT("*"));
    if (!path && !selector->method.size)
        return false;
    selector->path = any_names(arena, text);
    return true;
}

bool selector_takes(const Selector *selector, const Operation *operation) {
    if (selector->operation_id.size &&
        !glob_takes(selector->operation_id, operation->operation_id, '/'))
        return false;
    bool tagged = !selector->tag.size;
    for (size_t i = 0; i < operation->tags.count && !tagged; i++)
        tagged = glob_takes(selector->tag, operation->tags.items[i].name, '/');
    return tagged &&
           (!selector->method.size || glob_takes(selector->method, operation->method, '/')) &&
           (!selector->path.size || glob_takes(selector->path, operation->path, '/'));
}

const Selector *selectors_find(const Selectors *selectors, const Reach *reach) {
    for (size_t i = 0; i < selectors->count; i++)
        if ((reach->revision && selector_takes(&selectors->items[i], reach->revision)) ||
            (reach->base && selector_takes(&selectors->items[i], reach->base)))
            return &selectors->items[i];
    return NULL;
}

bool selectors_take(const Selectors *selectors, const Reach *reach) {
    return selectors_find(selectors, reach);
}

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
