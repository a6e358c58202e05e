#include "diff/selector.h"

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

/* ---- locations ------------------------------------------------------------------------------- */

static bool brackets_are_closed(Text glob) {
    int open = 0;
    for (size_t i = 0; i < glob.size && open >= 0; i++) {
        if (glob.data[i] == '\\')
            i++;
        else
            open += (glob.data[i] == '[') - (glob.data[i] == ']');
    }
    return open == 0;
}

const char *location_glob_fault(Arena *arena, Text glob) {
    static const char *const roots[] = {"body",   "query",       "path", "header",
                                        "cookie", "querystring", NULL};
    if (!brackets_are_closed(glob))
        return "its brackets are not in pairs; all items of a list are `[*]`";
    size_t end = 0, root = 0;
    while (end < glob.size && !strchr(".([*?\\", glob.data[end]))
        end++;
    if (end < glob.size && strchr("*?\\", glob.data[end]))
        return NULL;
    Text first = text_slice(glob, 0, end);
    while (roots[root] && !text_is(first, roots[root]))
        root++;
    if (roots[root])
        return NULL;
    Text fault = text_format(arena,
                             "it begins with body, query, path, header, cookie or "
                             "querystring%s",
                             text_did_you_mean(arena, first, roots));
    return fault.data;
}
